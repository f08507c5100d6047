//! Whether a classifier is right as often as it says.

use serde::Serialize;

use crate::mention::{MICRO, micro};

/// Bins of equal width, as in Guo et al., "On Calibration of Modern Neural Networks" (2017).
const BINS: usize = 15;

/// Texts by the probability of the label that the model gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Calibration([Counts; BINS]);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    texts: u64,
    hits: u64,
    /// Sum of the probabilities, in millionths.
    confidence: u64,
}

/// The texts to which the model gave a label with about the same probability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// Texts.
    pub n: u64,
    /// Mean probability of the label given.
    pub confidence: f64,
    /// Share of texts whose label it is.
    pub accuracy: f64,
}

impl Calibration {
    /// Counts a text whose label was given with probability `confidence`.
    pub fn add(&mut self, confidence: f32, hit: bool) {
        let confidence = micro(confidence);
        let bin = (f64::from(confidence) * MICRO * BINS as f64) as usize;
        let counts = &mut self.0[bin.min(BINS - 1)];
        counts.texts += 1;
        counts.hits += u64::from(hit);
        counts.confidence += u64::from(confidence);
    }

    /// The bins that hold texts, by rising probability.
    pub fn bins(&self) -> Vec<Bin> {
        let filled = self.0.iter().filter(|counts| counts.texts > 0);
        filled
            .map(|counts| Bin {
                n: counts.texts,
                confidence: counts.confidence as f64 * MICRO / counts.texts as f64,
                accuracy: counts.hits as f64 / counts.texts as f64,
            })
            .collect()
    }

    /// Expected calibration error: the mean distance of probability and share of hits in a bin,
    /// weighted by texts. From 0 to 1.
    pub fn error(&self) -> f64 {
        let texts: u64 = self.0.iter().map(|counts| counts.texts).sum();
        let distance =
            |counts: &Counts| (counts.confidence as f64 * MICRO - counts.hits as f64).abs();
        self.0.iter().map(distance).sum::<f64>() / texts.max(1) as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn error_computed_by_hand() {
        let mut calibration = Calibration::default();
        // Says 0.9 four times and is right three times; says 0.5 twice and is right once.
        for hit in [true, true, true, false] {
            calibration.add(0.9, hit);
        }
        calibration.add(0.5, true);
        calibration.add(0.5, false);
        assert!((calibration.error() - 4.0 / 6.0 * 0.15).abs() < 1e-9);
        assert_eq!(calibration.bins().len(), 2);
        assert_eq!(calibration.bins()[0], Bin { n: 2, confidence: 0.5, accuracy: 0.5 });
    }

    #[test]
    fn certainty_has_a_bin_and_nothing_has_no_error() {
        let mut calibration = Calibration::default();
        assert_eq!(calibration.error(), 0.0);
        calibration.add(1.0, true);
        assert_eq!(calibration.bins(), [Bin { n: 1, confidence: 1.0, accuracy: 1.0 }]);
        assert_eq!(calibration.error(), 0.0);
    }
}
