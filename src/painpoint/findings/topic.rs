//! Pain points and delights: topics of customers, with all that is known of each.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::mention::Group;
use crate::model::Sentiment;
use crate::painpoint::candidates::Candidate;
use crate::tally::comparison::Comparison;
use crate::tally::moments::Impact;
use crate::tally::statistics::{Estimate, Proportion};

/// What a topic is.
#[derive(
    Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize,
)]
#[serde(rename_all = "snake_case")]
pub enum TopicKind {
    /// What troubles customers: found in negative mentions.
    #[default]
    PainPoint,
    /// What pleases customers: found in positive mentions.
    Delight,
}

impl TopicKind {
    /// Both, in the order in which they are listed.
    pub const ALL: [Self; 2] = [Self::PainPoint, Self::Delight];

    /// What mentions of a sentiment make.
    pub fn of(sentiment: Sentiment) -> Self {
        if sentiment == Sentiment::Positive { Self::Delight } else { Self::PainPoint }
    }

    /// The sentiment of the mentions that make it.
    pub fn sentiment(self) -> Sentiment {
        match self {
            Self::PainPoint => Sentiment::Negative,
            Self::Delight => Sentiment::Positive,
        }
    }

    /// `pain_point` or `delight`.
    pub fn name(self) -> &'static str {
        match self {
            Self::PainPoint => "pain_point",
            Self::Delight => "delight",
        }
    }

    /// Whether it is a delight.
    pub fn is_delight(self) -> bool {
        self == Self::Delight
    }
}

/// One problem (pain point) or one praise (delight) that several customers tell, and the mentions that tell
/// it.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Topic {
    /// Stable identifier, e.g. `delivery-3f9a`; no other topic of the run has it.
    pub id: String,
    /// Whether it is a pain point or a delight.
    pub kind: TopicKind,
    /// Identifier of the touchpoint.
    pub touchpoint: String,
    /// Identifier of the phase; none for a touchpoint of no phase.
    pub phase: Option<String>,
    /// A clause out of a customer's own mention that says what its mentions say, or the name that a person
    /// gave it: one text.
    pub label: Vec<String>,
    /// The terms that are commoner among its mentions than elsewhere, most telling first; there may be none.
    pub terms: Vec<TopicTerm>,
    /// Mentions that belong to it.
    pub mentions: u64,
    /// Feedback with at least one such mention, of all feedback with text.
    pub feedback: Proportion,
    /// Mean strength of feeling of its mentions, from 0 to 1.
    pub severity: f64,
    /// From 0 to 1; topics of a kind are ranked by it. share × impact as a part of the range of scores
    /// where the input has enough scores, share × severity otherwise.
    pub priority: f64,
    /// Six typical mentions (fewer if there are fewer), the best first.
    pub verbatims: Vec<Verbatim>,
    /// Mentions by month (first day); empty without dates.
    pub months: BTreeMap<Date, u64>,
    /// Whether the company can control its touchpoint.
    pub controllable: bool,
    /// How much lower scores are where it is mentioned (a delight: higher), in units of the score: NPS
    /// from −1 to 1, ratings as given.
    pub impact: Option<Impact>,
    /// The same with the other topics held equal.
    pub effect: Option<Effect>,
    /// Its share in the later period, compared with the earlier one.
    pub trend: Option<Comparison>,
    /// This run against an earlier one, where there is one.
    pub change: Option<Change>,
    /// Groups of customers, each compared with the other groups of its column.
    pub groups: Vec<GroupComparison>,
}

impl Topic {
    /// Surface forms of its terms, each once, most telling first.
    pub fn surfaces(&self) -> Vec<String> {
        let mut surfaces: Vec<String> = Vec::new();
        for term in &self.terms {
            if !surfaces.contains(&term.term) {
                surfaces.push(term.term.clone());
            }
        }
        surfaces
    }
}

/// Topics that tell nearly the same, perhaps at several touchpoints.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Family {
    /// Identifiers of its topics, at least two, in their order.
    pub topics: Vec<String>,
    /// Feedback that mentions at least one of them, of all feedback with text.
    pub feedback: Proportion,
}

/// A term of a topic.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct TopicTerm {
    /// Its commonest surface form.
    pub term: String,
    /// By what its spellings are told from other terms: stems joined by spaces.
    pub key: String,
    /// Mentions of its sentiment that hold it.
    pub mentions: u64,
    /// How distinctive it is.
    pub z: f64,
}

impl From<&Candidate> for TopicTerm {
    fn from(found: &Candidate) -> Self {
        Self {
            term: found.surface.clone(),
            key: found.key.clone(),
            mentions: found.mentions,
            z: found.z,
        }
    }
}

/// Verbatim evidence.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Verbatim {
    /// The feedback's id.
    pub feedback_id: String,
    /// The mention in the customer's words.
    pub text: String,
    /// All that the feedback says, cut after 1,500 characters; none where it says no more.
    #[serde(default)]
    pub whole: Option<String>,
    /// Day of the feedback, if known.
    pub date: Option<Date>,
    /// Its likelihood to recommend, 0 to 10, if it has one.
    #[serde(default)]
    pub nps: Option<u8>,
    /// Its rating, on the scale to which all are brought, if it has one.
    #[serde(default)]
    pub rating: Option<f64>,
}

/// A topic in the driver model.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Effect {
    /// How much lower the score is with it (a delight: higher), all else in the model equal.
    pub effect: Estimate,
    /// The part of the variance of the scores that it explains, from 0 to 1.
    pub weight: f64,
}

/// A topic in a group of customers, compared with the other groups of the column.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct GroupComparison {
    /// The group.
    pub group: Group,
    /// The group against the others.
    pub comparison: Comparison,
}

/// A topic against the earlier run.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Change {
    /// This run against the earlier one; none of a new one.
    pub comparison: Option<Comparison>,
    /// Vocabulary shared with the earlier one, from 0 to 1.
    pub shared: f64,
}

impl Change {
    /// What became of it.
    pub fn status(&self) -> Status {
        match self.comparison {
            None => Status::New,
            Some(comparison) if comparison.p.is_none() => Status::Unclear,
            Some(comparison) if !comparison.is_real() => Status::Steady,
            Some(comparison) if comparison.difference > 0.0 => Status::Growing,
            Some(_) => Status::Shrinking,
        }
    }
}

/// What became of a topic since the earlier run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// The earlier run did not have it.
    New,
    /// A larger share of feedback mentions it, beyond chance.
    Growing,
    /// A smaller share of feedback mentions it, beyond chance.
    Shrinking,
    /// Its share has not changed beyond chance.
    Steady,
    /// Too few mention it to tell.
    Unclear,
}

impl Status {
    /// As in `pain_points.csv`.
    pub fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Growing => "growing",
            Self::Shrinking => "shrinking",
            Self::Steady => "steady",
            Self::Unclear => "unclear",
        }
    }
}
