//! What a run says on standard error: lines for people, objects for machines, and little if it is to be quiet.

use serde_json::Value;

use super::feedback::Feedback;
use super::program::{Ended, Workplace, painpoint, painpoint_in};

const ROWS: &str = "id,date,comment\n\
    1,2026-01-02,The parcel came two weeks late and nobody called.\n\
    2,soon,Very friendly staff and a quick answer on the phone.\n\
    3,2026-01-04,The parcel was damaged. I want my money back.\n";

/// The objects in a log; there is nothing else in it.
#[track_caller]
fn objects(ended: &Ended) -> Vec<Value> {
    let object = |line| match serde_json::from_str(line) {
        Ok(Value::Object(object)) => Value::Object(object),
        _ => panic!("{line:?} is no object"),
    };
    let objects: Vec<Value> = ended.stderr.lines().map(object).collect();
    for own in &objects {
        assert_time(own["time"].as_str().unwrap());
        assert!(["info", "warn", "error"].contains(&own["level"].as_str().unwrap()), "{own}");
        assert!(own["event"].is_string(), "{own}");
    }
    objects
}

fn of_event<'o>(objects: &'o [Value], event: &str) -> Vec<&'o Value> {
    objects.iter().filter(|own| own["event"] == event).collect()
}

/// RFC 3339 in UTC.
#[track_caller]
fn assert_time(text: &str) {
    assert!(text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok(), "{text:?}");
}

#[test]
fn every_line_of_a_log_has_its_time_and_every_stage_is_told_with_its_counts() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let ended = workplace.analyze(&input, &[]).with_code(0);
    assert!(!ended.stderr.contains(|c: char| c.is_control() && c != '\n'), "{}", ended.stderr);
    let lines: Vec<&str> = ended
        .stderr
        .lines()
        .map(|line| {
            let (time, said) = line.split_once(' ').unwrap();
            assert_time(time);
            said
        })
        .collect();
    let said = |start: &str, end: &str| {
        let found = lines.iter().any(|line| line.starts_with(start) && line.ends_with(end));
        assert!(found, "{start:?} … {end:?} is missing in {lines:?}");
    };
    said("load: ", " s, 1 input");
    said("score: ", " s, 3 rows, 4 mentions");
    said("cluster: ", " delights");
    said("report: ", " files");
    said("3 rows: 3 feedback (0 without text), 0 duplicates, 0 rejects", "");
}

#[test]
fn a_log_for_machines_is_an_object_a_line_and_nothing_else() {
    let workplace = Workplace::new();
    let survey = Feedback::of_sample("umfrage_energie.csv").thinned(100).text();
    let input = workplace.file("input.csv", survey);
    let out = workplace.path("out");
    let cache = workplace.path("scores.sqlite");
    let ended = painpoint([
        "analyze".as_ref(),
        input.as_os_str(),
        "--out".as_ref(),
        out.as_os_str(),
        "--cache".as_ref(),
        cache.as_os_str(),
        "--log-format=json".as_ref(),
    ])
    .with_code(0);
    assert_eq!(ended.stdout, format!("{}\n", out.join("report.html").display()));
    let objects = objects(&ended);
    let manifest = workplace.results().manifest();
    let stages = of_event(&objects, "stage");
    let names: Vec<&str> = stages.iter().map(|own| own["stage"].as_str().unwrap()).collect();
    assert_eq!(names, ["load", "score", "cluster", "report"]);
    for own in &stages {
        assert_eq!(own["seconds"], manifest["seconds"][own["stage"].as_str().unwrap()]);
    }
    assert_eq!(stages[1]["rows"], manifest["rows"]["rows"]);
    assert_eq!(stages[2]["pain_points"], manifest["pain_points"]);

    let [rows] = of_event(&objects, "rows")[..] else { panic!("one object tells of rows") };
    for name in ["rows", "feedback", "without_text", "duplicates", "rejects"] {
        assert_eq!(rows[name], manifest["rows"][name], "{name}");
    }
    let [mentions] = of_event(&objects, "mentions")[..] else { panic!("one tells of mentions") };
    assert_eq!(mentions["negative"], manifest["mentions"]["negative"]);
    assert_eq!(mentions["covered_share"], manifest["covered_share"]);
    assert_eq!(of_event(&objects, "cache")[0]["scored"], manifest["cache"]["scored"]);
    let doubts = of_event(&objects, "doubt");
    assert_eq!(doubts.len(), manifest["doubts"].as_array().unwrap().len());
    for (own, told) in doubts.iter().zip(manifest["doubts"].as_array().unwrap()) {
        assert_eq!(own["kind"], told["kind"]);
        assert_eq!(own["level"] == "warn", told["grade"] == "doubt");
    }

    let findings: Value = serde_json::from_str(&workplace.results().text("findings.json")).unwrap();
    let topics = findings["topics"].as_array().unwrap().iter();
    let found: Vec<&Value> = topics.filter(|own| own["kind"] == "pain_point").collect();
    let told = of_event(&objects, "pain_point");
    assert!(!found.is_empty() && told.len() == found.len(), "{told:?}");
    for (rank, (own, topic)) in (1..).zip(told.iter().zip(&found)) {
        assert_eq!(own["rank"], rank);
        assert_eq!(own["label"], topic["label"][0]);
        assert_eq!(own["touchpoint"], topic["touchpoint"]);
        assert_eq!(own["share"], topic["feedback"]["share"]);
    }
    assert_eq!(objects.last().unwrap()["event"], "done");
}

