//! The seam for file formats: what each of them yields, and what it says of itself.
//!
//! A format is a folder beside `delimited` that implements [`Records`]. Naming columns, finding
//! their roles, reading values and telling rejects are the same for all of them, and are done with
//! what is defined here.

use std::io;
use std::sync::Arc;

use super::cells::Cells;
use super::doubt::Doubt;
use super::error::ReadError;
use super::fingerprint::Readings;
use super::typed::TypedKind;
use super::workbook::{Sheets, WorkbookKind};

/// Where a record stands in its input. Which input that is, the [`Input`](super::Input) knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Sheet of a workbook; none in a file without sheets.
    pub sheet: Option<Arc<str>>,
    /// Number of the record in the file or sheet, from 1. The header and records that cannot be
    /// used count.
    pub record: u64,
    /// Line of the file or row of the sheet on which it starts, from 1. Of a record that cannot be
    /// used, the line at fault.
    pub line: u64,
}

/// How an input is written.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Text with cells between delimiters: CSV, TSV.
    Delimited {
        /// Field delimiter; none in a file of one column.
        delimiter: Option<String>,
        /// What quotes fields. None for tab-separated files in which quotes are mere characters.
        quote: Option<char>,
        /// Whether a backslash stands before a quote within a quoted field, instead of a second quote.
        backslash: bool,
    },
    /// A workbook.
    Workbook {
        /// Of which program.
        kind: WorkbookKind,
        /// Its sheets.
        sheets: Sheets,
    },
    /// JSON.
    Json {
        /// Where its records are, in words.
        records: String,
    },
    /// Columns with names and types.
    Typed {
        /// Of which program.
        kind: TypedKind,
    },
}

/// The cells of a record as text, as many as the format knows columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) place: Place,
    pub(crate) cells: Vec<String>,
}

/// A record that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) place: Place,
    /// Index of the cell at fault; none if the whole record is.
    pub(crate) column: Option<usize>,
    /// What is wrong and what to do.
    pub(crate) reason: String,
}

/// An open input of some format: an iterator over its records, one in memory at a time. An error
/// is the end of it.
pub(crate) trait Records: Iterator<Item = io::Result<Result<Record, Fault>>> + Send {
    /// How the input is written.
    fn format(&self) -> Format;

    /// Makes `cells` those of the next record, of which no strings are made where it is only looked at.
    fn next_into(&mut self, cells: &mut Cells) -> Option<io::Result<Result<Place, Fault>>> {
        Some(self.next()?.map(|record| {
            let Record { place, cells: own } = record?;
            cells.clear();
            own.iter().for_each(|cell| cells.push(cell));
            Ok(place)
        }))
    }

    /// All readings of the input's bytes: each tells there what it has read.
    fn readings(&self) -> &Readings;

    /// What is doubtful about how the input is read, as far as it was: more may come with every record.
    /// What is counted in it counts the records taken from here.
    fn doubts(&self) -> Vec<Doubt> {
        Vec::new()
    }

    /// The names of the columns, and rows of what explains them, if the format itself has a place for
    /// them. Where it has none, the first records may be a header.
    fn names(&self) -> Option<Vec<Vec<String>>> {
        None
    }

    /// How many columns the table has, which is more than a title above it may have.
    fn columns(&self) -> usize {
        self.first().first().map_or(0, Vec::len)
    }

    /// Cells of the first records, with replacement characters for what is no text: enough to tell
    /// a header from rows, and no more than fit in memory.
    fn first(&self) -> Vec<Vec<String>>;

    /// Leaves out as many of the records that can be divided into cells: the header. To be called
    /// before the first record is taken.
    fn skip_header(&mut self, records: usize);

    /// The records again from the first on, to look at before these are read: all of them, or the
    /// first where the input can be read only once, as a pipe.
    fn rehearsal(&self) -> Result<Box<dyn Records>, ReadError>;
}

impl Format {
    /// What people want to know of it: what, and how it is.
    pub(crate) fn facts(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Delimited { delimiter, quote, backslash } => {
                let quotes = match quote {
                    Some(quote) if *backslash => {
                        format!("{quote} wraps fields, \\{quote} is one within")
                    }
                    Some(quote) => format!("{quote} wraps fields"),
                    None => "none: \" is a character".to_owned(),
                };
                let one_column = || "none: one column".to_owned();
                let delimiter = delimiter.as_deref().map_or_else(one_column, delimiter_name);
                vec![("delimiter", delimiter), ("quoting", quotes)]
            }
            Self::Workbook { kind, sheets } => sheet_facts(*kind, sheets),
            Self::Json { records } => {
                vec![("format", "JSON".to_owned()), ("records", records.clone())]
            }
            Self::Typed { kind } => vec![("format", kind.name().to_owned())],
        }
    }
}

fn sheet_facts(kind: WorkbookKind, sheets: &Sheets) -> Vec<(&'static str, String)> {
    let quoted = |names: &[String]| {
        names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
    };
    let same = if sheets.read.len() > 1 { " (the same columns)" } else { "" };
    let mut facts = vec![
        ("format", kind.name().to_owned()),
        (if same.is_empty() { "sheet" } else { "sheets" }, quoted(&sheets.read) + same),
    ];
    if !sheets.unread.is_empty() {
        facts.push(("not read", format!("{}; --sheet NAME reads one", quoted(&sheets.unread))));
    }
    if !sheets.hidden.is_empty() {
        facts.push(("hidden", quoted(&sheets.hidden)));
    }
    if sheets.error_cells > 0 {
        let errors = format!("{} cells such as #N/A are read as empty", sheets.error_cells);
        facts.push(("errors", errors));
    }
    facts
}

fn delimiter_name(delimiter: &str) -> String {
    match delimiter {
        "," => "comma".to_owned(),
        ";" => "semicolon".to_owned(),
        "\t" => "tab".to_owned(),
        "|" => "vertical bar".to_owned(),
        other => format!("{other:?}"),
    }
}
