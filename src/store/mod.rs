//! What is kept on disk beside the results.

pub(crate) mod lock;
pub(crate) mod runs;
pub mod scores;
pub mod spill;

use std::path::{Path, PathBuf};

/// The path with something behind its name.
pub(crate) fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
