//! What was read: as what the columns were taken, and what is doubtful about that.

use serde::{Deserialize, Serialize};

use crate::read::{Column, KnownProfile, ToldDoubt};

/// How the inputs were read.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Reading {
    /// The columns of all inputs that are used, by name.
    pub columns: Vec<Column>,
    /// The tools whose exports they are, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<KnownProfile>,
    /// What is doubtful, what matters most first.
    pub doubts: Vec<ToldDoubt>,
}
