//! Sections of a few sentences: how even the experience is and how it ends, and what was corrected.

use crate::painpoint::findings::Findings;
use crate::report::chance::{FEW, differ};
use crate::report::words::comparisons::{self as wording, Between};
use crate::report::words::format::Format;
use crate::report::words::phase_name;
use crate::tally::corrections::Agreement;
use crate::tally::summary::{SentimentCounts, Summary};

/// How even the experience is, and how it ends: a sentence each.
pub(in crate::report::html) fn experience(format: Format, summary: &Summary) -> Vec<String> {
    let experience = &summary.experience;
    let even = |between, found: Option<crate::tally::consistency::Consistency>| {
        found.map(|found| {
            wording::consistency(
                format.0,
                between,
                found.is_uneven(),
                [&format.count(found.groups), &format.count(found.mentions)],
                [found.dispersion, found.by_chance]
                    .map(|value| format.fixed(value * 100.0, 0))
                    .each_ref()
                    .map(String::as_str),
            )
        })
    };
    let enough = |sentiment: SentimentCounts| sentiment.total() >= FEW;
    let net = |sentiment: SentimentCounts| {
        let net = sentiment.net_sentiment();
        [format.points(net.value), format.points_interval(net)]
    };
    let names: Vec<&str> = summary
        .phases
        .iter()
        .rev()
        .take(2)
        .rev()
        .map(|phase| phase_name(format.0, phase))
        .collect();
    let last = enough(experience.last_phases).then(|| {
        let [value, interval] = net(experience.last_phases);
        let mentions = format.count(experience.last_phases.total());
        wording::last_phases(format.0, &names.join(", "), [&value, &interval, &mentions])
    });
    let ending = experience.ending;
    let ends = enough(ending.last).then(|| {
        let [end, begin] = [ending.last, ending.rest].map(|counts| counts.net_sentiment());
        let better = differ(end, begin).then_some(end.value > begin.value);
        let [last, rest] = [net(ending.last), net(ending.rest)];
        let [last, rest] = [&last, &rest].map(|[value, interval]| [value.as_str(), interval]);
        wording::ending(format.0, better, last, rest, &format.count(ending.last.total()))
    });
    [
        even(Between::Touchpoints, experience.touchpoints),
        even(Between::Sources, experience.sources),
        last,
        ends,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What a person corrected, in a sentence or three.
pub(in crate::report::html) fn corrections(format: Format, findings: &Findings) -> Option<String> {
    let counts = findings.corrections?;
    let written = |agreement: Agreement| {
        (agreement.checked > 0)
            .then(|| [agreement.disagreed, agreement.checked].map(|count| format.count(count)))
    };
    let [sentiment, touchpoint] = [counts.sentiment, counts.touchpoint].map(written);
    Some(wording::corrections(
        format.0,
        [&format.count(counts.rows), &format.count(counts.rows - counts.matched)],
        sentiment.as_ref().map(|both| both.each_ref().map(String::as_str)),
        touchpoint.as_ref().map(|both| both.each_ref().map(String::as_str)),
    ))
}
