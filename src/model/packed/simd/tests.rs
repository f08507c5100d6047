//! Every instruction set against plain arithmetic, and against each other, bit for bit.

use super::super::attention::{Attention, HeadBuffers};
use super::super::kernels::{self, NormView, Quantization, lanes, lanes_mut};
use super::super::product::{ByteRows, Epilogue, PackedWeights};
use super::*;

/// Numbers that look like noise, from −1 to 1.
fn noise(n: usize, seed: u64) -> Vec<f32> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    (0..n)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 40) as f32 / (1u64 << 23) as f32 - 1.0
        })
        .collect()
}

/// Everything that the engine does to floats, one after the other.
struct Everything(u64);

impl Task for Everything {
    type Output = Vec<u32>;

    #[inline(always)]
    fn run<S: Simd>(self, s: S) -> Vec<u32> {
        let mut row = noise(384, self.0);
        let (weight, bias) = (noise(384, self.0 + 1), noise(384, self.0 + 2));
        let mut bits = Vec::new();
        let mut keep = |values: &[f32]| bits.extend(values.iter().map(|value| value.to_bits()));
        kernels::layer_norm(s, &mut row, NormView { weight: &weight, bias: &bias, epsilon: 1e-12 });
        keep(&row);
        for chunk in lanes_mut(&mut row) {
            s.store(kernels::gelu(s, s.mul(s.splat(3.0), s.load(chunk))), chunk);
        }
        keep(&row);
        let mut bytes = vec![0; 384];
        let Quantization { scale, zero } = kernels::quantize(s, &row, &mut bytes);
        keep(&[scale, f32::from(zero), kernels::dot(s, &row, &weight)]);
        keep(&bytes.iter().map(|&byte| f32::from(byte)).collect::<Vec<_>>());
        for chunk in lanes_mut(&mut row) {
            let x = s.load(chunk);
            keep(&[s.sum(x), s.lowest(x), s.highest(x)]);
            s.store(kernels::exp(s, s.mul(s.splat(-40.0), s.mul(x, x))), chunk);
        }
        keep(&row);
        bits
    }
}

#[test]
fn every_instruction_set_gives_the_same_bytes() {
    for seed in 0..40 {
        let expected = InstructionSet(Kind::Portable).run(Everything(seed));
        for set in InstructionSet::all() {
            assert!(set.run(Everything(seed)) == expected, "{} differs, seed {seed}", set.name());
        }
    }
}

struct Attend<'a> {
    lengths: &'a [usize],
    size: usize,
}

impl Task for Attend<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) -> Vec<f32> {
        const HIDDEN: usize = 64;
        let tokens: usize = self.lengths.iter().sum();
        let projected: Vec<f32> =
            noise(tokens * 3 * HIDDEN, 7).iter().map(|value| value * 4.0).collect();
        let mut context = vec![0.0; tokens * HIDDEN];
        let mut start = 0;
        let sequences = self.lengths.iter().map(|length| {
            start += length;
            start - length..start
        });
        let (projected, size) = (projected.as_slice(), self.size);
        let mut buffers = HeadBuffers::default();
        let buffers = &mut buffers;
        Attention { projected, sequences, hidden: HIDDEN, size, context: &mut context, buffers }
            .run(simd);
        context
    }
}

#[test]
fn attention_is_the_softmax_of_scaled_products_and_the_same_on_every_instruction_set() {
    let lengths = [1, 2, 3, 15, 16, 17, 33, 50];
    for size in [16, 32, 64] {
        let expected = plain_attention(&lengths, size);
        let portable = InstructionSet(Kind::Portable).run(Attend { lengths: &lengths, size });
        for (found, expected) in portable.iter().zip(&expected) {
            assert!((found - expected).abs() < 1e-5, "{found} is not {expected}");
        }
        for set in InstructionSet::all() {
            assert!(set.run(Attend { lengths: &lengths, size }) == portable, "{}", set.name());
        }
        // A sequence alone gets what it gets among others.
        let first = InstructionSet::detect().run(Attend { lengths: &lengths[..3], size });
        assert!(first == portable[..first.len()]);
    }
}

