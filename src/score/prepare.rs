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
    /// Index into the row's answers.
    pub answer: usize,
    /// Where it stands in the answer.
    pub range: Range<usize>,
    /// What the model reads.
    pub clean: String,
    /// Language in which it is analysed.
    pub language: Language,
}

/// Splits the answers of a feedback into mentions. Answers that say nothing have none.
pub fn drafts(feedback: &Feedback) -> Vec<Draft> {
    let answers =
        || feedback.answers.iter().enumerate().filter(|(_, answer)| !is_blank_answer(&answer.text));
    let whole: Vec<&str> = answers().map(|(_, answer)| answer.text.as_str()).collect();
    let language = detect(&whole.join("\n"));
    let mut drafts = Vec::new();
    for (index, answer) in answers() {
        for range in mentions(&answer.text, language) {
            let clean = clean(&answer.text[range.clone()]).into_owned();
            if !clean.is_empty() {
                drafts.push(Draft { answer: index, range, clean, language });
            }
        }
    }
    drafts
}
