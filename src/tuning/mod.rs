//! Labels of a user's own texts → a correction of the model's sentiment, and whether it helps on texts that it has
//! not seen.
//!
//! Two rounds of cross-validation, one in the other: the inner one chooses how much the labels have to say, the
//! outer one measures what such a choice comes to. So no text has a part in the correction by which it is judged,
//! nor in the choice of its ridge. Folds are of whole texts: one that stands there twice is never on both sides.

mod cholesky;
mod fit;

use rayon::prelude::*;

use crate::digest::{Fingerprint, mixed};
use crate::model::{LabelsUsed, Score, Sentiment, Tuning};
use crate::tally::accuracy::{Accuracy, Answers};
use fit::{Shape, Table};

/// Fewest labels to learn from: with fewer, what is measured is chance.
pub const FEWEST_LABELS: usize = 30;

/// Fewest labels of each sentiment: one a fold.
pub const FEWEST_OF_EACH: usize = OUTER;

/// Points of macro-F1, from 0 to 1, that a correction has to bring.
pub const LEAST_RISE: f64 = 0.02;

const OUTER: usize = 5;
const INNER: usize = 4;

/// A text with its label and what the model says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The text, whatever its case.
    text: Fingerprint,
    /// Whether it was drawn at random, not chosen because it is hard.
    random: bool,
    label: Sentiment,
    probabilities: [f32; 3],
    meaning: Vec<f32>,
}

/// What a correction comes to on texts that had no part in it. Figures from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// Macro-F1 on all labelled texts.
    pub all: Change,
    /// Lower and upper end of the 95 % interval of its rise.
    pub rise: (f64, f64),
    /// Macro-F1 on those that were drawn at random, if any are known to be.
    pub random: Option<Change>,
}

/// A figure before and after, over some texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Texts.
    pub n: u64,
    /// As the model is.
    pub before: f64,
    /// Corrected.
    pub after: f64,
}

impl Change {
    /// How much is gained.
    pub fn rise(self) -> f64 {
        self.after - self.before
    }
}

impl Trial {
    /// Whether the correction is worth having.
    // That those drawn at random gain, too, was tried as a condition: it turned good corrections away and kept no bad ones out.
    pub fn helps(&self) -> bool {
        self.all.rise() >= LEAST_RISE
    }
}

impl Example {
    /// A text, what it was labelled, whether it was drawn at random, and what the model says of it.
    pub fn new(text: &str, label: Sentiment, random: bool, score: Score) -> Self {
        let Score { probabilities, meaning, .. } = score;
        let text = Fingerprint::of(text.to_lowercase());
        Self { text, random, label, probabilities, meaning }
    }
}

/// Learns a correction from labelled texts, in whatever order, and measures it.
pub fn tune(mut examples: Vec<Example>, labels: LabelsUsed) -> (Tuning, Trial) {
    examples.sort_by_key(|own| (own.text, own.label, own.random));
    let table = Table::new(&examples);
    let all: Vec<usize> = (0..examples.len()).collect();
    let trial = trial(&examples, &table, &all);
    let shape = chosen(&examples, &table, &all, OUTER);
    let fitted = table.unfolded(shape, &table.fit(&all, shape));
    let tuning = Tuning {
        labels,
        bias: fitted.bias.map(|own| own as f32),
        meaning: fitted.meaning.map(|own| own.into_iter().map(|weight| weight as f32).collect()),
    };
    (tuning, trial)
}

/// The fold of each of some texts. Examples are in the order of their fingerprints, so that equal texts follow each
/// other.
fn folds(examples: &[Example], texts: &[usize], count: usize) -> Vec<usize> {
    let mut number = 0;
    let fold = |(place, &at): (usize, &usize)| {
        let before = place.checked_sub(1).map(|before| examples[texts[before]].text);
        number += usize::from(before.is_some_and(|before| before != examples[at].text));
        number % count
    };
    texts.iter().enumerate().map(fold).collect()
}

/// Some texts and the others, by fold.
fn split(texts: &[usize], folds: &[usize], fold: usize) -> (Vec<usize>, Vec<usize>) {
    let own = texts.iter().zip(folds);
    let (held_out, learnt): (Vec<_>, Vec<_>) = own.partition(|(_, own)| **own == fold);
    let numbers = |own: Vec<(&usize, &usize)>| own.into_iter().map(|(at, _)| *at).collect();
    (numbers(learnt), numbers(held_out))
}

