//! The default engine: a BERT encoder over packed sequences, in pure Rust.
//!
//! A batch is one matrix with a row a token; nothing is padded. Only attention looks across rows,
//! and it does so within one sequence. Integer sums and one scale a token make a sequence's result
//! independent of its batch.

mod kernels;
mod linear;

use super::batch::Batch;
use super::config::Config;
use super::engine::{Encoding, Engine, Worker};
use super::error::ModelError;
use super::weights::Weights;
pub use kernels::{LANES, exp};
use kernels::{add, attend, dot, gelu, layer_norm};
pub use linear::Precision;
use linear::{Gemm, Linear, Scratch};

/// The encoder's weights, shared by all workers.
pub struct Packed {
    config: Config,
    embedding: Embedding,
    layers: Vec<Layer>,
    head: Option<Head>,
    meaning: Option<Linear>,
}

struct Embedding {
    /// `[vocab_size, hidden_size]`.
    words: Words,
    /// `[max_position_embeddings, hidden_size]`, the one token type added.
    positions: Vec<f32>,
    norm: Norm,
}

enum Words {
    Float(Vec<f32>),
    Integer(super::weights::QuantizedMatrix),
}

struct Norm {
    weight: Vec<f32>,
    bias: Vec<f32>,
    epsilon: f32,
}

struct Layer {
    query_key_value: Linear,
    attention_output: Linear,
    attention_norm: Norm,
    intermediate: Linear,
    output: Linear,
    output_norm: Norm,
}

struct Head {
    pooler: Linear,
    /// `[labels, hidden_size]`.
    classifier: Vec<f32>,
    bias: Vec<f32>,
}

impl Norm {
    fn load(weights: &Weights, name: &str, config: &Config) -> Result<Self, ModelError> {
        let shape = [config.hidden_size];
        Ok(Self {
            weight: weights.float(&weights.encoder(&format!("{name}.weight")), &shape)?,
            bias: weights.float(&weights.encoder(&format!("{name}.bias")), &shape)?,
            epsilon: config.layer_norm_eps,
        })
    }

    fn apply(&self, rows: &mut [f32]) {
        for row in rows.chunks_mut(self.weight.len()) {
            layer_norm(row, &self.weight, &self.bias, self.epsilon);
        }
    }
}

impl Embedding {
    fn load(weights: &Weights, config: &Config, precision: Precision) -> Result<Self, ModelError> {
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
        let kinds = weights.float(&name("token_type"), &[config.type_vocab_size, hidden])?;
        for row in positions.chunks_mut(hidden) {
            add(row, &kinds[..hidden]);
        }
        Ok(Self { words, positions, norm: Norm::load(weights, "embeddings.LayerNorm", config)? })
    }

    fn apply(&self, batch: &Batch, hidden: usize, out: &mut Vec<f32>) {
        out.resize(batch.ids().len() * hidden, 0.0);
        for sequence in batch.sequences() {
            for (position, row) in sequence.enumerate() {
                let word = batch.ids()[row] as usize * hidden..;
                let out = &mut out[row * hidden..][..hidden];
                match &self.words {
                    Words::Float(words) => out.copy_from_slice(&words[word][..hidden]),
                    Words::Integer(words) => {
                        let scale = words.scales[word.start / hidden];
                        for (out, &value) in out.iter_mut().zip(&words.values[word]) {
                            *out = f32::from(value) * scale;
                        }
                    }
                }
                add(out, &self.positions[position * hidden..][..hidden]);
            }
        }
        self.norm.apply(out);
    }
}

