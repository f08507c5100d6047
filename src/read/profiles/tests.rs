//! The built-in profiles, each on an export of its tool that was written for this project.

mod cases;

use std::path::PathBuf;

use super::*;
use crate::read::columns::Role::{self, Date, Id, Other, Text};
use crate::read::{ColumnChoice, Doubt, InputRow, open};
use cases::CASES;

fn fixture(name: &str) -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "data", "profiles", name].iter().collect()
}

/// Rows that are feedback, and that are left out.
fn read(name: &str, choice: &ColumnChoice) -> (u64, u64, Vec<Doubt>) {
    let (mut feedback, mut left_out) = (0, 0);
    let mut input = open(&fixture(name), choice).unwrap();
    for row in input.by_ref() {
        match row.unwrap() {
            InputRow::Feedback(_) => feedback += 1,
            InputRow::LeftOut(_) => left_out += 1,
            InputRow::Reject(reject) => panic!("{name}: {reject}"),
            InputRow::Replaced(_) => panic!("{name} is one input"),
        }
    }
    (feedback, left_out, input.doubts())
}

#[test]
fn every_built_in_profile_can_be_read() {
    for (name, source) in SOURCES {
        if let Err(problem) = Profile::parse(source) {
            panic!("{name}: {problem}");
        }
        assert!(CASES.iter().any(|case| case.file.starts_with(name)), "{name} has no fixture");
    }
}

#[test]
fn every_tool_is_known_and_read_right() {
    let mut wrong = Vec::new();
    for case in CASES {
        let input = open(&fixture(case.file), &ColumnChoice::default()).unwrap();
        let known = input.layout.profile.as_ref().map(|profile| profile.name.as_str());
        let mut came: Vec<(&str, Role)> =
            input.layout.columns.iter().map(|own| (own.name.as_str(), own.role)).collect();
        came.retain(|(_, role)| *role != Other);
        let mut expected = case.roles.to_vec();
        let by_name = |own: &(&'static str, Role)| own.0;
        expected.sort_by_key(by_name);
        came.sort_by_key(|own| own.0);
        let (feedback, left_out, doubts) = read(case.file, &ColumnChoice::default());
        let facts = (known, input.header.records.len(), feedback, left_out);
        let wanted = (Some(case.profile), case.header_rows, case.feedback, case.left_out);
        if came != expected || facts != wanted {
            wrong.push(format!("{}: {facts:?}, {came:#?}, not {wanted:?}", case.file));
        }
        let told: u64 = doubts
            .iter()
            .filter_map(|doubt| match doubt {
                Doubt::LeftOut { evidence, .. } => Some(evidence.count),
                _ => None,
            })
            .sum();
        assert_eq!(told, left_out, "{}: {doubts:?}", case.file);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_a_profile_says_gives_way_to_the_user() {
    let all = ColumnChoice { all_rows: true, ..ColumnChoice::default() };
    assert_eq!(read("x.csv", &all).0, 16);
    let none = ColumnChoice { profiles: vec!["none".into()], ..ColumnChoice::default() };
    assert_eq!(read("qualtrics.csv", &none).0, 8);
    let roles = vec!["Device=other".parse().unwrap()];
    let choice = ColumnChoice {
        roles,
        date_column: Some("Review Last Update Date and Time".into()),
        ..ColumnChoice::default()
    };
    let input = open(&fixture("google_play_console.csv"), &choice).unwrap();
    let role = |name: &str| input.layout.columns.iter().find(|own| own.name == name).unwrap().role;
    assert_eq!(role("Device"), Other);
    assert_eq!(role("Review Last Update Date and Time"), Date);
    assert_ne!(role("Review Submit Date and Time"), Date);
}

#[test]
fn what_the_content_contradicts_does_not_hold() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("in.csv");
    // The numbers of Finished mean something else here, and the ids are one and the same.
    let row = |at: usize| format!("R_1,soon,0,the parcel number {at} came late,{at}\n");
    let rows: String = (1..30).map(row).collect();
    std::fs::write(&path, format!("ResponseId,RecordedDate,Finished,Q2,Q9\n{rows}")).unwrap();
    let mut input = open(&path, &ColumnChoice::default()).unwrap();
    let roles: Vec<Role> = input.layout.columns.iter().map(|own| own.role).collect();
    assert!(roles[0] != Id && roles[1] != Date && roles[3] == Text, "{roles:?}");
    assert!(input.all(|row| matches!(row, Ok(InputRow::Feedback(_)))));
}

#[test]
fn a_user_adds_a_profile_and_is_told_what_is_wrong_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let (path, rows) = (folder.path().join("own.toml"), folder.path().join("in.csv"));
    std::fs::write(
        &rows,
        "nr,wann,w1,w2\n1,03/04/2026,the app is slow,\n2,03/05/2026,n.b.,x\n3,03/06/2026,late,\n",
    )
    .unwrap();
    let open_with = |profile: &str| {
        std::fs::write(&path, profile).unwrap();
        open(&rows, &ColumnChoice { profiles: vec![path.clone()], ..ColumnChoice::default() })
    };
    let own = "name = \"Ours\"\nall_of = [\"NR\", [\"when\", \"wann\"]]\ndate_order = \"mdy\"\nno_text = [\"n.b.\"]\n\
               [roles]\ntext = [\"w1\"]\n[[left_out]]\ncolumns = [\"w2\"]\nwhat = \"preview\"\nvalues = [\"x\"]\n";
    let mut input = open_with(own).ok().unwrap();
    let known = input.layout.profile.clone().unwrap();
    assert_eq!(
        (known.name.as_str(), &known.known_by[..]),
        ("Ours", &["nr".to_owned(), "wann".to_owned()][..])
    );
    let rows: Vec<InputRow> = input.by_ref().map(Result::unwrap).collect();
    assert!(matches!(rows[1], InputRow::LeftOut(_)), "{rows:?}");
    let InputRow::Feedback(first) = &rows[0] else { panic!("{rows:?}") };
    assert_eq!(first.date, Some(jiff::civil::date(2026, 3, 4)));
    for (wrong, told) in [
        ("name = \"x\"\n", "by which columns"),
        ("name = \"x\"\nall_of = [\"a\"]\n[roles]\ntxt = [\"a\"]\n", "line 4"),
        ("name = \"x\"\nall_of = [\"*\"]\n", "says nothing"),
        ("name = \"x\"\nall_of = [\"a\"]\nheader_rows = 9\n", "1 to 3"),
    ] {
        let error = open_with(wrong).err().unwrap().to_string();
        assert!(error.contains("own.toml") && error.contains(told), "{error}");
    }
}
