//! What is kept on disk beside the results.

pub(crate) mod lock;
pub(crate) mod runs;
pub mod scores;
pub mod spill;
