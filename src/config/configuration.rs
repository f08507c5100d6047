//! The one place where options are combined: flags over environment over file over defaults.

use std::env;
use std::ffi::OsString;
use std::fmt;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use super::codebook::Sector;
use super::file::File;
use super::options::{CacheChoice, Day, LogFormat, Megabytes, Options, Threads};
use super::presentation::PresentationChoice;
use super::privacy::PrivacyChoice;
use super::text::TextError;
use super::written::Written;
use crate::alert::Rules;
use crate::model::{EngineKind, Precision};
use crate::painpoint::Detail;
use crate::read::{ColumnChoice, NamedRole, Role};
use crate::report::ReportLanguage;
use crate::store::scores::CacheFile;
use crate::visible::visible_path;

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigurationError {
    /// The file cannot be read.
    #[error("{0}; `painpoint init` writes one to start from")]
    Text(#[from] TextError),
    /// A value, or the key that it has, is wrong.
    #[error("{place}: {problem}; {remedy}")]
    Value {
        /// Where it stands.
        place: Provenance,
        /// What is wrong.
        problem: String,
        /// What to do.
        remedy: String,
    },
}

/// Where a value comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Provenance {
    /// Nobody says anything.
    #[default]
    Default,
    /// `painpoint.toml`.
    File {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
    },
    /// A variable of the environment.
    Environment(String),
    /// A flag.
    Flag(&'static str),
}

impl fmt::Display for Provenance {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => formatter.write_str("default"),
            Self::File { path, line, column } => {
                write!(formatter, "{}:{line}:{column}", visible_path(path))
            }
            Self::Environment(variable) => formatter.write_str(variable),
            Self::Flag(flag) => write!(formatter, "--{flag}"),
        }
    }
}

/// What a setting is called.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    /// In `painpoint.toml`; `columns.text` for `text` in `[columns]`.
    pub(super) name: &'static str,
    /// On the command line, without the dashes; nothing where only the file may say it.
    pub(super) flag: Option<&'static str>,
}

impl Key {
    /// In the environment: the flag's name in capitals, such as `PAINPOINT_REPORT_LANG`.
    pub(super) fn variable(self) -> Option<String> {
        Some(format!("{PREFIX}{}", self.flag?.to_uppercase().replace('-', "_")))
    }
}

/// What the variables begin with that are ours.
pub(super) const PREFIX: &str = "PAINPOINT_";

/// The variable that names the file where `--config` does not.
pub(super) const FILE_VARIABLE: &str = "PAINPOINT_CONFIG";

/// A value and where it comes from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Setting<T> {
    /// What was said, if anything.
    pub value: Option<T>,
    /// Where.
    pub place: Provenance,
}

impl<T> Setting<T> {
    /// An error about the value, which names its place.
    pub fn wrong(&self, problem: String, remedy: String) -> ConfigurationError {
        ConfigurationError::Value { place: self.place.clone(), problem, remedy }
    }
}

/// A setting as it is printed.
#[derive(Debug)]
pub(super) struct Shown {
    pub(super) key: Key,
    /// The value as TOML.
    pub(super) value: Option<String>,
    pub(super) place: Provenance,
}

