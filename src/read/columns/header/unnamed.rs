//! Cells that name nothing by their words: values, codes, numbers.

use crate::read::value::{self, DateOrder};

/// A number or a date: what columns hold and are seldom called.
pub(super) fn is_value(cell: &str) -> bool {
    let is_date = |order| value::date(cell, order).is_some();
    value::number(cell).is_some() || is_date(DateOrder::Dmy) || is_date(DateOrder::Mdy)
}

/// One word with digits or underscores, such as `q5_open`, or in capitals, such as `CASE`.
pub(super) fn is_code(cell: &str) -> bool {
    let of_letters = cell.starts_with(char::is_alphabetic)
        && cell.chars().all(|c| c.is_alphanumeric() || c == '_');
    let marked = cell.contains(|c: char| c == '_' || c.is_ascii_digit());
    of_letters && marked
}

/// A word as programs name columns: `CASE`, `StartDate`, `q5_open`.
pub(super) fn is_identifier(cell: &str) -> bool {
    let capitals = cell.chars().count() > 1 && cell.chars().all(|c| c.is_ascii_uppercase());
    let humps = cell.chars().all(char::is_alphanumeric)
        && cell
            .chars()
            .zip(cell.chars().skip(1))
            .any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    is_code(cell) || capitals || humps
}

/// Whether the cells count up from 0 or 1, as data frames number columns without names. The first
/// may be empty, above the numbers of the rows.
pub(super) fn are_numbered(cells: &[String]) -> bool {
    let named: Vec<&str> = cells.iter().map(|cell| cell.trim()).collect();
    let numbers = match named.split_first() {
        Some((first, rest)) if first.is_empty() || first.starts_with("Unnamed: 0") => rest,
        _ => &named[..],
    };
    let counts_from = |start: usize| {
        numbers.iter().enumerate().all(|(at, cell)| *cell == (at + start).to_string())
    };
    let is_long = numbers.len() > 1 || numbers.len() == 1 && named.len() == 2;
    is_long && (counts_from(0) || counts_from(1))
}
