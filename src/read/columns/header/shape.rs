//! What columns hold in the rows below a header, as far as it tells a header from them.

use super::unnamed::is_value;

/// Share of the cells of a column that must be so.
const NEARLY_ALL: f64 = 0.95;

/// Rows from which on it means something that a column is always filled.
const ENOUGH: usize = 3;

/// Rows that are looked at.
const ROWS: usize = 500;

/// Rows at the end of a small file that may sum up the others.
const LAST: usize = 3;

/// What the columns hold.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shape {
    columns: Vec<ColumnShape>,
}

#[derive(Clone, Copy, Debug)]
struct ColumnShape {
    always_filled: bool,
    holds_values: bool,
}

impl Shape {
    /// What the columns hold in `rows`.
    pub(super) fn of(rows: &[Vec<String>], columns: usize) -> Self {
        // A small file is all here, with its last rows.
        let end = if rows.len() > 2 * LAST { rows.len() - LAST } else { rows.len() };
        let rows = &rows[..end.min(ROWS)];
        let column = |index: usize| {
            let cells = rows.iter().map(|row| row.get(index).map_or("", |cell| cell.trim()));
            let filled: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
            let values = filled.iter().filter(|cell| is_value(cell)).count();
            let share = |part: usize, all: usize| all > 0 && part as f64 >= NEARLY_ALL * all as f64;
            ColumnShape {
                always_filled: rows.len() >= ENOUGH && share(filled.len(), rows.len()),
                holds_values: share(values, filled.len()),
            }
        };
        Self { columns: (0..columns).map(column).collect() }
    }

    /// Columns that are always filled, with a number or a date, and empty in `row`.
    pub(super) fn missing_values(&self, row: &[String]) -> usize {
        self.count(row, |column, cell| {
            column.always_filled && column.holds_values && cell.is_empty()
        })
    }

    /// Columns that are always filled, and empty in `row`.
    pub(crate) fn missing(&self, row: &[String]) -> usize {
        self.count(row, |column, cell| column.always_filled && cell.is_empty())
    }

    /// Columns that hold numbers or dates, where `row` has words.
    pub(crate) fn words_for_values(&self, row: &[String]) -> usize {
        self.count(row, |column, cell| column.holds_values && is_wording(cell))
    }

    /// Columns that hold numbers or dates, and are filled in `row`.
    pub(super) fn values(&self, row: &[String]) -> usize {
        self.count(row, |column, cell| column.holds_values && !cell.is_empty())
    }

    fn count(&self, row: &[String], holds: impl Fn(&ColumnShape, &str) -> bool) -> usize {
        let cells = (0..).map(|index: usize| row.get(index).map_or("", |cell| cell.trim()));
        self.columns.iter().zip(cells).filter(|(column, cell)| holds(column, cell)).count()
    }
}

/// Words, and not just "n/a" or "k. A.", which people write for a missing number.
fn is_wording(cell: &str) -> bool {
    cell.chars().filter(|c| c.is_alphabetic()).count() >= 4 && !is_value(cell)
}
