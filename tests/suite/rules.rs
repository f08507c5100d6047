//! The rules that let nightly increments and many machines give the report of a single run: what a
//! row comes to depends on the row alone, and what all rows come to depends on no order.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::LazyLock;

use super::feedback::Feedback;
use super::program::{Results, Workplace, painpoint};

/// Files that no order of the rows, no split of the input and no number of threads may change.
const AGGREGATES: [&str; 12] = [
    "changes.csv",
    "findings.json",
    "report.html",
    "pain_points.csv",
    "touchpoints.csv",
    "phases.csv",
    "terms.csv",
    "summary.csv",
    "drivers.csv",
    "periods.csv",
    "segments.csv",
    "segment_pain_points.csv",
];

/// What is to be analysed: complaints about few touchpoints, so that words recur, with a row that
/// is a duplicate, one that is too short and one that is too long.
static COMPLAINTS: LazyLock<Feedback> = LazyLock::new(|| {
    let mut feedback = Feedback::of_sample("beschwerden_touchpoints.csv").thinned(180);
    feedback.rows.push(feedback.rows[7].clone());
    feedback.rows.insert(40, "T-1,2026-02-03 10:00,Chat\n".to_owned());
    feedback.rows.insert(60, "T-2,2026-02-03 10:00,Chat,Rechnung,2,zu teuer,zu spät\n".to_owned());
    feedback
});

/// The results with two threads in the order of the file.
static INT8: LazyLock<Run> = LazyLock::new(|| Run::of(&[COMPLAINTS.text()], &["--threads", "2"]));

/// The same in the reference arithmetic.
static F32: LazyLock<Run> =
    LazyLock::new(|| Run::of(&[COMPLAINTS.text()], &["--threads", "2", "--precision", "f32"]));

struct Run(Workplace);

impl Run {
    /// Analyses files of these contents together.
    fn of(contents: &[String], flags: &[&str]) -> Self {
        let workplace = Workplace::new();
        let inputs: Vec<PathBuf> = contents
            .iter()
            .enumerate()
            .map(|(number, content)| workplace.file(&format!("part-{number}.csv"), content))
            .collect();
        let out = workplace.path("out");
        let arguments = ["analyze", "--out"].map(std::ffi::OsStr::new).into_iter();
        let arguments = arguments.chain([out.as_os_str()]);
        let arguments = arguments.chain(inputs.iter().map(|path| path.as_os_str()));
        painpoint(arguments.chain(flags.iter().map(std::ffi::OsStr::new))).with_code(0);
        Self(workplace)
    }

    fn results(&self) -> Results {
        self.0.results()
    }

    /// Checks that both runs gave the same aggregates, byte for byte, and the same rows.
    #[track_caller]
    fn agrees_with(&self, other: &Self) {
        for file in AGGREGATES {
            let (own, others) = (self.results().text(file), other.results().text(file));
            assert!(own == others, "{file} differs: {}", first_difference(&own, &others));
        }
        for file in ["mentions.csv", "feedback.csv", "flags.csv", "rejects.csv"] {
            assert_eq!(sorted_rows(&self.results(), file), sorted_rows(&other.results(), file));
        }
        let counts = |run: &Self| {
            let manifest = run.results().manifest();
            ["rows", "mentions", "pain_points", "delights", "covered_share", "model", "corrections"]
                .map(|key| manifest[key].clone())
        };
        assert_eq!(counts(self), counts(other));
    }
}

/// The rows of a file in an order of their own, without where they stood in the input.
fn sorted_rows(results: &Results, file: &str) -> Vec<String> {
    let table = results.table(file);
    let mut rows: Vec<String> =
        table.rows.iter().map(|row| row.without(&["input", "line"]).join("|")).collect();
    rows.sort();
    rows
}

fn first_difference(a: &str, b: &str) -> String {
    let lines = a.lines().zip(b.lines()).find(|(a, b)| a != b);
    lines.map_or("in length".to_owned(), |(a, b)| format!("{a:.300}\nis not\n{b:.300}"))
}

#[test]
fn the_input_of_these_tests_puts_the_rules_to_the_test() {
    let manifest = INT8.results().manifest();
    assert_eq!(manifest["rows"]["duplicates"], 1);
    assert_eq!(manifest["rows"]["rejects"], 2);
    assert!(manifest["pain_points"].as_u64().unwrap() >= 2, "{manifest}");
}

