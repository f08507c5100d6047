//! `rejects.csv`: the rows that could not be used, but no more than anybody reads.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};

use super::dialect::{Cell, CsvFile, Dialect};
use crate::read::Protection;

/// Rejects that are listed at most: of one column and one kind of reason, and in all. A small packed
/// file can hold hundreds of millions of broken lines.
const MOST_ALIKE: u64 = 10_000;
const MOST: u64 = 100_000;

/// Characters of a cell at most.
const MOST_CHARS: usize = 1_000;

/// `rejects.csv`: a line a row that could not be used.
pub struct RejectTable<W: Write> {
    table: CsvFile<W>,
    protection: Protection,
    /// How many there are of each column and kind of reason.
    alike: HashMap<(String, String), u64>,
    listed: u64,
    unlisted: u64,
}

impl<W: Write> RejectTable<W> {
    /// Starts the file.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn new(out: W, dialect: Dialect, protection: Protection) -> io::Result<Self> {
        let table = CsvFile::new(out, dialect, &["input", "line", "column", "reason"])?;
        Ok(Self { table, protection, alike: HashMap::new(), listed: 0, unlisted: 0 })
    }

    /// Adds a reject, unless there are too many already.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn row(&mut self, input: &str, line: u64, column: &str, reason: &str) -> io::Result<()> {
        let (column, told) = (cut(column), reason);
        let reason = cut(reason);
        if self.listed == MOST {
            self.unlisted += 1;
            return Ok(());
        }
        // Reasons differ in lines and counts.
        let kind = reason.replace(|c: char| c.is_ascii_digit(), "");
        let alike = self.alike.entry((column.to_string(), kind)).or_default();
        *alike += 1;
        if *alike > MOST_ALIKE {
            self.unlisted += 1;
            return Ok(());
        }
        self.listed += 1;
        self.table.row([
            Cell::Text(input),
            Cell::Count(line),
            Cell::Text(&column),
            Cell::Text(&cut(&self.protection.shown(told))),
        ])
    }

    /// Writes what is still buffered. Gives how many rejects are not listed.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn finish(self) -> io::Result<u64> {
        self.table.finish()?;
        Ok(self.unlisted)
    }
}

/// A text, its end left out where it is long.
fn cut(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(MOST_CHARS) {
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_rejects_that_are_alike_some_are_listed_and_all_are_counted() {
        let mut out = Vec::new();
        let mut table = RejectTable::new(&mut out, Dialect::default(), Protection::none()).unwrap();
        for line in 0..MOST_ALIKE + 5 {
            let reason = format!("{line} fields where 2 are expected");
            table.row("a.csv", line, "", &reason).unwrap();
        }
        table.row("a.csv", 1, &"x".repeat(5_000), "another reason").unwrap();
        assert_eq!(table.finish().unwrap(), 5);
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text.lines().count() as u64, 1 + MOST_ALIKE + 1);
        assert!(
            text.ends_with("x…,another reason\n") && text.lines().last().unwrap().len() < 1_100
        );
    }

    #[test]
    fn however_many_kinds_there_are_rejects_are_bounded() {
        let mut table =
            RejectTable::new(io::sink(), Dialect::default(), Protection::none()).unwrap();
        for line in 0..MOST + 7 {
            let letters: String =
                line.to_string().bytes().map(|digit| char::from(digit + 50)).collect();
            table.row("a.csv", line, &letters, "too large").unwrap();
        }
        assert_eq!(table.finish().unwrap(), 7);
    }
}
