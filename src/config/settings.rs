//! `painpoint.toml`: what the command line would say every night.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// What can be wrong with `painpoint.toml`.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("{}: cannot read the configuration: {source}; `painpoint init` writes one to start from", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file does not follow the format.
    #[error("{}: {message}", path.display())]
    Invalid {
        /// The file.
        path: PathBuf,
        /// What is wrong, with the line.
        message: String,
    },
}

/// Settings of a run. Flags win over them.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Codebook to use instead of the built-in one; relative to the configuration file.
    pub codebook: Option<PathBuf>,
    /// Output folder of an earlier run to compare with; relative to the configuration file.
    pub baseline: Option<PathBuf>,
    /// Corrections to apply; relative to the configuration file.
    pub corrections: Option<PathBuf>,
    /// First day of the later of two periods to compare.
    pub since: Option<String>,
    /// Model directory to use instead of the bundled model; relative to the configuration file.
    pub model: Option<PathBuf>,
    /// `int8` or `f32`.
    pub precision: Option<String>,
    /// Worker threads.
    pub threads: Option<u16>,
    /// `coarse`, `normal` or `fine`.
    pub detail: Option<String>,
    /// Touchpoint whose pain points and delights alone are wanted.
    pub touchpoint: Option<String>,
    /// `de` or `en`.
    pub report_lang: Option<String>,
    /// CSV files for a double click in Excel.
    pub excel: bool,
    /// Most rejects with which a run still counts as sound.
    pub max_rejects: Option<u64>,
    /// Which columns hold what.
    pub columns: Columns,
}

/// Columns by role; those left out are found by name and content.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct Columns {
    /// Columns of free text.
    pub text: Vec<String>,
    /// Column that identifies the feedback.
    pub id: Option<String>,
    /// Column of dates.
    pub date: Option<String>,
    /// Column of likelihoods to recommend, 0 to 10.
    pub nps: Option<String>,
    /// Column of ratings.
    pub rating: Option<String>,
    /// Column of channels or platforms.
    pub source: Option<String>,
    /// Column that names the touchpoint.
    pub touchpoint: Option<String>,
    /// Columns of customer groups.
    pub segments: Vec<String>,
    /// Field delimiter.
    pub delimiter: Option<char>,
}

impl Settings {
    /// A commented file in which every setting has its default.
    pub const TEMPLATE: &str = include_str!("painpoint.toml");

    /// Reads `painpoint.toml`.
    ///
    /// # Errors
    /// If the file cannot be read, is no TOML, or has a key or value that does not exist; the
    /// message shows the line.
    pub fn load(path: &Path) -> Result<Self, SettingsError> {
        let source = fs::read_to_string(path)
            .map_err(|source| SettingsError::Read { path: path.to_owned(), source })?;
        let mut settings: Self =
            toml::from_str(&source).map_err(|error| SettingsError::Invalid {
                path: path.to_owned(),
                message: error.to_string().trim_end().to_owned(),
            })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        for path in [
            &mut settings.codebook,
            &mut settings.model,
            &mut settings.baseline,
            &mut settings.corrections,
        ]
        .into_iter()
        .flatten()
        {
            *path = folder.join(&*path);
        }
        Ok(settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(source: &str) -> Result<Settings, SettingsError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("painpoint.toml");
        fs::write(&path, source).unwrap();
        Settings::load(&path)
    }

    #[test]
    fn the_template_holds_the_defaults() {
        assert_eq!(load(Settings::TEMPLATE).unwrap(), Settings::default());
    }

    #[test]
    fn every_setting_of_the_template_exists() {
        let active: String = Settings::TEMPLATE
            .lines()
            .map(|line| if line.contains('=') { line.trim_start_matches("# ") } else { line })
            .collect::<Vec<_>>()
            .join("\n");
        let settings = load(&active).unwrap();
        assert!(settings.codebook.is_some() && settings.columns.delimiter.is_some());
    }

    #[test]
    fn a_mistake_is_shown_with_its_line() {
        let error = load("excel = true\ncodebok = \"x\"\n").unwrap_err().to_string();
        assert!(error.contains("line 2") && error.contains("codebok"), "{error}");
    }
}
