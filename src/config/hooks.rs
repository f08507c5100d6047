//! Commands that an administrator has run beside an analysis: `[hooks]` in `painpoint.toml`.
//!
//! They stand in the file alone. A flag or a variable with a command line in it would let whoever sets the environment
//! of a nightly job run what he likes in its name.

use std::num::NonZeroU64;
use std::path::Path;

use serde::Deserialize;

use super::configuration::named_file;
use super::text;

/// Seconds after which a hook is killed where the file says nothing.
const PATIENCE: NonZeroU64 = NonZeroU64::new(60).expect("it is not zero");

/// Commands for a shell, by what they are run at.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields)]
pub struct Hooks {
    /// Before anything is read.
    pub on_start: Option<String>,
    /// When an alert has fired.
    pub on_alert: Option<String>,
    /// When a run has failed.
    pub on_failure: Option<String>,
    /// When a run has succeeded.
    pub on_success: Option<String>,
    /// Seconds after which one is killed.
    pub timeout: Option<NonZeroU64>,
}

impl Hooks {
    /// The hooks of the file that `--config` or `PAINPOINT_CONFIG` names, whatever else may be wrong in it: a failure has
    /// to be told then, too. None where they cannot be read.
    pub fn read(config: Option<&Path>) -> Self {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct OfFile {
            hooks: Hooks,
        }
        let source =
            named_file(config).and_then(|path| text::read(&path, "the configuration").ok());
        let of_file = source.and_then(|source| toml::from_str::<OfFile>(&source).ok());
        of_file.unwrap_or_default().hooks
    }

    /// Seconds after which one is killed.
    pub fn patience(&self) -> NonZeroU64 {
        self.timeout.unwrap_or(PATIENCE)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn hooks_are_had_from_a_file_with_other_mistakes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("painpoint.toml");
        let read = |source: &str| {
            fs::write(&path, source).unwrap();
            Hooks::read(Some(&path))
        };
        let found = read("codebok = 1\n[hooks]\non_failure = \"tell\"\n");
        assert_eq!(found.on_failure.as_deref(), Some("tell"));
        assert_eq!(found.patience().get(), 60);
        assert_eq!(read("[hooks]\non_failure = \"tell\"\non_mistake = \"x\"\n"), Hooks::default());
        assert_eq!(read("[hooks\n"), Hooks::default());
    }
}
