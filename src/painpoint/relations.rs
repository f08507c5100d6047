//! Which candidates stand together, and what the mentions that hold them mean.

use std::collections::{BTreeMap, HashMap};

use super::candidates::Candidate;
use super::vocabulary::Group;
use crate::tally::mention::Mention;
use crate::text::terms::Term;

/// Looks up the candidates of a group by key.
pub struct Index<'c> {
    positions: HashMap<&'c Group, HashMap<&'c str, usize>>,
}

impl<'c> Index<'c> {
    /// An index of all groups.
    pub fn new(candidates: &'c BTreeMap<Group, Vec<Candidate>>) -> Self {
        let positions = candidates
            .iter()
            .map(|(group, candidates)| {
                let keys = candidates.iter().enumerate().map(|(at, c)| (c.key.as_str(), at));
                (group, keys.collect())
            })
            .collect();
        Self { positions }
    }

    /// The position of a candidate in its group.
    pub fn position(&self, group: &Group, key: &str) -> Option<usize> {
        self.positions.get(group)?.get(key).copied()
    }

    /// The groups of a mention, each with the positions of the candidates among its terms.
    pub fn find(&self, mention: &Mention, terms: &[Term]) -> Vec<(&'c Group, Vec<usize>)> {
        let mut found = Vec::new();
        for tag in &mention.touchpoints {
            let group =
                Group { touchpoint: tag.touchpoint.clone(), sentiment: mention.sentiment() };
            if let Some((&group, positions)) = self.positions.get_key_value(&group) {
                let mut hits: Vec<usize> = terms
                    .iter()
                    .filter_map(|term| positions.get(term.key.as_str()).copied())
                    .collect();
                hits.sort_unstable();
                found.push((group, hits));
            }
        }
        found
    }
}

/// What a group's mentions say of its candidates. Mergeable: integer sums only.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relations {
    /// Mentions that hold both candidates, lower position first.
    pub together: HashMap<(usize, usize), u64>,
    /// Sums of the meaning vectors of the mentions that hold a candidate, by position.
    pub meanings: HashMap<usize, Vec<i64>>,
    /// Sum of the meaning vectors of all mentions of the group.
    pub all: Vec<i64>,
    /// Mentions of the group.
    pub mentions: u64,
}

impl Relations {
    /// Counts a mention of the group, with the positions of its candidates in order.
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
    pub fn merge(&mut self, other: Self) {
        self.mentions += other.mentions;
        add(&mut self.all, &other.all);
        for (pair, count) in other.together {
            *self.together.entry(pair).or_default() += count;
        }
        for (candidate, sum) in other.meanings {
            add(self.meanings.entry(candidate).or_default(), &sum);
        }
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
