//! `painpoint codebook`: how a codebook fits feedback, and how well it does on labelled rows.

use std::ffi::OsStr;

use serde_json::Value;

use super::program::{Ended, Workplace, painpoint};

const TABLE: &str = "name,phase,keyphrases,parent\n\
    Delivery,purchase,\"delivery, parcel, courier\",\n\
    Tracking,,\"tracking, tracked\",Delivery\n\
    Payment,purchase,\"invoice, direct debit\",\n";

const FEEDBACK: &str = "id,comment\n\
    1,The parcel came two weeks late and the tracking did not work.\n\
    2,The delivery was on time but the invoice was wrong.\n\
    3,\"Courier was rude, no invoice in the parcel.\"\n\
    4,I hate the colour of the lamp.\n\
    5,The lamp is too dark.\n\
    6,A lamp that flickers.\n\
    7,My parcel had no invoice.\n";

fn codebook(workplace: &Workplace, action: &str, input: &str, flags: &[&str]) -> Ended {
    let (codebook, input) = (workplace.file("own.csv", TABLE), workplace.file("in.csv", input));
    let own = ["codebook".as_ref(), action.as_ref(), input.as_os_str(), "--codebook".as_ref()];
    let own = own.into_iter().chain([codebook.as_os_str()]);
    painpoint(own.chain(flags.iter().map(OsStr::new)))
}

#[test]
fn check_says_what_is_covered_and_what_is_not() {
    let workplace = Workplace::new();
    let ended = codebook(&workplace, "check", FEEDBACK, &[]).with_code(0);
    for part in ["of 7 feedback", "with a touchpoint", "  tracking", "lamp", "payment"] {
        assert!(ended.stdout.contains(part), "{part} is missing in:\n{}", ended.stdout);
    }
    let fit: Value =
        serde_json::from_str(&codebook(&workplace, "check", FEEDBACK, &["--json"]).stdout).unwrap();
    let mentions = fit["mentions"].as_u64().unwrap();
    let ways = fit["found_by"].as_object().unwrap().values();
    assert_eq!(ways.map(|count| count.as_u64().unwrap()).sum::<u64>(), mentions);
    let lamp = &fit["terms_without_touchpoint"][0];
    assert_eq!((&lamp["term"], &lamp["mentions"]), (&"lamp".into(), &3.into()));
    assert!(["delivery", "tracking", "payment"].contains(&lamp["nearest"].as_str().unwrap()));
}

#[test]
fn check_agrees_with_an_analysis() {
    let workplace = Workplace::new();
    let run = codebook(&workplace, "check", FEEDBACK, &["--json"]).with_code(0);
    let fit: Value = serde_json::from_str(&run.stdout).unwrap();
    let (input, table) = (workplace.path("in.csv"), workplace.path("own.csv"));
    let out = workplace.path("out");
    let flags = ["analyze".as_ref(), input.as_os_str(), "--codebook".as_ref(), table.as_os_str()];
    painpoint(flags.into_iter().chain(["--out".as_ref(), out.as_os_str()])).with_code(0);
    let mentions = workplace.results().table("mentions.csv");
    let covered = mentions.rows.iter().filter(|row| row.text("touchpoints") != "general").count();
    let share = covered as f64 / mentions.rows.len() as f64;
    assert!((fit["covered_share"].as_f64().unwrap() - share).abs() < 1e-9);
    let tracked = mentions.rows.iter().find(|row| row.text("text").contains("tracking")).unwrap();
    assert_eq!(tracked.list("touchpoints"), ["delivery", "tracking"], "the parent counts too");
    assert_eq!(tracked.list("confidence").len(), 2);
}

#[test]
fn evaluate_measures_keyphrases_meaning_and_both() {
    let workplace = Workplace::new();
    let labelled = "text,touchpoints\n\
        The parcel came late,Delivery\n\
        No tracking at all,delivery;tracking\n\
        My invoice is wrong,payment\n\
        I like lamps,general\n\
        Lamps are fine,\n";
    let evidence = workplace.path("evidence.csv");
    let flags = ["--json", "--evidence", evidence.to_str().unwrap()];
    let ended = codebook(&workplace, "evaluate", labelled, &flags).with_code(0);
    let figures: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(figures["n"], 5);
    for source in ["keyphrases", "meaning", "both"] {
        let f1 = figures[source]["micro_f1"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&f1), "{source}: {f1}");
        assert_eq!(figures[source]["touchpoints"]["general"]["support"], 2);
    }
    assert_eq!(figures["keyphrases"]["micro_f1"], 1.0);
    // A header, and a line for each of three touchpoints in each of five mentions.
    assert_eq!(std::fs::read_to_string(evidence).unwrap().lines().count(), 1 + 5 * 3);
}

