//! What decides a result beside the program: with it, a run can be repeated.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::{env, fmt, fs};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::config::Configuration;
use crate::digest::hexadecimal;
use crate::visible::{visible, visible_path};

/// What a run is made of, as it is known before the run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origin {
    /// What of the configuration decides a result, as TOML.
    pub configuration: String,
    /// Files that decide it, beside the inputs and the model: what each is, and where it lies.
    pub files: Vec<(&'static str, PathBuf)>,
}

impl Origin {
    /// What a configuration says.
    pub fn of(configuration: &Configuration) -> Self {
        let (configuration, files) = (configuration.deciding(), configuration.deciding_files());
        Self { configuration, files }
    }

    /// The same with the facts of today's files.
    pub(super) fn facts(
        &self,
        passed_over: &[PathBuf],
    ) -> Result<OriginFacts, (PathBuf, io::Error)> {
        let file = |(role, path): &(&str, PathBuf)| match Content::of(path) {
            Ok(content) => Ok(FileFacts { role: (*role).to_owned(), path: shown(path), content }),
            Err(error) => Err((path.clone(), error)),
        };
        Ok(OriginFacts {
            folder: env::current_dir().map(|folder| shown(&folder)).unwrap_or_default(),
            configuration: self.configuration.clone(),
            files: self.files.iter().map(file).collect::<Result<_, _>>()?,
            passed_over: passed_over.iter().map(|path| shown(path)).collect(),
        })
    }
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// What a run is made of, as `run.json` has it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct OriginFacts {
    /// Where relative paths hold.
    pub folder: String,
    /// What of the configuration decides a result, as TOML.
    pub configuration: String,
    /// Files that decide it.
    pub files: Vec<FileFacts>,
    /// What was passed over in folders of inputs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed_over: Vec<String>,
}

/// A file that decides a result.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct FileFacts {
    /// What it is; an input where `run.json` lists it as one.
    #[serde(default = "input")]
    pub role: String,
    /// Where it lies.
    pub path: String,
    /// What is in it.
    #[serde(flatten)]
    pub content: Content,
}

fn input() -> String {
    "input".to_owned()
}

/// What is in a file, told from everything else without a word of it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Content {
    /// Its size.
    pub bytes: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

impl Content {
    /// Reads a file to its end.
    fn of(path: &Path) -> io::Result<Self> {
        let mut hasher = Sha256::new();
        let bytes = io::copy(&mut File::open(path)?, &mut Hashing(&mut hasher))?;
        Ok(Self { bytes, sha256: hexadecimal(&hasher.finalize()) })
    }
}

struct Hashing<'h>(&'h mut Sha256);

impl io::Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl FileFacts {
    /// How the file of today differs, if it does.
    pub fn difference(&self) -> Option<String> {
        let named = format!("{} {}", visible(&self.role), visible(&self.path));
        if self.path == "-" {
            return Some(format!(
                "{named}: standard input cannot be read again; analyze a file in its place"
            ));
        }
        match Content::of(Path::new(&self.path)) {
            Ok(found) if found == self.content => None,
            Ok(found) => {
                Some(format!("{named}: changed: expected {}, found {found}", self.content))
            }
            Err(error) => Some(format!("{named}: missing: expected {}: {error}", self.content)),
        }
    }
}

impl fmt::Display for Content {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "sha256 {} of {} bytes", visible(&self.sha256), self.bytes)
    }
}

/// What `run.json` says of how to repeat its run.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct Recorded {
    /// Version of the program.
    pub painpoint: String,
    /// The model.
    pub model: RecordedModel,
    /// Fingerprint of the codebook's content.
    pub codebook_sha256: String,
    /// The inputs.
    pub inputs: Vec<FileFacts>,
    /// All else.
    #[serde(flatten)]
    pub origin: OriginFacts,
}

/// A model as `run.json` has it.
#[derive(Clone, Debug, Deserialize, PartialEq)]
pub struct RecordedModel {
    /// Hash over its files.
    pub sha256: String,
}

/// Why a `run.json` says nothing of how to repeat its run.
#[derive(Debug, thiserror::Error)]
pub enum RecordedError {
    /// It cannot be read.
    #[error("{}: cannot read it: {source}; give the run.json of a run", visible_path(path))]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is not as a run writes it, or an earlier version wrote it.
    #[error(
        "{}: {source}; give the run.json of a run, as it was written; versions that wrote no `configuration` into it \
         did not write enough: analyze the input anew",
        visible_path(path)
    )]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: serde_json::Error,
    },
}

impl Recorded {
    /// Reads a `run.json`.
    ///
    /// # Errors
    /// If it cannot be read, or no run of this version wrote it.
    pub fn read(path: &Path) -> Result<Self, RecordedError> {
        let text = fs::read_to_string(path)
            .map_err(|source| RecordedError::Read { path: path.to_owned(), source })?;
        serde_json::from_str(&text)
            .map_err(|source| RecordedError::Content { path: path.to_owned(), source })
    }
}
