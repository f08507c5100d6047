//! The few mentions that are shown of many: the best by some rank, each text once.

use std::ops::RangeInclusive;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::findings::Verbatim;
use crate::mention::{Analysed, Mention};
use crate::text::clean::readable;

/// How many are shown.
const SHOWN: usize = 3;

/// Characters that are read at a glance.
const READABLE: RangeInclusive<usize> = 25..=220;

/// The best mentions by a rank, of which the least is best. Mergeable in any order.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Verbatims<R>(Vec<Ranked<R>>);

#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Ranked<R> {
    rank: R,
    text: String,
    feedback_id: String,
    date: Option<Date>,
}

impl<R> Default for Verbatims<R> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<R: Ord> Verbatims<R> {
    /// Takes a mention of a feedback into account. `rank` is told whether it is too short or too long to be read
    /// at a glance.
    pub fn add(&mut self, feedback: &Analysed, mention: &Mention, rank: impl FnOnce(bool) -> R) {
        let text = readable(&mention.text);
        let rank = rank(!READABLE.contains(&text.chars().count()));
        self.put(Ranked { rank, text, feedback_id: feedback.id.clone(), date: feedback.date() });
        self.0.truncate(SHOWN);
    }

    /// Adds what others found.
    pub fn merge(&mut self, other: Self) {
        other.0.into_iter().for_each(|new| self.put(new));
        self.0.truncate(SHOWN);
    }

    /// Two customers who say the same are one verbatim.
    fn put(&mut self, new: Ranked<R>) {
        match self.0.iter_mut().find(|known| known.text == new.text) {
            Some(same) if new < *same => *same = new,
            Some(_) => {}
            None => self.0.push(new),
        }
        self.0.sort_unstable();
    }

    /// As findings tell them, the best first.
    pub fn shown(&self) -> Vec<Verbatim> {
        let shown = |own: &Ranked<R>| Verbatim {
            feedback_id: own.feedback_id.clone(),
            text: own.text.clone(),
            date: own.date,
        };
        self.0.iter().map(shown).collect()
    }
}
