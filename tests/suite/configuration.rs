//! `painpoint.toml` and `codebook.toml`: writing them, using them, and what is said of mistakes.

use std::fs;

use super::program::{SMALL_CODEBOOK, Workplace, painpoint};

const ROWS: &str = "id,remark,comment\n\
    1,Order 17,The parcel came two weeks late and nobody called.\n\
    2,Order 18,Very friendly staff and a quick answer on the phone.\n\
    3,Order 19\n";

#[test]
fn init_writes_files_that_a_run_accepts() {
    let workplace = Workplace::new();
    let folder = workplace.path("settings/nightly");
    let written = painpoint(["init".as_ref(), folder.as_os_str()]).with_code(0);
    let (config, codebook) = (folder.join("painpoint.toml"), folder.join("codebook.toml"));
    assert_eq!(written.stdout, format!("{}\n{}\n", config.display(), codebook.display()));

    let input = workplace.file("input.csv", ROWS);
    let run = |out: &str, flags: &[&std::ffi::OsStr]| {
        let out = workplace.path(out);
        let arguments = ["analyze".as_ref(), input.as_os_str(), "--out".as_ref(), out.as_os_str()];
        painpoint(arguments.into_iter().chain(flags.iter().copied())).with_code(0);
        let text = |name| fs::read_to_string(out.join(name)).unwrap();
        ["report.html", "mentions.csv", "touchpoints.csv"].map(text)
    };
    let flags =
        ["--config".as_ref(), config.as_os_str(), "--codebook".as_ref(), codebook.as_os_str()];
    assert!(run("with", &flags) == run("without", &[]), "the files hold the defaults");
}

#[test]
fn init_never_overwrites() {
    let workplace = Workplace::new();
    workplace.file("painpoint.toml", "mine");
    let ended = painpoint(["init".as_ref(), workplace.path("").as_os_str()]).with_code(1);
    ended.saying(&["painpoint.toml", "never overwritten"]);
    assert_eq!(fs::read(workplace.path("painpoint.toml")).unwrap(), b"mine");
}

#[test]
fn a_codebook_of_ones_own_names_the_touchpoints() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    workplace.analyze(&input, &[]).with_code(0);
    let touchpoints = workplace.results().table("touchpoints.csv");
    let mut names = touchpoints.column("touchpoint");
    names.sort_unstable();
    assert!(names == ["delivery", "general"] || names == ["delivery"], "{names:?}");
    let mentions = workplace.results().table("mentions.csv");
    let late = mentions.rows.iter().find(|row| row.text("text").contains("parcel")).unwrap();
    assert_eq!(late.list("touchpoints"), ["delivery"]);
    assert!(["keyphrase", "both"].contains(&late.text("found_by")), "{late:?}");
}

#[test]
fn mistakes_in_a_codebook_are_shown_with_file_line_column_and_remedy() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    for (mistake, line, column, what) in [
        (SMALL_CODEBOOK.replace("phase = \"purchase\"", "phase = \"purchasing\""), 4, 9, "purchas"),
        (SMALL_CODEBOOK.replace("phase", "stage"), 4, 1, "stage"),
        (SMALL_CODEBOOK.replace("\"delivery\", \"parcel\"", "\"delivery\", 7"), 6, 30, "text"),
        (SMALL_CODEBOOK.replace("[[touchpoint]]", "[[touchpoint"), 2, 13, "TOML"),
        (format!("{SMALL_CODEBOOK}{SMALL_CODEBOOK}"), 9, 6, "delivery"),
        (String::new(), 1, 1, "no touchpoints"),
    ] {
        let codebook = workplace.file("codebook.toml", &mistake);
        let out = workplace.path("out");
        let ended = painpoint([
            "analyze".as_ref(),
            input.as_os_str(),
            "--codebook".as_ref(),
            codebook.as_os_str(),
            "--out".as_ref(),
            out.as_os_str(),
        ]);
        assert!(!out.exists());
        let place = format!("codebook.toml:{line}:{column}:");
        ended.with_code(2).saying(&[&place, what]);
    }
}

#[test]
fn a_codebook_or_configuration_that_is_missing_is_named() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let missing = workplace.path("missing.toml");
    for flag in ["--codebook", "--config"] {
        let arguments = ["analyze".as_ref(), input.as_os_str(), flag.as_ref(), missing.as_os_str()];
        painpoint(arguments).with_code(2).saying(&["missing.toml", "cannot read"]);
    }
}

#[test]
fn mistakes_in_the_configuration_are_shown_with_their_line() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    for (mistake, parts) in [
        ("excel = true\ncodebok = \"x\"\n", ["line 2", "codebok"]),
        ("excel = true\n\nthreads = \"many\"\n", ["line 3", "threads"]),
        ("excel =\n", ["line 1", "excel"]),
        ("[columns]\ntext = \"comment\"\n", ["line 2", "text"]),
        ("report_lang = \"fr\"\n", ["report_lang", "de and en"]),
        ("detail = \"finest\"\n", ["detail", "coarse, normal and fine"]),
        ("precision = \"f64\"\n", ["precision", "int8 and f32"]),
    ] {
        let config = workplace.file("painpoint.toml", mistake);
        let config = config.to_str().unwrap();
        let ended = workplace.refuses(&input, &["--config", config]).with_code(2);
        ended.saying(&parts);
    }
}

#[test]
fn settings_hold_and_flags_win_over_them() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    workplace.file("small.toml", SMALL_CODEBOOK);
    let config = workplace.file(
        "painpoint.toml",
        "codebook = \"small.toml\"\nreport_lang = \"de\"\nexcel = true\nmax_rejects = 0\n\
         precision = \"f32\"\nthreads = 1\n[columns]\ntext = [\"comment\"]\nsegments = [\"remark\"]\n",
    );
    let out = workplace.path("out");
    let run = |flags: &[&str]| {
        let arguments = ["analyze".as_ref(), input.as_os_str(), "--out".as_ref(), out.as_os_str()];
        let arguments = arguments.into_iter().chain(["--config".as_ref(), config.as_os_str()]);
        painpoint(arguments.chain(flags.iter().map(std::ffi::OsStr::new)))
    };
    run(&[]).with_code(4);
    let results = workplace.results();
    assert!(results.text("report.html").contains("<html lang=\"de\">"));
    assert!(results.text("feedback.csv").starts_with("\u{feff}feedback_id;input"));
    assert_eq!(results.manifest()["model"]["precision"], "f32");
    let columns = &results.manifest()["inputs"][0]["columns"];
    assert_eq!(columns[1], serde_json::json!({ "name": "remark", "role": "segment" }));

    let flags = ["--report-lang", "en", "--max-rejects", "1", "--precision", "int8"];
    run(&flags).with_code(0);
    assert!(results.text("report.html").contains("<html lang=\"en\">"));
    assert_eq!(results.manifest()["model"]["precision"], "int8");
}
