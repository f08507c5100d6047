//! Small questions that are answered from a meaning vector: `heads.json` beside a model.

use serde::Deserialize;

use super::error::ModelError;
use super::priors::Priors;

/// What the heads of a model say of a text, each a probability from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct HeadScores {
    /// It names a concrete problem, if it complains at all; otherwise it is a cry ("Never again!").
    pub names_problem: f32,
    /// It suggests something to the company.
    pub suggests: f32,
    /// Its writer leaves.
    pub leaves: f32,
}

/// Logistic regressions on the meaning vector of length one.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Heads {
    problem: Head,
    suggestion: Head,
    churn: Head,
    /// Not a head, but learnt and shipped with them.
    priors: Option<Priors>,
}

/// p = 1 / (1 + exp(−(w · v + b))), calibrated when it was fitted.
#[derive(Clone, Debug, Deserialize)]
struct Head {
    weights: Vec<f32>,
    bias: f32,
}

impl Heads {
    /// Reads the heads of a model with meaning vectors of so many values.
    pub(super) fn parse(json: &[u8], dimensions: usize) -> Result<Self, ModelError> {
        let wrong = |what: String| ModelError::Config(format!("heads.json: {what}"));
        let heads: Self = serde_json::from_slice(json).map_err(|error| wrong(error.to_string()))?;
        for (name, head) in heads.named() {
            let found = head.weights.len();
            if found != dimensions {
                return Err(wrong(format!(
                    "{name} has {found} weights; the model has {dimensions}"
                )));
            }
        }
        if let Some(priors) = &heads.priors {
            priors.check()?;
        }
        Ok(heads)
    }

    /// What rows tell of sentiment beside their text.
    pub(super) fn priors(&self) -> Option<&Priors> {
        self.priors.as_ref()
    }

    fn named(&self) -> [(&'static str, &Head); 3] {
        [("problem", &self.problem), ("suggestion", &self.suggestion), ("churn", &self.churn)]
    }

    /// What they say of a meaning vector.
    pub(super) fn score(&self, meaning: &[f32]) -> HeadScores {
        let [names_problem, suggests, leaves] =
            self.named().map(|(_, head)| head.probability(meaning));
        HeadScores { names_problem, suggests, leaves }
    }
}

impl Head {
    fn probability(&self, meaning: &[f32]) -> f32 {
        let logit = super::packed::dot(&self.weights, meaning) + self.bias;
        // The engine's own exponential: the same bits everywhere.
        let power = super::packed::exp(-logit.abs());
        if logit >= 0.0 { 1.0 / (1.0 + power) } else { power / (1.0 + power) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(weights: usize) -> String {
        let head = format!(r#"{{"weights": {:?}, "bias": 1.0}}"#, vec![0.5; weights]);
        format!(r#"{{"problem": {head}, "suggestion": {head}, "churn": {head}}}"#)
    }

    #[test]
    fn a_head_is_a_logistic_regression() {
        let heads = Heads::parse(json(16).as_bytes(), 16).expect("it is sound");
        let mut meaning = vec![0.0; 16];
        meaning[3] = -1.0;
        let scores = heads.score(&meaning);
        let expected = 1.0 / (1.0 + (-(1.0f32 - 0.5)).exp());
        assert!((scores.names_problem - expected).abs() < 1e-5, "{scores:?}");
        meaning[3] = -40.0;
        assert!(heads.score(&meaning).leaves < 1e-6);
    }

    #[test]
    fn heads_of_another_model_are_refused() {
        let error = Heads::parse(json(16).as_bytes(), 384).expect_err("too few").to_string();
        assert!(error.contains("heads.json") && error.contains("384"), "{error}");
        assert!(Heads::parse(b"{}", 16).is_err());
    }
}
