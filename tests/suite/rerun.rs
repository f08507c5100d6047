//! `painpoint rerun`: a run repeated out of its `run.json`, or refused with all that is not as it was.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::program::{Ended, Results, SMALL_CODEBOOK, Workplace, painpoint, painpoint_fed};

const ROWS: &str = "id,remark,comment\n\
    1,Order 17,The parcel came two weeks late and nobody called Anna Schmidt.\n\
    2,Order 18,Very friendly staff and a quick answer on the phone.\n\
    3,Order 19,The parcel was damaged. I want my money back.\n";

const KEY: &str = "correct horse battery staple";

/// A run with every kind of file that decides a result, and settings from everywhere.
fn run(workplace: &Workplace) -> PathBuf {
    fs::create_dir(workplace.path("inputs")).unwrap();
    workplace.file("inputs/a.csv", ROWS);
    workplace.file("inputs/b.csv", ROWS.replace("parcel", "package").replace("Order", "Nr."));
    workplace.file("inputs/notes.md", "passed over");
    workplace.file("small.toml", SMALL_CODEBOOK);
    workplace.file(
        "corrections.csv",
        "feedback_id,mention,target,field,value\n1,1,,sentiment,neutral\n",
    );
    workplace.file("names.txt", "Schmidt\n");
    workplace.file("key.txt", KEY);
    workplace.file("logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    let config = "codebook = \"small.toml\"\ncorrections = \"corrections.csv\"\ndetail = \"fine\"\nthreads = 2\n\
                  cache = \"scores.sqlite\"\n[columns]\nid = \"id\"\ntext = [\"comment\"]\n\
                  [privacy]\nnames = \"names.txt\"\npseudonymise_ids = \"key.txt\"\n\
                  [report]\nlogo = \"logo.svg\"\ntitle = \"Was \\\"Kunden\\\" # sagen\"\n";
    workplace.file("painpoint.toml", config);
    let earlier = ["analyze", "inputs/a.csv", "--config", "painpoint.toml", "--out", "earlier"];
    within(workplace, &earlier).with_code(0);
    let arguments = [
        "analyze",
        "inputs",
        "--config",
        "painpoint.toml",
        "--out",
        "out",
        "--excel",
        "--baseline",
        "earlier",
    ];
    within(workplace, &arguments).with_code(0);
    workplace.path("out/run.json")
}

/// Runs the program in the folder, so that paths are relative to it.
fn within(workplace: &Workplace, arguments: &[&str]) -> Ended {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_painpoint"));
    let output = command.args(arguments).current_dir(workplace.path("")).output().unwrap();
    Ended {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

fn rerun(recorded: &Path, out: &Path, flags: &[&str]) -> Ended {
    let own = ["rerun".as_ref(), recorded.as_os_str(), "--out".as_ref(), out.as_os_str()];
    painpoint(own.into_iter().chain(flags.iter().map(std::ffi::OsStr::new)))
}

/// `run.json` without that in which two runs differ.
fn lasting(results: &Results) -> Value {
    let mut manifest = results.manifest();
    manifest
        .as_object_mut()
        .unwrap()
        .retain(|name, _| !["seconds", "cache"].contains(&name.as_str()));
    manifest
}

#[test]
fn a_run_is_repeated_to_the_byte_from_anywhere() {
    let workplace = Workplace::new();
    let recorded = run(&workplace);
    let (first, again) = (workplace.results(), Results(workplace.path("again")));
    let ended = rerun(&recorded, &again.0, &["--threads", "1"]).with_code(0);
    assert_eq!(ended.stdout, format!("{}\n", again.0.join("report.html").display()));
    assert_eq!(first.names(), again.names());
    for name in first.names().iter().filter(|name| *name != "run.json") {
        assert!(first.bytes(name) == again.bytes(name), "{name}");
    }
    assert_eq!(lasting(&first), lasting(&again));
    assert!(again.manifest().get("cache").is_none());
    // What is repeated can be repeated.
    let third = workplace.path("third");
    let cache = workplace.path("scores.sqlite").display().to_string();
    rerun(&again.0.join("run.json"), &third, &["--quiet", "--cache", &cache]).with_code(0);
    assert_eq!(Results(third).manifest()["cache"]["scored"], 0);
}

#[test]
fn run_json_tells_what_decided_and_no_secret() {
    let workplace = Workplace::new();
    run(&workplace);
    let text = workplace.results().text("run.json");
    for secret in [KEY, "Schmidt", "two weeks late"] {
        assert!(!text.contains(secret), "{secret}");
    }
    let manifest = workplace.results().manifest();
    let files = manifest["files"].as_array().unwrap();
    let roles: Vec<&str> = files.iter().map(|own| own["role"].as_str().unwrap()).collect();
    assert_eq!(roles, ["codebook", "corrections", "baseline", "names", "key", "logo"]);
    for own in files {
        assert!(Path::new(own["path"].as_str().unwrap()).is_absolute(), "{own}");
        assert_eq!(own["sha256"].as_str().unwrap().len(), 64);
    }
    assert_eq!(files[4]["bytes"], KEY.len());
    assert_eq!(manifest["passed_over"], serde_json::json!(["inputs/notes.md"]));
    let configuration = manifest["configuration"].as_str().unwrap();
    for line in ["detail = \"fine\"", "excel = true", "[report]"] {
        assert!(configuration.lines().any(|own| own == line), "{line}: {configuration}");
    }
    assert!(
        !configuration.contains("threads") && !configuration.contains("cache"),
        "{configuration}"
    );
}

#[test]
fn every_file_that_is_not_as_it_was_is_named() {
    let workplace = Workplace::new();
    let recorded = run(&workplace);
    workplace.file("inputs/a.csv", format!("{ROWS}4,Order 20,Fine.\n"));
    workplace.file("small.toml", SMALL_CODEBOOK.replace("parcel", "package"));
    fs::remove_file(workplace.path("names.txt")).unwrap();
    fs::remove_dir_all(workplace.path("earlier")).unwrap();
    let manifest = workplace.results().manifest();
    let expected = manifest["inputs"][0]["sha256"].as_str().unwrap();
    let again = workplace.path("again");
    for flags in [&[][..], &["--force"]] {
        let ended = rerun(&recorded, &again, flags).with_code(2);
        assert_eq!(ended.stdout, "");
        let ended = ended.saying(&[
            "run.json: this run cannot be repeated",
            &format!("input inputs/a.csv: changed: expected sha256 {expected} of "),
            "small.toml: changed: ",
            "names.txt: missing: ",
            "findings.json: missing: ",
            "nothing was written",
        ]);
        assert!(
            !ended.stderr.contains("b.csv") && !ended.stderr.contains("key.txt"),
            "{}",
            ended.stderr
        );
    }
    assert!(!again.exists());
}

#[test]
fn another_version_of_the_program_repeats_a_run_only_if_forced() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    workplace.analyze(&input, &[]).with_code(0);
    let mut manifest = workplace.results().manifest();
    manifest["painpoint"] = "0.0.9".into();
    manifest["model"]["sha256"] = "0".repeat(64).into();
    let recorded = workplace.file("run.json", manifest.to_string());
    let again = workplace.path("again");
    let refused = rerun(&recorded, &again, &[]).with_code(2);
    refused.saying(&[
        "painpoint: expected version 0.0.9",
        "model in painpoint: changed",
        "--force",
    ]);
    assert!(!again.exists());
    let ended = rerun(&recorded, &again, &["--force", "--quiet"]).with_code(0);
    ended.saying(&["Z warning: painpoint: expected version 0.0.9, this is ", "model in painpoint"]);
    let again = Results(again);
    assert!(workplace.results().bytes("findings.json") == again.bytes("findings.json"));
    assert_eq!(again.manifest()["painpoint"], env!("CARGO_PKG_VERSION"));
}

#[test]
fn what_cannot_be_repeated_is_told_with_the_remedy() {
    let workplace = Workplace::new();
    let codebook = workplace.file("small.toml", SMALL_CODEBOOK);
    let (out, again) = (workplace.path("out"), workplace.path("again"));
    let arguments = [
        "analyze".as_ref(),
        "-".as_ref(),
        "--codebook".as_ref(),
        codebook.as_os_str(),
        "--out".as_ref(),
        out.as_os_str(),
    ];
    painpoint_fed(ROWS.as_bytes(), arguments).with_code(0);
    let recorded = out.join("run.json");
    rerun(&recorded, &again, &[]).with_code(2).saying(&["standard input cannot be read again"]);

    let mut manifest = workplace.results().manifest();
    manifest.as_object_mut().unwrap().remove("configuration");
    let older = workplace.file("older.json", manifest.to_string());
    rerun(&older, &again, &[]).with_code(2).saying(&["older.json", "`configuration`", "anew"]);
    let none = workplace.path("none.json");
    rerun(&none, &again, &[]).with_code(2).saying(&["none.json: cannot read it"]);

    let input = workplace.file("input.csv", ROWS);
    workplace.analyze(&input, &[]).with_code(0);
    rerun(&recorded, &out, &[]).with_code(2).saying(&["run.json", "--out"]);
    let mut manifest = workplace.results().manifest();
    manifest["folder"] = workplace.path("gone").display().to_string().into();
    let moved = workplace.file("moved.json", manifest.to_string());
    rerun(&moved, &again, &[]).with_code(2).saying(&["gone: ", "the run was made there"]);
    assert!(!again.exists());
}
