//! Sums of whole numbers from which means and their differences follow. Mergeable in any order.

use serde::{Deserialize, Serialize};

use super::distributions::student_quantile;
use super::statistics::Estimate;

/// Number, sum and sum of squares of whole numbers.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub struct Moments {
    /// How many.
    pub n: u64,
    /// Their sum.
    pub sum: i64,
    /// The sum of their squares.
    pub squares: u128,
}

impl Moments {
    /// Adds one value.
    pub fn add(&mut self, value: i64) {
        self.n += 1;
        self.sum += value;
        self.squares += u128::from(value.unsigned_abs()).pow(2);
    }

    /// Adds what others sum up.
    pub fn merge(&mut self, other: Self) {
        self.n += other.n;
        self.sum += other.sum;
        self.squares += other.squares;
    }

    /// What is left without `part`, which must be a part of it.
    pub fn without(self, part: Self) -> Self {
        Self { n: self.n - part.n, sum: self.sum - part.sum, squares: self.squares - part.squares }
    }

    /// The mean; 0 of nothing.
    pub fn mean(self) -> f64 {
        self.sum as f64 / self.n.max(1) as f64
    }

    /// The net promoter score of values that are 1, 0 or −1.
    fn nps(self) -> Estimate {
        let ends = self.squares as i64;
        let count = |twice: i64| (twice / 2).unsigned_abs();
        Estimate::difference_of_shares(count(ends + self.sum), count(ends - self.sum), self.n)
    }

    /// Sum of the squared distances from the mean.
    pub fn scatter(self) -> f64 {
        // In whole numbers, so that nothing is lost between two large sums: n·Σx² − (Σx)².
        let n = u128::from(self.n.max(1));
        let square = u128::from(self.sum.unsigned_abs()).pow(2);
        (n * self.squares).saturating_sub(square) as f64 / n as f64
    }

    /// Variance of the values, with n − 1; 0 for fewer than two.
    pub fn variance(self) -> f64 {
        if self.n < 2 { 0.0 } else { self.scatter() / (self.n - 1) as f64 }
    }
}

/// Fewest scores with a cause, and fewest without it, from which its impact is told.
pub const LEAST_SCORES: u64 = 10;

/// How much lower scores are where a cause is mentioned.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Impact {
    /// Scores with the cause.
    pub with: u64,
    /// Scores without it.
    pub without: u64,
    /// Mean score with it.
    pub mean_with: f64,
    /// Mean score without it.
    pub mean_without: f64,
    /// `mean_without − mean_with`, with its 95 % interval; positive if the cause goes along with lower
    /// scores.
    pub impact: Estimate,
}

impl Impact {
    /// Compares scores with a cause to those without it; `None` if either are fewer than
    /// [`LEAST_SCORES`].
    ///
    /// The interval is Welch's for two means of unequal variance: ± t·√(s₁²/n₁ + s₂²/n₂), with
    /// (s₁²/n₁ + s₂²/n₂)² / ((s₁²/n₁)²/(n₁−1) + (s₂²/n₂)²/(n₂−1)) degrees of freedom (B. L. Welch, "The
    /// generalization of 'Student's' problem", Biometrika 34, 1947).
    pub fn new(with: Moments, without: Moments) -> Option<Self> {
        if with.n.min(without.n) < LEAST_SCORES {
            return None;
        }
        let value = without.mean() - with.mean();
        let [a, b] = [with, without].map(|part| part.variance() / part.n as f64);
        let [a_freedom, b_freedom] = [with, without].map(|part| (part.n - 1) as f64);
        let half = if a + b > 0.0 {
            let freedom = (a + b).powi(2) / (a * a / a_freedom + b * b / b_freedom);
            student_quantile(freedom) * (a + b).sqrt()
        } else {
            0.0
        };
        Some(Self {
            with: with.n,
            without: without.n,
            mean_with: with.mean(),
            mean_without: without.mean(),
            impact: Estimate {
                n: with.n + without.n,
                value,
                low: value - half,
                high: value + half,
            },
        })
    }

    /// Compares net promoter scores: scores of 1, 0 and −1 with a cause to those without it.
    ///
    /// The interval follows from those of the two scores by the method of variance estimates recovery:
    /// d − √((x₁−l₁)² + (u₂−x₂)²) to d + √((u₁−x₁)² + (x₂−l₂)²) (G. Y. Zou, A. Donner, "Construction of
    /// confidence limits about effect measures", Statistics in Medicine 27, 2008). Unlike Welch's it
    /// does not vanish where all of a few scores are alike.
    pub fn of_nps(with: Moments, without: Moments) -> Option<Self> {
        let welch = Self::new(with, without)?;
        let [here, there] = [with, without].map(Moments::nps);
        let value = there.value - here.value;
        let impact = Estimate {
            value,
            low: value - (there.value - there.low).hypot(here.high - here.value),
            high: value + (there.high - there.value).hypot(here.value - here.low),
            ..welch.impact
        };
        Some(Self { impact, ..welch })
    }

