//! What can be wrong with a model directory, and what to do about it.

use std::io;
use std::path::PathBuf;

use crate::visible::visible_path;

/// A model that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// A file is missing or cannot be read.
    #[error(
        "cannot read {}: {source}; a model directory holds config.json, tokenizer.json and model.safetensors, \
         which `save_pretrained` of Hugging Face's AutoTokenizer and AutoModelForSequenceClassification write",
        visible_path(path)
    )]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A model cannot be written.
    #[error("cannot write {}: {source}; choose another folder with --out", visible_path(path))]
    Unwritable {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The configuration is not one that the engine can run.
    #[error("config.json: {0}")]
    Config(String),
    /// The tokenizer cannot be loaded.
    #[error("tokenizer.json: {0}")]
    Tokenizer(String),
    /// The weights are damaged or do not fit the configuration.
    #[error("model.safetensors: {0}")]
    Weights(String),
    /// A file is not the one that `SHA256SUMS` names.
    #[error(
        "{name}: its SHA-256 is {found}, and {expected} in SHA256SUMS; the file is damaged or of another model: \
         copy the directory again"
    )]
    Sum {
        /// The file.
        name: &'static str,
        /// What it should be.
        expected: String,
        /// What it is.
        found: String,
    },
    /// `SHA256SUMS` leaves a file out.
    #[error("SHA256SUMS has no line for {0}; write it anew with sha256sum")]
    NoSum(&'static str),
    /// The binary was built without the engine wanted.
    #[error(
        "this build does not have the engine {0}; build with `cargo build --release --features {0}`"
    )]
    NoEngine(&'static str),
    /// The binary was built without a model.
    #[error("this build carries no model; name one with --model DIR")]
    NotBundled,
}
