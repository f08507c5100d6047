//! `painpoint analyze`.

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use jiff::civil::Date;

use super::TOO_MANY_REJECTS;
use super::options::{
    ColumnOptions, ConfigError, DetailOption, LanguageOption, ModelOptions, codebook,
};
use super::progress::Display;
use crate::config::codebook::Codebook;
use crate::config::corrections::Corrections;
use crate::config::settings::Settings;
use crate::painpoint::findings::Findings;
use crate::painpoint::{self, Detail};
use crate::report::ReportLanguage;
use crate::report::dialect::Dialect;
use crate::report::outputs::OutputFile;
use crate::report::words::label;
use crate::run::{Completed, Plan, Scales, baseline, run as analyse};
use crate::tally::corrections::Agreement;
use crate::visible::{VisibleWriter, visible, visible_path};

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
    /// Output folder of an earlier run: pain points keep their ids, changes are told
    #[arg(long, value_name = "DIR")]
    baseline: Option<PathBuf>,
    /// What you know better than the program (corrections.csv)
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    /// First day of the later of two periods to compare [default: halves the feedback]
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// How finely pain points are told apart [default: normal]
    #[arg(long, value_enum)]
    detail: Option<DetailOption>,
    /// Pain points and delights of one touchpoint alone, formed among its mentions
    #[arg(long, value_name = "ID")]
    touchpoint: Option<String>,
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
    let codebook = codebook(arguments.codebook.or_else(|| settings.codebook.clone()))?;
    let touchpoint = arguments.touchpoint.or_else(|| settings.touchpoint.clone());
    let touchpoint = touchpoint.map(|name| identifier(&codebook, &name)).transpose()?;
    let corrections = arguments.corrections.or_else(|| settings.corrections.clone());
    let baseline = arguments.baseline.or_else(|| settings.baseline.clone());
    Ok(Plan {
        since: since(arguments.since.or_else(|| settings.since.clone()))?,
        baseline: baseline
            .map(|folder| baseline::read(&folder, touchpoint.as_deref()))
            .transpose()?,
        corrections: corrections
            .map(|path| Corrections::load(&path, &codebook))
            .transpose()?
            .unwrap_or_default(),
        columns: arguments.columns.choice(settings),
        codebook,
        touchpoint,
        model: arguments.model.directory(settings),
        engine: arguments.model.engine(settings)?,
        precision: arguments.model.precision(settings)?,
        threads: arguments.model.threads(settings),
        language: language(arguments.report_lang, settings)?,
        dialect: Dialect { excel: arguments.excel || settings.excel },
        settings: painpoint::Settings {
            detail: detail(arguments.detail, settings)?,
            ..painpoint::Settings::default()
        },
        inputs: arguments.inputs,
        out: arguments.out,
    })
}

/// The identifier of a touchpoint that is given by identifier or name.
fn identifier(codebook: &Codebook, name: &str) -> Result<String, ConfigError> {
    let ids = codebook.ids();
    let found = codebook.touchpoint_named(name).map(|index| ids[index].to_owned());
    found.ok_or_else(|| {
        let ids = ids.join(", ");
        ConfigError::Unsupported(format!("the codebook has no touchpoint {name:?}; it has {ids}"))
    })
}

fn since(day: Option<String>) -> Result<Option<Date>, ConfigError> {
    let read = |day: String| {
        day.parse().map_err(|_| {
            ConfigError::Unsupported(format!(
                "since {day:?} is no day; write it as year, month and day: 2026-03-01"
            ))
        })
    };
    day.map(read).transpose()
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

fn detail(flag: Option<DetailOption>, settings: &Settings) -> Result<Detail, ConfigError> {
    match (flag, &settings.detail) {
        (Some(flag), _) => Ok(flag.into()),
        (None, None) => Ok(Detail::default()),
        (None, Some(name)) => Detail::from_name(name).ok_or_else(|| {
            ConfigError::Unsupported(format!(
                "detail {name:?} in the configuration; coarse, normal and fine are supported"
            ))
        }),
    }
}

/// Says on standard error what was read and found, and on standard output where the report lies.
fn summarise(plan: &Plan, outcome: &Completed) -> io::Result<()> {
    let summary = &outcome.findings.summary;
    let rows = &summary.rows;
    let mut err = VisibleWriter(io::stderr());
    writeln!(
        err,
        "{}: {} feedback ({} without text), {}, {}",
        count(rows.rows, "row"),
        rows.feedback,
        rows.without_text,
        count(rows.duplicates, "duplicate"),
        count(rows.rejects, "reject")
    )?;
    for (path, column, cells) in &outcome.ignored {
        writeln!(
            err,
            "{}: {cells} cells of column {column:?} could not be read and were left out",
            visible_path(path)
        )?;
    }
    scales(&outcome.scales, &mut err)?;
    let covered = summary.covered;
    let about =
        summary.touchpoint.as_ref().map(|id| format!(" about {}", visible(id))).unwrap_or_default();
    let where_found = match covered.of {
        0 => format!("no negative mention{about}"),
        _ => format!(
            "{:.0} % of the negative ones{about} are in {}",
            covered.share * 100.0,
            count(outcome.findings.pain_points().count() as u64, "pain point"),
        ),
    };
    writeln!(
        err,
        "{}: {} negative, {} neutral, {} positive; {where_found}",
        count(summary.sentiment.total(), "mention"),
        summary.sentiment.negative,
        summary.sentiment.neutral,
        summary.sentiment.positive,
    )?;
    for (rank, pain_point) in outcome.findings.pain_points().take(5).enumerate() {
        writeln!(
            err,
            "  {}. {} ({}): {:.1} % of feedback",
            rank + 1,
            visible(&label(&pain_point.label)),
            visible(&pain_point.touchpoint),
            pain_point.feedback.share * 100.0
        )?;
    }
    changes(&outcome.findings, &mut err)?;
    let (mut out, report) = (io::stdout(), plan.out.join(OutputFile::Report.name()));
    match out.is_terminal() {
        true => writeln!(out, "{}", visible_path(&report)),
        // Scripts open what is printed.
        false => writeln!(out, "{}", report.display()),
    }
}

/// Says to which scale ratings were brought, where inputs have different ones.
fn scales(scales: &Scales, err: &mut impl Write) -> io::Result<()> {
    let Some((lowest, highest)) = scales.common.filter(|_| scales.differ()) else { return Ok(()) };
    writeln!(
        err,
        "the inputs rate on different scales; all ratings are brought to {lowest} to {highest}"
    )?;
    for (path, (lowest, highest)) in &scales.own {
        writeln!(err, "  {}: {lowest} to {highest}", visible_path(path))?;
    }
    Ok(())
}

/// Says what became of the corrections, and of what an earlier run found.
fn changes(findings: &Findings, err: &mut impl Write) -> io::Result<()> {
    if let Some(corrections) = findings.corrections {
        let Agreement { checked, disagreed } = corrections.sentiment;
        let touchpoint = corrections.touchpoint;
        writeln!(
            err,
            "{}, {} of which found nothing to correct; the program had another sentiment in \
             {disagreed} of {checked} mentions and other touchpoints in {} of {}",
            count(corrections.rows, "correction"),
            corrections.rows - corrections.matched,
            touchpoint.disagreed,
            touchpoint.checked,
        )?;
    }
    if let Some(earlier) = &findings.comparisons.earlier_run {
        writeln!(
            err,
            "{} of the earlier run are gone; changes.csv has all changes",
            count(earlier.gone.len() as u64, "topic"),
        )?;
    }
    Ok(())
}

/// A count with its noun.
fn count(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
