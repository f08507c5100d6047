//! Sections that compare: what drives the score, who is affected, what has changed, how even the
//! experience is.

use serde::Serialize;

use crate::painpoint::findings::{Findings, GroupComparison, PainPoint, Score};
use crate::tally::comparison::Comparison;
use crate::tally::summary::{GroupSummary, SentimentCounts, Summary};

use super::cards::Quote;
use super::charts::{FEW, position};
use super::comparison_wording::{self as wording, Between};
use super::format::Format;
use super::names::Names;
use super::wording::{Noun, counted};
use crate::painpoint::lineage::{Gone, Status};
use crate::tally::corrections::Agreement;
use crate::text::flags::Flag;

/// Rows shown of each table; the CSV files have all.
const ROWS: usize = 10;
/// Touchpoints shown of a flag.
const FLAGGED: usize = 6;
/// Groups shown of a column.
const GROUPS: usize = 8;

/// What drives the score.
#[derive(Serialize)]
pub(super) struct DriverSection {
    intro: String,
    rows: Vec<DriverRow>,
}

#[derive(Serialize)]
struct DriverRow {
    label: String,
    delight: bool,
    href: String,
    weight: String,
    width: String,
    impact: Option<String>,
    effect: String,
    interval: String,
}

impl DriverSection {
    /// `None` without a model. Links lead to cards of which `cards` are shown of either kind.
    pub(super) fn new(format: Format, findings: &Findings, cards: [usize; 2]) -> Option<Self> {
        let outcome = findings.comparisons.outcome?;
        let explained = outcome.explained?;
        let linked = |found: &'_ [PainPoint], anchor: &str, most: usize| -> Vec<String> {
            let href =
                |at: usize| if at < most { format!("#{anchor}-{}", at + 1) } else { String::new() };
            (0..found.len()).map(href).collect()
        };
        let pain =
            findings.pain_points.iter().zip(linked(&findings.pain_points, "pain-point", cards[0]));
        let joy = findings.delights.iter().zip(linked(&findings.delights, "delight", cards[1]));
        let all = pain.map(|row| (row, false)).chain(joy.map(|row| (row, true)));
        let mut rows: Vec<(f64, DriverRow)> = all
            .filter_map(|((found, href), delight)| {
                let effect = found.evidence.effect?;
                let row = DriverRow {
                    label: found.label.clone(),
                    delight,
                    href,
                    weight: format.percent_of(effect.weight),
                    width: position(effect.weight / explained * 100.0),
                    impact: found
                        .evidence
                        .impact
                        .map(|impact| towards(format, outcome.score, delight, impact.impact.value)),
                    effect: towards(format, outcome.score, delight, effect.effect.value),
                    interval: interval(
                        format,
                        outcome.score,
                        delight,
                        effect.effect.low,
                        effect.effect.high,
                    ),
                };
                Some((effect.weight, row))
            })
            .collect();
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
        let intro = wording::drivers(
            format.0,
            outcome.score,
            &format.count(outcome.n),
            &format.percent_of(explained),
            &format.percent_of(1.0 - explained),
        );
        Some(Self { intro, rows: rows.into_iter().take(ROWS).map(|(_, row)| row).collect() })
    }
}

/// A loss is shown as a negative number of points, a gain as a positive one.
fn towards(format: Format, score: Score, delight: bool, value: f64) -> String {
    signed(format, score, if delight { value } else { -value })
}

fn interval(format: Format, score: Score, delight: bool, low: f64, high: f64) -> String {
    let (low, high) = if delight { (low, high) } else { (-high, -low) };
    format.range(&signed(format, score, low), &signed(format, score, high))
}

fn signed(format: Format, score: Score, value: f64) -> String {
    match score {
        Score::Nps => format.points(value),
        Score::Rating { .. } => format.signed(value, 1),
    }
}

/// An amount of score without its sign.
pub(super) fn amount(format: Format, score: Score, value: f64) -> String {
    match score {
        Score::Nps => format.fixed(value * 100.0, 0),
        Score::Rating { .. } => format.fixed(value, 1),
    }
}

/// What has changed since the earlier period.
#[derive(Serialize)]
pub(super) struct PeriodSection {
    intro: String,
    rows: Vec<ChangeRow>,
}

#[derive(Serialize)]
struct ChangeRow {
    label: String,
    delight: bool,
    rising: bool,
    change: String,
    interval: String,
}

