//! Which candidates stand together, and what the mentions that hold them mean.

use super::clues::{Clue, Sample};

/// What a sample says of its candidates. Sums of integers: the order of the sample does not matter.
pub struct Relations {
    /// Windows that hold both candidates, by their positions.
    together: Vec<u32>,
    /// Clues that hold a candidate.
    pub uses: Vec<u64>,
    /// Sums of what the windows of those clues mean.
    meanings: Vec<Vec<i64>>,
    /// The same of all clues, and the sum of their squares.
    all: Vec<i64>,
    squares: i64,
    /// Clues counted.
    pub clues: u64,
}

/// Steps to one in the meaning of a window.
const STEPS: f64 = 4096.0;

impl Relations {
    /// Counts a sample of `candidates` many candidates.
    pub fn new(sample: &Sample, candidates: usize) -> Self {
        let mut sums = Self {
            together: vec![0; candidates * candidates],
            uses: vec![0; candidates],
            meanings: vec![Vec::new(); candidates],
            all: Vec::new(),
            squares: 0,
            clues: 0,
        };
        for (clue, around) in sample.windows() {
            let mut hits: Vec<usize> = clue.hits.clone();
            hits.extend(around.clone().flat_map(|other| &other.hits));
            hits.sort_unstable();
            hits.dedup();
            for (at, &a) in hits.iter().enumerate() {
                for &b in &hits[at..] {
                    sums.together[a * candidates + b] += 1;
                }
            }
            sums.add(clue, &window(clue, around));
        }
        sums
    }

    fn add(&mut self, clue: &Clue, meaning: &[i64]) {
        self.clues += 1;
        add(&mut self.all, meaning);
        self.squares += meaning.iter().map(|value| value * value).sum::<i64>();
        for &hit in &clue.hits {
            self.uses[hit] += 1;
            add(&mut self.meanings[hit], meaning);
        }
    }

    /// Where the windows of the clues that hold a candidate lie in meaning, seen from the middle.
    pub fn context(&self, candidate: usize) -> Vec<f64> {
        let (uses, all) = (self.uses[candidate].max(1) as f64, self.clues.max(1) as f64);
        let own = &self.meanings[candidate];
        let mean = |sum: &i64, middle: &i64| *sum as f64 / uses - *middle as f64 / all;
        own.iter().zip(&self.all).map(|(sum, middle)| mean(sum, middle)).collect()
    }

    /// How much of what a mention is about a candidate tells: the squared distance of its context from
    /// the middle, in units of what chance would give; about 1 for words that go with anything.
    pub fn telling(&self, candidate: usize) -> f64 {
        let clues = self.clues.max(1) as f64;
        let middle: f64 = self.all.iter().map(|&sum| (sum as f64 / clues).powi(2)).sum();
        let variance = self.squares as f64 / clues - middle;
        let distance: f64 = self.context(candidate).iter().map(|value| value * value).sum();
        if variance > 0.0 { distance * self.uses[candidate] as f64 / variance } else { 0.0 }
    }

    /// The part of how the mentions differ in meaning that having a candidate or not explains, from 0 to 1
    /// (the squared correlation ratio: K. Pearson 1905).
    pub fn explained(&self, candidate: usize) -> f64 {
        let without = self.clues.saturating_sub(self.uses[candidate]);
        if without > 0 { self.telling(candidate) / without as f64 } else { 0.0 }
    }

    /// Positive pointwise mutual information of a candidate with all others (K. W. Church and P. Hanks
    /// 1990), with half a window added to both counts.
    pub fn associations(&self, candidate: usize) -> Vec<f64> {
        let n = self.uses.len();
        let both = |a: usize, b: usize| f64::from(self.together[a.min(b) * n + a.max(b)]);
        let all = self.clues.max(1) as f64;
        let own = both(candidate, candidate);
        (0..n)
            .map(|other| {
                let expected = own * both(other, other) / all;
                let information = ((both(candidate, other) + 0.5) / (expected + 0.5)).ln();
                if other == candidate { 0.0 } else { information.max(0.0) }
            })
            .collect()
    }
}

/// The direction of what a clue and those around it mean, in whole steps.
fn window<'c>(clue: &Clue, around: impl Iterator<Item = &'c Clue>) -> Vec<i64> {
    let mut sum: Vec<i64> = clue.meaning.iter().map(|&value| i64::from(value)).collect();
    for other in around {
        for (sum, &value) in sum.iter_mut().zip(&other.meaning) {
            *sum += i64::from(value);
        }
    }
    let length = sum.iter().map(|&value| (value * value) as f64).sum::<f64>().sqrt().max(1.0);
    sum.iter().map(|&value| (value as f64 * STEPS / length).round() as i64).collect()
}

/// Adds one sum of vectors to another.
pub fn add(sum: &mut Vec<i64>, other: &[i64]) {
    sum.resize(other.len().max(sum.len()), 0);
    for (sum, &value) in sum.iter_mut().zip(other) {
        *sum += value;
    }
}
