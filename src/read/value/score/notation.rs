//! How the ratings and likelihoods of a column are written, and their values under that.

use super::{NpsGroup, WordScale, scored};
use crate::read::value::{is_no_answer, number};

/// How the ratings of a column are written.
#[derive(Clone, Debug)]
pub(crate) struct RatingNotation {
    /// Lowest and highest rating.
    pub(crate) scale: (f64, f64),
    /// Whether the lowest is best. Ratings are then turned round: of 1 to 6, 2 becomes 5.
    pub(crate) reversed: bool,
    /// Numbers that stand for no rating.
    pub(crate) missing: Vec<f64>,
    /// Words that are ratings.
    pub(crate) words: Option<&'static WordScale>,
}

impl RatingNotation {
    /// The rating of a cell, on the scale; high is good.
    pub(crate) fn rating(&self, cell: &str) -> Option<f64> {
        let (low, high) = self.scale;
        let step = self.words.and_then(|scale| scale.step(cell));
        let score = step.or_else(|| scored(cell).map(|score| score.value))?;
        let known = (low..=high).contains(&score) && !self.missing.contains(&score);
        let turned = if self.reversed { low + high - score } else { score };
        known.then_some(turned)
    }

    /// The rating of a cell, or that it says that there is none; nothing if it says neither.
    pub(crate) fn read(&self, cell: &str) -> Option<Option<f64>> {
        let none = self.is_missing(cell) || is_no_answer(cell);
        if none { Some(None) } else { self.rating(cell).map(Some) }
    }

    /// Whether a cell says that there is no rating.
    pub(crate) fn is_missing(&self, cell: &str) -> bool {
        is_code(&self.missing, cell)
    }
}

/// How the likelihoods to recommend of a column are written.
#[derive(Clone, Debug, Default)]
pub(crate) struct NpsNotation {
    /// What each is.
    pub(crate) coding: NpsCoding,
    /// Numbers that stand for no answer.
    pub(crate) missing: Vec<f64>,
}

/// What a cell of likelihoods to recommend is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum NpsCoding {
    /// The likelihood, 0 to 10.
    #[default]
    Plain,
    /// One more than the likelihood, 1 to 11.
    OneHigher,
    /// Promoter, passive or detractor.
    Groups,
}

impl NpsNotation {
    /// The likelihood to recommend, 0 to 10, that a cell stands for.
    pub(crate) fn likelihood(&self, cell: &str) -> Option<u8> {
        if self.is_missing(cell) {
            return None;
        }
        match self.coding {
            NpsCoding::Plain => whole(cell, 0.0),
            NpsCoding::OneHigher => whole(cell, 1.0),
            NpsCoding::Groups => NpsGroup::of(cell).map(NpsGroup::likelihood),
        }
    }

    /// The likelihood of a cell, or that it says that there is none; nothing if it says neither.
    pub(crate) fn read(&self, cell: &str) -> Option<Option<u8>> {
        let none = self.is_missing(cell) || is_no_answer(cell);
        if none { Some(None) } else { self.likelihood(cell).map(Some) }
    }

    /// Whether a cell says that there is no answer.
    pub(crate) fn is_missing(&self, cell: &str) -> bool {
        is_code(&self.missing, cell)
    }
}

/// A whole number from `lowest` to ten more, as one from 0 to 10.
fn whole(cell: &str, lowest: f64) -> Option<u8> {
    let score = scored(cell)?;
    let value = score.value - lowest;
    let fits = value.fract() == 0.0
        && (0.0..=10.0).contains(&value)
        && score.out_of.is_none_or(|highest| highest == 10.0);
    fits.then_some(value as u8)
}

fn is_code(codes: &[f64], cell: &str) -> bool {
    !codes.is_empty() && number(cell).is_some_and(|number| codes.contains(&number))
}
