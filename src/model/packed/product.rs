//! Matrix products of bytes: u8 activations × int8 weights → exact i32 sums, handed to an epilogue
//! tile by tile while they are in the first-level cache.

use super::kernels::{Quantization, lanes};
use super::simd::{LANES, PANEL, STEP, Simd, Step, Sums, TILE};

/// Weights `[outputs, inputs]` in panels of [`PANEL`] outputs, step after step of [`STEP`] inputs.
/// Outputs beyond the last are zeros.
pub struct PackedWeights {
    steps: Vec<Step>,
    inputs: usize,
    outputs: usize,
    /// One scale an output, padded to whole panels.
    scales: Vec<f32>,
    /// Sum of the weights of each output, padded alike: what a zero point of one adds to its sums.
    sums: Vec<i32>,
    bias: Vec<f32>,
}

/// Rows of bytes with the quantisation of each.
#[derive(Clone, Default)]
pub struct ByteRows {
    bytes: Vec<u8>,
    quantizations: Vec<Quantization>,
    width: usize,
}

impl ByteRows {
    /// Makes room for `rows` rows of `width` bytes.
    pub fn resize(&mut self, rows: usize, width: usize) {
        self.width = width;
        self.bytes.resize(rows * width, 0);
        self.quantizations.resize(rows, Quantization::default());
    }

    /// A row to write to, with its quantisation.
    #[inline(always)]
    pub fn row_mut(&mut self, row: usize) -> (&mut [u8], &mut Quantization) {
        (&mut self.bytes[row * self.width..][..self.width], &mut self.quantizations[row])
    }

    /// `ROWS` rows from `first` on.
    #[inline(always)]
    fn tile<const ROWS: usize>(&self, first: usize) -> [&[[u8; STEP]]; ROWS] {
        let mut rows: [&[[u8; STEP]]; ROWS] = [&[]; ROWS];
        let bytes = self.bytes[first * self.width..].chunks_exact(self.width);
        for (row, bytes) in rows.iter_mut().zip(bytes) {
            *row = bytes.as_chunks().0;
        }
        rows
    }
}

/// Takes what a product gives, sixteen outputs of one row at a time.
pub trait Epilogue {
    /// Takes outputs `16 × chunk …` of `row`, bias added.
    fn take<S: Simd>(&mut self, simd: S, row: usize, chunk: usize, values: S::Float);
}

impl PackedWeights {
    /// Packs `values`, row-major `[outputs, inputs]` within ±64, with a scale and a bias an output.
    /// Both dimensions are multiples of [`LANES`].
    pub fn new(values: &[i8], inputs: usize, mut scales: Vec<f32>, mut bias: Vec<f32>) -> Self {
        let outputs = bias.len();
        let panels = outputs.div_ceil(PANEL);
        let mut steps = vec![Step([[0; STEP]; PANEL]); panels * (inputs / STEP)];
        let mut sums = vec![0; panels * PANEL];
        for (output, row) in values.chunks_exact(inputs).enumerate() {
            let panel = &mut steps[output / PANEL * (inputs / STEP)..][..inputs / STEP];
            for (step, weights) in panel.iter_mut().zip(row.as_chunks::<STEP>().0) {
                step.0[output % PANEL] = *weights;
            }
            sums[output] = row.iter().map(|&value| i32::from(value)).sum();
        }
        scales.resize(panels * PANEL, 0.0);
        bias.resize(panels * PANEL, 0.0);
        Self { steps, inputs, outputs, scales, sums, bias }
    }

    /// Number of outputs.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Multiplies rows of bytes and hands every output, in floats and with its bias, to `epilogue`.
    #[inline(always)]
    pub fn multiply<S: Simd>(&self, simd: S, rows: &ByteRows, epilogue: &mut impl Epilogue) {
        let mut sums = Sums([[0; PANEL]; TILE]);
        let count = rows.quantizations.len();
        // A panel stays in the first-level cache while all rows pass.
        for (number, panel) in self.steps.chunks_exact(self.inputs / STEP).enumerate() {
            for first in (0..count).step_by(TILE) {
                let size = TILE.min(count - first);
                tile(simd, rows, first, size, panel, &mut sums);
                for (row, sums) in (first..first + size).zip(&sums.0) {
                    self.finish(simd, rows.quantizations[row], (row, number), sums, epilogue);
                }
            }
        }
    }

    /// Sums of a row and panel to floats:
    /// `(sum − zero × weight_sum) × (scale × weight_scale) + bias`.
    #[inline(always)]
    fn finish<S: Simd>(
        &self,
        simd: S,
        Quantization { scale, zero }: Quantization,
        (row, panel): (usize, usize),
        sums: &[i32; PANEL],
        epilogue: &mut impl Epilogue,
    ) {
        let chunks = panel * (PANEL / LANES)..self.outputs / LANES;
        for (chunk, sums) in chunks.zip(lanes(sums)) {
            let exact = simd.difference(sums, i32::from(zero), &lanes(&self.sums)[chunk]);
            let scale = simd.mul(simd.splat(scale), simd.load(&lanes(&self.scales)[chunk]));
            let bias = simd.load(&lanes(&self.bias)[chunk]);
            epilogue.take(simd, row, chunk, simd.add(simd.mul(exact, scale), bias));
        }
    }
}

#[inline(always)]
fn tile<S: Simd>(
    simd: S,
    rows: &ByteRows,
    first: usize,
    size: usize,
    panel: &[Step],
    sums: &mut Sums,
) {
    macro_rules! of {
        ($rows:literal) => {
            simd.tile::<$rows>(rows.tile(first), panel, sums)
        };
    }
    match size {
        1 => of!(1),
        2 => of!(2),
        3 => of!(3),
        4 => of!(4),
        5 => of!(5),
        _ => of!(6),
    }
}
