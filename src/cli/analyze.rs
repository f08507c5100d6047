//! `painpoint analyze`.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::TOO_MANY_REJECTS;
use super::options::{ColumnOptions, ConfigError, LanguageOption, ModelOptions, codebook};
use super::progress::Display;
use crate::analysis::{Outcome, Plan, run as analyse};
use crate::config::settings::Settings;
use crate::report::ReportLanguage;
use crate::report::dialect::Dialect;

#[derive(Args)]
pub struct Arguments {
    /// CSV or TSV files of feedback, gzipped or not; - is standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Folder for the results
    #[arg(long, short, value_name = "DIR", default_value = "painpoint-out")]
    out: PathBuf,
    /// Configuration file (painpoint.toml)
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Touchpoints of your own (codebook.toml) [default: the built-in codebook]
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// Language of the report [default: en]
    #[arg(long, value_enum)]
    report_lang: Option<LanguageOption>,
    /// Write CSV files for a double click in Excel
    #[arg(long)]
    excel: bool,
    /// With more rejected rows than this, end with exit code 4
    #[arg(long, value_name = "N")]
    max_rejects: Option<u64>,
    /// No progress and no summary; errors only
    #[arg(long, short)]
    quiet: bool,
    // The groups come last: options behind them would stand under their headings.
    #[command(flatten, next_help_heading = "Columns")]
    columns: ColumnOptions,
    #[command(flatten, next_help_heading = "Model")]
    model: ModelOptions,
}

/// Analyses, and says where the report lies.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let settings = arguments
        .config
        .as_deref()
        .map_or_else(|| Ok(Settings::default()), Settings::load)
        .map_err(ConfigError::from)?;
    let max_rejects = arguments.max_rejects.or(settings.max_rejects);
    let quiet = arguments.quiet;
    let plan = plan(arguments, &settings)?;
    // More pools than cores would only get in each other's way; a second call has no effect.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(plan.threads).build_global();
    let display = Display::new(quiet);
    let outcome = analyse(&plan, &display)?;
    display.finish();
    if !quiet {
        summarise(&plan, &outcome)?;
    }
    let rejects = outcome.findings.summary.rows.rejects;
    if max_rejects.is_some_and(|most| rejects > most) {
        writeln!(io::stderr(), "{rejects} rows were rejected, more than allowed; see rejects.csv")?;
        return Ok(ExitCode::from(TOO_MANY_REJECTS));
    }
    Ok(ExitCode::SUCCESS)
}

fn plan(arguments: Arguments, settings: &Settings) -> Result<Plan, ConfigError> {
    Ok(Plan {
        columns: arguments.columns.choice(settings),
        codebook: codebook(arguments.codebook.or_else(|| settings.codebook.clone()))?,
        model: arguments.model.directory(settings),
        precision: arguments.model.precision(settings)?,
        threads: arguments.model.threads(settings),
        language: language(arguments.report_lang, settings)?,
        dialect: Dialect { excel: arguments.excel || settings.excel },
        settings: crate::painpoint::Settings::default(),
        inputs: arguments.inputs,
        out: arguments.out,
    })
}

fn language(
    flag: Option<LanguageOption>,
    settings: &Settings,
) -> Result<ReportLanguage, ConfigError> {
    match (flag, &settings.report_lang) {
        (Some(flag), _) => Ok(flag.into()),
        (None, None) => Ok(ReportLanguage::En),
        (None, Some(code)) => ReportLanguage::from_code(code).ok_or_else(|| {
            ConfigError::Unsupported(format!(
                "report_lang {code:?} in the configuration; de and en are supported"
            ))
        }),
    }
}

/// Says on standard error what was read and found, and on standard output where the report lies.
fn summarise(plan: &Plan, outcome: &Outcome) -> io::Result<()> {
    let summary = &outcome.findings.summary;
    let rows = &summary.rows;
    let mut err = io::stderr();
    writeln!(
        err,
        "{} rows: {} feedback ({} without text), {} duplicates, {} rejects",
        rows.rows, rows.feedback, rows.without_text, rows.duplicates, rows.rejects
    )?;
    for (path, column, count) in &outcome.ignored {
        writeln!(
            err,
            "{}: {count} cells of column {column:?} could not be read and were left out",
            path.display()
        )?;
    }
    writeln!(
        err,
        "{} mentions: {} negative, {} neutral, {} positive; {} pain points cover {:.0} % of the negative ones",
        summary.sentiment.total(),
        summary.sentiment.negative,
        summary.sentiment.neutral,
        summary.sentiment.positive,
        outcome.findings.pain_points.len(),
        summary.covered.share * 100.0
    )?;
    for (rank, pain_point) in outcome.findings.pain_points.iter().take(5).enumerate() {
        writeln!(
            err,
            "  {}. {} ({}): {:.1} % of feedback",
            rank + 1,
            pain_point.label,
            pain_point.touchpoint,
            pain_point.feedback.share * 100.0
        )?;
    }
    writeln!(io::stdout(), "{}", plan.out.join("report.html").display())
}
