//! How far a run has come: a line that moves on a terminal, a line now and then in a log.

use std::cell::{Cell, RefCell};
use std::io::{self, IsTerminal};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use tracing::info;

use super::analyze::count;
use crate::config::options::LogFormat;
use crate::run::{Progress, Stage};

/// Time between lines of a log.
const INTERVAL: Duration = Duration::from_secs(10);

/// Shows the progress of a run on standard error.
pub(super) enum Display {
    /// On a terminal.
    Bar(ProgressBar),
    /// In a log.
    Log(Ticks),
    /// Nowhere.
    Quiet,
}

impl Display {
    /// The display that suits standard error.
    pub(super) fn new(format: LogFormat, quiet: bool) -> Self {
        if quiet {
            return Self::Quiet;
        }
        if format == LogFormat::Json || !io::stderr().is_terminal() {
            return Self::Log(Ticks::start());
        }
        let style = ProgressStyle::with_template("{spinner} {elapsed_precise} {msg}");
        let bar = ProgressBar::new_spinner()
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()))
            .with_message("loading the model");
        bar.enable_steady_tick(Duration::from_millis(120));
        Self::Bar(bar)
    }

    /// Clears the line on a terminal.
    pub(super) fn finish(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

impl Progress for Display {
    fn waiting(&self, reason: &str) {
        let tell = || info!(event = "waiting", "{reason}; waiting until it has ended");
        match self {
            Self::Bar(bar) => bar.suspend(tell),
            Self::Log(_) => tell(),
            Self::Quiet => {}
        }
    }

    fn scored(&self, rows: u64, mentions: u64) {
        match self {
            Self::Bar(bar) => bar.set_message(scored(rows, mentions, bar.elapsed())),
            Self::Log(ticks) => ticks.scored(rows, mentions),
            Self::Quiet => {}
        }
    }

    fn finding(&self) {
        match self {
            Self::Bar(bar) => bar.set_message("finding pain points"),
            Self::Log(ticks) => ticks.find(),
            Self::Quiet => {}
        }
    }

    fn done(&self, stage: Stage, seconds: f64) {
        if let Self::Log(ticks) = self {
            ticks.finding.take();
            done(stage, seconds);
        }
    }
}

fn scored(rows: u64, mentions: u64, elapsed: Duration) -> String {
    let speed = mentions as f64 / elapsed.as_secs_f64().max(0.001);
    format!("{rows} rows read, {mentions} mentions scored ({speed:.0}/s)")
}

fn done(stage: Stage, seconds: f64) {
    let name = stage.name();
    match stage {
        Stage::Load { inputs } => {
            let told = count(inputs, "input");
            info!(event = "stage", stage = name, seconds, inputs, "{name}: {seconds:.1} s, {told}");
        }
        Stage::Score { rows, mentions } => {
            let told = format!("{}, {}", count(rows, "row"), count(mentions, "mention"));
            info!(
                event = "stage",
                stage = name,
                seconds,
                rows,
                mentions,
                "{name}: {seconds:.1} s, {told}"
            );
        }
        Stage::Cluster { pain_points, delights } => {
            let told =
                format!("{}, {}", count(pain_points, "pain point"), count(delights, "delight"));
            info!(
                event = "stage",
                stage = name,
                seconds,
                pain_points,
                delights,
                "{name}: {seconds:.1} s, {told}"
            );
        }
        Stage::Report { files } => {
            let told = count(files, "file");
            info!(event = "stage", stage = name, seconds, files, "{name}: {seconds:.1} s, {told}");
        }
    }
}

/// A line every ten seconds.
pub(super) struct Ticks {
    start: Instant,
    /// When the last line was written.
    last: Cell<Instant>,
    /// Ends the lines about finding pain points when it goes.
    finding: RefCell<Option<Sender<()>>>,
}

impl Ticks {
    fn start() -> Self {
        let now = Instant::now();
        Self { start: now, last: Cell::new(now), finding: RefCell::default() }
    }

    fn scored(&self, rows: u64, mentions: u64) {
        if self.last.get().elapsed() >= INTERVAL {
            self.last.set(Instant::now());
            let seconds = self.start.elapsed().as_secs();
            let told = scored(rows, mentions, self.start.elapsed());
            info!(
                event = "progress",
                stage = "score",
                seconds,
                rows,
                mentions,
                "{seconds} s: {told}"
            );
        }
    }

    /// Nothing is counted while pain points are found, so that a thread tells that the run goes on.
    fn find(&self) {
        let (sender, end) = mpsc::channel();
        self.finding.replace(Some(sender));
        let start = self.start;
        thread::spawn(move || {
            while end.recv_timeout(INTERVAL) == Err(RecvTimeoutError::Timeout) {
                let seconds = start.elapsed().as_secs();
                let stage = "cluster";
                info!(event = "progress", stage, seconds, "{seconds} s: finding pain points");
            }
        });
    }
}
