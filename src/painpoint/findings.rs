//! What a run found: the words that recur, and the evidence for each.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use super::flagged::FlagSummary;
use super::lineage::{Change, Gone};
use crate::mention::Group;
use crate::tally::comparison::Comparison;
use crate::tally::corrections::CorrectionCounts;
use crate::tally::moments::{Impact, Moments};
use crate::tally::statistics::{Estimate, Proportion};
use crate::tally::summary::Summary;

/// Verbatim evidence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verbatim {
    /// The feedback's id.
    pub feedback_id: String,
    /// The mention in the customer's words.
    pub text: String,
    /// Day of the feedback, if known.
    pub date: Option<Date>,
}

/// A cluster of terms that recur in the negative (pain point) or positive (delight) mentions of one
/// touchpoint.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PainPoint {
    /// Stable identifier, e.g. `delivery-3f9a`.
    pub id: String,
    /// Identifier of the touchpoint.
    pub touchpoint: String,
    /// Identifier of the phase.
    pub phase: String,
    /// The most distinctive term, in its commonest surface form.
    pub label: String,
    /// Surface forms of its terms, most distinctive first, the label included.
    pub terms: Vec<String>,
    /// Mentions that belong to it.
    pub mentions: u64,
    /// Feedback with at least one such mention, of all feedback with text.
    pub feedback: Proportion,
    /// Mean strength of feeling of its mentions, from 0 to 1.
    pub severity: f64,
    /// From 0 to 1; pain points are ranked by it. share × impact as a part of the range of scores where
    /// the input has enough scores, share × severity otherwise.
    pub priority: f64,
    /// Three typical mentions (fewer if there are fewer).
    pub verbatims: Vec<Verbatim>,
    /// Mentions by month (first day); empty without dates.
    pub months: BTreeMap<Date, u64>,
    /// What it goes along with.
    pub evidence: Evidence,
}

/// What a pain point or a delight goes along with; empty where the input does not tell.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Evidence {
    /// Whether the company can control its touchpoint.
    pub controllable: bool,
    /// How much lower scores are where it is mentioned (a delight: higher), in units of the score: NPS
    /// from −1 to 1, ratings as given.
    pub impact: Option<Impact>,
    /// The same with the other pain points and delights held equal.
    pub effect: Option<Effect>,
    /// Its share in the later period, compared with the earlier one.
    pub trend: Option<Comparison>,
    /// This run against an earlier one, where there is one.
    pub change: Option<Change>,
}

/// A pain point or delight in the driver model.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Effect {
    /// How much lower the score is with it (a delight: higher), all else in the model equal.
    pub effect: Estimate,
    /// The part of the variance of the scores that it explains, from 0 to 1.
    pub weight: f64,
}

/// A score that customers give beside their text.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub enum Score {
    /// Likelihood to recommend; a promoter counts 1, a detractor −1.
    Nps,
    /// Rating on a scale.
    Rating {
        /// Lowest possible rating.
        lowest: f64,
        /// Highest possible rating.
        highest: f64,
    },
}

impl Score {
    /// From the lowest possible score to the highest.
    pub fn range(self) -> f64 {
        match self {
            Self::Nps => 2.0,
            Self::Rating { lowest, highest } => highest - lowest,
        }
    }

    /// How scores with a cause are compared to those without it.
    pub fn compare(self) -> fn(Moments, Moments) -> Option<Impact> {
        match self {
            Self::Nps => Impact::of_nps,
            Self::Rating { .. } => Impact::new,
        }
    }

    /// `nps` or `rating`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nps => "nps",
            Self::Rating { .. } => "rating",
        }
    }
}

/// The score that pain points are held against.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// Which one.
    pub score: Score,
    /// Feedback with text and this score.
    pub n: u64,
    /// Whether the ranking follows from it.
    pub ranks: bool,
    /// The share of its variance that pain points and delights explain together, if there is a model.
    pub explained: Option<f64>,
}

/// The two periods that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Periods {
    /// First day of the later one.
    pub since: Date,
    /// Feedback with text in the earlier one.
    pub earlier: u64,
    /// Feedback with text in the later one.
    pub later: u64,
}

/// A pain point or delight in a group of customers, compared with the other groups of the column.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupComparison {
    /// The group.
    pub group: Group,
    /// Identifier of the pain point or delight.
    pub id: String,
    /// What it is about.
    pub label: String,
    /// Whether it is a delight.
    pub delight: bool,
    /// The group against the others.
    pub comparison: Comparison,
}

/// What comparing comes to; empty where the input has nothing to compare.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Comparisons {
    /// The score that tells what pain points cost.
    pub outcome: Option<Outcome>,
    /// The periods compared.
    pub periods: Option<Periods>,
    /// Pain points, then delights, by group.
    pub groups: Vec<GroupComparison>,
    /// Suggestions and churn signals.
    pub flags: Vec<FlagSummary>,
    /// Feedback with text of the earlier run, where there is one.
    pub baseline: Option<u64>,
    /// What the earlier run had and this one has not.
    pub gone: Vec<Gone>,
    /// What a person corrected, where there are corrections.
    pub corrections: Option<CorrectionCounts>,
}

/// Everything a report shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Findings {
    /// The plain figures.
    pub summary: Summary,
    /// Pain points by falling priority, then by id.
    pub pain_points: Vec<PainPoint>,
    /// The same for positive mentions.
    pub delights: Vec<PainPoint>,
    /// What comparing comes to.
    pub comparisons: Comparisons,
}
