//! `painpoint evaluate`.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Args;
use serde::Serialize;

use super::labels;
use super::options::{self, ConfigOption, LoadError, ModelOptions};
use crate::model::{Model, Sentiment};
use crate::read::{ColumnChoice, InputRow, open};
use crate::run::label::UnknownLabel;
use crate::tally::accuracy::{Accuracy, Answers};
use crate::text::clean::clean;
use crate::visible::{VisibleWriter, visible, visible_path};

#[derive(Args)]
pub(super) struct Arguments {
    /// CSV or TSV file of labelled texts, also as .gz or .zst; - is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Column of texts
    #[arg(long, value_name = "NAME", default_value = "text")]
    text_column: String,
    /// Column of labels: negative, neutral, positive
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
    errors: Vec<Mistake>,
    scoring: Duration,
    rejects: u64,
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

struct Labelled {
    text: String,
    label: Sentiment,
    groups: Vec<String>,
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
    let choice = ColumnChoice {
        text_columns: vec![arguments.text_column.clone()],
        segment_columns: std::iter::once(&arguments.label_column)
            .chain(&arguments.by)
            .cloned()
            .collect(),
        ..ColumnChoice::default()
    };
    let input = open(&arguments.file, &choice)?;
    let position = |name: &String| {
        let columns = &input.layout.columns;
        let exact = columns.iter().position(|column| column.name == *name);
        exact
            .or_else(|| columns.iter().position(|c| c.name.to_lowercase() == name.to_lowercase()))
            .with_context(|| format!("no column {name:?}"))
    };
    let label_at = position(&arguments.label_column)?;
    let groups_at: Vec<usize> = arguments.by.iter().map(position).collect::<Result<_, _>>()?;
    let mut evaluation = Evaluation::default();
    let mut rows = Vec::with_capacity(CHUNK);
    for row in input {
        match row? {
            InputRow::Replaced(_) => {}
            InputRow::Reject(_) | InputRow::LeftOut(_) => evaluation.rejects += 1,
            InputRow::Feedback(feedback) => {
                let label = &feedback.cells[label_at];
                let label = Sentiment::from_name(label).ok_or_else(|| UnknownLabel {
                    path: arguments.file.clone(),
                    line: feedback.place.line,
                    column: arguments.label_column.clone(),
                    problem: format!("{label:?} is no sentiment"),
                    remedy: format!("write {}", Sentiment::NAMES),
                })?;
                rows.push(Labelled {
                    text: feedback
                        .answers()
                        .next()
                        .map(|(_, text)| clean(text).into_owned())
                        .unwrap_or_default(),
                    label,
                    groups: groups_at.iter().map(|&at| feedback.cells[at].clone()).collect(),
                });
            }
        }
        if rows.len() == CHUNK {
            evaluation.score(arguments, model, std::mem::take(&mut rows))?;
        }
    }
    evaluation.score(arguments, model, rows)?;
    Ok(evaluation)
}

impl Evaluation {
    fn score(
        &mut self,
        arguments: &Arguments,
        model: &Model,
        rows: Vec<Labelled>,
    ) -> io::Result<()> {
        let texts: Vec<&str> = rows.iter().map(|row| row.text.as_str()).collect();
        let start = Instant::now();
        let scores = model.score(&texts);
        self.scoring += start.elapsed();
        for (Labelled { text, label, groups }, score) in rows.into_iter().zip(scores) {
            self.all.add(label, &score);
            for (number, group) in groups.iter().enumerate() {
                self.groups.entry((number, group.clone())).or_default().add(label, &score);
            }
            let (found, probabilities) = (score.sentiment(), score.probabilities);
            if arguments.errors && found != label {
                let mistake = Mistake { label, found, probabilities, by: groups, text };
                if arguments.json {
                    self.errors.push(mistake);
                } else {
                    mistake.print()?;
                }
            }
        }
        Ok(())
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
    object["rejects"] = evaluation.rejects.into();
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
        evaluation.rejects
    )?;
    Ok(())
}
