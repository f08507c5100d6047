//! JSON: objects in lines, in a list, or in a list within a document.
//!
//! Fields are columns, nested ones by their path. Which fields there are is known only when all
//! records have been looked at, so an input is read once for that before it is sampled; of what can
//! be read only once, a copy is kept on disk meanwhile.

mod again;
mod columns;
mod document;
mod gauge;
mod lines;
mod record;
mod shape;
mod survey;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

use serde_json::value::RawValue;

use super::encoding::Encoding;
use super::error::ReadError;
use super::fingerprint::Readings;
use super::format::{Fault, Format, Place, Record, Records};
use super::produced::{Item, Produced, Producer};
use super::source::Source;
use again::Again;
use columns::Columns;
use record::Kind;
use shape::Shape;
pub(crate) use shape::is_json;

/// An open input of JSON.
pub(crate) struct Json {
    start: Arc<Start>,
    /// Records of the header that are still to be left out.
    header: usize,
    records: Option<Produced>,
}

/// What all readings of an input share.
struct Start {
    again: Again,
    shape: Shape,
    columns: Columns,
}

/// Takes a record and the line on which it starts, or what is wrong with the record there; breaks where
/// no more are wanted.
type Take<'t> = dyn FnMut(u64, Result<&RawValue, String>) -> ControlFlow<()> + 't;

impl Json {
    /// Opens an input of JSON, decoded, and finds its records and their fields.
    ///
    /// # Errors
    /// If it is no JSON, or there are no records in it.
    pub(crate) fn open(source: Source, encoding: &Encoding) -> Result<Self, ReadError> {
        let path = source.origin.path.clone();
        let failed = |error: io::Error| ReadError::Json { path: path.clone(), source: error };
        let shape = Shape::of_prefix(&source.prefix);
        let origin = source.origin.clone();
        let again = Again::new(source, encoding).map_err(|source| origin.failed(source))?;
        let shape = match shape {
            Some(shape) => shape,
            None => Shape::of_document(again.read()?).map_err(failed)?,
        };
        let mut columns = Columns::new(&shape);
        let (mut taken, mut records) = (Ok(()), 0u64);
        shape
            .each(again.read()?, &mut |_, value| {
                records += 1;
                taken = value.map_or(Ok(()), |value| columns.add(value));
                if taken.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            })
            .and(taken)
            .map_err(failed)?;
        let columns = columns.finish();
        if columns.names().is_empty() {
            return Err(ReadError::Empty { path });
        }
        if records == 1 && are_keyed(&columns.names()) {
            let seems = "JSON whose records have names instead of standing in a list";
            let remedy = "make a list of them: jq '[.[]]' IN > OUT";
            return Err(ReadError::Format { path, seems, remedy });
        }
        Ok(Self::new(Arc::new(Start { again, shape, columns })))
    }

    fn new(start: Arc<Start>) -> Self {
        Self { start, header: 0, records: None }
    }
}

/// Whether the fields of a single record look like many records: `17.text`, `18.text`, `19.text`.
fn are_keyed(names: &[String]) -> bool {
    const FEWEST: usize = 3;
    let mut fields: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for name in names {
        let Some((key, field)) = name.split_once('.') else { return false };
        fields.entry(key).or_default().insert(field);
    }
    let mut sets = fields.values();
    let Some(first) = sets.next() else { return false };
    let shared = sets.fold(first.clone(), |shared, own| &shared & own);
    fields.len() >= FEWEST && !shared.is_empty()
}

impl Start {
    /// Produces all records but those of the header.
    fn produce(&self, header: usize, producer: &mut Producer) -> io::Result<()> {
        let mut number = 0;
        let bytes = self.again.read().map_err(|error| io::Error::other(error.to_string()))?;
        self.shape.each(bytes, &mut |line, value| {
            number += 1;
            let place = Place { sheet: None, record: number, line };
            match value.and_then(|value| self.columns.cells(value)) {
                Ok(_) if number <= header as u64 => ControlFlow::Continue(()),
                Ok(cells) => producer.put(Ok(Record { place, cells })),
                Err(reason) => producer.put(Err(Fault { place, column: None, reason })),
            }
        })
    }
}

impl Iterator for Json {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.records.is_none() {
            let (start, header) = (Arc::clone(&self.start), self.header);
            match Produced::start(move |producer| start.produce(header, producer)) {
                Ok(records) => self.records = Some(records),
                Err(error) => return Some(Err(error)),
            }
        }
        self.records.as_mut()?.next()
    }
}

impl Records for Json {
    fn format(&self) -> Format {
        Format::Json { records: self.start.shape.describe() }
    }

    fn readings(&self) -> &Readings {
        self.start.again.readings()
    }

    fn names(&self) -> Option<Vec<Vec<String>>> {
        // Rows of lists name nothing, but the first may be a header.
        (self.start.columns.kind() != Kind::List).then(|| vec![self.start.columns.names()])
    }

    fn first(&self) -> Vec<Vec<String>> {
        self.start.columns.first()
    }

    fn skip_header(&mut self, records: usize) {
        self.header = records;
    }

    fn rehearsal(&self) -> Result<Box<dyn Records>, ReadError> {
        Ok(Box::new(Self::new(Arc::clone(&self.start))))
    }
}
