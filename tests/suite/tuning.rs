//! From feedback to a model tuned on labels of it: `label`, somebody who fills the file in, `evaluate`, `tune`, and
//! `analyze --model`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::feedback::{Feedback, sample};
use super::program::{Ended, Workplace, painpoint};
use super::table::{Row, Table};

fn label(input: &Path, out: &Path, flags: &[&str]) -> Ended {
    let arguments = ["label".as_ref(), input.as_os_str(), "--out".as_ref(), out.as_os_str()];
    painpoint(arguments.into_iter().chain(flags.iter().map(OsStr::new)))
}

fn tune(labels: &Path, out: &Path, flags: &[&str]) -> Ended {
    let arguments = ["tune".as_ref(), labels.as_os_str(), "--out".as_ref(), out.as_os_str()];
    painpoint(arguments.into_iter().chain(flags.iter().map(OsStr::new)))
}

fn evaluate(labels: &Path, flags: &[&str]) -> Value {
    let arguments = ["evaluate".as_ref(), labels.as_os_str(), "--json".as_ref()];
    let ended = painpoint(arguments.into_iter().chain(flags.iter().map(OsStr::new)));
    serde_json::from_str(&ended.with_code(0).stdout).unwrap()
}

fn todo(path: &Path) -> Table {
    Table::parse(&fs::read_to_string(path).unwrap())
}

/// Writes a file anew with labels, as somebody would in a spreadsheet. Cells are kept as they are.
fn fill_in(path: &Path, filled: &Path, label: impl Fn(&Row) -> &'static str) {
    let rows = todo(path).rows;
    let mut reader = csv::Reader::from_path(path).unwrap();
    let header = reader.headers().unwrap().clone();
    let at = header.iter().position(|name| name == "label").unwrap();
    let mut writer = csv::Writer::from_path(filled).unwrap();
    writer.write_record(&header).unwrap();
    for (record, row) in reader.records().zip(&rows) {
        let record = record.unwrap();
        let cells = record.iter().enumerate();
        let cells = cells.map(|(column, cell)| if column == at { label(row) } else { cell });
        writer.write_record(cells).unwrap();
    }
    writer.flush().unwrap();
}

/// Rules of somebody who goes by what was asked where the model sees neither good nor bad, and to whom a complaint of few words is none.
fn strict(row: &Row) -> &'static str {
    match row.text("model") {
        "neutral" if row.text("question").contains("gefallen") => "positive",
        "positive" => "positive",
        "negative" if row.text("text").len() <= 30 => "neutral",
        _ => "negative",
    }
}

