//! Whether the first row names the columns.

use super::choice;
use super::name::likeness_to_name;
use super::value::{self, DateOrder};

/// Longest name of a column in characters; survey questions are long.
const MAX_NAME_CHARS: usize = 300;

/// Longest name in characters that is believed without knowing its words.
const MAX_UNKNOWN_NAME_CHARS: usize = 40;

/// Whether a record has as many cells as there are columns; blank ones may follow.
pub(super) fn fits(cells: &[Vec<u8>], columns: usize) -> bool {
    cells.len() >= columns && cells[columns..].iter().all(|cell| cell.trim_ascii().is_empty())
}

/// Whether `rows[0]` is a header. If in doubt it is not, so that no row is lost.
pub(super) fn is_first(rows: &[Vec<String>], chosen: &[&str]) -> bool {
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

/// Names of the columns: the header's, or `column_N` where it has none.
pub(super) fn names(header: &[String]) -> Vec<String> {
    let name = |(index, cell): (usize, &String)| match cell.trim() {
        "" => format!("column_{}", index + 1),
        name => name.to_owned(),
    };
    header.iter().enumerate().map(name).collect()
}
