//! A linear layer in either precision, on packed weights.

use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

use super::kernels::{Quantization, dequantize, quantize};
use crate::model::error::ModelError;
use crate::model::weights::{QuantizedMatrix, Weights};

/// Arithmetic of the matrix products.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    /// int8 weights by output channel, u8 activations by token, integer sums.
    #[default]
    Int8,
    /// float32 throughout: the reference.
    F32,
}

/// The matrix product kernels that this processor runs best.
#[derive(Default)]
pub struct Gemm {
    float: GemmExecutor<f32, f32, f32>,
    integer: GemmExecutor<u8, i8, i32>,
}

/// `y = x Wᵀ + b` for rows `x`.
pub struct Linear {
    matrix: Matrix,
    bias: Vec<f32>,
    inputs: usize,
}

enum Matrix {
    Float(PackedBMatrix<f32>),
    Integer(IntegerMatrix),
}

struct IntegerMatrix {
    packed: PackedBMatrix<i8>,
    /// One scale an output.
    scales: Vec<f32>,
    /// Sum of the weights of each output: what a zero point of one adds to its sums.
    sums: Vec<i32>,
}

/// Buffers that integer products need, reused from batch to batch.
#[derive(Default)]
pub struct Scratch {
    bytes: Vec<u8>,
    quantizations: Vec<Quantization>,
    sums: Vec<i32>,
}

impl Linear {
    /// Joins the layers `names` (each a `.weight` of `[outputs, inputs]` and a `.bias`) into one
    /// that computes them all at once, outputs one after the other.
    pub fn load(
        gemm: &Gemm,
        weights: &Weights,
        names: &[String],
        [outputs, inputs]: [usize; 2],
        precision: Precision,
    ) -> Result<Self, ModelError> {
        let mut bias = Vec::with_capacity(names.len() * outputs);
        for name in names {
            bias.extend(weights.float(&format!("{name}.bias"), &[outputs])?);
        }
        let shape = [names.len() * outputs, inputs];
        let matrix = match precision {
            Precision::F32 => {
                let mut values = Vec::with_capacity(shape[0] * inputs);
                for name in names {
                    values.extend(weights.float(&format!("{name}.weight"), &[outputs, inputs])?);
                }
                let view = NdTensorView::from_data(shape, values.as_slice());
                Matrix::Float(gemm.float.prepack_b(view.transposed()))
            }
            Precision::Int8 => {
                let mut values = Vec::with_capacity(shape[0] * inputs);
                let mut scales = Vec::with_capacity(shape[0]);
                for name in names {
                    let part: QuantizedMatrix =
                        weights.quantized(&format!("{name}.weight"), [outputs, inputs])?;
                    values.extend(part.values);
                    scales.extend(part.scales);
                }
                let view = NdTensorView::from_data(shape, values.as_slice());
                Matrix::Integer(IntegerMatrix {
                    packed: gemm.integer.prepack_b(view.transposed()),
                    scales,
                    sums: values
                        .chunks(inputs)
                        .map(|row| row.iter().map(|&value| i32::from(value)).sum())
                        .collect(),
                })
            }
        };
        Ok(Self { matrix, bias, inputs })
    }

    /// Outputs a row.
    pub fn outputs(&self) -> usize {
        self.bias.len()
    }

