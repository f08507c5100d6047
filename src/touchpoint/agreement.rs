//! How well the touchpoints found agree with those that people gave.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::config::codebook::{Codebook, GENERAL};

/// Fewest labelled rows of a touchpoint that count for the mean over touchpoints: one row more or
/// less would move the F1 of rarer ones by tenths.
pub const LEAST_SUPPORT: u64 = 10;

/// Rows by touchpoint: found rightly, found wrongly, missed. The last one is `general`.
#[derive(Clone, Debug)]
pub struct Agreement {
    counts: Vec<[u64; 3]>,
}

/// Figures from 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AgreementFigures {
    /// F1 over all pairs of row and touchpoint.
    pub micro_f1: f64,
    /// Mean F1 of the touchpoints with at least [`LEAST_SUPPORT`] labelled rows.
    pub macro_f1: f64,
    /// F1 over all pairs, `general` counting as a touchpoint of the rows that have no other.
    pub micro_f1_with_general: f64,
    /// By touchpoint, `general` included.
    pub touchpoints: BTreeMap<String, TouchpointFigures>,
}

/// Figures of one touchpoint, from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct TouchpointFigures {
    /// Share of rows labelled with it among those where it was found.
    pub precision: f64,
    /// Share of rows where it was found among those labelled with it.
    pub recall: f64,
    /// Harmonic mean of precision and recall.
    pub f1: f64,
    /// Rows labelled with it.
    pub support: u64,
}

impl Agreement {
    /// Nothing counted yet, for so many touchpoints.
    pub fn new(touchpoints: usize) -> Self {
        Self { counts: vec![[0; 3]; touchpoints + 1] }
    }

    /// Counts a row.
    pub fn add(&mut self, labelled: &BTreeSet<usize>, found: &BTreeSet<usize>) {
        let general = self.counts.len() - 1;
        for (touchpoint, counts) in self.counts.iter_mut().enumerate() {
            let is_in = |set: &BTreeSet<usize>| {
                if touchpoint == general { set.is_empty() } else { set.contains(&touchpoint) }
            };
            match (is_in(labelled), is_in(found)) {
                (true, true) => counts[0] += 1,
                (false, true) => counts[1] += 1,
                (true, false) => counts[2] += 1,
                (false, false) => {}
            }
        }
    }

    /// The figures of what was counted.
    pub fn figures(&self, codebook: &Codebook) -> AgreementFigures {
        let (touchpoints, all) = (&self.counts[..self.counts.len() - 1], &self.counts);
        let sum = |counts: &[[u64; 3]]| {
            counts.iter().fold([0; 3], |sum: [u64; 3], own| [0, 1, 2].map(|i| sum[i] + own[i]))
        };
        let common: Vec<f64> = touchpoints
            .iter()
            .filter(|counts| counts[0] + counts[2] >= LEAST_SUPPORT)
            .map(f1)
            .collect();
        let ids = codebook.touchpoints().iter().map(|touchpoint| touchpoint.id.as_str());
        AgreementFigures {
            micro_f1: f1(&sum(touchpoints)),
            macro_f1: common.iter().sum::<f64>() / common.len().max(1) as f64,
            micro_f1_with_general: f1(&sum(all)),
            touchpoints: ids
                .chain([GENERAL])
                .map(str::to_owned)
                .zip(all.iter().map(touchpoint_figures))
                .collect(),
        }
    }
}

fn touchpoint_figures(counts: &[u64; 3]) -> TouchpointFigures {
    let [right, wrong, missed] = *counts;
    TouchpointFigures {
        precision: share(right, right + wrong),
        recall: share(right, right + missed),
        f1: f1(counts),
        support: right + missed,
    }
}

fn f1([right, wrong, missed]: &[u64; 3]) -> f64 {
    share(2 * right, 2 * right + wrong + missed)
}

/// 0 of nothing.
fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_follow_from_the_counts() {
        let source = ["a", "b"].map(|id| {
            format!("[[touchpoint]]\nid = \"{id}\"\nphase = \"use\"\nnames = \"{id}\"\nkeyphrases = [\"wort {id}\"]\n")
        });
        let codebook = Codebook::parse(&source.concat(), "test.toml").expect("valid");
        let mut agreement = Agreement::new(2);
        let set = |ids: &[usize]| ids.iter().copied().collect::<BTreeSet<_>>();
        for _ in 0..9 {
            agreement.add(&set(&[0]), &set(&[0]));
        }
        agreement.add(&set(&[0, 1]), &set(&[1]));
        agreement.add(&set(&[]), &set(&[0]));
        agreement.add(&set(&[]), &set(&[]));
        let figures = agreement.figures(&codebook);
        // a: 9 right, 1 wrong, 1 missed. b: 1 right, too rare for the mean. general: 1 right, 1 missed.
        let a = figures.touchpoints["a"];
        assert_eq!((a.precision, a.recall, a.f1, a.support), (0.9, 0.9, 0.9, 10));
        assert_eq!(figures.macro_f1, 0.9);
        assert!((figures.micro_f1 - 20.0 / 22.0).abs() < 1e-12);
        assert!((figures.micro_f1_with_general - 22.0 / 25.0).abs() < 1e-12);
        assert_eq!(figures.touchpoints[GENERAL].support, 2);
    }
}
