//! What was read, told from everything else: taken while it is read, not from a file that may have
//! changed since.

use std::hash::Hasher;
use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};
use twox_hash::XxHash3_64;

use crate::digest::hexadecimal;

/// Size and SHA-256 of the bytes of an input, packed as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fingerprint {
    /// How many there are.
    pub bytes: u64,
    /// In hexadecimal.
    pub sha256: String,
}

/// What all readings of an input have in common.
#[derive(Clone, Default)]
pub(crate) struct Readings(Arc<Known>);

#[derive(Default)]
struct Known {
    /// The fingerprint, once a reading has come to the end, with a faster one by which later readings are compared
    /// with it.
    fingerprint: OnceLock<(Fingerprint, u64)>,
    /// Whether the text ends within a character.
    is_cut: AtomicBool,
    /// Whether there are bytes that are no UTF-8 in what was taken for it.
    is_foreign: AtomicBool,
}

impl Readings {
    /// The fingerprint.
    pub(crate) fn fingerprint(&self) -> Option<&Fingerprint> {
        self.0.fingerprint.get().map(|(fingerprint, _)| fingerprint)
    }

    /// Whether a reading found that the text ends within a character.
    pub(crate) fn is_cut(&self) -> bool {
        self.0.is_cut.load(Ordering::Relaxed)
    }

    /// Tells that the text ends within a character.
    pub(crate) fn tell_cut(&self) {
        self.0.is_cut.store(true, Ordering::Relaxed);
    }

    /// Whether a reading found bytes that are no UTF-8 in what was taken for it.
    pub(crate) fn is_foreign(&self) -> bool {
        self.0.is_foreign.load(Ordering::Relaxed)
    }

    /// Tells that there are such bytes.
    pub(crate) fn tell_foreign(&self) {
        self.0.is_foreign.store(true, Ordering::Relaxed);
    }

    /// A reading that fails at its end if an earlier one had other bytes.
    pub(crate) fn read<R: Read>(&self, bytes: R) -> impl Read + use<R> {
        let readings = self.clone();
        let first = Some(Sha256::new());
        let again = XxHash3_64::new();
        Reading { bytes, first, again, length: 0, ended: false, readings }
    }
}

struct Reading<R> {
    bytes: R,
    /// Until a reading has come to the end.
    first: Option<Sha256>,
    again: XxHash3_64,
    length: u64,
    ended: bool,
    readings: Readings,
}

impl<R: Read> Read for Reading<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.bytes.read(buffer)?;
        let known = &self.readings.0.fingerprint;
        if known.get().is_some() {
            // Another reading has come to the end before this one.
            self.first = None;
        }
        if let Some(hasher) = &mut self.first {
            hasher.update(&buffer[..length]);
        }
        self.again.write(&buffer[..length]);
        self.length += length as u64;
        if length == 0 && !buffer.is_empty() && !self.ended {
            self.ended = true;
            let again = self.again.finish();
            if let Some(hasher) = self.first.take() {
                let sha256 = hexadecimal(&hasher.finalize());
                let own = (Fingerprint { bytes: self.length, sha256 }, again);
                let _ = known.set(own);
            }
            let is_same = known
                .get()
                .is_some_and(|(known, hash)| known.bytes == self.length && *hash == again);
            if !is_same {
                return Err(io::Error::other(
                    "it has changed while it was read; run again when nothing writes to it, or on a \
                     copy",
                ));
            }
        }
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_that_of_the_bytes_read_to_the_end() {
        let readings = Readings::default();
        let mut reading = readings.read(&b"abc"[..]);
        let mut bytes = Vec::new();
        reading.by_ref().take(2).read_to_end(&mut bytes).unwrap();
        assert_eq!(readings.fingerprint(), None);
        reading.read_to_end(&mut bytes).unwrap();
        let found = readings.fingerprint().unwrap();
        // FIPS 180-2, appendix B.1.
        assert!(found.sha256.starts_with("ba7816bf8f01cfea414140de5dae2223"), "{found:?}");
        assert_eq!((found.bytes, bytes.as_slice()), (3, &b"abc"[..]));
    }

    #[test]
    fn an_input_that_grows_while_it_is_read_fails_at_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("input.csv");
        // More than is kept of the first reading.
        let rows = "the parcel came two weeks late\n".repeat(20_000);
        std::fs::write(&path, format!("comment\n{rows}")).unwrap();
        let read = |change: &dyn Fn()| {
            let input = crate::read::open(&path, &crate::read::ColumnChoice::default()).unwrap();
            change();
            input.last().unwrap()
        };
        assert!(read(&|| {}).is_ok());
        let error = read(&|| std::fs::write(&path, format!("comment\n{rows}more\n")).unwrap());
        let error = error.unwrap_err().to_string();
        assert!(
            error.contains("input.csv") && error.contains("changed while it was read"),
            "{error}"
        );
    }

    #[test]
    fn a_second_reading_of_other_bytes_fails() {
        let readings = Readings::default();
        let read = |mut bytes: &[u8]| readings.read(&mut bytes).read_to_end(&mut Vec::new());
        assert!(read(b"abc").is_ok() && read(b"abc").is_ok());
        assert!(read(b"abcd").unwrap_err().to_string().contains("changed"));
    }
}
