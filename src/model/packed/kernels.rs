//! The arithmetic between the matrix products, row by row.
//!
//! Every function works on sixteen lanes in a fixed order and uses neither fused multiply-add nor
//! the mathematical library, so that the compiler may choose wider registers, by detection at run
//! time, and the bytes stay the same on every machine.

use multiversion::multiversion;

/// Lanes of one step. Row lengths are multiples of it.
pub const LANES: usize = 16;

type Lanes = [f32; LANES];

/// A row of activations in unsigned bytes: a value is `scale × (byte − zero)`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quantization {
    /// Width of one step.
    pub scale: f32,
    /// The byte that stands for zero.
    pub zero: u8,
}

#[inline(always)]
fn lanes(values: &[f32]) -> Lanes {
    let mut lanes = [0.0; LANES];
    lanes.copy_from_slice(values);
    lanes
}

#[inline(always)]
fn fold(lanes: Lanes, join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut lanes = lanes;
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] = join(lanes[i], lanes[i + width]);
        }
        width /= 2;
    }
    lanes[0]
}

#[inline(always)]
fn lower(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

#[inline(always)]
fn higher(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

/// Nearest integer, ties to even, for |x| < 2²²: adding 1.5 × 2²³ leaves no room for a fraction.
#[inline(always)]
fn round(x: f32) -> f32 {
    const MAGIC: f32 = 12_582_912.0;
    (x + MAGIC) - MAGIC
}

/// eˣ for x ≤ 0, relative error below 2e-7: 2ⁿ times a polynomial of the rest (Cephes `expf`).
#[inline(always)]
pub fn exp(x: f32) -> f32 {
    let x = higher(x, -87.0);
    let n = round(x * std::f32::consts::LOG2_E);
    let r = (x - n * 0.693_359_4) - n * -2.121_944_4e-4;
    let mut p = 1.987_569_1e-4;
    p = p * r + 1.398_2e-3;
    p = p * r + 8.333_452e-3;
    p = p * r + 4.166_579_6e-2;
    p = p * r + 0.166_666_66;
    p = p * r + 0.5;
    let p = p * (r * r) + r + 1.0;
    p * f32::from_bits(((n as i32 + 127) << 23).cast_unsigned())
}

/// Hyperbolic tangent by way of [`exp`], absolute error below 5e-7.
pub fn tanh(x: f32) -> f32 {
    let e = exp(-2.0 * x.abs());
    ((1.0 - e) / (1.0 + e)).copysign(x)
}

/// Error function, absolute error below 5e-7: the rational approximation that Eigen uses.
#[inline(always)]
fn erf(x: f32) -> f32 {
    let x = lower(higher(x, -4.0), 4.0);
    let s = x * x;
    let mut p = -2.726_142_3e-10;
    p = p * s + 2.770_681_4e-8;
    p = p * s + -2.101_024e-6;
    p = p * s + -5.692_506_4e-5;
    p = p * s + -7.349_906_3e-4;
    p = p * s + -2.954_6e-3;
    p = p * s + -1.609_603_3e-2;
    let mut q = -1.456_607_2e-5;
    q = q * s + -2.133_740_6e-4;
    q = q * s + -1.682_827e-3;
    q = q * s + -7.373_329e-3;
    q = q * s + -1.426_473_9e-2;
    x * (p / q)
}

/// Largest and smallest of a row, zero included, to one scale and zero point.
#[inline(always)]
fn quantization(lowest: f32, highest: f32) -> Quantization {
    let scale = (highest - lowest) / 255.0;
    if scale > 0.0 {
        Quantization { scale, zero: round(-lowest / scale) as u8 }
    } else {
        Quantization { scale: 1.0, zero: 0 }
    }
}

#[inline(always)]
fn quantize_with(row: &[f32], out: &mut [u8], Quantization { scale, zero }: Quantization) {
    let inverse = 1.0 / scale;
    let zero = f32::from(zero);
    for (out, &value) in out.iter_mut().zip(row) {
        *out = lower(higher(round(value * inverse) + zero, 0.0), 255.0) as u8;
    }
}

/// Quantises a row of activations to bytes with one scale and zero point of its own.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub fn quantize(row: &[f32], out: &mut [u8]) -> Quantization {
    let mut low: Lanes = [0.0; LANES];
    let mut high: Lanes = [0.0; LANES];
    for chunk in row.chunks_exact(LANES) {
        let chunk = lanes(chunk);
        for i in 0..LANES {
            low[i] = lower(low[i], chunk[i]);
            high[i] = higher(high[i], chunk[i]);
        }
    }
    let quantization = quantization(fold(low, lower), fold(high, higher));
    quantize_with(row, out, quantization);
    quantization
}

/// Integer sums to floats: `out = (sums − zero × weight_sums) × (scale × weight_scales) + bias`.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub fn dequantize(
    sums: &[i32],
    Quantization { scale, zero }: Quantization,
    weight_sums: &[i32],
    weight_scales: &[f32],
    bias: &[f32],
    out: &mut [f32],
) {
    let zero = i32::from(zero);
    let weights = weight_sums.iter().zip(weight_scales).zip(bias);
    for ((out, &sum), ((&weight_sum, &weight_scale), &bias)) in
        out.iter_mut().zip(sums).zip(weights)
    {
        *out = (sum - zero * weight_sum) as f32 * (scale * weight_scale) + bias;
    }
}

/// Adds one row to another.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub fn add(row: &mut [f32], other: &[f32]) {
    for (value, &other) in row.iter_mut().zip(other) {
        *value += other;
    }
}

