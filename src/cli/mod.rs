//! Raw arguments → a validated plan → exit code. One file a subcommand.

mod analyze;
mod cache;
mod changed;
mod codebook;
mod config;
mod evaluate;
mod events;
mod history;
mod hooks;
mod init;
mod inspect;
mod interrupt;
mod label;
mod labels;
mod log;
mod model;
mod options;
mod progress;
mod report;
mod rerun;
mod retention;
mod tune;

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use crate::history::store::HistoryError;
use crate::read::ReadError;
use crate::run::AnalysisError;
use crate::run::codebook::EvaluationError;
use crate::run::labelled::LabelledError;
use crate::store::scores::CacheError;
use crate::visible::visible_path;

/// Finds the pain points in customer feedback.
#[derive(Parser)]
#[command(
    name = "painpoint",
    version,
    about = "Finds the pain points in customer feedback",
    long_about = "Reads customer feedback, scores every sentence with a transformer, and finds the \
                  pain points that recur at the touchpoints of the customer journey.",
    after_help = "Exit codes: 0 done, 1 failed, 2 usage or configuration, 3 done with an alert that is a failure \
                  (--fail-on-alert), 4 done with more rejects than --max-rejects allows, 5 another run holds the \
                  output folder, the cache or the history, 129, 130 and 143 interrupted.",
    max_term_width = 100
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Score feedback and report its pain points.
    Analyze(analyze::Arguments),
    /// Measure the model's accuracy on labelled rows.
    Evaluate(evaluate::Arguments),
    /// Pick mentions whose labels would help, and write them to a file to be labelled.
    Label(label::Arguments),
    /// Fit the model's sentiment to labelled texts, if that helps.
    Tune(tune::Arguments),
    /// Make the reports of a run again, in another language, without scoring.
    Report(report::Arguments),
    /// Repeat a run to the byte, if everything that decided its results is as it was.
    Rerun(rerun::Arguments),
    /// Show what would be read: dialect, columns and their roles, first rows, rejects.
    Inspect(inspect::Arguments),
    /// Check or measure a codebook on feedback.
    Codebook(codebook::Arguments),
    /// Print the effective configuration, and where each value comes from.
    Config(config::Arguments),
    /// Write a commented painpoint.toml and codebook.toml to start from.
    Init(init::Arguments),
    /// Show or thin out the scores that are kept from run to run.
    Cache(cache::Arguments),
    /// Show what runs found over time, or take something out of it.
    History(history::Arguments),
    /// Show or verify a model.
    Model(model::Arguments),
    /// Print a completion script.
    Completions {
        /// The shell that it is for.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
}

/// Done, and a rule calls what was found a failure.
const ALERT: u8 = 3;

/// Done, but more rows were rejected than allowed.
const TOO_MANY_REJECTS: u8 = 4;

/// Another run holds what this one would replace.
const HELD: u8 = 5;

/// What was asked for cannot be: arguments or configuration.
const USAGE: u8 = 2;

/// What was asked for does not fit what is there, in words for the user.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Unfit(String);

/// Runs the command that the process arguments name.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return log::refuse(&error),
    };
    let result = match cli.command {
        Command::Analyze(arguments) => analyze::run(arguments),
        Command::Evaluate(arguments) => evaluate::run(arguments),
        Command::Label(arguments) => label::run(arguments),
        Command::Tune(arguments) => tune::run(arguments),
        Command::Report(arguments) => report::run(arguments),
        Command::Rerun(arguments) => rerun::run(arguments),
        Command::Inspect(arguments) => inspect::run(arguments),
        Command::Codebook(arguments) => codebook::run(arguments),
        Command::Config(arguments) => config::run(arguments),
        Command::Init(arguments) => init::run(&arguments),
        Command::Cache(arguments) => cache::run(arguments),
        Command::History(arguments) => history::run(arguments),
        Command::Model(arguments) => model::run(arguments),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "painpoint", &mut script);
            print(&script)
        }
        Command::Man => man(),
    };
    result.unwrap_or_else(|error| fail(&error))
}

fn man() -> anyhow::Result<ExitCode> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    print(&page)
}

fn print(text: &[u8]) -> anyhow::Result<ExitCode> {
    io::stdout().write_all(text)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the path of a file that was written.
fn print_path(path: &Path) -> io::Result<()> {
    let mut out = io::stdout();
    match out.is_terminal() {
        true => writeln!(out, "{}", visible_path(path)),
        // Scripts open what is printed.
        false => writeln!(out, "{}", path.display()),
    }
}

/// Prints an error with its causes, and chooses the exit code.
fn fail(error: &anyhow::Error) -> ExitCode {
    if error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    {
        // Whoever read our output has seen enough.
        return ExitCode::SUCCESS;
    }
    let code = exit_code(error);
    log::end("failed", code, &told_once(error));
    ExitCode::from(code)
}

/// The exit code that an error stands for.
fn exit_code(error: &anyhow::Error) -> u8 {
    let (analysis, cache) = (error.downcast_ref(), error.downcast_ref());
    let cache = match analysis {
        Some(AnalysisError::Cache(error)) => Some(error),
        _ => cache,
    };
    let history = history::history_error(error);
    let is_held = analysis.and_then(AnalysisError::held).is_some()
        || matches!(cache, Some(CacheError::Held { .. }))
        || matches!(history, Some(HistoryError::Held { .. }));
    match is_held {
        true => HELD,
        false if is_usage(error) => USAGE,
        false if cache.is_some_and(CacheError::is_lasting) => USAGE,
        false if history.is_some_and(HistoryError::is_lasting) => USAGE,
        false => 1,
    }
}

/// An error with its causes, without those that it already tells.
fn told_once(error: &anyhow::Error) -> String {
    error.chain().fold(String::new(), |told, cause| {
        let cause = cause.to_string();
        if told.is_empty() {
            cause
        } else if told.contains(&cause) {
            told
        } else {
            format!("{told}: {cause}")
        }
    })
}

fn is_usage(error: &anyhow::Error) -> bool {
    let read = error.downcast_ref::<ReadError>().or_else(|| match error.downcast_ref() {
        Some(AnalysisError::Read(error)) => Some(error),
        _ => match error.downcast_ref() {
            Some(EvaluationError::Read(error)) => Some(error),
            _ => match error.downcast_ref() {
                Some(LabelledError::Read(error)) => Some(error),
                _ => None,
            },
        },
    });
    error.is::<options::ConfigError>()
        || error.is::<Unfit>()
        || matches!(error.downcast_ref(), Some(LabelledError::UnknownLabel(_)))
        || matches!(
            error.downcast_ref(),
            Some(
                AnalysisError::Overwrite(_)
                    | AnalysisError::Doubtful { .. }
                    | AnalysisError::Baseline(_)
            )
        )
        || matches!(
            error.downcast_ref(),
            Some(EvaluationError::NoLabels { .. } | EvaluationError::UnknownLabel(_))
        )
        || matches!(
            read,
            Some(
                ReadError::UnknownColumn { .. }
                    | ReadError::ColumnNamedTwice { .. }
                    | ReadError::NoTextColumn { .. }
                    | ReadError::UnknownSheet { .. }
                    | ReadError::HiddenSheets { .. }
                    | ReadError::Delimiter { .. }
                    | ReadError::UnknownEncoding { .. }
                    | ReadError::HeaderRows { .. }
                    | ReadError::SkippedAll { .. }
                    | ReadError::Profile { .. }
            )
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }
}
