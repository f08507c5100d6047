//! A row of the input → the mentions that the model is to score.

use std::ops::Range;
use std::sync::Arc;

use crate::read::{Feedback, Layout};
use crate::text::Language;
use crate::text::clean::{clean, is_blank_answer};
use crate::text::language::detect;
use crate::text::split::mentions;

/// A row and its mentions, not yet scored.
pub struct Prepared {
    /// Number of the input.
    pub input: usize,
    /// How the input is laid out.
    pub layout: Arc<Layout>,
    /// The input's own id, or one made from what the row holds.
    pub id: String,
    /// The row.
    pub feedback: Feedback,
    /// Its mentions.
    pub drafts: Vec<Draft>,
}

impl Prepared {
    /// The name of a column of the row.
    pub fn column_name(&self, column: usize) -> &str {
        &self.layout.columns[column].name
    }
}

/// A mention, not yet scored.
pub struct Draft {
    /// The column of the answer.
    pub column: usize,
    /// Where it stands in the answer.
    pub range: Range<usize>,
    /// What the model reads.
    pub clean: String,
    /// Language in which it is analysed.
    pub language: Language,
}

/// Splits the answers of a feedback into mentions. Answers that say nothing have none.
pub fn drafts(feedback: &Feedback) -> Vec<Draft> {
    let answers = || feedback.answers().filter(|(_, text)| !is_blank_answer(text));
    let whole: Vec<&str> = answers().map(|(_, text)| text).collect();
    let language = detect(&whole.join("\n"));
    let mut drafts = Vec::new();
    for (column, text) in answers() {
        for range in mentions(text, language) {
            let clean = clean(&text[range.clone()]).into_owned();
            if !clean.is_empty() {
                drafts.push(Draft { column, range, clean, language });
            }
        }
    }
    drafts
}
