//! Files → their layouts and streams of rows.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::columns::{
    AssignedRole, Column, ColumnChoice, Header, Meaning, Notations, Role, RowSample,
};
use super::delimited::DelimitedText;
use super::doubt::{Doubt, Evidence};
use super::error::ReadError;
use super::fingerprint::Fingerprint;
use super::format::{Fault, Record, Records};
use super::json::Json;
use super::kind::Kind;
use super::layout::Layout;
use super::row::{Feedback, InputRow, Reject};
use super::source::{Origin, Packing};
use super::workbook::Workbook;

/// Rows that an inspection shows.
const FIRST_ROWS: usize = 3;

/// An open input: an iterator over its rows, one in memory at a time. After an error it ends.
pub struct Input {
    /// Where it was opened.
    pub path: PathBuf,
    /// How it is laid out.
    pub layout: Layout,
    pub(super) assigned: Vec<AssignedRole>,
    pub(super) first_rows: Vec<Vec<String>>,
    pub(super) header: Header,
    notations: Arc<Notations>,
    records: Box<dyn Records>,
    /// Doubts that the first look at the rows leaves.
    doubts: Vec<Doubt>,
    /// Of each column, the filled cells that are not what it holds, of all that are filled.
    unread: Vec<Evidence>,
    failed: bool,
}

/// Opens one file; see [`open_all`].
///
/// # Errors
/// As [`open_all`].
pub fn open(path: &Path, choice: &ColumnChoice) -> Result<Input, ReadError> {
    let start = Start::open(path, choice)?;
    let sample = start.sample()?;
    let meaning = start.meaning(sample, choice)?;
    Ok(start.input(meaning))
}

/// Opens files of any format, packed or not (`-` is standard input), and finds their layouts.
///
/// Encoding, dialect and header are found in the first 256 KiB of each file. The roles of columns,
/// the rating scale and the order of day and month are found in a sample of the rows of all files
/// with the same column names: neither the order of rows nor a split into files changes them. For
/// that, files are read once in full, unless `choice` leaves nothing to be found. Pipes, which
/// cannot be read twice, contribute the rows of their first 256 KiB.
///
/// # Errors
/// If a file cannot be read, is empty, is not delimited text in UTF-8, lacks a column that
/// `choice` names, or has no column of free text.
pub fn open_all(paths: &[PathBuf], choice: &ColumnChoice) -> Result<Vec<Input>, ReadError> {
    let mut starts = Vec::with_capacity(paths.len());
    let mut samples: BTreeMap<Vec<String>, RowSample> = BTreeMap::new();
    for path in paths {
        let start = Start::open(path, choice)?;
        samples.entry(start.header.names.clone()).or_default().merge(start.sample()?);
        starts.push(start);
    }
    let mut meanings: BTreeMap<Vec<String>, Meaning> = BTreeMap::new();
    let mut inputs = Vec::with_capacity(starts.len());
    for start in starts {
        let meaning = match meanings.entry(start.header.names.clone()) {
            Entry::Occupied(entry) => entry.get().clone(),
            Entry::Vacant(entry) => {
                let sample = samples.remove(entry.key()).unwrap_or_default();
                entry.insert(start.meaning(sample, choice)?).clone()
            }
        };
        inputs.push(start.input(meaning));
    }
    Ok(inputs)
}

/// Opens a file in its format, which its content tells.
fn records(path: &Path, choice: &ColumnChoice) -> Result<Opened, ReadError> {
    let source = Origin::new(path).open()?;
    let packing = source.packing;
    let records: Box<dyn Records> = match Kind::of(&source.prefix, path)? {
        Kind::Text => Box::new(DelimitedText::open(source, choice.delimiter)?),
        Kind::Zip | Kind::Ole => Box::new(Workbook::open(source, choice.sheet.as_deref())?),
        Kind::Json => Box::new(Json::open(source)?),
    };
    Ok(Opened { packing, records })
}

/// A file in its format.
struct Opened {
    packing: Option<Packing>,
    records: Box<dyn Records>,
}

/// A file of which is known how it is written, but not what its columns hold.
struct Start {
    path: PathBuf,
    packing: Option<Packing>,
    records: Box<dyn Records>,
    header: Header,
    /// The roles that the user gave to the columns.
    chosen: Vec<Option<Role>>,
    first_rows: Vec<Vec<String>>,
}

impl Start {
    fn open(path: &Path, choice: &ColumnChoice) -> Result<Self, ReadError> {
        let Opened { packing, mut records } = records(path, choice)?;
        let first = records.first();
        let chosen: Vec<&str> = choice.names().map(|(name, _)| name).collect();
        let header = match records.names() {
            Some(names) => Header::of_format(&names),
            None => Header::find(&first, &chosen),
        };
        records.skip_header(header.records.len());
        let first_rows = first.into_iter().skip(header.records.len()).take(FIRST_ROWS);
        Ok(Self {
            path: path.to_owned(),
            packing,
            first_rows: first_rows.collect(),
            chosen: choice.roles(&header.names, path)?,
            records,
            header,
        })
    }

