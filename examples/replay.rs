//! Scores a file once and clusters it as often as you like: what the quality benchmarks run on.
//!
//! ```text
//! replay score INPUT DUMP [TEXT_COLUMN]    the mentions of a file, scored, into DUMP
//! replay export DUMP FOLDER                mentions.tsv and meanings.i8 (a row a mention) for other tools
//! replay cluster DUMP FOLDER [OPTION]...   pain_points.csv and mentions.csv, and what it took on standard error
//!     --shuffle SEED      rows in another order
//!     --share SHARE SEED  a random part of the rows
//!     --rows N            the first N rows only
//!     --repeat N          every row N times, to see how cost grows
//!     --vary SHARE SEED   what is repeated has a part of its words replaced by others of the file, so that
//!                         all rows differ (their meanings and touchpoints stay)
//!     --lang de|en        language of the report
//! ```
//!
//! `PAINPOINT_MODEL` names a model directory; without it the bundled model is used.

// What a run took is no result, and goes to standard error.
#![allow(clippy::print_stderr)]

use std::collections::BTreeSet;
use std::error::Error;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use painpoint::config::codebook::Codebook;
use painpoint::config::corrections::Corrections;
use painpoint::mention::pass::Pass;
use painpoint::mention::{Analysed, Touchpoints};
use painpoint::model::{Model, Sentiment};
use painpoint::painpoint::findings::{Topic, TopicKind};
use painpoint::painpoint::{Inquiry, Settings, find};
use painpoint::read::{ColumnChoice, Feedback, InputRow, open};
use painpoint::report::words::label;
use painpoint::score::Scorer;
use painpoint::store::spill::Spill;
use painpoint::tally::{Counter, Tally};
use painpoint::text::Language;
use painpoint::text::flags::flags;
use painpoint::text::terms::terms;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> Outcome {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["score", input, dump, column @ ..] => score(Path::new(input), Path::new(dump), column),
        ["export", dump, folder] => export(&load(Path::new(dump))?, Path::new(folder)),
        ["cluster", dump, folder, options @ ..] => {
            cluster(load(Path::new(dump))?, Path::new(folder), options)
        }
        _ => Err("usage: replay score|export|cluster; see the head of replay.rs".into()),
    }
}

fn model() -> Outcome<Model> {
    let directory = std::env::var_os("PAINPOINT_MODEL").map(PathBuf::from);
    let threads = painpoint::run::default_threads();
    Ok(Model::load(directory.as_deref(), None, threads)?)
}

/// Rows scored at once.
const CHUNK: usize = 64;

fn score(input: &Path, dump: &Path, column: &[&str]) -> Outcome {
    let text_columns = column.iter().map(|&name| name.to_owned()).collect();
    let input = open(input, &ColumnChoice { text_columns, ..ColumnChoice::default() })?;
    let (model, codebook) = (model()?, Codebook::built_in());
    let (layout, scorer) = (input.layout.clone(), Scorer::new(&model, &codebook, None));
    let mut file = BufWriter::new(File::create(dump)?);
    let mut rows = Vec::with_capacity(CHUNK);
    let mut write = |rows: &mut Vec<(String, Feedback)>| -> Outcome {
        for analysed in scorer.score(&layout, rows) {
            let bytes = postcard::to_stdvec(&analysed)?;
            file.write_all(&(bytes.len() as u32).to_le_bytes())?;
            file.write_all(&bytes)?;
        }
        rows.clear();
        Ok(file.flush()?)
    };
    for row in input {
        let InputRow::Feedback(feedback) = row? else { continue };
        // Ids are those of the file, or lines.
        let id = feedback.id.clone().unwrap_or_else(|| feedback.place.line.to_string());
        rows.push((id, feedback));
        if rows.len() == CHUNK {
            write(&mut rows)?;
        }
    }
    write(&mut rows)
}

fn load(dump: &Path) -> Outcome<Vec<Analysed>> {
    let mut file = BufReader::new(File::open(dump)?);
    let (mut length, mut rows) = ([0; 4], Vec::new());
    while file.read_exact(&mut length).is_ok() {
        let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
        file.read_exact(&mut bytes)?;
        rows.push(postcard::from_bytes(&bytes)?);
    }
    Ok(rows)
}