#[test]
fn what_has_changed_since_an_earlier_run_is_named() {
    let workplace = Workplace::new();
    let survey = Feedback::of_sample("umfrage_energie.csv").thinned(100).text();
    let (few, many) = (workplace.file("few.csv", ROWS), workplace.file("many.csv", survey));
    workplace.analyze(&few, &[]).with_code(0);
    std::fs::rename(workplace.path("out"), workplace.path("few")).unwrap();
    let earlier = workplace.path("few").display().to_string();
    let ended = workplace.analyze(&many, &["--baseline", &earlier]).with_code(0);
    ended
        .saying(&["0 topics of the earlier run are gone; changes.csv has all changes", "   new: "]);

    std::fs::rename(workplace.path("out"), workplace.path("many")).unwrap();
    let earlier = workplace.path("many").display().to_string();
    let flags = ["--baseline", &earlier, "--log-format", "json"];
    let ended = workplace.analyze(&few, &flags).with_code(0);
    let objects = objects(&ended);
    let changes = of_event(&objects, "change");
    assert!(!changes.is_empty());
    for own in changes {
        assert_eq!(own["change"], "gone");
        assert!(own["label"].is_string() && own["touchpoint"].is_string(), "{own}");
    }
}

#[test]
fn the_last_object_of_a_run_that_fails_is_its_error() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let missing = workplace.path("missing.csv");
    let wrong = workplace.file("painpoint.toml", "detail = \"finest\"\n");
    let wrong = wrong.to_str().unwrap();
    let json = ["--log-format", "json"];
    for (input, flags, code, part) in [
        (&missing, &[][..], 1, "missing.csv"),
        (&input, &["--config", wrong], 2, "painpoint.toml:1:10"),
        (&input, &["--strict"], 2, "--strict allows no doubt"),
        (&input, &["--detial", "fine"], 2, "--detail"),
    ] {
        let ended = workplace.analyze(input, &[&json, flags].concat()).with_code(code);
        let objects = objects(&ended);
        let [error] = of_event(&objects, "failed")[..] else { panic!("one error: {objects:?}") };
        assert_eq!(error["level"], "error");
        assert_eq!(error["code"], code);
        assert!(error["message"].as_str().unwrap().contains(part), "{error}");
        assert_eq!(objects.last(), Some(error));
    }
    let input = input.to_str().unwrap();
    let out = workplace.path("out");
    let arguments = ["analyze", input, "--out", out.to_str().unwrap(), "--strict"];
    let ended = painpoint_in(&[("PAINPOINT_LOG_FORMAT", "json")], arguments).with_code(2);
    assert_eq!(of_event(&objects(&ended), "failed").len(), 1);
}

#[test]
fn a_quiet_run_tells_of_errors_and_of_what_failed_alone() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", format!("{ROWS}4\n"));
    let thesis = workplace.file("thesis.docx", "Chapter one. ".repeat(500));
    let cache = ["--quiet", "--cache", thesis.to_str().unwrap(), "--rebuild-cache"];
    let ended = workplace.analyze(&input, &cache).with_code(0);
    assert_eq!((ended.stdout.as_str(), ended.stderr.lines().count()), ("", 1));
    ended.saying(&["Z warning: ", "set-aside-1"]);
    let ended = workplace.analyze(&input, &["--quiet", "--max-rejects", "0"]).with_code(4);
    assert_eq!(ended.stderr.lines().count(), 1);
    ended.saying(&["Z error: 1 rows were rejected, more than allowed"]);
    let flags = ["--quiet", "--log-format", "json", "--max-rejects", "0"];
    let ended = workplace.analyze(&input, &flags).with_code(4);
    let [error] = &objects(&ended)[..] else { panic!("{}", ended.stderr) };
    assert_eq!((&error["event"], &error["code"]), (&"too_many_rejects".into(), &4.into()));
}
