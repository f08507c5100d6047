//! Feedback that attacks whoever opens the results.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use painpoint::report::formula::original;

use super::program::{Ended, Workplace, painpoint};

const SCRIPT: &str = "<script>alert(1)</script>";
const COMPLAINT: &str = "delivery came three weeks late & broken <3";
const FORMULA: &str = "=1+1 delivery came on time and in one piece";

/// Enough of them to make a pain point of a touchpoint with markup for its name.
fn feedback() -> String {
    let mut csv = "id,touchpoint,comment\n".to_owned();
    for number in 0..12 {
        writeln!(csv, "s{number},{SCRIPT},\"{SCRIPT} {COMPLAINT}\"").unwrap();
        writeln!(csv, "f{number},{SCRIPT},\"{FORMULA}\"").unwrap();
        writeln!(csv, "p{number},staff,\"Everything fine, thank you all\"").unwrap();
    }
    csv
}

#[test]
fn markup_in_a_text_or_a_name_is_shown_and_not_run() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", feedback());
    workplace.analyze(&input, &[]).with_code(0);
    let report = workplace.results().text("report.html");
    // The page has one of its own, and allows no other.
    assert_eq!(report.matches("<script").count(), 1, "a script found its way into the report");
    assert!(report.contains("&lt;script&gt;"), "the name of the touchpoint is missing");
    assert!(report.contains("late &amp; broken &lt;3"), "the verbatim is missing");
}

#[test]
fn scripts_get_texts_exactly_as_customers_wrote_them_if_they_ask() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", feedback());
    workplace.analyze(&input, &["--raw-csv"]).with_code(0);
    let table = workplace.results().table("feedback.csv");
    let comments = table.column("comment");
    assert!(
        comments.contains(&format!("{SCRIPT} {COMPLAINT}").as_str()) && comments.contains(&FORMULA)
    );
    let mentions = workplace.results().table("mentions.csv");
    assert!(mentions.column("text").iter().any(|text| text.starts_with("=1+1")));
}

#[test]
fn no_cell_of_any_csv_file_is_a_formula_and_all_come_back() {
    let workplace = Workplace::new();
    let mut csv = "\"@SUM(1)\",\"\t=region\",-change,+comment\n".to_owned();
    for number in 0..40 {
        let (side, row) = (["=north", " -south"][number % 2], format!("=id{number},"));
        writeln!(csv, "{row}{side},-{number},\"{FORMULA}\n=cmd|' /C calc'!A0\"").unwrap();
    }
    let input = workplace.file("-input.csv", csv + "too,short\n");
    let roles = ["--id-column", "@SUM(1)", "--segment-column", "=region"];
    for flags in [&[][..], &["--excel"]] {
        workplace.analyze(&input, &[&roles, flags].concat()).with_code(0);
        let results = workplace.results();
        let delimiter = if flags.is_empty() { b',' } else { b';' };
        let mut escaped = BTreeSet::new();
        for file in results.names().into_iter().filter(|name| name.ends_with(".csv")) {
            let text = results.text(&file);
            let text = text.trim_start_matches('\u{feff}');
            assert_eq!(text.len() < results.text(&file).len(), !flags.is_empty());
            let mut reader = csv::ReaderBuilder::new()
                .delimiter(delimiter)
                .has_headers(false)
                .from_reader(text.as_bytes());
            for cell in reader
                .records()
                .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            {
                let bare = cell.trim_start_matches([' ', '\t', '"']);
                let is_number = bare.replace(',', ".").parse::<f64>().is_ok();
                assert!(is_number || !bare.starts_with(['=', '+', '-', '@']), "{file}: {cell:?}");
                assert!(!cell.contains("\n="), "{file}: {cell:?}");
                if original(&cell) != cell {
                    escaped.insert((file.clone(), original(&cell).into_owned()));
                }
            }
        }
        for (file, text) in [
            ("feedback.csv", "@SUM(1)"),
            ("feedback.csv", "+comment"),
            ("feedback.csv", "=id7"),
            ("feedback.csv", &format!("{FORMULA}\n=cmd|' /C calc'!A0")),
            ("mentions.csv", "=id7"),
            ("segments.csv", "=north"),
        ] {
            assert!(
                escaped.contains(&(file.to_owned(), text.to_owned())),
                "{file}: {text}: {escaped:?}"
            );
        }
    }
}

/// Paints the terminal, gives it a title and rings its bell, with the controls of seven and of eight bits.
const ESCAPES: &str = "\u{1b}[31m\u{1b}]0;owned\u{7}\u{9b}2J";

/// Checks that nothing of what was shown controls a terminal, and that `part` of it is written out.
#[track_caller]
fn shows(ended: &Ended, part: &str) {
    let shown = ended.stdout.clone() + &ended.stderr;
    let controls = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    assert!(!shown.contains(controls), "{shown:?}");
    assert!(shown.contains(part), "{part} in {shown}");
}

