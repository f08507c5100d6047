//! `painpoint evaluate`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::bail;
use clap::Args;
use serde::Serialize;

use super::analyze::count;
use super::labels;
use super::options::{self, ConfigOption, LoadError, ModelOptions};
use super::tune;
use crate::model::{Model, Sentiment};
use crate::report::todo::{Chosen, DRAWN};
use crate::run::labelled::{LabelledColumns, LabelledText, Unlabelled, labelled};
use crate::tally::accuracy::{Accuracy, Answers};
use crate::tally::statistics::Proportion;
use crate::visible::{VisibleWriter, visible, visible_path};

#[derive(Args)]
pub(super) struct Arguments {
    /// CSV or TSV file of labelled texts, also as .gz or .zst; - is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Column of texts
    #[arg(long, value_name = "NAME", default_value = "text")]
    text_column: String,
    /// Column of labels: negative, neutral, positive; rows without one are left out
    #[arg(long, value_name = "NAME", default_value = "label")]
    label_column: String,
    /// Figures for each value of a column too, such as language or category; may be given several
    /// times
    #[arg(long, value_name = "NAME")]
    by: Vec<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Print every text that was labelled otherwise, with its probabilities; with --json, in the
    /// object
    #[arg(long)]
    errors: bool,
    #[command(flatten)]
    config: ConfigOption,
    #[command(flatten, next_help_heading = "Model")]
    model: ModelOptions,
}

/// Rows scored at once.
const CHUNK: usize = 2048;

/// What a file comes to.
#[derive(Default)]
struct Evaluation {
    all: Answers,
    groups: BTreeMap<(usize, String), Answers>,
    /// By how texts were chosen, as far as the file says so.
    chosen: BTreeMap<&'static str, Answers>,
    errors: Vec<Mistake>,
    scoring: Duration,
    unlabelled: Unlabelled,
    /// Whether the model has learnt these very labels.
    learnt: bool,
}

/// How good the model is on the data that the texts stand for.
#[derive(Serialize)]
struct OnTheseData {
    /// Texts, those drawn at random alone where the file says which are.
    n: u64,
    /// Whether the file says so.
    random: bool,
    accuracy: f64,
    accuracy_low: f64,
    accuracy_high: f64,
}

/// A text that the model labels otherwise.
#[derive(Serialize)]
struct Mistake {
    label: Sentiment,
    found: Sentiment,
    probabilities: [f32; 3],
    by: Vec<String>,
    text: String,
}

