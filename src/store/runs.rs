//! Pairs of a hash and a number, as many as come, in bounded memory: what is more than that goes to disk in
//! sorted runs, of which several become one.
//!
//! The oldest way there is (Knuth, TAOCP 3, 5.4.1), with runs of one size on a level, as in a log-structured merge
//! tree (O'Neil et al. 1996): there are never more than a few to look into. Only hashes and numbers are on disk, in
//! files without a name in the system's temporary directory.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

/// A hash and a number.
pub(crate) type Pair = (u64, u64);

/// Runs of a level that become one of the next.
const FANOUT: usize = 4;

/// Pairs that are read at once to find one.
const PAGE: usize = 256;

/// Bytes of a pair on disk, and of what is read or written of a run at a time.
const PAIR_BYTES: usize = size_of::<Pair>();
const BUFFER_BYTES: usize = 1 << 18;

/// Sorted runs of pairs on disk.
#[derive(Default)]
pub(crate) struct Runs {
    /// Those of a level are four times as long as those of the one before.
    levels: Vec<Vec<Run>>,
}

impl Runs {
    /// Puts pairs on disk.
    pub(crate) fn add(&mut self, mut pairs: Vec<Pair>) -> io::Result<()> {
        pairs.sort_unstable();
        let mut run = Run::write(pairs.into_iter().map(Ok))?;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let runs = &mut self.levels[level];
            runs.push(run);
            if runs.len() < FANOUT {
                break;
            }
            run = Run::write(merged(&*runs)?)?;
            runs.clear();
        }
        Ok(())
    }

    /// The sum of the numbers of a hash.
    pub(crate) fn sum(&self, hash: u64) -> io::Result<u64> {
        self.levels.iter().flatten().map(|run| run.sum(hash)).sum()
    }

    /// All pairs in their order.
    pub(crate) fn sorted(&self) -> io::Result<impl Iterator<Item = io::Result<Pair>>> {
        merged(self.levels.iter().flatten())
    }
}

/// Pairs of which some are in memory and the others on disk, to be had in their order.
pub(crate) struct Pairs {
    most: usize,
    newest: Vec<Pair>,
    runs: Runs,
}

impl Pairs {
    /// None yet, of which so many may be in memory.
    pub(crate) fn new(most: usize) -> Self {
        Self { most, newest: Vec::new(), runs: Runs::default() }
    }

    /// Takes a pair.
    pub(crate) fn add(&mut self, pair: Pair) -> io::Result<()> {
        if self.newest.len() == self.most {
            self.runs.add(std::mem::take(&mut self.newest))?;
        }
        self.newest.push(pair);
        Ok(())
    }

    /// The pairs that have their hash in common with one of another number, in their order.
    pub(crate) fn for_each_shared(&mut self, mut each: impl FnMut(Pair)) -> io::Result<()> {
        self.newest.sort_unstable();
        let newest = self.newest.iter().copied();
        let mut first: Option<(Pair, bool)> = None;
        for pair in two(self.runs.sorted()?, newest.map(Ok)) {
            let pair = pair?;
            match &mut first {
                Some((own, told)) if own.0 == pair.0 => {
                    if own.1 != pair.1 {
                        if !std::mem::replace(told, true) {
                            each(*own);
                        }
                        each(pair);
                    }
                }
                _ => first = Some((pair, false)),
            }
        }
        Ok(())
    }
}

/// A sorted file of pairs, which vanishes with this value.
struct Run {
    file: File,
    /// The first hash of each page.
    pages: Vec<u64>,
}

impl Run {
    fn write(pairs: impl Iterator<Item = io::Result<Pair>>) -> io::Result<Self> {
        let mut file = BufWriter::with_capacity(BUFFER_BYTES, tempfile::tempfile()?);
        let mut pages = Vec::new();
        for (index, pair) in pairs.enumerate() {
            let (hash, number) = pair?;
            if index % PAGE == 0 {
                pages.push(hash);
            }
            file.write_all(&hash.to_le_bytes())?;
            file.write_all(&number.to_le_bytes())?;
        }
        Ok(Self { file: file.into_inner().map_err(io::IntoInnerError::into_error)?, pages })
    }

    fn sum(&self, hash: u64) -> io::Result<u64> {
        let mut sum = 0;
        // The page before the first that starts with it may end with it.
        let before = self.pages.partition_point(|&first| first < hash).saturating_sub(1);
        let pages = (before..).zip(&self.pages[before..]).take_while(|(_, first)| **first <= hash);
        for (page, _) in pages {
            let mut bytes = Vec::with_capacity(PAGE * PAIR_BYTES);
            let mut file = &self.file;
            file.seek(SeekFrom::Start((page * PAGE * PAIR_BYTES) as u64))?;
            file.take((PAGE * PAIR_BYTES) as u64).read_to_end(&mut bytes)?;
            let (pairs, _) = bytes.as_chunks::<PAIR_BYTES>();
            let own = pairs.partition_point(|bytes| pair(bytes).0 < hash);
            let own = pairs[own..].iter().map(pair).take_while(|own| own.0 == hash);
            sum += own.map(|(_, number)| number).sum::<u64>();
        }
        Ok(sum)
    }

