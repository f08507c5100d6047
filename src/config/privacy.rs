//! What a user says of privacy → what protects rows.

use std::fs;
use std::path::PathBuf;

use super::text::{self, TextError};
use super::{ConfigurationError, Setting};
use crate::read::{FEWEST_KEY_BYTES, Protection};
use crate::text::redact::{Redactor, Rules};
use crate::visible::visible_path;

/// What a user says of privacy.
#[derive(Debug)]
pub struct PrivacyChoice {
    /// Whether personal data are replaced by placeholders.
    pub redact: bool,
    /// File of names, a line each, that are replaced too.
    pub names: Option<PathBuf>,
    /// Patterns of numbers that are replaced too.
    pub numbers: Setting<Vec<String>>,
    /// What stays although it looks personal.
    pub keep: Vec<String>,
    /// File with the key under which ids are hashed.
    pub pseudonymise_ids: Setting<PathBuf>,
    /// Whether nothing is written that a customer wrote.
    pub no_verbatims: bool,
}

impl PrivacyChoice {
    /// What protects rows.
    ///
    /// # Errors
    /// If a pattern is none, or a file cannot be read; a key that is too short.
    pub fn protection(&self) -> Result<Protection, ConfigurationError> {
        let redactor = if self.redact { self.redactor()? } else { Redactor::none() };
        Ok(Protection::new(redactor, self.key()?))
    }

    fn redactor(&self) -> Result<Redactor, ConfigurationError> {
        let names = self.names.as_deref().map(|path| text::read(path, "the list of names"));
        let rules = Rules {
            names: names
                .transpose()?
                .unwrap_or_default()
                .lines()
                .map(str::trim)
                .filter(|line| !line.is_empty() && !line.starts_with('#'))
                .map(str::to_owned)
                .collect(),
            numbers: self.numbers.value.clone().unwrap_or_default(),
            keep: self.keep.clone(),
        };
        Redactor::new(&rules).map_err(|error| {
            let remedy = "write a regular expression, such as \\bKD-\\d{6}\\b".to_owned();
            self.numbers.wrong(error.to_string(), remedy)
        })
    }

    /// The bytes of the key file, line breaks at its end left out.
    fn key(&self) -> Result<Option<Vec<u8>>, ConfigurationError> {
        let Some(path) = &self.pseudonymise_ids.value else { return Ok(None) };
        let bytes = fs::read(path).map_err(|source| {
            let (path, what) = (path.clone(), "the key for ids");
            TextError::Read { path, what, source }
        })?;
        let key = bytes.trim_ascii_end().to_vec();
        if key.len() < FEWEST_KEY_BYTES {
            return Err(self.pseudonymise_ids.wrong(
                format!("the key in {} has {} bytes", visible_path(path), key.len()),
                format!(
                    "take {FEWEST_KEY_BYTES} or more that nobody can guess, such as: openssl rand -hex 32 > key.txt"
                ),
            ));
        }
        Ok(Some(key))
    }
}
