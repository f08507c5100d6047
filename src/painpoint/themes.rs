//! What mentions are about: a pain point if they are negative, a delight if positive.

use super::candidates::Candidate;
use crate::model::Sentiment;

/// A theme, by its sentiment and number.
pub type Cause = (Sentiment, usize);

/// A key point with what recurs among its mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Sentiment of its mentions.
    pub sentiment: Sentiment,
    /// Touchpoint that stands out among its mentions.
    pub touchpoint: String,
    /// What a reader is told that it is about: a clause in a customer's words.
    pub label: Vec<String>,
    /// Its terms, most telling first.
    pub terms: Vec<Candidate>,
    /// The identifier by which it was known beforehand.
    pub known: Option<String>,
}
