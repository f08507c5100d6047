//! The summary of a run as events: the figures that people read as lines.

use tracing::{info, warn};

use super::changed;
use crate::painpoint::findings::Findings;
use crate::read::{Grade, ToldDoubt};
use crate::report::alarms as alarms_told;
use crate::report::outputs::OutputFile;
use crate::report::words::label;
use crate::run::{Completed, Plan, Scales};
use crate::visible::visible_path;

/// Warns of what failed although the run did not: the next one may take hours longer for it.
pub(super) fn warnings(outcome: &Completed) {
    for warning in outcome.remembrance.iter().flat_map(|own| &own.kept.warnings) {
        warn!(event = "cache", "{warning}");
    }
}

/// Tells what was read and found.
pub(super) fn summary(plan: &Plan, outcome: &Completed) {
    let findings = &outcome.findings;
    figures(findings);
    scales(&outcome.scales);
    for (rank, own) in (1u64..).zip(findings.pain_points()) {
        info!(
            event = "pain_point",
            rank,
            id = own.id,
            label = label(&own.label),
            touchpoint = own.touchpoint,
            feedback = own.feedback.count,
            share = own.feedback.share,
        );
    }
    if let Some(own) = &outcome.remembrance {
        info!(event = "cache", scored = own.scored, found = own.found, written = own.kept.written);
    }
    corrections(findings, &outcome.unmatched);
    for own in changed::topics(findings) {
        info!(
            event = "change",
            change = own.change,
            kind = own.kind.name(),
            id = own.id,
            label = own.label,
            touchpoint = own.touchpoint,
            share = own.share,
        );
    }
    alerts(findings);
    findings.reading.doubts.iter().for_each(doubt);
    let report = visible_path(&plan.out.join(OutputFile::Report.name()));
    info!(event = "done", report);
}

fn figures(findings: &Findings) {
    let summary = &findings.summary;
    let rows = &summary.rows;
    info!(
        event = "rows",
        rows = rows.rows,
        feedback = rows.feedback,
        without_text = rows.without_text,
        near_duplicates = rows.near_duplicates,
        duplicates = rows.duplicates,
        rejects = rows.rejects,
        left_out = rows.left_out,
    );
    info!(
        event = "mentions",
        mentions = summary.sentiment.total(),
        negative = summary.sentiment.negative,
        neutral = summary.sentiment.neutral,
        positive = summary.sentiment.positive,
        touchpoint = summary.touchpoint,
        pain_points = findings.pain_points().count(),
        delights = findings.delights().count(),
        covered_share = summary.covered.share,
        others_share = summary.others().share,
        cries_share = summary.cries.share,
        doubtful_share = summary.doubtful.share,
    );
}

fn scales(scales: &Scales) {
    if let Some((lowest, highest)) = scales.common.filter(|_| scales.differ()) {
        info!(event = "rating_scale", lowest, highest, inputs = scales.own.len());
    }
}

fn corrections(findings: &Findings, unmatched: &[String]) {
    if let Some(own) = findings.corrections {
        info!(event = "corrections", rows = own.rows, matched = own.matched);
    }
    for row in unmatched {
        warn!(event = "correction", "{row} found nothing");
    }
}

/// What somebody is to be told: each alarm with what a person reads of it.
fn alerts(findings: &Findings) {
    let alarms = findings.alerts.iter().flat_map(|own| own.alarms());
    for (own, line) in alarms.zip(alarms_told(findings).iter().skip(1)) {
        warn!(
            event = "alert",
            judgement = own.judgement.name(),
            rule = own.rule,
            measure = own.measure.name(),
            touchpoint = own.subject.touchpoint,
            pain_point = own.subject.pain_point,
            value = own.value.map(|value| value.value),
            new = own.new,
            "{line}"
        );
    }
}

fn doubt(told: &ToldDoubt) {
    let facts = serde_json::to_value(told).unwrap_or_default();
    let kind = facts["kind"].as_str();
    match told.doubt.grade() {
        Grade::Doubt => warn!(event = "doubt", kind, "{told}"),
        Grade::Note => info!(event = "doubt", kind, "{told}"),
    }
}
