//! `model.safetensors`: tensors by name, with their shapes checked and their values finite.

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};

use super::engine::Precision;
use super::error::ModelError;
use super::family::Family;

/// A matrix with int8 values in rows of one scale each, row-major; a value is `scale × int8`.
pub(super) struct QuantizedMatrix {
    /// `rows × columns` values.
    pub values: Vec<i8>,
    /// One scale a row.
    pub scales: Vec<f32>,
}

/// The tensors of a model.
pub(super) struct Weights<'a> {
    tensors: SafeTensors<'a>,
    family: Family,
    prefix: &'static str,
}

impl<'a> Weights<'a> {
    /// Reads the header of a safetensors file. Encoder tensors may carry the prefix of their family
    /// or none.
    pub(super) fn parse(bytes: &'a [u8], family: Family) -> Result<Self, ModelError> {
        let tensors = SafeTensors::deserialize(bytes)
            .map_err(|error| ModelError::Weights(format!("not a sound file: {error}")))?;
        let prefix = family.prefix();
        let prefixed = tensors.names().iter().any(|name| name.starts_with(prefix));
        Ok(Self { tensors, family, prefix: if prefixed { prefix } else { "" } })
    }

    /// The name of a tensor of the encoder, as this file spells what BERT calls `name`. Files made
    /// from the first BERTs, in TensorFlow, say gamma and beta for weight and bias of norms.
    pub(super) fn encoder(&self, name: &str) -> String {
        let spelt = format!("{}{}", self.prefix, self.family.tensor(name));
        for (new, old) in
            [("LayerNorm.weight", "LayerNorm.gamma"), ("LayerNorm.bias", "LayerNorm.beta")]
        {
            if let Some(stem) = spelt.strip_suffix(new)
                && self.has(&format!("{stem}{old}"))
            {
                return format!("{stem}{old}");
            }
        }
        spelt
    }

    /// The arithmetic that suits the weights: integers where matrices are stored in them.
    pub(super) fn precision(&self) -> Precision {
        let quantized = |(_, tensor): &(_, TensorView)| tensor.dtype() == Dtype::I8;
        if self.tensors.tensors().iter().any(quantized) { Precision::Int8 } else { Precision::F32 }
    }

    /// Whether there is such a tensor.
    pub(super) fn has(&self, name: &str) -> bool {
        self.tensors.tensor(name).is_ok()
    }

    /// How many rows a tensor has.
    pub(super) fn rows(&self, name: &str) -> Result<usize, ModelError> {
        let tensor = self.tensors.tensor(name);
        let rows = tensor.ok().and_then(|tensor| tensor.shape().first().copied());
        rows.ok_or_else(|| ModelError::Weights(format!("there is no tensor {name}")))
    }

