//! What was read: as what the columns were taken, and what is doubtful about that.

use serde::{Deserialize, Serialize};

use crate::model::LabelsUsed;
use crate::read::{Column, KnownProfile, ToldDoubt};

/// How the inputs were read.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Reading {
    /// The columns of all inputs that are used, by name.
    pub columns: Vec<Column>,
    /// The tools whose exports they are, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<KnownProfile>,
    /// The labels that the model's sentiment was tuned on, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tuned_on: Option<LabelsUsed>,
    /// What is doubtful, what matters most first.
    pub doubts: Vec<ToldDoubt>,
}
