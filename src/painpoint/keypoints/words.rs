//! The pieces of a text, and how much each tells.

use crate::model::Pieces;

/// How rare something is that so many of `n` texts hold, as a logarithm.
pub fn rarity(n: f32, uses: usize) -> f32 {
    ((n + 1.0) / (uses as f32 + 0.5)).ln()
}

/// The pieces of a text, and how much each tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Telltale {
    /// The pieces.
    pub pieces: Pieces,
    /// One a piece: how rare it is among complaints, as a logarithm.
    pub weights: Vec<f32>,
}

impl Telltale {
    /// Pieces that so many of `n` texts hold.
    pub fn new(pieces: Pieces, n: f32, uses: impl Fn(u32) -> usize) -> Self {
        let weights = pieces.ids.iter().map(|&id| rarity(n, uses(id)).max(0.0)).collect();
        Self { pieces, weights }
    }

    /// The same as it can be written down, and read back: in an order of its own, with weights in few digits.
    pub fn settled(&self) -> Self {
        let weights = self.weights.iter().map(|weight| (weight * 100.0).round_ties_even() / 100.0);
        let mut own: Vec<(&[i8], f32)> = self.pieces.vectors().zip(weights).collect();
        own.sort_by(|a, b| a.0.cmp(b.0).then(a.1.total_cmp(&b.1)));
        let (vectors, weights): (Vec<&[i8]>, Vec<f32>) = own.into_iter().unzip();
        Self::written(weights, vectors.concat())
    }

    /// What was written down. Which pieces they were is forgotten.
    pub fn written(weights: Vec<f32>, vectors: Vec<i8>) -> Self {
        Self { pieces: Pieces { ids: vec![0; weights.len()], vectors }, weights }
    }
}
