//! What makes vectors of pieces out of the hidden states from which the branch goes on.

use std::ops::Range;

use super::{LANES, dot, normalized};
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
        if !width.is_multiple_of(LANES) {
            return Err(ModelError::Weights(format!(
                "pieces.weight has {width} rows; the packed engine needs a multiple of {LANES}"
            )));
        }
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

#[cfg(all(test, feature = "bundled-model"))]
mod tests {
    use safetensors::tensor::{TensorView, serialize};
    use safetensors::{Dtype, SafeTensors};

    use super::*;
    use crate::model::directory::Files;
    use crate::model::engine::{Engine, Precision};
    use crate::model::packed::{Beside, Packed};

    #[test]
    fn every_token_between_the_markers_is_a_piece_whatever_the_batch() {
        let files = Files::bundled().expect("there is a model in this binary");
        let config = Config::parse(&files.config).expect("it is sound");
        let (branch, pieces) = (files.branch.as_deref(), files.pieces.as_deref());
        let beside = Beside { branch, pieces };
        let model = Packed::load(&config, &files.weights, beside, Precision::Int8).expect("sound");
        let sequences: [Vec<u32>; 3] = [(5..22).collect(), vec![7, 9], (100..103).collect()];
        let encode =
            |some: &[Vec<u32>]| model.worker().encode(&Batch::new(some.iter().map(Vec::as_slice)));
        let together = encode(&sequences);
        let ids: Vec<&[u32]> = together.iter().map(|own| own.pieces.ids.as_slice()).collect();
        assert_eq!(ids, [&sequences[0][1..16], &[], &[101]]);
        assert!(together.iter().all(|own| own.pieces.vectors.len() == 48 * own.pieces.ids.len()));
        for (own, sequence) in together.iter().zip(&sequences) {
            assert_eq!(own.pieces, encode(std::slice::from_ref(sequence))[0].pieces);
        }
    }

    #[test]
    fn a_projection_of_another_width_is_refused_by_name() {
        let files = Files::bundled().expect("there is a model in this binary");
        let config = Config::parse(&files.config).expect("it is sound");
        let own = files.pieces.as_deref().expect("it has pieces");
        let own = SafeTensors::deserialize(own).expect("it is sound");
        let load = |rows: usize| {
            let tensor = |name: &str, shape: Vec<usize>| {
                let size = 4 * shape.iter().product::<usize>();
                let data = &own.tensor(name).expect("it is there").data()[..size];
                (name.to_owned(), TensorView::new(Dtype::F32, shape, data).expect("bytes fit"))
            };
            let weight = tensor("pieces.weight", vec![rows, config.hidden_size]);
            let bytes = serialize([weight, tensor("pieces.bias", vec![rows])], None);
            PieceProjection::load(&bytes.expect("it serialises"), &config)
        };
        assert!(load(32).is_ok());
        let error = load(40).err().expect("lanes are 16 wide").to_string();
        assert!(error.contains("pieces.weight") && error.contains("40"), "{error}");
        let error = PieceProjection::load(&files.weights, &config).err().expect("no pieces in it");
        assert!(error.to_string().contains("pieces.weight"), "{error}");
    }
}
