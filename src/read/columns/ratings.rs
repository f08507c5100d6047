//! What a column holds as ratings: their scale, its direction, and what is doubtful about them.

use std::collections::BTreeMap;

use super::named_scale::NamedScale;
use super::polarity::{Polarity, polarity};
use super::rating_scale::RatingScale;
use super::scale::{self, FoundScale};
use crate::read::doubt::{Doubt, Evidence};
use crate::read::value::{RatingNotation, Score, WordScale, phrase, plain, scored};

/// Share of cells that must be of one kind.
const NEARLY_ALL: f64 = 0.9;
const MOST: f64 = 0.5;

/// Longest cell in bytes that may be a step of a scale in words, and how many different ones may be
/// beside them.
const MAX_WORDS_BYTES: usize = 80;
const MAX_DIFFERENT: usize = 60;

/// A column that may be ratings.
pub(crate) struct RatingCells<'a> {
    pub(crate) column: &'a str,
    pub(crate) cells: &'a [&'a str],
    /// Whether its name says that it holds school marks.
    pub(crate) school_marks: bool,
    /// Whether its name says that it measures how bad something is.
    pub(crate) badness: bool,
    /// Whether its name says that it measures effort, of which more is worse or better.
    pub(crate) effort: bool,
    /// The scale that is documented for the tool that exported it.
    pub(crate) documented: Option<RatingScale>,
}

/// How a column is to be read as ratings, and how well that goes.
#[derive(Clone, Debug)]
pub(crate) struct Ratings {
    pub(crate) notation: RatingNotation,
    /// Share of the filled cells that are ratings, those that stand for none left out.
    pub(crate) share: f64,
    /// Whether the name or the cells themselves tell the scale.
    pub(crate) told: bool,
    /// Whether the name says what the ends of the scale mean.
    pub(crate) explained: bool,
    /// Whether no number is above 1: a yes and a no.
    pub(crate) are_flags: bool,
    /// Whether the ratings count stars.
    pub(crate) stars: bool,
    /// What was decided, in a few words.
    pub(crate) reason: String,
    /// What is doubtful if it is read so.
    pub(crate) doubts: Vec<Doubt>,
}

