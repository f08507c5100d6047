//! The arithmetic between the matrix products, row by row.
//!
//! Every function works on sixteen lanes in a fixed order and uses neither fused multiply-add nor
//! the mathematical library, so that the bytes are the same on every machine.

use super::simd::{LANES, Simd};

/// A row of activations in unsigned bytes: a value is `scale × (byte − zero)`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quantization {
    /// Width of one step.
    pub scale: f32,
    /// The byte that stands for zero.
    pub zero: u8,
}

/// Weight and bias of a layer normalisation, and what is added to variances.
#[derive(Clone, Copy)]
pub struct NormView<'a> {
    /// One factor a column.
    pub weight: &'a [f32],
    /// One summand a column.
    pub bias: &'a [f32],
    /// Added to variances before the square root.
    pub epsilon: f32,
}

/// Whole lanes of a row. Its length is a multiple of [`LANES`].
#[inline(always)]
pub fn lanes<T>(row: &[T]) -> &[[T; LANES]] {
    row.as_chunks().0
}

/// Whole lanes of a row, to write to.
#[inline(always)]
pub fn lanes_mut<T>(row: &mut [T]) -> &mut [[T; LANES]] {
    row.as_chunks_mut().0
}

/// Nearest whole numbers, ties to even, for |x| < 2²²: adding 1.5 × 2²³ leaves no room for a
/// fraction.
#[inline(always)]
fn round<S: Simd>(s: S, x: S::Float) -> S::Float {
    let magic = s.splat(12_582_912.0);
    s.sub(s.add(x, magic), magic)
}

/// The polynomial with the given coefficients, highest power first (Horner).
#[inline(always)]
fn polynomial<S: Simd>(s: S, x: S::Float, coefficients: &[f32]) -> S::Float {
    let mut sum = s.splat(coefficients[0]);
    for &coefficient in &coefficients[1..] {
        sum = s.add(s.mul(sum, x), s.splat(coefficient));
    }
    sum
}

/// eˣ for x ≤ 0, relative error below 2e-7: 2ⁿ times a polynomial of the rest (Cephes `expf`).
#[inline(always)]
pub fn exp<S: Simd>(s: S, x: S::Float) -> S::Float {
    let x = s.max(x, s.splat(-87.0));
    let n = round(s, s.mul(x, s.splat(std::f32::consts::LOG2_E)));
    let r = s.sub(x, s.mul(n, s.splat(0.693_359_4)));
    let r = s.sub(r, s.mul(n, s.splat(-2.121_944_4e-4)));
    let p = polynomial(
        s,
        r,
        &[1.987_569_1e-4, 1.398_2e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_66, 0.5],
    );
    let p = s.add(s.add(s.mul(p, s.mul(r, r)), r), s.splat(1.0));
    s.mul(p, s.power_of_two(n))
}

/// Error function, absolute error below 5e-7: the rational approximation that Eigen uses.
#[inline(always)]
fn erf<S: Simd>(s: S, x: S::Float) -> S::Float {
    let x = s.min(s.max(x, s.splat(-4.0)), s.splat(4.0));
    let square = s.mul(x, x);
    let p = polynomial(
        s,
        square,
        &[
            -2.726_142_3e-10,
            2.770_681_4e-8,
            -2.101_024e-6,
            -5.692_506_4e-5,
            -7.349_906_3e-4,
            -2.954_6e-3,
            -1.609_603_3e-2,
        ],
    );
    let q = polynomial(
        s,
        square,
        &[-1.456_607_2e-5, -2.133_740_6e-4, -1.682_827e-3, -7.373_329e-3, -1.426_473_9e-2],
    );
    s.mul(x, s.div(p, q))
}

/// Gaussian error linear unit, x·Φ(x) (Hendrycks and Gimpel 2016).
#[inline(always)]
pub fn gelu<S: Simd>(s: S, x: S::Float) -> S::Float {
    let erf = erf(s, s.mul(x, s.splat(std::f32::consts::FRAC_1_SQRT_2)));
    s.mul(s.mul(s.splat(0.5), x), s.add(s.splat(1.0), erf))
}

/// Largest and smallest of a row, zero included, to one scale and zero point.
#[inline(always)]
fn quantization(lowest: f32, highest: f32) -> Quantization {
    const MAGIC: f32 = 12_582_912.0;
    let scale = (highest - lowest) / 255.0;
    if scale > 0.0 {
        Quantization { scale, zero: ((-lowest / scale + MAGIC) - MAGIC) as u8 }
    } else {
        Quantization { scale: 1.0, zero: 0 }
    }
}

