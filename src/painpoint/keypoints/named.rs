//! How near a text is to what a problem is called: as a whole, and by how much of the name it says.

use super::choice::Thresholds;
use super::similarity::{Item, dot};
use crate::model::Pieces;

/// Weight of what is said of a name against that of the cosine to it. Set on pairs of labels and members that a reader judged
/// (docs/accuracy.md), where three files ask for much of the former, and human-labelled key points for some of the latter.
const SAID: f32 = 2.0;

/// The pieces of a text, and how much each tells.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Telltale {
    /// The pieces.
    pub pieces: Pieces,
    /// One a piece: how rare it is among complaints, as a logarithm.
    pub weights: Vec<f32>,
}

/// What a problem is called, as texts are compared with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Named {
    /// Problem vector, of length one.
    pub vector: Vec<f32>,
    /// Its pieces; none where there is only the vector.
    pub words: Telltale,
}

/// How near a text is to a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearness {
    /// Cosine of the problem vectors.
    pub cosine: f32,
    /// Both figures, weighed; none where there are no pieces to compare.
    pub told: Option<f32>,
}

impl Named {
    /// How near a text is.
    pub fn nearness(&self, item: &Item) -> Nearness {
        Nearness::of(&self.vector, &self.words, item)
    }
}

impl Nearness {
    /// How near a text is to a name with this problem vector and these pieces.
    pub fn of(vector: &[f32], words: &Telltale, item: &Item) -> Self {
        let cosine = dot(vector, &item.vector);
        let said = words.pieces.said_by(&item.words.pieces, &words.weights);
        Self { cosine, told: said.map(|said| (SAID * said + cosine) / (SAID + 1.0)) }
    }

    /// Whether who is so near says what the name says.
    pub fn is_enough(self, thresholds: Thresholds) -> bool {
        self.cosine >= thresholds.named && self.told.is_none_or(|told| told >= thresholds.told)
    }

    /// Both as one figure, from −1 to 1.
    pub fn value(self) -> f32 {
        self.told.unwrap_or(self.cosine)
    }
}
