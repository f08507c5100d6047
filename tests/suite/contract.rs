//! What scripts and nightly jobs rely on: files, columns, and figures that add up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use painpoint::text::redact::{Redactor, Rules};

use super::feedback::{Feedback, sample};
use super::program::{Ended, Results, Workplace, painpoint};
use super::table::{Row, Table};

const SENTIMENTS: [&str; 3] = ["negative", "neutral", "positive"];
const LANGUAGES: [&str; 8] = ["de", "en", "es", "fr", "it", "nl", "pt", "und"];

/// Columns that scripts may count on; more may follow them.
const COLUMNS: [(&str, &str); 7] = [
    (
        "mentions.csv",
        "feedback_id,mention,start,end,text,lang,sentiment,p_negative,p_neutral,p_positive,\
         touchpoints,pain_points",
    ),
    (
        "feedback.csv",
        "feedback_id,input,line,lang,sentiment,p_negative,p_neutral,p_positive,mentions",
    ),
    (
        "pain_points.csv",
        "pain_point_id,touchpoint,phase,label,terms,mentions,feedback,share,share_low,share_high,\
         severity,priority",
    ),
    (
        "touchpoints.csv",
        "touchpoint,phase,mentions,negative,neutral,positive,net_sentiment,net_sentiment_low,\
         net_sentiment_high",
    ),
    (
        "phases.csv",
        "phase,mentions,negative,neutral,positive,net_sentiment,net_sentiment_low,\
         net_sentiment_high",
    ),
    ("terms.csv", "term,touchpoint,sentiment,mentions,z,pain_point_id"),
    ("rejects.csv", "input,line,column,reason"),
];

const FILES: [&str; 23] = [
    "alerts.csv",
    "alerts.eml",
    "alerts.md",
    "changes.csv",
    "drivers.csv",
    "feedback.csv",
    "findings.json",
    "flags.csv",
    "mentions.csv",
    "pain_points.csv",
    "periods.csv",
    "phases.csv",
    "rejects.csv",
    "report.html",
    "report.md",
    "report.xlsx",
    "run.json",
    "segment_pain_points.csv",
    "segments.csv",
    "summary.csv",
    "summary.eml",
    "terms.csv",
    "touchpoints.csv",
];

/// What the program made of a sample.
struct Analysed {
    sample: &'static str,
    workplace: Workplace,
    ended: Ended,
}

impl Analysed {
    fn results(&self) -> Results {
        self.workplace.results()
    }

    fn table(&self, name: &str) -> Table {
        self.results().table(name)
    }
}

/// The samples, cut to some dozen rows, with reports in both languages.
static SAMPLES: LazyLock<Vec<Analysed>> = LazyLock::new(|| {
    let samples = [
        ("beschwerden_touchpoints.csv", "de"),
        ("messy.csv", "en"),
        ("shop_reviews.csv", "en"),
        ("social_posts.tsv", "en"),
        ("umfrage_energie.csv", "de"),
    ];
    let analyse = |(name, language)| {
        let workplace = Workplace::new();
        let input = match name {
            "messy.csv" => sample(name),
            name => workplace.file(name, Feedback::of_sample(name).thinned(60).text()),
        };
        let out = workplace.path("out");
        let ended = painpoint([
            "analyze".as_ref(),
            input.as_os_str(),
            "--report-lang".as_ref(),
            std::ffi::OsStr::new(language),
            "--out".as_ref(),
            out.as_os_str(),
        ]);
        Analysed { sample: name, workplace, ended: ended.with_code(0) }
    };
    samples.into_iter().map(analyse).collect()
});

#[test]
fn every_sample_is_analysed_without_flags_about_its_columns() {
    for analysed in SAMPLES.iter() {
        assert_eq!(analysed.results().names(), FILES, "{}", analysed.sample);
    }
}

#[test]
fn the_last_line_of_standard_output_is_the_path_of_the_report() {
    for Analysed { workplace, ended, .. } in SAMPLES.iter() {
        let report = workplace.path("out").join("report.html");
        assert_eq!(ended.stdout, format!("{}\n", report.display()));
    }
}

