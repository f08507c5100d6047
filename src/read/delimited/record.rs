//! Bytes → records of cells, as RFC 4180 has it, but for files that do not keep to it.
//!
//! The `csv` crate trusts a quote: one that is never closed swallows the rest of the file into a
//! single cell. This reader bounds what a record may hold, notices a quote that swallows rows, gives
//! up on that line alone, and goes on with the next.

use std::collections::BTreeMap;
use std::io::{self, Read};

use super::buffer::{Buffer, Found, Needles};
use super::grammar::Dialect;
use crate::read::cells::Span;
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
pub(super) struct CellsInRead {
    pub(super) bytes: Vec<u8>,
    spans: Vec<Span>,
}

impl CellsInRead {
    fn clear(&mut self) {
        self.bytes.clear();
        self.spans.clear();
    }

    /// Ends the cell that is being read.
    fn end(&mut self) {
        self.spans.push(Span { start: self.start(), end: self.bytes.len() });
    }

    /// Takes back what there is of the cell that is being read.
    pub(super) fn take_back(&mut self) {
        self.bytes.truncate(self.start());
    }

    /// Where the cell starts that is being read.
    fn start(&self) -> usize {
        self.spans.last().map_or(0, |span| span.end)
    }
}

/// The cells of a record, with what may be between them.
#[derive(Clone, Copy)]
pub(super) struct RawCells<'r> {
    pub(super) bytes: &'r [u8],
    pub(super) spans: &'r [Span],
}

impl<'r> RawCells<'r> {
    pub(super) fn iter(self) -> impl ExactSizeIterator<Item = &'r [u8]> {
        self.spans.iter().map(move |span| &self.bytes[span.start..span.end])
    }

    /// So many of them.
    pub(super) fn first(self, columns: usize) -> Self {
        let spans = &self.spans[..columns];
        Self { bytes: &self.bytes[..spans.last().map_or(0, |span| span.end)], spans }
    }
}

/// Whether a record has as many cells as there are columns; blank ones may follow.
pub(crate) fn fits<C: AsRef<[u8]>>(
    cells: impl IntoIterator<Item = C, IntoIter: ExactSizeIterator>,
    columns: usize,
) -> bool {
    let mut cells = cells.into_iter();
    cells.len() == columns
        || cells.len() > columns
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
    /// The cells of the record that is being read, or was read last, unless it is a whole line.
    pub(super) cells: CellsInRead,
    /// Length of the line that it is, with what ends it.
    line: Option<usize>,
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
        let (columns, number, cells, line, partial, has_unescaped_quotes) = Default::default();
        Self { bytes, dialect, columns, number, partial, cells, line, has_unescaped_quotes }
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
        self.line = self.whole_line();
        if let Some(length) = self.line {
            self.bytes.consume_line(length);
            return Ok(Some(Ok(place)));
        }
        self.cells.clear();
        let delimiter = self.dialect.delimiter;
        let mut at = 0;
        loop {
            let read = self.cells.spans.len();
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
            self.columns = self.cells.spans.len();
        }
        Ok(Some(Ok(place)))
    }

    /// The cells of the record that was read.
    pub(super) fn cells(&self) -> RawCells<'_> {
        let bytes = self.line.map_or(&self.cells.bytes[..], |length| self.bytes.behind(length));
        RawCells { bytes, spans: &self.cells.spans }
    }

    /// Divides the record at hand into the cells that it would be divided into otherwise, if it is a line at hand
    /// in which quotes do nothing but wrap cells, as most are. Says how long it is.
    fn whole_line(&mut self) -> Option<usize> {
        let Dialect { delimiter, quote, terminator, backslash } = self.dialect;
        if delimiter.len() > 1 || self.columns == 0 {
            return None;
        }
        let (delimiter, quote) = (delimiter.first(), quote.unwrap_or(terminator));
        let (unread, spans) = (self.bytes.unread(), &mut self.cells.spans);
        let mut start = 0;
        loop {
            let is_quoted = quote != terminator && unread.get(start) == Some(&quote);
            let (span, next) = if is_quoted {
                let start = start + 1;
                let end = start + memchr::memchr2(quote, terminator, unread.get(start..)?)?;
                if unread[end] != quote || backslash {
                    return None;
                }
                let rest = &unread[end + 1..];
                let carriage_return = usize::from(rest.starts_with(&[b'\r', terminator]));
                (Span { start, end }, end + 1 + carriage_return)
            } else {
                let end = start + memchr::memchr3(delimiter, terminator, quote, &unread[start..])?;
                let is_last = unread[end] == terminator;
                let carriage_return = is_last && unread[start..end].ends_with(b"\r");
                (Span { start, end: end - usize::from(carriage_return) }, end)
            };
            spans.push(span);
            match *unread.get(next)? {
                _ if spans.len() > MAX_CELLS || next > MAX_CELL_BYTES => return None,
                byte if byte == delimiter => start = next + 1,
                byte if byte == terminator => return Some(next + 1),
                _ => return None,
            }
        }
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
            let cells = || self.cells().iter().map(<[u8]>::to_vec).collect();
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
