//! How CSV files are written: for scripts, or for a double click in Excel.

use std::borrow::Cow;
use std::io::{self, Write};

use super::decimal::decimal;
use super::formula::harmless;

/// Decimals of a fraction.
const DIGITS: usize = 6;

/// For whom a CSV file is written.
///
/// Plain files are for scripts: UTF-8, commas, decimal points. Files for Excel start with a byte order
/// mark, have semicolons and therefore decimal commas (Excel splits at semicolons exactly where the
/// comma is the decimal sign). In both, a text that a spreadsheet would run as a formula gets an
/// apostrophe, unless it is to be raw.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dialect {
    /// Whether to write for Excel.
    pub excel: bool,
    /// Whether texts stay as they are, even those that a spreadsheet would run.
    pub raw: bool,
}

impl Dialect {
    /// What parts cells.
    pub fn delimiter(self) -> u8 {
        if self.excel { b';' } else { b',' }
    }

    /// A text as it is written.
    pub fn shown(self, text: &str) -> Cow<'_, str> {
        if self.raw { Cow::Borrowed(text) } else { harmless(text) }
    }
}

/// A cell of a CSV file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Nothing: unknown or undefined.
    Empty,
    /// Words, possibly of a customer.
    Text(&'a str),
    /// Texts joined by `;`.
    List(&'a [String]),
    /// A whole number.
    Count(u64),
    /// A fraction, shown with at most six decimals.
    Fraction(f64),
    /// Yes or no, written `true` or `false`.
    Flag(bool),
}

impl<'a> Cell<'a> {
    /// A text, if there is one.
    pub fn maybe(text: Option<&'a str>) -> Self {
        text.map_or(Self::Empty, Self::Text)
    }
}

/// A CSV file in the making.
pub struct CsvFile<W: Write> {
    writer: csv::Writer<W>,
    dialect: Dialect,
}

impl<W: Write> CsvFile<W> {
    /// Starts a file with its header.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn new(mut out: W, dialect: Dialect, header: &[&str]) -> io::Result<Self> {
        if dialect.excel {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let writer = csv::WriterBuilder::new()
            .delimiter(dialect.delimiter())
            .terminator(csv::Terminator::Any(b'\n'))
            .from_writer(out);
        let mut file = Self { writer, dialect };
        file.row(header.iter().map(|name| Cell::Text(name)))?;
        Ok(file)
    }

    /// Adds a row of as many cells as the header.
    ///
    /// # Errors
    /// If the file cannot be written, or the number of cells differs from the header's.
    pub fn row<'a>(&mut self, cells: impl IntoIterator<Item = Cell<'a>>) -> io::Result<()> {
        for cell in cells {
            match cell {
                Cell::Empty => self.writer.write_field("")?,
                Cell::Text(text) => self.text(text)?,
                Cell::List(texts) => self.text(&texts.join(";"))?,
                Cell::Count(count) => self.writer.write_field(count.to_string())?,
                Cell::Fraction(value) => self.fraction(value)?,
                Cell::Flag(flag) => self.writer.write_field(flag.to_string())?,
            }
        }
        Ok(self.writer.write_record(None::<&[u8]>)?)
    }

    /// Writes what is still buffered.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }

    fn text(&mut self, text: &str) -> csv::Result<()> {
        self.writer.write_field(self.dialect.shown(text).as_ref())
    }

    fn fraction(&mut self, value: f64) -> csv::Result<()> {
        let number = decimal(value, DIGITS);
        self.writer.write_field(if self.dialect.excel { number.replace('.', ",") } else { number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Dialect = Dialect { excel: false, raw: false };
    const EXCEL: Dialect = Dialect { excel: true, raw: false };
    const RAW: Dialect = Dialect { excel: false, raw: true };

    fn written(dialect: Dialect, cells: &[Cell<'_>]) -> String {
        let header = vec!["h"; cells.len()];
        let mut out = Vec::new();
        let mut table = CsvFile::new(&mut out, dialect, &header).unwrap();
        table.row(cells.iter().copied()).unwrap();
        table.finish().unwrap();
        String::from_utf8(out).unwrap().lines().skip(1).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn no_text_is_a_formula_unless_cells_are_wanted_as_they_are() {
        let cells = [Cell::Text("=1+1"), Cell::Fraction(-0.25), Cell::Text("a,b"), Cell::Empty];
        assert_eq!(written(PLAIN, &cells), "'=1+1,-0.25,\"a,b\",");
        assert_eq!(written(RAW, &cells), "=1+1,-0.25,\"a,b\",");
        let mut out = Vec::new();
        CsvFile::new(&mut out, PLAIN, &["a", "@SUM(1)"]).unwrap().finish().unwrap();
        assert_eq!(out, b"a,'@SUM(1)\n");
    }

    #[test]
    fn excel_gets_semicolons_and_decimal_commas_and_no_formulas() {
        let cells = [Cell::Text("=HYPERLINK(\"x\")"), Cell::Fraction(-0.25), Cell::Count(7)];
        assert_eq!(written(EXCEL, &cells), "\"'=HYPERLINK(\"\"x\"\")\";-0,25;7");
    }

    #[test]
    fn excel_files_start_with_a_byte_order_mark_and_plain_ones_do_not() {
        for dialect in [PLAIN, EXCEL, RAW] {
            let mut out = Vec::new();
            CsvFile::new(&mut out, dialect, &["a"]).unwrap().finish().unwrap();
            assert_eq!(out.starts_with("\u{feff}".as_bytes()), dialect.excel);
        }
    }

    #[test]
    fn lists_are_joined_by_semicolons_and_quoted_where_those_delimit() {
        let list = ["zu spät".to_owned(), "Tage".to_owned()];
        assert_eq!(written(PLAIN, &[Cell::List(&list)]), "zu spät;Tage");
        assert_eq!(written(EXCEL, &[Cell::List(&list)]), "\"zu spät;Tage\"");
    }

    #[test]
    fn a_row_with_a_cell_too_few_is_an_error() {
        let mut table = CsvFile::new(Vec::new(), Dialect::default(), &["a", "b"]).unwrap();
        assert!(table.row([Cell::Count(1)]).is_err());
    }
}