#[test]
fn columns_that_scripts_count_on_come_first_and_in_order() {
    for analysed in SAMPLES.iter() {
        for (file, columns) in COLUMNS {
            let header = analysed.table(file).header.join(",");
            let rest = header.strip_prefix(columns).unwrap_or_else(|| panic!("{file}: {header}"));
            assert!(rest.is_empty() || rest.starts_with(','), "{file}: {header}");
        }
    }
}

#[test]
fn csv_files_hold_no_carriage_return_and_no_byte_order_mark() {
    for analysed in SAMPLES.iter() {
        for (file, _) in COLUMNS {
            let text = analysed.results().text(file);
            assert!(!text.starts_with('\u{feff}'), "{file}");
            if !matches!(file, "mentions.csv" | "feedback.csv") {
                assert!(!text.contains('\r'), "{file} of {}", analysed.sample);
            }
        }
    }
}

#[test]
fn rows_end_as_feedback_duplicates_or_rejects() {
    for analysed in SAMPLES.iter() {
        let manifest = analysed.results().manifest();
        let count = |name: &str| manifest["rows"][name].as_u64().unwrap();
        let ends = ["feedback", "duplicates", "rejects", "left_out"].map(count);
        assert_eq!(count("rows"), ends.into_iter().sum::<u64>());
        assert_eq!(count("feedback"), analysed.table("feedback.csv").rows.len() as u64);
        assert_eq!(count("rejects"), analysed.table("rejects.csv").rows.len() as u64);
        assert!(count("without_text") <= count("feedback"));
        if analysed.sample != "messy.csv" {
            assert_eq!(count("rows"), 60, "{}", analysed.sample);
        }
    }
}

#[test]
fn the_messy_sample_has_its_duplicate_and_its_rejects() {
    let messy = SAMPLES.iter().find(|analysed| analysed.sample == "messy.csv").unwrap();
    let manifest = messy.results().manifest();
    assert_eq!(manifest["rows"]["duplicates"], 1);
    let rejects = messy.table("rejects.csv");
    assert!(!rejects.rows.is_empty());
    for reject in rejects.rows {
        assert!(reject.text("input").ends_with("messy.csv"));
        assert!(reject.count("line") > 1);
        assert_ne!(reject.text("reason"), "");
    }
}

#[test]
fn the_manifest_names_program_model_inputs_and_totals() {
    for analysed in SAMPLES.iter() {
        let manifest = analysed.results().manifest();
        assert_eq!(manifest["painpoint"], env!("CARGO_PKG_VERSION"));
        assert_eq!(manifest["model"]["precision"], "int8");
        assert_eq!(manifest["model"]["sha256"].as_str().unwrap().len(), 64);
        assert_eq!(manifest["detail"], "normal");
        assert_eq!(manifest["codebook_sha256"].as_str().unwrap().len(), 64);
        let [input] = &manifest["inputs"].as_array().unwrap()[..] else { panic!("one input") };
        assert!(input["path"].as_str().unwrap().ends_with(analysed.sample));
        assert_eq!(input["sha256"].as_str().unwrap().len(), 64);
        assert!(
            manifest["seconds"].as_object().unwrap().values().all(serde_json::Value::is_number)
        );

        let mentions = analysed.table("mentions.csv");
        for sentiment in SENTIMENTS {
            let found = mentions.column("sentiment").iter().filter(|s| **s == sentiment).count();
            assert_eq!(manifest["mentions"][sentiment], found, "{sentiment}");
        }
        let kinds = analysed.table("pain_points.csv");
        let kinds = kinds.column("kind");
        for (name, kind) in [("pain_points", "pain_point"), ("delights", "delight")] {
            assert_eq!(manifest[name], kinds.iter().filter(|k| **k == kind).count());
        }
    }
}

