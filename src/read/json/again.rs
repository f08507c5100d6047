//! Reading an input from its start, as often as wanted.

use std::fs::File;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

use crate::read::encoding::Encoding;
use crate::read::error::ReadError;
use crate::read::fingerprint::Readings;
use crate::read::source::{Origin, Source};

/// An input that can be read again, unpacked.
pub(super) struct Again {
    origin: Origin,
    encoding: Encoding,
    place: Place,
}

/// Where its bytes are.
enum Place {
    /// All of them here.
    Memory(Arc<[u8]>),
    /// Where they came from.
    Origin,
    /// In a file without a name, which the system takes away with this.
    Copy(Arc<File>),
}

impl Again {
    /// Makes sure that the bytes of `source`, which is decoded, can be read again.
    pub(super) fn new(source: Source, encoding: &Encoding) -> io::Result<Self> {
        let origin = source.origin.clone();
        let place = if source.complete {
            Place::Memory(source.prefix.into())
        } else if origin.is_repeatable() {
            Place::Origin
        } else {
            let mut copy = tempfile::tempfile()?;
            io::copy(&mut Cursor::new(source.prefix).chain(source.rest), &mut copy)?;
            Place::Copy(Arc::new(copy))
        };
        Ok(Self { origin, encoding: encoding.clone(), place })
    }

    /// The bytes from the first on.
    pub(super) fn read(&self) -> Result<Box<dyn Read + Send>, ReadError> {
        Ok(match &self.place {
            Place::Memory(bytes) => Box::new(Cursor::new(Arc::clone(bytes))),
            Place::Copy(file) => Box::new(CopyReader { file: Arc::clone(file), at: 0 }),
            Place::Origin => {
                let source = self.encoding.decode(self.origin.open()?)?;
                Box::new(Cursor::new(source.prefix).chain(source.rest))
            }
        })
    }

    pub(super) fn readings(&self) -> &Readings {
        &self.origin.readings
    }
}

/// A reading of a file that others read as well, each at its own place.
struct CopyReader {
    file: Arc<File>,
    at: u64,
}

impl Read for CopyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let length = std::os::unix::fs::FileExt::read_at(&*self.file, buffer, self.at)?;
        #[cfg(windows)]
        let length = std::os::windows::fs::FileExt::seek_read(&*self.file, buffer, self.at)?;
        self.at += length as u64;
        Ok(length)
    }
}
