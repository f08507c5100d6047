//! What a doubt rests on.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::read::protection::Protection;
use crate::text::redact::Kind;
use crate::visible::visible;

/// Examples that are kept.
const EXAMPLES: usize = 3;

/// Characters of an example that are told.
const EXAMPLE_CHARS: usize = 60;

/// Characters of an example that are kept: what is personal must be whole to be found.
const KEPT_CHARS: usize = 400;

/// How many rows or cells of how many, and some of them. Sums are the same in any order.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// How many are so.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// Some that are so, the least by their letters; long ones are cut.
    pub examples: Vec<String>,
    /// Whether they were counted in a sample of the rows of all inputs: then several inputs say the
    /// same, and do not add up.
    pub sampled: bool,
}

impl Evidence {
    /// Evidence in the sample of the rows of all inputs: the cells of `all` for which `holds`.
    pub(crate) fn in_sample<'c>(
        all: impl IntoIterator<Item = &'c str>,
        holds: impl Fn(&str) -> bool,
    ) -> Self {
        let mut evidence = Self { sampled: true, ..Self::default() };
        for cell in all {
            evidence.look_at(cell, holds(cell));
        }
        evidence
    }

    /// Counts one more, of which `is_so` says whether it is so.
    pub(crate) fn look_at(&mut self, cell: &str, is_so: bool) {
        self.of += 1;
        if is_so {
            self.count += 1;
            self.keep(cell);
        }
    }

    /// How many of all, from 0 to 1.
    pub fn share(&self) -> f64 {
        if self.of == 0 { 0.0 } else { self.count as f64 / self.of as f64 }
    }

    /// Adds what another part of the rows says.
    pub(crate) fn merge(&mut self, other: Self) {
        self.count += other.count;
        self.of += other.of;
        other.examples.iter().for_each(|example| self.keep(example));
    }

    /// The same with examples as they may be told.
    pub(super) fn protect(&mut self, protection: &Protection) {
        for example in &mut self.examples {
            *example = cut(&protection.shown(example), EXAMPLE_CHARS);
        }
        self.examples.dedup();
    }

    /// Keeps an example.
    pub(crate) fn keep(&mut self, cell: &str) {
        // Most cells come too late to be kept: look before cutting.
        let is_full = self.examples.len() >= EXAMPLES;
        if is_full && self.examples.last().is_some_and(|last| cell > last.as_str()) {
            return;
        }
        let example = cut(cell, KEPT_CHARS);
        if let Err(place) = self.examples.binary_search(&example) {
            self.examples.insert(place, example);
            self.examples.truncate(EXAMPLES);
        }
    }
}

/// A cell on one line, its end left out where it is longer than so many characters.
fn cut(cell: &str, characters: usize) -> String {
    let line = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(characters) {
        // The cut one is no longer, so that cutting again changes nothing.
        Some(_) => line.chars().take(characters - 1).chain(['…']).collect(),
        None => line,
    }
}

/// `12 [EMAIL], 3 [PHONE]`.
pub(crate) fn counted_placeholders(data: &BTreeMap<Kind, u64>) -> String {
    let counts = data.iter().map(|(kind, count)| format!("{count} {}", kind.placeholder()));
    counts.collect::<Vec<_>>().join(", ")
}

/// `"a", "b"`: nothing where there are none.
pub(crate) struct Quoted<'a>(pub(crate) &'a [String]);

impl fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, text) in self.0.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}\"{}\"", visible(text))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(cells: &[&str]) -> Evidence {
        let mut evidence = Evidence::default();
        cells.iter().for_each(|cell| evidence.look_at(cell, !cell.is_empty()));
        evidence
    }

    #[test]
    fn parts_sum_up_to_the_whole_in_any_order() {
        let long = "a ".repeat(100);
        let cells = ["d", "b", "", &long, "c", "b", "e", "A  long\n text"];
        let whole = of(&cells);
        assert_eq!((whole.count, whole.of), (7, 8));
        assert_eq!(whole.examples.len(), 3);
        assert_eq!(whole.examples[0], "A long text");
        for split in 0..cells.len() {
            let (one, other) = cells.split_at(split);
            let (mut left, mut right) = (of(one), of(other));
            left.merge(of(other));
            right.merge(of(one));
            assert_eq!(left, whole);
            assert_eq!(right, whole);
        }
    }
}
