//! What flows from the model to the report: feedback and its mentions once they are scored.

mod analysed;
pub mod pass;
mod scores;
mod tag;
mod touchpoints;

pub use analysed::{Analysed, Mention, Repetition};
pub use scores::{Group, Scores};
pub use tag::{Found, Tag};
pub use touchpoints::{Touchpoint, Touchpoints};

/// One millionth: the unit in which probabilities are summed, so that sums do not depend on order.
pub const MICRO: f64 = 1e-6;

/// A probability in millionths.
pub fn micro(probability: f32) -> u32 {
    (f64::from(probability) / MICRO).round() as u32
}
