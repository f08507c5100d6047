//! What must not leave the building does not: the real binary, and every byte that it writes.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use painpoint::text::redact::{Redactor, Rules};

use super::program::{Workplace, painpoint};

/// Texts that lead to pain points, with personal data in them.
fn personal() -> (String, Vec<&'static str>) {
    let secrets = vec![
        "anna.beispiel@example.org",
        "0171 3920045",
        "DE89 3704 0044 0532 0130 00",
        "4111 1111 1111 1111",
        "Beispielmann",
        "@anna_b_88",
        "Musterstr. 12",
        "KD-4711-883920",
        "Annabella",
        "192.0.2.17",
    ];
    let mut csv = "E-Mail,First name,IP address,date,rating,comment\n".to_owned();
    for number in 0..12 {
        writeln!(
            csv,
            "anna.beispiel@example.org,Annabella,192.0.2.17,2026-01-{:02},1,\"Die Lieferung kam {number} Tage zu spät, Rückruf an 0171 3920045 kam nie. \
             Schreiben Sie an anna.beispiel@example.org oder @anna_b_88. Herr Beispielmann von der Hotline war unfreundlich. \
             Konto DE89 3704 0044 0532 0130 00, Karte 4111 1111 1111 1111, Kundennummer KD-4711-883920, Musterstr. 12.\"",
            number + 1
        )
        .unwrap();
        writeln!(
            csv,
            "b{number}@example.org,Annabella,192.0.2.17,2026-02-{:02},5,Alles gut gelaufen.",
            number + 1
        )
        .unwrap();
    }
    (csv, secrets)
}

/// Every file below a folder, with its bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(self::files(&path));
        } else {
            files.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    files
}

fn holds(bytes: &[u8], secret: &str) -> bool {
    bytes.windows(secret.len()).any(|own| own == secret.as_bytes())
}

#[test]
fn no_personal_data_stand_in_any_result_unless_they_are_asked_for() {
    let workplace = Workplace::new();
    let (csv, secrets) = personal();
    let input = workplace.file("input.csv", csv);
    let ended = workplace.analyze(&input, &[]).with_code(0);
    let shown = format!("{}{}", ended.stdout, ended.stderr);
    let results = workplace.results();
    for secret in &secrets {
        assert!(!shown.contains(secret), "{secret} in {shown}");
        for (name, bytes) in files(&results.0) {
            assert!(!holds(&bytes, secret), "{secret} in {name}");
        }
    }
    let mentions = results.text("mentions.csv");
    for placeholder in
        ["[EMAIL]", "[PHONE]", "[IBAN]", "[CARD]", "[NAME]", "[HANDLE]", "[ADDRESS]", "[NUMBER]"]
    {
        assert!(mentions.contains(placeholder), "{placeholder}");
    }
    let manifest = results.manifest();
    let doubts = manifest["doubts"].as_array().unwrap();
    let redacted = doubts.iter().find(|doubt| doubt["kind"] == "redacted").unwrap();
    assert_eq!(redacted["data"]["iban"], 12);
    assert_eq!(redacted["columns"].as_array().unwrap().len(), 3, "{redacted}");
    let terms = results.text("terms.csv");
    assert!(!terms.to_lowercase().contains("email,"), "a placeholder is no term: {terms}");

    workplace.analyze(&input, &["--no-redact"]).with_code(0);
    let table = workplace.results().text("feedback.csv");
    secrets.iter().for_each(|secret| assert!(table.contains(secret), "{secret}"));
}

#[test]
fn places_of_mentions_are_those_of_the_input() {
    let workplace = Workplace::new();
    let text = "Bitte an anna@example.org schreiben. Die Lieferung kam zu spät.";
    let input = workplace
        .file("input.csv", format!("comment,region\n{text},Nord\nDie App stürzt ab.,Süd\n"));
    workplace.analyze(&input, &[]).with_code(0);
    let table = workplace.results().table("mentions.csv");
    let of =
        |name: &str| table.column(name).iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>();
    let (starts, ends, texts) = (of("input_start"), of("input_end"), of("text"));
    let at = texts.iter().position(|own| own.starts_with("Die Lieferung")).unwrap();
    let place = starts[at].parse().unwrap()..ends[at].parse::<usize>().unwrap();
    assert_eq!(&text[place], texts[at]);
    let first = texts.iter().position(|own| own.contains("[EMAIL]")).unwrap();
    assert_eq!(
        &text[starts[first].parse().unwrap()..ends[first].parse::<usize>().unwrap()],
        "Bitte an anna@example.org schreiben."
    );
}