/// Quantises a row of activations to bytes with one scale and zero point of its own.
#[inline(always)]
pub fn quantize<S: Simd>(s: S, row: &[f32], out: &mut [u8]) -> Quantization {
    let (mut low, mut high) = (s.splat(0.0), s.splat(0.0));
    for chunk in lanes(row) {
        let chunk = s.load(chunk);
        low = s.min(low, chunk);
        high = s.max(high, chunk);
    }
    let quantization = quantization(s.lowest(low), s.highest(high));
    let inverse = s.splat(1.0 / quantization.scale);
    let zero = s.splat(f32::from(quantization.zero));
    for (chunk, out) in lanes(row).iter().zip(lanes_mut(out)) {
        let steps = round(s, s.mul(s.load(chunk), inverse));
        *out = s.to_bytes(s.add(steps, zero));
    }
    quantization
}

/// Layer normalisation of a row in place (Ba, Kiros and Hinton 2016).
#[inline(always)]
pub fn layer_norm<S: Simd>(s: S, row: &mut [f32], norm: NormView) {
    let n = row.len() as f32;
    let mut sum = s.splat(0.0);
    for chunk in lanes(row) {
        sum = s.add(sum, s.load(chunk));
    }
    let mean = s.splat(s.sum(sum) / n);
    let mut squares = s.splat(0.0);
    for chunk in lanes(row) {
        let distance = s.sub(s.load(chunk), mean);
        squares = s.add(squares, s.mul(distance, distance));
    }
    let inverse = s.splat(1.0 / (s.sum(squares) / n + norm.epsilon).sqrt());
    let weights = lanes(norm.weight).iter().zip(lanes(norm.bias));
    for (chunk, (weight, bias)) in lanes_mut(row).iter_mut().zip(weights) {
        let normal = s.mul(s.sub(s.load(chunk), mean), inverse);
        s.store(s.add(s.mul(normal, s.load(weight)), s.load(bias)), chunk);
    }
}

/// Adds one row to another.
#[inline(always)]
pub fn add<S: Simd>(s: S, row: &mut [f32], other: &[f32]) {
    for (chunk, other) in lanes_mut(row).iter_mut().zip(lanes(other)) {
        s.store(s.add(s.load(chunk), s.load(other)), chunk);
    }
}

/// Scalar product of two rows of equal length, a multiple of [`LANES`].
#[inline(always)]
pub fn dot<S: Simd>(s: S, a: &[f32], b: &[f32]) -> f32 {
    let mut sum = s.splat(0.0);
    for (a, b) in lanes(a).iter().zip(lanes(b)) {
        sum = s.add(sum, s.mul(s.load(a), s.load(b)));
    }
    s.sum(sum)
}

#[cfg(test)]
mod tests {
    use super::super::simd::Portable;
    use super::*;

    fn wave(n: usize, step: f32) -> Vec<f32> {
        (0..n).map(|i| (i as f32 * step).sin() * 3.0).collect()
    }

    #[test]
    fn exp_is_close_to_the_true_one() {
        for i in 0..8000 {
            let x = -i as f32 / 100.0;
            let truth = f64::from(x).exp();
            let found = f64::from(exp(Portable, [x; LANES])[0]);
            assert!((found - truth).abs() <= 3e-7 * truth + 1e-38, "at {x}");
        }
    }

    #[test]
    fn erf_is_close_to_the_true_one() {
        // Abramowitz and Stegun, table 7.1.
        for (x, truth) in [
            (0.0, 0.0),
            (0.5, 0.520_499_9),
            (1.0, 0.842_700_8),
            (2.0, 0.995_322_3),
            (-1.5, -0.966_105_1),
            (5.0, 1.0),
        ] {
            let found = erf(Portable, [x; LANES])[0];
            assert!((found - truth).abs() < 5e-7, "erf({x}) = {found}");
        }
    }

    #[test]
    fn quantised_rows_come_back_within_half_a_step() {
        let row = wave(64, 0.37);
        let mut bytes = vec![0; 64];
        let Quantization { scale, zero } = quantize(Portable, &row, &mut bytes);
        for (&value, &byte) in row.iter().zip(&bytes) {
            let back = scale * (f32::from(byte) - f32::from(zero));
            assert!((back - value).abs() <= scale * 1.01, "{value} came back as {back}");
        }
    }

    #[test]
    fn a_row_of_zeros_stays_zero() {
        let mut bytes = vec![7; 16];
        let quantization = quantize(Portable, &[0.0; 16], &mut bytes);
        assert!(bytes.iter().all(|&byte| byte == quantization.zero));
    }

    #[test]
    fn layer_norm_gives_mean_zero_and_variance_one() {
        let mut row = wave(384, 0.11);
        let (weight, bias) = (&[1.0; 384], &[0.0; 384]);
        layer_norm(Portable, &mut row, NormView { weight, bias, epsilon: 1e-12 });
        let mean = row.iter().sum::<f32>() / 384.0;
        let variance = row.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / 384.0;
        assert!(mean.abs() < 1e-6 && (variance - 1.0).abs() < 1e-5);
    }
}
