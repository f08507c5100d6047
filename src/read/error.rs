//! What can go wrong before or while a file is read, and what to do about it.

use std::io;
use std::path::PathBuf;

/// An input that cannot be read. Single bad rows are [`Reject`](super::Reject)s instead.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is no such file.
    #[error("{}: no such file; check the path", path.display())]
    NotFound {
        /// The input.
        path: PathBuf,
    },
    /// The path is a folder.
    #[error("{}: is a folder; name the files in it", path.display())]
    Directory {
        /// The input.
        path: PathBuf,
    },
    /// Opening or reading failed: permissions, a broken disk, a damaged `.gz`.
    #[error("{}: cannot be read: {source}", path.display())]
    Io {
        /// The input.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Nothing in it, not even a header.
    #[error("{}: is empty; export it again with a header and rows", path.display())]
    Empty {
        /// The input.
        path: PathBuf,
    },
    /// Not text of delimited cells in UTF-8.
    #[error("{}: seems to be {seems}; {remedy}", path.display())]
    Format {
        /// The input.
        path: PathBuf,
        /// What the file looks like, with its article: "an Excel workbook".
        seems: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// A delimiter was named that cannot be one.
    #[error("{}: {delimiter:?} cannot delimit fields; name one ASCII character that is neither a quote nor a line break", path.display())]
    Delimiter {
        /// The input.
        path: PathBuf,
        /// What was named.
        delimiter: char,
    },
    /// A column was named that the file does not have.
    #[error("{}: no column {name:?}{}. Its columns are: {}",
        path.display(),
        nearest.as_ref().map(|nearest| format!("; did you mean {nearest:?}?")).unwrap_or_default(),
        quoted(columns))]
    UnknownColumn {
        /// The input.
        path: PathBuf,
        /// What was named.
        name: String,
        /// The column with the most similar name, if one is similar.
        nearest: Option<String>,
        /// All columns there are.
        columns: Vec<String>,
    },
    /// One column was named for two purposes.
    #[error("{}: column {name:?} is named for two roles; name it for one", path.display())]
    ColumnNamedTwice {
        /// The input.
        path: PathBuf,
        /// The column.
        name: String,
    },
    /// No column holds free text.
    #[error("{}: no column of free text found; name it with --text-column NAME. Its columns are:{}",
        path.display(),
        columns.iter().map(|(name, why)| format!("\n  {name:?}: {why}")).collect::<String>())]
    NoTextColumn {
        /// The input.
        path: PathBuf,
        /// Every column with the reason why it was not taken.
        columns: Vec<(String, String)>,
    },
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
}
