//! What the row of a text tells of its sentiment beside the text: `priors` in `heads.json`.

use serde::Deserialize;

use super::error::ModelError;

/// How sure a text must be of its sentiment to keep it whatever its row says.
pub const CLEAR: f32 = 0.9;

/// Shifts of the logits, negative for the worse, learnt on feedback whose mentions are labelled in their rows
/// (`models/train/train/priors.py`). A shift u takes u from the logit of *negative* and adds it to that of *positive*: a row
/// says which way a text leans, not whether it leans.
#[derive(Clone, Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Priors {
    /// Largest sum of shifts, to either side.
    pub most: f32,
    /// At likelihoods to recommend of 0, 2.5, 5, 7.5 and 10; linear in between.
    pub nps: [f32; 5],
    /// At the lowest rating of the scale, a quarter, half, three quarters of the way up, and the highest.
    pub rating: [f32; 5],
    /// Where the text was asked for what is bad or missing.
    pub improve: f32,
    /// Where it was asked for what is good.
    pub liked: f32,
    /// Where it was asked for the reason of a score.
    pub reason: f32,
}

impl Priors {
    /// Whether they can be used.
    pub(super) fn check(&self) -> Result<(), ModelError> {
        let values = [self.most, self.improve, self.liked, self.reason];
        let finite =
            values.iter().chain(&self.nps).chain(&self.rating).all(|value| value.is_finite());
        // A text with probability p of one sentiment keeps it as long as e^(2u) < p / (1 − p).
        let most = (CLEAR / (1.0 - CLEAR)).ln() / 2.0;
        match finite && (0.0..most).contains(&self.most) {
            true => Ok(()),
            false => Err(ModelError::Config(format!(
                "heads.json: priors must be numbers, and most from 0 to {most:.3}"
            ))),
        }
    }

    /// The value of a curve at a share from 0 to 1 of the way along it.
    pub fn along(curve: &[f32; 5], share: f32) -> f32 {
        let at = share.clamp(0.0, 1.0) * 4.0;
        let left = (at as usize).min(3);
        let rest = at - left as f32;
        curve[left] * (1.0 - rest) + curve[left + 1] * rest
    }

    /// Probabilities, in the order of [`Sentiment::ALL`](super::Sentiment::ALL), after a shift. A sentiment that has
    /// [`CLEAR`] stays the likeliest.
    pub fn shifted(&self, probabilities: [f32; 3], shift: f32) -> [f32; 3] {
        let shift = shift.clamp(-self.most, self.most);
        // The engine's own exponential: the same bits everywhere.
        let power = super::packed::exp(-shift.abs());
        // Divided by the largest of the three factors, so that each is 1 at most.
        let [negative, neutral, positive] = probabilities;
        let weighed = match shift >= 0.0 {
            true => [negative * power * power, neutral * power, positive],
            false => [negative, neutral * power, positive * power * power],
        };
        let sum: f32 = weighed.iter().sum();
        weighed.map(|own| own / sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Score, Sentiment};

    fn priors() -> Priors {
        let curve = [-2.0, -1.0, 0.0, 1.0, 2.0];
        Priors { most: 1.09, nps: curve, rating: curve, improve: -1.0, liked: 2.0, reason: 0.0 }
    }

    fn sentiment(probabilities: [f32; 3]) -> Sentiment {
        Score { probabilities, ..Score::default() }.sentiment()
    }

    #[test]
    fn curves_are_linear_between_their_points() {
        let curve = [-2.0, -1.0, 0.0, 1.0, 3.0];
        let along = |share| Priors::along(&curve, share);
        assert_eq!([along(0.0), along(0.5), along(1.0)], [-2.0, 0.0, 3.0]);
        assert_eq!([along(0.125), along(0.9375), along(7.0)], [-1.5, 2.5, 3.0]);
    }

    #[test]
    fn a_shift_takes_from_one_end_and_gives_to_the_other() {
        let text = [0.4, 0.4, 0.2];
        let own = priors().shifted(text, 1.0);
        let (e, sum) = (1f32.exp(), 0.4 / 1f32.exp() + 0.4 + 0.2 * 1f32.exp());
        for (found, expected) in own.iter().zip([0.4 / e / sum, 0.4 / sum, 0.2 * e / sum]) {
            assert!((found - expected).abs() < 1e-5, "{own:?}");
        }
        assert_eq!(priors().shifted(text, 0.0), text);
    }

    #[test]
    fn clear_texts_keep_their_sentiment_whatever_the_row_says() {
        for clear in 0..3 {
            for other in (0..3).filter(|&other| other != clear) {
                let mut text = [0.0; 3];
                (text[clear], text[other]) = (CLEAR, 1.0 - CLEAR);
                for shift in [-9.0, 9.0] {
                    let own = priors().shifted(text, shift);
                    assert_eq!(sentiment(own), Sentiment::ALL[clear], "{text:?} {shift}");
                }
            }
        }
    }

    #[test]
    fn priors_that_could_turn_a_clear_text_are_refused() {
        assert!(priors().check().is_ok());
        assert!(Priors { most: 1.10, ..priors() }.check().is_err());
        assert!(Priors { improve: f32::NAN, ..priors() }.check().is_err());
    }
}
