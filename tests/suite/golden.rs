//! Every file of `--out` for every sample, kept whole: what moves in the code must not move a byte.
//!
//! A change that is meant is written anew with
//!
//! ```sh
//! PAINPOINT_GOLDEN=write cargo test --release golden
//! ```
//!
//! and shown by `git diff tests/golden`. Seconds, and the folder of the run, are all that two runs may differ in: they are
//! left out.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use painpoint::painpoint::findings::Findings;
use painpoint::report::{Reader, ReportLanguage, export};

use super::program::{Workplace, painpoint};

/// Samples and the language in which each is reported.
const SAMPLES: [(&str, &str); 5] = [
    ("beschwerden_touchpoints.csv", "de"),
    ("messy.csv", "en"),
    ("shop_reviews.csv", "en"),
    ("social_posts.tsv", "en"),
    ("umfrage_energie.csv", "de"),
];

/// Made of the same findings as the page; what is in it, other tests tell.
const WORKBOOK: &str = "report.xlsx";

#[test]
fn golden_folders_are_what_samples_give() {
    let mut differences = Vec::new();
    for (sample, language) in SAMPLES {
        let workplace = Workplace::new();
        let out = workplace.path("out");
        let input = format!("samples/{sample}");
        let out_name = out.display().to_string();
        painpoint(["analyze", &input, "--out", &out_name, "--report-lang", language]).with_code(0);
        let stem = sample.split('.').next().unwrap();
        let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(stem);
        if std::env::var_os("PAINPOINT_GOLDEN").is_some_and(|value| value == "write") {
            write(&out, &golden);
        }
        let found = compare(&out, &golden).into_iter().chain(compare_with_findings(&out, language));
        differences.extend(found.map(|line| format!("{stem}/{line}")));
    }
    assert!(
        differences.is_empty(),
        "{}\nif this is meant: PAINPOINT_GOLDEN=write cargo test --release golden",
        differences.join("\n")
    );
}

/// Writes report and tables of the findings in a folder alone: they are those of the folder.
fn compare_with_findings(folder: &Path, language: &str) -> Vec<String> {
    let findings = fs::read_to_string(folder.join("findings.json")).unwrap();
    let findings = Findings::read(&findings).unwrap();
    let language: ReportLanguage = serde_json::from_value(language.into()).unwrap();
    let again = Workplace::new();
    export(&findings, &Reader { language, ..Reader::default() }, |file| {
        fs::File::create(again.path(file.name())).map_err(anyhow::Error::from)
    })
    .unwrap();
    let workbooks = [&again.path(""), folder].map(|own| fs::read(own.join(WORKBOOK)).unwrap());
    assert!(workbooks[0] == workbooks[1], "{WORKBOOK}: not the same bytes");
    let made = again.names();
    assert!(made.len() > 10, "{made:?}");
    let differs = |name: &String| content(&again.path(""), name) != content(folder, name);
    let differing = made.into_iter().filter(differs);
    differing.map(|name| format!("{name}: findings.json does not give it")).collect()
}

fn names(folder: &Path) -> BTreeSet<String> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeSet::new() };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name != WORKBOOK).collect()
}

/// A file as it is compared.
fn content(folder: &Path, name: &str) -> Option<String> {
    let text = fs::read_to_string(folder.join(name)).ok()?;
    if name != "run.json" {
        return Some(text);
    }
    let mut manifest: serde_json::Value = serde_json::from_str(&text).unwrap();
    let members = manifest.as_object_mut().unwrap();
    members.retain(|name, _| !["seconds", "folder"].contains(&name.as_str()));
    Some(serde_json::to_string_pretty(&manifest).unwrap() + "\n")
}

fn write(out: &Path, golden: &Path) {
    let _ = fs::remove_dir_all(golden);
    fs::create_dir_all(golden).unwrap();
    for name in names(out) {
        fs::write(golden.join(&name), content(out, &name).unwrap()).unwrap();
    }
}

/// A few lines for each file that is not as it was.
fn compare(out: &Path, golden: &Path) -> Vec<String> {
    let all: BTreeSet<String> = names(out).union(&names(golden)).cloned().collect();
    all.iter()
        .filter_map(|name| match (content(golden, name), content(out, name)) {
            (Some(before), Some(now)) if before == now => None,
            (Some(before), Some(now)) => {
                Some(format!("{name}: {}", first_difference(&before, &now)))
            }
            (None, _) => Some(format!("{name}: new")),
            (_, None) => Some(format!("{name}: missing")),
        })
        .collect()
}

/// The first line that differs, before and now, and how many do.
fn first_difference(before: &str, now: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), now.lines().collect());
    let longest = old.len().max(new.len());
    let differ: Vec<usize> = (0..longest).filter(|&at| old.get(at) != new.get(at)).collect();
    let Some(&first) = differ.first() else {
        return "line ends differ".to_owned();
    };
    let show =
        |lines: &[&str]| lines.get(first).map_or("(no line)".to_owned(), |line| excerpt(line));
    format!(
        "{} of {longest} lines differ, the first is line {}\n  was: {}\n  is:  {}",
        differ.len(),
        first + 1,
        show(&old),
        show(&new)
    )
}

fn excerpt(line: &str) -> String {
    let mut shown: String = line.chars().take(300).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    shown
}

/// docs/findings.schema.json describes what is written, and refuses what is not.
#[test]
fn findings_are_as_their_schema_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &Path| -> serde_json::Value {
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
    };
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    compiler.add_resource("schema.json", read(&root.join("docs/findings.schema.json"))).unwrap();
    let schema = compiler.compile("schema.json", &mut schemas).unwrap();
    for (sample, _) in SAMPLES {
        let stem = sample.split('.').next().unwrap();
        let findings = read(&root.join("tests/golden").join(stem).join("findings.json"));
        if let Err(error) = schemas.validate(&findings, schema) {
            panic!("{sample}: {error:#}");
        }
        let refuses = |change: &dyn Fn(&mut serde_json::Value)| {
            let mut wrong = findings.clone();
            change(&mut wrong);
            assert!(schemas.validate(&wrong, schema).is_err(), "{wrong}");
        };
        refuses(&|wrong| wrong["summary"]["covered"]["share"] = 1.2.into());
        refuses(&|wrong| wrong["summary"]["rows"]["feedback"] = (-1).into());
        refuses(&|wrong| wrong["later"] = true.into());
        refuses(&|wrong| _ = wrong.as_object_mut().unwrap().remove("topics"));
    }
}