    /// A sample of the rows that can be used: of all rows, or of the first where the file cannot be
    /// read twice. Empty where nothing is to be found in it.
    fn sample(&self) -> Result<RowSample, ReadError> {
        let mut sample = RowSample::default();
        if Meaning::is_given(&self.chosen) {
            return Ok(sample);
        }
        let mut records = self.records.rehearsal()?;
        records.skip_header(self.header.records.len());
        // What fails here fails again when the rows are read, and is told then.
        for Record { cells, .. } in records.map_while(Result::ok).flatten() {
            if !self.header.is_repeated_by(&cells) {
                sample.add(&cells);
            }
        }
        Ok(sample)
    }

    /// What the columns hold, given a sample of the files with the same column names.
    fn meaning(&self, sample: RowSample, choice: &ColumnChoice) -> Result<Meaning, ReadError> {
        Meaning::find(&self.path, &self.header.names, sample, choice, &self.chosen)
    }

    fn input(self, meaning: Meaning) -> Input {
        let roles = meaning.assigned.iter().map(|assigned| assigned.role);
        let columns = self.header.names.iter().cloned().zip(roles);
        let layout = Layout {
            packing: self.packing,
            format: self.records.format(),
            columns: columns.map(|(name, role)| Column { name, role }).collect(),
            rating_scale: meaning.notations.ratings.as_ref().map(|ratings| ratings.scale),
        };
        Input {
            path: self.path,
            unread: vec![Evidence::default(); layout.columns.len()],
            layout,
            first_rows: self.first_rows,
            assigned: meaning.assigned,
            header: self.header,
            notations: Arc::new(meaning.notations),
            doubts: meaning.doubts,
            records: self.records,
            failed: false,
        }
    }
}

impl Input {
    /// What is doubtful about the reading, as far as the input was read.
    pub fn doubts(&self) -> Vec<Doubt> {
        let columns = self.layout.columns.iter().zip(&self.unread);
        let unread = columns.filter(|(_, unread)| unread.count > 0).map(|(column, unread)| {
            Doubt::UnreadValues {
                column: column.name.clone(),
                role: column.role,
                evidence: unread.clone(),
            }
        });
        self.doubts.iter().cloned().chain(self.records.doubts()).chain(unread).collect()
    }

    /// Size and SHA-256 of what was read, once all of it was.
    pub fn fingerprint(&self) -> Option<&Fingerprint> {
        self.records.readings().fingerprint()
    }

    fn row(&mut self, record: Record) -> InputRow {
        if self.header.is_repeated_by(&record.cells) {
            let reason = "repeats the header; were several files joined?".to_owned();
            return InputRow::Reject(Reject { place: record.place, column: String::new(), reason });
        }
        InputRow::Feedback(self.feedback(record))
    }

    fn feedback(&mut self, Record { place, cells }: Record) -> Feedback {
        let own = Arc::clone(&self.notations);
        let filled = |cell: &str| Some(Some(cell.to_owned()));
        Feedback {
            place,
            id: self.value(&cells, Role::Id, filled),
            text_columns: self.text_columns(&cells),
            date: self.value(&cells, Role::Date, |cell| own.dates.read(cell)),
            nps: self.value(&cells, Role::Nps, |cell| own.likelihoods.read(cell)),
            rating: self.value(&cells, Role::Rating, |cell| own.ratings.as_ref()?.read(cell)),
            touchpoint: self.value(&cells, Role::Touchpoint, filled),
            cells,
        }
    }

    fn text_columns(&self, cells: &[String]) -> Vec<usize> {
        let columns = self.layout.columns.iter().zip(cells).enumerate();
        let texts =
            columns.filter(|(_, (own, cell))| own.role == Role::Text && !cell.trim().is_empty());
        texts.map(|(index, _)| index).collect()
    }

    /// What `parse` makes of the cell with this role, trimmed: nothing, that there is no value, or the
    /// value. Takes note of the filled cells of which it makes nothing.
    fn value<T>(
        &mut self,
        cells: &[String],
        role: Role,
        parse: impl Fn(&str) -> Option<Option<T>>,
    ) -> Option<T> {
        let column = self.layout.columns.iter().position(|column| column.role == role)?;
        let cell = cells[column].trim();
        if cell.is_empty() {
            return None;
        }
        let value = parse(cell);
        self.unread[column].look_at(cell, value.is_none());
        value.flatten()
    }

    fn name(&self, column: Option<usize>) -> String {
        let column = column.and_then(|column| self.layout.columns.get(column));
        column.map(|column| column.name.clone()).unwrap_or_default()
    }
}

impl Iterator for Input {
    type Item = Result<InputRow, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        match self.records.next()? {
            Ok(Ok(record)) => Some(Ok(self.row(record))),
            Ok(Err(Fault { place, column, reason })) => {
                let column = self.name(column);
                Some(Ok(InputRow::Reject(Reject { place, column, reason })))
            }
            Err(source) => {
                self.failed = true;
                Some(Err(ReadError::Io { path: self.path.clone(), source }))
            }
        }
    }
}
