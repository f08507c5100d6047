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
mod labels;
pub mod lineage;
pub mod membership;
pub mod names;
pub mod relations;
pub mod themes;
pub mod vocabulary;

use serde::Serialize;

use crate::config::codebook::GENERAL;
use crate::text::Language;

/// How finely pain points are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Detail {
    /// About half as many as usual: a management summary.
    Coarse,
    /// Some ten in a few thousand mentions.
    #[default]
    Normal,
    /// About twice as many: for those who look after one touchpoint.
    Fine,
}

impl Detail {
    /// All of them, the coarsest first.
    pub const ALL: [Self; 3] = [Self::Coarse, Self::Normal, Self::Fine];

    /// `coarse`, `normal` or `fine`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Coarse => "coarse",
            Self::Normal => "normal",
            Self::Fine => "fine",
        }
    }

    /// The detail of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|detail| detail.name() == name)
    }

    /// Share of all mentions of leading terms above which a theme is split, from 0 to 1.
    fn heaviest(self) -> f64 {
        match self {
            Self::Coarse => 0.5,
            Self::Normal => 0.3,
            Self::Fine => 0.15,
        }
    }

    /// Pain points per fourth root of the mentions.
    fn granularity(self) -> f64 {
        match self {
            Self::Coarse => 0.75,
            Self::Normal => 1.5,
            Self::Fine => 3.0,
        }
    }
}

/// How pain points are made. The defaults suit some hundred to some hundred thousand rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// How fine pain points are. At normal detail, 1.5 times the fourth root of the mentions are formed
    /// (9 of some hundred, 13 of 5,000, 27 of 100,000).
    pub detail: Detail,
    /// How much must speak for a pain point that a mention is to belong to it: about 0 for what could
    /// be of any, 10 for a clear case. Lower covers more mentions.
    pub closeness: f64,
    /// Most candidate terms of a sentiment.
    pub terms: usize,
    /// Language in which names are preferred; `und` prefers none.
    pub language: Language,
}

impl Default for Settings {
    fn default() -> Self {
        Self { detail: Detail::Normal, closeness: 1.5, terms: 1500, language: Language::Und }
    }
}

#[cfg(test)]
mod tests;
