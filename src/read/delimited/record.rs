//! Bytes → records of cells, as RFC 4180 has it, but for files that do not keep to it.
//!
//! The `csv` crate trusts a quote: one that is never closed swallows the rest of the file into a
//! single cell. This reader bounds what a record may hold, notices a quote that swallows rows, gives
//! up on that line alone, and goes on with the next.

use std::collections::BTreeMap;
use std::io::{self, Read};

use super::buffer::{Buffer, Found, Needles};
use super::grammar::Dialect;
use crate::read::columns::likeness_to_name;
use crate::read::format::{Fault, Place};

/// Largest cell in bytes: no customer writes more. A row with a larger one is rejected, and its
/// bytes are never held.
pub const MAX_CELL_BYTES: usize = 1024 * 1024;

/// Largest record in bytes.
const MAX_RECORD_BYTES: usize = 3 * MAX_CELL_BYTES;

/// Records that have as many cells as one another by no accident.
const MANY: usize = 10;

/// Most cells of a record; spreadsheets have as many columns.
const MAX_CELLS: usize = 16_384;

/// The cells of one record, unquoted; whether they are text is not yet known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawRecord {
    pub(crate) place: Place,
    pub(crate) cells: Vec<Vec<u8>>,
    /// Whether a quoted cell holds quotes that are neither doubled nor escaped.
    pub(crate) has_unescaped_quotes: bool,
}

/// The cells of the record that is being read, one behind the other.
#[derive(Default)]
pub(super) struct RawCells {
    pub(super) bytes: Vec<u8>,
    pub(super) ends: Vec<usize>,
}

impl RawCells {
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        let mut start = 0;
        self.ends.iter().map(move |&end| &self.bytes[std::mem::replace(&mut start, end)..end])
    }

    /// Ends the cell that is being read.
    pub(super) fn end(&mut self) {
        self.ends.push(self.bytes.len());
    }

    /// Takes back what there is of the cell that is being read.
    pub(super) fn take_back(&mut self) {
        self.bytes.truncate(self.ends.last().copied().unwrap_or(0));
    }
}

/// Whether a record has as many cells as there are columns; blank ones may follow.
pub(crate) fn fits<C: AsRef<[u8]>>(
    cells: impl IntoIterator<Item = C, IntoIter: ExactSizeIterator>,
    columns: usize,
) -> bool {
    let mut cells = cells.into_iter();
    cells.len() >= columns
        && cells.by_ref().skip(columns).all(|cell| cell.as_ref().trim_ascii().is_empty())
}

/// How many columns the table has that starts with `records`: as many as its first one has cells, or,
/// where that is but a title, as most have.
pub(super) fn table_columns(records: &[RawRecord]) -> usize {
    let first = records.first().map_or(0, |record| record.cells.len());
    let fitting = records.iter().filter(|record| fits(&record.cells, first)).count();
    // A row of blank cells fits whatever a title has.
    if fitting * 2 > records.len() || first > 1 && fitting * 2 == records.len() {
        return first;
    }
    let is_table = |&(width, count): &(usize, usize)| {
        let is_title = width > 1 && count >= MANY && count * 10 >= records.len() * 9;
        first * 2 <= width && count * 2 >= records.len() || is_title && !names(&records[0].cells)
    };
    let width = commonest_width(records).filter(is_table).map_or(first, |(width, _)| width);
    width + usize::from(has_row_names(records))
}

/// Whether the first record names all columns but that of the names of rows, as R writes tables.
pub(super) fn has_row_names(records: &[RawRecord]) -> bool {
    let Some((first, rest)) = records.split_first() else { return false };
    let width = first.cells.len();
    let is_longer = |record: &&RawRecord| {
        record.cells.len() == width + 1
            && !fits(&record.cells, width)
            && !record.cells[0].is_empty()
    };
    width > 1
        && !rest.is_empty()
        && rest.iter().filter(is_longer).count() * 10 >= rest.len() * 9
        && names(&first.cells)
}

/// The number of cells that most records have, and how many have it.
pub(super) fn commonest_width(records: &[RawRecord]) -> Option<(usize, usize)> {
    let mut widths = BTreeMap::new();
    records.iter().for_each(|record| *widths.entry(record.cells.len()).or_insert(0) += 1);
    widths.into_iter().max_by_key(|&(_, count)| count)
}

/// Whether some cell looks like the name of a column.
fn names(cells: &[Vec<u8>]) -> bool {
    cells.iter().any(|cell| likeness_to_name(&String::from_utf8_lossy(cell)) >= 0.5)
}

