//! Delimited text: CSV, TSV and what calls itself so.

mod buffer;
mod dialect;
mod grammar;
mod hint;
mod quoted;
mod quoting;
mod record;

use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use super::cells::Cells;
use super::columns::ColumnChoice;
use super::doubt::{Doubt, Evidence};
use super::encoding::Encoding;
use super::error::ReadError;
use super::fingerprint::Readings;
use super::format::{Fault, Format, Place, Record, Records};
use super::source::{Origin, Source};
use grammar::{Delimiter, Dialect};
use hint::Above;
use record::{RawCells, RawRecord, RecordReader, fits, has_row_names, table_columns};

pub use record::MAX_CELL_BYTES;

/// An open file of delimited text.
pub(crate) struct DelimitedText {
    start: Arc<Start>,
    reader: RecordReader<Box<dyn Read + Send>>,
    /// Records of the header that are still to be left out.
    header: usize,
    /// Records with quotes that are not doubled.
    unescaped: Evidence,
    /// Cells with NUL, which is no text.
    nul: Evidence,
}

/// What the first characters of a file tell.
struct Start {
    origin: Origin,
    encoding: Encoding,
    /// The first characters in UTF-8, without byte order mark and delimiter hint.
    prefix: Arc<[u8]>,
    /// Whether the last record of the prefix may be cut.
    partial: bool,
    /// Whether the prefix is the whole input.
    complete: bool,
    dialect: Dialect,
    /// The line on which the prefix starts.
    first_line: u64,
    /// Lines that the user wants left out.
    skip_rows: u64,
    /// Cells of a record of the table.
    columns: usize,
    /// Whether the header names all columns but the first.
    row_names: bool,
}

impl DelimitedText {
    /// Reads what was opened and decoded. The delimiter is found where none is named.
    ///
    /// # Errors
    /// If what is named cannot delimit.
    pub(crate) fn open(
        mut source: Source,
        encoding: &Encoding,
        choice: &ColumnChoice,
    ) -> Result<Self, ReadError> {
        let above = Above::take(&mut source.prefix, choice.skip_rows.unwrap_or(0));
        let named = match &choice.delimiter {
            Some(written) => Some(valid_delimiter(written, &source.origin.path)?),
            None => above.hint,
        };
        if let Some(skipped) = choice.skip_rows
            && source.prefix.trim_ascii().is_empty()
        {
            return Err(ReadError::SkippedAll { path: source.origin.path, skipped });
        }
        let dialect = dialect::sniff(&source.prefix, !source.complete, named);
        let columns = |partial| {
            let records = RecordReader::new(&source.prefix[..], dialect, 1).partial(partial);
            let records: Vec<RawRecord> = records.flatten().flatten().collect();
            let found = (table_columns(&records), has_row_names(&records));
            Some(found).filter(|&(columns, _)| columns > 0)
        };
        // The first record may be longer than the prefix.
        let whole = columns(!source.complete);
        let partial = !source.complete && whole.is_some();
        let (columns, row_names) = whole.or_else(|| columns(false)).unwrap_or_default();
        let start = Arc::new(Start {
            origin: source.origin,
            encoding: encoding.clone(),
            partial,
            columns,
            row_names,
            complete: source.complete,
            first_line: 1 + above.lines,
            skip_rows: choice.skip_rows.unwrap_or(0),
            dialect,
            prefix: source.prefix.into(),
        });
        let bytes = Cursor::new(Arc::clone(&start.prefix)).chain(source.rest);
        Ok(Self::new(start, Box::new(bytes), false))
    }

    fn new(start: Arc<Start>, bytes: Box<dyn Read + Send>, partial: bool) -> Self {
        let reader = RecordReader::new(bytes, start.dialect, start.first_line);
        let reader = reader.partial(partial).of_columns(start.columns);
        Self { start, reader, header: 0, unescaped: Evidence::default(), nul: Evidence::default() }
    }

    /// Makes text of the record that was read, if it has the right length.
    fn record(&mut self, place: Place, cells: &mut Cells) -> Result<Place, Fault> {
        let raw = self.reader.cells();
        let expected = self.start.columns;
        if !fits(raw.iter(), expected) {
            let found = raw.iter().len();
            let reason = format!(
                "{found} fields where {expected} are expected; quote fields that contain the \
                 delimiter or a line break, and double the quotes within them; if another sign \
                 delimits: --delimiter SIGN; if rows above the header were taken for it: --skip-rows N"
            );
            return Err(Fault { place, column: None, reason });
        }
        if take_text(raw.first(expected), cells) {
            let lost = cells.iter().filter(|cell| cell.contains('\u{fffd}'));
            lost.for_each(|cell| {
                self.nul.count += 1;
                self.nul.keep(cell);
            });
        }
        let has_unescaped_quotes = self.reader.has_unescaped_quotes;
        let with_quotes = || cells.iter().find(|cell| cell.contains('"'));
        let example = if has_unescaped_quotes { with_quotes() } else { None };
        self.unescaped.look_at(example.unwrap_or_default(), has_unescaped_quotes);
        Ok(place)
    }
}

