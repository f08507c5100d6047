use std::collections::BTreeSet;

use super::*;

const VALID: &str = r#"[[touchpoint]]
id = "delivery"
phase = "purchase"
names = { de = "Lieferung", fr = "Livraison" }
keyphrases.de = ["liefer*", "kam nie an"]
"#;

fn touchpoint_named(value: &str) -> Option<String> {
    let codebook = Codebook::built_in();
    codebook.touchpoint_named(value).map(|index| codebook.touchpoints()[index].id.clone())
}

#[test]
fn the_built_in_codebook_is_valid_and_follows_the_journey() {
    let codebook = Codebook::parse(Codebook::BUILT_IN, "codebook.toml").expect("valid");
    let phases: Vec<_> = codebook.phases().iter().map(|phase| phase.id.as_str()).collect();
    let journey = ["awareness", "consideration", "purchase", "use", "service", "loyalty", "exit"];
    assert_eq!(phases, journey);
    assert!(codebook.touchpoints().is_sorted_by_key(|touchpoint| touchpoint.phase));
}

#[test]
fn the_built_in_touchpoints_are_complete() {
    let codebook = Codebook::built_in();
    for (phase, definition) in codebook.phases().iter().enumerate() {
        let used = codebook.touchpoints().iter().any(|touchpoint| touchpoint.phase == phase);
        assert!(used, "{} has no touchpoint", definition.id);
    }
    for touchpoint in codebook.touchpoints() {
        let id = &touchpoint.id;
        for language in [Language::De, Language::En] {
            assert!(touchpoint.names.iter().any(|(own, _)| own == language), "{id} {language}");
            assert!(
                touchpoint.description.iter().any(|(own, _)| own == language),
                "{id} {language}"
            );
            assert!(touchpoint.examples[&language].len() >= 2, "{id} {language}");
            assert!(touchpoint.keyphrases[&language].len() >= 20, "{id} {language}");
        }
        assert_eq!(touchpoint.keyphrases.len(), 7, "{id}");
        assert!(touchpoint.keyphrases.values().all(|phrases| phrases.len() >= 8), "{id}");
    }
}

