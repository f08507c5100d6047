//! The output folder: files appear together or not at all.
//!
//! Files are written to a private folder of this run, the stage, and put in their place at the end:
//!
//! ```text
//! .painpoint-XXXXXX/        beside the output folder, or in it where beside does not do; mode 0700
//!   lock                    locked as long as the run lives
//!   new/out/                the folder in the making, under the name that it will have
//!   old/out/                what it replaces, while it does
//!   replacing, placing      the names of the new files, while they are put in place
//! ```
//!
//! As long as it has a stage, a run holds the lock of the folder, `.painpoint-out.lock` beside it, so that no other
//! writes there. What a run leaves that was killed, the next one beside it finds by its lock and clears away or
//! puts right.

mod hold;
mod place;
mod protect;
mod remove;
mod stage;

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::AnalysisError;
use crate::report::outputs::OutputFile;
pub use protect::OverwriteError;
pub(super) use protect::{check, check_beside};
pub(super) use remove::{Removal, remove_results};
use stage::Stage;

/// The stages of this process, so that a signal can clear them away.
static UNFINISHED: Mutex<Vec<Stage>> = Mutex::new(Vec::new());

fn unfinished() -> MutexGuard<'static, Vec<Stage>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Clears away what runs of this process have not published, for a process that is about to end:
/// runs that try to go on are stopped. Waits for a publication that is under way.
pub fn abandon() {
    let mut stages = unfinished();
    stages.iter_mut().for_each(Stage::clear);
    // Never unlocked again: a run can neither publish nor report that its files are gone.
    std::mem::forget(stages);
}

/// A folder in the making. Vanishes unless it is published.
pub(super) struct Staging {
    /// As the user calls it.
    shown: PathBuf,
    /// Where the new files are written.
    new: PathBuf,
    /// Identifies the stage.
    stage: PathBuf,
}

impl Staging {
    /// Prepares to write to `target`, so that a bad path fails before the long run. Folders on the
    /// way to it are made, and removed again if nothing is published.
    ///
    /// # Errors
    /// If the folder or the one it stands in cannot be written, or another run writes to it.
    pub(super) fn new(target: &Path) -> Result<Self, AnalysisError> {
        // A signal meanwhile has to wait until there is something to clear away.
        let mut stages = unfinished();
        let path = || target.to_owned();
        let stage = Stage::make(target).map_err(|source| match source.kind() {
            io::ErrorKind::WouldBlock => AnalysisError::Held { path: path() },
            _ => AnalysisError::Output { path: path(), source },
        })?;
        let staging =
            Self { shown: target.to_owned(), new: stage.new_folder(), stage: stage.path.clone() };
        stages.push(stage);
        Ok(staging)
    }

    /// Creates a file of the folder.
    ///
    /// # Errors
    /// If it cannot be created.
    pub(super) fn create(&self, file: OutputFile) -> Result<BufWriter<File>, AnalysisError> {
        let name = file.name();
        File::create(self.new.join(name))
            .map(|file| BufWriter::with_capacity(1 << 16, file))
            .map_err(|source| AnalysisError::Output { path: self.shown.join(name), source })
    }

    /// What a file that was created holds, and the file that takes its place.
    ///
    /// # Errors
    /// If it cannot be read, or the other not be created.
    pub(super) fn rewrite(
        &self,
        file: OutputFile,
    ) -> Result<(BufReader<File>, BufWriter<File>), AnalysisError> {
        let path = self.new.join(file.name());
        let fail = |source| AnalysisError::Output { path: self.shown.join(file.name()), source };
        let old = File::open(&path).map_err(fail)?;
        // It lives on under no name until it is read.
        fs::remove_file(path).map_err(fail)?;
        Ok((BufReader::with_capacity(1 << 16, old), self.create(file)?))
    }

    /// Puts the files in their place; what else is in the folder stays.
    ///
    /// A folder that is new, or that holds only files, is put in place as a whole, in one step where
    /// the system has one. Other folders of the user, with folders in them, as mount points or as
    /// where somebody works, are not exchanged under their feet: there the files go one by one, and
    /// back again if one fails.
    ///
    /// # Errors
    /// If the files cannot be put in place. Then the folder is as it was.
    pub(super) fn publish(self) -> Result<(), AnalysisError> {
        let mut stages = unfinished();
        let Some(stage) = stages.iter_mut().find(|stage| stage.path == self.stage) else {
            return Ok(());
        };
        let placed = place::place(stage);
        if placed.is_ok() {
            // They lead to results now.
            stage.parents.clear();
        }
        placed.map_err(|source| AnalysisError::Output { path: self.shown.clone(), source })
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        let mut stages = unfinished();
        if let Some(at) = stages.iter().position(|stage| stage.path == self.stage) {
            stages.swap_remove(at).clear();
        }
    }
}

/// What tells a file from all others: two paths to the same file give the same.
#[cfg(unix)]
fn identity(path: &Path) -> io::Result<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(path).map(|metadata| (metadata.dev(), metadata.ino()))
}

/// What tells a file from all others: its path without links.
#[cfg(not(unix))]
fn identity(path: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

#[cfg(test)]
mod tests;
