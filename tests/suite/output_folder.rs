//! Where results go: all files together or none, results and nothing else on standard output.

use std::fs;
use std::process::Command;

use super::program::{SMALL_CODEBOOK, Workplace, painpoint, painpoint_fed};

const ROWS: &str = "id,comment\n\
    1,The parcel came two weeks late and nobody called.\n\
    2,Very friendly staff and a quick answer on the phone.\n\
    3\n\
    4\n";

#[test]
fn a_file_in_the_place_of_the_folder_is_refused_and_kept() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let out = workplace.file("out", "mine");
    workplace.analyze(&input, &[]).with_code(1).saying(&["out", "--out"]);
    assert_eq!(fs::read(out).unwrap(), b"mine");
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_made_is_named_with_the_remedy() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    // Not even root can make a folder in a device.
    let arguments = ["analyze".as_ref(), input.as_os_str(), "--out".as_ref()];
    let ended = painpoint(arguments.into_iter().chain(["/dev/null/out".as_ref()])).with_code(1);
    assert_eq!(ended.stdout, "");
    ended.saying(&["/dev/null/out", "--out"]);
}

#[test]
fn a_run_that_fails_leaves_the_last_results_and_other_files_as_they_are() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    workplace.analyze(&input, &[]).with_code(0);
    let note = workplace.path("out").join("note.txt");
    fs::write(&note, "mine").unwrap();
    let state = || {
        let results = workplace.results();
        results.names().iter().map(|name| (name.clone(), results.bytes(name))).collect::<Vec<_>>()
    };
    let before = state();
    workplace.analyze(&workplace.path("missing.csv"), &[]).with_code(1);
    workplace.analyze(&input, &["--model", "/nowhere"]).with_code(1);
    workplace.analyze(&input, &["--text-column", "text"]).with_code(2);
    assert!(before == state());

    let other = workplace.file("other.csv", ROWS.replace("two weeks", "three weeks"));
    workplace.analyze(&other, &[]).with_code(0);
    assert!(before != state());
    assert_eq!(fs::read(note).unwrap(), b"mine");
}

#[test]
fn folders_on_the_way_to_the_results_are_made() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let deep = workplace.path("a/b/c");
    workplace.analyze(&input, &[]).with_code(0);
    let codebook = workplace.path("small-codebook.toml");
    painpoint([
        "analyze".as_ref(),
        input.as_os_str(),
        "--codebook".as_ref(),
        codebook.as_os_str(),
        "--out".as_ref(),
        deep.as_os_str(),
    ])
    .with_code(0);
    assert!(deep.join("report.html").is_file());
}

#[test]
fn a_run_that_fails_leaves_no_folders_on_the_way() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let deep = workplace.path("a/b/c");
    let deep = deep.to_str().unwrap();
    let analyze = ["analyze", input.to_str().unwrap(), "--out", deep, "--model", "/nowhere"];
    painpoint(analyze).with_code(1);
    assert_eq!(workplace.names(), ["input.csv"]);
}

/// Refuses to write results to `out`, and leaves every file of the workplace as it is.
#[track_caller]
fn refuses_to_write(workplace: &Workplace, arguments: &[&str], parts: &[&str]) {
    let state = || {
        let names = workplace.names().into_iter();
        names.map(|name| (fs::read(workplace.path(&name)).ok(), name)).collect::<Vec<_>>()
    };
    let before = state();
    let mut command = Command::new(env!("CARGO_BIN_EXE_painpoint"));
    let ended = command.arg("analyze").args(arguments).current_dir(workplace.path("")).output();
    let ended = ended.unwrap();
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(2), "{told}");
    for part in parts {
        assert!(told.contains(part), "{part:?} is missing in: {told}");
    }
    assert!(before == state());
}

#[test]
fn an_input_is_not_overwritten() {
    let workplace = Workplace::new();
    workplace.file("feedback.csv", ROWS);
    refuses_to_write(&workplace, &["feedback.csv", "--out", "."], &["feedback.csv", "--out"]);
    fs::create_dir(workplace.path("sub")).unwrap();
    refuses_to_write(&workplace, &["sub/../feedback.csv", "--out", "sub/.."], &["feedback.csv"]);
}

