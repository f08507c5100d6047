//! The terms that pain points and delights may show.

use std::collections::BTreeSet;

use super::Settings;
use super::distinctive::{Frequencies, z_score};
use super::vocabulary::{TermCounts, Vocabulary};
use crate::model::Sentiment;

/// A term that is distinctive for the mentions of a sentiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Key of the term.
    pub key: String,
    /// Its commonest surface form.
    pub surface: String,
    /// Mentions of the sentiment that hold it.
    pub mentions: u64,
    /// How distinctive it is for the sentiment, as a z-score.
    pub z: f64,
    /// Whether it may name a cause: it is not commoner in other sentiments, and more than the name of
    /// a touchpoint. Other candidates only help to tell what a mention is about.
    pub names_cause: bool,
}

/// z-score below which a term is commoner in other sentiments, and names no cause of this one. Not quite
/// 0, which rounding misses where all mentions have one sentiment.
const LEAST_Z: f64 = -1e-6;

/// The candidates of a sentiment, the commonest first: terms in at least `support` of its mentions.
/// `names` holds the keys that only name a touchpoint, which is no pain yet.
pub fn candidates(
    vocabulary: &Vocabulary,
    sentiment: Sentiment,
    support: u64,
    names: &BTreeSet<String>,
    settings: Settings,
) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = vocabulary
        .terms
        .iter()
        .filter(|(_, counts)| counts.mentions[sentiment as usize] >= support)
        .map(|(key, counts)| {
            let z = distinctive(vocabulary, counts, sentiment);
            Candidate {
                key: key.clone(),
                surface: counts.surface().to_owned(),
                mentions: counts.mentions[sentiment as usize],
                z,
                names_cause: z >= LEAST_Z && !names.contains(key),
            }
        })
        .collect();
    candidates.sort_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.key.cmp(&b.key)));
    candidates.truncate(settings.terms);
    candidates
}

/// How distinctive a term is for a sentiment.
fn distinctive(vocabulary: &Vocabulary, counts: &TermCounts, sentiment: Sentiment) -> f64 {
    let inside = counts.mentions[sentiment as usize];
    let inside_all = vocabulary.all[sentiment as usize];
    z_score(Frequencies {
        inside,
        inside_all,
        outside: counts.total() - inside,
        outside_all: vocabulary.all.iter().sum::<u64>() - inside_all,
    })
}
