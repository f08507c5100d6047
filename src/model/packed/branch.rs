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

#[cfg(all(test, feature = "bundled-model"))]
mod tests {
    use safetensors::tensor::{TensorView, serialize};
    use safetensors::{Dtype, SafeTensors};

    use super::*;
    use crate::model::batch::Batch;
    use crate::model::directory::Files;
    use crate::model::engine::Engine;
    use crate::model::packed::{Beside, Packed};

    fn branch_of(bytes: &[u8]) -> Beside<'_> {
        Beside { branch: Some(bytes), ..Beside::default() }
    }

    /// The tensors of a branch that repeats the last layer of a model, with nothing to take off.
    fn last_layer_again(config: &Config, model: &[u8]) -> Vec<u8> {
        let tensors = SafeTensors::deserialize(model).expect("it is sound");
        let last = format!("encoder.layer.{}.", config.num_hidden_layers - 1);
        let hidden = config.hidden_size;
        let same: Vec<u8> = (0..hidden * hidden)
            .flat_map(|at| f32::from(u8::from(at % hidden == at / hidden)).to_le_bytes())
            .collect();
        let nothing = vec![0; 4 * hidden];
        let own = tensors.tensors().into_iter().filter_map(|(name, tensor)| {
            let (_, part) = name.split_once(&last)?;
            Some((format!("branch.layer.0.{part}"), tensor))
        });
        let view = |shape, bytes| TensorView::new(Dtype::F32, shape, bytes).expect("bytes fit");
        let projection = [
            ("branch.projection.weight".to_owned(), view(vec![hidden, hidden], &same)),
            ("branch.projection.bias".to_owned(), view(vec![hidden], &nothing)),
        ];
        serialize(own.chain(projection), None).expect("it serialises")
    }

    #[test]
    fn a_branch_that_repeats_the_last_layer_gives_the_meaning_vector() {
        let files = Files::bundled().expect("there is a model in this binary");
        let config = Config::parse(&files.config).expect("it is sound");
        let branch = last_layer_again(&config, &files.weights);
        let sequences: [Vec<u32>; 2] = [(5..22).collect(), (100..103).collect()];
        let batch = Batch::new(sequences.iter().map(Vec::as_slice));
        let precision = Precision::Int8;
        let with =
            Packed::load(&config, &files.weights, branch_of(&branch), precision).expect("sound");
        let without =
            Packed::load(&config, &files.weights, Beside::default(), precision).expect("sound");
        let found = with.worker().encode(&batch);
        for (found, plain) in found.iter().zip(without.worker().encode(&batch)) {
            for (problem, meaning) in found.problem.iter().zip(&plain.meaning) {
                assert!((problem - meaning).abs() < 1e-6);
            }
            assert_eq!((&found.logits, &found.meaning), (&plain.logits, &plain.meaning));
            assert!(plain.problem.is_empty());
        }
    }

    #[test]
    fn a_branch_without_its_tensors_is_refused_by_name() {
        let files = Files::bundled().expect("there is a model in this binary");
        let config = Config::parse(&files.config).expect("it is sound");
        let result =
            Packed::load(&config, &files.weights, branch_of(&files.weights), Precision::Int8);
        let error = result.err().expect("there is no branch in it").to_string();
        assert!(error.contains("branch.layer.0"), "{error}");
    }
}
