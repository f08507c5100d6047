//! Labelled texts → the correction of the logits that fits them best, drawn to none by a ridge.
//!
//! A multinomial logistic regression with the model's own probabilities as its offset. Each step solves the
//! quadratic that lies below the likelihood everywhere (Böhning, "Multinomial logistic regression algorithm",
//! Annals of the Institute of Statistical Mathematics 44, 1992), so that no step can go too far and none needs a
//! search: the same number of steps in the same order gives the same bits.

use super::Example;
use super::cholesky::{Cholesky, dot};
use crate::model::weighed;

/// What is tried: whether the meaning of a text has a say or only the label, and how much the labels have to say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shape {
    /// Whether the meaning vector counts beside the bias.
    pub(super) meaning: bool,
    /// Weight of the squares of the weights: the larger, the nearer to no correction.
    pub(super) ridge: f64,
}

impl Shape {
    /// The most cautious.
    pub(super) const CAUTIOUS: Self = Self { meaning: false, ridge: 30.0 };

    /// All that is tried, the most cautious first.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        let ridges = |meaning| [30.0, 10.0, 3.0, 1.0].map(|ridge| Self { meaning, ridge });
        ridges(false).into_iter().chain(ridges(true))
    }
}

/// Steps of a fit. With the least ridge they end a little before the optimum: of 120 real labels no probability is more
/// than 0.01 from it, of 700 none more than 0.08 and one label in hundreds differs.
const STEPS: usize = 40;

/// What values of meaning vectors are multiplied by, so that they weigh as the bias does: of vectors of length one,
/// texts of one topic are some 0.3 from their middle.
const MEANING: f64 = 10.0;

/// Labelled texts as rows of numbers.
pub(super) struct Table<'e> {
    examples: &'e [Example],
    /// What is taken out of every meaning vector.
    middle: Vec<f64>,
    /// With the meaning: as few columns as have the same products.
    rows: Rows,
}

/// Rows whose products with each other are those of the features.
enum Rows {
    /// The features themselves, where there are more texts than features.
    Features(Vec<Vec<f64>>),
    /// A row of the triangle each: with fewer texts than features, as many columns as texts will do.
    Triangle(Cholesky),
}

/// Weights of the columns of a table, a list a label.
pub(super) type Weights = [Vec<f64>; 3];

/// A correction in terms of meaning vectors.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Fitted {
    /// What is added whatever the text.
    pub(super) bias: [f64; 3],
    /// Weights of the meaning vector, a list a label.
    pub(super) meaning: Weights,
}

impl<'e> Table<'e> {
    pub(super) fn new(examples: &'e [Example]) -> Self {
        let width = examples.first().map_or(0, |own| own.meaning.len());
        let mut middle = vec![0.0; width];
        for own in examples {
            middle.iter_mut().zip(&own.meaning).for_each(|(sum, value)| *sum += f64::from(*value));
        }
        middle.iter_mut().for_each(|sum| *sum /= examples.len() as f64);
        let features: Vec<Vec<f64>> =
            examples.iter().map(|own| features(&own.meaning, &middle)).collect();
        let rows = match examples.len() <= width {
            true => {
                let products = features.iter().enumerate().flat_map(|(at, own)| {
                    let lower = features[..=at].iter().map(|other| dot(own, other));
                    lower.chain(std::iter::repeat_n(0.0, features.len() - at - 1))
                });
                Rows::Triangle(Cholesky::of(features.len(), products.collect()))
            }
            false => Rows::Features(features),
        };
        Self { examples, middle, rows }
    }

    fn row(&self, at: usize, shape: Shape) -> &[f64] {
        match (&self.rows, shape.meaning) {
            (_, false) => &[1.0],
            (Rows::Features(rows), true) => &rows[at],
            (Rows::Triangle(triangle), true) => triangle.row(at),
        }
    }

    /// The weights that fit some of the texts best.
    pub(super) fn fit(&self, texts: &[usize], shape: Shape) -> Weights {
        let rows: Vec<&[f64]> = texts.iter().map(|&at| self.row(at, shape)).collect();
        let width = rows.first().map_or(0, |row| row.len());
        let bound = bound(&rows, width, shape.ridge);
        let mut weights: Weights = std::array::from_fn(|_| vec![0.0; width]);
        for _ in 0..STEPS {
            let mut slopes: Weights = std::array::from_fn(|label| {
                weights[label].iter().map(|w| -shape.ridge * w).collect()
            });
            for (row, &at) in rows.iter().zip(texts) {
                let found = self.found(at, row, &weights);
                for (label, slopes) in slopes.iter_mut().enumerate() {
                    let is_so = f64::from(u8::from(self.examples[at].label as usize == label));
                    let apart = is_so - f64::from(found[label]);
                    slopes.iter_mut().zip(*row).for_each(|(slope, value)| *slope += apart * value);
                }
            }
            for (weights, slopes) in weights.iter_mut().zip(&slopes) {
                let step = bound.solve(slopes);
                weights.iter_mut().zip(step).for_each(|(weight, step)| *weight += step);
            }
        }
        weights
    }

    /// Corrected probabilities of a text.
    pub(super) fn corrected(&self, at: usize, shape: Shape, weights: &Weights) -> [f32; 3] {
        self.found(at, self.row(at, shape), weights)
    }

