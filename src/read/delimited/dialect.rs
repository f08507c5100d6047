//! Finding the delimiter and the role of quotes in the first characters of a file.

use super::grammar::{Delimiter, Dialect};
use super::quoting::best_quoting;
use super::record::{RawRecord, RecordReader, commonest_width, fits, table_columns};
use crate::read::columns::likeness_to_name;

/// Delimiters of which one is found in nearly all files.
const COMMON: [&str; 4] = [",", ";", "\t", "|"];

/// Delimiters that are believed on better evidence, where none of the common ones divides the rows.
const RARE: [&str; 10] = ["^", "~", "¦", "§", "::", "#", "$", "\u{1}", "\u{1e}", ":"];

/// What a row with a stray quote weighs against one with as many cells as the others.
const STRAY: f64 = 1.0;

/// What a dialect makes of the first characters.
pub(super) struct Parse {
    pub(super) dialect: Dialect,
    pub(super) records: Vec<RawRecord>,
    columns: usize,
    /// Share of rows with as many cells as the first, from 0 to 1.
    pub(super) regular: f64,
    /// Share of rows with quotes that neither wrap a cell nor come in pairs, from 0 to 1.
    stray: f64,
}

/// Finds the dialect. `partial` says that the file goes on after `prefix`.
pub(crate) fn sniff(prefix: &[u8], partial: bool, named: Option<Delimiter>) -> Dialect {
    let terminator = terminator(prefix);
    let best = |delimiter| best_quoting(prefix, partial, delimiter, terminator);
    if let Some(delimiter) = named {
        return best(delimiter).dialect;
    }
    let parses = |signs: &[&str], plausible: fn(&Parse) -> bool| {
        let parses = signs.iter().filter_map(|sign| Delimiter::written(sign));
        let found = parses.filter(|delimiter| occurs(prefix, *delimiter)).map(best);
        found.filter(plausible).max_by(|a, b| a.rank().total_cmp(&b.rank()))
    };
    let likeliest = parses(&COMMON, Parse::is_plausible);
    let likeliest = likeliest.or_else(|| parses(&RARE, Parse::is_beyond_doubt));
    match likeliest {
        Some(parse) => parse.doubled().map_or(parse.dialect, |twice| best(twice).dialect),
        None => best(Delimiter::NONE).dialect,
    }
}

fn is_number(cell: &[u8]) -> bool {
    std::str::from_utf8(cell).is_ok_and(|cell| cell.trim().parse::<f64>().is_ok())
}

/// Rows with one cell more than the header, as R writes them: their names stand before them.
fn with_row_names(records: &[RawRecord]) -> usize {
    let first = records.first().map_or(0, |record| record.cells.len());
    let rows = commonest_width(records).filter(|&(width, _)| width == first + 1 && width > 2);
    rows.map_or(0, |(_, count)| count)
}

/// Whether some cell of a record has an odd number of quotes in it.
fn has_stray_quote(record: &RawRecord, quote: Option<u8>) -> bool {
    let quotes = |cell: &Vec<u8>| cell.iter().filter(|&&byte| Some(byte) == quote).count();
    record.cells.iter().any(|cell| quotes(cell) % 2 == 1)
}

/// What ends a line: in files of old Macs, `\r` alone; within quotes, there may be other line ends.
fn terminator(prefix: &[u8]) -> u8 {
    let ends = |end| memchr::memchr_iter(end, prefix);
    let line_feeds = ends(b'\n').count();
    let alone = ends(b'\r').filter(|&at| prefix.get(at + 1).is_some_and(|&b| b != b'\n')).count();
    if alone > 0 && line_feeds * 2 < alone { b'\r' } else { b'\n' }
}

fn occurs(prefix: &[u8], delimiter: Delimiter) -> bool {
    memchr::memmem::find(prefix, delimiter.as_bytes()).is_some()
}