#[test]
fn the_order_of_the_rows_does_not_matter() {
    for seed in 1..=3 {
        let shuffled = COMPLAINTS.clone().shuffled(seed).text();
        assert_ne!(shuffled, COMPLAINTS.text());
        Run::of(&[shuffled], &["--threads", "2"]).agrees_with(&INT8);
    }
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let run = Run::of(&[COMPLAINTS.text()], &["--threads", "1"]);
    run.agrees_with(&INT8);
    for file in ["mentions.csv", "feedback.csv"] {
        let rows = |run: &Run| {
            let table = run.results().table(file);
            table.rows.iter().map(|row| row.without(&["input"]).join("|")).collect::<Vec<_>>()
        };
        assert_eq!(rows(&run), rows(&INT8), "{file} is in the order of the input");
    }
}

#[test]
fn the_split_of_the_input_does_not_matter() {
    let parts: Vec<String> = COMPLAINTS.split(3).iter().map(Feedback::text).collect();
    assert_eq!(parts.len(), 3);
    // What a column holds is found by each file's first rows, so it is named where they are few.
    let flags = ["--touchpoint-column", "touchpoint", "--threads", "2"];
    Run::of(&parts, &flags).agrees_with(&INT8);
}

#[test]
fn nothing_of_this_matters_for_one_touchpoint_alone_either() {
    let run = |input: &Feedback, threads| {
        Run::of(&[input.text()], &["--touchpoint", "delivery", "--threads", threads])
    };
    let shuffled = COMPLAINTS.clone().shuffled(5);
    run(&shuffled, "1").agrees_with(&run(&COMPLAINTS, "2"));
}

#[test]
fn nothing_of_this_matters_in_the_reference_arithmetic_either() {
    let parts: Vec<String> =
        COMPLAINTS.clone().shuffled(4).split(3).iter().map(Feedback::text).collect();
    let flags = ["--touchpoint-column", "touchpoint", "--threads", "1", "--precision", "f32"];
    Run::of(&parts, &flags).agrees_with(&F32);
    assert_eq!(F32.results().manifest()["model"]["precision"], "f32");
}

/// A run of fewer rows.
static EARLIER: LazyLock<Run> =
    LazyLock::new(|| Run::of(&[COMPLAINTS.clone().thinned(110).text()], &["--threads", "2"]));

/// Corrections of every kind, of what was found without them in a run that knows the earlier one.
static CORRECTIONS: LazyLock<String> = LazyLock::new(|| {
    let earlier = EARLIER.0.path("out");
    let flags = ["--threads", "2", "--baseline", earlier.to_str().unwrap()];
    let run = Run::of(&[COMPLAINTS.text()], &flags);
    let results = run.results();
    let mut rows = vec!["feedback_id,mention,text_hash,target,field,value".to_owned()];
    let mentions = results.table("mentions.csv");
    let mut hashes = BTreeSet::new();
    for (at, mention) in mentions.rows.iter().step_by(9).enumerate() {
        let (id, number) = (mention.text("feedback_id"), mention.text("mention"));
        let hash = mention.text("text_hash");
        rows.push(match at % 4 {
            0 => format!("{id},{number},,,sentiment,neutral"),
            1 => format!("{id},{number},,,touchpoint,app;hotline"),
            2 if hashes.insert(hash) => {
                format!(",,{hash},,sentiment,{}", mention.text("sentiment"))
            }
            _ => format!("{id},{number},,,sentiment,negative"),
        });
    }
    rows.push("no-such-feedback,1,,,sentiment,positive".to_owned());
    let pain_points = results.table("pain_points.csv");
    let id = |at: usize| pain_points.rows[at % pain_points.rows.len()].text("pain_point_id");
    rows.push(format!(",,,{},rename_pain_point,Renamed by hand", id(0)));
    rows.push(format!(",,,{},merge_pain_point,{}", id(1), id(0)));
    rows.push(format!(",,,{},pin_pain_point,", id(2)));
    let terms = results.table("terms.csv");
    let term = |at: usize| terms.rows[at % terms.rows.len()].text("term");
    // The last one is of a delight, and takes no pain point away.
    rows.push(format!(",,,{},ban_term,", term(terms.rows.len() - 1)));
    rows.push(format!(",,,{},rename_term,Written by hand", term(4)));
    rows.push(format!(",,,{},merge_term,{}", term(6), term(9)));
    rows.push(format!(",,,{},pin_term,{}", term(11), id(0)));
    rows.join("\n") + "\n"
});