impl PeriodSection {
    pub(super) fn new(format: Format, findings: &Findings) -> Option<Self> {
        let periods = findings.comparisons.periods?;
        let pain = findings.pain_points.iter().map(|found| (found, false));
        let all = pain.chain(findings.delights.iter().map(|found| (found, true)));
        let compared: Vec<(&PainPoint, bool, Comparison)> = all
            .filter_map(|(found, delight)| Some((found, delight, found.evidence.trend?)))
            .filter(|(_, _, trend)| trend.p.is_some())
            .collect();
        let mut changed: Vec<_> = compared.iter().filter(|(_, _, trend)| trend.is_real()).collect();
        // What gets worse comes first: rising pain points, then fading delights.
        changed.sort_by(|a, b| {
            let worse = |(_, delight, trend): &(&PainPoint, bool, Comparison)| {
                if *delight { -trend.difference } else { trend.difference }
            };
            worse(b).total_cmp(&worse(a))
        });
        let intro = wording::periods(
            format.0,
            &format.date(periods.since),
            [&format.count(periods.later), &format.count(periods.earlier)],
            [&format.count(changed.len() as u64), &format.count(compared.len() as u64)],
        );
        let rows = changed.into_iter().take(ROWS).map(|(found, delight, trend)| ChangeRow {
            label: found.label.clone(),
            delight: *delight,
            rising: trend.difference > 0.0,
            change: wording::change(
                format.0,
                [&format.share(trend.there), &format.share(trend.here)],
            ),
            interval: difference(format, trend).join("\u{a0}"),
        });
        Some(Self { intro, rows: rows.collect() })
    }
}

/// The ends of the interval of a difference of shares, in points with a decimal.
fn difference(format: Format, comparison: &Comparison) -> [String; 3] {
    let end = |value: f64| format.signed(value * 100.0, 1);
    [end(comparison.low), format.to().to_owned(), end(comparison.high)]
}

/// Who is affected.
#[derive(Serialize)]
pub(super) struct GroupSection {
    columns: Vec<Column>,
    /// Whether there are any scores to show.
    score: Option<&'static str>,
    intro: Option<String>,
    differences: Vec<Difference>,
}

#[derive(Serialize)]
struct Column {
    name: String,
    rows: Vec<GroupRow>,
    small: Option<String>,
}

#[derive(Serialize)]
struct GroupRow {
    name: String,
    feedback: String,
    net: Option<[String; 2]>,
    score: Option<[String; 2]>,
}

#[derive(Serialize)]
struct Difference {
    column: String,
    value: String,
    label: String,
    delight: bool,
    text: String,
}

impl GroupSection {
    pub(super) fn new(format: Format, findings: &Findings) -> Option<Self> {
        let summary = &findings.summary;
        let score = summary.nps.map(|_| Score::Nps).or_else(|| {
            let rating = summary.rating?;
            Some(Score::Rating { lowest: rating.lowest, highest: rating.highest })
        });
        let mut columns: Vec<Column> = Vec::new();
        for groups in summary.groups.chunk_by(|a, b| a.group.column == b.group.column) {
            let large = || groups.iter().filter(|group| group.with_text >= FEW);
            let rows: Vec<_> =
                large().take(GROUPS).map(|group| GroupRow::new(format, score, group)).collect();
            let small = groups.len() - rows.len();
            if rows.len() > 1 {
                columns.push(Column {
                    name: groups[0].group.column.clone(),
                    rows,
                    small: (small > 0)
                        .then(|| wording::small_groups(format.0, &format.count(small as u64))),
                });
            }
        }
        if columns.is_empty() {
            return None;
        }
        let compared = &findings.comparisons.groups;
        let tested = compared.iter().filter(|found| found.comparison.p.is_some()).count() as u64;
        let real = compared.iter().filter(|found| found.comparison.is_real());
        let intro = (tested > 0).then(|| {
            let real = format.count(real.clone().count() as u64);
            wording::groups(format.0, [&real, &format.count(tested)])
        });
        // Where a group mentions something less, the others mention it more.
        let mut more: Vec<&GroupComparison> =
            real.filter(|found| found.comparison.difference > 0.0).collect();
        more.sort_by(|a, b| {
            let by_size = b.comparison.difference.total_cmp(&a.comparison.difference);
            a.delight.cmp(&b.delight).then(by_size)
        });
        let differences = more.into_iter().take(ROWS).map(|found| Difference::new(format, found));
        Some(Self {
            columns,
            score: score.map(|score| wording::score_name(format.0, score)),
            intro,
            differences: differences.collect(),
        })
    }
}

impl GroupRow {
    fn new(format: Format, score: Option<Score>, found: &GroupSummary) -> Self {
        let net = found.sentiment.net_sentiment();
        let scored = match score {
            Some(Score::Nps) => found.nps.map(|nps| nps.nps),
            Some(Score::Rating { .. }) => found.rating,
            None => None,
        };
        Self {
            name: found.group.value.clone(),
            feedback: format.count(found.feedback),
            net: (net.n > 0).then(|| [format.points(net.value), format.points_interval(net)]),
            score: score.zip(scored).map(|(score, found)| match score {
                Score::Nps => [format.points(found.value), format.points_interval(found)],
                Score::Rating { .. } => {
                    let [value, low, high] =
                        [found.value, found.low, found.high].map(|value| format.fixed(value, 1));
                    [value, format.range(&low, &high)]
                }
            }),
        }
    }
}

