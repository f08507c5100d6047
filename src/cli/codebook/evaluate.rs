//! `painpoint codebook evaluate`.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use serde_json::json;

use crate::cli::labels;
use crate::cli::options::{self, ConfigOption, LoadError, ModelOptions};
use crate::config::codebook::{Codebook, Sector};
use crate::config::options::Options;
use crate::read::ColumnChoice;
use crate::run::codebook::{LabelledRow, count, evaluate};
use crate::score::Scorer;
use crate::touchpoint::Sources;
use crate::touchpoint::agreement::{Agreement, AgreementFigures};
use crate::visible::{VisibleWriter, visible_path};

#[derive(Args)]
pub(super) struct Arguments {
    /// CSV or TSV file of labelled feedback, also as .gz or .zst; - is standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Codebook in TOML or CSV [default: the built-in codebook]
    #[arg(long, value_name = "FILE")]
    codebook: Option<PathBuf>,
    /// Touchpoints of a sector beside those of the codebook
    #[arg(long, value_enum)]
    sector: Option<Sector>,
    #[command(flatten)]
    config: ConfigOption,
    /// Column of texts
    #[arg(long, value_name = "NAME", default_value = "text")]
    text_column: String,
    /// Column of labels: ids or names of touchpoints, joined by `;`; empty or `general` for none
    #[arg(long, value_name = "NAME", default_value = "touchpoints")]
    label_column: String,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
    /// Write what speaks for each touchpoint of each mention to a CSV file, to calibrate with
    #[arg(long, value_name = "FILE")]
    evidence: Option<PathBuf>,
    #[command(flatten, next_help_heading = "Model")]
    model: ModelOptions,
}

/// What is measured.
const SOURCES: [(&str, Sources); 3] =
    [("keyphrases", Sources::Keyphrases), ("meaning", Sources::Meaning), ("both", Sources::Both)];

/// Evaluates, and prints the figures.
pub(super) fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let flags = Options {
        codebook: arguments.codebook,
        sector: arguments.sector,
        ..arguments.model.into()
    };
    let configuration = arguments.config.under(flags)?;
    let codebook = options::codebook(&configuration)?;
    let model = options::model(&configuration).map_err(LoadError::into_anyhow)?;
    let mut evidence = arguments.evidence.as_deref().map(EvidenceFile::create).transpose()?;
    let choice = ColumnChoice {
        text_columns: vec![arguments.text_column],
        segment_columns: vec![arguments.label_column.clone()],
        ..ColumnChoice::default()
    };
    let scorer = Scorer::new(&model, &codebook, None);
    let mut agreements = SOURCES.map(|_| Agreement::new(codebook.touchpoints().len()));
    let (mut rows, mut mentions) = (0u64, 0);
    let mut failed = Ok(());
    let (label, file) = (&arguments.label_column, arguments.file);
    evaluate(file, &choice, label, &codebook, &scorer, |row| {
        rows += 1;
        mentions += row.mentions.len();
        for ((_, sources), agreement) in SOURCES.iter().zip(&mut agreements) {
            count(agreement, scorer.assigner(), &row, *sources);
        }
        if let (Some(evidence), Ok(())) = (&mut evidence, &failed) {
            failed = evidence.row(&codebook, &row);
        }
    })?;
    failed?;
    if let Some(evidence) = evidence {
        evidence.finish()?;
    }
    anyhow::ensure!(rows > 0, "there are no labelled rows");
    let figures = agreements.map(|agreement| agreement.figures(&codebook));
    if arguments.json {
        let [keyphrases, meaning, both] = figures;
        let object = json!({
            "n": rows, "mentions": mentions,
            "keyphrases": keyphrases, "meaning": meaning, "both": both,
            "model": { "version": model.version(), "sha256": model.hash() },
        });
        writeln!(io::stdout(), "{object}")?;
    } else {
        print(&mut VisibleWriter(io::stdout().lock()), (rows, mentions), &figures)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn print(
    out: &mut impl Write,
    (rows, mentions): (u64, usize),
    figures: &[AgreementFigures; 3],
) -> io::Result<()> {
    writeln!(out, "{rows} rows, {mentions} mentions\n")?;
    writeln!(out, "{:<32} {:>9} {:>9} {:>13}", "", "micro F1", "macro F1", "with general")?;
    for ((name, _), figures) in SOURCES.iter().zip(figures) {
        writeln!(
            out,
            "{name:<32} {:>9.1} {:>9.1} {:>13.1}",
            figures.micro_f1 * 100.0,
            figures.macro_f1 * 100.0,
            figures.micro_f1_with_general * 100.0
        )?;
    }
    let [.., both] = figures;
    let rows = both.touchpoints.iter();
    let rows =
        rows.map(|(id, own)| (id.as_str(), [own.precision, own.recall, own.f1], own.support));
    labels::print(out, ("both", "rows"), 1, rows)
}

/// What speaks for each touchpoint of each mention, a line each.
struct EvidenceFile(csv::Writer<BufWriter<File>>);

impl EvidenceFile {
    fn create(path: &Path) -> anyhow::Result<Self> {
        let file =
            File::create(path).with_context(|| format!("cannot write {}", visible_path(path)))?;
        let mut writer = csv::Writer::from_writer(BufWriter::new(file));
        let header =
            ["line", "mention", "touchpoint", "labelled", "keyphrase", "similarity", "lead"];
        writer.write_record(header)?;
        Ok(Self(writer))
    }

    fn row(&mut self, codebook: &Codebook, row: &LabelledRow) -> csv::Result<()> {
        for (number, mention) in row.mentions.iter().enumerate() {
            for own in mention {
                let labelled = row.labels.contains(&own.touchpoint);
                self.0.serialize((
                    row.line,
                    number + 1,
                    &codebook.touchpoints()[own.touchpoint].id,
                    u8::from(labelled),
                    u8::from(own.keyphrase),
                    own.similarity,
                    own.lead,
                ))?;
            }
        }
        Ok(())
    }

    fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}
