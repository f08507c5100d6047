//! What people are shown before a long run.

use super::*;
use crate::text::Language;

#[test]
fn an_inspection_says_what_would_be_read() {
    let inspection =
        File::new("id,nps,text\n1,9,gut\n2,x,\n3,8\n4,7,ja\n4,7,ja\n5,1,-\n").inspect();
    assert_eq!((inspection.rows, inspection.feedback, inspection.without_text), (6, 4, 2));
    assert_eq!((inspection.duplicates, inspection.rejects), (1, 1));
    assert_eq!(inspection.first_rejects[0].0, 4);
    assert_eq!(inspection.first_rows[0], ["1", "9", "gut"]);
    assert_eq!(inspection.columns[2].example.as_deref(), Some("gut"));
    let doubts: Vec<Doubt> = inspection.doubts.iter().map(|told| told.doubt.clone()).collect();
    assert_eq!(unread(&doubts), [("nps", 1)]);
    assert!(
        doubts
            .iter()
            .any(|doubt| matches!(doubt, Doubt::Rejects { evidence, .. } if evidence.count == 1))
    );
    let shown = inspection.to_string();
    let counts = "6 rows: 4 feedback (2 without text), 1 duplicates, 1 rejects";
    for part in [
        "comma",
        "first row",
        "text",
        "gut",
        counts,
        "1 of 5 cells of column \"nps\"",
        "(such as \"x\")",
    ] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
}

#[test]
fn files_are_inspected_as_they_are_analysed_together() {
    let one = File::new("id,stars,text\n1,5,gut\n2,4,schlecht\n");
    let other = File::new("id,stars,text\n1,5,gut\n3,9,egal\n");
    let paths = [one.path(), other.path()];
    let both = inspect(&paths, (&ColumnChoice::default(), &Protection::none()), |rows| {
        vec![vec![Language::De]; rows.len()]
    })
    .unwrap();
    let counts = both.iter().map(|own| (own.rows, own.feedback, own.duplicates));
    assert_eq!(counts.collect::<Vec<_>>(), [(2, 2, 0), (2, 1, 1)]);
    assert!(both.iter().all(|own| own.layout.rating_scale == Some((1.0, 10.0))));
}

#[test]
fn what_would_control_a_terminal_is_shown_and_not_done() {
    let escape = "\u{1b}[31m";
    let rows = "1,late\n2,\u{1b}]0;title\u{7}slow\u{9b}2J\n3\n4,\0\n";
    let shown = File::new(format!("id,text{escape}\n{rows}")).inspect().to_string();
    assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
    for part in [r"text\u{1b}[31m", r"\u{1b}]0;title\u{7}slow\u{9b}2J"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
}
