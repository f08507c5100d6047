//! Workbooks: Excel of any age, OpenDocument.
//!
//! A workbook is held packed, and parsed anew for each reading: once to see what is in its sheets,
//! then as often as its records are read. Only the texts that Excel keeps in a table of their own are
//! in memory unpacked.

mod book;
mod cell;
mod open_document;
mod package;
mod sheet;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use super::MAX_CELL_BYTES;
use super::columns::ColumnChoice;
use super::doubt::Doubt;
use super::error::ReadError;
use super::fingerprint::Readings;
use super::format::{Fault, Format, Place, Record, Records};
use super::produced::{Item, Produced, Producer};
use super::source::Source;
use book::{Book, guarded};
use cell::Cell;
pub use package::WorkbookKind;
use package::{Bytes, Trouble};
use sheet::{SheetName, SheetRow, Survey, choose};

/// Bytes of a workbook at most, packed as it is.
const MAX_BYTES: u64 = 256 << 20;

/// What a ZIP archive starts with; old Office documents start with something else.
const ZIP: &[u8] = b"PK\x03\x04";

/// The sheets of a workbook.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Sheets {
    /// Those that are read.
    pub read: Vec<String>,
    /// Those that hold something else.
    pub unread: Vec<String>,
    /// Those that are hidden, and not read.
    pub hidden: Vec<String>,
    /// Cells of those read that hold `#N/A` or the like, and are read as empty.
    pub error_cells: u64,
}

/// An open workbook: the rows of its sheets of feedback.
pub(crate) struct Workbook {
    start: Arc<Start>,
    /// Records of the header that are still to be left out of each sheet.
    header: usize,
    rows: Option<Produced>,
}

/// What all readings of a workbook share.
struct Start {
    kind: WorkbookKind,
    bytes: Arc<[u8]>,
    sheets: Sheets,
    /// The sheets that are read, by number, with what is in them.
    chosen: Vec<(usize, Arc<str>, Survey)>,
    /// Where each column of the records stands in the sheets.
    columns: Vec<usize>,
    /// Rows of each sheet that the user wants left out, as its program numbers them.
    skip_rows: u64,
    readings: Readings,
}

impl Workbook {
    /// Opens a workbook, and the sheet of that name, or those with feedback.
    ///
    /// # Errors
    /// If it is no workbook or damaged, has no such sheet, or no sheet with anything in it.
    pub(crate) fn open(source: Source, choice: &ColumnChoice) -> Result<Self, ReadError> {
        let (sheet, skip_rows) = (choice.sheet.as_deref(), choice.skip_rows.unwrap_or(0));
        let origin = source.origin.clone();
        let path = &origin.path;
        let told = |Trouble { problem, remedy }| {
            let path = path.to_owned();
            ReadError::Workbook { path, problem, remedy }
        };
        let Some(bytes) = source.into_bytes(MAX_BYTES)? else { return Err(told(Trouble::heavy())) };
        let bytes: Arc<[u8]> = bytes.into();
        let packed = || Cursor::new(Arc::clone(&bytes));
        let kind = if bytes.starts_with(ZIP) {
            guarded(|| package::check(packed())).map_err(told)?
        } else {
            WorkbookKind::Xls
        };
        let (names, surveys) =
            guarded(|| survey(kind, packed(), (sheet, skip_rows))).map_err(told)?;
        let chosen = match chosen(path, &names, &surveys, sheet) {
            Err(ReadError::Empty { path }) if skip_rows > 0 => {
                return Err(ReadError::SkippedAll { path, skipped: skip_rows });
            }
            chosen => chosen?,
        };
        let mut start = Start::new(kind, bytes, (names, surveys), chosen, origin.readings.clone());
        start.skip_rows = skip_rows;
        Ok(Self::new(Arc::new(start)))
    }

    fn new(start: Arc<Start>) -> Self {
        Self { start, header: 0, rows: None }
    }
}

/// What is in the sheets: in the one that is named, or in all that are not hidden.
fn survey(
    kind: WorkbookKind,
    bytes: Bytes,
    (named, skip_rows): (Option<&str>, u64),
) -> Result<(Vec<SheetName>, Vec<Option<Survey>>), Trouble> {
    let mut book = Book::open(kind, bytes)?;
    let names = book.sheets();
    let wanted = named.map(|named| position(named, &names));
    let mut surveys = Vec::with_capacity(names.len());
    for (number, SheetName { name, hidden }) in names.iter().enumerate() {
        let is_wanted = wanted.map_or(!hidden, |wanted| wanted == Some(number));
        let mut survey = Survey::default();
        if is_wanted {
            book.rows((number, name), &mut |row| {
                if row.number > skip_rows {
                    survey.add(row);
                }
                ControlFlow::Continue(())
            })?;
        }
        surveys.push(is_wanted.then_some(survey));
    }
    Ok((names, surveys))
}

/// Number of the sheet called `name`, by its case or, where no other is, in any.
fn position(name: &str, sheets: &[SheetName]) -> Option<usize> {
    let exact = sheets.iter().position(|sheet| sheet.name == name);
    let lowercase = name.trim().to_lowercase();
    exact.or_else(|| sheets.iter().position(|sheet| sheet.name.trim().to_lowercase() == lowercase))
}