impl Difference {
    fn new(format: Format, found: &GroupComparison) -> Self {
        let comparison = &found.comparison;
        let [low, _, high] = difference(format, comparison);
        Self {
            column: found.group.column.clone(),
            value: found.group.value.clone(),
            label: found.label.clone(),
            delight: found.delight,
            text: wording::group_difference(
                format.0,
                [&format.share(comparison.here), &format.share(comparison.there)],
                [&low, &high],
            ),
        }
    }
}

/// What became of the topics of an earlier run.
#[derive(Serialize)]
pub(super) struct LineageSection {
    intro: String,
    rows: Vec<LineageRow>,
    gone: Vec<LineageRow>,
}

#[derive(Serialize)]
struct LineageRow {
    label: String,
    delight: bool,
    status: Option<&'static str>,
    /// The share now and before; of a new one now, of one that is gone before.
    share: String,
}

impl LineageSection {
    /// `None` without an earlier run.
    pub(super) fn new(format: Format, findings: &Findings) -> Option<Self> {
        let before = findings.comparisons.baseline?;
        let with_text = findings.summary.rows.feedback - findings.summary.rows.without_text;
        let pain = findings.pain_points.iter().map(|found| (found, false));
        let all = pain.chain(findings.delights.iter().map(|found| (found, true)));
        let (mut new, mut same) = (0, 0);
        let mut rows = Vec::new();
        for (found, delight) in all {
            let Some(change) = found.evidence.change else { continue };
            let status = change.status();
            new += u64::from(status == Status::New);
            let now = format.share(found.feedback);
            let share = match change.comparison {
                Some(comparison) => {
                    wording::change(format.0, [&format.share(comparison.there), &now])
                }
                None => now,
            };
            match wording::status(format.0, status) {
                None => same += 1,
                status => {
                    rows.push(LineageRow { label: found.label.clone(), delight, status, share });
                }
            }
        }
        let gone = &findings.comparisons.gone;
        let intro = wording::changes(
            format.0,
            [&format.count(with_text), &format.count(before)],
            [new, gone.len() as u64, same]
                .map(|count| format.count(count))
                .each_ref()
                .map(String::as_str),
        );
        let mut gone: Vec<&Gone> = gone.iter().collect();
        gone.sort_by(|a, b| (b.feedback.count, &a.id).cmp(&(a.feedback.count, &b.id)));
        let gone = gone.into_iter().map(|gone| LineageRow {
            label: gone.label.clone(),
            delight: gone.delight,
            status: None,
            share: format.share(gone.feedback),
        });
        rows.truncate(2 * ROWS);
        Some(Self { intro, rows, gone: gone.take(2 * ROWS).collect() })
    }
}

/// What a person corrected, in a sentence or three.
pub(super) fn corrections(format: Format, findings: &Findings) -> Option<String> {
    let counts = findings.comparisons.corrections?;
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

/// Suggestions, or churn signals.
#[derive(Serialize)]
pub(super) struct FlagSection {
    intro: String,
    touchpoints: Vec<FlaggedRow>,
}

#[derive(Serialize)]
struct FlaggedRow {
    touchpoint: String,
    mentions: String,
    quotes: Vec<Quote>,
}

impl FlagSection {
    /// `None` if nobody raises the flag.
    pub(super) fn new(
        format: Format,
        names: &Names<'_>,
        findings: &Findings,
        flag: Flag,
    ) -> Option<Self> {
        let found = findings.comparisons.flags.iter().find(|found| found.flag == flag)?;
        let rows = found.touchpoints.iter().take(FLAGGED).map(|own| FlaggedRow {
            touchpoint: names.touchpoint(&own.touchpoint).to_owned(),
            mentions: counted(format.0, own.mentions, &format.count(own.mentions), Noun::Mention),
            quotes: own.verbatims.iter().map(|verbatim| Quote::new(format, verbatim)).collect(),
        });
        let intro = wording::flagged(
            format.0,
            flag,
            &format.count(found.mentions),
            [&format.count(found.feedback.count), &format.share(found.feedback)],
            &format.share_interval(found.feedback),
        );
        Some(Self { intro, touchpoints: rows.collect() })
    }
}

/// How even the experience is, and how it ends: a sentence each.
pub(super) fn experience(format: Format, summary: &Summary) -> Vec<String> {
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
    let names: Vec<&str> =
        summary.phases.iter().rev().take(2).rev().map(|phase| phase.name.as_str()).collect();
    let last = enough(experience.last_phases).then(|| {
        let [value, interval] = net(experience.last_phases);
        let mentions = format.count(experience.last_phases.total());
        wording::last_phases(format.0, &names.join(", "), [&value, &interval, &mentions])
    });
    let ending = experience.ending;
    let ends = enough(ending.last).then(|| {
        let [last, rest] = [net(ending.last), net(ending.rest)];
        let [last, rest] = [&last, &rest].map(|[value, interval]| [value.as_str(), interval]);
        wording::ending(format.0, last, rest, &format.count(ending.last.total()))
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
