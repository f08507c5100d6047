//! Only the customer's words count: net sentiment of texts as they come against that of the customer's sentences
//! alone. The figures are printed: `cargo test --release own_words -- --nocapture`. docs/accuracy.md has them.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::labelled::{marked, set};
use super::program::Workplace;

/// How far the two may be apart.
const MOST_APART: f64 = 0.03;

/// Net sentiment of some texts by language and over all, and how many mentions they have.
fn net_sentiment(texts: &[(String, String)], flags: &[&str]) -> BTreeMap<String, (f64, u32)> {
    let mut csv = "id,text\n".to_owned();
    for (number, (language, text)) in texts.iter().enumerate() {
        writeln!(csv, "{language}-{number},\"{}\"", text.replace('"', "\"\"")).unwrap();
    }
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", csv);
    let columns = ["--id-column", "id", "--text-column", "text", "--keep-near-duplicates"];
    workplace.analyze(&input, &[&columns, flags].concat()).with_code(0);
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
