//! How well a classifier agrees with labels.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::Sentiment;

/// Texts by label (row) and by what the model said (column), in the order of [`Sentiment::ALL`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confusion([[u64; 3]; 3]);

impl Confusion {
    /// Counts a text.
    pub fn add(&mut self, label: Sentiment, found: Sentiment) {
        self.0[label as usize][found as usize] += 1;
    }

    /// Texts counted.
    pub fn n(&self) -> u64 {
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
    /// The figures of some counts.
    pub fn of(confusion: &Confusion) -> Self {
        let n = confusion.n();
        let hits: u64 = (0..3).map(|label| confusion.0[label][label]).sum();
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
            accuracy: ratio(hits, n),
            macro_f1: present.iter().sum::<f64>() / present.len().max(1) as f64,
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
        let mut confusion = Confusion::default();
        for &(label, found) in pairs {
            confusion.add(label, found);
        }
        Accuracy::of(&confusion)
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
    }

    #[test]
    fn labels_that_do_not_occur_do_not_count() {
        assert_eq!(accuracy(&[(Negative, Negative), (Positive, Positive)]).macro_f1, 1.0);
    }
}
