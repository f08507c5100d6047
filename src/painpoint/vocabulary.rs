//! How often each recurring term stands in which mentions.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize, Serializer};

use crate::mention::Mention;
use crate::text::Language;
use crate::text::terms::Term;
use crate::text::variants::{Known, Variants};

/// A term and its uses. Mergeable.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct TermCounts {
    /// Mentions that hold it, by sentiment in the order of [`crate::model::Sentiment::ALL`].
    pub mentions: [u64; 3],
    /// How often each surface form was written.
    surfaces: BTreeMap<String, u64>,
    /// Mentions by language, in the order of [`Language::ALL`].
    languages: [u64; 8],
}

impl TermCounts {
    /// Counts a mention that holds the term in this form.
    pub fn add(&mut self, mention: &Mention, surface: &str) {
        self.mentions[mention.sentiment as usize] += 1;
        self.languages[mention.language as usize] += 1;
        match self.surfaces.get_mut(surface) {
            Some(count) => *count += 1,
            None => _ = self.surfaces.insert(surface.to_owned(), 1),
        }
    }

    /// Adds what others counted.
    pub fn merge(&mut self, other: Self) {
        add(&mut self.mentions, &other.mentions);
        add(&mut self.languages, &other.languages);
        for (surface, count) in other.surfaces {
            *self.surfaces.entry(surface).or_default() += count;
        }
    }

    /// Mentions that hold it.
    pub fn total(&self) -> u64 {
        self.mentions.iter().sum()
    }

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

/// Terms by the keys with which they are written. Mergeable.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Spellings {
    #[serde(serialize_with = "sorted")]
    terms: HashMap<String, TermCounts>,
}

impl Spellings {
    /// Counts a term of a mention. One that is new is kept if `recurs` says that it may recur.
    pub fn add(&mut self, mention: &Mention, term: &Term, recurs: impl FnOnce(&Term) -> bool) {
        match self.terms.get_mut(&term.key) {
            Some(counts) => counts.add(mention, &term.surface),
            None if recurs(term) => {
                self.terms.entry(term.key.clone()).or_default().add(mention, &term.surface);
            }
            None => {}
        }
    }

    /// Adds what others counted.
    pub fn merge(&mut self, mut other: Self) {
        if self.terms.len() < other.terms.len() {
            std::mem::swap(self, &mut other);
        }
        for (key, counts) in other.terms {
            self.terms.entry(key).or_default().merge(counts);
        }
    }

    /// The terms that so many mentions hold.
    pub fn recurring(mut self, support: u64) -> Self {
        self.terms.retain(|_, counts| counts.total() >= support);
        self
    }
}

/// In the order of the keys, so that equal sums have equal bytes.
fn sorted<S: Serializer>(
    terms: &HashMap<String, TermCounts>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    terms.iter().collect::<BTreeMap<_, _>>().serialize(serializer)
}

/// The recurring terms by number, and which number stands for what is written.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// In the order of the alphabet: a term's number is its place.
    keys: Vec<String>,
    numbers: HashMap<String, usize>,
    variants: Variants,
}

/// What a mention holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading<'m> {
    /// Terms, recurring or not.
    pub terms: u64,
    /// The recurring ones by number, with the form in which they are written, in the order of the mention.
    pub recurring: Vec<(usize, &'m str)>,
}

impl Lexicon {
    /// Numbers the terms that recur. What does not recur has at most `rare` mentions.
    pub fn new(recurring: &Spellings, rare: u64) -> Self {
        let known = recurring.terms.iter().map(|(key, counts)| Known {
            key,
            surface: counts.surface(),
            mentions: counts.total(),
            language: counts.language(),
        });
        let variants = Variants::new(known, rare);
        let mut keys: Vec<String> = recurring.terms.keys().cloned().collect();
        keys.sort_unstable();
        let numbers = keys.iter().cloned().zip(0..).collect();
        Self { keys, numbers, variants }
    }

    /// The number of a term.
    pub fn number(&self, key: &str) -> Option<usize> {
        self.numbers.get(key).copied()
    }

    /// The terms of a mention: typing errors and negated antonyms by what they stand for.
    pub fn read<'m>(&self, mention: &'m Mention) -> Reading<'m> {
        let terms = self.variants.apply(&mention.terms);
        let number = |(key, term): &(std::borrow::Cow<'m, str>, &'m Term)| {
            Some((self.number(key)?, term.surface.as_str()))
        };
        Reading { terms: terms.len() as u64, recurring: terms.iter().filter_map(number).collect() }
    }

    /// The numbers of the recurring terms of a mention.
    pub fn numbers(&self, mention: &Mention) -> Vec<usize> {
        self.read(mention).recurring.into_iter().map(|(number, _)| number).collect()
    }

    /// The numbers of the recurring terms among some.
    pub fn numbers_of(&self, terms: &[Term]) -> Vec<usize> {
        let known = self.variants.apply(terms);
        known.iter().filter_map(|(key, _)| self.number(key)).collect()
    }

    /// The key of a term.
    pub fn key(&self, number: usize) -> &str {
        &self.keys[number]
    }

    /// The terms used, by their keys.
    pub fn vocabulary(&self, uses: Uses) -> Vocabulary {
        let used = self.keys.iter().cloned().zip(uses.terms);
        Vocabulary {
            terms: used.filter(|(_, counts)| counts.total() > 0).collect(),
            mentions: uses.mentions,
            all: uses.all,
        }
    }
}

/// Counts of the terms of a [`Lexicon`]. Mergeable.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Uses {
    /// By number, as far as any was used.
    terms: Vec<TermCounts>,
    /// Mentions, by sentiment.
    mentions: [u64; 3],
    /// Terms of all mentions, recurring or not, by sentiment.
    all: [u64; 3],
}

impl Uses {
    /// Counts a mention.
    pub fn add(&mut self, mention: &Mention, reading: &Reading) {
        self.mentions[mention.sentiment as usize] += 1;
        self.all[mention.sentiment as usize] += reading.terms;
        for &(number, surface) in &reading.recurring {
            self.hold(number + 1);
            self.terms[number].add(mention, surface);
        }
    }

    /// Adds what others counted.
    pub fn merge(&mut self, other: Self) {
        add(&mut self.mentions, &other.mentions);
        add(&mut self.all, &other.all);
        self.hold(other.terms.len());
        for (own, counts) in self.terms.iter_mut().zip(other.terms) {
            own.merge(counts);
        }
    }

    fn hold(&mut self, terms: usize) {
        if self.terms.len() < terms {
            self.terms.resize_with(terms, TermCounts::default);
        }
    }
}

/// The terms that recur, with their uses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vocabulary {
    /// Terms by key.
    pub terms: BTreeMap<String, TermCounts>,
    /// Mentions, by sentiment.
    pub mentions: [u64; 3],
    /// Terms of all mentions, recurring or not, by sentiment.
    pub all: [u64; 3],
}

fn add<const N: usize>(sum: &mut [u64; N], other: &[u64; N]) {
    for (sum, count) in sum.iter_mut().zip(other) {
        *sum += count;
    }
}