#[test]
fn a_span_cuts_exactly_the_text_of_its_mention_out_of_the_cell() {
    for analysed in SAMPLES.iter() {
        let feedback = analysed.table("feedback.csv");
        let by_id: BTreeMap<&str, &Row> =
            feedback.rows.iter().map(|row| (row.text("feedback_id"), row)).collect();
        for mention in analysed.table("mentions.csv").rows {
            let cell = by_id[mention.text("feedback_id")].text(mention.text("column"));
            let span = mention.count("start") as usize..mention.count("end") as usize;
            assert_eq!(cell.get(span), Some(mention.text("text")), "{}", analysed.sample);
        }
    }
}

#[test]
fn feedback_passes_the_columns_of_the_input_through_and_names_its_line() {
    let redactor = Redactor::new(&Rules::default()).unwrap();
    for analysed in SAMPLES.iter().filter(|analysed| analysed.sample != "messy.csv") {
        let input = Feedback::of_sample(analysed.sample).thinned(60);
        let delimiter = match analysed.sample {
            "social_posts.tsv" => b'\t',
            "umfrage_energie.csv" => b';',
            _ => b',',
        };
        let names = cells(input.header.trim_start_matches('\u{feff}'), delimiter);
        let mut line = 1 + input.header.matches('\n').count();
        let mut by_line = BTreeMap::new();
        for row in &input.rows {
            by_line.insert(line as u64, cells(row, delimiter));
            line += row.matches('\n').count();
        }
        for row in analysed.table("feedback.csv").rows {
            let expected = &by_line[&row.count("line")];
            for (name, cell) in names.iter().zip(expected) {
                // Dates and scores are read for what they are.
                let shown = row.text(name);
                let is_kept = shown == cell || shown == redactor.shown(cell);
                assert!(is_kept, "{name} of {}: {cell:?} is {shown:?}", analysed.sample);
            }
        }
    }
}

/// The cells of a single row.
fn cells(row: &str, delimiter: u8) -> csv::StringRecord {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .from_reader(row.as_bytes());
    reader.records().next().unwrap().unwrap()
}

#[test]
fn probabilities_sum_to_one_and_the_sentiment_is_the_likeliest() {
    for analysed in SAMPLES.iter() {
        for mention in analysed.table("mentions.csv").rows {
            check_sentiment(&mention);
        }
        for feedback in analysed.table("feedback.csv").rows {
            if feedback.count("mentions") > 0 {
                check_sentiment(&feedback);
            } else {
                assert_eq!(feedback.text("sentiment"), "");
            }
        }
    }
}

fn check_sentiment(row: &Row) {
    let probabilities = SENTIMENTS.map(|sentiment| row.number(&format!("p_{sentiment}")));
    assert!(probabilities.iter().all(|p| (0.0..=1.0).contains(p)), "{row:?}");
    // Three numbers, each rounded to six decimals.
    assert!((probabilities.iter().sum::<f64>() - 1.0).abs() < 4e-6, "{row:?}");
    let likeliest = probabilities.iter().copied().fold(0.0, f64::max);
    let sentiment = row.text("sentiment");
    assert_eq!(row.number(&format!("p_{sentiment}")), likeliest, "{row:?}");
    assert!(LANGUAGES.contains(&row.text("lang")), "{row:?}");
}

#[test]
fn the_mentions_of_a_feedback_are_numbered_and_counted() {
    for analysed in SAMPLES.iter() {
        let mut numbers: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for mention in analysed.table("mentions.csv").rows {
            let id = mention.text("feedback_id").to_owned();
            numbers.entry(id).or_default().push(mention.count("mention"));
        }
        for feedback in analysed.table("feedback.csv").rows {
            let expected: Vec<u64> = (1..=feedback.count("mentions")).collect();
            let found = numbers.remove(feedback.text("feedback_id")).unwrap_or_default();
            assert_eq!(found, expected, "{feedback:?}");
        }
        assert!(numbers.is_empty(), "mentions of no feedback: {numbers:?}");
    }
}

