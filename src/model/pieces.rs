//! Vectors of the pieces that a text is made of: what says how much of one text another says.

use serde::{Deserialize, Serialize};

/// Steps to one in the vector of a piece.
const STEPS: f32 = 127.0;

/// Width of the vectors of the bundled model.
const USUAL: usize = 48;

/// The pieces of a text, each with a vector of what it means where it stands. Empty where the model gives none.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Pieces {
    /// Numbers of the pieces in the tokenizer's vocabulary, in the order of the text.
    pub ids: Vec<u32>,
    /// `[pieces, width]`: vectors of length one, in whole steps, 127 to one.
    pub vectors: Vec<i8>,
}

impl Pieces {
    /// Whether there is nothing to compare.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The vector of each piece.
    pub fn vectors(&self) -> impl ExactSizeIterator<Item = &[i8]> {
        let width = self.vectors.len() / self.ids.len().max(1);
        self.vectors.chunks_exact(width.max(1))
    }

    /// Adds a piece with its vector of length one.
    pub(super) fn push(&mut self, id: u32, vector: &[f32]) {
        self.ids.push(id);
        let step = |value: &f32| (value * STEPS).round_ties_even() as i8;
        self.vectors.extend(vector.iter().map(step));
    }

    /// Adds those of another window of the same text.
    pub(super) fn extend(&mut self, other: &Self) {
        self.ids.extend(&other.ids);
        self.vectors.extend(&other.vectors);
    }

    /// How much of this text another says, from −1 to 1: of each piece the cosine to the nearest of the other, weighted; none where
    /// there is nothing to compare. `weights` has one of each piece. Greedy matching, recall side, as in T. Zhang et al.,
    /// "BERTScore", ICLR 2020.
    pub fn said_by(&self, other: &Self, weights: &[f32]) -> Option<f32> {
        let all: f32 = weights.iter().sum();
        if other.is_empty() || all <= 0.0 {
            return None;
        }
        let said = self.nearest(other).into_iter().zip(weights);
        let said = said.map(|(nearest, weight)| weight * nearest as f32 / (STEPS * STEPS));
        Some(said.sum::<f32>() / all)
    }

    /// Of each piece the scalar product with the nearest of another text that has pieces.
    fn nearest(&self, other: &Self) -> Vec<i32> {
        let is_usual = |own: &Self| own.vectors.len() == own.ids.len() * USUAL;
        if is_usual(self) && is_usual(other) {
            // Products of known length of 16-bit numbers take a third of the time.
            let (own, other) = (wide(&self.vectors), wide(&other.vectors));
            let (own, other) = (own.as_chunks::<USUAL>().0, other.as_chunks::<USUAL>().0);
            let product = |a: &[i16; USUAL], b: &[i16; USUAL]| -> i32 {
                (0..USUAL).map(|at| i32::from(a[at]) * i32::from(b[at])).sum()
            };
            let nearest = |own| other.iter().map(|piece| product(own, piece)).max();
            return own.iter().map(|own| nearest(own).unwrap_or_default()).collect();
        }
        let nearest = |own: &[i8]| other.vectors().map(|piece| product(own, piece)).max();
        self.vectors().map(|own| nearest(own).unwrap_or_default()).collect()
    }
}

fn wide(vectors: &[i8]) -> Vec<i16> {
    vectors.iter().map(|&value| value.into()).collect()
}

/// Scalar product of two vectors in steps. Exact, so that its order does not matter.
fn product(a: &[i8], b: &[i8]) -> i32 {
    a.iter().zip(b).map(|(&a, &b)| i32::from(a) * i32::from(b)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(vectors: &[[f32; 2]]) -> Pieces {
        let mut pieces = Pieces::default();
        vectors.iter().zip(0..).for_each(|(vector, id)| pieces.push(id, vector));
        pieces
    }

    #[test]
    fn what_matters_of_a_text_must_be_said() {
        let name = pieces(&[[1.0, 0.0], [0.0, 1.0]]);
        let half = pieces(&[[1.0, 0.0], [-1.0, 0.0]]);
        let said = |weights: [f32; 2]| name.said_by(&half, &weights).expect("there are pieces");
        assert_eq!([said([1.0, 1.0]), said([1.0, 0.0]), said([0.0, 1.0])], [0.5, 1.0, 0.0]);
        // More words take nothing from it, on either side.
        let more = pieces(&[[0.6, 0.8], [1.0, 0.0], [0.0, 1.0]]);
        assert_eq!(name.said_by(&more, &[1.0, 1.0]), Some(1.0));
        assert_eq!(name.said_by(&Pieces::default(), &[1.0, 1.0]), None);
        assert_eq!(Pieces::default().said_by(&name, &[]), None);
    }

    #[test]
    fn vectors_of_the_usual_width_are_compared_as_all_others() {
        let vectors = |count: usize, seed: usize| Pieces {
            ids: vec![1; count],
            vectors: (0..count * USUAL).map(|at| (at * seed % 255) as u8 as i8).collect(),
        };
        let (own, other) = (vectors(5, 37), vectors(9, 91));
        let slowly = |own: &[i8]| other.vectors().map(|piece| product(own, piece)).max().unwrap();
        assert_eq!(own.nearest(&other), own.vectors().map(slowly).collect::<Vec<i32>>());
    }
}
