//! What is wrong with the label of a row, for the commands that evaluate.

use std::path::PathBuf;

use crate::visible::visible_path;

/// A label that means nothing.
#[derive(Debug, thiserror::Error)]
#[error("{}:{line}:{column}: {problem}; {remedy}", visible_path(path))]
pub struct UnknownLabel {
    /// The input.
    pub path: PathBuf,
    /// Line on which the row starts, from 1.
    pub line: u64,
    /// Name of the column of labels.
    pub column: String,
    /// What is wrong.
    pub problem: String,
    /// What to write.
    pub remedy: String,
}
