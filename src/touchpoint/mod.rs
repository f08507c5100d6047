//! Mentions → touchpoints: by the words that name them, and by meaning where no word does.

pub mod keyphrases;
pub mod meaning;

use std::collections::BTreeMap;

use crate::config::codebook::Codebook;
use crate::text::Language;
use keyphrases::KeyphraseMatcher;
use meaning::Prototypes;

/// How a touchpoint was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum How {
    /// A column of the input names it.
    Column,
    /// The text names it.
    Keyphrase,
    /// The text is close to it in meaning.
    Meaning,
}

/// A touchpoint of a mention.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assignment {
    /// Index into [`Codebook::touchpoints`].
    pub touchpoint: usize,
    /// How it was found.
    pub how: How,
    /// From 0 to 1; 1 unless found by meaning.
    pub confidence: f32,
}

impl Assignment {
    /// What a column of the input says is certain.
    pub fn from_column(touchpoint: usize) -> Self {
        Self { touchpoint, how: How::Column, confidence: 1.0 }
    }
}

/// Assigns touchpoints to mentions.
pub struct Assigner {
    keyphrases: KeyphraseMatcher,
    prototypes: Prototypes,
}

impl Assigner {
    /// Prepares a codebook; [`Prototypes::default`] leaves meaning out.
    pub fn new(codebook: &Codebook, prototypes: Prototypes) -> Self {
        Self { keyphrases: KeyphraseMatcher::new(codebook), prototypes }
    }

    /// The touchpoints of a mention in the order of the codebook; none if it is about the company
    /// in general. `vector` is the mention's meaning vector.
    ///
    /// What the words say counts. Meaning speaks only where no word does: a second touchpoint that
    /// is close in meaning is mostly the same one seen from another side.
    pub fn assign(&self, text: &str, language: Language, vector: &[f32]) -> Vec<Assignment> {
        let named: BTreeMap<usize, How> = self
            .keyphrases
            .find(text, language)
            .into_iter()
            .map(|hit| (hit.touchpoint, How::Keyphrase))
            .collect();
        if named.is_empty() {
            return self.prototypes.nearest(vector).into_iter().collect();
        }
        let assign = |(touchpoint, how)| Assignment { touchpoint, how, confidence: 1.0 };
        named.into_iter().map(assign).collect()
    }
}

#[cfg(test)]
mod tests;
