//! Doubts as the JSON files have them: what programs ask for beside what people read.

use serde::{Serialize, Serializer};

use super::{Grade, ToldDoubt, toml};

/// A doubt with its facts, and as people read it.
#[derive(Serialize)]
pub(crate) struct DoubtFacts<'a> {
    grade: Grade,
    text: String,
    columns: Vec<&'a str>,
    /// What overrules it, on the command line.
    #[serde(skip_serializing_if = "Option::is_none")]
    option: Option<String>,
    /// And in `painpoint.toml`.
    #[serde(skip_serializing_if = "Option::is_none")]
    toml: Option<String>,
    #[serde(flatten)]
    told: &'a ToldDoubt,
}

impl<'a> DoubtFacts<'a> {
    /// All of them, in their order.
    pub(crate) fn of(told: &'a [ToldDoubt]) -> Vec<Self> {
        let facts = told.iter().map(|told| {
            let doubt = &told.doubt;
            let (grade, text) = (doubt.grade(), doubt.to_string());
            Self { grade, text, columns: doubt.columns(), option: None, toml: None, told }
        });
        facts.collect()
    }

    /// Writes doubts with their facts, and with what overrules each.
    pub(crate) fn serialize_with_remedies<S: Serializer>(
        told: &[ToldDoubt],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mut facts = DoubtFacts::of(told);
        for own in &mut facts {
            own.option = own.told.doubt.option();
            own.toml = toml(std::iter::once(&own.told.doubt));
        }
        facts.serialize(serializer)
    }
}
