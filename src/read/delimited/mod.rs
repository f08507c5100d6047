//! Delimited text: CSV, TSV and what calls itself so.

mod dialect;
mod encoding;
mod record;

use std::io::{self, Cursor, Read};
use std::path::Path;
use std::sync::Arc;

use super::error::ReadError;
use super::fingerprint::Readings;
use super::format::{Fault, Format, Record, Records};
use super::source::{Origin, Source};
use record::{Dialect, RawRecord, RecordReader, fits};

pub use record::MAX_CELL_BYTES;

/// An open file of delimited text.
pub(crate) struct DelimitedText {
    start: Arc<Start>,
    reader: RecordReader<Box<dyn Read + Send>>,
    /// Records of the header that are still to be left out.
    header: usize,
}

/// What the first bytes of a file tell.
struct Start {
    origin: Origin,
    /// The first bytes, without byte order mark and delimiter hint.
    prefix: Arc<[u8]>,
    /// Whether the last record of the prefix may be cut.
    partial: bool,
    /// Whether the prefix is the whole input.
    complete: bool,
    byte_order_mark: bool,
    dialect: Dialect,
    /// The line on which the prefix starts.
    first_line: u64,
    /// Cells of the first record.
    columns: usize,
}

impl DelimitedText {
    /// Reads what was opened. The delimiter is found where none is named.
    ///
    /// # Errors
    /// If it is no text in UTF-8, or if what is named cannot delimit.
    pub(crate) fn open(mut source: Source, delimiter: Option<char>) -> Result<Self, ReadError> {
        let origin = source.origin.clone();
        let path = &origin.path;
        encoding::check(&source.prefix, path)?;
        let byte_order_mark = take_byte_order_mark(&mut source.prefix);
        let hint = take_delimiter_hint(&mut source.prefix);
        let named = match delimiter {
            Some(delimiter) => Some(valid_delimiter(delimiter, path)?),
            None => hint,
        };
        let dialect = dialect::sniff(&source.prefix, !source.complete, named);
        let cells_of_first = |partial| {
            let mut records = RecordReader::new(&source.prefix[..], dialect, 1).partial(partial);
            records.by_ref().flatten().flatten().next().map(|record| record.cells.len())
        };
        // The first record may be longer than the prefix.
        let whole = cells_of_first(!source.complete);
        let start = Arc::new(Start {
            partial: !source.complete && whole.is_some(),
            columns: whole.or_else(|| cells_of_first(false)).unwrap_or(0),
            complete: source.complete,
            byte_order_mark,
            first_line: if hint.is_some() { 2 } else { 1 },
            dialect,
            prefix: source.prefix.into(),
            origin,
        });
        let bytes = Cursor::new(Arc::clone(&start.prefix)).chain(source.rest);
        Ok(Self::new(start, Box::new(bytes), false))
    }

    fn new(start: Arc<Start>, bytes: Box<dyn Read + Send>, partial: bool) -> Self {
        let reader = RecordReader::new(bytes, start.dialect, start.first_line).partial(partial);
        Self { start, reader, header: 0 }
    }

    /// Makes text of a record of the right length.
    fn record(&self, record: RawRecord) -> Result<Record, Fault> {
        let RawRecord { place, mut cells } = record;
        let expected = self.start.columns;
        if !fits(&cells, expected) {
            let found = cells.len();
            let reason = format!(
                "{found} fields where {expected} are expected; quote fields that contain the \
                 delimiter or a line break"
            );
            return Err(Fault { place, column: None, reason });
        }
        cells.truncate(expected);
        let texts = cells.into_iter().enumerate().map(|(column, bytes)| {
            text(bytes).map_err(|reason| Fault {
                place: place.clone(),
                column: Some(column),
                reason,
            })
        });
        let cells = texts.collect::<Result<_, _>>()?;
        Ok(Record { place, cells })
    }
}

impl Iterator for DelimitedText {
    type Item = io::Result<Result<Record, Fault>>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            return Some(match self.reader.next()? {
                Ok(Ok(_)) if self.header > 0 => {
                    self.header -= 1;
                    continue;
                }
                Ok(Ok(record)) => Ok(self.record(record)),
                Ok(Err(fault)) => Ok(Err(fault)),
                Err(error) => Err(error),
            });
        }
    }
}

impl Records for DelimitedText {
    fn format(&self) -> Format {
        Format::Delimited {
            delimiter: char::from(self.start.dialect.delimiter),
            quoting: self.start.dialect.quoting,
            byte_order_mark: self.start.byte_order_mark,
        }
    }

    fn readings(&self) -> &Readings {
        &self.start.origin.readings
    }

    fn first(&self) -> Vec<Vec<String>> {
        let Start { prefix, dialect, partial, .. } = &*self.start;
        let records = RecordReader::new(&prefix[..], *dialect, 1).partial(*partial);
        let text = |cell: &Vec<u8>| String::from_utf8_lossy(cell).into_owned();
        records.flatten().flatten().map(|record| record.cells.iter().map(text).collect()).collect()
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
        let mut source = start.origin.open()?;
        take_byte_order_mark(&mut source.prefix);
        take_delimiter_hint(&mut source.prefix);
        let bytes = Cursor::new(source.prefix).chain(source.rest);
        Ok(Box::new(Self::new(start, Box::new(bytes), false)))
    }
}

/// Makes text of a cell, or says what is wrong with it.
fn text(bytes: Vec<u8>) -> Result<String, String> {
    if let Some(at) = bytes.iter().position(|&b| b == 0) {
        return Err(format!("NUL at byte {} of the cell; export the file again", at + 1));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        format!("invalid UTF-8 from byte {at} of the cell on; save the file as CSV UTF-8")
    })
}

/// Takes away the mark with which some programs begin UTF-8, and says whether there was one.
fn take_byte_order_mark(prefix: &mut Vec<u8>) -> bool {
    let mark = "\u{feff}".as_bytes();
    let has_mark = prefix.starts_with(mark);
    if has_mark {
        prefix.drain(..mark.len());
    }
    has_mark
}

/// Takes away a first line such as `sep=;`, which states the delimiter for Excel.
fn take_delimiter_hint(prefix: &mut Vec<u8>) -> Option<u8> {
    let (delimiter, length) = delimiter_hint(prefix)?;
    prefix.drain(..length);
    Some(delimiter)
}

/// The delimiter that a first line `sep=;` states for Excel, and the length of that line.
fn delimiter_hint(prefix: &[u8]) -> Option<(u8, usize)> {
    let rest = prefix.strip_prefix(b"sep=").or_else(|| prefix.strip_prefix(b"SEP="))?;
    let (&delimiter, rest) = rest.split_first()?;
    match rest {
        [b'\n', ..] => Some((delimiter, 6)),
        [b'\r', b'\n', ..] => Some((delimiter, 7)),
        _ => None,
    }
}

fn valid_delimiter(delimiter: char, path: &Path) -> Result<u8, ReadError> {
    match u8::try_from(delimiter) {
        Ok(byte) if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r' | 0) => Ok(byte),
        _ => Err(ReadError::Delimiter { path: path.to_owned(), delimiter }),
    }
}
