//! The flow itself: drives rows through the rooms, from the inputs to the output folder.

mod folder;
mod identity;
mod manifest;
pub mod prepare;
pub mod reduce;
pub mod score;

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use rayon::prelude::*;

use crate::config::codebook::Codebook;
use crate::model::{Model, ModelError, Precision};
use crate::painpoint::Settings;
use crate::painpoint::findings::Findings;
use crate::read::{ColumnChoice, Feedback, Input, Layout, ReadError, Reject, Role, Row, open_all};
use crate::report::dialect::Dialect;
use crate::report::rows::{FeedbackTable, MentionTable, RejectTable, TermRow};
use crate::report::{ExportError, ReportLanguage, exporters, rows};
use crate::store::spill::Spill;
use crate::tally::groups::Group;
use crate::tally::summary::RowCounts;
use crate::tally::{Scores, Tally};
use crate::text::Language;
use folder::Staging;
use identity::{Identities, Identity};
use manifest::{Manifest, Stopwatch};
use prepare::{Prepared, drafts};
use reduce::{Reduced, Reduction};
use score::Scorer;

/// Everything that a run needs to know.
#[derive(Debug)]
pub struct Plan {
    /// Files to read, in order; at least one.
    pub inputs: Vec<PathBuf>,
    /// Folder to write.
    pub out: PathBuf,
    /// What the user says of the columns.
    pub columns: ColumnChoice,
    /// Phases and touchpoints.
    pub codebook: Codebook,
    /// Model directory; the bundled model where there is none.
    pub model: Option<PathBuf>,
    /// Arithmetic of the engine.
    pub precision: Precision,
    /// Worker threads.
    pub threads: usize,
    /// Language of the report.
    pub language: ReportLanguage,
    /// How CSV files are written.
    pub dialect: Dialect,
    /// How pain points are made.
    pub settings: Settings,
}

/// What a run came to.
#[derive(Debug)]
pub struct Outcome {
    /// What was found.
    pub findings: Findings,
    /// Cells that should hold a date, a score or a rating and do not: input, column, count.
    pub ignored: Vec<(PathBuf, String, u64)>,
}