impl Layer {
    fn load(
        gemm: &Gemm,
        weights: &Weights,
        config: &Config,
        index: usize,
        precision: Precision,
    ) -> Result<Self, ModelError> {
        let (hidden, inner) = (config.hidden_size, config.intermediate_size);
        let name = |part: &str| weights.encoder(&format!("encoder.layer.{index}.{part}"));
        let linear = |parts: &[&str], shape| {
            let names: Vec<String> = parts.iter().map(|part| name(part)).collect();
            Linear::load(gemm, weights, &names, shape, precision)
        };
        let norm = |part: &str| {
            Norm::load(weights, &format!("encoder.layer.{index}.{part}.LayerNorm"), config)
        };
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

impl Packed {
    /// Loads the encoder, checks every shape and value, and packs the matrices for this processor.
    pub fn load(config: &Config, bytes: &[u8], precision: Precision) -> Result<Self, ModelError> {
        let weights = Weights::parse(bytes)?;
        let gemm = Gemm::default();
        let hidden = config.hidden_size;
        let layers = (0..config.num_hidden_layers)
            .map(|index| Layer::load(&gemm, &weights, config, index, precision))
            .collect::<Result<_, _>>()?;
        let square =
            |name: String| Linear::load(&gemm, &weights, &[name], [hidden, hidden], precision);
        let labels = config.id2label.len();
        let head = if weights.has("classifier.weight") {
            Some(Head {
                pooler: square(weights.encoder("pooler.dense"))?,
                classifier: weights.float("classifier.weight", &[labels, hidden])?,
                bias: weights.float("classifier.bias", &[labels])?,
            })
        } else {
            None
        };
        let meaning =
            if weights.has("meaning.weight") { Some(square("meaning".into())?) } else { None };
        Ok(Self {
            config: config.clone(),
            embedding: Embedding::load(&weights, config, precision)?,
            layers,
            head,
            meaning,
        })
    }

    /// Whether the weights hold a classifier.
    pub fn classifies(&self) -> bool {
        self.head.is_some()
    }
}

impl Engine for Packed {
    fn worker(&self) -> Box<dyn Worker + '_> {
        Box::new(PackedWorker { model: self, gemm: Gemm::default(), buffers: Buffers::default() })
    }
}

/// One thread's buffers, as large as the largest batch so far.
struct PackedWorker<'a> {
    model: &'a Packed,
    gemm: Gemm,
    buffers: Buffers,
}

#[derive(Default)]
struct Buffers {
    /// `[tokens, hidden_size]`.
    hidden: Vec<f32>,
    /// `[tokens, 3 × hidden_size]`.
    query_key_value: Vec<f32>,
    /// `[tokens, hidden_size]`.
    context: Vec<f32>,
    /// `[tokens, hidden_size]`.
    branch: Vec<f32>,
    /// `[tokens, intermediate_size]`.
    inner: Vec<f32>,
    head: HeadBuffers,
    scratch: Scratch,
}

#[derive(Default)]
struct HeadBuffers {
    query: Vec<f32>,
    keys: Vec<f32>,
    values: Vec<f32>,
    scores: Vec<f32>,
}

impl Worker for PackedWorker<'_> {
    fn encode(&mut self, batch: &Batch) -> Vec<Encoding> {
        let Self { model, gemm, buffers } = self;
        let hidden = model.config.hidden_size;
        model.embedding.apply(batch, hidden, &mut buffers.hidden);
        for layer in &model.layers {
            model.layer(gemm, layer, batch, buffers);
        }
        let meanings = model.meanings(gemm, batch, buffers);
        let logits = model.logits(gemm, batch, buffers);
        logits
            .into_iter()
            .zip(meanings)
            .map(|(logits, meaning)| Encoding { logits, meaning })
            .collect()
    }
}

impl Packed {
    fn layer(&self, gemm: &Gemm, layer: &Layer, batch: &Batch, buffers: &mut Buffers) {
        let Buffers { hidden, query_key_value, context, branch, inner, head, scratch } = buffers;
        layer.query_key_value.apply(gemm, hidden, query_key_value, scratch);
        self.attention(batch, query_key_value, context, head);
        layer.attention_output.apply(gemm, context, branch, scratch);
        add(hidden, branch);
        layer.attention_norm.apply(hidden);
        layer.intermediate.apply(gemm, hidden, inner, scratch);
        gelu(inner);
        layer.output.apply(gemm, inner, branch, scratch);
        add(hidden, branch);
        layer.output_norm.apply(hidden);
    }

