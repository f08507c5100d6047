//! What results must not be written over.

use std::fs;
use std::path::{Path, PathBuf};

use super::identity;
use crate::report::outputs::OutputFile;
use crate::visible::visible_path;

/// An output folder in which results would take the place of something else.
#[derive(Debug, thiserror::Error)]
pub enum OverwriteError {
    /// Of what the run itself reads.
    #[error(
        "{} is read by this run, and its results would take that place; choose another folder with \
         --out",
        visible_path(path)
    )]
    Source {
        /// The file or folder.
        path: PathBuf,
    },
    /// Of a file or folder that no run has written.
    #[error(
        "{} is not from painpoint (no run.json of a run lies beside it), and results would take its \
         place; choose another folder with --out, or move it away",
        visible_path(path)
    )]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The folder is exchanged as a whole, and what is open in it would go with it.
    #[error(
        "{} is kept from run to run and lies in the output folder, which a run replaces; choose another place for it with \
         --cache or --history, or with --out",
        visible_path(path)
    )]
    Cache {
        /// The cache.
        path: PathBuf,
    },
    /// A folder has the name of a file of the results.
    #[error(
        "{} is a folder, and a file of the results has that name; choose another folder with --out, \
         or move it away",
        visible_path(path)
    )]
    Folder {
        /// The folder.
        path: PathBuf,
    },
}

/// Makes sure that results in the folder `out` take the place of earlier results at most, and of
/// nothing that the run reads: `sources`, by whatever path or link.
///
/// # Errors
/// If they would take the place of something else.
pub(crate) fn check<'p>(
    out: &Path,
    sources: impl IntoIterator<Item = &'p Path>,
) -> Result<(), OverwriteError> {
    let sources: Vec<_> =
        sources.into_iter().map(opened).filter_map(|path| identity(path).ok()).collect();
    let is_source = |path: &Path| identity(path).is_ok_and(|own| sources.contains(&own));
    if is_source(out) {
        return Err(OverwriteError::Source { path: out.to_owned() });
    }
    let there =
        || OutputFile::ALL.iter().map(|file| out.join(file.name())).filter(|path| path.exists());
    if let Some(path) = there().find(|path| is_source(path)) {
        return Err(OverwriteError::Source { path });
    }
    if let Some(path) = there().find(|path| path.is_dir()) {
        return Err(OverwriteError::Folder { path });
    }
    match there().next() {
        Some(path) if !holds_results(out) => Err(OverwriteError::Foreign { path }),
        _ => Ok(()),
    }
}

/// Makes sure that a file that stays open while results are put in place does not lie among them.
///
/// # Errors
/// If it does.
pub(crate) fn check_beside(out: &Path, file: &Path) -> Result<(), OverwriteError> {
    let known = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path));
    let folder = file.parent().filter(|own| !own.as_os_str().is_empty());
    let folder = known(folder.unwrap_or(Path::new(".")));
    match (folder, known(out)) {
        (Ok(folder), Ok(out)) if folder.starts_with(&out) => {
            Err(OverwriteError::Cache { path: file.to_owned() })
        }
        _ => Ok(()),
    }
}

/// The file behind a path that the command line gives for an input.
fn opened(path: &Path) -> &Path {
    if path == Path::new("-") { Path::new("/dev/stdin") } else { path }
}

/// Whether a run has written a folder.
pub(super) fn holds_results(folder: &Path) -> bool {
    let manifest = fs::read(folder.join(OutputFile::Manifest.name())).unwrap_or_default();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap_or_default();
    manifest["painpoint"].is_string()
}
