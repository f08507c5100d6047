//! Candidates of one sentiment → themes: clusters of terms that speak of the same thing.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::candidates::Candidate;
use super::cluster::{Similarities, average_linkage};
use super::relations::{Relations, add};
use super::{GENERAL, Settings};
use crate::model::Sentiment;
use crate::text::Language;
use crate::text::compounds::Splitter;
use crate::text::words::{stem, words};

/// A cluster of terms: a pain point if its mentions are negative, a delight if positive.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Sentiment of its mentions.
    pub sentiment: Sentiment,
    /// Touchpoint that most of its mentions are about.
    pub touchpoint: String,
    /// What a reader is told that it is about.
    pub label: String,
    /// Its terms, most distinctive first.
    pub terms: Vec<Candidate>,
    /// Positions of its terms among the candidates.
    pub positions: Vec<usize>,
    /// Where the meaning of its mentions lies, seen from the middle of all.
    centroid: Vec<f64>,
}

/// The themes of a sentiment, in the order of their most distinctive terms, and the middle from
/// which meanings are seen.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clustering {
    /// The themes.
    pub themes: Vec<Theme>,
    middle: Vec<f64>,
}

impl Clustering {
    /// Clusters candidates. `vectors` holds the model's meaning of each surface form, `compounds`
    /// splits "Lieferverzögerung", so that it meets "Lieferung" and "Verzögerung". Clusters whose
    /// terms stand in fewer than `weight` mentions, counted once a term, are chance and left out.
    pub fn new(
        sentiment: Sentiment,
        candidates: &[Candidate],
        relations: &Relations,
        vectors: &HashMap<String, Vec<f32>>,
        compounds: &Splitter,
        weight: u64,
        settings: Settings,
    ) -> Self {
        let mentions = relations.mentions.max(1) as f64;
        let middle: Vec<f64> = relations.all.iter().map(|&sum| sum as f64 / mentions).collect();
        let similarities = similarities(candidates, relations, vectors, compounds, &middle);
        let weights: Vec<f64> =
            candidates.iter().map(|candidate| candidate.mentions as f64).collect();
        let themes = average_linkage(similarities, &weights, settings.granularity)
            .into_iter()
            .filter(|positions| {
                positions.iter().map(|&at| candidates[at].mentions).sum::<u64>() >= weight
            })
            .map(|positions| theme(sentiment, candidates, positions, relations, &middle))
            .collect();
        Self { themes, middle }
    }

    /// Cosine between a mention and each theme, seen from the middle of all mentions.
    pub fn closeness(&self, meaning: &[i8]) -> Vec<f64> {
        let offset: Vec<f64> = meaning
            .iter()
            .zip(&self.middle)
            .map(|(&value, middle)| f64::from(value) - middle)
            .collect();
        self.themes.iter().map(|theme| cosine(&theme.centroid, &offset)).collect()
    }
}

fn theme(
    sentiment: Sentiment,
    candidates: &[Candidate],
    positions: Vec<usize>,
    relations: &Relations,
    middle: &[f64],
) -> Theme {
    let terms: Vec<Candidate> = positions.iter().map(|&at| candidates[at].clone()).collect();
    let mut sum = Vec::new();
    for meaning in positions.iter().filter_map(|at| relations.meanings.get(at)) {
        add(&mut sum, meaning);
    }
    Theme {
        sentiment,
        touchpoint: touchpoint(&terms),
        label: label(&terms),
        centroid: direction(&sum, middle),
        terms,
        positions,
    }
}

