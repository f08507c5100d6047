//! Inputs that are broken: each gets a clear message or rejects with a line and a reason, never a
//! panic and never a half-written folder.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::program::{Ended, Workplace, painpoint, painpoint_fed};
use super::table::Row;

const ROWS: &str = "id,comment\n\
    1,The parcel came two weeks late and nobody called.\n\
    2,Very friendly staff and a quick answer on the phone.\n\
    3,I still wait for my refund and nobody can help me.\n\
    4,The delivery was fast and everything was fine.\n";

/// Refuses a file of these bytes.
#[track_caller]
fn refuses(bytes: impl AsRef<[u8]>) -> Ended {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", bytes);
    workplace.refuses(&input, &[])
}

/// Analyses a file of these bytes; returns its rejects and the number of feedback.
#[track_caller]
fn rejects(bytes: impl AsRef<[u8]>) -> (Vec<Row>, u64) {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", bytes);
    workplace.analyze(&input, &[]).with_code(0);
    let manifest = workplace.results().manifest();
    let rejects = workplace.results().table("rejects.csv").rows;
    assert_eq!(manifest["rows"]["rejects"], rejects.len());
    (rejects, manifest["rows"]["feedback"].as_u64().unwrap())
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn an_empty_file_is_named_as_such() {
    for empty in ["", "\n", "  \r\n\r\n", "\u{feff}"] {
        refuses(empty).with_code(1).saying(&["input.csv", "empty"]);
    }
}

#[test]
fn a_file_of_a_header_alone_gives_results_without_feedback() {
    let (rejects, feedback) = rejects("id,date,comment\n");
    assert_eq!((rejects.len(), feedback), (0, 0));
}

#[test]
fn a_file_without_a_column_of_text_lists_its_columns_and_the_remedy() {
    let ended = refuses("id,stars\n1,5\n2,4\n3,1\n").with_code(2);
    ended.saying(&["no column of free text", "--text-column", "\"id\"", "\"stars\""]);
}

#[test]
fn a_folder_without_feedback_and_a_missing_file_are_named() {
    let workplace = Workplace::new();
    std::fs::create_dir(workplace.path("exports")).unwrap();
    let told = &["exports", "holds no file of feedback"];
    workplace.refuses(&workplace.path("exports"), &[]).with_code(1).saying(told);
    let missing = workplace.path("missing.csv");
    workplace.refuses(&missing, &[]).with_code(1).saying(&["missing.csv", "no such file"]);
}

#[test]
fn a_folder_is_read_like_the_files_in_it() {
    let workplace = Workplace::new();
    std::fs::create_dir(workplace.path("exports")).unwrap();
    let (first, second) =
        (ROWS, ROWS.replace("id,comment", "nr,stars,comment").replace(",", ",3,"));
    workplace.file("exports/b.csv", first);
    workplace
        .file("exports/a.csv.gz", gzipped(second.replace("nr,3,stars,3,", "nr,stars,").as_bytes()));
    workplace.file("exports/readme.md", "nothing to read");
    let told = &["1 file of another kind", "readme.md"];
    workplace.analyze(&workplace.path("exports"), &[]).with_code(0).saying(told);
    let results = workplace.results();
    let inputs = results.manifest()["inputs"].clone();
    assert!(inputs[0]["path"].as_str().unwrap().ends_with("exports/a.csv.gz"), "{inputs}");
    assert_eq!(results.manifest()["rows"]["feedback"], 8);
    workplace.analyze(&workplace.path("exports/*.csv"), &[]).with_code(0);
    assert_eq!(workplace.results().manifest()["rows"]["feedback"], 4);
}

#[test]
fn one_missing_file_among_several_stops_the_run_before_it_starts() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let missing = workplace.path("missing.csv");
    workplace.refuses(&input, &[missing.to_str().unwrap()]).saying(&["missing.csv"]);
}