    fn found(&self, at: usize, row: &[f64], weights: &Weights) -> [f32; 3] {
        let added = std::array::from_fn(|label| dot(&weights[label], row) as f32);
        weighed(self.examples[at].probabilities, added)
    }

    /// The same correction for any text.
    pub(super) fn unfolded(&self, shape: Shape, weights: &Weights) -> Fitted {
        let mut bias = [0.0; 3];
        let meaning = std::array::from_fn(|label| {
            let own = &weights[label];
            if !shape.meaning {
                bias[label] = own[0];
                return vec![0.0; self.middle.len()];
            }
            let features = match &self.rows {
                Rows::Features(_) => own.clone(),
                Rows::Triangle(triangle) => self.of_features(&triangle.solve_upper(own)),
            };
            let meaning: Vec<f64> = features[1..].iter().map(|weight| weight * MEANING).collect();
            bias[label] = features[0] - dot(&meaning, &self.middle);
            meaning
        });
        Fitted { bias, meaning }
    }

    /// The sum of the features of all texts, each times its share.
    fn of_features(&self, shares: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.middle.len() + 1];
        for (own, share) in self.examples.iter().zip(shares) {
            let features = features(&own.meaning, &self.middle);
            sums.iter_mut().zip(features).for_each(|(sum, value)| *sum += share * value);
        }
        sums
    }
}

/// A bias, and the meaning without its middle.
fn features(meaning: &[f32], middle: &[f64]) -> Vec<f64> {
    let apart = meaning.iter().zip(middle).map(|(value, middle)| f64::from(*value) - middle);
    std::iter::once(1.0).chain(apart.map(|value| value * MEANING)).collect()
}

/// Half the products of the columns, and the ridge: the curvature of the likelihood is nowhere larger.
fn bound(rows: &[&[f64]], width: usize, ridge: f64) -> Cholesky {
    let mut matrix = vec![0.0; width * width];
    for row in rows {
        for (at, line) in matrix.chunks_exact_mut(width).enumerate() {
            let half = row[at] / 2.0;
            line[..=at].iter_mut().zip(*row).for_each(|(sum, value)| *sum += half * value);
        }
    }
    (0..width).for_each(|at| matrix[at * width + at] += ridge);
    Cholesky::of(width, matrix)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Sentiment;
    use crate::tuning::tests::examples;

    fn corrected(fitted: &Fitted, example: &Example) -> [f32; 3] {
        let meaning: Vec<f64> = example.meaning.iter().map(|value| f64::from(*value)).collect();
        let added = |label: usize| fitted.bias[label] + dot(&fitted.meaning[label], &meaning);
        weighed(example.probabilities, std::array::from_fn(|label| added(label) as f32))
    }

    #[test]
    fn few_texts_in_few_columns_come_to_the_same_as_in_all() {
        let examples = examples(12);
        let all: Vec<usize> = (0..examples.len()).collect();
        let shape = Shape { meaning: true, ridge: 1.0 };
        let few = Table::new(&examples);
        assert!(matches!(few.rows, Rows::Triangle(_)));
        let features = examples.iter().map(|own| features(&own.meaning, &few.middle)).collect();
        let middle = few.middle.clone();
        let full = Table { examples: &examples, middle, rows: Rows::Features(features) };
        let [few_weights, full_weights] = [&few, &full].map(|table| table.fit(&all[..9], shape));
        let fitted = few.unfolded(shape, &few_weights);
        for (at, example) in examples.iter().enumerate() {
            let expected = full.corrected(at, shape, &full_weights);
            let found = [few.corrected(at, shape, &few_weights), corrected(&fitted, example)];
            for (found, expected) in found.iter().flatten().zip(expected.iter().cycle()) {
                assert!((found - expected).abs() < 1e-4, "{found} is not {expected}");
            }
        }
    }

    #[test]
    fn the_slope_is_level_where_the_steps_end() {
        let examples = examples(60);
        let all: Vec<usize> = (0..examples.len()).collect();
        // With less, these texts, which a plane parts, would take more steps.
        let shape = Shape { meaning: true, ridge: 30.0 };
        let table = Table::new(&examples);
        let weights = table.fit(&all, shape);
        for label in Sentiment::ALL {
            let apart = |at: usize| {
                let is_so = f64::from(u8::from(examples[at].label == label));
                is_so - f64::from(table.corrected(at, shape, &weights)[label as usize])
            };
            for (column, weight) in weights[label as usize].iter().enumerate() {
                let sum: f64 = all.iter().map(|&at| apart(at) * table.row(at, shape)[column]).sum();
                let slope = sum - shape.ridge * weight;
                assert!(slope.abs() < 1e-3, "{slope}");
            }
        }
    }

    #[test]
    fn a_larger_ridge_leaves_more_as_it_was() {
        let examples = examples(40);
        let all: Vec<usize> = (0..examples.len()).collect();
        let table = Table::new(&examples);
        let length = |shape: Shape| -> f64 {
            let weights = table.fit(&all, shape);
            weights.iter().map(|own| dot(own, own)).sum()
        };
        let shapes: Vec<Shape> = Shape::all().collect();
        for shapes in shapes.chunks(4) {
            let lengths: Vec<f64> = shapes.iter().map(|&shape| length(shape)).collect();
            assert!(lengths.is_sorted(), "{lengths:?}");
        }
    }
}
