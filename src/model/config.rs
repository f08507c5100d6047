//! `config.json` in Hugging Face form.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Sentiment;
use super::error::ModelError;

/// The part of `config.json` that the engine needs.
#[derive(Clone, Debug, Deserialize)]
pub struct Config {
    /// Architecture family; `bert` is what the engine runs.
    pub model_type: String,
    /// Width of the hidden state.
    pub hidden_size: usize,
    /// Number of layers.
    pub num_hidden_layers: usize,
    /// Attention heads a layer.
    pub num_attention_heads: usize,
    /// Width of the feed-forward layer.
    pub intermediate_size: usize,
    /// Rows of the word embedding.
    pub vocab_size: usize,
    /// Rows of the position embedding: the longest sequence.
    pub max_position_embeddings: usize,
    /// Rows of the token type embedding, of which the first is used.
    pub type_vocab_size: usize,
    /// Added to variances before the square root.
    pub layer_norm_eps: f32,
    /// Activation of the feed-forward layer; `gelu` is what the engine runs.
    pub hidden_act: String,
    /// Label names by index.
    #[serde(default)]
    pub id2label: BTreeMap<String, String>,
    /// What only this project's models say.
    #[serde(default)]
    pub painpoint: Extras,
}

/// Settings under the key `painpoint`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Extras {
    /// Longest window in tokens, the two markers included.
    pub max_tokens: Option<usize>,
    /// Version of the weights.
    pub version: Option<String>,
    /// Licence of the weights.
    pub licence: Option<String>,
    /// Model that they were trained from.
    pub base: Option<String>,
}

/// Window length where the model does not name one.
const DEFAULT_MAX_TOKENS: usize = 256;

impl Config {
    /// Parses and checks `config.json`.
    pub fn parse(json: &[u8]) -> Result<Self, ModelError> {
        let config: Self =
            serde_json::from_slice(json).map_err(|error| ModelError::Config(error.to_string()))?;
        config.check().map_err(ModelError::Config)?;
        Ok(config)
    }

    fn check(&self) -> Result<(), String> {
        if self.model_type != "bert" {
            return Err(format!(
                "model_type is {:?}; the packed engine runs \"bert\"",
                self.model_type
            ));
        }
        if self.hidden_act != "gelu" {
            return Err(format!("hidden_act is {:?}; only \"gelu\" is supported", self.hidden_act));
        }
        if self.num_attention_heads == 0
            || !self.hidden_size.is_multiple_of(self.num_attention_heads)
        {
            return Err(format!(
                "hidden_size {} is not a multiple of num_attention_heads {}",
                self.hidden_size, self.num_attention_heads
            ));
        }
        if !self.hidden_size.is_multiple_of(super::packed::LANES)
            || !self.intermediate_size.is_multiple_of(super::packed::LANES)
        {
            return Err(format!(
                "hidden_size and intermediate_size must be multiples of {}",
                super::packed::LANES
            ));
        }
        if self.max_tokens() < 3 {
            return Err("the window must hold at least three tokens".into());
        }
        self.labels().map(|_| ())
    }

    /// Longest window in tokens, the two markers included.
    pub fn max_tokens(&self) -> usize {
        self.painpoint.max_tokens.unwrap_or(DEFAULT_MAX_TOKENS).min(self.max_position_embeddings)
    }

    /// The sentiment that each output of the classifier stands for.
    pub fn labels(&self) -> Result<Vec<Sentiment>, String> {
        if self.id2label.len() < 2 {
            return Err("id2label must name the labels of the classifier".into());
        }
        (0..self.id2label.len())
            .map(|index| {
                let name = self
                    .id2label
                    .get(&index.to_string())
                    .ok_or_else(|| format!("id2label has no entry for {index}"))?;
                Sentiment::from_name(name).ok_or_else(|| {
                    format!(
                        "id2label names {name:?}, which is no sentiment; rename the labels to negative, neutral and positive"
                    )
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(change: (&str, &str)) -> Vec<u8> {
        r#"{"model_type":"bert","hidden_size":64,"num_hidden_layers":1,"num_attention_heads":4,
            "intermediate_size":128,"vocab_size":10,"max_position_embeddings":512,"type_vocab_size":2,"layer_norm_eps":1e-12,
            "hidden_act":"gelu","id2label":{"0":"negative","1":"neutral","2":"positive"}}"#
            .replace(change.0, change.1)
            .into_bytes()
    }

    #[test]
    fn a_sound_configuration_is_read() {
        let config = Config::parse(&json(("", ""))).expect("it is sound");
        assert_eq!(
            config.labels().expect("three labels"),
            [Sentiment::Negative, Sentiment::Neutral, Sentiment::Positive]
        );
        assert_eq!(config.max_tokens(), DEFAULT_MAX_TOKENS);
    }

    #[test]
    fn what_the_engine_cannot_run_is_refused_by_name() {
        for (from, to, expected) in [
            (r#""bert""#, r#""gpt2""#, "gpt2"),
            (r#""gelu""#, r#""relu""#, "relu"),
            (r#""neutral""#, r#""sarcasm""#, "sarcasm"),
            (r#""num_attention_heads":4"#, r#""num_attention_heads":7"#, "multiple"),
            (r#""1":"neutral","#, "", "no entry for 1"),
        ] {
            let error = Config::parse(&json((from, to))).expect_err(expected).to_string();
            assert!(error.contains(expected), "{error} does not name {expected}");
        }
    }
}
