//! The flow itself: drives rows through the rooms, from the inputs to the output folder.

pub mod baseline;
pub mod codebook;
pub mod corrections;
pub mod dated;
pub mod drawing;
mod flow;
mod folder;
pub mod found;
pub mod helpful;
mod joining;
pub mod label;
pub mod labelled;
mod manifest;
mod merging;
mod near_duplicates;
pub mod origin;
mod output;
mod pipeline;
mod progress;
mod reading;
mod recording;
mod waiting;

use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use jiff::civil::Date;

use crate::alert::Rules;
use crate::config::codebook::Codebook;
use crate::config::corrections::Corrections;
use crate::history::store::HistoryError;
use crate::mention::pass::Pass;
use crate::mention::{Analysed, Touchpoints};
use crate::model::{EngineKind, Model, ModelError, Precision};
use crate::painpoint::Settings;
use crate::painpoint::findings::{Findings, Reading};
use crate::painpoint::lineage::Baseline;
use crate::read::{
    Column, ColumnChoice, Doubts, Grade, Input, KnownProfile, Layout, PassingOver, Protection,
    ReadError, Role, ToldDoubt, common_scale, open_all,
};
use crate::report::dialect::Dialect;
use crate::report::outputs::OutputFile;
use crate::report::presentation::Presentation;
use crate::report::{ExportError, Reader, ReportLanguage, export};
use crate::score::{Remembered, Remembrance, Scorer};
use crate::store::scores::{CacheError, CacheFile};
use crate::store::spill::Spill;
use crate::tally::{Counter, Tally};
use crate::visible::visible_path;
use corrections::Corrector;
use flow::{Event, Scored, Window};
use folder::Staging;
pub use folder::{OverwriteError, abandon};
use joining::reduce;
use manifest::{Manifest, Stopwatch};
use origin::Origin;
use output::{Output, Read};
pub use progress::{Progress, Stage};
use reading::read;
use recording::Recording;
use waiting::patiently;

/// Everything that a run needs to know.
#[derive(Debug)]
pub struct Plan {
    /// Files to read, in order; at least one.
    pub inputs: Vec<PathBuf>,
    /// What was passed over in folders that were named.
    pub passed_over: Vec<PathBuf>,
    /// Folder to write.
    pub out: PathBuf,
    /// What the user says of the columns.
    pub columns: ColumnChoice,
    /// What keeps personal data from everything that is written.
    pub protection: Protection,
    /// Whether nothing is written that a customer wrote.
    pub no_verbatims: bool,
    /// Phases and touchpoints.
    pub codebook: Codebook,
    /// Model directory; the bundled model where there is none.
    pub model: Option<PathBuf>,
    /// What decides the results beside the inputs and the program, for the manifest.
    pub origin: Origin,
    /// Where the configuration, the codebook, the corrections and the earlier run were read:
    /// results may not take their places.
    pub sources: Vec<PathBuf>,
    /// What runs the model.
    pub engine: EngineKind,
    /// Arithmetic of the engine; that which suits the weights where there is none.
    pub precision: Option<Precision>,
    /// Worker threads.
    pub threads: usize,
    /// Language of the report.
    pub language: ReportLanguage,
    /// How CSV files are written.
    pub dialect: Dialect,
    /// How reports present themselves.
    pub presentation: Presentation,
    /// How pain points are made.
    pub settings: Settings,
    /// Touchpoint of the codebook, by its identifier, whose pain points and delights alone are wanted.
    pub touchpoint: Option<String>,
    /// First day of the later of two periods to compare; chosen where it is not given.
    pub since: Option<Date>,
    /// What an earlier run found, to keep identities and tell what has changed.
    pub baseline: Option<Baseline>,
    /// What a person knows better.
    pub corrections: Corrections,
    /// Whether a doubt about the reading is an error.
    pub strict: bool,
    /// Whether the rows of mentions tell of their sentiment, beside their text.
    pub priors: bool,
    /// Where scores are kept from run to run.
    pub cache: Option<CacheFile>,
    /// Where figures are kept from run to run.
    pub history: Option<PathBuf>,
    /// What somebody wants to be told unasked.
    pub alerts: Option<Rules>,
    /// How long to wait for what another run holds.
    pub wait_lock: Duration,
}

