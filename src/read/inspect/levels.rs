//! What is counted in a sample of rows that is the same whatever their order, and whose size is bounded.
//!
//! Level sampling (Gibbons and Tirthapura, "Estimating simple functions on the union of data streams", SPAA 2001):
//! a row is at the level that its hash gives it, and half of those at a level are at the next. Counted are the rows from the
//! least level on at which there are not too many. Which these are depends on the set of rows alone, and as each
//! level is counted apart, nothing is ever taken back from a sum.

use std::collections::BTreeMap;

/// What adds up over rows: the same in any order.
pub trait Count: Clone + Default + Send {
    /// Adds what was counted in other rows.
    fn merge(&mut self, other: Self);
}

/// Nothing is counted.
impl Count for () {
    fn merge(&mut self, (): Self) {}
}

/// Counts in a sample of rows.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Levels<C> {
    /// Rows of the sample at most.
    most: u64,
    /// The level below which rows are not in the sample.
    least: u32,
    /// How many rows are at a level, and what was counted in them.
    levels: BTreeMap<u32, (u64, C)>,
}

/// The level of a row with a number that is as good as random.
pub(super) fn level(number: u64) -> u32 {
    number.leading_zeros()
}

impl<C: Count> Levels<C> {
    /// No row yet of so many at most.
    pub(super) fn new(most: u64) -> Self {
        Self { most, least: 0, levels: BTreeMap::new() }
    }

    /// Whether a row at a level may be in the sample, from what is known so far.
    pub(super) fn may_hold(&self, level: u32) -> bool {
        level >= self.least
    }

    /// Takes a row into account. What is in it is to be counted there, if the row may be in the sample.
    pub(super) fn add(&mut self, level: u32) -> Option<&mut C> {
        if !self.may_hold(level) {
            return None;
        }
        self.levels.entry(level).or_default().0 += 1;
        self.shrink();
        self.levels.get_mut(&level).map(|(_, counts)| counts)
    }

    /// Makes this the sample of the rows of both.
    pub(super) fn merge(&mut self, other: Self) {
        for (level, (rows, counts)) in other.levels {
            let own = self.levels.entry(level).or_default();
            own.0 += rows;
            own.1.merge(counts);
        }
        self.least = self.least.max(other.least);
        self.levels = self.levels.split_off(&self.least);
        self.shrink();
    }

    fn shrink(&mut self) {
        while self.rows() > self.most {
            self.least += 1;
            self.levels = self.levels.split_off(&self.least);
        }
    }

    /// Rows of the sample.
    pub(super) fn rows(&self) -> u64 {
        self.levels.values().map(|(rows, _)| rows).sum()
    }

    /// The level from which on rows are in the sample: all are from 0 on.
    pub(super) fn least(&self) -> u32 {
        self.least
    }

    /// What was counted in the rows from a level on.
    pub(super) fn from(self, least: u32) -> C {
        let mut all = C::default();
        let levels = self.levels.into_iter().filter(|(level, _)| *level >= least);
        levels.for_each(|(_, (_, counts))| all.merge(counts));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::mixed;

    const MOST: u64 = 100;

    /// Sums of rows.
    impl Count for u64 {
        fn merge(&mut self, other: Self) {
            *self += other;
        }
    }

    fn of(rows: impl IntoIterator<Item = u64>) -> Levels<u64> {
        let mut levels = Levels::new(MOST);
        for row in rows {
            if let Some(sum) = levels.add(level(mixed(row))) {
                *sum += row;
            }
        }
        levels
    }

    fn merged(mut one: Levels<u64>, other: Levels<u64>) -> Levels<u64> {
        one.merge(other);
        one
    }

    #[test]
    fn all_rows_are_counted_while_they_are_few() {
        let all = of(1..=MOST);
        assert_eq!((all.least(), all.rows()), (0, MOST));
        assert_eq!(all.from(0), MOST * (MOST + 1) / 2);
        let more = of(1..=MOST + 1);
        assert!(more.least() == 1 && more.rows() <= MOST);
    }

    #[test]
    fn it_does_not_depend_on_the_order_or_the_parts() {
        let whole = of(1..10_000);
        assert!((MOST / 4..=MOST).contains(&whole.rows()), "{}", whole.rows());
        assert_eq!(of((1..10_000).rev()), whole);
        for (first, second) in [(1, 2), (50, 150), (3_000, 9_990)] {
            let parts = [1..first, first..second, second..10_000].map(of);
            let [a, b, c] = parts;
            assert_eq!(merged(merged(a.clone(), b.clone()), c.clone()), whole);
            assert_eq!(merged(c, merged(b, a)), whole);
        }
    }

    #[test]
    fn sums_are_those_of_the_rows_of_the_sample() {
        let levels = of(1..5_000);
        let least = levels.least();
        let rows = |least| (1..5_000).filter(move |row| level(mixed(*row)) >= least);
        assert_eq!(levels.rows(), rows(least).count() as u64);
        assert_eq!(levels.clone().from(least), rows(least).sum::<u64>());
        assert_eq!(levels.from(least + 1), rows(least + 1).sum::<u64>());
    }
}