/// The configuration of a command.
#[derive(Debug)]
pub struct Configuration {
    /// Codebook to use instead of the built-in one.
    pub codebook: Option<PathBuf>,
    /// Sector whose touchpoints join those of the codebook.
    pub sector: Option<Sector>,
    /// Output folder of an earlier run to compare with.
    pub baseline: Option<PathBuf>,
    /// Corrections to apply.
    pub corrections: Option<PathBuf>,
    /// First day of the later of two periods to compare.
    pub since: Option<Day>,
    /// Model directory to use instead of the bundled model.
    pub model: Option<PathBuf>,
    engine: Setting<EngineKind>,
    /// Arithmetic of the engine.
    pub precision: Option<Precision>,
    /// Worker threads.
    pub threads: Option<Threads>,
    /// How finely pain points are told apart.
    pub detail: Detail,
    /// Touchpoint whose pain points and delights alone are wanted.
    pub touchpoint: Setting<String>,
    /// Language of the report.
    pub report_lang: ReportLanguage,
    /// CSV files for a double click in Excel.
    pub excel: bool,
    /// Texts in CSV files as they are, formulas too.
    pub raw_csv: bool,
    /// Most rejects with which a run still counts as sound.
    pub max_rejects: Option<u64>,
    /// How many seconds to wait for what another run holds.
    pub wait_lock: u64,
    /// How many dated folders of results are kept; all where nothing is said.
    pub keep: Setting<NonZeroU64>,
    /// Whether a doubt about the reading is an error.
    pub strict: bool,
    /// Whether sentiment follows from the text alone.
    pub no_priors: bool,
    /// How a run speaks on standard error.
    pub log_format: LogFormat,
    pub(super) cache: Setting<CacheChoice>,
    cache_size: Megabytes,
    /// Where figures are kept from run to run.
    pub history: Setting<PathBuf>,
    /// Whether an alarm that is a failure fails the run.
    pub fail_on_alert: Setting<bool>,
    /// What somebody wants to be told unasked: in the file alone.
    pub alerts: Option<Rules>,
    /// Which columns hold what.
    pub columns: ColumnChoice,
    /// What must not leave the building.
    pub privacy: PrivacyChoice,
    /// How reports present themselves.
    pub presentation: PresentationChoice,
    /// Every setting, to print.
    pub(super) shown: Vec<Shown>,
}

impl Configuration {
    /// Combines flags with the variables of this process and the file that `--config` or
    /// `PAINPOINT_CONFIG` names.
    ///
    /// # Errors
    /// If the file cannot be read, or a variable or a line of the file is wrong.
    pub fn load(flags: Options, config: Option<&Path>) -> Result<Self, ConfigurationError> {
        let file = named_file(config);
        let file = file.as_deref().map(File::read).transpose()?.unwrap_or_default();
        Self::combine(flags, &variable, file)
    }

    pub(super) fn combine(
        flags: Options,
        variable: &dyn Fn(&str) -> Option<OsString>,
        file: File,
    ) -> Result<Self, ConfigurationError> {
        let mut all = Layers { flags, variable, file, shown: Vec::new() };
        let columns = all.columns()?;
        let privacy = all.privacy()?;
        let presentation = all.presentation()?;
        all.hooks();
        Ok(Self {
            codebook: all.value(("codebook", "codebook"), |own| &mut own.codebook)?,
            sector: all.value(("sector", "sector"), |own| &mut own.sector)?,
            baseline: all.value(("baseline", "baseline"), |own| &mut own.baseline)?,
            corrections: all.value(("corrections", "corrections"), |own| &mut own.corrections)?,
            since: all.value(("since", "since"), |own| &mut own.since)?,
            model: all.value(("model", "model"), |own| &mut own.model)?,
            engine: all.setting(("engine", "engine"), |own| &mut own.engine)?,
            precision: all.value(("precision", "precision"), |own| &mut own.precision)?,
            threads: all.value(("threads", "threads"), |own| &mut own.threads)?,
            detail: all.or_default(("detail", "detail"), |own| &mut own.detail)?,
            touchpoint: all.setting(("touchpoint", "touchpoint"), |own| &mut own.touchpoint)?,
            report_lang: all
                .or_default(("report_lang", "report-lang"), |own| &mut own.report_lang)?,
            excel: all.or_default(("excel", "excel"), |own| &mut own.excel)?,
            raw_csv: all.or_default(("raw_csv", "raw-csv"), |own| &mut own.raw_csv)?,
            max_rejects: all.value(("max_rejects", "max-rejects"), |own| &mut own.max_rejects)?,
            wait_lock: all.or_default(("wait_lock", "wait-lock"), |own| &mut own.wait_lock)?,
            keep: all.setting(("keep", "keep"), |own| &mut own.keep)?,
            strict: all.or_default(("strict", "strict"), |own| &mut own.strict)?,
            no_priors: all.or_default(("no_priors", "no-priors"), |own| &mut own.no_priors)?,
            log_format: all.or_default(("log_format", "log-format"), |own| &mut own.log_format)?,
            cache: all.setting(("cache", "cache"), |own| &mut own.cache)?,
            cache_size: all.or_default(("cache_size", "cache-size"), |own| &mut own.cache_size)?,
            history: all.setting(("history", "history"), |own| &mut own.history)?,
            fail_on_alert: all
                .setting(("fail_on_alert", "fail-on-alert"), |own| &mut own.fail_on_alert)?,
            alerts: all.file.options.alerts.take(),
            columns,
            privacy,
            presentation,
            shown: all.shown,
        })
    }

