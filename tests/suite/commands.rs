//! The commands beside `analyze` and `evaluate`.

use super::feedback::sample;
use super::program::{Results, Workplace, painpoint, painpoint_fed};

#[test]
fn help_and_version_go_to_standard_output() {
    let help = painpoint(["--help"]).with_code(0);
    assert_eq!(help.stderr, "");
    for command in [
        "analyze",
        "evaluate",
        "label",
        "tune",
        "rerun",
        "inspect",
        "config",
        "init",
        "model",
        "completions",
        "man",
    ] {
        assert!(help.stdout.contains(command), "{command}");
        let help = painpoint([command, "--help"]).with_code(0);
        assert!(help.stdout.contains("Usage:"), "{command}");
    }
    let version = painpoint(["--version"]).with_code(0);
    assert_eq!(version.stdout, format!("painpoint {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn help_names_every_exit_code() {
    let help = painpoint(["--help"]).with_code(0).stdout;
    let codes = help.split("Exit codes:").nth(1).expect("there is a list of exit codes");
    for code in ["0 ", "1 ", "2 ", "4 "] {
        assert!(codes.contains(code), "{code}: {codes}");
    }
}

#[test]
fn without_a_command_or_with_an_unknown_flag_the_usage_is_shown() {
    painpoint([""; 0]).with_code(2).saying(&["Usage:"]);
    painpoint(["analyse"]).with_code(2).saying(&["analyze"]);
    painpoint(["analyze"]).with_code(2).saying(&["INPUT"]);
    painpoint(["analyze", "x.csv", "--precison", "f32"]).with_code(2).saying(&["--precision"]);
    painpoint(["analyze", "x.csv", "--precision", "f64"]).with_code(2).saying(&["int8", "f32"]);
    painpoint(["analyze", "x.csv", "--threads", "0"]).with_code(2).saying(&["--threads"]);
    painpoint(["analyze", "x.csv", "--report-lang", "fr"]).with_code(2).saying(&["de", "en"]);
}

#[test]
fn completions_are_printed_for_each_shell() {
    for (shell, sign) in [
        ("bash", "complete -F _painpoint"),
        ("zsh", "#compdef painpoint"),
        ("fish", "complete -c painpoint"),
    ] {
        let script = painpoint(["completions", shell]).with_code(0);
        assert!(script.stdout.contains(sign), "{shell}");
        assert!(script.stdout.contains("--text-column") || script.stdout.contains("text-column"));
        assert_eq!(script.stderr, "");
    }
    painpoint(["completions", "cmd"]).with_code(2).saying(&["bash", "fish", "zsh"]);
}

#[test]
fn the_manual_is_a_page_of_the_system_manual() {
    let page = painpoint(["man"]).with_code(0).stdout;
    assert!(page.contains(".TH painpoint 1"), "{page:.200}");
    assert!(page.contains("analyze"));
}

#[test]
fn inspect_shows_dialect_columns_roles_first_rows_and_rejects() {
    let shown = painpoint([
        "inspect".as_ref(),
        sample("umfrage_energie.csv").as_os_str(),
        sample("messy.csv").as_os_str(),
    ])
    .with_code(0);
    assert_eq!(shown.stderr, "");
    let (survey, messy) = shown.stdout.split_once("messy.csv").unwrap();
    for part in ["UTF-8 with byte order mark", "semicolon", "Columns", "First rows", "426 rows"] {
        assert!(survey.contains(part), "{part}: {survey}");
    }
    for (column, role) in [
        ("Antwort-ID", "id"),
        ("Datum", "date"),
        ("Weiterempfehlung (0-10)", "nps"),
        ("Was hat Ihnen gefallen?", "text"),
        ("Was können wir verbessern?", "text"),
    ] {
        let line = survey.lines().find(|line| line.trim_start().starts_with(column)).unwrap();
        let words = line.replace(column, "");
        assert_eq!(words.split_whitespace().next(), Some(role), "{line}");
    }
    assert!(messy.contains("fields where 5 are expected"), "{messy}");
}

#[test]
fn inspect_reads_standard_input_and_takes_the_flags_about_columns() {
    let csv = b"a,b\n1,The parcel came late again\n2,Everything was fine this time\n";
    let shown = painpoint_fed(csv, ["inspect", "-", "--text-column", "b", "--id-column", "a"]);
    let counts = "2 rows: 2 feedback (0 without text), 0 duplicates, 0 rejects";
    assert!(shown.with_code(0).stdout.contains(counts));
}

#[test]
fn inspect_counts_rows_as_analyze_does() {
    for name in [
        "beschwerden_touchpoints.csv",
        "messy.csv",
        "shop_reviews.csv",
        "social_posts.tsv",
        "umfrage_energie.csv",
    ] {
        let shown = painpoint(["inspect".as_ref(), sample(name).as_os_str()]).with_code(0).stdout;
        // What `analyze` makes of the samples is kept there.
        let golden = sample("../tests/golden").join(name.split('.').next().unwrap());
        let rows = Results(golden).manifest()["rows"].clone();
        let counts = format!(
            "{} rows: {} feedback ({} without text), {} duplicates, {} rejects",
            rows["rows"],
            rows["feedback"],
            rows["without_text"],
            rows["duplicates"],
            rows["rejects"]
        );
        assert!(shown.contains(&counts), "{name}: {counts} in {shown}");
    }
}

#[test]
fn inspect_refuses_what_analyze_refuses() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", "a,b\n1,2\n3,4\n");
    let refused = painpoint(["inspect".as_ref(), input.as_os_str()]).with_code(2);
    refused.saying(&["no column of free text", "--text-column", "\"a\"", "\"b\""]);
}

#[test]
fn model_show_prints_facts_about_the_model_in_the_binary() {
    let shown = painpoint(["model", "show"]).with_code(0);
    assert_eq!(shown.stderr, "");
    for fact in ["SHA-256", "384"] {
        assert!(shown.stdout.contains(fact), "{fact}: {}", shown.stdout);
    }
}

#[test]
fn model_verify_loads_the_model_in_both_precisions() {
    let verified = painpoint(["model", "verify"]).with_code(0);
    for precision in ["F32: sound", "Int8: sound"] {
        assert!(verified.stdout.contains(precision), "{}", verified.stdout);
    }
}
