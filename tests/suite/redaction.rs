//! Personal data in labelled texts: what is found, and what is taken for them.

#![allow(clippy::print_stdout, reason = "figures are there to be read")]

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use painpoint::text::redact::{Redactor, Rules};

/// A text with its marks taken out: where personal data stand, and which.
fn unmarked(line: &str) -> (String, Vec<(String, Range<usize>)>) {
    let (mut text, mut marks, mut rest) = (String::new(), Vec::new(), line);
    while let Some((before, after)) = rest.split_once('⟦') {
        text.push_str(before);
        let (mark, next) = after.split_once('⟧').unwrap();
        let (kind, data) = mark.split_once(':').unwrap();
        marks.push((kind.to_owned(), text.len()..text.len() + data.len()));
        text.push_str(data);
        rest = next;
    }
    text.push_str(rest);
    (text, marks)
}

/// Counts of one kind or language.
#[derive(Default)]
struct Counts {
    marks: usize,
    found: usize,
    lines: usize,
    alarms: usize,
}

/// Prints what was found: `cargo test --release labelled_personal_data -- --nocapture`. With `PAINPOINT_SHOW` set, each miss too.
#[test]
fn labelled_personal_data_are_found_and_little_else() {
    let (kinds, alarms) = measured("redaction");
    for kind in ["iban", "card", "tax_id", "vat_id"] {
        assert!(kinds[kind] >= 99.0, "{kind}");
    }
    for kind in ["email", "phone"] {
        assert!(kinds[kind] >= 97.0, "{kind}");
    }
    assert!(alarms < 0.5, "{alarms}");
    let (kinds, alarms) = measured("redaction_apart");
    for kind in ["iban", "card", "tax_id", "vat_id", "email", "phone"] {
        assert!(kinds[kind] >= 97.0, "{kind} of the set kept apart");
    }
    assert!(alarms < 1.0, "{alarms} of the set kept apart");
}

/// Shares found by kind, and of lines with a false alarm, in hundredths.
fn measured(set: &str) -> (BTreeMap<String, f64>, f64) {
    println!("\n{set}");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/labelled").join(set);
    let redactor = Redactor::new(&Rules::default()).unwrap();
    let shows = std::env::var_os("PAINPOINT_SHOW").is_some();
    let (mut kinds, mut languages) =
        (BTreeMap::<String, Counts>::new(), BTreeMap::<&str, Counts>::new());
    for language in ["de", "en", "es", "fr", "it", "nl", "pt"] {
        let source = fs::read_to_string(folder.join(format!("{language}.tsv"))).unwrap();
        for line in source.lines() {
            let (text, marks) = unmarked(&line.replace("\\n", "\n"));
            let replaced = redactor.places(&text);
            let all = languages.entry(language).or_default();
            all.lines += 1;
            for (kind, mark) in &marks {
                let counts = kinds.entry(kind.clone()).or_default();
                let is_found = mark.clone().all(|at| {
                    !text.is_char_boundary(at)
                        || !text[at..].starts_with(char::is_alphanumeric)
                        || replaced.iter().any(|(place, _)| place.contains(&at))
                });
                for counts in [counts, &mut *all] {
                    counts.marks += 1;
                    counts.found += usize::from(is_found);
                }
                if !is_found && shows {
                    println!("missed {language} {kind}: {line}\n    {}", redactor.shown(&text));
                }
            }
            let is_beside = |place: &Range<usize>| {
                marks.iter().all(|(_, mark)| place.end <= mark.start || mark.end <= place.start)
            };
            let alarms: Vec<_> = replaced.iter().filter(|(place, _)| is_beside(place)).collect();
            all.alarms += usize::from(!alarms.is_empty());
            if shows {
                alarms.iter().for_each(|(place, kind)| {
                    println!("alarm {language} {kind:?} {:?}: {line}", &text[place.clone()])
                });
            }
        }
    }
    for (kind, own) in &kinds {
        println!(
            "{kind:8} found {:3} of {:3}: {:5.1} %",
            own.found,
            own.marks,
            share(own.found, own.marks)
        );
    }
    for (language, own) in &languages {
        let (recall, alarms) = (share(own.found, own.marks), share(own.alarms, own.lines));
        println!(
            "{language}  found {:3} of {:3}: {recall:5.1} %; lines with a false alarm {} of {}: {alarms:.1} %",
            own.found, own.marks, own.alarms, own.lines
        );
    }
    let total = |of: fn(&Counts) -> usize| languages.values().map(of).sum::<usize>();
    let alarms = share(total(|own| own.alarms), total(|own| own.lines));
    println!(
        "all found {:.1} %, lines with a false alarm {alarms:.1} %",
        share(total(|own| own.found), total(|own| own.marks))
    );
    (kinds.into_iter().map(|(kind, own)| (kind, share(own.found, own.marks))).collect(), alarms)
}

/// A share in hundredths.
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64 * 100.0
}
