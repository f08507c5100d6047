//! `painpoint report`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::options::ConfigOption;
use super::{Unfit, print_path};
use crate::config::options::Options;
use crate::report::dialect::Dialect;
use crate::report::outputs::OutputFile;
use crate::report::{Reader, ReportLanguage};
use crate::run::found;

#[derive(Args)]
pub(super) struct Arguments {
    /// Output folder of a run: its report.html and report.xlsx are written anew from its findings.json
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Language of the report [default: en]
    #[arg(long, value_enum)]
    report_lang: Option<ReportLanguage>,
    #[command(flatten)]
    config: ConfigOption,
}

/// Makes the reports of a run again, without scoring.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let flags = Options { report_lang: arguments.report_lang, ..Options::default() };
    let configuration = arguments.config.under(flags)?;
    let folder = arguments.folder.as_path();
    let findings = found::findings(folder).map_err(|error| Unfit(error.to_string()))?;
    let reader = Reader { language: configuration.report_lang, dialect: Dialect::default() };
    found::report(folder, &findings, reader)?;
    print_path(&folder.join(OutputFile::Report.name()))?;
    Ok(ExitCode::SUCCESS)
}
