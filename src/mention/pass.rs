//! What adds up over feedback: passes, the sources that they go over, and going over them in parallel.
//!
//! A sum is a commutative monoid that can be written down: [`Pass::merge`] is associative and
//! commutative, [`Default`] is its neutral element, and its bytes do not depend on how the records were
//! split. Parts may therefore be summed on other threads, other machines or other nights.

use std::io;

use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// One look at every record of a source.
pub trait Pass<Record>: Sync {
    /// What it comes to.
    type Sum: Default + Send + Serialize + DeserializeOwned;

    /// Adds a record.
    fn add(&self, sum: &mut Self::Sum, record: &Record);

    /// Adds what another part came to.
    fn merge(&self, sum: &mut Self::Sum, other: Self::Sum);
}

/// Two passes in one look.
impl<Record, A: Pass<Record>, B: Pass<Record>> Pass<Record> for (A, B) {
    type Sum = (A::Sum, B::Sum);

    fn add(&self, sum: &mut Self::Sum, record: &Record) {
        self.0.add(&mut sum.0, record);
        self.1.add(&mut sum.1, record);
    }

    fn merge(&self, sum: &mut Self::Sum, other: Self::Sum) {
        self.0.merge(&mut sum.0, other.0);
        self.1.merge(&mut sum.1, other.1);
    }
}

/// Records that can be gone over as often as needed, always in the same order.
pub trait Source {
    /// What it holds.
    type Record: Send + Sync;

    /// Hands all records to `each`, in their order, some hundred at a time.
    ///
    /// # Errors
    /// If the records cannot be read, or `each` fails.
    fn for_each_chunk<E: From<io::Error>>(
        &mut self,
        each: impl FnMut(Vec<Self::Record>) -> Result<(), E>,
    ) -> Result<(), E>;
}

/// Records that are handed on at once.
pub const CHUNK: usize = 1024;

impl<Record: Clone + Send + Sync> Source for Vec<Record> {
    type Record = Record;

    fn for_each_chunk<E: From<io::Error>>(
        &mut self,
        mut each: impl FnMut(Vec<Record>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.chunks(CHUNK).try_for_each(|chunk| each(chunk.to_vec()))
    }
}

/// Goes over a source, on all threads. Each has a sum of its own for as long as the pass takes, so that
/// little is merged.
///
/// # Errors
/// If the source cannot be read.
pub fn go_over<S: Source, P: Pass<S::Record>>(source: &mut S, pass: &P) -> io::Result<P::Sum> {
    let threads = rayon::current_num_threads().max(1);
    let mut sums: Vec<P::Sum> = (0..threads).map(|_| P::Sum::default()).collect();
    source.for_each_chunk(|chunk| {
        let part = chunk.len().div_ceil(threads).max(1);
        chunk.par_chunks(part).zip(sums.par_iter_mut()).for_each(|(records, sum)| {
            records.iter().for_each(|record| pass.add(sum, record));
        });
        Ok::<(), io::Error>(())
    })?;
    let merged = sums.into_iter().reduce(|mut sum, other| {
        pass.merge(&mut sum, other);
        sum
    });
    Ok(merged.unwrap_or_default())
}

/// The property that every pass has.
#[cfg(test)]
pub(crate) mod property {
    use super::*;
    use crate::digest::mixed;

    /// A small generator of pseudo-random numbers (SplitMix64: Steele, Lea and Flood 2014).
    pub(crate) struct Dice(pub u64);

    impl Dice {
        /// A number below `sides`.
        pub(crate) fn roll(&mut self, sides: usize) -> usize {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            (mixed(self.0) % sides as u64) as usize
        }
    }

    fn bytes<S: Serialize>(sum: &S) -> Vec<u8> {
        postcard::to_stdvec(sum).expect("a sum can be written")
    }

    /// Checks that any split of the records, merged in any order by way of files, comes to the same bytes.
    pub(crate) fn any_split_comes_to_the_same<R, P: Pass<R>>(pass: &P, records: &[R]) {
        const TRIALS: u64 = 8;
        const MOST_PARTS: usize = 7;
        let mut whole = P::Sum::default();
        records.iter().for_each(|record| pass.add(&mut whole, record));
        let expected = bytes(&whole);
        assert_ne!(expected, bytes(&P::Sum::default()), "nothing was counted");
        for seed in 0..TRIALS {
            let mut dice = Dice(seed);
            let mut order: Vec<usize> = (0..records.len()).collect();
            (1..order.len()).rev().for_each(|at| order.swap(at, dice.roll(at + 1)));
            // Some parts are empty.
            let mut parts: Vec<P::Sum> =
                (0..=dice.roll(MOST_PARTS)).map(|_| P::Sum::default()).collect();
            let count = parts.len();
            for at in order {
                pass.add(&mut parts[dice.roll(count)], &records[at]);
            }
            while parts.len() > 1 {
                let other = parts.swap_remove(dice.roll(parts.len()));
                let read = postcard::from_bytes(&bytes(&other)).expect("and read again");
                let into = dice.roll(parts.len());
                pass.merge(&mut parts[into], read);
            }
            assert!(bytes(&parts[0]) == expected, "split {seed} comes to something else");
        }
    }
}