/// Gaussian error linear unit, x·Φ(x), in place (Hendrycks and Gimpel 2016).
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub fn gelu(row: &mut [f32]) {
    for value in row {
        let x = *value;
        *value = 0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2));
    }
}

/// Layer normalisation of a row in place (Ba, Kiros and Hinton 2016).
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub fn layer_norm(row: &mut [f32], weight: &[f32], bias: &[f32], epsilon: f32) {
    let n = row.len() as f32;
    let mut sum: Lanes = [0.0; LANES];
    for chunk in row.chunks_exact(LANES) {
        for (sum, &value) in sum.iter_mut().zip(chunk) {
            *sum += value;
        }
    }
    let mean = fold(sum, |a, b| a + b) / n;
    let mut squares: Lanes = [0.0; LANES];
    for chunk in row.chunks_exact(LANES) {
        for (sum, &value) in squares.iter_mut().zip(chunk) {
            *sum += (value - mean) * (value - mean);
        }
    }
    let inverse = 1.0 / (fold(squares, |a, b| a + b) / n + epsilon).sqrt();
    for ((value, &weight), &bias) in row.iter_mut().zip(weight).zip(bias) {
        *value = (*value - mean) * inverse * weight + bias;
    }
}

/// Scalar product of two rows of equal length, a multiple of [`LANES`].
#[inline(always)]
fn dot_lanes(a: &[f32], b: &[f32]) -> f32 {
    let mut sum: Lanes = [0.0; LANES];
    for (a, b) in a.chunks_exact(LANES).zip(b.chunks_exact(LANES)) {
        for i in 0..LANES {
            sum[i] += a[i] * b[i];
        }
    }
    fold(sum, |a, b| a + b)
}

/// Scalar product of two rows of equal length, a multiple of [`LANES`].
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    dot_lanes(a, b)
}

/// Attention of one head over one sequence of `n` tokens.
///
/// `keys` is transposed, `[head_size, stride]` with `stride ≥ n` a multiple of [`LANES`] and zeros
/// behind `n`; `values` is `[n, head_size]`. Writes the context of one query (already scaled by
/// 1/√head_size) to `out`; `scores` is room for `stride` values.
#[multiversion(targets("x86_64+avx512f+avx512bw+avx512dq+avx512vl", "x86_64+avx2"))]
pub fn attend(
    query: &[f32],
    keys: &[f32],
    values: &[f32],
    n: usize,
    scores: &mut [f32],
    out: &mut [f32],
) {
    let stride = scores.len();
    scores.fill(0.0);
    for (&q, keys) in query.iter().zip(keys.chunks_exact(stride)) {
        for (score, &key) in scores.iter_mut().zip(keys) {
            *score += q * key;
        }
    }
    let scores = &mut scores[..n];
    let highest = scores.iter().fold(f32::NEG_INFINITY, |a, &b| higher(a, b));
    for score in scores.iter_mut() {
        *score = exp(*score - highest);
    }
    let mut sum: Lanes = [0.0; LANES];
    for chunk in scores.chunks(LANES) {
        for (sum, &score) in sum.iter_mut().zip(chunk) {
            *sum += score;
        }
    }
    let inverse = 1.0 / fold(sum, |a, b| a + b);
    out.fill(0.0);
    for (&score, values) in scores.iter().zip(values.chunks_exact(out.len())) {
        let weight = score * inverse;
        for (out, &value) in out.iter_mut().zip(values) {
            *out += weight * value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wave(n: usize, step: f32) -> Vec<f32> {
        (0..n).map(|i| (i as f32 * step).sin() * 3.0).collect()
    }

    #[test]
    fn exp_is_close_to_the_true_one() {
        for i in 0..8000 {
            let x = -i as f32 / 100.0;
            let truth = f64::from(x).exp();
            assert!((f64::from(exp(x)) - truth).abs() <= 3e-7 * truth + 1e-38, "at {x}");
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
            assert!((erf(x) - truth).abs() < 5e-7, "erf({x}) = {}", erf(x));
        }
    }

    #[test]
    fn quantised_rows_come_back_within_half_a_step() {
        let row = wave(64, 0.37);
        let mut bytes = vec![0; 64];
        let Quantization { scale, zero } = quantize(&row, &mut bytes);
        for (&value, &byte) in row.iter().zip(&bytes) {
            let back = scale * (f32::from(byte) - f32::from(zero));
            assert!((back - value).abs() <= scale * 1.01, "{value} came back as {back}");
        }
    }

    #[test]
    fn a_row_of_zeros_stays_zero() {
        let mut bytes = vec![7; 16];
        let quantization = quantize(&[0.0; 16], &mut bytes);
        assert!(bytes.iter().all(|&byte| byte == quantization.zero));
    }

    #[test]
    fn layer_norm_gives_mean_zero_and_variance_one() {
        let mut row = wave(384, 0.11);
        layer_norm(&mut row, &[1.0; 384], &[0.0; 384], 1e-12);
        let mean = row.iter().sum::<f32>() / 384.0;
        let variance = row.iter().map(|v| (v - mean) * (v - mean)).sum::<f32>() / 384.0;
        assert!(mean.abs() < 1e-6 && (variance - 1.0).abs() < 1e-5);
    }

    #[test]
    fn attention_over_equal_keys_is_the_mean_of_the_values() {
        let keys = vec![0.0; 4 * LANES];
        let values = [1.0, 2.0, 3.0, 4.0, 3.0, 4.0, 5.0, 6.0];
        let mut out = [0.0; 4];
        attend(&[1.0; 4], &keys, &values, 2, &mut [0.0; LANES], &mut out);
        assert_eq!(out, [2.0, 3.0, 4.0, 5.0]);
    }
}
