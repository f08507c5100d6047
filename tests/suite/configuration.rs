//! `painpoint.toml` and `codebook.toml`: writing them, using them, and what is said of mistakes.

use std::fs;

use super::program::{SMALL_CODEBOOK, Workplace, painpoint, painpoint_in};

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
fn init_writes_the_sector_that_it_is_told() {
    let workplace = Workplace::new();
    let folder = workplace.path("own");
    let told = ["init".as_ref(), folder.as_os_str(), "--sector".as_ref(), "travel".as_ref()];
    painpoint(told).with_code(0);
    let config = folder.join("painpoint.toml");
    let shown = painpoint(["config".as_ref(), "--config".as_ref(), config.as_os_str()]);
    let shown = shown.with_code(0).stdout;
    assert!(shown.contains("\nsector = \"travel\"  # "), "{shown}");
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
fn mistakes_in_the_configuration_are_shown_with_file_line_column_and_remedy() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    for (mistake, place, what) in [
        ("excel = true\ncodebok = \"x\"\n", ":2:1: ", "codebok"),
        ("excel = true\n\nthreads = \"many\"\n", ":3:11: ", "many"),
        ("threads = 4000\n", ":1:11: ", "1024"),
        ("report_lang = \"fr\"\n", ":1:15: ", "`de` or `en`"),
        ("\ntouchpoint = \"moon\"\n", ":2:14: ", "delivery"),
    ] {
        let config = workplace.file("painpoint.toml", mistake);
        let config = config.to_str().unwrap();
        let ended = workplace.refuses(&input, &["--config", config]).with_code(2);
        ended.saying(&[&format!("painpoint.toml{place}"), what]);
    }
}

#[test]
fn every_command_that_reads_or_scores_takes_the_configuration() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let sound = workplace.file("sound.toml", "[columns]\ntext = [\"remark\"]\n");
    let wrong = workplace.file("wrong.toml", "[columns]\ntext = \"remark\"\n");
    let with = |command: &[&str], config: &std::path::Path| {
        let file = ["--config".as_ref(), config.as_os_str(), input.as_os_str()];
        painpoint(command.iter().map(std::ffi::OsStr::new).chain(file))
    };
    for command in
        [&["inspect"][..], &["evaluate"], &["codebook", "check"], &["codebook", "evaluate"]]
    {
        with(command, &wrong).with_code(2).saying(&["wrong.toml:2:8: "]);
    }
    let shown = with(&["inspect"], &sound).with_code(0).stdout;
    let line = shown.lines().find(|line| line.trim_start().starts_with("remark")).unwrap();
    assert!(line.split_whitespace().any(|word| word == "text"), "{shown}");
}

#[test]
fn a_variable_of_the_environment_wins_over_the_file_and_a_flag_over_both() {
    let workplace = Workplace::new();
    let config = workplace.file("painpoint.toml", "detail = \"fine\"\nthreads = 2\n");
    let shown = |flags: &[&str]| {
        let arguments = ["config", "--config", config.to_str().unwrap()];
        let arguments = arguments.iter().chain(flags);
        let variables = [("PAINPOINT_DETAIL", "coarse"), ("PAINPOINT_CODEBOK", "typing.toml")];
        painpoint_in(&variables, arguments).with_code(0).stdout
    };
    let own = shown(&[]);
    assert!(own.contains("\ndetail = \"coarse\"  # PAINPOINT_DETAIL\n"), "{own}");
    assert!(own.contains("painpoint.toml:2:11\n") && own.contains("\nthreads = 2  # "), "{own}");
    assert!(own.contains("# PAINPOINT_CODEBOK is in the environment"), "{own}");
    let flagged = shown(&["--detail", "normal"]);
    assert!(flagged.contains("\ndetail = \"normal\"  # --detail\n"), "{flagged}");

    let ended = painpoint_in(&[("PAINPOINT_THREADS", "0")], ["config"]).with_code(2);
    ended.saying(&["PAINPOINT_THREADS: ", "from 1 to 1024"]);
    let named = config.to_str().unwrap();
    let found = painpoint_in(&[("PAINPOINT_CONFIG", named)], ["config"]).with_code(0).stdout;
    assert!(found.contains("\ndetail = \"fine\"  # "), "{found}");
}

#[test]
fn files_in_another_encoding_are_told_with_their_line_and_what_to_do() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let utf16: Vec<u8> = "field,value\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (flag, name, content, place) in [
        ("--config", "painpoint.toml", &b"# f\xfcr\n"[..], ":1:4: "),
        ("--codebook", "codebook.toml", b"[[touchpoint]]\nid = \"K\xe4ufe\"\n", ":2:8: "),
        ("--codebook", "codebook.csv", b"name,keyphrases\nK\xe4ufe,a\n", ":2:2: "),
        ("--corrections", "corrections.csv", &utf16, ":1:1: "),
    ] {
        let file = workplace.file(name, content);
        let ended = painpoint([
            "analyze".as_ref(),
            input.as_os_str(),
            "--out".as_ref(),
            workplace.path("out").as_os_str(),
            flag.as_ref(),
            file.as_os_str(),
        ]);
        ended.with_code(2).saying(&[&format!("{name}{place}"), "seems to be", "save it as UTF-8"]);
    }
    assert!(!workplace.path("out").exists());
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

#[test]
fn corrections_that_find_nothing_are_named_up_to_ten() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let mut rows = "feedback_id,mention,target,field,value\n1,1,,sentiment,negativ\n".to_owned();
    for number in 0..12 {
        rows += &format!(",,Term {number},ban_term,\n");
    }
    let corrections = workplace.file("corrections.csv", rows);
    let columns = ["--id-column", "id", "--text-column", "comment"];
    let flags = ["--corrections", corrections.to_str().unwrap()];
    let ended = workplace.analyze(&input, &[&columns[..], &flags].concat()).with_code(0);
    let named: Vec<&str> =
        ended.stderr.lines().filter(|line| line.contains("corrections.csv:")).collect();
    assert_eq!(named.len(), 10, "{}", ended.stderr);
    assert!(named[0].ends_with("corrections.csv:3: ban_term Term 0 found nothing"), "{}", named[0]);
    ended.saying(&["13 corrections, 12 of which found nothing", "… and 2 more"]);
}
