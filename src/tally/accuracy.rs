//! How well a classifier agrees with labels.

use std::collections::BTreeMap;

use serde::Serialize;

use super::calibration::{Bin, Calibration};
use super::statistics::Proportion;
use crate::model::{Score, Sentiment};

/// What a model said of labelled texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    confusion: Confusion,
    calibration: Calibration,
}

impl Answers {
    /// Counts a text.
    pub fn add(&mut self, label: Sentiment, score: &Score) {
        let found = score.sentiment();
        self.confusion.add(label, found);
        self.calibration.add(score.probabilities[found as usize], found == label);
    }

    /// How many texts have the label that the model gave, with the interval of their share.
    pub fn right(&self) -> Proportion {
        Proportion::new(self.confusion.hits(), self.n())
    }

    /// Texts counted.
    pub fn n(&self) -> u64 {
        self.confusion.n()
    }
}

/// Texts by label (row) and by what the model said (column), in the order of [`Sentiment::ALL`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Confusion([[u64; 3]; 3]);

impl Confusion {
    fn add(&mut self, label: Sentiment, found: Sentiment) {
        self.0[label as usize][found as usize] += 1;
    }

    fn hits(&self) -> u64 {
        (0..3).map(|label| self.0[label][label]).sum()
    }

    fn n(&self) -> u64 {
        self.0.iter().flatten().sum()
    }
}

/// Figures from 0 to 1. `confusion` is by label, then by what the model said.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Accuracy {
    /// Texts.
    pub n: u64,
    /// Share of texts on which label and model agree.
    pub accuracy: f64,
    /// Mean F1 over the labels that occur among the texts.
    pub macro_f1: f64,
    /// Expected calibration error: how far the model's probabilities are from its hits.
    pub calibration_error: f64,
    /// Texts by the probability of the label given, which the error comes from.
    pub calibration: Vec<Bin>,
    /// By label.
    pub labels: BTreeMap<&'static str, LabelFigures>,
    /// Counts by label, then by what the model said.
    pub confusion: BTreeMap<&'static str, BTreeMap<&'static str, u64>>,
}

/// Figures of one label, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LabelFigures {
    /// Share of texts with the label among those to which the model gave it.
    pub precision: f64,
    /// Share of texts to which the model gave the label among those that have it.
    pub recall: f64,
    /// Harmonic mean of precision and recall.
    pub f1: f64,
    /// Texts with the label.
    pub support: u64,
}

impl Accuracy {
    /// The figures of some answers.
    pub fn of(answers: &Answers) -> Self {
        let Answers { confusion, calibration } = answers;
        let n = confusion.n();
        let labels: BTreeMap<&'static str, LabelFigures> = Sentiment::ALL
            .iter()
            .map(|&label| (label.name(), label_figures(confusion, label)))
            .collect();
        let present: Vec<f64> = labels
            .values()
            .filter(|figures| figures.support > 0)
            .map(|figures| figures.f1)
            .collect();
        let names = Sentiment::ALL.map(Sentiment::name);
        Self {
            n,
            accuracy: ratio(confusion.hits(), n),
            macro_f1: present.iter().sum::<f64>() / present.len().max(1) as f64,
            calibration_error: calibration.error(),
            calibration: calibration.bins(),
            labels,
            confusion: names
                .iter()
                .zip(confusion.0)
                .map(|(&label, counts)| (label, names.into_iter().zip(counts).collect()))
                .collect(),
        }
    }
}

fn label_figures(confusion: &Confusion, label: Sentiment) -> LabelFigures {
    let label = label as usize;
    let hits = confusion.0[label][label];
    let support: u64 = confusion.0[label].iter().sum();
    let given: u64 = confusion.0.iter().map(|row| row[label]).sum();
    LabelFigures {
        precision: ratio(hits, given),
        recall: ratio(hits, support),
        f1: ratio(2 * hits, given + support),
        support,
    }
}

fn ratio(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Sentiment::{Negative, Neutral, Positive};

    fn accuracy(pairs: &[(Sentiment, Sentiment)]) -> Accuracy {
        let mut answers = Answers::default();
        for &(label, found) in pairs {
            let mut probabilities = [0.1; 3];
            probabilities[found as usize] = 0.8;
            answers.add(label, &Score { probabilities, ..Score::default() });
        }
        Accuracy::of(&answers)
    }

    #[test]
    fn figures_computed_by_hand() {
        // Negative: 2 of 3 found, 2 of 2 given. Neutral: 1 of 1, 1 of 2. Positive: 1 of 1, 1 of 1.
        let figures = accuracy(&[
            (Negative, Negative),
            (Negative, Negative),
            (Negative, Neutral),
            (Neutral, Neutral),
            (Positive, Positive),
        ]);
        assert_eq!(figures.accuracy, 0.8);
        assert_eq!(figures.labels["negative"].f1, 0.8);
        assert_eq!(figures.labels["neutral"].precision, 0.5);
        assert!((figures.macro_f1 - (0.8 + 2.0 / 3.0 + 1.0) / 3.0).abs() < 1e-12);
        assert_eq!(figures.confusion["negative"]["neutral"], 1);
        assert!(figures.calibration_error < 1e-6, "right in 80 %, as it says");
    }

    #[test]
    fn labels_that_do_not_occur_do_not_count() {
        assert_eq!(accuracy(&[(Negative, Negative), (Positive, Positive)]).macro_f1, 1.0);
    }
}
