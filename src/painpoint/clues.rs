//! What mentions tell of their cause: the terms they hold, their meaning, and the same of the
//! sentences around them.

use std::collections::BTreeSet;

use super::relations::Index;
use super::vocabulary::fingerprint;
use crate::mention::{Analysed, Mention};
use crate::model::Sentiment;

/// How far the sentences around a mention may stand from it: "Two hours on hold. Unbelievable."
const REACH: usize = 3;

/// What one mention tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Clue {
    /// Positions of the candidates it holds, in order.
    pub hits: Vec<usize>,
    /// Its meaning vector.
    pub meaning: Vec<i8>,
    /// Its touchpoints.
    pub touchpoints: Vec<String>,
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
pub struct Scope<'a> {
    /// Their sentiment.
    pub sentiment: Sentiment,
    /// What they are about; anything where it is not given.
    pub touchpoint: Option<&'a str>,
}

impl Scope<'_> {
    /// Whether a mention is one of them.
    pub fn holds(self, mention: &Mention) -> bool {
        mention.sentiment() == self.sentiment && mention.is_about(self.touchpoint)
    }
}

/// The clues of a feedback: its mentions of the scope and the neutral ones around them.
pub fn clues(feedback: &Analysed, scope: Scope<'_>, index: &Index) -> Vec<Clue> {
    let counts = |mention: &Mention| scope.holds(mention);
    let mentions = &feedback.mentions;
    let near = |a: usize, b: usize| a.abs_diff(b) <= REACH;
    let matters = |at: usize| {
        counts(&mentions[at])
            || (mentions[at].sentiment() == Sentiment::Neutral
                && (0..mentions.len()).any(|other| near(at, other) && counts(&mentions[other])))
    };
    let used: Vec<usize> = (0..mentions.len()).filter(|&at| matters(at)).collect();
    used.iter()
        .enumerate()
        .map(|(own, &at)| Clue {
            hits: index.find(mentions[at].terms()),
            meaning: mentions[at].meaning.clone(),
            touchpoints: mentions[at]
                .touchpoints
                .iter()
                .map(|tag| tag.touchpoint.clone())
                .collect(),
            mention: at,
            counts: counts(&mentions[at]),
            around: (0..used.len())
                .filter(|&other| other != own && near(at, used[other]))
                .collect(),
        })
        .collect()
}

/// The clues of some feedback, kept in memory: those on which themes are formed. Sums over a sample
/// do not depend on its order.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// Clues by feedback.
    pub feedback: Vec<Vec<Clue>>,
}

impl Sample {
    /// Mentions that are enough to form themes on.
    pub const MENTIONS: u64 = 20_000;

    /// Adds the clues of a feedback if it is of the sample: chosen by its id, so that the order of
    /// the rows does not matter. `mentions` is how many mentions of the scope there are.
    pub fn add(&mut self, feedback: &Analysed, scope: Scope<'_>, index: &Index, mentions: u64) {
        let chosen = mentions <= Self::MENTIONS
            || u128::from(fingerprint(&feedback.id)) * u128::from(mentions)
                <= u128::from(Self::MENTIONS) * u128::from(u64::MAX);
        if chosen && feedback.mentions.iter().any(|mention| scope.holds(mention)) {
            self.feedback.push(clues(feedback, scope, index));
        }
    }

    /// Adds another sample.
    pub fn merge(mut self, mut other: Self) -> Self {
        self.feedback.append(&mut other.feedback);
        self
    }

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