    /// Every setting.
    #[cfg(test)]
    pub(super) fn keys() -> Vec<Key> {
        let none = Self::combine(Options::default(), &|_| None, File::default());
        none.expect("defaults are sound").shown.iter().map(|shown| shown.key).collect()
    }

    /// Whether what is set goes together.
    ///
    /// # Errors
    /// If it does not.
    pub fn fits(&self) -> Result<(), ConfigurationError> {
        if self.history.value.is_some() && self.baseline.is_some() {
            let problem = "with a history, a run is held against the one before it, and not against a baseline";
            return Err(self.history.wrong(problem.to_owned(), "leave one of them out".to_owned()));
        }
        if self.fail_on_alert.value == Some(true) && self.alerts.is_none() {
            let problem = "there are no rules that could raise an alert".to_owned();
            let remedy = "write [alerts] into painpoint.toml, if nothing else for the usual rules";
            return Err(self.fail_on_alert.wrong(problem, remedy.to_owned()));
        }
        Ok(())
    }

    /// What runs the model.
    ///
    /// # Errors
    /// If this build does not have it, or it does not have the precision.
    pub fn engine(&self) -> Result<EngineKind, ConfigurationError> {
        let engine = self.engine.value.unwrap_or_default();
        if !engine.is_built_in() {
            let problem = format!("this build does not have the engine {}", engine.name());
            let remedy = format!("build with `cargo build --release --features {}`", engine.name());
            return Err(self.engine.wrong(problem, remedy));
        }
        if engine == EngineKind::RustBert && self.precision == Some(Precision::Int8) {
            let problem = "the engine rust-bert has no int8".to_owned();
            let remedy = "leave the precision out, or choose f32".to_owned();
            return Err(self.engine.wrong(problem, remedy));
        }
        Ok(engine)
    }
}

impl Configuration {
    /// The cache of scores, if one is wanted.
    ///
    /// # Errors
    /// If the engine's scores cannot be kept, or there is no usual place for the file.
    pub fn cache(&self) -> Result<Option<CacheFile>, ConfigurationError> {
        let path = match &self.cache.value {
            None | Some(CacheChoice::Nowhere) => return Ok(None),
            Some(CacheChoice::OfUser) => self.cache_of_user()?,
            Some(CacheChoice::File(path)) => path.clone(),
        };
        if self.engine()? == EngineKind::RustBert {
            let problem = "what the engine rust-bert says of a text depends on the texts that share its batch, so that it \
                           cannot be kept";
            let remedy = "leave the cache out (--no-cache), or choose the engine packed";
            return Err(self.cache.wrong(problem.to_owned(), remedy.to_owned()));
        }
        Ok(Some(CacheFile { path, most_bytes: self.cache_size.bytes(), rebuild: false }))
    }

    /// The cache that is named, or the usual file.
    ///
    /// # Errors
    /// If none is named, and there is no usual place for the file.
    pub fn cache_path(&self) -> Result<PathBuf, ConfigurationError> {
        match &self.cache.value {
            Some(CacheChoice::File(path)) => Ok(path.clone()),
            _ => self.cache_of_user(),
        }
    }

    fn cache_of_user(&self) -> Result<PathBuf, ConfigurationError> {
        let variable = |name| env::var_os(name).map(PathBuf::from).filter(|own| own.is_absolute());
        let folder = variable("XDG_CACHE_HOME").or_else(|| match cfg!(windows) {
            true => variable("LOCALAPPDATA"),
            false => variable("HOME").map(|home| home.join(".cache")),
        });
        let folder = folder.ok_or_else(|| {
            let problem =
                "there is no HOME or XDG_CACHE_HOME, so that the cache has no usual place";
            self.cache.wrong(problem.to_owned(), "name its file".to_owned())
        })?;
        Ok(folder.join("painpoint").join("scores.sqlite"))
    }
}

/// A variable of this process; one that is empty counts as not set.
fn variable(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// The file that `--config` or else `PAINPOINT_CONFIG` names.
pub(super) fn named_file(config: Option<&Path>) -> Option<PathBuf> {
    config.map(Path::to_owned).or_else(|| variable(FILE_VARIABLE).map(PathBuf::from))
}

/// The sources, the strongest first.
struct Layers<'a> {
    flags: Options,
    variable: &'a dyn Fn(&str) -> Option<OsString>,
    file: File,
    shown: Vec<Shown>,
}

