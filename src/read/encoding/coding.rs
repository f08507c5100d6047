//! Encodings of text, and decoding with them.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder};

/// Raw bytes that are decoded at a time.
const CHUNK_BYTES: usize = 64 * 1024;

/// The upper half of code page 850, in which old programs for DOS and the console write.
const CP850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤\
                     ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// An encoding of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Coding {
    /// UTF-8. What is no UTF-8 becomes U+FFFD, or letters of Windows-1252.
    Utf8(Invalid),
    /// Code page 850.
    Cp850,
    /// One of the encodings of the web.
    Web(&'static encoding_rs::Encoding),
}

/// What becomes of bytes that are no UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Invalid {
    /// U+FFFD, for everybody to see.
    Replaced,
    /// Letters of Windows-1252: where files were joined, both encodings occur.
    Windows1252,
}

impl Coding {
    /// The encoding that people call `label`.
    pub(crate) fn named(label: &str) -> Option<Self> {
        let label = label.trim().to_lowercase().replace(['_', ' '], "-");
        match label.as_str() {
            "utf-8" | "utf8" => Some(Self::Utf8(Invalid::Replaced)),
            "cp850" | "ibm850" | "dos" | "850" => Some(Self::Cp850),
            "macroman" | "mac-roman" | "mac" => Some(Self::Web(encoding_rs::MACINTOSH)),
            "latin9" | "latin-9" => Some(Self::Web(encoding_rs::ISO_8859_15)),
            "ansi" => Some(Self::Web(encoding_rs::WINDOWS_1252)),
            "utf-16" | "utf16" | "utf16le" => Some(Self::Web(encoding_rs::UTF_16LE)),
            "utf16be" => Some(Self::Web(encoding_rs::UTF_16BE)),
            label => {
                let encoding = encoding_rs::Encoding::for_label_no_replacement(label.as_bytes())?;
                Some(if encoding == encoding_rs::UTF_8 {
                    Self::Utf8(Invalid::Replaced)
                } else {
                    Self::Web(encoding)
                })
            }
        }
    }

    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Utf8(_) => "UTF-8",
            Self::Cp850 => "CP850",
            Self::Web(encoding) if encoding == encoding_rs::MACINTOSH => "MacRoman",
            Self::Web(encoding) if encoding == encoding_rs::WINDOWS_1252 => "Windows-1252",
            Self::Web(encoding) => encoding.name(),
        }
    }

    /// The character of a byte from 128 on, if it has one in an encoding of single bytes.
    pub(super) fn character(self, byte: u8) -> Option<char> {
        match self {
            Self::Utf8(_) => None,
            Self::Cp850 => CP850.chars().nth(usize::from(byte).checked_sub(128)?),
            Self::Web(encoding) => {
                let byte = [byte];
                let (text, malformed) = encoding.decode_without_bom_handling(&byte);
                text.chars().next().filter(|_| !malformed && encoding.is_single_byte())
            }
        }
    }

    /// Text in UTF-8 out of bytes in this encoding. Calls `tell_cut` where they end within a character.
    pub(super) fn decode(
        self,
        raw: impl Read + Send + 'static,
        tell_cut: impl Fn() + Send + 'static,
    ) -> Box<dyn Read + Send> {
        let converter: Box<dyn Convert> = match self {
            Self::Utf8(Invalid::Windows1252) => Box::new(Mixed::default()),
            Self::Utf8(Invalid::Replaced) => {
                Box::new(encoding_rs::UTF_8.new_decoder_without_bom_handling())
            }
            Self::Web(encoding) => Box::new(encoding.new_decoder_with_bom_removal()),
            Self::Cp850 => Box::new(SingleBytes(CP850.chars().collect())),
        };
        let (text, at, ended) = Default::default();
        Box::new(Decoding { raw, converter, tell_cut, text, at, ended })
    }
}

/// Makes UTF-8 of a chunk of bytes.
trait Convert: Send {
    /// Appends the text of `raw`; `last` says that nothing follows. Says whether it is known to hold bytes that are
    /// no text.
    fn convert(&mut self, raw: &[u8], text: &mut Vec<u8>, last: bool) -> bool;
}