#[test]
fn labels_are_asked_for_given_measured_learnt_and_used() {
    let workplace = Workplace::new();
    let (file, filled) = (workplace.path("todo.csv"), workplace.path("filled.csv"));
    let told = label(&sample("umfrage_energie.csv"), &file, &["--n", "120"]).with_code(0);
    assert_eq!(told.stdout, format!("{}\n", file.display()));
    let told = told.saying(&["60 picked at random, 60 because their labels help most"]);
    told.saying(&["painpoint evaluate", "painpoint tune", "\"label\""]);

    let mentions = todo(&file);
    assert_eq!(mentions.rows.len(), 120);
    assert!(mentions.column("label").iter().all(|label| label.is_empty()));
    assert_eq!(mentions.column("drawn").iter().filter(|own| **own == "random").count(), 60);
    for row in &mentions.rows {
        assert!(row.text("context").contains(row.text("text")), "{row:?}");
        assert!(row.text("context").contains(row.text("question")), "{row:?}");
    }

    // The random ones say how good the model is; here somebody has labelled as it does, but for two of them.
    let mut random = 0;
    let wrong: Vec<String> =
        mentions.rows.iter().filter(|row| row.text("drawn") == "random").take(2).map(id).collect();
    fill_in(&file, &filled, |row| match row.text("model") {
        "negative" if wrong.contains(&id(row)) => "neutral",
        _ if wrong.contains(&id(row)) => "negative",
        "negative" => "negative",
        "neutral" => "Neutral",
        _ => "positiv",
    });
    for row in &mentions.rows {
        random += u32::from(row.text("drawn") == "random");
    }
    let found = evaluate(&filled, &[]);
    assert_eq!(
        (&found["n"], &found["unlabelled"], &found["rejects"]),
        (&120.into(), &0.into(), &0.into())
    );
    assert_eq!(found["on_these_data"]["n"], random);
    assert_eq!(found["on_these_data"]["random"], true);
    let share = |key: &str| found["on_these_data"][key].as_f64().unwrap();
    assert!((share("accuracy") - 58.0 / 60.0).abs() < 1e-9, "{found}");
    // Wilson's interval of 58 in 60.
    assert!(
        (share("accuracy_low") - 0.886).abs() < 1e-3
            && (share("accuracy_high") - 0.991).abs() < 1e-3
    );
    assert_eq!(found["drawn"]["helpful"]["accuracy"], 1.0);

    // Nothing is to be learnt from labels that are the model's own.
    let out = workplace.path("tuned");
    let refused = tune(&filled, &out, &[]).with_code(2);
    assert_eq!(refused.stdout, "");
    refused.saying(&[
        "tuning does not help, and nothing was written",
        "a rise of 2 points",
        "painpoint label",
    ]);
    assert!(!out.exists());

    let strictly = workplace.path("strictly.csv");
    fill_in(&file, &strictly, strict);
    let tuned = tune(&strictly, &out, &[]).with_code(0);
    assert_eq!(tuned.stdout, format!("{}\n", out.display()));
    tuned.saying(&["macro-F1", "95 % interval", "60 of them that were drawn at random", "--model"]);
    let flags = ["--model", out.to_str().unwrap()];
    let figure = |found: &Value| found["macro_f1"].as_f64().unwrap();
    let (before, after) = (evaluate(&strictly, &[]), evaluate(&strictly, &flags));
    assert!(figure(&after) > figure(&before) + 0.02, "{before} {after}");

    assert!(after["on_these_data"].is_null(), "the model knows the answers: {after}");

    let version = after["model"]["version"].as_str().unwrap();
    assert!(version.contains("tuned on 120 labels of strictly.csv, SHA-256 "), "{version}");
    painpoint(["model", "verify", out.to_str().unwrap()]).with_code(0);
    let input =
        workplace.file("few.csv", Feedback::of_sample("umfrage_energie.csv").thinned(40).text());
    workplace.analyze(&input, &flags).with_code(0);
    let results = workplace.results();
    assert_eq!(results.manifest()["model"]["version"], version);
    let findings: Value = serde_json::from_str(&results.text("findings.json")).unwrap();
    assert_eq!(findings["reading"]["tuned_on"]["count"], 120);
    assert!(
        results
            .text("report.html")
            .contains("Sentiment was tuned on 120 labels given by hand (strictly.csv).")
    );

    // Tuned twice, labels would count twice.
    tune(&strictly, &workplace.path("again"), &flags)
        .with_code(2)
        .saying(&["the model is tuned on 120 labels of strictly.csv", "put all into one file"]);
    tune(&strictly, &out, &[])
        .with_code(2)
        .saying(&["is there already, and is never overwritten", "--out"]);

    // The other parts of the model are those that were there, and the same labels in another order teach the same.
    let (header, rows) = lines(&strictly);
    let turned = workplace.path("turned").join("strictly.csv");
    fs::create_dir(turned.parent().unwrap()).unwrap();
    fs::write(&turned, [vec![header], rows.into_iter().rev().collect()].concat().concat()).unwrap();
    let other = workplace.path("other");
    tune(&turned, &other, &["--threads", "1"]).with_code(0);
    let read = |folder: &PathBuf| -> Value {
        serde_json::from_str(&fs::read_to_string(folder.join("tuning.json")).unwrap()).unwrap()
    };
    for key in ["bias", "meaning"] {
        assert_eq!(read(&out)[key], read(&other)[key]);
    }
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/default");
    for name in [
        "config.json",
        "tokenizer.json",
        "model.safetensors",
        "branch.safetensors",
        "heads.json",
        "meanings.bin",
    ] {
        assert!(
            fs::read(out.join(name)).unwrap() == fs::read(shipped.join(name)).unwrap(),
            "{name}"
        );
    }
    // Those who change a weight by hand are found out.
    let weights = fs::read_to_string(out.join("tuning.json")).unwrap();
    fs::write(out.join("tuning.json"), weights.replacen("\"bias\":[", "\"bias\":[1", 1)).unwrap();
    workplace.analyze(&input, &flags).with_code(1).saying(&["tuning.json", "SHA256SUMS"]);
}

