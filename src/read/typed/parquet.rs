//! Apache Parquet: columns, those within others by their path; lists joined.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use jiff::Timestamp;
use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit};
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use parquet::record::reader::RowIter;
use parquet::schema::types::Type;

use super::cell::{day, moment, time};
use super::{Names, Take};
use crate::read::prose::joined;
use crate::read::value::{number_text, truth_text};

/// Columns within columns, from which on they are written as they are.
const MAX_DEPTH: usize = 16;

/// What a field of the schema is in the table.
enum Node {
    /// A column by its number. Nanoseconds since 1970 are mere numbers to the reader of the format.
    Column { number: usize, is_nanoseconds: bool },
    /// The parts of a struct.
    Struct(Vec<Node>),
    /// The elements of a list.
    List(Box<Node>),
}

/// Names of the columns.
pub(super) fn names(bytes: &Arc<[u8]>) -> io::Result<Names> {
    Ok(vec![nodes(&open(bytes)?).1])
}

/// Hands the rows to `take` until it breaks.
pub(super) fn rows(bytes: &Arc<[u8]>, take: &mut Take) -> io::Result<()> {
    let file = open(bytes)?;
    let (nodes, names) = nodes(&file);
    for row in RowIter::from_file_into(Box::new(file)) {
        let row = row.map_err(told)?;
        let mut texts = vec![Vec::new(); names.len()];
        for (node, (_, field)) in nodes.iter().zip(row.get_column_iter()) {
            node.add(field, &mut texts);
        }
        if take(texts.into_iter().map(joined).collect()).is_break() {
            break;
        }
    }
    Ok(())
}

fn open(bytes: &Arc<[u8]>) -> io::Result<SerializedFileReader<Bytes>> {
    SerializedFileReader::new(Bytes::from_owner(Arc::clone(bytes))).map_err(told)
}

fn told(error: ParquetError) -> io::Error {
    match error {
        ParquetError::General(problem) | ParquetError::EOF(problem) => io::Error::other(problem),
        error => io::Error::other(error.to_string()),
    }
}

/// What the fields of the schema are, and the names of all columns.
fn nodes(file: &SerializedFileReader<Bytes>) -> (Vec<Node>, Vec<String>) {
    let mut names = Vec::new();
    let fields = file.metadata().file_metadata().schema().get_fields();
    let nodes = fields.iter().map(|field| Node::of(field, (0, field.name()), &mut names)).collect();
    (nodes, names)
}

impl Node {
    fn of(field: &Type, (depth, path): (usize, &str), names: &mut Vec<String>) -> Self {
        let info = field.get_basic_info();
        let is_repeated = info.has_repetition() && info.repetition() == Repetition::REPEATED;
        let is_list = info.converted_type() == ConvertedType::LIST
            || info.logical_type_ref() == Some(&LogicalType::List);
        let is_map =
            matches!(info.converted_type(), ConvertedType::MAP | ConvertedType::MAP_KEY_VALUE)
                || info.logical_type_ref() == Some(&LogicalType::Map);
        if !field.is_group() || is_map || depth > MAX_DEPTH {
            names.push(path.to_owned());
            let is_nanoseconds = matches!(
                info.logical_type_ref(),
                Some(LogicalType::Timestamp(time)) if time.unit == TimeUnit::NANOS
            );
            let column = Self::Column { number: names.len() - 1, is_nanoseconds };
            return if is_repeated { Self::List(Box::new(column)) } else { column };
        }
        if let (true, [list]) = (is_list, field.get_fields()) {
            let element = element(list);
            return Self::List(Box::new(Self::of(element, (depth + 1, path), names)));
        }
        let part = |part: &Arc<Type>| {
            Self::of(part, (depth + 1, &format!("{path}.{}", part.name())), names)
        };
        let parts = Self::Struct(field.get_fields().iter().map(part).collect());
        if is_repeated && depth == 0 { Self::List(Box::new(parts)) } else { parts }
    }

    /// Adds what a field says to the texts of its columns.
    fn add(&self, field: &Field, texts: &mut [Vec<String>]) {
        match (self, field) {
            (_, Field::Null) => {}
            (Self::List(element), Field::ListInternal(list)) => {
                list.elements().iter().for_each(|field| element.add(field, texts));
            }
            (Self::Struct(parts), Field::Group(row)) => {
                for (part, (_, field)) in parts.iter().zip(row.get_column_iter()) {
                    part.add(field, texts);
                }
            }
            (Self::Column { number, is_nanoseconds: true }, Field::Long(count)) => {
                texts[*number].push(moment(Timestamp::from_nanosecond(i128::from(*count))));
            }
            (Self::Column { number, .. }, field) => texts[*number].push(text(field)),
            (Self::List(element), field) => element.add(field, texts),
            (Self::Struct(parts), field) => {
                if let Some(first) = parts.first() {
                    first.add(field, texts);
                }
            }
        }
    }
}

/// The element of a list: older writers leave out the level between.
fn element(repeated: &Arc<Type>) -> &Arc<Type> {
    let is_level = repeated.is_group() && repeated.name() != "array";
    match (is_level, is_level.then(|| repeated.get_fields())) {
        (true, Some([element])) => element,
        _ => repeated,
    }
}

/// What a value says.
fn text(field: &Field) -> String {
    match field {
        Field::Null => String::new(),
        Field::Bool(truth) => truth_text(*truth),
        Field::Float16(number) => number_text(f64::from(*number)),
        // Its shortest digits: 4.4, not 4.400000095367432.
        Field::Float(number) => number_text(number.to_string().parse().unwrap_or(f64::NAN)),
        Field::Double(number) => number_text(*number),
        Field::Str(text) => text.clone(),
        Field::Bytes(bytes) => String::from_utf8_lossy(bytes.data()).into_owned(),
        Field::Date(days) => day(*days),
        Field::TimeMillis(count) => time(i64::from(*count) / 1_000),
        Field::TimeMicros(count) => time(*count / 1_000_000),
        Field::TimestampMillis(count) => moment(Timestamp::from_millisecond(*count)),
        Field::TimestampMicros(count) => moment(Timestamp::from_microsecond(*count)),
        other => other.to_string(),
    }
}
