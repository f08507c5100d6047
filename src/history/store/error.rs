//! What can be wrong with a history, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::file::VERSION;
use crate::visible::visible_path;

/// A history that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// There is none.
    #[error("{}: there is no history; a run with --history makes one", visible_path(path))]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else.
    #[error("{} is no history of painpoint; name another file with --history", visible_path(path))]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file is not as it was written.
    #[error(
        "{}: the history is damaged ({what}), and nothing is written to it; put a copy back, or move it away: the next \
         run then begins a new one",
        visible_path(path)
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// How that is known.
        what: String,
    },
    /// The file was made by a later version of the program.
    #[error(
        "{}: the history has format {found}, and this version of painpoint knows {VERSION} at most; use the version that \
         wrote it, or a later one",
        visible_path(path)
    )]
    Version {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
    },
    /// Another run changes it.
    #[error("{}: another run holds the history; try again when it has ended", visible_path(path))]
    Held {
        /// The file.
        path: PathBuf,
    },
    /// There is no such run.
    #[error("{}: there is no run {run}; it has {there_are}", visible_path(path))]
    NoRun {
        /// The file.
        path: PathBuf,
        /// The run.
        run: u64,
        /// Which there are.
        there_are: String,
    },
    /// The system says no.
    #[error(
        "cannot use the history {}: {source}; name another file with --history",
        visible_path(path)
    )]
    File {
        /// The file.
        path: PathBuf,
        /// What it says.
        source: io::Error,
    },
    /// SQLite says no.
    #[error(
        "cannot use the history {}: {source}; is there free space, and may you write there?",
        visible_path(path)
    )]
    Database {
        /// The file.
        path: PathBuf,
        /// What it says.
        source: rusqlite::Error,
    },
}

impl HistoryError {
    /// What SQLite says of a file.
    pub(super) fn of(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::Foreign { path },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Held { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, what: source.to_string() },
            _ => Self::Database { path, source },
        }
    }

    /// What the system says of a file.
    pub(super) fn file(path: &Path, source: io::Error) -> Self {
        Self::File { path: path.to_owned(), source }
    }

    /// That something in the file is not what was written.
    pub(super) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::Damaged { path: path.to_owned(), what: what.into() }
    }

    /// Whether the file itself does not do, so that trying again will not help.
    pub fn is_lasting(&self) -> bool {
        !matches!(self, Self::Held { .. } | Self::File { .. } | Self::Database { .. })
    }
}
