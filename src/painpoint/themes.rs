//! Candidates of one group → themes: clusters of terms that speak of the same thing.

use std::collections::{BTreeSet, HashMap};

use super::candidates::Candidate;
use super::cluster::{Similarities, average_linkage};
use super::relations::Relations;
use super::vocabulary::Group;

/// A cluster of terms of one group: a pain point if the group is negative, a delight if positive.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Whose mentions it clusters.
    pub group: Group,
    /// Its most distinctive readable term.
    pub label: String,
    /// Its terms, most distinctive first.
    pub terms: Vec<Candidate>,
    /// Where the meaning of its mentions lies, seen from the middle of the group; length 1.
    centroid: Vec<f64>,
    /// The middle of the group.
    middle: Vec<f64>,
}

/// How similar two clusters must be to become one. Lower makes fewer, broader themes.
pub const DEFAULT_GRANULARITY: f64 = 0.42;

/// The themes of a group, in the order of their most distinctive terms.
pub fn themes(
    group: &Group,
    candidates: &[Candidate],
    relations: &Relations,
    vectors: &HashMap<String, Vec<f32>>,
    granularity: f64,
) -> Vec<Theme> {
    let middle: Vec<f64> =
        relations.all.iter().map(|&sum| sum as f64 / relations.mentions.max(1) as f64).collect();
    let contexts: Vec<Vec<f64>> = (0..candidates.len())
        .map(|at| direction(relations.meanings.get(&at).map_or(&[][..], Vec::as_slice), &middle))
        .collect();
    let words = own_meanings(candidates, vectors);
    let stems: Vec<BTreeSet<&str>> =
        candidates.iter().map(|candidate| candidate.key.split(' ').collect()).collect();
    let similarity = |a: usize, b: usize| {
        let together = relations.together.get(&(a.min(b), a.max(b))).copied().unwrap_or_default();
        let overlap = together as f64 / candidates[a].mentions.min(candidates[b].mentions) as f64;
        let shared = stems[a].intersection(&stems[b]).count() as f64;
        let shared = shared / stems[a].len().min(stems[b].len()) as f64;
        0.35 * cosine(&words[a], &words[b])
            + 0.25 * cosine(&contexts[a], &contexts[b])
            + 0.25 * overlap
            + 0.15 * shared
    };
    let weights: Vec<f64> = candidates.iter().map(|candidate| candidate.mentions as f64).collect();
    let similarities = Similarities::new(candidates.len(), similarity);
    average_linkage(similarities, &weights, granularity)
        .into_iter()
        .map(|members| {
            let terms: Vec<Candidate> = members.iter().map(|&at| candidates[at].clone()).collect();
            let mut sum = Vec::new();
            for at in members {
                if let Some(meaning) = relations.meanings.get(&at) {
                    super::relations::add(&mut sum, meaning);
                }
            }
            Theme {
                group: group.clone(),
                label: label(&terms).to_owned(),
                centroid: direction(&sum, &middle),
                middle: middle.clone(),
                terms,
            }
        })
        .collect()
}

impl Theme {
    /// Cosine between a mention and the theme, both seen from the middle of the group.
    pub fn closeness(&self, meaning: &[i8]) -> f64 {
        let sum: Vec<i64> = meaning.iter().map(|&value| i64::from(value)).collect();
        // The length of a stored meaning vector is known; its direction from the middle is not.
        cosine(&self.centroid, &offset(&sum, 1.0, &self.middle))
    }
}

/// The term that stands for the cluster: distinctive, and rather a phrase than a word.
fn label(terms: &[Candidate]) -> &str {
    let readable = |candidate: &Candidate| {
        let words = candidate.surface.split_whitespace().count().min(3) as f64;
        candidate.z * (1.0 + 0.2 * (words - 1.0))
    };
    terms
        .iter()
        .max_by(|a, b| readable(a).total_cmp(&readable(b)).then_with(|| b.key.cmp(&a.key)))
        .map_or("", |candidate| candidate.surface.as_str())
}

/// The model's vectors of the surface forms, seen from their common middle.
fn own_meanings(candidates: &[Candidate], vectors: &HashMap<String, Vec<f32>>) -> Vec<Vec<f64>> {
    let rows: Vec<&[f32]> = candidates
        .iter()
        .map(|candidate| vectors.get(&candidate.surface).map_or(&[][..], Vec::as_slice))
        .collect();
    let width = rows.iter().map(|row| row.len()).max().unwrap_or_default();
    let mut middle = vec![0.0; width];
    for row in &rows {
        for (sum, &value) in middle.iter_mut().zip(*row) {
            *sum += f64::from(value) / rows.len() as f64;
        }
    }
    rows.iter()
        .map(|row| {
            row.iter().zip(&middle).map(|(&value, middle)| f64::from(value) - middle).collect()
        })
        .collect()
}

/// The direction of a sum of meaning vectors, each of unit length in [`super::findings`]'s steps,
/// seen from the middle.
fn direction(sum: &[i64], middle: &[f64]) -> Vec<f64> {
    let length = |values: &mut dyn Iterator<Item = f64>| values.map(|v| v * v).sum::<f64>().sqrt();
    let own = length(&mut sum.iter().map(|&value| value as f64));
    let other = length(&mut middle.iter().copied());
    let scale = if own > 0.0 { other / own } else { 0.0 };
    offset(sum, scale, middle)
}

fn offset(sum: &[i64], scale: f64, middle: &[f64]) -> Vec<f64> {
    sum.iter().zip(middle).map(|(&value, middle)| value as f64 * scale - middle).collect()
}

/// Cosine of two vectors; 0 if either is zero.
fn cosine(a: &[f64], b: &[f64]) -> f64 {
    let (mut dot, mut aa, mut bb) = (0.0, 0.0, 0.0);
    for (a, b) in a.iter().zip(b) {
        dot += a * b;
        aa += a * a;
        bb += b * b;
    }
    if aa > 0.0 && bb > 0.0 { dot / (aa * bb).sqrt() } else { 0.0 }
}