impl Convert for Decoder {
    fn convert(&mut self, raw: &[u8], text: &mut Vec<u8>, last: bool) -> bool {
        let (mut read, mut malformed) = (0, false);
        loop {
            let start = text.len();
            let room = self.max_utf8_buffer_length(raw.len() - read).unwrap_or(CHUNK_BYTES);
            text.resize(start + room, 0);
            let (result, used, written, own) =
                self.decode_to_utf8(&raw[read..], &mut text[start..], last);
            text.truncate(start + written);
            read += used;
            malformed |= own;
            if result == CoderResult::InputEmpty {
                return malformed;
            }
        }
    }
}

/// The characters of the bytes from 128 on.
struct SingleBytes(Vec<char>);

impl Convert for SingleBytes {
    fn convert(&mut self, raw: &[u8], text: &mut Vec<u8>, _last: bool) -> bool {
        for &byte in raw {
            match usize::from(byte).checked_sub(128).and_then(|index| self.0.get(index)) {
                Some(c) => text.extend(c.encode_utf8(&mut [0; 4]).bytes()),
                None => text.push(byte),
            }
        }
        false
    }
}

/// UTF-8 in which other bytes are letters of Windows-1252.
#[derive(Default)]
struct Mixed {
    /// Bytes that may go on in the next chunk, behind the one before them.
    pending: Vec<u8>,
    /// How many of them are text already.
    read: usize,
}

impl Convert for Mixed {
    fn convert(&mut self, raw: &[u8], text: &mut Vec<u8>, last: bool) -> bool {
        let mut bytes = std::mem::take(&mut self.pending);
        bytes.extend(raw);
        let is_cut = last && is_cut_utf8(&bytes);
        let whole = match last && !is_cut {
            true => bytes.len(),
            false => bytes.len() - cut_character(&bytes),
        };
        for chunk in bytes[self.read..whole].utf8_chunks() {
            text.extend(chunk.valid().bytes());
            let letters = encoding_rs::WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0;
            text.extend(letters.bytes());
        }
        if is_cut {
            text.extend("\u{fffd}".bytes());
        }
        self.read = whole.min(1);
        self.pending = bytes.split_off(whole - self.read);
        is_cut
    }
}

/// Bytes at the end that may be the start of a character.
pub(super) fn cut_character(bytes: &[u8]) -> usize {
    let tail = &bytes[bytes.len().saturating_sub(3)..];
    let start = tail.iter().rposition(|&byte| byte >= 0xc0);
    start.map_or(0, |start| {
        let length = tail.len() - start;
        let whole = match tail[start] {
            0xc0..0xe0 => 2,
            0xe0..0xf0 => 3,
            _ => 4,
        };
        if length < whole { length } else { 0 }
    })
}

/// The start of a character of UTF-8 in which bytes end, if they do.
pub(super) fn start_of_character(bytes: &[u8]) -> &[u8] {
    let last = bytes.utf8_chunks().last().map_or(&[][..], |chunk| chunk.invalid());
    let is_start = std::str::from_utf8(last).is_err_and(|error| error.error_len().is_none());
    if is_start { last } else { &[] }
}

/// Whether bytes end in the start of a character of UTF-8 rather than with a letter of another encoding, as far as
/// they tell by themselves. "ä", "é" and the like start as do "Ä" and "Ã" in those of single bytes, with which hardly
/// a text ends unless it is in capitals.
pub(super) fn is_cut_utf8(bytes: &[u8]) -> bool {
    let start = start_of_character(bytes);
    let before = bytes[..bytes.len() - start.len()].last();
    match start {
        [] => false,
        [0xc2..=0xc5] => !before.is_some_and(u8::is_ascii_uppercase),
        [_] => false,
        _ => true,
    }
}

/// Reads text out of bytes.
struct Decoding<R, T> {
    raw: R,
    converter: Box<dyn Convert>,
    tell_cut: T,
    text: Vec<u8>,
    /// Where the unread part of the text starts.
    at: usize,
    ended: bool,
}

