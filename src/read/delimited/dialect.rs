//! Finding the delimiter and the role of quotes in the first bytes of a file.

use super::record::{Dialect, RawRecord, RecordReader, fits};
use crate::read::columns::likeness_to_name;

/// Stands in for the delimiter of a file with one column: a control character that no text contains.
pub(crate) const NO_DELIMITER: u8 = 0x1f;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// What a dialect makes of the first bytes.
struct Parse {
    dialect: Dialect,
    records: Vec<RawRecord>,
    /// Share of rows with as many cells as the first, from 0 to 1.
    regular: f64,
}

/// Finds the dialect. `partial` says that the file goes on after `prefix`.
pub(crate) fn sniff(prefix: &[u8], partial: bool, delimiter: Option<u8>) -> Dialect {
    let terminator =
        if prefix.contains(&b'\r') && !prefix.contains(&b'\n') { b'\r' } else { b'\n' };
    let quoted = |delimiter| {
        let dialect = Dialect { delimiter, quoting: true, terminator };
        Parse::new(prefix, partial, dialect)
    };
    let unquoted = |delimiter| {
        let dialect = Dialect { delimiter, quoting: false, terminator };
        Parse::new(prefix, partial, dialect)
    };
    let best = |delimiter| match delimiter {
        b'\t' | NO_DELIMITER => better_quoting(quoted(delimiter), unquoted(delimiter)),
        _ => quoted(delimiter),
    };
    if let Some(delimiter) = delimiter {
        return best(delimiter).dialect;
    }
    let parses = DELIMITERS.into_iter().map(best).filter(Parse::is_plausible);
    let likeliest = parses.max_by(|a, b| a.rank().total_cmp(&b.rank()));
    likeliest.unwrap_or_else(|| best(NO_DELIMITER)).dialect
}

impl Parse {
    fn new(prefix: &[u8], partial: bool, dialect: Dialect) -> Self {
        let read = |partial| RecordReader::new(prefix, dialect, 1).partial(partial);
        let mut rows: Vec<_> = read(partial).flatten().collect();
        if rows.is_empty() {
            rows = read(false).flatten().collect();
        }
        let all = rows.len();
        let records: Vec<RawRecord> = rows.into_iter().flatten().collect();
        let columns = records.first().map_or(0, |first| first.cells.len());
        let regular = records.iter().filter(|record| fits(&record.cells, columns)).count();
        Self { dialect, records, regular: regular as f64 / all.max(1) as f64 }
    }

    fn columns(&self) -> usize {
        self.records.first().map_or(0, |first| first.cells.len())
    }

    /// Regularity first, then the number of columns.
    fn rank(&self) -> f64 {
        self.regular + self.columns().min(1000) as f64 / 10_000.0
    }

    /// Whether the delimiter delimits, rather than occurs in prose.
    fn is_plausible(&self) -> bool {
        let named = self.records.first().map_or(0, |first| {
            let cells = first.cells.iter();
            cells.filter(|cell| likeness_to_name(&String::from_utf8_lossy(cell)) >= 0.5).count()
        });
        let enough = match named {
            0 => 0.8,
            1 => 0.3,
            _ => 0.0,
        };
        self.columns() > 1 && self.regular >= enough && (named > 0 || !self.reads_like_prose())
    }

    /// Whether a space follows nearly every delimiter, as it follows a comma in a sentence.
    fn reads_like_prose(&self) -> bool {
        let cells = || self.records.iter().flat_map(|record| record.cells.iter().skip(1));
        let spaced = cells().filter(|cell| cell.first() == Some(&b' ')).count();
        spaced * 10 >= cells().count() * 9
    }
}

/// Decides whether quotes wrap cells. Files with tabs often come from programs that know no quoting,
/// where a text may start with a quote and end without one.
fn better_quoting(quoted: Parse, unquoted: Parse) -> Parse {
    let (mut wrapped, mut escaped, mut stray) = (0, 0, 0);
    let cells = || unquoted.records.iter().flat_map(|record| &record.cells);
    for cell in cells().filter(|cell| cell.contains(&b'"')) {
        match unwrap(cell) {
            Some(text) if text.windows(2).any(|pair| pair == b"\"\"") => escaped += 1,
            Some(_) => wrapped += 1,
            None => stray += 1,
        }
    }
    let filled = cells().filter(|cell| !cell.is_empty()).count();
    let quotes_wrap = match stray {
        // Without doubled quotes inside, a wrapped cell is also how a citation looks.
        0 => escaped > 0 || wrapped * 4 > filled || unquoted.regular < quoted.regular,
        _ => unquoted.regular < quoted.regular,
    };
    if quotes_wrap { quoted } else { unquoted }
}

/// What is between the quotes of a cell, if all quotes within are doubled.
fn unwrap(cell: &[u8]) -> Option<&[u8]> {
    let text = cell.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let mut quotes = text.split(|&b| b != b'"').filter(|run| !run.is_empty());
    quotes.all(|run| run.len().is_multiple_of(2)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(text: &str) -> (char, bool) {
        let dialect = sniff(text.as_bytes(), false, None);
        (char::from(dialect.delimiter), dialect.quoting)
    }

    #[test]
    fn the_delimiter_is_the_one_that_divides_rows_evenly() {
        assert_eq!(dialect("id,text\n1,\"a; b; c\"\n2,d\n"), (',', true));
        assert_eq!(dialect("id;text\n1;gut, günstig, schnell\n2;teuer, ja\n"), (';', true));
        assert_eq!(dialect("id|text\n1|gut, günstig\n2|teuer\n"), ('|', true));
        assert_eq!(dialect("id\ttext\n1\tgut, günstig; ja\n2\tteuer\n"), ('\t', false));
    }

    #[test]
    fn commas_of_sentences_do_not_delimit() {
        let sentences = "Good, but late\nBad, very slow\nNice, thanks\n";
        assert_eq!(dialect(sentences).0, char::from(NO_DELIMITER));
        assert_eq!(dialect("text\nGood, but late\nBad\n").0, char::from(NO_DELIMITER));
    }

    #[test]
    fn quotes_in_tab_separated_files_wrap_cells_only_where_they_prove_to() {
        assert_eq!(dialect("text\tlabel\n\"Super\" war nichts\tbad\nGut\tgood\n"), ('\t', false));
        assert_eq!(dialect("text\tlabel\n\"He said \"\"no\"\"\"\tbad\nGut\tgood\n"), ('\t', true));
        assert_eq!(dialect("text\tlabel\n\"two\nlines\"\tbad\nGut\tgood\n"), ('\t', true));
    }

    #[test]
    fn old_mac_line_ends_are_recognised() {
        assert_eq!(sniff(b"id,text\r1,a\r2,b\r", false, None).terminator, b'\r');
    }
}
