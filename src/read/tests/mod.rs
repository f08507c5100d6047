//! Behaviour of [`open`](super::open) on the files that people have.

mod columns;
mod dates;
mod encodings;
mod files;
mod inspection;
mod json;
mod limits;
mod long;
mod records;
mod sampling;
mod scores;
mod several;
mod typed;
mod workbooks;

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use super::inspect::{Inspection, inspect_at_most};
use super::*;

/// A folder with one file.
struct File {
    folder: TempDir,
}

impl File {
    fn new(content: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("in.csv"), content).unwrap();
        Self { folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("in.csv")
    }

    fn open(&self) -> Input {
        self.open_with(&ColumnChoice::default())
    }

    fn open_with(&self, choice: &ColumnChoice) -> Input {
        open(&self.path(), choice).unwrap()
    }

    fn error(&self) -> String {
        self.error_with(&ColumnChoice::default())
    }

    fn error_with(&self, choice: &ColumnChoice) -> String {
        open(&self.path(), choice).err().expect("an error").to_string()
    }

    /// As a run would read it in which answers of a dash alone say nothing.
    fn inspect(&self) -> Inspection {
        self.inspect_at_most(u64::MAX)
    }

    /// The same, with texts looked at in so many feedback at most.
    fn inspect_at_most(&self, most: u64) -> Inspection {
        let mentions = |row: &Feedback, (): &mut ()| {
            let said = row.answers().filter(|(_, text)| *text != "-");
            said.map(|_| crate::text::Language::En).collect()
        };
        let known = (&ColumnChoice::default(), &Protection::none());
        inspect_at_most(most, &[self.path()], known, mentions).unwrap().0.remove(0)
    }
}

/// Filled cells that are not what their column holds: the column, and how many.
fn unread(doubts: &[Doubt]) -> Vec<(&str, u64)> {
    let unread = doubts.iter().filter_map(|doubt| match doubt {
        Doubt::UnreadValues { column, evidence, .. } => Some((column.as_str(), evidence.count)),
        _ => None,
    });
    unread.collect()
}

fn roles(input: &Input) -> Vec<(&str, Role)> {
    input.layout.columns.iter().map(|column| (column.name.as_str(), column.role)).collect()
}

fn read(input: &mut Input) -> (Vec<Feedback>, Vec<Reject>) {
    let (mut feedback, mut rejects) = (Vec::new(), Vec::new());
    for row in input {
        match row.unwrap() {
            InputRow::Feedback(row) => feedback.push(row),
            InputRow::Replaced(_) => {}
            InputRow::Reject(row) => rejects.push(row),
            InputRow::LeftOut(_) => {}
        }
    }
    (feedback, rejects)
}

fn texts(feedback: &[Feedback]) -> Vec<&str> {
    feedback.iter().flat_map(Feedback::answers).map(|(_, text)| text).collect()
}

fn lines(feedback: &[Feedback]) -> Vec<u64> {
    feedback.iter().map(|row| row.place.line).collect()
}

fn reject_lines(rejects: &[Reject]) -> Vec<u64> {
    rejects.iter().map(|reject| reject.place.line).collect()
}

/// Delimiter (none in a file of one column), whether quotes wrap cells, byte order mark.
fn dialect(input: &Input) -> (&str, bool, bool) {
    let Format::Delimited { delimiter, quote, .. } = &input.layout.format else {
        panic!("it is delimited text");
    };
    let mark = input.layout.encoding.as_ref().is_some_and(|encoding| encoding.byte_order_mark);
    (delimiter.as_deref().unwrap_or_default(), quote.is_some(), mark)
}

/// `rows` numbered lines of a form.
fn numbered(rows: usize, form: impl Fn(usize) -> String) -> String {
    (1..=rows).map(|row| form(row) + "\n").collect()
}

/// The first file's doubts in words.
fn doubts(content: &str) -> String {
    let mut input = File::new(content).open();
    read(&mut input);
    input.doubts().iter().map(|doubt| format!("{doubt}\n")).collect()
}

/// A column with this name and these cells, beside texts.
fn dated(name: &str, cells: &[&str]) -> String {
    let rows = cells.iter().enumerate();
    let rows =
        rows.map(|(row, cell)| format!("\"{cell}\";the parcel of day {row} came too late\n"));
    format!("\"{name}\";comment\n{}", rows.collect::<String>())
}
