//! A file of labelled texts, for the commands that evaluate and tune.

use std::path::Path;

use super::label::UnknownLabel;
use crate::model::Sentiment;
use crate::read::{ColumnChoice, Feedback, InputRow, Layout, ReadError, open};
use crate::report::formula::original;
use crate::report::todo::{Chosen, DRAWN};
use crate::score::as_read;

/// Where in a file the texts and their labels stand.
#[derive(Clone, Copy, Debug)]
pub struct LabelledColumns<'a> {
    /// The column of texts.
    pub text: &'a str,
    /// The column of labels.
    pub label: &'a str,
    /// Further columns that are wanted.
    pub by: &'a [String],
}

/// A text that somebody has labelled.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledText {
    /// What the model reads.
    pub text: String,
    /// What somebody says of it.
    pub label: Sentiment,
    /// How it was chosen, if the file says so.
    pub chosen: Option<Chosen>,
    /// The cells of the further columns.
    pub by: Vec<String>,
}

/// Rows that are no labelled text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Unlabelled {
    /// Rows without a label.
    pub empty: u64,
    /// Rows that could not be read.
    pub rejects: u64,
}

/// Why a file of labelled texts cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LabelledError {
    /// It cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A label means nothing.
    #[error(transparent)]
    UnknownLabel(#[from] UnknownLabel),
    /// What the rows are handed to failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

/// Hands every labelled text of a file on, in the order of the file, and counts the other rows.
///
/// # Errors
/// If the file cannot be read, lacks a column, or has a label that means nothing; what `each` fails with.
pub fn labelled(
    path: &Path,
    columns: LabelledColumns,
    mut each: impl FnMut(LabelledText) -> std::io::Result<()>,
) -> Result<Unlabelled, LabelledError> {
    let named = columns.by.iter().map(String::as_str).chain([columns.label]);
    let choice = ColumnChoice {
        text_columns: vec![columns.text.to_owned()],
        segment_columns: named.map(str::to_owned).collect(),
        ..ColumnChoice::default()
    };
    let input = open(path, &choice)?;
    let places = Places::find(&input.layout, columns);
    let mut unlabelled = Unlabelled::default();
    for row in input {
        match row? {
            InputRow::Replaced(_) => {}
            InputRow::Reject(_) | InputRow::LeftOut(_) => unlabelled.rejects += 1,
            InputRow::Feedback(feedback) => match places.label(path, columns, &feedback)? {
                Some(label) => each(places.text(label, &feedback))?,
                None => unlabelled.empty += 1,
            },
        }
    }
    Ok(unlabelled)
}

/// Columns by number. Those that are named were found when the file was opened.
struct Places {
    label: Option<usize>,
    by: Vec<Option<usize>>,
    drawn: Option<usize>,
}

impl Places {
    fn find(layout: &Layout, columns: LabelledColumns) -> Self {
        let place = |name: &str| {
            let exact = layout.columns.iter().position(|column| column.name == name);
            exact.or_else(|| {
                let lower = name.to_lowercase();
                layout.columns.iter().position(|column| column.name.to_lowercase() == lower)
            })
        };
        Self {
            label: place(columns.label),
            by: columns.by.iter().map(|name| place(name)).collect(),
            drawn: place(DRAWN),
        }
    }

    /// The label of a row; none where nobody wrote one.
    fn label(
        &self,
        path: &Path,
        columns: LabelledColumns,
        feedback: &Feedback,
    ) -> Result<Option<Sentiment>, UnknownLabel> {
        let label = cell(feedback, self.label);
        if label.trim().is_empty() {
            return Ok(None);
        }
        Sentiment::from_name(label).map(Some).ok_or_else(|| UnknownLabel {
            path: path.to_owned(),
            line: feedback.place.line,
            column: columns.label.to_owned(),
            problem: format!("{label:?} is no sentiment"),
            remedy: format!("write {}, or nothing", Sentiment::NAMES),
        })
    }

    fn text(&self, label: Sentiment, feedback: &Feedback) -> LabelledText {
        let chosen = self.drawn.and_then(|at| Chosen::from_name(&feedback.cells[at]));
        let text = feedback.answers().next().map_or("", |(_, text)| text);
        // What `label` wrote is made harmless for spreadsheets.
        let text = if chosen.is_some() { original(text) } else { text.into() };
        LabelledText {
            text: as_read(&text),
            label,
            chosen,
            by: self.by.iter().map(|&at| cell(feedback, at).to_owned()).collect(),
        }
    }
}

fn cell(feedback: &Feedback, column: Option<usize>) -> &str {
    column.map_or("", |at| feedback.cells[at].as_str())
}
