//! Text in other encodings than UTF-8, told and read.

use super::*;

fn utf16(text: &str, bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

fn encoding(input: &Input) -> (&str, bool) {
    let encoding = input.layout.encoding.as_ref().unwrap();
    (encoding.name, encoding.guessed)
}

#[test]
fn text_in_utf16_is_read_with_and_without_a_mark() {
    let text = "id;text\n1;schön\n2;teuer\n";
    for (content, name) in [
        (utf16(text, u16::to_le_bytes), "UTF-16LE"),
        (utf16(text, u16::to_be_bytes), "UTF-16BE"),
        (utf16(&format!("\u{feff}{text}"), u16::to_le_bytes), "UTF-16LE"),
        (utf16(&format!("\u{feff}{text}"), u16::to_be_bytes), "UTF-16BE"),
    ] {
        let mut input = File::new(content).open();
        assert_eq!(encoding(&input), (name, false));
        assert_eq!(texts(&read(&mut input).0), ["schön", "teuer"]);
    }
}

#[test]
fn a_few_letters_of_another_encoding_far_down_cost_no_row() {
    let mut content =
        format!("id,text\n{}", numbered(30_000, |row| format!("{row},fine"))).into_bytes();
    content.extend(b"x,it\x92s a pity\ny,caf\xe9\nz,\x93no\x94\n");
    let mut input = File::new(content).open();
    assert_eq!(encoding(&input), ("Windows-1252", true));
    let (feedback, rejects) = read(&mut input);
    assert_eq!((feedback.len(), rejects.len()), (30_003, 0));
    assert_eq!(texts(&feedback[30_000..]), ["it’s a pity", "café", "“no”"]);
}

#[test]
fn the_encoding_is_told_and_can_be_named() {
    let file = File::new(b"id;text\n1;sch\xf6n, \xfcbel\n2;20 \xa4 zu viel\n");
    let inspection = file.inspect().to_string();
    assert!(inspection.contains("encoding   ISO-8859-15, which fits best"), "{inspection}");
    let named = |name: &str| ColumnChoice { encoding: Some(name.to_owned()), ..Default::default() };
    let mut input = file.open_with(&named("windows-1252"));
    assert_eq!(encoding(&input), ("Windows-1252", false));
    assert_eq!(texts(&read(&mut input).0), ["schön, übel", "20 ¤ zu viel"]);
    let error = file.error_with(&named("klingon"));
    assert!(error.contains("no encoding \"klingon\"") && error.contains("utf-8"), "{error}");
}

#[test]
fn files_of_old_macs_are_read() {
    let mut input = File::new(b"id,text\r1,it\xd5s slow\r2,\xd2never\xd3 again\r").open();
    assert_eq!(encoding(&input), ("MacRoman", true));
    assert_eq!(texts(&read(&mut input).0), ["it’s slow", "“never” again"]);
}

#[test]
fn files_joined_from_two_encodings_are_read_in_both() {
    let mut content = b"id,text\n".to_vec();
    for row in 0..20 {
        content.extend(format!("{row},schön\n").as_bytes());
        content.extend(format!("{row}b,").as_bytes());
        content.extend(b"\xfcbel\n");
    }
    let mut input = File::new(content).open();
    assert_eq!(encoding(&input).0, "UTF-8");
    let (feedback, rejects) = read(&mut input);
    assert_eq!((feedback.len(), rejects.len()), (40, 0));
    assert_eq!(texts(&feedback[..2]), ["schön", "übel"]);
}

#[test]
fn a_file_that_was_cut_within_a_character_is_told() {
    let text =
        "id,comment\n1,The parcel came two weeks late\n2,I still wait for my refund \u{1f600}";
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let long = format!("{text}\n").repeat(2_500);
    let long: Vec<u8> = long.trim_end().encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [bytes, long] {
        for (cut, told) in [(0, 0), (1, 1), (2, 1), (3, 1), (4, 0)] {
            let content = [b"\xff\xfe", &bytes[..bytes.len() - cut]].concat();
            let mut input = File::new(content).open();
            input.by_ref().for_each(|row| drop(row.unwrap()));
            let cut_text = Doubt::CutText { encoding: "UTF-16LE".to_owned() };
            let doubts = input.doubts().into_iter().filter(|own| *own == cut_text).count();
            assert_eq!(doubts, told, "{cut}");
        }
    }
}

/// Text below a header, with lines of ASCII before it: so few or many that the start of a file ends before it, or not.
fn below(lines: usize, end: &[u8]) -> File {
    let lines = numbered(lines, |row| format!("{row},I still wait for my refund"));
    File::new([format!("id,comment\n{lines}").as_bytes(), end].concat())
}

/// Reads all of a file and gives what its last text is, and whether it is told as cut, as not quite text, or as in a
/// guessed encoding.
fn told_of_the_end(file: &File) -> (String, &'static str, [bool; 3]) {
    let mut input = file.open();
    input.leave_passing_over();
    let name = input.layout.encoding.as_ref().unwrap().name;
    let text = texts(&read(&mut input).0).last().unwrap().to_string();
    let doubts = input.doubts();
    let told = |kind: fn(&Doubt) -> bool| doubts.iter().filter(|doubt| kind(doubt)).count() == 1;
    let told = [
        told(|own| *own == Doubt::CutText { encoding: "UTF-8".to_owned() }),
        told(|own| matches!(own, Doubt::InvalidText { .. })),
        told(|own| matches!(own, Doubt::Encoding { .. })),
    ];
    (text, name, told)
}

#[test]
fn a_file_in_utf_8_that_was_cut_within_a_character_is_told() {
    const CUT: [bool; 3] = [true, false, false];
    for lines in [2, 12_000] {
        for (end, text) in [
            (&b"x,The router is sch\xc3"[..], "The router is sch\u{fffd}"),
            (b"x,The router is \xc3", "The router is \u{fffd}"),
            (b"x,It cost 20 \xe2\x82", "It cost 20 \u{fffd}"),
            (b"x,slow \xf0\x9f\x98", "slow \u{fffd}"),
            ("y,schön\nx,It cost 20 ".as_bytes(), "It cost 20 "),
        ] {
            let cut = told_of_the_end(&below(lines, end));
            let told = if text.is_ascii() { [false; 3] } else { CUT };
            assert_eq!(cut, (text.to_owned(), "UTF-8", told), "{lines}");
        }
        // What UTF-8 is elsewhere tells what a single byte at the end is.
        let end = ["y,schön\nx,It cost 20 ".as_bytes(), &b"\xe2"[..]].concat();
        let cut = told_of_the_end(&below(lines, &end));
        assert_eq!(cut, ("It cost 20 \u{fffd}".to_owned(), "UTF-8", CUT), "{lines}");
        let end = [&b"y,sch\xf6n\n"[..], "z,schön\nx,It cost 20 ".as_bytes(), b"\xe2"].concat();
        let cut = told_of_the_end(&below(lines, &end));
        assert_eq!(cut.2, [true, true, false], "{lines}");
    }
}

#[test]
fn a_letter_of_a_western_encoding_at_the_end_is_no_cut_one() {
    for lines in [2, 12_000] {
        for end in [&b"x,nice caf\xe9"[..], b"x,NICE NIV\xc5", b"y,sch\xf6n\nx,sch\xf6n sch\xc3"] {
            let (text, name, told) = told_of_the_end(&below(lines, end));
            assert!(name != "UTF-8" && !text.contains('\u{fffd}'), "{lines}, {name}, {text}");
            assert_eq!(told, [false, false, true], "{lines}, {text}");
        }
    }
}
