//! `painpoint analyze`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use jiff::Zoned;

use super::hooks::{Done, Hooks};
use super::options::{AnalysisOptions, ConfigError, ConfigOption, codebook, threads};
use super::progress::Display;
use super::{
    ALERT, TOO_MANY_REJECTS, Unfit, changed, events, fail, interrupt, log, print_path, retention,
};
use crate::config::codebook::Codebook;
use crate::config::corrections::Corrections;
use crate::config::options::{Day, LogFormat};
use crate::config::{Configuration, ConfigurationError, Setting};
use crate::painpoint;
use crate::painpoint::findings::{Alerts, Findings};
use crate::read::{Places, ToldDoubt};
use crate::report::alarms;
use crate::report::dialect::Dialect;
use crate::report::outputs::OutputFile;
use crate::report::words::label;
use crate::run::dated::OutFolder;
use crate::run::origin::Origin;
use crate::run::{Completed, Plan, Scales, baseline, run as analyse};
use crate::score::Remembrance;
use crate::tally::corrections::Agreement;
use crate::visible::{visible, visible_path};

#[derive(Args)]
pub(super) struct Arguments {
    /// Files of feedback, or folders of them: CSV, Excel, OpenDocument or JSON, also as .gz or .zst; - is standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Folder for the results; {date} in it is the day of the run
    #[arg(long, short, value_name = "DIR", default_value = "painpoint-out")]
    out: PathBuf,
    /// No progress and no summary; errors, and warnings that something failed
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    config: ConfigOption,
    #[command(flatten)]
    analysis: AnalysisOptions,
    /// Start the cache anew: one that is damaged or of another version, or set aside what is none
    #[arg(long)]
    rebuild_cache: bool,
}

/// Analyses, and says where the report lies.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    interrupt::watch()?;
    let out = OutFolder::new(&arguments.out, Zoned::now().date());
    let hooks = Hooks::new(arguments.config.path(), out.as_ref().ok().map(OutFolder::path));
    let ended = out.map_err(|error| Unfit(error.to_string()).into());
    let ended = ended.and_then(|out| attempt(arguments, &out, &hooks));
    let exit = ended.as_ref().map_or_else(fail, |done| ExitCode::from(done.code));
    hooks.ended(&ended);
    Ok(exit)
}

fn attempt(arguments: Arguments, folder: &OutFolder, hooks: &Hooks) -> anyhow::Result<Done> {
    let Arguments { inputs, out: _, quiet, config, analysis, rebuild_cache } = arguments;
    let configuration = config.under(analysis.into())?;
    let manner = Manner::of(&configuration, quiet);
    manner.start_log();
    let keep = retention::keep(&configuration, folder).map_err(ConfigError::from)?;
    hooks.start();
    let out = folder.path().to_owned();
    let mut plan = plan(Places::find(&inputs)?, out, &config, configuration)?;
    match &mut plan.cache {
        Some(cache) => cache.rebuild = rebuild_cache,
        None if rebuild_cache => {
            let told =
                "--rebuild-cache: there is no cache to start anew; name its file with --cache";
            return Err(Unfit(told.into()).into());
        }
        None => {}
    }
    let outcome = execute(&plan, &manner)?;
    retention::retain(folder, keep);
    let done = told(&plan, &manner, &outcome);
    if outcome.findings.alerts.iter().any(|own| own.alarms().next().is_some()) {
        hooks.alert(done.code);
    }
    show(&plan, &manner)?;
    Ok(done)
}

/// How a run goes, whatever comes out.
pub(super) struct Manner {
    quiet: bool,
    log_format: LogFormat,
    max_rejects: Option<u64>,
    fail_on_alert: bool,
}

impl Manner {
    /// What a configuration says.
    pub(super) fn of(configuration: &Configuration, quiet: bool) -> Self {
        let Configuration { log_format, max_rejects, .. } = *configuration;
        let fail_on_alert = configuration.fail_on_alert.value.unwrap_or_default();
        Self { quiet, log_format, max_rejects, fail_on_alert }
    }

    /// Starts the log.
    pub(super) fn start_log(&self) {
        log::start(self.log_format, self.quiet);
    }
}

