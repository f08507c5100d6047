//! Candidate terms, similarity, clusters, labels, severity.
//!
//! Clustering works on terms: its cost grows with the vocabulary. The mentions are gone over twice:
//! [`vocabulary`] counts the terms that recur, and a sample of the mentions gives the [`clues`] on
//! which [`themes`] are formed: clusters of [`candidates`] that stand together and mean the same
//! ([`relations`]), among which mentions choose until they agree. Then [`membership`] adds up what
//! belongs to each. Negative mentions make pain points, positive ones delights, in the same way.

mod ballot;
pub mod candidates;
pub mod clues;
mod cluster;
mod distinctive;
pub mod evidence;
pub mod findings;
pub mod flagged;
pub mod lineage;
pub mod membership;
pub mod names;
pub mod relations;
pub mod themes;
pub mod vocabulary;

use crate::config::codebook::GENERAL;

/// How pain points are made. The defaults suit some hundred to some hundred thousand rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// How fine pain points are, about 0.5 to 4: as many times the fourth root of the mentions are
    /// formed (1.5 makes 9 of some hundred, 13 of 5,000, 27 of 100,000). Higher makes more, narrower
    /// ones.
    pub granularity: f64,
    /// Share of all mentions of leading terms above which a theme is split, from 0 to 1.
    pub heaviest: f64,
    /// How much must speak for a pain point that a mention is to belong to it: about 0 for what could
    /// be of any, 10 for a clear case. Lower covers more mentions.
    pub closeness: f64,
    /// Most candidate terms of a sentiment.
    pub terms: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { granularity: 1.5, heaviest: 0.3, closeness: 2.0, terms: 1500 }
    }
}

#[cfg(test)]
mod tests;
