//! The one fingerprint: SHA-256, so that what is told apart, ordered or named by it is the same in every
//! release, on every machine. Identity never rests on how a program prints or hashes its own values.

use sha2::{Digest, Sha256};

/// The SHA-256 of some bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of bytes as they are.
    pub(crate) fn of(bytes: impl AsRef<[u8]>) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The fingerprint of several parts, each behind its length, so that no two lists of parts run
    /// together to the same bytes.
    pub(crate) fn of_parts<B: AsRef<[u8]>>(parts: impl IntoIterator<Item = B>) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            let part = part.as_ref();
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }

    /// All of it.
    pub(crate) fn bytes(self) -> [u8; 32] {
        self.0
    }

    /// Its first eight bytes as a number, as good as random, in the order of the bytes.
    pub(crate) fn number(&self) -> u64 {
        let mut first = [0; 8];
        first.copy_from_slice(&self.0[..8]);
        u64::from_be_bytes(first)
    }

    /// Its first bytes in hexadecimal.
    pub(crate) fn hexadecimal(&self, bytes: usize) -> String {
        hexadecimal(&self.0[..bytes.min(self.0.len())])
    }
}

/// Bytes in hexadecimal, two small digits each.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |half: u8| char::from(DIGITS[usize::from(half)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes that [`hexadecimal`] wrote; none if it did not.
pub(crate) fn from_hexadecimal(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16).map(|digit| digit as u8);
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let byte = |&[high, low]: &[u8; 2]| Some(digit(high)? << 4 | digit(low)?);
    rest.is_empty().then(|| pairs.iter().map(byte).collect())?
}

/// A permutation of all numbers that scatters them: the finisher of SplitMix64 (Steele, Lea and Flood 2014).
pub(crate) fn mixed(mut number: u64) -> u64 {
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_two_digits() {
        assert_eq!(hexadecimal(&[0, 7, 0xab, 0xff]), "0007abff");
        assert_eq!(hexadecimal(&[]), "");
    }

    #[test]
    fn a_fingerprint_is_what_the_standard_says() {
        // FIPS 180-4, the example "abc".
        let abc = Fingerprint::of("abc");
        assert_eq!(abc.hexadecimal(6), "ba7816bf8f01");
        assert_eq!(abc.number(), 0xba78_16bf_8f01_cfea);
        assert_eq!(abc.hexadecimal(99).len(), 64);
    }

    #[test]
    fn parts_do_not_run_together() {
        assert_ne!(Fingerprint::of_parts(["ab", "c"]), Fingerprint::of_parts(["a", "bc"]));
        assert_ne!(Fingerprint::of_parts(["ab", ""]), Fingerprint::of_parts(["ab"]));
    }
}
