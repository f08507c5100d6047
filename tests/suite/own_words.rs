//! Only the customer's words count: net sentiment of texts as they come against that of the customer's sentences
//! alone. The figures are printed: `cargo test --release own_words -- --nocapture`. docs/accuracy.md has them.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::labelled::{marked, set};
use super::program::Workplace;

/// How far the two may be apart.
const MOST_APART: f64 = 0.03;

/// Where some texts were analysed, each with its language before its number for an id.
fn analysed(texts: &[(String, String)], flags: &[&str]) -> Workplace {
    let mut csv = "id,text\n".to_owned();
    for (number, (language, text)) in texts.iter().enumerate() {
        writeln!(csv, "{language}-{number},\"{}\"", text.replace('"', "\"\"")).unwrap();
    }
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", csv);
    let columns = ["--id-column", "id", "--text-column", "text", "--keep-near-duplicates"];
    workplace.analyze(&input, &[&columns, flags].concat()).with_code(0);
    workplace
}

/// Net sentiment of some texts by language and over all, and how many mentions they have.
fn net_sentiment(texts: &[(String, String)], flags: &[&str]) -> BTreeMap<String, (f64, u32)> {
    let workplace = analysed(texts, flags);
    let mut sums: BTreeMap<String, (f64, u32)> = BTreeMap::new();
    for row in &workplace.results().table("mentions.csv").rows {
        let sentiment = match row.text("sentiment") {
            "positive" => 1.0,
            "negative" => -1.0,
            _ => 0.0,
        };
        for group in ["all", &row.text("feedback_id")[..2]] {
            let (sum, mentions) = sums.entry(group.to_owned()).or_default();
            *sum += sentiment;
            *mentions += 1;
        }
    }
    sums.values_mut().for_each(|(sum, mentions)| *sum /= f64::from(*mentions));
    sums
}

/// A text in fancy dress: every letter of ASCII out of an alphabet for formulas, circled or wide, under a heap of
/// marks, or with invisible hyphens.
fn dressed(text: &str, style: usize) -> String {
    /// Where the capital and the small letters of an alphabet begin.
    const ALPHABETS: [[u32; 2]; 6] = [
        [0x1D400, 0x1D41A], // bold
        [0x1D56C, 0x1D586], // bold Fraktur
        [0x1D5D4, 0x1D5EE], // bold sans-serif
        [0x1D670, 0x1D68A], // typewriter
        [0xFF21, 0xFF41],   // full width
        [0x24B6, 0x24D0],   // circled
    ];
    let letter = |c: char| match (ALPHABETS.get(style), c) {
        (Some([capital, _]), 'A'..='Z') => char::from_u32(capital + c as u32 - 'A' as u32),
        (Some([_, small]), 'a'..='z') => char::from_u32(small + c as u32 - 'a' as u32),
        _ => None,
    };
    let mark = match style {
        6 => "\u{335}\u{30d}\u{316}\u{320}",
        7 => "\u{ad}",
        _ => "",
    };
    let dress = |c: char| {
        let mark = if c.is_ascii_alphabetic() { mark } else { "" };
        std::iter::once(letter(c).unwrap_or(c)).chain(mark.chars())
    };
    text.chars().flat_map(dress).collect()
}

#[test]
#[allow(clippy::print_stdout, reason = "the figures are what the documentation quotes")]
fn letters_in_fancy_dress_are_scored_as_plain_ones() {
    const STYLES: usize = 8;
    let rows = set("near_duplicates.tsv");
    let texts = |dress: &dyn Fn(usize, &str) -> String| -> Vec<(String, String)> {
        rows.iter().enumerate().map(|(at, row)| (row[0].clone(), dress(at, &row[2]))).collect()
    };
    let plain = sentiments(&texts(&|_, text| text.to_owned()));
    let fancy = sentiments(&texts(&|at, text| dressed(text, at % STYLES)));
    let same = plain.iter().zip(&fancy).filter(|(plain, fancy)| plain == fancy).count();
    println!(
        "texts in fancy dress with the sentiment of the plain ones: {same} of {}",
        plain.len()
    );
    assert_eq!((plain.len(), fancy.len()), (rows.len(), rows.len()));
    assert!(same * 100 >= 99 * rows.len(), "{same} of {}", rows.len());
}

/// The sentiment of each text.
fn sentiments(texts: &[(String, String)]) -> Vec<String> {
    let workplace = analysed(texts, &[]);
    let feedback = workplace.results().table("feedback.csv");
    feedback.rows.iter().map(|row| row.text("sentiment").to_owned()).collect()
}

#[test]
#[allow(clippy::print_stdout, reason = "the figures are what the documentation quotes")]
fn own_words_alone_make_net_sentiment() {
    let rows = set("boilerplate.tsv");
    let as_they_come: Vec<(String, String)> =
        rows.iter().map(|row| (row[0].clone(), marked(&row[1]).0)).collect();
    let own = |row: &Vec<String>| {
        let (mut text, parts) = marked(&row[1]);
        for part in parts.into_iter().rev() {
            text.replace_range(part, "\n");
        }
        (row[0].clone(), text)
    };
    let own: Vec<(String, String)> = rows.iter().map(own).collect();
    let kept = net_sentiment(&as_they_come, &["--keep-boilerplate"]);
    let found = net_sentiment(&as_they_come, &[]);
    let expected = net_sentiment(&own, &["--keep-boilerplate"]);
    println!(
        "texts: net sentiment (mentions) of the customer's words, as found, with all that is there"
    );
    for (group, (net, mentions)) in &expected {
        let ((found, of), (kept, all)) = (found[group], kept[group]);
        println!("  {group}: {net:.3} ({mentions}), {found:.3} ({of}), {kept:.3} ({all})");
    }
    for group in ["all", "de", "en"] {
        let apart = (expected[group].0 - found[group].0).abs();
        assert!(apart <= MOST_APART, "{group}: {apart:.3}");
    }
}
