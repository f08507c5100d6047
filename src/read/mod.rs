//! Input files → rows: dialect, column roles, feedback and rejects.
//!
//! [`open_all`] finds the [`Layout`] of files and returns an [`Input`] for each that streams
//! [`Row`]s. The start of a file tells how it is written; a sample of all rows of all files tells
//! what the columns hold, so that neither the order of rows nor a split into files matters. A file format is whatever yields records of cells; column roles, values and
//! rejects are the same for all of them.

mod choice;
mod column;
mod dialect;
mod encoding;
mod error;
mod header;
mod input;
pub mod inspect;
mod name;
mod record;
mod role;
mod sample;
mod source;
mod value;
#[rustfmt::skip]
mod vocabulary;

#[cfg(test)]
mod tests;

use jiff::civil::Date;

pub use choice::ColumnChoice;
pub use error::ReadError;
pub use input::{Input, Row, open, open_all};
pub use record::MAX_CELL_BYTES;

/// What a column holds. Found by name and content, or named on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Free text to analyse; a file may have several.
    Text,
    /// Identifies the feedback.
    Id,
    /// The day on which the feedback was given.
    Date,
    /// A likelihood to recommend from 0 to 10.
    Nps,
    /// A satisfaction rating: stars, CSAT, school marks are not supported.
    Rating,
    /// Where the feedback came from: channel, platform, survey.
    Source,
    /// Names the touchpoint, and wins over what the text says.
    Touchpoint,
    /// A group of customers: region, product, customer type.
    Segment,
    /// Read and passed through to `feedback.csv`, and not used.
    Other,
}

/// One text cell of a feedback.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Index into [`Layout::columns`].
    pub column: usize,
    /// The cell exactly as it was read; the byte spans of mentions point into it.
    pub text: String,
}

/// One record of feedback: an input row with at least one text column, which may be empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Feedback {
    /// Line of the input file on which the record starts, from 1.
    pub line: u64,
    /// The cell of the id column, trimmed, if there is one and it is not empty.
    pub id: Option<String>,
    /// The non-empty text cells, in column order. Empty if the customer wrote nothing.
    pub answers: Vec<Answer>,
    /// The day of the feedback.
    pub date: Option<Date>,
    /// Likelihood to recommend, 0 to 10.
    pub nps: Option<u8>,
    /// Rating as the file gives it, within [`Layout::rating_scale`].
    pub rating: Option<f64>,
    /// Channel or platform.
    pub source: Option<String>,
    /// The touchpoint that the row itself names.
    pub touchpoint: Option<String>,
    /// All cells in column order, as read; as many as [`Layout::columns`].
    pub cells: Vec<String>,
}

/// A column of an input file.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Column {
    /// Header as in the file, trimmed; `column_N` (from 1) where the header is blank. The second
    /// column called `comment` is `comment_2`: no two columns of a file have the same name.
    pub name: String,
    /// What it holds.
    pub role: Role,
}

/// How an input file is laid out.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Layout {
    /// Field delimiter.
    pub delimiter: char,
    /// Whether `"` quotes fields. False for tab-separated files in which quotes are mere characters.
    pub quoting: bool,
    /// Whether the file starts with a UTF-8 byte order mark.
    pub byte_order_mark: bool,
    /// The columns in file order.
    pub columns: Vec<Column>,
    /// Lowest and highest rating, if a column has [`Role::Rating`].
    pub rating_scale: Option<(f64, f64)>,
}

/// A row that could not be used, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Reject {
    /// Line of the input file on which the record starts, from 1.
    pub line: u64,
    /// Name of the column at fault; empty if the whole row is.
    pub column: String,
    /// What is wrong and what to do, in one sentence.
    pub reason: String,
}