#[test]
fn files_of_other_kinds_are_named_with_what_to_do() {
    let noise: Vec<u8> =
        (0..4096u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    refuses(&noise).with_code(1).saying(&["binary data"]);
    let workbook = [b"PK\x03\x04\x14\0\x06\0".as_slice(), &noise].concat();
    refuses(workbook).with_code(1).saying(&["cannot be read as a workbook"]);
    refuses(b"%PDF-1.7\n1 0 obj\n").with_code(1).saying(&["PDF"]);
    refuses("[{\"comment\": \"late again\"").with_code(1).saying(&["JSON", "breaks off"]);
    refuses("<!DOCTYPE html><html><body>Not found</body></html>").saying(&["web page"]);
}

#[test]
fn other_encodings_are_read_and_a_guess_is_told() {
    let little: Vec<u8> = ROWS.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = ROWS.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for utf16 in [
        [b"\xff\xfe".as_slice(), &little].concat(),
        [b"\xfe\xff".as_slice(), &big].concat(),
        little,
        big,
    ] {
        let (rejects, feedback) = rejects(utf16);
        assert_eq!((rejects.len(), feedback), (0, 4));
    }
    let latin: Vec<u8> = "id,comment\n1,Lieferung zu spät\n2,Gerät kaputt\n3,Für immer verärgert\n"
        .chars()
        .map(|c| c as u8)
        .collect();
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", latin);
    let told = ["Windows-1252", "--encoding NAME", "\"spät\""];
    workplace.analyze(&input, &[]).with_code(0).saying(&told);
    assert!(workplace.results().text("mentions.csv").contains("Gerät"));
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    workplace
        .refuses(&input, &["--encoding", "latin-9000"])
        .saying(&["no encoding", "windows-1252"]);
}

#[test]
fn a_row_that_is_too_short_or_too_long_is_rejected_with_its_line() {
    let (rejects, feedback) = rejects(format!("{ROWS}5\n6,too,many\n7,Fine again this time.\n"));
    assert_eq!(feedback, 5);
    let lines: Vec<u64> = rejects.iter().map(|row| row.count("line")).collect();
    assert_eq!(lines, [6, 7]);
    assert!(rejects[0].text("reason").starts_with("1 fields where 2 are expected"));
    assert!(rejects[1].text("reason").starts_with("3 fields where 2 are expected"));
}

#[test]
fn a_nul_byte_and_invalid_utf_8_cost_no_row_and_are_told() {
    let rows = ROWS.replace("came", "kam für uns überall spät an, so spät, dass es zu spät war:");
    let broken =
        [rows.repeat(9).as_bytes(), b"5,late\0again\n6,The parcel \xff came late\n"].concat();
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", broken);
    workplace.analyze(&input, &[]).with_code(0).saying(&["no text in UTF-8", "--encoding NAME"]);
    let mentions = workplace.results().text("mentions.csv");
    assert!(
        mentions.contains("The parcel \u{fffd} came late")
            && mentions.contains("late\u{fffd}again")
    );
}

#[test]
fn of_very_many_rejects_some_are_listed_and_all_are_counted() {
    let workplace = Workplace::new();
    let broken = "x\n".repeat(60_000);
    let input = workplace.file("input.csv.gz", gzipped(format!("{ROWS}{broken}").as_bytes()));
    workplace
        .analyze(&input, &[])
        .with_code(0)
        .saying(&["60000 of 60004 rows could not be used", "all but 50000"]);
    let results = workplace.results();
    assert_eq!(results.manifest()["rows"]["rejects"], 60_000);
    assert_eq!(results.table("rejects.csv").rows.len(), 10_000);
}

#[test]
fn a_cell_of_50_megabytes_is_rejected_and_the_rows_after_it_are_read() {
    for quote in ["", "\""] {
        let cell = "late ".repeat(10 * 1024 * 1024);
        let last = "6,Everything was fine in the end, thank you.\n".replace(", t", " t");
        let (rejects, feedback) = rejects(format!("{ROWS}5,{quote}{cell}{quote}\n{last}"));
        assert_eq!(feedback, 5);
        let [reject] = &rejects[..] else { panic!("{rejects:?}") };
        assert_eq!((reject.count("line"), reject.text("column")), (6, "comment"));
        assert!(reject.text("reason").contains("larger than 1 MB"), "{reject:?}");
    }
}

#[test]
fn a_quote_that_is_never_closed_does_not_swallow_the_rows_after_it() {
    let rows: String =
        (10..40).map(|id| format!("{id},The parcel of order {id} came late.\n")).collect();
    let (rejects, feedback) = rejects(format!("{ROWS}5,\"I am still waiting\n{rows}"));
    let [reject] = &rejects[..] else { panic!("{rejects:?}") };
    assert_eq!((reject.count("line"), feedback), (6, 34));
    assert!(reject.text("reason").contains("quote"), "{reject:?}");
}

#[test]
fn a_row_that_repeats_another_is_counted_and_not_analysed() {
    let workplace = Workplace::new();
    let row = ROWS.lines().nth(1).unwrap();
    let input = workplace.file("input.csv", format!("{ROWS}{row}\n{row}\n"));
    workplace.analyze(&input, &[]).with_code(0).saying(&["2 duplicates"]);
    let rows = workplace.results().manifest()["rows"].clone();
    assert_eq!([&rows["rows"], &rows["feedback"], &rows["duplicates"]], [6, 4, 2]);
    assert_eq!(workplace.results().table("feedback.csv").rows.len(), 4);
}

#[test]
fn an_unknown_column_is_answered_with_the_nearest_and_all_there_are() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let ended = workplace.refuses(&input, &["--text-column", "coment"]).with_code(2);
    ended.saying(&["no column \"coment\"", "did you mean \"comment\"", "\"id\", \"comment\""]);
    let ended = workplace.refuses(&input, &["--text-column", "zzzzzzzz"]).with_code(2);
    assert!(!ended.stderr.contains("did you mean"), "{}", ended.stderr);
}

