//! Removing the results of an earlier run, and nothing else.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::hold;
use super::protect::holds_results;
use crate::report::outputs::OutputFile;

/// What became of a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Removal {
    /// It is gone.
    Done,
    /// It stays: there is more in it than results, or no run has written it, or one writes to it now.
    Left,
    /// There is no such folder.
    NotThere,
}

/// Removes a folder that holds the results of a run and nothing else.
///
/// # Errors
/// If it cannot be read or removed.
pub(crate) fn remove_results(folder: &Path) -> io::Result<Removal> {
    // A link may lead anywhere.
    match fs::symlink_metadata(folder) {
        Ok(facts) if facts.is_dir() => {}
        Ok(_) => return Ok(Removal::Left),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Removal::NotThere),
        Err(error) => return Err(error),
    }
    let parent = folder.parent().unwrap_or(Path::new(""));
    let _hold = match hold::hold(parent, folder) {
        Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(Removal::Left),
        held => held?,
    };
    if !holds_results(folder) || !holds_only_results(folder)? {
        return Ok(Removal::Left);
    }
    // The manifest last: what is broken off is still known as ours.
    for file in OutputFile::ALL {
        match fs::remove_file(folder.join(file.name())) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::remove_dir(folder).map(|()| Removal::Done)
}

fn holds_only_results(folder: &Path) -> io::Result<bool> {
    let is_ours = |name: &OsStr| OutputFile::ALL.iter().any(|file| name == file.name());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if !is_ours(&entry.file_name()) || !entry.file_type()?.is_file() {
            return Ok(false);
        }
    }
    Ok(true)
}
