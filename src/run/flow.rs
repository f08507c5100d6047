//! What passes from reading to scoring to writing, in the order of the input.

use std::io;
use std::sync::Arc;

use crate::mention::Analysed;
use crate::read::{
    Doubt, Feedback, Fingerprint, Layout, PassedOver, PassingOver, Protected, Protection,
    ReadError, Reject,
};
use crate::store::spill::Encoded;
use crate::text::near::Bands;

/// Rows of one input that are scored together.
pub(super) struct Window {
    /// Number of the input.
    pub input: usize,
    /// How it is laid out.
    pub layout: Arc<Layout>,
    /// What in its texts is passed over.
    pub passing_over: Arc<PassingOver>,
    /// Rows with their ids.
    pub rows: Vec<(String, Feedback)>,
}

impl Window {
    /// Finds what is passed over in the rows, and puts placeholders for personal data in them.
    pub(super) fn prepare(&mut self, protection: &Protection) -> Prepared {
        let mut prepared = Prepared::default();
        for (_, feedback) in &mut self.rows {
            self.passing_over.find(feedback, &mut prepared.passed_over);
        }
        prepared.protected = protection.protect(&self.layout, &mut self.rows);
        prepared
    }
}

/// What was found in rows before they were scored.
#[derive(Default)]
pub(super) struct Prepared {
    /// What was passed over.
    pub passed_over: PassedOver,
    /// What was replaced.
    pub protected: Protected,
}

/// Rows that have been scored.
pub(super) struct Scored {
    /// The rows.
    pub window: Window,
    /// What was found in each.
    pub feedback: Vec<Analysed>,
    /// The same, as it is stored.
    pub encoded: io::Result<Encoded<Analysed>>,
    /// By what each may be found to be nearly the same as another.
    pub bands: Vec<Option<Bands>>,
    /// What was found before they were scored.
    pub prepared: Prepared,
}

/// What happens to the rows, in their order.
pub(super) enum Event<Rows = Box<Scored>> {
    /// Rows were scored, or what else is made of them.
    Rows(Rows),
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
