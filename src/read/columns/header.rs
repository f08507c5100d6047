//! Whether the first records name the columns, and how.

use std::collections::HashSet;

use super::choice;
use super::name::likeness_to_name;
use crate::read::value::{self, DateOrder};

/// Longest name of a column in characters; survey questions are long.
const MAX_NAME_CHARS: usize = 300;

/// Longest name in characters that is believed without knowing its words.
const MAX_UNKNOWN_NAME_CHARS: usize = 40;

/// The columns of a file by name, and the records that name them.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    /// The cells of the records that the header takes: none where the file has no header, and more
    /// than one where names stand in several records, one below the other.
    pub(crate) records: Vec<Vec<String>>,
    /// A name for each column, no two of them alike.
    pub(crate) names: Vec<String>,
}

impl Header {
    /// Finds the header of a file that starts with `rows`. A cell that is among the `chosen` names
    /// is proof of one.
    pub(crate) fn find(rows: &[Vec<String>], chosen: &[&str]) -> Self {
        let records: Vec<_> = rows.first().filter(|_| is_first(rows, chosen)).into_iter().collect();
        let columns = rows.first().map_or(0, Vec::len);
        Self {
            names: names(&stacked(&records, columns)),
            records: records.into_iter().cloned().collect(),
        }
    }

    /// The header of a file whose format names the columns itself.
    pub(crate) fn of_format(given: &[String]) -> Self {
        Self { records: Vec::new(), names: names(given) }
    }

    /// Whether a row repeats a record of the header, as it does where files were joined. A single
    /// cell may be a text.
    pub(crate) fn is_repeated_by(&self, cells: &[String]) -> bool {
        cells.len() > 1 && self.records.iter().any(|record| record == cells)
    }
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
    value::number(cell).is_some() || is_date(DateOrder::Dmy) || is_date(DateOrder::Mdy)
}

/// One word with digits or underscores, such as `q5_open`.
fn is_code(cell: &str) -> bool {
    cell.starts_with(char::is_alphabetic)
        && cell.chars().all(|c| c.is_alphanumeric() || c == '_')
        && cell.contains(|c: char| c == '_' || c.is_ascii_digit())
}

/// The cells of several records, those of a column joined.
fn stacked(records: &[&Vec<String>], columns: usize) -> Vec<String> {
    let cell = |column: usize| {
        let cells = records.iter().filter_map(|record| record.get(column)).map(|cell| cell.trim());
        cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join(" ")
    };
    (0..columns).map(cell).collect()
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
    fn names_may_stand_in_several_records() {
        let record = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let (group, own) = (record(["", "Service", "Service "]), record(["id", "rating", "why?"]));
        assert_eq!(stacked(&[&group, &own], 3), ["id", "Service rating", "Service why?"]);
        assert_eq!(stacked(&[], 2), ["", ""]);
        let header = Header { records: vec![group, own.clone()], names: Vec::new() };
        assert!(header.is_repeated_by(&own));
        assert!(!header.is_repeated_by(&own[..2]));
    }

    #[test]
    fn columns_of_the_same_name_are_numbered() {
        let names = |header: &str| names(&header.split(',').map(str::to_owned).collect::<Vec<_>>());
        let expected = ["id", "comment", "comment_2", "comment_3"];
        assert_eq!(names("id,comment, comment,comment"), expected);
        assert_eq!(names("a,a,a_2,a"), ["a", "a_3", "a_2", "a_4"]);
        assert_eq!(names("column_2,,"), ["column_2", "column_2_2", "column_3"]);
    }
}
