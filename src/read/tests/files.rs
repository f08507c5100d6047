//! Files as they come: packed, broken off, of other kinds, pipes.

use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};

use super::sampling::{LATE_TELLING_HEADER, late_telling_rows};
use super::*;
use crate::read::Packing;
use crate::read::source::OPENED;

#[test]
fn gzipped_files_are_read_as_they_are() {
    let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
    gzip.write_all(b"id\ttext\n1\tgut\n").unwrap();
    let packed = gzip.finish().unwrap();
    assert_eq!(texts(&read(&mut File::new(&packed).open()).0), ["gut"]);

    let damaged = File::new(&packed[..packed.len() - 9]);
    let error = damaged.error();
    assert!(error.contains("in.csv: cannot be read") && error.contains("cut off"), "{error}");
}

#[test]
fn files_packed_with_zstd_are_read_as_they_are() {
    let packed = compress_to_vec(&b"id\ttext\n1\tgut\n"[..], CompressionLevel::Fastest);
    let mut input = File::new(&packed).open();
    assert_eq!(input.layout.packing, Some(Packing::Zstd));
    assert_eq!(texts(&read(&mut input).0), ["gut"]);
    assert!(File::new(&packed).inspect().to_string().contains("packed     zstd"));

    let error = File::new(&packed[..packed.len() / 2]).error();
    assert!(error.contains("zstd data are damaged or cut off"), "{error}");
}

