//! The default engine: a BERT encoder over packed sequences, in pure Rust.
//!
//! A batch is one matrix with a row a token; nothing is padded. Only attention looks across rows,
//! and it does so within one sequence. Integer sums and one scale a token make a sequence's result
//! independent of its batch.

pub mod attention;
mod branch;
pub mod kernels;
mod linear;
mod parts;
mod pieces;
pub mod product;
pub mod simd;

use super::batch::Batch;
use super::config::Config;
use super::engine::{Encoding, Engine, Precision, Worker};
use super::error::ModelError;
use super::family::HeadActivation;
use super::weights::Weights;
use attention::{Attention, HeadBuffers};
use branch::Branch;
use kernels::lanes_mut;
use linear::{Linear, Processor, Rows, Then};
use parts::{Embedding, Head, Layer};
use pieces::PieceProjection;
pub use simd::LANES;
use simd::{InstructionSet, Portable, Simd, Task};

/// The encoder's weights, shared by all workers.
pub struct Packed {
    config: Config,
    precision: Precision,
    set: InstructionSet,
    embedding: Embedding,
    layers: Vec<Layer>,
    head: Head,
    meaning: Option<Linear>,
    branch: Option<Branch>,
    pieces: Option<PieceProjection>,
}

/// What a model may have beside the encoder.
#[derive(Clone, Copy, Default)]
pub struct Beside<'a> {
    /// Tensors of the branch for problem vectors.
    pub branch: Option<&'a [u8]>,
    /// Tensors of the projection for pieces, which starts where the branch does.
    pub pieces: Option<&'a [u8]>,
}

impl Packed {
    /// Loads the encoder, checks every shape and value, and packs the matrices for this processor.
    pub fn load(
        config: &Config,
        bytes: &[u8],
        beside: Beside,
        precision: Precision,
    ) -> Result<Self, ModelError> {
        Self::load_for(InstructionSet::detect(), config, (bytes, beside), precision)
    }

    /// Loads the encoder to run on `set`.
    fn load_for(
        set: InstructionSet,
        config: &Config,
        (bytes, beside): (&[u8], Beside),
        precision: Precision,
    ) -> Result<Self, ModelError> {
        let weights = Weights::parse(bytes, config.family)?;
        let processor = Processor::new(set);
        let hidden = config.hidden_size;
        check_lanes(config)?;
        let layers = (0..config.num_hidden_layers)
            .map(|index| {
                let stem = format!("encoder.layer.{index}");
                Layer::load(&processor, &weights, config, &stem, precision)
            })
            .collect::<Result<_, _>>()?;
        let square =
            |name: String| Linear::load(&processor, &weights, &[name], [hidden, hidden], precision);
        let labels = config.id2label.len();
        let layout = config.family.head(|name| weights.encoder(name));
        let head = Head {
            dense: square(layout.dense)?,
            activation: layout.activation,
            classifier: weights
                .float(&format!("{}.weight", layout.classifier), &[labels, hidden])?,
            bias: weights.float(&format!("{}.bias", layout.classifier), &[labels])?,
        };
        let meaning =
            if weights.has("meaning.weight") { Some(square("meaning".into())?) } else { None };
        Ok(Self {
            config: config.clone(),
            precision,
            set,
            embedding: Embedding::load(&weights, config, precision)?,
            layers,
            head,
            meaning,
            branch: match beside.branch {
                Some(bytes) => Some(Branch::load(&processor, bytes, config, precision)?),
                None => None,
            },
            pieces: match beside.pieces {
                Some(bytes) => Some(PieceProjection::load(bytes, config)?),
                None => None,
            },
        })
    }
}

/// Makes sure that rows can be divided into lanes.
fn check_lanes(config: &Config) -> Result<(), ModelError> {
    let head = config.hidden_size / config.num_attention_heads;
    for (name, size) in [
        ("hidden_size / num_attention_heads", head),
        ("intermediate_size", config.intermediate_size),
    ] {
        if !size.is_multiple_of(LANES) {
            return Err(ModelError::Config(format!(
                "{name} is {size}; the packed engine needs a multiple of {LANES}"
            )));
        }
    }
    Ok(())
}

impl Engine for Packed {
    fn worker(&self) -> Box<dyn Worker + '_> {
        let processor = Processor::new(self.set);
        Box::new(PackedWorker { model: self, processor, buffers: Buffers::default() })
    }
}

