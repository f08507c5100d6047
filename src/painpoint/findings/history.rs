//! What earlier runs add to this one.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::tally::period::Unit;
use crate::tally::statistics::{Estimate, Proportion};
use crate::tally::summary::SentimentCounts;

/// What is told of earlier runs and this one together.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct History {
    /// Runs, with this one.
    pub runs: u64,
    /// Feedback of all of them, each once.
    pub feedback: u64,
    /// Of these, feedback without a day: it is in no period.
    pub undated: u64,
    /// How long a period is.
    pub unit: Unit,
    /// Whether the scores of periods are NPS; mean ratings else.
    pub nps: bool,
    /// Periods in order, those without feedback too; the last 53.
    pub periods: Vec<PeriodFigures>,
    /// The pain points and delights of this run over the periods, in their order.
    pub topics: Vec<SeenTopic>,
    /// Where feedback is now that was in another pain point or delight when it was last read.
    pub moved: Vec<Moved>,
}

/// A period.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct PeriodFigures {
    /// Its first day.
    pub first: Date,
    /// Its last day.
    pub last: Date,
    /// Whether it may still grow: it holds the newest feedback, and is not over.
    pub open: bool,
    /// Feedback.
    pub feedback: u64,
    /// Of these with text that counts.
    pub with_text: u64,
    /// Mentions by sentiment.
    pub sentiment: SentimentCounts,
    /// NPS from −1 to 1 where there is one, else the mean rating.
    pub score: Option<Estimate>,
}

/// A pain point or delight over time.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct SeenTopic {
    /// Its identifier.
    pub id: String,
    /// Runs in which it was told, with this one.
    pub runs: u64,
    /// The first of these, counted from 1.
    pub since: u64,
    /// Feedback that mentions it, by period.
    pub feedback: Vec<u64>,
}

/// Feedback that was in one pain point or delight in an earlier run, and is in another now.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Moved {
    /// Identifier of the earlier one.
    pub from: String,
    /// Its label.
    pub label: Vec<String>,
    /// Identifier of the present one.
    pub into: String,
    /// Feedback that moved, of that which was in the earlier one and was read again.
    pub feedback: Proportion,
}
