//! How pain points are made.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use crate::text::Language;

/// How finely pain points are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
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
    /// Share of all mentions of leading terms above which a theme is split, from 0 to 1.
    pub(super) fn heaviest(self) -> f64 {
        match self {
            Self::Coarse => 0.5,
            Self::Normal => 0.3,
            Self::Fine => 0.15,
        }
    }

    /// Pain points per fourth root of the mentions.
    pub(super) fn granularity(self) -> f64 {
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