/// One thread's buffers, as large as the largest batch so far.
struct PackedWorker<'a> {
    model: &'a Packed,
    processor: Processor,
    buffers: Buffers,
}

#[derive(Default)]
struct Buffers {
    /// `[tokens, hidden_size]`.
    hidden: Rows,
    /// `[tokens, 3 × hidden_size]`.
    query_key_value: Vec<f32>,
    /// `[tokens, hidden_size]`.
    context: Rows,
    /// `[tokens, intermediate_size]`.
    inner: Rows,
    heads: HeadBuffers,
    /// `[tokens, hidden_size]`: the hidden states from which the branch goes on.
    fork: Rows,
    /// `[sequences, hidden_size]`: first tokens, means.
    pooled: Rows,
    /// `[sequences, hidden_size]`.
    projected: Vec<f32>,
}

impl Worker for PackedWorker<'_> {
    fn encode(&mut self, batch: &Batch) -> Vec<Encoding> {
        let Self { model, processor, buffers } = self;
        let width = model.config.hidden_size;
        buffers.hidden.resize(batch.ids().len(), width);
        model.embedding.apply(processor, batch, &mut buffers.hidden.values);
        let norm = Some(model.embedding.norm.view());
        buffers.hidden.finish(processor, width, norm, model.precision);
        let fork = model.branch.as_ref().map(|branch| model.layers.len() - branch.layers.len());
        let mut pieces = Vec::new();
        for (index, layer) in model.layers.iter().enumerate() {
            if fork == Some(index) {
                let projection = model.pieces.as_ref();
                pieces =
                    projection.map_or_else(Vec::new, |own| own.of(batch, &buffers.hidden.values));
                buffers.fork.values.clone_from(&buffers.hidden.values);
            }
            model.layer(processor, layer, batch, buffers);
        }
        let meanings = model.meanings(processor, batch, buffers);
        let logits = model.logits(processor, batch, buffers);
        let mut problems = model.problems(processor, batch, buffers).into_iter();
        let mut pieces = pieces.into_iter();
        logits
            .into_iter()
            .zip(meanings)
            .map(|(logits, meaning)| {
                let problem = problems.next().unwrap_or_default();
                let pieces = pieces.next().unwrap_or_default();
                Encoding { logits, meaning, problem, pieces }
            })
            .collect()
    }
}

impl Packed {
    fn layer(&self, processor: &Processor, layer: &Layer, batch: &Batch, buffers: &mut Buffers) {
        let Buffers { hidden, query_key_value, context, inner, heads, .. } = buffers;
        let width = self.config.hidden_size;
        layer.query_key_value.apply(processor, hidden, query_key_value, Then::Store);
        context.resize(batch.ids().len(), width);
        processor.set.run(Attention {
            projected: query_key_value,
            sequences: batch.sequences(),
            hidden: width,
            size: width / self.config.num_attention_heads,
            context: &mut context.values,
            buffers: heads,
        });
        context.finish(processor, width, None, self.precision);
        layer.attention_output.apply(processor, context, &mut hidden.values, Then::Add);
        hidden.finish(processor, width, Some(layer.attention_norm.view()), self.precision);
        layer.intermediate.apply(processor, hidden, &mut inner.values, Then::Gelu);
        inner.finish(processor, self.config.intermediate_size, None, self.precision);
        layer.output.apply(processor, inner, &mut hidden.values, Then::Add);
        hidden.finish(processor, width, Some(layer.output_norm.view()), self.precision);
    }

    /// L2-normalised mean of the last hidden states, through the meaning layer if there is one.
    fn meanings(
        &self,
        processor: &Processor,
        batch: &Batch,
        buffers: &mut Buffers,
    ) -> Vec<Vec<f32>> {
        let width = self.config.hidden_size;
        let Buffers { hidden, pooled, projected, .. } = buffers;
        pooled.resize(batch.sequences().len(), width);
        processor.set.run(Means { batch, width, rows: &hidden.values, out: &mut pooled.values });
        let rows = match &self.meaning {
            Some(layer) => {
                pooled.finish(processor, width, None, self.precision);
                layer.apply(processor, pooled, projected, Then::Store);
                &*projected
            }
            None => &pooled.values,
        };
        rows.chunks(width).map(normalized).collect()
    }

