//! The terms that may name a pain point or a delight.

use std::collections::{BTreeSet, HashMap};

use super::Settings;
use super::distinctive::{Frequencies, z_score};
use super::vocabulary::{Lexicon, TermCounts, Vocabulary};
use crate::model::Sentiment;
use crate::text::Language;

/// A term that is distinctive for the mentions of a sentiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Key of the term.
    pub key: String,
    /// Its commonest surface form.
    pub surface: String,
    /// Mentions of the sentiment that hold it.
    pub mentions: u64,
    /// The part of its mentions that have the sentiment, from 0 to 1, drawn to that of all mentions.
    pub valence: f64,
    /// The language that it is mostly written in.
    pub language: Language,
    /// How distinctive it is for the sentiment, as a z-score.
    pub z: f64,
    /// Whether it may name a cause: it is not commoner in other sentiments, and more than the name of
    /// a touchpoint. Other candidates only help to tell what a mention is about.
    pub names_cause: bool,
    /// Whether so many mentions hold it that it may be what the whole corpus is about, such as "flight"
    /// in posts to an airline.
    pub common: bool,
}

/// z-score below which a term is commoner in other sentiments, and names no cause of this one. Not quite
/// 0, which rounding misses where all mentions have one sentiment.
const LEAST_Z: f64 = -1e-6;

/// Mentions of average sentiment that are added to each term, so that a rare one proves little.
const AVERAGE_MENTIONS: f64 = 4.0;

/// Share of all mentions from which a term may be what the whole corpus is about.
const COMMON_SHARE: f64 = 0.12;

/// Mentions up to which none is.
const COMMON_MENTIONS: f64 = 20.0;

/// The candidates of a sentiment, the commonest first: terms in at least `support` of its mentions.
/// `names` holds the keys that only name a touchpoint, which is no pain yet.
pub fn candidates(
    vocabulary: &Vocabulary,
    sentiment: Sentiment,
    support: u64,
    names: &BTreeSet<String>,
    settings: Settings,
) -> Vec<Candidate> {
    let mentions: u64 = vocabulary.mentions.iter().sum();
    let base = vocabulary.mentions[sentiment as usize] as f64 / mentions.max(1) as f64;
    let most = (COMMON_SHARE * mentions as f64).max(COMMON_MENTIONS);
    let mut candidates: Vec<Candidate> = vocabulary
        .terms
        .iter()
        .filter(|(_, counts)| counts.mentions[sentiment as usize] >= support)
        .map(|(key, counts)| {
            let z = distinctive(vocabulary, counts, sentiment);
            let all = counts.total() as f64;
            let own = counts.mentions[sentiment as usize] as f64;
            Candidate {
                key: key.clone(),
                surface: counts.surface().to_owned(),
                mentions: counts.mentions[sentiment as usize],
                valence: (own + AVERAGE_MENTIONS * base) / (all + AVERAGE_MENTIONS),
                language: counts.language(),
                z,
                names_cause: z >= LEAST_Z && !names.contains(key),
                common: all > most,
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

/// Finds candidates among the terms that a mention holds.
#[derive(Clone, Debug, Default)]
pub struct Index {
    positions: HashMap<String, usize>,
    /// The same by the terms' numbers.
    numbers: HashMap<usize, usize>,
}

impl Index {
    /// An index of candidates by their positions.
    pub fn new(candidates: &[Candidate], lexicon: &Lexicon) -> Self {
        let positions = || candidates.iter().enumerate();
        let number =
            |(at, candidate): (usize, &Candidate)| Some((lexicon.number(&candidate.key)?, at));
        Self {
            positions: positions().map(|(at, candidate)| (candidate.key.clone(), at)).collect(),
            numbers: positions().filter_map(number).collect(),
        }
    }

    /// The position of a candidate.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.positions.get(key).copied()
    }

    /// No longer finds some candidates.
    pub fn leave_out(&mut self, some: &BTreeSet<usize>) {
        self.positions.retain(|_, at| !some.contains(at));
        self.numbers.retain(|_, at| !some.contains(at));
    }

    /// The positions of the candidates among terms by number, in order.
    pub fn find(&self, numbers: &[usize]) -> Vec<usize> {
        let mut hits: Vec<usize> =
            numbers.iter().filter_map(|number| self.numbers.get(number).copied()).collect();
        hits.sort_unstable();
        hits
    }
}
