//! Model directories that are damaged: the error names the file or the tensor.

use std::fs;
use std::ops::Range;
use std::path::Path;

use serde_json::Value;

use super::program::{Workplace, painpoint};

const FILES: [&str; 3] = ["config.json", "tokenizer.json", "model.safetensors"];
const WEIGHTS: &str = "model.safetensors";

/// A file of the bundled model.
fn original(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/default");
    fs::read(folder.join(name)).unwrap()
}

/// Refuses a copy of the bundled model in which one file is replaced, or missing if there is no
/// replacement; the error says all of `parts`.
#[track_caller]
fn refuses(damaged: &str, replacement: Option<Vec<u8>>, parts: &[&str]) {
    let workplace = Workplace::new();
    let model = workplace.path("model");
    fs::create_dir(&model).unwrap();
    for name in FILES {
        if name != damaged {
            fs::write(model.join(name), original(name)).unwrap();
        } else if let Some(bytes) = &replacement {
            fs::write(model.join(name), bytes).unwrap();
        }
    }
    let input = workplace.file("input.csv", "id,comment\n1,The parcel came two weeks late.\n");
    let model = model.to_str().unwrap();
    workplace.refuses(&input, &["--model", model]).with_code(1).saying(parts);
    for command in ["verify", "show"] {
        painpoint(["model", command, model]).with_code(1).saying(parts);
    }
}

/// The header of a safetensors file, and where it stands.
fn header(weights: &[u8]) -> (Value, Range<usize>) {
    let length = u64::from_le_bytes(weights[..8].try_into().unwrap()) as usize;
    (serde_json::from_slice(&weights[8..8 + length]).unwrap(), 8..8 + length)
}

/// The weights with a part of their header replaced by one of the same length.
fn with_header_edited(from: &str, to: &str) -> Vec<u8> {
    let mut weights = original(WEIGHTS);
    let (_, range) = header(&weights);
    let at = weights[range].windows(from.len()).position(|part| part == from.as_bytes());
    let at = 8 + at.unwrap_or_else(|| panic!("the header holds no {from}"));
    weights[at..at + from.len()].copy_from_slice(to.as_bytes());
    weights
}

#[test]
fn the_bundled_model_is_the_one_that_its_sums_name() {
    let ended = painpoint(["model", "verify"]).with_code(0);
    for name in FILES {
        assert!(
            ended.stdout.contains(&format!("{name}: SHA-256 as in SHA256SUMS")),
            "{}",
            ended.stdout
        );
    }
}

#[test]
fn a_file_that_is_not_the_one_of_the_sums_is_named() {
    let workplace = Workplace::new();
    let model = workplace.path("model");
    fs::create_dir(&model).unwrap();
    for name in FILES.into_iter().chain(["SHA256SUMS"]) {
        fs::write(model.join(name), original(name)).unwrap();
    }
    let edited = String::from_utf8(original("config.json")).unwrap().replace("\"MIT\"", "\"mit\"");
    fs::write(model.join("config.json"), edited).unwrap();
    let verify = ["model", "verify", model.to_str().unwrap()];
    painpoint(verify).with_code(1).saying(&["config.json", "SHA256SUMS", "damaged"]);
    // Whoever uses the model is told, not only who asks.
    let input = workplace.file("input.csv", "id,comment\n1,The parcel came two weeks late.\n");
    let flags = ["--model", model.to_str().unwrap()];
    workplace.refuses(&input, &flags).with_code(1).saying(&["config.json", "SHA256SUMS"]);
    fs::write(model.join("SHA256SUMS"), "").unwrap();
    painpoint(verify).with_code(1).saying(&["no line for config.json"]);
    let sums = String::from_utf8(original("SHA256SUMS")).unwrap();
    fs::write(model.join("SHA256SUMS"), &sums).unwrap();
    fs::write(model.join("config.json"), original("config.json")).unwrap();
    fs::write(model.join("meanings.bin"), "stored for another codebook").unwrap();
    painpoint(verify).with_code(1).saying(&["meanings.bin", "SHA256SUMS"]);
    fs::remove_file(model.join("SHA256SUMS")).unwrap();
    let ended = painpoint(verify).with_code(0);
    assert!(ended.stdout.contains("no SHA256SUMS"), "{}", ended.stdout);
}

