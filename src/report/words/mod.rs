//! The words, names and numbers of reports in their language.

pub(crate) mod alerts;
pub(crate) mod comparisons;
pub(crate) mod doubts;
pub(crate) mod format;
pub(crate) mod glossary;
pub(crate) mod labels;
pub(crate) mod letters;
pub(crate) mod maps;
pub(crate) mod sentences;
pub(crate) mod sheets;

mod names;

pub(crate) use names::Names;
pub use names::{label, phase_name, touchpoint_name};
