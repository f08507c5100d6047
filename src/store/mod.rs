//! What is kept on disk beside the results.

pub mod spill;