/// What some texts come to that are corrected by the others, fold for fold, in the order of the folds.
fn held_out(
    table: &Table,
    texts: &[usize],
    folds: (&[usize], usize),
    shape: impl Fn(&[usize]) -> Shape + Sync,
) -> Vec<(usize, [f32; 3])> {
    let fold = |fold: usize| {
        let (learnt, held_out) = split(texts, folds.0, fold);
        let shape = shape(&learnt);
        let weights = table.fit(&learnt, shape);
        let corrected = |at: usize| (at, table.corrected(at, shape, &weights));
        held_out.into_iter().map(corrected).collect::<Vec<_>>()
    };
    (0..folds.1).into_par_iter().flat_map_iter(fold).collect()
}

/// The shape whose corrections do best on some of the texts that they were not learnt from; of equals the most
/// cautious.
fn chosen(examples: &[Example], table: &Table, texts: &[usize], count: usize) -> Shape {
    let folds = folds(examples, texts, count);
    let figure = |shape: Shape| {
        let found = held_out(table, texts, (&folds, count), |_| shape);
        macro_f1(found.iter().map(|(at, found)| (examples[*at].label, *found)))
    };
    let (mut best, mut highest) = (Shape::CAUTIOUS, f64::NEG_INFINITY);
    for shape in Shape::all() {
        let found = figure(shape);
        if found > highest {
            (best, highest) = (shape, found);
        }
    }
    best
}

/// Measures what choosing and fitting come to on texts that have a part in neither.
fn trial(examples: &[Example], table: &Table, all: &[usize]) -> Trial {
    let folds = folds(examples, all, OUTER);
    let choose = |learnt: &[usize]| chosen(examples, table, learnt, INNER);
    let found = held_out(table, all, (&folds, OUTER), choose);
    let judged: Vec<Judged> = found
        .into_iter()
        .map(|(at, after)| {
            let Example { label, random, probabilities, .. } = examples[at];
            Judged { label, random, before: probabilities, after }
        })
        .collect();
    let random: Vec<&Judged> = judged.iter().filter(|own| own.random).collect();
    let is_known = !random.is_empty() && random.len() < judged.len();
    Trial {
        all: change(&judged.iter().collect::<Vec<_>>()),
        rise: interval(&judged),
        random: is_known.then(|| change(&random)),
    }
}

/// A text that was held out, before and after.
struct Judged {
    label: Sentiment,
    random: bool,
    before: [f32; 3],
    after: [f32; 3],
}

fn change(judged: &[&Judged]) -> Change {
    Change {
        n: judged.len() as u64,
        before: macro_f1(judged.iter().map(|own| (own.label, own.before))),
        after: macro_f1(judged.iter().map(|own| (own.label, own.after))),
    }
}

/// Resamples from which an interval follows.
const RESAMPLES: usize = 1000;

/// The 95 % interval of the rise, from resamples of the texts (Efron, "Bootstrap methods: another look at the
/// jackknife", The Annals of Statistics 7, 1979). Which ones is as good as random, and the same in every run.
fn interval(judged: &[Judged]) -> (f64, f64) {
    let n = judged.len();
    let rise = |resample: usize| {
        let draw = |at: usize| mixed((resample * n + at) as u64 + 1) as usize % n;
        change(&(0..n).map(|at| &judged[draw(at)]).collect::<Vec<_>>()).rise()
    };
    let mut rises: Vec<f64> = (0..RESAMPLES).into_par_iter().map(rise).collect();
    rises.sort_unstable_by(f64::total_cmp);
    let tail = RESAMPLES / 40;
    (rises[tail], rises[RESAMPLES - 1 - tail])
}

fn macro_f1(texts: impl IntoIterator<Item = (Sentiment, [f32; 3])>) -> f64 {
    let mut answers = Answers::default();
    for (label, probabilities) in texts {
        answers.add(label, &Score { probabilities, ..Score::default() });
    }
    Accuracy::of(&answers).macro_f1
}

#[cfg(test)]
mod tests;
