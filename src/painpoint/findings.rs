//! What a run found, as data: everything that reports, tables and later runs need, without scoring
//! again. `findings.json` is this, written; docs/findings.md tells its fields.

mod alerts;
mod file;
mod history;
mod matching;
mod reading;
mod topic;
mod wordless;

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use self::alerts::{
    Against, Alerts, Judged, Judgement, Measure, MeasureKind, Reason, Sensitivity, Subject,
};
pub use self::file::{FindingsError, SCHEMA_VERSION};
pub use self::history::{History, Moved, PeriodFigures, SeenTopic};
pub use self::matching::{Matching, MatchingPoint, MatchingSide, MatchingWords};
pub use self::reading::Reading;
pub use self::topic::{
    Change, Effect, Family, GroupComparison, Status, Topic, TopicKind, TopicTerm, Verbatim,
};
use crate::tally::corrections::CorrectionCounts;
use crate::tally::moments::{Impact, Moments};
use crate::tally::statistics::{Estimate, Proportion};
use crate::tally::summary::Summary;
use crate::text::flags::Flag;

/// Everything that a run found.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Findings {
    /// The plain figures.
    pub summary: Summary,
    /// Pain points by falling priority, then by id; then delights, likewise.
    pub topics: Vec<Topic>,
    /// Pain points that tell nearly the same, in the order of the first of each.
    #[serde(default)]
    pub families: Vec<Family>,
    /// Terms that are distinctive and belong to no topic, by kind, then by falling distinctiveness.
    pub other_terms: Vec<OtherTerm>,
    /// What topics were held against.
    pub comparisons: Comparisons,
    /// Suggestions and churn signals.
    pub flags: Vec<FlagSummary>,
    /// Complaints that no pain point covers and that name something, by touchpoint, most mentions first.
    #[serde(default)]
    pub other_complaints: Vec<FlaggedTouchpoint>,
    /// What a person corrected, where there are corrections.
    pub corrections: Option<CorrectionCounts>,
    /// By what mentions were matched to topics.
    #[serde(default)]
    pub matching: Matching,
    /// How the inputs were read.
    #[serde(default)]
    pub reading: Reading,
    /// What earlier runs add, where a history is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub history: Option<History>,
    /// What rules came to, where there are rules.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alerts: Option<Alerts>,
}

impl Findings {
    /// The topics of a kind, in their order.
    pub fn of_kind(&self, kind: TopicKind) -> impl Iterator<Item = &Topic> {
        self.topics.iter().filter(move |topic| topic.kind == kind)
    }

    /// The pain points, in their order.
    pub fn pain_points(&self) -> impl Iterator<Item = &Topic> {
        self.of_kind(TopicKind::PainPoint)
    }

    /// The family of a topic, if it has one.
    pub fn family(&self, topic: &Topic) -> Option<&Family> {
        self.families.iter().find(|family| family.topics.contains(&topic.id))
    }

    /// The same with the pain points, delights and flags of one touchpoint and its parts alone.
    pub fn at(mut self, touchpoint: &str) -> Self {
        self.summary.touchpoint = Some(touchpoint.to_owned());
        let told = self.summary.touchpoints.iter().filter(|own| self.summary.tells_of(own));
        let told: BTreeSet<String> = told.map(|own| own.id.clone()).collect();
        self.topics.retain(|topic| told.contains(&topic.touchpoint));
        for flag in &mut self.flags {
            flag.touchpoints.retain(|own| told.contains(&own.touchpoint));
        }
        self.flags.retain(|flag| !flag.touchpoints.is_empty());
        self.other_complaints.retain(|own| told.contains(&own.touchpoint));
        self
    }

    /// The delights, in their order.
    pub fn delights(&self) -> impl Iterator<Item = &Topic> {
        self.of_kind(TopicKind::Delight)
    }
}

/// A distinctive term whose mentions were too few or too mixed for a topic.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct OtherTerm {
    /// What it would have belonged to.
    pub kind: TopicKind,
    /// Identifier of its touchpoint.
    pub touchpoint: String,
    /// The term.
    #[serde(flatten)]
    pub term: TopicTerm,
}

/// What topics were held against; empty where the input has nothing to compare.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Comparisons {
    /// The score that tells what pain points cost.
    pub outcome: Option<Outcome>,
    /// The periods compared.
    pub periods: Option<Periods>,
    /// The earlier run, where there is one.
    pub earlier_run: Option<EarlierRun>,
}

impl Comparisons {
    /// The score that the ranking follows from, if it does.
    pub fn ranked_by(&self) -> Option<Outcome> {
        self.outcome.filter(|outcome| outcome.ranks)
    }
}

/// A score that customers give beside their text.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "name", rename_all = "snake_case")]
pub enum Scale {
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

impl Scale {
    /// From the lowest possible score to the highest.
    pub fn range(self) -> f64 {
        let (lowest, highest) = self.ends();
        highest - lowest
    }

    /// The lowest possible score and the highest.
    pub fn ends(self) -> (f64, f64) {
        match self {
            Self::Nps => (-1.0, 1.0),
            Self::Rating { lowest, highest } => (lowest, highest),
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

/// The score that topics are held against.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Outcome {
    /// Which one.
    pub scale: Scale,
    /// Feedback with text and this score.
    pub n: u64,
    /// Whether the ranking follows from it.
    pub ranks: bool,
    /// The share of its variance that the topics explain together, if there is a model.
    pub explained: Option<f64>,
}

/// The two periods that are compared.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Periods {
    /// First day of the later one.
    pub since: Date,
    /// Feedback with text in the earlier one.
    pub earlier: u64,
    /// Feedback with text in the later one.
    pub later: u64,
    /// The score of [`Comparisons::outcome`] in either, where enough of both have one: NPS from −1 to 1, ratings as
    /// given.
    #[serde(default)]
    pub score: Option<ScoreChange>,
}

/// A score in the earlier period and in the later one.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct ScoreChange {
    /// Its mean in the earlier one; of NPS the score.
    pub earlier: f64,
    /// In the later one.
    pub later: f64,
    /// The later less the earlier, with its 95 % interval; `n` counts both.
    pub difference: Estimate,
}

/// What an earlier run had.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct EarlierRun {
    /// Its feedback with text.
    pub with_text: u64,
    /// Its topics that this run has not.
    pub gone: Vec<Gone>,
}

/// A topic of the earlier run that this one does not have.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Gone {
    /// Its identifier.
    pub id: String,
    /// What it was.
    pub kind: TopicKind,
    /// Identifier of its touchpoint.
    pub touchpoint: String,
    /// Its label.
    pub label: Vec<String>,
    /// Feedback of the earlier run that mentioned it.
    pub feedback: Proportion,
}

/// A flag over all feedback.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FlagSummary {
    /// Which one.
    pub flag: Flag,
    /// Mentions that raise it.
    pub mentions: u64,
    /// Feedback with such a mention, of all feedback with text.
    pub feedback: Proportion,
    /// Where, most mentions first; a mention of two touchpoints counts in both.
    pub touchpoints: Vec<FlaggedTouchpoint>,
}

/// Mentions of one touchpoint that raise a flag, or that no pain point covers.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FlaggedTouchpoint {
    /// Identifier of the touchpoint.
    pub touchpoint: String,
    /// How many.
    pub mentions: u64,
    /// Some of them.
    pub verbatims: Vec<Verbatim>,
}
