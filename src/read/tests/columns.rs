//! What columns are called and what they are taken for.

use jiff::civil::date;

use super::*;

#[test]
fn a_german_survey_is_understood_without_a_word_from_the_user() {
    let file = File::new(
        "\u{feff}Antwort-ID;Datum;Region;Weiterempfehlung (0-10);Was hat Ihnen gefallen?;Was können wir verbessern?\r\n\
         A1;01.04.2026;Nord;7;Internet stabil;Preis steigt, jedes Jahr\r\n\
         A2;02.04.2026;Nord;10;\"Alles\r\ngut\";\r\n\
         A3;03.04.2026;Süd;;;\r\n\
         A4;04.04.2026;Nord;2;-;Hotline\r\n",
    );
    let mut input = file.open();
    assert_eq!(dialect(&input), (";", true, true));
    let expected = [Role::Id, Role::Date, Role::Segment, Role::Nps, Role::Text, Role::Text];
    assert_eq!(roles(&input).iter().map(|(_, role)| *role).collect::<Vec<_>>(), expected);
    assert_eq!(input.layout.columns[0].name, "Antwort-ID");

    let (feedback, rejects) = read(&mut input);
    assert_eq!(rejects, []);
    assert_eq!(lines(&feedback), [2, 3, 5, 6]);
    let second = &feedback[1];
    assert_eq!(second.id.as_deref(), Some("A2"));
    assert_eq!(second.date, Some(date(2026, 4, 2)));
    assert_eq!(second.nps, Some(10));
    assert_eq!(second.answers().collect::<Vec<_>>(), [(4, "Alles\r\ngut")]);
    assert_eq!(second.cells, ["A2", "02.04.2026", "Nord", "10", "Alles\r\ngut", ""]);
    assert_eq!(feedback[2].answers().count(), 0);
    assert_eq!(feedback[2].nps, None);
    assert!(unread(&input.doubts()).is_empty());
}

#[test]
fn a_review_export_has_two_texts_and_the_rating_of_the_review() {
    let rows = numbered(40, |row| {
        let place = if row > 20 { "Bella Vista,4.5" } else { "Zum Anker,3.5" };
        let (stars, title) = (row % 5 + 1, format!("Besuch {row}"));
        format!(
            "{row},{place},Gast {row},{title},Das Essen Nr. {row} war so und der Service auch,{stars},{row}"
        )
    });
    let file = File::new(format!(
        ",Restaurant Name,Overall Rating,Author,Title,Comment,Rating,Positive Feedback Count\n{rows}"
    ));
    let input = file.open();
    assert_eq!(
        roles(&input),
        [
            ("column_1", Role::Id),
            ("Restaurant Name", Role::Segment),
            ("Overall Rating", Role::Other),
            ("Author", Role::Other),
            ("Title", Role::Text),
            ("Comment", Role::Text),
            ("Rating", Role::Rating),
            ("Positive Feedback Count", Role::Other),
        ]
    );
    assert_eq!(input.layout.rating_scale, Some((1.0, 5.0)));
}

#[test]
fn the_average_rating_of_a_hotel_is_not_that_of_the_review() {
    let header = "Hotel_Name,Average_Score,Review,Reviewer_Score\n";
    let row = |i: usize| {
        let (hotel, score) = (i / 20, i % 9 + 2);
        format!("Hotel {hotel},{},room number {i} was cold,{score}\n", 6 + hotel % 4)
    };
    let rows: Vec<String> = (0..400).map(row).collect();
    let shuffled: Vec<String> = (0..400).map(|i| rows[i * 157 % 400].clone()).collect();
    for rows in [rows, shuffled] {
        let input = File::new(header.to_owned() + &rows.concat()).open();
        assert_eq!(input.layout.columns[1].role, Role::Other);
        assert_eq!(input.layout.columns[3].role, Role::Rating);
    }
}

#[test]
fn sentiment_labels_are_segments_and_nps_classes_say_what_the_score_says() {
    let rows = numbered(40, |row| {
        let (class, label) = (["Promoter", "Detractor"][row % 2], ["good", "bad"][row % 2]);
        format!("{class},{},{label},call {row} was answered after a long wait", 7 + row % 4)
    });
    let file = File::new(format!("NPS_RATING,NPS_SCORE,airline_sentiment,text\n{rows}"));
    let expected = [Role::Other, Role::Nps, Role::Segment, Role::Text];
    assert_eq!(roles(&file.open()).iter().map(|(_, role)| *role).collect::<Vec<_>>(), expected);
}

#[test]
fn a_flag_whether_one_recommends_is_no_nps() {
    let rows = numbered(40, |row| format!("{},review number {row} of this dress", row % 2));
    let input = File::new(format!("Recommended IND,Review Text\n{rows}")).open();
    assert_eq!(roles(&input), [("Recommended IND", Role::Segment), ("Review Text", Role::Text)]);
}

#[test]
fn the_touchpoint_and_the_channel_are_found() {
    let file = File::new(
        "ticket,channel,touchpoint,csat,comment\n\
         T1,Chat,Rechnung,3,gefunden\nT2,E-Mail,Techniker,1,kam nie\nT3,Chat,,2,naja\n",
    );
    let mut input = file.open();
    let expected = [Role::Id, Role::Source, Role::Touchpoint, Role::Rating, Role::Text];
    assert_eq!(roles(&input).iter().map(|(_, role)| *role).collect::<Vec<_>>(), expected);
    let (feedback, _) = read(&mut input);
    assert_eq!(feedback[0].touchpoints, ["Rechnung"]);
    assert!(feedback[2].touchpoints.is_empty());
}

