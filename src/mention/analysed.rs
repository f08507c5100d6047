//! A feedback and its mentions once the model has scored them.

use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Found, MICRO, Scores, Tag, Touchpoint};
use crate::digest::Fingerprint;
use crate::model::{CLEAR, HeadScores, Pieces, Score, Sentiment, likeliest, problem_in_steps};
use crate::text::Language;
use crate::text::flags::{Flag, Raised, flags};
use crate::text::plain::plain;
use crate::text::terms::{Term, terms};

/// A mention, scored. All that follows from its text is found once and kept here.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Mention {
    /// Name of the column it stands in.
    pub column: String,
    /// Where it stands in the cell, in bytes.
    pub start: u32,
    /// End of it, in bytes.
    pub end: u32,
    /// The same in the cell of the input, in which no personal data were replaced.
    pub in_input: (u32, u32),
    /// As the customer wrote it, with placeholders for personal data.
    pub text: String,
    /// Language in which it is analysed.
    pub language: Language,
    /// Its likeliest sentiment.
    pub sentiment: Sentiment,
    /// In millionths, in the order of [`Sentiment::ALL`].
    pub probabilities: [u32; 3],
    /// The same by the text alone, whatever its row says.
    pub text_probabilities: [u32; 3],
    /// What it is about; [`Touchpoint::GENERAL`] where there is nothing in particular.
    pub touchpoints: Vec<Tag>,
    /// Problem vector in whole steps, 512 to one.
    pub problem: Vec<i8>,
    /// Its pieces; none where it is so clearly neutral that no row makes it anything else.
    pub pieces: Pieces,
    /// How likely it names something concrete, if it complains, in millionths; none where the model
    /// has no head for it.
    pub names_problem: Option<u32>,
    /// Its terms, each key once; what a person merged has the key of what it was merged into.
    pub terms: Vec<Term>,
    /// What it asks for or threatens, with the words that say so.
    pub flags: Vec<Raised>,
}

/// A feedback with its mentions.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Analysed {
    /// Its id.
    pub id: String,
    /// What its row says beside the text.
    pub scores: Scores,
    /// The touchpoints that its row names, and the codebook does not have.
    pub touchpoints: Vec<String>,
    /// Whether it is in part or as a whole in languages that are not served.
    pub other_language: bool,
    /// Its mentions that count, in the order of the text.
    pub mentions: Vec<Mention>,
    /// What it repeats, if its text nearly repeats another's.
    pub repetition: Option<Repetition>,
}

/// That a feedback nearly repeats another's text, which counts for both.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Repetition {
    /// Id of the other.
    pub of: String,
    /// The mentions, which do not count again.
    pub mentions: Vec<Mention>,
}

impl Mention {
    /// Whether it is about a touchpoint, or a part of it; every mention is about anything.
    pub fn is_about(&self, touchpoint: Option<Touchpoint>) -> bool {
        touchpoint.is_none_or(|own| self.touchpoints.iter().any(|tag| tag.touchpoint == own))
    }

    /// The probability of its sentiment, in millionths.
    pub fn strength(&self) -> u32 {
        self.probabilities[self.sentiment as usize]
    }

    /// Replaces what the model said by what a person says.
    pub fn correct_sentiment(&mut self, sentiment: Sentiment) {
        if self.sentiment != sentiment {
            self.sentiment = sentiment;
            self.probabilities = [0; 3];
            self.probabilities[sentiment as usize] = (1.0 / MICRO) as u32;
        }
        // What a person says is no guess from the row.
        if self.text_sentiment() != sentiment {
            self.text_probabilities = self.probabilities;
        }
    }

    /// Replaces the touchpoints found by those that a person names.
    pub fn correct_touchpoints(&mut self, touchpoints: impl IntoIterator<Item = Touchpoint>) {
        let tag = |touchpoint| Tag::new(touchpoint, Found::Corrected, 1.0);
        self.touchpoints = touchpoints.into_iter().map(tag).collect();
    }

    /// Twelve hex digits of its text, by which corrections find it.
    pub fn text_hash(&self) -> String {
        Fingerprint::of(self.text.trim()).hexadecimal(6)
    }

    /// The same with the probabilities, in the order of [`Sentiment::ALL`], that it has in its row.
    pub fn in_its_row(self, probabilities: [f32; 3]) -> Self {
        let sentiment = likeliest(&probabilities);
        Self { sentiment, probabilities: probabilities.map(super::micro), ..self }
    }

