//! Sixteen lanes in plain Rust, for processors without kernels of their own. The compiler makes of
//! it what the target's baseline offers (SSE2, NEON).

use super::{LANES, PANEL, STEP, Simd, Step, Sums};

/// Any processor.
#[derive(Clone, Copy)]
pub struct Portable;

type Lanes = [f32; LANES];

#[inline(always)]
fn each(a: Lanes, b: Lanes, join: impl Fn(f32, f32) -> f32) -> Lanes {
    let mut out = a;
    for (out, &b) in out.iter_mut().zip(&b) {
        *out = join(*out, b);
    }
    out
}

#[inline(always)]
fn fold(mut lanes: Lanes, join: impl Fn(f32, f32) -> f32) -> f32 {
    let mut width = LANES / 2;
    while width > 0 {
        for i in 0..width {
            lanes[i] = join(lanes[i], lanes[i + width]);
        }
        width /= 2;
    }
    lanes[0]
}

// The comparisons of x86, which give the second operand where one is NaN.
#[inline(always)]
fn lower(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

#[inline(always)]
fn higher(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

impl Simd for Portable {
    type Float = Lanes;

    #[inline(always)]
    fn splat(self, value: f32) -> Lanes {
        [value; LANES]
    }

    #[inline(always)]
    fn load(self, values: &Lanes) -> Lanes {
        *values
    }

    #[inline(always)]
    fn store(self, values: Lanes, out: &mut Lanes) {
        *out = values;
    }

    #[inline(always)]
    fn difference(self, a: &[i32; LANES], factor: i32, b: &[i32; LANES]) -> Lanes {
        let mut out = [0.0; LANES];
        for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
            *out = (a - factor * b) as f32;
        }
        out
    }

    #[inline(always)]
    fn bytes_to_floats(self, values: &[i8; LANES]) -> Lanes {
        values.map(f32::from)
    }

    #[inline(always)]
    fn to_bytes(self, values: Lanes) -> [u8; LANES] {
        // Adding 1.5 × 2²³ leaves no room for a fraction; negatives saturate to zero.
        const MAGIC: f32 = 12_582_912.0;
        values.map(|value| ((value + MAGIC) - MAGIC) as u8)
    }

    #[inline(always)]
    fn add(self, a: Lanes, b: Lanes) -> Lanes {
        each(a, b, |a, b| a + b)
    }

    #[inline(always)]
    fn sub(self, a: Lanes, b: Lanes) -> Lanes {
        each(a, b, |a, b| a - b)
    }

    #[inline(always)]
    fn mul(self, a: Lanes, b: Lanes) -> Lanes {
        each(a, b, |a, b| a * b)
    }

    #[inline(always)]
    fn div(self, a: Lanes, b: Lanes) -> Lanes {
        each(a, b, |a, b| a / b)
    }

    #[inline(always)]
    fn min(self, a: Lanes, b: Lanes) -> Lanes {
        each(a, b, lower)
    }

    #[inline(always)]
    fn max(self, a: Lanes, b: Lanes) -> Lanes {
        each(a, b, higher)
    }

    #[inline(always)]
    fn power_of_two(self, n: Lanes) -> Lanes {
        n.map(|n| f32::from_bits(((n as i32 + 127) << 23).cast_unsigned()))
    }

    #[inline(always)]
    fn sum(self, a: Lanes) -> f32 {
        fold(a, |a, b| a + b)
    }

    #[inline(always)]
    fn lowest(self, a: Lanes) -> f32 {
        fold(a, lower)
    }

    #[inline(always)]
    fn highest(self, a: Lanes) -> f32 {
        fold(a, higher)
    }

    #[inline(always)]
    fn tile<const ROWS: usize>(self, rows: [&[[u8; STEP]]; ROWS], panel: &[Step], sums: &mut Sums) {
        let mut own = [[0i32; PANEL]; ROWS];
        for (k, step) in panel.iter().enumerate() {
            // By input instead of by output, and wide enough to be multiplied, once for all rows.
            let mut weights = [[0i16; PANEL]; STEP];
            for (output, inputs) in step.0.iter().enumerate() {
                for (row, &weight) in weights.iter_mut().zip(inputs) {
                    row[output] = i16::from(weight);
                }
            }
            for (sums, row) in own.iter_mut().zip(&rows) {
                let x = row[k].map(i32::from);
                for (output, sum) in sums.iter_mut().enumerate() {
                    *sum += x[0] * i32::from(weights[0][output])
                        + x[1] * i32::from(weights[1][output])
                        + x[2] * i32::from(weights[2][output])
                        + x[3] * i32::from(weights[3][output]);
                }
            }
        }
        sums.0[..ROWS].copy_from_slice(&own);
    }

    #[inline(always)]
    fn transpose(self, rows: [Lanes; LANES]) -> [Lanes; LANES] {
        let mut out = [[0.0; LANES]; LANES];
        for (i, row) in rows.iter().enumerate() {
            for (j, &value) in row.iter().enumerate() {
                out[j][i] = value;
            }
        }
        out
    }
}
