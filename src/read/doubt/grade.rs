//! How much a reader should care about a doubt.

use serde::{Deserialize, Serialize};

use super::{Doubt, NumberDates};

/// Share of rows or cells that may be lost without a doubt about all of them.
const FEW: f64 = 0.01;

/// How much a reader should care.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// A guess that may be wrong, or something lost. `--strict` refuses it.
    Doubt,
    /// Certain, and told because figures depend on it.
    Note,
}

impl Doubt {
    /// How much a reader should care.
    pub fn grade(&self) -> Grade {
        let certain = match self {
            Self::TitleRows { .. }
            | Self::Boilerplate { .. }
            | Self::NearDuplicates { .. }
            | Self::Redacted { .. }
            | Self::HeaderRows { .. }
            | Self::TotalRows { .. }
            | Self::SameText { .. }
            | Self::TickList { .. }
            | Self::Reply { .. }
            | Self::OtherAnswer { .. }
            | Self::NoText { .. }
            | Self::LeftOut { .. }
            | Self::UnusedOption { .. }
            | Self::PassedOver { .. } => true,
            Self::CoarseDates { .. }
            | Self::OneDay { .. }
            | Self::WordRatings { .. }
            | Self::NpsGroups { .. } => true,
            // No rating is beyond the scale, but a scale may be wider than it seems.
            Self::MissingCodes { scale: (_, high), evidence, .. } => {
                *high >= 10.0 || evidence.share() <= FEW
            }
            Self::NumberDates { numbers, .. } => !matches!(numbers, NumberDates::Digits(_)),
            Self::DoubleEncoded { mended, .. } => *mended,
            Self::ReversedScale { certain, .. } => *certain,
            Self::RepeatedIds { replaced, agreeing, .. } => *replaced && *agreeing,
            Self::UnreadValues { evidence, .. }
            | Self::OtherLanguage { evidence }
            | Self::Rejects { evidence, .. } => evidence.share() <= FEW,
            _ => false,
        };
        if certain { Grade::Note } else { Grade::Doubt }
    }
}