impl Parse {
    pub(super) fn new(prefix: &[u8], partial: bool, dialect: Dialect) -> Self {
        let read = |partial| RecordReader::new(prefix, dialect, 1).partial(partial);
        let mut rows: Vec<_> = read(partial).flatten().collect();
        if rows.is_empty() {
            rows = read(false).flatten().collect();
        }
        let all = rows.len();
        let records: Vec<RawRecord> = rows.into_iter().flatten().collect();
        let columns = table_columns(&records);
        let regular = records.iter().filter(|record| fits(&record.cells, columns)).count();
        let regular = regular.max(with_row_names(&records));
        let stray = records.iter().filter(|record| has_stray_quote(record, dialect.quote)).count();
        let share = |rows: usize| rows as f64 / all.max(1) as f64;
        Self { dialect, columns, regular: share(regular), stray: share(stray), records }
    }

    /// Regularity first, then the number of columns.
    fn rank(&self) -> f64 {
        self.regular - STRAY * self.stray + self.columns.min(1000) as f64 / 10_000.0
    }

    /// Cells of the first record that look like names of columns.
    fn named(&self) -> usize {
        // Above it, there may be a title.
        let first = self.records.iter().find(|record| record.cells.len() >= self.columns);
        first.map_or(0, |first| {
            let cells = first.cells.iter();
            cells.filter(|cell| likeness_to_name(&String::from_utf8_lossy(cell)) >= 0.5).count()
        })
    }

    /// Whether the delimiter delimits, rather than occurs in prose.
    fn is_plausible(&self) -> bool {
        let named = self.named();
        let enough = match named {
            0 if self.columns > 4 => 0.6,
            0 if self.is_of_words() => 0.0,
            0 => 0.8,
            1 => 0.3,
            _ => 0.0,
        };
        self.columns > 1 && self.regular >= enough && (named > 0 || !self.reads_like_prose())
    }

    /// Whether there are only single words, and in no row more of them than in the first of several.
    fn is_of_words(&self) -> bool {
        let is_word = |cell: &Vec<u8>| !cell.contains(&b' ');
        let narrow = |record: &RawRecord| record.cells.len() <= self.columns;
        self.columns > 2
            && self.records.iter().all(|record| narrow(record) && record.cells.iter().all(is_word))
    }

    /// Whether nothing but a delimiter stands so in a file.
    fn is_beyond_doubt(&self) -> bool {
        let named = self.named();
        self.columns > 1
            && self.regular >= 0.95
            && !self.reads_like_prose()
            && (named >= 2 || named == 1 && self.records.len() >= 3 && self.columns > 2)
    }

    /// Whether a space follows nearly every delimiter, as it follows a comma in a sentence. No sentences
    /// have numbers after their commas, and no three of them the same number of several.
    fn reads_like_prose(&self) -> bool {
        let cells = || self.records.iter().flat_map(|record| record.cells.iter().skip(1));
        let share = |is: fn(&Vec<u8>) -> bool| {
            let found = cells().filter(|cell| is(cell)).count();
            found as f64 / cells().count().max(1) as f64
        };
        let is_table = self.records.len() >= 3
            && (self.columns > 3 && self.regular >= 0.95
                || self.columns > 4 && self.regular >= 0.6);
        share(|cell| cell.first() == Some(&b' ')) >= 0.9
            && !is_table
            && share(|cell| is_number(cell)) < 0.5
            && share(|cell| cell.last() == Some(&b' ')) < 0.5
    }

