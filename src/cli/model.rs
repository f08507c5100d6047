//! `painpoint model`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::options::{ConfigError, ConfigOption};
use crate::config::options::Options;
use crate::model::{Model, Precision, check_sums};

#[derive(Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Print facts about a model.
    Show {
        /// Model directory [default: that of the configuration, else the model in this binary]
        directory: Option<PathBuf>,
        #[command(flatten)]
        config: ConfigOption,
    },
    /// Compare a model's files with its SHA256SUMS, load it in both precisions, check every tensor,
    /// and score a sentence.
    Verify {
        /// Model directory [default: that of the configuration, else the model in this binary]
        directory: Option<PathBuf>,
        #[command(flatten)]
        config: ConfigOption,
    },
}

/// Shows or verifies.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.action {
        Action::Show { directory, config } => {
            let directory = chosen(directory, &config)?;
            let model = Model::load(directory.as_deref(), None, 1)?;
            write!(io::stdout(), "{}", model.facts())?;
        }
        Action::Verify { directory, config } => {
            let directory = chosen(directory, &config)?;
            let checked = check_sums(directory.as_deref())?;
            for file in &checked {
                writeln!(io::stdout(), "{}: SHA-256 as in SHA256SUMS, {}", file.name, file.sum)?;
            }
            if checked.is_empty() {
                writeln!(io::stdout(), "no SHA256SUMS to compare the files with")?;
            }
            for precision in [Precision::F32, Precision::Int8] {
                let model = Model::load(directory.as_deref(), Some(precision), 1)?;
                let score = &model.score(&["Everything is in order."])[0];
                anyhow::ensure!(
                    score.probabilities.iter().chain(&score.meaning).all(|value| value.is_finite()),
                    "the model's scores are not numbers"
                );
                writeln!(io::stdout(), "{precision:?}: sound, SHA-256 {}", model.hash())?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The directory that is named, or that of the configuration.
fn chosen(
    directory: Option<PathBuf>,
    config: &ConfigOption,
) -> Result<Option<PathBuf>, ConfigError> {
    Ok(config.under(Options { model: directory, ..Options::default() })?.model)
}
