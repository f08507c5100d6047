//! Whether a value is worse than a limit, or than the periods before: one-sided p-values.

use crate::tally::distributions::{binomial_tail, two_sided_p};

/// A value of a period with the variance that chance gives it, on a scale on which that is about normal.
#[derive(Clone, Copy, Debug)]
pub(super) struct Measured {
    /// The value as it is told.
    pub(super) value: f64,
    /// The same on that scale.
    pub(super) scaled: f64,
    /// Its variance there; above 0.
    pub(super) variance: f64,
    /// What a difference by the whole of the value is there, of a share by the whole of its odds: the unit of
    /// how much periods differ anyway.
    pub(super) unit: f64,
}

impl Measured {
    /// A share, as arcsin √p, whose variance is 1 / (4n + 2) whatever the share (F. J. Anscombe, "The transformation of
    /// Poisson, binomial and negative-binomial data", Biometrika 35, 1948).
    pub(super) fn share(count: u64, n: u64) -> Option<Self> {
        let (all, own) = (n as f64, count as f64);
        let share = (own + 0.5) / (all + 1.0);
        (n > 0).then(|| Self {
            value: own / all,
            scaled: ((own + 0.375) / (all + 0.75)).sqrt().min(1.0).asin(),
            variance: 1.0 / (4.0 * all + 2.0),
            unit: (share * (1.0 - share)).sqrt() / 2.0,
        })
    }

    /// A number, as √(n + 3/8), whose variance is 1/4 (the same).
    pub(super) fn number(n: u64) -> Self {
        let own = n as f64;
        Self { value: own, scaled: (own + 0.375).sqrt(), variance: 0.25, unit: own.sqrt() / 2.0 }
    }

    /// A mean from −1 to 1 with its variance; its unit is that of a difference of two shares.
    pub(super) fn mean(value: f64, variance: f64) -> Self {
        Self { value, scaled: value, variance: variance.max(1e-9), unit: 0.5 }
    }
}

/// How much periods may differ anyway, beyond chance: the medians that are looked at, for shares as a part of them.
const RESTLESS: [f64; 7] = [0.0, 0.03, 0.1, 0.2, 0.4, 0.8, 1.6];

/// Ways to differ that are looked at for each of these: quantiles of the half-Cauchy distribution from this one on.
const WAYS: usize = 20;
const FROM: f64 = 0.35;

/// What the periods of one of several that are judged by the same rule lead one to expect of its next.
///
/// How much periods differ anyway is known badly from eight of them, and much better from all that are judged together. So
/// a standard deviation τ is drawn from a half-Cauchy distribution (A. Gelman, "Prior distributions for variance parameters
/// in hierarchical models", Bayesian Analysis 1, 2006) whose scale all of them have in common, and what is expected is the
/// mean over all τ and scales, weighted by how well each explains the periods. Quantiles below 0.35 are left out: found on
/// simulated histories, as is what that comes to (`cargo run --release --example alarms`).
#[derive(Clone, Debug)]
pub(super) struct Expected {
    /// For each of [`RESTLESS`]: how well it explains the periods, as a logarithm, and its ways.
    scales: Vec<(f64, Vec<Way>)>,
}

/// A way to differ: how well it explains the periods, the mean, and the variance of the next.
#[derive(Clone, Copy, Debug)]
struct Way {
    weight: f64,
    mean: f64,
    variance: f64,
}

impl Expected {
    /// Of two periods and more.
    pub(super) fn of(before: &[Measured]) -> Option<Self> {
        if before.len() < 2 {
            return None;
        }
        let unit = before.iter().map(|own| own.unit).sum::<f64>() / before.len() as f64;
        let quantile = |at: usize| FROM + (1.0 - FROM) * (at as f64 + 0.5) / WAYS as f64;
        let scale = |restless: &f64| {
            let ways: Vec<(f64, Way)> = (0..WAYS)
                .map(|at| (quantile(at) * std::f64::consts::FRAC_PI_2).tan() * restless * unit)
                .map(|tau| Way::of(before, tau * tau))
                .collect();
            let best = ways.iter().map(|own| own.0).fold(f64::MIN, f64::max);
            let weigh = |(log, way): &(f64, Way)| Way { weight: (log - best).exp(), ..*way };
            let ways: Vec<Way> = ways.iter().map(weigh).collect();
            let all: f64 = ways.iter().map(|own| own.weight).sum();
            let explains = best + (all / WAYS as f64).ln();
            let share = |own: Way| Way { weight: own.weight / all, ..own };
            (explains, ways.into_iter().map(share).collect())
        };
        Some(Self { scales: RESTLESS.iter().map(scale).collect() })
    }

