//! What a row says beside its text.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What a row says beside its text.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Scores {
    /// Day of the feedback.
    pub date: Option<Date>,
    /// Likelihood to recommend, 0 to 10.
    pub nps: Option<u8>,
    /// Rating, on the scale of the first input.
    pub rating: Option<f64>,
    /// The groups that it belongs to, at most one a column.
    pub groups: Vec<Group>,
}

impl Scores {
    /// The rating in thousandths: what is summed.
    pub fn thousandths(&self) -> Option<i64> {
        self.rating.map(|rating| (rating * 1000.0).round() as i64)
    }
}

/// A value of a column of sources or segments.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Group {
    /// Name of the column.
    pub column: String,
    /// The cell, trimmed; never empty.
    pub value: String,
    /// Whether the column says where the feedback came from, rather than who gave it.
    pub source: bool,
}
