//! What can be wrong with a score cache, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::file::VERSION;
use crate::visible::visible_path;

/// A score cache that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// There is none.
    #[error("{}: there is no score cache; a run with --cache makes one", visible_path(path))]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// The file is something else.
    #[error(
        "{} is no score cache of painpoint; name another file with --cache, or say --rebuild-cache: it is then set \
         aside under another name",
        visible_path(path)
    )]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The file is not as it was written.
    #[error(
        "{}: the score cache is damaged ({what}), so that nothing in it is used; run once with --rebuild-cache to start \
         it anew",
        visible_path(path)
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// How that is known.
        what: String,
    },
    /// There is a folder.
    #[error(
        "{} is a folder; name a file for the score cache, such as one in it",
        visible_path(path)
    )]
    Folder {
        /// The folder.
        path: PathBuf,
    },
    /// The file was made by another version of the program.
    #[error(
        "{}: the score cache has format {found}, and this version of painpoint reads {VERSION}; run once with \
         --rebuild-cache to start it anew",
        visible_path(path)
    )]
    Version {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: i64,
    },
    /// It may not be replaced now.
    #[error(
        "{}: another run holds the score cache; try again when it has ended (`analyze --wait-lock SECONDS` waits for it)",
        visible_path(path)
    )]
    Held {
        /// The file.
        path: PathBuf,
    },
    /// The system says no.
    #[error(
        "cannot use the score cache {}: {source}; choose another file with --cache, or --no-cache",
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
        "cannot use the score cache {}: {source}; choose another file with --cache, or --no-cache",
        visible_path(path)
    )]
    Database {
        /// The file.
        path: PathBuf,
        /// What it says.
        source: rusqlite::Error,
    },
}

impl CacheError {
    /// What SQLite says of a file.
    pub(super) fn of(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::Foreign { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, what: source.to_string() },
            _ => Self::Database { path, source },
        }
    }

    /// What the system says of a file.
    pub(super) fn file(path: &Path, source: io::Error) -> Self {
        Self::File { path: path.to_owned(), source }
    }

    /// Whether the file itself does not do, so that trying again will not help.
    pub fn is_lasting(&self) -> bool {
        matches!(
            self,
            Self::Missing { .. }
                | Self::Folder { .. }
                | Self::Foreign { .. }
                | Self::Damaged { .. }
                | Self::Version { .. }
        )
    }
}
