//! A feedback and its mentions once the model has scored them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{MICRO, Scores};
use crate::config::codebook::GENERAL;
use crate::digest::hexadecimal;
use crate::model::{Score, Sentiment};
use crate::text::Language;
use crate::text::flags::{Flag, Raised, flags};
use crate::text::terms::{Term, terms};

/// A mention, scored.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Mention {
    /// Name of the column it stands in.
    pub column: String,
    /// Where it stands in the cell, in bytes.
    pub start: u32,
    /// End of it, in bytes.
    pub end: u32,
    /// As the customer wrote it.
    pub text: String,
    /// Index into [`Language::ALL`].
    language: u8,
    /// Index into [`Sentiment::ALL`].
    sentiment: u8,
    /// In millionths, in the order of [`Sentiment::ALL`].
    pub probabilities: [u32; 3],
    /// Its touchpoints; `general` where there is none.
    pub touchpoints: Vec<Tag>,
    /// Meaning vector in whole steps, 512 to one.
    pub meaning: Vec<i8>,
    /// Key and surface of its terms, where a person has merged some; else empty.
    merged_terms: Vec<(String, String)>,
}

/// A touchpoint of a mention.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Tag {
    /// Identifier of the touchpoint.
    pub touchpoint: String,
    /// How it was found: `column`, `keyphrase`, `meaning`, `both`, or empty for `general`.
    pub how: String,
    /// How sure that is, in millionths; 0 for `general`.
    pub confidence: u32,
}

impl Tag {
    /// A touchpoint with how it was found and how sure that is, from 0 to 1.
    pub fn new(touchpoint: &str, how: &str, confidence: f32) -> Self {
        let confidence = super::micro(confidence);
        Self { touchpoint: touchpoint.to_owned(), how: how.to_owned(), confidence }
    }

    /// No touchpoint in particular.
    pub fn general() -> Self {
        Self::new(GENERAL, "", 0.0)
    }
}

/// A feedback with its mentions.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Analysed {
    /// Its id.
    pub id: String,
    /// What its row says beside the text.
    pub scores: Scores,
    /// Its mentions, in the order of the text.
    pub mentions: Vec<Mention>,
}

/// Steps to one in a stored meaning vector: the values of a unit vector of some hundred dimensions
/// lie within ±127/512.
const STEPS: f32 = 512.0;

impl Mention {
    /// Language in which it is analysed.
    pub fn language(&self) -> Language {
        Language::ALL[usize::from(self.language)]
    }

    /// Its likeliest sentiment.
    pub fn sentiment(&self) -> Sentiment {
        Sentiment::ALL[usize::from(self.sentiment)]
    }

    /// Whether it is about a touchpoint, or a part of it; every mention is about anything.
    pub fn is_about(&self, touchpoint: Option<&str>) -> bool {
        touchpoint.is_none_or(|id| self.touchpoints.iter().any(|tag| tag.touchpoint == id))
    }

    /// Its terms, each once.
    pub fn terms(&self) -> Vec<Term> {
        if self.merged_terms.is_empty() {
            return terms(&self.text, self.language());
        }
        let merged = self.merged_terms.iter().cloned();
        merged.map(|(key, surface)| Term { key, surface }).collect()
    }

    /// Replaces its terms by what a person merged them to; there must be some.
    pub fn replace_terms(&mut self, terms: Vec<Term>) {
        self.merged_terms = terms.into_iter().map(|Term { key, surface }| (key, surface)).collect();
    }

    /// Replaces what the model said by what a person says.
    pub fn correct_sentiment(&mut self, sentiment: Sentiment) {
        if self.sentiment() != sentiment {
            self.sentiment = sentiment as u8;
            self.probabilities = [0; 3];
            self.probabilities[sentiment as usize] = (1.0 / MICRO) as u32;
        }
    }

    /// Replaces the touchpoints found by those that a person names.
    pub fn correct_touchpoints(&mut self, ids: &[String]) {
        let tag = |id: &String| Tag::new(id, "correction", 1.0);
        self.touchpoints = ids.iter().map(tag).collect();
    }

    /// Twelve hex digits of its text, by which corrections find it.
    pub fn text_hash(&self) -> String {
        let digest = Sha256::digest(self.text.trim());
        hexadecimal(&digest[..6])
    }

    /// What it asks for or threatens.
    pub fn flags(&self) -> Vec<Flag> {
        self.raised().into_iter().map(|raised| raised.flag).collect()
    }

    /// The same, with the words that say so.
    pub fn raised(&self) -> Vec<Raised> {
        flags(&self.text, self.language())
    }

    /// Fills in what the model said.
    pub fn new(
        (column, text): (String, String),
        start: usize,
        language: Language,
        score: &Score,
        touchpoints: Vec<Tag>,
    ) -> Self {
        let micro = |index: usize| super::micro(score.probabilities[index]);
        Self {
            column,
            // Cells are limited to far less than 4 GB.
            start: start as u32,
            end: (start + text.len()) as u32,
            text,
            language: language as u8,
            sentiment: score.sentiment() as u8,
            probabilities: [micro(0), micro(1), micro(2)],
            touchpoints,
            meaning: score
                .meaning
                .iter()
                .map(|value| (value * STEPS).round_ties_even().clamp(-127.0, 127.0) as i8)
                .collect(),
            merged_terms: Vec::new(),
        }
    }
}

impl Analysed {
    /// A feedback of a day, without scores.
    pub fn new(id: String, date: Option<Date>, mentions: Vec<Mention>) -> Self {
        Self { id, scores: Scores { date, ..Scores::default() }, mentions }
    }

    /// Language, sentiment and probabilities of the whole: the mean over its mentions, each of which
    /// weighs as much as it is long. None without mentions.
    pub fn overall(&self) -> Option<(Language, Sentiment, [f64; 3])> {
        let mut sums = [0u64; 3];
        let mut length = 0;
        for mention in &self.mentions {
            let weight = u64::from(mention.end - mention.start);
            length += weight;
            for (sum, micro) in sums.iter_mut().zip(mention.probabilities) {
                *sum += weight * u64::from(micro);
            }
        }
        let language = self.mentions.first()?.language();
        let best = (0..3).rev().max_by_key(|&index| sums[index])?;
        let mean = |sum: u64| sum as f64 * MICRO / length.max(1) as f64;
        Some((language, Sentiment::ALL[best], sums.map(mean)))
    }

    /// The day, if known.
    pub fn date(&self) -> Option<Date> {
        self.scores.date
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_the_model_says_is_kept_in_whole_numbers() {
        let score = Score { probabilities: [0.7, 0.2, 0.1], meaning: vec![0.125, -0.5] };
        let mention = Mention::new(
            ("text".into(), "App stürzt ab".into()),
            3,
            Language::De,
            &score,
            vec![Tag::new("app", "keyphrase", 1.0)],
        );
        assert_eq!(mention.meaning, [64, -127]);
        assert_eq!(mention.probabilities, [700_000, 200_000, 100_000]);
        assert_eq!((mention.sentiment(), mention.language()), (Sentiment::Negative, Language::De));
        assert_eq!((mention.start, mention.end), (3, 17));
    }

    #[test]
    fn days_and_scores_survive_on_disk() {
        let mut feedback = Analysed::new("7".into(), Some(date(1969, 3, 29)), Vec::new());
        feedback.scores.nps = Some(9);
        let bytes = postcard::to_stdvec(&feedback).unwrap();
        let back: Analysed = postcard::from_bytes(&bytes).unwrap();
        assert_eq!(back, feedback);
        assert_eq!(back.date(), Some(date(1969, 3, 29)));
    }
}