/// Streams the records of a delimited file.
pub(crate) struct RecordReader<R> {
    pub(super) bytes: Buffer<R>,
    pub(super) dialect: Dialect,
    /// Cells of the first record; 0 before it is read.
    pub(super) columns: usize,
    /// Records read so far.
    number: u64,
    /// Whether the source is only the beginning of a file, so that its last record may be cut.
    pub(super) partial: bool,
    /// The cells of the record that is being read, or was read last.
    pub(super) cells: RawCells,
    /// Whether that has a quoted cell with unescaped quotes.
    pub(super) has_unescaped_quotes: bool,
}

/// What became of a cell.
pub(super) enum Cell {
    /// The offset of the delimiter or terminator after it. Its bytes are the last of the cells.
    Complete(usize),
    TooLarge,
    /// Its quote is never closed, or only by a quote of another row.
    Unclosed,
    /// The source ended within the cell, and the file goes on.
    Cut,
}

/// Where in its cell a skipped byte stands.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Start,
    Plain,
    Quoted,
    Closing,
}

impl<R: Read> RecordReader<R> {
    /// Reads `source`, whose first byte is on `line`.
    pub(crate) fn new(source: R, dialect: Dialect, line: u64) -> Self {
        let bytes = Buffer::new(source, line, dialect.terminator);
        let (columns, number, cells) = Default::default();
        Self { bytes, dialect, columns, number, partial: false, cells, has_unescaped_quotes: false }
    }

    /// Leaves out the last record if the source ends within it.
    pub(crate) fn partial(mut self, partial: bool) -> Self {
        self.partial = partial;
        self
    }

    /// Expects as many cells in a record.
    pub(crate) fn of_columns(mut self, columns: usize) -> Self {
        self.columns = columns;
        self
    }

    /// Reads the next record; its cells are there until the one after it is read. Blank lines are skipped.
    pub(super) fn read_record(&mut self) -> io::Result<Option<Result<Place, Fault>>> {
        self.skip_blank_lines()?;
        if self.bytes.byte(0)?.is_none() {
            return Ok(None);
        }
        self.number += 1;
        self.cells.clear();
        self.has_unescaped_quotes = false;
        let place = self.place(self.bytes.line);
        if self.plain_line() {
            return Ok(Some(Ok(place)));
        }
        let delimiter = self.dialect.delimiter;
        let mut at = 0;
        loop {
            let read = self.cells.ends.len();
            match self.cell(at)? {
                _ if read == MAX_CELLS => {
                    return self.skip_large_record(read, &too_many_cells()).map(Some);
                }
                Cell::Complete(next) => {
                    self.cells.end();
                    at = next;
                }
                Cell::TooLarge => {
                    return self.skip_large_record(read, &too_large_cell()).map(Some);
                }
                Cell::Unclosed => return self.skip_line(at, read).map(|f| Some(Err(f))),
                Cell::Cut => return Ok(None),
            }
            match self.bytes.byte(at)? {
                Some(byte) if byte == delimiter.first() => at += delimiter.len(),
                Some(_) => break self.bytes.consume(at + 1),
                None if self.partial => return Ok(None),
                None => break self.bytes.consume(at),
            }
        }
        if self.columns == 0 {
            self.columns = self.cells.ends.len();
        }
        Ok(Some(Ok(place)))
    }

    /// Reads the record at hand if it is a whole line without quotes, as most are: at once, and to the same
    /// cells as otherwise.
    fn plain_line(&mut self) -> bool {
        let Dialect { delimiter, quote, terminator, .. } = self.dialect;
        let unread = self.bytes.unread();
        let Some(end) = memchr::memchr(terminator, unread) else { return false };
        let line = &unread[..end];
        let has_quotes = quote.is_some_and(|quote| memchr::memchr(quote, line).is_some());
        if has_quotes || delimiter.len() > 1 || self.columns == 0 || end > MAX_CELL_BYTES {
            return false;
        }
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let RawCells { bytes, ends } = &mut self.cells;
        let mut start = 0;
        for next in memchr::memchr_iter(delimiter.first(), line).chain([line.len()]) {
            bytes.extend_from_slice(&line[start..next]);
            ends.push(bytes.len());
            start = next + 1;
        }
        if ends.len() > MAX_CELLS {
            self.cells.clear();
            return false;
        }
        self.bytes.consume_line(end + 1);
        true
    }

    /// The place of the record that is being read, which starts or is at fault on `line`.
    fn place(&self, line: u64) -> Place {
        Place { sheet: None, record: self.number, line }
    }