    /// How likely each of [`RESTLESS`] is, for all that are judged together.
    pub(super) fn together<'e>(all: impl IntoIterator<Item = &'e Self>) -> Vec<f64> {
        let mut logs = vec![0.0; RESTLESS.len()];
        for own in all {
            logs.iter_mut().zip(&own.scales).for_each(|(log, (explains, _))| *log += explains);
        }
        let best = logs.iter().copied().fold(f64::MIN, f64::max);
        let weights: Vec<f64> = logs.into_iter().map(|log| (log - best).exp()).collect();
        let sum: f64 = weights.iter().sum();
        weights.into_iter().map(|own| own / sum).collect()
    }

    /// Probability of a value at least so far above what is expected, by chance, with the weights of [`Self::together`].
    pub(super) fn above(&self, now: Measured, together: &[f64]) -> f64 {
        let beyond = |way: &Way| {
            way.weight
                * normal_above((now.scaled - way.mean) / (way.variance + now.variance).sqrt())
        };
        let scales = self.scales.iter().zip(together);
        scales.map(|((_, ways), weight)| weight * ways.iter().map(beyond).sum::<f64>()).sum()
    }
}

impl Way {
    /// With so much variance between periods. Also the logarithm of their likelihood, the unknown mean integrated out.
    fn of(before: &[Measured], between: f64) -> (f64, Self) {
        let (mut sum, mut weighted, mut spread) = (0.0, 0.0, 0.0);
        for own in before {
            let variance = own.variance + between;
            sum += 1.0 / variance;
            weighted += own.scaled / variance;
            spread += variance.ln();
        }
        let mean = weighted / sum;
        let distance = |own: &Measured| (own.scaled - mean).powi(2) / (own.variance + between);
        let distances: f64 = before.iter().map(distance).sum();
        let log = -0.5 * (spread + sum.ln() + distances);
        (log, Self { weight: 0.0, mean, variance: between + 1.0 / sum })
    }
}

/// Probability of so many of `n` at least, if each came with probability `limit`.
pub(super) fn share_above(count: u64, n: u64, limit: f64) -> f64 {
    binomial_tail(count, n, limit)
}

/// Probability of a mean at least so far above a limit, by chance.
pub(super) fn mean_above(now: Measured, limit: f64) -> f64 {
    let z = (now.scaled - limit) / now.variance.sqrt();
    normal_above(z)
}

/// Probability that a standard normal deviate is above `z`.
fn normal_above(z: f64) -> f64 {
    let beyond = two_sided_p(z) / 2.0;
    if z > 0.0 { beyond } else { 1.0 - beyond }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(counts: &[(u64, u64)]) -> Vec<Measured> {
        counts.iter().filter_map(|&(count, n)| Measured::share(count, n)).collect()
    }

    fn above(before: &[(u64, u64)], now: (u64, u64)) -> f64 {
        let expected = Expected::of(&shares(before)).unwrap();
        let now = Measured::share(now.0, now.1).unwrap();
        expected.above(now, &Expected::together([&expected]))
    }

    #[test]
    fn a_period_like_those_before_is_no_surprise_and_one_with_three_times_as_many_is() {
        let before = [(10, 200), (12, 210), (9, 190), (11, 205), (10, 198), (13, 202)];
        let p = |count| above(&before, (count, 200));
        assert!((0.3..0.7).contains(&p(11)), "{}", p(11));
        assert!(p(33) < 0.002, "{}", p(33));
        assert!(p(2) > 0.97, "{}", p(2));
    }

    #[test]
    fn where_periods_differ_anyway_more_is_needed() {
        let restless = [(5, 200), (38, 200), (12, 200), (30, 200), (8, 200), (27, 200)];
        let (steady, restless) = (above(&[(20, 200); 6], (42, 200)), above(&restless, (42, 200)));
        assert!(steady < 0.01 && restless > 0.02, "{steady} {restless}");
    }

    #[test]
    fn what_others_are_like_tells_how_much_periods_differ() {
        let before = [(20, 200), (24, 200), (17, 200), (22, 200), (19, 200)];
        let own = Expected::of(&shares(&before)).unwrap();
        let steady: Vec<Expected> =
            (0..20).filter_map(|_| Expected::of(&shares(&[(20, 200); 6]))).collect();
        let now = Measured::share(38, 200).unwrap();
        let alone = own.above(now, &Expected::together([&own]));
        let among = own.above(now, &Expected::together(steady.iter().chain([&own])));
        assert!(among < alone / 2.0, "{among} {alone}");
    }

    #[test]
    fn one_period_leads_to_nothing() {
        assert!(Expected::of(&shares(&[(3, 10)])).is_none());
    }

    #[test]
    fn a_limit_is_tested_exactly() {
        // 3 of 10 at 0.1: 1 − Σ over 0, 1, 2 = 0.0702.
        assert!((share_above(3, 10, 0.1) - 0.0702).abs() < 5e-5);
        assert!(share_above(0, 10, 0.1) > 0.999);
        let now = Measured::mean(0.3, 0.01);
        assert!((mean_above(now, 0.1) - 0.0228).abs() < 5e-5);
    }
}
