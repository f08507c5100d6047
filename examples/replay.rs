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
//!     --lang de|en        language of the report
//! ```
//!
//! `PAINPOINT_MODEL` names a model directory; without it the bundled model is used.

// What a run took is no result, and goes to standard error.
#![allow(clippy::print_stderr)]

use std::error::Error;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use painpoint::config::codebook::Codebook;
use painpoint::config::corrections::Corrections;
use painpoint::mention::{Analysed, Mention, Tag};
use painpoint::model::Model;
use painpoint::painpoint::Settings;
use painpoint::painpoint::findings::PainPoint;
use painpoint::read::{ColumnChoice, Feedback, InputRow, open};
use painpoint::run::codebook::assigner;
use painpoint::run::corrections::Corrector;
use painpoint::run::reduce::{Counter, Known, Reduction};
use painpoint::score::prepare::drafts;
use painpoint::store::spill::Spill;
use painpoint::tally::Tally;
use painpoint::text::Language;
use painpoint::touchpoint::{Assigner, Assignment};

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

fn score(input: &Path, dump: &Path, column: &[&str]) -> Outcome {
    let text_columns = column.iter().map(|&name| name.to_owned()).collect();
    let input = open(input, &ColumnChoice { text_columns, ..ColumnChoice::default() })?;
    let (model, codebook) = (model()?, Codebook::built_in());
    let assigner = assigner(&model, &codebook);
    let mut file = BufWriter::new(File::create(dump)?);
    for row in input {
        let InputRow::Feedback(feedback) = row? else { continue };
        let bytes = postcard::to_stdvec(&analysed(&feedback, &model, &codebook, &assigner))?;
        file.write_all(&(bytes.len() as u32).to_le_bytes())?;
        file.write_all(&bytes)?;
    }
    Ok(file.flush()?)
}

/// What a run finds in a row. Ids are those of the file, or lines.
fn analysed(row: &Feedback, model: &Model, codebook: &Codebook, assigner: &Assigner) -> Analysed {
    let drafts = drafts(row);
    let texts: Vec<&str> = drafts.iter().map(|draft| draft.clean.as_str()).collect();
    let mentions = drafts.iter().zip(model.score(&texts)).map(|(draft, score)| {
        let found = assigner.assign(&draft.clean, draft.language, &score.meaning);
        let tag = |found: &Assignment| {
            let id = &codebook.touchpoints()[found.touchpoint].id;
            Tag::new(id, found.how.name(), found.confidence)
        };
        let mut tags: Vec<Tag> = found.iter().map(tag).collect();
        if tags.is_empty() {
            tags.push(Tag::general());
        }
        let text = row.cells[draft.column][draft.range.clone()].to_owned();
        let text = ("text".to_owned(), text);
        Mention::new(text, draft.range.start, draft.language, &score, tags)
    });
    let id = row.id.clone().unwrap_or_else(|| row.place.line.to_string());
    let mut analysed = Analysed::new(id, row.date, mentions.collect());
    (analysed.scores.nps, analysed.scores.rating) = (row.nps, row.rating);
    analysed
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
    let mut table = BufWriter::new(File::create(folder.join("mentions.tsv"))?);
    let mut meanings = BufWriter::new(File::create(folder.join("meanings.i8"))?);
    writeln!(table, "feedback_id\tdate\tlang\tsentiment\ttouchpoints\ttext\tterms")?;
    for feedback in rows {
        let date = feedback.date().map(|date| date.to_string()).unwrap_or_default();
        for mention in &feedback.mentions {
            let tags: Vec<&str> =
                mention.touchpoints.iter().map(|tag| tag.touchpoint.as_str()).collect();
            let terms = mention.terms();
            let terms: Vec<String> =
                terms.iter().map(|term| format!("{}={}", term.key, term.surface)).collect();
            writeln!(
                table,
                "{}\t{}\t{}\t{}\t{}\t{}\t{}",
                feedback.id,
                date,
                mention.language(),
                mention.sentiment().name(),
                tags.join(";"),
                mention.text.split_whitespace().collect::<Vec<_>>().join(" "),
                terms.join("|").replace(['\t', '\n', '\r'], " ")
            )?;
            let bytes: Vec<u8> = mention.meaning.iter().map(|&value| value as u8).collect();
            meanings.write_all(&bytes)?;
        }
    }
    table.flush()?;
    Ok(meanings.flush()?)
}