#[test]
fn escapes_in_cells_headers_and_file_names_never_reach_the_terminal() {
    let workplace = Workplace::new();
    let mut csv = format!("id,touchpoint,stars,comment{ESCAPES}\n");
    writeln!(csv, "0,desk{ESCAPES},x{ESCAPES},The{ESCAPES} parcel came late").unwrap();
    for number in 1..12 {
        writeln!(
            csv,
            "{number},desk{ESCAPES},3,The parcel of order {number} came three weeks late"
        )
        .unwrap();
    }
    let input = workplace.file("in\u{1b}[31m.csv", csv + "13,too short\n");
    let name = r"in\u{1b}[31m.csv";
    let inspected = painpoint(["inspect".as_ref(), input.as_os_str()]).with_code(0);
    shows(&inspected, name);
    shows(&inspected, r"comment\u{1b}[31m\u{1b}]0;owned\u{7}\u{9b}2J");
    shows(&inspected, r"The\u{1b}[31m");
    let analysed = workplace.analyze(&input, &["--rating-column", "stars"]).with_code(0);
    shows(&analysed, r"x\u{1b}[31m");
    // Results hold what was read.
    let comments = workplace.results().table("feedback.csv");
    let header = format!("comment{ESCAPES}");
    assert!(comments.column(&header)[0].starts_with(&format!("The{ESCAPES}")));

    let unknown = workplace.analyze(&input, &["--text-column", "nowhere"]).with_code(2);
    shows(&unknown, name);
    let no_text = workplace.file("no\u{1b}[1m.csv", format!("stars{ESCAPES},b\n1,2\n3,4\n"));
    shows(&workplace.analyze(&no_text, &[]).with_code(2), r"no\u{1b}[1m.csv");
    let missing = workplace.path("gone\u{1b}[1m.csv");
    shows(&workplace.analyze(&missing, &[]).with_code(1), r"gone\u{1b}[1m.csv: no such file");
}

#[test]
fn a_line_break_in_a_path_makes_no_line_of_its_own() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", "id,comment\n1,The parcel was late\n");
    let hostile = |name: &str| workplace.path(&format!("{name}\nerror: forged"));
    let codebook = hostile("book");
    fs::write(&codebook, "[[touchpoint]]\nid = 1\n").unwrap();
    let folder = hostile("folder");
    fs::create_dir(&folder).unwrap();
    for name in ["report.html", "codebook.toml"] {
        fs::write(folder.join(name), "not of painpoint").unwrap();
    }
    let refused = |arguments: &[&OsStr], part| {
        let ended = painpoint(arguments);
        assert_eq!(ended.stderr.matches("\nerror: forged").count(), 0, "{}", ended.stderr);
        shows(&ended, part);
    };
    let analyze = |flag: &str, path: &Path, part| {
        refused(&["analyze".as_ref(), input.as_ref(), flag.as_ref(), path.as_ref()], part);
    };
    analyze("--codebook", &codebook, r"book\nerror: forged:2");
    analyze("--baseline", &hostile("gone"), r"gone\nerror: forged");
    analyze("--baseline", &folder, r"folder\nerror: forged");
    analyze("--out", &folder, r"folder\nerror: forged/report.html is not from painpoint");
    refused(&["init".as_ref(), folder.as_ref()], r"folder\nerror: forged/codebook.toml is there");
    refused(&["init".as_ref(), codebook.as_ref()], r"cannot create ");
}

#[test]
fn escapes_in_codebooks_corrections_and_configurations_never_reach_the_terminal() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", "id,comment\n1,The parcel was late\n");
    let run = |flag: &str, name: &str, content: String| {
        let file = workplace.file(name, content);
        let arguments = ["analyze".as_ref(), input.as_os_str(), flag.as_ref(), file.as_os_str()];
        painpoint(arguments).with_code(2)
    };
    let codebook = format!("[[touchpoint]]\nid = \"a\\u001b[1mb\"\nphase = \"{ESCAPES}\"\n");
    shows(&run("--codebook", "book\u{1b}[1m.toml", codebook), r"book\u{1b}[1m.toml");
    let codebook = "[[touchpoint]]\nid = \"a\"\nphase = \"\\u001b[1m\"\nnames.en = \"A\"\n";
    shows(&run("--codebook", "book.toml", codebook.to_owned()), r"\u{1b}[1m");
    let corrections = format!("feedback_id,mention,field,value\n1,1,sentiment,{ESCAPES}\n");
    shows(&run("--corrections", "right\u{1b}[1m.csv", corrections), r"right\u{1b}[1m.csv");
    let settings = format!("report_lang = 1 # {ESCAPES}\n{ESCAPES}");
    shows(&run("--config", "set\u{1b}[1m.toml", settings), r"set\u{1b}[1m.toml");
}

#[test]
fn what_a_codebook_holds_is_checked_without_reaching_the_terminal() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", feedback().replace("late", "late\u{1b}[31m"));
    let codebook = "[[touchpoint]]\nid = \"desk\"\nphase = \"purchase\"\n\
        names.en = \"Desk\\u001b[1m\"\nkeyphrases.en = [\"never\\u001b[1m found\"]\n";
    let codebook = workplace.file("codebook.toml", codebook);
    let flags = ["codebook".as_ref(), "check".as_ref(), input.as_os_str()];
    let flags = flags.into_iter().chain(["--codebook".as_ref(), codebook.as_os_str()]);
    shows(&painpoint(flags).with_code(0), r"never\u{1b}[1m found");
}
