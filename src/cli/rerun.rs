//! `painpoint rerun`.

use std::env;
use std::path::{Path, PathBuf, absolute};
use std::process::ExitCode;

use clap::Args;
use tracing::warn;

use super::analyze::{self, Manner};
use super::options::{CacheOptions, ConfigError, ConfigOption, codebook};
use super::{Unfit, interrupt};
use crate::config::Configuration;
use crate::config::options::{LogFormat, Options, Threads};
use crate::model::Model;
use crate::read::Places;
use crate::run::origin::Recorded;
use crate::visible::visible_path;

#[derive(Args)]
pub(super) struct Arguments {
    /// What a run wrote of itself: run.json in its --out folder
    #[arg(value_name = "RUN_JSON")]
    recorded: PathBuf,
    /// Folder for the results, another one than that of the run
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,
    /// Go on with another version of painpoint, its model and its codebook; results may differ
    #[arg(long)]
    force: bool,
    /// No progress and no summary; errors, and warnings that something failed
    #[arg(long, short)]
    quiet: bool,
    /// How the run speaks on standard error [default: text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    log_format: Option<LogFormat>,
    /// Worker threads, 1 to 1024 [default: one a core]
    #[arg(long, value_name = "N")]
    threads: Option<Threads>,
    #[command(flatten, next_help_heading = "Cache")]
    cache: CacheOptions,
}

/// Repeats a run, if everything that decided its results is as it was.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let Arguments { recorded: path, out, force, quiet, log_format, threads, cache } = arguments;
    let recorded = Recorded::read(&path).map_err(|error| Unfit(error.to_string()))?;
    let (path, out) = (absolute(path)?, absolute(out)?);
    let flags = Options { log_format, threads, ..cache.into() };
    let configuration = Configuration::repeated(&recorded.origin.configuration, &path, flags)
        .map_err(ConfigError::from)?;
    let manner = Manner::of(&configuration, quiet);
    manner.start_log();
    interrupt::watch()?;
    if let Some(history) = &configuration.history.value {
        let told = "that run kept a history: analyse the same inputs with the same configuration again, which is the same \
                    run in its history";
        return Err(Unfit(format!("{}: {told}", visible_path(history))).into());
    }
    // Paths of inputs stand in results as they were given, so that they have to hold as they are.
    env::set_current_dir(&recorded.origin.folder).map_err(|error| {
        let folder = visible_path(Path::new(&recorded.origin.folder));
        Unfit(format!(
            "{folder}: {error}; the run was made there, and its paths may be relative to it"
        ))
    })?;
    let differences = Differences::of(&recorded, &configuration);
    differences.refuse(&path, force)?;
    let places = Places {
        files: recorded.inputs.iter().map(|input| input.path.clone().into()).collect(),
        passed_over: recorded.origin.passed_over.iter().map(PathBuf::from).collect(),
    };
    let mut plan = analyze::plan(places, out, &ConfigOption::default(), configuration)?;
    plan.sources.push(path);
    let outcome = analyze::execute(&plan, &manner)?;
    let done = analyze::told(&plan, &manner, &outcome);
    analyze::show(&plan, &manner)?;
    Ok(ExitCode::from(done.code))
}

/// What is not as it was.
struct Differences {
    /// Of the program: its version, its model, its codebook.
    program: Vec<String>,
    /// Of files that it is given.
    files: Vec<String>,
}

impl Differences {
    fn of(recorded: &Recorded, configuration: &Configuration) -> Self {
        let Recorded { painpoint, model, codebook_sha256, inputs, origin } = recorded;
        let named = inputs.iter().chain(&origin.files);
        let mut files: Vec<String> = named.filter_map(|own| own.difference()).collect();
        let mut program = Vec::new();
        let version = env!("CARGO_PKG_VERSION");
        if painpoint != version {
            program.push(format!("painpoint: expected version {painpoint}, this is {version}"));
        }
        let expected = &model.sha256;
        let of_folder = configuration.model.as_deref();
        let what = match of_folder {
            Some(folder) => format!("model {}", visible_path(folder)),
            None => "model in painpoint".to_owned(),
        };
        let found = match Model::hash_of(of_folder) {
            Ok(found) if found == *expected => None,
            Ok(found) => {
                Some(format!("{what}: changed: expected sha256 {expected}, found {found}"))
            }
            Err(error) => Some(format!("{what}: expected sha256 {expected}: {error}")),
        };
        match of_folder {
            Some(_) => files.extend(found),
            None => program.extend(found),
        }
        // One that cannot be read is among the files, or told by the run.
        if let Ok(found) = codebook(configuration).map(|own| own.sha256())
            && found != *codebook_sha256
            && !files.iter().any(|own| own.starts_with("codebook "))
        {
            program.push(format!(
                "codebook: expected codebook_sha256 {codebook_sha256}, found {found}"
            ));
        }
        Self { program, files }
    }

    /// Refuses to go on, unless all is as it was or what is not may be passed over.
    fn refuse(&self, recorded: &Path, force: bool) -> Result<(), Unfit> {
        if force && self.files.is_empty() {
            self.program.iter().for_each(|own| warn!(event = "difference", "{own}"));
            return Ok(());
        }
        let all: Vec<&str> = self.files.iter().chain(&self.program).map(String::as_str).collect();
        if all.is_empty() {
            return Ok(());
        }
        let remedy = match (self.files.is_empty(), self.program.is_empty()) {
            (true, _) => {
                "run the version of painpoint that made it, or go on with this one by --force"
            }
            (_, true) => "put the files back as they were, or analyze them as they are",
            _ => {
                "put the files back as they were, or analyze them as they are; --force goes on with another version of \
                 painpoint, and never with other files"
            }
        };
        Err(Unfit(format!(
            "{}: this run cannot be repeated, since not all is as it was:\n  {}\nnothing was written; {remedy}",
            visible_path(recorded),
            all.join("\n  "),
        )))
    }
}
