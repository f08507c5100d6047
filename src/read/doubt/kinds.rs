//! What of several kinds a doubt is about: rows that are no feedback, and columns that say the same.

use serde::{Deserialize, Serialize};

/// Why rows are none of a customer's feedback.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotFeedback {
    /// The company, or an agent for it, wrote them.
    Company,
    /// They pass on what somebody else wrote.
    Retweet,
    /// Their text was deleted or removed.
    Deleted,
    /// Whoever made the survey tried it out.
    Preview,
    /// The survey was not completed.
    Unfinished,
}

/// What two columns of text have in common.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sameness {
    /// The same words, but for case, signs and order.
    Words,
    /// The same in another language, as its name says.
    Translation,
    /// A shorter or tokenised form, as its name says.
    Processed,
}
