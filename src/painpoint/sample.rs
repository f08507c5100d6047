//! What is drawn to form themes on: mentions that name something, each by itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::digest::Fingerprint;
use crate::mention::{Analysed, Mention, Touchpoint};
use crate::model::Pieces;
use crate::text::Language;

/// A mention of the sample.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Voice {
    /// Whose it is: a fingerprint of the feedback's id.
    pub customer: u64,
    /// As the customer wrote it.
    pub text: String,
    /// Language in which it is analysed.
    pub language: Language,
    /// Numbers of its recurring terms.
    pub terms: Vec<usize>,
    /// What it is about.
    pub touchpoints: Vec<Touchpoint>,
    /// Its problem vector.
    pub problem: Vec<i8>,
    /// Its pieces.
    pub pieces: Pieces,
    /// Probability of its sentiment, in its row, in millionths.
    pub clear: u32,
}

impl Voice {
    /// A mention of a feedback; `terms` are the numbers of its recurring terms.
    pub fn new(feedback: &Analysed, mention: &Mention, terms: Vec<usize>) -> Self {
        Self {
            customer: Fingerprint::of(&feedback.id).number(),
            text: mention.text.clone(),
            language: mention.language,
            terms,
            touchpoints: mention.touchpoints.iter().map(|tag| tag.touchpoint).collect(),
            problem: mention.problem.clone(),
            pieces: mention.pieces.clone(),
            clear: mention.probabilities[mention.sentiment as usize],
        }
    }
}

/// Mentions that are enough to form themes on.
pub const ENOUGH: u64 = 8_000;

/// Whether a feedback is of a sample of [`ENOUGH`] out of so many mentions: chosen by its id, so that
/// neither the order of the rows nor their split matters.
pub fn is_drawn(feedback: &Analysed, mentions: u64) -> bool {
    let lot = || u128::from(Fingerprint::of(&feedback.id).number());
    mentions <= ENOUGH || lot() * u128::from(mentions) <= u128::from(ENOUGH) * u128::from(u64::MAX)
}

/// What was drawn from a scope, and how often there is the same. Mergeable.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Drawn(BTreeMap<Voice, u64>);

impl Drawn {
    /// Adds a mention.
    pub fn add(&mut self, voice: Voice) {
        *self.0.entry(voice).or_default() += 1;
    }

    /// Adds what others drew.
    pub fn merge(&mut self, other: Self) {
        for (voice, count) in other.0 {
            *self.0.entry(voice).or_default() += count;
        }
    }

    /// All mentions, in an order of their own.
    pub fn voices(self) -> Vec<Voice> {
        let repeated = |(voice, count)| std::iter::repeat_n(voice, count as usize);
        self.0.into_iter().flat_map(repeated).collect()
    }
}
