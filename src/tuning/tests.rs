use super::*;
use crate::mention::pass::property::Dice;

/// Texts of which the model takes every other neutral one for a complaint, as its meaning shows.
pub(super) fn examples(count: usize) -> Vec<Example> {
    let mut dice = Dice(7);
    let mut example = |number: usize| {
        let label = Sentiment::ALL[number % 3];
        let is_mistaken = label == Sentiment::Neutral && number.is_multiple_of(2);
        let mut probabilities = [0.15; 3];
        probabilities[if is_mistaken { 0 } else { label as usize }] = 0.7;
        let mut meaning: Vec<f32> = (0..16).map(|_| dice.roll(100) as f32 / 1000.0).collect();
        meaning[label as usize] += 0.5;
        let score = Score { probabilities, meaning, ..Score::default() };
        Example::new(&format!("text {number}"), label, number % 2 == 1, score)
    };
    (0..count).map(&mut example).collect()
}

fn labels() -> LabelsUsed {
    LabelsUsed { count: 60, file: "todo.csv".into(), sha256: "00".into() }
}

#[test]
fn what_labels_teach_is_learnt_and_measured_on_texts_not_seen() {
    let (tuning, trial) = tune(examples(60), labels());
    assert!(trial.all.before < 0.9 && trial.all.after > 0.95, "{trial:?}");
    assert!(trial.helps(), "{trial:?}");
    let (low, high) = trial.rise;
    assert!(low > 0.0 && low < trial.all.rise() && trial.all.rise() < high, "{trial:?}");
    let random = trial.random.expect("some are drawn at random");
    assert_eq!((trial.all.n, random.n), (60, 30));
    let right = examples(90)[60..].iter().all(|own| {
        let probabilities = tuning.corrected(own.probabilities, &own.meaning);
        Score { probabilities, ..Score::default() }.sentiment() == own.label
    });
    assert!(right, "what was learnt holds for new texts");
}

#[test]
fn labels_by_chance_teach_nothing() {
    let mut dice = Dice(3);
    let mut examples = examples(60);
    examples.iter_mut().for_each(|own| own.label = Sentiment::ALL[dice.roll(3)]);
    let (_, trial) = tune(examples, labels());
    assert!(trial.all.after < 0.55 && trial.rise.0 < 0.0, "{trial:?}");
}

#[test]
fn no_order_and_no_number_of_threads_changes_anything() {
    let expected = tune(examples(40), labels());
    let mut examples = examples(40);
    let mut dice = Dice(1);
    (1..examples.len()).rev().for_each(|at| examples.swap(at, dice.roll(at + 1)));
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| tune(examples.clone(), labels())), expected);
    }
}

#[test]
fn a_text_that_stands_there_twice_is_in_one_fold() {
    let mut examples = examples(20);
    for at in (1..20).step_by(3) {
        examples[at].text = examples[at - 1].text;
    }
    examples.sort_by_key(|own| own.text);
    let texts: Vec<usize> = (0..20).collect();
    let folds = folds(&examples, &texts, 5);
    for (one, other) in texts.iter().flat_map(|one| texts.iter().map(move |other| (*one, *other))) {
        assert!(examples[one].text != examples[other].text || folds[one] == folds[other]);
    }
    assert_eq!(folds.iter().max(), Some(&4));
    for fold in 0..5 {
        let (learnt, held_out) = split(&texts, &folds, fold);
        assert_eq!(learnt.len() + held_out.len(), 20);
    }
}
