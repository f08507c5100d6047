//! Tails of the standard normal and of Student's distribution, for p-values and intervals.

/// Probability that a standard normal deviate is beyond ±`z`, two-sided.
///
/// erfc(|z|/√2): the series of erf near zero, Lentz's continued fraction further out (M. Abramowitz,
/// I. A. Stegun, "Handbook of Mathematical Functions", 1964, 7.1.6 and 7.1.14).
pub(crate) fn two_sided_p(z: f64) -> f64 {
    let x = z.abs() / std::f64::consts::SQRT_2;
    if x < 2.5 { 1.0 - erf_series(x) } else { erfc_fraction(x) }.clamp(0.0, 1.0)
}

/// erf(x) = 2/√π · e^(−x²) · Σ 2ᵏ x²ᵏ⁺¹ / (1·3·…·(2k+1)).
fn erf_series(x: f64) -> f64 {
    let (mut term, mut sum, mut odd) = (x, x, 1.0);
    while term > 1e-17 * sum {
        odd += 2.0;
        term *= 2.0 * x * x / odd;
        sum += term;
    }
    std::f64::consts::FRAC_2_SQRT_PI * (-x * x).exp() * sum
}

/// erfc(x) = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 1½/(x + …)))), from the inside out.
fn erfc_fraction(x: f64) -> f64 {
    let inner = (1..=60).rev().fold(x, |rest, k| x + f64::from(k) / 2.0 / rest);
    (-x * x).exp() / (std::f64::consts::PI.sqrt() * inner)
}

/// Quantile of Student's distribution for two-sided 95 % intervals, for `freedom` ≥ 1 degrees.
///
/// The tail is the regularised incomplete beta function I(ν/(ν+t²); ν/2, ½) (Abramowitz and Stegun
/// 26.7.1), inverted by bisection.
pub(super) fn student_quantile(freedom: f64) -> f64 {
    let tail = |t: f64| incomplete_beta(freedom / (freedom + t * t), freedom / 2.0, 0.5);
    let (mut low, mut high) = (1.9, 13.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if tail(middle) > 0.05 { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

/// Most trials for which the tail of the binomial distribution is found exactly; beyond, the normal one is as good.
const EXACT: u64 = 10_000;

/// Probability of `count` successes at least among `n` trials of probability `p`: I(p; k, n − k + 1) (Abramowitz and
/// Stegun 26.5.24), for many trials the normal tail at k − ½.
pub(crate) fn binomial_tail(count: u64, n: u64, p: f64) -> f64 {
    if count == 0 {
        return 1.0;
    }
    if count > n || p <= 0.0 {
        return 0.0;
    }
    if p >= 1.0 {
        return 1.0;
    }
    let (k, n_all) = (count as f64, n as f64);
    if n <= EXACT {
        return incomplete_beta(p, k, n_all - k + 1.0);
    }
    let z = (k - 0.5 - n_all * p) / (n_all * p * (1.0 - p)).sqrt();
    if z > 0.0 { two_sided_p(z) / 2.0 } else { 1.0 - two_sided_p(z) / 2.0 }
}

/// I(x; a, b), by the continued fraction of Abramowitz and Stegun 26.5.8 in Lentz's form.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    // The fraction converges fast on this side only.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - incomplete_beta(1.0 - x, b, a);
    }
    let front = ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (1.0 - x).ln();
    let (mut fraction, mut c, mut d) = (1.0_f64, 1.0_f64, 0.0_f64);
    for step in 0..400 {
        let m = f64::from(step / 2);
        let numerator = match step {
            0 => 1.0,
            _ if step % 2 == 0 => m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m)),
            _ => -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0)),
        };
        d = 1.0 / away_from_zero(1.0 + numerator * d);
        c = away_from_zero(1.0 + numerator / c);
        fraction *= c * d;
        if (c * d - 1.0).abs() < 1e-15 {
            break;
        }
    }
    front.exp() * (fraction - 1.0) / a
}

fn away_from_zero(value: f64) -> f64 {
    if value.abs() < 1e-300 { 1e-300 } else { value }
}

/// ln Γ(x) for x > 0: Stirling's series, from ten upwards (Abramowitz and Stegun 6.1.41).
fn ln_gamma(mut x: f64) -> f64 {
    let mut shift = 0.0;
    while x < 10.0 {
        shift += x.ln();
        x += 1.0;
    }
    let series = [1.0 / 12.0, -1.0 / 360.0, 1.0 / 1260.0, -1.0 / 1680.0, 1.0 / 1188.0];
    let correction: f64 =
        series.iter().zip([1, 3, 5, 7, 9]).map(|(factor, power)| factor / x.powi(power)).sum();
    (x - 0.5) * x.ln() - x + (2.0 * std::f64::consts::PI).ln() / 2.0 + correction - shift
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tails_of_the_normal_distribution_as_in_the_tables() {
        for (z, p) in [
            (0.0, 1.0),
            (1.0, 0.317_310_507_863),
            (1.959_963_984_540, 0.05),
            (-3.0, 0.002_699_796_063),
            (4.0, 6.334_248_366_6e-5),
            (8.0, 1.244_192_114_85e-15),
        ] {
            assert!((two_sided_p(z) / p - 1.0).abs() < 1e-9, "{z}: {} not {p}", two_sided_p(z));
        }
    }

    #[test]
    fn quantiles_of_student_as_in_the_tables() {
        for (freedom, t) in [
            (1.0, 12.706_204_736),
            (2.0, 4.302_652_730),
            (5.0, 2.570_581_836),
            (30.0, 2.042_272_456),
            (1000.0, 1.962_339_081),
        ] {
            let found = student_quantile(freedom);
            assert!((found - t).abs() < 1e-7, "{freedom}: {found} not {t}");
        }
    }

    #[test]
    fn tails_of_the_binomial_distribution_by_hand_and_across_the_change_of_method() {
        // 1 − (0.9¹⁰ + 10·0.1·0.9⁹ + 45·0.01·0.9⁸).
        assert!((binomial_tail(3, 10, 0.1) - 0.070_190_826_4).abs() < 1e-9);
        assert!((binomial_tail(10, 10, 0.5) - 0.5_f64.powi(10)).abs() < 1e-12);
        assert_eq!((binomial_tail(0, 5, 0.3), binomial_tail(6, 5, 0.3)), (1.0, 0.0));
        let (exact, normal) = (binomial_tail(560, 10_000, 0.05), binomial_tail(560, 10_001, 0.05));
        assert!((exact / normal - 1.0).abs() < 0.15, "{exact} {normal}");
    }
}
