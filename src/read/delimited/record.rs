//! Bytes → records of cells, as RFC 4180 has it, but for files that do not keep to it.
//!
//! The `csv` crate trusts a quote: one that is never closed swallows the rest of the file into a
//! single cell. This reader bounds what a record may hold, notices a quote that swallows rows, gives
//! up on that line alone, and goes on with the next.

use std::io::{self, Read};
use std::ops::Range;

use crate::read::format::{Fault, Place};

/// Largest cell in bytes: no customer writes more. A row with a larger one is rejected, and its
/// bytes are never held.
pub const MAX_CELL_BYTES: usize = 1024 * 1024;

/// Largest record in bytes.
const MAX_RECORD_BYTES: usize = 3 * MAX_CELL_BYTES;

/// Bytes asked of the source at a time.
const CHUNK_BYTES: usize = 64 * 1024;

/// Delimiters inside a multi-line cell, at the places where rows would have them, that show that
/// its quote has swallowed rows.
const TELLTALE_DELIMITERS: usize = 12;

/// How bytes are divided into records and cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) delimiter: u8,
    pub(crate) quoting: bool,
    /// `\n` (a `\r` before it is dropped), or `\r` in files of old Macs.
    pub(crate) terminator: u8,
}

/// The cells of one record, unquoted; whether they are text is not yet known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawRecord {
    pub(crate) place: Place,
    pub(crate) cells: Vec<Vec<u8>>,
}

/// Whether a record has as many cells as there are columns; blank ones may follow.
pub(crate) fn fits(cells: &[Vec<u8>], columns: usize) -> bool {
    cells.len() >= columns && cells[columns..].iter().all(|cell| cell.trim_ascii().is_empty())
}

/// Streams the records of a delimited file.
pub(crate) struct RecordReader<R> {
    source: R,
    dialect: Dialect,
    /// Cells of the first record; 0 before it is read.
    columns: usize,
    buffer: Vec<u8>,
    /// Where the unread part of the buffer starts. Offsets below count from here.
    start: usize,
    /// Line at `start`.
    line: u64,
    /// Records read so far.
    number: u64,
    /// Whether the source is only the beginning of a file, so that its last record may be cut.
    partial: bool,
}

/// Where a search ended, as an offset.
enum Found {
    At(usize),
    End(usize),
    TooFar,
}