fn id(row: &Row) -> String {
    format!("{} {}", row.text("id"), row.text("text"))
}

/// The header and the records of a file, each with its line end.
fn lines(path: &Path) -> (String, Vec<String>) {
    let text = fs::read_to_string(path).unwrap();
    let mut rows: Vec<String> = Vec::new();
    let mut row = String::new();
    for line in text.split_inclusive('\n') {
        row.push_str(line);
        if row.matches('"').count().is_multiple_of(2) {
            rows.push(std::mem::take(&mut row));
        }
    }
    (rows.remove(0), rows)
}

#[test]
fn what_is_picked_depends_on_no_order_no_split_and_no_number_of_threads() {
    let workplace = Workplace::new();
    let feedback = Feedback::of_sample("shop_reviews.csv").thinned(120);
    let pick = |name: &str, inputs: &[PathBuf], flags: &[&str]| {
        let out = workplace.path(name);
        let arguments = ["label", "--quiet", "--n", "20", "--out"].map(OsStr::new).into_iter();
        let arguments =
            arguments.chain([out.as_os_str()]).chain(inputs.iter().map(|own| own.as_os_str()));
        let ended = painpoint(arguments.chain(flags.iter().map(OsStr::new))).with_code(0);
        assert_eq!(ended.stderr, "");
        fs::read(out).unwrap()
    };
    let whole = workplace.file("whole.csv", feedback.text());
    let expected = pick("a.csv", &[whole], &["--threads", "1"]);
    let parts = feedback.shuffled(5).split(3).into_iter().enumerate();
    let parts: Vec<PathBuf> = parts
        .map(|(number, part)| workplace.file(&format!("part-{number}.csv"), part.text()))
        .collect();
    assert!(pick("b.csv", &parts, &["--threads", "2"]) == expected);

    // A larger file holds the random ones of a smaller.
    let random = |path: &Path| -> Vec<String> {
        todo(path).rows.iter().filter(|row| row.text("drawn") == "random").map(id).collect()
    };
    let larger = workplace.path("c.csv");
    label(&workplace.path("whole.csv"), &larger, &["--n", "40"]).with_code(0);
    let larger = random(&larger);
    assert!(random(&workplace.path("a.csv")).iter().all(|own| larger.contains(own)));
}

#[test]
fn what_customers_wrote_is_made_harmless_and_personal_data_are_replaced() {
    let workplace = Workplace::new();
    let rows = "id,comment,stars\n\
        1,\"=SUM(1)+1 is all that this shop can do, and it does it badly\",1\n\
        2,Please write to anna.meier@example.org because nobody answers,5\n";
    let input = workplace.file("input.csv", rows);
    let out = workplace.path("todo.csv");
    label(&input, &out, &["--rating-column", "stars", "--rating-scale", "1..5"]).with_code(0);
    let text = fs::read_to_string(&out).unwrap();
    assert!(!text.contains("anna.meier") && text.contains("[EMAIL]"), "{text}");
    assert!(!text.contains(",=SUM") && !text.contains("\n=SUM"), "{text}");
    let scores = todo(&out);
    assert!(scores.column("score").contains(&"5 (1 to 5)"), "{text}");
    // Excel's form is read back as well.
    let excel = workplace.path("excel.csv");
    label(&input, &excel, &["--excel"]).with_code(0);
    let filled = fs::read_to_string(&excel).unwrap();
    assert!(filled.starts_with('\u{feff}'), "{filled}");
    let filled = workplace.file("filled.csv", filled.replace(";;", ";negative;"));
    assert_eq!(evaluate(&filled, &[])["rejects"], 0);
}

