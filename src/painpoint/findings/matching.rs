//! How a run told what belongs to which topic, so that a later run can match the same way first.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::TopicKind;

/// By what mentions were matched.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Matching {
    /// SHA-256 of the model: vectors of another cannot be compared.
    pub model: String,
    /// Pain points, then delights.
    pub sides: Vec<MatchingSide>,
}

/// By what the mentions of one kind were matched.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct MatchingSide {
    /// What they are.
    pub kind: TopicKind,
    /// What problem vectors have in common, in whole steps, 512 to one.
    #[serde(with = "steps")]
    pub common: Vec<i8>,
    /// The key points.
    pub points: Vec<MatchingPoint>,
}

/// What a key point is known by.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct MatchingPoint {
    /// Identifier of its topic, reported or not; none where nothing named it.
    pub id: Option<String>,
    /// Its label.
    pub label: Vec<String>,
    /// Identifier of its touchpoint.
    pub touchpoint: String,
    /// Feedback that mentioned it.
    pub feedback: u64,
    /// Its part of the sample.
    pub share: f32,
    /// The middle of its mentions' problem vectors, in whole steps, 127 to one.
    #[serde(with = "steps")]
    pub middle: Vec<i8>,
    /// What it is called as vectors in the same steps: its name first, then those of what was joined to it.
    #[serde(default, with = "steps::many")]
    pub names: Vec<Vec<i8>>,
    /// The pieces of each of these, in the same order; empty where there are only vectors.
    #[serde(default)]
    pub words: Vec<MatchingWords>,
    /// By key of a term, how much commoner it is there than elsewhere, as a logarithm.
    pub terms: BTreeMap<String, f32>,
    /// By identifier of a touchpoint the same, either way.
    pub touchpoints: BTreeMap<String, f32>,
}

/// The pieces of what a key point is called.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct MatchingWords {
    /// How much each tells: how rare it is among complaints, as a logarithm.
    pub weights: Vec<f32>,
    /// Their vectors in whole steps, 127 to one, one after the other. In an order of their own, and without the numbers of the pieces: a
    /// name may be what a customer wrote, and no such text.
    #[serde(with = "steps")]
    pub vectors: Vec<i8>,
}

/// A vector of whole steps as two hexadecimal digits a value, in two's complement.
mod steps {
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::digest::{from_hexadecimal, hexadecimal};

    pub(super) fn serialize<S: Serializer>(steps: &[i8], out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(&written(steps))
    }

    pub(super) fn deserialize<'d, D: Deserializer<'d>>(from: D) -> Result<Vec<i8>, D::Error> {
        read(&String::deserialize(from)?).map_err(D::Error::custom)
    }

    fn written(steps: &[i8]) -> String {
        let bytes: Vec<u8> = steps.iter().map(|&step| step.cast_unsigned()).collect();
        hexadecimal(&bytes)
    }

    fn read(text: &str) -> Result<Vec<i8>, &'static str> {
        let bytes = from_hexadecimal(text);
        let bytes = bytes.ok_or("a vector is not in pairs of hexadecimal digits")?;
        Ok(bytes.into_iter().map(u8::cast_signed).collect())
    }

    /// Several of them.
    pub(super) mod many {
        use super::{Deserialize, Deserializer, Error, Serializer, read, written};

        pub(in super::super) fn serialize<S: Serializer>(
            many: &[Vec<i8>],
            out: S,
        ) -> Result<S::Ok, S::Error> {
            out.collect_seq(many.iter().map(|steps| written(steps)))
        }

        pub(in super::super) fn deserialize<'d, D: Deserializer<'d>>(
            from: D,
        ) -> Result<Vec<Vec<i8>>, D::Error> {
            let texts = Vec::<String>::deserialize(from)?;
            texts.iter().map(|text| read(text)).collect::<Result<_, _>>().map_err(D::Error::custom)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_read_back_as_they_were() {
        let side = MatchingSide { common: vec![0, 1, -1, 127, -128], ..MatchingSide::default() };
        let text = serde_json::to_string(&side).unwrap();
        assert!(text.contains("0001ff7f80"), "{text}");
        assert_eq!(serde_json::from_str::<MatchingSide>(&text).unwrap(), side);
        let error = serde_json::from_str::<MatchingSide>(&text.replace("ff", "fg")).unwrap_err();
        assert!(error.to_string().contains("hexadecimal"), "{error}");
    }
}
