//! Answers that were chosen rather than written.

use std::collections::{BTreeMap, BTreeSet};

use super::Answers;
use super::names::SUBJECT;
use crate::read::columns::name::says;
use crate::read::value::WordScale;

/// Different items of a list, and different closed answers, at most.
const ITEMS: usize = 15;
const CLOSED: usize = 8;

/// How often an item or a closed answer stands there at least, on average.
const USES: usize = 3;

/// Words of an item or a closed answer at most.
const ITEM_WORDS: usize = 6;

/// Cells from which on it means something that all of them are steps of one scale.
const STEPS: usize = 6;

/// What programs put before the subject of a mail that answers or passes on another.
const ANSWERS_MAIL: [&str; 9] = ["re:", "aw:", "antw:", "fw:", "fwd:", "wg:", "tr:", "rv:", "res:"];

/// An answer in small letters, without its numbers and what stands before the subject of an answer to a mail.
fn bare(cell: &str) -> String {
    let lower = cell.trim().to_lowercase();
    let mut own = lower.as_str();
    while let Some(rest) = ANSWERS_MAIL.iter().find_map(|mark| own.strip_prefix(mark)) {
        own = rest.trim_start();
    }
    let has_digits = |word: &&str| word.contains(|c: char| c.is_ascii_digit());
    own.split_whitespace().filter(|word| !has_digits(word)).collect::<Vec<_>>().join(" ")
}

impl Answers<'_> {
    /// Whether its cells are lists of items out of a small set.
    pub(super) fn is_tick_list(&self) -> bool {
        [';', ',', '|', '\n'].into_iter().any(|separator| {
            let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
            let mut lists = 0;
            for cell in self.cells {
                let items = cell.split(separator).map(str::trim).filter(|item| !item.is_empty());
                items.for_each(|item| *uses.entry(item).or_default() += 1);
                lists += usize::from(cell.contains(separator));
            }
            let short = uses.keys().all(|item| item.split_whitespace().count() <= ITEM_WORDS);
            let all: usize = uses.values().sum();
            lists * 4 >= self.cells.len()
                && (2..=ITEMS).contains(&uses.len())
                && all >= USES * uses.len()
                && short
        })
    }

    /// How many different answers there are, if they are few, short and recur; subjects of mails but for their
    /// numbers.
    pub(super) fn closed_answers(&self) -> Option<u64> {
        let is_subject = says(self.words, SUBJECT);
        let own = |cell: &&str| if is_subject { bare(cell) } else { cell.to_lowercase() };
        let answers: BTreeSet<String> = self.cells.iter().map(own).collect();
        let short = answers.iter().all(|own| own.split_whitespace().count() <= ITEM_WORDS);
        let recur = self.cells.len() >= USES * answers.len() && self.cells.len() >= 2 * CLOSED;
        let few = short && recur && answers.len() <= CLOSED;
        (few || self.are_steps()).then_some(answers.len() as u64)
    }

    /// Whether its cells are steps of a scale of words: "strongly agree", "agree" …
    pub(super) fn are_steps(&self) -> bool {
        let on = |scale: &WordScale| self.cells.iter().all(|cell| scale.step(cell).is_some());
        let different: BTreeSet<&str> = self.cells.iter().copied().collect();
        let recur = self.cells.len() > different.len() && different.len() > 1;
        self.cells.len() >= STEPS && recur && WordScale::all().any(on)
    }
}
