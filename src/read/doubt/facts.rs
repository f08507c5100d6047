//! Doubts as the JSON files have them: what programs ask for beside what people read.

use serde::{Serialize, Serializer};

use super::{Grade, ToldDoubt};

/// A doubt with its facts, and as people read it.
#[derive(Serialize)]
pub(crate) struct DoubtFacts<'a> {
    grade: Grade,
    text: String,
    columns: Vec<&'a str>,
    #[serde(flatten)]
    told: &'a ToldDoubt,
}

impl<'a> DoubtFacts<'a> {
    /// All of them, in their order.
    pub(crate) fn of(told: &'a [ToldDoubt]) -> Vec<Self> {
        let facts = told.iter().map(|told| {
            let doubt = &told.doubt;
            Self { grade: doubt.grade(), text: doubt.to_string(), columns: doubt.columns(), told }
        });
        facts.collect()
    }

    /// Writes doubts with their facts.
    pub(crate) fn serialize_all<S: Serializer>(
        told: &[ToldDoubt],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        DoubtFacts::of(told).serialize(serializer)
    }
}
