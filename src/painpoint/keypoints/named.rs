//! How near a text is to what a problem is called: as a whole, and by how much of the name it says.

use super::similarity::{Item, dot};
use super::thresholds::Thresholds;
use super::words::Telltale;

/// Weight of what is said of a name against that of the cosine to it. Set on pairs of labels and members that a reader judged
/// (docs/accuracy.md), where three files ask for much of the former, and human-labelled key points for some of the latter.
const SAID: f32 = 2.0;

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
    /// A text as a name that others are compared with.
    pub fn of(item: &Item) -> Self {
        Self { vector: item.vector.clone(), words: item.words.clone() }
    }

    /// Whether a text is near enough to say it.
    pub fn is_enough(&self, item: &Item, thresholds: Thresholds) -> bool {
        // What is said of it takes longest to find.
        let cosine = dot(&self.vector, &item.vector);
        cosine >= thresholds.named
            && Nearness::with(cosine, &self.words, item).is_enough(thresholds)
    }

    /// How near a text is.
    pub fn nearness(&self, item: &Item) -> Nearness {
        Nearness::of(&self.vector, &self.words, item)
    }
}

impl Nearness {
    /// How near a text is to a name with this problem vector and these pieces.
    pub fn of(vector: &[f32], words: &Telltale, item: &Item) -> Self {
        Self::with(dot(vector, &item.vector), words, item)
    }

    /// The same where the cosine is known.
    fn with(cosine: f32, words: &Telltale, item: &Item) -> Self {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Pieces;

    #[test]
    fn what_is_written_down_tells_as_much_in_no_order_of_the_text() {
        let words = Telltale {
            pieces: Pieces { ids: vec![9, 4], vectors: vec![127, 0, 0, 127] },
            weights: vec![2.0, 1.001],
        };
        let settled = words.settled();
        assert_eq!(
            (settled.weights.as_slice(), settled.pieces.ids.as_slice()),
            (&[1.0, 2.0][..], &[0, 0][..])
        );
        assert_eq!(settled.settled(), settled);
        let item = Item {
            vector: vec![1.0],
            words: Telltale {
                pieces: Pieces { ids: vec![1], vectors: vec![127, 0] },
                weights: vec![1.0],
            },
            ..Item::default()
        };
        let told =
            |words: &Telltale| Nearness::of(&[1.0], words, &item).told.expect("there are pieces");
        assert!((told(&words) - told(&settled)).abs() < 1e-3 && told(&settled) > 0.7);
        assert_eq!(Telltale::default().settled(), Telltale::default());
    }
}
