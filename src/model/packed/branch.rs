//! A second end of the network: its last layers once more, and a projection of their mean, trained so that
//! texts that tell the same problem lie near each other.

use super::linear::Processor;
use super::{Layer, dot, normalized};
use crate::model::config::Config;
use crate::model::engine::Precision;
use crate::model::error::ModelError;
use crate::model::weights::Weights;

/// The layers that follow the trunk in place of its own last ones, and what becomes of their mean.
pub(super) struct Branch {
    pub(super) layers: Vec<Layer>,
    /// `[hidden_size, hidden_size]`. In float32: with eight bits vectors turn by more than the layers do.
    projection: Vec<f32>,
    /// `[hidden_size]`.
    bias: Vec<f32>,
}

impl Branch {
    /// Reads `branch.safetensors`: `branch.layer.N.…` named as the encoder's layers, and
    /// `branch.projection`.
    pub(super) fn load(
        processor: &Processor,
        bytes: &[u8],
        config: &Config,
        precision: Precision,
    ) -> Result<Self, ModelError> {
        let weights = Weights::parse(bytes, config.family)?;
        let stem = |index: usize| format!("branch.layer.{index}");
        let first = config.family.tensor(&format!("{}.output.dense.weight", stem(0)));
        let own = |index: usize| first.replacen(&stem(0), &stem(index), 1);
        let count =
            (0..config.num_hidden_layers).take_while(|&index| weights.has(&own(index))).count();
        if count == 0 {
            return Err(ModelError::Weights("branch.safetensors has no branch.layer.0".into()));
        }
        let layers = (0..count)
            .map(|index| Layer::load(processor, &weights, config, &stem(index), precision))
            .collect::<Result<_, _>>()?;
        let hidden = config.hidden_size;
        Ok(Self {
            layers,
            projection: weights.float("branch.projection.weight", &[hidden, hidden])?,
            bias: weights.float("branch.projection.bias", &[hidden])?,
        })
    }

    /// The problem vector of a mean, L2-normalised.
    pub(super) fn project(&self, mean: &[f32]) -> Vec<f32> {
        let rows = self.projection.chunks_exact(mean.len()).zip(&self.bias);
        let projected: Vec<f32> = rows.map(|(row, bias)| dot(row, mean) + bias).collect();
        normalized(&projected)
    }
}
