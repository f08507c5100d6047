//! A feedback → the mentions that the model is to score.

use std::ops::Range;

use crate::read::Feedback;
use crate::text::Language;
use crate::text::blank::is_blank_answer;
use crate::text::clean::clean;
use crate::text::language::detect;
use crate::text::redact::{neutral, without_placeholders};
use crate::text::split::mentions;

/// A mention, not yet scored.
#[derive(Clone, Debug, PartialEq)]
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
    let mut answers: Vec<_> = feedback.own_words().collect();
    answers.retain(|(_, text)| !is_blank_answer(&without_placeholders(text)));
    let whole: Vec<&str> = answers.iter().map(|(_, text)| text.as_ref()).collect();
    let language = detect(&neutral(&whole.join("\n")));
    let mut drafts = Vec::new();
    for (column, text) in &answers {
        for range in mentions(text, language) {
            let clean = clean(&neutral(&text[range.clone()])).into_owned();
            if !clean.is_empty() {
                drafts.push(Draft { column: *column, range, clean, language });
            }
        }
    }
    drafts
}
