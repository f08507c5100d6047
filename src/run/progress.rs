//! How far a run has come, told while it runs.

use crate::painpoint::findings::Findings;

/// Told how far a run has come.
pub trait Progress {
    /// The run waits, for this reason.
    fn waiting(&self, reason: &str);
    /// So many rows have been read, and so many of their mentions scored.
    fn scored(&self, rows: u64, mentions: u64);
    /// All mentions are scored; pain points are being found.
    fn finding(&self);
    /// A part of the run is done, and took so long.
    fn done(&self, stage: Stage, seconds: f64);
}

/// A part of a run that is done, with what it came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The model is loaded, and the inputs are open.
    Load {
        /// How many inputs there are.
        inputs: u64,
    },
    /// All rows are read and scored.
    Score {
        /// Rows, rejects and duplicates too.
        rows: u64,
        /// Mentions of the feedback.
        mentions: u64,
    },
    /// Pain points are found.
    Cluster {
        /// How many there are.
        pain_points: u64,
        /// How many delights.
        delights: u64,
    },
    /// The files that show findings are written.
    Report {
        /// How many there are.
        files: u64,
    },
}

impl Stage {
    /// What was found.
    pub(super) fn found(findings: &Findings) -> Self {
        let [pain_points, delights] =
            [findings.pain_points().count(), findings.delights().count()].map(|n| n as u64);
        Self::Cluster { pain_points, delights }
    }

    /// Its name, as in `run.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Load { .. } => "load",
            Self::Score { .. } => "score",
            Self::Cluster { .. } => "cluster",
            Self::Report { .. } => "report",
        }
    }
}
