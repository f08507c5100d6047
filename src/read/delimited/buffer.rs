//! A stream of bytes of which the part that is looked at is held.

use std::io::{self, Read};

/// Bytes asked of the source at a time.
const CHUNK_BYTES: usize = 64 * 1024;

/// Where a search ended, as an offset.
pub(super) enum Found {
    At(usize),
    End(usize),
    TooFar,
}

/// What is searched for: one of two bytes, which may be the same.
#[derive(Clone, Copy)]
pub(super) struct Needles(pub(super) u8, pub(super) u8);

/// The unread bytes of a source, as many as were asked for. Offsets count from the first of them.
pub(super) struct Buffer<R> {
    source: R,
    bytes: Vec<u8>,
    start: usize,
    /// Line on which the first unread byte stands.
    pub(super) line: u64,
    terminator: u8,
}

impl<R: Read> Buffer<R> {
    pub(super) fn new(source: R, line: u64, terminator: u8) -> Self {
        Self { source, bytes: Vec::new(), start: 0, line, terminator }
    }

    /// Searches from `from` on, up to `limit`.
    pub(super) fn find(
        &mut self,
        mut from: usize,
        limit: usize,
        Needles(one, other): Needles,
    ) -> io::Result<Found> {
        loop {
            let length = self.unread().len();
            match memchr::memchr2(one, other, &self.unread()[from.min(length)..]) {
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

    /// The byte at an offset; none behind the end.
    pub(super) fn byte(&mut self, at: usize) -> io::Result<Option<u8>> {
        while at >= self.unread().len() {
            if !self.fill()? {
                return Ok(None);
            }
        }
        Ok(Some(self.unread()[at]))
    }

    /// Whether `bytes` stand at an offset.
    pub(super) fn has(&mut self, at: usize, bytes: &[u8]) -> io::Result<bool> {
        self.byte(at + bytes.len() - 1)?;
        Ok(self.unread().get(at..).is_some_and(|rest| rest.starts_with(bytes)))
    }

    pub(super) fn unread(&self) -> &[u8] {
        &self.bytes[self.start..]
    }

    /// Goes past bytes.
    pub(super) fn consume(&mut self, length: usize) {
        self.line += self.lines_in(length);
        self.start += length;
    }

    /// Goes past a line of so many bytes, of which the last ends it.
    pub(super) fn consume_line(&mut self, length: usize) {
        self.line += 1;
        self.start += length;
    }

    /// So many of the bytes gone past last, none of which was asked for since.
    pub(super) fn behind(&self, length: usize) -> &[u8] {
        &self.bytes[self.start - length..self.start]
    }

    /// Goes past the next byte and returns it; none at the end.
    pub(super) fn take(&mut self) -> io::Result<Option<u8>> {
        let byte = self.byte(0)?;
        self.consume(usize::from(byte.is_some()));
        Ok(byte)
    }

    /// Line ends among the next bytes.
    pub(super) fn lines_in(&self, length: usize) -> u64 {
        memchr::memchr_iter(self.terminator, &self.unread()[..length]).count() as u64
    }

    /// Drops what has been read and appends a chunk; false at the end of the source.
    fn fill(&mut self) -> io::Result<bool> {
        self.bytes.drain(..self.start);
        self.start = 0;
        let length = self.bytes.len();
        self.bytes.resize(length + CHUNK_BYTES, 0);
        let read = loop {
            match self.source.read(&mut self.bytes[length..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        self.bytes.truncate(length + read.as_ref().map_or(0, |&read| read));
        Ok(read? > 0)
    }
}
