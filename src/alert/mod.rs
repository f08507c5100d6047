//! What an administrator wants to be told unasked: rules over the last period, held against limits and against the
//! periods before.
//!
//! Every rule is judged for all that it names, and every judgement is told, those too for which there is too little to
//! judge. Those that rest on samples are tests; all tests of a run together are held to one rate of false discoveries,
//! which is also the chance of an alarm where nothing has changed (Y. Benjamini, Y. Hochberg 1995). What that comes to is
//! measured: `cargo run --release --example alarms`.

mod judge;
mod rule;
mod test;

pub use judge::{Facts, judge};
pub use rule::{Count, Rule, Rules};
