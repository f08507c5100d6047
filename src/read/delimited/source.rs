//! A path → a stream of plain bytes, of which the first are at hand.

use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;

use crate::read::error::ReadError;
use crate::read::fingerprint::Readings;

/// Bytes of a file that decide on its encoding, its dialect and its header.
const PREFIX_BYTES: u64 = 256 * 1024;

const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];

#[cfg(test)]
thread_local! {
    /// Inputs that this thread has opened.
    pub(crate) static OPENED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// An open input, unpacked if it was gzipped.
pub(crate) struct Source {
    /// The first bytes, without a UTF-8 byte order mark.
    pub(crate) prefix: Vec<u8>,
    /// What comes after the prefix.
    pub(crate) rest: Box<dyn Read + Send>,
    /// Whether the prefix is the whole input.
    pub(crate) complete: bool,
    pub(crate) byte_order_mark: bool,
}

impl Source {
    /// Opens a file, or standard input if the path is `-`.
    pub(crate) fn open(path: &Path, readings: &Readings) -> Result<Self, ReadError> {
        #[cfg(test)]
        OPENED.set(OPENED.get() + 1);
        Self::buffer(readings.read(raw(path)?))
            .map_err(|source| ReadError::Io { path: path.to_owned(), source })
    }

    fn buffer(mut raw: impl Read + Send + 'static) -> io::Result<Self> {
        let mut magic = Vec::new();
        raw.by_ref().take(2).read_to_end(&mut magic)?;
        let gzipped = magic == GZIP_MAGIC;
        let raw = Cursor::new(magic).chain(raw);
        let mut rest: Box<dyn Read + Send> =
            if gzipped { Box::new(MultiGzDecoder::new(raw)) } else { Box::new(raw) };
        let mut prefix = Vec::new();
        rest.by_ref().take(PREFIX_BYTES).read_to_end(&mut prefix)?;
        let complete = (prefix.len() as u64) < PREFIX_BYTES;
        let byte_order_mark = prefix.starts_with("\u{feff}".as_bytes());
        if byte_order_mark {
            prefix.drain(..'\u{feff}'.len_utf8());
        }
        Ok(Self { prefix, rest, complete, byte_order_mark })
    }
}

/// Whether a path can be opened again and gives the same bytes, as that of a pipe does not.
pub(crate) fn is_repeatable(path: &Path) -> bool {
    // These may be regular files, but on some systems share one place of reading.
    let is_stream = ["/dev/stdin", "/dev/fd"].iter().any(|stream| path.starts_with(stream));
    path != Path::new("-")
        && !is_stream
        && fs::metadata(path).is_ok_and(|metadata| metadata.is_file())
}

fn raw(path: &Path) -> Result<Box<dyn Read + Send>, ReadError> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin()));
    }
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => ReadError::NotFound { path: path.to_owned() },
        io::ErrorKind::IsADirectory => ReadError::Directory { path: path.to_owned() },
        _ => ReadError::Io { path: path.to_owned(), source },
    };
    if path.is_dir() {
        return Err(ReadError::Directory { path: path.to_owned() });
    }
    Ok(Box::new(File::open(path).map_err(failed)?))
}