#[test]
fn touchpoints_count_their_mentions() {
    for analysed in SAMPLES.iter() {
        let mut counts: BTreeMap<(String, String), u64> = BTreeMap::new();
        let mut feedback: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for mention in analysed.table("mentions.csv").rows {
            assert!(!mention.list("touchpoints").is_empty(), "{mention:?}");
            for touchpoint in mention.list("touchpoints") {
                let key = (touchpoint.to_owned(), mention.text("sentiment").to_owned());
                *counts.entry(key).or_default() += 1;
                let ids = feedback.entry(touchpoint.to_owned()).or_default();
                ids.insert(mention.text("feedback_id").to_owned());
            }
        }
        for row in analysed.table("touchpoints.csv").rows {
            let touchpoint = row.text("touchpoint").to_owned();
            for sentiment in SENTIMENTS {
                let found = counts.remove(&(touchpoint.clone(), sentiment.to_owned()));
                assert_eq!(row.count(sentiment), found.unwrap_or_default(), "{row:?}");
            }
            let ids = feedback.remove(&touchpoint).unwrap_or_default();
            assert_eq!(row.count("feedback"), ids.len() as u64, "{row:?}");
            check_balance(&row);
        }
        assert!(counts.is_empty(), "mentions of no touchpoint: {counts:?}");
        analysed.table("phases.csv").rows.iter().for_each(check_balance);
    }
}

/// Checks that the sentiments add up and that net sentiment lies within its interval.
fn check_balance(row: &Row) {
    let [negative, neutral, positive] = SENTIMENTS.map(|sentiment| row.count(sentiment));
    let mentions = row.count("mentions");
    assert_eq!(mentions, negative + neutral + positive, "{row:?}");
    if mentions == 0 {
        assert_eq!(row.text("net_sentiment"), "");
        return;
    }
    let net = row.number("net_sentiment");
    let (low, high) = (row.number("net_sentiment_low"), row.number("net_sentiment_high"));
    let expected = (positive as f64 - negative as f64) / mentions as f64;
    assert!((net - expected).abs() < 1e-6, "{row:?}");
    assert!(-1.0 <= low && low <= net && net <= high && high <= 1.0, "{row:?}");
}

#[test]
fn pain_points_count_their_mentions_and_keep_within_bounds() {
    let mut pain_points = 0;
    for analysed in SAMPLES.iter() {
        let manifest = analysed.results().manifest();
        let rows = &manifest["rows"];
        let with_text = rows["feedback"].as_u64().unwrap() - rows["without_text"].as_u64().unwrap();
        let mentions = analysed.table("mentions.csv");
        let found = analysed.table("pain_points.csv");
        pain_points += found.rows.len();
        for row in &found.rows {
            let id = row.text("pain_point_id");
            let own = || mentions.rows.iter().filter(|m| m.list("pain_points").contains(&id));
            let feedback: BTreeSet<&str> = own().map(|m| m.text("feedback_id")).collect();
            assert_eq!(row.count("mentions"), own().count() as u64, "{row:?}");
            assert_eq!(row.count("feedback"), feedback.len() as u64, "{row:?}");
            let sentiment = if row.text("kind") == "delight" { "positive" } else { "negative" };
            assert!(own().all(|m| m.text("sentiment") == sentiment), "{row:?}");
            assert!(own().any(|m| m.list("touchpoints").contains(&row.text("touchpoint"))));

            let share = row.number("share");
            assert!((share - feedback.len() as f64 / with_text as f64).abs() < 1e-6, "{row:?}");
            let (low, high) = (row.number("share_low"), row.number("share_high"));
            assert!(0.0 <= low && low <= share && share <= high && high <= 1.0, "{row:?}");
            let severity = row.number("severity");
            assert!((0.0..=1.0).contains(&severity), "{row:?}");
            // With so few scores, severity ranks.
            assert_eq!(row.text("ranked_by"), "severity", "{row:?}");
            assert!((row.number("priority") - share * severity).abs() < 2e-6, "{row:?}");
            // Labels are customers' own words, or a problem's name in the codebook.
            let label = row.text("label");
            let mut same = mentions.rows.iter().filter(|m| m.text("sentiment") == sentiment);
            let listed = include_str!("../../src/config/codebook.toml").contains(label);
            assert!(listed || same.any(|m| m.text("text").contains(label)), "{row:?}");
        }
        let ids: BTreeSet<&str> = found.column("pain_point_id").into_iter().collect();
        assert_eq!(ids.len(), found.rows.len(), "an id occurs twice");
        assert!(
            mentions
                .rows
                .iter()
                .flat_map(|mention| mention.list("pain_points"))
                .all(|id| ids.contains(id))
        );
        for term in analysed.table("terms.csv").rows {
            let id = term.text("pain_point_id");
            assert!(id.is_empty() || ids.contains(id), "{term:?}");
            assert!(term.count("mentions") > 0 && term.number("z") > 0.0, "{term:?}");
        }
    }
    assert!(pain_points > 0, "no sample has a pain point");
}

