//! The parts of the encoder: their weights, read and checked.

use super::Precision;
use super::kernels::{NormView, lanes, lanes_mut};
use super::linear::{Linear, Processor};
use super::simd::{Simd, Task};
use crate::model::batch::Batch;
use crate::model::config::Config;
use crate::model::error::ModelError;
use crate::model::family::HeadActivation;
use crate::model::weights::{QuantizedMatrix, Weights};

/// What a token starts as: its word and its place.
pub(super) struct Embedding {
    /// `[vocab_size, hidden_size]`.
    words: Words,
    /// `[positions, hidden_size]` from the first token's on, the one token type added.
    positions: Vec<f32>,
    pub(super) norm: Norm,
}

enum Words {
    Float(Vec<f32>),
    Integer(QuantizedMatrix),
}

/// A layer norm.
pub(super) struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
    epsilon: f32,
}

/// A layer of the encoder.
pub(super) struct Layer {
    pub(super) query_key_value: Linear,
    pub(super) attention_output: Linear,
    pub(super) attention_norm: Norm,
    pub(super) intermediate: Linear,
    pub(super) output: Linear,
    pub(super) output_norm: Norm,
}

/// What makes logits of the first token.
pub(super) struct Head {
    pub(super) dense: Linear,
    pub(super) activation: HeadActivation,
    /// `[labels, hidden_size]`.
    pub(super) classifier: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

impl Norm {
    pub(super) fn load(weights: &Weights, name: &str, config: &Config) -> Result<Self, ModelError> {
        let shape = [config.hidden_size];
        Ok(Self {
            weight: weights.float(&weights.encoder(&format!("{name}.weight")), &shape)?,
            bias: weights.float(&weights.encoder(&format!("{name}.bias")), &shape)?,
            epsilon: config.layer_norm_eps,
        })
    }

    pub(super) fn view(&self) -> NormView<'_> {
        NormView { weight: &self.weight, bias: &self.bias, epsilon: self.epsilon }
    }
}

impl Embedding {
    pub(super) fn load(
        weights: &Weights,
        config: &Config,
        precision: Precision,
    ) -> Result<Self, ModelError> {
        let hidden = config.hidden_size;
        let name = |part: &str| weights.encoder(&format!("embeddings.{part}_embeddings.weight"));
        let words = match precision {
            Precision::Int8 => {
                Words::Integer(weights.quantized(&name("word"), [config.vocab_size, hidden])?)
            }
            Precision::F32 => {
                Words::Float(weights.float(&name("word"), &[config.vocab_size, hidden])?)
            }
        };
        let mut positions =
            weights.float(&name("position"), &[config.max_position_embeddings, hidden])?;
        positions.drain(..config.first_position() * hidden);
        if config.family.has_token_types() {
            let kinds = weights.float(&name("token_type"), &[config.type_vocab_size, hidden])?;
            for row in positions.chunks_mut(hidden) {
                row.iter_mut().zip(&kinds).for_each(|(value, kind)| *value += kind);
            }
        }
        Ok(Self { words, positions, norm: Norm::load(weights, "embeddings.LayerNorm", config)? })
    }

    /// The sum of word and position of every token, not yet normalised.
    pub(super) fn apply(&self, processor: &Processor, batch: &Batch, out: &mut [f32]) {
        processor.set.run(Embed { embedding: self, batch, out });
    }
}

struct Embed<'a> {
    embedding: &'a Embedding,
    batch: &'a Batch,
    out: &'a mut [f32],
}

impl Task for Embed<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        let Self { embedding, batch, out } = self;
        let hidden = embedding.norm.weight.len();
        for sequence in batch.sequences() {
            for (position, row) in sequence.enumerate() {
                let word = batch.ids()[row] as usize;
                let out = lanes_mut(&mut out[row * hidden..][..hidden]);
                let position = lanes(&embedding.positions[position * hidden..][..hidden]);
                match &embedding.words {
                    Words::Float(words) => {
                        let words = lanes(&words[word * hidden..][..hidden]);
                        for ((out, word), position) in out.iter_mut().zip(words).zip(position) {
                            simd.store(simd.add(simd.load(word), simd.load(position)), out);
                        }
                    }
                    Words::Integer(words) => {
                        let scale = simd.splat(words.scales[word]);
                        let words = lanes(&words.values[word * hidden..][..hidden]);
                        for ((out, word), position) in out.iter_mut().zip(words).zip(position) {
                            let word = simd.mul(simd.bytes_to_floats(word), scale);
                            simd.store(simd.add(word, simd.load(position)), out);
                        }
                    }
                }
            }
        }
    }
}

impl Layer {
    pub(super) fn load(
        processor: &Processor,
        weights: &Weights,
        config: &Config,
        stem: &str,
        precision: Precision,
    ) -> Result<Self, ModelError> {
        let (hidden, inner) = (config.hidden_size, config.intermediate_size);
        let name = |part: &str| weights.encoder(&format!("{stem}.{part}"));
        let linear = |parts: &[&str], shape| {
            let names: Vec<String> = parts.iter().map(|part| name(part)).collect();
            Linear::load(processor, weights, &names, shape, precision)
        };
        let norm = |part: &str| Norm::load(weights, &format!("{stem}.{part}.LayerNorm"), config);
        Ok(Self {
            query_key_value: linear(
                &["attention.self.query", "attention.self.key", "attention.self.value"],
                [hidden, hidden],
            )?,
            attention_output: linear(&["attention.output.dense"], [hidden, hidden])?,
            attention_norm: norm("attention.output")?,
            intermediate: linear(&["intermediate.dense"], [inner, hidden])?,
            output: linear(&["output.dense"], [hidden, inner])?,
            output_norm: norm("output")?,
        })
    }
}