    fn read(&self) -> io::Result<impl Iterator<Item = io::Result<Pair>>> {
        let mut file = &self.file;
        file.seek(SeekFrom::Start(0))?;
        let mut file = BufReader::with_capacity(BUFFER_BYTES, file);
        Ok(std::iter::from_fn(move || {
            let mut bytes = [0; PAIR_BYTES];
            match file.read_exact(&mut bytes) {
                Ok(()) => Some(Ok(pair(&bytes))),
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => None,
                Err(error) => Some(Err(error)),
            }
        }))
    }
}

fn pair(bytes: &[u8; PAIR_BYTES]) -> Pair {
    let both = u128::from_le_bytes(*bytes);
    (both as u64, (both >> 64) as u64)
}

/// The pairs of sorted runs in their order.
fn merged<'r>(
    runs: impl IntoIterator<Item = &'r Run>,
) -> io::Result<impl Iterator<Item = io::Result<Pair>>> {
    let mut runs: Vec<_> = runs.into_iter().map(Run::read).collect::<io::Result<_>>()?;
    let mut heads = BinaryHeap::with_capacity(runs.len());
    for (index, run) in runs.iter_mut().enumerate() {
        heads.extend(run.next().transpose()?.map(|pair| Reverse((pair, index))));
    }
    Ok(std::iter::from_fn(move || {
        let mut head = heads.peek_mut()?;
        let Reverse((pair, index)) = *head;
        match runs[index].next() {
            Some(Ok(next)) => *head = Reverse((next, index)),
            Some(Err(error)) => return Some(Err(error)),
            None => drop(std::collections::binary_heap::PeekMut::pop(head)),
        }
        Some(Ok(pair))
    }))
}

/// The pairs of two sorted sequences in their order.
fn two(
    one: impl Iterator<Item = io::Result<Pair>>,
    other: impl Iterator<Item = io::Result<Pair>>,
) -> impl Iterator<Item = io::Result<Pair>> {
    let (mut one, mut other) = (one.peekable(), other.peekable());
    std::iter::from_fn(move || match (one.peek(), other.peek()) {
        (Some(Ok(own)), Some(Ok(others))) if others < own => other.next(),
        (None, _) => other.next(),
        _ => one.next(),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::digest::mixed;

    /// Many pairs of few hashes, those of neighbouring ones among them.
    fn pairs(seed: u64, count: u64) -> Vec<Pair> {
        let hash = |n: u64| u64::MAX / 500 * (mixed(seed + n) % 500) + mixed(n) % 2;
        (0..count).map(|n| (hash(n), mixed(n ^ seed) % 5)).collect()
    }

    #[test]
    fn what_is_on_disk_is_what_was_added() {
        for (seed, chunk) in [(1, 1), (2, 7), (3, 600), (4, 5_000)] {
            let all = pairs(seed, 3_000);
            let mut runs = Runs::default();
            all.chunks(chunk).for_each(|pairs| runs.add(pairs.to_vec()).unwrap());
            assert!(runs.levels.iter().all(|level| level.len() < FANOUT));
            let mut sorted = all.clone();
            sorted.sort_unstable();
            assert!(runs.sorted().unwrap().map(Result::unwrap).eq(sorted), "{chunk}");
            let mut sums = BTreeMap::new();
            all.iter().for_each(|&(hash, number)| *sums.entry(hash).or_insert(0) += number);
            for hash in sums.keys().flat_map(|own| [own.saturating_sub(1), *own, own + 1]) {
                let expected = sums.get(&hash).copied().unwrap_or(0);
                assert_eq!(runs.sum(hash).unwrap(), expected, "{chunk}, {hash}");
            }
        }
    }

    #[test]
    fn a_hash_of_many_pages_is_summed_over_all_of_them() {
        let mut runs = Runs::default();
        runs.add((0..3_000).map(|n| (n / 1_000, 1)).collect()).unwrap();
        assert_eq!([0, 1, 2, 3].map(|hash| runs.sum(hash).unwrap()), [1_000, 1_000, 1_000, 0]);
    }

    #[test]
    fn what_is_shared_does_not_depend_on_the_order_or_on_what_fits_in_memory() {
        let mut all = pairs(5, 700);
        let shared = |all: &[Pair], most| {
            let (mut pairs, mut found) = (Pairs::new(most), Vec::new());
            all.iter().for_each(|&pair| pairs.add(pair).unwrap());
            pairs.for_each_shared(|pair| found.push(pair)).unwrap();
            found.dedup();
            found
        };
        let is_shared = |own: &&Pair| all.iter().any(|one| one.0 == own.0 && one.1 != own.1);
        let mut expected: Vec<Pair> = all.iter().filter(is_shared).copied().collect();
        expected.sort_unstable();
        expected.dedup();
        assert!(expected.len() > 100 && expected.len() < all.len());
        for most in [1, 3, 50, 699, 700, 10_000] {
            assert_eq!(shared(&all, most), expected, "{most}");
            all.rotate_left(100);
        }
    }
}
