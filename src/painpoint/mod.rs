//! Candidate terms, similarity, clusters, labels, severity.
//!
//! Clustering works on terms, not on documents: its cost grows with the vocabulary. It goes over the
//! mentions three times, each time adding up mergeable counts: [`vocabulary`] counts the terms that
//! recur, [`relations`] how the [`candidates`] among them stand together, and [`membership`] what
//! belongs to the [`themes`] that they form. Negative mentions make pain points, positive ones
//! delights, in the same way.

pub mod candidates;
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
    /// How similar two clusters of terms must be to become one, about 0.2 to 0.5. Lower makes
    /// fewer, broader pain points.
    pub granularity: f64,
    /// How close in meaning a mention without any of a pain point's terms must be to belong to it,
    /// from −1 to 1. Lower covers more mentions.
    pub closeness: f64,
    /// Most candidate terms of a sentiment.
    pub terms: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self { granularity: 0.28, closeness: 0.3, terms: 600 }
    }
}

#[cfg(test)]
mod tests;
