//! What can go wrong before or while a file is read, and what to do about it.

use std::io;
use std::path::PathBuf;

use crate::visible::visible_path;

/// An input that cannot be read. Single bad rows are [`Reject`](super::Reject)s instead.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is no such file.
    #[error("{}: no such file; check the path", visible_path(path))]
    NotFound {
        /// The input.
        path: PathBuf,
    },
    /// The path is a folder.
    #[error("{}: is a folder; name the files in it", visible_path(path))]
    Directory {
        /// The input.
        path: PathBuf,
    },
    /// A folder has nothing in it that is read.
    #[error(
        "{}: this folder holds no file of feedback (.csv, .tsv, .txt, .xlsx, .ods, .json, .jsonl or the like, \
         packed or not); name the files, or the folder within it",
        visible_path(path)
    )]
    EmptyFolder {
        /// The folder.
        path: PathBuf,
    },
    /// A pattern matches nothing.
    #[error("{}: no file matches this pattern; check the path", visible_path(path))]
    NoMatch {
        /// The pattern.
        path: PathBuf,
    },
    /// Opening or reading failed: permissions, a broken disk, a damaged `.gz`.
    #[error("{}: cannot be read: {source}", visible_path(path))]
    Io {
        /// The input.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// What is kept of the rows beside memory cannot be written or read.
    #[error("cannot use the temporary directory: {0}; is there free space? TMPDIR names another")]
    Temporary(io::Error),
    /// Nothing in it, not even a header.
    #[error("{}: is empty; export it again with a header and rows", visible_path(path))]
    Empty {
        /// The input.
        path: PathBuf,
    },
    /// Not text of delimited cells in UTF-8.
    #[error("{}: seems to be {seems}; {remedy}", visible_path(path))]
    Format {
        /// The input.
        path: PathBuf,
        /// What the file looks like, with its article: "an Excel workbook".
        seems: &'static str,
        /// What to do.
        remedy: &'static str,
    },
    /// A workbook that cannot be read, or what only looks like one.
    #[error("{}: cannot be read as a workbook: {problem}; {remedy}", visible_path(path))]
    Workbook {
        /// The input.
        path: PathBuf,
        /// What is wrong with it.
        problem: String,
        /// What to do.
        remedy: &'static str,
    },
    /// JSON that cannot be read.
    #[error("{}: cannot be read as JSON: {source}", visible_path(path))]
    Json {
        /// The input.
        path: PathBuf,
        /// What is wrong, where, and what to do.
        source: io::Error,
    },
    /// A file of typed columns that cannot be read.
    #[error("{}: cannot be read as {kind}: {source}; {remedy}", visible_path(path))]
    Typed {
        /// The input.
        path: PathBuf,
        /// What it is.
        kind: &'static str,
        /// What is wrong with it.
        source: io::Error,
        /// What to do.
        remedy: &'static str,
    },
    /// A sheet was named that the workbook does not have.
    #[error("{}: no sheet {name:?}. Its sheets are: {}", visible_path(path), quoted(sheets))]
    UnknownSheet {
        /// The input.
        path: PathBuf,
        /// What was named.
        name: String,
        /// All sheets there are.
        sheets: Vec<String>,
    },
    /// What a workbook holds is on hidden sheets.
    #[error(
        "{}: has nothing on the sheets that are not hidden; name one with --sheet NAME. Its sheets are: {}",
        visible_path(path),
        quoted(sheets)
    )]
    HiddenSheets {
        /// The input.
        path: PathBuf,
        /// All sheets there are.
        sheets: Vec<String>,
    },
    /// An encoding was named that there is not.
    #[error(
        "{}: there is no encoding {name:?}; name one such as utf-8, windows-1252, iso-8859-15, macroman \
         or utf-16",
        visible_path(path)
    )]
    UnknownEncoding {
        /// The input.
        path: PathBuf,
        /// What was named.
        name: String,
    },
    /// A delimiter was named that cannot be one.
    #[error(
        "{}: {delimiter:?} cannot delimit fields; name one sign or a few that are neither letters, digits, quotes nor line breaks",
        visible_path(path)
    )]
    Delimiter {
        /// The input.
        path: PathBuf,
        /// What was named.
        delimiter: String,
    },
    /// More rows were said to name the columns than there are.
    #[error(
        "{}: only {found} rows could be its header; --header-rows says how many of the first rows name the columns",
        visible_path(path)
    )]
    HeaderRows {
        /// The input.
        path: PathBuf,
        /// Rows that are there.
        found: u64,
    },
    /// Everything was left out as standing above the header.
    #[error(
        "{}: nothing is left below the {skipped} rows that --skip-rows leaves out; it counts those above the header",
        visible_path(path)
    )]
    SkippedAll {
        /// The input.
        path: PathBuf,
        /// Rows to leave out.
        skipped: u64,
    },
    /// A column was named that the file does not have.
    #[error("{}: no column {name:?}{} Its columns are: {}",
        visible_path(path),
        nearest.as_ref().map_or(".".to_owned(), |nearest| format!("; did you mean {nearest:?}?")),
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
    #[error("{}: column {name:?} is named for two roles; name it for one", visible_path(path))]
    ColumnNamedTwice {
        /// The input.
        path: PathBuf,
        /// The column.
        name: String,
    },
    /// A profile of exports that cannot be used.
    #[error(
        "{}: cannot be used as a profile: {problem}; docs/input.md shows one",
        visible_path(path)
    )]
    Profile {
        /// The profile.
        path: PathBuf,
        /// What is wrong with it, and where.
        problem: String,
    },
    /// No column holds free text.
    #[error("{}: no column of free text found; name it with --text-column NAME. Its columns are:{}",
        visible_path(path),
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
