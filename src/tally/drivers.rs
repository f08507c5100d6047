//! Which causes go along with low scores, each with the others held equal, so that two causes that
//! come together are not both blamed for the whole.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::distributions::student_quantile;
use super::linear::Symmetric;
use super::moments::{Impact, LEAST_SCORES, Moments};
use super::statistics::Estimate;

/// Scores for each cause in the model, at least (F. E. Harrell, "Regression Modeling Strategies",
/// 2015, 4.4: ten to twenty observations a predictor).
const SCORES_A_CAUSE: u64 = 10;

/// Share of a cause's variance that the others must leave unexplained for it to have an effect of its
/// own.
const LEAST_TOLERANCE: f64 = 1e-3;

/// What feedback scored, by the causes that it mentions: whole numbers, mergeable in any order.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Scored<C: Ord> {
    /// All scores.
    pub all: Moments,
    causes: BTreeMap<C, Moments>,
    /// Scored feedback that mentions both causes, the lesser first.
    together: BTreeMap<(C, C), u64>,
}

impl<C: Ord> Default for Scored<C> {
    fn default() -> Self {
        Self { all: Moments::default(), causes: BTreeMap::new(), together: BTreeMap::new() }
    }
}

impl<C: Copy + Ord> Scored<C> {
    /// Counts the score of a feedback that mentions `causes`.
    pub fn add(&mut self, score: i64, causes: &BTreeSet<C>) {
        self.all.add(score);
        for (at, &cause) in causes.iter().enumerate() {
            self.causes.entry(cause).or_default().add(score);
            for &other in causes.iter().skip(at + 1) {
                *self.together.entry((cause, other)).or_default() += 1;
            }
        }
    }

    /// Adds what others counted.
    pub fn merge(&mut self, other: Self) {
        self.all.merge(other.all);
        for (cause, moments) in other.causes {
            self.causes.entry(cause).or_default().merge(moments);
        }
        for (pair, count) in other.together {
            *self.together.entry(pair).or_default() += count;
        }
    }

    /// Scores of the feedback that mentions a cause.
    pub fn with(&self, cause: C) -> Moments {
        self.causes.get(&cause).copied().unwrap_or_default()
    }

    /// How much lower scores with the cause are than those without it, by [`Impact::new`] or
    /// [`Impact::of_nps`].
    pub fn impact(
        &self,
        cause: C,
        compare: fn(Moments, Moments) -> Option<Impact>,
    ) -> Option<Impact> {
        let with = self.with(cause);
        compare(with, self.all.without(with))
    }

    fn together(&self, a: C, b: C) -> u64 {
        match a == b {
            true => self.with(a).n,
            false => self.together.get(&(a.min(b), a.max(b))).copied().unwrap_or_default(),
        }
    }

    /// Sum over all scored feedback of the product of two causes' distances from their means.
    fn cross(&self, a: C, b: C) -> f64 {
        let [a_count, b_count] = [a, b].map(|cause| self.with(cause).n as f64);
        self.together(a, b) as f64 - a_count * b_count / self.all.n as f64
    }
}

/// A cause in the driver model.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Driver<C> {
    /// The cause.
    pub cause: C,
    /// How much lower the score is where the cause is mentioned, the other causes of the model being
    /// equal, with its 95 % interval.
    pub effect: Estimate,
    /// What it contributes to [`Drivers::explained`], from 0 to 1.
    pub weight: f64,
}

/// The driver model: score = base − Σ effect of the causes mentioned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Drivers<C> {
    /// Scores in the model.
    pub n: u64,
    /// Share of the variance of the scores that the causes explain together (R²), from 0 to 1.
    pub explained: f64,
    /// The causes, in the order in which they were given.
    pub causes: Vec<Driver<C>>,
}

impl<C: Copy + Ord> Drivers<C> {
    /// Fits the model to causes, the most important first. Causes with fewer than [`LEAST_SCORES`]
    /// scores with or without them, those beyond one for every ten scores, and those that the earlier
    /// ones all but determine are left out; `None` if none is left or all scores are equal.
    ///
    /// - Effects: least squares on the indicators of the causes, with the classical interval ± t·s·√cᵢᵢ,
    ///   C the inverse of the centred cross-products.
    /// - Weights: relative weights, which split R² among correlated causes by way of the nearest
    ///   uncorrelated ones (J. W. Johnson, "A heuristic method for estimating the relative weight of
    ///   predictor variables in multiple regression", Multivariate Behavioral Research 35, 2000).
    pub fn new(scored: &Scored<C>, causes: &[C]) -> Option<Self> {
        let scatter = scored.all.scatter();
        let causes = eligible(scored, causes);
        if causes.is_empty() || scatter <= 0.0 {
            return None;
        }
        let n = scored.all.n;
        let size = causes.len();
        let cross = Symmetric::new(size, |i, j| scored.cross(causes[i], causes[j]));
        let with_score: Vec<f64> = causes.iter().map(|&cause| covariation(scored, cause)).collect();
        let inverse = cross.clone().inverse();
        let slopes: Vec<f64> =
            (0..size).map(|i| (0..size).map(|j| inverse.at(i, j) * with_score[j]).sum()).collect();
        let fitted: f64 = slopes.iter().zip(&with_score).map(|(slope, with)| slope * with).sum();
        let freedom = (n - 1) as f64 - size as f64;
        let residual = ((scatter - fitted).max(0.0) / freedom).sqrt();
        let t = student_quantile(freedom);
        let weights = relative_weights(&cross, &with_score, scatter);
        let drivers = causes.iter().enumerate().map(|(at, &cause)| {
            let half = t * residual * inverse.at(at, at).sqrt();
            // Positive where the cause lowers the score.
            let value = -slopes[at];
            let effect = Estimate { n, value, low: value - half, high: value + half };
            Driver { cause, effect, weight: weights[at] }
        });
        Some(Self { n, explained: (fitted / scatter).clamp(0.0, 1.0), causes: drivers.collect() })
    }

