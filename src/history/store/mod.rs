//! What runs found, in one SQLite file: hashes and numbers of each feedback, the topics of each run, no text of a customer
//! but the names of pain points.
//!
//! A run writes in one transaction. Whoever is killed before its end has changed nothing, and a run on the same inputs
//! takes the place of the one before: whatever happens, running again puts it right.

mod error;
mod feedback;
mod file;
mod runs;
#[cfg(test)]
mod tests;
mod upkeep;

use std::path::{Path, PathBuf};

use rusqlite::Connection;

pub use error::HistoryError;
pub use feedback::Went;
pub use runs::{OlderTopic, Run, RunTopic};
pub use upkeep::{Forget, Forgotten};

use crate::history::Names;
use crate::store::lock::Lock;

/// An open history.
pub struct HistoryStore {
    path: PathBuf,
    connection: Connection,
    names: Names,
    /// Names that are in the file.
    written: usize,
    /// The run in the making, and the fingerprint of its inputs.
    run: i64,
    inputs: [u8; 32],
    /// Feedback of it that is still to be written.
    waiting: Vec<feedback::Row>,
    /// Given back last.
    _lock: Option<Lock>,
}

impl HistoryStore {
    /// Opens a history to change it, or makes an empty one where there is none. Nobody else changes it meanwhile.
    ///
    /// # Errors
    /// If the file is none of ours, of a later version or damaged, cannot be opened, made or written, or another run
    /// holds it.
    pub fn open(path: &Path) -> Result<Self, HistoryError> {
        let lock = file::lock(path)?;
        file::make(path)?;
        let connection = file::open(path)?;
        Self::of(path, connection, lock)
    }

    /// Opens a history that is there, to look at it.
    ///
    /// # Errors
    /// If there is none, or as [`HistoryStore::open`].
    pub fn look_at(path: &Path) -> Result<Self, HistoryError> {
        let connection = file::open(path)?;
        Self::of(path, connection, None)
    }

    fn of(path: &Path, connection: Connection, lock: Option<Lock>) -> Result<Self, HistoryError> {
        let mut own = Self {
            path: path.to_owned(),
            connection,
            names: Names::default(),
            written: 0,
            run: 0,
            inputs: [0; 32],
            waiting: Vec::new(),
            _lock: lock,
        };
        own.read_names().map_err(|error| own.fault(error))?;
        Ok(own)
    }

    fn read_names(&mut self) -> rusqlite::Result<()> {
        let mut select = self.connection.prepare("SELECT text FROM name ORDER BY id")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            self.names.number(row.get_ref(0)?.as_str()?);
        }
        self.written = self.names.len();
        Ok(())
    }

    /// The names that facts refer to.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// The same, to be added to.
    pub fn names_mut(&mut self) -> &mut Names {
        &mut self.names
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn fault(&self, error: rusqlite::Error) -> HistoryError {
        HistoryError::of(&self.path, error)
    }
}
