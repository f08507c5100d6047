//! Options that several subcommands share, as flags.

use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::config::codebook::{Codebook, CodebookError, Sector};
use crate::config::corrections::CorrectionsError;
use crate::config::options::{
    CacheChoice, Columns, Day, LogFormat, Megabytes, Options, Privacy, Report, Threads,
};
use crate::config::{Configuration, ConfigurationError};
use crate::model::{EngineKind, Model, ModelError, Precision};
use crate::painpoint::Detail;
use crate::read::{DateOrder, LongFormat, NamedAsks, NamedRole, RatingScale};
use crate::report::ReportLanguage;
use crate::report::presentation::{Accent, Audience};
use crate::run::baseline::BaselineError;
use crate::run::default_threads;

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConfigError {
    /// A flag, a variable or `painpoint.toml`.
    #[error(transparent)]
    Configuration(#[from] ConfigurationError),
    /// The codebook.
    #[error(transparent)]
    Codebook(#[from] CodebookError),
    /// The corrections.
    #[error(transparent)]
    Corrections(#[from] CorrectionsError),
    /// The earlier run.
    #[error(transparent)]
    Baseline(#[from] BaselineError),
}

/// The configuration file.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct ConfigOption {
    /// Configuration file (painpoint.toml)
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl ConfigOption {
    /// The file, if one is named.
    pub(super) fn path(&self) -> Option<&Path> {
        self.config.as_deref()
    }

    /// Flags over environment over file over defaults.
    pub(super) fn under(&self, flags: Options) -> Result<Configuration, ConfigError> {
        Ok(Configuration::load(flags, self.config.as_deref())?)
    }
}

/// Everything that a configuration may say.
#[derive(Args, Clone, Debug, Default)]
pub struct AnalysisOptions {
    /// Touchpoints of your own (codebook.toml) [default: the built-in codebook]
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// Touchpoints of a sector beside those of the codebook
    #[arg(long, value_enum)]
    sector: Option<Sector>,
    /// Output folder of an earlier run: pain points keep their ids, changes are told
    #[arg(long, value_name = "DIR")]
    baseline: Option<PathBuf>,
    /// What you know better than the program (corrections.csv)
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    /// First day of the later of two periods to compare [default: halves the feedback]
    #[arg(long, value_name = "DATE")]
    since: Option<Day>,
    /// How finely pain points are told apart [default: normal]
    #[arg(long, value_enum)]
    detail: Option<Detail>,
    /// Tell only the pain points and delights of one touchpoint and its parts
    #[arg(long, value_name = "ID")]
    touchpoint: Option<String>,
    /// Write CSV files for a double click in Excel
    // With a value, because a file or variable may say yes.
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    excel: Option<bool>,
    /// Write texts to CSV files as they are, even those that a spreadsheet would run as a formula
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    raw_csv: Option<bool>,
    /// With more rejected rows than this, end with exit code 4
    #[arg(long, value_name = "N")]
    max_rejects: Option<u64>,
    /// Wait so many seconds for another run that holds the output folder or the cache [default: 0]
    #[arg(long, value_name = "SECONDS")]
    wait_lock: Option<u64>,
    /// Keep so many dated folders, with --out 'reports/{date}'; older ones that hold only results go [default: all]
    #[arg(long = "keep", value_name = "N")]
    keep_folders: Option<NonZeroU64>,
    /// A doubt about what was read is an error: exit code 2, and nothing is written
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    strict: Option<bool>,
    /// Find sentiment in the text alone, whatever score its row has and what its column was asked for
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    no_priors: Option<bool>,
    /// How a run speaks on standard error [default: text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    log_format: Option<LogFormat>,
    // The groups come last: options behind them would stand under their headings.
    #[command(flatten, next_help_heading = "Columns")]
    columns: ColumnOptions,
    #[command(flatten, next_help_heading = "Privacy")]
    privacy: PrivacyOptions,
    #[command(flatten, next_help_heading = "Report")]
    report: ReportOptions,
    #[command(flatten, next_help_heading = "Model")]
    model: ModelOptions,
    #[command(flatten, next_help_heading = "Cache")]
    cache: CacheOptions,
    #[command(flatten, next_help_heading = "History and alerts")]
    history: HistoryOptions,
}

impl From<AnalysisOptions> for Options {
    fn from(flags: AnalysisOptions) -> Self {
        Self {
            codebook: flags.codebook,
            sector: flags.sector,
            baseline: flags.baseline,
            corrections: flags.corrections,
            since: flags.since,
            detail: flags.detail,
            touchpoint: flags.touchpoint,
            excel: flags.excel,
            raw_csv: flags.raw_csv,
            max_rejects: flags.max_rejects,
            wait_lock: flags.wait_lock,
            keep: flags.keep_folders,
            strict: flags.strict,
            no_priors: flags.no_priors,
            log_format: flags.log_format,
            cache: flags.cache.choice(),
            cache_size: flags.cache.cache_size,
            history: flags.history.history,
            fail_on_alert: flags.history.fail_on_alert,
            columns: flags.columns.into(),
            privacy: flags.privacy.into(),
            ..flags.model.into()
        }
        .with(flags.report)
    }
}

impl Options {
    fn with(self, report: ReportOptions) -> Self {
        Self {
            report_lang: report.report_lang,
            report: Report {
                company: report.company,
                title: report.report_title,
                introduction: report.introduction,
                logo: report.logo,
                accent: report.accent,
                audience: report.audience,
            },
            ..self
        }
    }
}

impl From<ReportOptions> for Options {
    fn from(flags: ReportOptions) -> Self {
        Self::default().with(flags)
    }
}

/// How reports for people present themselves.
#[derive(Args, Clone, Debug, Default)]
pub struct ReportOptions {
    /// Language of the report [default: en]
    #[arg(long, value_enum)]
    report_lang: Option<ReportLanguage>,
    /// For whom it is: board (no chapters) or owner (of the --touchpoint) [default: everyone]
    #[arg(long, value_enum)]
    audience: Option<Audience>,
    /// Name of the company
    #[arg(long, value_name = "NAME")]
    company: Option<String>,
    /// Title in place of the usual one
    #[arg(long, value_name = "TEXT")]
    report_title: Option<String>,
    /// A paragraph under the title
    #[arg(long, value_name = "TEXT")]
    introduction: Option<String>,
    /// Picture beside the title: PNG, JPEG, GIF, WebP or SVG, at most 200 kB
    #[arg(long, value_name = "FILE")]
    logo: Option<PathBuf>,
    /// Colour of rules and links, dark enough to be read on white, as in "#0b5a7a"
    #[arg(long, value_name = "COLOUR")]
    accent: Option<Accent>,
}

/// Which columns hold what.
#[derive(Args, Clone, Debug, Default)]
pub struct ColumnOptions {
    /// Column of free text; may be given several times [default: found by name and content]
    #[arg(long = "text-column", value_name = "NAME")]
    text: Option<Vec<String>>,
    /// Column that identifies the feedback
    #[arg(long = "id-column", value_name = "NAME")]
    id: Option<String>,
    /// Column of dates
    #[arg(long = "date-column", value_name = "NAME")]
    date: Option<String>,
    /// Column of likelihoods to recommend, 0 to 10
    #[arg(long = "nps-column", value_name = "NAME")]
    nps: Option<String>,
    /// Column of ratings such as stars
    #[arg(long = "rating-column", value_name = "NAME")]
    rating: Option<String>,
    /// Column of channels or platforms
    #[arg(long = "source-column", value_name = "NAME")]
    source: Option<String>,
    /// Column that names the touchpoint
    #[arg(long, value_name = "NAME")]
    touchpoint_column: Option<String>,
    /// Column of customer groups; may be given several times
    #[arg(long = "segment-column", value_name = "NAME")]
    segments: Option<Vec<String>>,
    /// Role of a column beside those that are found: text, id, date, nps, rating, source, touchpoint,
    /// segment, other; may be given several times
    #[arg(long = "role", value_name = "NAME=ROLE")]
    roles: Option<Vec<NamedRole>>,
    /// What a column of text was asked for: improve, liked, reason, any; may be given several times [default: found by name]
    #[arg(long = "asks", value_name = "NAME=ASKS")]
    asks: Option<Vec<NamedAsks>>,
    /// Column to pass over; may be given several times
    #[arg(long = "ignore-column", value_name = "NAME")]
    ignore: Option<Vec<String>>,
    /// Columns of ids, questions and answers where a row is one answer of a person, not all of them
    #[arg(long, value_name = "ID,QUESTION,ANSWER")]
    long: Option<LongFormat>,
    /// Profile of a tool's exports (profile.toml), or "none" to use none that is built in; may be given several times
    #[arg(long = "profile", value_name = "FILE")]
    profiles: Option<Vec<PathBuf>>,
    /// Read the rows, too, that a profile leaves out: previews, unfinished answers
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    all_rows: Option<bool>,
    /// What comes first in dates such as 03/04/2025 [default: found in all rows]
    #[arg(long, value_enum, value_name = "ORDER")]
    date_order: Option<DateOrder>,
    /// Lowest and highest rating, as 1..5, or as 1..6,reversed where 1 is best [default: found by name and content]
    #[arg(long, value_name = "SCALE", allow_hyphen_values = true)]
    rating_scale: Option<RatingScale>,
    /// Sheet of workbooks [default: the one with most text, and those with the same columns]
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Field delimiter, one sign or a few [default: found among , ; | ^ ~ : and tab]
    #[arg(long, value_name = "SIGN")]
    delimiter: Option<String>,
    /// Encoding of the text, such as windows-1252 [default: found]
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// Repair letters that were once saved in a wrong encoding ("stÃ¼rzt")
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    fix_mojibake: Option<bool>,
    /// Keep what in a text is not the customer's: greetings, signatures, replies, leftovers of websites
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    keep_boilerplate: Option<bool>,
    /// Count each feedback whose text nearly repeats another's
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    keep_near_duplicates: Option<bool>,
    /// Analyse what is in languages that are not served, too
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    all_languages: Option<bool>,
    /// Rows above the header to leave out [default: found]
    #[arg(long, value_name = "N")]
    skip_rows: Option<u64>,
    /// Rows that name the columns, 0 if none do [default: found]
    #[arg(long, value_name = "N")]
    header_rows: Option<u64>,
}

impl From<ColumnOptions> for Columns {
    fn from(flags: ColumnOptions) -> Self {
        Self {
            text: flags.text,
            id: flags.id,
            date: flags.date,
            nps: flags.nps,
            rating: flags.rating,
            source: flags.source,
            touchpoint: flags.touchpoint_column,
            segments: flags.segments,
            roles: flags.roles,
            asks: flags.asks,
            ignore: flags.ignore,
            long: flags.long,
            profiles: flags.profiles,
            all_rows: flags.all_rows,
            delimiter: flags.delimiter,
            date_order: flags.date_order,
            rating_scale: flags.rating_scale,
            sheet: flags.sheet,
            encoding: flags.encoding,
            fix_mojibake: flags.fix_mojibake,
            keep_boilerplate: flags.keep_boilerplate,
            keep_near_duplicates: flags.keep_near_duplicates,
            all_languages: flags.all_languages,
            skip_rows: flags.skip_rows,
            header_rows: flags.header_rows,
        }
    }
}

/// What must not leave the building.
#[derive(Args, Clone, Debug, Default)]
pub struct PrivacyOptions {
    /// Replace personal data by placeholders such as [EMAIL] [default: true]
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    redact: Option<bool>,
    /// Keep personal data in all results
    #[arg(long, conflicts_with = "redact")]
    no_redact: bool,
    /// File of names that are replaced too, a line each
    #[arg(long = "redact-names", value_name = "FILE")]
    names: Option<PathBuf>,
    /// Pattern of numbers that are replaced too, as a regular expression; may be given several times
    #[arg(long = "redact-number", value_name = "PATTERN")]
    numbers: Option<Vec<String>>,
    /// What stays although it looks personal, such as your own handle; may be given several times
    #[arg(long = "redact-keep", value_name = "TEXT")]
    keep: Option<Vec<String>>,
    /// Hash ids under the key in a file, which you keep
    #[arg(long, value_name = "KEYFILE")]
    pseudonymise_ids: Option<PathBuf>,
    /// Write nothing that a customer wrote: a report for those who may not pass it on
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    no_verbatims: Option<bool>,
}

impl From<PrivacyOptions> for Privacy {
    fn from(flags: PrivacyOptions) -> Self {
        Self {
            redact: if flags.no_redact { Some(false) } else { flags.redact },
            names: flags.names,
            numbers: flags.numbers,
            keep: flags.keep,
            pseudonymise_ids: flags.pseudonymise_ids,
            no_verbatims: flags.no_verbatims,
        }
    }
}

/// What is kept from run to run.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct CacheOptions {
    /// Keep scores in this file, so that only new rows cost time
    #[arg(long, value_name = "FILE")]
    cache: Option<PathBuf>,
    /// Keep none, whatever the configuration says
    #[arg(long, conflicts_with = "cache")]
    no_cache: bool,
    /// How large the file may be after a run, in megabytes [default: 4096]
    #[arg(long, value_name = "MB")]
    cache_size: Option<Megabytes>,
}

impl CacheOptions {
    fn choice(&self) -> Option<CacheChoice> {
        match self.no_cache {
            true => Some(CacheChoice::Nowhere),
            false => self.cache.clone().map(CacheChoice::File),
        }
    }
}

impl From<CacheOptions> for Options {
    fn from(flags: CacheOptions) -> Self {
        Self { cache: flags.choice(), cache_size: flags.cache_size, ..Self::default() }
    }
}

/// What is kept of runs, and told of the last period.
#[derive(Args, Clone, Debug, Default)]
pub(super) struct HistoryOptions {
    /// Keep figures in this file, so that pain points keep their ids and trends go over all runs
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    history: Option<PathBuf>,
    /// With an alert that is a failure, end with exit code 3 (the rules stand in painpoint.toml)
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    fail_on_alert: Option<bool>,
}

/// Which model, and how it runs.
#[derive(Args, Clone, Debug, Default)]
pub struct ModelOptions {
    /// Model directory in Hugging Face form [default: the model in this binary]
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,
    /// Arithmetic of the engine [default: int8 for weights stored in it, else f32]
    #[arg(long, value_enum)]
    precision: Option<Precision>,
    /// Engine that runs the model [default: packed]
    #[arg(long, value_enum)]
    engine: Option<EngineKind>,
    /// Worker threads, 1 to 1024 [default: one a core]
    #[arg(long, value_name = "N")]
    threads: Option<Threads>,
}

impl From<ModelOptions> for Options {
    fn from(flags: ModelOptions) -> Self {
        Self {
            model: flags.model,
            precision: flags.precision,
            engine: flags.engine,
            threads: flags.threads,
            ..Self::default()
        }
    }
}

/// The number of threads of a configuration.
pub(super) fn threads(configuration: &Configuration) -> usize {
    configuration.threads.map_or_else(default_threads, Threads::count)
}

/// Loads the model of a configuration.
pub(super) fn model(configuration: &Configuration) -> Result<Model, LoadError> {
    Ok(Model::load_for(
        configuration.engine().map_err(ConfigError::from)?,
        configuration.model.as_deref(),
        configuration.precision,
        threads(configuration),
    )?)
}

/// The codebook of a configuration, or the built-in one, with the touchpoints of its sector.
pub(super) fn codebook(configuration: &Configuration) -> Result<Codebook, ConfigError> {
    let path = configuration.codebook.as_deref();
    let codebook = path.map_or_else(|| Ok(Codebook::built_in()), Codebook::load)?;
    Ok(match configuration.sector {
        Some(sector) => codebook.with_sector(sector)?,
        None => codebook,
    })
}

/// Why a model could not be loaded.
#[derive(Debug, thiserror::Error)]
pub(super) enum LoadError {
    /// Its options.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Its files.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl LoadError {
    /// The error itself, so that the exit code follows from it.
    pub(super) fn into_anyhow(self) -> anyhow::Error {
        match self {
            Self::Config(error) => error.into(),
            Self::Model(error) => error.into(),
        }
    }
}