/// What `cluster` is asked for.
struct Options {
    repeat: usize,
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
    let mut chosen = Options { repeat: 1, language: Language::En };
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
            ("--lang", [code, tail @ ..]) => {
                chosen.language = Language::from_code(code).ok_or("de or en")?;
                tail
            }
            (other, _) => return Err(format!("unknown or incomplete option {other}").into()),
        };
    }
    Ok(chosen)
}

fn cluster(mut rows: Vec<Analysed>, folder: &Path, options: &[&str]) -> Outcome {
    let options = choose(&mut rows, options)?;
    std::fs::create_dir_all(folder)?;
    let (model, codebook) = (model()?, Codebook::built_in());
    let (mut spill, mut tally) = (Spill::new()?, Tally::default());
    let corrections = Corrections::default();
    let corrector = Corrector::new(&corrections);
    let counter = Counter::new(&codebook, None, &corrector);
    for round in 0..options.repeat {
        for feedback in &rows {
            counter.count(feedback, &mut tally);
            let id = match round {
                0 => feedback.id.clone(),
                round => format!("{}-{round}", feedback.id),
            };
            spill.append(&Spill::encode(&[Analysed { id, ..feedback.clone() }])?)?;
        }
    }
    drop(rows);
    let mentions = tally.sentiment.total();
    let before = (Instant::now(), processor_seconds()?);
    let mut table = csv::Writer::from_path(folder.join("mentions.csv"))?;
    table.write_record(["feedback_id", "mention", "text", "sentiment", "pain_points"])?;
    let known = Known { since: None, baseline: None, corrections: &corrections, touchpoint: None };
    let reduction =
        Reduction::new(&codebook, &model, &tally, options.language, Settings::default(), known);
    let reduced = reduction.run::<std::io::Error>(&mut spill, None, |feedback, ids| {
        for (number, (mention, ids)) in feedback.mentions.iter().zip(ids).enumerate() {
            let number = (number + 1).to_string();
            let sentiment = mention.sentiment().name();
            let ids = ids.join(";");
            table.write_record([&feedback.id, &number, &mention.text, sentiment, &ids])?;
        }
        Ok(())
    })?;
    table.flush()?;
    eprintln!(
        "{} mentions, {:.2} s, {:.2} CPU s, peak {} MB, {} pain points, {} delights, covered {:.3}",
        mentions,
        before.0.elapsed().as_secs_f64(),
        processor_seconds()? - before.1,
        peak_megabytes()?,
        reduced.findings.pain_points.len(),
        reduced.findings.delights.len(),
        reduced.findings.summary.covered.share,
    );
    let found = [&reduced.findings.pain_points, &reduced.findings.delights];
    write_pain_points(folder, found)
}

fn write_pain_points(folder: &Path, found: [&Vec<PainPoint>; 2]) -> Outcome {
    let mut table = csv::Writer::from_path(folder.join("pain_points.csv"))?;
    let header = "kind,pain_point_id,touchpoint,label,terms,mentions,share,severity,verbatims";
    table.write_record(header.split(','))?;
    for (kind, points) in ["pain_point", "delight"].into_iter().zip(found) {
        for point in points {
            let verbatims: Vec<&str> =
                point.verbatims.iter().map(|verbatim| verbatim.text.as_str()).collect();
            table.write_record([
                kind,
                &point.id,
                &point.touchpoint,
                &point.label,
                &point.terms.join(";"),
                &point.mentions.to_string(),
                &format!("{:.4}", point.feedback.share),
                &format!("{:.3}", point.severity),
                &verbatims.join(" | "),
            ])?;
        }
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