    /// A tensor of any supported type as float32, int8 matrices multiplied by their scales.
    pub(super) fn float(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, ModelError> {
        let (dtype, data) = self.raw(name, shape)?;
        let values: Vec<f32> = match dtype {
            Dtype::F32 => {
                data.chunks_exact(4).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
            }
            Dtype::F16 => data
                .chunks_exact(2)
                .map(|b| half_to_float(u16::from_le_bytes([b[0], b[1]])))
                .collect(),
            Dtype::BF16 => data
                .chunks_exact(2)
                .map(|b| f32::from_bits(u32::from(u16::from_le_bytes([b[0], b[1]])) << 16))
                .collect(),
            Dtype::I8 => {
                let &[rows, columns] = shape else {
                    return Err(ModelError::Weights(format!(
                        "tensor {name} has type I8 and the shape {shape:?}; only matrices may be \
                         stored in I8"
                    )));
                };
                let QuantizedMatrix { values, scales } = self.quantized(name, [rows, columns])?;
                values
                    .chunks(columns)
                    .zip(scales)
                    .flat_map(|(row, scale)| row.iter().map(move |&value| f32::from(value) * scale))
                    .collect()
            }
            other => {
                return Err(ModelError::Weights(format!(
                    "tensor {name} has type {other:?}; F32, F16, BF16 or I8 with scales is needed"
                )));
            }
        };
        match values.iter().position(|value| !value.is_finite()) {
            Some(at) => Err(ModelError::Weights(format!(
                "tensor {name} holds {} at position {at}; the weights are damaged",
                values[at]
            ))),
            None => Ok(values),
        }
    }

    /// A matrix `[rows, columns]` in int8. Stored int8 is taken as it is, with its scales from the
    /// tensor `{name}_scale`; floats are quantised symmetrically to ±63: seven bits, because a
    /// pair of u8 × i8 products must fit 16 bits on processors without VNNI.
    pub(super) fn quantized(
        &self,
        name: &str,
        [rows, columns]: [usize; 2],
    ) -> Result<QuantizedMatrix, ModelError> {
        let (dtype, data) = self.raw(name, &[rows, columns])?;
        if dtype == Dtype::I8 {
            let scales = self.float(&format!("{name}_scale"), &[rows])?;
            return Ok(QuantizedMatrix {
                values: data.iter().map(|&b| b.cast_signed()).collect(),
                scales,
            });
        }
        let floats = self.float(name, &[rows, columns])?;
        let mut values = Vec::with_capacity(floats.len());
        let mut scales = Vec::with_capacity(rows);
        for row in floats.chunks(columns) {
            let largest = row.iter().fold(0.0f32, |max, value| max.max(value.abs()));
            let scale = if largest > 0.0 { largest / 63.0 } else { 1.0 };
            scales.push(scale);
            values.extend(row.iter().map(|value| (value / scale).round_ties_even() as i8));
        }
        Ok(QuantizedMatrix { values, scales })
    }

    fn raw(&self, name: &str, shape: &[usize]) -> Result<(Dtype, &'a [u8]), ModelError> {
        let tensor = self
            .tensors
            .tensor(name)
            .map_err(|_| ModelError::Weights(format!("there is no tensor {name}")))?;
        if tensor.shape() != shape {
            return Err(ModelError::Weights(format!(
                "tensor {name} has shape {:?}; config.json makes it {shape:?}",
                tensor.shape()
            )));
        }
        Ok((tensor.dtype(), tensor.data()))
    }
}

/// IEEE 754 binary16 to binary32, exact.
fn half_to_float(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let exponent = i32::from((bits >> 10) & 0x1f);
    let fraction = f32::from(bits & 0x3ff);
    match exponent {
        0 => sign * fraction * (-24f32).exp2(),
        31 if fraction == 0.0 => sign * f32::INFINITY,
        31 => f32::NAN,
        _ => sign * (1.0 + fraction / 1024.0) * ((exponent - 15) as f32).exp2(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use safetensors::tensor::serialize;

    fn file(dtype: Dtype, shape: Vec<usize>, data: &[u8]) -> Vec<u8> {
        let view = TensorView::new(dtype, shape, data).expect("data fit the shape");
        serialize([("bert.x.weight", view)], None).expect("it serialises")
    }

    fn bytes(values: &[f32]) -> Vec<u8> {
        values.iter().flat_map(|value| value.to_le_bytes()).collect()
    }

    #[test]
    fn halves_convert_exactly() {
        for (bits, value) in [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x0001, 2f32.powi(-24)),
            (0x7bff, 65504.0),
            (0x3555, 0.333_251_95),
        ] {
            assert_eq!(half_to_float(bits), value);
        }
    }

    #[test]
    fn floats_are_quantised_to_seven_bits_by_row() {
        let file = file(Dtype::F32, vec![2, 2], &bytes(&[1.0, -0.6, 0.0, 0.0]));
        let weights = Weights::parse(&file, Family::Bert).expect("it is sound");
        let matrix = weights.quantized("bert.x.weight", [2, 2]).expect("it is there");
        assert_eq!(matrix.values, [63, -38, 0, 0]);
        assert_eq!(matrix.scales, [1.0 / 63.0, 1.0]);
    }

    #[test]
    fn damaged_files_are_refused_with_the_tensor_named() {
        let good = file(Dtype::F32, vec![2, 2], &bytes(&[1.0, f32::NAN, 0.0, 0.0]));
        let weights = Weights::parse(&good, Family::Bert).expect("the header is sound");
        for (result, expected) in [
            (weights.float("bert.x.weight", &[2, 2]), "x.weight holds NaN at position 1"),
            (weights.float("bert.x.weight", &[4, 2]), "has shape [2, 2]"),
            (weights.float("bert.y.weight", &[2, 2]), "no tensor bert.y.weight"),
        ] {
            let error = result.expect_err(expected).to_string();
            assert!(error.contains(expected), "{error} does not say {expected}");
        }
        assert!(Weights::parse(&good[..good.len() - 3], Family::Bert).is_err());
        let wrong = file(Dtype::I64, vec![1], &[0; 8]);
        let error = Weights::parse(&wrong, Family::Bert)
            .expect("the header is sound")
            .float("bert.x.weight", &[1])
            .expect_err("integers are no weights");
        assert!(error.to_string().contains("I64"));
        let vector = file(Dtype::I8, vec![3], &[0; 3]);
        let error = Weights::parse(&vector, Family::Bert)
            .expect("the header is sound")
            .float("bert.x.weight", &[3])
            .expect_err("a vector has no scales");
        assert!(error.to_string().contains("bert.x.weight has type I8"), "{error}");
    }
}
