//! Keys of texts, and values that are known again: each value carries the rest of its key and a checksum.

use sha2::{Digest, Sha256};
use twox_hash::XxHash3_64;

/// Bytes of a key, and of what stands before and behind the content of a value.
const KEY: usize = 16;
const HALF: usize = KEY / 2;

/// What a score is found by: the first bytes of a SHA-256 over what decides on it. Whoever writes a text cannot
/// make it have another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key([u8; KEY]);

impl Key {
    /// The key of a text under an identity: that of the model and all else that decides what it says.
    pub fn new(identity: &[u8; 32], text: &str) -> Self {
        let digest = Sha256::new_with_prefix(identity).chain_update(text).finalize();
        Self(std::array::from_fn(|at| digest[at]))
    }

    fn halves(&self) -> ([u8; HALF], [u8; HALF]) {
        let half = |start: usize| std::array::from_fn(|at| self.0[start + at]);
        (half(0), half(HALF))
    }

    /// By what a database orders it: half of it.
    pub(super) fn number(&self) -> i64 {
        i64::from_le_bytes(self.halves().0)
    }
}

/// A value with what it is known by.
pub(super) fn sealed(key: &Key, content: &[u8]) -> Vec<u8> {
    let (number, rest) = key.halves();
    let mut value = Vec::with_capacity(KEY + content.len());
    value.extend(rest);
    value.extend(content);
    value.extend(checksum(number, &value));
    value
}

/// What a value holds.
#[derive(Debug, PartialEq)]
pub(super) enum Unsealed<'v> {
    /// The content, of this key.
    Content(&'v [u8]),
    /// That of another key, half of which is the same.
    Other,
    /// Not what was written.
    Damaged,
}

/// Opens a value that was found under a key.
pub(super) fn unsealed<'v>(key: &Key, value: &'v [u8]) -> Unsealed<'v> {
    let (number, rest) = key.halves();
    match content(number, value) {
        Some((own, content)) if own == rest => Unsealed::Content(content),
        Some(_) => Unsealed::Other,
        None => Unsealed::Damaged,
    }
}

/// Whether a value is what was written under a key with this number.
pub(super) fn is_sound(number: i64, value: &[u8]) -> bool {
    content(number.to_le_bytes(), value).is_some()
}

/// The rest of the key and the content of a value that is what was written.
fn content(number: [u8; HALF], value: &[u8]) -> Option<([u8; HALF], &[u8])> {
    let (body, sum) = value.split_last_chunk::<HALF>()?;
    let (rest, content) = body.split_first_chunk::<HALF>()?;
    (checksum(number, body) == *sum).then_some((*rest, content))
}

/// Tells damage, not malice: who may write to the file may write any score.
fn checksum(number: [u8; HALF], body: &[u8]) -> [u8; HALF] {
    XxHash3_64::oneshot_with_seed(u64::from_le_bytes(number), body).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_changed_byte_is_noticed() {
        let key = Key::new(&[7; 32], "App stürzt ab");
        let value = sealed(&key, b"0123456789");
        assert_eq!(unsealed(&key, &value), Unsealed::Content(b"0123456789"));
        for at in 0..value.len() {
            let mut changed = value.clone();
            changed[at] ^= 4;
            assert_eq!(unsealed(&key, &changed), Unsealed::Damaged, "byte {at}");
            assert_eq!(unsealed(&key, &value[..at]), Unsealed::Damaged, "{at} bytes");
        }
    }

    #[test]
    fn a_key_follows_from_identity_and_text() {
        let keys = [Key::new(&[7; 32], "a"), Key::new(&[8; 32], "a"), Key::new(&[7; 32], "b")];
        assert!(keys[0] != keys[1] && keys[0] != keys[2]);
        let mut other = keys[0];
        other.0[15] ^= 1;
        assert_eq!(other.number(), keys[0].number());
        assert_eq!(unsealed(&other, &sealed(&keys[0], b"x")), Unsealed::Other);
    }
}
