//! How bytes are divided into rows, and what is left of those that break the rules.

use std::fs;
use std::io::Write;

use super::*;

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
    assert!(!dialect(&input).1);
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
    assert_eq!(reject_lines(&rejects), [3, 4]);
    assert!(rejects[0].reason.starts_with("2 fields where 3 are expected"));
    assert!(rejects[1].reason.starts_with("4 fields where 3 are expected"));
    assert_eq!(rejects[0].column, "");
}

#[test]
fn the_second_header_of_joined_files_is_no_feedback() {
    let mut input = File::new("id,text\n1,a\nid,text\n2,b\n").open();
    let (feedback, rejects) = read(&mut input);
    assert_eq!(texts(&feedback), ["a", "b"]);
    assert_eq!((rejects.len(), rejects[0].place.line), (1, 3));
}

#[test]
fn bytes_that_are_no_text_show_and_cost_no_row() {
    let content = "id,text\n1,schön\n2,sch\n3,a\0b\n4,fine\n".replace("2,sch", "2,sch?n");
    let content: Vec<u8> = content.bytes().map(|b| if b == b'?' { 0xf6 } else { b }).collect();
    let mut input = File::new(content).open();
    let (feedback, rejects) = read(&mut input);
    assert_eq!(rejects, []);
    assert_eq!(texts(&feedback), ["schön", "sch\u{fffd}n", "a\u{fffd}b", "fine"]);
    let encoding = input.layout.encoding.as_ref().unwrap();
    assert_eq!((encoding.name, encoding.guessed, encoding.invalid), ("UTF-8", false, 1));
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
        assert_eq!((reject.place.line, reject.column.as_str()), (3, "text"));
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
    assert_eq!((reject.place.line, reject.column.as_str()), (3, "text"));
    assert!(reject.reason.contains("opens in line 3"), "{}", reject.reason);
}

#[test]
fn a_quote_that_the_next_quoted_cell_closes_costs_one_row() {
    let mut input = File::new("id,text\n1,\"a\n2,b\n3,\"c, d\"\n4,e\n").open();
    let (feedback, rejects) = read(&mut input);
    assert_eq!(texts(&feedback), ["b", "c, d", "e"]);
    assert_eq!(reject_lines(&rejects), [2]);
}

#[test]
fn a_quote_that_swallows_rows_up_to_a_closing_quote_costs_one_row() {
    let rows = numbered(30, |row| format!("{row},row {row},5"));
    let file = File::new(format!("id,text,stars\n0,\"open,5\n{rows}31,he wants 5\",5\n32,end,5\n"));
    let (feedback, rejects) = read(&mut file.open());
    assert_eq!(feedback.len(), 32);
    assert_eq!(reject_lines(&rejects), [2]);
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
fn rows_beyond_the_start_of_a_file_are_read_as_those_in_it() {
    let rows = numbered(20_000, |row| format!("{row};\"Text; number \"\"{row}\"\"\nof the file\""));
    let file = File::new(format!("id;text\n{rows}"));
    let (feedback, rejects) = read(&mut file.open());
    assert_eq!(rejects, []);
    assert_eq!(feedback.len(), 20_000);
    let last = &feedback[19_999];
    assert_eq!((last.place.line, last.id.as_deref()), (40_000, Some("20000")));
    assert_eq!(last.cells[1], "Text; number \"20000\"\nof the file");
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
    assert_eq!(dialect(&input).0, ";");
    assert_eq!(lines(&read(&mut input).0), [3]);
}

#[test]
fn the_user_may_name_the_delimiter() {
    let file = File::new("id:text\n1:gut\n2:schlecht\n");
    let delimiter =
        |sign: &str| ColumnChoice { delimiter: Some(sign.to_owned()), ..Default::default() };
    assert_eq!(texts(&read(&mut file.open_with(&delimiter(":"))).0), ["gut", "schlecht"]);
    assert!(file.error_with(&delimiter("\"")).contains("cannot delimit"));
}

#[test]
fn every_record_has_its_number() {
    let mut input = File::new("id,text\n1,\"a\nb\"\n\n2\n3,\"c\n4,d\n").open();
    let (feedback, rejects) = read(&mut input);
    let places = |places: Vec<&Place>| {
        places.into_iter().map(|place| (place.record, place.line)).collect::<Vec<_>>()
    };
    assert_eq!(places(feedback.iter().map(|row| &row.place).collect()), [(2, 2), (5, 7)]);
    assert_eq!(places(rejects.iter().map(|row| &row.place).collect()), [(3, 5), (4, 6)]);
}

#[test]
fn a_bad_record_before_the_header_is_a_reject_and_the_header_stays_one() {
    let mut input = File::new("\"export of May\nid,text\n1,gut\n2,teuer\n").open();
    assert_eq!(roles(&input), [("id", Role::Id), ("text", Role::Text)]);
    let (feedback, rejects) = read(&mut input);
    assert_eq!(texts(&feedback), ["gut", "teuer"]);
    assert_eq!(reject_lines(&rejects), [1]);
    assert!(rejects[0].reason.contains("quote"), "{rejects:?}");
}
