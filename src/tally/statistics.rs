//! Figures with their uncertainty. Formulas and sources stand with each.

use serde::{Deserialize, Serialize};

/// Quantile of the standard normal distribution for two-sided 95 % intervals.
const Z: f64 = 1.959_963_984_540_054;

/// A share of a whole with its 95 % Wilson score interval.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Proportion {
    /// How many.
    pub count: u64,
    /// Of how many.
    pub of: u64,
    /// `count / of`, from 0 to 1; 0 if `of` is 0.
    pub share: f64,
    /// Lower end of the interval, from 0 to 1.
    pub low: f64,
    /// Upper end of the interval, from 0 to 1.
    pub high: f64,
}

impl Proportion {
    /// The share `count / of` with Wilson's interval (E. B. Wilson, "Probable inference, the law of
    /// succession, and statistical inference", JASA 22, 1927):
    /// centre (p + z²/2n) / (1 + z²/n), half-width z·√(p(1−p)/n + z²/4n²) / (1 + z²/n).
    pub fn new(count: u64, of: u64) -> Self {
        debug_assert!(count <= of);
        if of == 0 {
            return Self { count, of, share: 0.0, low: 0.0, high: 1.0 };
        }
        let n = of as f64;
        let p = count as f64 / n;
        let denominator = 1.0 + Z * Z / n;
        let centre = (p + Z * Z / (2.0 * n)) / denominator;
        let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / denominator;
        let low = if count == 0 { 0.0 } else { (centre - half).max(0.0) };
        let high = if count == of { 1.0 } else { (centre + half).min(1.0) };
        Self { count, of, share: p, low, high }
    }
}

/// A mean on a known scale with its 95 % interval.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Estimate {
    /// Number of observations.
    pub n: u64,
    /// The estimate.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

impl Estimate {
    /// Share of `plus` minus share of `minus` among `n`, from −1 to 1, with the normal interval of a
    /// difference of two multinomial shares: variance (p₊ + p₋ − (p₊ − p₋)²) / n. The counts are
    /// adjusted first by 3/4 of an observation at either end, which keeps the coverage near 95 % in
    /// small samples (B. Rocks, "Interval estimation for the Net Promoter Score", The American
    /// Statistician 70, 2016, the adjusted Wald interval).
    pub fn difference_of_shares(plus: u64, minus: u64, n: u64) -> Self {
        if n == 0 {
            return Self { n, value: 0.0, low: -1.0, high: 1.0 };
        }
        let value = (plus as f64 - minus as f64) / n as f64;
        let total = n as f64 + 3.0;
        let p = (plus as f64 + 0.75) / total;
        let m = (minus as f64 + 0.75) / total;
        let centre = p - m;
        let half = Z * ((p + m - centre * centre) / total).sqrt();
        Self {
            n,
            value,
            low: (centre - half).clamp(-1.0, value),
            high: (centre + half).clamp(value, 1.0),
        }
    }

    /// A value with its variance, and the normal interval.
    pub fn normal(n: u64, value: f64, variance: f64) -> Self {
        let half = Z * variance.sqrt();
        Self { n, value, low: value - half, high: value + half }
    }

    /// The variance that a normal interval says.
    pub fn variance(self) -> f64 {
        ((self.high - self.low) / (2.0 * Z)).powi(2)
    }

    /// The same with the opposite sign.
    pub fn negated(self) -> Self {
        Self { n: self.n, value: -self.value, low: -self.high, high: -self.low }
    }

    /// The same, cut at what is possible.
    pub fn within(self, lowest: f64, highest: f64) -> Self {
        let [value, low, high] =
            [self.value, self.low, self.high].map(|own| own.clamp(lowest, highest));
        Self { n: self.n, value, low, high }
    }

    /// The same in units `steps` times as large.
    pub fn per(self, steps: f64) -> Self {
        let Self { n, value, low, high } = self;
        Self { n, value: value / steps, low: low / steps, high: high / steps }
    }

    /// The mean of values whose number, sum and sum of squares are given, with the normal interval.
    pub fn mean(n: u64, sum: f64, sum_of_squares: f64) -> Self {
        if n == 0 {
            return Self { n, value: 0.0, low: 0.0, high: 0.0 };
        }
        let count = n as f64;
        let value = sum / count;
        let half = if n > 1 {
            let variance = ((sum_of_squares - sum * value) / (count - 1.0)).max(0.0);
            Z * (variance / count).sqrt()
        } else {
            0.0
        };
        Self { n, value, low: value - half, high: value + half }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_is_cut() {
        let wide = Estimate { n: 9, value: 0.72, low: 0.26, high: 1.17 };
        let within = wide.within(-1.39, 0.61);
        assert_eq!((within.value, within.low, within.high), (0.61, 0.26, 0.61));
    }

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 5e-5, "{a} is not {b}");
    }

    #[test]
    fn wilson_interval_of_ten_in_a_hundred() {
        // By hand: p 0.1, z² 3.8415; centre 0.119207/1.038415, half-width 0.060450.
        let p = Proportion::new(10, 100);
        close(p.low, 0.05523);
        close(p.high, 0.17437);
    }

    #[test]
    fn wilson_interval_touches_the_ends_only_there() {
        assert_eq!(Proportion::new(0, 20).low, 0.0);
        assert_eq!(Proportion::new(20, 20).high, 1.0);
        close(Proportion::new(0, 20).high, 0.16113);
        assert_eq!(Proportion::new(0, 0).share, 0.0);
    }

    #[test]
    fn net_promoter_score_of_a_small_sample() {
        // 50 promoters and 30 detractors of 100: 0.20, adjusted shares 50.75/103 and 30.75/103,
        // difference 0.194175, variance 0.00731610.
        let nps = Estimate::difference_of_shares(50, 30, 100);
        close(nps.value, 0.20);
        close(nps.low, 0.02653);
        close(nps.high, 0.36182);
    }

    #[test]
    fn mean_of_a_few_stars() {
        // 5, 4, 1: mean 10/3, variance 13/3.
        let mean = Estimate::mean(3, 10.0, 42.0);
        close(mean.value, 3.33333);
        close(mean.high - mean.value, 2.35559);
    }
}
