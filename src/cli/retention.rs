//! Dated output folders: what follows a run whose results are in place.

use std::io::{self, Write};
use std::num::NonZeroU64;

use super::analyze::count;
use crate::config::{Configuration, ConfigurationError};
use crate::run::dated::OutFolder;
use crate::visible::visible_path;

/// How many folders are kept.
///
/// # Errors
/// If that is said of a folder that is not dated.
pub(super) fn keep(
    configuration: &Configuration,
    out: &OutFolder,
) -> Result<Option<NonZeroU64>, ConfigurationError> {
    let keep = &configuration.keep;
    if keep.value.is_some() && !out.is_dated() {
        let problem = "only dated folders are kept by number, and --out has no {date}".to_owned();
        let remedy = "write --out 'reports/{date}', or leave keep out".to_owned();
        return Err(keep.wrong(problem, remedy));
    }
    Ok(keep.value)
}

/// Has the link lead to the new folder and removes the oldest ones, and says which. The results are there, whatever
/// becomes of others.
pub(super) fn retain(out: &OutFolder, keep: Option<NonZeroU64>, quiet: bool) {
    let mut told = Vec::new();
    if let Err(error) = out.link_latest() {
        let path = visible_path(out.path());
        told.push(format!("warning: the link to the last folder does not lead to {path}: {error}"));
    }
    match keep.map(|keep| out.prune(keep)).transpose() {
        Err(error) => told.push(format!("warning: older folders cannot be removed: {error}")),
        Ok(Some(pruned)) if !quiet => {
            told.extend(pruned.removed.iter().map(|own| format!("removed {}", visible_path(own))));
            if let Some(first) = pruned.left.first() {
                told.push(format!(
                    "{} older than those to keep: not only results of a run, or in use (such as {})",
                    count(pruned.left.len() as u64, "folder"),
                    visible_path(first),
                ));
            }
        }
        Ok(_) => {}
    }
    told.iter().for_each(|line| {
        let _ = writeln!(io::stderr(), "{line}");
    });
}
