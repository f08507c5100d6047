//! How often each recurring term stands in which mentions.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use crate::mention::Mention;
use crate::text::Language;
use crate::text::terms::Term;
use crate::text::variants::Known;
use crate::text::words::fold;

/// A fingerprint of a term's key: what is counted before the terms that recur are spelt out.
pub fn fingerprint(key: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}

/// A recurring term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermCounts {
    /// Mentions that hold it, by sentiment in the order of [`crate::model::Sentiment::ALL`].
    pub mentions: [u64; 3],
    /// How often each surface form was written.
    surfaces: BTreeMap<String, u64>,
    /// Mentions by language, in the order of [`Language::ALL`].
    languages: [u64; 8],
}

impl TermCounts {
    /// The commonest surface form; of equals the shortest, then the first in the alphabet.
    pub fn surface(&self) -> &str {
        self.surfaces
            .iter()
            .min_by_key(|(form, count)| (std::cmp::Reverse(**count), form.chars().count(), *form))
            .map_or("", |(form, _)| form)
    }

    /// The language that it is mostly written in, of equals the first.
    pub fn language(&self) -> Language {
        let best = (0..8).rev().max_by_key(|&at| self.languages[at]);
        best.map_or(Language::Und, |at| Language::ALL[at])
    }
}

/// Counts of the terms that recur. Mergeable like a tally: any split comes to the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vocabulary {
    /// Recurring terms by key.
    pub terms: HashMap<String, TermCounts>,
    /// Mentions, by sentiment.
    pub mentions: [u64; 3],
    /// Terms of all mentions, recurring or not, by sentiment.
    pub all: [u64; 3],
}

impl Vocabulary {
    /// Counts a mention; only terms that `recurs` approves are kept by name.
    pub fn add(&mut self, mention: &Mention, terms: Vec<Term>, recurs: impl Fn(&Term) -> bool) {
        let sentiment = mention.sentiment() as usize;
        self.mentions[sentiment] += 1;
        self.all[sentiment] += terms.len() as u64;
        for term in terms.into_iter().filter(recurs) {
            let counts = self.terms.entry(term.key).or_default();
            counts.mentions[sentiment] += 1;
            *counts.surfaces.entry(term.surface).or_default() += 1;
            counts.languages[mention.language() as usize] += 1;
        }
    }

    /// Adds what another vocabulary counted.
    pub fn merge(mut self, other: Self) -> Self {
        if self.terms.len() < other.terms.len() {
            return other.merge(self);
        }
        add(&mut self.mentions, other.mentions);
        add(&mut self.all, other.all);
        for (key, counts) in other.terms {
            let sum = self.terms.entry(key).or_default();
            add(&mut sum.mentions, counts.mentions);
            for (sum, count) in sum.languages.iter_mut().zip(counts.languages) {
                *sum += count;
            }
            for (surface, count) in counts.surfaces {
                *sum.surfaces.entry(surface).or_default() += count;
            }
        }
        self
    }

    /// The recurring single words, folded, with the number of their mentions.
    pub fn words(&self) -> impl Iterator<Item = (String, u64)> + '_ {
        self.terms
            .iter()
            .filter(|(key, _)| !key.contains([' ', '!']))
            .map(|(_, counts)| (fold(counts.surface()), counts.mentions.iter().sum()))
    }

    /// The recurring terms, as variants are found among them.
    pub fn known(&self) -> impl Iterator<Item = Known<'_>> {
        self.terms.iter().map(|(key, counts)| Known {
            key,
            surface: counts.surface(),
            mentions: counts.mentions.iter().sum(),
            language: counts.language(),
        })
    }
}

fn add(sum: &mut [u64; 3], other: [u64; 3]) {
    for (sum, count) in sum.iter_mut().zip(other) {
        *sum += count;
    }
}