/// A setting's name in `painpoint.toml` and on the command line.
type Names = (&'static str, &'static str);

impl Layers<'_> {
    /// What the strongest source says that says anything; `of` finds it in one of them.
    fn setting<T: Written>(
        &mut self,
        (name, flag): Names,
        of: impl Fn(&mut Options) -> &mut Option<T>,
    ) -> Result<Setting<T>, ConfigurationError> {
        let key = Key { name, flag: Some(flag) };
        let said = of(&mut self.flags).take().map(|value| (value, Provenance::Flag(flag)));
        // Read even where a flag is stronger: a wrong value would else be found on the day without it.
        let set = self.variable(key)?;
        let file = of(&mut self.file.options).take();
        let written = file.map(|value| (value, self.file.place(name)));
        let (value, place) = said.or(set).or(written).unzip();
        let setting = Setting { value, place: place.unwrap_or_default() };
        let value = setting.value.as_ref().map(Written::show);
        self.shown.push(Shown { key, value, place: setting.place.clone() });
        Ok(setting)
    }

    /// A setting of which nobody needs to know where it comes from.
    fn value<T: Written>(
        &mut self,
        names: Names,
        of: impl Fn(&mut Options) -> &mut Option<T>,
    ) -> Result<Option<T>, ConfigurationError> {
        Ok(self.setting(names, of)?.value)
    }

    /// A setting whose default is that of its type.
    fn or_default<T: Written + Default>(
        &mut self,
        names: Names,
        of: impl Fn(&mut Options) -> &mut Option<T>,
    ) -> Result<T, ConfigurationError> {
        let value = self.value(names, of)?.unwrap_or_default();
        if let Some(shown) = self.shown.last_mut() {
            shown.value = Some(value.show());
        }
        Ok(value)
    }

    /// Roles of columns beside those that are found: those that are given, and the columns passed over.
    fn roles(&mut self) -> Result<Vec<NamedRole>, ConfigurationError> {
        let given = self.value(("columns.roles", "role"), |own| &mut own.columns.roles)?;
        let ignored =
            self.value(("columns.ignore", "ignore-column"), |own| &mut own.columns.ignore)?;
        let passed_over = |column| NamedRole { column, role: Role::Other };
        let ignored = ignored.unwrap_or_default().into_iter().map(passed_over);
        Ok(given.unwrap_or_default().into_iter().chain(ignored).collect())
    }

    fn columns(&mut self) -> Result<ColumnChoice, ConfigurationError> {
        Ok(ColumnChoice {
            text_columns: self
                .value(("columns.text", "text-column"), |own| &mut own.columns.text)?
                .unwrap_or_default(),
            id_column: self.value(("columns.id", "id-column"), |own| &mut own.columns.id)?,
            date_column: self
                .value(("columns.date", "date-column"), |own| &mut own.columns.date)?,
            nps_column: self.value(("columns.nps", "nps-column"), |own| &mut own.columns.nps)?,
            rating_column: self
                .value(("columns.rating", "rating-column"), |own| &mut own.columns.rating)?,
            source_column: self
                .value(("columns.source", "source-column"), |own| &mut own.columns.source)?,
            touchpoint_column: self.value(("columns.touchpoint", "touchpoint-column"), |own| {
                &mut own.columns.touchpoint
            })?,
            segment_columns: self
                .value(("columns.segments", "segment-column"), |own| &mut own.columns.segments)?
                .unwrap_or_default(),
            roles: self.roles()?,
            asks: self
                .value(("columns.asks", "asks"), |own| &mut own.columns.asks)?
                .unwrap_or_default(),
            profiles: self
                .value(("columns.profiles", "profile"), |own| &mut own.columns.profiles)?
                .unwrap_or_default(),
            all_rows: self
                .or_default(("columns.all_rows", "all-rows"), |own| &mut own.columns.all_rows)?,
            long: self.value(("columns.long", "long"), |own| &mut own.columns.long)?,
            delimiter: self
                .value(("columns.delimiter", "delimiter"), |own| &mut own.columns.delimiter)?,
            date_order: self
                .value(("columns.date_order", "date-order"), |own| &mut own.columns.date_order)?,
            rating_scale: self.value(("columns.rating_scale", "rating-scale"), |own| {
                &mut own.columns.rating_scale
            })?,
            sheet: self.value(("columns.sheet", "sheet"), |own| &mut own.columns.sheet)?,
            encoding: self
                .value(("columns.encoding", "encoding"), |own| &mut own.columns.encoding)?,
            fix_mojibake: self.or_default(("columns.fix_mojibake", "fix-mojibake"), |own| {
                &mut own.columns.fix_mojibake
            })?,
            keep_boilerplate: self
                .or_default(("columns.keep_boilerplate", "keep-boilerplate"), |own| {
                    &mut own.columns.keep_boilerplate
                })?,
            keep_near_duplicates: self
                .or_default(("columns.keep_near_duplicates", "keep-near-duplicates"), |own| {
                    &mut own.columns.keep_near_duplicates
                })?,
            all_languages: self.or_default(("columns.all_languages", "all-languages"), |own| {
                &mut own.columns.all_languages
            })?,
            skip_rows: self
                .value(("columns.skip_rows", "skip-rows"), |own| &mut own.columns.skip_rows)?,
            header_rows: self.value(("columns.header_rows", "header-rows"), |own| {
                &mut own.columns.header_rows
            })?,
        })
    }

    fn privacy(&mut self) -> Result<PrivacyChoice, ConfigurationError> {
        Ok(PrivacyChoice {
            redact: self
                .value(("privacy.redact", "redact"), |own| &mut own.privacy.redact)?
                .unwrap_or(true),
            names: self.value(("privacy.names", "redact-names"), |own| &mut own.privacy.names)?,
            numbers: self
                .setting(("privacy.numbers", "redact-number"), |own| &mut own.privacy.numbers)?,
            keep: self
                .value(("privacy.keep", "redact-keep"), |own| &mut own.privacy.keep)?
                .unwrap_or_default(),
            pseudonymise_ids: self
                .setting(("privacy.pseudonymise_ids", "pseudonymise-ids"), |own| {
                    &mut own.privacy.pseudonymise_ids
                })?,
            no_verbatims: self.or_default(("privacy.no_verbatims", "no-verbatims"), |own| {
                &mut own.privacy.no_verbatims
            })?,
        })
    }

    fn presentation(&mut self) -> Result<PresentationChoice, ConfigurationError> {
        Ok(PresentationChoice {
            company: self.value(("report.company", "company"), |own| &mut own.report.company)?,
            title: self.value(("report.title", "report-title"), |own| &mut own.report.title)?,
            introduction: self.value(("report.introduction", "introduction"), |own| {
                &mut own.report.introduction
            })?,
            logo: self.setting(("report.logo", "logo"), |own| &mut own.report.logo)?,
            accent: self.value(("report.accent", "accent"), |own| &mut own.report.accent)?,
            audience: self
                .setting(("report.audience", "audience"), |own| &mut own.report.audience)?,
        })
    }

    /// Hooks are for whoever runs them, who reads them by themselves; here they are shown.
    fn hooks(&mut self) {
        let hooks = self.file.options.hooks.clone();
        self.in_file("hooks.on_start", hooks.on_start.as_ref());
        self.in_file("hooks.on_alert", hooks.on_alert.as_ref());
        self.in_file("hooks.on_failure", hooks.on_failure.as_ref());
        self.in_file("hooks.on_success", hooks.on_success.as_ref());
        self.in_file("hooks.timeout", Some(&hooks.patience()));
    }

    /// Takes note of a setting that only the file may say.
    fn in_file<T: Written>(&mut self, name: &'static str, value: Option<&T>) {
        let (key, place) = (Key { name, flag: None }, self.file.place(name));
        self.shown.push(Shown { key, value: value.map(Written::show), place });
    }

    /// What the environment says of a setting.
    fn variable<T: Written>(
        &self,
        key: Key,
    ) -> Result<Option<(T, Provenance)>, ConfigurationError> {
        let Some(variable) = key.variable() else { return Ok(None) };
        let Some(written) = (self.variable)(&variable) else { return Ok(None) };
        let place = Provenance::Environment(variable);
        match T::read(&written) {
            Ok(value) => Ok(Some((value, place))),
            Err((problem, remedy)) => Err(ConfigurationError::Value { place, problem, remedy }),
        }
    }
}

#[cfg(test)]
mod tests;
