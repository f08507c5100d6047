//! Model directories with faults at random: whatever is in them, they are refused by name or they run.
//!
//! `PAINPOINT_MUTATIONS=100000 cargo test --lib mutations` tries as many of each file.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde_json::Value;

use super::*;

/// Faults of each file of each family, where the environment does not say.
const FAULTS: u64 = 40;

/// Texts that reach every part of a tokenizer.
const TEXTS: [&str; 4] =
    ["", "The parcel is late.", "Lieferung spät 😀 \u{10fffd}", "late late late"];

const FILES: [&str; 3] = ["config.json", "tokenizer.json", "model.safetensors"];

#[test]
fn no_fault_of_a_model_directory_is_a_panic() {
    let faults = std::env::var("PAINPOINT_MUTATIONS").ok();
    let faults = faults.map_or(FAULTS, |number| number.parse().expect("a number"));
    let mut failures = Vec::new();
    let (mut ran, mut refused) = (0, 0);
    for tiny in &tiny::ALL {
        let directory = tempfile::tempdir().expect("there is room");
        tiny.write(directory.path());
        for name in FILES {
            let path = directory.path().join(name);
            let sound = fs::read(&path).expect("it is there");
            for seed in 0..faults {
                let faulty = mutated(name, &sound, seed);
                fs::write(&path, &faulty).expect("it can be written");
                let run = || run(directory.path(), seed);
                match catch_unwind(AssertUnwindSafe(run)) {
                    Ok(Ok(())) => ran += 1,
                    Ok(Err(error)) => {
                        refused += 1;
                        let told = error.to_string();
                        // Which file is at fault is not always the one that was changed.
                        if !FILES.iter().any(|file| told.contains(file)) {
                            failures.push(format!("{} {name} {seed}: {told:?}", tiny.name));
                        }
                    }
                    Err(_) => failures.push(format!("{} {name} {seed}: a panic", tiny.name)),
                }
            }
            fs::write(&path, &sound).expect("it can be written");
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    // Else the faults would not be worth much.
    assert!(ran > 0 && refused > 0, "{ran} ran and {refused} were refused");
}

/// Loads a model and scores some texts, in the one precision or the other.
fn run(directory: &Path, seed: u64) -> Result<(), ModelError> {
    let precision = Precision::ALL[seed as usize % Precision::ALL.len()];
    let model = Model::load(Some(directory), Some(precision), 1)?;
    assert_eq!(model.score(&TEXTS).len(), TEXTS.len());
    Ok(())
}

/// A file with one fault, which the seed decides.
fn mutated(name: &str, sound: &[u8], seed: u64) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 2026;
    match random(&mut state, 4) {
        0 => with_bytes_changed(sound, &mut state),
        _ if name == "model.safetensors" => {
            let length = u64::from_le_bytes(sound[..8].try_into().expect("eight bytes")) as usize;
            let (header, tensors) = sound[8..].split_at(length);
            let header = with_value_changed(header, &mut state);
            [&(header.len() as u64).to_le_bytes()[..], &header, tensors].concat()
        }
        _ => with_value_changed(sound, &mut state),
    }
}

/// Some bytes changed, left out or repeated.
fn with_bytes_changed(sound: &[u8], state: &mut u64) -> Vec<u8> {
    let mut bytes = sound.to_vec();
    let at = random(state, bytes.len());
    let end = (at + 1 + random(state, 9)).min(bytes.len());
    match random(state, 4) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at..end)),
        2 => bytes.extend_from_within(at..end),
        _ => bytes[at..end].iter_mut().for_each(|byte| *byte = random(state, 256) as u8),
    }
    bytes
}

/// A value of a JSON document changed, left out or put elsewhere.
fn with_value_changed(sound: &[u8], state: &mut u64) -> Vec<u8> {
    let mut document: Value = serde_json::from_slice(sound).expect("it is JSON");
    let mut place = &mut document;
    // Down to a value at random, not always to a leaf.
    loop {
        let size = match &*place {
            Value::Array(values) => values.len(),
            Value::Object(values) => values.len(),
            _ => 0,
        };
        if size == 0 || random(state, 8) == 0 {
            break;
        }
        let at = random(state, size);
        if random(state, 12) == 0 {
            match place {
                Value::Array(values) => drop(values.remove(at)),
                Value::Object(values) => {
                    let key = values.keys().nth(at).cloned().expect("there is one");
                    values.remove(&key);
                }
                _ => {}
            }
            break;
        }
        place = match place {
            Value::Array(values) => &mut values[at],
            Value::Object(values) => values.values_mut().nth(at).expect("there is one"),
            _ => unreachable!("leaves have no size"),
        };
    }
    *place = other(place, state);
    document.to_string().into_bytes()
}

/// Another value: a number near the old one, or a value that code may not expect.
fn other(value: &Value, state: &mut u64) -> Value {
    let odd = [
        Value::Null,
        0.into(),
        1.into(),
        (-1).into(),
        2.5.into(),
        u64::MAX.into(),
        i32::MAX.into(),
        "".into(),
        "ä".into(),
        "I8".into(),
        "F32".into(),
        true.into(),
        false.into(),
        Value::Array(Vec::new()),
        Value::Object(serde_json::Map::new()),
    ];
    match value.as_u64() {
        Some(number) if random(state, 2) == 0 => {
            [number / 2, number.wrapping_sub(1), number + 1, number.wrapping_mul(2)]
                [random(state, 4)]
            .into()
        }
        _ => odd[random(state, odd.len())].clone(),
    }
}
