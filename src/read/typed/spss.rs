//! SPSS: variables by name and question, values by label.

use std::collections::BTreeMap;
use std::io::{self, Cursor};
use std::sync::Arc;

use ambers::{MissingSpec, Scanner, SpssMetadata, Value, scan_sav_from_reader};
use arrow_array::{Array, RecordBatch, cast::AsArray, types};
use jiff::Timestamp;

use super::cell::{day, moment, time};
use super::{Names, Take};
use crate::read::value::number_text;

/// Rows that are decoded together: a text may have 32,767 bytes in each.
const BATCH: usize = 256;

/// What a variable's values stand for.
struct Variable {
    labels: Labels,
    missing: Vec<MissingSpec>,
}

/// Labels of values: of numbers as SPSS writes them in 64 bits, of texts.
#[derive(Default)]
struct Labels {
    numbers: BTreeMap<u64, String>,
    texts: BTreeMap<String, String>,
}

/// Names of the variables, and below them their labels: the questions.
pub(super) fn names(bytes: &Arc<[u8]>) -> io::Result<Names> {
    let scanner = open(bytes)?;
    let about = scanner.metadata();
    let label = |name: &String| about.label(name).unwrap_or_default().to_owned();
    Ok(vec![about.variable_names.clone(), about.variable_names.iter().map(label).collect()])
}

/// Hands the rows to `take` until it breaks.
pub(super) fn rows(bytes: &Arc<[u8]>, take: &mut Take) -> io::Result<()> {
    let mut scanner = open(bytes)?;
    let about = scanner.metadata();
    let names = about.variable_names.iter();
    let variables: Vec<Variable> = names.map(|name| Variable::of(name, about)).collect();
    while let Some(batch) = scanner.next_batch().map_err(io::Error::other)? {
        for row in 0..batch.num_rows() {
            let cell = |(column, own): (usize, &Variable)| own.cell(&batch, (row, column));
            if take(variables.iter().enumerate().map(cell).collect()).is_break() {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn open(bytes: &Arc<[u8]>) -> io::Result<Scanner<Cursor<Arc<[u8]>>>> {
    scan_sav_from_reader(Cursor::new(Arc::clone(bytes)), BATCH).map_err(io::Error::other)
}

impl Variable {
    fn of(name: &str, about: &SpssMetadata) -> Self {
        let missing = about.variable_missing_values.get(name).cloned().unwrap_or_default();
        let mut labels = Labels::default();
        for (value, label) in about.value_labels(name).into_iter().flatten() {
            match value {
                Value::Numeric(number) if is_missing(*number, &missing) => {}
                Value::Numeric(number) => {
                    labels.numbers.insert(key(*number), label.trim().to_owned());
                }
                Value::String(text) => {
                    labels.texts.insert(text.trim_end().to_owned(), label.trim().to_owned());
                }
            }
        }
        if labels.are_of_ends() {
            labels.numbers.clear();
        }
        Self { labels, missing }
    }

    /// What stands at a row and a column of a batch. A value that the researcher declared missing is
    /// none.
    fn cell(&self, batch: &RecordBatch, (row, column): (usize, usize)) -> String {
        let values = batch.column(column);
        if values.is_null(row) {
            return String::new();
        }
        if let Some(numbers) = values.as_primitive_opt::<types::Float64Type>() {
            return self.number(numbers.value(row));
        }
        if let Some(texts) = values.as_string_view_opt() {
            return self.text(texts.value(row).trim_end());
        }
        if let Some(days) = values.as_primitive_opt::<types::Date32Type>() {
            return day(days.value(row));
        }
        if let Some(moments) = values.as_primitive_opt::<types::TimestampMicrosecondType>() {
            return moment(Timestamp::from_microsecond(moments.value(row)));
        }
        if let Some(spans) = values.as_primitive_opt::<types::DurationMicrosecondType>() {
            return time(spans.value(row) / 1_000_000);
        }
        String::new()
    }

    fn number(&self, number: f64) -> String {
        if is_missing(number, &self.missing) {
            return String::new();
        }
        self.labels.numbers.get(&key(number)).cloned().unwrap_or_else(|| number_text(number))
    }

    fn text(&self, text: &str) -> String {
        let is_missing = |spec: &MissingSpec| match spec {
            MissingSpec::StringValue(missing) => missing.trim_end() == text && !text.is_empty(),
            _ => false,
        };
        if self.missing.iter().any(is_missing) {
            return String::new();
        }
        self.labels.texts.get(text).cloned().unwrap_or_else(|| text.to_owned())
    }
}

impl Labels {
    /// Whether they name the ends of a scale, or say the numbers again: then the numbers tell more.
    fn are_of_ends(&self) -> bool {
        let numbers = self.numbers.keys().map(|&bits| f64::from_bits(bits));
        let range = numbers.clone().fold(None, |range: Option<(f64, f64)>, number| {
            let (low, high) = range.unwrap_or((number, number));
            Some((low.min(number), high.max(number)))
        });
        let has_gaps =
            range.is_some_and(|(low, high)| high - low + 1.0 > self.numbers.len() as f64);
        let says_number = |(&bits, label): (&u64, &String)| {
            let number = number_text(f64::from_bits(bits));
            label.split(|c: char| !c.is_ascii_digit() && c != '-').any(|part| part == number)
        };
        has_gaps || self.numbers.iter().all(says_number)
    }
}

fn is_missing(number: f64, missing: &[MissingSpec]) -> bool {
    missing.iter().any(|spec| match spec {
        MissingSpec::Value(value) => *value == number,
        MissingSpec::Range { lo, hi } => (*lo..=*hi).contains(&number),
        MissingSpec::StringValue(_) => false,
    })
}

/// A number as it is told from others; both zeros are one.
fn key(number: f64) -> u64 {
    (number + 0.0).to_bits()
}