impl<R: Read, T: Fn()> Read for Decoding<R, T> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.at == self.text.len() && !self.ended {
            let mut raw = [0; CHUNK_BYTES];
            let length = self.raw.read(&mut raw)?;
            self.text.clear();
            self.at = 0;
            self.ended = length == 0;
            let malformed = self.converter.convert(&raw[..length], &mut self.text, self.ended);
            // Nothing came any more, and yet something was wrong: what came before had to go on.
            if self.ended && malformed {
                (self.tell_cut)();
            }
        }
        let length = buffer.len().min(self.text.len() - self.at);
        buffer[..length].copy_from_slice(&self.text[self.at..self.at + length]);
        self.at += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::fingerprint::Readings;

    /// Gives one byte at a time, so that every character is cut.
    struct Drops(Vec<u8>);

    impl Read for Drops {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let length = usize::from(!self.0.is_empty());
            buffer[..length].copy_from_slice(&self.0.drain(..length).collect::<Vec<_>>());
            Ok(length)
        }
    }

    fn text(label: &str, bytes: &[u8]) -> String {
        decoded(Coding::named(label).unwrap(), bytes)
    }

    fn decoded(coding: Coding, bytes: &[u8]) -> String {
        let mut text = String::new();
        coding.decode(Drops(bytes.to_vec()), || ()).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn text_that_ends_within_a_character_is_told() {
        let is_cut = |label, bytes: &'static [u8]| {
            let readings = Readings::default();
            let told = readings.clone();
            let coding = Coding::named(label).unwrap();
            let mut text = coding.decode(bytes, move || told.tell_cut());
            io::copy(&mut text, &mut io::sink()).unwrap();
            readings.is_cut()
        };
        for (label, bytes) in [
            ("utf-16", &b"\xff\xfes\0\xfc"[..]),
            ("utf-16", b"s\0\x3d\xd8"),
            ("UTF-16BE", b"\0s\xd8\x3d\xde"),
            ("shift_jis", b"s\x83"),
            ("utf-8", b"sch\xc3"),
        ] {
            assert!(is_cut(label, bytes), "{label}, {bytes:?}");
        }
        for (label, bytes) in [
            ("utf-16", &b"s\0\xfc\0"[..]),
            ("utf-16", b"\x3d\xd8s\0"),
            ("cp1252", b"\xfc"),
            ("cp850", b"\xfc"),
        ] {
            assert!(!is_cut(label, bytes), "{label}, {bytes:?}");
        }
    }

    #[test]
    fn text_is_decoded_whatever_the_chunks() {
        assert_eq!(text("UTF-8", "a€\u{1f600}ü".as_bytes()), "a€\u{1f600}ü");
        assert_eq!(text("utf8", b"sch\xf6n"), "sch\u{fffd}n");
        assert_eq!(text("cp1252", b"sch\xf6n \x80"), "schön €");
        assert_eq!(text("ISO 8859-15", b"\xa4"), "€");
        assert_eq!(text("mac_roman", b"sch\x9an, it\xd5s"), "schön, it’s");
        assert_eq!(text("cp850", b"sch\x94n, gro\xe1 \xff"), "schön, groß \u{a0}");
        assert_eq!(text("utf-16", b"\xff\xfes\0\xfc\0"), "sü");
        assert_eq!(text("UTF-16BE", b"\0s\0\xfc"), "sü");
        assert_eq!(Coding::named("klingon"), None);
    }

    #[test]
    fn bytes_of_windows_1252_among_utf8_are_letters() {
        let mixed = Coding::Utf8(Invalid::Windows1252);
        for (bytes, text) in [
            (&b"sch\xf6n, caf\xe9"[..], "schön, café"),
            (b"sch\xf6n, sch\xc3", "schön, sch\u{fffd}"),
            (b"sch\xf6n, NIV\xc5", "schön, NIVÅ"),
            (b"sch\xf6n, 3 \xe2\x82", "schön, 3 \u{fffd}"),
            (b"\xe2\x82", "\u{fffd}"),
        ] {
            assert_eq!(decoded(mixed, bytes), text);
        }
        assert_eq!(decoded(mixed, b"\xc3\xb6 \xf6l \xe2\x82\xac \xe2\x82 \xfc"), "ö öl € â‚ ü");
    }

    #[test]
    fn code_pages_have_a_character_for_each_byte() {
        assert_eq!(CP850.chars().count(), 128);
        for (byte, c) in [(0x81, 'ü'), (0x84, 'ä'), (0xe1, 'ß'), (0xd0, 'ð'), (0xf5, '§')] {
            assert_eq!(Coding::Cp850.character(byte), Some(c));
        }
    }
}
