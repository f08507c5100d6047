//! A test for each defect that was found, named after what should hold.

use std::ffi::OsStr;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use super::program::{Results, Workplace, painpoint};

fn analyze(workplace: &Workplace, inputs: &[PathBuf], out: &str) -> Results {
    let codebook = workplace.file("small.toml", super::program::SMALL_CODEBOOK);
    let out = workplace.path(out);
    let flags = ["--codebook".as_ref(), codebook.as_os_str(), "--out".as_ref(), out.as_os_str()];
    let inputs = inputs.iter().map(|path| path.as_os_str());
    painpoint([OsStr::new("analyze")].into_iter().chain(inputs).chain(flags)).with_code(0);
    Results(out)
}

/// Checks that a file and the same file in two halves give the same report.
#[track_caller]
fn may_be_split(header: &str, rows: &[String]) {
    let workplace = Workplace::new();
    let file =
        |name: &str, rows: &[String]| workplace.file(name, header.to_owned() + &rows.concat());
    let (first, second) = rows.split_at(rows.len() / 2);
    let whole = analyze(&workplace, &[file("whole.csv", rows)], "whole");
    let parts = [file("first.csv", first), file("second.csv", second)];
    let parts = analyze(&workplace, &parts, "parts");
    assert!(whole.text("report.html") == parts.text("report.html"));
}

#[test]
fn the_scale_of_ratings_does_not_depend_on_the_split() {
    let rating = |i: usize| if i < 30 { i % 3 + 8 } else { i % 5 + 1 };
    let rows = (0..60).map(|i| format!("r{i},{},The parcel number {i} came late\n", rating(i)));
    may_be_split("id,rating,comment\n", &rows.collect::<Vec<_>>());
}

#[test]
fn the_order_of_day_and_month_does_not_depend_on_the_split() {
    let rows = (1..25).map(|i| format!("r{i},04/{i:02}/2026,The parcel number {i} came late\n"));
    may_be_split("id,date,comment\n", &rows.collect::<Vec<_>>());
}

#[test]
fn a_column_of_touchpoints_is_one_in_every_part_of_a_split() {
    let names = ["Rechnung", "App", "Filiale", "Lieferung", "Hotline", "Website", "Chat", "Kasse"];
    let rows = (0..48).map(|i| format!("r{i},{},The parcel number {i} came late\n", names[i % 8]));
    may_be_split("id,touchpoint,comment\n", &rows.collect::<Vec<_>>());
}

#[test]
fn the_order_of_the_inputs_does_not_matter() {
    let workplace = Workplace::new();
    let file = |name: &str, most: usize| {
        let rows =
            (0..30).map(|i| format!("{name}{i},{},The parcel came late {i}\n", i % most + 1));
        workplace.file(name, format!("id,stars,comment\n{}", rows.collect::<String>()))
    };
    let (five, ten) = (file("five", 5), file("ten", 10));
    let one = analyze(&workplace, &[five.clone(), ten.clone()], "one");
    let other = analyze(&workplace, &[ten, five], "other");
    assert!(one.text("report.html") == other.text("report.html"));
}

#[test]
fn a_touchpoint_of_complaints_alone_has_pain_points() {
    let workplace = Workplace::new();
    let rows = (0..40).map(|i| match i % 2 {
        0 => format!("c{i},The parcel came much too late again\n"),
        _ => format!("p{i},Great quality and I love the lamp\n"),
    });
    let input = workplace.file("input.csv", format!("id,comment\n{}", rows.collect::<String>()));
    let results = analyze(&workplace, &[input], "out");
    let table = results.table("pain_points.csv");
    let kinds = table.column("kind");
    assert!(kinds.contains(&"pain_point"), "{}", results.text("touchpoints.csv"));
}

#[test]
fn columns_of_the_same_name_are_both_passed_through() {
    let workplace = Workplace::new();
    let csv = "id,comment,comment\n1,The parcel came late,The staff was friendly\n\
               2,Delivery was quick,Nobody called me back\n";
    let input = workplace.file("input.csv", csv);
    let feedback = analyze(&workplace, &[input], "out").text("feedback.csv");
    assert!(feedback.contains("The staff was friendly"), "{feedback}");
}

#[test]
fn a_semicolon_in_the_name_of_a_touchpoint_does_not_make_two_of_it() {
    let workplace = Workplace::new();
    let rows = (0..12).map(|i| format!("{i},Rechnung; Zahlung,The bill was wrong again {i}\n"));
    let csv = format!("id,touchpoint,comment\n{}", rows.collect::<String>());
    let input = workplace.file("input.csv", csv);
    let mentions = analyze(&workplace, &[input], "out").table("mentions.csv");
    assert_eq!(mentions.rows[0].list("touchpoints").len(), 1);
}

#[test]
fn a_folder_in_the_place_of_a_result_stops_the_run_before_anything_is_replaced() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", "id,comment\n1,The parcel came late\n");
    fs::create_dir_all(workplace.path("out/report.html/mine")).unwrap();
    workplace.analyze(&input, &[]).with_code(2).saying(&["report.html", "--out"]);
    assert_eq!(workplace.results().names(), ["report.html"]);
}

#[test]
fn a_reader_that_has_seen_enough_of_a_script_is_no_error() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = Command::new(env!("CARGO_BIN_EXE_painpoint"))
        .args(["completions", "bash"])
        .stdout(writer)
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

#[test]
fn a_cause_is_told_once() {
    let ended = painpoint(["model", "show", "/nowhere"]).with_code(1);
    assert_eq!(ended.stderr.matches("os error 2").count(), 1, "{}", ended.stderr);
}

#[cfg(unix)]
#[test]
fn a_named_pipe_is_read_once() {
    let workplace = Workplace::new();
    let pipe = workplace.path("pipe.csv");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let out = workplace.path("out");
    let mut child = Command::new(env!("CARGO_BIN_EXE_painpoint"))
        .args(["analyze".as_ref(), pipe.as_os_str(), "--out".as_ref(), out.as_os_str()])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    fs::write(&pipe, "id,comment\n1,The parcel came late\n").unwrap();
    let end = std::time::Instant::now() + std::time::Duration::from_secs(60);
    while child.try_wait().unwrap().is_none() {
        if std::time::Instant::now() > end {
            child.kill().unwrap();
            panic!("the program waits for the pipe to be written again");
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
}