#[test]
fn a_column_cannot_have_two_roles() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", ROWS);
    let flags = ["--text-column", "comment", "--id-column", "comment"];
    workplace.refuses(&input, &flags).with_code(2).saying(&["comment", "two roles"]);
}

#[test]
fn standard_input_and_gzipped_files_are_read_like_any_other() {
    let workplace = Workplace::new();
    let plain = workplace.file("input.csv", ROWS);
    workplace.analyze(&plain, &[]).with_code(0);
    let expected = workplace.results().text("mentions.csv");
    let packed = workplace.file("input.csv.gz", gzipped(ROWS.as_bytes()));
    workplace.analyze(&packed, &[]).with_code(0);
    assert_eq!(workplace.results().text("mentions.csv"), expected);

    let (codebook, out) = (workplace.path("small-codebook.toml"), workplace.path("out"));
    for bytes in [ROWS.as_bytes().to_vec(), gzipped(ROWS.as_bytes())] {
        let flags =
            ["--codebook".as_ref(), codebook.as_os_str(), "--out".as_ref(), out.as_os_str()];
        painpoint_fed(&bytes, ["analyze".as_ref(), "-".as_ref()].into_iter().chain(flags))
            .with_code(0);
        assert_eq!(workplace.results().text("mentions.csv"), expected);
        assert_eq!(workplace.results().manifest()["inputs"][0]["path"], "-");
    }
    let flags = ["--out".as_ref(), out.as_os_str()];
    painpoint(["analyze".as_ref(), "-".as_ref()].into_iter().chain(flags))
        .with_code(1)
        .saying(&["empty"]);
    assert_eq!(workplace.results().text("mentions.csv"), expected);
}

#[test]
fn a_gzipped_file_that_breaks_off_fails_the_run_and_leaves_nothing() {
    let rows: String =
        (0..9000).map(|id| format!("{id},{:x} came late\n", id * 2_654_435_761u64)).collect();
    assert!(rows.len() > 256 * 1024 / 2);
    let packed = gzipped(format!("id,comment\n{rows}").as_bytes());
    let workplace = Workplace::new();
    let input = workplace.file("input.csv.gz", &packed[..packed.len() / 2]);
    workplace.refuses(&input, &[]).with_code(1).saying(&["input.csv.gz", "cannot be read"]);
}

#[test]
fn a_correction_that_cannot_be_used_is_told_with_its_row_and_column() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", "id,comment\n1,The parcel was late\n");
    let corrections =
        workplace.file("corrections.csv", "feedback_id,mention,field,value\n1,1,sentiment,bad\n");
    workplace
        .refuses(&input, &["--corrections", corrections.to_str().unwrap()])
        .with_code(2)
        .saying(&["corrections.csv:2:value:", "\"bad\"", "negative, neutral or positive"]);
}

#[test]
fn a_baseline_that_is_no_folder_of_results_is_told() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", "id,comment\n1,The parcel was late\n");
    let empty = workplace.path("empty");
    std::fs::create_dir(&empty).unwrap();
    workplace
        .refuses(&input, &["--baseline", empty.to_str().unwrap()])
        .with_code(2)
        .saying(&["findings.json", "--baseline"]);
    std::fs::write(empty.join("run.json"), "{}").unwrap();
    workplace
        .refuses(&input, &["--baseline", empty.to_str().unwrap()])
        .with_code(2)
        .saying(&["findings.json", "again with this version"]);
}

#[test]
fn a_day_that_is_none_is_told() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", "id,comment\n1,The parcel was late\n");
    workplace
        .refuses(&input, &["--since", "1.3.2026"])
        .with_code(2)
        .saying(&["1.3.2026", "2026-03-01"]);
}
