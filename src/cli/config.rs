//! `painpoint config`.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;

use super::options::{AnalysisOptions, ConfigOption};

#[derive(Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    config: ConfigOption,
    #[command(flatten)]
    analysis: AnalysisOptions,
}

/// Prints the effective configuration.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let configuration = arguments.config.under(arguments.analysis.into())?;
    write!(io::stdout(), "{}", configuration.show())?;
    Ok(ExitCode::SUCCESS)
}
