//! Bytes that are taken for UTF-8 until they show that they are not.

use std::io::{self, Read};

use super::coding::cut_character;
use crate::read::fingerprint::Readings;

/// Hands bytes through as they are, and tells if some are no UTF-8.
pub(super) struct Assumed<R> {
    raw: R,
    readings: Readings,
    /// The start of a character that the last bytes ended in.
    cut: Vec<u8>,
}

impl<R> Assumed<R> {
    pub(super) fn new(raw: R, readings: Readings) -> Self {
        Self { raw, readings, cut: Vec::new() }
    }

    fn look_at(&mut self, bytes: &[u8]) {
        let whole = bytes.len() - cut_character(bytes);
        if simdutf8::basic::from_utf8(&bytes[..whole]).is_err() {
            self.readings.tell_foreign();
        }
        self.cut = bytes[whole..].to_vec();
    }
}

impl<R: Read> Read for Assumed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        // What was read to the end before was looked at then, and other bytes than those are an error.
        let is_known = self.readings.fingerprint().is_some() || self.readings.is_foreign();
        let length = self.raw.read(buffer)?;
        if is_known {
            return Ok(length);
        }
        if length == 0 && !buffer.is_empty() && !self.cut.is_empty() {
            self.readings.tell_foreign();
        }
        if length > 0 {
            match self.cut.is_empty() {
                true => self.look_at(&buffer[..length]),
                false => {
                    let mut joined = std::mem::take(&mut self.cut);
                    joined.extend_from_slice(&buffer[..length]);
                    self.look_at(&joined);
                }
            }
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives few bytes at a time.
    struct Slow<'b>(&'b [u8], usize);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = self.1.min(self.0.len()).min(buffer.len());
            buffer[..length].copy_from_slice(&self.0[..length]);
            self.0 = &self.0[length..];
            Ok(length)
        }
    }

    #[test]
    fn bytes_come_through_and_what_is_no_utf_8_is_told_wherever_reading_stops() {
        let cases: [(&[u8], bool); 5] = [
            ("Grüße an 東京 🙂!".as_bytes(), false),
            (b"plain", false),
            (b"Gr\xfc\xdfe", true),
            (b"cut \xf0\x9f\x99", true),
            (b"", false),
        ];
        for (bytes, foreign) in cases {
            for step in 1..8 {
                let readings = Readings::default();
                let mut read = Vec::new();
                Assumed::new(Slow(bytes, step), readings.clone()).read_to_end(&mut read).unwrap();
                assert_eq!((read.as_slice(), readings.is_foreign()), (bytes, foreign), "{step}");
            }
        }
    }
}
