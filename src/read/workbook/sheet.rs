//! Sheets: their rows, what is in them, and which of them hold feedback.

use std::collections::BTreeSet;

use super::cell::Cell;
use crate::read::prose::is_prose;

/// Rows and columns of a sheet at most, in Excel and elsewhere.
pub(super) const MAX_ROWS: u64 = 1 << 20;
pub(super) const MAX_COLUMNS: u64 = 1 << 14;

/// Filled rows of a sheet that a header is sought in, and their characters.
const FIRST_ROWS: usize = 1_000;
const FIRST_CHARS: usize = 1 << 18;

/// A sheet by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SheetName {
    pub(super) name: String,
    pub(super) hidden: bool,
}

/// A row that holds something.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SheetRow {
    /// From 1, as programs show it.
    pub(super) number: u64,
    /// The filled cells with their columns, which count from 0.
    pub(super) cells: Vec<(usize, Cell)>,
}

/// What is in a sheet.
#[derive(Clone, Debug, Default)]
pub(super) struct Survey {
    /// Columns in which some row holds something.
    pub(super) columns: BTreeSet<usize>,
    /// Cells whose formula came to nothing.
    pub(super) errors: u64,
    /// The first filled rows.
    pub(super) first: Vec<SheetRow>,
    first_chars: usize,
    filled: u64,
    /// Cells of several words, those in rows of several cells.
    sentences: (u64, u64),
}

impl Survey {
    /// Takes a row into account.
    pub(super) fn add(&mut self, row: SheetRow) {
        let sentences = row.cells.iter().filter(|(_, cell)| is_prose(cell.text())).count() as u64;
        self.sentences.0 += sentences;
        self.sentences.1 += if row.cells.len() > 1 { sentences } else { 0 };
        self.filled += row.cells.len() as u64;
        for (column, cell) in &row.cells {
            self.columns.insert(*column);
            self.errors += u64::from(*cell == Cell::Error);
        }
        if self.first.len() < FIRST_ROWS && self.first_chars < FIRST_CHARS {
            self.first_chars += row.cells.iter().map(|(_, cell)| cell.text().len()).sum::<usize>();
            self.first.push(row);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// How much it looks like a table of feedback: sentences beside other cells, else sentences, else
    /// anything.
    fn rank(&self) -> (u64, u64, u64) {
        (self.sentences.1, self.sentences.0, self.filled)
    }

    /// The first row of several cells: that of the names, if there are names. Its index among the first
    /// rows, and its cells.
    pub(super) fn names(&self) -> Option<(usize, &[(usize, Cell)])> {
        let mut rows = self.first.iter().enumerate();
        rows.find(|(_, row)| row.cells.len() > 1 || self.columns.len() == 1)
            .map(|(index, row)| (index, row.cells.as_slice()))
    }

    /// Whether both have the same names above the same columns.
    fn is_alike(&self, other: &Self) -> bool {
        match (self.names(), other.names()) {
            (Some((_, own)), Some((_, theirs))) => {
                own == theirs && own.iter().all(|(_, cell)| cell.is_name())
            }
            _ => false,
        }
    }
}

/// The sheets of feedback among those surveyed: the one with most sentences in it, and all that
/// have the same columns, in their order.
pub(super) fn choose(surveys: &[Option<Survey>]) -> Vec<usize> {
    let filled = || {
        let all = surveys.iter().enumerate();
        all.filter_map(|(at, survey)| Some((at, survey.as_ref().filter(|own| !own.is_empty())?)))
    };
    // Of equals, the first.
    let Some((_, best)) = filled().rev().max_by_key(|(_, survey)| survey.rank()) else {
        return Vec::new();
    };
    let is_best = |survey: &Survey| std::ptr::eq(survey, best);
    filled().filter(|(_, own)| is_best(own) || own.is_alike(best)).map(|(at, _)| at).collect()
}

impl Cell {
    /// What it says; nothing where a formula came to nothing.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Error => "",
        }
    }

    fn is_name(&self) -> bool {
        self.text().contains(char::is_alphabetic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn survey(rows: &[&str]) -> Option<Survey> {
        let mut survey = Survey::default();
        for (number, row) in (1..).zip(rows) {
            let cells = row.split('|').map(Cell::of_text).enumerate();
            let cells = cells.filter_map(|(column, cell)| Some((column, cell?))).collect();
            survey.add(SheetRow { number, cells });
        }
        Some(survey)
    }

    #[test]
    fn the_sheet_with_sentences_is_taken() {
        let figures = survey(&["Figure|Value", "Response rate|12", "Answers|340"]);
        let legend = survey(&["All answers are those of the spring of this year", "See the notes"]);
        let answers = survey(&["id|comment", "1|The parcel came late", "2|The app does not start"]);
        assert_eq!(choose(&[figures.clone(), legend, answers.clone()]), [2]);
        assert_eq!(choose(&[figures.clone(), None, survey(&[])]), [0]);
        assert_eq!(choose(&[None, survey(&[])]), [0; 0]);
        assert_eq!(choose(&[answers, None, figures]), [0]);
    }

    #[test]
    fn sheets_with_the_same_columns_are_taken_together() {
        let first = survey(&["id|comment", "1|The parcel came late"]);
        let second = survey(&["Second quarter", "id|comment", "2|The app does not start", "3|ok"]);
        let other = survey(&["comment|id", "The parcel came late|1"]);
        assert_eq!(choose(&[first.clone(), other, None, second]), [0, 3]);
        let without_names = survey(&["1|The parcel came late", "2|It is broken again"]);
        assert_eq!(choose(&[without_names.clone(), first, without_names]).len(), 1);
    }
}
