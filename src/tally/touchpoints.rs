//! What is said of one touchpoint: when, and by whom.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::counts::SentimentCounts;
use crate::mention::{Group, Scores};
use crate::model::Sentiment;

/// What a touchpoint's mentions add up to. Mergeable.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct TouchpointCounts {
    /// Its mentions.
    pub sentiment: SentimentCounts,
    /// Feedback that mentions it.
    pub feedback: u64,
    /// Its mentions by month.
    pub months: BTreeMap<Date, SentimentCounts>,
    /// Its mentions by group of customers.
    pub groups: BTreeMap<Group, SentimentCounts>,
}

impl TouchpointCounts {
    /// Counts a mention of a feedback of `month`.
    pub(super) fn add(&mut self, sentiment: Sentiment, month: Option<Date>, scores: &Scores) {
        self.sentiment.add(sentiment);
        if let Some(month) = month {
            self.months.entry(month).or_default().add(sentiment);
        }
        for group in &scores.groups {
            // Groups are few and mentions many: no name is copied for one that is there.
            match self.groups.get_mut(group) {
                Some(counts) => counts.add(sentiment),
                None => self.groups.entry(group.clone()).or_default().add(sentiment),
            }
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.sentiment.merge(other.sentiment);
        self.feedback += other.feedback;
        for (month, counts) in other.months {
            self.months.entry(month).or_default().merge(counts);
        }
        for (group, counts) in other.groups {
            self.groups.entry(group).or_default().merge(counts);
        }
    }
}
