//! The engine `rust-bert` against the packed one: two implementations that share no line.

use super::*;

/// How far two float32 engines may be apart.
const TOLERANCE: f32 = 1e-3;

fn on_rust_bert(directory: Option<&Path>) -> Model {
    Model::load_for(EngineKind::RustBert, directory, None, 2).expect("the model is sound")
}

#[track_caller]
fn assert_parity(texts: &[String], ours: &Model, theirs: &Model) {
    for ((text, ours), theirs) in texts.iter().zip(ours.score(texts)).zip(theirs.score(texts)) {
        assert_eq!(ours.sentiment(), theirs.sentiment(), "{text:?}");
        let apart = |a: &[f32], b: &[f32]| {
            assert_eq!(a.len(), b.len());
            a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max)
        };
        let probability = apart(&ours.probabilities, &theirs.probabilities);
        assert!(probability < TOLERANCE, "{text:?}: probabilities are {probability} apart");
        let meaning = apart(&ours.meaning, &theirs.meaning);
        assert!(meaning < TOLERANCE, "{text:?}: meanings are {meaning} apart");
    }
}

/// Two hundred texts of the challenge set, evenly spread, and some of other lengths.
fn challenge() -> Vec<String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/challenge.csv");
    let mut reader = csv::Reader::from_path(file).expect("it is there");
    let column = reader.headers().expect("it has a header").iter().position(|name| name == "text");
    let column = column.expect("it has texts");
    let texts: Vec<String> =
        reader.records().map(|record| record.expect("it is CSV")[column].to_owned()).collect();
    (0..200).map(|index| texts[index * texts.len() / 200].clone()).collect()
}

#[test]
fn parity_of_the_bundled_model() {
    let mut texts = challenge();
    texts.extend(super::texts());
    let ours = Model::load(None, Some(Precision::F32), 2).expect("the bundled model is sound");
    assert_parity(&texts, &ours, &on_rust_bert(None));
}

#[test]
fn parity_of_every_family() {
    let texts: Vec<String> =
        ["", "late", "The parcel is late.", "Lieferung spät", "is good is good"]
            .map(String::from)
            .into();
    for tiny in &tiny::ALL {
        let directory = tempfile::tempdir().expect("there is room");
        tiny.write(directory.path());
        let ours = Model::load(Some(directory.path()), None, 2).expect("the model is sound");
        assert_parity(&texts, &ours, &on_rust_bert(Some(directory.path())));
    }
}
