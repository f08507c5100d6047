//! Whether a row is a header, and whether the rows below it belong to it.

use std::collections::BTreeSet;

use super::shape::Shape;
use super::unnamed::{are_numbered, is_code, is_identifier, is_value};
use crate::read::columns::choice;
use crate::read::columns::name::{asks_customers, likeness_to_name};

/// Longest name of a column in characters; a consent that people sign is one.
const MAX_NAME_CHARS: usize = 2_000;

/// Longest name in characters that is believed without knowing its words.
const MAX_UNKNOWN_NAME_CHARS: usize = 40;

/// Rows from which on it means something that a value occurs again and again.
const ENOUGH: usize = 8;

/// Whether `rows[0]` is a header. If in doubt it is not, so that no row is lost.
pub(super) fn is_first(rows: &[Vec<String>], chosen: &[&str]) -> bool {
    let Some((header, data)) = rows.split_first() else { return false };
    let first: Vec<String> = header.iter().map(|cell| cell.trim().to_owned()).collect();
    if chosen.iter().any(|name| choice::find(name, &first).is_some()) {
        return true;
    }
    let below = Below { header, data };
    let filled: Vec<(usize, &String)> =
        first.iter().enumerate().filter(|(_, cell)| !cell.is_empty()).collect();
    if filled.iter().any(|(_, cell)| cell.chars().count() > MAX_NAME_CHARS) {
        return false;
    }
    if are_numbered(&first) && (0..first.len()).any(|index| below.are_words(index)) {
        return true;
    }
    let names: Vec<_> =
        filled.iter().filter(|(index, cell)| !below.recurs(*index, cell)).copied().collect();
    if let [(index, cell)] = filled[..] {
        let asks = asks_customers(cell) && below.seldom_ask(index);
        return !names.is_empty() && (likeness_to_name(cell) == 1.0 || is_code(cell) || asks);
    }
    let named = names.iter().filter(|(_, cell)| likeness_to_name(cell) >= 0.5).count();
    let codes = names.iter().filter(|(_, cell)| is_code(cell)).count();
    let values: Vec<_> = filled.iter().filter(|(_, cell)| is_value(cell)).collect();
    // Years may be names, where the others are known ones and no row below looks like this.
    let years = named >= 3 && values.len() <= named;
    let over_words = values.iter().all(|(index, _)| !below.are_values(*index));
    let are_names = years && over_words;
    if !values.is_empty() && !are_names {
        return false;
    }
    let short = filled.iter().all(|(_, cell)| cell.chars().count() <= MAX_UNKNOWN_NAME_CHARS);
    let over_values = filled.iter().any(|&(index, _)| below.are_values(index));
    let questions = names.iter().filter(|(_, cell)| asks_customers(cell)).count();
    let over_groups = names.iter().filter(|(index, _)| below.are_groups(*index)).count();
    let over_texts = names.iter().filter(|(index, cell)| below.are_texts(*index, cell)).count();
    (named + codes).max(questions) * 2 >= filled.len()
        || over_values && (named > 0 || short)
        || short && names.len() == filled.len() && over_groups > 0 && over_groups + over_texts > 1
}

/// How many of the rows below `rows[0]`, a header, belong to it; at most `most`.
pub(super) fn more(rows: &[Vec<String>], most: usize) -> usize {
    let mut count = 0;
    while count < most
        && let Some(row) = rows.get(count + 1)
        && is_more(&rows[0], row, &rows[count + 2..])
    {
        count += 1;
    }
    // A row of identifiers is the last, whatever the one between them and the names is.
    let ids = rows.iter().skip(1).take(most).position(|row| are_import_ids(row));
    count.max(ids.map_or(0, |at| at + 1))
}

