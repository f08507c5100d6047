//! Whether a difference is more than chance.

use crate::tally::statistics::{Estimate, Proportion};

/// Fewer mentions than this are too few for a comparison.
pub(super) const FEW: u64 = 30;

/// Whether two independent figures differ by more than chance, at the 95 % of their intervals:
/// half-widths add in squares.
pub(super) fn differ(a: impl Into<Interval>, b: impl Into<Interval>) -> bool {
    let (a, b) = (a.into(), b.into());
    (a.value - b.value).abs() > a.half_width().hypot(b.half_width())
}

/// A figure with the ends of its interval.
pub(super) struct Interval {
    value: f64,
    low: f64,
    high: f64,
}

impl Interval {
    fn half_width(&self) -> f64 {
        (self.high - self.low) / 2.0
    }
}

impl From<Estimate> for Interval {
    fn from(Estimate { value, low, high, .. }: Estimate) -> Self {
        Self { value, low, high }
    }
}

impl From<Proportion> for Interval {
    fn from(Proportion { share, low, high, .. }: Proportion) -> Self {
        Self { value: share, low, high }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_difference_is_chance_in_few_and_real_in_many() {
        assert!(!differ(Proportion::new(10, 100), Proportion::new(15, 100)));
        assert!(differ(Proportion::new(1000, 10_000), Proportion::new(1500, 10_000)));
    }

    #[test]
    fn nothing_never_differs_from_nothing() {
        assert!(!differ(Proportion::new(0, 100), Proportion::new(0, 100)));
        assert!(!differ(Proportion::new(0, 0), Proportion::new(3, 100)));
    }
}
