//! Codebooks put to the test on feedback, along the way that an analysis takes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::config::codebook::{Codebook, GENERAL};
use crate::model::Model;
use crate::read::{ColumnChoice, Feedback, InputRow, ReadError, open_all};
use crate::run::label::UnknownLabel;
use crate::score::{Heard, Scorer};
use crate::touchpoint::agreement::Agreement;
use crate::touchpoint::check::Check;
use crate::touchpoint::sectors::SectorWords;
use crate::touchpoint::{Assigner, Signal, Sources};
use crate::visible::visible_path;

/// Rows scored at once.
const CHUNK: usize = 512;

/// What speaks for and against the touchpoints of a labelled row.
pub struct LabelledRow {
    /// Line of the file on which it starts.
    pub line: u64,
    /// Indices of the touchpoints that people gave.
    pub labels: BTreeSet<usize>,
    /// One list a mention.
    pub mentions: Vec<Vec<Signal>>,
}

/// Why a codebook cannot be evaluated.
#[derive(Debug, thiserror::Error)]
pub enum EvaluationError {
    /// An input cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The labels cannot be found.
    #[error(
        "{}: no column {name:?}; name the column of labels with --label-column",
        visible_path(path)
    )]
    NoLabels {
        /// The input.
        path: PathBuf,
        /// The column that is not there.
        name: String,
    },
    /// A label is none of the codebook.
    #[error(transparent)]
    UnknownLabel(#[from] UnknownLabel),
}

/// Assigns touchpoints to some feedback and counts what was found. Rows that cannot be read are left
/// out.
///
/// # Errors
/// If an input cannot be read.
pub fn check(
    inputs: &[PathBuf],
    columns: &ColumnChoice,
    codebook: &Codebook,
    model: &Model,
) -> Result<(Check, Assigner), ReadError> {
    let scorer = Scorer::new(model, codebook, None);
    let mut check = Check::default();
    let words = SectorWords::new();
    for input in open_all(inputs, columns)? {
        chunks(input, |rows| {
            for (feedback, mentions) in rows.iter().zip(scorer.hear(rows)) {
                check.feedback += u64::from(!mentions.is_empty());
                let drafts = mentions.iter().map(|own| &own.draft);
                check.add_sectors(&words, drafts.map(|own| (own.clean.as_str(), own.language)));
                for mention in mentions {
                    let (text, language) = (&mention.draft.clean, mention.draft.language);
                    let hits = scorer.assigner().keyphrases(text, language);
                    let found = scorer.assignments(feedback, &mention);
                    check.add(codebook, (text, language), &found, &hits);
                }
            }
            Ok::<_, ReadError>(())
        })?;
    }
    Ok((check, scorer.into_assigner()))
}

/// Gathers what speaks for every touchpoint of every mention of labelled rows, and hands each row
/// on.
///
/// # Errors
/// If the input cannot be read or a label is unknown.
pub fn evaluate(
    input: PathBuf,
    columns: &ColumnChoice,
    label_column: &str,
    codebook: &Codebook,
    scorer: &Scorer,
    mut row: impl FnMut(LabelledRow),
) -> Result<(), EvaluationError> {
    let path = input.clone();
    let labels = |cell: &str, line| labels(codebook, cell, (&path, line, label_column));
    for input in open_all(&[input], columns)? {
        let position = input.layout.columns.iter().position(|column| column.name == label_column);
        let label_at = position.ok_or_else(|| EvaluationError::NoLabels {
            path: path.clone(),
            name: label_column.to_owned(),
        })?;
        chunks(input, |rows| {
            for (feedback, mentions) in rows.iter().zip(scorer.hear(rows)) {
                let signals = mentions.iter().map(|Heard { draft, score }| {
                    scorer.assigner().signals(&draft.clean, draft.language, &score.meaning)
                });
                row(LabelledRow {
                    line: feedback.place.line,
                    labels: labels(&feedback.cells[label_at], feedback.place.line)?,
                    mentions: signals.collect(),
                });
            }
            Ok::<_, EvaluationError>(())
        })?;
    }
    Ok(())
}

/// Counts a row as found by some sources.
pub fn count(agreement: &mut Agreement, assigner: &Assigner, row: &LabelledRow, sources: Sources) {
    let found = row.mentions.iter().flat_map(|signals| assigner.decide(signals, sources));
    agreement.add(&row.labels, &found.map(|assignment| assignment.touchpoint).collect());
}

/// The touchpoints that a cell names; a place is an input, a line and a column.
fn labels(
    codebook: &Codebook,
    cell: &str,
    (path, line, column): (&Path, u64, &str),
) -> Result<BTreeSet<usize>, UnknownLabel> {
    let labels = cell.split(';').map(str::trim).filter(|label| !["", GENERAL].contains(label));
    let unknown = |label: &str| UnknownLabel {
        path: path.to_owned(),
        line,
        column: column.to_owned(),
        problem: format!("the codebook has no touchpoint {label:?}"),
        remedy: "write an id, a name, or `general`, and `;` between several".to_owned(),
    };
    labels.map(|label| codebook.touchpoint_named(label).ok_or_else(|| unknown(label))).collect()
}

/// Goes over the rows of an input, some at a time.
fn chunks<E: From<ReadError>>(
    input: crate::read::Input,
    mut each: impl FnMut(&[Feedback]) -> Result<(), E>,
) -> Result<(), E> {
    let mut rows = Vec::with_capacity(CHUNK);
    for row in input {
        if let InputRow::Feedback(feedback) = row? {
            rows.push(feedback);
        }
        if rows.len() == CHUNK {
            each(&rows)?;
            rows.clear();
        }
    }
    each(&rows)
}
