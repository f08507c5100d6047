//! Dated output folders: what follows a run whose results are in place.

use std::num::NonZeroU64;

use tracing::{info, warn};

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
pub(super) fn retain(out: &OutFolder, keep: Option<NonZeroU64>) {
    if let Err(error) = out.link_latest() {
        let path = visible_path(out.path());
        warn!(event = "latest", "the link to the last folder does not lead to {path}: {error}");
    }
    match keep.map(|keep| out.prune(keep)).transpose() {
        Err(error) => warn!(event = "keep", "older folders cannot be removed: {error}"),
        Ok(Some(pruned)) => {
            for folder in &pruned.removed {
                info!(event = "keep", "removed {}", visible_path(folder));
            }
            if let Some(first) = pruned.left.first() {
                info!(
                    event = "keep",
                    "{} older than those to keep: not only results of a run, or in use (such as {})",
                    count(pruned.left.len() as u64, "folder"),
                    visible_path(first),
                );
            }
        }
        Ok(None) => {}
    }
}
