//! A chapter a touchpoint: its figures, its pain points with their voices, what is suggested there, for whom it is
//! worse, what pleases.

use std::collections::BTreeMap;

use serde::Serialize;

use super::anchors::Anchors;
use super::cards::{Card, Context, Depth};
use super::charts::{Net, Spark, Stacked};
use super::sections::{Flagged, flagged_at};
use crate::painpoint::findings::{Findings, Topic};
use crate::report::chance::FEW;
use crate::report::words::maps;
use crate::report::words::sentences::{Noun, counted};
use crate::report::words::touchpoint_name;
use crate::tally::statistics::Proportion;
use crate::tally::summary::TouchpointSummary;
use crate::text::flags::Flag;

/// Mentions from which a touchpoint without a topic has a chapter.
const LEAST: u64 = 10;
/// Negative mentions from which a touchpoint stands open whatever else there is.
const LOUD: u64 = 15;
/// Voices of complaints in no pain point.
const OTHERS: usize = 6;
/// Groups told of for which a touchpoint is worse.
const GROUPS: usize = 5;

/// A touchpoint.
#[derive(Serialize)]
pub(super) struct Chapter {
    id: String,
    touchpoint: String,
    phase_id: String,
    name: String,
    phase: Option<String>,
    channel: Option<&'static str>,
    controllable: bool,
    figures: String,
    few: bool,
    bar: Stacked,
    net: Option<Net>,
    spark: Option<Spark>,
    pain_points: Vec<Card>,
    complaints: Option<String>,
    others: Option<Flagged>,
    suggestions: Option<Flagged>,
    churn: Option<Flagged>,
    worse: Vec<Worse>,
    delights: Vec<Card>,
}

/// A group for which the touchpoint is worse.
#[derive(Serialize)]
struct Worse {
    column: String,
    value: String,
    text: String,
}

/// The addresses of the chapters by touchpoint, those of touchpoints without one left out.
pub(super) fn addresses<'f>(
    findings: &'f Findings,
    anchors: &Anchors<'f>,
) -> BTreeMap<&'f str, String> {
    let own = findings.summary.touchpoints.iter().filter(|own| has_chapter(findings, own));
    own.map(|own| (own.id.as_str(), anchors.touchpoint(&own.id).to_owned())).collect()
}

fn has_chapter(findings: &Findings, own: &TouchpointSummary) -> bool {
    let enough = own.sentiment.total() >= LEAST || any_topic(findings, own);
    findings.summary.tells_of(own) && enough
}

fn any_topic(findings: &Findings, own: &TouchpointSummary) -> bool {
    findings.topics.iter().any(|topic| topic.touchpoint == own.id)
}

/// Whether there is a topic at a touchpoint, or much complaint.
fn is_loud(findings: &Findings, own: &TouchpointSummary) -> bool {
    own.sentiment.negative >= LOUD || any_topic(findings, own)
}

/// The chapters, in the order of `touchpoints`; the second list has those of which there is little to tell.
pub(super) fn chapters(
    context: &Context<'_>,
    touchpoints: &[(&TouchpointSummary, bool)],
    depths: [&Depth; 2],
) -> (Vec<Chapter>, Vec<Chapter>) {
    let own = touchpoints.iter().filter(|(own, _)| has_chapter(context.findings, own));
    let (loud, quiet): (Vec<_>, Vec<_>) = own.partition(|(own, _)| is_loud(context.findings, own));
    let chapter = |(own, _): &(&TouchpointSummary, bool)| Chapter::new(context, own, depths);
    (loud.into_iter().map(chapter).collect(), quiet.into_iter().map(chapter).collect())
}