    /// The delimiter twice, if it always stands twice: then every second column is empty, and has no
    /// name.
    fn doubled(&self) -> Option<Delimiter> {
        let is_doubled = self.columns > 2
            && self.columns % 2 == 1
            && self
                .records
                .iter()
                .all(|record| record.cells.iter().skip(1).step_by(2).all(Vec::is_empty));
        let twice = self.dialect.delimiter.text().repeat(2);
        Delimiter::written(&twice).filter(|_| is_doubled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sniffed(text: &str) -> Dialect {
        sniff(text.as_bytes(), false, None)
    }

    fn dialect(text: &str) -> (String, bool) {
        let dialect = sniffed(text);
        (dialect.delimiter.text(), dialect.quote.is_some())
    }

    fn delimiter(text: &str) -> String {
        dialect(text).0
    }

    #[test]
    fn the_delimiter_is_the_one_that_divides_rows_evenly() {
        assert_eq!(dialect("id,text\n1,\"a; b; c\"\n2,d\n"), (",".to_owned(), true));
        assert_eq!(delimiter("id;text\n1;gut, günstig, schnell\n2;teuer, ja\n"), ";");
        assert_eq!(delimiter("id|text\n1|gut, günstig\n2|teuer\n"), "|");
        assert_eq!(dialect("id\ttext\n1\tgut, günstig; ja\n2\tteuer\n"), ("\t".to_owned(), false));
    }

    #[test]
    fn commas_of_sentences_do_not_delimit() {
        let sentences = "Good, but late\nBad, very slow\nNice, thanks\n";
        assert_eq!(sniffed(sentences).delimiter, Delimiter::NONE);
        assert_eq!(sniffed("text\nGood, but late\nBad\n").delimiter, Delimiter::NONE);
    }

    #[test]
    fn blanks_after_commas_do_not_make_sentences_of_a_table() {
        for table in [
            "0.0, 0.0\n0.1, 3.5e-07\n0.2, 0.4\n",
            "# a note\n GID , On Street , Species , Cycle , Day\n1 , ADDISON AV , Celtis , Large , 10/18\n,,,,\n",
            "mode               , fast , how\nlevel              , 3    , of what\n",
            "col1,col2,col3\n1,2,3\n1,2\n1\n",
        ] {
            assert_eq!(delimiter(table), ",", "{table}");
        }
    }

    #[test]
    fn quotes_that_come_in_pairs_tell_the_delimiter() {
        assert_eq!(delimiter("Field1,Field2,\"Field;3;3;3\""), ",");
        let rows = "\"a\",\"b, c\",\"x;y;\"\n".repeat(5);
        assert_eq!(delimiter(&format!("\"id\",\"comment\",\"note\",\"date\"\n{rows}")), ",");
        assert!(dialect("size\t\"First (one)\"\n100\t0.5\n200\t0.7\n").1);
    }

    #[test]
    fn a_title_may_have_more_delimiters_than_the_table() {
        let rows: String = (1..20).map(|n| format!("{n},0.5\n")).collect();
        assert_eq!(delimiter(&format!("Made as a data set,By hand,Saturday, 11 May\n{rows}")), ",");
        let named: String = (1..20).map(|n| format!("\"{n}\";\"x\";\"y\"\n")).collect();
        assert_eq!(delimiter(&format!("\"u\";\"v\"\n{named}")), ";", "rows have names in R");
    }

    #[test]
    fn rare_delimiters_are_found_where_they_divide_all_rows() {
        assert_eq!(delimiter("id^date^comment\n1^2025-01-02^late, very\n2^2025-01-03^ok\n"), "^");
        assert_eq!(delimiter("id~comment\n1~late\n2~never\n"), "~");
        assert_eq!(delimiter("id::comment\n1::late\n2::never\n"), "::");
        assert_eq!(delimiter("id||comment||stars\n1||late, slow||2\n2||ok||5\n"), "||");
        let sentences = "comment\nNote: late\nTo: you\nAt 12:30: none\n";
        assert_eq!(sniffed(sentences).delimiter, Delimiter::NONE);
    }

    #[test]
    fn quotes_in_tab_separated_files_wrap_cells_only_where_they_prove_to() {
        let quoting = |text: &str| {
            let (delimiter, quoting) = dialect(text);
            assert_eq!(delimiter, "\t");
            quoting
        };
        assert!(!quoting("text\tlabel\n\"Super\" war nichts\tbad\nGut\tgood\n"));
        assert!(quoting("text\tlabel\n\"He said \"\"no\"\"\"\tbad\nGut\tgood\n"));
        assert!(quoting("text\tlabel\n\"two\nlines\"\tbad\nGut\tgood\n"));
    }

    #[test]
    fn old_mac_line_ends_are_recognised() {
        assert_eq!(sniffed("id,text\r1,a\r2,b\r").terminator, b'\r');
        assert_eq!(sniffed("id,text\r1,\"a\nb\"\r2,b\r3,c\r").terminator, b'\r');
        assert_eq!(sniffed("id,text\r\n1,\"a\rb\"\r\n2,b\r\n").terminator, b'\n');
    }
}
