//! `painpoint report`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::options::{ConfigOption, ReportOptions};
use super::{Unfit, print_path};
use crate::config::options::Options;
use crate::report::Reader;
use crate::report::outputs::OutputFile;
use crate::run::found;

#[derive(Args)]
pub(super) struct Arguments {
    /// Output folder of a run: its reports for people are written anew from its findings.json
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Tell only the pain points and delights of one touchpoint and its parts
    #[arg(long, value_name = "ID")]
    touchpoint: Option<String>,
    /// Leave out whatever a customer wrote
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    no_verbatims: Option<bool>,
    #[command(flatten)]
    config: ConfigOption,
    #[command(flatten, next_help_heading = "Report")]
    report: ReportOptions,
}

/// Makes the reports of a run again, without scoring.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let mut flags = Options { touchpoint: arguments.touchpoint, ..arguments.report.into() };
    flags.privacy.no_verbatims = arguments.no_verbatims;
    let configuration = arguments.config.under(flags)?;
    let folder = arguments.folder.as_path();
    let mut findings = found::findings(folder).map_err(|error| Unfit(error.to_string()))?;
    if let Some(name) = &configuration.touchpoint.value {
        let id = found::touchpoint(&findings, name).ok_or_else(|| {
            let ids = findings.summary.touchpoints.iter().map(|own| own.id.as_str());
            let remedy = format!("it has {}", ids.collect::<Vec<_>>().join(", "));
            configuration.touchpoint.wrong(format!("the run has no touchpoint {name:?}"), remedy)
        })?;
        findings = findings.at(&id);
    }
    if configuration.privacy.no_verbatims {
        findings = findings.without_verbatims();
    }
    let reader = Reader {
        language: configuration.report_lang,
        presentation: configuration
            .presentation
            .presentation(findings.summary.touchpoint.is_some())?,
        ..Reader::default()
    };
    found::report(folder, &findings, &reader)?;
    print_path(&folder.join(OutputFile::Report.name()))?;
    Ok(ExitCode::SUCCESS)
}
