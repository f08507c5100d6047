//! How far a run has come: a line that moves on a terminal, a plain line now and then elsewhere.

use std::cell::Cell;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::run::Progress;

/// Time between plain lines.
const INTERVAL: Duration = Duration::from_secs(10);

/// Shows the progress of a run on standard error.
pub(super) enum Display {
    /// On a terminal.
    Bar(ProgressBar),
    /// In a log.
    Lines {
        /// Start of the run.
        start: Instant,
        /// When the last line was written.
        last: Cell<Instant>,
    },
    /// Nowhere.
    Quiet,
}

impl Display {
    /// The display that suits standard error.
    pub(super) fn new(quiet: bool) -> Self {
        if quiet {
            return Self::Quiet;
        }
        if !io::stderr().is_terminal() {
            return Self::Lines { start: Instant::now(), last: Cell::new(Instant::now()) };
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
        let tell = || {
            let _ = writeln!(io::stderr(), "{reason}; waiting until it has ended");
        };
        match self {
            Self::Bar(bar) => bar.suspend(tell),
            Self::Lines { .. } => tell(),
            Self::Quiet => {}
        }
    }

    fn scored(&self, rows: u64, mentions: u64) {
        let message = |seconds: f64| {
            format!(
                "{rows} rows read, {mentions} mentions scored ({:.0}/s)",
                mentions as f64 / seconds
            )
        };
        match self {
            Self::Bar(bar) => bar.set_message(message(bar.elapsed().as_secs_f64().max(0.001))),
            Self::Lines { start, last } if last.get().elapsed() >= INTERVAL => {
                last.set(Instant::now());
                let seconds = start.elapsed().as_secs_f64();
                let _ = writeln!(io::stderr(), "{seconds:.0} s: {}", message(seconds));
            }
            Self::Lines { .. } | Self::Quiet => {}
        }
    }

    fn finding(&self) {
        if let Self::Bar(bar) = self {
            bar.set_message("finding pain points");
        }
    }
}