/// What became of a cell.
enum Cell {
    /// Its bytes, and the offset of the delimiter or terminator after it.
    Complete(Vec<u8>, usize),
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
        let buffer = Vec::new();
        Self { source, dialect, columns: 0, buffer, start: 0, line, number: 0, partial: false }
    }

    /// Leaves out the last record if the source ends within it.
    pub(crate) fn partial(mut self, partial: bool) -> Self {
        self.partial = partial;
        self
    }

    /// The next record; blank lines are skipped.
    fn read_record(&mut self) -> io::Result<Option<Result<RawRecord, Fault>>> {
        self.skip_blank_lines()?;
        if self.byte(0)?.is_none() {
            return Ok(None);
        }
        self.number += 1;
        let place = self.place(self.line);
        let mut cells = Vec::with_capacity(self.columns);
        let mut at = 0;
        loop {
            match self.cell(at)? {
                Cell::Complete(bytes, next) => {
                    cells.push(bytes);
                    at = next;
                }
                Cell::TooLarge => return self.skip_large_record(cells.len()).map(|f| Some(Err(f))),
                Cell::Unclosed => return self.skip_line(at, cells.len()).map(|f| Some(Err(f))),
                Cell::Cut => return Ok(None),
            }
            match self.byte(at)? {
                Some(byte) if byte == self.dialect.delimiter => at += 1,
                Some(_) => break self.consume(at + 1),
                None if self.partial => return Ok(None),
                None => break self.consume(at),
            }
        }
        if self.columns == 0 {
            self.columns = cells.len();
        }
        Ok(Some(Ok(RawRecord { place, cells })))
    }

    /// The place of the record that is being read, which starts or is at fault on `line`.
    fn place(&self, line: u64) -> Place {
        Place { sheet: None, record: self.number, line }
    }

    fn cell(&mut self, at: usize) -> io::Result<Cell> {
        if self.dialect.quoting
            && self.byte(at)? == Some(b'"')
            && let Some(cell) = self.quoted_cell(at)?
        {
            return Ok(cell);
        }
        self.plain_cell(at)
    }

    fn plain_cell(&mut self, at: usize) -> io::Result<Cell> {
        let Dialect { delimiter, terminator, .. } = self.dialect;
        let (next, delimited) = match self.find(at, at, |b| b == delimiter || b == terminator)? {
            Found::At(next) => (next, self.unread()[next] == delimiter),
            Found::End(_) if self.partial => return Ok(Cell::Cut),
            Found::End(next) => (next, false),
            Found::TooFar => return Ok(Cell::TooLarge),
        };
        let bytes = &self.unread()[at..next];
        let carriage_return = !delimited && bytes.last() == Some(&b'\r');
        let bytes = &bytes[..bytes.len() - usize::from(carriage_return)];
        Ok(Cell::Complete(bytes.to_vec(), next))
    }

    /// The cell whose opening quote is at `at`; none if the quote is a mere character, as in
    /// `"Great" they said`.
    fn quoted_cell(&mut self, at: usize) -> io::Result<Option<Cell>> {
        let mut bytes = Vec::new();
        let mut from = at + 1;
        let closed = loop {
            let quote = match self.find(at, from, |b| b == b'"')? {
                Found::At(quote) => quote,
                Found::End(end) if self.partial && !self.swallows_rows(at..end) => {
                    return Ok(Some(Cell::Cut));
                }
                Found::TooFar if !self.swallows_rows(at..self.unread().len()) => {
                    return Ok(Some(Cell::TooLarge));
                }
                Found::End(_) | Found::TooFar => return Ok(Some(Cell::Unclosed)),
            };
            bytes.extend_from_slice(&self.unread()[from..quote]);
            if self.byte(quote + 1)? != Some(b'"') {
                break quote + 1;
            }
            bytes.push(b'"');
            from = quote + 2;
        };
        let next = match self.byte(closed)? {
            Some(b'\r') if self.ends_record(closed + 1)? => closed + 1,
            _ => closed,
        };
        let ends = self.byte(next)? == Some(self.dialect.delimiter) || self.ends_record(next)?;
        Ok(match ends {
            true if self.swallows_rows(at..closed) => Some(Cell::Unclosed),
            true => Some(Cell::Complete(bytes, next)),
            false if self.unread()[at..closed].contains(&self.dialect.terminator) => {
                Some(Cell::Unclosed)
            }
            false => None,
        })
    }

    fn ends_record(&mut self, at: usize) -> io::Result<bool> {
        Ok(self.byte(at)?.is_none_or(|byte| byte == self.dialect.terminator))
    }

    /// Whether the lines within a quoted cell are rows of the file. In prose, a space follows the
    /// comma; in rows, it does not.
    fn swallows_rows(&self, cell: Range<usize>) -> bool {
        let Dialect { delimiter, terminator, .. } = self.dialect;
        let is_row = |line: &[u8]| {
            let delimiters = line.split(|&b| b == delimiter).skip(1);
            delimiters.filter(|rest| !rest.starts_with(b" ")).count() + 1 == self.columns
        };
        let mut lines = self.unread()[cell].split(|&b| b == terminator).skip(1).peekable();
        let (mut rows, mut others) = (0, 0);
        while let Some(line) = lines.next()
            && lines.peek().is_some()
        {
            match is_row(line) {
                true => rows += 1,
                false => others += 1,
            }
        }
        rows > 4 * others && rows * self.columns.saturating_sub(1) >= TELLTALE_DELIMITERS
    }

    /// Gives up on the line with the quote at `at` and goes on with the line after it.
    fn skip_line(&mut self, at: usize, column: usize) -> io::Result<Fault> {
        let terminator = self.dialect.terminator;
        let line = self.line + count(&self.unread()[..at], terminator);
        let rest = self.unread()[at..].iter().position(|&b| b == terminator);
        self.consume(rest.map_or(self.unread().len(), |rest| at + rest + 1));
        let reason = format!(
            "the quote that opens in line {line} is not closed where a cell ends; reading went on \
             with the next line. Close it, or write \"\" for a quote within a quoted cell"
        );
        Ok(Fault { place: self.place(line), column: Some(column), reason })
    }

    /// Goes past a record that is too large to hold.
    fn skip_large_record(&mut self, column: usize) -> io::Result<Fault> {
        let Dialect { delimiter, quoting, terminator } = self.dialect;
        let line = self.line;
        let mut state = State::Start;
        while self.start < self.buffer.len() || self.fill()? {
            let byte = self.buffer[self.start];
            self.start += 1;
            if byte == terminator {
                self.line += 1;
                if state != State::Quoted {
                    break;
                }
            }
            state = match (state, byte) {
                (State::Quoted, b'"') => State::Closing,
                (State::Closing, b'"') | (State::Quoted, _) => State::Quoted,
                (State::Start, b'"') if quoting => State::Quoted,
                _ if byte == delimiter => State::Start,
                _ => State::Plain,
            };
        }
        let megabytes = MAX_CELL_BYTES / (1024 * 1024);
        let last = self.line.saturating_sub(1).max(line);
        let reason = format!(
            "a cell of this row, which ends in line {last}, is larger than {megabytes} MB; shorten \
             it, or look for a quote that is not closed"
        );
        Ok(Fault { place: self.place(line), column: Some(column), reason })
    }

    fn skip_blank_lines(&mut self) -> io::Result<()> {
        loop {
            let length = match self.byte(0)? {
                Some(byte) if byte == self.dialect.terminator => 1,
                Some(b'\r') if self.byte(1)? == Some(self.dialect.terminator) => 2,
                _ => return Ok(()),
            };
            self.consume(length);
        }
    }

    /// Searches from `from` within the cell that starts at `cell`.
    fn find(
        &mut self,
        cell: usize,
        mut from: usize,
        stop: impl Fn(u8) -> bool,
    ) -> io::Result<Found> {
        let limit = MAX_RECORD_BYTES.min(cell + MAX_CELL_BYTES);
        loop {
            let length = self.unread().len();
            match self.unread()[from.min(length)..].iter().position(|&b| stop(b)) {
                Some(at) if from + at > limit => return Ok(Found::TooFar),
                Some(at) => return Ok(Found::At(from + at)),
                None if length > limit => return Ok(Found::TooFar),
                None => from = length,
            }
            if !self.fill()? {
                return Ok(Found::End(from));
            }
        }
    }

    fn byte(&mut self, at: usize) -> io::Result<Option<u8>> {
        while at >= self.unread().len() {
            if !self.fill()? {
                return Ok(None);
            }
        }
        Ok(Some(self.unread()[at]))
    }

    fn unread(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    fn consume(&mut self, length: usize) {
        self.line += count(&self.unread()[..length], self.dialect.terminator);
        self.start += length;
    }

    /// Drops what has been read and appends a chunk; false at the end of the source.
    fn fill(&mut self) -> io::Result<bool> {
        self.buffer.drain(..self.start);
        self.start = 0;
        let length = self.buffer.len();
        self.buffer.resize(length + CHUNK_BYTES, 0);
        let read = loop {
            match self.source.read(&mut self.buffer[length..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.buffer.truncate(length + read.as_ref().map_or(0, |&read| read));
        Ok(read? > 0)
    }
}

impl<R: Read> Iterator for RecordReader<R> {
    type Item = io::Result<Result<RawRecord, Fault>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read_record().transpose()
    }
}

fn count(bytes: &[u8], byte: u8) -> u64 {
    bytes.iter().filter(|&&b| b == byte).count() as u64
}
