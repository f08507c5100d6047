//! Telling UTF-8 from text in other encodings.

use std::path::Path;

use crate::read::error::ReadError;

/// Lines with invalid UTF-8, and their share of all lines, from which on a file without a single
/// umlaut in UTF-8 is taken to be in another encoding. Fewer are rejects.
const FOREIGN_LINES: usize = 3;
const FOREIGN_SHARE: f64 = 0.1;

/// Makes sure that the first bytes of a file may be text in UTF-8.
pub(crate) fn check(prefix: &[u8], path: &Path) -> Result<(), ReadError> {
    if !is_single_byte_encoded(prefix) {
        return Ok(());
    }
    Err(ReadError::Format {
        path: path.to_owned(),
        seems: "text in another encoding than UTF-8, such as Windows-1252",
        remedy: "save it as CSV UTF-8, or convert it: iconv -f ENCODING -t UTF-8 IN > OUT",
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