#[test]
fn labels_that_the_codebook_does_not_have_are_an_error_of_usage() {
    let workplace = Workplace::new();
    let rows = "text,touchpoints\nNo parcel,delivery\nNo lamp,lamps\n";
    let ended = codebook(&workplace, "evaluate", rows, &[]).with_code(2);
    ended.saying(&["in.csv:3:touchpoints: ", "\"lamps\"", "write an id"]);
    let ended = codebook(&workplace, "evaluate", rows, &["--label-column", "label"]).with_code(2);
    ended.saying(&["label"]);
}

#[test]
fn a_mistake_in_a_table_is_shown_with_line_and_column() {
    let workplace = Workplace::new();
    let table = workplace.file("own.csv", TABLE.replace(",Delivery\n", ",Delivry\n"));
    let input = workplace.file("in.csv", FEEDBACK);
    let arguments = ["codebook".as_ref(), "check".as_ref(), input.as_os_str()];
    let ended = painpoint(arguments.into_iter().chain(["--codebook".as_ref(), table.as_os_str()]));
    ended.with_code(2).saying(&["own.csv:3: column `parent`", "did you mean `delivery`?"]);
}

#[test]
fn what_counts_in_a_part_counts_once_in_the_consistency_of_touchpoints() {
    // Delivery: 40 positive, and 40 negative by its part, net 0. Payment: 10 positive and 30 negative, net −0.5.
    let groups = [("tracking", 40, 0), ("delivery", 0, 40), ("payment", 30, 10)];
    let (mut rows, mut corrections) =
        ("id,place,comment\n".to_owned(), "feedback_id,mention,field,value\n".to_owned());
    for (place, negative, positive) in groups {
        for number in 0..negative + positive {
            let sentiment = if number < negative { "negative" } else { "positive" };
            rows += &format!("{place}{number},{place},That is how it was\n");
            corrections += &format!("{place}{number},1,sentiment,{sentiment}\n");
        }
    }
    let workplace = Workplace::new();
    let out = workplace.path("out");
    let files = [("in.csv", rows.as_str()), ("own.csv", TABLE), ("corrections.csv", &corrections)]
        .map(|(name, content)| workplace.file(name, content));
    let [input, codebook, corrections] = files.each_ref().map(|path| path.as_os_str());
    let flags: [&OsStr; 10] = [
        "analyze".as_ref(),
        input,
        "--codebook".as_ref(),
        codebook,
        "--corrections".as_ref(),
        corrections,
        "--touchpoint-column".as_ref(),
        "place".as_ref(),
        "--out".as_ref(),
        out.as_os_str(),
    ];
    painpoint(flags).with_code(0);
    let summary = workplace.results().table("summary.csv");
    let figure = |name: &str| {
        let row = summary.rows.iter().find(|row| row.text("figure") == name).unwrap();
        (row.number("value"), row.count("n"))
    };
    // By hand: the mean is −1/6; √(2/3 · 1/36 + 1/3 · 1/9) = √(1/18). A mention's variance is 35/36, by
    // chance √(35/36 · (1/3 + 2/3) / 120).
    let (dispersion, mentions) = figure("dispersion_of_touchpoints");
    assert_eq!(mentions, 120);
    assert!((dispersion - 0.235_702).abs() < 1e-6, "{dispersion}");
    let (by_chance, _) = figure("dispersion_of_touchpoints_by_chance");
    assert!((by_chance - 0.090_010).abs() < 1e-6, "{by_chance}");
}

/// What customers of an energy company write, with what everybody writes between it.
fn energy() -> String {
    let said = [
        "The meter reading was estimated",
        "Third power cut this month",
        "My direct debit increased again",
        "The standing charge is too high",
        "Friendly people",
    ];
    let rows = (0..40).map(|number| format!("{number},{}\n", said[number % said.len()]));
    format!("id,comment\n{}", rows.collect::<String>())
}

