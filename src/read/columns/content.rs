//! What the sampled rows say about a column.

use std::collections::{BTreeMap, BTreeSet};

use super::dates::DateCells;
use crate::read::value;

/// Share of cells from which on a column without a telling name is taken for what they are.
const NEARLY_ALL: f64 = 0.9;

/// Rows from which on shares of distinct values mean something.
const MANY: usize = 20;

/// Units of one quantity: the singular and the plural.
const UNITS: usize = 2;

/// Distinct values that a group of customers may have at most.
const MAX_GROUPS: usize = 100;

/// A column in the sampled rows. Blank cells count in `rows` alone.
pub(crate) struct ColumnContent<'a> {
    pub(crate) rows: usize,
    /// The cells that are not blank, trimmed.
    pub(crate) cells: Vec<&'a str>,
    pub(crate) distinct: usize,
    pub(crate) mean_words: f64,
    pub(crate) max_words: usize,
    /// Share of neighbouring cells that differ.
    pub(crate) variation: f64,
    /// The cells as dates.
    pub(crate) dates: DateCells<'a>,
}

impl<'a> ColumnContent<'a> {
    pub(crate) fn new(rows: &'a [Vec<String>], column: usize) -> Self {
        let cells: Vec<&str> = rows
            .iter()
            .filter_map(|row| row.get(column))
            .map(|cell| cell.trim())
            .filter(|cell| !cell.is_empty())
            .collect();
        let words = || cells.iter().map(|cell| cell.split_whitespace().count());
        let changes = cells.windows(2).filter(|pair| pair[0] != pair[1]).count();
        Self {
            rows: rows.len(),
            distinct: cells.iter().collect::<BTreeSet<_>>().len(),
            mean_words: words().sum::<usize>() as f64 / cells.len().max(1) as f64,
            max_words: words().max().unwrap_or(0),
            variation: changes as f64 / cells.len().saturating_sub(1).max(1) as f64,
            dates: DateCells::new(cells.iter().copied().filter(|cell| !value::is_no_answer(cell))),
            cells,
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// Share of the filled cells for which `holds`; 1 if there are none.
    pub(crate) fn share(&self, holds: impl Fn(&str) -> bool) -> f64 {
        let holding = self.cells.iter().filter(|cell| holds(cell)).count();
        if self.is_empty() { 1.0 } else { holding as f64 / self.cells.len() as f64 }
    }

    /// Share of distinct among the filled cells; 1 if there are none.
    pub(crate) fn distinct_share(&self) -> f64 {
        if self.is_empty() { 1.0 } else { self.distinct as f64 / self.cells.len() as f64 }
    }

    pub(crate) fn has_many(&self) -> bool {
        self.cells.len() >= MANY
    }

    pub(crate) fn numbers(&self) -> bool {
        !self.is_empty() && self.share(|cell| value::number(cell).is_some()) >= NEARLY_ALL
    }

    /// Whether the cells tell times, if only "3 days ago".
    pub(crate) fn dates(&self) -> bool {
        !self.is_empty() && self.dates.tell_time() >= NEARLY_ALL
    }

    pub(crate) fn links(&self) -> bool {
        let is_link =
            |cell: &str| !cell.contains(' ') && (cell.contains("://") || cell.starts_with("www."));
        !self.is_empty() && self.share(is_link) >= NEARLY_ALL
    }

    /// Whether the cells are numbers, each with the same word behind it or one of two: "3 days", "1 day".
    pub(crate) fn quantities(&self) -> bool {
        let unit = |cell: &&str| {
            let (number, unit) = cell.split_once(' ')?;
            let is_word = unit.chars().all(char::is_alphabetic);
            (value::number(number).is_some() && is_word).then(|| unit.to_owned())
        };
        let units: Vec<String> = self.cells.iter().filter_map(unit).collect();
        let different: BTreeSet<&String> = units.iter().collect();
        units.len() > different.len()
            && different.len() <= UNITS
            && units.len() as f64 >= NEARLY_ALL * self.cells.len() as f64
    }

    /// Whether the values are so few that each stands for a group of rows.
    pub(crate) fn has_few_values(&self) -> bool {
        let most = if self.has_many() { self.cells.len() / 5 } else { self.cells.len() / 2 };
        self.distinct <= most.min(MAX_GROUPS)
    }
}

/// Whether another column names things to which the values of `column` belong, as average ratings
/// belong to hotels: rows of the same thing nearly always have the same value.
pub(crate) fn belongs_to_things(rows: &[Vec<String>], column: usize) -> bool {
    let columns = rows.first().map_or(0, Vec::len);
    (0..columns).filter(|&other| other != column).any(|other| {
        let mut values_of: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for row in rows {
            let (thing, value) = (row[other].trim(), row[column].trim());
            if !thing.is_empty() && !value.is_empty() {
                values_of.entry(thing).or_default().push(value);
            }
        }
        let distinct = values_of.values().flatten().collect::<BTreeSet<_>>().len();
        let pairs = || values_of.values().flat_map(|values| values.windows(2));
        let same = pairs().filter(|pair| pair[0] == pair[1]).count();
        // As many values as things: the one may be but another word for the other.
        values_of.len() > distinct
            && pairs().count() >= MANY
            && same as f64 >= NEARLY_ALL * pairs().count() as f64
    })
}
