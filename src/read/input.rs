//! Files → their layouts and streams of rows.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use super::choice::ColumnChoice;
use super::column::ColumnSample;
use super::dialect;
use super::header::Header;
use super::record::{Dialect, Fault, Record, RecordReader};
use super::role::{self, Assignment};
use super::sample::Sample;
use super::source::{Source, is_repeatable};
use super::value::{self, DateOrder};
use super::{Answer, Feedback, Layout, ReadError, Reject, Role, encoding};

/// What an input row came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A row that can be used.
    Feedback(Feedback),
    /// A row that cannot.
    Reject(Reject),
}

/// An open input: an iterator over its rows, one in memory at a time. After an error it ends.
pub struct Input {
    /// Where it was opened.
    pub path: PathBuf,
    /// How it is laid out.
    pub layout: Layout,
    pub(super) assigned: Vec<Assignment>,
    pub(super) first_rows: Vec<Vec<String>>,
    pub(super) header: Header,
    date_order: DateOrder,
    records: Box<dyn Iterator<Item = io::Result<Result<Record, Fault>>> + Send>,
    ignored: Vec<u64>,
    failed: bool,
}

/// Opens one file; see [`open_all`].
///
/// # Errors
/// As [`open_all`].
pub fn open(path: &Path, choice: &ColumnChoice) -> Result<Input, ReadError> {
    let (start, sample) = Start::read(path, choice)?;
    let meaning = Meaning::find(&start, sample, choice)?;
    Ok(start.input(meaning))
}

/// Opens CSV or TSV files, gzipped or not (`-` is standard input), and finds their layouts.
///
/// Encoding, dialect and header are found in the first 256 KiB of each file. The roles of columns,
/// the rating scale and the order of day and month are found in a sample of the rows of all files
/// with the same column names: neither the order of rows nor a split into files changes them. For
/// that, files are read once in full. Pipes, which cannot be read twice, contribute the rows of
/// their first 256 KiB.
///
/// # Errors
/// If a file cannot be read, is empty, is not delimited text in UTF-8, lacks a column that
/// `choice` names, or has no column of free text.
pub fn open_all(paths: &[PathBuf], choice: &ColumnChoice) -> Result<Vec<Input>, ReadError> {
    let mut starts = Vec::with_capacity(paths.len());
    let mut samples: BTreeMap<Vec<String>, Sample> = BTreeMap::new();
    for path in paths {
        let (start, sample) = Start::read(path, choice)?;
        samples.entry(start.header.names.clone()).or_default().merge(sample);
        starts.push(start);
    }
    let mut meanings: BTreeMap<Vec<String>, Meaning> = BTreeMap::new();
    let mut inputs = Vec::with_capacity(starts.len());
    for start in starts {
        let meaning = match meanings.entry(start.header.names.clone()) {
            Entry::Occupied(entry) => entry.get().clone(),
            Entry::Vacant(entry) => {
                let sample = samples.remove(entry.key()).unwrap_or_default();
                entry.insert(Meaning::find(&start, sample, choice)?).clone()
            }
        };
        inputs.push(start.input(meaning));
    }
    Ok(inputs)
}

/// A file of which is known how it is written, but not what its columns hold.
struct Start {
    path: PathBuf,
    source: Source,
    dialect: Dialect,
    /// The line on which the source starts.
    first_line: u64,
    header: Header,
    /// The roles that the user gave to the columns.
    chosen: Vec<Option<Role>>,
    first_rows: Vec<Vec<String>>,
}

/// What the columns hold: the same for all files with the same column names.
#[derive(Clone)]
struct Meaning {
    assigned: Vec<Assignment>,
    rating_scale: Option<(f64, f64)>,
    date_order: DateOrder,
}