    /// The driver of a cause, if it is in the model.
    pub fn of(&self, cause: C) -> Option<&Driver<C>> {
        self.causes.iter().find(|driver| driver.cause == cause)
    }
}

/// Sum of the products of a cause's and the score's distances from their means.
fn covariation<C: Copy + Ord>(scored: &Scored<C>, cause: C) -> f64 {
    let with = scored.with(cause);
    with.sum as f64 - with.n as f64 * scored.all.mean()
}

fn eligible<C: Copy + Ord>(scored: &Scored<C>, causes: &[C]) -> Vec<C> {
    let enough = |cause: &&C| {
        let with = scored.with(**cause).n;
        with.min(scored.all.n - with) >= LEAST_SCORES
    };
    // The base and the spread are estimated, too.
    let most = (scored.all.n / SCORES_A_CAUSE).saturating_sub(2) as usize;
    let causes: Vec<C> = causes.iter().filter(enough).take(most).copied().collect();
    let cross = Symmetric::new(causes.len(), |i, j| scored.cross(causes[i], causes[j]));
    cross.independent(LEAST_TOLERANCE).into_iter().map(|at| causes[at]).collect()
}

/// Johnson's weights: with R the correlations of the causes, Λ = R^½ and r those with the score,
/// εᵢ = Σₖ λᵢₖ² βₖ² where β = Λ⁻¹ r.
fn relative_weights(cross: &Symmetric, with_score: &[f64], scatter: f64) -> Vec<f64> {
    let size = with_score.len();
    let spread: Vec<f64> = (0..size).map(|at| cross.at(at, at).sqrt()).collect();
    let root = Symmetric::new(size, |i, j| cross.at(i, j) / (spread[i] * spread[j])).root();
    let correlations: Vec<f64> =
        (0..size).map(|at| with_score[at] / (spread[at] * scatter.sqrt())).collect();
    let inverse = root.clone().inverse();
    let beta: Vec<f64> =
        (0..size).map(|k| (0..size).map(|j| inverse.at(k, j) * correlations[j]).sum()).collect();
    (0..size).map(|i| (0..size).map(|k| (root.at(i, k) * beta[k]).powi(2)).sum()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Feedback as (score, causes), each so many times.
    fn scored(cells: &[(i64, &[u8], usize)]) -> Scored<u8> {
        let mut scored = Scored::default();
        for &(score, causes, times) in cells {
            for _ in 0..times {
                scored.add(score, &causes.iter().copied().collect());
            }
        }
        scored
    }

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-9, "{a} is not {b}");
    }

    #[test]
    fn a_cause_alone_has_the_effect_of_its_impact() {
        let scored = scored(&[(2, &[1], 20), (4, &[1], 20), (8, &[], 40), (10, &[], 40)]);
        let drivers = Drivers::new(&scored, &[1]).unwrap();
        close(drivers.causes[0].effect.value, 6.0);
        close(scored.impact(1, Impact::new).unwrap().impact.value, 6.0);
        // Scatter between 8² · 960/… : between groups 40·80/120·36 = 960, within 120.
        close(drivers.explained, 960.0 / 1080.0);
        close(drivers.causes[0].weight, drivers.explained);
    }

    #[test]
    fn a_cause_that_only_comes_along_is_not_blamed() {
        // Cause 1 costs 4 points, cause 2 nothing; but 2 comes mostly with 1.
        let scored = scored(&[(5, &[1, 2], 40), (5, &[1], 10), (9, &[2], 10), (9, &[], 140)]);
        assert!(scored.impact(2, Impact::new).unwrap().impact.value > 2.0);
        let drivers = Drivers::new(&scored, &[1, 2]).unwrap();
        close(drivers.of(1).unwrap().effect.value, 4.0);
        close(drivers.of(2).unwrap().effect.value, 0.0);
        close(drivers.explained, 1.0);
        close(drivers.causes.iter().map(|driver| driver.weight).sum(), 1.0);
    }

    #[test]
    fn of_two_causes_that_are_one_the_first_stands_for_both() {
        let scored = scored(&[(1, &[1, 2], 30), (3, &[1, 2], 30), (9, &[], 90)]);
        let drivers = Drivers::new(&scored, &[2, 1]).unwrap();
        assert_eq!(drivers.causes.iter().map(|driver| driver.cause).collect::<Vec<_>>(), [2]);
    }

    #[test]
    fn there_is_no_model_of_few_or_equal_scores() {
        assert_eq!(Drivers::new(&scored(&[(1, &[1], 9), (9, &[], 90)]), &[1]), None);
        assert_eq!(Drivers::new(&scored(&[(5, &[1], 50), (5, &[], 50)]), &[1]), None);
        assert_eq!(Drivers::new(&scored(&[]), &[1]), None);
    }

    #[test]
    fn merging_is_adding() {
        let parts: [(i64, &[u8], usize); 3] = [(1, &[1, 2], 3), (5, &[2], 4), (9, &[], 5)];
        let mut sum = scored(&parts[1..]);
        sum.merge(scored(&parts[..1]));
        assert_eq!(sum, scored(&parts));
    }
}
