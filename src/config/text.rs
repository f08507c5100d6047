//! Text files that people write: configuration, codebook, corrections.
//!
//! They are read as UTF-8 or not at all. Another encoding could only be guessed, and a wrong guess turns
//! `für` into a keyphrase that no customer writes, without a word.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::visible::visible_path;

/// Why the text of a file cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// The file cannot be read.
    #[error("{}: cannot read {what}: {source}; check the path", visible_path(path))]
    Read {
        /// The file.
        path: PathBuf,
        /// What it should hold: "the codebook".
        what: &'static str,
        /// What the system says.
        source: io::Error,
    },
    /// The file is no text in UTF-8.
    #[error("{}:{line}:{column}: {what} seems to be {seems}; {remedy}", visible_path(path))]
    Encoding {
        /// The file.
        path: PathBuf,
        /// What it should hold.
        what: &'static str,
        /// First line that is not UTF-8, from 1.
        line: usize,
        /// Its first column that is not UTF-8, in characters from 1.
        column: usize,
        /// What the file looks like.
        seems: &'static str,
        /// What to do.
        remedy: &'static str,
    },
}

const SAVE: &str = "save it as UTF-8 (in Excel: \"CSV UTF-8\"), or convert it: \
                    iconv -f ENCODING -t UTF-8 IN > OUT";
const WORKBOOK: &[u8] = b"PK\x03\x04";

/// The text of a file without its byte order mark; `what` says in errors what it should hold.
///
/// # Errors
/// If the file cannot be read or is not UTF-8, with line and column.
pub fn read(path: &Path, what: &'static str) -> Result<String, TextError> {
    let bytes =
        fs::read(path).map_err(|source| TextError::Read { path: path.to_owned(), what, source })?;
    match text(bytes) {
        Ok(text) => Ok(text),
        Err(Foreign { place: (line, column), seems, remedy }) => {
            Err(TextError::Encoding { path: path.to_owned(), what, line, column, seems, remedy })
        }
    }
}

/// What bytes are instead of UTF-8.
struct Foreign {
    place: (usize, usize),
    seems: &'static str,
    remedy: &'static str,
}

fn text(bytes: Vec<u8>) -> Result<String, Foreign> {
    let start = |seems, remedy| Foreign { place: (1, 1), seems, remedy };
    if bytes.starts_with(WORKBOOK) {
        let remedy = "open it and save the sheet as CSV UTF-8";
        return Err(start("an Excel workbook or another ZIP archive", remedy));
    }
    // Without its mark, UTF-16 of western languages has a zero in every other byte, and is valid UTF-8.
    if [[0xff, 0xfe], [0xfe, 0xff]].iter().any(|mark| bytes.starts_with(mark)) || bytes.contains(&0)
    {
        return Err(start("UTF-16 text (\"Unicode text\") or binary data", SAVE));
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let before = String::from_utf8_lossy(&error.as_bytes()[..valid]).into_owned();
            Err(Foreign {
                place: place(&before, before.len()),
                seems: "text in another encoding than UTF-8, such as Windows-1252",
                remedy: SAVE,
            })
        }
    }
}

/// Line and column, both from 1, of a byte of a text; columns are counted in characters.
pub(super) fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(byte)];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(bytes: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("own.toml");
        fs::write(&path, bytes).unwrap();
        read(&path, "the codebook").unwrap_err().to_string()
    }

    #[test]
    fn another_encoding_is_told_with_its_place_and_the_remedy() {
        let windows = error(b"# Codebook\n# ja, f\xfcr uns\n");
        assert!(windows.contains("own.toml:2:8: the codebook seems to be"), "{windows}");
        assert!(windows.contains("Windows-1252; save it as UTF-8"), "{windows}");
        let utf16: Vec<u8> = "a = 1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [[&[0xff, 0xfe][..], &utf16].concat(), utf16] {
            let told = error(&bytes);
            assert!(told.contains("own.toml:1:1:") && told.contains("UTF-16"), "{told}");
        }
        assert!(error(b"PK\x03\x04\x14\x00").contains("Excel workbook"));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        assert_eq!(text("\u{feff}a".into()).ok().as_deref(), Some("a"));
    }

    #[test]
    fn places_are_counted_in_characters() {
        assert_eq!(place("ä\nöü = 1", "ä\nöü".len()), (2, 3));
    }
}
