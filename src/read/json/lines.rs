//! The lines of a file, none of them larger than a record may be.

use std::io::{self, BufRead, BufReader, Read};

use super::gauge::MAX_RECORD_BYTES;

/// A stream of lines that are not blank.
pub(super) struct Lines<R> {
    bytes: BufReader<R>,
    number: u64,
}

/// A line that is not blank.
pub(super) struct Line {
    /// From 1; blank ones count.
    pub(super) number: u64,
    /// Its bytes without the line break; none if they are too many.
    pub(super) bytes: Option<Vec<u8>>,
}

impl<R: Read> Lines<R> {
    /// The lines of `bytes`.
    pub(super) fn new(bytes: R) -> Self {
        Self { bytes: BufReader::with_capacity(1 << 16, bytes), number: 0 }
    }

    /// The next line, blank or not.
    fn line(&mut self) -> io::Result<Option<Line>> {
        let mut bytes = Vec::new();
        let mut limited = self.bytes.by_ref().take(MAX_RECORD_BYTES);
        if limited.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        self.number += 1;
        if !bytes.ends_with(b"\n") && bytes.len() as u64 == MAX_RECORD_BYTES {
            self.bytes.skip_until(b'\n')?;
            return Ok(Some(Line { number: self.number, bytes: None }));
        }
        Ok(Some(Line { number: self.number, bytes: Some(bytes) }))
    }
}

impl<R: Read> Iterator for Lines<R> {
    type Item = io::Result<Line>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let line = self.line().transpose()?;
            let blank = |line: &Line| {
                line.bytes.as_ref().is_some_and(|bytes| bytes.trim_ascii().is_empty())
            };
            if !line.as_ref().is_ok_and(blank) {
                return Some(line);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_lines_count_and_a_line_without_end_is_let_go() {
        let long = vec![b'x'; MAX_RECORD_BYTES as usize + 5];
        let text = [&b"one\n\n \r\ntwo\r\n"[..], &long, b"\nthree"].concat();
        let lines: Vec<Line> = Lines::new(&text[..]).map(Result::unwrap).collect();
        let found: Vec<_> = lines.iter().map(|line| (line.number, line.bytes.as_deref())).collect();
        let expected =
            [(1, Some(&b"one\n"[..])), (4, Some(b"two\r\n")), (5, None), (6, Some(b"three"))];
        assert_eq!(found, expected);
    }
}
