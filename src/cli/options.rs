//! Options that several subcommands share, and the configuration file behind them.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::config::codebook::{Codebook, CodebookError};
use crate::config::corrections::CorrectionsError;
use crate::config::settings::{Settings, SettingsError};
use crate::model::{EngineKind, Model, ModelError, Precision};
use crate::painpoint::Detail;
use crate::read::ColumnChoice;
use crate::report::ReportLanguage;
use crate::run::baseline::BaselineError;
use crate::run::default_threads;

/// A configuration that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// `painpoint.toml`.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The codebook.
    #[error(transparent)]
    Codebook(#[from] CodebookError),
    /// The corrections.
    #[error(transparent)]
    Corrections(#[from] CorrectionsError),
    /// The earlier run.
    #[error(transparent)]
    Baseline(#[from] BaselineError),
    /// An option that this build or command does not have.
    #[error("{0}")]
    Unsupported(String),
}

/// Which columns hold what.
#[derive(Args, Clone, Debug, Default)]
pub struct ColumnOptions {
    /// Column of free text; may be given several times [default: found by name and content]
    #[arg(long = "text-column", value_name = "NAME")]
    text_columns: Vec<String>,
    /// Column that identifies the feedback
    #[arg(long, value_name = "NAME")]
    id_column: Option<String>,
    /// Column of dates
    #[arg(long, value_name = "NAME")]
    date_column: Option<String>,
    /// Column of likelihoods to recommend, 0 to 10
    #[arg(long, value_name = "NAME")]
    nps_column: Option<String>,
    /// Column of ratings such as stars
    #[arg(long, value_name = "NAME")]
    rating_column: Option<String>,
    /// Column of channels or platforms
    #[arg(long, value_name = "NAME")]
    source_column: Option<String>,
    /// Column that names the touchpoint
    #[arg(long, value_name = "NAME")]
    touchpoint_column: Option<String>,
    /// Column of customer groups; may be given several times
    #[arg(long = "segment-column", value_name = "NAME")]
    segment_columns: Vec<String>,
    /// Field delimiter [default: found among , ; | and tab]
    #[arg(long, value_name = "CHAR")]
    delimiter: Option<char>,
}

impl ColumnOptions {
    /// What the flags say, and where they are silent the settings.
    pub fn choice(self, settings: &Settings) -> ColumnChoice {
        let several = |flags: Vec<String>, set: &[String]| {
            if flags.is_empty() { set.to_vec() } else { flags }
        };
        let columns = &settings.columns;
        ColumnChoice {
            text_columns: several(self.text_columns, &columns.text),
            id_column: self.id_column.or_else(|| columns.id.clone()),
            date_column: self.date_column.or_else(|| columns.date.clone()),
            nps_column: self.nps_column.or_else(|| columns.nps.clone()),
            rating_column: self.rating_column.or_else(|| columns.rating.clone()),
            source_column: self.source_column.or_else(|| columns.source.clone()),
            touchpoint_column: self.touchpoint_column.or_else(|| columns.touchpoint.clone()),
            segment_columns: several(self.segment_columns, &columns.segments),
            delimiter: self.delimiter.or(columns.delimiter),
        }
    }
}

/// Which model, and how it runs.
#[derive(Args, Clone, Debug, Default)]
pub struct ModelOptions {
    /// Model directory in Hugging Face form [default: the model in this binary]
    #[arg(long, value_name = "DIR")]
    pub model: Option<PathBuf>,
    /// Arithmetic of the engine [default: int8 for weights stored in it, else f32]
    #[arg(long, value_enum)]
    precision: Option<PrecisionOption>,
    /// Engine that runs the model [default: packed]
    #[arg(long, value_enum)]
    engine: Option<EngineOption>,
    /// Worker threads [default: one a core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum PrecisionOption {
    /// Eight-bit integers: fast.
    Int8,
    /// 32-bit floats: the reference.
    F32,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum EngineOption {
    /// This project's own engine, in pure Rust.
    Packed,
    /// The crate rust-bert on libtorch, in 32-bit floats: slower; only in builds that have it.
    RustBert,
}

impl ModelOptions {
    /// The precision chosen, if one is.
    pub fn precision(&self, settings: &Settings) -> Result<Option<Precision>, ConfigError> {
        let set = settings.precision.as_deref();
        match (self.precision, set) {
            (Some(PrecisionOption::F32), _) | (None, Some("f32")) => Ok(Some(Precision::F32)),
            (Some(PrecisionOption::Int8), _) | (None, Some("int8")) => Ok(Some(Precision::Int8)),
            (None, None) => Ok(None),
            (None, Some(other)) => Err(ConfigError::Unsupported(format!(
                "precision {other:?} in the configuration; int8 and f32 are supported"
            ))),
        }
    }

    /// The engine chosen.
    #[cfg_attr(
        not(feature = "rust-bert"),
        expect(unused_variables, reason = "only rust-bert has to agree with it")
    )]
    pub fn engine(&self, settings: &Settings) -> Result<EngineKind, ConfigError> {
        match self.engine {
            None | Some(EngineOption::Packed) => Ok(EngineKind::Packed),
            #[cfg(feature = "rust-bert")]
            Some(EngineOption::RustBert) if self.precision(settings)? == Some(Precision::Int8) => {
                Err(ConfigError::Unsupported(
                    "the engine rust-bert has no int8; leave the precision out, or choose f32"
                        .into(),
                ))
            }
            #[cfg(feature = "rust-bert")]
            Some(EngineOption::RustBert) => Ok(EngineKind::RustBert),
            #[cfg(not(feature = "rust-bert"))]
            Some(EngineOption::RustBert) => Err(ConfigError::Unsupported(
                "this build does not have the engine rust-bert; build with \
                 `cargo build --release --features rust-bert`"
                    .into(),
            )),
        }
    }

    /// The number of threads chosen.
    pub fn threads(&self, settings: &Settings) -> usize {
        self.threads.or(settings.threads).map_or_else(default_threads, usize::from)
    }

    /// The model directory chosen.
    pub fn directory(&self, settings: &Settings) -> Option<PathBuf> {
        self.model.clone().or_else(|| settings.model.clone())
    }

    /// Loads the model chosen by flags alone.
    pub fn load(&self) -> Result<Model, LoadError> {
        let settings = Settings::default();
        Ok(Model::load_for(
            self.engine(&settings)?,
            self.model.as_deref(),
            self.precision(&settings)?,
            self.threads(&settings),
        )?)
    }
}

/// Why a model could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// Its options.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// Its files.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl LoadError {
    /// The error itself, so that the exit code follows from it.
    pub fn into_anyhow(self) -> anyhow::Error {
        match self {
            Self::Config(error) => error.into(),
            Self::Model(error) => error.into(),
        }
    }
}

/// Language of the report.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum LanguageOption {
    /// German.
    De,
    /// English.
    En,
}

impl From<LanguageOption> for ReportLanguage {
    fn from(option: LanguageOption) -> Self {
        match option {
            LanguageOption::De => Self::De,
            LanguageOption::En => Self::En,
        }
    }
}

/// How finely pain points are told apart.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum DetailOption {
    /// About half as many pain points.
    Coarse,
    /// Some ten in a few thousand mentions.
    Normal,
    /// About twice as many.
    Fine,
}

impl From<DetailOption> for Detail {
    fn from(option: DetailOption) -> Self {
        match option {
            DetailOption::Coarse => Self::Coarse,
            DetailOption::Normal => Self::Normal,
            DetailOption::Fine => Self::Fine,
        }
    }
}

/// The codebook at a path, or the built-in one.
pub fn codebook(path: Option<PathBuf>) -> Result<Codebook, ConfigError> {
    Ok(path.map_or_else(|| Ok(Codebook::built_in()), |path| Codebook::load(&path))?)
}
