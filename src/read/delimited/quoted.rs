//! Cells between quotes: as RFC 4180 has them, and as they are written by those who do not know it.

use std::io::{self, Read};
use std::ops::Range;

use super::buffer::{Found, Needles};
use super::record::{Cell, RecordReader};

/// Delimiters inside a multi-line cell, at the places where rows would have them, that show that
/// its quote has swallowed rows.
const TELLTALE_DELIMITERS: usize = 12;

impl<R: Read> RecordReader<R> {
    /// The cell at `at`, if it is quoted. It is not if the quote is a mere character, as in
    /// `"Great" they said`.
    pub(super) fn quoted_cell(&mut self, at: usize) -> io::Result<Option<Cell>> {
        let Some(quote) = self.dialect.quote else { return Ok(None) };
        let blanks = self.blanks(at)?;
        if self.bytes.byte(at + blanks)? != Some(quote) {
            return Ok(None);
        }
        let stray = match self.properly_quoted(at + blanks, quote)? {
            Ok(cell @ Cell::Complete(_)) => return Ok(Some(cell)),
            Ok(cell) if blanks == 0 => return Ok(Some(cell)),
            Err(stray) if blanks == 0 => stray,
            _ => {
                self.cells.take_back();
                return Ok(None);
            }
        };
        self.cells.take_back();
        let cell = self.loosely_quoted(at, quote)?;
        if cell.is_none() {
            self.cells.take_back();
        }
        self.has_unescaped_quotes |= cell.is_some();
        let is_torn = self.bytes.unread()[at..stray].contains(&self.dialect.terminator);
        Ok(if cell.is_none() && is_torn { Some(Cell::Unclosed) } else { cell })
    }

    /// Spaces at `at`: some programs put one behind each delimiter.
    fn blanks(&mut self, at: usize) -> io::Result<usize> {
        let mut blanks = 0;
        while self.dialect.delimiter.first() != b' ' && self.bytes.byte(at + blanks)? == Some(b' ')
        {
            blanks += 1;
        }
        Ok(blanks)
    }

    /// The cell whose opening quote is at `at`, if its quotes are doubled or escaped but for the
    /// last, which a delimiter or the end of the record follows; else the end of the quote that
    /// something else follows.
    fn properly_quoted(&mut self, at: usize, quote: u8) -> io::Result<Result<Cell, usize>> {
        let mut from = at + 1;
        let escape = if self.dialect.backslash { b'\\' } else { quote };
        let closed = loop {
            let stop = match self.find(at, from, Needles(quote, escape))? {
                Found::At(stop) => stop,
                Found::End(end) if self.partial && !self.swallows_rows(at..end) => {
                    return Ok(Ok(Cell::Cut));
                }
                Found::TooFar if !self.swallows_rows(at..self.bytes.unread().len()) => {
                    return Ok(Ok(Cell::TooLarge));
                }
                Found::End(_) | Found::TooFar => return Ok(Ok(Cell::Unclosed)),
            };
            self.cells.bytes.extend_from_slice(&self.bytes.unread()[from..stop]);
            let next = self.bytes.byte(stop + 1)?;
            if self.bytes.unread()[stop] == quote && next != Some(quote) {
                break stop + 1;
            }
            match next {
                Some(next) if next == quote || next == escape => {
                    self.cells.bytes.push(next);
                    from = stop + 2;
                }
                _ => {
                    self.cells.bytes.push(escape);
                    from = stop + 1;
                }
            }
        };
        let Some(next) = self.end(closed)? else { return Ok(Err(closed)) };
        let swallowed = self.swallows_rows(at..closed);
        Ok(Ok(if swallowed { Cell::Unclosed } else { Cell::Complete(next) }))
    }

    /// The cell whose opening quote is at `at`, and in which other quotes stand as they are: `"the
    /// "Premium" plan"`. None if the first two quotes belong together, or if it is not clear which
    /// quote is the last.
    fn loosely_quoted(&mut self, at: usize, quote: u8) -> io::Result<Option<Cell>> {
        let (mut from, mut open) = (at + 1, 0usize);
        loop {
            let Found::At(stop) = self.find(at, from, Needles(quote, quote))? else {
                return Ok(None);
            };
            let before = self.bytes.unread()[stop - 1];
            let next = self.bytes.byte(stop + 1)?;
            let opens = before.is_ascii_whitespace() || before == b'(' || stop == at + 1;
            let is_first = from == at + 1;
            if is_first && !opens || self.reaches_other_rows(at..stop) {
                return Ok(None);
            }
            self.cells.bytes.extend_from_slice(&self.bytes.unread()[from..stop]);
            from = stop + 1;
            if next == Some(quote) && open > 0 && self.end(stop + 2)?.is_some() {
                self.cells.bytes.push(quote);
                let end = self.end(stop + 2)?.unwrap_or(stop + 2);
                return Ok(Some(Cell::Complete(end)));
            }
            if let Some(end) = self.end(stop + 1)?
                && (open == 0 || !self.goes_on_as_prose(end)?)
            {
                return Ok(Some(Cell::Complete(end)));
            }
            from += usize::from(next == Some(quote));
            self.cells.bytes.push(quote);
            open = if opens { open + 1 } else { open.saturating_sub(1) };
        }
    }

    /// Where the delimiter or the end of the record stands behind the closing quote before `closed`;
    /// none if neither does.
    fn end(&mut self, closed: usize) -> io::Result<Option<usize>> {
        let next = closed + self.blanks(closed)?;
        let next = match self.bytes.byte(next)? {
            Some(b'\r') if self.ends_record(next + 1)? => next + 1,
            _ => next,
        };
        let delimiter = self.dialect.delimiter;
        let ends = self.ends_record(next)? || self.bytes.has(next, delimiter.as_bytes())?;
        Ok(ends.then_some(next))
    }

    fn ends_record(&mut self, at: usize) -> io::Result<bool> {
        Ok(self.bytes.byte(at)?.is_none_or(|byte| byte == self.dialect.terminator))
    }

    /// Whether a space follows the delimiter at `at`, as it follows a comma in a sentence.
    fn goes_on_as_prose(&mut self, at: usize) -> io::Result<bool> {
        let delimiter = self.dialect.delimiter;
        Ok(self.bytes.has(at, delimiter.as_bytes())?
            && self.bytes.byte(at + delimiter.len())? == Some(b' '))
    }

    /// Whether lines of a cell behind the first look like parts of other rows.
    fn reaches_other_rows(&self, cell: Range<usize>) -> bool {
        let delimiter = self.dialect.delimiter;
        let lines = self.bytes.unread()[cell].split(|&b| b == self.dialect.terminator);
        lines.skip(1).any(|line| delimiter.split(line).skip(1).any(|rest| !rest.starts_with(b" ")))
    }

    /// Whether the lines within a quoted cell are rows of the file. In prose, a space follows the
    /// comma; in rows, it does not.
    fn swallows_rows(&self, cell: Range<usize>) -> bool {
        let delimiter = self.dialect.delimiter;
        let is_row = |line: &[u8]| {
            let parts = delimiter.split(line).skip(1);
            parts.filter(|rest| !rest.starts_with(b" ")).count() + 1 == self.columns
        };
        let cell = &self.bytes.unread()[cell];
        if memchr::memchr(self.dialect.terminator, cell).is_none() {
            return false;
        }
        let lines = cell.split(|&b| b == self.dialect.terminator);
        let mut lines = lines.skip(1).peekable();
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
}
