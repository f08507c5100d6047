//! `config.json` in Hugging Face form.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::error::ModelError;
use super::family::Family;
use super::{Sentiment, labels};

/// The part of `config.json` that the engines need. DistilBERT has other names for some of it.
#[derive(Clone, Debug, Deserialize)]
pub struct Config {
    /// Architecture.
    #[serde(rename = "model_type")]
    pub family: Family,
    /// Width of the hidden state.
    #[serde(alias = "dim")]
    pub hidden_size: usize,
    /// Number of layers.
    #[serde(alias = "n_layers")]
    pub num_hidden_layers: usize,
    /// Attention heads a layer.
    #[serde(alias = "n_heads")]
    pub num_attention_heads: usize,
    /// Width of the feed-forward layer.
    #[serde(alias = "hidden_dim")]
    pub intermediate_size: usize,
    /// Rows of the word embedding.
    pub vocab_size: usize,
    /// Rows of the position embedding.
    pub max_position_embeddings: usize,
    /// Rows of the token type embedding, of which the first is used.
    #[serde(default = "default_token_types")]
    pub type_vocab_size: usize,
    /// Added to variances before the square root.
    #[serde(default = "default_epsilon")]
    pub layer_norm_eps: f32,
    /// Activation of the feed-forward layer; `gelu` is what the engines run.
    #[serde(default = "default_activation", alias = "activation")]
    pub hidden_act: String,
    /// Kind of positions; `absolute` is what the engines run.
    pub position_embedding_type: Option<String>,
    /// The padding token, behind which RoBERTa's positions start.
    pub pad_token_id: Option<usize>,
    /// What the outputs of the classifier are.
    pub problem_type: Option<String>,
    /// Label names by index.
    #[serde(default)]
    pub id2label: BTreeMap<String, String>,
    /// What only this project's models say.
    #[serde(default)]
    pub painpoint: Extras,
}

/// As in the configuration classes of Hugging Face.
fn default_token_types() -> usize {
    2
}

/// As in the configuration classes of Hugging Face; DistilBERT's is fixed.
fn default_epsilon() -> f32 {
    1e-12
}

/// As in the configuration classes of Hugging Face.
fn default_activation() -> String {
    "gelu".into()
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

/// No encoder is larger in any direction; beyond it, sizes multiplied would not fit a number.
const LARGEST_SIZE: usize = 1 << 24;

impl Config {
    /// Parses and checks `config.json`.
    pub fn parse(json: &[u8]) -> Result<Self, ModelError> {
        let config: Self =
            serde_json::from_slice(json).map_err(|error| ModelError::Config(error.to_string()))?;
        config.check().map_err(ModelError::Config)?;
        Ok(config)
    }

    fn check(&self) -> Result<(), String> {
        for (name, size) in self.sizes() {
            if !(1..=LARGEST_SIZE).contains(&size) {
                return Err(format!("{name} is {size}; sizes are 1 to {LARGEST_SIZE}"));
            }
        }
        if !(f32::MIN_POSITIVE..1.0).contains(&self.layer_norm_eps) {
            return Err(format!(
                "layer_norm_eps is {}; it is a little above 0",
                self.layer_norm_eps
            ));
        }
        if self.hidden_act != "gelu" {
            return Err(format!("hidden_act is {:?}; only \"gelu\" is supported", self.hidden_act));
        }
        if let Some(kind) = self.position_embedding_type.as_deref()
            && kind != "absolute"
        {
            return Err(format!(
                "position_embedding_type is {kind:?}; only \"absolute\" is supported"
            ));
        }
        if let Some(problem) = self.problem_type.as_deref()
            && problem != "single_label_classification"
        {
            return Err(format!(
                "problem_type is {problem:?}; a model must give every text one label of several"
            ));
        }
        if !self.hidden_size.is_multiple_of(self.num_attention_heads) {
            return Err(format!(
                "hidden_size {} is not a multiple of num_attention_heads {}",
                self.hidden_size, self.num_attention_heads
            ));
        }
        if self.max_tokens() < 3 {
            return Err("the window must hold at least three tokens".into());
        }
        self.labels().map(|_| ())
    }

    fn sizes(&self) -> [(&'static str, usize); 7] {
        [
            ("hidden_size", self.hidden_size),
            ("num_hidden_layers", self.num_hidden_layers),
            ("num_attention_heads", self.num_attention_heads),
            ("intermediate_size", self.intermediate_size),
            ("vocab_size", self.vocab_size),
            ("max_position_embeddings", self.max_position_embeddings),
            ("type_vocab_size", self.type_vocab_size),
        ]
    }

    /// Longest window in tokens, the two markers included.
    pub fn max_tokens(&self) -> usize {
        let positions = self.max_position_embeddings.saturating_sub(self.first_position());
        self.painpoint.max_tokens.unwrap_or(DEFAULT_MAX_TOKENS).min(positions)
    }

    /// The row of the position embedding that the first token of a sequence takes.
    pub fn first_position(&self) -> usize {
        self.family.first_position(self.pad_token_id.unwrap_or(self.family.default_padding()))
    }

    /// The sentiment that each output of the classifier stands for.
    pub fn labels(&self) -> Result<Vec<Sentiment>, String> {
        labels::sentiments(&self.id2label)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(change: (&str, &str)) -> Vec<u8> {
        r#"{"model_type":"bert","hidden_size":64,"num_hidden_layers":1,"num_attention_heads":4,
            "intermediate_size":128,"vocab_size":10,"max_position_embeddings":512,"type_vocab_size":2,"layer_norm_eps":1e-12,
            "hidden_act":"gelu","id2label":{"0":"negative","1":"neutral","2":"positive"}}"#
            .replacen(change.0, change.1, 1)
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
    fn the_positions_of_roberta_start_behind_that_of_the_padding() {
        let config = json((r#""bert""#, r#""roberta""#));
        let config = String::from_utf8(config).expect("it is text").replace("512", "130");
        let config = Config::parse(config.as_bytes()).expect("it is sound");
        assert_eq!((config.first_position(), config.max_tokens()), (2, 128));
    }

    #[test]
    fn what_the_engine_cannot_run_is_refused_by_name() {
        for (from, to, expected) in [
            (r#""bert""#, r#""gpt2""#, "gpt2"),
            (r#""gelu""#, r#""relu""#, "relu"),
            (r#""neutral""#, r#""sarcasm""#, "sarcasm"),
            (r#""num_attention_heads":4"#, r#""num_attention_heads":7"#, "multiple"),
            (r#""1":"neutral","#, "", "no entry for 1"),
            (r#""hidden_size":64"#, r#""hidden_size":0"#, "hidden_size is 0"),
            (r#""num_hidden_layers":1"#, r#""num_hidden_layers":0"#, "num_hidden_layers is 0"),
            (
                r#""num_attention_heads":4"#,
                r#""num_attention_heads":0"#,
                "num_attention_heads is 0",
            ),
            (r#""vocab_size":10"#, r#""vocab_size":0"#, "vocab_size is 0"),
            (r#""vocab_size":10"#, r#""vocab_size":99999999999"#, "vocab_size is 99999999999"),
            (r#""layer_norm_eps":1e-12"#, r#""layer_norm_eps":-1"#, "layer_norm_eps is -1"),
            (r#""neutral""#, r#""Negative""#, "twice"),
            ("{", r#"{"position_embedding_type":"relative_key","#, "relative_key"),
            ("{", r#"{"problem_type":"multi_label_classification","#, "multi_label"),
        ] {
            let error = Config::parse(&json((from, to))).expect_err(expected).to_string();
            assert!(error.contains(expected), "{error} does not name {expected}");
        }
    }
}
