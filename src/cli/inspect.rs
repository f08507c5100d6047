//! `painpoint inspect`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::options::ColumnOptions;
use crate::config::settings::Settings;
use crate::read::inspect::inspect;
use crate::score::drafts;
use crate::visible::VisibleWriter;

#[derive(Args)]
pub struct Arguments {
    /// CSV or TSV files of feedback, gzipped or not; - is standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    #[command(flatten, next_help_heading = "Columns")]
    columns: ColumnOptions,
}

/// Prints what would be read.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let choice = arguments.columns.clone().choice(&Settings::default());
    for inspection in inspect(&arguments.inputs, &choice, |row| !drafts(row).is_empty())? {
        writeln!(VisibleWriter(io::stdout()), "{inspection}")?;
    }
    Ok(ExitCode::SUCCESS)
}
