//! That one run alone writes to an output folder.

use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::Path;

use super::stage::PREFIX;
use crate::store::lock::Lock;

/// How the names of our locks end.
const END: &str = ".lock";

/// Takes the lock of an output folder, whose name it bears: beside the folder, or in it where nothing may be written
/// beside it. There is none where nothing may be written at all, and where the file system has no locks.
///
/// # Errors
/// [`ErrorKind::WouldBlock`] if another run has it.
pub(super) fn hold(parent: &Path, target: &Path) -> io::Result<Option<Lock>> {
    let mut name = PREFIX.to_owned();
    name.push_str(&target.file_name().unwrap_or(OsStr::new("out")).to_string_lossy());
    name.push_str(END);
    for folder in [parent, target] {
        match Lock::alone(&folder.join(&name)) {
            Ok(lock) => return Ok(Some(lock)),
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Err(error),
            Err(_) => {}
        }
    }
    Ok(None)
}

/// Takes away the lock of a run that was killed; one that is held stays.
pub(super) fn sweep(path: &Path) {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    if name.starts_with(PREFIX)
        && name.ends_with(END)
        && fs::symlink_metadata(path).is_ok_and(|facts| facts.is_file() && facts.len() == 0)
    {
        drop(Lock::at_once(path));
    }
}
