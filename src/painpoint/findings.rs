//! What a run found: the words that recur, and the evidence for each.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::tally::statistics::Proportion;
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
    /// share × severity, from 0 to 1; pain points are ranked by it.
    pub priority: f64,
    /// Three typical mentions (fewer if there are fewer).
    pub verbatims: Vec<Verbatim>,
    /// Mentions by month (first day); empty without dates.
    pub months: BTreeMap<Date, u64>,
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
}
