//! Candidate terms, similarity, clusters, labels, severity.

pub mod findings;
