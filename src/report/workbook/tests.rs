use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx as Read};

use super::*;
use crate::painpoint::findings::TopicKind;
use crate::report::sample;

type Book = Read<Cursor<Vec<u8>>>;

fn book(findings: &Findings, language: ReportLanguage) -> Book {
    Read::new(Cursor::new(workbook(findings, language).unwrap())).unwrap()
}

fn rows(book: &mut Book, sheet: &str) -> Vec<Vec<Data>> {
    let range = book.worksheet_range(sheet).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

/// The cells of a column below its name.
fn column(rows: &[Vec<Data>], name: &str) -> Vec<Data> {
    let is_name = |cell: &Data| *cell == Data::String(name.to_owned());
    let (line, at) = rows
        .iter()
        .enumerate()
        .find_map(|(line, row)| Some((line, row.iter().position(is_name)?)))
        .unwrap_or_else(|| panic!("no column {name}"));
    rows[line + 1..].iter().map(|row| row[at].clone()).collect()
}

#[test]
fn each_sheet_answers_a_question_in_the_language_of_the_reader() {
    let german = book(&sample::german(), ReportLanguage::De).sheet_names();
    assert_eq!(german[..3], ["Überblick", "Was Kunden ärgert", "Was Kunden freut"]);
    let english = book(&sample::german(), ReportLanguage::En).sheet_names();
    assert_eq!(english.len(), german.len());
    assert_eq!(english[..3], ["Overview", "What troubles customers", "What pleases customers"]);
}

#[test]
fn pain_points_are_those_of_the_findings() {
    let findings = sample::german();
    let rows = rows(&mut book(&findings, ReportLanguage::De), "Was Kunden ärgert");
    let figures = |name| column(&rows, name);
    for (at, topic) in findings.of_kind(TopicKind::PainPoint).enumerate() {
        assert_eq!(figures("Schmerzpunkt")[at], Data::String(topic.label.join(", ")));
        assert_eq!(figures("Rückmeldungen")[at], Data::Float(topic.feedback.count as f64));
        assert_eq!(figures("Anteil der Rückmeldungen")[at], Data::Float(topic.feedback.share));
        assert_eq!(figures("von")[at], Data::Float(topic.feedback.low));
        assert_eq!(figures("Kennung")[at], Data::String(topic.id.clone()));
    }
    assert_eq!(figures("Kennung").len(), findings.pain_points().count());
}

#[test]
fn a_score_is_lower_where_trouble_is_mentioned_and_higher_where_delight_is() {
    let findings = sample::german();
    let mut book = book(&findings, ReportLanguage::De);
    let mut compared = 0;
    for (kind, sheet, sign) in [
        (TopicKind::PainPoint, "Was Kunden ärgert", -1.0),
        (TopicKind::Delight, "Was Kunden freut", 1.0),
    ] {
        let rows = rows(&mut book, sheet);
        let told = column(&rows, "NPS: Unterschied, wo genannt");
        for (topic, cell) in findings.of_kind(kind).zip(told) {
            let expected = topic.impact.map(|impact| sign * 100.0 * impact.impact.value);
            assert_eq!(cell, expected.map_or(Data::Empty, Data::Float), "{}", topic.id);
            compared += usize::from(expected.is_some());
        }
    }
    assert!(compared > 0);
}

#[test]
fn what_looks_like_a_formula_is_a_text() {
    let mut findings = sample::german();
    for topic in &mut findings.topics {
        topic.label = vec!["=HYPERLINK(\"http://example.org\";\"x\")".to_owned()];
        topic
            .verbatims
            .iter_mut()
            .for_each(|voice| voice.text = "@SUM(1+1)*cmd|' /C calc'!A0".to_owned());
    }
    let mut book = book(&findings, ReportLanguage::En);
    for sheet in book.sheet_names() {
        assert!(book.worksheet_formula(&sheet).unwrap().is_empty(), "{sheet}");
    }
    let voices = rows(&mut book, "Voices");
    assert!(column(&voices, "Voice").iter().all(|cell| cell.to_string().starts_with("@SUM")));
}

#[test]
fn very_long_texts_and_control_characters_do_no_harm() {
    let mut findings = sample::german();
    let voice = &mut findings.topics[0].verbatims[0];
    voice.text = format!("\u{0}\u{b}{}", "schön 😀 ".repeat(8_000));
    let voices = rows(&mut book(&findings, ReportLanguage::De), "Stimmen");
    let first = column(&voices, "Stimme")[0].to_string();
    assert!(first.contains("schön 😀") && first.ends_with(" […]"), "{}", first.len());
}

#[test]
fn a_workbook_of_nothing_has_an_overview() {
    let mut book = book(&sample::nothing(), ReportLanguage::De);
    assert_eq!(book.sheet_names()[0], "Überblick");
    assert!(!rows(&mut book, "Überblick").is_empty());
}

#[test]
fn names_of_sheets_are_such_as_excel_takes() {
    for language in [ReportLanguage::De, ReportLanguage::En] {
        for findings in [sample::german(), sample::english()] {
            for name in book(&findings, language).sheet_names() {
                assert!(
                    name.chars().count() <= 31
                        && !name.contains(['[', ']', ':', '*', '?', '/', '\\'])
                );
            }
        }
    }
}