#[cfg(unix)]
#[test]
fn an_input_is_not_overwritten_by_way_of_a_link_either() {
    let workplace = Workplace::new();
    workplace.file("out-run.json", r#"{"painpoint": "0.1.0"}"#);
    let out = workplace.path("out");
    fs::create_dir(&out).unwrap();
    fs::rename(workplace.path("out-run.json"), out.join("run.json")).unwrap();
    fs::write(out.join("mentions.csv"), ROWS).unwrap();
    std::os::unix::fs::symlink("out/mentions.csv", workplace.path("soft.csv")).unwrap();
    fs::hard_link(out.join("mentions.csv"), workplace.path("hard.csv")).unwrap();
    for input in ["soft.csv", "hard.csv", "out/mentions.csv"] {
        let parts = ["out/mentions.csv", "read by this run"];
        refuses_to_write(&workplace, &[input, "--out", "out"], &parts);
    }
}

#[test]
fn what_else_a_run_reads_is_not_overwritten() {
    let workplace = Workplace::new();
    workplace.file("input.csv", ROWS);
    workplace.file("run.json", r#"{"painpoint": "0.1.0"}"#);
    workplace.file("terms.csv", "feedback_id,text_hash,mention,target,field,value\n");
    workplace.file("flags.csv", "");
    for (flag, file) in [("--corrections", "terms.csv"), ("--config", "flags.csv")] {
        let arguments = ["input.csv", "--out", ".", flag, file];
        refuses_to_write(&workplace, &arguments, &[file, "read by this run"]);
    }
}

#[test]
fn the_folder_of_the_earlier_run_is_not_overwritten() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    workplace.analyze(&input, &[]).with_code(0);
    let earlier = workplace.path("out");
    let ended = workplace.analyze(&input, &["--baseline", earlier.to_str().unwrap()]);
    ended.with_code(2).saying(&["out", "read by this run"]);
}

#[test]
fn files_of_others_under_our_names_are_not_overwritten() {
    let workplace = Workplace::new();
    workplace.file("input.csv", ROWS);
    workplace.file("report.html", "mine");
    refuses_to_write(&workplace, &["input.csv", "--out", "."], &["report.html", "run.json"]);
    workplace.file("run.json", r#"{"distance": 5}"#);
    refuses_to_write(&workplace, &["input.csv", "--out", "."], &["report.html"]);
}

#[test]
fn results_may_go_to_the_folder_in_which_one_works() {
    let workplace = Workplace::new();
    workplace.file("input.csv", ROWS);
    let codebook = workplace.file("codebook.toml", SMALL_CODEBOOK);
    for _ in 0..2 {
        let mut command = Command::new(env!("CARGO_BIN_EXE_painpoint"));
        let arguments = ["analyze", "input.csv", "--out", ".", "--codebook"];
        let ended = command.args(arguments).arg(&codebook).current_dir(workplace.path("")).status();
        assert!(ended.unwrap().success());
        assert!(workplace.path("report.html").is_file());
    }
    assert_eq!(fs::read_to_string(workplace.path("input.csv")).unwrap(), ROWS);
    assert!(!workplace.names().iter().any(|name| name.starts_with(".painpoint")));
}

#[test]
fn what_was_read_is_what_the_manifest_says() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    workplace.analyze(&input, &[]).with_code(0);
    let of_file = workplace.results().manifest()["inputs"][0].clone();
    assert_eq!(of_file["bytes"], ROWS.len());
    let out = workplace.path("out");
    let codebook = workplace.file("codebook.toml", SMALL_CODEBOOK);
    let arguments = ["analyze", "-", "--out", out.to_str().unwrap(), "--codebook"];
    let arguments = arguments.into_iter().chain([codebook.to_str().unwrap()]);
    painpoint_fed(ROWS.as_bytes(), arguments).with_code(0);
    let of_pipe = workplace.results().manifest()["inputs"][0].clone();
    assert_eq!((&of_pipe["bytes"], &of_pipe["sha256"]), (&of_file["bytes"], &of_file["sha256"]));
}

#[test]
fn too_many_rejects_end_with_a_code_of_their_own_and_with_results() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    workplace
        .analyze(&input, &["--max-rejects", "1"])
        .with_code(4)
        .saying(&["2 rows", "rejects.csv"]);
    assert_eq!(workplace.results().table("rejects.csv").rows.len(), 2);
    assert_eq!(workplace.results().table("feedback.csv").rows.len(), 2);
    workplace.analyze(&input, &["--max-rejects", "2"]).with_code(0);
}

#[test]
fn quiet_says_nothing_but_errors() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let ended = workplace.analyze(&input, &["--quiet"]).with_code(0);
    assert_eq!((ended.stdout.as_str(), ended.stderr.as_str()), ("", ""));
    assert!(workplace.path("out").join("report.html").is_file());
    let ended = workplace.analyze(&workplace.path("missing.csv"), &["--quiet"]).with_code(1);
    assert_eq!(ended.stdout, "");
    ended.saying(&["missing.csv"]);
}

#[test]
fn the_summary_goes_to_standard_error_and_the_path_of_the_report_to_standard_output() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let ended = workplace.analyze(&input, &[]).with_code(0);
    let report = workplace.path("out").join("report.html");
    assert_eq!(ended.stdout, format!("{}\n", report.display()));
    ended.saying(&["4 rows: 2 feedback (0 without text), 0 duplicates, 2 rejects", "mentions"]);
}

#[test]
fn cells_that_cannot_be_read_are_counted_on_standard_error() {
    let workplace = Workplace::new();
    let rows: String = (1..=12)
        .map(|day| format!("{day},2026-02-{day:02},The parcel number {day} came late again\n"))
        .collect();
    let csv = format!("id,date,comment\n{rows}13,2026-13-45,The delivery was fine this time\n");
    let input = workplace.file("input.csv", csv);
    workplace.analyze(&input, &[]).with_code(0).saying(&["1 of 13 cells of column \"date\""]);
}