#[test]
fn pain_points_are_ranked_by_priority() {
    for analysed in SAMPLES.iter() {
        let table = analysed.table("pain_points.csv");
        for kind in ["pain_point", "delight"] {
            let rows = table.rows.iter().filter(|row| row.text("kind") == kind);
            let priorities: Vec<f64> = rows.map(|row| row.number("priority")).collect();
            assert!(priorities.is_sorted_by(|a, b| a >= b), "{priorities:?}");
        }
    }
}

#[test]
fn the_covered_share_is_the_share_of_negative_mentions_with_a_pain_point() {
    for analysed in SAMPLES.iter() {
        let mentions = analysed.table("mentions.csv");
        let negative: Vec<&Row> =
            mentions.rows.iter().filter(|row| row.text("sentiment") == "negative").collect();
        let covered = negative.iter().filter(|row| !row.list("pain_points").is_empty()).count();
        let share = analysed.results().manifest()["covered_share"].as_f64().unwrap();
        let expected = covered as f64 / negative.len().max(1) as f64;
        assert!((share - expected).abs() < 1e-9, "{share} and not {expected}");
    }
}

#[test]
fn the_touchpoint_column_of_an_input_wins_over_what_the_text_says() {
    let complaints = SAMPLES.iter().find(|a| a.sample.starts_with("beschwerden")).unwrap();
    let feedback = complaints.table("feedback.csv");
    let named: BTreeSet<&str> = feedback
        .rows
        .iter()
        .filter(|row| !row.text("touchpoint").trim().is_empty())
        .map(|row| row.text("feedback_id"))
        .collect();
    assert!(!named.is_empty() && named.len() < feedback.rows.len());
    for mention in complaints.table("mentions.csv").rows {
        let by_column = mention.text("found_by") == "column";
        assert_eq!(by_column, named.contains(mention.text("feedback_id")), "{mention:?}");
    }
}

#[test]
fn the_report_is_one_file_in_the_language_asked_for() {
    for analysed in SAMPLES.iter() {
        let report = analysed.results().text("report.html");
        let german = ["beschwerden_touchpoints.csv", "umfrage_energie.csv"];
        let language = if german.contains(&analysed.sample) { "de" } else { "en" };
        assert!(report.contains(&format!("<html lang=\"{language}\">")), "{}", analysed.sample);
        // Its own script loads nothing, and the page's policy allows no other.
        assert_eq!(report.matches("<script").count(), 1, "{}", analysed.sample);
        assert!(report.contains("default-src 'none'"), "{}", analysed.sample);
        for outside in ["<script ", "<link", "<img", "<iframe", "@import", "src=", "url(h", "url(/"]
        {
            assert!(!report.contains(outside), "{outside} in the report of {}", analysed.sample);
        }
        for quote in ['"', '\''] {
            assert!(!report.contains(&format!("href={quote}http")), "{}", analysed.sample);
        }
        assert!(report.trim_end().ends_with("</html>"));
    }
}
