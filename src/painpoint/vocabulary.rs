//! How often each recurring term stands in each group of mentions.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::model::Sentiment;
use crate::tally::mention::Mention;
use crate::text::terms::Term;

/// A fingerprint of a term's key: what is counted before the terms that recur are spelt out.
pub fn fingerprint(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// Mentions of one touchpoint and one sentiment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Group {
    /// Identifier of the touchpoint.
    pub touchpoint: String,
    /// Their sentiment.
    pub sentiment: Sentiment,
}

/// A recurring term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermCounts {
    /// Mentions that hold it.
    pub mentions: u64,
    /// Mentions that hold it, by group; a mention of two touchpoints counts in both groups.
    pub groups: BTreeMap<Group, u64>,
    /// How often each surface form was written.
    pub surfaces: BTreeMap<String, u64>,
}

impl TermCounts {
    /// The commonest surface form; of equals the shortest, then the first in the alphabet.
    pub fn surface(&self) -> &str {
        self.surfaces
            .iter()
            .min_by_key(|(form, count)| (std::cmp::Reverse(**count), form.chars().count(), *form))
            .map_or("", |(form, _)| form)
    }
}

/// Counts of the terms that recur. Mergeable like a tally: any split comes to the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vocabulary {
    /// Recurring terms by key.
    pub terms: HashMap<String, TermCounts>,
    /// Terms of all mentions, recurring or not.
    pub all: u64,
    /// Terms of all mentions of a group.
    pub groups: BTreeMap<Group, u64>,
}

impl Vocabulary {
    /// Counts a mention; only terms that `recurs` approves are kept by name.
    pub fn add(&mut self, mention: &Mention, terms: Vec<Term>, recurs: impl Fn(&Term) -> bool) {
        let count = terms.len() as u64;
        self.all += count;
        let groups: Vec<Group> = mention
            .touchpoints
            .iter()
            .map(|tag| Group { touchpoint: tag.touchpoint.clone(), sentiment: mention.sentiment() })
            .collect();
        for group in &groups {
            *self.groups.entry(group.clone()).or_default() += count;
        }
        for term in terms.into_iter().filter(recurs) {
            let counts = self.terms.entry(term.key).or_default();
            counts.mentions += 1;
            *counts.surfaces.entry(term.surface).or_default() += 1;
            for group in &groups {
                *counts.groups.entry(group.clone()).or_default() += 1;
            }
        }
    }

    /// Adds what another vocabulary counted.
    pub fn merge(mut self, other: Self) -> Self {
        if self.terms.len() < other.terms.len() {
            return other.merge(self);
        }
        self.all += other.all;
        for (group, count) in other.groups {
            *self.groups.entry(group).or_default() += count;
        }
        for (key, counts) in other.terms {
            let sum = self.terms.entry(key).or_default();
            sum.mentions += counts.mentions;
            for (group, count) in counts.groups {
                *sum.groups.entry(group).or_default() += count;
            }
            for (surface, count) in counts.surfaces {
                *sum.surfaces.entry(surface).or_default() += count;
            }
        }
        self
    }
}
