//! Mentions → touchpoints: by the words that name them and by meaning, weighed together.

pub mod agreement;
pub mod check;
pub mod confidence;
pub mod keyphrases;
pub mod meaning;
mod remarks;
pub mod sectors;

use serde::{Deserialize, Serialize};

use crate::config::codebook::Codebook;
use crate::model::Model;
use crate::text::Language;
use confidence::Calibration;
use keyphrases::{KeyphraseHit, KeyphraseMatcher};
use meaning::Prototypes;

/// How a touchpoint was found.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum How {
    /// A column of the input names it.
    Column,
    /// The text names it.
    Keyphrase,
    /// The text is close to it in meaning.
    Meaning,
    /// The text names it, and its meaning alone would have done.
    Both,
}

impl How {
    /// All ways, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Column, Self::Keyphrase, Self::Both, Self::Meaning];

    /// Name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Column => "column",
            Self::Keyphrase => "keyphrase",
            Self::Meaning => "meaning",
            Self::Both => "both",
        }
    }
}

/// A touchpoint of a mention.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assignment {
    /// Index into [`Codebook::touchpoints`].
    pub touchpoint: usize,
    /// How it was found.
    pub how: How,
    /// How sure that is, from 0 to 1.
    pub confidence: f32,
}

/// What speaks for a touchpoint of a mention.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Signal {
    /// Index into [`Codebook::touchpoints`].
    pub touchpoint: usize,
    /// Whether the text names it.
    pub keyphrase: bool,
    /// Similarity in meaning, from −1 to 1.
    pub similarity: f32,
    /// Lead of that similarity over the next best touchpoint's; behind the best one, what it lacks
    /// (negative). Parents and children do not compete.
    pub lead: f32,
}

/// Which signals decide; all but [`Sources::Both`] are for measuring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sources {
    /// Keyphrases and meaning, weighed together.
    Both,
    /// Keyphrases alone.
    Keyphrases,
    /// Meaning alone.
    Meaning,
}

/// Assigns touchpoints to mentions.
pub struct Assigner {
    keyphrases: KeyphraseMatcher,
    prototypes: Prototypes,
    calibration: Calibration,
    /// For each touchpoint those that do not compete with it: itself, its parent, its children.
    kin: Vec<Vec<usize>>,
    parents: Vec<Option<usize>>,
}

impl Assigner {
    /// Prepares a codebook, its texts embedded by the model.
    pub fn embedded(codebook: &Codebook, model: &Model) -> Self {
        let (subjects, texts): (Vec<_>, Vec<String>) =
            Prototypes::texts(codebook).into_iter().unzip();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let vectors: Vec<_> = subjects.into_iter().zip(model.meanings(&texts)).collect();
        Self::new(codebook, Prototypes::new(codebook.touchpoints().len(), &vectors))
    }

    /// Prepares a codebook; [`Prototypes::default`] leaves meaning out.
    pub fn new(codebook: &Codebook, prototypes: Prototypes) -> Self {
        let count = codebook.touchpoints().len();
        let kin = |a| (0..count).filter(|&b| codebook.are_kin(a, b)).collect();
        Self {
            keyphrases: KeyphraseMatcher::new(codebook),
            prototypes,
            calibration: Calibration::built_in(),
            kin: (0..count).map(kin).collect(),
            parents: codebook.touchpoints().iter().map(|touchpoint| touchpoint.parent).collect(),
        }
    }

    /// The touchpoints of a mention in the order of the codebook; none if it is about the company
    /// in general. `vector` is the mention's meaning vector.
    pub fn assign(&self, text: &str, language: Language, vector: &[f32]) -> Vec<Assignment> {
        self.decide(&self.signals(text, language, vector), Sources::Both)
    }

    /// What a column of the input says is certain.
    pub fn from_column(&self, touchpoint: usize) -> Vec<Assignment> {
        let own = Assignment { touchpoint, how: How::Column, confidence: 1.0 };
        self.with_parents(vec![own])
    }

    /// The keyphrases in a text, in order of appearance.
    pub fn keyphrases(&self, text: &str, language: Language) -> Vec<KeyphraseHit<'_>> {
        self.keyphrases.find(text, language)
    }

    /// Similarity of a meaning vector to each touchpoint, from −1 to 1; empty without prototypes.
    pub fn similarities(&self, vector: &[f32]) -> Vec<f32> {
        self.prototypes.similarities(vector)
    }

    /// What speaks for each touchpoint, in the order of the codebook.
    pub fn signals(&self, text: &str, language: Language, vector: &[f32]) -> Vec<Signal> {
        let similarities = self.prototypes.similarities(vector);
        let mut named = vec![false; self.kin.len()];
        for hit in self.keyphrases.find(text, language) {
            named[hit.touchpoint] = true;
        }
        let signal = |(touchpoint, keyphrase)| Signal {
            touchpoint,
            keyphrase,
            similarity: similarities.get(touchpoint).copied().unwrap_or_default(),
            lead: self.lead(&similarities, touchpoint),
        };
        named.into_iter().enumerate().map(signal).collect()
    }

    fn lead(&self, similarities: &[f32], touchpoint: usize) -> f32 {
        let Some(own) = similarities.get(touchpoint) else { return 0.0 };
        let kin = &self.kin[touchpoint];
        let others = similarities.iter().enumerate().filter(|(index, _)| !kin.contains(index));
        // Alone, a touchpoint has none to lead over.
        others.map(|(_, other)| *other).max_by(f32::total_cmp).map_or(0.0, |best| own - best)
    }

    /// The touchpoints for which enough speaks.
    pub fn decide(&self, signals: &[Signal], sources: Sources) -> Vec<Assignment> {
        let found = signals.iter().filter_map(|signal| self.judge(signal, sources));
        self.with_parents(found.collect())
    }

    fn judge(&self, signal: &Signal, sources: Sources) -> Option<Assignment> {
        let has_meaning = !self.prototypes.is_empty();
        let alone = Signal { keyphrase: false, ..*signal };
        let confidence = match sources {
            Sources::Meaning => self.calibration.meaning.sufficient(signal).filter(|_| has_meaning),
            Sources::Both if has_meaning => self.calibration.sufficient(signal),
            Sources::Both | Sources::Keyphrases => signal.keyphrase.then_some(1.0),
        }?;
        let how = match sources {
            Sources::Meaning => How::Meaning,
            Sources::Keyphrases => How::Keyphrase,
            Sources::Both if !signal.keyphrase => How::Meaning,
            Sources::Both if has_meaning && self.calibration.sufficient(&alone).is_some() => {
                How::Both
            }
            Sources::Both => How::Keyphrase,
        };
        Some(Assignment { touchpoint: signal.touchpoint, how, confidence })
    }

    /// Adds the parent of each, found in the same way as its surest child.
    fn with_parents(&self, mut found: Vec<Assignment>) -> Vec<Assignment> {
        for index in 0..found.len() {
            let Some(parent) = self.parents[found[index].touchpoint] else { continue };
            let implied = Assignment { touchpoint: parent, ..found[index] };
            match found.iter_mut().find(|other| other.touchpoint == parent) {
                Some(other) if other.confidence < implied.confidence => *other = implied,
                Some(_) => {}
                None => found.push(implied),
            }
        }
        found.sort_by_key(|assignment| assignment.touchpoint);
        found
    }
}

#[cfg(test)]
mod tests;
