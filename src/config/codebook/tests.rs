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
    assert_eq!(touchpoint.names.get(Language::Fr), Some("Livraison"));
    assert_eq!(touchpoint.names.get(Language::En), Some("Lieferung"));
    assert!(touchpoint.controllable);
}

#[test]
fn phases_may_be_ones_own() {
    let source = VALID.replace("\"purchase\"", "\"after\"");
    let phases = "[[phase]]\nid = \"after\"\nnames.de = \"Danach\"\n";
    let codebook = Codebook::parse(&format!("{phases}{source}"), "own.toml").expect("valid");
    assert_eq!(codebook.phases().len(), 1);
    assert_eq!(codebook.phases()[0].names.get(Language::En), Some("Danach"));
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

const CHILD: &str = r#"
[[touchpoint]]
id = "tracking"
parent = "delivery"
names = "Tracking"
keyphrases = ["tracking"]
"#;

#[test]
fn a_child_takes_the_phase_of_its_parent_wherever_it_stands() {
    for source in [format!("{VALID}{CHILD}"), format!("{CHILD}{VALID}")] {
        let codebook = Codebook::parse(&source, "own.toml").expect("valid");
        let touchpoints = codebook.touchpoints();
        assert_eq!(touchpoints[0].phase, touchpoints[1].phase);
        assert_eq!(codebook.phases()[touchpoints[0].phase].id, "purchase");
        assert!(codebook.are_kin(0, 1));
    }
}

#[test]
fn texts_without_a_language_serve_all() {
    let codebook = Codebook::parse(&format!("{VALID}{CHILD}"), "own.toml").expect("valid");
    let tracking = &codebook.touchpoints()[1];
    assert_eq!(tracking.names.get(Language::It), Some("Tracking"));
    assert_eq!(tracking.keyphrases[&Language::Und], ["tracking"]);
}

#[test]
fn parents_must_exist_and_have_none_themselves() {
    let error =
        |source: String| Codebook::parse(&source, "own.toml").expect_err("invalid").to_string();
    let unknown = error(format!("{VALID}{}", CHILD.replace("\"delivery\"", "\"delivry\"")));
    assert_eq!(
        unknown,
        "own.toml:9:10: there is no touchpoint `delivry`; did you mean `delivery`?"
    );
    let itself = error(format!("{VALID}{}", CHILD.replace("\"delivery\"", "\"tracking\"")));
    assert!(
        itself.starts_with("own.toml:9:10: touchpoint `tracking` is its own parent"),
        "{itself}"
    );
    let grandchild =
        CHILD.replace("\"delivery\"", "\"tracking\"").replace("id = \"tracking\"", "id = \"app\"");
    let three = error(format!("{VALID}{CHILD}{grandchild}"));
    assert!(
        three.starts_with("own.toml:15:10: the parent `tracking` has a parent itself"),
        "{three}"
    );
}

const TABLE: &str = "\
name,phase,keyphrases,keyphrases_fr,examples,excludes,parent,controllable,channel
Lieferung,Kauf,\"liefer*, paket; kam nie an\",livraison,Das Paket kam zu spät. | Nie da!,,,,
Tracking & Co.,,tracking,,,tracking error,Lieferung,nein,online
";

#[test]
fn a_codebook_may_be_a_table() {
    for source in [TABLE.to_owned(), format!("\u{feff}{}", TABLE.replace('\n', "\r\n"))] {
        let codebook = Codebook::parse_table(&source, "own.csv").expect("valid");
        let [delivery, tracking] = codebook.touchpoints() else { panic!("there are two") };
        assert_eq!(
            (delivery.id.as_str(), delivery.names.get(Language::De)),
            ("lieferung", Some("Lieferung"))
        );
        assert_eq!(delivery.keyphrases[&Language::Und], ["liefer*", "paket", "kam nie an"]);
        assert_eq!(delivery.keyphrases[&Language::Fr], ["livraison"]);
        assert_eq!(delivery.examples[&Language::Und], ["Das Paket kam zu spät.", "Nie da!"]);
        assert_eq!(codebook.phases()[delivery.phase].id, "purchase");
        assert_eq!((tracking.id.as_str(), tracking.parent), ("tracking_co", Some(0)));
        assert_eq!((tracking.phase, tracking.controllable), (delivery.phase, false));
        assert_eq!((delivery.channel, tracking.channel), (None, Some(Channel::Online)));
        assert_eq!(tracking.excludes, ["tracking error"]);
    }
}

#[test]
fn a_table_may_have_semicolons_as_spreadsheets_write_them() {
    let source = "id;name_de;phase;keyphrases\nqueue;Schlange;use;\"schlange, anstehen\"\n";
    let codebook = Codebook::parse_table(source, "own.csv").expect("valid");
    assert_eq!(codebook.touchpoints()[0].names.get(Language::De), Some("Schlange"));
    assert_eq!(codebook.touchpoints()[0].keyphrases[&Language::Und].len(), 2);
}

#[test]
fn errors_in_a_table_name_line_column_and_remedy() {
    for (part, replacement, expected) in [
        ("Kauf", "Kaufe", "own.csv:2: column `phase`: there is no phase `Kaufe`; use one of"),
        (
            "liefer*",
            "li*",
            "own.csv:2: column `keyphrases`: `li*` would match too many words; give",
        ),
        (
            ",Lieferung,nein",
            ",Liferung,nein",
            "own.csv:3: column `parent`: there is no touchpoint `Liferung`; did you mean `lieferung`?",
        ),
        (
            "nein",
            "vielleicht",
            "own.csv:3: column `controllable`: `vielleicht` is neither yes nor no; write",
        ),
        (
            "nein,online",
            "nein,draussen",
            "own.csv:3: column `channel`: `draussen` is no channel; write online or offline, or nothing",
        ),
        (
            "excludes",
            "exclude",
            "own.csv:1: column `exclude`: there is no such column in a codebook; did you mean `excludes`?",
        ),
        (
            "keyphrases_fr",
            "keyphrases_xx",
            "own.csv:1: column `keyphrases_xx`: there is no such column",
        ),
        ("Tracking & Co.", "", "own.csv:3: column `name`: this cell is empty; name the touchpoint"),
        (
            ",tracking,,",
            ",,,",
            "own.csv:3: column `keyphrases`: touchpoint `tracking_co` has no keyphrases",
        ),
        (
            "Tracking & Co.",
            "Lieferung",
            "own.csv:3: column `id`: the id `lieferung` is taken already",
        ),
        ("nein", "nein,7", "own.csv:3: column `name`: this is not a table:"),
    ] {
        assert!(TABLE.contains(part));
        let source = TABLE.replacen(part, replacement, 1);
        let error = Codebook::parse_table(&source, "own.csv").expect_err("invalid").to_string();
        assert!(error.starts_with(expected), "{replacement}:\n{error}\n{expected}");
    }
}

const PROBLEMS: &str = r#"problems = [
  { id = "late", name = { de = "Kommt zu spät", en = "Late" }, examples = ["zwei Wochen zu spät"] },
  { id = "lost", examples = { en = ["never arrived"] } },
]
"#;

