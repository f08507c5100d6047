//! How often the program and a person agreed.

use serde::{Deserialize, Serialize};

/// Corrections of a run.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub struct CorrectionCounts {
    /// Rows of the file.
    pub rows: u64,
    /// Of these, rows that found what they correct.
    pub matched: u64,
    /// Mentions whose sentiment a person gave.
    pub sentiment: Agreement,
    /// Mentions whose touchpoints a person gave.
    pub touchpoint: Agreement,
}

/// How often the program said the same.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// Mentions about which a person said something.
    pub checked: u64,
    /// Of these, mentions about which the program had said something else.
    pub disagreed: u64,
}

impl Agreement {
    /// Counts a mention.
    pub fn add(&mut self, agreed: bool) {
        self.checked += 1;
        self.disagreed += u64::from(!agreed);
    }
}
