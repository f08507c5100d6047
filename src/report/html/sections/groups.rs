//! Who is affected: sources and segments of customers.

use serde::Serialize;

use super::ROWS;
use super::heat::Heat;
use crate::painpoint::findings::{Findings, GroupComparison, Scale, Topic};
use crate::report::chance::FEW;
use crate::report::words::format::Format;
use crate::report::words::{comparisons as wording, label};
use crate::tally::summary::GroupSummary;

/// Groups shown of a column.
const GROUPS: usize = 8;

/// Who is affected.
#[derive(Serialize)]
pub(in crate::report::html) struct GroupSection {
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
    heat: Option<Heat>,
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
    pub(in crate::report::html) fn new(format: Format, findings: &Findings) -> Option<Self> {
        let summary = &findings.summary;
        let score = summary.nps.map(|_| Scale::Nps).or_else(|| {
            let rating = summary.rating?;
            Some(Scale::Rating { lowest: rating.lowest, highest: rating.highest })
        });
        let mut columns: Vec<Column> = Vec::new();
        for groups in summary.groups.chunk_by(|a, b| a.group.column == b.group.column) {
            let large = || groups.iter().filter(|group| group.with_text >= FEW);
            let rows: Vec<_> =
                large().take(GROUPS).map(|group| GroupRow::new(format, score, group)).collect();
            let small = groups.len() - rows.len();
            if rows.len() > 1 {
                let names: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
                let column = &groups[0].group.column;
                columns.push(Column {
                    heat: Heat::new(format, findings, column, &names),
                    name: column.clone(),
                    rows,
                    small: (small > 0)
                        .then(|| wording::small_groups(format.0, &format.count(small as u64))),
                });
            }
        }
        if columns.is_empty() {
            return None;
        }
        let compared = || {
            let topics = findings.topics.iter();
            topics.flat_map(|topic| topic.groups.iter().map(move |found| (topic, found)))
        };
        let tested = compared().filter(|(_, found)| found.comparison.p.is_some()).count() as u64;
        // Where a group mentions something less, the others mention it more.
        let mut more: Vec<(&Topic, &GroupComparison)> = compared()
            .filter(|(_, found)| found.comparison.is_real() && found.comparison.difference > 0.0)
            .collect();
        let intro = (tested > 0).then(|| {
            let [all, shown] = [more.len(), more.len().min(ROWS)].map(|count| count as u64);
            wording::groups(
                format.0,
                &format.count(tested),
                &format.count(all),
                (shown < all).then(|| format.count(shown)).as_deref(),
            )
        });
        more.sort_by(|(topic, a), (other, b)| {
            let by_size = b.comparison.difference.total_cmp(&a.comparison.difference);
            topic.kind.cmp(&other.kind).then(by_size)
        });
        let more = more.into_iter().take(ROWS);
        let differences = more.map(|(topic, found)| Difference::new(format, topic, found));
        Some(Self {
            columns,
            score: score.map(|score| wording::score_name(format.0, score)),
            intro,
            differences: differences.collect(),
        })
    }
}

impl GroupRow {
    fn new(format: Format, score: Option<Scale>, found: &GroupSummary) -> Self {
        let net = found.sentiment.net_sentiment();
        let scored = match score {
            Some(Scale::Nps) => found.nps.map(|nps| nps.nps),
            Some(Scale::Rating { .. }) => found.rating,
            None => None,
        };
        Self {
            name: found.group.value.clone(),
            feedback: format.count(found.feedback),
            net: (net.n > 0).then(|| [format.points(net.value), format.points_interval(net)]),
            score: score.zip(scored).map(|(score, found)| match score {
                Scale::Nps => [format.points(found.value), format.points_interval(found)],
                Scale::Rating { .. } => {
                    let [value, low, high] =
                        [found.value, found.low, found.high].map(|value| format.fixed(value, 1));
                    [value, format.range(&low, &high)]
                }
            }),
        }
    }
}

impl Difference {
    fn new(format: Format, topic: &Topic, found: &GroupComparison) -> Self {
        let comparison = &found.comparison;
        let [low, _, high] = format.difference(comparison);
        Self {
            column: found.group.column.clone(),
            value: found.group.value.clone(),
            label: label(&topic.label),
            delight: topic.kind.is_delight(),
            text: wording::group_difference(
                format.0,
                [&format.share(comparison.here), &format.share(comparison.there)],
                [&low, &high],
            ),
        }
    }
}