/// What a run came to.
#[derive(Debug)]
pub struct Completed {
    /// What was found.
    pub findings: Findings,
    /// The scales of ratings.
    pub scales: Scales,
    /// Corrections that found nothing to correct, each with its place and what it says.
    pub unmatched: Vec<String>,
    /// What the cache of scores was good for, if there is one.
    pub remembrance: Option<Remembrance>,
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
    /// The cache of scores cannot be used.
    #[error(transparent)]
    Cache(#[from] CacheError),
    /// The history cannot be used.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// What earlier runs found does not fit this one.
    #[error(transparent)]
    Baseline(#[from] baseline::BaselineError),
    /// A file of the report cannot be written.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// What was read is doubtful, and that is not allowed.
    #[error(
        "what was read is doubtful, and --strict allows no doubt; nothing was written:{}",
        listed(doubts)
    )]
    Doubtful {
        /// The doubts.
        doubts: Vec<ToldDoubt>,
    },
    /// No row could be used.
    #[error("none of {rows} rows could be used, so there is nothing to report; the first: {}", first.join("; "))]
    AllRejected {
        /// How many there are.
        rows: u64,
        /// The first of them, each with its place and reason.
        first: Vec<String>,
    },
    /// A file that decides the results can no longer be read.
    #[error("{}: cannot read it: {source}; it was there when the run began", visible_path(path))]
    Deciding {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// Results would take the place of something else.
    #[error(transparent)]
    Overwrite(#[from] OverwriteError),
    /// Another run writes to the output folder.
    #[error(
        "another run writes to {}; try again when it has ended (`analyze --wait-lock SECONDS` waits for it)",
        visible_path(path)
    )]
    Held {
        /// The folder.
        path: PathBuf,
    },
    /// The output folder cannot be written.
    #[error("cannot write {}: {source}; choose another folder with --out", visible_path(path))]
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

impl AnalysisError {
    /// What another run holds that this one needs, in words. Trying again later helps.
    pub fn held(&self) -> Option<String> {
        match self {
            Self::Held { path } => Some(format!("another run writes to {}", visible_path(path))),
            Self::Cache(CacheError::Held { path }) => {
                Some(format!("another run holds the score cache {}", visible_path(path)))
            }
            Self::History(HistoryError::Held { path }) => {
                Some(format!("another run holds the history {}", visible_path(path)))
            }
            _ => None,
        }
    }
}

/// Rejects that are named where no row can be used.
const TOLD_REJECTS: usize = 3;

/// Windows of rows under way for every thread, so that none waits for another.
const UNDER_WAY: usize = 4;

/// Reads, scores, finds pain points and reports. Either all files of the output folder are written or none.
///
/// # Errors
/// If an input, the model or the output folder cannot be used. Rows that cannot be used are no
/// error; they are listed in `rejects.csv`.
pub fn run(plan: &Plan, progress: &dyn Progress) -> Result<Completed, AnalysisError> {
    let mut stopwatch = Stopwatch::start();
    let sources = plan.inputs.iter().chain(&plan.model).chain(&plan.sources);
    let kept = plan.cache.iter().map(|cache| &cache.path).chain(&plan.history);
    folder::check(&plan.out, sources.chain(kept.clone()).map(PathBuf::as_path))?;
    kept.clone().try_for_each(|kept| folder::check_beside(&plan.out, kept))?;
    let origin = plan.origin.facts(&plan.passed_over);
    let origin = origin.map_err(|(path, source)| AnalysisError::Deciding { path, source })?;
    let staging = patiently(plan.wait_lock, progress, || Staging::new(&plan.out))?;
    let inputs = open_all(&plan.inputs, &plan.columns)?;
    let paths: Vec<String> = plan.inputs.iter().map(|path| path.display().to_string()).collect();
    if plan.strict {
        refuse_doubts(&doubts_at_start(&inputs), &paths, &plan.protection)?;
    }
    let model = Model::load_for(plan.engine, plan.model.as_deref(), plan.precision, plan.threads)?;
    let cache = plan
        .cache
        .as_ref()
        .map(|cache| patiently(plan.wait_lock, progress, || Ok(Remembered::open(&model, cache)?)));
    let cache = cache.transpose()?;
    let rating = rating_scale(inputs.iter().map(|input| &input.layout));
    let mut recording = patiently(plan.wait_lock, progress, || Recording::open(plan, rating))?;
    let scorer = Scorer::new(&model, &plan.codebook, rating).remembering(cache.as_ref());
    let scorer = if plan.priors { scorer } else { scorer.without_priors() };
    stopwatch.lap(Stage::Load { inputs: plan.inputs.len() as u64 }, progress);
    let touchpoints = Touchpoints::new(&plan.codebook);
    let corrector = Corrector::new(&plan.corrections, &touchpoints);
    let mut mapped = map(plan, inputs, (&scorer, &corrector), &staging, progress)?;
    if plan.strict {
        refuse_doubts(&mapped.read.doubts, &paths, &plan.protection)?;
    }
    let (rows, mentions) = (mapped.tally.rows.rows, mapped.tally.sentiment.total());
    stopwatch.lap(Stage::Score { rows, mentions }, progress);
    progress.finding();
    let merged = merging::merge_terms(&plan.corrections, &mut mapped.spill, &mut mapped.tally)?;
    let earlier = match &mut recording {
        Some(recording) => recording.begin(&mapped.read.fingerprints)?,
        None => None,
    };
    let baseline = plan.baseline.as_ref().or(earlier.as_ref());
    let held_against = (baseline, &mut recording);
    let (mut findings, mut corrected) =
        reduce(plan, &mut mapped, (&model, cache.as_ref()), held_against, &staging)?;
    drop(scorer);
    let remembrance = cache.map(Remembered::finish);
    corrected.extend(merged);
    let (counts, unmatched) = corrector.finish(corrected);
    if counts.rows > 0 {
        findings.corrections = Some(counts);
    }
    findings.reading = Reading {
        columns: used_columns(&mapped.layouts),
        profiles: known_profiles(&mapped.layouts),
        tuned_on: model.tuned_on().cloned(),
        doubts: mapped.read.doubts.told(&paths, &plan.protection),
    };
    if let Some(recording) = &mut recording {
        recording.tell(&mut findings)?;
    }
    if plan.no_verbatims {
        findings = findings.without_verbatims();
    }
    stopwatch.lap(Stage::found(&findings), progress);
    let reader = Reader {
        language: plan.language,
        dialect: plan.dialect,
        presentation: plan.presentation.clone(),
    };
    let mut files = 0;
    export(&findings, &reader, |file| {
        files += 1;
        staging.create(file)
    })?;
    stopwatch.lap(Stage::Report { files }, progress);
    let inputs = mapped.layouts.iter().zip(&mapped.read.fingerprints);
    let costs = (&stopwatch, remembrance.as_ref());
    Manifest::new((plan, &origin), &model, &findings, (inputs, rating), costs)
        .write(staging.create(OutputFile::Manifest)?)
        .map_err(|source| output(plan, OutputFile::Manifest, source))?;
    if let Some(recording) = recording {
        recording.finish(&findings)?;
    }
    staging.publish()?;
    let scales = Scales::of(plan, &mapped.layouts);
    Ok(Completed { findings, scales, unmatched, remembrance })
}

/// What is known to be doubtful before the first row is scored.
fn doubts_at_start(inputs: &[Input]) -> Doubts {
    let mut doubts = Doubts::default();
    for (number, input) in inputs.iter().enumerate() {
        input.doubts().into_iter().for_each(|doubt| doubts.add(number, doubt));
    }
    doubts
}

fn refuse_doubts(
    doubts: &Doubts,
    paths: &[String],
    protection: &Protection,
) -> Result<(), AnalysisError> {
    if !doubts.are_serious() {
        return Ok(());
    }
    let serious = |told: &ToldDoubt| told.doubt.grade() == Grade::Doubt;
    Err(AnalysisError::Doubtful {
        doubts: doubts.told(paths, protection).into_iter().filter(serious).collect(),
    })
}

fn listed(doubts: &[ToldDoubt]) -> String {
    doubts.iter().map(|told| format!("\n  {told}")).collect()
}

/// The columns of all inputs that are used, by name: in no order of the inputs.
fn used_columns(layouts: &[Arc<Layout>]) -> Vec<Column> {
    let mut used: Vec<Column> = Vec::new();
    for column in layouts.iter().flat_map(|layout| &layout.columns) {
        if column.role != Role::Other && !used.contains(column) {
            used.push(column.clone());
        }
    }
    used.sort_by(|a, b| (&a.name, a.role.name()).cmp(&(&b.name, b.role.name())));
    used
}

/// The tools whose exports the inputs are, in no order of these.
fn known_profiles(layouts: &[Arc<Layout>]) -> Vec<KnownProfile> {
    let mut known: Vec<KnownProfile> = Vec::new();
    for profile in layouts.iter().filter_map(|layout| layout.profile.as_ref()) {
        if !known.contains(profile) {
            known.push(profile.clone());
        }
    }
    known.sort_by(|a, b| (&a.name, &a.known_by).cmp(&(&b.name, &b.known_by)));
    known
}

fn output(plan: &Plan, file: OutputFile, source: io::Error) -> AnalysisError {
    AnalysisError::Output { path: plan.out.join(file.name()), source }
}

/// What the map pass leaves.
struct Mapped {
    tally: Tally,
    spill: Spill<Analysed>,
    layouts: Vec<Arc<Layout>>,
    read: Read,
}

/// Reads on one thread, scores on `plan.threads`, and writes on this one.
fn map(
    plan: &Plan,
    mut inputs: Vec<Input>,
    (scorer, corrector): (&Scorer, &Corrector),
    staging: &Staging,
    progress: &dyn Progress,
) -> Result<Mapped, AnalysisError> {
    let layouts: Vec<Arc<Layout>> =
        inputs.iter().map(|input| Arc::new(input.layout.clone())).collect();
    let passing_over: Vec<Arc<PassingOver>> =
        inputs.iter_mut().map(Input::leave_passing_over).collect();
    let seeks = !plan.columns.keep_near_duplicates;
    let counter = Counter::new(&plan.codebook);
    let total = Mutex::new(Tally::default());
    let mut output = Output::new(plan, &layouts, staging, progress)?;
    pipeline::run(
        UNDER_WAY * plan.threads + UNDER_WAY,
        |feed| read(inputs, (&layouts, &passing_over, &plan.protection), feed),
        |queue| {
            scorer.on_threads(|worker| {
                let mut tally = Tally::default();
                queue.for_each(|mut window: Window| {
                    let prepared = window.prepare(&plan.protection);
                    let mut feedback = worker.score(&window.layout, &window.rows);
                    for own in &mut feedback {
                        corrector.apply(own);
                        counter.add(&mut tally, own);
                    }
                    let encoded = Spill::encode(&feedback);
                    let bands = feedback
                        .iter()
                        .map(|own| seeks.then(|| near_duplicates::bands(own)).flatten());
                    let bands = bands.collect();
                    Event::Rows(Box::new(Scored { window, feedback, encoded, bands, prepared }))
                });
                total.lock().unwrap_or_else(PoisonError::into_inner).merge(tally);
            });
        },
        |event| output.take(event),
    )?;
    let tally = total.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (spill, seen, counts, read) = output.finish()?;
    let mut mapped = Mapped { tally, spill, layouts, read };
    if seeks {
        near_duplicates::mark(plan, (&mut mapped, seen), &counter, staging)?;
    }
    mapped.tally.rows.merge(counts);
    Ok(mapped)
}

/// The scales of ratings in a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scales {
    /// That to which all ratings are brought, if an input has ratings.
    pub common: Option<(f64, f64)>,
    /// Inputs with ratings, each with its own.
    pub own: Vec<(PathBuf, (f64, f64))>,
}

impl Scales {
    fn of(plan: &Plan, layouts: &[Arc<Layout>]) -> Self {
        let own = plan.inputs.iter().zip(layouts);
        let own = own.filter_map(|(path, layout)| Some((path.clone(), layout.rating_scale?)));
        Self { common: rating_scale(layouts.iter().map(AsRef::as_ref)), own: own.collect() }
    }

    /// Whether there is an input whose ratings had to be brought to another scale.
    pub fn differ(&self) -> bool {
        self.own.iter().any(|(_, own)| Some(*own) != self.common)
    }
}

/// The rating scale to which all ratings are brought, whatever the order of the inputs.
fn rating_scale<'l>(layouts: impl Iterator<Item = &'l Layout>) -> Option<(f64, f64)> {
    common_scale(layouts.filter_map(|layout| layout.rating_scale))
}

/// The number of worker threads to use where none is asked for: one a core.
pub fn default_threads() -> usize {
    thread::available_parallelism().map_or(1, usize::from)
}
