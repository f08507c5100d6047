//! How bytes are divided into records and cells.

/// Largest number of bytes of a delimiter.
const MAX_DELIMITER_BYTES: usize = 4;

/// What stands between the cells of a record: a sign or a few.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Delimiter {
    bytes: [u8; MAX_DELIMITER_BYTES],
    length: u8,
}

impl Delimiter {
    /// Stands in for the delimiter of a file with one column: a control character that no text
    /// contains.
    pub(crate) const NONE: Self = Self::sign(0x1f);

    /// One ASCII character.
    pub(crate) const fn sign(byte: u8) -> Self {
        Self { bytes: [byte, 0, 0, 0], length: 1 }
    }

    /// What is written so, or called so; none if it cannot delimit.
    pub(crate) fn written(text: &str) -> Option<Self> {
        let text = match text.to_lowercase().as_str() {
            "tab" | "\\t" => "\t",
            "comma" => ",",
            "semicolon" => ";",
            "pipe" => "|",
            "space" => " ",
            _ => text,
        };
        let unfit = |c: char| c.is_alphanumeric() || matches!(c, '"' | '\n' | '\r' | '\0');
        let length = text.len();
        if length == 0 || length > MAX_DELIMITER_BYTES || text.contains(unfit) {
            return None;
        }
        let mut bytes = [0; MAX_DELIMITER_BYTES];
        bytes[..length].copy_from_slice(text.as_bytes());
        Some(Self { bytes, length: length as u8 })
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len()]
    }

    pub(crate) fn len(&self) -> usize {
        usize::from(self.length)
    }

    pub(crate) fn first(&self) -> u8 {
        self.bytes[0]
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(self.as_bytes()).into_owned()
    }

    /// The parts of a line between delimiters.
    pub(crate) fn split<'b>(&self, line: &'b [u8]) -> impl Iterator<Item = &'b [u8]> + use<'b> {
        let own = *self;
        let mut rest = Some(line);
        std::iter::from_fn(move || {
            let line = rest?;
            match memchr::memmem::find(line, own.as_bytes()) {
                Some(at) => {
                    rest = Some(&line[at + own.len()..]);
                    Some(&line[..at])
                }
                None => rest.take(),
            }
        })
    }
}

/// How bytes are divided into records and cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Dialect {
    pub(crate) delimiter: Delimiter,
    /// What wraps cells, if anything does.
    pub(crate) quote: Option<u8>,
    /// Whether a backslash stands before a quote within a quoted cell, where others double it.
    pub(crate) backslash: bool,
    /// `\n` (a `\r` before it is dropped), or `\r` in files of old Macs.
    pub(crate) terminator: u8,
}

impl Dialect {
    /// Quoted as RFC 4180 has it.
    pub(crate) fn quoted(delimiter: Delimiter, terminator: u8) -> Self {
        Self { delimiter, quote: Some(b'"'), backslash: false, terminator }
    }

    /// Where cells are as they are.
    pub(crate) fn unquoted(delimiter: Delimiter, terminator: u8) -> Self {
        Self { quote: None, ..Self::quoted(delimiter, terminator) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_signs() {
        for (written, bytes) in
            [(";", &b";"[..]), ("||", b"||"), ("tab", b"\t"), ("¦", b"\xc2\xa6")]
        {
            assert_eq!(Delimiter::written(written).unwrap().as_bytes(), bytes);
        }
        for written in ["", "\"", "\n", "x", "-->-->", ";\n"] {
            assert_eq!(Delimiter::written(written), None, "{written:?}");
        }
        let parts: Vec<_> = Delimiter::written("||").unwrap().split(b"a||b|c||").collect();
        assert_eq!(parts, [&b"a"[..], b"b|c", b""]);
    }
}
