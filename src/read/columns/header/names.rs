//! The cells of a header → one name for each column.

use std::collections::HashSet;

use super::unnamed::is_identifier;
use crate::read::columns::name::likeness_to_name;

/// What survey tools write below a question of one answer.
const ANSWERS: [&str; 10] = [
    "response",
    "open-ended response",
    "antwort",
    "offene antwort",
    "réponse",
    "réponse ouverte",
    "respuesta",
    "respuesta abierta",
    "risposta",
    "resposta",
];

/// Words of a second row beyond which it explains a name, rather than names.
const MAX_PART_WORDS: usize = 25;

/// The cells of several records, those of a column joined: a code and its question, a question and
/// its part. What only explains a name is left out.
pub(super) fn stacked(records: &[Vec<String>], columns: usize) -> Vec<String> {
    (0..columns).map(|column| name(records, column)).collect()
}

fn name(records: &[Vec<String>], column: usize) -> String {
    let cell = |row: usize, column: usize| {
        records.get(row).and_then(|record| record.get(column)).map_or("", |cell| cell.trim())
    };
    let mut name = cell(0, column).to_owned();
    for row in 1..records.len() {
        let part = cell(row, column);
        let is_answer = ANSWERS.contains(&part.to_lowercase().as_str());
        if part.is_empty() || part.starts_with('{') || is_answer && !name.is_empty() {
            continue;
        }
        let is_group = cell(0, column + 1).is_empty() && !cell(row, column + 1).is_empty();
        let is_code = is_identifier(&name) && likeness_to_name(&name) < 1.0 || is_unclear(&name);
        let short = part.split_whitespace().count() <= MAX_PART_WORDS;
        if name.is_empty() {
            name = part.to_owned();
        } else if (is_code || is_group && short) && name != part {
            name = format!("{name} {part}");
        }
    }
    name
}

/// Whether a name is one that says nothing by itself, as `Q2` or `v_17` do.
fn is_unclear(name: &str) -> bool {
    !name.contains(' ') && likeness_to_name(name) == 0.0 && name.chars().any(|c| c.is_ascii_digit())
}

/// Names of the columns: the header's, or `column_N` where it has none. Of columns with the same
/// name the first keeps it; the second `comment` is `comment_2` unless there is a `comment_2`.
pub(super) fn distinct(header: &[String]) -> Vec<String> {
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