/// Analyses files of these contents with an earlier run of fewer rows, corrections, and a day that
/// divides the periods.
fn run_with_everything(contents: &[String], threads: &str) -> Run {
    static FILES: LazyLock<Workplace> = LazyLock::new(Workplace::new);
    let corrections = FILES.file(&format!("corrections-{threads}.csv"), &*CORRECTIONS);
    let earlier = EARLIER.0.path("out");
    let [corrections, earlier] = [&corrections, &earlier].map(|path| path.to_str().unwrap());
    let flags = ["--corrections", corrections, "--baseline", earlier, "--since", "2026-02-01"];
    let columns = ["--touchpoint-column", "touchpoint", "--threads", threads];
    Run::of(contents, &[&flags[..], &columns[..]].concat())
}

#[test]
fn nothing_of_this_matters_with_corrections_and_an_earlier_run_either() {
    let whole = run_with_everything(&[COMPLAINTS.text()], "2");
    let parts: Vec<String> =
        COMPLAINTS.clone().shuffled(5).split(3).iter().map(Feedback::text).collect();
    run_with_everything(&parts, "1").agrees_with(&whole);

    let results = whole.results();
    let corrections = &results.manifest()["corrections"];
    assert!(corrections["sentiment"]["disagreed"].as_u64().unwrap() > 0, "{corrections}");
    assert!(corrections["matched"].as_u64() < corrections["rows"].as_u64(), "{corrections}");
    let changes = results.table("changes.csv");
    let statuses = changes.column("status");
    assert!(statuses.iter().any(|status| *status != "new"), "{statuses:?}");
}

#[test]
fn pain_points_are_renamed_merged_and_banned_by_hand() {
    let before = INT8.results().table("pain_points.csv");
    let before: Vec<_> =
        before.rows.iter().filter(|row| row.text("kind") == "pain_point").collect();
    let id = |at: usize| before[at].text("pain_point_id");
    let folder = Workplace::new();
    let mut rows = format!("target,field,value\n{},rename_pain_point,Renamed by hand\n", id(0));
    rows += &format!("{},merge_pain_point,{}\n", id(1), id(0));
    if before.len() > 2 {
        rows += &format!("{},ban_pain_point,\n", id(2));
    }
    let corrections = folder.file("corrections.csv", rows);
    let flags = ["--threads", "2", "--corrections", corrections.to_str().unwrap()];
    let run = Run::of(&[COMPLAINTS.text()], &flags);
    let results = run.results();
    let after = results.table("pain_points.csv");
    let ids = after.column("pain_point_id");
    assert!(before.iter().skip(1).take(2).all(|row| !ids.contains(&row.text("pain_point_id"))));
    let merged = after.rows.iter().find(|row| row.text("pain_point_id") == id(0)).unwrap();
    assert_eq!(merged.text("label"), "Renamed by hand");
    assert!(merged.count("mentions") > before[0].count("mentions"), "{merged:?}");
    assert!(merged.list("terms").len() > before[0].list("terms").len(), "{merged:?}");
}

#[test]
fn a_run_on_the_same_rows_keeps_every_id_and_sees_no_change() {
    let earlier = INT8.0.path("out");
    let flags = ["--threads", "2", "--baseline", earlier.to_str().unwrap()];
    let run = Run::of(&[COMPLAINTS.text()], &flags);
    let again = run.results();
    let ids = |results: &Results| -> Vec<String> {
        let table = results.table("pain_points.csv");
        table.column("pain_point_id").into_iter().map(str::to_owned).collect()
    };
    assert_eq!(ids(&again), ids(&INT8.results()));
    for change in again.table("changes.csv").rows {
        assert!(["steady", "unclear"].contains(&change.text("status")), "{change:?}");
        assert_eq!(change.number("shared_vocabulary"), 1.0, "{change:?}");
    }
}

