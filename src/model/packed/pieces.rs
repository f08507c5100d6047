//! What makes vectors of pieces out of the hidden states from which the branch goes on.

use std::ops::Range;

use super::{dot, normalized};
use crate::model::batch::Batch;
use crate::model::config::Config;
use crate::model::error::ModelError;
use crate::model::pieces::Pieces;
use crate::model::weights::Weights;

/// A projection of hidden states.
pub(super) struct PieceProjection {
    /// `[width, hidden_size]`.
    weight: Vec<f32>,
    /// `[width]`.
    bias: Vec<f32>,
}

impl PieceProjection {
    /// Reads `pieces.safetensors`.
    pub(super) fn load(bytes: &[u8], config: &Config) -> Result<Self, ModelError> {
        let weights = Weights::parse(bytes, config.family)?;
        let hidden = config.hidden_size;
        let width = weights.rows("pieces.weight")?;
        Ok(Self {
            weight: weights.float("pieces.weight", &[width, hidden])?,
            bias: weights.float("pieces.bias", &[width])?,
        })
    }

    /// The pieces of each sequence of a batch, without the markers around it. `hidden` is `[tokens, hidden_size]`.
    pub(super) fn of(&self, batch: &Batch, hidden: &[f32]) -> Vec<Pieces> {
        let width = hidden.len() / batch.ids().len().max(1);
        let of = |sequence: Range<usize>| {
            let mut pieces = Pieces::default();
            for at in sequence.start + 1..sequence.end.saturating_sub(1) {
                let state = &hidden[at * width..][..width];
                pieces.push(batch.ids()[at], &self.project(state));
            }
            pieces
        };
        batch.sequences().map(of).collect()
    }

    fn project(&self, state: &[f32]) -> Vec<f32> {
        let rows = self.weight.chunks_exact(state.len()).zip(&self.bias);
        normalized(&rows.map(|(row, bias)| dot(row, state) + bias).collect::<Vec<f32>>())
    }
}