#[test]
fn a_sector_is_suggested_from_the_words_until_one_is_in_use() {
    let workplace = Workplace::new();
    let input = workplace.file("in.csv", energy());
    let shown = |command: &[&str], flags: &[&str]| {
        let own = command.iter().map(AsRef::as_ref).chain([input.as_os_str()]);
        painpoint(own.chain(flags.iter().map(AsRef::as_ref))).with_code(0).stdout
    };
    for command in [&["inspect"][..], &["codebook", "check"]] {
        let own = shown(command, &[]);
        assert!(own.contains("80 % of the feedback has words of the sector `energy`"), "{own}");
        assert!(own.contains("--sector energy adds its touchpoints"), "{own}");
    }
    let check: Value = serde_json::from_str(&shown(&["codebook", "check"], &["--json"])).unwrap();
    assert_eq!(check["proposed_sector"]["sector"], "energy");
    let with = shown(&["codebook", "check"], &["--json", "--sector", "energy"]);
    let with: Value = serde_json::from_str(&with).unwrap();
    assert!(with["proposed_sector"].is_null());
    let ids = with["touchpoints"].as_array().unwrap().iter().map(|own| &own["touchpoint"]);
    assert_eq!(ids.filter(|id| *id == "meter_reading").count(), 1);
}

#[test]
fn a_sector_names_touchpoints_and_stands_in_the_manifest() {
    let workplace = Workplace::new();
    let input = workplace.file("in.csv", energy());
    let hash = |flags: &[&str]| {
        workplace.analyze(&input, flags).with_code(0);
        workplace.results().manifest()["codebook_sha256"].clone()
    };
    let without = hash(&[]);
    assert_ne!(hash(&["--sector", "energy"]), without);
    let table = workplace.results().table("touchpoints.csv");
    let touchpoints = table.column("touchpoint");
    for id in ["meter_reading", "supply", "instalment", "tariff_change"] {
        assert!(touchpoints.contains(&id), "{id}: {touchpoints:?}");
    }
    let own = workplace.file("own.csv", "id,name,phase,keyphrases\nsupply,Supply,use,supply\n");
    let told = ["codebook", "check", input.to_str().unwrap(), "--sector", "energy", "--codebook"];
    let ended = painpoint(told.iter().map(AsRef::<OsStr>::as_ref).chain([own.as_os_str()]));
    ended.with_code(2).saying(&["sector energy:", "your codebook has a touchpoint `supply`"]);
}

#[test]
fn a_promoted_pain_point_is_asked_first_in_the_next_run() {
    let workplace = Workplace::new();
    let input = super::feedback::sample("umfrage_energie.csv");
    workplace.analyze(&input, &["--report-lang", "de"]).with_code(0);
    let (codebook, out) = (workplace.path("small-codebook.toml"), workplace.path("out"));
    let found = workplace.results().table("pain_points.csv");
    let largest = |row: &&super::table::Row| row.count("mentions");
    let of_touchpoint = found.rows.iter().filter(|row| row.text("touchpoint") == "delivery");
    let known = of_touchpoint.max_by_key(largest).or(found.rows.first()).unwrap();
    let (id, mentions) = (known.text("pain_point_id").to_owned(), known.count("mentions"));
    let promote = |pain_point: &str, touchpoint: &str| {
        let own = ["codebook", "promote", pain_point, "--touchpoint", touchpoint];
        let own = own.into_iter().map(OsStr::new);
        let files =
            ["--from".as_ref(), out.as_os_str(), "--codebook".as_ref(), codebook.as_os_str()];
        painpoint(own.chain(files))
    };
    promote("no-such", "delivery").with_code(1).saying(&["there is no pain point", &id]);
    promote(&id, "hotline").with_code(1).saying(&["--touchpoint: delivery"]);
    let told = promote(&id, "delivery").with_code(0).stdout;
    let (_, rest) = told.split_once("the next run asks for ").unwrap();
    let promoted = rest.split(' ').next().unwrap().to_owned();
    assert!(promoted.starts_with("delivery-"), "{told}");
    promote(&id, "delivery").with_code(1).saying(&["a problem of that name already"]);

    let again = workplace.path("again");
    let flags =
        ["analyze".as_ref(), input.as_os_str(), "--codebook".as_ref(), codebook.as_os_str()];
    let flags = flags.into_iter().chain(["--out".as_ref(), again.as_os_str()]);
    painpoint(flags.chain(["--report-lang", "de"].map(OsStr::new))).with_code(0);
    let table = std::fs::read_to_string(again.join("pain_points.csv")).unwrap();
    let table = super::table::Table::parse(&table);
    let row = table.rows.iter().find(|row| row.text("pain_point_id") == promoted).unwrap();
    assert!(row.count("mentions") * 2 >= mentions, "{promoted}: {mentions}");
}