#[test]
fn a_sound_copy_is_accepted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/default");
    let own = painpoint(["model", "verify"]).with_code(0).stdout;
    let copy = painpoint(["model".as_ref(), "verify".as_ref(), folder.as_os_str()]);
    assert_eq!(copy.with_code(0).stdout, own);
}

#[test]
fn a_missing_file_is_named() {
    for name in FILES {
        refuses(name, None, &[name, "config.json, tokenizer.json and model.safetensors"]);
    }
}

#[test]
fn a_directory_that_is_not_there_is_named() {
    painpoint(["model", "verify", "/nowhere/model"]).with_code(1).saying(&["/nowhere/model"]);
}

#[test]
fn weights_that_break_off_are_named() {
    let weights = original(WEIGHTS);
    refuses(WEIGHTS, Some(weights[..weights.len() / 2].to_vec()), &[WEIGHTS, "not a sound file"]);
    refuses(WEIGHTS, Some(weights[..100].to_vec()), &[WEIGHTS, "not a sound file"]);
    refuses(WEIGHTS, Some(Vec::new()), &[WEIGHTS, "not a sound file"]);
}

#[test]
fn a_tensor_of_another_shape_is_named() {
    let (header, _) = header(&original(WEIGHTS));
    assert_eq!(header["classifier.weight"]["shape"], serde_json::json!([3, 384]));
    let weights = with_header_edited("[3,384]", "[384,3]");
    refuses(WEIGHTS, Some(weights), &["classifier.weight", "[384, 3]", "[3, 384]"]);
}

#[test]
fn a_tensor_that_is_missing_is_named() {
    let weights = with_header_edited("\"classifier.weight\"", "\"klassifier.weight\"");
    refuses(WEIGHTS, Some(weights), &["classifier.weight"]);
}

#[test]
fn a_value_that_is_no_number_is_named_with_its_tensor() {
    let mut weights = original(WEIGHTS);
    let (header, range) = header(&weights);
    let tensor = &header["classifier.bias"];
    let at = range.end + tensor["data_offsets"][0].as_u64().unwrap() as usize;
    let nan = match tensor["dtype"].as_str() {
        Some("F32") => f32::NAN.to_le_bytes().to_vec(),
        Some("F16") => vec![0x00, 0x7e],
        other => panic!("classifier.bias has type {other:?}"),
    };
    weights[at..at + nan.len()].copy_from_slice(&nan);
    refuses(WEIGHTS, Some(weights), &["classifier.bias", "NaN"]);
}

#[test]
fn a_configuration_that_does_not_fit_is_named() {
    let config: Value = serde_json::from_slice(&original("config.json")).unwrap();
    let with = |key: &str, value: Value| {
        let mut config = config.clone();
        config[key] = value;
        Some(serde_json::to_vec(&config).unwrap())
    };
    let refuses = |replacement, parts: &[&str]| refuses("config.json", replacement, parts);
    refuses(Some(b"{".to_vec()), &["config.json"]);
    refuses(with("model_type", "gpt2".into()), &["config.json", "model_type", "gpt2"]);
    refuses(with("hidden_act", "relu".into()), &["config.json", "hidden_act", "relu"]);
    refuses(with("num_hidden_layers", 99.into()), &["tensor"]);
    refuses(with("intermediate_size", 1024.into()), &["intermediate.dense", "shape"]);
}

#[test]
fn a_tokenizer_that_cannot_be_read_is_named() {
    refuses("tokenizer.json", Some(b"{}".to_vec()), &["tokenizer.json"]);
    let tokenizer = original("tokenizer.json");
    let half = tokenizer[..tokenizer.len() / 2].to_vec();
    refuses("tokenizer.json", Some(half), &["tokenizer.json"]);
}