/// How alike two candidates are, about −0.3 to 1: by the meaning of the words, by the meaning of the
/// mentions that hold them, by standing in the same mentions, by shared stems, and by the touchpoints
/// of their mentions.
fn similarities(
    candidates: &[Candidate],
    relations: &Relations,
    vectors: &HashMap<String, Vec<f32>>,
    compounds: &Splitter,
    middle: &[f64],
) -> Similarities {
    let meanings = own_meanings(candidates, vectors);
    let contexts: Vec<Vec<f64>> = (0..candidates.len())
        .map(|at| direction(relations.meanings.get(&at).map_or(&[][..], Vec::as_slice), middle))
        .collect();
    let stems: Vec<BTreeSet<String>> =
        candidates.iter().map(|candidate| all_stems(candidate, compounds)).collect();
    Similarities::new(candidates.len(), |a, b| {
        let together = relations.together.get(&(a.min(b), a.max(b))).copied().unwrap_or_default();
        let overlap = together as f64 / candidates[a].mentions.min(candidates[b].mentions) as f64;
        let shared = stems[a].intersection(&stems[b]).count() as f64;
        let shared = shared / stems[a].len().min(stems[b].len()) as f64;
        0.30 * cosine(&meanings[a], &meanings[b])
            + 0.25 * cosine(&contexts[a], &contexts[b])
            + 0.10 * overlap
            + 0.15 * shared
            + 0.20 * profile(&candidates[a].touchpoints, &candidates[b].touchpoints)
    })
}

/// The stems of a term and, if it is a compound, of its parts.
fn all_stems(candidate: &Candidate, compounds: &Splitter) -> BTreeSet<String> {
    let words = words(&candidate.surface);
    let parts = words.iter().filter_map(|word| compounds.split(&word.folded)).flatten();
    let parts = parts.map(|part| stem(&part, Language::De));
    stems(&candidate.key).into_iter().map(str::to_owned).chain(parts).collect()
}

/// The stems of a key; a negation ties no two terms together.
fn stems(key: &str) -> BTreeSet<&str> {
    let stems: BTreeSet<&str> = key.split(' ').filter(|stem| *stem != "!").collect();
    if stems.is_empty() { BTreeSet::from([key]) } else { stems }
}

/// Cosine of two touchpoint counts, in which mentions of no touchpoint do not count.
fn profile(a: &BTreeMap<String, u64>, b: &BTreeMap<String, u64>) -> f64 {
    let square = |counts: &BTreeMap<String, u64>| -> u64 {
        counts.iter().filter(|(id, _)| *id != GENERAL).map(|(_, count)| count * count).sum()
    };
    let dot: u64 = a
        .iter()
        .filter(|(id, _)| *id != GENERAL)
        .filter_map(|(id, count)| Some(count * b.get(id)?))
        .sum();
    let length = (square(a) as f64 * square(b) as f64).sqrt();
    if length > 0.0 { dot as f64 / length } else { 0.0 }
}

/// The touchpoint of most mentions of the terms; none in particular where more are about none.
fn touchpoint(terms: &[Candidate]) -> String {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (id, count) in terms.iter().flat_map(|term| &term.touchpoints) {
        *counts.entry(id).or_default() += count;
    }
    let general = counts.remove(GENERAL).unwrap_or_default();
    let most = counts.iter().max_by_key(|(id, count)| (**count, std::cmp::Reverse(**id)));
    match most {
        Some((id, count)) if *count >= general => (*id).to_owned(),
        _ => GENERAL.to_owned(),
    }
}

/// The term that stands for the cluster, distinctive and rather a phrase; a single word is followed
/// by the next term that shares no stem with it.
fn label(terms: &[Candidate]) -> String {
    let words = |term: &Candidate| term.key.split(' ').count().min(3) as f64;
    let readable = |term: &Candidate| {
        term.z * (1.0 + 0.25 * (words(term) - 1.0)) * (term.mentions as f64).sqrt()
    };
    let mut ranked: Vec<&Candidate> = terms.iter().collect();
    ranked.sort_by(|a, b| readable(b).total_cmp(&readable(a)).then_with(|| a.key.cmp(&b.key)));
    let Some(first) = ranked.first() else { return String::new() };
    let stems = stems(&first.key);
    let second = ranked.iter().find(|term| term.key.split(' ').all(|stem| !stems.contains(stem)));
    match second {
        Some(second) if words(first) < 2.0 => format!("{} / {}", first.surface, second.surface),
        _ => first.surface.clone(),
    }
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

/// The direction of a sum of meaning vectors, seen from the middle. The sum is first brought to the
/// length of the middle, so that only its direction counts.
fn direction(sum: &[i64], middle: &[f64]) -> Vec<f64> {
    let own = sum.iter().map(|&value| (value as f64).powi(2)).sum::<f64>().sqrt();
    let other = middle.iter().map(|value| value * value).sum::<f64>().sqrt();
    let scale = if own > 0.0 { other / own } else { 0.0 };
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
