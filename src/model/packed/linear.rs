//! A linear layer in either precision, on packed weights.

use rten_gemm::{BiasVector, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;

use super::kernels::{NormView, gelu, lanes_mut, layer_norm, quantize};
use super::product::{ByteRows, Epilogue, PackedWeights};
use super::simd::{InstructionSet, Simd, Task};
use crate::model::engine::Precision;
use crate::model::error::ModelError;
use crate::model::weights::{QuantizedMatrix, Weights};

/// What runs the arithmetic on this processor.
pub(super) struct Processor {
    float: GemmExecutor<f32, f32, f32>,
    /// Instruction set of everything but the float products.
    pub set: InstructionSet,
}

impl Processor {
    /// Kernels of `set`.
    pub(super) fn new(set: InstructionSet) -> Self {
        Self { float: GemmExecutor::default(), set }
    }
}

/// `y = x Wᵀ + b` for rows `x`.
pub(super) struct Linear {
    matrix: Matrix,
    inputs: usize,
    outputs: usize,
}

enum Matrix {
    Float(PackedBMatrix<f32>, Vec<f32>),
    Integer(PackedWeights),
}

/// What becomes of the outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    /// They are the result.
    Store,
    /// They go through the activation first.
    Gelu,
    /// They are added to what is there.
    Add,
}

/// Largest absolute value of an int8 weight: two products with bytes must fit 16 bits on processors
/// without VNNI (255 × 64 × 2 < 2¹⁵).
const LARGEST_WEIGHT: u8 = 64;

impl Linear {
    /// Joins the layers `names` (each a `.weight` of `[outputs, inputs]` and a `.bias`) into one
    /// that computes them all at once, outputs one after the other.
    pub(super) fn load(
        processor: &Processor,
        weights: &Weights,
        names: &[String],
        [outputs, inputs]: [usize; 2],
        precision: Precision,
    ) -> Result<Self, ModelError> {
        // Nothing is reserved before the shapes are checked: sizes may be wrong by any factor.
        let mut bias = Vec::new();
        for name in names {
            bias.extend(weights.float(&format!("{name}.bias"), &[outputs])?);
        }
        let rows = names.len() * outputs;
        let matrix = match precision {
            Precision::F32 => {
                let mut values = Vec::new();
                for name in names {
                    values.extend(weights.float(&format!("{name}.weight"), &[outputs, inputs])?);
                }
                let view = NdTensorView::from_data([rows, inputs], values.as_slice());
                Matrix::Float(processor.float.prepack_b(view.transposed()), bias)
            }
            Precision::Int8 => {
                let (mut values, mut scales) = (Vec::new(), Vec::new());
                for name in names {
                    let part = seven_bits(weights, &format!("{name}.weight"), [outputs, inputs])?;
                    values.extend(part.values);
                    scales.extend(part.scales);
                }
                Matrix::Integer(PackedWeights::new(&values, inputs, scales, bias))
            }
        };
        Ok(Self { matrix, inputs, outputs: rows })
    }

    /// Multiplies the rows of `x` into `y`, which is resized to fit. In int8, `x` must have gone
    /// through [`Rows::quantize`] since it was last written.
    pub(super) fn apply(&self, processor: &Processor, x: &Rows, y: &mut Vec<f32>, then: Then) {
        let rows = x.values.len() / self.inputs;
        y.resize(rows * self.outputs, 0.0);
        match &self.matrix {
            Matrix::Integer(weights) => {
                processor.set.run(Product { weights, x: &x.bytes, y, then });
            }
            Matrix::Float(packed, bias) => {
                let result = processor.float.gemm(
                    y,
                    GemmInputA::Unpacked(NdTensorView::from_data(
                        [rows, self.inputs],
                        x.values.as_slice(),
                    )),
                    GemmInputB::Packed(packed),
                    GemmOptions {
                        bias: Some(BiasVector::Row(bias)),
                        beta: if then == Then::Add { 1.0 } else { 0.0 },
                        ..GemmOptions::default()
                    },
                );
                // The shapes follow from the configuration, which the weights were checked against.
                debug_assert!(result.is_ok(), "{result:?}");
                if then == Then::Gelu {
                    processor.set.run(GeluInPlace(y));
                }
            }
        }
    }
}

/// An int8 matrix whose values are within ±[`LARGEST_WEIGHT`].
fn seven_bits(
    weights: &Weights,
    name: &str,
    shape: [usize; 2],
) -> Result<QuantizedMatrix, ModelError> {
    let matrix = weights.quantized(name, shape)?;
    match matrix.values.iter().position(|value| value.unsigned_abs() > LARGEST_WEIGHT) {
        None => Ok(matrix),
        Some(at) => Err(ModelError::Weights(format!(
            "tensor {name} holds {} at position {at}; int8 weights of layers must be within \
             ±{LARGEST_WEIGHT}: quantise to seven bits, or store floats",
            matrix.values[at]
        ))),
    }
}

/// Rows of activations, and their bytes where they are multiplied in int8.
#[derive(Default)]
pub(super) struct Rows {
    /// `[rows, width]`.
    pub values: Vec<f32>,
    bytes: ByteRows,
}

impl Rows {
    /// Makes room for `rows` rows of `width` values.
    pub(super) fn resize(&mut self, rows: usize, width: usize) {
        self.values.resize(rows * width, 0.0);
    }

