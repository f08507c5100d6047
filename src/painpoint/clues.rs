//! What mentions tell of their cause: the terms they hold, their meaning, and the same of the
//! sentences around them.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::candidates::Index;
use crate::digest::Fingerprint;
use crate::mention::{Analysed, Mention, Touchpoint};
use crate::model::Sentiment;

/// How far the sentences around a mention may stand from it: "Two hours on hold. Unbelievable."
const REACH: usize = 3;

/// What one mention tells.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Clue {
    /// Positions of the candidates it holds, in order; while none are chosen yet, the numbers of its
    /// recurring terms.
    pub hits: Vec<usize>,
    /// Its meaning vector.
    pub meaning: Vec<i8>,
    /// Its touchpoints.
    pub touchpoints: Vec<Touchpoint>,
    /// Number of the mention in its feedback.
    pub mention: usize,
    /// Whether it is one of those that are clustered; the others are neutral.
    pub counts: bool,
    /// Clues of the same feedback around it, as positions in the same list.
    pub around: Vec<usize>,
}

impl Clue {
    /// Whether the mention holds one of some candidates.
    pub fn holds(&self, candidates: &BTreeSet<usize>) -> bool {
        self.hits.iter().any(|hit| candidates.contains(hit))
    }
}

/// Which mentions are clustered.
#[derive(Clone, Copy, Debug)]
pub struct Scope {
    /// Their sentiment.
    pub sentiment: Sentiment,
    /// What they are about; anything where it is not given.
    pub touchpoint: Option<Touchpoint>,
}

impl Scope {
    /// Whether a mention is one of them.
    pub fn holds(self, mention: &Mention) -> bool {
        mention.sentiment == self.sentiment && mention.is_about(self.touchpoint)
    }
}

/// The clues of a feedback: its mentions of the scope and the neutral ones around them. `hits` gives what
/// the mention at a place holds.
pub fn clues(feedback: &Analysed, scope: Scope, hits: impl Fn(usize) -> Vec<usize>) -> Vec<Clue> {
    let counts = |mention: &Mention| scope.holds(mention);
    let mentions = &feedback.mentions;
    let near = |a: usize, b: usize| a.abs_diff(b) <= REACH;
    let matters = |at: usize| {
        counts(&mentions[at])
            || (mentions[at].sentiment == Sentiment::Neutral
                && (0..mentions.len()).any(|other| near(at, other) && counts(&mentions[other])))
    };
    let used: Vec<usize> = (0..mentions.len()).filter(|&at| matters(at)).collect();
    used.iter()
        .enumerate()
        .map(|(own, &at)| Clue {
            hits: hits(at),
            meaning: mentions[at].meaning.clone(),
            touchpoints: mentions[at].touchpoints.iter().map(|tag| tag.touchpoint).collect(),
            mention: at,
            counts: counts(&mentions[at]),
            around: (0..used.len())
                .filter(|&other| other != own && near(at, used[other]))
                .collect(),
        })
        .collect()
}

/// Mentions that are enough to form themes on.
pub const ENOUGH: u64 = 20_000;

/// Whether a feedback is of a sample of [`ENOUGH`] out of so many mentions: chosen by its id, so that
/// neither the order of the rows nor their split matters.
pub fn is_drawn(feedback: &Analysed, mentions: u64) -> bool {
    let lot = || u128::from(Fingerprint::of(&feedback.id).number());
    mentions <= ENOUGH || lot() * u128::from(mentions) <= u128::from(ENOUGH) * u128::from(u64::MAX)
}

/// The clues of feedback drawn from a scope, and how often there are the same. Mergeable.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Drawn(BTreeMap<Vec<Clue>, u64>);

impl Drawn {
    /// Adds the clues of a feedback.
    pub fn add(&mut self, clues: Vec<Clue>) {
        *self.0.entry(clues).or_default() += 1;
    }

    /// Adds what others drew.
    pub fn merge(&mut self, other: Self) {
        for (clues, count) in other.0 {
            *self.0.entry(clues).or_default() += count;
        }
    }

    /// The sample, with candidates for terms.
    pub fn sample(self, index: &Index) -> Sample {
        let mut feedback = Vec::with_capacity(self.0.len());
        for (mut clues, count) in self.0 {
            clues.iter_mut().for_each(|clue| clue.hits = index.find(&clue.hits));
            feedback.extend(std::iter::repeat_n(clues, count as usize));
        }
        Sample { feedback }
    }
}

/// The clues of some feedback, kept in memory: those on which themes are formed. Sums over a sample
/// do not depend on its order.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// Clues by feedback.
    pub feedback: Vec<Vec<Clue>>,
}

impl Sample {
    /// Forgets some candidates.
    pub fn leave_out(&mut self, some: &BTreeSet<usize>) {
        for clue in self.feedback.iter_mut().flatten() {
            clue.hits.retain(|hit| !some.contains(hit));
        }
    }

    /// Each clue with those around it.
    pub fn windows(&self) -> impl Iterator<Item = (&Clue, impl Iterator<Item = &Clue> + Clone)> {
        self.feedback.iter().flat_map(|clues| {
            clues.iter().map(move |clue| (clue, clue.around.iter().map(move |&at| &clues[at])))
        })
    }

    /// Mentions of the scope.
    pub fn mentions(&self) -> u64 {
        self.feedback.iter().flatten().filter(|clue| clue.counts).count() as u64
    }
}
