//! Behaviour of [`open`](super::open) on the files that people have.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::civil::date;
use tempfile::TempDir;

use super::inspect::{Inspection, inspect};
use super::*;

/// A folder with one file.
struct File {
    folder: TempDir,
}

impl File {
    fn new(content: impl AsRef<[u8]>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("in.csv"), content).unwrap();
        Self { folder }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("in.csv")
    }

    fn open(&self) -> Input {
        self.open_with(&ColumnChoice::default())
    }

    fn open_with(&self, choice: &ColumnChoice) -> Input {
        open(&self.path(), choice).unwrap()
    }

    fn error(&self) -> String {
        self.error_with(&ColumnChoice::default())
    }

    fn error_with(&self, choice: &ColumnChoice) -> String {
        open(&self.path(), choice).err().expect("an error").to_string()
    }

    fn inspect(&self) -> Inspection {
        inspect(&self.path(), &ColumnChoice::default()).unwrap()
    }
}

fn roles(input: &Input) -> Vec<(&str, Role)> {
    input.layout.columns.iter().map(|column| (column.name.as_str(), column.role)).collect()
}

fn read(input: &mut Input) -> (Vec<Feedback>, Vec<Reject>) {
    let (mut feedback, mut rejects) = (Vec::new(), Vec::new());
    for row in input {
        match row.unwrap() {
            Row::Feedback(row) => feedback.push(row),
            Row::Reject(row) => rejects.push(row),
        }
    }
    (feedback, rejects)
}

fn texts(feedback: &[Feedback]) -> Vec<&str> {
    feedback.iter().flat_map(|row| &row.answers).map(|answer| answer.text.as_str()).collect()
}

fn lines(feedback: &[Feedback]) -> Vec<u64> {
    feedback.iter().map(|row| row.line).collect()
}

