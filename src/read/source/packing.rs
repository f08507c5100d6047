//! How an input is packed: found in its first bytes, whatever it is called.

use std::io::{self, BufReader, Read};

use flate2::read::MultiGzDecoder;

use super::bounded::{Bounded, Counted};
use super::zstd::ZstdFrames;

/// Bytes that tell.
pub(crate) const MAGIC_BYTES: u64 = 4;

const GZIP_MAGIC: [u8; 2] = [0x1f, 0x8b];
const ZSTD_MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// A frame of zstd that holds nothing starts with one of sixteen numbers: pzstd writes it first.
const ZSTD_SKIPPABLE: [u8; 3] = [0x2a, 0x4d, 0x18];

/// How an input is packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Packing {
    /// `.gz`
    Gzip,
    /// `.zst`
    Zstd,
}

impl Packing {
    /// The packing of what starts with `bytes`.
    pub(super) fn of(bytes: &[u8]) -> Option<Self> {
        let is_skippable = |first: &u8| first & 0xf0 == 0x50 && bytes[1..] == ZSTD_SKIPPABLE;
        if bytes.starts_with(&GZIP_MAGIC) {
            Some(Self::Gzip)
        } else if bytes == ZSTD_MAGIC || bytes.first().is_some_and(is_skippable) {
            Some(Self::Zstd)
        } else {
            None
        }
    }

    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
        }
    }

    /// The unpacked bytes: bounded, and with errors that say what is wrong with the packed ones.
    pub(super) fn unpack(self, packed: impl Read + Send + 'static) -> Box<dyn Read + Send> {
        let (packed, count) = Counted::new(packed);
        match self {
            Self::Gzip => {
                let bytes = MultiGzDecoder::new(packed);
                Box::new(Bounded::new(Unpacked { packing: self, bytes }, count))
            }
            Self::Zstd => {
                let bytes = ZstdFrames::new(BufReader::new(packed));
                Box::new(Bounded::new(Unpacked { packing: self, bytes }, count))
            }
        }
    }
}

/// Says of an error in packed bytes what they are: "corrupt deflate stream" says nothing to most.
struct Unpacked<R> {
    packing: Packing,
    bytes: R,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
        self.bytes.read(buffer).map_err(|error| match error.kind() {
            InvalidData | InvalidInput | UnexpectedEof => io::Error::new(
                error.kind(),
                format!(
                    "its {} data are damaged or cut off ({error}); fetch the file again",
                    self.packing.name()
                ),
            ),
            _ => error,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_is_found_in_the_first_bytes() {
        assert_eq!(Packing::of(b"\x1f\x8b\x08\x00"), Some(Packing::Gzip));
        assert_eq!(Packing::of(b"\x28\xb5\x2f\xfd"), Some(Packing::Zstd));
        assert_eq!(Packing::of(b"\x50\x2a\x4d\x18"), Some(Packing::Zstd));
        for bytes in [&b""[..], b"id,t", b"P", b"P\x2a", b"\x28\xb5"] {
            assert_eq!(Packing::of(bytes), None);
        }
    }
}
