//! The sentiment of a mention in its row: what its text says, and which way its score and its question lean.

use crate::model::Priors;
use crate::read::{Asks, Feedback, Layout};

/// The sum of the shifts for a mention in a column of a row. A likelihood to recommend and a rating tell much the
/// same, so that both count half where a row has both.
pub(super) fn shift(priors: &Priors, layout: &Layout, feedback: &Feedback, column: usize) -> f32 {
    let asks = layout.columns.get(column).and_then(|own| own.asks).unwrap_or_default();
    let asked = match asks {
        Asks::Improve => priors.improve,
        Asks::Liked => priors.liked,
        Asks::Reason => priors.reason,
        Asks::Any => 0.0,
    };
    let nps = feedback.nps.map(|nps| Priors::along(&priors.nps, f32::from(nps) / 10.0));
    let rating = feedback.rating.zip(layout.rating_scale).map(|(rating, (low, high))| {
        Priors::along(&priors.rating, ((rating - low) / (high - low)) as f32)
    });
    let scored = match (nps, rating) {
        (Some(nps), Some(rating)) => (nps + rating) / 2.0,
        (one, other) => one.or(other).unwrap_or(0.0),
    };
    asked + scored
}
