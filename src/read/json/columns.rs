//! The columns of JSON records: all fields that any of them has.

use std::collections::BTreeMap;
use std::io;

use serde_json::value::RawValue;

use super::document::Step;
use super::record::{Kind, fields, parts, text};
use super::shape::Shape;
use crate::read::MAX_CELL_BYTES;

/// Fields at most. Objects that are keyed by numbers have one a record.
const MAX_FIELDS: usize = 4_096;

/// Records that are kept as the first, and their bytes.
const FIRST_RECORDS: usize = 1_000;
const FIRST_BYTES: usize = 1 << 18;

/// What a column of texts without a name is called.
const TEXT: &str = "text";

/// The fields of all records, and the first of these.
pub(super) struct Columns {
    kind: Kind,
    /// Of each field, the last place that it has in any record: together with the names, an order
    /// that does not depend on that of the records.
    places: BTreeMap<String, usize>,
    /// Of each field, its column.
    positions: BTreeMap<String, usize>,
    /// Parts of the longest list.
    width: usize,
    /// What a record that is a mere text is called.
    name: String,
    first: Vec<Box<RawValue>>,
    first_bytes: usize,
}

impl Columns {
    /// No fields yet.
    pub(super) fn new(shape: &Shape) -> Self {
        let (kind, name) = match shape {
            Shape::List(path, kind) => (*kind, path.iter().rev().find_map(Step::name)),
            Shape::Lines | Shape::Values => (Kind::Object, None),
        };
        Self {
            kind,
            places: BTreeMap::new(),
            positions: BTreeMap::new(),
            width: 0,
            name: name.unwrap_or(TEXT).to_owned(),
            first: Vec::new(),
            first_bytes: 0,
        }
    }

    /// Takes a record into account; one that is something else than the others has no fields.
    ///
    /// # Errors
    /// If there are too many fields.
    pub(super) fn add(&mut self, value: &RawValue) -> io::Result<()> {
        if Kind::of(value) != self.kind {
            return Ok(());
        }
        match self.kind {
            Kind::Object => {
                for (place, (field, _)) in fields(value)?.into_iter().enumerate() {
                    let last = self.places.entry(field).or_insert(place);
                    *last = place.max(*last);
                }
            }
            Kind::List => self.width = self.width.max(parts(value)?.len()),
            Kind::Scalar => self.width = 1,
        }
        if self.places.len().max(self.width) > MAX_FIELDS {
            return Err(io::Error::other(format!(
                "its records have more than {MAX_FIELDS} different fields; are there objects with a \
                 field for each id? Make lists of them, or export it as CSV UTF-8"
            )));
        }
        if self.first.len() < FIRST_RECORDS && self.first_bytes < FIRST_BYTES {
            self.first_bytes += value.get().len();
            self.first.push(value.to_owned());
        }
        Ok(())
    }

    /// No more records come: fields become columns.
    pub(super) fn finish(mut self) -> Self {
        let mut fields: Vec<(usize, String)> =
            self.places.iter().map(|(field, &place)| (place, field.clone())).collect();
        fields.sort();
        self.positions = fields.into_iter().map(|(_, field)| field).zip(0..).collect();
        self
    }

    /// What the records are.
    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// The names of the columns; of lists, a number each.
    pub(super) fn names(&self) -> Vec<String> {
        match self.kind {
            Kind::Object => {
                let mut names = vec![String::new(); self.positions.len()];
                for (field, &position) in &self.positions {
                    names[position].clone_from(field);
                }
                names
            }
            Kind::List => (1..=self.width).map(|number| number.to_string()).collect(),
            Kind::Scalar if self.width == 0 => Vec::new(),
            Kind::Scalar => vec![self.name.clone()],
        }
    }

    /// Cells of the first records.
    pub(super) fn first(&self) -> Vec<Vec<String>> {
        self.first.iter().filter_map(|value| self.cells(value).ok()).collect()
    }

    /// The cells of a record, or why it cannot be used.
    pub(super) fn cells(&self, value: &RawValue) -> Result<Vec<String>, String> {
        let broken = |error: serde_json::Error| format!("no sound JSON ({error})");
        let kind = Kind::of(value);
        if kind != self.kind && self.kind != Kind::Scalar {
            let (found, expected) = (kind.name(), self.kind.name());
            return Err(format!(
                "{found} where the other records are each {expected}; take it out"
            ));
        }
        let cells = match self.kind {
            Kind::Scalar => vec![text(value).map_err(broken)?],
            Kind::List => {
                let mut cells = parts(value).map_err(broken)?;
                cells.resize(self.width, String::new());
                cells
            }
            Kind::Object => {
                let mut cells = vec![String::new(); self.positions.len()];
                for (field, text) in fields(value).map_err(broken)? {
                    if let Some(&position) = self.positions.get(&field) {
                        cells[position] = text;
                    }
                }
                cells
            }
        };
        match cells.iter().any(|cell| cell.len() > MAX_CELL_BYTES) {
            true => Err(format!(
                "a field is larger than {} MB; no customer writes so much: shorten it",
                MAX_CELL_BYTES >> 20
            )),
            false => Ok(cells),
        }
    }
}

impl Step {
    /// The name of a member.
    fn name(&self) -> Option<&str> {
        match self {
            Self::Member(name) => Some(name),
            Self::Each => None,
        }
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::List => "a list",
            Self::Scalar => "a text or number",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(records: &[&str]) -> Columns {
        let mut columns = Columns::new(&Shape::Lines);
        for record in records {
            columns.add(serde_json::from_str(record).unwrap()).unwrap();
        }
        columns.finish()
    }

    #[test]
    fn the_order_of_columns_does_not_depend_on_that_of_the_records() {
        let records = [
            r#"{"id": 1, "date": "2025-01-03", "text": "late"}"#,
            r#"{"id": 2, "text": "never", "extra": {"a": 1}}"#,
            r#"{"text": null}"#,
        ];
        let names = ["id", "date", "extra.a", "text"];
        assert_eq!(columns(&records).names(), names);
        let turned: Vec<&str> = records.iter().rev().copied().collect();
        assert_eq!(columns(&turned).names(), names);
        let first = columns(&records).first();
        assert_eq!(
            first,
            [["1", "2025-01-03", "", "late"], ["2", "", "1", "never"], ["", "", "", ""]]
        );
    }

    #[test]
    fn what_is_no_object_among_objects_is_told() {
        let columns = columns(&[r#"{"text": "late"}"#]);
        let reason = columns.cells(serde_json::from_str("[1]").unwrap()).unwrap_err();
        assert_eq!(reason, "a list where the other records are each an object; take it out");
    }

    #[test]
    fn a_field_for_each_record_is_an_error() {
        let mut columns = Columns::new(&Shape::Lines);
        let added = (0..5_000).try_for_each(|n| {
            columns.add(serde_json::from_str(&format!("{{\"r{n}\": {{\"t\": 1}}}}")).unwrap())
        });
        assert!(added.unwrap_err().to_string().contains("different fields"));
    }
}
