//! Models of other makers, one of each family, against the numbers that Hugging Face's
//! `transformers` gives for the same directories.

use std::collections::BTreeMap;
use std::path::Path;

use super::tiny::{self, Tiny};
use super::*;

/// What `tests/data/families.py` wrote: by name of the directory.
fn references() -> BTreeMap<String, Vec<Reference>> {
    serde_json::from_str(include_str!("../../../tests/data/families.json")).expect("it is JSON")
}

fn load(tiny: &Tiny, precision: Option<Precision>) -> Model {
    let directory = tempfile::tempdir().expect("there is room");
    tiny.write(directory.path());
    Model::load(Some(directory.path()), precision, 1).expect("the model is sound")
}

/// Makes what `tests/data/families.py` reads.
#[test]
#[ignore = "only for making the reference numbers anew"]
fn write_tiny_models() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/families");
    for tiny in &tiny::ALL {
        tiny.write(&folder.join(tiny.name));
    }
}

#[test]
fn every_family_gives_the_numbers_of_transformers() {
    let mut references = references();
    for tiny in &tiny::ALL {
        let model = load(tiny, None);
        for reference in references.remove(tiny.name).expect("it has references") {
            let text = format!("{}: {:?}", tiny.name, reference.text);
            let windows = model.tokenizer.windows(&reference.text);
            assert_eq!(windows, std::slice::from_ref(&reference.ids), "{text}");
            let encoding = &encode(&model, &windows[0]);
            assert_close(&encoding.logits, &reference.logits, &text);
            assert_close(&encoding.meaning, &reference.meaning, &text);
        }
    }
    assert!(references.is_empty(), "{references:?}");
}

#[track_caller]
fn assert_close(ours: &[f32], theirs: &[f32], text: &str) {
    assert_eq!(ours.len(), theirs.len(), "{text}");
    for (ours, theirs) in ours.iter().zip(theirs) {
        assert!((ours - theirs).abs() < 1e-4, "{text}: {ours} is not {theirs}");
    }
}

#[test]
fn float_weights_run_in_float_unless_integers_are_asked_for() {
    let tiny = &tiny::ALL[0];
    let (float, integer) = (load(tiny, None), load(tiny, Some(Precision::Int8)));
    assert_eq!((float.precision(), integer.precision()), (Precision::F32, Precision::Int8));
    assert_eq!(Model::load(None, None, 1).expect("it is sound").precision(), Precision::Int8);
    for (float, integer) in float.score(&["late"]).iter().zip(integer.score(&["late"])) {
        let cosine: f32 = float.meaning.iter().zip(&integer.meaning).map(|(a, b)| a * b).sum();
        assert!(cosine > 0.99, "cosine {cosine}");
    }
}

#[test]
fn probabilities_of_labels_of_one_sentiment_add_up() {
    for tiny in &tiny::ALL {
        let model = load(tiny, None);
        let score = &model.score(&["The parcel is late."])[0];
        let windows = model.tokenizer.windows("The parcel is late.");
        let labels = softmax(&encode(&model, &windows[0]).logits);
        let [negative, neutral, positive] = score.probabilities;
        let expected = match tiny.name {
            "bert" => [labels[0] + labels[1], labels[2], labels[3] + labels[4]],
            "roberta" => [labels[0], labels[1], labels[2]],
            "xlm-roberta" => [labels[1], labels[2], labels[0]],
            _ => [labels[0], 0.0, labels[1]],
        };
        assert_eq!([negative, neutral, positive], expected, "{}", tiny.name);
    }
}

#[test]
fn texts_longer_than_the_positions_are_read_to_their_end() {
    for tiny in &tiny::ALL {
        let model = load(tiny, None);
        let windows = model.tokenizer.windows(&"late ".repeat(100));
        assert!(windows.len() > 4, "{}", tiny.name);
        let room = model.config.max_tokens();
        assert!(windows.iter().all(|window| window.len() <= room), "{}", tiny.name);
        // The longest window that there can be takes the last row of positions.
        let longest = vec![windows[0][1]; room];
        assert!(encode(&model, &longest).logits.iter().all(|logit| logit.is_finite()));
    }
}

#[test]
fn a_tensor_that_is_missing_is_named_as_its_family_names_it() {
    for (tiny, tensor) in tiny::ALL.iter().zip([
        "bert.pooler.dense.bias",
        "classifier.out_proj.weight",
        "roberta.encoder.layer.1.attention.self.key.weight",
        "distilbert.transformer.layer.0.sa_layer_norm.weight",
    ]) {
        let directory = tempfile::tempdir().expect("there is room");
        tiny.write(directory.path());
        let path = directory.path().join("model.safetensors");
        let mut bytes = std::fs::read(&path).expect("it was written");
        let quoted = format!("\"{tensor}\"");
        let at = bytes.windows(quoted.len()).position(|part| part == quoted.as_bytes());
        bytes[at.expect("the header names it") + quoted.len() - 2] = b'?';
        std::fs::write(&path, bytes).expect("it can be written");
        let error = match Model::load(Some(directory.path()), None, 1) {
            Ok(_) => panic!("{tensor} is missing"),
            Err(error) => error.to_string(),
        };
        assert!(error.contains(&format!("there is no tensor {tensor}")), "{error}");
    }
}
