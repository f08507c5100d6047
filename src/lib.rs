//! `painpoint` reads free-text customer feedback, scores every sentence with a transformer, and
//! finds the problems that several customers name in the negative ones: pain points, each told by a
//! customer's own clause, per touchpoint of the customer journey.
//!
//! The modules are the rooms through which the data passes, in this order:
//!
//! ```text
//! read ──► text ──► model ──► touchpoint ──► score ──► tally ──► painpoint ──► findings ──► report
//! └───────────── map: one row at a time ─────────────┘└────── reduce: few rounds ─────┘  │    ▲
//!                                                                                       ▼    │
//!                                                                              history ──► alert
//! ```
//!
//! What flows between them is a [`mention`]: a feedback once it is scored, and the passes over it.
//!
//! Four rules hold the design together:
//!
//! 1. A row's result depends on its text, its own columns, the configuration and the model, and on
//!    nothing else.
//! 2. Everything summed is a commutative monoid that can be written down: any split of the input, in any
//!    order, gives the same bytes.
//! 3. Pain points are found on a bounded sample and vocabulary that no order changes, then every mention
//!    is matched once; there is no random seed.
//! 4. Nothing is dropped silently, nothing is claimed silently.

pub mod alert;
pub mod cli;
pub mod config;
mod digest;
pub mod history;
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
pub mod tuning;
mod visible;