impl Start {
    fn read(path: &Path, choice: &ColumnChoice) -> Result<(Self, Sample), ReadError> {
        let mut source = Source::open(path)?;
        encoding::check(&source.prefix, path)?;
        let hint = take_delimiter_hint(&mut source.prefix);
        let named = match choice.delimiter {
            Some(delimiter) => Some(valid_delimiter(delimiter, path)?),
            None => hint,
        };
        let dialect = dialect::sniff(&source.prefix, !source.complete, named);
        let records = first_records(&source, dialect);
        let text = |cell: &Vec<u8>| String::from_utf8_lossy(cell).into_owned();
        let rows: Vec<Vec<String>> =
            records.iter().map(|record| record.cells.iter().map(text).collect()).collect();
        let chosen: Vec<&str> = choice.names().map(|(name, _)| name).collect();
        let header = Header::find(&rows, &chosen);
        let first_rows = rows.into_iter().skip(header.records()).take(3);
        let start = Self {
            path: path.to_owned(),
            first_line: if hint.is_some() { 2 } else { 1 },
            first_rows: first_rows.collect(),
            chosen: choice.roles(&header.names, path)?,
            source,
            dialect,
            header,
        };
        let sample = start.sample(records)?;
        Ok((start, sample))
    }

    /// A sample of the rows that can be used: of all rows, or of the first records where the file
    /// cannot be read twice.
    fn sample(&self, first: Vec<Record>) -> Result<Sample, ReadError> {
        let mut sample = Sample::default();
        let add = |record| {
            if let Ok((_, cells)) = self.header.row(record) {
                sample.add(&cells);
            }
        };
        if !self.source.complete && is_repeatable(&self.path) {
            let mut source = Source::open(&self.path)?;
            take_delimiter_hint(&mut source.prefix);
            // What fails here fails again when the rows are read, and is told then.
            let records = records(source, self.dialect, self.first_line, &self.header);
            records.map_while(Result::ok).flatten().for_each(add);
        } else {
            first.into_iter().skip(self.header.records()).for_each(add);
        }
        Ok(sample)
    }

    fn input(self, meaning: Meaning) -> Input {
        let layout = Layout {
            delimiter: char::from(self.dialect.delimiter),
            quoting: self.dialect.quoting,
            byte_order_mark: self.source.byte_order_mark,
            rating_scale: meaning.rating_scale,
            columns: role::columns(self.header.names.clone(), &meaning.assigned),
        };
        Input {
            records: Box::new(records(self.source, self.dialect, self.first_line, &self.header)),
            path: self.path,
            ignored: vec![0; layout.columns.len()],
            layout,
            first_rows: self.first_rows,
            assigned: meaning.assigned,
            header: self.header,
            date_order: meaning.date_order,
            failed: false,
        }
    }
}

impl Meaning {
    /// Finds it in a sample of the rows of `start` and of the files with the same column names.
    fn find(start: &Start, sample: Sample, choice: &ColumnChoice) -> Result<Self, ReadError> {
        let (names, rows) = (&start.header.names, sample.into_rows());
        let assigned = role::assign(names, &rows, choice, &start.chosen);
        if !assigned.iter().any(|assignment| assignment.role == Role::Text) {
            let reasons = assigned.into_iter().map(|assignment| assignment.reason);
            let columns = names.iter().cloned().zip(reasons).collect();
            return Err(ReadError::NoTextColumn { path: start.path.clone(), columns });
        }
        let position = |role| assigned.iter().position(|assignment| assignment.role == role);
        let column = |role| position(role).map(|column| ColumnSample::new(&rows, column));
        let rating_scale = column(Role::Rating).map(|column| role::rating_scale(&column));
        let date_order =
            column(Role::Date).map_or(DateOrder::DayFirst, |column| column.date_order());
        Ok(Self { assigned, rating_scale, date_order })
    }
}

/// The records of a source, the header aside.
fn records(
    source: Source,
    dialect: Dialect,
    first_line: u64,
    header: &Header,
) -> impl Iterator<Item = io::Result<Result<Record, Fault>>> + Send + use<> {
    let bytes = Cursor::new(source.prefix).chain(source.rest);
    RecordReader::new(bytes, dialect, first_line).skip(header.records())
}

/// The complete records of the prefix.
fn first_records(source: &Source, dialect: Dialect) -> Vec<Record> {
    let read = |partial| {
        let records = RecordReader::new(&source.prefix[..], dialect, 1).partial(partial);
        records.flatten().flatten().collect::<Vec<_>>()
    };
    let complete = read(!source.complete);
    if complete.is_empty() { read(false) } else { complete }
}

