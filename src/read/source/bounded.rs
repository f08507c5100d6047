//! Bounds on what packed bytes may unpack to: a few kilobytes can hold terabytes of nothing.

use std::io::{self, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Unpacked bytes that are never too many.
const FREE_BYTES: u64 = 64 << 20;

/// Unpacked bytes a packed one at most. Feedback packs to a third or a tenth, a table that is nearly
/// empty to a fiftieth; gzip reaches 1032 on zeros alone.
const MAX_RATIO: u64 = 250;

/// Unpacked bytes at most. At a thousand rows a second, reading them would take weeks.
const MAX_BYTES: u64 = 256 << 30;

/// Counts the bytes that are read.
pub(super) struct Counted<R> {
    bytes: R,
    count: Arc<AtomicU64>,
}

impl<R> Counted<R> {
    /// The reader, and how much of it was read.
    pub(super) fn new(bytes: R) -> (Self, Arc<AtomicU64>) {
        let count = Arc::new(AtomicU64::new(0));
        (Self { bytes, count: Arc::clone(&count) }, count)
    }
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.bytes.read(buffer)?;
        self.count.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

/// Unpacked bytes that end with an error where they are too many.
pub(super) struct Bounded<R> {
    unpacked: R,
    packed: Arc<AtomicU64>,
    length: u64,
}

impl<R> Bounded<R> {
    /// Bounds what is `unpacked` by how much was read of what was `packed`.
    pub(super) fn new(unpacked: R, packed: Arc<AtomicU64>) -> Self {
        Self { unpacked, packed, length: 0 }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.unpacked.read(buffer)?;
        self.length += length as u64;
        let packed = self.packed.load(Ordering::Relaxed).max(1);
        let too_dense = self.length > FREE_BYTES && self.length / packed > MAX_RATIO;
        if too_dense || self.length > MAX_BYTES {
            return Err(io::Error::other(format!(
                "it unpacks to more than {MAX_RATIO} times its size or {} GB, as no feedback does; \
                 if it is sound, unpack it first and name the unpacked file",
                MAX_BYTES >> 30
            )));
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads `unpacked` bytes that come out of `packed` ones.
    fn read(packed: u64, unpacked: u64) -> io::Result<u64> {
        let (mut counted, count) = Counted::new(io::repeat(b'x').take(packed));
        io::copy(&mut counted, &mut io::sink())?;
        io::copy(&mut Bounded::new(io::repeat(0).take(unpacked), count), &mut io::sink())
    }

    #[test]
    fn what_unpacks_to_far_more_than_feedback_does_is_an_error() {
        assert!(read(10, FREE_BYTES).is_ok());
        let error = read(10_000, FREE_BYTES + 1).unwrap_err().to_string();
        assert!(error.contains("unpack it first"), "{error}");
        let sound = FREE_BYTES * 2;
        assert_eq!(read(sound / 100, sound).unwrap(), sound);
    }
}
