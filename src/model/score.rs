//! What the model says of a text.

use serde::{Deserialize, Serialize};

use super::heads::HeadScores;
use super::pieces::Pieces;

/// What a mention feels like.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sentiment {
    /// Complaint, disappointment, anger.
    Negative,
    /// Fact, question, suggestion, or as much good as bad.
    Neutral,
    /// Praise, thanks, joy.
    Positive,
}

impl Sentiment {
    /// All sentiments in the order of [`Score::probabilities`].
    pub const ALL: [Self; 3] = [Self::Negative, Self::Neutral, Self::Positive];

    /// The name in CSV files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Positive => "positive",
        }
    }

    /// What to write for a sentiment, in messages.
    pub const NAMES: &str = "negative, neutral or positive";

    /// The sentiment that a label of a model, a data set or a person names, in English, German, Spanish,
    /// French, Italian, Dutch or Portuguese.
    pub fn from_name(name: &str) -> Option<Self> {
        match name.trim().to_lowercase().as_str() {
            "negative" | "negativ" | "neg" | "negativo" | "négatif" | "negatief" => {
                Some(Self::Negative)
            }
            "neutral" | "neu" | "neutro" | "neutre" | "neutraal" => Some(Self::Neutral),
            "positive" | "positiv" | "pos" | "positivo" | "positif" | "positief" => {
                Some(Self::Positive)
            }
            _ => None,
        }
    }
}

/// Steps to one in a problem vector: the values of a unit vector of some hundred dimensions lie within ±127/512.
pub const PROBLEM_STEPS: f32 = 512.0;

/// A unit vector in whole steps, 512 to one.
pub fn problem_in_steps(vector: &[f32]) -> Vec<i8> {
    let step = |value: &f32| (value * PROBLEM_STEPS).round_ties_even().clamp(-127.0, 127.0) as i8;
    vector.iter().map(step).collect()
}

/// What the model says of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Score {
    /// Probabilities in the order of [`Sentiment::ALL`]; they sum to 1.
    pub probabilities: [f32; 3],
    /// Meaning vector, L2-normalised.
    pub meaning: Vec<f32>,
    /// Problem vector, L2-normalised and then in steps of 1/512, as it is used and kept: near those of texts that tell
    /// the same problem. Empty where the model has no branch for it.
    pub problem: Vec<f32>,
    /// Its pieces; none where the model gives none.
    pub pieces: Pieces,
    /// What the model's heads say, if it has any.
    pub heads: Option<HeadScores>,
}

impl Score {
    /// The vector that texts of the same problem share best: the meaning vector where the model has no
    /// branch for it.
    pub fn problem(&self) -> &[f32] {
        if self.problem.is_empty() { &self.meaning } else { &self.problem }
    }

    /// The likeliest sentiment; of equals the first.
    pub fn sentiment(&self) -> Sentiment {
        likeliest(&self.probabilities)
    }
}

/// The likeliest sentiment of probabilities in the order of [`Sentiment::ALL`]; of equals the first.
pub fn likeliest<P: PartialOrd>(probabilities: &[P; 3]) -> Sentiment {
    let mut best = 0;
    for (index, probability) in probabilities.iter().enumerate() {
        if *probability > probabilities[best] {
            best = index;
        }
    }
    Sentiment::ALL[best]
}
