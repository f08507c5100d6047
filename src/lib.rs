//! `painpoint` reads free-text customer feedback, scores every sentence with a transformer, and
//! clusters the vocabulary that recurs in the negative ones into pain points per touchpoint of the
//! customer journey.
//!
//! The modules are the rooms through which the data passes, in this order:
//!
//! ```text
//! read ──► text ──► model ──► touchpoint ──► score ──► tally ──► painpoint ──► report
//! └───────────── map: one row at a time ─────────────┘└── reduce: once ──┘
//! ```
//!
//! What flows between them is a [`mention`]: a feedback once it is scored, and the passes over it.
//!
//! Four rules hold the design together: a row's result depends on the row, the configuration and
//! the model alone; everything summed is a commutative monoid that can be written down; pain points are
//! found on a bounded sample and vocabulary, then every mention is matched once; nothing is dropped
//! silently.

pub mod cli;
pub mod config;
mod digest;
pub mod mention;
pub mod model;
pub mod painpoint;
pub mod read;
pub mod report;
pub mod run;
pub mod score;
pub mod store;
pub mod tally;
pub mod text;
pub mod touchpoint;
mod visible;
