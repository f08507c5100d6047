//! What earlier runs add: periods over all of them, and the pain points over these.

use serde::Serialize;

use super::ROWS;
use crate::painpoint::findings::{Findings, History, PeriodFigures, Topic};
use crate::report::words::format::Format;
use crate::report::words::{alerts as wording, label};
use crate::tally::statistics::Proportion;

/// Periods that the table shows, the last ones.
const PERIODS: usize = 13;
/// Periods in which the share of a pain point is shown.
const SHARES: usize = 6;

/// What earlier runs add.
#[derive(Serialize)]
pub(in crate::report::html) struct HistorySection {
    intro: String,
    unit: &'static str,
    /// What the score of a period is, if there is one.
    score: Option<&'static str>,
    periods: Vec<PeriodRow>,
    /// The periods that the shares of topics are of.
    columns: Vec<String>,
    topics: Vec<TopicRow>,
    moved: Vec<String>,
}

#[derive(Serialize)]
struct PeriodRow {
    first: String,
    open: bool,
    feedback: String,
    /// Net sentiment and its interval.
    net: Option<[String; 2]>,
    score: Option<[String; 2]>,
}

#[derive(Serialize)]
struct TopicRow {
    label: String,
    href: Option<String>,
    seen: String,
    shares: Vec<String>,
}

impl HistorySection {
    /// `None` without a history, or in its first run.
    pub(in crate::report::html) fn new(
        format: Format,
        findings: &Findings,
        score: &'static str,
        href: impl Fn(&Topic) -> Option<String>,
    ) -> Option<Self> {
        let history = findings.history.as_ref().filter(|own| own.runs > 1)?;
        let is_nps = history.nps;
        let has_score = history.periods.iter().any(|own| own.score.is_some());
        let undated = (history.undated > 0).then(|| format.count(history.undated));
        let last = |count: usize| history.periods.len().saturating_sub(count);
        let period = |own: &PeriodFigures| PeriodRow {
            first: format.date(own.first),
            open: own.open,
            feedback: format.count(own.feedback),
            net: (own.sentiment.total() > 0).then(|| {
                let net = own.sentiment.net_sentiment();
                [format.points(net.value), format.points_interval(net)]
            }),
            score: own.score.map(|own| match is_nps {
                true => [format.points(own.value), format.points_interval(own)],
                false => {
                    let [low, high] = [own.low, own.high].map(|end| format.fixed(end, 1));
                    [format.fixed(own.value, 1), format.range(&low, &high)]
                }
            }),
        };
        let shown = &history.periods[last(SHARES)..];
        Some(Self {
            intro: wording::history(
                format.0,
                [&format.count(history.runs), &format.count(history.feedback)],
                undated.as_deref(),
            ),
            unit: wording::unit(format.0, history.unit),
            score: has_score.then_some(if is_nps { "NPS" } else { score }),
            periods: history.periods[last(PERIODS)..].iter().rev().map(period).collect(),
            columns: shown.iter().rev().map(|own| format.date(own.first)).collect(),
            topics: topics(format, findings, history, href),
            moved: history
                .moved
                .iter()
                .take(ROWS)
                .map(|own| {
                    let into = findings.topics.iter().find(|topic| topic.id == own.into);
                    let into = into.map_or_else(|| own.into.clone(), |topic| label(&topic.label));
                    let counts = [own.feedback.count, own.feedback.of].map(|own| format.count(own));
                    wording::moved(
                        format.0,
                        [&label(&own.label), &into],
                        counts.each_ref().map(String::as_str),
                    )
                })
                .collect(),
        })
    }
}

/// The first pain points over the last periods.
fn topics(
    format: Format,
    findings: &Findings,
    history: &History,
    href: impl Fn(&Topic) -> Option<String>,
) -> Vec<TopicRow> {
    let from = history.periods.len().saturating_sub(SHARES);
    let row = |topic: &Topic| {
        let seen = history.topics.iter().find(|own| own.id == topic.id)?;
        let shares = seen.feedback[from.min(seen.feedback.len())..].iter();
        let of = history.periods[from..].iter().map(|own| own.with_text);
        let share = |(count, of): (&u64, u64)| match of {
            0 => "–".to_owned(),
            _ => format.share(Proportion::new((*count).min(of), of)),
        };
        let counts = [seen.runs, seen.since].map(|own| format.count(own));
        Some(TopicRow {
            label: label(&topic.label),
            href: href(topic),
            seen: wording::seen(format.0, counts.each_ref().map(String::as_str)),
            // The newest first, as in the other table.
            shares: shares.zip(of).rev().map(share).collect(),
        })
    };
    findings.pain_points().take(ROWS).filter_map(row).collect()
}
