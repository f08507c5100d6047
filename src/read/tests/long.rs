//! Tables in which a row is one answer.

use jiff::civil::date;

use super::*;

const ROWS: [&str; 6] = [
    "7,2026-03-02,What went well?,The counter was quick",
    "7,2026-03-02,How likely are you to recommend us?,9",
    "8,2026-03-03,What went wrong?,The parcel came late",
    "8,2026-03-04,What went wrong?,Nobody called",
    "8,2026-03-03,How likely are you to recommend us?,2",
    "9,2026-03-05,What went well?,",
];

fn choice(long: &str) -> ColumnChoice {
    ColumnChoice { long: Some(long.parse().unwrap()), ..ColumnChoice::default() }
}

fn file(rows: impl IntoIterator<Item = &'static str>) -> File {
    let rows: Vec<&str> = rows.into_iter().collect();
    File::new(format!("Respondent,Date,Question,Answer\n{}\n", rows.join("\n")))
}

#[test]
fn the_rows_of_a_person_are_one_feedback_whatever_their_order() {
    let mut read_rows: Vec<Vec<Vec<String>>> = Vec::new();
    for file in [file(ROWS), file(ROWS.into_iter().rev())] {
        let mut input = file.open_with(&choice("respondent,Question,Answer"));
        let expected = [
            ("Respondent", Role::Id),
            ("Date", Role::Date),
            ("How likely are you to recommend us?", Role::Nps),
            ("What went well?", Role::Text),
            ("What went wrong?", Role::Text),
        ];
        assert_eq!(roles(&input), expected);
        let (mut feedback, rejects) = read(&mut input);
        assert_eq!((feedback.len(), rejects.len()), (3, 0));
        feedback.sort_by(|a, b| a.id.cmp(&b.id));
        assert_eq!((feedback[0].nps, feedback[1].nps, feedback[2].nps), (Some(9), Some(2), None));
        assert_eq!(feedback[1].date, Some(date(2026, 3, 3)));
        assert_eq!(
            texts(&feedback),
            ["The counter was quick", "Nobody called\nThe parcel came late"]
        );
        read_rows.push(feedback.into_iter().map(|own| own.cells).collect());
    }
    assert_eq!(read_rows[0], read_rows[1]);
}

#[test]
fn a_row_without_a_person_or_a_question_is_a_reject() {
    let file = file(ROWS.into_iter().chain([",2026-03-05,What went well?,All", "9,,,The app"]));
    let (feedback, rejects) = read(&mut file.open_with(&choice("Respondent,Question,Answer")));
    assert_eq!((feedback.len(), reject_lines(&rejects)), (3, vec![8, 9]));
    assert!(rejects[0].reason.contains("no \"Respondent\""), "{}", rejects[0].reason);
}

#[test]
fn what_looks_so_is_told_with_the_option_and_a_wrong_name_is_an_error() {
    let file = file(ROWS.into_iter().filter(|row| !row.contains("Nobody")));
    let told: Vec<String> = file.open().doubts().iter().map(ToString::to_string).collect();
    let option = "--long Respondent,Question,Answer";
    assert!(told.iter().any(|own| own.contains("long format") && own.contains(option)), "{told:?}");
    let error = file.error_with(&choice("Respondent,Questions,Answer"));
    assert!(error.contains("no column \"Questions\"; did you mean \"Question\"?"), "{error}");
}
