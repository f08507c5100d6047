//! A sample of rows that is the same whatever their order, and however they are split into files.
//!
//! A bottom-k sketch (Cohen and Kaplan, "Summarizing data using bottom-k sketches", PODC 2007): of
//! all distinct rows, those with the smallest hashes. Which rows these are depends on the set of
//! rows alone, and the sketch of a whole can be had from the sketches of its parts.

use std::collections::BTreeSet;
use std::hash::Hasher;

use twox_hash::XxHash64;

use crate::read::cells::Cells;

/// Rows of a sample at most.
const ROWS: usize = 2_000;

/// Cells of a sample at most: where rows are wide, fewer of them tell enough.
const CELLS: usize = 2_000_000;
const FEWEST_ROWS: usize = 100;

/// Characters of a cell that a sample keeps, and bytes of a row, beyond which it keeps less of each cell.
const CELL_CHARS: usize = 2_000;
const ROW_BYTES: usize = 64 * 1024;
const FEW_CHARS: usize = 10;

/// The distinct rows with the smallest hashes. Repeated rows count once.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RowSample {
    /// Hashes with their rows, whose long cells are cut.
    rows: BTreeSet<(u64, Vec<String>)>,
    /// The largest of the hashes, once there is no more room.
    largest: Option<u64>,
    /// Of each column, the share of distinct among the filled cells of an input, the least of all inputs.
    pub(crate) distinct: Vec<f64>,
}

impl RowSample {
    /// Takes a row into account.
    pub(crate) fn add(&mut self, cells: &Cells) {
        let hash = hash(cells);
        if self.largest.is_none_or(|largest| hash <= largest) {
            self.rows.insert((hash, kept(cells)));
            self.shrink();
        }
    }

    /// The sample of a whole input.
    pub(crate) fn of_input(mut self) -> Self {
        let columns = self.rows.first().map_or(0, |(_, cells)| cells.len());
        let share = |column: usize| {
            let cells = self.rows.iter().filter_map(|(_, cells)| cells.get(column));
            let cells: Vec<&str> =
                cells.map(|cell| cell.trim()).filter(|c| !c.is_empty()).collect();
            let distinct = cells.iter().collect::<BTreeSet<_>>().len();
            if cells.is_empty() { 1.0 } else { distinct as f64 / cells.len() as f64 }
        };
        self.distinct = (0..columns).map(share).collect();
        self
    }

    /// Makes this the sample of the rows of both.
    pub(crate) fn merge(&mut self, other: Self) {
        self.rows.extend(other.rows);
        match self.distinct.is_empty() {
            true => self.distinct = other.distinct,
            false => {
                let both = self.distinct.iter_mut().zip(other.distinct);
                both.for_each(|(own, other)| *own = own.min(other));
            }
        }
        self.shrink();
    }

    fn shrink(&mut self) {
        let columns = self.rows.first().map_or(0, |(_, cells)| cells.len());
        while self.rows.len() > most(columns) {
            self.rows.pop_last();
        }
        let is_full = self.rows.len() == most(columns);
        self.largest = self.rows.last().filter(|_| is_full).map(|(largest, _)| *largest);
    }

    /// The rows, in the order of their hashes.
    pub(crate) fn into_rows(self) -> Vec<Vec<String>> {
        self.rows.into_iter().map(|(_, cells)| cells).collect()
    }
}

/// The hash of a row, each cell behind its length: the same on every machine and in every release.
fn hash(cells: &Cells) -> u64 {
    let mut hasher = XxHash64::with_seed(0);
    for cell in cells.iter() {
        hasher.write(&(cell.len() as u64).to_le_bytes());
        hasher.write(cell.as_bytes());
    }
    hasher.finish()
}

/// Rows of so many columns at most.
fn most(columns: usize) -> usize {
    (CELLS / columns.max(1)).clamp(FEWEST_ROWS, ROWS)
}

/// What a sample keeps of a row, which depends on the row alone.
fn kept(cells: &Cells) -> Vec<String> {
    let mut bytes = 0;
    let cells = cells.iter().map(|cell| {
        let cell = cut(cell, if bytes < ROW_BYTES { CELL_CHARS } else { FEW_CHARS });
        bytes += cell.len();
        cell.to_owned()
    });
    cells.collect()
}

fn cut(cell: &str, chars: usize) -> &str {
    cell.char_indices().nth(chars).map_or(cell, |(end, _)| &cell[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(rows: impl IntoIterator<Item = usize>) -> RowSample {
        let mut sample = RowSample::default();
        for row in rows {
            sample.add(&[row.to_string(), format!("text {row}")].iter().collect());
        }
        sample
    }

    fn merged(mut one: RowSample, other: RowSample) -> RowSample {
        one.merge(other);
        one
    }

    #[test]
    fn a_hash_is_that_of_the_cells_each_behind_its_length() {
        let long = "late again ".repeat(20);
        let cells: Cells = ["", "schön", &long].into_iter().collect();
        let length = |length: u64| length.to_le_bytes().to_vec();
        let bytes =
            [length(0), length(6), "schön".into(), length(220), long.clone().into()].concat();
        assert_eq!(hash(&cells), XxHash64::oneshot(0, &bytes));
    }

    #[test]
    fn it_does_not_depend_on_the_order_or_on_repetition() {
        let expected = sample(0..3 * ROWS);
        assert_eq!(expected.rows.len(), ROWS);
        assert_eq!(sample((0..3 * ROWS).rev()), expected);
        assert_eq!(sample((0..3 * ROWS).chain(0..ROWS)), expected);
    }

    #[test]
    fn merging_is_associative_and_commutative_and_gives_the_sample_of_the_whole() {
        let whole = sample(0..3 * ROWS);
        let [a, b, c] = [0..ROWS / 2, ROWS / 2..2 * ROWS, 2 * ROWS..3 * ROWS].map(sample);
        let left = merged(merged(a.clone(), b.clone()), c.clone());
        let right = merged(a.clone(), merged(b.clone(), c.clone()));
        assert_eq!(left, whole);
        assert_eq!(right, whole);
        assert_eq!(merged(merged(c, a), b), whole);
        assert_eq!(merged(whole.clone(), RowSample::default()), whole);
        assert_eq!(merged(whole.clone(), whole.clone()), whole);
    }

    #[test]
    fn every_row_is_as_likely_to_be_in_it() {
        let even = |row: &&Vec<String>| row[0].ends_with(['0', '2', '4', '6', '8']);
        let rows = sample(0..10 * ROWS).into_rows();
        let even = rows.iter().filter(even).count();
        assert!((ROWS * 45 / 100..ROWS * 55 / 100).contains(&even), "{even}");
    }

    #[test]
    fn wide_rows_are_few_and_keep_little_of_each_cell() {
        let mut sample = RowSample::default();
        for row in 0..300 {
            let cells = (0..16_000).map(|column| format!("{row} {column} late again"));
            sample.add(&cells.collect());
        }
        let rows = sample.into_rows();
        assert_eq!(rows.len(), CELLS / 16_000);
        let bytes = |row: &Vec<String>| row.iter().map(String::len).sum::<usize>();
        assert!(rows.iter().all(|row| bytes(row) < ROW_BYTES + 16_000 * FEW_CHARS));
    }

    #[test]
    fn long_cells_are_cut_and_their_rows_stay_apart() {
        let long = "ä".repeat(CELL_CHARS);
        let mut sample = RowSample::default();
        sample.add(&[format!("{long}a")].iter().collect());
        sample.add(&[format!("{long}b")].iter().collect());
        assert_eq!(sample.into_rows(), [[long.clone()], [long]]);
    }
}
