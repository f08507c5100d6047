//! What speaks for a touchpoint → confidence: what keyphrases and meaning say together, as a probability.
//!
//! Logistic regressions (Cox 1958) over similarity and lead, one for mentions that hold a keyphrase
//! of the touchpoint and one for those that do not; the same for every touchpoint and every codebook.
//! Their weights stand in `calibration.toml` and come from labelled feedback.

use serde::Deserialize;

use super::Signal;

/// The weights in use.
const CALIBRATION: &str = include_str!("calibration.toml");

/// Weights of the signal.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Where a keyphrase is found.
    pub keyphrase: Weights,
    /// Where none is.
    pub alone: Weights,
    /// Without looking at keyphrases, to measure what meaning does.
    pub meaning: Weights,
}

/// Weights of one logistic regression.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// What holds without any signal.
    bias: f32,
    /// For the similarity in meaning.
    similarity: f32,
    /// For the lead of that similarity over the next best touchpoint's; negative behind the best.
    lead: f32,
    /// Least confidence that assigns a touchpoint.
    threshold: f32,
}

impl Calibration {
    /// The calibration that this program was built with.
    pub fn built_in() -> Self {
        // A test parses the source, so this one, by which keyphrases decide, is never seen.
        let certain = |bias| Weights { bias, similarity: 0.0, lead: 0.0, threshold: 0.5 };
        let (yes, no) = (certain(9.0), certain(-9.0));
        let fallback = || Self { keyphrase: yes, alone: no.clone(), meaning: no };
        toml::from_str(CALIBRATION).unwrap_or_else(|_| fallback())
    }

    /// The confidence of keyphrases and meaning together, if it suffices.
    pub fn sufficient(&self, signal: &Signal) -> Option<f32> {
        if signal.keyphrase { &self.keyphrase } else { &self.alone }.sufficient(signal)
    }
}

impl Weights {
    /// How sure similarity and lead make one, from 0 to 1.
    pub fn confidence(&self, signal: &Signal) -> f32 {
        let sum = self.bias + self.similarity * signal.similarity + self.lead * signal.lead;
        1.0 / (1.0 + (-sum).exp())
    }

    /// The confidence, if it suffices.
    pub fn sufficient(&self, signal: &Signal) -> Option<f32> {
        Some(self.confidence(signal)).filter(|confidence| *confidence >= self.threshold)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signal(keyphrase: bool, similarity: f32, lead: f32) -> Signal {
        Signal { touchpoint: 0, keyphrase, similarity, lead }
    }

    #[test]
    fn the_built_in_calibration_is_valid() {
        let parsed: Calibration = toml::from_str(CALIBRATION).expect("valid");
        assert_eq!(parsed, Calibration::built_in());
    }

    #[test]
    fn a_closer_meaning_makes_surer() {
        let Calibration { keyphrase, alone, meaning } = Calibration::built_in();
        for weights in [keyphrase, alone, meaning] {
            let bare = weights.confidence(&signal(false, 0.2, 0.0));
            assert!(weights.confidence(&signal(false, 0.6, 0.0)) > bare);
            assert!(weights.confidence(&signal(false, 0.2, 0.2)) > bare);
        }
    }

    #[test]
    fn a_keyphrase_with_a_fitting_meaning_suffices_and_a_middling_meaning_alone_does_not() {
        let calibration = Calibration::built_in();
        assert!(calibration.sufficient(&signal(true, 0.4, 0.0)).is_some());
        assert_eq!(calibration.sufficient(&signal(false, 0.4, 0.0)), None);
    }

    #[test]
    fn confidence_is_the_logistic_of_the_weighted_sum() {
        let weights = Weights { bias: -1.0, similarity: 3.0, lead: 4.0, threshold: 0.5 };
        // −1 + 3 × 0.5 + 4 × 0.25 = 1.5
        let expected = 1.0 / (1.0 + (-1.5f32).exp());
        assert!((weights.confidence(&signal(true, 0.5, 0.25)) - expected).abs() < 1e-6);
        assert_eq!(weights.sufficient(&signal(false, 0.0, 0.0)), None);
    }
}