impl RatingCells<'_> {
    /// How the cells are to be read; none if they are no ratings on any scale that is known.
    pub(crate) fn read(&self, chosen: Option<RatingScale>) -> Option<Ratings> {
        let words = self.words();
        let scores: Vec<(&str, Score)> =
            self.cells.iter().filter_map(|&cell| Some((cell, scored(cell)?))).collect();
        let in_words = words.is_some_and(|(_, count)| count > scores.len());
        let mut ratings = match words.filter(|_| in_words) {
            Some((scale, _)) => self.in_words(scale),
            None => self.in_numbers(&scores, chosen)?,
        };
        if let Some(chosen) = chosen {
            ratings.follow(chosen);
        }
        let notation = &ratings.notation;
        let filled = self.cells.iter().filter(|cell| !notation.is_missing(cell)).count();
        let read = self.cells.iter().filter(|cell| notation.rating(cell).is_some()).count();
        ratings.share = if filled == 0 { 1.0 } else { read as f64 / filled as f64 };
        Some(ratings)
    }

    /// The scale of words that the cells are on, and how many of them.
    fn words(&self) -> Option<(&'static WordScale, usize)> {
        let mut different: BTreeMap<&str, usize> = BTreeMap::new();
        for cell in self.cells.iter().filter(|cell| cell.len() <= MAX_WORDS_BYTES) {
            *different.entry(cell).or_default() += 1;
            if different.len() > MAX_DIFFERENT {
                return None;
            }
        }
        let mut phrases: BTreeMap<String, usize> = BTreeMap::new();
        for (cell, count) in different {
            *phrases.entry(phrase(cell)).or_default() += count;
        }
        let rated = WordScale::all().map(|scale| {
            let steps: Vec<(f64, usize)> = phrases
                .iter()
                .filter_map(|(phrase, &count)| Some((scale.step_of(phrase)?, count)))
                .collect();
            let mut levels: Vec<f64> = steps.iter().map(|(step, _)| *step).collect();
            levels.sort_by(f64::total_cmp);
            levels.dedup();
            // Two words on one step are told apart on another scale, if there is one.
            let shared = steps.len() - levels.len();
            (scale, steps.iter().map(|(_, count)| count).sum::<usize>(), shared)
        });
        rated
            .filter(|(_, count, _)| *count > 0)
            .reduce(|best, next| {
                let better = next.1 > best.1 || next.1 == best.1 && next.2 < best.2;
                if better { next } else { best }
            })
            .map(|(scale, count, _)| (scale, count))
    }

    fn in_words(&self, words: &'static WordScale) -> Ratings {
        let scale = (1.0, words.highest());
        let evidence =
            Evidence::in_sample(self.cells.iter().copied(), |cell| words.step(cell).is_some());
        let doubt = Doubt::WordRatings { column: self.column.to_owned(), scale, evidence };
        Ratings {
            notation: RatingNotation {
                scale,
                reversed: false,
                missing: Vec::new(),
                words: Some(words),
            },
            share: 0.0,
            told: true,
            explained: false,
            are_flags: false,
            stars: false,
            reason: format!("words for {} to {}", scale.0, scale.1),
            doubts: vec![doubt],
        }
    }

    fn in_numbers(&self, scores: &[(&str, Score)], chosen: Option<RatingScale>) -> Option<Ratings> {
        let name = NamedScale::of(self.column);
        let values: Vec<f64> = scores.iter().map(|(_, score)| score.value).collect();
        let stars = scores.iter().filter(|(_, score)| score.stars).count() * 2 > scores.len();
        let out_of = self.out_of(scores);
        let fits = |own: &RatingScale| {
            values.iter().all(|&value| value == 0.0 || (own.low..=own.high).contains(&value))
        };
        let documented = self.documented.filter(fits);
        let found = match () {
            () if let Some(chosen) = chosen => {
                scale::within(&values, Some(chosen.low), Some(chosen.high))
            }
            () if name.is_bounded() || out_of.is_some() => {
                scale::within(&values, name.low, name.high.or(out_of))
            }
            () if let Some(own) = documented => {
                scale::within(&values, Some(own.low), Some(own.high))
            }
            () if self.school_marks => scale::school_marks(&values),
            () => scale::of_values(&values, stars)?,
        };
        let mut ratings = Ratings {
            reason: format!("{} to {}, {}", found.scale.0, found.scale.1, found.basis),
            told: name.is_bounded() || out_of.is_some() || documented.is_some(),
            notation: RatingNotation {
                scale: found.scale,
                reversed: false,
                missing: found.missing.clone(),
                words: None,
            },
            share: 0.0,
            explained: name.reversed.is_some() && name.low.is_some() && name.high.is_some(),
            are_flags: values.iter().all(|&value| value <= 1.0) && !values.is_empty(),
            stars,
            doubts: Vec::new(),
        };
        self.take_scale(&mut ratings, &found);
        self.take_direction(&mut ratings, &name, scores);
        Some(ratings)
    }

    /// The highest rating, if nearly all cells name it.
    fn out_of(&self, scores: &[(&str, Score)]) -> Option<f64> {
        let named: Vec<f64> = scores.iter().filter_map(|(_, score)| score.out_of).collect();
        let first = *named.first()?;
        let same = named.iter().filter(|&&own| own == first).count();
        (same as f64 >= NEARLY_ALL * scores.len() as f64).then_some(first)
    }

    fn take_scale(&self, ratings: &mut Ratings, found: &FoundScale) {
        let column = || self.column.to_owned();
        let scale = found.scale;
        if let Some(other) = found.other {
            ratings.doubts.push(Doubt::RatingScale { column: column(), scale, other });
        }
        let missing = |wanted: &dyn Fn(f64) -> bool| {
            Evidence::in_sample(self.cells.iter().copied(), |cell| {
                scored(cell).is_some_and(|score| {
                    found.missing.contains(&score.value) && wanted(score.value)
                })
            })
        };
        let zeros = missing(&|value| value == 0.0);
        if zeros.count > 0 {
            ratings.reason.push_str("; 0 stands for not rated");
            ratings.doubts.push(Doubt::ZeroRatings { column: column(), scale, evidence: zeros });
        }
        let codes = missing(&|value| value != 0.0);
        if codes.count > 0 {
            ratings.reason.push_str("; codes for no answer left out");
            ratings.doubts.push(Doubt::MissingCodes { column: column(), scale, evidence: codes });
        }
    }

    /// Which end of the scale is best.
    fn take_direction(&self, ratings: &mut Ratings, name: &NamedScale, scores: &[(&str, Score)]) {
        let (column, scale) = (self.column.to_owned(), ratings.notation.scale);
        let by_words = name.reversed.or_else(|| reversed_by_cells(scores));
        let reversed = by_words.unwrap_or(self.school_marks || self.badness);
        if reversed {
            ratings.notation.reversed = true;
            ratings.reason.push_str(&format!("; {} is best, turned round", scale.0));
            let certain = by_words.is_some();
            ratings.doubts.push(Doubt::ReversedScale { column, scale, certain });
        } else if self.effort && by_words.is_none() {
            ratings.doubts.push(Doubt::MaybeReversed { column, scale });
        }
    }
}

impl Ratings {
    /// What the user says holds, whatever was found.
    fn follow(&mut self, RatingScale { low, high, reversed }: RatingScale) {
        self.notation.scale = (low, high);
        self.notation.reversed = reversed;
        self.notation.missing.retain(|code| !(low..=high).contains(code));
        if self.notation.words.is_some_and(|words| (1.0, words.highest()) != (low, high)) {
            self.notation.words = None;
        }
        self.told = true;
        self.doubts.retain(|doubt| {
            matches!(doubt, Doubt::WordRatings { .. } | Doubt::MissingCodes { .. })
        });
        let turned = if reversed { ", the lowest is best" } else { "" };
        self.reason = format!("{low} to {high}{turned}, named by you");
    }

    /// Whether nearly all, or where the name says what they are most, of the cells are ratings.
    pub(crate) fn are_ratings(&self, named: bool) -> bool {
        self.share >= if named { MOST } else { NEARLY_ALL }
    }
}

/// Whether cells such as "1 - very satisfied" say that the lowest is best.
fn reversed_by_cells(scores: &[(&str, Score)]) -> Option<bool> {
    let mean = |wanted: Polarity| {
        let values: Vec<f64> = scores
            .iter()
            .filter(|(cell, score)| !score.stars && says(cell) == Some(wanted))
            .map(|(_, score)| score.value)
            .collect();
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    };
    let (good, bad) = (mean(Polarity::Good)?, mean(Polarity::Bad)?);
    (good != bad).then_some(good < bad)
}

fn says(cell: &str) -> Option<Polarity> {
    let cell = plain(cell);
    let words: Vec<&str> =
        cell.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    polarity(&words)
}
