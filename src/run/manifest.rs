//! `run.json`: what was run on what, so that the run can be repeated and compared.

use std::io::{self, Write};
use std::sync::Arc;
use std::time::Instant;

use serde::Serialize;

use super::Plan;
use super::origin::OriginFacts;
use super::progress::{Progress, Stage};
use crate::model::Model;
use crate::painpoint::Detail;
use crate::painpoint::findings::Findings;
use crate::read::{Column, DoubtFacts, Fingerprint, KnownProfile, Layout};
use crate::score::Remembrance;
use crate::tally::corrections::CorrectionCounts;
use crate::tally::summary::{RowCounts, SentimentCounts};

/// Times the parts of a run.
pub(super) struct Stopwatch {
    last: Instant,
    laps: Vec<(&'static str, f64)>,
}

impl Stopwatch {
    /// Starts now.
    pub(super) fn start() -> Self {
        Self { last: Instant::now(), laps: Vec::new() }
    }

    /// Ends a part, and tells of it.
    pub(super) fn lap(&mut self, stage: Stage, progress: &dyn Progress) {
        let now = Instant::now();
        let seconds = ((now - self.last).as_secs_f64() * 1e3).round() / 1e3;
        self.laps.push((stage.name(), seconds));
        self.last = now;
        progress.done(stage, seconds);
    }
}

/// The manifest of a run.
#[derive(Serialize)]
pub(super) struct Manifest<'a> {
    painpoint: &'static str,
    #[serde(flatten)]
    origin: &'a OriginFacts,
    model: ModelFacts<'a>,
    codebook_sha256: String,
    detail: Detail,
    /// Whether rows had a say in the sentiment of their mentions.
    priors: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    touchpoint: Option<&'a str>,
    inputs: Vec<InputFacts<'a>>,
    /// The scale to which all ratings are brought.
    #[serde(skip_serializing_if = "Option::is_none")]
    rating_scale: Option<Scale>,
    rows: &'a RowCounts,
    mentions: SentimentCounts,
    /// Mentions that have another sentiment by their text alone.
    by_row: u64,
    pain_points: usize,
    delights: usize,
    covered_share: f64,
    cries_share: f64,
    doubtful_share: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    corrections: Option<CorrectionCounts>,
    /// What is doubtful about the reading.
    doubts: Vec<DoubtFacts<'a>>,
    /// With the next one, the only part in which two runs on the same input differ: what the cache of scores was good
    /// for.
    #[serde(skip_serializing_if = "Option::is_none")]
    cache: Option<CacheFacts<'a>>,
    /// How long its parts took.
    seconds: serde_json::Map<String, serde_json::Value>,
}

#[derive(Serialize)]
struct ModelFacts<'a> {
    version: &'a str,
    sha256: &'a str,
    engine: &'static str,
    precision: &'static str,
}

#[derive(Serialize)]
struct CacheFacts<'a> {
    /// Texts whose score was there, and texts that the model scored.
    found: u64,
    scored: u64,
    /// Scores written to the file, and dropped from it.
    written: u64,
    evicted: u64,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    warnings: &'a [String],
}

#[derive(Serialize)]
struct InputFacts<'a> {
    path: String,
    bytes: u64,
    sha256: &'a str,
    /// The tool that it is an export of, and how that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    profile: Option<&'a KnownProfile>,
    columns: &'a [Column],
    /// Its own scale of ratings.
    #[serde(skip_serializing_if = "Option::is_none")]
    rating_scale: Option<Scale>,
}

#[derive(Serialize)]
struct Scale {
    lowest: f64,
    highest: f64,
}

impl Scale {
    fn of((lowest, highest): (f64, f64)) -> Self {
        Self { lowest, highest }
    }
}

impl<'a> Manifest<'a> {
    /// Gathers the facts of a run. `read` says of each input how it is laid out and what was read.
    pub(super) fn new(
        (plan, origin): (&'a Plan, &'a OriginFacts),
        model: &'a Model,
        findings: &'a Findings,
        (read, rating_scale): (
            impl Iterator<Item = (&'a Arc<Layout>, &'a Fingerprint)>,
            Option<(f64, f64)>,
        ),
        (stopwatch, remembrance): (&Stopwatch, Option<&'a Remembrance>),
    ) -> Self {
        let inputs = plan.inputs.iter().zip(read);
        let inputs = inputs.map(|(path, (layout, fingerprint))| InputFacts {
            path: path.display().to_string(),
            bytes: fingerprint.bytes,
            sha256: &fingerprint.sha256,
            profile: layout.profile.as_ref(),
            columns: &layout.columns,
            rating_scale: layout.rating_scale.map(Scale::of),
        });
        let seconds = stopwatch.laps.iter();
        Self {
            painpoint: env!("CARGO_PKG_VERSION"),
            model: ModelFacts {
                version: model.version(),
                sha256: model.hash(),
                engine: model.engine().name(),
                precision: model.precision().name(),
            },
            origin,
            codebook_sha256: plan.codebook.sha256(),
            detail: plan.settings.detail,
            priors: plan.priors,
            touchpoint: plan.touchpoint.as_deref(),
            inputs: inputs.collect(),
            rating_scale: rating_scale.map(Scale::of),
            rows: &findings.summary.rows,
            mentions: findings.summary.sentiment,
            by_row: findings.summary.by_row,
            pain_points: findings.pain_points().count(),
            delights: findings.delights().count(),
            covered_share: findings.summary.covered.share,
            cries_share: findings.summary.cries.share,
            doubtful_share: findings.summary.doubtful.share,
            corrections: findings.corrections,
            doubts: DoubtFacts::of(&findings.reading.doubts),
            cache: remembrance.map(|own| CacheFacts {
                found: own.found,
                scored: own.scored,
                written: own.kept.written,
                evicted: own.kept.evicted,
                warnings: &own.kept.warnings,
            }),
            seconds: seconds.map(|&(name, seconds)| (name.to_owned(), seconds.into())).collect(),
        }
    }

    /// Writes the manifest as JSON.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub(super) fn write(&self, mut out: impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut out, self)?;
        writeln!(out)?;
        out.flush()
    }
}
