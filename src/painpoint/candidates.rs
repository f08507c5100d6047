//! The terms that may name a pain point or a delight.

use std::collections::{BTreeMap, BTreeSet};

use super::distinctive::{Frequencies, z_score};
use super::vocabulary::{TermCounts, Vocabulary};
use super::{GENERAL, Settings};
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
    /// Of these, how many by touchpoint.
    pub touchpoints: BTreeMap<String, u64>,
    /// How distinctive it is, as a z-score.
    pub z: f64,
}

/// z-score from which a term is distinctive for a sentiment: one-sided 84 %. Clustering joins terms,
/// which makes up for weak ones.
const SENTIMENT_Z: f64 = 1.0;

/// Share of all mentions from which a term is what the whole corpus is about, such as "flight" in
/// posts to an airline, and tells nothing apart.
const BOILERPLATE_SHARE: f64 = 0.08;

/// Mentions below which no term is boilerplate.
const BOILERPLATE_MENTIONS: f64 = 20.0;

/// z-score from which a term is distinctive for a touchpoint among the mentions of a sentiment. Where
/// nearly all mentions are complaints, no term is distinctive for complaints.
const TOUCHPOINT_Z: f64 = 1.28;

/// The candidates of a sentiment, most distinctive first.
///
/// A term counts if it stands in at least `support` mentions of the sentiment and, beyond chance,
/// either more often in them than in others or in those of one touchpoint more often than in those
/// of others. `names` holds the keys that only name a touchpoint, which is no pain yet.
pub fn candidates(
    vocabulary: &Vocabulary,
    sentiment: Sentiment,
    support: u64,
    names: &BTreeSet<String>,
    settings: Settings,
) -> Vec<Candidate> {
    let mentions: u64 = vocabulary.mentions.iter().sum();
    let most = (BOILERPLATE_SHARE * mentions as f64).max(BOILERPLATE_MENTIONS);
    let mut candidates: Vec<Candidate> = vocabulary
        .terms
        .iter()
        .filter(|(_, counts)| counts.mentions.iter().sum::<u64>() as f64 <= most)
        .filter(|(key, counts)| {
            counts.mentions[sentiment as usize] >= support && !names.contains(*key)
        })
        .filter_map(|(key, counts)| {
            Some(Candidate {
                key: key.clone(),
                surface: counts.surface().to_owned(),
                mentions: counts.mentions[sentiment as usize],
                touchpoints: counts
                    .touchpoints
                    .iter()
                    .map(|(touchpoint, counts)| (touchpoint.clone(), counts[sentiment as usize]))
                    .filter(|&(_, count)| count > 0)
                    .collect(),
                z: distinctive(vocabulary, counts, sentiment)?,
            })
        })
        .collect();
    candidates.sort_by(|a, b| b.z.total_cmp(&a.z).then_with(|| a.key.cmp(&b.key)));
    candidates.truncate(settings.terms);
    candidates
}

/// How distinctive a term is for a sentiment, if it is.
fn distinctive(vocabulary: &Vocabulary, counts: &TermCounts, sentiment: Sentiment) -> Option<f64> {
    let inside = counts.mentions[sentiment as usize];
    let inside_all = vocabulary.all[sentiment as usize];
    let for_sentiment = z_score(Frequencies {
        inside,
        inside_all,
        outside: counts.mentions.iter().sum::<u64>() - inside,
        outside_all: vocabulary.all.iter().sum::<u64>() - inside_all,
    });
    let for_touchpoint = counts
        .touchpoints
        .iter()
        .filter(|(touchpoint, _)| *touchpoint != GENERAL)
        .map(|(touchpoint, counts)| {
            let here = counts[sentiment as usize];
            let here_all = vocabulary.touchpoint(touchpoint, sentiment);
            z_score(Frequencies {
                inside: here,
                inside_all: here_all,
                outside: inside - here,
                outside_all: inside_all.saturating_sub(here_all),
            })
        })
        .fold(0.0, f64::max);
    let is_neutral = for_sentiment > -SENTIMENT_Z / 2.0;
    let is_distinctive =
        for_sentiment > SENTIMENT_Z || (is_neutral && for_touchpoint > TOUCHPOINT_Z);
    is_distinctive.then_some(for_sentiment + for_touchpoint / 2.0)
}