/// `rows` numbered lines of a form.
fn numbered(rows: usize, form: impl Fn(usize) -> String) -> String {
    (1..=rows).map(|row| form(row) + "\n").collect()
}

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
    assert!(input.layout.byte_order_mark);
    assert_eq!(input.layout.delimiter, ';');
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
    assert_eq!(second.answers, [Answer { column: 4, text: "Alles\r\ngut".to_owned() }]);
    assert_eq!(second.cells, ["A2", "02.04.2026", "Nord", "10", "Alles\r\ngut", ""]);
    assert_eq!(feedback[2].answers, []);
    assert_eq!(feedback[2].nps, None);
    assert!(input.ignored_values().is_empty());
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
fn nps_classes_and_sentiment_labels_are_segments() {
    let rows = numbered(40, |row| {
        let (class, label) = (["Promoter", "Passive"][row % 2], ["good", "bad"][row % 2]);
        format!("{class},{},{label},call {row} was answered after a long wait", 7 + row % 4)
    });
    let file = File::new(format!("NPS_RATING,NPS_SCORE,airline_sentiment,text\n{rows}"));
    let expected = [Role::Segment, Role::Nps, Role::Segment, Role::Text];
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
    assert_eq!(feedback[0].source.as_deref(), Some("Chat"));
    assert_eq!(feedback[0].touchpoint.as_deref(), Some("Rechnung"));
    assert_eq!(feedback[2].touchpoint, None);
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
fn the_data_decide_whether_the_day_or_the_month_comes_first() {
    let dates = |rows: &str| {
        let mut input = File::new(format!("date,text\n{rows}")).open();
        read(&mut input).0.into_iter().map(|row| row.date).collect::<Vec<_>>()
    };
    let april_third = Some(date(2018, 4, 3));
    assert_eq!(dates("03/04/2018 20:09,a\n21/02/2018 19:39,b\n")[0], april_third);
    assert_eq!(dates("4/3/2018 11:35,a\n2/24/2018 11:15,b\n")[0], april_third);
    assert_eq!(dates("2018-04-03T10:00:00Z,a\n")[0], april_third);
}

#[test]
fn values_that_cannot_be_read_are_counted_and_the_row_counts() {
    let file = File::new(
        "date,nps,stars,text\n2026-01-02,9,5,a\nsoon,11,4,b\n2026-13-45,n/a,99,c\n2026-01-03,3,,d\n\
         2026-01-04,-2147483648,1,e\n2026-01-05,8,2,f\n",
    );
    let mut input = file.open();
    let (feedback, rejects) = read(&mut input);
    assert_eq!((feedback.len(), rejects.len()), (6, 0));
    assert_eq!((feedback[1].date, feedback[1].nps, feedback[1].rating), (None, None, Some(4.0)));
    assert_eq!(input.ignored_values(), [("date", 2), ("nps", 3), ("stars", 1)]);
}

#[test]
fn rating_scales_follow_the_data() {
    let scale = |stars: &str| {
        let rows: String = stars.split(' ').map(|stars| format!("{stars},x\n")).collect();
        File::new(format!("rating,text\n{rows}")).open().layout.rating_scale
    };
    assert_eq!(scale("1 5 3"), Some((1.0, 5.0)));
    assert_eq!(scale("1 9 3"), Some((1.0, 10.0)));
    assert_eq!(scale("0 9 3"), Some((0.0, 10.0)));
    assert_eq!(scale("4/5 3/5"), Some((1.0, 5.0)));
}

#[test]
fn school_marks_are_no_ratings_but_marks_on_a_scale_are() {
    let role = |name: &str| {
        let mut input = File::new(format!("{name},avis\n1,a\n3,b\n5,c\n")).open();
        input.layout.columns.remove(0).role
    };
    assert_eq!(role("Note /5"), Role::Rating);
    assert_ne!(role("Schulnote"), Role::Rating);
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
fn a_single_column_with_a_header_keeps_its_commas() {
    let mut input = File::new("text\nGood, but late\n\"Bad, \"\"very\"\" slow\"\n").open();
    assert_eq!(texts(&read(&mut input).0), ["Good, but late", "Bad, \"very\" slow"]);
}

#[test]
fn quotes_are_characters_in_files_that_do_not_quote() {
    let mut input =
        File::new("text\tlabel\n\"Super\" war nichts\tbad\nMy 5\" phone\tgood\n\"unklar\tbad\n")
            .open();
    assert!(!input.layout.quoting);
    let (feedback, rejects) = read(&mut input);
    assert_eq!(rejects, []);
    assert_eq!(texts(&feedback), ["\"Super\" war nichts", "My 5\" phone", "\"unklar"]);
}

#[test]
fn a_cell_that_starts_with_a_citation_keeps_its_quotes() {
    let mut input = File::new("id,text\n1,\"Great\" they said\n2,fine\n").open();
    assert_eq!(texts(&read(&mut input).0), ["\"Great\" they said", "fine"]);
}

#[test]
fn ragged_rows_are_rejected_with_what_was_expected() {
    let mut input = File::new("id,text,stars\n1,a,5\n2,b\n3,c,1,x\n4,d,2,,\n").open();
    let (feedback, rejects) = read(&mut input);
    assert_eq!(texts(&feedback), ["a", "d"]);
    assert_eq!(feedback[1].cells.len(), 3);
    assert_eq!(rejects.iter().map(|reject| reject.line).collect::<Vec<_>>(), [3, 4]);
    assert!(rejects[0].reason.starts_with("2 fields where 3 are expected"));
    assert!(rejects[1].reason.starts_with("4 fields where 3 are expected"));
    assert_eq!(rejects[0].column, "");
}

#[test]
fn the_second_header_of_joined_files_is_no_feedback() {
    let mut input = File::new("id,text\n1,a\nid,text\n2,b\n").open();
    let (feedback, rejects) = read(&mut input);
    assert_eq!(texts(&feedback), ["a", "b"]);
    assert_eq!((rejects.len(), rejects[0].line), (1, 3));
}

#[test]
fn bytes_that_are_no_text_are_rejected_with_their_place() {
    let mut input = File::new(b"id,text\n1,gut\n2,sch\xf6n\n3,a\0b\n4,fine\n").open();
    let (feedback, rejects) = read(&mut input);
    assert_eq!(texts(&feedback), ["gut", "fine"]);
    let [invalid, nul] = &rejects[..] else { panic!("{rejects:?}") };
    assert_eq!((invalid.line, invalid.column.as_str()), (3, "text"));
    assert!(invalid.reason.starts_with("invalid UTF-8 from byte 4"), "{}", invalid.reason);
    assert_eq!((nul.line, nul.column.as_str()), (4, "text"));
    assert!(nul.reason.starts_with("NUL at byte 2"), "{}", nul.reason);
}

#[test]
fn blank_lines_are_skipped_and_counted_as_lines() {
    let mut input = File::new("id,text\r\n\r\n1,a\r\n\r\n\r\n2,b").open();
    assert_eq!(lines(&read(&mut input).0), [3, 6]);
}

#[test]
fn cells_beyond_the_limit_are_rejected_and_the_run_goes_on() {
    for quote in ["", "\""] {
        let file = File::new("");
        let mut bytes = fs::File::create(file.path()).unwrap();
        write!(bytes, "id,text\n1,before\n2,{quote}").unwrap();
        for _ in 0..=MAX_CELL_BYTES / 1024 {
            bytes.write_all(&[b'x'; 1024]).unwrap();
        }
        write!(bytes, "{quote}\n3,after\n").unwrap();
        let mut input = file.open();
        let (feedback, rejects) = read(&mut input);
        assert_eq!(texts(&feedback), ["before", "after"]);
        assert_eq!(lines(&feedback), [2, 4]);
        let [reject] = &rejects[..] else { panic!("{rejects:?}") };
        assert_eq!((reject.line, reject.column.as_str()), (3, "text"));
        assert!(reject.reason.contains("larger than 1 MB"), "{}", reject.reason);
    }
}

#[test]
fn a_quote_that_is_never_closed_costs_one_row() {
    let mut input = File::new("id,text\n1,a\n2,\"b\n3,c\n4,d\n").open();
    let (feedback, rejects) = read(&mut input);
    assert_eq!(texts(&feedback), ["a", "c", "d"]);
    assert_eq!(lines(&feedback), [2, 4, 5]);
    let [reject] = &rejects[..] else { panic!("{rejects:?}") };
    assert_eq!((reject.line, reject.column.as_str()), (3, "text"));
    assert!(reject.reason.contains("opens in line 3"), "{}", reject.reason);
}

#[test]
fn a_quote_that_the_next_quoted_cell_closes_costs_one_row() {
    let mut input = File::new("id,text\n1,\"a\n2,b\n3,\"c, d\"\n4,e\n").open();
    let (feedback, rejects) = read(&mut input);
    assert_eq!(texts(&feedback), ["b", "c, d", "e"]);
    assert_eq!(rejects.iter().map(|reject| reject.line).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_quote_that_swallows_rows_up_to_a_closing_quote_costs_one_row() {
    let rows = numbered(30, |row| format!("{row},row {row},5"));
    let file = File::new(format!("id,text,stars\n0,\"open,5\n{rows}31,he wants 5\",5\n32,end,5\n"));
    let (feedback, rejects) = read(&mut file.open());
    assert_eq!(feedback.len(), 32);
    assert_eq!(rejects.iter().map(|reject| reject.line).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_long_letter_within_quotes_is_one_cell() {
    let letter = numbered(2000, |line| format!("Line {line}, and so on"));
    let mut input = File::new(format!("id,text\n1,\"{letter}\"\n2,b\n")).open();
    let (feedback, rejects) = read(&mut input);
    assert_eq!(rejects, []);
    assert_eq!(texts(&feedback), [letter.as_str(), "b"]);
    assert_eq!(lines(&feedback), [2, 2003]);
}

#[test]
fn gzipped_files_are_read_as_they_are() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(b"id\ttext\n1\tgut\n").unwrap();
    let packed = gzip.finish().unwrap();
    assert_eq!(texts(&read(&mut File::new(&packed).open()).0), ["gut"]);

    let damaged = File::new(&packed[..packed.len() - 9]);
    let error = damaged.error();
    assert!(error.contains("in.csv: cannot be read"), "{error}");
}

#[test]
fn a_file_that_breaks_off_gives_its_rows_and_then_an_error() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::none());
    gzip.write_all(b"id,text\n").unwrap();
    gzip.write_all(numbered(100_000, |row| format!("{row},gut")).as_bytes()).unwrap();
    let packed = gzip.finish().unwrap();
    let mut input = File::new(&packed[..packed.len() / 2]).open();
    let rows = input.by_ref().take_while(|row| row.is_ok()).count();
    assert!(rows > 30_000, "{rows}");
    assert!(input.next().is_none());
}

#[test]
fn a_few_foreign_bytes_in_a_long_file_are_rejects() {
    let mut content =
        format!("id,text\n{}", numbered(100, |row| format!("{row},fine"))).into_bytes();
    content.extend(b"101,it\x92s\n102,caf\xe9\n103,\x93no\x94\n");
    let (feedback, rejects) = read(&mut File::new(content).open());
    assert_eq!((feedback.len(), rejects.len()), (100, 3));
}

#[test]
fn rows_beyond_the_start_of_a_file_are_read_as_those_in_it() {
    let rows = numbered(20_000, |row| format!("{row};\"Text; number \"\"{row}\"\"\nof the file\""));
    let file = File::new(format!("id;text\n{rows}"));
    let (feedback, rejects) = read(&mut file.open());
    assert_eq!(rejects, []);
    assert_eq!(feedback.len(), 20_000);
    let last = &feedback[19_999];
    assert_eq!((last.line, last.id.as_deref()), (40_000, Some("20000")));
    assert_eq!(last.answers[0].text, "Text; number \"20000\"\nof the file");
}

#[test]
fn well_formed_files_are_divided_as_the_csv_crate_divides_them() {
    let content = "id,text,note\n1,\"a, \"\"b\"\"\r\nc\",\n\"2\",d \"e\" f,\"\"\n3,,\"\n\"\n";
    let mut input = File::new(content).open();
    let ours: Vec<_> = read(&mut input).0.into_iter().map(|row| row.cells).collect();
    let theirs: Vec<Vec<String>> = csv::Reader::from_reader(content.as_bytes())
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(ours, theirs);
}

#[test]
fn a_line_that_tells_excel_the_delimiter_is_not_a_row() {
    let mut input = File::new("sep=;\r\nid;text\r\n1;gut\r\n").open();
    assert_eq!(input.layout.delimiter, ';');
    assert_eq!(lines(&read(&mut input).0), [3]);
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
fn the_user_may_name_the_delimiter() {
    let file = File::new("id:text\n1:gut\n2:schlecht\n");
    let delimiter = |delimiter| ColumnChoice { delimiter: Some(delimiter), ..Default::default() };
    assert_eq!(texts(&read(&mut file.open_with(&delimiter(':'))).0), ["gut", "schlecht"]);
    assert!(file.error_with(&delimiter('"')).contains("cannot delimit"));
}

#[test]
fn without_a_text_column_every_column_says_why() {
    let error = File::new("id,stars\n1,5\n2,4\n").error();
    assert!(error.contains("--text-column NAME"), "{error}");
    assert!(error.contains("\"id\": ") && error.contains("\"stars\": "), "{error}");
}

#[test]
fn what_is_not_delimited_text_is_named_with_a_remedy() {
    let utf16: Vec<u8> = "id,text\n1,gut\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&b"\xff\xfe"[..], &utf16].concat();
    let windows: &[u8] = b"id;text\n1;sch\xf6n\n2;\xfcbel\n3;m\xe4\xdfig\n";
    for (content, seems, remedy) in [
        (&b"PK\x03\x04zip"[..], "Excel workbook", "save it as CSV UTF-8"),
        (b"%PDF-1.7", "PDF", "export"),
        (b"PAR1\0\0", "Parquet", "export"),
        (&marked, "UTF-16", "CSV UTF-8"),
        (&utf16, "UTF-16", "CSV UTF-8"),
        (windows, "Windows-1252", "CSV UTF-8"),
        (b"{\"text\": \"gut\"}\n", "JSON", "convert it to CSV"),
        (b"<!DOCTYPE html><html>", "web page", "export"),
    ] {
        let error = File::new(content).error();
        assert!(error.contains(seems) && error.contains(remedy), "{error}");
        assert!(error.contains("in.csv"), "{error}");
    }
}

#[test]
fn paths_that_cannot_be_read_say_why() {
    let file = File::new("");
    assert!(file.error().contains("is empty"));
    assert!(File::new("\u{feff}\n\n").error().contains("is empty"));
    let choice = ColumnChoice::default();
    let folder = open(file.folder.path(), &choice).err().unwrap().to_string();
    assert!(folder.contains("is a folder"), "{folder}");
    let missing = open(&file.folder.path().join("no.csv"), &choice).err().unwrap().to_string();
    assert!(missing.contains("no.csv: no such file"), "{missing}");
}

#[test]
fn a_header_alone_is_a_file_of_no_rows() {
    let mut input = File::new("id,date,text\n").open();
    let expected = [("id", Role::Id), ("date", Role::Date), ("text", Role::Text)];
    assert_eq!(roles(&input), expected);
    assert_eq!(read(&mut input), (vec![], vec![]));
}

/// Rows of which the first 256 KiB tell neither the scale of ratings, nor the order of day and
/// month, nor that there are few touchpoints.
fn late_telling_rows() -> Vec<String> {
    let rows = 0..9_000;
    let row = |i: usize| {
        let (month, day) = (i % 12 + 1, if i < 6_000 { i % 12 + 1 } else { i % 28 + 1 });
        let rating = if i < 6_000 { i % 5 + 1 } else { i % 10 + 1 };
        let place = if i < 6_000 { i } else { i % 10 };
        format!("{i},{month:02}/{day:02}/2026,{rating},shop {place},parcel number {i} came late\n")
    };
    rows.map(row).collect()
}

const LATE_TELLING_HEADER: &str = "id,date,rating,touchpoint,comment\n";

/// Layouts of files that are opened together, and what their rows came to, by id.
fn open_together(parts: &[Vec<String>]) -> (Vec<Layout>, Vec<Feedback>) {
    let files: Vec<File> = parts
        .iter()
        .map(|rows| File::new(LATE_TELLING_HEADER.to_owned() + &rows.concat()))
        .collect();
    let paths: Vec<PathBuf> = files.iter().map(File::path).collect();
    let mut inputs = open_all(&paths, &ColumnChoice::default()).unwrap();
    let mut feedback: Vec<Feedback> = inputs
        .iter_mut()
        .flat_map(|input| read(input).0)
        .map(|row| Feedback { line: 0, ..row })
        .collect();
    feedback.sort_by_key(|row| row.id.as_ref().and_then(|id| id.parse::<u32>().ok()));
    (inputs.into_iter().map(|input| input.layout).collect(), feedback)
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let rows = late_telling_rows();
    let (layouts, feedback) = open_together(std::slice::from_ref(&rows));
    assert_eq!(layouts[0].rating_scale, Some((1.0, 10.0)));
    assert_eq!(feedback[1].date, Some(date(2026, 2, 2)));
    assert_eq!(feedback[27].date, Some(date(2026, 4, 4)));
    assert_eq!(feedback[6_026].date, Some(date(2026, 3, 7)));
    let reversed = rows.iter().rev().cloned().collect();
    let shuffled = (0..rows.len()).map(|i| rows[i * 3_571 % rows.len()].clone()).collect();
    for rows in [reversed, shuffled] {
        assert!(open_together(&[rows]) == (layouts.clone(), feedback.clone()));
    }
}

#[test]
fn a_split_into_files_does_not_matter() {
    let rows = late_telling_rows();
    let (whole, expected) = open_together(std::slice::from_ref(&rows));
    let parts: Vec<Vec<String>> =
        [0..20, 20..6_000, 6_000..9_000].map(|part| rows[part].to_vec()).into();
    let (layouts, feedback) = open_together(&parts);
    assert!(feedback == expected);
    assert_eq!(layouts, vec![whole[0].clone(); 3]);
}

#[test]
fn files_of_other_columns_are_judged_by_themselves() {
    let one = File::new("id,rating,comment\n1,3,came late\n2,5,never came\n");
    let other = File::new("id,stars,comment\n1,9,came late\n2,10,never came\n");
    let inputs = open_all(&[one.path(), other.path()], &ColumnChoice::default()).unwrap();
    let scales: Vec<_> = inputs.iter().map(|input| input.layout.rating_scale).collect();
    assert_eq!(scales, [Some((1.0, 5.0)), Some((1.0, 10.0))]);
}

#[test]
fn of_columns_of_the_same_name_the_first_keeps_it() {
    let file = File::new("id,comment,comment\n1,came late,was dear\n2,never came,was cheap\n");
    let expected = [("id", Role::Id), ("comment", Role::Text), ("comment_2", Role::Text)];
    assert_eq!(roles(&file.open()), expected);
    let comment = |name: &str| {
        let text_columns = vec![name.to_owned()];
        let mut input = file.open_with(&ColumnChoice { text_columns, ..Default::default() });
        read(&mut input).0.remove(0).answers.remove(0).text
    };
    assert_eq!(comment("comment"), "came late");
    assert_eq!(comment("comment_2"), "was dear");
}

#[cfg(unix)]
#[test]
fn a_named_pipe_is_read_once_and_in_full() {
    let file = File::new("");
    let pipe = file.folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let content = LATE_TELLING_HEADER.to_owned() + &late_telling_rows().concat();
    let path = pipe.clone();
    let writer = std::thread::spawn(move || fs::write(path, content));
    let mut input = open(&pipe, &ColumnChoice::default()).unwrap();
    // What came first decides.
    assert_eq!(input.layout.rating_scale, Some((1.0, 5.0)));
    let (feedback, rejects) = read(&mut input);
    assert_eq!((feedback.len(), rejects.len()), (9_000, 0));
    writer.join().unwrap().unwrap();
}

#[test]
fn an_inspection_says_what_would_be_read() {
    let inspection = File::new("id,nps,text\n1,9,gut\n2,x,\n3,8\n4,7,ja\n").inspect();
    assert_eq!((inspection.rows, inspection.rejects, inspection.rows_without_text), (4, 1, 1));
    assert_eq!(inspection.first_rejects[0].0, 4);
    assert_eq!(inspection.first_rows[0], ["1", "9", "gut"]);
    assert_eq!(inspection.columns[2].example.as_deref(), Some("gut"));
    assert_eq!(inspection.ignored_values, [("nps".to_owned(), 1)]);
    let shown = inspection.to_string();
    for part in ["comma", "first row", "text", "gut", "4 rows", "1 rejected", "nps: 1 value"] {
        assert!(shown.contains(part), "{part} in {shown}");
    }
}
