//! Telling UTF-8 text from everything else that lands in a folder of exports.

use std::path::Path;

use crate::read::error::ReadError;

const SAVE_AS_CSV: &str = "open it and save it as CSV UTF-8";
const SAVE_AS_UTF8: &str =
    "save it as CSV UTF-8, or convert it: iconv -f ENCODING -t UTF-8 IN > OUT";
const EXPORT_AGAIN: &str = "export the feedback as CSV UTF-8";
const UNPACK: &str = "unpack it first (only .gz is read as it is)";

/// What files of other kinds start with.
const SIGNATURES: [(&[u8], &str, &str); 14] = [
    (b"PK\x03\x04", "an Excel workbook or another ZIP archive", SAVE_AS_CSV),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Office document", SAVE_AS_CSV),
    (b"%PDF", "a PDF document", EXPORT_AGAIN),
    (b"PAR1", "a Parquet file", EXPORT_AGAIN),
    (b"SQLite format 3", "an SQLite database", EXPORT_AGAIN),
    (b"{\\rtf", "an RTF document", EXPORT_AGAIN),
    (b"\xff\xfe", "UTF-16 text (\"Unicode text\")", SAVE_AS_UTF8),
    (b"\xfe\xff", "UTF-16 text (\"Unicode text\")", SAVE_AS_UTF8),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xfd7zXZ", "an xz archive", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", UNPACK),
    (b"\x1f\x8b", "a file gzipped twice", "unpack it once"),
    (b"\x89PNG", "an image", EXPORT_AGAIN),
    (b"\xff\xd8\xff", "an image", EXPORT_AGAIN),
];

/// Lines with invalid UTF-8, and their share of all lines, from which on a file without a single
/// umlaut in UTF-8 is taken to be in another encoding. Fewer are rejects.
const FOREIGN_LINES: usize = 3;
const FOREIGN_SHARE: f64 = 0.1;

/// Makes sure that the first bytes of a file may be delimited text in UTF-8.
pub(crate) fn check(prefix: &[u8], path: &Path) -> Result<(), ReadError> {
    if prefix.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty { path: path.to_owned() });
    }
    match foreign(prefix) {
        Some((seems, remedy)) => Err(ReadError::Format { path: path.to_owned(), seems, remedy }),
        None => Ok(()),
    }
}

fn foreign(prefix: &[u8]) -> Option<(&'static str, &'static str)> {
    let signature = SIGNATURES.iter().find(|(magic, ..)| prefix.starts_with(magic));
    if let Some(&(_, seems, remedy)) = signature {
        return Some((seems, remedy));
    }
    let nul = prefix.iter().filter(|&&b| b == 0).count();
    if nul * 4 > prefix.len() {
        return Some(("UTF-16 text (\"Unicode text\") or binary data", SAVE_AS_UTF8));
    }
    let control = prefix.iter().filter(|b| b.is_ascii_control() && !b.is_ascii_whitespace());
    if control.count() * 10 > prefix.len().max(100) {
        return Some(("binary data", EXPORT_AGAIN));
    }
    if is_markup(prefix) {
        return Some(("a web page or XML", EXPORT_AGAIN));
    }
    if is_json(prefix) {
        return Some(("JSON", "convert it to CSV UTF-8"));
    }
    is_single_byte_encoded(prefix)
        .then_some(("text in another encoding than UTF-8, such as Windows-1252", SAVE_AS_UTF8))
}

fn is_markup(prefix: &[u8]) -> bool {
    let start = prefix.trim_ascii_start();
    let start = start[..start.len().min(14)].to_ascii_lowercase();
    [&b"<!doctype html"[..], b"<html", b"<?xml"].iter().any(|tag| start.starts_with(tag))
}

fn is_json(prefix: &[u8]) -> bool {
    let start = prefix.trim_ascii_start();
    let object = start.strip_prefix(b"[").map_or(start, <[u8]>::trim_ascii_start);
    object.strip_prefix(b"{").is_some_and(|rest| {
        let rest = rest.trim_ascii_start();
        let name = rest.strip_prefix(b"\"").and_then(|rest| rest.split(|&b| b == b'"').next());
        name.is_some_and(|name| {
            rest[1 + name.len()..]
                .strip_prefix(b"\"")
                .is_some_and(|rest| rest.trim_ascii_start().starts_with(b":"))
        })
    })
}

/// Whether bytes beyond ASCII are many, and never those of UTF-8.
fn is_single_byte_encoded(prefix: &[u8]) -> bool {
    let (mut lines, mut invalid) = (0, 0);
    for line in prefix.split(|&b| b == b'\n') {
        lines += 1;
        invalid += usize::from(std::str::from_utf8(line).is_err());
        if line.utf8_chunks().any(|chunk| !chunk.valid().is_ascii()) {
            return false;
        }
    }
    invalid >= FOREIGN_LINES && invalid as f64 >= FOREIGN_SHARE * lines as f64
}
