//! The history of runs, and alerts: what stays from night to night, what is told of it, and how a run ends.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::feedback::Feedback;
use super::program::{Ended, Results, Workplace, painpoint};

/// So many rows of the survey, from one on.
fn survey(from: usize, to: usize) -> String {
    let all = Feedback::of_sample("umfrage_energie.csv");
    Feedback { rows: all.rows[from..to].to_vec(), ..all }.text()
}

/// A run of a night with a history and more flags.
fn night(workplace: &Workplace, input: &Path, out: &str, flags: &[&str]) -> (Results, Ended) {
    let history = workplace.path("history.sqlite");
    let out = workplace.path(out);
    let own = ["analyze".as_ref(), input.as_os_str(), "--out".as_ref(), out.as_os_str()];
    let kept = ["--history".as_ref(), history.as_os_str()];
    let flags = flags.iter().map(AsRef::as_ref);
    let ended = painpoint(own.into_iter().chain(kept).chain(flags));
    (Results(out), ended)
}

fn history(workplace: &Workplace, arguments: &[&str]) -> Ended {
    let history = workplace.path("history.sqlite");
    let place = ["--history".as_ref(), history.as_os_str()];
    let own = ["history"].iter().chain(arguments).map(AsRef::as_ref);
    painpoint(own.chain(place))
}

fn findings(results: &Results) -> Value {
    serde_json::from_str(&results.text("findings.json")).unwrap()
}

#[test]
fn pain_points_keep_their_ids_and_trends_go_over_all_runs() {
    let workplace = Workplace::new();
    let (first, second) = (survey(1, 140), survey(100, 240));
    let input = workplace.file("first.csv", first);
    let (one, ended) = night(&workplace, &input, "one", &[]);
    ended.with_code(0);
    assert_eq!(findings(&one)["history"]["runs"], 1);
    assert!(!one.text("report.html").contains("id=\"history\""));
    let input = workplace.file("second.csv", second);
    let (two, ended) = night(&workplace, &input, "two", &[]);
    ended.with_code(0);
    let told = findings(&two);
    assert_eq!(told["history"]["runs"], 2);
    // Forty rows were in both.
    assert_eq!(told["history"]["feedback"], 239);
    assert!(two.text("report.html").contains("id=\"history\""));
    let ids = |results: &Results| -> Vec<String> {
        let findings = findings(results);
        let topics = findings["topics"].as_array().unwrap();
        topics.iter().map(|own| own["id"].as_str().unwrap().to_owned()).collect()
    };
    assert!(ids(&one).iter().any(|id| ids(&two).contains(id)));
    let compared = &told["comparisons"]["earlier_run"];
    assert!(compared["with_text"].as_u64().unwrap() > 100, "{compared}");
    // The same again: nothing counts twice, and the files are the same.
    let (again, ended) = night(&workplace, &input, "again", &[]);
    ended.with_code(0);
    for name in two.names().iter().filter(|name| *name != "run.json") {
        assert!(two.bytes(name) == again.bytes(name), "{name}");
    }
    let listed = history(&workplace, &["list"]).with_code(0).stdout;
    assert_eq!(listed.lines().count(), 2, "{listed}");
    let shown = history(&workplace, &["show", "1"]).with_code(0).stdout;
    assert_eq!(shown.lines().count(), ids(&one).len());
}

#[test]
fn nights_of_overlapping_exports_export_as_one_run_over_all_of_them() {
    let export = |nights: &[(usize, usize)]| {
        let workplace = Workplace::new();
        for (at, (from, to)) in nights.iter().enumerate() {
            let input = workplace.file(&format!("{at}.csv"), survey(*from, *to));
            night(&workplace, &input, &format!("out{at}"), &[]).1.with_code(0);
        }
        let text = history(&workplace, &["export", "--period", "month"]).with_code(0).stdout;
        // Pain points are found in each export for itself.
        let rows = text.lines().filter(|line| !line.contains(",topic,"));
        rows.map(str::to_owned).collect::<Vec<_>>()
    };
    let nights = export(&[(1, 40), (30, 80), (60, 120)]);
    assert!(nights.len() > 10);
    assert_eq!(nights, export(&[(1, 120)]));
}