    /// Multiplies the rows of `x` into `y`, which is resized to fit.
    pub fn apply(&self, gemm: &Gemm, x: &[f32], y: &mut Vec<f32>, scratch: &mut Scratch) {
        let rows = x.len() / self.inputs;
        y.resize(rows * self.outputs(), 0.0);
        let result = match &self.matrix {
            Matrix::Float(packed) => gemm.float.gemm(
                y,
                GemmInputA::Unpacked(NdTensorView::from_data([rows, self.inputs], x)),
                GemmInputB::Packed(packed),
                GemmOptions { bias: Some(BiasVector::Row(&self.bias)), ..Default::default() },
            ),
            Matrix::Integer(matrix) => {
                scratch.quantize(x, self.inputs);
                scratch.sums.resize(y.len(), 0);
                let bytes = NdTensorView::from_data([rows, self.inputs], scratch.bytes.as_slice());
                let result = gemm.integer.gemm(
                    &mut scratch.sums,
                    GemmInputA::Unpacked(bytes),
                    GemmInputB::Packed(&matrix.packed),
                    GemmOptions::default(),
                );
                let width = self.outputs();
                for ((y, sums), &quantization) in
                    y.chunks_mut(width).zip(scratch.sums.chunks(width)).zip(&scratch.quantizations)
                {
                    dequantize(sums, quantization, &matrix.sums, &matrix.scales, &self.bias, y);
                }
                result
            }
        };
        // The shapes follow from the configuration, which the weights were checked against.
        debug_assert!(result.is_ok(), "{result:?}");
    }
}

impl Scratch {
    fn quantize(&mut self, x: &[f32], width: usize) {
        self.bytes.resize(x.len(), 0);
        self.quantizations.clear();
        for (row, bytes) in x.chunks(width).zip(self.bytes.chunks_mut(width)) {
            self.quantizations.push(quantize(row, bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use safetensors::Dtype;
    use safetensors::tensor::{TensorView, serialize};

    /// More than one block of the matrix product's inner dimension.
    const INPUTS: usize = 1536;
    /// More than one block of columns.
    const OUTPUTS: usize = 1152;

    /// A layer of [`INPUTS`] inputs and [`OUTPUTS`] outputs with whole-numbered weights.
    fn layer(gemm: &Gemm, precision: Precision) -> Linear {
        let weights: Vec<u8> = (0..OUTPUTS * INPUTS)
            .map(|i| {
                if i % INPUTS == 0 {
                    63i8
                } else {
                    (((i * 29 + i / INPUTS) % 127) as i32 - 63) as i8
                }
            })
            .map(i8::cast_unsigned)
            .collect();
        let scales: Vec<u8> =
            (0..OUTPUTS).flat_map(|i| (0.01 + (i % 40) as f32 * 1e-3).to_le_bytes()).collect();
        let bias: Vec<u8> = (0..OUTPUTS).flat_map(|i| (i as f32 - 20.0).to_le_bytes()).collect();
        let view = |dtype, shape, data| TensorView::new(dtype, shape, data).expect("data fit");
        let file = serialize(
            [
                ("x.weight", view(Dtype::I8, vec![OUTPUTS, INPUTS], &weights)),
                ("x.weight_scale", view(Dtype::F32, vec![OUTPUTS], &scales)),
                ("x.bias", view(Dtype::F32, vec![OUTPUTS], &bias)),
            ],
            None,
        )
        .expect("it serialises");
        let weights = Weights::parse(&file).expect("it is sound");
        Linear::load(gemm, &weights, &["x".into()], [OUTPUTS, INPUTS], precision).expect("it fits")
    }

    #[test]
    fn both_precisions_agree_for_any_number_of_rows() {
        let gemm = Gemm::default();
        let (float, integer) = (layer(&gemm, Precision::F32), layer(&gemm, Precision::Int8));
        let mut scratch = Scratch::default();
        for rows in [1, 2, 3, 7, 8, 9, 63, 64, 65, 130] {
            // Multiples of 1/255 of the row's range quantise without loss.
            let x: Vec<f32> = (0..rows * INPUTS)
                .map(|i| match i % INPUTS {
                    // Another zero point for every row.
                    0 => -((i / INPUTS) as f32),
                    1 => 255.0 - (i / INPUTS) as f32,
                    _ => ((i * 31) % 256) as f32 - (i / INPUTS) as f32,
                })
                .collect();
            let (mut expected, mut found) = (Vec::new(), Vec::new());
            float.apply(&gemm, &x, &mut expected, &mut scratch);
            integer.apply(&gemm, &x, &mut found, &mut scratch);
            for (expected, found) in expected.iter().zip(&found) {
                assert!((expected - found).abs() < 0.5, "{rows} rows: {found} is not {expected}");
            }
        }
    }
}