#[test]
fn an_inspection_shows_none_either() {
    let workplace = Workplace::new();
    let (csv, secrets) = personal();
    let input = workplace.file("input.csv", csv);
    for flags in [&[][..], &["--json"]] {
        let arguments = [&["inspect", input.to_str().unwrap()], flags].concat();
        let ended = painpoint(arguments).with_code(0);
        for secret in &secrets {
            assert!(!ended.stdout.contains(secret), "{secret} in {}", ended.stdout);
        }
    }
}

#[test]
fn ids_are_hashed_under_a_key_and_a_short_key_is_refused() {
    let workplace = Workplace::new();
    let mut csv = "customer_id,comment\n".to_owned();
    (0..8).for_each(|number| {
        writeln!(csv, "C-00{number}X,Die Lieferung {number} kam zu spät.").unwrap()
    });
    let input = workplace.file("input.csv", csv);
    let key = workplace.file("key.txt", "a key that nobody can guess\n");
    let flags = ["--id-column", "customer_id", "--pseudonymise-ids", key.to_str().unwrap()];
    workplace.analyze(&input, &flags).with_code(0);
    for (name, bytes) in files(&workplace.results().0) {
        assert!(!holds(&bytes, "C-003X"), "{name}");
    }
    let ids = workplace.results().table("feedback.csv");
    let first: Vec<String> = ids.column("feedback_id").iter().map(|id| (*id).to_owned()).collect();
    assert!(first.iter().all(|id| id.len() == 16), "{first:?}");
    workplace.analyze(&input, &flags).with_code(0);
    assert_eq!(workplace.results().table("feedback.csv").column("feedback_id"), first);
    let short = workplace.file("short.txt", "12345\n");
    workplace
        .analyze(&input, &["--pseudonymise-ids", short.to_str().unwrap()])
        .with_code(2)
        .saying(&["has 5 bytes", "16"]);
}

#[test]
fn nothing_that_a_customer_wrote_is_written_if_so_asked() {
    let workplace = Workplace::new();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/shop_reviews.csv");
    workplace.analyze(&sample, &["--no-verbatims"]).with_code(0);
    let results = workplace.results();
    let mut reader = csv::Reader::from_path(&sample).unwrap();
    let texts: Vec<String> = reader
        .records()
        .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        .filter(|cell| cell.split_whitespace().count() > 6)
        .collect();
    assert!(texts.len() > 100);
    for (name, bytes) in files(&results.0) {
        for text in &texts {
            // Neither the whole nor six words in a row.
            let words: Vec<&str> = text.split_whitespace().take(6).collect();
            assert!(!holds(&bytes, &words.join(" ")), "{text} in {name}");
        }
    }
    assert!(results.text("pain_points.csv").lines().count() > 5);
}

#[test]
fn what_was_found_in_labelled_texts_is_in_no_byte_that_is_written() {
    let workplace = Workplace::new();
    let redactor = Redactor::new(&Rules::default()).unwrap();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/labelled/redaction");
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["nr", "region", "comment"]).unwrap();
    let mut found: Vec<String> = Vec::new();
    let mut kept = String::new();
    for (number, line) in ["de", "en", "fr"]
        .iter()
        .flat_map(|language| {
            let source = fs::read_to_string(folder.join(format!("{language}.tsv"))).unwrap();
            source.lines().map(str::to_owned).collect::<Vec<_>>()
        })
        .enumerate()
    {
        let text = line.replace("\\n", "\n").replace('⟧', "");
        let text = text
            .split('⟦')
            .map(|part| {
                part.split_once(':')
                    .filter(|(kind, _)| kind.len() < 8 && !kind.contains(' '))
                    .map_or(part, |(_, data)| data)
            })
            .collect::<String>();
        let places = redactor.places(&text);
        found.extend(places.iter().map(|(place, _)| text[place.clone()].to_owned()));
        kept.push_str(&redactor.shown(&text));
        writer.write_record([&number.to_string(), ["north", "south"][number % 2], &text]).unwrap();
    }
    // Short ones, and those that stand elsewhere as something else, prove nothing.
    found.retain(|own| own.chars().count() > 5 && !kept.contains(own));
    assert!(found.len() > 200, "{}", found.len());
    let input = workplace.file("input.csv", writer.into_inner().unwrap());
    workplace.analyze(&input, &["--text-column", "comment"]).with_code(0);
    for (name, bytes) in files(&workplace.results().0) {
        for own in &found {
            assert!(!holds(&bytes, own), "{own} in {name}");
        }
    }
}
