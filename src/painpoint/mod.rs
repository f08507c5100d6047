//! Candidate terms, similarity, clusters, labels, severity.
//!
//! Clustering works on terms, not on documents: its cost grows with the vocabulary. It goes over the
//! mentions three times, each time adding up mergeable counts: [`vocabulary`] counts the terms that
//! recur, [`relations`] how the [`candidates`] among them stand together, and [`membership`] what
//! belongs to the [`themes`] that they form.

pub mod candidates;
mod cluster;
mod distinctive;
pub mod findings;
pub mod membership;
pub mod relations;
pub mod themes;
pub mod vocabulary;
