//! Files → their layouts and streams of rows.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::columns::{
    AssignedRole, Column, ColumnChoice, Header, Meaning, Notations, Role, RowSample, may_identify,
};
use super::delimited::DelimitedText;
use super::doubt::{Doubt, Evidence, InputKind};
use super::encoding::Encoding;
use super::error::ReadError;
use super::fingerprint::Fingerprint;
use super::format::{Fault, Record, Records};
use super::json::Json;
use super::kind::{Kind, TextKind};
use super::layout::Layout;
use super::mojibake::mended;
use super::repeated::{IdsSeen, settle};
use super::row::{Feedback, InputRow, Reject};
use super::rows::{Rows, told};
use super::source::{Origin, Packing, Source};
use super::typed::TypedTable;
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
    pub(super) notations: Arc<Notations>,
    rows: Rows,
    /// Rows that have come, those that cannot be used included.
    number: u64,
    /// Rows by number that a newer one of another input replaces.
    pub(super) replaced: HashSet<u64>,
    /// Doubts that the first look at the rows leaves.
    pub(super) doubts: Vec<Doubt>,
    /// Of each column, the filled cells that are not what it holds, of all that are filled.
    unread: Vec<Evidence>,
    failed: bool,
}

/// Opens one file; see [`open_all`].
///
/// # Errors
/// As [`open_all`].
pub fn open(path: &Path, choice: &ColumnChoice) -> Result<Input, ReadError> {
    let start = Start::open(path, choice, false)?;
    let sample = start.sample(None)?;
    let meaning = start.meaning(sample)?;
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
    let mut ids = (paths.len() > 1).then(IdsSeen::default);
    for (number, path) in paths.iter().enumerate() {
        let start = Start::open(path, choice, paths.len() > 1)?;
        let sample = start.sample(ids.as_mut().map(|ids| (ids, number)))?;
        samples.entry(start.header.names.clone()).or_default().merge(sample);
        starts.push(start);
    }
    require_names(&starts, choice)?;
    let mut meanings: BTreeMap<Vec<String>, Meaning> = BTreeMap::new();
    let mut inputs = Vec::with_capacity(starts.len());
    for start in starts {
        let meaning = match meanings.entry(start.header.names.clone()) {
            Entry::Occupied(entry) => entry.get().clone(),
            Entry::Vacant(entry) => {
                let sample = samples.remove(entry.key()).unwrap_or_default();
                entry.insert(start.meaning(sample)?).clone()
            }
        };
        inputs.push(start.input(meaning));
    }
    if let Some(ids) = ids {
        settle(&mut inputs, ids)?;
    }
    Ok(inputs)
}

/// A name that the user gives must be that of a column of some input.
fn require_names(starts: &[Start], choice: &ColumnChoice) -> Result<(), ReadError> {
    let Some(first) = starts.first() else { return Ok(()) };
    let lack = |name: &String| starts.iter().all(|start| start.missing.contains(name));
    match first.missing.iter().any(lack) {
        true => choice.roles(&first.header.names, &first.path).map(drop),
        false => Ok(()),
    }
}

/// Opens a file in its format, which its content tells.
fn records(path: &Path, choice: &ColumnChoice) -> Result<Opened, ReadError> {
    let source = Origin::new(path).open()?;
    let packing = source.packing;
    let (kind, encoding, records): (_, _, Box<dyn Records>) = match Kind::of(&source.prefix, path)?
    {
        Kind::Zip | Kind::Ole => {
            (InputKind::Workbook, None, Box::new(Workbook::open(source, choice)?))
        }
        Kind::Typed(kind) => (InputKind::Typed, None, Box::new(TypedTable::open(source, kind)?)),
        Kind::Text => {
            let encoding = Encoding::find(&source, choice.encoding.as_deref())?;
            let source = encoding.decode(source)?;
            let (kind, records) = text_records(source, &encoding, choice)?;
            (kind, Some(encoding), records)
        }
    };
    Ok(Opened { kind, packing, encoding, records })
}

/// Opens a text, decoded, in its format.
fn text_records(
    source: Source,
    encoding: &Encoding,
    choice: &ColumnChoice,
) -> Result<(InputKind, Box<dyn Records>), ReadError> {
    Ok(match TextKind::of(&source.prefix, &source.origin.path)? {
        TextKind::Delimited => {
            (InputKind::Delimited, Box::new(DelimitedText::open(source, encoding, choice)?))
        }
        TextKind::Json => (InputKind::Json, Box::new(Json::open(source, encoding)?)),
    })
}

/// A file in its format.
struct Opened {
    kind: InputKind,
    packing: Option<Packing>,
    /// Of text.
    encoding: Option<Encoding>,
    records: Box<dyn Records>,
}

/// A file of which is known how it is written, but not what its columns hold.
struct Start {
    /// Whether garbled letters are mended.
    mends: bool,
    /// Doubts that its first rows leave.
    doubts: Vec<Doubt>,
    path: PathBuf,
    packing: Option<Packing>,
    encoding: Option<Encoding>,
    records: Box<dyn Records>,
    header: Header,
    /// What the user says of its columns, and the names that are not among them.
    choice: ColumnChoice,
    missing: Vec<String>,
    /// The roles that the user gave to the columns.
    chosen: Vec<Option<Role>>,
    first_rows: Vec<Vec<String>>,
}