    /// Normalises rows of `width` values if there is a `norm`, and quantises them for the products
    /// that follow if `precision` asks for it.
    pub(super) fn finish(
        &mut self,
        processor: &Processor,
        width: usize,
        norm: Option<NormView>,
        precision: Precision,
    ) {
        let integer = precision == Precision::Int8;
        if integer {
            self.bytes.resize(self.values.len() / width, width);
        }
        if integer || norm.is_some() {
            processor.set.run(Finish { rows: self, width, norm, integer });
        }
    }
}

struct Finish<'a> {
    rows: &'a mut Rows,
    width: usize,
    norm: Option<NormView<'a>>,
    integer: bool,
}

impl Task for Finish<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        for (number, row) in self.rows.values.chunks_exact_mut(self.width).enumerate() {
            if let Some(norm) = self.norm {
                layer_norm(simd, row, norm);
            }
            if self.integer {
                let (bytes, quantization) = self.rows.bytes.row_mut(number);
                *quantization = quantize(simd, row, bytes);
            }
        }
    }
}

struct GeluInPlace<'a>(&'a mut [f32]);

impl Task for GeluInPlace<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        for chunk in lanes_mut(self.0) {
            simd.store(gelu(simd, simd.load(chunk)), chunk);
        }
    }
}

struct Product<'a> {
    weights: &'a PackedWeights,
    x: &'a ByteRows,
    y: &'a mut [f32],
    then: Then,
}

impl Task for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        let Self { weights, x, y, then } = self;
        let width = weights.outputs();
        match then {
            Then::Store => weights.multiply(simd, x, &mut Store { y, width }),
            Then::Gelu => weights.multiply(simd, x, &mut StoreGelu { y, width }),
            Then::Add => weights.multiply(simd, x, &mut Add { y, width }),
        }
    }
}

macro_rules! epilogue {
    ($(#[$doc:meta])* $name:ident, |$simd:ident, $old:ident, $new:ident| $value:expr) => {
        $(#[$doc])*
        struct $name<'a> {
            y: &'a mut [f32],
            width: usize,
        }

        impl Epilogue for $name<'_> {
            #[inline(always)]
            fn take<S: Simd>(&mut self, $simd: S, row: usize, chunk: usize, $new: S::Float) {
                let row = &mut self.y[row * self.width..][..self.width];
                let $old = &mut lanes_mut(row)[chunk];
                let value = $value;
                $simd.store(value, $old);
            }
        }
    };
}

epilogue!(Store, |simd, old, new| new);
epilogue!(StoreGelu, |simd, old, new| gelu(simd, new));
epilogue!(Add, |simd, old, new| simd.add(simd.load(old), new));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::family::Family;
    use safetensors::Dtype;
    use safetensors::tensor::{TensorView, serialize};

    /// More than one block of the matrix product's inner dimension.
    const INPUTS: usize = 1536;
    /// More than one block of columns.
    const OUTPUTS: usize = 1152;

    /// A layer of [`INPUTS`] inputs and [`OUTPUTS`] outputs with whole-numbered weights.
    fn layer(processor: &Processor, precision: Precision) -> Linear {
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
        let weights = Weights::parse(&file, Family::Bert).expect("it is sound");
        Linear::load(processor, &weights, &["x".into()], [OUTPUTS, INPUTS], precision)
            .expect("it fits")
    }

    /// Rows that quantise without loss: multiples of 1/255 of the row's range.
    fn rows(count: usize) -> Rows {
        let value = |i: usize| match i % INPUTS {
            // Another zero point for every row.
            0 => -((i / INPUTS) as f32),
            1 => 255.0 - (i / INPUTS) as f32,
            _ => ((i * 31) % 256) as f32 - (i / INPUTS) as f32,
        };
        Rows { values: (0..count * INPUTS).map(value).collect(), ..Rows::default() }
    }

    #[test]
    fn both_precisions_agree_for_any_number_of_rows_on_every_instruction_set() {
        for set in InstructionSet::all() {
            let processor = Processor::new(set);
            let float = layer(&processor, Precision::F32);
            let integer = layer(&processor, Precision::Int8);
            for count in [1, 2, 3, 4, 5, 6, 7, 12, 13] {
                let mut x = rows(count);
                x.finish(&processor, INPUTS, None, Precision::Int8);
                for then in [Then::Store, Then::Gelu, Then::Add] {
                    let mut expected = vec![1.5; count * OUTPUTS];
                    let mut found = expected.clone();
                    float.apply(&processor, &x, &mut expected, then);
                    integer.apply(&processor, &x, &mut found, then);
                    for (expected, found) in expected.iter().zip(&found) {
                        assert!(
                            (expected - found).abs() < 0.5,
                            "{count} rows, {then:?}, {}: {found} is not {expected}",
                            set.name()
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn weights_that_would_overflow_are_refused_with_the_tensor_named() {
        let view = |dtype, shape, data| TensorView::new(dtype, shape, data).expect("data fit");
        let file = serialize(
            [
                ("x.weight", view(Dtype::I8, vec![16, 16], &[100; 256])),
                ("x.weight_scale", view(Dtype::F32, vec![16], &[0; 64])),
                ("x.bias", view(Dtype::F32, vec![16], &[0; 64])),
            ],
            None,
        )
        .expect("it serialises");
        let weights = Weights::parse(&file, Family::Bert).expect("it is sound");
        let processor = Processor::new(InstructionSet::detect());
        let error = Linear::load(&processor, &weights, &["x".into()], [16, 16], Precision::Int8)
            .err()
            .expect("it must be refused")
            .to_string();
        assert!(error.contains("x.weight holds 100 at position 0"), "{error}");
    }
}
