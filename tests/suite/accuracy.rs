//! `painpoint evaluate`, and the accuracy below which the bundled model must not fall.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use serde_json::Value;

use super::program::{Workplace, painpoint, painpoint_fed};

const SENTIMENTS: [&str; 3] = ["negative", "neutral", "positive"];

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// What `evaluate` makes of the challenge set.
static CHALLENGE: LazyLock<Value> = LazyLock::new(|| {
    let file = data("challenge.csv");
    let flags = ["--json", "--by", "category", "--by", "lang"].map(std::ffi::OsStr::new);
    let arguments = ["evaluate".as_ref(), file.as_os_str()].into_iter().chain(flags);
    let ended = painpoint(arguments).with_code(0);
    assert_eq!(ended.stdout.lines().count(), 1, "one object on one line");
    serde_json::from_str(&ended.stdout).unwrap()
});

/// Checks every figure against the counts of the confusion matrix.
fn check_figures(figures: &Value) {
    let confusion: BTreeMap<String, BTreeMap<String, u64>> =
        serde_json::from_value(figures["confusion"].clone()).unwrap();
    let count = |label: &str, found: &str| confusion[label][found];
    let close = |found: &Value, part: u64, whole: u64| {
        let expected = if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        assert!((found.as_f64().unwrap() - expected).abs() < 1e-9, "{found} and not {expected}");
    };
    let n: u64 = confusion.values().flat_map(|found| found.values()).sum();
    assert_eq!(figures["n"], n);
    close(&figures["accuracy"], SENTIMENTS.iter().map(|s| count(s, s)).sum(), n);
    let mut f1 = Vec::new();
    for label in SENTIMENTS {
        let own = &figures["labels"][label];
        let hits = count(label, label);
        let support = SENTIMENTS.iter().map(|found| count(label, found)).sum();
        let given = SENTIMENTS.iter().map(|other| count(other, label)).sum();
        assert_eq!(own["support"], support);
        close(&own["recall"], hits, support);
        close(&own["precision"], hits, given);
        close(&own["f1"], 2 * hits, given + support);
        if support > 0 {
            f1.push(own["f1"].as_f64().unwrap());
        }
    }
    let mean = f1.iter().sum::<f64>() / f1.len() as f64;
    assert!((figures["macro_f1"].as_f64().unwrap() - mean).abs() < 1e-9);
    check_calibration(figures);
}

/// The bins hold every text once, and the error follows from them.
fn check_calibration(figures: &Value) {
    let bins = figures["calibration"].as_array().unwrap();
    let texts = |bin: &Value| bin["n"].as_u64().unwrap() as f64;
    let share = |bin: &Value, key: &str| bin[key].as_f64().unwrap();
    let n = figures["n"].as_u64().unwrap() as f64;
    assert_eq!(bins.iter().map(texts).sum::<f64>(), n);
    let hits: f64 = bins.iter().map(|bin| texts(bin) * share(bin, "accuracy")).sum();
    assert!((hits / n - figures["accuracy"].as_f64().unwrap()).abs() < 1e-9);
    let distance = |bin: &Value| (share(bin, "confidence") - share(bin, "accuracy")).abs();
    let error: f64 = bins.iter().map(|bin| texts(bin) / n * distance(bin)).sum();
    assert!((error - figures["calibration_error"].as_f64().unwrap()).abs() < 1e-9);
}