impl Iterator for DelimitedText {
    type Item = io::Result<Result<Record, Fault>>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut cells = Cells::default();
        let record = self.next_into(&mut cells)?;
        Some(record.map(|record| record.map(|place| Record { place, cells: cells.to_strings() })))
    }
}

impl Records for DelimitedText {
    fn format(&self) -> Format {
        let Dialect { delimiter, quote, backslash, .. } = self.start.dialect;
        Format::Delimited {
            delimiter: Some(delimiter.text()).filter(|_| delimiter != Delimiter::NONE),
            quote: quote.map(char::from),
            backslash,
        }
    }

    fn next_into(&mut self, cells: &mut Cells) -> Option<io::Result<Result<Place, Fault>>> {
        loop {
            return Some(match self.reader.read_record().transpose()? {
                Ok(Ok(_)) if self.header > 0 => {
                    self.header -= 1;
                    continue;
                }
                Ok(Ok(place)) => Ok(self.record(place, cells)),
                Ok(Err(fault)) => Ok(Err(fault)),
                Err(error) => Err(error),
            });
        }
    }

    fn columns(&self) -> usize {
        self.start.columns
    }

    fn doubts(&self) -> Vec<Doubt> {
        let found = |own: &Evidence| Some(own).filter(|own| own.count > 0).cloned();
        let quotes = found(&self.unescaped).map(|evidence| Doubt::UnescapedQuotes { evidence });
        let encoding = || self.start.encoding.name.to_owned();
        let nul = found(&self.nul);
        let nul = nul.map(|evidence| Doubt::InvalidText { encoding: encoding(), evidence });
        quotes.into_iter().chain(nul).collect()
    }

    fn readings(&self) -> &Readings {
        &self.start.origin.readings
    }

    fn first(&self) -> Vec<Vec<String>> {
        let Start { prefix, dialect, partial, .. } = &*self.start;
        let records = RecordReader::new(&prefix[..], *dialect, 1).partial(*partial);
        let text = |cell: &Vec<u8>| String::from_utf8_lossy(cell).into_owned();
        let mut first: Vec<Vec<String>> = records
            .flatten()
            .flatten()
            .map(|record| record.cells.iter().map(text).collect())
            .collect();
        if let Some(header) = first.first_mut().filter(|_| self.start.row_names) {
            header.insert(0, String::new());
        }
        first
    }

    fn skip_header(&mut self, records: usize) {
        self.header = records;
    }

    fn rehearsal(&self) -> Result<Box<dyn Records>, ReadError> {
        let start = Arc::clone(&self.start);
        if start.complete || !start.origin.is_repeatable() {
            let bytes = Cursor::new(Arc::clone(&start.prefix));
            let partial = start.partial;
            return Ok(Box::new(Self::new(start, Box::new(bytes), partial)));
        }
        let mut source = start.encoding.decode(start.origin.open()?)?;
        Above::take(&mut source.prefix, start.skip_rows);
        let bytes = Cursor::new(source.prefix).chain(source.rest);
        Ok(Box::new(Self::new(start, Box::new(bytes), false)))
    }
}

/// Makes text of cells and says whether one holds NUL. Bytes that are no text, and NUL, show as U+FFFD;
/// those of an encoding are decoded before.
fn take_text(raw: RawCells<'_>, cells: &mut Cells) -> bool {
    let RawCells { bytes, spans } = raw;
    let has_nul = memchr::memchr(0, bytes).is_some();
    // All at once, which is right unless the cells are text only together.
    if !has_nul && simdutf8::basic::from_utf8(bytes).is_ok_and(|text| cells.set(text, spans)) {
        return false;
    }
    cells.clear();
    for cell in raw.iter() {
        cells.push(&String::from_utf8_lossy(cell).replace('\0', "\u{fffd}"));
    }
    has_nul
}

fn valid_delimiter(written: &str, path: &Path) -> Result<Delimiter, ReadError> {
    let unfit = || ReadError::Delimiter { path: path.to_owned(), delimiter: written.to_owned() };
    Delimiter::written(written).ok_or_else(unfit)
}