/// The numbers of the sheets to read.
fn chosen(
    path: &Path,
    names: &[SheetName],
    surveys: &[Option<Survey>],
    named: Option<&str>,
) -> Result<Vec<usize>, ReadError> {
    let path = || path.to_owned();
    let all = || names.iter().map(|sheet| sheet.name.clone()).collect();
    if let Some(name) = named
        && position(name, names).is_none()
    {
        return Err(ReadError::UnknownSheet { path: path(), name: name.into(), sheets: all() });
    }
    let chosen = choose(surveys);
    match chosen.is_empty() {
        true if named.is_none() && names.iter().any(|sheet| sheet.hidden) => {
            Err(ReadError::HiddenSheets { path: path(), sheets: all() })
        }
        true => Err(ReadError::Empty { path: path() }),
        false => Ok(chosen),
    }
}

impl Start {
    fn new(
        kind: WorkbookKind,
        bytes: Arc<[u8]>,
        (names, mut surveys): (Vec<SheetName>, Vec<Option<Survey>>),
        chosen: Vec<usize>,
        readings: Readings,
    ) -> Self {
        let mut sheets = Sheets::default();
        for (number, (sheet, survey)) in names.iter().zip(&surveys).enumerate() {
            let name = sheet.name.clone();
            match survey {
                _ if chosen.contains(&number) => sheets.read.push(name),
                _ if sheet.hidden => sheets.hidden.push(name),
                Some(survey) if survey.is_empty() => {}
                _ => sheets.unread.push(name),
            }
        }
        let chosen: Vec<_> = chosen
            .into_iter()
            .filter_map(|number| {
                let survey = surveys[number].take()?;
                Some((number, Arc::from(names[number].name.as_str()), survey))
            })
            .collect();
        let columns: BTreeSet<usize> =
            chosen.iter().flat_map(|(_, _, survey)| survey.columns.iter().copied()).collect();
        sheets.error_cells = chosen.iter().map(|(_, _, survey)| survey.errors).sum();
        let columns = columns.into_iter().collect();
        Self { kind, bytes, sheets, chosen, columns, skip_rows: 0, readings }
    }

    /// How many of the first records of each sheet are its header, where that of the first has so many:
    /// titles above the names may be more or fewer in another.
    fn headers(&self, header: usize) -> Vec<usize> {
        let names = |survey: &Survey| survey.names().map(|(index, _)| index);
        let first = self.chosen.first().and_then(|(_, _, survey)| names(survey)).unwrap_or(0);
        let others = self.chosen.iter().skip(1).map(|(_, _, survey)| match header {
            0 => 0,
            _ => (names(survey).unwrap_or(0) + header).saturating_sub(first),
        });
        std::iter::once(header).chain(others).collect()
    }

    /// The cells of a row as the records have them.
    fn cells(&self, row: SheetRow) -> Vec<String> {
        let mut given: BTreeMap<usize, Cell> = row.cells.into_iter().collect();
        let cell = |column: &usize| match given.remove(column) {
            Some(Cell::Text(text)) => text,
            Some(Cell::Error) | None => String::new(),
        };
        self.columns.iter().map(cell).collect()
    }

    /// A row as a record.
    fn record(&self, place: Place, row: SheetRow) -> Result<Record, Fault> {
        let large = row.cells.iter().find(|(_, cell)| cell.text().len() > MAX_CELL_BYTES);
        if let Some((column, _)) = large {
            let reason = format!(
                "larger than {} MB; no customer writes so much: shorten the cell",
                MAX_CELL_BYTES >> 20
            );
            let column = self.columns.iter().position(|own| own == column);
            return Err(Fault { place, column, reason });
        }
        Ok(Record { place, cells: self.cells(row) })
    }

    /// Produces the records of all sheets that are read.
    fn produce(&self, header: usize, producer: &mut Producer) -> Result<(), Trouble> {
        let mut book = Book::open(self.kind, Cursor::new(Arc::clone(&self.bytes)))?;
        for ((number, name, _), header) in self.chosen.iter().zip(self.headers(header)) {
            let mut record = 0;
            book.rows((*number, name), &mut |row| {
                if row.number <= self.skip_rows {
                    return ControlFlow::Continue(());
                }
                record += 1;
                if record <= header as u64 {
                    return ControlFlow::Continue(());
                }
                let place = Place { sheet: Some(Arc::clone(name)), record, line: row.number };
                producer.put(self.record(place, row))
            })?;
        }
        Ok(())
    }
}

impl Iterator for Workbook {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        if self.rows.is_none() {
            let (start, header) = (Arc::clone(&self.start), self.header);
            let produced = Produced::start(move |producer| {
                let done = start.produce(header, producer);
                done.map_err(|Trouble { problem, remedy }| {
                    io::Error::other(format!("{problem}; {remedy}"))
                })
            });
            match produced {
                Ok(produced) => self.rows = Some(produced),
                Err(error) => return Some(Err(error)),
            }
        }
        self.rows.as_mut()?.next()
    }
}

impl Records for Workbook {
    fn format(&self) -> Format {
        Format::Workbook { kind: self.start.kind, sheets: self.start.sheets.clone() }
    }

    fn readings(&self) -> &Readings {
        &self.start.readings
    }

    fn doubts(&self) -> Vec<Doubt> {
        let Sheets { read, unread, .. } = &self.start.sheets;
        let sheet = read.first().filter(|_| !unread.is_empty()).cloned();
        let doubt = sheet.map(|sheet| Doubt::Sheet { sheet, others: unread.clone() });
        doubt.into_iter().collect()
    }

    fn first(&self) -> Vec<Vec<String>> {
        let first = self.start.chosen.first().map(|(_, _, survey)| &survey.first);
        first.into_iter().flatten().map(|row| self.start.cells(row.clone())).collect()
    }

    fn skip_header(&mut self, records: usize) {
        self.header = records;
    }

    fn rehearsal(&self) -> Result<Box<dyn Records>, ReadError> {
        Ok(Box::new(Self::new(Arc::clone(&self.start))))
    }
}
