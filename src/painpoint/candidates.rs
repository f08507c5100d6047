//! The terms of a group that may name a pain point or a delight.

use std::collections::BTreeMap;

use super::distinctive::{Frequencies, z_score};
use super::vocabulary::{Group, TermCounts, Vocabulary};
use crate::model::Sentiment;

/// A term that is distinctive for a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Key of the term.
    pub key: String,
    /// Its commonest surface form.
    pub surface: String,
    /// Mentions of the group that hold it.
    pub mentions: u64,
    /// How distinctive it is, as a z-score.
    pub z: f64,
}

/// Least z-score against the whole corpus and against the touchpoint's other mentions: one-sided
/// 90 %. Later steps join terms, which makes up for weak ones.
const LEAST_Z: f64 = 1.28;

/// Most terms of a group: more would only split pain points.
const MOST_TERMS: usize = 120;

/// The candidates of each group of negative or positive mentions, most distinctive first.
///
/// A term counts if it stands in at least `support` mentions of the group, and more often than
/// chance allows both beside the rest of the corpus (so it belongs to the touchpoint) and beside the
/// touchpoint's own other mentions (so it belongs to the sentiment, and is not merely the
/// touchpoint's name).
pub fn candidates(vocabulary: &Vocabulary, support: u64) -> BTreeMap<Group, Vec<Candidate>> {
    let mut found: BTreeMap<Group, Vec<Candidate>> = BTreeMap::new();
    for (key, counts) in &vocabulary.terms {
        for (group, &mentions) in &counts.groups {
            if group.sentiment == Sentiment::Neutral || mentions < support {
                continue;
            }
            if let Some(z) = distinctive(vocabulary, counts, group, mentions) {
                found.entry(group.clone()).or_default().push(Candidate {
                    key: key.clone(),
                    surface: counts.surface().to_owned(),
                    mentions,
                    z,
                });
            }
        }
    }
    for candidates in found.values_mut() {
        candidates.sort_by(|a, b| b.z.total_cmp(&a.z).then_with(|| a.key.cmp(&b.key)));
        candidates.truncate(MOST_TERMS);
    }
    found
}

fn distinctive(
    vocabulary: &Vocabulary,
    counts: &TermCounts,
    group: &Group,
    inside: u64,
) -> Option<f64> {
    let all = |group: &Group| vocabulary.groups.get(group).copied().unwrap_or_default();
    let inside_all = all(group);
    let corpus = z_score(Frequencies {
        inside,
        inside_all,
        outside: counts.mentions - inside,
        outside_all: vocabulary.all - inside_all,
    });
    let others = Sentiment::ALL
        .into_iter()
        .filter(|&sentiment| sentiment != group.sentiment)
        .map(|sentiment| Group { touchpoint: group.touchpoint.clone(), sentiment });
    let (outside, outside_all) = others.fold((0, 0), |(count, sum), other| {
        (count + counts.groups.get(&other).copied().unwrap_or_default(), sum + all(&other))
    });
    let touchpoint = z_score(Frequencies { inside, inside_all, outside, outside_all });
    (corpus > LEAST_Z && touchpoint > 0.0).then_some(corpus + touchpoint)
}
