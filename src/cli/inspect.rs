//! `painpoint inspect`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::options::{ColumnOptions, ConfigOption};
use crate::config::options::Options;
use crate::read::inspect::inspect;
use crate::score::drafts;
use crate::visible::VisibleWriter;

#[derive(Args)]
pub(super) struct Arguments {
    /// CSV or TSV files of feedback, gzipped or not; - is standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    config: ConfigOption,
    #[command(flatten, next_help_heading = "Columns")]
    columns: ColumnOptions,
}

/// Prints what would be read.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let flags = Options { columns: arguments.columns.into(), ..Options::default() };
    let choice = arguments.config.under(flags)?.columns;
    for inspection in inspect(&arguments.inputs, &choice, |row| !drafts(row).is_empty())? {
        writeln!(VisibleWriter(io::stdout()), "{inspection}")?;
    }
    Ok(ExitCode::SUCCESS)
}
