//! How pain points are made.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use super::keypoints::thresholds::Thresholds;
use crate::text::Language;

/// How finely pain points are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Detail {
    /// Fewer than usual, each wider and of more customers: a management summary.
    Coarse,
    /// One problem each.
    #[default]
    Normal,
    /// Narrower ones: for those who look after one touchpoint.
    Fine,
}

impl Detail {
    /// What is near enough at this detail.
    pub(super) fn thresholds(self) -> Thresholds {
        let step = match self {
            Self::Coarse => -0.06,
            Self::Normal => 0.0,
            Self::Fine => 0.06,
        };
        Thresholds {
            close: CLOSE + step,
            member: MEMBER,
            named: NAMED + step,
            told: TOLD + step / 2.0,
        }
    }

    /// How many customers a theme needs, of those that it needs at normal detail.
    pub(super) fn least(self, customers: u64) -> u64 {
        match self {
            Self::Coarse => 2 * customers,
            Self::Normal | Self::Fine => customers,
        }
    }
}

/// Similarity of two texts that say the same, and cosine from which a mention belongs to a pain point. Seen
/// on complaints to a telecom, and checked on tweets to airlines (docs/accuracy.md).
const CLOSE: f32 = 0.40;
const MEMBER: f32 = 0.42;

/// Cosine to its name from which a mention belongs to a pain point. Of 778 members of 70 pain points that were
/// read one by one (seven files in two languages) this told best who says what the name says: of those above
/// it 60 % do, of those below 22 %, and 87 % of all that do are above (docs/accuracy.md).
const NAMED: f32 = 0.36;

/// How near it must be to its name with how much of that it says ([`Nearness`](super::keypoints::named::Nearness)). Set on 317
/// members of 30 pain points of three files that a reader judged one by one; others then judged pain points made with it and
/// without it, a fourth file among them (docs/accuracy.md).
const TOLD: f32 = 0.54;

/// How pain points are made. The defaults suit some hundred to some hundred thousand rows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// How fine pain points are.
    pub detail: Detail,
    /// Most candidate terms of a sentiment.
    pub terms: usize,
    /// Language in which names are preferred; `und` prefers none.
    pub language: Language,
}

impl Default for Settings {
    fn default() -> Self {
        Self { detail: Detail::Normal, terms: 1500, language: Language::Und }
    }
}
