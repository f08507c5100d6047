//! `painpoint tune`.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use sha2::{Digest, Sha256};

use super::analyze::count;
use super::options::{self, ConfigOption, LoadError, ModelOptions};
use super::{Unfit, print_path};
use crate::digest::hexadecimal;
use crate::model::{LabelsUsed, Model, Sentiment, write_tuned};
use crate::report::todo::Chosen;
use crate::run::labelled::{LabelledColumns, LabelledText, Unlabelled, labelled};
use crate::tuning::{Change, Example, FEWEST_LABELS, FEWEST_OF_EACH, LEAST_RISE, Trial, tune};
use crate::visible::{VisibleWriter, visible_path};

#[derive(Args)]
pub(super) struct Arguments {
    /// CSV or TSV file of labelled texts, such as `painpoint label` writes and people fill in
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Folder for the tuned model, to be used with --model; one that is there is never overwritten
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,
    /// Column of texts
    #[arg(long, value_name = "NAME", default_value = "text")]
    text_column: String,
    /// Column of labels: negative, neutral, positive; rows without one are left out
    #[arg(long, value_name = "NAME", default_value = "label")]
    label_column: String,
    #[command(flatten)]
    config: ConfigOption,
    #[command(flatten, next_help_heading = "Model")]
    model: ModelOptions,
}

/// Tunes, and says what that comes to.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let configuration = arguments.config.under(arguments.model.into())?;
    let (file, out) = (arguments.file.as_path(), arguments.out.as_path());
    if out.symlink_metadata().is_ok() {
        let told = "is there already, and is never overwritten; name another folder with --out";
        return Err(Unfit(format!("{} {told}", visible_path(out))).into());
    }
    let mut texts = Vec::new();
    let columns =
        LabelledColumns { text: &arguments.text_column, label: &arguments.label_column, by: &[] };
    let unlabelled = labelled(file, columns, |text| {
        texts.push(text);
        Ok(())
    })?;
    check(file, &texts)?;
    let model = options::model(&configuration).map_err(LoadError::into_anyhow)?;
    if let Some(labels) = model.tuned_on() {
        let told = "labels of one file cannot be added to those of another: put all into one file, and name \
                    the model that this one was made of, or none for the one in this binary";
        return Err(Unfit(format!("the model is {labels} already; {told}")).into());
    }
    let labels = labels_used(file, texts.len())?;
    let (tuning, trial) = tune(examples(texts, &model), labels);
    if !trial.helps() {
        return Err(Unfit(no_help(&trial)).into());
    }
    write_tuned(configuration.model.as_deref(), &tuning, out)?;
    summarise(&trial, unlabelled)?;
    print_path(out)?;
    Ok(ExitCode::SUCCESS)
}

/// Makes sure that there is enough to learn from.
fn check(file: &Path, texts: &[LabelledText]) -> Result<(), Unfit> {
    let file = visible_path(file);
    let remedy = "label more; `painpoint label` with a larger --n picks those that help most";
    let told = |found: String| Err(Unfit(format!("{file}: {found}; {remedy}")));
    if texts.len() < FEWEST_LABELS {
        return told(format!(
            "{} labelled texts are too few to learn from, which takes {FEWEST_LABELS} at least",
            texts.len()
        ));
    }
    for label in Sentiment::ALL {
        let own = texts.iter().filter(|text| text.label == label).count();
        if own < FEWEST_OF_EACH {
            return told(format!(
                "{own} texts labelled {} are too few to learn from, which takes {FEWEST_OF_EACH} of each \
                 sentiment at least",
                label.name()
            ));
        }
    }
    Ok(())
}

fn labels_used(file: &Path, count: usize) -> anyhow::Result<LabelsUsed> {
    let name = match is_standard_input(file) {
        true => "standard input".into(),
        false => file.file_name().unwrap_or_default().to_string_lossy(),
    };
    let sha256 = sha256(file).with_context(|| visible_path(file))?;
    Ok(LabelsUsed { count: count as u64, file: name.into(), sha256 })
}

/// The SHA-256 of a file of labels, in hexadecimal; empty for standard input, of which nothing is left.
pub(super) fn sha256(file: &Path) -> io::Result<String> {
    match is_standard_input(file) {
        true => Ok(String::new()),
        false => Ok(hexadecimal(&Sha256::digest(fs::read(file)?))),
    }
}

fn is_standard_input(file: &Path) -> bool {
    file == Path::new("-")
}

fn examples(texts: Vec<LabelledText>, model: &Model) -> Vec<Example> {
    let scores = model.score(&texts.iter().map(|own| own.text.as_str()).collect::<Vec<_>>());
    let example = |(own, score): (&LabelledText, _)| {
        Example::new(&own.text, own.label, own.chosen == Some(Chosen::Random), score)
    };
    texts.iter().zip(scores).map(example).collect()
}

fn no_help(trial: &Trial) -> String {
    let Change { n, before, after } = trial.all;
    format!(
        "tuning does not help, and nothing was written: on {n} labelled texts, each corrected by the labels of \
         others alone, macro-F1 is {:.1} and without correction {:.1}, and a rise of {:.0} points at least is \
         asked for; more labels may help: `painpoint label` with a larger --n picks them",
        after * 100.0,
        before * 100.0,
        LEAST_RISE * 100.0
    )
}

/// Says on standard error what the correction comes to.
fn summarise(trial: &Trial, unlabelled: Unlabelled) -> io::Result<()> {
    let mut err = VisibleWriter(io::stderr());
    let told = |change: Change| {
        let points = |share: f64| share * 100.0;
        let (before, after) = (points(change.before), points(change.after));
        format!("macro-F1 {before:.1} before and {after:.1} tuned")
    };
    let (low, high) = trial.rise;
    writeln!(
        err,
        "{}, on {} labelled texts, each corrected by the labels of others alone: a rise of {:.1} points (95 % \
         interval {:.1} to {:.1}); \
         expect somewhat less, for luck helps to be kept",
        told(trial.all),
        trial.all.n,
        trial.all.rise() * 100.0,
        low * 100.0,
        high * 100.0
    )?;
    if let Some(random) = trial.random {
        writeln!(
            err,
            "{}, on the {} of them that were drawn at random and are like the rest",
            told(random),
            random.n
        )?;
    }
    if unlabelled != Unlabelled::default() {
        let Unlabelled { empty, rejects } = unlabelled;
        let [empty, rejects] = [empty, rejects].map(|own| count(own, "row"));
        writeln!(err, "{empty} without a label left out, {rejects} rejected")?;
    }
    writeln!(err, "use it with --model, or leave that out for the model as it was:")
}
