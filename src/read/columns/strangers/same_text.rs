//! The same text in two columns.

use std::collections::BTreeSet;

use super::Answers;
use super::names::{LANGUAGES, PROCESSED, TRANSLATED};
use crate::read::columns::name::says;
use crate::read::doubt::Sameness;

/// Share of their words that the same texts have in common, and of the words of a processed text that are in the
/// one it was made of.
const SAME_WORDS: f64 = 0.6;
const MADE_OF: f64 = 0.5;

/// Letters in which two forms of a word are alike, where a program cut the end off.
const STEM: usize = 4;

/// Two columns and the rows.
pub(super) struct Pair<'a> {
    pub(super) own: (usize, &'a Answers<'a>),
    pub(super) other: (usize, &'a Answers<'a>),
    pub(super) rows: &'a [Vec<String>],
    /// Whether the other is itself passed over, as the same text as one that counts.
    pub(super) other_is_passed: bool,
}

impl Pair<'_> {
    /// How the first is the same text as the second, which counts, if it is. Of two with the same words, the one that a
    /// program made is left out, else the later one.
    pub(super) fn sameness(&self) -> Option<Sameness> {
        let ((own_at, own), (other_at, other)) = (self.own, self.other);
        let filled = || self.rows.iter().map(|row| (cell(row, own_at), cell(row, other_at)));
        let alone = filled().filter(|(own, _)| !own.is_empty()).count();
        let both: Vec<(&str, &str)> =
            filled().filter(|(own, other)| !own.is_empty() && !other.is_empty()).collect();
        // What stands beside the other in every row.
        if both.is_empty() || both.len() * 10 < alone * 9 {
            return None;
        }
        let share = |alike: &dyn Fn(&str, &str) -> bool| {
            both.iter().filter(|(a, b)| alike(a, b)).count() * 10 >= both.len() * 8
        };
        let (made, other_made) = (own.is_made(), other.is_made());
        if self.other_is_passed && !made {
            return None;
        }
        if own.is_translation_of(other) && !other_made && own.all > 1 {
            return Some(Sameness::Translation);
        }
        if says(own.words, PROCESSED) && share(&|a, b| made_of(a, b) >= MADE_OF) {
            let first = own_at < other_at && says(other.words, PROCESSED) && !self.other_is_passed;
            return (!first).then_some(Sameness::Processed);
        }
        if !share(&|a, b| common_words(a, b) >= SAME_WORDS) {
            return None;
        }
        match (made, other_made) {
            _ if self.other_is_passed => Some(Sameness::Words),
            (true, false) => Some(Sameness::Processed),
            (false, true) => None,
            _ => (own_at > other_at).then_some(Sameness::Words),
        }
    }
}

impl Answers<'_> {
    /// Whether its name says that a program made it of another text.
    fn is_made(&self) -> bool {
        says(self.words, PROCESSED) || says(self.words, TRANSLATED)
    }

    /// Whether its name says that it is the other in another language: `review_translated`, or `text_en` beside
    /// `text`.
    fn is_translation_of(&self, other: &Answers) -> bool {
        let with_language = match self.words.split_last() {
            Some((last, rest)) => LANGUAGES.contains(&last.as_str()) && rest == other.words,
            None => false,
        };
        with_language || says(self.words, TRANSLATED)
    }
}

fn cell(row: &[String], at: usize) -> &str {
    row.get(at).map_or("", |cell| cell.trim())
}

fn words(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// The part of the words of two texts that both have (Jaccard similarity).
fn common_words(a: &str, b: &str) -> f64 {
    let (a, b) = (words(a), words(b));
    a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64
}

/// The part of the words of a text whose stems are in another.
fn made_of(made: &str, text: &str) -> f64 {
    let stem = |word: &String| word.chars().take(STEM).collect::<String>();
    let (made, text) = (words(made), words(text).iter().map(stem).collect::<BTreeSet<_>>());
    made.iter().filter(|word| text.contains(&stem(word))).count() as f64 / made.len().max(1) as f64
}