#[test]
fn two_runs_differ_in_nothing_but_their_timings() {
    let workplace = Workplace::new();
    let input = workplace.file("input.csv", COMPLAINTS.clone().thinned(40).text());
    let runs = ["first", "second"].map(|name| {
        let out = workplace.path(name);
        let arguments = ["analyze".as_ref(), input.as_os_str(), "--out".as_ref(), out.as_os_str()];
        painpoint(arguments).with_code(0);
        Results(out)
    });
    assert_eq!(runs[0].names(), runs[1].names());
    for name in runs[0].names().iter().filter(|name| *name != "run.json") {
        assert!(runs[0].bytes(name) == runs[1].bytes(name), "{name}");
    }
    let [mut first, mut second] = runs.map(|run| run.manifest());
    assert_ne!(first["seconds"].take(), serde_json::Value::Null);
    second["seconds"].take();
    assert_eq!(first, second);
}

#[test]
fn line_ends_and_byte_order_marks_do_not_matter() {
    let text = COMPLAINTS.text();
    assert!(!text.contains('\r') && !text.starts_with('\u{feff}'));
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    Run::of(&[windows], &["--threads", "2"]).agrees_with(&INT8);
}

/// Two exports with other columns and other scales of ratings.
fn two_exports() -> [String; 2] {
    let tickets = COMPLAINTS.clone().thinned(60).text();
    let mut reviews = "review,stars,channel,posted\n".to_owned();
    for (at, row) in Feedback::of_sample("shop_reviews.csv").thinned(60).rows.iter().enumerate() {
        let text = row.trim_end().rsplit(',').next().unwrap().replace('"', "");
        reviews += &format!("{text},{},Chat,2026-0{}-11\n", at % 11, at % 6 + 1);
    }
    [tickets, reviews]
}

#[test]
fn the_order_of_the_inputs_does_not_matter() {
    let workplace = Workplace::new();
    let [tickets, reviews] = two_exports();
    let tickets = workplace.file("tickets.csv", tickets);
    let reviews = workplace.file("reviews.csv", reviews);
    let run = |inputs: [&PathBuf; 2], out: &str| {
        let out = workplace.path(out);
        let arguments = ["analyze".as_ref(), "--out".as_ref(), out.as_os_str()].into_iter();
        let ended = painpoint(arguments.chain(inputs.map(|path| path.as_os_str()))).with_code(0);
        (Results(out), ended.stderr)
    };
    let (one, said) = run([&tickets, &reviews], "one");
    let (other, _) = run([&reviews, &tickets], "other");
    assert_eq!(one.names(), other.names());
    // These follow the order of the inputs, rows and columns.
    const IN_ORDER: [&str; 4] = ["feedback.csv", "mentions.csv", "flags.csv", "rejects.csv"];
    for name in one.names().iter().filter(|name| *name != "run.json") {
        if !IN_ORDER.contains(&name.as_str()) {
            let (own, others) = (one.text(name), other.text(name));
            assert!(own == others, "{name} differs: {}", first_difference(&own, &others));
            continue;
        }
        let rows = |results: &Results| {
            let table = results.table(name);
            let mut header = table.header.clone();
            header.sort();
            let cells = |row: &super::table::Row| -> Vec<String> {
                header.iter().map(|column| row.text(column).to_owned()).collect()
            };
            let rows: BTreeSet<Vec<String>> = table.rows.iter().map(cells).collect();
            (header.clone(), rows)
        };
        assert_eq!(rows(&one), rows(&other), "{name}");
    }
    let [mut first, mut second] = [one, other].map(|results| results.manifest());
    let inputs = second["inputs"].as_array_mut().unwrap();
    inputs.reverse();
    for manifest in [&mut first, &mut second] {
        manifest["seconds"].take();
    }
    assert_eq!(first, second);
    assert_eq!(first["rating_scale"]["lowest"], 0.0);
    assert_eq!(first["rating_scale"]["highest"], 10.0);
    assert_eq!(first["inputs"][0]["rating_scale"]["highest"], 5.0);
    for part in ["different scales", "brought to 0 to 10", "tickets.csv: 1 to 5"] {
        assert!(said.contains(part), "{part}: {said}");
    }
}
