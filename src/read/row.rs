//! What an input row comes to.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use jiff::civil::Date;

use super::doubt::NotFeedback;
use super::format::Place;
use crate::text::boilerplate::without;
use crate::text::redact::{Replaced, place_before};
use crate::visible::visible;

/// What an input row came to.
#[derive(Clone, Debug, PartialEq)]
pub enum InputRow {
    /// A row that can be used.
    Feedback(Feedback),
    /// A row that cannot.
    Reject(Reject),
    /// A row whose id another input has, with a newer row.
    Replaced(Place),
    /// A row that is no customer's finished answer.
    LeftOut(LeftOut),
}

/// A row that was left out, as its profile says.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// Where its record stands in the input.
    pub place: Place,
    /// The column that says so.
    pub column: String,
    /// What it is.
    pub what: NotFeedback,
}

/// One record of feedback: an input row with at least one text column, which may be empty. It holds
/// each text once, as a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Feedback {
    /// Where its record stands in the input.
    pub place: Place,
    /// The cell of the id column, trimmed, if there is one and it is not empty.
    pub id: Option<String>,
    /// The columns of text whose cells are not empty, in their order. Empty if the customer wrote
    /// nothing.
    pub text_columns: Vec<usize>,
    /// Of columns of text, the parts of their cells that are not the customer's words.
    pub boilerplate: Vec<(usize, Vec<Range<usize>>)>,
    /// Of columns of text, the placeholders that stand in their cells for personal data.
    pub replaced: Vec<(usize, Vec<Replaced>)>,
    /// Of columns of text, the sentences in languages that are not served.
    pub other_languages: Vec<(usize, Vec<Range<usize>>)>,
    /// The day of the feedback.
    pub date: Option<Date>,
    /// Likelihood to recommend, 0 to 10.
    pub nps: Option<u8>,
    /// Rating as the file gives it, within [`Layout::rating_scale`](super::Layout::rating_scale).
    pub rating: Option<f64>,
    /// The touchpoints that the row itself names.
    pub touchpoints: Vec<String>,
    /// All cells in column order, as read; as many as [`Layout::columns`](super::Layout::columns).
    pub cells: Vec<String>,
}

impl Feedback {
    /// What the customer wrote: columns and their cells exactly as they were read; the byte spans of
    /// mentions point into them.
    pub fn answers(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text_columns.iter().map(|&column| (column, self.cells[column].as_str()))
    }

    /// Where a range of a cell of text stands in the input, in bytes: the same, unless personal data were
    /// replaced in it.
    pub fn place_in_input(&self, column: usize, range: &Range<usize>) -> Range<usize> {
        let parts = self.replaced.iter().find(|(own, _)| *own == column);
        parts.map_or(range.clone(), |(_, parts)| {
            place_before(parts, range.start, false)..place_before(parts, range.end, true)
        })
    }

    /// The same in the customer's own words, as far as they are understood: with blanks for what is not the
    /// customer's or in another language, so that places in it are those in the cell.
    pub fn own_words(&self) -> impl Iterator<Item = (usize, Cow<'_, str>)> {
        self.answers().map(|(column, text)| {
            let passed_over = [&self.boilerplate, &self.other_languages];
            let parts = passed_over.into_iter().flatten().filter(|(own, _)| *own == column);
            let own =
                parts.fold(Cow::Borrowed(text), |own, (_, parts)| without(&own, parts).into());
            (column, own)
        })
    }
}

/// A row that could not be used, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Reject {
    /// Where its record stands in the input.
    pub place: Place,
    /// Name of the column at fault; empty if the whole row is.
    pub column: String,
    /// What is wrong and what to do, in one sentence.
    pub reason: String,
}

impl Reject {
    /// The reason, with the sheet of a workbook before it: a row alone does not say where it is.
    pub fn reason_in_sheet(&self) -> Cow<'_, str> {
        match &self.place.sheet {
            Some(sheet) => Cow::Owned(format!("sheet {sheet:?}: {}", self.reason)),
            None => Cow::Borrowed(&self.reason),
        }
    }
}

/// "sheet Answers, line 7, column stars: …".
impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(sheet) = &self.place.sheet {
            write!(f, "sheet {}, ", visible(sheet))?;
        }
        write!(f, "line {}", self.place.line)?;
        if !self.column.is_empty() {
            write!(f, ", {}", visible(&self.column))?;
        }
        write!(f, ": {}", self.reason)
    }
}
