//! Files that no reader likes, each with what a person is told of it: `tests/data/nasty` holds the
//! files, `tests/data/nasty.txt` the messages.
//!
//! A change that is meant is written anew with
//!
//! ```sh
//! PAINPOINT_GOLDEN=write cargo test --release nasty
//! ```
//!
//! Read what changed as somebody who sees it for the first time: is it true, does it say what to do?

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use painpoint::read::inspect::inspect;
use painpoint::read::{ColumnChoice, Feedback, Places, Protection};
use painpoint::score::drafts;

use super::program::Workplace;

/// Where the files are, from the package's folder, in which tests run.
const FOLDER: &str = "tests/data/nasty";

/// Longest that one of these small files may take, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(20);

/// What an option makes of a choice.
type Change = fn(&mut ColumnChoice);

/// Options with files for which they are wrong, or which they set right.
const WITH_OPTIONS: [(&str, &str, Change); 9] = [
    ("semicolons_decimal_commas.csv", "--header-rows 99", |own| own.header_rows = Some(99)),
    ("header_only.csv", "--skip-rows 5", |own| own.skip_rows = Some(5)),
    ("windows1252.csv", "--encoding latin-42", |own| own.encoding = Some("latin-42".into())),
    ("crlf.csv", "--delimiter x", |own| own.delimiter = Some("x".into())),
    ("crlf.csv", "--sheet Answers", |own| own.sheet = Some("Answers".into())),
    ("workbook.xlsx", "--sheet Nowhere", |own| own.sheet = Some("Nowhere".into())),
    ("workbook_hidden_only.xlsx", "--sheet answers", |own| own.sheet = Some("answers".into())),
    ("lines.jsonl", "--text-column coment", |own| own.text_columns = vec!["coment".into()]),
    ("double_encoded.csv", "--fix-mojibake", |own| own.fix_mojibake = true),
];

/// What `inspect` says of inputs.
fn told(paths: &[PathBuf], choice: &ColumnChoice) -> String {
    let places = match Places::find(paths) {
        Ok(places) => places,
        Err(error) => return format!("error: {error}\n"),
    };
    let languages =
        |row: &Feedback, (): &mut ()| drafts(row).iter().map(|own| own.language).collect();
    match inspect(&places.files, (choice, &Protection::none()), languages) {
        Ok((inspections, ())) => inspections.iter().map(|own| format!("{own}\n")).collect(),
        Err(error) => format!("error: {error}\n"),
    }
}

/// A message as it is kept: what would control a terminal is visible.
fn section(title: &str, message: &str) -> String {
    let lines = message.trim_end().lines().map(|line| {
        let visible = |c: char| match c.is_control() {
            true => c.escape_unicode().to_string(),
            false => c.to_string(),
        };
        line.chars().map(visible).collect::<String>()
    });
    let mut section = format!("== {title}\n");
    lines.for_each(|line| writeln!(section, "{line}").unwrap());
    section.push('\n');
    section
}

#[test]
fn whatever_is_wrong_with_a_file_is_told_in_words() {
    let mut names: Vec<String> = fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert!(names.len() > 80, "{}", names.len());
    let mut found = String::new();
    for name in &names {
        let start = Instant::now();
        let message = told(&[Path::new(FOLDER).join(name)], &ColumnChoice::default());
        assert!(start.elapsed() < PATIENCE, "{name}: {:?}", start.elapsed());
        found += &section(name, &message);
    }
    for (name, options, change) in WITH_OPTIONS {
        let mut choice = ColumnChoice::default();
        change(&mut choice);
        let message = told(&[Path::new(FOLDER).join(name)], &choice);
        found += &section(&format!("{name} {options}"), &message);
    }
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/nasty.txt");
    if std::env::var_os("PAINPOINT_GOLDEN").is_some_and(|value| value == "write") {
        fs::write(&golden, &found).unwrap();
    }
    let kept = fs::read_to_string(&golden).unwrap();
    let parts = |text: &str| text.split("\n\n== ").map(str::to_owned).collect::<Vec<_>>();
    let (kept, found) = (parts(&kept), parts(&found));
    let differing = found.iter().filter(|part| !kept.contains(part)).map(String::as_str);
    let differing: Vec<&str> = differing.collect();
    assert!(
        differing.is_empty() && kept.len() == found.len(),
        "{}\nif this is meant: PAINPOINT_GOLDEN=write cargo test --release nasty",
        differing.join("\n\n== ")
    );
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_told_and_nothing_waits_for_it() {
    let workplace = Workplace::new();
    let folder = workplace.path("exports");
    fs::create_dir(&folder).unwrap();
    let pipe = folder.join("pipe.csv");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    std::os::unix::fs::symlink("loop.csv", folder.join("loop.csv")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.join("dangling.csv")).unwrap();
    let choice = ColumnChoice::default();
    let message = |path: &Path| told(&[path.to_owned()], &choice);
    assert!(message(&folder).contains("holds no file of feedback"));
    assert!(message(&folder.join("dangling.csv")).contains("no such file"));
    assert!(message(&folder.join("loop.csv")).contains("cannot be read"));
    assert!(message(Path::new("/dev/null")).contains("is empty"));
}
