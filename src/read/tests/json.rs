//! JSON in the shapes in which it is exported.

use super::*;

const REVIEWS: [&str; 3] = [
    r#"{"id": "r1", "stars": 1.0, "review": {"text": "The parcel came late", "lang": null}}"#,
    r#"{"id": "r2", "stars": 5, "review": {"text": "The app is very good"}}"#,
    r#"{"id": "r3", "stars": 2, "tags": ["web", "new"]}"#,
];

/// Names and texts, which are the same in every shape.
fn expect(content: &str) {
    let file = File::new(content);
    let mut input = file.open();
    let names: Vec<&str> = input.layout.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["id", "stars", "review.text", "tags", "review.lang"], "{content}");
    let (feedback, rejects) = read(&mut input);
    assert_eq!((feedback.len(), rejects.len()), (3, 0), "{content}");
    assert_eq!(texts(&feedback), ["The parcel came late", "The app is very good"]);
    assert_eq!(feedback[0].rating, Some(1.0));
    assert_eq!(feedback[2].cells, ["r3", "2", "", "web; new", ""]);
    assert!(input.fingerprint().is_some());
}

#[test]
fn objects_are_read_wherever_they_stand() {
    let [a, b, c] = REVIEWS;
    expect(&format!("{a}\n\n{b}\r\n{c}"));
    expect(&format!("\u{feff}{a}\n{b}\n{c}\n"));
    expect(&format!("[{a}, {b},\n{c}]"));
    expect(&format!(r#"{{"app": "x", "count": 3, "data": {{"reviews": [{a}, {b}, {c}]}}}}"#));
    expect(&format!(r#"[{{"page": 1, "reviews": [{a}, {b}]}}, {{"page": 2, "reviews": [{c}]}}]"#));
    let indented = REVIEWS.map(|review| review.replace(", ", ",\n  "));
    expect(&indented.join("\n"));
}

#[test]
fn a_broken_line_is_a_reject_with_its_line() {
    let [a, b, c] = REVIEWS;
    let file = File::new(format!("{a}\n{b}\n\n{{\"id\": \"r9\", oops}}\n[1]\n{c}\n"));
    let (feedback, rejects) = read(&mut file.open());
    assert_eq!((feedback.len(), lines(&feedback)), (3, vec![1, 2, 6]));
    assert_eq!(reject_lines(&rejects), [4, 5]);
    assert!(rejects[0].reason.contains("character 14"), "{}", rejects[0].reason);
    assert!(rejects[1].reason.contains("a list where"), "{}", rejects[1].reason);
}

#[test]
fn a_list_that_breaks_off_is_an_error_that_says_where() {
    let [a, b, _] = REVIEWS;
    let cut = File::new(format!("[{a},\n{b},\n{{\"id\": \"r3\", \"st")).error();
    assert!(cut.contains("it breaks off") && cut.contains("line 3 column"), "{cut}");
    let broken = File::new(format!("[{a},\n{{'id': 'r2'}}]")).error();
    assert!(broken.contains("no sound JSON") && broken.contains("line 2 column 2"), "{broken}");
    assert!(File::new("[]").error().contains("is empty"));
}

#[test]
fn a_list_of_texts_is_a_column() {
    let file = File::new(r#"["The parcel came late", "He said \"no\"", null, "ok"]"#);
    let mut input = file.open();
    assert_eq!(roles(&input), [("text", Role::Text)]);
    let (feedback, _) = read(&mut input);
    assert_eq!((feedback.len(), texts(&feedback).len()), (4, 3));
    assert_eq!(texts(&feedback)[1], "He said \"no\"");
}

#[test]
fn a_list_of_rows_may_have_a_header() {
    let file = File::new(
        r#"{"range": "A1:B3", "values": [["id", "comment"], ["1", "The parcel came late"], ["2"]]}"#,
    );
    let mut input = file.open();
    assert_eq!(roles(&input), [("id", Role::Id), ("comment", Role::Text)]);
    let (feedback, _) = read(&mut input);
    assert_eq!((feedback.len(), texts(&feedback)), (2, vec!["The parcel came late"]));
}

#[test]
fn many_records_are_all_read() {
    let record = |n| format!("{{\"id\": {n}, \"text\": \"The parcel number {n} came late\"}}");
    let lines = numbered(20_000, record);
    assert_eq!(read(&mut File::new(&lines).open()).0.len(), 20_000);
    let list = format!("[{}]", lines.trim_end().replace('\n', ",\n"));
    let (feedback, _) = read(&mut File::new(&list).open());
    assert_eq!((feedback.len(), feedback[19_999].place.line), (20_000, 20_000));
}