    /// Its sentiment by the text alone.
    pub fn text_sentiment(&self) -> Sentiment {
        likeliest(&self.text_probabilities)
    }

    /// The same with its place in the cell of the input, in bytes.
    pub fn from_input(self, place: &Range<usize>) -> Self {
        // Cells are limited to far less than 4 GB.
        Self { in_input: (place.start as u32, place.end as u32), ..self }
    }

    /// Fills in what the model said, and what the text says by its words.
    pub fn new(
        (column, text): (String, String),
        start: usize,
        language: Language,
        score: &Score,
        touchpoints: Vec<Tag>,
    ) -> Self {
        let probabilities = score.probabilities.map(super::micro);
        let plain = plain(&text);
        let raised = |own: Raised| Raised { range: plain.original(own.range), ..own };
        let believed = |own: &Raised| score.heads.is_none_or(|heads| believes(heads, own.flag));
        let flags = flags(&plain.text, language).into_iter().filter(believed);
        let flags = flags.map(raised).collect();
        let terms = terms(&plain.text, language);
        Self {
            column,
            // Cells are limited to far less than 4 GB.
            start: start as u32,
            end: (start + text.len()) as u32,
            in_input: (start as u32, (start + text.len()) as u32),
            language,
            sentiment: score.sentiment(),
            probabilities,
            text_probabilities: probabilities,
            touchpoints,
            problem: problem_in_steps(score.problem()),
            pieces: pieces(score),
            names_problem: score.heads.map(|heads| super::micro(heads.names_problem)),
            terms,
            flags,
            text,
        }
    }
}

/// The pieces of a text that may complain or praise.
fn pieces(score: &Score) -> Pieces {
    let fact = score.probabilities[Sentiment::Neutral as usize] >= CLEAR;
    if fact { Pieces::default() } else { score.pieces.clone() }
}

/// Probability from which the model's head believes a flag that a phrase raised: what 65 % (suggestions) and 85 % of those
/// written for that reach that are flags, and were not learnt (`models/train/train/flags.py`).
const SUGGESTS: f32 = 0.674;
const LEAVES: f32 = 0.437;

/// Whether the model takes a mention in which a phrase raises a flag for one: "you should try the soup" suggests nothing to the
/// company.
fn believes(heads: HeadScores, flag: Flag) -> bool {
    match flag {
        Flag::Suggestion => heads.suggests >= SUGGESTS,
        Flag::Churn => heads.leaves >= LEAVES,
    }
}

impl Analysed {
    /// A feedback of a day, without scores.
    pub fn new(id: String, date: Option<Date>, mentions: Vec<Mention>) -> Self {
        let scores = Scores { date, ..Scores::default() };
        let touchpoints = Vec::new();
        Self { id, scores, touchpoints, other_language: false, mentions, repetition: None }
    }

    /// Takes note that its text nearly repeats that of another, so that its mentions do not count again.
    pub fn repeat(&mut self, of: String) {
        let mentions = std::mem::take(&mut self.mentions);
        self.repetition = Some(Repetition { of, mentions });
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
        let language = self.mentions.first()?.language;
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
        let score = Score {
            probabilities: [0.7, 0.2, 0.1],
            problem: vec![0.125, -0.5],
            ..Score::default()
        };
        let mention = Mention::new(
            ("text".into(), "App stürzt ab".into()),
            3,
            Language::De,
            &score,
            vec![Tag::general()],
        );
        assert_eq!(mention.problem, [64, -127]);
        assert_eq!(mention.probabilities, [700_000, 200_000, 100_000]);
        assert_eq!((mention.sentiment, mention.language), (Sentiment::Negative, Language::De));
        assert_eq!((mention.start, mention.end), (3, 17));
    }

    #[test]
    fn letters_in_fancy_dress_have_the_terms_and_flags_of_plain_ones() {
        let mention = |text: &str| {
            let score = Score { problem: vec![0.5], ..Score::default() };
            Mention::new(("text".into(), text.into()), 0, Language::En, &score, Vec::new())
        };
        let plain = mention("The parcel was late, I am switching to another shop");
        assert!(!plain.terms.is_empty() && !plain.flags.is_empty());
        let dressed = mention("The 𝖕𝖆𝖗𝖈𝖊𝖑 was la\u{AD}te, I am ｓｗｉｔｃｈｉｎｇ to another shop");
        assert_eq!(dressed.terms, plain.terms);
        let words = &dressed.text[dressed.flags[0].range.clone()];
        assert!(words.starts_with("ｓｗｉｔｃｈｉｎｇ to"), "{words}");
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
