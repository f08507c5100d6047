//! Headers as exports have them.

use super::*;

fn none() -> Profiles {
    Profiles::load(&["none".into()]).unwrap()
}

fn rows(text: &str) -> Vec<Vec<String>> {
    text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect()
}

/// Rows of the title and of the header, and the names.
fn found(text: &str) -> (usize, usize, Vec<String>) {
    let rows = rows(text);
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let header = Header::find(&rows, columns, &ColumnChoice::default(), &none());
    (header.titles.len(), header.records.len(), header.names)
}

/// Answers to a survey: number, date, score, text.
const ANSWERS: &str = "17|2025-03-01|4|The parcel came two weeks late\n\
                       18|2025-03-02|9|Nobody answers the phone\n\
                       19|2025-03-03|2|The app logs me out every day\n\
                       20|2025-03-04|7|All as it should be";

#[test]
fn names_may_stand_in_several_records() {
    let record = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    let (question, part) = (record(["id", "Which do you use?", ""]), record(["", "App", "Web"]));
    let names = stacked(&[question, part.clone()], 3);
    assert_eq!(names, ["id", "Which do you use? App", "Web"]);
    assert_eq!(stacked(&[], 2), ["", ""]);
    let header = Header { records: vec![part.clone()], ..Header::of_format(&[]) };
    assert!(header.is_repeated_by(part.iter().map(String::as_str)));
    assert!(!header.is_repeated_by(part[..2].iter().map(String::as_str)));
}

#[test]
fn columns_of_the_same_name_are_numbered() {
    let names = |header: &str| distinct(&header.split(',').map(str::to_owned).collect::<Vec<_>>());
    let expected = ["id", "comment", "comment_2", "comment_3"];
    assert_eq!(names("id,comment, comment,comment"), expected);
    assert_eq!(names("a,a,a_2,a"), ["a", "a_3", "a_2", "a_4"]);
    assert_eq!(names("column_2,,"), ["column_2", "column_2_2", "column_3"]);
}

#[test]
fn titles_above_the_header_are_none_of_the_rows() {
    let names = ["No", "Date", "Score", "Comment"];
    let header = names.join("|");
    for title in ["Export of May", "Export of May|||\nPeriod:|01.05.2025||\n|||"] {
        let (titles, records, found) = found(&format!("{title}\n{header}\n{ANSWERS}"));
        assert_eq!((titles, records), (title.lines().count(), 1), "{title}");
        assert_eq!(found, names);
    }
    assert_eq!(found(ANSWERS).0, 0);
    let sparse = format!("16||3|\n{ANSWERS}");
    assert_eq!(found(&sparse).0, 0);
}

#[test]
fn question_texts_and_identifiers_below_the_names_belong_to_the_header() {
    let survey = format!(
        "ResponseId|RecordedDate|Q1|Q2\n\
         Response ID|Recorded Date|How likely are you to recommend us?|What is the main reason?\n\
         {{\"ImportId\":\"_recordId\"}}|{{\"ImportId\":\"recordedDate\"}}|{{\"ImportId\":\"QID1\"}}|{{\"ImportId\":\"QID2\"}}\n\
         {ANSWERS}"
    );
    let (titles, records, names) = found(&survey);
    assert_eq!((titles, records), (0, 3));
    assert_eq!(names[2], "Q1 How likely are you to recommend us?");
    assert_eq!(names[3], "Q2 What is the main reason?");
}

#[test]
fn a_row_of_answer_kinds_below_questions_belongs_to_the_header() {
    let survey =
        format!("Respondent|Date|Score|What went wrong?\n|||Open-Ended Response\n{ANSWERS}");
    let (_, records, names) = found(&survey);
    assert_eq!((records, names[3].as_str()), (2, "What went wrong?"));
}

#[test]
fn what_explains_numbers_below_their_name_belongs_to_the_header() {
    let posts = format!("No|Date|Reach|Message\n||Lifetime: how many people saw it|\n{ANSWERS}");
    let (_, records, names) = found(&posts);
    assert_eq!((records, names[2].as_str()), (2, "Reach"));
}

#[test]
fn an_answer_without_numbers_is_no_header() {
    for first in ["16|2025-02-28|n/a|Nothing to add", "|2025-02-28|not rated|Nothing", "16|||"] {
        let survey = format!("No|Date|Score|Comment\n{first}\n{ANSWERS}");
        assert_eq!(found(&survey).1, 1, "{first}");
    }
}

#[test]
fn numbers_may_be_names() {
    let counted = "|0|1\n0|4|The parcel came late\n1|2|Nobody answers\n2|5|All good\n";
    assert_eq!(found(counted).1, 1);
    let years = "id|date|comment|2024|2025\n1|2025-01-02|late again|no|yes\n\
                 2|2025-01-03|never came|yes|yes\n";
    assert_eq!(found(years).1, 1);
    assert_eq!(found("0|1\n1|2\n3|5\n").1, 0);
    assert_eq!(found(ANSWERS).1, 0);
}

#[test]
fn unknown_words_over_groups_and_texts_are_names() {
    let rows: String = (0..12)
        .map(|row| {
            format!("{}|The parcel number {row} came late\n", ["Bern", "Uri", "Zug"][row % 3])
        })
        .collect();
    assert_eq!(found(&format!("Kanton|Ansicht\n{rows}")).1, 1);
    assert_eq!(found(&format!("Bern|Never again with you\n{rows}")).1, 0);
}

#[test]
fn questions_are_names_even_with_a_star() {
    let answers = "Late|Nice staff|More shops\nSlow app||Longer hours\n";
    let (_, records, names) =
        found(&format!("Was hat Sie geärgert?*|Was lief gut?|Was fehlt Ihnen noch?*\n{answers}"));
    assert_eq!((records, names[0].as_str()), (1, "Was hat Sie geärgert?*"));
    let column = "What could we do better?\nThe parcel came late\nNobody answers\nWhy?\n";
    let more = "Too expensive\nNo parking\nThe app is slow\n".repeat(4);
    assert_eq!(found(&format!("{column}{more}")).1, 1);
    assert_eq!(found(&format!("Why is it always late?\n{more}")).1, 0);
}

#[test]
fn the_user_says_how_many_rows_name_the_columns() {
    let rows = rows(&format!("Report|||\na|b|c|d\ne|f|g|h\n{ANSWERS}"));
    let find = |skip_rows, header_rows| {
        let choice = ColumnChoice { skip_rows, header_rows, ..ColumnChoice::default() };
        let header = Header::find(&rows, 4, &choice, &none());
        (header.titles.len(), header.records.len())
    };
    assert_eq!(find(None, Some(2)), (1, 2));
    assert_eq!(find(Some(0), Some(1)), (0, 1));
    assert_eq!(find(None, Some(0)).1, 0);
}