const RULES: &str = "[alerts]\nperiod = \"month\"\n\
    [[alerts.rules]]\nname = \"Complaints\"\nmeasure = \"complaints\"\nagainst = \"limit\"\nwarn = \"1 %\"\nfail = \"2 %\"\n\
    [[alerts.rules]]\nname = \"Rejects\"\nmeasure = \"rejects\"\nwarn = \"50 %\"\n\
    [[alerts.rules]]\nmeasure = \"csat\"\n";

#[test]
fn an_alert_is_told_in_every_file_and_fails_the_run_where_that_is_asked_for() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", survey(1, 240));
    let config = workplace.file("painpoint.toml", RULES);
    let config = config.to_str().unwrap();
    let (results, ended) = night(&workplace, &input, "out", &["--config", config]);
    let said = ended.with_code(0).stderr;
    assert!(said.contains("Alerts: 1 failure") && said.contains("Failure (new)"), "{said}");
    let table = results.table("alerts.csv");
    assert_eq!(table.column("judgement"), ["fail", "unjudged", "quiet"]);
    assert_eq!(table.column("reason")[1], "no_scores");
    assert!(results.text("alerts.md").contains("Failure (new): Feedback that complains"));
    assert!(results.text("alerts.eml").contains("Failure (new): Feedback that complains"));
    assert!(results.text("report.html").contains("id=\"alerts\""));
    let flags = ["--config", config, "--fail-on-alert", "--report-lang", "de"];
    let (results, ended) = night(&workplace, &input, "out", &flags);
    ended.with_code(3);
    assert!(results.text("alerts.md").contains("Alarm (neu): Rückmeldungen mit einer Klage"));
}

#[test]
fn without_rules_there_is_no_word_of_alerts() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", survey(1, 20));
    night(&workplace, &input, "out", &["--fail-on-alert"]).1.with_code(2);
    let (results, ended) = night(&workplace, &input, "out", &[]);
    assert!(!ended.with_code(0).stderr.contains("Alerts"));
    assert_eq!(results.text("alerts.csv").lines().count(), 1);
    assert!(!results.text("report.html").contains("id=\"alerts\""));
}

#[test]
fn a_customer_is_forgotten_under_the_id_that_the_runs_wrote() {
    let workplace = Workplace::new();
    let rows =
        "id,comment,nps\nk-17,The parcel came two weeks late.,2\nk-18,Very friendly staff.,9\n";
    let input = workplace.file("input.csv", rows);
    workplace.file("key.txt", "0123456789abcdef0123456789abcdef");
    let config = workplace.file("painpoint.toml", "[privacy]\npseudonymise_ids = \"key.txt\"\n");
    let config = config.to_str().unwrap();
    night(&workplace, &input, "out", &["--config", config]).1.with_code(0);
    let forget = |arguments: &[&str]| {
        let own: Vec<&str> = ["forget"].iter().chain(arguments).copied().collect();
        history(&workplace, &own).with_code(0).stdout
    };
    assert!(forget(&["--customer", "k-17"]).contains("0 pieces"));
    assert!(forget(&["--customer", "k-17", "--config", config]).contains("1 piece "));
    assert!(forget(&["--run", "1"]).contains("1 piece of feedback and 1 run forgotten"));
    history(&workplace, &["forget"]).with_code(2);
    history(&workplace, &["show", "7"]).with_code(2);
}

#[test]
fn what_is_no_history_is_refused_before_anything_is_scored() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", survey(1, 20));
    fs::write(workplace.path("history.sqlite"), "my notes").unwrap();
    let (results, ended) = night(&workplace, &input, "out", &[]);
    let said = ended.with_code(2).stderr;
    assert!(said.contains("history.sqlite is no history of painpoint"), "{said}");
    assert!(!results.0.exists());
    assert_eq!(fs::read(workplace.path("history.sqlite")).unwrap(), b"my notes");
    history(&workplace, &["list"]).with_code(2);
}

#[test]
fn a_rule_that_cannot_be_judged_is_refused_with_its_line() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", survey(1, 20));
    let rules = "[alerts]\n\n[[alerts.rules]]\nmeasure = \"nps\"\ntouchpoint = \"app\"\n";
    let config = workplace.file("painpoint.toml", rules);
    let flags = ["--config", config.to_str().unwrap()];
    let said = night(&workplace, &input, "out", &flags).1.with_code(2).stderr;
    assert!(said.contains("painpoint.toml:3:") && said.contains("by touchpoint"), "{said}");
}
