//! Which candidates stand together, and what the mentions that hold them mean.

use std::collections::HashMap;

use super::candidates::Candidate;
use crate::tally::mention::Mention;
use crate::text::terms::Term;

/// Finds candidates among terms.
pub struct Index {
    positions: HashMap<String, usize>,
}

impl Index {
    /// An index of candidates by their positions.
    pub fn new(candidates: &[Candidate]) -> Self {
        let positions = candidates.iter().enumerate();
        Self { positions: positions.map(|(at, candidate)| (candidate.key.clone(), at)).collect() }
    }

    /// The positions of the candidates among some terms, in order.
    pub fn find(&self, terms: &[Term]) -> Vec<usize> {
        let mut hits: Vec<usize> =
            terms.iter().filter_map(|term| self.positions.get(&term.key).copied()).collect();
        hits.sort_unstable();
        hits
    }
}

/// What the mentions of a sentiment say of its candidates. Mergeable: integer sums only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relations {
    /// Mentions that hold both candidates, lower position first.
    pub together: HashMap<(usize, usize), u64>,
    /// Sums of the meaning vectors of the mentions that hold a candidate, by position.
    pub meanings: HashMap<usize, Vec<i64>>,
    /// Sum of the meaning vectors of all mentions.
    pub all: Vec<i64>,
    /// Mentions counted.
    pub mentions: u64,
}

impl Relations {
    /// Counts a mention, with the positions of its candidates in order.
    pub fn add(&mut self, mention: &Mention, candidates: &[usize]) {
        self.mentions += 1;
        add_bytes(&mut self.all, &mention.meaning);
        for (at, &a) in candidates.iter().enumerate() {
            add_bytes(self.meanings.entry(a).or_default(), &mention.meaning);
            for &b in &candidates[at + 1..] {
                *self.together.entry((a, b)).or_default() += 1;
            }
        }
    }

    /// Adds what others counted.
    pub fn merge(mut self, other: Self) -> Self {
        self.mentions += other.mentions;
        add(&mut self.all, &other.all);
        for (pair, count) in other.together {
            *self.together.entry(pair).or_default() += count;
        }
        for (candidate, sum) in other.meanings {
            add(self.meanings.entry(candidate).or_default(), &sum);
        }
        self
    }
}

fn add_bytes(sum: &mut Vec<i64>, vector: &[i8]) {
    sum.resize(vector.len().max(sum.len()), 0);
    for (sum, &value) in sum.iter_mut().zip(vector) {
        *sum += i64::from(value);
    }
}

/// Adds one sum of vectors to another.
pub fn add(sum: &mut Vec<i64>, other: &[i64]) {
    sum.resize(other.len().max(sum.len()), 0);
    for (sum, &value) in sum.iter_mut().zip(other) {
        *sum += value;
    }
}
