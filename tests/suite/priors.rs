//! What a row tells of the sentiment of its mentions: its score, and what its column was asked for.

use std::collections::BTreeMap;

use super::labelled::set;
use super::program::Workplace;
use super::table::{Row, Table};

/// Probability from which a text keeps its sentiment whatever its row says.
const CLEAR: f64 = 0.9;

/// The likeliest sentiment, and its probability, of the columns that begin so.
fn likeliest<'r>(row: &Row, prefix: &str, names: &[&'r str; 3]) -> (&'r str, f64) {
    let values = names.map(|name| (name, row.number(&format!("{prefix}{name}"))));
    values.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best }).unwrap()
}

const NAMES: [&str; 3] = ["negative", "neutral", "positive"];

/// Right answers by the text alone, by text and row, and all.
#[derive(Default)]
struct Right([u32; 3]);

/// 443 answers to questions of surveys, labelled with question and score in sight.
#[test]
#[allow(clippy::print_stdout, reason = "the figures are what the documentation quotes")]
fn labelled_answers_are_read_with_their_question_and_score() {
    let lines = set("questions.tsv");
    let mut right: BTreeMap<String, Right> = BTreeMap::new();
    for asks in ["improve", "liked", "reason", "any"] {
        let own: Vec<&Vec<String>> = lines[1..].iter().filter(|line| line[2] == asks).collect();
        let mut rows = csv::Writer::from_writer(Vec::new());
        rows.write_record(["id", "nps", "stars", "answer"]).unwrap();
        for (id, line) in own.iter().enumerate() {
            let score = |kind: &str| line[3].strip_prefix(kind).unwrap_or_default();
            rows.write_record([&id.to_string(), score("nps:"), score("stars:"), &line[4]]).unwrap();
        }
        let workplace = Workplace::new();
        let input = workplace.file("input.csv", rows.into_inner().unwrap());
        let flags = ["--text-column", "answer", "--id-column", "id", "--nps-column", "nps"];
        let flags = [&flags[..], &["--rating-column", "stars", "--rating-scale", "1..5"]].concat();
        let asked = format!("answer={asks}");
        let flags = [&flags[..], &["--asks", &asked, "--keep-near-duplicates"]].concat();
        workplace.analyze(&input, &flags).with_code(0);
        let mentions: Table = workplace.results().table("mentions.csv");
        for row in &mentions.rows {
            if row.text("mention") != "1" {
                continue;
            }
            let line = own[row.text("feedback_id").parse::<usize>().unwrap()];
            let text = likeliest(row, "p_text_", &NAMES);
            let (found, _) = likeliest(row, "p_", &NAMES);
            assert_eq!(found, row.text("sentiment"));
            assert!(text.1 < CLEAR || text.0 == found, "{:?} was turned", line[4]);
            let scored = if line[3].is_empty() { "without a score" } else { "with a score" };
            for name in ["all", asks, scored, &line[0]] {
                let Right([by_text, in_row, all]) = right.entry(name.to_owned()).or_default();
                *by_text += u32::from(text.0 == line[5]);
                *in_row += u32::from(found == line[5]);
                *all += 1;
            }
        }
    }
    for (name, Right([by_text, in_row, all])) in &right {
        let percent = |own: u32| 100.0 * f64::from(own) / f64::from(*all);
        println!(
            "{name}: {all}, right by text {:.1} %, in the row {:.1} %",
            percent(*by_text),
            percent(*in_row)
        );
    }
    let Right([by_text, in_row, all]) = right["all"];
    assert!(all > 400 && in_row > by_text && in_row * 100 >= all * 60, "{in_row} of {all}");
    for (_, Right([by_text, in_row, _])) in right.iter().filter(|(name, _)| name.len() > 2) {
        assert!(in_row >= by_text);
    }
}

#[test]
fn a_bare_word_is_what_was_asked_for_unless_the_user_says_otherwise() {
    let rows = "Was können wir verbessern?,Was hat Ihnen gefallen?\n\
                Der Preis,\n,Der Preis\nDie Wartezeit am Telefon,\n,Die Beratung im Laden\n\
                Der Empfang,\n,Das Frühstück\n";
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", rows);
    let texts =
        ["--text-column", "Was können wir verbessern?", "--text-column", "Was hat Ihnen gefallen?"];
    let positives = |flags: &[&str]| {
        workplace.analyze(&input, &[&texts[..], flags].concat()).with_code(0);
        let mentions = workplace.results().table("mentions.csv");
        for row in &mentions.rows {
            let is_by_text = NAMES.iter().all(|name| {
                let [own, text] =
                    ["p_", "p_text_"].map(|prefix| row.number(&format!("{prefix}{name}")));
                (own - text).abs() < 1e-9
            });
            assert_eq!(is_by_text, flags.contains(&"--no-priors"), "{row:?}");
        }
        let of = |column: &str| {
            let own = mentions.rows.iter().filter(|row| row.text("column") == column);
            own.map(|row| row.number("p_positive") - row.number("p_negative")).sum::<f64>()
        };
        (of("Was können wir verbessern?"), of("Was hat Ihnen gefallen?"))
    };
    let (improve, liked) = positives(&[]);
    assert!(improve < liked - 0.5, "{improve} {liked}");
    let (improve, liked) = positives(&[
        "--asks",
        "Was können wir verbessern?=liked",
        "--asks",
        "Was hat Ihnen gefallen?=improve",
    ]);
    assert!(improve > liked, "{improve} {liked}");
    positives(&["--no-priors"]);
}

#[test]
fn what_columns_ask_for_is_shown_and_settings_are_checked() {
    let rows = "Was können wir verbessern?,Kommentar\nDer Preis ist zu hoch.,Alles gut soweit.\n\
                Die Hotline ist nie erreichbar.,Danke für die schnelle Hilfe.\n";
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", rows);
    let path = input.to_str().unwrap();
    let told = super::program::painpoint(["inspect", path]).with_code(0);
    assert!(told.stdout.contains("asks: improve, by \"verbessern\""), "{}", told.stdout);
    let told = super::program::painpoint(["inspect", path, "--asks", "kommentar=liked"]);
    let told = told.with_code(0).stdout;
    assert!(told.contains("asks: liked, named by you"), "{told}");
    workplace.refuses(&input, &["--asks", "Kommentare=liked"]).saying(&["Kommentare", "Kommentar"]);
    workplace.refuses(&input, &["--asks", "Kommentar=good"]).saying(&["NAME=ASKS", "improve"]);
}
