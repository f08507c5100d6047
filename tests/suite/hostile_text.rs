//! Feedback that attacks whoever opens the results.

use std::fmt::Write;

use super::program::Workplace;

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
    assert!(!report.contains("<script"), "a script found its way into the report");
    assert!(report.contains("&lt;script&gt;"), "the name of the touchpoint is missing");
    assert!(report.contains("late &amp; broken &lt;3"), "the verbatim is missing");
}

#[test]
fn scripts_get_texts_exactly_as_customers_wrote_them() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", feedback());
    workplace.analyze(&input, &[]).with_code(0);
    let table = workplace.results().table("feedback.csv");
    let comments = table.column("comment");
    assert!(
        comments.contains(&format!("{SCRIPT} {COMPLAINT}").as_str()) && comments.contains(&FORMULA)
    );
    let mentions = workplace.results().table("mentions.csv");
    assert!(mentions.column("text").iter().any(|text| text.starts_with("=1+1")));
}

#[test]
fn in_excel_a_text_is_never_a_formula() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", feedback());
    workplace.analyze(&input, &["--excel"]).with_code(0);
    for file in ["feedback.csv", "mentions.csv"] {
        let text = workplace.results().text(file);
        let text = text.strip_prefix('\u{feff}').expect("Excel needs a byte order mark");
        let mut reader = csv::ReaderBuilder::new().delimiter(b';').from_reader(text.as_bytes());
        let cells: Vec<String> = reader
            .records()
            .flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
            .collect();
        assert!(cells.iter().any(|cell| cell.starts_with("'=1+1")), "{file}");
        for cell in cells {
            assert!(!cell.starts_with(['=', '+', '@', '\t', '\r']), "{file}: {cell}");
        }
    }
}