/// Takes away a first line such as `sep=;`, which states the delimiter for Excel.
fn take_delimiter_hint(prefix: &mut Vec<u8>) -> Option<u8> {
    let (delimiter, length) = delimiter_hint(prefix)?;
    prefix.drain(..length);
    Some(delimiter)
}

/// The delimiter that a first line `sep=;` states for Excel, and the length of that line.
fn delimiter_hint(prefix: &[u8]) -> Option<(u8, usize)> {
    let rest = prefix.strip_prefix(b"sep=").or_else(|| prefix.strip_prefix(b"SEP="))?;
    let (&delimiter, rest) = rest.split_first()?;
    match rest {
        [b'\n', ..] => Some((delimiter, 6)),
        [b'\r', b'\n', ..] => Some((delimiter, 7)),
        _ => None,
    }
}

fn valid_delimiter(delimiter: char, path: &Path) -> Result<u8, ReadError> {
    match u8::try_from(delimiter) {
        Ok(byte) if byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r' | 0) => Ok(byte),
        _ => Err(ReadError::Delimiter { path: path.to_owned(), delimiter }),
    }
}

impl Input {
    /// Columns with cells that are filled but cannot be read as the date, the NPS or the rating
    /// that they should hold, and how many such cells were met so far. The rows count without them.
    pub fn ignored_values(&self) -> Vec<(&str, u64)> {
        let names = self.layout.columns.iter().map(|column| column.name.as_str());
        names.zip(self.ignored.iter().copied()).filter(|&(_, count)| count > 0).collect()
    }

    fn row(&mut self, record: Record) -> Row {
        match self.header.row(record) {
            Ok((line, cells)) => Row::Feedback(self.feedback(line, cells)),
            Err(reject) => Row::Reject(reject),
        }
    }

    fn feedback(&mut self, line: u64, cells: Vec<String>) -> Feedback {
        let (order, scale) = (self.date_order, self.layout.rating_scale);
        let rated = |cell: &str| {
            let (low, high) = scale?;
            value::score(cell).filter(|score| (low..=high).contains(score))
        };
        let filled = |cell: &str| Some(cell.trim().to_owned());
        Feedback {
            line,
            id: self.value(&cells, Role::Id, filled),
            answers: self.answers(&cells),
            date: self.value(&cells, Role::Date, |cell| value::date(cell, order)),
            nps: self.value(&cells, Role::Nps, value::nps),
            rating: self.value(&cells, Role::Rating, rated),
            source: self.value(&cells, Role::Source, filled),
            touchpoint: self.value(&cells, Role::Touchpoint, filled),
            cells,
        }
    }

    fn answers(&self, cells: &[String]) -> Vec<Answer> {
        let texts = cells.iter().enumerate().filter(|&(column, cell)| {
            self.layout.columns[column].role == Role::Text && !cell.trim().is_empty()
        });
        texts.map(|(column, cell)| Answer { column, text: cell.clone() }).collect()
    }

    /// What `parse` makes of the cell with this role; counts the filled cells of which it makes
    /// nothing.
    fn value<T>(
        &mut self,
        cells: &[String],
        role: Role,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let column = self.layout.columns.iter().position(|column| column.role == role)?;
        let cell = cells[column].trim();
        let value = Some(cell).filter(|cell| !cell.is_empty()).and_then(parse);
        self.ignored[column] += u64::from(value.is_none() && !cell.is_empty());
        value
    }

    fn name(&self, column: usize) -> String {
        self.layout.columns.get(column).map(|column| column.name.clone()).unwrap_or_default()
    }
}

impl Iterator for Input {
    type Item = Result<Row, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        match self.records.next()? {
            Ok(Ok(record)) => Some(Ok(self.row(record))),
            Ok(Err(Fault { line, column, reason })) => {
                Some(Ok(Row::Reject(Reject { line, column: self.name(column), reason })))
            }
            Err(source) => {
                self.failed = true;
                Some(Err(ReadError::Io { path: self.path.clone(), source }))
            }
        }
    }
}