#[test]
fn a_cell_may_name_several_touchpoints() {
    let file = File::new(
        "id,Topic,comment\n1,Delivery,late\n2,\"Delivery, Price\",torn\n3,App; Login,slow\n4,Price,dear\n\
         5,\"Bills, letters\",wrong\n6,\"Bills, letters\",late\n",
    );
    let (feedback, _) = read(&mut file.open());
    let named: Vec<Vec<String>> = feedback.into_iter().map(|row| row.touchpoints).collect();
    assert_eq!(named[1], ["Delivery", "Price"]);
    assert_eq!(named[2], ["App", "Login"]);
    assert_eq!(named[4], ["Bills, letters"]);
}

#[test]
fn links_names_and_what_companies_reply_are_no_texts() {
    let rows = numbered(30, |row| {
        format!(
            "Anna Maria Muster {row},https://example.org/{row},We are very sorry to hear this {row},too slow {row}"
        )
    });
    let input = File::new(format!("author,source_url,owner response,review\n{rows}")).open();
    let expected = [Role::Other, Role::Other, Role::Other, Role::Text];
    assert_eq!(roles(&input).iter().map(|(_, role)| *role).collect::<Vec<_>>(), expected);
}

#[test]
fn a_column_of_sentences_is_a_text_whatever_its_name() {
    let rows = numbered(30, |row| format!("{row},the parcel of day {row} came much too late"));
    let input = File::new(format!("lfd,xyz\n{rows}")).open();
    assert_eq!(input.layout.columns[1].role, Role::Text);
}

#[test]
fn one_word_comments_that_recur_are_a_text_if_nothing_else_is() {
    let rows = numbered(40, |row| format!("{},{}", ["gut", "teuer", "-"][row % 3], row % 11));
    let input = File::new(format!("Kommentar,NPS\n{rows}")).open();
    assert_eq!(roles(&input), [("Kommentar", Role::Text), ("NPS", Role::Nps)]);
}

#[test]
fn school_marks_are_ratings_and_notes_of_no_known_scale_are_not() {
    let role = |name: &str| {
        let mut input = File::new(format!("{name},avis\n1,a\n3,b\n5,c\n")).open();
        input.layout.columns.remove(0).role
    };
    assert_eq!(role("Note /5"), Role::Rating);
    assert_eq!(role("Schulnote"), Role::Rating);
    assert_ne!(role("Note"), Role::Rating);
}

#[test]
fn files_without_a_header_lose_no_row() {
    let mut input = File::new("Great product\nBad service, very slow\nIt broke\n").open();
    assert_eq!(roles(&input), [("column_1", Role::Text)]);
    let (feedback, _) = read(&mut input);
    assert_eq!(texts(&feedback), ["Great product", "Bad service, very slow", "It broke"]);
    assert_eq!(lines(&feedback), [1, 2, 3]);

    let rows = "2026-01-01,5,It works well and I like it\n2026-01-02,1,It broke after one day\n";
    let input = File::new(rows).open();
    assert_eq!(roles(&input)[0], ("column_1", Role::Date));
    assert_eq!(read(&mut File::new(rows).open()).0.len(), 2);
}

#[test]
fn the_columns_that_the_user_names_win() {
    let file =
        File::new("id,comment,reply,day\n1,good,thanks,2026-01-01\n2,bad,sorry,2026-01-02\n");
    let choice = ColumnChoice {
        text_columns: vec!["Reply".to_owned()],
        id_column: Some("day".to_owned()),
        ..ColumnChoice::default()
    };
    let mut input = file.open_with(&choice);
    assert_eq!(input.layout.columns[1].role, Role::Other);
    let (feedback, _) = read(&mut input);
    assert_eq!(texts(&feedback), ["thanks", "sorry"]);
    assert_eq!(feedback[0].id.as_deref(), Some("2026-01-01"));
    assert_eq!(feedback[0].date, None);
}

#[test]
fn a_name_that_is_no_column_is_an_error_with_the_nearest() {
    let file = File::new("id,Kommentar\n1,gut\n");
    let text_columns = vec!["Komentar".to_owned()];
    let error = file.error_with(&ColumnChoice { text_columns, ..ColumnChoice::default() });
    assert!(error.contains("no column \"Komentar\"; did you mean \"Kommentar\"?"), "{error}");
    assert!(error.contains("\"id\", \"Kommentar\""), "{error}");

    let id_column = Some("kommentar".to_owned());
    let text_columns = vec!["Kommentar".to_owned()];
    let twice = ColumnChoice { id_column, text_columns, ..ColumnChoice::default() };
    assert!(file.error_with(&twice).contains("two roles"));
}

#[test]
fn without_a_text_column_every_column_says_why() {
    let error = File::new("id,stars\n1,5\n2,4\n").error();
    assert!(error.contains("--text-column NAME"), "{error}");
    assert!(error.contains("\"id\": ") && error.contains("\"stars\": "), "{error}");
}

#[test]
fn a_header_alone_is_a_file_of_no_rows() {
    let mut input = File::new("id,date,text\n").open();
    let expected = [("id", Role::Id), ("date", Role::Date), ("text", Role::Text)];
    assert_eq!(roles(&input), expected);
    assert_eq!(read(&mut input), (vec![], vec![]));
}

#[test]
fn of_columns_of_the_same_name_the_first_keeps_it() {
    let file = File::new("id,comment,comment\n1,came late,was dear\n2,never came,was cheap\n");
    let expected = [("id", Role::Id), ("comment", Role::Text), ("comment_2", Role::Text)];
    assert_eq!(roles(&file.open()), expected);
    let comment = |name: &str| {
        let text_columns = vec![name.to_owned()];
        let mut input = file.open_with(&ColumnChoice { text_columns, ..Default::default() });
        texts(&read(&mut input).0)[0].to_owned()
    };
    assert_eq!(comment("comment"), "came late");
    assert_eq!(comment("comment_2"), "was dear");
}