impl Start {
    /// Opens an input. Names of columns that one of `several` inputs does not have are no error.
    fn open(path: &Path, choice: &ColumnChoice, several: bool) -> Result<Self, ReadError> {
        let Opened { kind, packing, encoding, mut records } = records(path, choice)?;
        let mut first = records.first();
        if choice.fix_mojibake {
            for cell in first.iter_mut().flatten() {
                *cell = mended(cell).unwrap_or_else(|| std::mem::take(cell));
            }
        }
        let header = match records.names() {
            Some(names) => Header::of_format(&names),
            None => Header::find(&first, records.columns(), choice),
        };
        let stated = choice.header_rows.filter(|_| records.names().is_none());
        if stated.is_some_and(|rows| rows > header.records.len() as u64) {
            return Err(ReadError::HeaderRows {
                path: path.to_owned(),
                found: header.records.len() as u64,
            });
        }
        records.skip_header(header.len());
        let names_itself = records.names().is_some();
        let mut doubts = layout_doubts(&header, names_itself, choice, &first[header.len()..]);
        doubts.extend(encoding.as_ref().and_then(|own| own.doubt(&first)));
        doubts.extend(kind.unused(choice));
        let (choice, missing) = match several {
            true => choice.of_columns(&header.names),
            false => (choice.clone(), Vec::new()),
        };
        let input = InputKind::OtherColumns;
        doubts.extend(missing.iter().map(|own| Doubt::UnusedOption { option: own.clone(), input }));
        let first_rows = first.into_iter().skip(header.len()).take(FIRST_ROWS);
        Ok(Self {
            mends: choice.fix_mojibake,
            doubts,
            path: path.to_owned(),
            packing,
            encoding,
            first_rows: first_rows.collect(),
            chosen: choice.roles(&header.names, path)?,
            records,
            header,
            choice,
            missing,
        })
    }

    /// A sample of the rows that can be used: of all rows, or of the first where the file cannot be
    /// read twice. Empty where nothing is to be found in it.
    ///
    /// Looks at what may be ids of the input with this number, if they are asked for.
    fn sample(&self, mut ids: Option<(&mut IdsSeen, usize)>) -> Result<RowSample, ReadError> {
        let mut sample = RowSample::default();
        if Meaning::is_given(&self.chosen) {
            return Ok(sample);
        }
        let names = &self.header.names;
        let columns = if ids.is_some() { may_identify(names, &self.chosen) } else { Vec::new() };
        if let Some((ids, input)) = &mut ids {
            columns.iter().for_each(|&column| ids.start(*input, &names[column]));
        }
        let mut records = self.records.rehearsal()?;
        records.skip_header(self.header.len());
        let mut rows = Rows::new(records, self.header.shape.clone(), self.mends);
        // What fails here fails again when the rows are read, and is told then.
        for Record { cells, .. } in rows.by_ref().map_while(Result::ok).flatten() {
            if !self.header.is_repeated_by(&cells) {
                sample.add(&cells);
                if let Some((ids, input)) = &mut ids {
                    columns.iter().for_each(|&own| ids.look_at(*input, &names[own], &cells[own]));
                }
            }
        }
        Ok(sample.of_input())
    }

    /// What the columns hold, given a sample of the files with the same column names.
    fn meaning(&self, sample: RowSample) -> Result<Meaning, ReadError> {
        Meaning::find(&self.path, &self.header.names, sample, &self.choice, &self.chosen)
    }

    fn input(self, meaning: Meaning) -> Input {
        let roles = meaning.assigned.iter().map(|assigned| assigned.role);
        let columns = self.header.names.iter().cloned().zip(roles);
        let layout = Layout {
            packing: self.packing,
            encoding: self.encoding,
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
            rows: Rows::new(self.records, self.header.shape.clone(), self.mends),
            header: self.header,
            notations: Arc::new(meaning.notations),
            number: 0,
            replaced: HashSet::new(),
            doubts: self.doubts.into_iter().chain(meaning.doubts).collect(),
            failed: false,
        }
    }
}

/// What is doubtful about where the header is.
fn layout_doubts(
    header: &Header,
    names_itself: bool,
    choice: &ColumnChoice,
    below: &[Vec<String>],
) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if !header.titles.is_empty() {
        let mut evidence = Evidence::default();
        header.titles.iter().for_each(|title| evidence.look_at(&told(title), true));
        doubts.push(Doubt::TitleRows { evidence });
    }
    if names_itself || choice.header_rows.is_some() {
        return doubts;
    }
    match header.records.len() {
        0 => doubts.extend(below.first().map(|first| Doubt::NoHeader { first: first.clone() })),
        1 => {}
        rows => doubts.push(Doubt::HeaderRows { rows: rows as u64 }),
    }
    doubts
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
        self.doubts.iter().cloned().chain(self.rows.doubts()).chain(unread).collect()
    }

    /// The rows again from the first on, to look at; of a pipe, those that are at hand.
    pub(super) fn again(&self) -> Result<Rows, ReadError> {
        self.rows.again(self.header.len())
    }

    /// Size and SHA-256 of what was read, once all of it was.
    pub fn fingerprint(&self) -> Option<&Fingerprint> {
        self.rows.readings().fingerprint()
    }

    fn row(&mut self, record: Record) -> InputRow {
        if self.header.is_repeated_by(&record.cells) {
            let reason =
                "repeats the header, as where files were joined; nothing is lost".to_owned();
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
        let row = self.rows.next()?;
        self.number += 1;
        match row {
            Ok(Ok(record)) if self.replaced.contains(&self.number) => {
                Some(Ok(InputRow::Replaced(record.place)))
            }
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
