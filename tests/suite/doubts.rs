//! What is guessed in reading is told everywhere, and refused with `--strict`.

use std::ffi::OsStr;

use super::program::{Workplace, painpoint};

/// Nothing here is clearly text: the column with most words is taken.
const UNCLEAR: &str = "nr,q7,date\n1,late delivery,2026-01-02\n2,nice staff,soon\n3,no refund,2026-01-04\n\
                       4,late again,2026-01-05\n";

const ROWS: &str = "id,date,comment\n1,2026-01-02,The parcel came late.\n2,soon,Friendly staff.\n";

#[test]
fn a_guess_is_told_with_the_option_that_overrules_it() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", UNCLEAR);
    let told = "? no column is clearly free text; column \"q7\" was taken";
    workplace.analyze(&input, &[]).with_code(0).saying(&[told, "--text-column NAME"]);
    let results = workplace.results();
    let doubts = results.manifest()["doubts"].clone();
    assert_eq!(doubts.as_array().unwrap().len(), 2, "{doubts}");
    let unclear =
        doubts.as_array().unwrap().iter().find(|own| own["kind"] == "unclear_text").unwrap();
    assert_eq!(unclear["grade"], "doubt");
    assert_eq!(unclear["columns"][0], "q7");
    assert!(unclear["text"].as_str().unwrap().contains("clearly free text"));
    assert!(results.text("report.html").contains("No column is clearly free text"));
    let quiet = workplace.analyze(&input, &["--quiet"]).with_code(0);
    assert_eq!(quiet.stderr, "");
    assert_eq!(workplace.results().manifest()["doubts"], doubts);
}

#[test]
fn a_doubt_that_is_known_at_once_or_at_the_end_is_an_error_if_strict() {
    let workplace = Workplace::new();
    for (content, told) in
        [(UNCLEAR, "clearly free text"), (ROWS, "1 of 2 cells of column \"date\"")]
    {
        let input = workplace.file("input.csv", content);
        let ended = workplace.analyze(&input, &["--strict"]).with_code(2);
        ended.saying(&[told, "--strict", "nothing was written"]);
        assert!(!workplace.path("out").exists());
    }
    let input = workplace.file("input.csv", ROWS.replace("soon", "2026-01-03"));
    workplace.analyze(&input, &["--strict"]).with_code(0);
}

#[test]
fn an_input_of_which_no_row_can_be_used_fails_and_says_why() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", "id,comment\n1\n2\n3\n");
    let ended = workplace.analyze(&input, &["--text-column", "comment"]).with_code(1);
    ended.saying(&["none of 3 rows", "line 2", "input.csv"]);
    assert!(!workplace.path("out").exists());
}

#[test]
fn sentences_in_languages_that_are_not_served_are_passed_over_and_told() {
    let workplace = Workplace::new();
    let rows = "id,comment\n1,The parcel came late.\n2,Paczka przyszła bardzo późno.\n\
                3,Friendly staff. Очень вежливый персонал.\n4,The app crashes all the time.\n";
    let input = workplace.file("input.csv", rows);
    let told = "? 2 of 4 texts (50 %) are in part or as a whole in languages that are not served";
    workplace.analyze(&input, &[]).with_code(0).saying(&[told, "--all-languages"]);
    let results = workplace.results();
    let manifest = results.manifest();
    assert_eq!(
        (&manifest["rows"]["other_language"], &manifest["rows"]["without_text"]),
        (&2.into(), &1.into())
    );
    assert!(
        manifest["doubts"].as_array().unwrap().iter().any(|own| own["kind"] == "other_language")
    );
    let mentions = results.text("mentions.csv");
    assert!(mentions.contains("Friendly staff.") && !mentions.contains("персонал"), "{mentions}");
    let feedback = results.text("feedback.csv");
    assert!(
        feedback.lines().any(|line| line.starts_with("2,") && line.contains(",other,")),
        "{feedback}"
    );
    workplace.analyze(&input, &["--report-lang", "de"]).with_code(0);
    let page = workplace.results().text("report.html");
    assert!(page.contains("in Sprachen, die nicht ausgewertet werden: 2 von 4 Texten"), "{page}");
    workplace.analyze(&input, &["--all-languages"]).with_code(0);
    assert!(workplace.results().text("mentions.csv").contains("персонал"));
}

