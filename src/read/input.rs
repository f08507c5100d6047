//! A file → its layout and a stream of rows.

use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};

use super::choice::ColumnChoice;
use super::column::ColumnSample;
use super::dialect;
use super::record::{Dialect, Fault, Record, RecordReader};
use super::role::{self, Assignment};
use super::source::Source;
use super::value::{self, DateOrder};
use super::{Answer, Feedback, Layout, ReadError, Reject, Role, encoding, header};

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
    /// The cells of the header, if there is one.
    pub(super) header: Option<Vec<String>>,
    date_order: DateOrder,
    records: Box<dyn Iterator<Item = io::Result<Result<Record, Fault>>> + Send>,
    ignored: Vec<u64>,
    failed: bool,
}

/// Opens a CSV or TSV file, gzipped or not (`-` is standard input), and finds its layout in the
/// first 256 KiB.
///
/// # Errors
/// If the file cannot be read, is empty, is not delimited text in UTF-8, lacks a column that
/// `choice` names, or has no column of free text.
pub fn open(path: &Path, choice: &ColumnChoice) -> Result<Input, ReadError> {
    let mut source = Source::open(path)?;
    encoding::check(&source.prefix, path)?;
    let hint = delimiter_hint(&source.prefix);
    let first_line = if let Some((_, length)) = hint {
        source.prefix.drain(..length);
        2
    } else {
        1
    };
    let named = match choice.delimiter {
        Some(delimiter) => Some(valid_delimiter(delimiter, path)?),
        None => hint.map(|(delimiter, _)| delimiter),
    };
    let dialect = dialect::sniff(&source.prefix, !source.complete, named);
    let sample = sample(&source, dialect);
    let chosen: Vec<&str> = choice.names().map(|(name, _)| name).collect();
    let has_header = header::is_first(&sample, &chosen);
    let columns = match sample.first() {
        Some(first) if has_header => header::names(first),
        Some(first) => header::names(&vec![String::new(); first.len()]),
        None => Vec::new(),
    };
    let rows = sample.get(usize::from(has_header)..).unwrap_or_default();
    let chosen = choice.roles(&columns, path)?;
    let assigned = role::assign(&columns, rows, choice, &chosen);
    if !assigned.iter().any(|assignment| assignment.role == Role::Text) {
        let reasons = assigned.into_iter().map(|assignment| assignment.reason);
        let columns = columns.into_iter().zip(reasons).collect();
        return Err(ReadError::NoTextColumn { path: path.to_owned(), columns });
    }
    let position = |role| assigned.iter().position(|assignment| assignment.role == role);
    let sample_of = |role| position(role).map(|column| ColumnSample::new(rows, column));
    let layout = Layout {
        delimiter: char::from(dialect.delimiter),
        quoting: dialect.quoting,
        byte_order_mark: source.byte_order_mark,
        rating_scale: sample_of(Role::Rating).map(|sample| role::rating_scale(&sample)),
        columns: role::columns(columns, &assigned),
    };
    let date_order =
        sample_of(Role::Date).map_or(DateOrder::DayFirst, |sample| sample.date_order());
    let bytes = Cursor::new(source.prefix).chain(source.rest);
    let records = RecordReader::new(bytes, dialect, first_line).skip(usize::from(has_header));
    Ok(Input {
        path: path.to_owned(),
        ignored: vec![0; layout.columns.len()],
        layout,
        first_rows: rows.iter().take(3).cloned().collect(),
        assigned,
        header: sample.first().filter(|_| has_header).cloned(),
        date_order,
        records: Box::new(records),
        failed: false,
    })
}

/// The complete records of the prefix.
fn sample(source: &Source, dialect: Dialect) -> Vec<Vec<String>> {
    let read = |partial| {
        let records = RecordReader::new(&source.prefix[..], dialect, 1).partial(partial);
        let records = records.flatten().flatten();
        let text = |cell: &Vec<u8>| String::from_utf8_lossy(cell).into_owned();
        records.map(|record| record.cells.iter().map(text).collect()).collect::<Vec<_>>()
    };
    let complete = read(!source.complete);
    if complete.is_empty() { read(false) } else { complete }
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
        match self.cells(record) {
            Ok((line, cells)) => Row::Feedback(self.feedback(line, cells)),
            Err(reject) => Row::Reject(reject),
        }
    }

    /// Makes text of a record of the right length.
    fn cells(&self, record: Record) -> Result<(u64, Vec<String>), Reject> {
        let Record { line, cells } = record;
        let expected = self.layout.columns.len();
        if !header::fits(&cells, expected) {
            let found = cells.len();
            let reason = format!(
                "{found} fields where {expected} are expected; quote fields that contain the \
                 delimiter or a line break"
            );
            return Err(Reject { line, column: String::new(), reason });
        }
        let cells = cells.into_iter().take(expected).enumerate();
        let cells = cells.map(|(column, bytes)| {
            text(bytes).map_err(|reason| Reject { line, column: self.name(column), reason })
        });
        let cells: Vec<String> = cells.collect::<Result<_, _>>()?;
        if expected > 1 && self.header.as_ref() == Some(&cells) {
            let reason = "repeats the header; were several files joined?".to_owned();
            return Err(Reject { line, column: String::new(), reason });
        }
        Ok((line, cells))
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

/// Makes text of a cell, or says what is wrong with it.
fn text(bytes: Vec<u8>) -> Result<String, String> {
    if let Some(at) = bytes.iter().position(|&b| b == 0) {
        return Err(format!("NUL at byte {} of the cell; export the file again", at + 1));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to() + 1;
        format!("invalid UTF-8 from byte {at} of the cell on; save the file as CSV UTF-8")
    })
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