#[test]
fn every_figure_follows_from_the_confusion_matrix() {
    assert_eq!(CHALLENGE["n"], 480);
    assert_eq!(CHALLENGE["rejects"], 0);
    check_figures(&CHALLENGE);
    assert!(CHALLENGE["texts_per_second"].as_f64().unwrap() > 0.0);
    assert_eq!(CHALLENGE["model"]["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn figures_by_column_add_up_to_those_of_all_texts() {
    for (column, groups) in [("category", 16), ("lang", 2)] {
        let by: &serde_json::Map<String, Value> = CHALLENGE["by"][column].as_object().unwrap();
        assert_eq!(by.len(), groups);
        by.values().for_each(check_figures);
        let sum =
            |key: &str| by.values().map(|figures| figures[key].as_u64().unwrap()).sum::<u64>();
        assert_eq!(sum("n"), 480);
        for (label, found) in SENTIMENTS.iter().flat_map(|l| SENTIMENTS.map(|f| (l, f))) {
            let count = |figures: &Value| figures["confusion"][label][found].as_u64().unwrap();
            assert_eq!(by.values().map(count).sum::<u64>(), count(&CHALLENGE));
        }
    }
}

/// The floors, in `challenge_floor.toml`: whoever changes the model sees what it costs.
#[derive(serde::Deserialize)]
struct Floors {
    accuracy: f64,
    macro_f1: f64,
    category: BTreeMap<String, f64>,
}

#[test]
fn the_bundled_model_is_no_worse_on_any_category_than_it_was() {
    let floors: Floors =
        toml::from_str(&fs::read_to_string(data("challenge_floor.toml")).unwrap()).unwrap();
    let categories = CHALLENGE["by"]["category"].as_object().unwrap();
    assert!(floors.category.keys().eq(categories.keys()), "a category has no floor");
    let all = [("accuracy", floors.accuracy), ("macro_f1", floors.macro_f1)];
    let all = all.map(|(name, floor)| (name, &CHALLENGE[name], floor));
    let by_category = floors.category.iter();
    let by_category =
        by_category.map(|(name, &floor)| (name.as_str(), &categories[name]["accuracy"], floor));
    let fallen: Vec<String> = all
        .into_iter()
        .chain(by_category)
        .filter(|(_, found, floor)| found.as_f64().unwrap() < *floor)
        .map(|(name, found, floor)| format!("{name}: {found:.3} is below {floor}"))
        .collect();
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

const LABELLED: &str = "id,text,label\n\
    1,The parcel came two weeks late and broken.,negative\n\
    2,\"Wonderful, I am very happy with it!\",positive\n\
    3,The parcel weighs two kilograms.,neutral\n";

#[test]
fn without_json_a_table_is_printed() {
    let workplace = Workplace::new();
    let file = workplace.file("labelled.csv", LABELLED);
    let arguments = ["evaluate".as_ref(), file.as_os_str(), "--by".as_ref(), "label".as_ref()];
    let ended = painpoint(arguments).with_code(0);
    for part in [
        "accuracy",
        "macro F1",
        "all",
        "label neutral",
        "precision",
        "calibration error",
        "texts a second",
    ] {
        assert!(ended.stdout.contains(part), "{part}: {}", ended.stdout);
    }
    assert_eq!(ended.stderr, "");
}

#[test]
fn texts_come_from_standard_input_and_from_columns_of_any_name() {
    let csv = LABELLED.replace("text,label", "Kommentar,Urteil");
    let arguments = ["--text-column", "Kommentar", "--label-column", "Urteil", "--json"];
    let arguments = ["evaluate", "-"].into_iter().chain(arguments);
    let ended = painpoint_fed(csv.as_bytes(), arguments).with_code(0);
    let figures: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(figures["n"], 3);
    check_figures(&figures);
}

#[test]
fn a_label_that_is_none_is_shown_with_its_line_and_column() {
    let workplace = Workplace::new();
    let file = workplace.file("labelled.csv", LABELLED.replace("neutral", "meh"));
    let ended = painpoint(["evaluate".as_ref(), file.as_os_str()]).with_code(2);
    assert_eq!(ended.stdout, "");
    ended.saying(&["labelled.csv:4:label: \"meh\"", "negative, neutral or positive"]);
}

#[test]
fn a_column_that_is_missing_is_named() {
    let workplace = Workplace::new();
    let file = workplace.file("labelled.csv", LABELLED);
    for flag in ["--text-column", "--label-column", "--by"] {
        let arguments = ["evaluate".as_ref(), file.as_os_str(), flag.as_ref(), "missing".as_ref()];
        painpoint(arguments).with_code(2).saying(&["no column \"missing\"", "\"text\""]);
    }
}

#[test]
fn a_file_without_rows_has_no_accuracy() {
    let workplace = Workplace::new();
    let file = workplace.file("labelled.csv", "id,text,label\n");
    painpoint(["evaluate".as_ref(), file.as_os_str()]).with_code(1).saying(&["no labelled rows"]);
}

#[test]
fn rejects_are_counted() {
    let csv = format!("{LABELLED}4,too,many,cells\n");
    let ended = painpoint_fed(csv.as_bytes(), ["evaluate", "-", "--json"]).with_code(0);
    let figures: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!((&figures["n"], &figures["rejects"]), (&3.into(), &1.into()));
}

#[test]
fn errors_lists_every_text_that_was_labelled_otherwise() {
    let workplace = Workplace::new();
    let upside_down = LABELLED.replace("positive", "x").replace("negative", "positive");
    let file = workplace.file("labelled.csv", upside_down.replace(",x", ",negative"));
    let arguments = ["evaluate".as_ref(), file.as_os_str(), "--errors".as_ref()];
    let shown = painpoint(arguments).with_code(0).stdout;
    assert!(shown.contains("negative for positive"), "{shown}");
    assert!(shown.contains("The parcel came two weeks late and broken."), "{shown}");
    let flags = ["--errors", "--json", "--by", "id"].map(std::ffi::OsStr::new);
    let arguments = ["evaluate".as_ref(), file.as_os_str()].into_iter().chain(flags);
    let figures: Value = serde_json::from_str(&painpoint(arguments).with_code(0).stdout).unwrap();
    let errors = figures["errors"].as_array().unwrap();
    assert_eq!(errors.len(), 2);
    assert_eq!(errors[0]["text"], "The parcel came two weeks late and broken.");
    assert_eq!([&errors[0]["label"], &errors[0]["found"]], ["positive", "negative"]);
    assert_eq!(errors[0]["by"], serde_json::json!(["1"]));
    let sum: f64 =
        errors[0]["probabilities"].as_array().unwrap().iter().filter_map(Value::as_f64).sum();
    assert!((sum - 1.0).abs() < 1e-3);
}