#[test]
fn the_built_in_codebook_says_nothing_twice() {
    let codebook = Codebook::built_in();
    let mut faults = vec![];
    for language in Language::ALL {
        let mut seen = BTreeSet::new();
        for touchpoint in codebook.touchpoints() {
            for phrase in touchpoint.keyphrases.get(&language).into_iter().flatten() {
                if !seen.insert(fold(&phrase.replace('-', " "))) {
                    faults.push(format!("{language} {}: {phrase}", touchpoint.id));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn names_fall_back_to_another_language() {
    let codebook = Codebook::parse(VALID, "own.toml").expect("valid");
    let touchpoint = &codebook.touchpoints()[0];
    assert_eq!(touchpoint.name(Language::Fr), "Livraison");
    assert_eq!(touchpoint.name(Language::En), "Lieferung");
    assert!(touchpoint.controllable);
}

#[test]
fn phases_may_be_ones_own() {
    let source = VALID.replace("\"purchase\"", "\"after\"");
    let phases = "[[phase]]\nid = \"after\"\nnames.de = \"Danach\"\n";
    let codebook = Codebook::parse(&format!("{phases}{source}"), "own.toml").expect("valid");
    assert_eq!(codebook.phases().len(), 1);
    assert_eq!(codebook.phases()[0].name(Language::En), "Danach");
}

#[test]
fn a_cell_names_a_touchpoint_by_id_name_or_keyphrase() {
    for (value, id) in [
        ("delivery", "delivery"),
        ("LIEFERUNG", "delivery"),
        ("Hotline", "hotline"),
        ("Filiale", "shop"),
        (" kundenservice ", "customer_service"),
        ("customer_service", "customer_service"),
        ("Customer service", "customer_service"),
        ("Kuendigung", "cancellation"),
        ("Zahlung & Rechnung", "payment"),
        ("E-Mail", "email_chat"),
        ("livraison", "delivery"),
        ("App", "app"),
        ("Techniker", "installation"),
        ("Rechnung", "payment"),
        ("Retoure", "returns"),
        ("UPS", "delivery_partner"),
    ] {
        assert_eq!(touchpoint_named(value).as_deref(), Some(id), "{value}");
    }
}

#[test]
fn an_unknown_cell_names_no_touchpoint() {
    for value in ["", "-", "Raumstation", "liefer"] {
        assert_eq!(touchpoint_named(value), None, "{value}");
    }
}

/// The error's text for the valid codebook with one part replaced.
fn error(part: &str, replacement: &str) -> String {
    assert!(VALID.contains(part));
    let source = VALID.replacen(part, replacement, 1);
    Codebook::parse(&source, "own.toml").expect_err("invalid").to_string()
}

#[test]
fn errors_name_the_place_the_problem_and_the_remedy() {
    for (part, replacement, expected) in [
        (
            "purchase",
            "purchse",
            "own.toml:3:9: there is no phase `purchse`; did you mean `purchase`?",
        ),
        (
            "keyphrases",
            "keyphrase",
            "own.toml:5:1: there is no key `keyphrase` here; did you mean `keyphrases`?",
        ),
        (
            "keyphrases.de",
            "keyphrases.xx",
            "own.toml:5:12: `xx` is not a language served; did you mean",
        ),
        ("id = ", "# id = ", "own.toml:1:1: `id` is missing here; add `id = …`"),
        ("names = ", "# names = ", "own.toml:1:1: `names` is missing here; add `names = …`"),
        (
            "{ de = \"Lieferung\", fr = \"Livraison\" }",
            "{}",
            "own.toml:4:9: `names` is empty; name it",
        ),
        ("\"kam nie an\"", "\" \"", "own.toml:5:29: this text is empty; fill it in or remove it"),
        (
            "\"liefer*\"",
            "\"li*\"",
            "own.toml:5:18: `li*` would match too many words; give the star at least 3",
        ),
        (
            "\"liefer*\"",
            "\"li*fer\"",
            "own.toml:5:18: `li*fer` has a star in the middle; put stars",
        ),
        ("\"liefer*\"", "\"!\"", "own.toml:5:18: `!` has no letters; write the words"),
        (
            "\"liefer*\"",
            "7",
            "own.toml:5:18: integer is not what belongs here; write a text in quotes",
        ),
        (
            "[\"liefer*\", \"kam nie an\"]",
            "[]",
            "own.toml:1:1: touchpoint `delivery` has no keyphrases",
        ),
        (
            "\"delivery\"",
            "\"De livery\"",
            "own.toml:2:6: `De livery` is not a valid id; use lower-case",
        ),
        ("\"purchase\"", "\"purchase", "own.toml:3:"),
        (
            "[[touchpoint]]",
            "[[touchpoints]]",
            "own.toml:1:3: there is no key `touchpoints` here; did you mean `touchpoint`?",
        ),
    ] {
        let error = error(part, replacement);
        assert!(error.starts_with(expected), "{replacement}:\n{error}\n{expected}");
    }
}

#[test]
fn an_id_may_be_used_once() {
    let source = format!("{VALID}{VALID}");
    let error = Codebook::parse(&source, "own.toml").expect_err("twice").to_string();
    assert_eq!(error, "own.toml:7:6: the id `delivery` is taken already; give this one another id");
}

#[test]
fn invalid_toml_is_reported_with_its_line() {
    let error = error("\"liefer*\",", "\"liefer*\"");
    assert!(error.starts_with("own.toml:5:"), "{error}");
    assert!(error.contains("not valid TOML"), "{error}");
}

#[test]
fn a_codebook_without_touchpoints_is_refused() {
    let error = Codebook::parse("", "own.toml").expect_err("empty").to_string();
    assert!(error.starts_with("own.toml:1:1: the codebook has no touchpoints"), "{error}");
}

#[test]
fn a_missing_file_is_named() {
    let error = Codebook::load(Path::new("no/such.toml")).expect_err("missing").to_string();
    assert!(error.starts_with("no/such.toml: cannot read the codebook"), "{error}");
}