#[test]
fn a_touchpoint_may_list_what_is_known_to_go_wrong() {
    let codebook = Codebook::parse(&format!("{VALID}{PROBLEMS}"), "own.toml").expect("valid");
    let [late, lost] = &codebook.touchpoints()[0].problems[..] else { panic!("there are two") };
    assert_eq!((late.id.as_str(), late.name(Language::En)), ("late", "Late"));
    assert_eq!(late.examples[&Language::Und], ["zwei Wochen zu spät"]);
    assert_eq!(lost.name(Language::De), "lost");
}

#[test]
fn mistakes_in_problems_are_named_with_their_place() {
    for (part, replacement, expected) in [
        ("\"lost\"", "\"late\"", "own.toml:8:10: the id `late` is taken already; give this one"),
        (
            ", examples = { en = [\"never arrived\"] }",
            "",
            "own.toml:8:3: problem `lost` has neither a name nor an example; say what it is",
        ),
        ("name =", "names =", "own.toml:7:18: there is no key `names` here; did you mean `name`?"),
        ("id = \"lost\", ", "", "own.toml:8:3: `id` is missing here; add `id = …`"),
        ("problems = [", "problems = 7 #", "own.toml:"),
    ] {
        assert!(PROBLEMS.contains(part));
        let source = format!("{VALID}{}", PROBLEMS.replacen(part, replacement, 1));
        let error = Codebook::parse(&source, "own.toml").expect_err("invalid").to_string();
        assert!(error.starts_with(expected), "{replacement}:\n{error}\n{expected}");
    }
}