    /// Multi-head attention within each sequence (Vaswani et al. 2017).
    fn attention(
        &self,
        batch: &Batch,
        projected: &[f32],
        context: &mut Vec<f32>,
        buffers: &mut HeadBuffers,
    ) {
        let hidden = self.config.hidden_size;
        let size = hidden / self.config.num_attention_heads;
        let scale = 1.0 / (size as f32).sqrt();
        let HeadBuffers { query, keys, values, scores } = buffers;
        context.resize(batch.ids().len() * hidden, 0.0);
        for sequence in batch.sequences() {
            let n = sequence.len();
            let stride = n.next_multiple_of(LANES);
            scores.resize(stride, 0.0);
            for head in (0..hidden).step_by(size) {
                keys.clear();
                keys.resize(size * stride, 0.0);
                values.clear();
                for (column, row) in sequence.clone().enumerate() {
                    let row = &projected[row * 3 * hidden..][..3 * hidden];
                    for (dimension, &key) in row[hidden + head..][..size].iter().enumerate() {
                        keys[dimension * stride + column] = key;
                    }
                    values.extend_from_slice(&row[2 * hidden + head..][..size]);
                }
                for row in sequence.clone() {
                    query.clear();
                    query.extend(
                        projected[row * 3 * hidden + head..][..size].iter().map(|q| q * scale),
                    );
                    let out = &mut context[row * hidden + head..][..size];
                    attend(query, keys, values, n, scores, out);
                }
            }
        }
    }

    /// L2-normalised mean of the last hidden states, through the meaning layer if there is one.
    fn meanings(&self, gemm: &Gemm, batch: &Batch, buffers: &mut Buffers) -> Vec<Vec<f32>> {
        let width = self.config.hidden_size;
        let Buffers { hidden, context, branch, scratch, .. } = buffers;
        context.clear();
        for sequence in batch.sequences() {
            let start = context.len();
            context.resize(start + width, 0.0);
            let share = 1.0 / sequence.len() as f32;
            let mean = &mut context[start..];
            for row in sequence {
                add(mean, &hidden[row * width..][..width]);
            }
            mean.iter_mut().for_each(|value| *value *= share);
        }
        let rows = match &self.meaning {
            Some(layer) => {
                layer.apply(gemm, context, branch, scratch);
                &*branch
            }
            None => &*context,
        };
        rows.chunks(width).map(normalized).collect()
    }

    /// Classifier over the pooled first token of each sequence.
    fn logits(&self, gemm: &Gemm, batch: &Batch, buffers: &mut Buffers) -> Vec<Vec<f32>> {
        let Some(head) = &self.head else {
            return batch.sequences().map(|_| Vec::new()).collect();
        };
        let width = self.config.hidden_size;
        let Buffers { hidden, context, branch, scratch, .. } = buffers;
        context.clear();
        for sequence in batch.sequences() {
            context.extend_from_slice(&hidden[sequence.start * width..][..width]);
        }
        head.pooler.apply(gemm, context, branch, scratch);
        branch
            .chunks(width)
            .map(|row| {
                let pooled: Vec<f32> = row.iter().map(|value| kernels::tanh(*value)).collect();
                head.classifier
                    .chunks(width)
                    .zip(&head.bias)
                    .map(|(weights, bias)| dot(weights, &pooled) + bias)
                    .collect()
            })
            .collect()
    }
}

/// The vector divided by its length; zeros stay zeros.
pub fn normalized(vector: &[f32]) -> Vec<f32> {
    let length = dot(vector, vector).sqrt();
    let scale = if length > 0.0 { 1.0 / length } else { 0.0 };
    vector.iter().map(|value| value * scale).collect()
}