#[test]
fn a_file_to_label_is_never_overwritten_and_never_written_where_words_are_forbidden() {
    let workplace = Workplace::new();
    let input = workplace
        .file("input.csv", "id,comment\n1,The parcel came two weeks late.\n2,All went well.\n");
    let out = workplace.file("todo.csv", "mine");
    let refused = label(&input, &out, &[]).with_code(2);
    refused.saying(&[
        "todo.csv is there already, perhaps with labels in it, and is never overwritten",
        "--out",
    ]);
    assert_eq!(fs::read(&out).unwrap(), b"mine");
    let out = workplace.path("new.csv");
    label(&input, &out, &["--no-verbatims"])
        .with_code(2)
        .saying(&["no_verbatims", "--no-verbatims=false"]);
    let empty = workplace.file("empty.csv", "id,comment\n1,\n2,-\n");
    label(&empty, &out, &["--text-column", "comment"])
        .with_code(2)
        .saying(&["no row has a text that could be labelled"]);
    label(&input, &out, &["--text-column", "text"]).with_code(2).saying(&["text", "comment"]);
    let config = workplace.file("wrong.toml", "[columns]\ntext = \"comment\"\n");
    let flags = ["--config", config.to_str().unwrap()];
    label(&input, &out, &flags).with_code(2).saying(&["wrong.toml:2:8: "]);
    tune(&input, &out, &flags).with_code(2).saying(&["wrong.toml:2:8: "]);
    label(&input, &out, &["--n", "1"]).with_code(2).saying(&["--n"]);
    label(&input, &workplace.path("nowhere/new.csv"), &[])
        .with_code(1)
        .saying(&["new.csv", "--out"]);
    assert!(!out.exists());
}

#[test]
fn too_few_labels_are_refused_with_the_remedy() {
    let workplace = Workplace::new();
    let rows = |counts: [usize; 3]| {
        let labels = ["negative", "neutral", "positive"].iter().zip(counts);
        let labels = labels.flat_map(|(label, count)| std::iter::repeat_n(label, count));
        let rows =
            labels.enumerate().map(|(at, label)| format!("This is comment number {at},{label}\n"));
        format!("text,label\n{}", rows.collect::<String>())
    };
    for (counts, expected) in [
        (
            [10, 10, 9],
            "labelled.csv: 29 labelled texts are too few to learn from, which takes 30 at least; label more; \
             `painpoint label` with a larger --n picks those that help most\n",
        ),
        (
            [20, 4, 20],
            "labelled.csv: 4 texts labelled neutral are too few to learn from, which takes 5 of each sentiment at \
             least; label more; `painpoint label` with a larger --n picks those that help most\n",
        ),
    ] {
        let file = workplace.file("labelled.csv", rows(counts));
        let out = workplace.path("tuned");
        let refused = tune(&file, &out, &[]).with_code(2);
        assert!(refused.stderr.ends_with(expected), "{}", refused.stderr);
        assert!(!out.exists());
    }
    let file = workplace.file("labelled.csv", rows([20, 10, 10]).replace(",neutral", ",meh"));
    tune(&file, &workplace.path("tuned"), &[])
        .with_code(2)
        .saying(&["labelled.csv:22:label: \"meh\" is no sentiment"]);
}

#[test]
fn rows_without_a_label_are_left_out_and_counted() {
    let workplace = Workplace::new();
    let rows = "text,label,drawn\n\
        The parcel came two weeks late and broken.,negative,helpful\n\
        \"Wonderful, I am very happy with it!\",positive,helpful\n\
        The parcel weighs two kilograms., ,random\n";
    let file = workplace.file("labelled.csv", rows);
    let found = evaluate(&file, &[]);
    assert_eq!((&found["n"], &found["unlabelled"]), (&2.into(), &1.into()));
    assert!(found["on_these_data"].is_null(), "none of the random ones is labelled: {found}");
    let told = painpoint(["evaluate".as_ref(), file.as_os_str()]).with_code(0).stdout;
    assert!(told.contains("\n1 row without a label left out\n"), "{told}");
    assert!(told.contains("on these data: not known, for no text was drawn at random"), "{told}");

    let file =
        workplace.file("labelled.csv", rows.replace(",helpful", ",").replace(",random", ","));
    let told = painpoint(["evaluate".as_ref(), file.as_os_str()]).with_code(0).stdout;
    let expected = "on these data: 100.0 % right (95 % interval 34.2 to 100.0), by 2 texts, if they were drawn at random\n";
    assert!(told.ends_with(expected), "{told}");
}
