//! What is told of a pain point or a delight in a sentence.

use super::words::Names;
use super::words::comparisons::{self, Sureness};
use super::words::format::Format;
use super::words::label;
use super::words::sentences;
use crate::painpoint::findings::{Findings, Outcome, Scale, Topic};

/// The others that tell nearly the same, and the share of all.
pub(super) fn family(
    format: Format,
    names: &Names<'_>,
    findings: &Findings,
    found: &Topic,
) -> Option<String> {
    let family = findings.family(found)?;
    let others =
        findings.topics.iter().filter(|own| own.id != found.id && family.topics.contains(&own.id));
    // A touchpoint that is its own is named already.
    let elsewhere = |own: &&Topic| own.touchpoint != found.touchpoint;
    let others: Vec<(String, Option<&str>)> = others
        .map(|own| {
            let touchpoint = Some(own).filter(elsewhere).map(|own| own.touchpoint.as_str());
            (label(&own.label), touchpoint.map(|id| names.touchpoint(id)))
        })
        .collect();
    Some(sentences::family(format.0, &others, &format.share(family.feedback)))
}

/// How much lower, or for a delight higher, the score is with it.
pub(super) fn impact(
    format: Format,
    outcome: Option<Outcome>,
    found: &Topic,
    higher: bool,
) -> Option<String> {
    let score = outcome?.scale;
    let impact = found.impact?;
    let show = |value: f64| format.amount(score, value);
    let is_clear = impact.impact.low > 0.0;
    let value = show(impact.impact.value);
    Some(comparisons::impact(
        format.0,
        score,
        higher,
        is_clear.then_some(value.as_str()),
        [&show(impact.impact.low), &show(impact.impact.high)],
        &format.count(impact.with),
    ))
}

/// What it weighs over all customers, where the ranking follows from that.
pub(super) fn cost(format: Format, findings: &Findings, found: &Topic) -> Option<String> {
    let scale = findings.comparisons.ranked_by()?.scale;
    // What may be chance is no cost.
    found.impact.filter(|impact| impact.impact.low > 0.0)?;
    let total = total(scale, found);
    // The difference where it is mentioned, drawn towards those of the others.
    let each = total / found.feedback.share;
    let each = match scale {
        Scale::Nps => format.fixed(each * 100.0, 0),
        Scale::Rating { .. } => format.fixed(each, 1),
    };
    let [points, share] = [points(format, scale, total), format.share(found.feedback)];
    Some(comparisons::cost(format.0, scale, [&points, &share, &each]))
}

/// What a topic costs or brings over all customers, in units of the score; where it proves little on its own, drawn
/// towards the others.
pub(super) fn total(scale: Scale, found: &Topic) -> f64 {
    found.priority * scale.range()
}

/// An amount of score over all customers.
pub(super) fn points(format: Format, scale: Scale, value: f64) -> String {
    match scale {
        Scale::Nps => format.fixed(value * 100.0, 1),
        Scale::Rating { .. } => format.fixed(value, 2),
    }
}

/// How sure it is that scores are lower (a delight: higher) where a topic is mentioned.
pub(super) fn sureness(found: &Topic) -> Sureness {
    match found.impact {
        None => Sureness::Few,
        Some(impact) if impact.impact.low > 0.0 => Sureness::Clear,
        Some(_) => Sureness::Chance,
    }
}