#[test]
fn what_unpacks_to_far_more_than_feedback_does_is_no_input() {
    let row = [b"id,text\n1,".as_slice(), &[b'x'; 1 << 20], b"\n"].concat();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..80 {
        gzip.write_all(&row).unwrap();
    }
    let error = File::new(gzip.finish().unwrap()).open().find_map(Result::err).unwrap().to_string();
    assert!(error.contains("unpack it first"), "{error}");
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
fn what_is_not_delimited_text_is_named_with_a_remedy() {
    for (content, seems, remedy) in [
        (&b"%PDF-1.7"[..], "PDF", "export"),
        (b"PK\x03\x04zip", "workbook: it is damaged", "save it anew"),
        (b"PAR1\0\0", "Parquet", "export"),
        (&b"\x01\x02\x03\x04".repeat(20), "binary data", "export"),
        (b"<!DOCTYPE html><html>", "web page", "CSV UTF-8"),
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
fn a_file_is_read_twice_and_once_where_nothing_is_left_to_find() {
    let rows = numbered(40_000, |row| format!("{row},4,the parcel of day {row} came late"));
    let file = File::new(format!("id,stars,text\n{rows}"));
    let choice = |rating: Option<&str>, segments: &[&str]| ColumnChoice {
        text_columns: vec!["text".to_owned()],
        id_column: Some("id".to_owned()),
        rating_column: rating.map(str::to_owned),
        segment_columns: segments.iter().map(|&name| name.to_owned()).collect(),
        ..ColumnChoice::default()
    };
    for (choice, times) in [
        (ColumnChoice::default(), 2),
        (choice(None, &[]), 2),
        // The scale is still to be found.
        (choice(Some("stars"), &[]), 2),
        (choice(None, &["stars"]), 2),
        (ColumnChoice { encoding: Some("utf-8".to_owned()), ..choice(None, &["stars"]) }, 1),
    ] {
        let before = OPENED.get();
        let (feedback, rejects) = read(&mut file.open_with(&choice));
        assert_eq!((feedback.len(), rejects.len()), (40_000, 0));
        assert_eq!(OPENED.get() - before, times, "{choice:?}");
    }
}

#[test]
fn a_file_whose_end_is_no_utf_8_is_read_in_the_encoding_of_its_end() {
    let rows = numbered(40_000, |row| format!("{row},4,the parcel of day {row} came late"));
    let mut bytes = format!("id,stars,text\n{rows}").into_bytes();
    bytes.extend_from_slice(b"40001,1,Die Verk\xe4uferin war unh\xf6flich und das Men\xfc kalt\n");
    let given = ColumnChoice {
        text_columns: vec!["text".to_owned()],
        id_column: Some("id".to_owned()),
        segment_columns: vec!["stars".to_owned()],
        ..ColumnChoice::default()
    };
    for choice in [ColumnChoice::default(), given] {
        let (feedback, rejects) = read(&mut File::new(bytes.clone()).open_with(&choice));
        assert_eq!((feedback.len(), rejects.len()), (40_001, 0));
        let last = &feedback[40_000].cells[2];
        assert_eq!(last, "Die Verkäuferin war unhöflich und das Menü kalt");
    }
}

#[test]
fn json_whose_end_is_no_utf_8_is_read_in_the_encoding_of_its_end() {
    let rows = numbered(20_000, |row| {
        format!("{{\"id\": {row}, \"text\": \"The parcel of day {row} came late.\"}},")
    });
    let last = b"{\"id\": 20001, \"text\": \"Die Verk\xe4uferin war unh\xf6flich.\"}]";
    let lines = rows.replace("},", "}");
    let list = [b"[", rows.as_bytes(), last].concat();
    let lines = [lines.as_bytes(), &last[..last.len() - 1]].concat();
    for (bytes, name) in [(list, "list"), (lines, "lines")] {
        let (feedback, rejects) = read(&mut File::new(bytes).open());
        assert_eq!((feedback.len(), rejects.len()), (20_001, 0), "{name}");
        let cells = &feedback[20_000].cells;
        assert!(cells.iter().any(|cell| cell == "Die Verkäuferin war unhöflich."), "{cells:?}");
    }
}

#[test]
fn small_files_are_read_once() {
    let file = File::new("id,text\n1,gut\n");
    let before = OPENED.get();
    read(&mut file.open());
    assert_eq!(OPENED.get() - before, 1);
}

#[test]
fn file_names_control_no_terminal() {
    let file = File::new("");
    let path = file.folder.path().join("a\u{1b}[31m\r.csv");
    let choice = ColumnChoice::default();
    let told = |path: &std::path::Path| open(path, &choice).err().unwrap().to_string();
    let missing = told(&path);
    fs::write(&path, "").unwrap();
    for error in [missing, told(&path)] {
        assert!(error.contains(r"a\u{1b}[31m\r.csv"), "{error:?}");
        assert!(!error.contains(char::is_control), "{error:?}");
    }
}

#[test]
fn an_option_about_another_kind_of_input_is_told() {
    let text = "id,comment\n1,The parcel came two weeks late\n2,The staff was very friendly\n";
    let json = r#"[{"id": 1, "comment": "The parcel came two weeks late"}]"#;
    for (content, choice, options) in [
        (
            text,
            ColumnChoice { sheet: Some("A".into()), ..ColumnChoice::default() },
            &["--sheet"][..],
        ),
        (text, ColumnChoice { delimiter: Some(",".into()), ..ColumnChoice::default() }, &[]),
        (
            json,
            ColumnChoice { skip_rows: Some(1), header_rows: Some(1), ..ColumnChoice::default() },
            &["--skip-rows", "--header-rows"],
        ),
    ] {
        let doubts = File::new(content).open_with(&choice).doubts();
        let unused = doubts.iter().filter_map(|doubt| match doubt {
            Doubt::UnusedOption { option, .. } => Some(option.as_str()),
            _ => None,
        });
        assert_eq!(unused.collect::<Vec<_>>(), options);
    }
}

#[test]
fn more_rows_above_the_table_than_the_file_has_are_an_error() {
    let file = File::new("id,comment\n1,The parcel came two weeks late\n");
    let choice = ColumnChoice { header_rows: Some(9), ..ColumnChoice::default() };
    assert!(file.error_with(&choice).contains("only 2 rows could be its header; --header-rows"));
    let choice = ColumnChoice { skip_rows: Some(2), ..ColumnChoice::default() };
    assert!(file.error_with(&choice).contains("below the 2 rows that --skip-rows leaves out"));
}
