//! Whether the first row names the columns, and what it makes of the rows below.

use std::collections::HashSet;

use super::name::likeness_to_name;
use super::record::Record;
use super::value::{self, DateOrder};
use super::{Reject, choice};

/// Longest name of a column in characters; survey questions are long.
const MAX_NAME_CHARS: usize = 300;

/// Longest name in characters that is believed without knowing its words.
const MAX_UNKNOWN_NAME_CHARS: usize = 40;

/// The columns of a file by name, and the row that names them.
#[derive(Clone, Debug)]
pub(super) struct Header {
    /// The cells of the header, if there is one.
    pub(super) cells: Option<Vec<String>>,
    /// A name for each column, no two of them alike.
    pub(super) names: Vec<String>,
}

impl Header {
    /// Finds the header of a file that starts with `rows`. A cell that is among the `chosen` names
    /// is proof of one.
    pub(super) fn find(rows: &[Vec<String>], chosen: &[&str]) -> Self {
        let cells = rows.first().filter(|_| is_first(rows, chosen)).cloned();
        let blank = || vec![String::new(); rows.first().map_or(0, Vec::len)];
        Self { names: names(&cells.clone().unwrap_or_else(blank)), cells }
    }

    /// Records that it takes: one or none.
    pub(super) fn records(&self) -> usize {
        usize::from(self.cells.is_some())
    }

    /// Makes text of a record of the right length.
    pub(super) fn row(&self, record: Record) -> Result<(u64, Vec<String>), Reject> {
        let Record { line, cells } = record;
        let expected = self.names.len();
        if !fits(&cells, expected) {
            let found = cells.len();
            let reason = format!(
                "{found} fields where {expected} are expected; quote fields that contain the \
                 delimiter or a line break"
            );
            return Err(Reject { line, column: String::new(), reason });
        }
        let cells = cells.into_iter().zip(&self.names).map(|(bytes, name)| {
            text(bytes).map_err(|reason| Reject { line, column: name.clone(), reason })
        });
        let cells: Vec<String> = cells.collect::<Result<_, _>>()?;
        if expected > 1 && self.cells.as_ref() == Some(&cells) {
            let reason = "repeats the header; were several files joined?".to_owned();
            return Err(Reject { line, column: String::new(), reason });
        }
        Ok((line, cells))
    }
}

/// Makes text of a cell, or says what is wrong with it.
fn text(bytes: Vec<u8>) -> Result<String, String> {
    if let Some(at) = bytes.iter().position(|&b| b == 0) {
        return Err(format!("NUL at byte {} of the cell; export the file again", at + 1));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        format!("invalid UTF-8 from byte {at} of the cell on; save the file as CSV UTF-8")
    })
}

/// Whether a record has as many cells as there are columns; blank ones may follow.
pub(super) fn fits(cells: &[Vec<u8>], columns: usize) -> bool {
    cells.len() >= columns && cells[columns..].iter().all(|cell| cell.trim_ascii().is_empty())
}

/// Whether `rows[0]` is a header. If in doubt it is not, so that no row is lost.
fn is_first(rows: &[Vec<String>], chosen: &[&str]) -> bool {
    let Some((header, data)) = rows.split_first() else { return false };
    let first: Vec<String> = header.iter().map(|cell| cell.trim().to_owned()).collect();
    if chosen.iter().any(|name| choice::find(name, &first).is_some()) {
        return true;
    }
    let filled: Vec<(usize, &String)> =
        first.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).collect();
    if filled.iter().any(|(_, cell)| is_value(cell) || cell.chars().count() > MAX_NAME_CHARS) {
        return false;
    }
    let below = |index: usize| {
        // Joined files repeat their header.
        let rows = data.iter().filter(|&row| row != header);
        let cells = rows.filter_map(move |row| row.get(index));
        cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    };
    let recurs = |&(index, cell): &(usize, &String)| below(index).any(|other| other == cell);
    let names = || filled.iter().filter(|cell| !recurs(cell));
    if let [(_, cell)] = filled[..] {
        return names().count() > 0 && (likeness_to_name(cell) == 1.0 || is_code(cell));
    }
    let named = names().filter(|(_, cell)| likeness_to_name(cell) >= 0.5).count();
    let codes = names().filter(|(_, cell)| is_code(cell)).count();
    let short = filled.iter().all(|(_, cell)| cell.chars().count() <= MAX_UNKNOWN_NAME_CHARS);
    let over_values = filled.iter().any(|&(index, _)| {
        let values = below(index).filter(|cell| is_value(cell)).count();
        values > 0 && values * 10 >= below(index).count() * 9
    });
    (named + codes) * 2 >= filled.len() || over_values && (named > 0 || short)
}

/// A number or a date: what columns hold and are not called.
fn is_value(cell: &str) -> bool {
    let is_date = |order| value::date(cell, order).is_some();
    value::number(cell).is_some() || is_date(DateOrder::DayFirst) || is_date(DateOrder::MonthFirst)
}

/// One word with digits or underscores, such as `q5_open`.
fn is_code(cell: &str) -> bool {
    cell.starts_with(char::is_alphabetic)
        && cell.chars().all(|c| c.is_alphanumeric() || c == '_')
        && cell.contains(|c: char| c == '_' || c.is_ascii_digit())
}

/// Names of the columns: the header's, or `column_N` where it has none. Of columns with the same
/// name the first keeps it; the second `comment` is `comment_2` unless there is a `comment_2`.
fn names(header: &[String]) -> Vec<String> {
    let given = header.iter().enumerate().map(|(index, cell)| match cell.trim() {
        "" => format!("column_{}", index + 1),
        name => name.to_owned(),
    });
    let mut names: Vec<String> = given.collect();
    let mut taken: HashSet<String> = names.iter().cloned().collect();
    let mut seen: HashSet<String> = HashSet::new();
    for name in &mut names {
        if !seen.insert(name.clone()) {
            let free = (2..).map(|n| format!("{name}_{n}")).find(|other| !taken.contains(other));
            *name = free.unwrap_or_default();
            taken.insert(name.clone());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_the_same_name_are_numbered() {
        let names = |header: &str| names(&header.split(',').map(str::to_owned).collect::<Vec<_>>());
        let expected = ["id", "comment", "comment_2", "comment_3"];
        assert_eq!(names("id,comment, comment,comment"), expected);
        assert_eq!(names("a,a,a_2,a"), ["a", "a_3", "a_2", "a_4"]);
        assert_eq!(names("column_2,,"), ["column_2", "column_2_2", "column_3"]);
    }
}
