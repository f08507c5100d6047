//! `painpoint report`: reports made again from what a run found, without its input and without the model.

use calamine::{Data, Reader as _, Xlsx, open_workbook};

use super::program::{Workplace, painpoint};

/// The folder of a run on a sample, in English.
fn run(workplace: &Workplace) -> String {
    let out = workplace.path("out").display().to_string();
    painpoint(["analyze", "samples/umfrage_energie.csv", "--out", &out]).with_code(0);
    out
}

#[test]
fn a_report_is_made_again_in_another_language_and_back() {
    let workplace = Workplace::new();
    let out = run(&workplace);
    let results = workplace.results();
    let state = || -> Vec<_> {
        results.names().iter().map(|name| (name.clone(), results.bytes(name))).collect()
    };
    let english = state();
    let ended = painpoint(["report", &out, "--report-lang", "de"]).with_code(0);
    assert_eq!(
        ended.stdout.trim_end(),
        workplace.path("out").join("report.html").display().to_string()
    );
    assert!(results.text("report.html").contains("<html lang=\"de\">"));
    let changed = |before: &[(String, Vec<u8>)]| -> Vec<String> {
        let differs = before.iter().zip(state()).filter(|(one, other)| *one != other);
        differs.map(|((name, _), _)| name.clone()).collect()
    };
    let reports =
        ["alerts.eml", "alerts.md", "report.html", "report.md", "report.xlsx", "summary.eml"];
    assert_eq!(changed(&english), reports);
    painpoint(["report", &out, "--report-lang", "en"]).with_code(0);
    assert_eq!(changed(&english), [""; 0]);
}

#[test]
fn a_folder_without_findings_is_named_with_the_remedy() {
    let workplace = Workplace::new();
    let folder = workplace.path("").display().to_string();
    painpoint(["report", &folder]).with_code(2).saying(&["findings.json", "--out folder of a run"]);
    workplace.file("findings.json", "{\"schema_version\": \"9.0\"}");
    painpoint(["report", &folder]).with_code(2).saying(&["findings.json", "9.0", "again"]);
    assert!(!workplace.path("report.html").exists());
}

#[test]
fn figures_of_the_workbook_are_those_of_the_tables() {
    let workplace = Workplace::new();
    let out = run(&workplace);
    let path = workplace.path("out").join("report.xlsx");
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    let compared = [
        (
            "What troubles customers",
            "pain_points.csv",
            "pain_point",
            &[("Feedback", "feedback"), ("from", "share_low")][..],
        ),
        (
            "What pleases customers",
            "pain_points.csv",
            "delight",
            &[("Feedback", "feedback"), ("to", "share_high")],
        ),
        (
            "Touchpoints",
            "touchpoints.csv",
            "",
            &[("Feedback", "feedback"), ("Mentions", "mentions"), ("negative", "negative")],
        ),
        ("Journey", "phases.csv", "", &[("Mentions", "mentions"), ("positive", "positive")]),
    ];
    let mut figures = 0;
    for (sheet, file, kind, columns) in compared {
        let range = book.worksheet_range(sheet).unwrap();
        let rows: Vec<&[Data]> = range.rows().collect();
        for (name, column) in columns {
            let is_name = |cell: &Data| *cell == Data::String((*name).to_owned());
            let (line, at) = (0..rows.len())
                .find_map(|line| Some((line, rows[line].iter().position(is_name)?)))
                .unwrap();
            let found: Vec<f64> = rows[line + 1..].iter().map(|row| number(&row[at])).collect();
            let table = workplace.results().table(file);
            let told: Vec<f64> = table
                .rows
                .iter()
                .filter(|row| kind.is_empty() || row.text("kind") == kind)
                .filter(|row| file != "touchpoints.csv" || row.text("mentions") != "0")
                .map(|row| row.number(column))
                .collect();
            assert_eq!(found.len(), told.len(), "{sheet} {name}");
            let near = found.iter().zip(&told).all(|(one, other)| (one - other).abs() < 1e-6);
            assert!(near, "{sheet} {name}: {found:?} {told:?}");
            figures += found.len();
        }
    }
    assert!(figures > 30, "{out}: {figures}");
}

fn number(cell: &Data) -> f64 {
    match cell {
        Data::Float(number) => *number,
        Data::Int(number) => *number as f64,
        other => panic!("{other:?} is no number"),
    }
}
