//! Whether a share differs between two groups, and by how much.

use serde::{Deserialize, Serialize};

use super::distributions::two_sided_p;
use super::statistics::Proportion;

/// Fewest that must be expected in each of the four cells for the test to hold (W. G. Cochran, "Some
/// methods for strengthening the common χ² tests", Biometrics 10, 1954).
const LEAST_EXPECTED: f64 = 5.0;

/// Rate of false discoveries at which a difference is called one.
pub const FALSE_DISCOVERY_RATE: f64 = 0.05;

/// A share in two groups of different feedback.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Comparison {
    /// The share in the group in question.
    pub here: Proportion,
    /// The share in what it is compared with.
    pub there: Proportion,
    /// `here.share − there.share`, from −1 to 1.
    pub difference: f64,
    /// Lower end of its 95 % interval.
    pub low: f64,
    /// Upper end of its 95 % interval.
    pub high: f64,
    /// Probability of a difference at least as large if there were none; `None` if there is too
    /// little feedback to tell.
    pub p: Option<f64>,
    /// The least rate of false discoveries at which this one of its family of comparisons would
    /// count as a difference; `None` where `p` is.
    pub q: Option<f64>,
}

impl Comparison {
    /// Compares two shares. `q` is `p` until [`control`] has seen the whole family.
    ///
    /// - Test: z = (p₁ − p₂) / √(p(1−p)(1/n₁ + 1/n₂)) with the pooled share p (two-proportion z-test,
    ///   the root of Pearson's χ² without correction for continuity).
    /// - Interval: Newcombe's hybrid score interval, from the two Wilson intervals (R. G. Newcombe,
    ///   "Interval estimation for the difference between independent proportions", Statistics in
    ///   Medicine 17, 1998, method 10).
    pub fn new(here: Proportion, there: Proportion) -> Self {
        let difference = here.share - there.share;
        let p = p_value(here, there);
        Self {
            here,
            there,
            difference,
            low: difference - (here.share - here.low).hypot(there.high - there.share),
            high: difference + (here.high - here.share).hypot(there.share - there.low),
            p,
            q: p,
        }
    }

    /// Whether the difference is more than chance, with the others of its family in mind.
    pub fn is_real(&self) -> bool {
        self.q.is_some_and(|q| q <= FALSE_DISCOVERY_RATE)
    }
}

fn p_value(here: Proportion, there: Proportion) -> Option<f64> {
    let (n1, n2) = (here.of as f64, there.of as f64);
    let pooled = (here.count + there.count) as f64 / (n1 + n2);
    let least = n1.min(n2) * pooled.min(1.0 - pooled);
    // Also refuses empty groups, where the share is no number.
    if !least.ge(&LEAST_EXPECTED) {
        return None;
    }
    let deviation = (pooled * (1.0 - pooled) * (1.0 / n1 + 1.0 / n2)).sqrt();
    Some(two_sided_p((here.share - there.share) / deviation))
}

/// Sets the `q` of comparisons that are looked at together: qᵢ = min over j ≥ i of m·p₍ⱼ₎/j, with
/// the p-values in rising order (Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate",
/// Journal of the Royal Statistical Society B 57, 1995).
pub fn control<'c>(family: impl IntoIterator<Item = &'c mut Comparison>) {
    let (p, tested): (Vec<f64>, Vec<&mut Comparison>) =
        family.into_iter().filter_map(|comparison| Some((comparison.p?, comparison))).unzip();
    for (q, comparison) in false_discovery_rates(&p).into_iter().zip(tested) {
        comparison.q = Some(q);
    }
}

/// The q of each of these p-values, as [`control`] has it.
pub(crate) fn false_discovery_rates(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| p[a].total_cmp(&p[b]));
    let mut found = vec![1.0; p.len()];
    let mut least: f64 = 1.0;
    for (rank, at) in order.into_iter().enumerate().rev() {
        least = least.min(p[at] * p.len() as f64 / (rank as f64 + 1.0));
        found[at] = least;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 5e-5, "{a} is not {b}");
    }

    #[test]
    fn two_shares_by_hand() {
        // 56 of 70 and 48 of 80, Newcombe's own example: difference 0.2, interval 0.0524 to 0.3339.
        // Pooled 104/150, deviation 0.0755, z 2.6504.
        let comparison = Comparison::new(Proportion::new(56, 70), Proportion::new(48, 80));
        close(comparison.difference, 0.2);
        close(comparison.low, 0.0524);
        close(comparison.high, 0.3339);
        close(comparison.p.unwrap(), 0.00804);
    }

    #[test]
    fn too_little_feedback_is_not_tested() {
        for (here, there) in [((1, 20), (2, 400)), ((0, 0), (3, 9)), ((0, 50), (0, 50))] {
            let proportion = |(count, of)| Proportion::new(count, of);
            assert_eq!(Comparison::new(proportion(here), proportion(there)).p, None);
        }
    }

    #[test]
    fn many_comparisons_make_each_less_of_a_discovery() {
        // By hand: 4 × 0.01 / 1, 4 × 0.02 / 2, 4 × 0.03 / 3, 0.5; each at most the next.
        let mut family: Vec<Comparison> = [0.5, 0.02, 0.01, 0.03]
            .map(|p| Comparison {
                p: Some(p),
                ..Comparison::new(Proportion::new(1, 9), Proportion::new(2, 9))
            })
            .into();
        control(&mut family);
        let found: Vec<f64> = family.iter().map(|comparison| comparison.q.unwrap()).collect();
        for (q, expected) in found.into_iter().zip([0.5, 0.04, 0.04, 0.04]) {
            close(q, expected);
        }
    }

    #[test]
    fn what_was_not_tested_is_no_discovery_and_takes_nothing_from_the_others() {
        let mut family = [
            Comparison::new(Proportion::new(1, 20), Proportion::new(2, 40)),
            Comparison::new(Proportion::new(100, 1000), Proportion::new(200, 1000)),
        ];
        let alone = family[1].p;
        control(&mut family);
        assert_eq!((family[0].q, family[1].q), (None, alone));
        assert!(family[1].is_real() && !family[0].is_real());
    }
}
