//! Files of columns that have names and types: Parquet, SPSS.
//!
//! Their readers are features of the build, for they bring more code than all other formats together.
//! A file is held as it is and read anew for each reading.

#[cfg(any(feature = "parquet", feature = "spss"))]
mod cell;
#[cfg(feature = "parquet")]
mod parquet;
#[cfg(feature = "spss")]
mod spss;

use std::io;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::MAX_CELL_BYTES;
use super::error::ReadError;
use super::fingerprint::Readings;
use super::format::{Fault, Format, Place, Record, Records};
use super::produced::{Item, Produced, Producer, panicked};
use super::source::Source;

/// Bytes of a file at most.
const MAX_BYTES: u64 = 1 << 30;

/// Rows that are kept as the first, and their bytes.
const FIRST_ROWS: usize = 1_000;
const FIRST_BYTES: usize = 1 << 18;

/// How a file of typed columns is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TypedKind {
    /// Apache Parquet.
    Parquet,
    /// SPSS: `.sav`, `.zsav`.
    Spss,
}

/// An open file of typed columns.
pub(crate) struct TypedTable {
    start: Arc<Start>,
    rows: Option<Produced>,
}

/// What all readings of a file share.
struct Start {
    kind: TypedKind,
    bytes: Arc<[u8]>,
    names: Names,
    first: Vec<Vec<String>>,
    readings: Readings,
}

/// Names of the columns, and what explains them where the file says it: rows of a header.
type Names = Vec<Vec<String>>;

/// Takes the cells of a row; breaks where no more are wanted.
type Take<'t> = dyn FnMut(Vec<String>) -> ControlFlow<()> + 't;

impl TypedKind {
    /// What starts like this.
    pub(crate) fn of(prefix: &[u8]) -> Option<Self> {
        let starts = |magic: &[u8]| prefix.starts_with(magic);
        if starts(b"PAR1") {
            return Some(Self::Parquet);
        }
        (starts(b"$FL2") || starts(b"$FL3")).then_some(Self::Spss)
    }

    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Parquet => "Parquet",
            Self::Spss => "SPSS (.sav)",
        }
    }

    /// What to do with a file that cannot be read.
    fn remedy(self) -> &'static str {
        match self {
            Self::Parquet => "write it anew, or export it as CSV UTF-8",
            Self::Spss => "save it anew, or as Excel or CSV UTF-8 with value labels",
        }
    }

    /// Names of the columns.
    fn names(self, bytes: &Arc<[u8]>) -> io::Result<Names> {
        match self {
            #[cfg(feature = "parquet")]
            Self::Parquet => parquet::names(bytes),
            #[cfg(feature = "spss")]
            Self::Spss => spss::names(bytes),
            #[cfg(not(all(feature = "parquet", feature = "spss")))]
            _ => Err(self.is_not_built(bytes)),
        }
    }

    /// Hands the rows to `take` until it breaks.
    fn rows(self, bytes: &Arc<[u8]>, take: &mut Take) -> io::Result<()> {
        match self {
            #[cfg(feature = "parquet")]
            Self::Parquet => parquet::rows(bytes, take),
            #[cfg(feature = "spss")]
            Self::Spss => spss::rows(bytes, take),
            #[cfg(not(all(feature = "parquet", feature = "spss")))]
            _ => {
                let _ = take;
                Err(self.is_not_built(bytes))
            }
        }
    }

    #[cfg(not(all(feature = "parquet", feature = "spss")))]
    fn is_not_built(self, _: &[u8]) -> io::Error {
        let feature = match self {
            Self::Parquet => "parquet",
            Self::Spss => "spss",
        };
        io::Error::other(format!("this program was built without --features {feature}"))
    }
}

impl TypedTable {
    /// Opens a file.
    ///
    /// # Errors
    /// If it is damaged, too large or has no columns, or if this build does not read its kind.
    pub(crate) fn open(source: Source, kind: TypedKind) -> Result<Self, ReadError> {
        let origin = source.origin.clone();
        let path = || origin.path.clone();
        let failed = |source: io::Error| ReadError::Typed {
            path: path(),
            kind: kind.name(),
            source,
            remedy: kind.remedy(),
        };
        let large = || {
            let most = MAX_BYTES >> 20;
            failed(io::Error::other(format!(
                "it has more than {most} MB, all of which must be held"
            )))
        };
        let bytes: Arc<[u8]> = source.into_bytes(MAX_BYTES)?.ok_or_else(large)?.into();
        let (names, first) =
            guarded(|| Ok((kind.names(&bytes)?, first(kind, &bytes)?))).map_err(failed)?;
        if names.iter().all(Vec::is_empty) {
            return Err(ReadError::Empty { path: path() });
        }
        let readings = origin.readings.clone();
        let start = Start { kind, bytes, names, first, readings };
        Ok(Self { start: Arc::new(start), rows: None })
    }
}

/// Runs a parser that may give up on damaged bytes instead of saying what is wrong with them.
fn guarded<T>(parse: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    // What it was working on is not looked at again.
    catch_unwind(AssertUnwindSafe(parse)).unwrap_or_else(|_| Err(panicked()))
}

fn first(kind: TypedKind, bytes: &Arc<[u8]>) -> io::Result<Vec<Vec<String>>> {
    let (mut first, mut size) = (Vec::new(), 0);
    kind.rows(bytes, &mut |cells| {
        size += cells.iter().map(String::len).sum::<usize>();
        first.push(cells);
        match first.len() < FIRST_ROWS && size < FIRST_BYTES {
            true => ControlFlow::Continue(()),
            false => ControlFlow::Break(()),
        }
    })?;
    Ok(first)
}

impl Start {
    /// Produces all rows.
    fn produce(&self, producer: &mut Producer) -> io::Result<()> {
        let mut number = 0;
        self.kind.rows(&self.bytes, &mut |cells| {
            number += 1;
            let place = Place { sheet: None, record: number, line: number };
            producer.put(record(place, cells))
        })
    }
}

fn record(place: Place, cells: Vec<String>) -> Result<Record, Fault> {
    match cells.iter().position(|cell| cell.len() > MAX_CELL_BYTES) {
        None => Ok(Record { place, cells }),
        Some(column) => {
            let most = MAX_CELL_BYTES >> 20;
            let reason =
                format!("larger than {most} MB; no customer writes so much: shorten the cell");
            Err(Fault { place, column: Some(column), reason })
        }
    }
}

impl Iterator for TypedTable {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.rows.is_none() {
            let start = Arc::clone(&self.start);
            match Produced::start(move |producer| start.produce(producer)) {
                Ok(rows) => self.rows = Some(rows),
                Err(error) => return Some(Err(error)),
            }
        }
        self.rows.as_mut()?.next()
    }
}

impl Records for TypedTable {
    fn format(&self) -> Format {
        Format::Typed { kind: self.start.kind }
    }

    fn readings(&self) -> &Readings {
        &self.start.readings
    }

    fn names(&self) -> Option<Vec<Vec<String>>> {
        Some(self.start.names.clone())
    }

    fn first(&self) -> Vec<Vec<String>> {
        self.start.first.clone()
    }

    /// The names are no records.
    fn skip_header(&mut self, _: usize) {}

    fn rehearsal(&self) -> Result<Box<dyn Records>, ReadError> {
        Ok(Box::new(Self { start: Arc::clone(&self.start), rows: None }))
    }
}
