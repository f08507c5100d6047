//! A feedback → the mentions that the model is to score.

use std::ops::Range;

use crate::read::Feedback;
use crate::text::Language;
use crate::text::blank::is_blank_answer;
use crate::text::clean::clean;
use crate::text::language::{detect, detect_within};
use crate::text::plain::plain;
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
    let answers: Vec<_> = answers.iter().map(|(column, text)| (*column, plain(text))).collect();
    let whole: Vec<&str> = answers.iter().map(|(_, plain)| plain.text.as_ref()).collect();
    let language = detect(&neutral(&whole.join("\n")));
    let mut drafts = Vec::new();
    for (column, plain) in &answers {
        for range in mentions(&plain.text, language) {
            let clean = clean_words(&plain.text[range.clone()]);
            if !clean.is_empty() {
                let language = detect_within(&clean, language);
                let range = plain.original(range);
                drafts.push(Draft { column: *column, range, clean, language });
            }
        }
    }
    drafts
}

/// What the model reads of a text that is no longer to be split.
pub fn as_read(text: &str) -> String {
    clean_words(&plain(text).text)
}

fn clean_words(plain: &str) -> String {
    clean(&neutral(plain)).into_owned()
}