/// Why a run failed.
#[derive(Debug, thiserror::Error)]
pub enum AnalysisError {
    /// An input cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The model cannot be used.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A file of the report cannot be written.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The output folder cannot be written.
    #[error("cannot write {}: {source}; choose another folder with --out", path.display())]
    Output {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The temporary file between the passes failed.
    #[error("cannot use the temporary directory: {0}; is there free space? TMPDIR names another")]
    Temporary(#[from] io::Error),
}

/// Told how far a run has come.
pub trait Progress {
    /// So many rows have been read, and so many of their mentions scored.
    fn scored(&self, rows: u64, mentions: u64);
    /// All mentions are scored; their vocabulary is being clustered.
    fn clustering(&self);
}

/// Rows that travel together from reading to scoring.
const CHUNK: usize = 512;

/// Reads, scores, clusters and reports. Either all files of the output folder are written or none.
///
/// # Errors
/// If an input, the model or the output folder cannot be used. Rows that cannot be used are no
/// error; they are listed in `rejects.csv`.
pub fn run(plan: &Plan, progress: &dyn Progress) -> Result<Outcome, AnalysisError> {
    let mut stopwatch = Stopwatch::start();
    let inputs = open_all(&plan.inputs, &plan.columns)?;
    let staging = Staging::new(&plan.out)?;
    let model = Model::load(plan.model.as_deref(), plan.precision, plan.threads)?;
    let scorer = Scorer::new(&model, &plan.codebook);
    stopwatch.lap("load");
    let rating = inputs.iter().find_map(|input| input.layout.rating_scale);
    let mapped = map(plan, inputs, &scorer, &staging, progress)?;
    stopwatch.lap("score");
    progress.clustering();
    let findings = reduce(plan, mapped.spill, &mapped.tally, &model, rating, &staging)?;
    stopwatch.lap("cluster");
    for exporter in exporters(plan.language, plan.dialect) {
        let mut file = staging.create(exporter.file_name())?;
        exporter.export(&findings, &mut file)?;
    }
    stopwatch.lap("report");
    Manifest::new(plan, &model, &findings, &mapped.layouts, &stopwatch)
        .map_err(|(path, source)| AnalysisError::Output { path, source })?
        .write(staging.create("run.json")?)
        .map_err(|source| output(plan, "run.json", source))?;
    staging.publish()?;
    Ok(Outcome { findings, ignored: mapped.ignored })
}

fn output(plan: &Plan, name: &str, source: io::Error) -> AnalysisError {
    AnalysisError::Output { path: plan.out.join(name), source }
}

/// What the map pass leaves.
struct Mapped {
    tally: Tally,
    spill: Spill<crate::tally::mention::Analysed>,
    layouts: Vec<Arc<Layout>>,
    ignored: Vec<(PathBuf, String, u64)>,
}

/// What reading sends to scoring.
enum Message {
    Rows(Vec<Prepared>),
    Reject(usize, Reject),
    Duplicate,
    End(usize, Vec<(String, u64)>),
    Failed(ReadError),
}

/// Reads and prepares rows on one thread while another scores those before them.
fn map(
    plan: &Plan,
    inputs: Vec<Input>,
    scorer: &Scorer,
    staging: &Staging,
    progress: &dyn Progress,
) -> Result<Mapped, AnalysisError> {
    let layouts: Vec<Arc<Layout>> =
        inputs.iter().map(|input| Arc::new(input.layout.clone())).collect();
    let (sender, receiver) = sync_channel(2);
    thread::scope(|scope| {
        let shared = layouts.clone();
        scope.spawn(move || read(inputs, &shared, &sender));
        consume(plan, receiver, &layouts, scorer, staging, progress)
    })
}

fn read(inputs: Vec<Input>, layouts: &[Arc<Layout>], sender: &SyncSender<Message>) {
    // A failed send means that the consumer has stopped: then reading stops too.
    let _ = read_all(inputs, layouts, sender);
}

fn read_all(
    inputs: Vec<Input>,
    layouts: &[Arc<Layout>],
    sender: &SyncSender<Message>,
) -> Result<(), std::sync::mpsc::SendError<Message>> {
    let mut identities = Identities::default();
    for (number, mut input) in inputs.into_iter().enumerate() {
        let mut rows: Vec<(String, Feedback)> = Vec::with_capacity(CHUNK);
        loop {
            match input.next() {
                Some(Ok(Row::Feedback(feedback))) => {
                    match identities.identify(&layouts[number].columns, &feedback) {
                        Identity::New(id) => rows.push((id, feedback)),
                        Identity::Duplicate => sender.send(Message::Duplicate)?,
                    }
                }
                Some(Ok(Row::Reject(reject))) => sender.send(Message::Reject(number, reject))?,
                Some(Err(error)) => return sender.send(Message::Failed(error)),
                None => break,
            }
            if rows.len() == CHUNK {
                sender.send(prepare(number, &layouts[number], std::mem::take(&mut rows)))?;
            }
        }
        sender.send(prepare(number, &layouts[number], rows))?;
        let ignored = input.ignored_values();
        let ignored = ignored.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        sender.send(Message::End(number, ignored))?;
    }
    Ok(())
}

fn prepare(input: usize, layout: &Arc<Layout>, rows: Vec<(String, Feedback)>) -> Message {
    let prepared = rows.into_par_iter().map(|(id, feedback)| {
        let drafts = drafts(&feedback);
        Prepared { input, layout: Arc::clone(layout), id, feedback, drafts }
    });
    Message::Rows(prepared.collect())
}

fn consume(
    plan: &Plan,
    receiver: Receiver<Message>,
    layouts: &[Arc<Layout>],
    scorer: &Scorer,
    staging: &Staging,
    progress: &dyn Progress,
) -> Result<Mapped, AnalysisError> {
    let names: Vec<String> = plan.inputs.iter().map(|path| path.display().to_string()).collect();
    let fail = |name: &'static str| move |source| output(plan, name, source);
    let rating = layouts.iter().find_map(|layout| layout.rating_scale);
    let mut feedback_table =
        FeedbackTable::new(staging.create("feedback.csv")?, plan.dialect, all_columns(layouts))
            .map_err(fail("feedback.csv"))?;
    let mut reject_table = RejectTable::new(staging.create("rejects.csv")?, plan.dialect)
        .map_err(fail("rejects.csv"))?;
    let mut tally = Tally::default();
    let mut counts = RowCounts::default();
    let mut spill = Spill::new()?;
    let mut ignored = Vec::new();
    for message in receiver {
        match message {
            Message::Rows(rows) => {
                let analysed = scorer.score(&rows);
                let mut scored = Vec::with_capacity(rows.len());
                for (row, mut feedback) in rows.iter().zip(analysed) {
                    feedback.scores = scores(row, rating);
                    spill.push(&feedback)?;
                    feedback_table
                        .row(&feedback, (&names[row.input], row.feedback.line), &cells(row))
                        .map_err(fail("feedback.csv"))?;
                    scored.push(feedback);
                }
                tally.merge(reduce::tally(&plan.codebook, &scored));
            }
            Message::Reject(input, reject) => {
                counts.rejects += 1;
                reject_table
                    .row(&names[input], reject.line, &reject.column, &reject.reason)
                    .map_err(fail("rejects.csv"))?;
            }
            Message::Duplicate => counts.duplicates += 1,
            Message::End(input, columns) => ignored.extend(
                columns.into_iter().map(|(name, count)| (plan.inputs[input].clone(), name, count)),
            ),
            Message::Failed(error) => return Err(error.into()),
        }
        counts.rows = tally.rows.feedback + counts.rejects + counts.duplicates;
        progress.scored(counts.rows, tally.sentiment.total());
    }
    tally.rows.merge(counts);
    feedback_table.finish().map_err(fail("feedback.csv"))?;
    reject_table.finish().map_err(fail("rejects.csv"))?;
    Ok(Mapped { tally, spill, layouts: layouts.to_vec(), ignored })
}

/// The names of all columns of all inputs, in the order in which they first come.
fn all_columns(layouts: &[Arc<Layout>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for column in layouts.iter().flat_map(|layout| &layout.columns) {
        if !names.contains(&column.name) {
            names.push(column.name.clone());
        }
    }
    names
}

fn cells(row: &Prepared) -> Vec<(&str, &str)> {
    let names = row.layout.columns.iter().map(|column| column.name.as_str());
    names.zip(row.feedback.cells.iter().map(String::as_str)).collect()
}

/// Date, scores and groups of a row; a rating on another scale than the first input's is brought to it.
fn scores(row: &Prepared, scale: Option<(f64, f64)>) -> Scores {
    let rating = row.feedback.rating.map(|rating| match (row.layout.rating_scale, scale) {
        (Some((low, high)), Some((lowest, highest))) if (low, high) != (lowest, highest) => {
            lowest + (rating - low) / (high - low) * (highest - lowest)
        }
        _ => rating,
    });
    Scores { date: row.feedback.date, nps: row.feedback.nps, rating, groups: groups(row) }
}

/// The groups that a row belongs to, by its columns of sources and segments.
fn groups(row: &Prepared) -> Vec<Group> {
    let cells = row.layout.columns.iter().zip(&row.feedback.cells);
    cells
        .filter(|(column, cell)| {
            matches!(column.role, Role::Source | Role::Segment) && !cell.trim().is_empty()
        })
        .map(|(column, cell)| Group {
            column: column.name.clone(),
            value: cell.trim().to_owned(),
            source: column.role == Role::Source,
        })
        .collect()
}

fn reduce(
    plan: &Plan,
    mut spill: Spill<crate::tally::mention::Analysed>,
    tally: &Tally,
    model: &Model,
    rating: Option<(f64, f64)>,
    staging: &Staging,
) -> Result<Findings, AnalysisError> {
    let fail = |name: &'static str| move |source| output(plan, name, source);
    let mut mentions = MentionTable::new(staging.create("mentions.csv")?, plan.dialect)
        .map_err(fail("mentions.csv"))?;
    let language = match plan.language {
        ReportLanguage::De => Language::De,
        ReportLanguage::En => Language::En,
    };
    let Reduced { findings, terms } =
        Reduction::new(&plan.codebook, model, tally, language, plan.settings)
            .run::<AnalysisError>(&mut spill, rating, |feedback, themes| {
                let rows = feedback.mentions.iter().zip(themes).enumerate();
                for (index, (mention, themes)) in rows {
                    mentions
                        .row(&feedback.id, index, mention, themes)
                        .map_err(fail("mentions.csv"))?;
                }
                Ok(())
            })?;
    mentions.finish().map_err(fail("mentions.csv"))?;
    let rows = terms.iter().map(|found| TermRow {
        term: &found.term.surface,
        touchpoint: &found.touchpoint,
        sentiment: found.sentiment.name(),
        mentions: found.term.mentions,
        z: found.term.z,
        pain_point: found.pain_point.as_deref().unwrap_or_default(),
    });
    rows::terms(staging.create("terms.csv")?, plan.dialect, rows).map_err(fail("terms.csv"))?;
    Ok(findings)
}

/// The number of worker threads to use where none is asked for: one a core.
pub fn default_threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
