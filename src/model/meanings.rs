//! Meaning vectors that lie beside a model, so that a run need not compute them at every start.
//!
//! `meanings.bin` holds a key of 32 bytes, which the weights and the precision decide, the number of
//! dimensions in four, and then a record a text: the first eight bytes of its SHA-256 and the vector
//! in steps of 1/32767, two bytes each. All numbers are little-endian. A file of another model, or
//! texts that it does not hold, cost time and change nothing: vectors that are computed are rounded
//! alike.

use std::borrow::Cow;
use std::collections::HashMap;

use sha2::{Digest, Sha256};

use super::Precision;

/// Steps of a stored value to one.
const STEPS: f32 = 32767.0;

const KEY: usize = 32;
const TEXT: usize = 8;

/// The vectors that a file holds for a model.
pub(super) struct Meanings {
    key: [u8; KEY],
    file: Cow<'static, [u8]>,
    /// Where the vector of a text starts.
    positions: HashMap<[u8; TEXT], usize>,
    dimensions: usize,
}

impl Meanings {
    /// Reads a file for the model of a hash. What does not fit the model counts for nothing.
    pub(super) fn read(file: Cow<'static, [u8]>, hash: &str, precision: Precision) -> Self {
        let key = key(hash, precision);
        let mut meanings = Self { key, file, positions: HashMap::new(), dimensions: 0 };
        let Some((own, rest)) = meanings.file.split_first_chunk::<KEY>() else { return meanings };
        let Some((dimensions, records)) = rest.split_first_chunk::<4>() else { return meanings };
        if *own != key {
            return meanings;
        }
        meanings.dimensions = u32::from_le_bytes(*dimensions) as usize;
        let size = TEXT + 2 * meanings.dimensions;
        for (number, record) in records.chunks_exact(size).enumerate() {
            if let Some((text, _)) = record.split_first_chunk::<TEXT>() {
                meanings.positions.insert(*text, KEY + 4 + number * size + TEXT);
            }
        }
        meanings
    }

    /// The vector of a text, if it is stored.
    pub(super) fn get(&self, text: &str) -> Option<Vec<f32>> {
        let start = *self.positions.get(&digest(text))?;
        let (values, _) = self.file[start..][..2 * self.dimensions].as_chunks::<2>();
        Some(values.iter().map(|bytes| f32::from(i16::from_le_bytes(*bytes)) / STEPS).collect())
    }

    /// A file of texts and their vectors.
    pub(super) fn write<'a>(
        &self,
        texts: impl IntoIterator<Item = (&'a str, &'a [f32])>,
    ) -> Vec<u8> {
        let mut file = self.key.to_vec();
        for (text, vector) in texts {
            if file.len() == KEY {
                file.extend((vector.len() as u32).to_le_bytes());
            }
            file.extend(digest(text));
            file.extend(vector.iter().flat_map(|&value| step(value).to_le_bytes()));
        }
        file
    }
}

/// A vector as it comes back from a file.
pub(super) fn rounded(vector: &[f32]) -> Vec<f32> {
    vector.iter().map(|&value| f32::from(step(value)) / STEPS).collect()
}

fn step(value: f32) -> i16 {
    (value * STEPS).round_ties_even() as i16
}

fn key(hash: &str, precision: Precision) -> [u8; KEY] {
    Sha256::digest(format!("{hash} {precision:?}")).into()
}

fn digest(text: &str) -> [u8; TEXT] {
    let digest = Sha256::digest(text);
    std::array::from_fn(|i| digest[i])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(file: &[u8], hash: &str, precision: Precision) -> Meanings {
        Meanings::read(Cow::Owned(file.to_vec()), hash, precision)
    }

    #[test]
    fn what_is_written_comes_back_for_the_same_model_alone() {
        let vectors = [("App", vec![0.25, -1.0, 0.1]), ("Hotline", vec![0.0, 1.0, -0.3])];
        let file = read(&[], "abc", Precision::Int8)
            .write(vectors.iter().map(|(text, vector)| (*text, vector.as_slice())));
        let meanings = read(&file, "abc", Precision::Int8);
        for (text, vector) in &vectors {
            assert_eq!(meanings.get(text), Some(rounded(vector)));
        }
        assert_eq!(meanings.get("Lieferung"), None);
        assert_eq!(read(&file, "abd", Precision::Int8).get("App"), None);
        assert_eq!(read(&file, "abc", Precision::F32).get("App"), None);
    }

    #[test]
    fn a_damaged_file_counts_for_what_is_left_of_it() {
        let vector = [0.5, 0.5];
        let whole = read(&[], "abc", Precision::Int8).write([("a", &vector[..]), ("b", &vector)]);
        for length in 0..whole.len() {
            let meanings = read(&whole[..length], "abc", Precision::Int8);
            assert_eq!(meanings.get("b"), None);
        }
    }
}
