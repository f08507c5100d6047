//! What every engine does: token ids in, logits and meaning vectors out.

use super::batch::Batch;

/// What an encoder says of one sequence.
#[derive(Clone, Debug, PartialEq)]
pub struct Encoding {
    /// One value a label of the model, in the model's order.
    pub logits: Vec<f32>,
    /// Meaning vector of [`super::config::Config::hidden_size`] values, L2-normalised.
    pub meaning: Vec<f32>,
}

/// A transformer encoder with its weights. Shared by all workers.
pub trait Engine: Send + Sync {
    /// A worker of its own for one thread, with the buffers that it reuses from batch to batch.
    fn worker(&self) -> Box<dyn Worker + '_>;
}

/// One thread's view of an [`Engine`].
pub trait Worker {
    /// Encodes each sequence of the batch, in order. What a sequence gets does not depend on its
    /// neighbours in the batch.
    fn encode(&mut self, batch: &Batch) -> Vec<Encoding>;
}