impl Chapter {
    fn new(context: &Context<'_>, own: &TouchpointSummary, [pain, delight]: [&Depth; 2]) -> Self {
        let Context { format, names, findings, timeline, anchors, .. } = *context;
        let summary = &findings.summary;
        let total = own.sentiment.total();
        let feedback = Proportion::new(own.feedback, summary.rows.with_text().max(own.feedback));
        let cards = |all: Vec<&Topic>, depth: &Depth| -> Vec<Card> {
            let ranked =
                all.into_iter().enumerate().filter(|(_, found)| found.touchpoint == own.id);
            ranked.map(|(at, found)| Card::new(context, found, at + 1, depth)).collect()
        };
        let voices = (pain.quotes, pain.whole);
        let phase_id = own.phase.clone().unwrap_or_default();
        Self {
            id: anchors.touchpoint(&own.id).to_owned(),
            touchpoint: own.id.clone(),
            name: touchpoint_name(format.0, own).to_owned(),
            phase: own.phase.as_deref().map(|id| names.phase(id).to_owned()),
            phase_id,
            channel: own.channel.map(|channel| channel.name()),
            controllable: own.controllable,
            figures: maps::chapter(
                format.0,
                [
                    &counted(format.0, total, &format.count(total), Noun::Mention),
                    &counted(format.0, own.feedback, &format.count(own.feedback), Noun::Feedback),
                    &format.share(feedback),
                ],
            ),
            few: total < FEW,
            bar: Stacked::new(format, own.sentiment),
            net: Net::new(format, own.sentiment),
            spark: Spark::of_negative(format, timeline, &own.months)
                .map(|spark| spark.about(maps::negative_share(format.0))),
            pain_points: cards(findings.pain_points().collect(), pain),
            complaints: complaints(context, own),
            others: findings
                .other_complaints
                .iter()
                .find(|found| found.touchpoint == own.id)
                .filter(|found| !found.verbatims.is_empty())
                .map(|found| Flagged::new(format, found, voices.0.max(OTHERS), voices.1)),
            suggestions: flagged_at(format, findings, Flag::Suggestion, &own.id, voices),
            churn: flagged_at(format, findings, Flag::Churn, &own.id, voices),
            worse: worse(context, own),
            delights: cards(findings.delights().collect(), delight),
        }
    }
}

/// What its negative mentions are. Findings of before 1.5 do not say.
fn complaints(context: &Context<'_>, own: &TouchpointSummary) -> Option<String> {
    let all = own.sentiment.negative;
    let parts = own.complaints;
    let known = parts.covered + parts.cries + parts.doubtful;
    let told = known > 0 || !context.findings.other_complaints.is_empty();
    (all > 0 && told).then(|| {
        let share = |count| context.format.percent(count, all);
        let others = all.saturating_sub(known);
        maps::complaints(
            context.format.0,
            &context.format.count(all),
            [&share(parts.covered), &share(others), &share(parts.cries)],
            (parts.doubtful > 0).then(|| share(parts.doubtful)).as_deref(),
        )
    })
}

/// The groups for which a touchpoint is worse than for the others of their column, beyond chance.
fn worse(context: &Context<'_>, own: &TouchpointSummary) -> Vec<Worse> {
    let format = context.format;
    let mut found: Vec<_> = own
        .groups
        .iter()
        .filter(|own| own.negative.is_real() && own.negative.difference > 0.0)
        .collect();
    found.sort_by(|a, b| b.negative.difference.total_cmp(&a.negative.difference));
    let told = found.into_iter().take(GROUPS).map(|own| Worse {
        column: own.group.column.clone(),
        value: own.group.value.clone(),
        text: maps::worse(
            format.0,
            [&format.share(own.negative.here), &format.count(own.negative.here.of)],
            &format.share(own.negative.there),
        ),
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn a_touchpoint_has_a_chapter_if_there_is_something_to_tell() {
        let mut findings = sample::german();
        let told: Vec<bool> =
            findings.summary.touchpoints.iter().map(|own| has_chapter(&findings, own)).collect();
        assert!(told.contains(&true) && told.contains(&false));
        findings.summary.touchpoint = Some(findings.topics[0].touchpoint.clone());
        let anchors = Anchors::new(&findings);
        assert_eq!(addresses(&findings, &anchors).len(), 1);
    }
}