/// Runs a plan.
pub(super) fn execute(plan: &Plan, manner: &Manner) -> anyhow::Result<Completed> {
    // More pools than cores would only get in each other's way; a second call has no effect.
    let _ = rayon::ThreadPoolBuilder::new().num_threads(plan.threads).build_global();
    let display = Display::new(manner.log_format, manner.quiet);
    let outcome = analyse(plan, &display)?;
    display.finish();
    Ok(outcome)
}

/// Tells of a run, and what it comes to.
pub(super) fn told(plan: &Plan, manner: &Manner, outcome: &Completed) -> Done {
    events::warnings(outcome);
    match manner.log_format {
        _ if manner.quiet => {}
        // A log that cannot be written loses no results.
        LogFormat::Text => _ = summarise(outcome),
        LogFormat::Json => events::summary(plan, outcome),
    }
    let rejects = outcome.findings.summary.rows.rejects;
    let alerts = outcome.findings.alerts.as_ref();
    let fails = manner.fail_on_alert && alerts.is_some_and(Alerts::fails);
    let (code, event, reason) = if manner.max_rejects.is_some_and(|most| rejects > most) {
        let reason = format!("{rejects} rows were rejected, more than allowed; see rejects.csv");
        (TOO_MANY_REJECTS, "too_many_rejects", reason)
    } else if fails {
        (ALERT, "alert", "an alert is a failure; see alerts.csv".to_owned())
    } else {
        return Done { code: 0, reason: None };
    };
    log::end(event, code, &reason);
    Done { code, reason: Some(reason) }
}

/// Prints where the report lies.
pub(super) fn show(plan: &Plan, manner: &Manner) -> anyhow::Result<()> {
    if !manner.quiet {
        match print_path(&plan.out.join(OutputFile::Report.name())) {
            // Whoever read our output has seen enough.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            printed => printed?,
        }
    }
    Ok(())
}

/// What a configuration has done with the inputs.
pub(super) fn plan(
    places: Places,
    out: PathBuf,
    config: &ConfigOption,
    configuration: Configuration,
) -> Result<Plan, ConfigError> {
    configuration.fits()?;
    let codebook = codebook(&configuration)?;
    let touchpoint = identifier(&codebook, &configuration.touchpoint)?;
    let baseline = configuration.baseline.as_deref();
    let corrections = configuration.corrections.as_deref();
    let sources = [config.path(), configuration.codebook.as_deref(), corrections, baseline];
    let origin = Origin::of(&configuration);
    Ok(Plan {
        origin,
        sources: sources.into_iter().flatten().map(Path::to_owned).collect(),
        since: configuration.since.map(|Day(date)| date),
        baseline: baseline
            .map(|folder| baseline::read(folder, touchpoint.as_deref(), !configuration.no_priors))
            .transpose()?,
        corrections: corrections
            .map(|path| Corrections::load(path, &codebook))
            .transpose()?
            .unwrap_or_default(),
        engine: configuration.engine()?,
        cache: configuration.cache()?,
        history: configuration.history.value.clone(),
        alerts: configuration.alerts.clone(),
        precision: configuration.precision,
        threads: threads(&configuration),
        language: configuration.report_lang,
        presentation: configuration.presentation.presentation(touchpoint.is_some())?,
        dialect: Dialect { excel: configuration.excel, raw: configuration.raw_csv },
        settings: painpoint::Settings {
            detail: configuration.detail,
            ..painpoint::Settings::default()
        },
        protection: configuration.privacy.protection()?,
        no_verbatims: configuration.privacy.no_verbatims,
        columns: configuration.columns,
        strict: configuration.strict,
        wait_lock: Duration::from_secs(configuration.wait_lock),
        priors: !configuration.no_priors,
        model: configuration.model,
        codebook,
        touchpoint,
        inputs: places.files,
        passed_over: places.passed_over,
        out,
    })
}

/// The identifier of a touchpoint that is given by identifier or name.
fn identifier(
    codebook: &Codebook,
    touchpoint: &Setting<String>,
) -> Result<Option<String>, ConfigurationError> {
    let Some(name) = &touchpoint.value else { return Ok(None) };
    let ids = codebook.ids();
    let found = codebook.touchpoint_named(name).map(|index| ids[index].to_owned());
    let wrong = || {
        let problem = format!("the codebook has no touchpoint {name:?}");
        touchpoint.wrong(problem, format!("it has {}", ids.join(", ")))
    };
    found.ok_or_else(wrong).map(Some)
}