#[test]
fn of_a_chat_the_visitor_is_kept_and_where_nobody_knows_who_that_is_it_is_told() {
    let workplace = Workplace::new();
    let turn = |who: &str, said: &str| format!("{who}: {said}");
    let chat = |problem: &str, names: [&str; 2]| {
        let turns = [
            turn(names[0], "Good morning"),
            turn(names[1], problem),
            turn(names[0], "That is a really bad experience"),
            turn(names[1], "ok"),
        ];
        format!("\"{}\"", turns.join("\n"))
    };
    let problems = ["The parcel came late.", "The app crashes.", "Nobody answers the phone."];
    let rows = |names: [&str; 2]| {
        let row =
            |(number, problem): (usize, &&str)| format!("{number},{}\n", chat(problem, names));
        let rows: String = problems.iter().enumerate().map(row).collect();
        format!("id,transcript\n{rows}")
    };
    let input = workplace.file("chats.csv", rows(["Agent Kim", "Visitor"]));
    workplace.analyze(&input, &[]).with_code(0);
    let mentions = workplace.results().text("mentions.csv");
    assert!(
        mentions.contains("The app crashes.") && !mentions.contains("bad experience"),
        "{mentions}"
    );
    let input = workplace.file("chats.csv", rows(["10:02 Kim", "10:03 Lou"]));
    let told = "? both sides of a conversation stand in 3 texts";
    workplace.analyze(&input, &[]).with_code(0).saying(&[told]);
    assert!(workplace.results().text("mentions.csv").contains("bad experience"));
}

#[test]
fn what_recurs_at_the_edge_of_texts_is_passed_over_and_told() {
    let workplace = Workplace::new();
    let note = "This form was filled in at the kiosk near the exit.";
    let row = |number: usize| format!("{number},Parcel {number} came late. {note}\n");
    let rows: String = (0..12).map(row).collect();
    let input = workplace.file("input.csv", format!("id,comment\n{rows}"));
    let told = "stand at the beginning or end of 12 of 12 sampled texts";
    workplace.analyze(&input, &[]).with_code(0).saying(&[told, "--keep-boilerplate"]);
    assert!(!workplace.results().text("mentions.csv").contains("kiosk"));
    let inspected = painpoint(["inspect".as_ref(), input.as_os_str()]).with_code(0).stdout;
    assert!(inspected.contains(told) && inspected.contains("kiosk"), "{inspected}");
    workplace.analyze(&input, &["--keep-boilerplate"]).with_code(0);
    assert!(workplace.results().text("mentions.csv").contains("kiosk"));
}

#[test]
fn letters_in_fancy_dress_are_scored_as_plain_ones() {
    let workplace = Workplace::new();
    let plain = "The parcel was late and nobody answered";
    let dressed = "The 𝖕𝖆𝖗𝖈𝖊𝖑 𝖜𝖆𝖘 𝖑𝖆𝖙𝖊 and no\u{AD}body ａｎｓｗｅｒｅｄ";
    let input =
        workplace.file("input.csv", format!("id,comment\n1,{plain}\n2,{dressed}\n3,Fine\n"));
    workplace.analyze(&input, &[]).with_code(0);
    let mentions = workplace.results().text("mentions.csv");
    let scores = |id: &str| -> Vec<String> {
        let line = mentions.lines().find(|line| line.starts_with(id)).unwrap();
        line.split(',').skip(5).take(6).map(str::to_owned).collect()
    };
    assert!(mentions.contains(dressed), "the text is as the customer wrote it: {mentions}");
    assert_eq!(scores("1,"), scores("2,"));
}

#[test]
fn what_a_profile_leaves_out_is_counted_and_told_everywhere() {
    let workplace = Workplace::new();
    let input = workplace.file(
        "input.csv",
        "tweet_id,author_id,inbound,created_at,text\n1,7,True,2026-01-02,The parcel came late again.\n\
         2,shop,False,2026-01-02,We will look into it.\n3,8,True,2026-01-03,Nobody answers the phone.\n",
    );
    let told = "1 of 3 rows are by the company or its agents and were left out";
    workplace.analyze(&input, &[]).with_code(0).saying(&[told, "--all-rows", "1 left out"]);
    let results = workplace.results();
    let manifest = results.manifest();
    assert_eq!(manifest["rows"]["left_out"], 1);
    assert_eq!(manifest["rows"]["rows"], 3);
    assert_eq!(manifest["inputs"][0]["profile"]["name"], "X (Twitter)");
    assert_eq!(
        serde_json::from_str::<serde_json::Value>(&results.text("findings.json")).unwrap()["reading"]
            ["profiles"][0]["name"],
        "X (Twitter)"
    );
    workplace.analyze(&input, &["--all-rows"]).with_code(0);
    assert_eq!(workplace.results().manifest()["rows"]["feedback"], 3);
}

#[test]
fn an_inspection_ends_with_the_lines_that_overrule_its_guesses() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", UNCLEAR);
    let inspected = painpoint([OsStr::new("inspect"), input.as_os_str()]).with_code(0);
    assert!(
        inspected
            .stdout
            .contains("\n[columns]\nignore = [\n    \"date\",\n]\n# text = [\"NAME\"]\n"),
        "{}",
        inspected.stdout
    );
    let json =
        painpoint([OsStr::new("inspect"), input.as_os_str(), OsStr::new("--json")]).with_code(0);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    let doubts = json["inputs"][0]["doubts"].as_array().unwrap();
    assert!(
        doubts.iter().any(|own| own["option"] == "--text-column NAME" && own["toml"].is_string())
    );
    assert!(json["painpoint_toml"].as_str().unwrap().starts_with("[columns]"));
}
