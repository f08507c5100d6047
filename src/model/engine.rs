//! What every engine does: token ids in, logits and meaning vectors out.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use super::batch::Batch;
use super::pieces::Pieces;

/// Arithmetic of the matrix products.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// Eight-bit integers: fast.
    // Weights by output channel, activations by token, integer sums.
    Int8,
    /// 32-bit floats throughout: the reference.
    F32,
}

impl Precision {
    /// All of them.
    #[cfg(test)]
    pub(super) const ALL: [Self; 2] = [Self::Int8, Self::F32];

    /// The name on the command line and in `run.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Int8 => "int8",
            Self::F32 => "f32",
        }
    }
}

/// What an encoder says of one sequence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Encoding {
    /// One value a label of the model, in the model's order.
    pub logits: Vec<f32>,
    /// Meaning vector of [`super::config::Config::hidden_size`] values, L2-normalised.
    pub meaning: Vec<f32>,
    /// Problem vector of as many values, L2-normalised; empty where the model has no branch for it.
    pub problem: Vec<f32>,
    /// The pieces of the sequence without its markers; none where the model gives none.
    pub pieces: Pieces,
}

/// A transformer encoder with its weights. Shared by all workers.
pub(super) trait Engine: Send + Sync {
    /// A worker of its own for one thread, with the buffers that it reuses from batch to batch.
    fn worker(&self) -> Box<dyn Worker + '_>;
}

/// One thread's view of an [`Engine`].
pub(super) trait Worker {
    /// Encodes each sequence of the batch, in order. What a sequence gets does not depend on its
    /// neighbours in the batch.
    fn encode(&mut self, batch: &Batch) -> Vec<Encoding>;
}
