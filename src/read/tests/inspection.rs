//! What people are shown before a long run.

use super::inspect::{Count, inspect};
use super::*;
use crate::digest::mixed;
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
    let known = (&ColumnChoice::default(), &Protection::none());
    let (both, ()) = inspect(&paths, known, |_, ()| vec![Language::De]).unwrap();
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

/// Rows of which three in ten hold no text, one in five a signature, and one in ten is in another language.
fn varied(rows: impl Iterator<Item = u64>) -> File {
    let text = |row| match row % 10 {
        0..3 => "-".to_owned(),
        3..5 => format!("The parcel of order {row} came late.\nSent from my iPhone"),
        5 => format!("Посылка пришла слишком поздно, заказ {row}"),
        _ => format!("The invoice {row} was wrong again"),
    };
    let rows = rows.map(|row| format!("{row},{},\"{}\"\n", row % 5 + 1, text(row)));
    File::new(format!("id,stars,comment\n{}", rows.collect::<String>()))
}

#[test]
fn texts_of_many_rows_are_looked_at_in_a_sample_that_their_order_does_not_change() {
    const ROWS: u64 = 4_000;
    let all = varied(0..ROWS).inspect_at_most(ROWS);
    assert_eq!((all.feedback_looked_at, all.without_text), (None, ROWS * 3 / 10));
    let sampled = varied(0..ROWS).inspect_at_most(1_000);
    let looked_at = sampled.feedback_looked_at.unwrap();
    assert!((300..=1_000).contains(&looked_at), "{looked_at}");
    assert_eq!((sampled.rows, sampled.feedback, sampled.rejects), (ROWS, ROWS, 0));
    let near = |count: u64, share: f64| (count as f64 / looked_at as f64 - share).abs() < 0.06;
    assert!(near(sampled.without_text, 0.3), "{}", sampled.without_text);
    assert!(near(sampled.languages[&Language::En], 0.7), "{:?}", sampled.languages);
    let backwards = varied((0..ROWS).rev()).inspect_at_most(1_000);
    let mut expected = varied(0..ROWS).inspect_at_most(1_000);
    // The first rows are others.
    expected.first_rows = backwards.first_rows.clone();
    expected.columns.clone_from(&backwards.columns);
    expected.path.clone_from(&backwards.path);
    assert_eq!(backwards, expected);
}

#[test]
fn what_was_found_in_a_sample_is_told_as_such() {
    let sampled = varied(0..4_000).inspect_at_most(1_000);
    let looked_at = sampled.feedback_looked_at.unwrap();
    let shown = sampled.to_string();
    for part in [
        format!("mentions, in {looked_at} of 4000 feedback looked at\n"),
        format!("4000 feedback (without text: {} of {looked_at} looked at)", sampled.without_text),
        format!("of {looked_at} sampled texts (such as \"Sent from my iPhone"),
        format!("of {looked_at} sampled texts (11 %) are in part or as a whole in languages"),
    ] {
        assert!(shown.contains(&part), "{part} in {shown}");
    }
    let json = serde_json::to_value(&sampled).unwrap();
    assert_eq!(json["feedback_looked_at"], looked_at);
    let all = varied(0..4_000).inspect_at_most(4_000);
    assert!(!all.to_string().contains("looked at") && !all.to_string().contains("sampled texts"));
    assert_eq!(serde_json::to_value(&all).unwrap().get("feedback_looked_at"), None);
}

#[test]
fn one_answer_that_recurs_in_very_many_rows_is_looked_at_in_some_of_them() {
    let inspection = File::new(format!("comment\n{}", "ok, thanks\n".repeat(4_000)));
    let inspection = inspection.inspect_at_most(1_000);
    assert_eq!((inspection.feedback, inspection.duplicates), (4_000, 0));
    assert!((300..=1_000).contains(&inspection.feedback_looked_at.unwrap()));
}

/// Rows.
#[derive(Clone, Default)]
struct Seen(u64);

impl Count for Seen {
    fn merge(&mut self, other: Self) {
        self.0 += other.0;
    }
}

#[test]
fn what_else_is_counted_is_of_the_same_share_of_each_input() {
    let file = |rows: std::ops::Range<u64>| {
        let rows = rows.map(|row| format!("{row},late {}\n", mixed(row)));
        File::new(format!("id,comment\n{}", rows.collect::<String>()))
    };
    let (large, small) = (file(0..4_000), file(4_000..4_800));
    let counted = |files: &[&File]| {
        let paths: Vec<PathBuf> = files.iter().map(|file| file.path()).collect();
        let known = (&ColumnChoice::default(), &Protection::none());
        let look_at = |_: &Feedback, seen: &mut Seen| {
            seen.0 += 1;
            vec![Language::En]
        };
        let (inspections, Seen(rows)) = inspect_at_most(1_000, &paths, known, look_at).unwrap();
        let own: Vec<_> = inspections.iter().map(|own| own.feedback_looked_at).collect();
        (own, rows)
    };
    let (own, of_large) = counted(&[&large]);
    assert_eq!(own, [Some(of_large)]);
    assert_eq!(counted(&[&small]), (vec![None], 800));
    let (both, rows) = counted(&[&large, &small]);
    assert_eq!(both, [Some(of_large), None]);
    let share = 4_800.0 * of_large as f64 / 4_000.0;
    assert!((rows as f64 / share - 1.0).abs() < 0.1, "{rows} of {share}");
}
