//! Where results go: all files together or none, results and nothing else on standard output.

use std::fs;

use super::program::{Workplace, painpoint};

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
    workplace.analyze(&input, &[]).with_code(0).saying(&["1 cells of column \"date\""]);
}
