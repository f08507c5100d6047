//! `painpoint label`.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::analyze::{count, doubts};
use super::options::{self, ColumnOptions, ConfigOption, LoadError, ModelOptions, PrivacyOptions};
use super::{Unfit, print_path};
use crate::config::Configuration;
use crate::config::options::Options;
use crate::model::Model;
use crate::read::Places;
use crate::report::dialect::Dialect;
use crate::report::todo::{Chosen, LABEL, Todo, write_todo};
use crate::run::drawing::{Candidate, Drawing, Drawn, draw};
use crate::run::helpful::helpful;
use crate::visible::{VisibleWriter, visible_path};

#[derive(Args)]
pub(super) struct Arguments {
    /// Files of feedback, or folders of them: CSV, Excel, OpenDocument or JSON, also as .gz or .zst; - is standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// File to write, for somebody to fill in its column "label"; one that is there is never overwritten
    #[arg(long, short, value_name = "FILE")]
    out: PathBuf,
    /// Mentions to pick: half of them at random, half those whose labels help most
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u16).range(2..=1000))]
    n: u16,
    /// Write for a double click in Excel
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    excel: Option<bool>,
    /// Write texts as they are, even those that a spreadsheet would run as a formula
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    raw_csv: Option<bool>,
    /// A doubt about what was read is an error: exit code 2, and nothing is written
    #[arg(long, value_name = "BOOL", num_args = 0..=1, require_equals = true,
          default_missing_value = "true", hide_possible_values = true)]
    strict: Option<bool>,
    /// No summary; errors only
    #[arg(long, short)]
    quiet: bool,
    #[command(flatten)]
    config: ConfigOption,
    #[command(flatten, next_help_heading = "Columns")]
    columns: ColumnOptions,
    #[command(flatten, next_help_heading = "Privacy")]
    privacy: PrivacyOptions,
    #[command(flatten, next_help_heading = "Model")]
    model: ModelOptions,
}

/// Mentions that are scored, so that the helpful ones are found among them: at least so many, and so many for
/// each that is picked. 2,048 take some seconds, however large the input is.
const POOL: usize = 2048;
const POOL_SHARE: usize = 4;

/// Picks mentions, and writes them to a file.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let flags = Options {
        columns: arguments.columns.into(),
        privacy: arguments.privacy.into(),
        excel: arguments.excel,
        raw_csv: arguments.raw_csv,
        strict: arguments.strict,
        ..arguments.model.into()
    };
    let configuration = arguments.config.under(flags)?;
    let (out, n) = (arguments.out.as_path(), usize::from(arguments.n));
    check(&configuration, out)?;
    let places = Places::find(&arguments.inputs)?;
    let drawn = draw(&Drawing {
        inputs: &places.files,
        passed_over: &places.passed_over,
        columns: &configuration.columns,
        protection: &configuration.privacy.protection()?,
        strict: configuration.strict,
        threads: options::threads(&configuration),
        most: POOL.max(POOL_SHARE * n),
    })?;
    if drawn.mentions.is_empty() {
        return Err(Unfit("no row has a text that could be labelled".into()).into());
    }
    let model = options::model(&configuration).map_err(LoadError::into_anyhow)?;
    let dialect = Dialect { excel: configuration.excel, raw: configuration.raw_csv };
    let picked = write(out, dialect, &drawn.mentions, (&model, n))?;
    if !arguments.quiet {
        summarise(out, &drawn, picked)?;
    }
    print_path(out)?;
    Ok(ExitCode::SUCCESS)
}

/// Makes sure, before the work, that the file may be written.
fn check(configuration: &Configuration, out: &Path) -> Result<(), Unfit> {
    if configuration.privacy.no_verbatims {
        let told = "a file to be labelled holds what customers wrote, and no_verbatims forbids that; \
                    use --no-verbatims=false for it, or label elsewhere";
        return Err(Unfit(told.into()));
    }
    // Not even what this program wrote: there may be hours of somebody's work in it.
    match out.symlink_metadata() {
        Ok(_) => Err(Unfit(format!(
            "{} is there already, perhaps with labels in it, and is never overwritten; name another file \
             with --out",
            visible_path(out)
        ))),
        Err(_) => Ok(()),
    }
}

/// How many were picked at random, and because they help.
#[derive(Clone, Copy)]
struct Picked {
    random: usize,
    helpful: usize,
}

/// Scores the mentions, picks, and writes the file.
fn write(
    out: &Path,
    dialect: Dialect,
    mentions: &[Candidate],
    (model, n): (&Model, usize),
) -> anyhow::Result<Picked> {
    let texts: Vec<&str> = mentions.iter().map(|own| own.clean.as_str()).collect();
    let scores = model.score(&texts);
    let random = n.div_ceil(2).min(mentions.len());
    let helpful = helpful(&texts, &scores, random, n - random);
    let picked = Picked { random, helpful: helpful.len() };
    let chosen = (0..random).map(|at| (at, Chosen::Random));
    let mut chosen: Vec<_> =
        chosen.chain(helpful.into_iter().map(|at| (at, Chosen::Helpful))).collect();
    chosen.sort_by_cached_key(|(at, _)| mentions[*at].shown());
    let rows = chosen.into_iter().map(|(at, chosen)| {
        let (own, score) = (&mentions[at], &scores[at]);
        Todo {
            id: &own.id,
            text: &own.text,
            context: &own.context,
            question: &own.question,
            score: &own.score,
            language: own.language.code(),
            chosen,
            sentiment: score.sentiment(),
            probability: score.probabilities[score.sentiment() as usize],
        }
    });
    let mut file = Vec::new();
    write_todo(&mut file, dialect, rows)?;
    create(out, &file).with_context(|| {
        format!("cannot write {}; name another file with --out", visible_path(out))
    })?;
    Ok(picked)
}

/// Creates a file that is not there yet.
fn create(path: &Path, content: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    // Half of it would look like all of it.
    file.write_all(content).inspect_err(|_| drop(fs::remove_file(path)))
}

/// Says on standard error what was picked from what, and what comes next.
fn summarise(out: &Path, drawn: &Drawn, picked: Picked) -> io::Result<()> {
    let mut err = VisibleWriter(io::stderr());
    writeln!(
        err,
        "{}, {}: {} picked at random, {} because their labels help most",
        count(drawn.of, "mention"),
        count(drawn.rejects, "reject"),
        picked.random,
        picked.helpful
    )?;
    doubts(&drawn.doubts, &mut err)?;
    let out = visible_path(out);
    writeln!(
        err,
        "write negative, neutral or positive into its column \"{LABEL}\"; then `painpoint evaluate {out}` says \
         how good the model is on these data, and `painpoint tune {out}` fits it to them"
    )
}
