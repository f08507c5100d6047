//! What the documentation says of the files in `--out`, held against the files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const DOCUMENT: &str = "docs/csv.md";

/// Behind its own columns, this file has those of the input.
const WITH_COLUMNS_OF_THE_INPUT: &str = "feedback.csv";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Headers of the CSV files of every sample's results, by file.
fn headers() -> BTreeMap<String, BTreeSet<Vec<String>>> {
    let mut headers: BTreeMap<String, BTreeSet<Vec<String>>> = BTreeMap::new();
    let folders = fs::read_dir(root().join("tests/golden")).unwrap();
    let files = folders.flat_map(|folder| fs::read_dir(folder.unwrap().path()).unwrap());
    let files = files.map(|file| file.unwrap().path());
    for path in files.filter(|path: &PathBuf| path.extension().is_some_and(|own| own == "csv")) {
        let header = csv::Reader::from_path(&path).unwrap().headers().unwrap().clone();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        headers.entry(name).or_default().insert(header.iter().map(str::to_owned).collect());
    }
    headers
}

/// The section of a file.
fn section(name: &str) -> String {
    let document = fs::read_to_string(root().join(DOCUMENT)).unwrap();
    let sections: Vec<&str> = document.split("\n## ").collect();
    let section = sections.iter().find(|section| section.lines().next() == Some(name));
    section.unwrap_or_else(|| panic!("{DOCUMENT} has no section {name}")).to_string()
}

/// What stands between backticks.
fn named(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// What stands between backticks and bold.
fn stable(text: &str) -> Vec<&str> {
    text.split("**`").skip(1).filter_map(|rest| rest.split("`**").next()).collect()
}

#[test]
fn every_column_of_every_file_is_named_in_its_section() {
    for (name, headers) in headers() {
        let section = section(&name);
        let named = named(&section);
        let own = stable(&section).len();
        for header in headers {
            let end = if name == WITH_COLUMNS_OF_THE_INPUT { own } else { header.len() };
            for column in &header[..end] {
                assert!(named.contains(&column.as_str()), "{DOCUMENT}, {name}: `{column}`");
            }
        }
    }
}

#[test]
fn every_column_in_the_table_of_a_section_is_in_the_file() {
    for (name, headers) in headers().into_iter().filter(|(name, _)| name != "summary.csv") {
        let section = section(&name);
        let cells = section.lines().filter_map(|line| line.strip_prefix("| ")?.split(" | ").next());
        for column in cells.flat_map(named) {
            for header in &headers {
                assert!(header.iter().any(|own| own == column), "{DOCUMENT}, {name}: `{column}`");
            }
        }
    }
}

#[test]
fn stable_columns_stand_first_in_the_order_in_which_they_are_documented() {
    let mut sections_with_stable_columns = 0;
    for (name, headers) in headers() {
        let section = section(&name);
        let stable = stable(&section);
        sections_with_stable_columns += usize::from(!stable.is_empty());
        for header in headers {
            assert_eq!(header[..stable.len()], stable, "{name}");
        }
    }
    assert!(sections_with_stable_columns >= 4);
}