/// Whether a row below the names explains them, rather than answers.
fn is_more(names: &[String], row: &[String], data: &[Vec<String>]) -> bool {
    if are_import_ids(row) {
        return true;
    }
    let shape = Shape::of(data, names.len());
    let filled: Vec<(usize, &str)> = row
        .iter()
        .map(|cell| cell.trim())
        .enumerate()
        .filter(|(_, cell)| !cell.is_empty())
        .collect();
    let recurs = |&(index, cell): &(usize, &str)| {
        data.iter().any(|other| other.get(index).is_some_and(|other| other.trim() == cell))
    };
    let known: BTreeSet<usize> =
        filled.iter().filter(|cell| recurs(cell)).map(|&(index, _)| index).collect();
    if filled.is_empty() || data.is_empty() || known.len() * 3 > filled.len() {
        return false;
    }
    let (words, values) = (shape.words_for_values(row), shape.values(row));
    let contradicts = words > 0 && words * 10 >= values * 8;
    let codes = names.iter().filter(|name| is_identifier(name.trim())).count();
    let below_codes = codes * 2 >= names.len();
    let all_contradict = words == filled.len();
    // Where numbers or dates always stand and here none does, nobody answers.
    let names_parts = words == values && shape.missing_values(row) >= 2;
    contradicts && (below_codes || words >= 3 || all_contradict && shape.missing(row) > 0)
        || names_parts
}

/// How many of the rows below `rows[0]` belong to it, of those that a profile documents: such a row has no id, or
/// words where dates stand.
pub(super) fn documented(
    rows: &[Vec<String>],
    most: usize,
    (ids, dates): (&[usize], &[usize]),
) -> usize {
    let cells = |row: &'_ Vec<String>, columns: &[usize]| -> Vec<String> {
        let cells = columns.iter().filter_map(|&column| row.get(column));
        cells.map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect()
    };
    let names = |row: &&Vec<String>| {
        let days = cells(row, dates);
        let is_filled = row.iter().any(|cell| !cell.trim().is_empty());
        let no_day = days.iter().all(|cell| !is_value(cell));
        let no_id = !ids.is_empty() && cells(row, ids).is_empty();
        no_day && is_filled && (no_id || !days.is_empty())
    };
    let count = rows.iter().skip(1).take(most).take_while(names).count();
    // A table is more than its header.
    if rows.len() > 1 + count { count } else { 0 }
}

/// Identifiers of an import, as survey tools put them below the names.
fn are_import_ids(row: &[String]) -> bool {
    let mut filled = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).peekable();
    let ids = |cell: &str| cell.starts_with("{\"ImportId\"") || cell.starts_with("{'ImportId'");
    filled.peek().is_some() && filled.all(ids)
}

/// The rows below a header.
struct Below<'a> {
    header: &'a Vec<String>,
    data: &'a [Vec<String>],
}

impl<'a> Below<'a> {
    fn cells(&self, index: usize) -> impl Iterator<Item = &'a str> + Clone {
        // Joined files repeat their header.
        let header = self.header;
        let rows = self.data.iter().filter(move |&row| row != header);
        let cells = rows.filter_map(move |row| row.get(index));
        cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
    }

    fn recurs(&self, index: usize, cell: &str) -> bool {
        self.cells(index).any(|other| other == cell)
    }

    /// Whether nearly all cells of a column are numbers or dates.
    fn are_values(&self, index: usize) -> bool {
        let values = self.cells(index).filter(|cell| is_value(cell)).count();
        values > 0 && values * 10 >= self.cells(index).count() * 9
    }

    /// Whether nearly all cells of a column are no numbers.
    fn are_words(&self, index: usize) -> bool {
        let words = self.cells(index).filter(|cell| !is_value(cell)).count();
        words > 0 && words * 10 >= self.cells(index).count() * 9
    }

    /// Whether a column has a few values, each of them several times.
    fn are_groups(&self, index: usize) -> bool {
        let all = self.cells(index).count();
        let distinct: BTreeSet<&str> = self.cells(index).collect();
        all >= ENOUGH && distinct.len() * 3 <= all && self.are_words(index)
    }

    /// Whether the cells of a column are sentences, and `name` is none.
    fn are_texts(&self, index: usize, name: &str) -> bool {
        let words = |cell: &str| cell.split_whitespace().count();
        let long = self.cells(index).filter(|cell| words(cell) >= 4).count();
        words(name) <= 3 && long * 10 >= self.cells(index).count() * 9 && long >= ENOUGH
    }

    /// Whether few of the cells of a column are questions.
    fn seldom_ask(&self, index: usize) -> bool {
        let asking = self.cells(index).filter(|cell| cell.ends_with('?')).count();
        let all = self.cells(index).count();
        all > 0 && asking * 10 <= all
    }
}