    fn cell(&mut self, at: usize) -> io::Result<Cell> {
        if self.dialect.quote.is_some()
            && let Some(cell) = self.quoted_cell(at)?
        {
            return Ok(cell);
        }
        self.plain_cell(at)
    }

    fn plain_cell(&mut self, at: usize) -> io::Result<Cell> {
        let Dialect { delimiter, terminator, .. } = self.dialect;
        let mut from = at;
        let (next, delimited) = loop {
            match self.find(at, from, Needles(delimiter.first(), terminator))? {
                Found::At(next) if self.bytes.unread()[next] == terminator => break (next, false),
                Found::At(next) if self.bytes.has(next, delimiter.as_bytes())? => {
                    break (next, true);
                }
                Found::At(next) => from = next + 1,
                Found::End(_) if self.partial => return Ok(Cell::Cut),
                Found::End(next) => break (next, false),
                Found::TooFar => return Ok(Cell::TooLarge),
            }
        };
        let bytes = &self.bytes.unread()[at..next];
        let carriage_return = !delimited && bytes.last() == Some(&b'\r');
        let bytes = &bytes[..bytes.len() - usize::from(carriage_return)];
        self.cells.bytes.extend_from_slice(bytes);
        Ok(Cell::Complete(next))
    }

    /// Searches from `from` within the cell that starts at `cell`.
    pub(super) fn find(&mut self, cell: usize, from: usize, needles: Needles) -> io::Result<Found> {
        self.bytes.find(from, MAX_RECORD_BYTES.min(cell + MAX_CELL_BYTES), needles)
    }

    /// Gives up on the line with the quote at `at` and goes on with the line after it.
    fn skip_line(&mut self, at: usize, column: usize) -> io::Result<Fault> {
        let line = self.bytes.line + self.bytes.lines_in(at);
        let unread = self.bytes.unread();
        let rest = memchr::memchr(self.dialect.terminator, &unread[at..]);
        let end = rest.map_or(unread.len(), |rest| at + rest + 1);
        self.bytes.consume(end);
        let reason = format!(
            "the quote that opens in line {line} is not closed where a cell ends; reading went on \
             with the next line. Close it, or write \"\" for a quote within a quoted cell: quotes \
             that are not doubled end it"
        );
        Ok(Fault { place: self.place(line), column: Some(column), reason })
    }

    /// Goes past a record that is too large to hold, and says what is wrong with it.
    fn skip_large_record(
        &mut self,
        column: usize,
        fault: &str,
    ) -> io::Result<Result<Place, Fault>> {
        let Dialect { delimiter, quote, terminator, .. } = self.dialect;
        let line = self.bytes.line;
        let mut state = State::Start;
        while let Some(byte) = self.bytes.take()? {
            if byte == terminator && state != State::Quoted {
                break;
            }
            let is_quote = quote == Some(byte);
            state = match state {
                State::Quoted if is_quote => State::Closing,
                State::Closing if is_quote => State::Quoted,
                State::Quoted => State::Quoted,
                State::Start if is_quote => State::Quoted,
                _ if byte == delimiter.first() => State::Start,
                _ => State::Plain,
            };
        }
        let last = self.bytes.line.saturating_sub(1).max(line);
        let reason = format!(
            "{fault} (the row ends in line {last}); shorten it, or look for a quote that is not \
             closed; if another sign delimits: --delimiter SIGN"
        );
        Ok(Err(Fault { place: self.place(line), column: Some(column), reason }))
    }

    fn skip_blank_lines(&mut self) -> io::Result<()> {
        loop {
            let terminator = self.dialect.terminator;
            let length = match self.bytes.byte(0)? {
                Some(byte) if byte == terminator => 1,
                Some(b'\r') if self.bytes.byte(1)? == Some(terminator) => 2,
                _ => return Ok(()),
            };
            self.bytes.consume(length);
        }
    }
}

impl<R: Read> Iterator for RecordReader<R> {
    type Item = io::Result<Result<RawRecord, Fault>>;

    fn next(&mut self) -> Option<Self::Item> {
        let record = self.read_record().transpose()?;
        Some(record.map(|record| {
            let cells = || self.cells.iter().map(<[u8]>::to_vec).collect();
            let has_unescaped_quotes = self.has_unescaped_quotes;
            record.map(|place| RawRecord { place, cells: cells(), has_unescaped_quotes })
        }))
    }
}

fn too_large_cell() -> String {
    format!("a cell of this row is larger than {} MB", MAX_CELL_BYTES / (1024 * 1024))
}

fn too_many_cells() -> String {
    format!("this row has more than {MAX_CELLS} cells")
}