    /// Means of the branch's last hidden states, projected; none without a branch.
    fn problems(
        &self,
        processor: &Processor,
        batch: &Batch,
        buffers: &mut Buffers,
    ) -> Vec<Vec<f32>> {
        let Some(branch) = &self.branch else { return Vec::new() };
        let width = self.config.hidden_size;
        std::mem::swap(&mut buffers.hidden, &mut buffers.fork);
        buffers.hidden.finish(processor, width, None, self.precision);
        for layer in &branch.layers {
            self.layer(processor, layer, batch, buffers);
        }
        let Buffers { hidden, pooled, .. } = buffers;
        pooled.resize(batch.sequences().len(), width);
        processor.set.run(Means { batch, width, rows: &hidden.values, out: &mut pooled.values });
        pooled.values.chunks(width).map(|row| branch.project(row)).collect()
    }

    /// Classifier over the first token of each sequence.
    fn logits(&self, processor: &Processor, batch: &Batch, buffers: &mut Buffers) -> Vec<Vec<f32>> {
        let head = &self.head;
        let width = self.config.hidden_size;
        let Buffers { hidden, pooled, projected, .. } = buffers;
        pooled.values.clear();
        for sequence in batch.sequences() {
            pooled.values.extend_from_slice(&hidden.values[sequence.start * width..][..width]);
        }
        pooled.finish(processor, width, None, self.precision);
        head.dense.apply(processor, pooled, projected, Then::Store);
        projected
            .chunks_exact_mut(width)
            .map(|row| {
                row.iter_mut().for_each(|value| {
                    *value = match head.activation {
                        HeadActivation::Tanh => tanh(*value),
                        HeadActivation::Relu => value.max(0.0),
                    }
                });
                head.classifier
                    .chunks_exact(width)
                    .zip(&head.bias)
                    .map(|(weights, bias)| dot(weights, row) + bias)
                    .collect()
            })
            .collect()
    }
}

/// The mean row of each sequence.
struct Means<'a> {
    batch: &'a Batch,
    width: usize,
    rows: &'a [f32],
    out: &'a mut [f32],
}

impl Task for Means<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        let outs = self.out.chunks_exact_mut(self.width);
        for (sequence, out) in self.batch.sequences().zip(outs) {
            let share = simd.splat(1.0 / sequence.len() as f32);
            out.fill(0.0);
            for row in sequence {
                kernels::add(simd, out, &self.rows[row * self.width..][..self.width]);
            }
            for chunk in lanes_mut(out) {
                simd.store(simd.mul(simd.load(chunk), share), chunk);
            }
        }
    }
}

/// Scalar product of two rows of equal length, a multiple of [`LANES`].
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    kernels::dot(Portable, a, b)
}

/// eˣ for x ≤ 0, as the engine computes it.
pub fn exp(x: f32) -> f32 {
    kernels::exp(Portable, [x; LANES])[0]
}

/// Hyperbolic tangent by way of [`exp`], absolute error below 5e-7.
fn tanh(x: f32) -> f32 {
    let e = exp(-2.0 * x.abs());
    ((1.0 - e) / (1.0 + e)).copysign(x)
}

/// The vector divided by its length; zeros stay zeros.
pub fn normalized(vector: &[f32]) -> Vec<f32> {
    let length = dot(vector, vector).sqrt();
    let scale = if length > 0.0 { 1.0 / length } else { 0.0 };
    vector.iter().map(|value| value * scale).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::directory::Files;

    #[test]
    fn the_encoder_gives_the_same_bits_on_every_instruction_set() {
        let files = Files::bundled().expect("there is a model in this binary");
        let config = Config::parse(&files.config).expect("it is sound");
        let sequences: [Vec<u32>; 2] = [(5..22).collect(), (100..103).collect()];
        let batch = Batch::new(sequences.iter().map(Vec::as_slice));
        let encode = |set| {
            let model = Packed::load_for(
                set,
                &config,
                (&files.weights, Beside::default()),
                Precision::Int8,
            )
            .expect("it is sound");
            model.worker().encode(&batch)
        };
        let sets = InstructionSet::all();
        let fastest = encode(sets[0]);
        for &set in &sets[1..] {
            assert!(encode(set) == fastest, "{} differs from {}", set.name(), sets[0].name());
        }
    }
}
