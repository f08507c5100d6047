//! What the labels of a user's own texts correct in a model's sentiment: `tuning.json` beside the model.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::error::ModelError;
use super::packed;
use crate::visible::visible;

/// A correction of what the last layer comes to: a bias, and a layer on the meaning vector beside the model's own on
/// its first token. All else in the model stays as it is.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Tuning {
    /// The labels that it was learnt from.
    pub labels: LabelsUsed,
    /// What is added to the logits of negative, neutral and positive, whatever the text.
    pub bias: [f32; 3],
    /// For each of them, what the meaning vector adds.
    pub meaning: [Vec<f32>; 3],
}

/// Labels that a correction was learnt from.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(deny_unknown_fields)]
pub struct LabelsUsed {
    /// How many.
    pub count: u64,
    /// Name of their file.
    pub file: String,
    /// SHA-256 of the file, in hexadecimal; empty where it was standard input.
    pub sha256: String,
}

/// Digits of a SHA-256 that are told where a file is named.
const DIGITS: usize = 12;

/// "tuned on 120 labels of todo.csv, SHA-256 0123456789ab".
impl fmt::Display for LabelsUsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "tuned on {} labels of {}", self.count, visible(&self.file))?;
        match self.sha256.get(..DIGITS) {
            Some(sum) => write!(f, ", SHA-256 {sum}"),
            None => Ok(()),
        }
    }
}

impl Tuning {
    /// Reads `tuning.json` of a model with meaning vectors of so many values.
    pub(super) fn parse(json: &[u8], dimensions: usize) -> Result<Self, ModelError> {
        let wrong = |what: String| ModelError::Config(format!("tuning.json: {what}"));
        let tuning: Self =
            serde_json::from_slice(json).map_err(|error| wrong(error.to_string()))?;
        if let Some(own) = tuning.meaning.iter().find(|own| own.len() != dimensions) {
            return Err(wrong(format!(
                "meaning has {} weights; the model has {dimensions}",
                own.len()
            )));
        }
        let mut all = tuning.bias.iter().chain(tuning.meaning.iter().flatten());
        match all.all(|value| value.is_finite()) {
            true => Ok(tuning),
            false => Err(wrong("its weights must be numbers".into())),
        }
    }

    /// Probabilities, in the order of [`Sentiment::ALL`](super::Sentiment::ALL), corrected for a text with this
    /// meaning vector.
    pub fn corrected(&self, probabilities: [f32; 3], meaning: &[f32]) -> [f32; 3] {
        let by_meaning = |label: usize| packed::dot(&self.meaning[label], meaning);
        weighed(probabilities, std::array::from_fn(|label| self.bias[label] + by_meaning(label)))
    }
}

/// Probabilities after something was added to their logits.
pub fn weighed(probabilities: [f32; 3], added: [f32; 3]) -> [f32; 3] {
    let most = added.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    // The engine's own exponential: the same bits everywhere.
    let mut own = probabilities;
    for (value, added) in own.iter_mut().zip(added) {
        *value *= packed::exp(added - most);
    }
    let sum: f32 = own.iter().sum();
    // What a model rules out stays ruled out: where that is all, nothing is to be corrected.
    if sum > 0.0 { own.map(|value| value / sum) } else { probabilities }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tuning() -> Tuning {
        Tuning {
            labels: LabelsUsed { count: 120, file: "todo.csv".into(), sha256: "ab".into() },
            bias: [0.0, 1.0, 0.0],
            meaning: [vec![0.0; 16], vec![0.0; 16], vec![-1.0; 16]],
        }
    }

    #[test]
    fn bias_and_meaning_add_to_the_logits() {
        let text = [0.5, 0.3, 0.2];
        let mut meaning = vec![0.0; 16];
        meaning[5] = 0.6;
        let factors = [1.0, 1f32.exp(), (-0.6f32).exp()];
        let weighed: Vec<f32> = text.iter().zip(factors).map(|(own, by)| own * by).collect();
        let sum: f32 = weighed.iter().sum();
        let found = tuning().corrected(text, &meaning);
        for (found, expected) in found.iter().zip(weighed) {
            assert!((found - expected / sum).abs() < 1e-6, "{found} is not {}", expected / sum);
        }
    }

    #[test]
    fn what_is_ruled_out_stays_so_and_nothing_added_changes_nothing() {
        assert_eq!(weighed([1.0, 0.0, 0.0], [-80.0, 80.0, 0.0]), [1.0, 0.0, 0.0]);
        let text = [0.25, 0.25, 0.5];
        assert_eq!(weighed(text, [7.0; 3]), text);
    }

    #[test]
    fn it_is_read_back_as_written_and_those_of_other_models_are_refused() {
        let json = serde_json::to_vec(&tuning()).expect("it can be written");
        assert_eq!(Tuning::parse(&json, 16).expect("it is sound"), tuning());
        let error = Tuning::parse(&json, 384).expect_err("too few").to_string();
        assert!(error.contains("tuning.json") && error.contains("384"), "{error}");
        let odd = Tuning { bias: [f32::MAX * 2.0, 0.0, 0.0], ..tuning() };
        let json = serde_json::to_vec(&odd).expect("it can be written");
        assert!(Tuning::parse(&json, 16).is_err());
    }
}