/// Evaluates a model on labelled rows.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let configuration = arguments.config.under(arguments.model.clone().into())?;
    let model = options::model(&configuration).map_err(LoadError::into_anyhow)?;
    let evaluation = evaluate(&arguments, &model)?;
    if evaluation.all.n() == 0 {
        bail!("{}: no labelled rows", visible_path(&arguments.file));
    }
    if arguments.json {
        print_json(&arguments, &evaluation, &model)?;
    } else {
        print_table(&arguments, &evaluation)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn evaluate(arguments: &Arguments, model: &Model) -> anyhow::Result<Evaluation> {
    let columns = LabelledColumns {
        text: &arguments.text_column,
        label: &arguments.label_column,
        by: &arguments.by,
    };
    let mut evaluation = Evaluation::default();
    let mut rows = Vec::with_capacity(CHUNK);
    evaluation.unlabelled = labelled(&arguments.file, columns, |row| {
        rows.push(row);
        match rows.len() {
            CHUNK => evaluation.score(arguments, model, std::mem::take(&mut rows)),
            _ => Ok(()),
        }
    })?;
    evaluation.score(arguments, model, rows)?;
    if let Some(labels) = model.tuned_on() {
        let sum = tune::sha256(&arguments.file)?;
        evaluation.learnt = !sum.is_empty() && sum == labels.sha256;
    }
    Ok(evaluation)
}

impl Evaluation {
    fn score(
        &mut self,
        arguments: &Arguments,
        model: &Model,
        rows: Vec<LabelledText>,
    ) -> io::Result<()> {
        let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        let start = Instant::now();
        let scores = model.score(&texts);
        self.scoring += start.elapsed();
        for (LabelledText { text, label, by, chosen }, score) in rows.into_iter().zip(scores) {
            self.all.add(label, &score);
            if let Some(chosen) = chosen {
                self.chosen.entry(chosen.name()).or_default().add(label, &score);
            }
            for (number, group) in by.iter().enumerate() {
                self.groups.entry((number, group.clone())).or_default().add(label, &score);
            }
            let (found, probabilities) = (score.sentiment(), score.probabilities);
            if arguments.errors && found != label {
                let mistake = Mistake { label, found, probabilities, by, text };
                if arguments.json {
                    self.errors.push(mistake);
                } else {
                    mistake.print()?;
                }
            }
        }
        Ok(())
    }

    /// The share of right answers among the texts that stand for all of their data: those drawn at random, or all
    /// where nothing says how they were chosen. None where all were chosen because they are hard, and where the
    /// model knows the answers.
    fn on_these_data(&self) -> Option<OnTheseData> {
        if self.learnt {
            return None;
        }
        let random = !self.chosen.is_empty();
        let answers = match random {
            true => self.chosen.get(Chosen::Random.name())?,
            false => &self.all,
        };
        let Proportion { of, share, low, high, .. } = answers.right();
        Some(OnTheseData { n: of, random, accuracy: share, accuracy_low: low, accuracy_high: high })
    }

    fn texts_per_second(&self) -> f64 {
        self.all.n() as f64 / self.scoring.as_secs_f64().max(1e-9)
    }
}

impl Mistake {
    fn print(&self) -> io::Result<()> {
        let [negative, neutral, positive] = self.probabilities;
        writeln!(
            VisibleWriter(io::stdout()),
            "{} for {}\t{negative:.2} {neutral:.2} {positive:.2}\t{}\t{}",
            self.found.name(),
            self.label.name(),
            visible(&self.by.join(" ")),
            self.text
        )
    }
}

fn print_json(arguments: &Arguments, evaluation: &Evaluation, model: &Model) -> anyhow::Result<()> {
    let mut object = serde_json::to_value(Accuracy::of(&evaluation.all))?;
    let mut groups = serde_json::Map::new();
    for ((number, group), answers) in &evaluation.groups {
        let column = groups
            .entry(arguments.by[*number].clone())
            .or_insert_with(|| serde_json::Value::Object(serde_json::Map::new()));
        column[group] = serde_json::to_value(Accuracy::of(answers))?;
    }
    object["texts_per_second"] = ((evaluation.texts_per_second() * 10.0).round() / 10.0).into();
    object["rejects"] = evaluation.unlabelled.rejects.into();
    object["unlabelled"] = evaluation.unlabelled.empty.into();
    object["on_these_data"] = serde_json::to_value(evaluation.on_these_data())?;
    for (chosen, answers) in &evaluation.chosen {
        object[DRAWN][chosen] = serde_json::to_value(Accuracy::of(answers))?;
    }
    object["model"] = serde_json::json!({ "version": model.version(), "sha256": model.hash() });
    if !groups.is_empty() {
        object["by"] = groups.into();
    }
    if arguments.errors {
        object["errors"] = serde_json::to_value(&evaluation.errors)?;
    }
    writeln!(io::stdout(), "{object}")?;
    Ok(())
}

fn print_table(arguments: &Arguments, evaluation: &Evaluation) -> anyhow::Result<()> {
    let mut out = VisibleWriter(io::stdout().lock());
    writeln!(out, "{:<32} {:>7} {:>9} {:>9}", "", "n", "accuracy", "macro F1")?;
    let mut row = |name: &str, answers: &Answers| {
        let accuracy = Accuracy::of(answers);
        writeln!(
            out,
            "{name:<32} {:>7} {:>9.2} {:>9.2}",
            accuracy.n,
            accuracy.accuracy * 100.0,
            accuracy.macro_f1 * 100.0
        )
    };
    row("all", &evaluation.all)?;
    for (chosen, answers) in &evaluation.chosen {
        row(&format!("{DRAWN} {chosen}"), answers)?;
    }
    for ((number, group), answers) in &evaluation.groups {
        row(&visible(&format!("{} {group}", arguments.by[*number])), answers)?;
    }
    let accuracy = Accuracy::of(&evaluation.all);
    let rows = accuracy.labels.iter();
    let rows = rows.map(|(label, own)| (*label, [own.precision, own.recall, own.f1], own.support));
    labels::print(&mut out, ("", "support"), 2, rows)?;
    writeln!(
        out,
        "\nexpected calibration error {:.3}; {:.1} texts a second; {} rows rejected",
        accuracy.calibration_error,
        evaluation.texts_per_second(),
        evaluation.unlabelled.rejects
    )?;
    if evaluation.unlabelled.empty > 0 {
        writeln!(out, "{} without a label left out", count(evaluation.unlabelled.empty, "row"))?;
    }
    print_on_these_data(&mut out, evaluation)?;
    Ok(())
}

/// Says how good the model is on the data at large, and how sure that is.
fn print_on_these_data(out: &mut impl Write, evaluation: &Evaluation) -> io::Result<()> {
    let found = evaluation.on_these_data();
    let Some(OnTheseData { n, random, accuracy, accuracy_low, accuracy_high }) = found else {
        let why = match evaluation.learnt {
            true => "for the model was tuned on these very labels; label others",
            false => {
                "for no text was drawn at random, and the others were chosen because they are hard"
            }
        };
        return writeln!(out, "on these data: not known, {why}");
    };
    let texts = match random {
        true => format!("{n} texts drawn at random"),
        false => format!("{n} texts, if they were drawn at random"),
    };
    writeln!(
        out,
        "on these data: {:.1} % right (95 % interval {:.1} to {:.1}), by {texts}",
        accuracy * 100.0,
        accuracy_low * 100.0,
        accuracy_high * 100.0
    )
}