fn export(rows: &[Analysed], folder: &Path) -> Outcome {
    std::fs::create_dir_all(folder)?;
    let touchpoints = touchpoints(&Codebook::built_in(), rows);
    let mut table = BufWriter::new(File::create(folder.join("mentions.tsv"))?);
    let mut meanings = BufWriter::new(File::create(folder.join("meanings.i8"))?);
    writeln!(table, "feedback_id\tdate\tlang\tsentiment\ttouchpoints\ttext\tterms")?;
    for feedback in rows {
        let date = feedback.date().map(|date| date.to_string()).unwrap_or_default();
        for mention in &feedback.mentions {
            let tags = mention.touchpoints.iter();
            let tags: Vec<&str> = tags.map(|tag| touchpoints.id(tag.touchpoint)).collect();
            let terms = mention.terms.iter();
            let terms: Vec<String> =
                terms.map(|term| format!("{}={}", term.key, term.surface)).collect();
            writeln!(
                table,
                "{}\t{}\t{}\t{}\t{}\t{}\t{}",
                feedback.id,
                date,
                mention.language,
                mention.sentiment.name(),
                tags.join(";"),
                mention.text.split_whitespace().collect::<Vec<_>>().join(" "),
                terms.join("|").replace(['\t', '\n', '\r'], " ")
            )?;
            let bytes: Vec<u8> = mention.problem.iter().map(|&value| value as u8).collect();
            meanings.write_all(&bytes)?;
        }
    }
    table.flush()?;
    Ok(meanings.flush()?)
}

/// What touchpoints are called, those that cells name too.
fn touchpoints(codebook: &Codebook, rows: &[Analysed]) -> Touchpoints {
    let named = rows.iter().flat_map(|row| &row.touchpoints).map(String::as_str);
    Touchpoints::new(codebook).with(named)
}

/// What `cluster` is asked for.
struct Options {
    repeat: usize,
    /// Share of the words that are replaced in what is repeated, and a seed.
    vary: Option<(f64, u64)>,
    language: Language,
}

/// A small generator of pseudo-random numbers (SplitMix64: Steele, Lea and Flood 2014).
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

fn choose(rows: &mut Vec<Analysed>, options: &[&str]) -> Outcome<Options> {
    let mut chosen = Options { repeat: 1, vary: None, language: Language::En };
    let mut rest = options;
    while let [option, tail @ ..] = rest {
        rest = match (*option, tail) {
            ("--shuffle", [seed, tail @ ..]) => {
                let mut state = seed.parse()?;
                let mut keyed: Vec<(u64, Analysed)> =
                    rows.drain(..).map(|row| (next(&mut state), row)).collect();
                keyed.sort_by_key(|(key, _)| *key);
                rows.extend(keyed.into_iter().map(|(_, row)| row));
                tail
            }
            ("--share", [share, seed, tail @ ..]) => {
                let (share, mut state): (f64, u64) = (share.parse()?, seed.parse()?);
                rows.retain(|_| (next(&mut state) as f64) < share * u64::MAX as f64);
                tail
            }
            ("--rows", [count, tail @ ..]) => {
                rows.truncate(count.parse()?);
                tail
            }
            ("--repeat", [times, tail @ ..]) => {
                chosen.repeat = times.parse()?;
                tail
            }
            ("--vary", [share, seed, tail @ ..]) => {
                chosen.vary = Some((share.parse()?, seed.parse()?));
                tail
            }
            ("--lang", [code, tail @ ..]) => {
                chosen.language = Language::from_code(code).ok_or("de or en")?;
                tail
            }
            (other, _) => return Err(format!("unknown or incomplete option {other}").into()),
        };
    }
    Ok(chosen)
}

/// Words of some rows, which replace each other at random: rows that are repeated become different ones,
/// with the vocabulary of the file and some that nobody has written before.
struct Variety {
    words: Vec<String>,
    share: f64,
    state: u64,
}

impl Variety {
    fn new(rows: &[Analysed], (share, seed): (f64, u64)) -> Self {
        let texts = rows.iter().flat_map(|row| &row.mentions).map(|mention| &mention.text);
        let words: BTreeSet<&str> = texts.flat_map(|text| text.split_whitespace()).collect();
        Self { words: words.into_iter().map(str::to_owned).collect(), share, state: seed }
    }

    /// A word of the file; one in four is made of the halves of two, and new.
    fn word(&mut self) -> String {
        let mut any = || &self.words[(next(&mut self.state) % self.words.len() as u64) as usize];
        let (first, second, made) = (any(), any(), any().len().is_multiple_of(4));
        let middle = |word: &str| word.char_indices().nth(word.chars().count() / 2);
        match (middle(first), middle(second)) {
            (Some((a, _)), Some((b, _))) if made => [&first[..a], &second[b..]].concat(),
            _ => first.clone(),
        }
    }

    fn varied(&mut self, row: &Analysed) -> Analysed {
        let mut row = row.clone();
        for mention in &mut row.mentions {
            let mut words: Vec<String> = Vec::new();
            for word in mention.text.split_whitespace() {
                let replaced = (next(&mut self.state) as f64) < self.share * u64::MAX as f64;
                words.push(if replaced { self.word() } else { word.to_owned() });
            }
            mention.text = words.join(" ");
            mention.terms = terms(&mention.text, mention.language);
            mention.flags = flags(&mention.text, mention.language);
        }
        row
    }
}

