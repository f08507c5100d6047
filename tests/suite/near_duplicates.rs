//! What one person pastes, bots send or users pass on counts once.

use super::program::Workplace;

const HEADER: &str = "id,date,nps,region,comment";

const ROWS: [&str; 6] = [
    "7,2026-03-04,0,north,\"The courier left my parcel in the rain behind the house and nobody rang the bell, as so often.\"",
    "9,2026-03-02,0,south,\"The courier left my parcel in the rain behind the house, and nobody rang the bell. As so often!\"",
    "8,2026-03-05,1,south,\"RT @somebody: The courier left my parcel in the rain behind the house and nobody rang the bell, as so often. https://example.org/1\"",
    "5,2026-03-06,9,north,\"The courier rang the bell twice and carried my parcel up to the third floor, very kind of him.\"",
    "4,2026-03-07,10,north,Very friendly.",
    "3,2026-03-08,10,north,Very friendly.",
];

fn csv(rows: impl Iterator<Item = &'static str>) -> String {
    [HEADER].into_iter().chain(rows).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn the_earliest_counts_whatever_the_order_and_the_others_are_named() {
    for order in [[0, 1, 2, 3, 4, 5], [5, 2, 0, 4, 1, 3]] {
        for flags in [&[][..], &["--excel"]] {
            let workplace = Workplace::new();
            let input = workplace.file("input.csv", csv(order.map(|row| ROWS[row]).into_iter()));
            let told = &[
                "2 near-duplicates",
                "2 of 6 texts nearly repeat another",
                "--keep-near-duplicates",
            ];
            workplace.analyze(&input, flags).with_code(0).saying(told);
            let results = workplace.results();
            let rows = results.manifest()["rows"].clone();
            assert_eq!((&rows["rows"], &rows["feedback"]), (&6.into(), &6.into()), "{rows}");
            assert_eq!(rows["near_duplicates"], 2);
            let report = results.text("report.html");
            assert!(report.contains("nearly repeat another") || report.contains("wortgleich"));
            if !flags.is_empty() {
                assert!(results.text("feedback.csv").starts_with("\u{feff}feedback_id;input;"));
                continue;
            }
            let mut counted = 0.0;
            for file in ["feedback.csv", "mentions.csv"] {
                for row in &results.table(file).rows {
                    let is_one = ["7", "8"].contains(&row.text("feedback_id"));
                    assert_eq!(row.text("repeats"), if is_one { "9" } else { "" }, "{file}");
                    counted += f64::from(u8::from(file == "mentions.csv" && !is_one));
                }
            }
            let figure = |name: &str| {
                let summary = results.table("summary.csv");
                summary.rows.iter().find(|row| row.text("figure") == name).unwrap().number("value")
            };
            // Scores count each: three detractors and three promoters.
            assert!(figure("nps").abs() < 1e-9, "{}", figure("nps"));
            let summary = results.table("summary.csv");
            let net = summary.rows.iter().find(|row| row.text("figure") == "net_sentiment");
            assert!((net.unwrap().number("n") - counted).abs() < 1e-9);
        }
    }
}

#[test]
fn each_counts_where_that_is_wanted_and_no_words_are_told_where_none_are() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", csv(ROWS.into_iter()));
    workplace.analyze(&input, &["--keep-near-duplicates"]).with_code(0);
    let rows = workplace.results().manifest()["rows"].clone();
    assert_eq!((&rows["feedback"], &rows["near_duplicates"]), (&6.into(), &0.into()));
    workplace.analyze(&input, &["--no-verbatims"]).with_code(0);
    let results = workplace.results();
    assert_eq!(results.manifest()["rows"]["near_duplicates"], 2);
    for file in results.names() {
        assert!(!results.text(&file).contains("behind the house"), "{file}");
    }
}
