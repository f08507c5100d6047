//! What a run found, out of its output folder, and its reports made from that again.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::AnalysisError;
use super::folder::Staging;
use crate::painpoint::findings::{Findings, FindingsError};
use crate::report::outputs::OutputFile;
use crate::report::{Reader, export_reports};
use crate::visible::visible_path;

/// Why there are no findings to be had from a folder.
#[derive(Debug, thiserror::Error)]
pub enum FoundError {
    /// There are none, or they cannot be read.
    #[error("{}: cannot read it: {source}; give the --out folder of a run", visible_path(path))]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// They are not as a run writes them, or of another version.
    #[error(
        "{}: {source}; it must be as a run wrote it: if it is, analyse the input of that run again with this \
         version",
        visible_path(path)
    )]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: FindingsError,
    },
}

/// Reads the findings in the output folder of a run.
///
/// # Errors
/// If there are none, or they were not written by a run of this program.
pub fn findings(folder: &Path) -> Result<Findings, FoundError> {
    let path = folder.join(OutputFile::Findings.name());
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(source) => return Err(FoundError::Read { path, source }),
    };
    Findings::read(&text).map_err(|source| FoundError::Content { path, source })
}

/// The identifier of a touchpoint of the findings that is given by identifier, or by a name in any language.
pub fn touchpoint(findings: &Findings, name: &str) -> Option<String> {
    let same = |own: &str| own.trim().to_lowercase() == name.trim().to_lowercase();
    let all = || findings.summary.touchpoints.iter();
    let found = all().find(|own| same(&own.id));
    let found = found.or_else(|| all().find(|own| own.names.iter().any(|(_, own)| same(own))));
    found.map(|own| own.id.clone())
}

/// Writes the reports of these findings to their folder, in place of those that are there. What else is in it
/// stays.
///
/// # Errors
/// If a file cannot be written. Then the folder is as it was.
pub fn report(folder: &Path, findings: &Findings, reader: &Reader) -> Result<(), AnalysisError> {
    let staging = Staging::new(folder)?;
    export_reports(findings, reader, |file| staging.create(file))?;
    staging.publish()
}
