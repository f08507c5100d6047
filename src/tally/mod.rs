//! Counting: a mergeable tally of the mentions, and what it comes to.

pub mod statistics;
pub mod summary;
