//! The model against the numbers that PyTorch gave for it, and against itself.

use serde::Deserialize;

use super::*;
use crate::config::codebook::Codebook;
use crate::touchpoint::meaning::Prototypes;

mod families;
mod mutations;
#[cfg(feature = "rust-bert")]
mod parity;
mod tiny;

/// What PyTorch says of a text: `models/train/measure/reference.py` and `tests/data/families.py`.
#[derive(Debug, Deserialize)]
struct Reference {
    text: String,
    ids: Vec<u32>,
    logits: Vec<f32>,
    meaning: Vec<f32>,
}

fn references() -> Vec<Reference> {
    serde_json::from_str(include_str!("../../tests/data/reference.json")).expect("it is JSON")
}

fn bundled(precision: Precision, threads: usize) -> Model {
    Model::load(None, Some(precision), threads).expect("the bundled model is sound")
}

/// What the engine says of one window of token ids.
fn encode(model: &Model, window: &[u32]) -> Encoding {
    let mut scorer = TextScorer { model, worker: model.engine.worker() };
    scorer.encode(&[window]).remove(0)
}

fn texts() -> Vec<String> {
    let mut texts: Vec<String> = references().into_iter().map(|reference| reference.text).collect();
    let long = texts.join(" ");
    texts.extend([long, String::new(), "🙂".into(), "nix".into()]);
    texts
}

#[test]
fn the_float_engine_gives_the_logits_and_meanings_of_pytorch() {
    let model = bundled(Precision::F32, 1);
    for reference in references() {
        let windows = model.tokenizer.windows(&reference.text);
        assert_eq!(windows, std::slice::from_ref(&reference.ids), "{}", reference.text);
        let encoding = &encode(&model, &windows[0]);
        for (ours, theirs) in encoding.logits.iter().zip(&reference.logits) {
            assert!((ours - theirs).abs() < 1e-3, "{}: {ours} is not {theirs}", reference.text);
        }
        for (ours, theirs) in encoding.meaning.iter().zip(&reference.meaning) {
            assert!((ours - theirs).abs() < 1e-3, "{}: {ours} is not {theirs}", reference.text);
        }
    }
}

#[test]
fn the_integer_engine_stays_close_to_the_float_engine() {
    let (float, integer) = (bundled(Precision::F32, 1), bundled(Precision::Int8, 1));
    let texts = texts();
    for (float, integer) in float.score(&texts).iter().zip(integer.score(&texts)) {
        let cosine: f32 = float.meaning.iter().zip(&integer.meaning).map(|(a, b)| a * b).sum();
        assert!(cosine > 0.995, "cosine {cosine}");
    }
}

/// Compares bit for bit, and names the text without printing vectors.
fn assert_same(texts: &[String], left: &[Score], right: &[Score]) {
    for ((text, left), right) in texts.iter().zip(left).zip(right) {
        assert!(
            left == right,
            "{text:?}: {:?} is not {:?}",
            left.probabilities,
            right.probabilities
        );
    }
}

#[test]
fn a_score_does_not_depend_on_batch_order_or_threads() {
    for precision in [Precision::F32, Precision::Int8] {
        let texts = texts();
        let alone: Vec<Score> = {
            let model = bundled(precision, 1);
            texts.iter().flat_map(|text| model.score(&[text])).collect()
        };
        let model = bundled(precision, 2);
        assert_same(&texts, &model.score(&texts), &alone);
        let reversed: Vec<&String> = texts.iter().rev().collect();
        let mut scores = model.score(&reversed);
        scores.reverse();
        assert_same(&texts, &scores, &alone);
    }
}

/// Numbers that look random, below `bound`.
fn random(state: &mut u64, bound: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*state >> 33) as usize % bound
}

#[test]
fn a_sequence_gets_the_same_bits_in_every_batch() {
    for precision in [Precision::F32, Precision::Int8] {
        let model = bundled(precision, 1);
        let mut worker = model.engine.worker();
        let mut sequences: Vec<Vec<u32>> =
            texts().iter().flat_map(|text| model.tokenizer.windows(text)).collect();
        // Every length around the sizes of tiles and lanes.
        sequences.extend((1..40).map(|length| (5..5 + length).collect()));
        let alone: Vec<Encoding> = sequences
            .iter()
            .flat_map(|sequence| worker.encode(&Batch::new([sequence.as_slice()])))
            .collect();
        let mut state = 2026;
        for _ in 0..4 {
            let mut order: Vec<usize> = (0..sequences.len()).collect();
            for index in 0..order.len() {
                let other = index + random(&mut state, order.len() - index);
                order.swap(index, other);
            }
            while !order.is_empty() {
                let batch = order.split_off(order.len().saturating_sub(1 + random(&mut state, 12)));
                let encodings = worker
                    .encode(&Batch::new(batch.iter().map(|&index| sequences[index].as_slice())));
                for (index, encoding) in batch.into_iter().zip(encodings) {
                    assert!(
                        encoding == alone[index],
                        "{precision:?}: sequence {index} of {} tokens differs",
                        sequences[index].len()
                    );
                }
            }
        }
    }
}

#[test]
fn a_long_text_is_scored_in_windows_that_hold_every_token() {
    let model = bundled(Precision::Int8, 1);
    let text = ["Der Techniker kam wieder nicht."; 100].join(" ");
    let windows = model.tokenizer.windows(&text);
    assert!(windows.len() > 1);
    let tokens: Vec<u32> =
        windows.iter().flat_map(|window| window[1..window.len() - 1].iter().copied()).collect();
    let sentence = model.tokenizer.windows("Der Techniker kam wieder nicht.")[0].clone();
    assert_eq!(tokens, sentence[1..sentence.len() - 1].repeat(100));
}

/// Whether all of them are stored is for `.ci/run` to say: a stale file is slow, not wrong.
#[test]
fn vectors_stored_beside_the_bundled_model_are_those_that_it_computes() {
    let model = bundled(Precision::Int8, 1);
    let texts = Prototypes::texts(&Codebook::built_in());
    let texts: Vec<&str> = texts.iter().map(|(_, text)| text.as_str()).collect();
    let computed = model.score(&texts);
    for (text, score) in texts.iter().zip(&computed) {
        if let Some(stored) = model.meanings.get(text) {
            assert!(stored == rounded(&score.meaning), "{text:?} is stored otherwise");
        }
    }
    // With or without what is stored, a text gets the same.
    let expected: Vec<Vec<f32>> = computed.iter().map(|score| rounded(&score.meaning)).collect();
    assert!(model.meanings(&texts) == expected);
}
