//! What the bytes of a text say about its encoding, from the first to the last.

use std::io::Read;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::coding::{Coding, Invalid, cut_character, is_cut_utf8, start_of_character};
use super::western::Western;

/// Bytes that are read at a time.
const CHUNK_BYTES: usize = 256 * 1024;

/// Bytes of lines beyond ASCII that a detector is given: it knows long before.
const DETECTOR_BYTES: usize = 4 << 20;

/// Characters of UTF-8 for one invalid byte from which on the text is UTF-8 with a few bad bytes.
/// In other encodings, bytes are valid UTF-8 by chance now and then.
const CHANCE: u64 = 20;

/// Invalid bytes from which on files in two encodings may have been joined.
const JOINED: u64 = 3;

/// How well Western letters must fit on average to stand against a detector that does not know
/// their encoding.
const GOOD_FIT: f64 = 1.0;

/// What was seen of a text.
pub(super) struct Scan {
    /// Characters of UTF-8 beyond ASCII.
    multibyte: u64,
    /// Runs of bytes that are no UTF-8.
    pub(super) invalid: u64,
    /// Whether the last of them is the start of a character, and whether it is so likely that it tells the encoding.
    ends_within: bool,
    is_cut: bool,
    western: Western,
    detector: EncodingDetector,
    detected: usize,
}

impl Scan {
    /// Looks at all of `text`.
    pub(super) fn of(mut text: impl Read) -> Self {
        let mut scan = Self {
            multibyte: 0,
            invalid: 0,
            ends_within: false,
            is_cut: false,
            western: Western::new(),
            detector: EncodingDetector::new(Iso2022JpDetection::Deny),
            detected: 0,
        };
        let mut buffer = Vec::with_capacity(2 * CHUNK_BYTES);
        loop {
            // What fails here fails again when the rows are read, and is told then.
            let part = text.by_ref().take(CHUNK_BYTES as u64).read_to_end(&mut buffer);
            let read = part.unwrap_or_default();
            let whole = if read == 0 { buffer.len() } else { whole_lines(&buffer) };
            scan.add(&buffer[..whole]);
            if read == 0 {
                scan.ends_within = !start_of_character(&buffer).is_empty();
                scan.is_cut = is_cut_utf8(&buffer);
                return scan;
            }
            buffer.drain(..whole);
        }
    }

    fn add(&mut self, lines: &[u8]) {
        if lines.is_ascii() {
            return;
        }
        if simdutf8::basic::from_utf8(lines).is_ok() {
            self.multibyte += characters_beyond_ascii(lines);
            return;
        }
        for line in lines.split(|&byte| byte == b'\n' || byte == b'\r') {
            let mut is_foreign = false;
            for chunk in line.utf8_chunks() {
                self.multibyte += chunk.valid().chars().filter(|c| !c.is_ascii()).count() as u64;
                is_foreign |= !chunk.invalid().is_empty();
                self.invalid += u64::from(!chunk.invalid().is_empty());
            }
            if is_foreign {
                self.western.add(line);
                if self.detected < DETECTOR_BYTES {
                    self.detector.feed(line, false);
                    self.detector.feed(b"\n", false);
                    self.detected += line.len();
                }
            }
        }
    }

    /// The encoding in which the text most likely is.
    pub(super) fn coding(&self) -> Coding {
        if self.is_cut && self.invalid == 1 {
            return Coding::Utf8(Invalid::Replaced);
        }
        if self.multibyte * CHANCE >= self.invalid {
            let many = self.invalid >= JOINED && self.invalid * CHANCE >= self.multibyte;
            let letters = self.western.fit(Coding::Web(encoding_rs::WINDOWS_1252)) >= GOOD_FIT;
            let joined = many && letters;
            return Coding::Utf8(if joined { Invalid::Windows1252 } else { Invalid::Replaced });
        }
        let western = self.western.best();
        let guess = self.detector.guess(None, Utf8Detection::Deny);
        let unknown_to_detector =
            western == Coding::Cp850 || western == Coding::Web(encoding_rs::MACINTOSH);
        let fits = unknown_to_detector && self.western.fit(western) >= GOOD_FIT;
        if guess == encoding_rs::WINDOWS_1252 || fits { western } else { Coding::Web(guess) }
    }

    /// Places with bytes that are no text in an encoding, but for a character that the text ends in.
    pub(super) fn invalid_in(&self, coding: Coding) -> u64 {
        match coding {
            Coding::Utf8(Invalid::Replaced) => self.invalid - u64::from(self.ends_within),
            Coding::Utf8(Invalid::Windows1252) => self.invalid - u64::from(self.is_cut),
            _ => 0,
        }
    }

    /// Whether there was nothing beyond ASCII.
    pub(super) fn is_ascii(&self) -> bool {
        self.multibyte == 0 && self.invalid == 0
    }
}

/// How many characters of UTF-8 have more than one byte.
fn characters_beyond_ascii(text: &[u8]) -> u64 {
    // As many at a time as a byte can count, which is many times as fast.
    let starts = |part: &[u8]| part.iter().map(|&byte| u8::from(byte >= 0xc0)).sum::<u8>();
    text.chunks(usize::from(u8::MAX)).map(|part| u64::from(starts(part))).sum()
}

/// Where the last line begins, or the character that may go on; everything, if that is too long.
fn whole_lines(buffer: &[u8]) -> usize {
    match memchr::memrchr2(b'\n', b'\r', buffer) {
        Some(end) => end + 1,
        None => buffer.len() - cut_character(buffer),
    }
}