    /// The same in units of which one holds `steps` of the numbers summed.
    pub fn in_units_of(self, steps: f64) -> Self {
        Self {
            mean_with: self.mean_with / steps,
            mean_without: self.mean_without / steps,
            impact: self.impact.per(steps),
            ..self
        }
    }
}

/// Sums from which the share of a part in a whole follows, both counted by customer: mentions of one customer are not
/// independent of each other.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ratio {
    /// Customers.
    pub n: u64,
    part: i64,
    whole: u64,
    part_squares: u64,
    products: i64,
    whole_squares: u64,
}

impl Ratio {
    /// Adds a customer's part and whole.
    pub fn add(&mut self, part: i64, whole: u64) {
        self.n += 1;
        self.part += part;
        self.whole += whole;
        self.part_squares += (part * part) as u64;
        self.products += part * whole as i64;
        self.whole_squares += whole * whole;
    }

    /// Σpart / Σwhole with its variance, Σ(part − ratio · whole)² / (Σwhole)² · n / (n − 1) (W. G. Cochran, "Sampling
    /// Techniques", 1977, 2.11); none of fewer than two customers.
    pub fn value(self) -> Option<(f64, f64)> {
        if self.n < 2 || self.whole == 0 {
            return None;
        }
        let (n, whole) = (self.n as f64, self.whole as f64);
        let ratio = self.part as f64 / whole;
        let scatter = self.part_squares as f64 - 2.0 * ratio * self.products as f64
            + ratio * ratio * self.whole_squares as f64;
        Some((ratio, scatter.max(0.0) / (whole * whole) * n / (n - 1.0)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moments(values: &[i64]) -> Moments {
        values.iter().fold(Moments::default(), |mut sum, &value| {
            sum.add(value);
            sum
        })
    }

    #[test]
    fn means_and_variances_by_hand() {
        let five = moments(&[2, 4, 4, 4, 6]);
        assert_eq!((five.mean(), five.scatter(), five.variance()), (4.0, 8.0, 2.0));
        assert_eq!(five.without(moments(&[2, 6])), moments(&[4, 4, 4]));
        assert_eq!(moments(&[]).mean(), 0.0);
    }

    #[test]
    fn merging_is_adding() {
        let mut sum = moments(&[1, -7]);
        sum.merge(moments(&[3]));
        assert_eq!(sum, moments(&[3, 1, -7]));
    }

    #[test]
    fn impact_by_hand() {
        // Ten scores of mean 3, variance 10/9, and twenty of mean 8, variance 20/19: standard error
        // √(1/9 + 1/19) = 0.40465, 17.67 degrees of freedom, t 2.10376.
        let with = moments(&[2, 4, 2, 4, 2, 4, 2, 4, 2, 4]);
        let without = moments(&[7, 9].repeat(10));
        let impact = Impact::new(with, without).unwrap();
        assert_eq!((impact.mean_with, impact.mean_without), (3.0, 8.0));
        let half = impact.impact.high - impact.impact.value;
        assert!((half - 0.85129).abs() < 1e-5, "{half}");
        assert_eq!(impact.in_units_of(10.0).impact.value, 0.5);
    }

    #[test]
    fn a_difference_of_nps_by_hand() {
        // 20 detractors of 20: −1, −1 to −0.6968. 40 promoters and 30 detractors of 100: 0.1, −0.0627
        // to 0.2569. Interval 1.1 − √(0.1627² + 0.3032²) to 1.1 + √(0.1569² + 0²).
        let with = moments(&[-1; 20]);
        let without = moments(&[[1].repeat(40), [0].repeat(30), [-1].repeat(30)].concat());
        let found = Impact::of_nps(with, without).unwrap().impact;
        assert!((found.value - 1.1).abs() < 1e-12);
        assert!((found.low - 0.75593).abs() < 1e-5, "{found:?}");
        assert!((found.high - 1.25689).abs() < 1e-5, "{found:?}");
    }

    #[test]
    fn a_handful_of_scores_has_no_impact() {
        assert!(Impact::new(moments(&[1; 9]), moments(&[5; 500])).is_none());
        assert!(Impact::new(moments(&[1; 500]), moments(&[5; 9])).is_none());
    }

    /// Parts 1, −1, 2 of 1, 2, 2: ratio 2/5; distances 0.6, −1.8, 1.2, squared 0.36 + 3.24 + 1.44 = 5.04; over 25, times 3/2.
    #[test]
    fn a_ratio_by_hand() {
        let mut ratio = Ratio::default();
        for (part, whole) in [(1, 1), (-1, 2), (2, 2)] {
            ratio.add(part, whole);
        }
        let (value, variance) = ratio.value().unwrap();
        assert!((value - 0.4).abs() < 1e-12 && (variance - 0.3024).abs() < 1e-12, "{variance}");
        assert_eq!(Ratio::default().value(), None);
    }
}