/// Says what was read and found.
fn summarise(outcome: &Completed) -> io::Result<()> {
    let summary = &outcome.findings.summary;
    let rows = &summary.rows;
    let mut err = log::Lines::default();
    writeln!(
        err,
        "{}: {} feedback ({} without text{}), {}, {}{}",
        count(rows.rows, "row"),
        rows.feedback,
        rows.without_text,
        match rows.near_duplicates {
            0 => String::new(),
            near => format!(", {}", count(near, "near-duplicate")),
        },
        count(rows.duplicates, "duplicate"),
        count(rows.rejects, "reject"),
        if rows.left_out == 0 { String::new() } else { format!(", {} left out", rows.left_out) }
    )?;
    scales(&outcome.scales, &mut err)?;
    let covered = summary.covered;
    let about =
        summary.touchpoint.as_ref().map(|id| format!(" about {}", visible(id))).unwrap_or_default();
    let where_found = match covered.of {
        0 => format!("no negative mention{about}"),
        _ => format!(
            "of the negative ones{about} {:.0} % are in {}, {:.0} % are other complaints, {:.0} % name no problem{}",
            covered.share * 100.0,
            count(outcome.findings.pain_points().count() as u64, "pain point"),
            summary.others().share * 100.0,
            summary.cries.share * 100.0,
            match summary.doubtful.count {
                0 => String::new(),
                _ => format!(
                    ", {:.0} % their row's score speaks against",
                    summary.doubtful.share * 100.0
                ),
            },
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
            "  {}. {} ({}): {:.1} % of feedback{}",
            rank + 1,
            visible(&label(&pain_point.label)),
            visible(&pain_point.touchpoint),
            pain_point.feedback.share * 100.0,
            match outcome.findings.family(pain_point) {
                Some(family) => format!(
                    ", {:.1} % with {} much the same",
                    family.feedback.share * 100.0,
                    family.topics.len() - 1
                ),
                None => String::new(),
            }
        )?;
    }
    if let Some(own) = &outcome.remembrance {
        remembered(own, &mut err)?;
    }
    changes(&outcome.findings, &outcome.unmatched, &mut err)?;
    alerts(&outcome.findings, &mut err)?;
    doubts(&outcome.findings.reading.doubts, &mut err)
}

/// Says what the model had to do.
fn remembered(own: &Remembrance, err: &mut impl Write) -> io::Result<()> {
    writeln!(err, "{} scored, {} from the cache", count(own.scored, "text"), own.found)
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

/// Says what is doubtful about the reading, what matters most first.
pub(super) fn doubts(doubts: &[ToldDoubt], err: &mut impl Write) -> io::Result<()> {
    if doubts.is_empty() {
        return Ok(());
    }
    writeln!(err, "Doubts about what was read (? may be wrong, · is told to be known):")?;
    doubts.iter().try_for_each(|told| writeln!(err, "  {told}"))
}

/// Corrections that found nothing of which each is named; the others are counted.
const UNMATCHED: usize = 10;

/// Says what became of the corrections, and of what an earlier run found.
fn changes(findings: &Findings, unmatched: &[String], err: &mut impl Write) -> io::Result<()> {
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
        for row in unmatched.iter().take(UNMATCHED) {
            writeln!(err, "  {} found nothing", visible(row))?;
        }
        if unmatched.len() > UNMATCHED {
            writeln!(err, "  … and {} more", unmatched.len() - UNMATCHED)?;
        }
    }
    if let Some(earlier) = &findings.comparisons.earlier_run {
        writeln!(
            err,
            "{} of the earlier run are gone; changes.csv has all changes",
            count(earlier.gone.len() as u64, "topic"),
        )?;
        changed::names(findings, err)?;
    }
    Ok(())
}

/// Says what rules came to.
fn alerts(findings: &Findings, err: &mut impl Write) -> io::Result<()> {
    let mut lines = alarms(findings).into_iter();
    let Some(counted) = lines.next() else { return Ok(()) };
    writeln!(err, "Alerts: {counted}")?;
    lines.try_for_each(|line| writeln!(err, "  {line}"))
}

/// A count with its noun.
pub(super) fn count(n: u64, noun: &str) -> String {
    format!("{n} {noun}{}", if n == 1 { "" } else { "s" })
}