/// Counts and spills the rows, as often as is asked for.
fn prepare(
    rows: &[Analysed],
    options: &Options,
    counter: &Counter,
) -> Outcome<(Spill<Analysed>, Tally)> {
    let (mut spill, mut tally) = (Spill::new()?, Tally::default());
    let mut variety = options.vary.map(|vary| Variety::new(rows, vary));
    for round in 0..options.repeat {
        for row in rows {
            let mut feedback = match &mut variety {
                Some(variety) if round > 0 => variety.varied(row),
                _ => row.clone(),
            };
            if round > 0 {
                feedback.id = format!("{}-{round}", feedback.id);
            }
            counter.add(&mut tally, &feedback);
            spill.append(&Spill::encode(&[feedback])?)?;
        }
    }
    Ok((spill, tally))
}

fn cluster(mut rows: Vec<Analysed>, folder: &Path, options: &[&str]) -> Outcome {
    let options = choose(&mut rows, options)?;
    std::fs::create_dir_all(folder)?;
    let (model, codebook) = (model()?, Codebook::built_in());
    let touchpoints = touchpoints(&codebook, &rows);
    let (mut spill, tally) = prepare(&rows, &options, &Counter::new(&codebook))?;
    drop(rows);
    let before = (Instant::now(), processor_seconds()?, peak_megabytes()?);
    let mut table = csv::Writer::from_path(folder.join("mentions.csv"))?;
    table.write_record(["feedback_id", "mention", "text", "sentiment", "pain_points"])?;
    let inquiry = Inquiry {
        codebook: &codebook,
        touchpoints: &touchpoints,
        tally: &tally,
        settings: Settings { language: options.language, ..Settings::default() },
        rating: None,
        since: None,
        baseline: None,
        corrections: &Corrections::default(),
        touchpoint: None,
        model: model.hash(),
        score: &|texts| model.score(texts),
    };
    let mut found = find(&mut spill, &inquiry)?;
    let mut covered = 0;
    found.join::<_, std::io::Error>(&mut spill, |feedback, ids| {
        for (number, (mention, ids)) in feedback.mentions.iter().zip(ids).enumerate() {
            let is_covered = mention.sentiment == Sentiment::Negative && !ids.is_empty();
            covered += u64::from(is_covered);
            let number = (number + 1).to_string();
            let sentiment = mention.sentiment.name();
            let ids = ids.join(";");
            table.write_record([&feedback.id, &number, &mention.text, sentiment, &ids])?;
        }
        Ok(())
    })?;
    table.flush()?;
    let of_kind = |kind| found.topics.iter().filter(|topic| topic.kind == kind).count();
    eprintln!(
        "{} mentions, {:.2} s, {:.2} CPU s, peak {} MB ({} MB before), {} pain points, {} delights, \
         covered {:.3}",
        tally.sentiment.total(),
        before.0.elapsed().as_secs_f64(),
        processor_seconds()? - before.1,
        peak_megabytes()?,
        before.2,
        of_kind(TopicKind::PainPoint),
        of_kind(TopicKind::Delight),
        covered as f64 / tally.sentiment.negative.max(1) as f64,
    );
    write_pain_points(folder, &found.topics)
}

fn write_pain_points(folder: &Path, topics: &[Topic]) -> Outcome {
    let mut table = csv::Writer::from_path(folder.join("pain_points.csv"))?;
    let header = "kind,pain_point_id,touchpoint,label,terms,mentions,share,severity,verbatims";
    table.write_record(header.split(','))?;
    for topic in topics {
        let verbatims: Vec<&str> =
            topic.verbatims.iter().map(|verbatim| verbatim.text.as_str()).collect();
        table.write_record([
            topic.kind.name(),
            &topic.id,
            &topic.touchpoint,
            &label(&topic.label),
            &topic.surfaces().join(";"),
            &topic.mentions.to_string(),
            &format!("{:.4}", topic.feedback.share),
            &format!("{:.3}", topic.severity),
            &verbatims.join(" | "),
        ])?;
    }
    Ok(table.flush()?)
}

/// User and system time of this process so far (Linux; 0 elsewhere).
fn processor_seconds() -> Outcome<f64> {
    let Ok(status) = std::fs::read_to_string("/proc/self/stat") else { return Ok(0.0) };
    let fields: Vec<&str> =
        status.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    // Fields 14 and 15 of proc(5), in clock ticks of a hundredth of a second.
    let ticks: u64 = fields[11].parse::<u64>()? + fields[12].parse::<u64>()?;
    Ok(ticks as f64 / 100.0)
}

/// The most memory held so far (Linux; 0 elsewhere).
fn peak_megabytes() -> Outcome<u64> {
    let Ok(status) = std::fs::read_to_string("/proc/self/status") else { return Ok(0) };
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or_default();
    Ok(line.split_whitespace().nth(1).unwrap_or("0").parse::<u64>()? / 1024)
}
