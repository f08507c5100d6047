//! What passes from reading to scoring to writing, in the order of the input.

use std::io;
use std::sync::Arc;

use crate::mention::Analysed;
use crate::read::{Doubt, Feedback, Fingerprint, Layout, Protected, Protection, ReadError, Reject};
use crate::store::spill::Encoded;

/// Rows of one input that are scored together.
pub(super) struct Window {
    /// Number of the input.
    pub input: usize,
    /// How it is laid out.
    pub layout: Arc<Layout>,
    /// Rows with their ids.
    pub rows: Vec<(String, Feedback)>,
}

impl Window {
    /// Puts placeholders for personal data in the rows.
    pub(super) fn protect(&mut self, protection: &Protection) -> Protected {
        let mut protected = Protected::default();
        for (id, feedback) in &mut self.rows {
            protected.merge(protection.protect(&self.layout, feedback, id));
        }
        protected
    }
}

/// Rows that have been scored.
pub(super) struct Scored {
    /// The rows.
    pub window: Window,
    /// What was found in each.
    pub feedback: Vec<Analysed>,
    /// The same, as it is stored.
    pub encoded: io::Result<Encoded<Analysed>>,
    /// What was replaced in the rows.
    pub protected: Protected,
}

/// What happens to the rows, in their order.
pub(super) enum Event {
    /// Rows were scored.
    Rows(Scored),
    /// A row of an input cannot be used.
    Reject(usize, Reject),
    /// A row repeats an earlier one.
    Duplicate,
    /// A row is no customer's finished answer.
    LeftOut,
    /// An input is at its end: this is doubtful, and this was read.
    End(usize, Vec<Doubt>, Fingerprint),
    /// An input can no longer be read.
    Failed(ReadError),
}
