//! A path → the bytes of what is in it, unpacked, of which the first are at hand.
//!
//! Whatever the format is, it gets its bytes here: compression is found by content, whatever the
//! file is called, and what it unpacks to is bounded.

mod bounded;
mod packing;
mod zstd;

use std::fs::{self, File};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use super::error::ReadError;
use super::fingerprint::Readings;
pub use packing::Packing;

/// Bytes of an input that tell of what kind it is, its dialect and its header.
const PREFIX_BYTES: u64 = 256 * 1024;

#[cfg(test)]
thread_local! {
    /// Inputs that this thread has opened.
    pub(crate) static OPENED: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Where an input comes from, and what all readings of it have in common.
#[derive(Clone)]
pub(crate) struct Origin {
    /// The file; `-` is standard input.
    pub(crate) path: PathBuf,
    /// All readings of its bytes.
    pub(crate) readings: Readings,
}

/// An open input, unpacked if it was packed.
pub(crate) struct Source {
    /// Where it comes from.
    pub(crate) origin: Origin,
    /// How it was packed, if it was.
    pub(crate) packing: Option<Packing>,
    /// The first unpacked bytes, at most 256 KiB.
    pub(crate) prefix: Vec<u8>,
    /// What comes after the prefix.
    pub(crate) rest: Box<dyn Read + Send>,
    /// Whether the prefix is the whole input.
    pub(crate) complete: bool,
}

impl Origin {
    /// Opens what is at `path` for the first time.
    pub(crate) fn new(path: &Path) -> Self {
        Self { path: path.to_owned(), readings: Readings::default() }
    }

    /// Opens the input, from its first byte on.
    pub(crate) fn open(&self) -> Result<Source, ReadError> {
        #[cfg(test)]
        OPENED.set(OPENED.get() + 1);
        Source::buffer(self.readings.read(raw(&self.path)?), self.clone())
            .map_err(|source| self.failed(source))
    }

    /// Whether it can be opened again and gives the same bytes, as a pipe does not.
    pub(crate) fn is_repeatable(&self) -> bool {
        let path = &self.path;
        // These may be regular files, but on some systems share one place of reading.
        let is_stream = ["/dev/stdin", "/dev/fd"].iter().any(|stream| path.starts_with(stream));
        path != Path::new("-")
            && !is_stream
            && fs::metadata(path).is_ok_and(|metadata| metadata.is_file())
    }

    /// That reading it failed.
    pub(crate) fn failed(&self, source: io::Error) -> ReadError {
        ReadError::Io { path: self.path.clone(), source }
    }
}

impl Source {
    fn buffer(mut raw: impl Read + Send + 'static, origin: Origin) -> io::Result<Self> {
        let mut magic = Vec::new();
        raw.by_ref().take(packing::MAGIC_BYTES).read_to_end(&mut magic)?;
        let packing = Packing::of(&magic);
        let raw = Cursor::new(magic).chain(raw);
        let rest: Box<dyn Read + Send> = match packing {
            Some(packing) => packing.unpack(raw),
            None => Box::new(raw),
        };
        Self::with_prefix(rest, packing, origin)
    }

    fn with_prefix(
        mut rest: Box<dyn Read + Send>,
        packing: Option<Packing>,
        origin: Origin,
    ) -> io::Result<Self> {
        let mut prefix = Vec::new();
        rest.by_ref().take(PREFIX_BYTES).read_to_end(&mut prefix)?;
        let complete = (prefix.len() as u64) < PREFIX_BYTES;
        Ok(Self { origin, packing, prefix, rest, complete })
    }

    /// The same input as `convert` makes it.
    ///
    /// # Errors
    /// If reading fails.
    pub(crate) fn through(
        self,
        convert: impl FnOnce(Box<dyn Read + Send>) -> Box<dyn Read + Send>,
    ) -> Result<Self, ReadError> {
        let Self { origin, packing, prefix, rest, .. } = self;
        let rest = convert(Box::new(Cursor::new(prefix).chain(rest)));
        Self::with_prefix(rest, packing, origin.clone()).map_err(|source| origin.failed(source))
    }

    /// All bytes, for formats that must jump about in them; none if there are more than `most`.
    ///
    /// # Errors
    /// If reading fails.
    pub(crate) fn into_bytes(self, most: u64) -> Result<Option<Vec<u8>>, ReadError> {
        let Self { origin, mut prefix, rest, .. } = self;
        let room = most.saturating_add(1).saturating_sub(prefix.len() as u64);
        rest.take(room).read_to_end(&mut prefix).map_err(|source| origin.failed(source))?;
        Ok(Some(prefix).filter(|bytes| bytes.len() as u64 <= most))
    }
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