/// Attention by its definition, in double precision.
fn plain_attention(lengths: &[usize], size: usize) -> Vec<f32> {
    let tokens: usize = lengths.iter().sum();
    let projected: Vec<f64> =
        noise(tokens * 3 * 64, 7).iter().map(|value| f64::from(*value) * 4.0).collect();
    let at = |token: usize, part: usize, column: usize| projected[(token * 3 + part) * 64 + column];
    let mut context = Vec::new();
    let mut start = 0;
    for &length in lengths {
        for query in start..start + length {
            for column in 0..64 {
                let head = column / size * size;
                let weights: Vec<f64> = (start..start + length)
                    .map(|key| {
                        let dot: f64 =
                            (head..head + size).map(|c| at(query, 0, c) * at(key, 1, c)).sum();
                        (dot / (size as f64).sqrt()).exp()
                    })
                    .collect();
                let sum: f64 = weights.iter().sum();
                let values = weights.iter().enumerate();
                let mean: f64 = values.map(|(i, w)| w * at(start + i, 2, column)).sum();
                context.push((mean / sum) as f32);
            }
        }
        start += length;
    }
    context
}

/// Collects the outputs of a product.
struct Outputs(Vec<f32>, usize);

impl Epilogue for Outputs {
    #[inline(always)]
    fn take<S: Simd>(&mut self, simd: S, row: usize, chunk: usize, values: S::Float) {
        simd.store(values, &mut lanes_mut(&mut self.0[row * self.1..][..self.1])[chunk]);
    }
}

struct Multiply<'a>(&'a PackedWeights, &'a ByteRows, usize);

impl Task for Multiply<'_> {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) -> Vec<f32> {
        let mut outputs = Outputs(vec![0.0; self.2 * self.0.outputs()], self.0.outputs());
        self.0.multiply(simd, self.1, &mut outputs);
        outputs.0
    }
}

/// The largest bytes and weights included: nothing may saturate on the way.
#[test]
fn products_are_exact_on_every_instruction_set_for_any_number_of_rows() {
    for (inputs, outputs) in [(16, 16), (32, 80), (400, 64), (1536, 144)] {
        let weights: Vec<i8> = noise(inputs * outputs, 3)
            .iter()
            .enumerate()
            .map(|(i, value)| if i % 5 < 2 { 64 } else { (value * 64.0) as i8 })
            .collect();
        let packed = PackedWeights::new(&weights, inputs, vec![1.0; outputs], vec![0.0; outputs]);
        for count in [1, 2, 5, 6, 7, 13] {
            let mut rows = ByteRows::default();
            rows.resize(count, inputs);
            let bytes = noise(count * inputs, 4);
            for row in 0..count {
                let (out, quantization) = rows.row_mut(row);
                *quantization = Quantization { scale: 1.0, zero: row as u8 * 17 };
                for (out, value) in out.iter_mut().zip(&bytes[row * inputs..]) {
                    *out = if *value > 0.5 { 255 } else { ((value + 1.0) * 127.0) as u8 };
                }
            }
            let exact = |index: usize| {
                let (row, output) = (index / outputs, index % outputs);
                let weights = &weights[output * inputs..][..inputs];
                let zero = row as i32 * 17;
                let mut own = ByteRows::default();
                own.clone_from(&rows);
                let products = own.row_mut(row).0.iter().zip(weights);
                products.map(|(&x, &w)| (i32::from(x) - zero) * i32::from(w)).sum::<i32>() as f32
            };
            let expected: Vec<f32> = (0..count * outputs).map(exact).collect();
            for set in InstructionSet::all() {
                let found = set.run(Multiply(&packed, &rows, count));
                assert!(found == expected, "{}: {count} rows, {inputs} inputs", set.name());
            }
        }
    }
}

struct Transposed;

impl Task for Transposed {
    type Output = Vec<f32>;

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) -> Vec<f32> {
        let values: Vec<f32> = (0..LANES * LANES).map(|i| i as f32).collect();
        let mut block = [simd.splat(0.0); LANES];
        for (row, values) in block.iter_mut().zip(lanes(&values)) {
            *row = simd.load(values);
        }
        let mut out = vec![0.0; LANES * LANES];
        for (row, out) in simd.transpose(block).into_iter().zip(lanes_mut(&mut out)) {
            simd.store(row, out);
        }
        out
    }
}

#[test]
fn blocks_are_transposed() {
    let expected: Vec<f32> =
        (0..LANES * LANES).map(|i| (i % LANES * LANES + i / LANES) as f32).collect();
    for set in InstructionSet::all() {
        assert_eq!(set.run(Transposed), expected, "{}", set.name());
    }
}
