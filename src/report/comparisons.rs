//! What was compared with what, as CSV files. All are there in every run, with no row where the input
//! has nothing to compare.

use std::io::{self, Write};

use crate::painpoint::findings::Findings;
use crate::tally::comparison::Comparison;
use crate::tally::consistency::Consistency;
use crate::tally::moments::Impact;
use crate::tally::statistics::{Estimate, Proportion};

use super::Reader;
use super::dialect::{Cell, CsvFile};
use super::outputs::OutputFile;
use super::tables::{CsvExport, figures};
use super::words::label;

/// The files of this module.
pub(super) const ALL: [CsvExport; 7] = [
    CsvExport { file: OutputFile::Summary, write: summary },
    CsvExport { file: OutputFile::Drivers, write: drivers },
    CsvExport { file: OutputFile::Periods, write: periods },
    CsvExport { file: OutputFile::Changes, write: changes },
    CsvExport { file: OutputFile::Alerts, write: alerts },
    CsvExport { file: OutputFile::Segments, write: segments },
    CsvExport { file: OutputFile::SegmentPainPoints, write: segment_pain_points },
];

/// `summary.csv`: the figures of the whole, a row each.
fn summary(findings: &Findings, reader: &Reader, out: &mut dyn Write) -> io::Result<()> {
    let mut table = CsvFile::new(out, reader.dialect, &["figure", "value", "low", "high", "n"])?;
    let mut add = |figure: &str, [value, low, high]: [Cell<'_>; 3], n| {
        table.row([Cell::Text(figure), value, low, high, Cell::Count(n)])
    };
    let summary = &findings.summary;
    let experience = &summary.experience;
    let sentiments = [
        ("net_sentiment", summary.sentiment),
        ("net_sentiment_of_last_phases", experience.last_phases),
        ("net_sentiment_of_last_mentions", experience.ending.last),
        ("net_sentiment_of_mentions_before", experience.ending.rest),
    ];
    for (figure, sentiment) in sentiments.into_iter().filter(|(_, counts)| counts.total() > 0) {
        let net = sentiment.net_sentiment();
        add(figure, interval(net), net.n)?;
    }
    if let Some(nps) = summary.nps {
        add("nps", interval(nps.nps), nps.nps.n)?;
    }
    if let Some(rating) = summary.rating {
        add("rating", interval(rating.mean), rating.mean.n)?;
        add("csat", share(rating.satisfied), rating.satisfied.of)?;
    }
    for (group, consistency) in
        [("touchpoints", experience.touchpoints), ("sources", experience.sources)]
    {
        if let Some(Consistency { mentions, dispersion, by_chance, .. }) = consistency {
            let alone = |value| [Cell::Fraction(value), Cell::Empty, Cell::Empty];
            add(&format!("dispersion_of_{group}"), alone(dispersion), mentions)?;
            add(&format!("dispersion_of_{group}_by_chance"), alone(by_chance), mentions)?;
        }
    }
    if let Some(outcome) = findings.comparisons.outcome
        && let Some(explained) = outcome.explained
    {
        let alone = [Cell::Fraction(explained), Cell::Empty, Cell::Empty];
        add(&format!("{}_explained", outcome.scale.name()), alone, outcome.n)?;
    }
    table.finish()
}

/// `alerts.csv`: what each rule came to, worst first.
#[rustfmt::skip]
fn alerts(findings: &Findings, reader: &Reader, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "judgement", "rule", "measure", "touchpoint", "pain_point_id", "label", "segment", "against", "period_first",
        "period_last", "value", "low", "high", "n", "expected", "warn", "fail", "p", "q", "new", "reason",
    ];
    let mut table = CsvFile::new(out, reader.dialect, &header)?;
    let Some(alerts) = &findings.alerts else { return table.finish() };
    let (first, last) = alerts.period.map(|(first, last)| (first.to_string(), last.to_string())).unzip();
    for own in &alerts.judged {
        let fraction = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Fraction);
        let of_period = |day: &'_ Option<String>| day.clone().filter(|_| !own.measure.is_of_run());
        let (first, last) = (of_period(&first), of_period(&last));
        let [value, low, high] = own.value.map_or([Cell::Empty; 3], interval);
        let name = label(&own.subject.label);
        table.row([
            Cell::Text(own.judgement.name()),
            Cell::Text(&own.rule),
            Cell::Text(own.measure.name()),
            Cell::maybe(own.subject.touchpoint.as_deref()),
            Cell::maybe(own.subject.pain_point.as_deref()),
            Cell::maybe(Some(name.as_str()).filter(|name| !name.is_empty())),
            Cell::maybe(own.subject.segment.as_deref()),
            Cell::Text(own.against.name()),
            Cell::maybe(first.as_deref()),
            Cell::maybe(last.as_deref()),
            value,
            low,
            high,
            own.value.map_or(Cell::Empty, |value| Cell::Count(value.n)),
            fraction(own.expected),
            fraction(own.warn),
            fraction(own.fail),
            fraction(own.p),
            fraction(own.q),
            Cell::Flag(own.new),
            Cell::maybe(own.reason.map(|reason| reason.name())),
        ])?;
    }
    table.finish()
}

/// `drivers.csv`: what pain points and delights cost and bring.
#[rustfmt::skip]
fn drivers(findings: &Findings, reader: &Reader, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "pain_point_id", "kind", "label", "score", "scores_with", "scores_without", "mean_with",
        "mean_without", "impact", "impact_low", "impact_high", "effect", "effect_low", "effect_high",
        "weight",
    ];
    let mut table = CsvFile::new(out, reader.dialect, &header)?;
    let Some(outcome) = findings.comparisons.outcome else { return table.finish() };
    for found in &findings.topics {
        let Some(Impact { with, without, mean_with, mean_without, impact }) = found.impact
        else { continue };
        let effect = found.effect;
        let start = [
            Cell::Text(&found.id), Cell::Text(found.kind.name()), Cell::Text(&label(&found.label)),
            Cell::Text(outcome.scale.name()), Cell::Count(with), Cell::Count(without),
            Cell::Fraction(mean_with), Cell::Fraction(mean_without),
        ];
        let driver = effect.map_or([Cell::Empty; 3], |effect| interval(effect.effect));
        let weight = effect.map_or(Cell::Empty, |effect| Cell::Fraction(effect.weight));
        table.row(start.into_iter().chain(interval(impact)).chain(driver).chain([weight]))?;
    }
    table.finish()
}

/// `periods.csv`: pain points and delights in the later period against the earlier one.
#[rustfmt::skip]
fn periods(findings: &Findings, reader: &Reader, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "pain_point_id", "kind", "label", "since", "later_feedback", "later_of", "later_share",
        "earlier_feedback", "earlier_of", "earlier_share", "difference", "difference_low",
        "difference_high", "p", "q", "course",
    ];
    let mut table = CsvFile::new(out, reader.dialect, &header)?;
    let Some(periods) = findings.comparisons.periods else { return table.finish() };
    let since = periods.since.to_string();
    for found in &findings.topics {
        let Some(trend) = found.trend else { continue };
        let start = [
            Cell::Text(&found.id), Cell::Text(found.kind.name()), Cell::Text(&label(&found.label)), Cell::Text(&since),
        ];
        let course = match trend {
            Comparison { p: None, .. } => "unknown",
            _ if !trend.is_real() => "steady",
            _ if trend.difference > 0.0 => "rising",
            _ => "falling",
        };
        table.row(start.into_iter().chain(compared(&trend)).chain([Cell::Text(course)]))?;
    }
    table.finish()
}

/// `changes.csv`: pain points and delights against an earlier run, those that are gone last.
#[rustfmt::skip]
fn changes(findings: &Findings, reader: &Reader, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "pain_point_id", "kind", "touchpoint", "label", "status", "feedback", "of", "share",
        "baseline_feedback", "baseline_of", "baseline_share", "difference", "difference_low",
        "difference_high", "p", "q", "shared_vocabulary",
    ];
    let mut table = CsvFile::new(out, reader.dialect, &header)?;
    for found in &findings.topics {
        let Some(change) = found.change else { continue };
        let start = [
            Cell::Text(&found.id), Cell::Text(found.kind.name()), Cell::Text(&found.touchpoint),
            Cell::Text(&label(&found.label)), Cell::Text(change.status().name()),
        ];
        let Proportion { count, of, share, .. } = found.feedback;
        let new = [Cell::Count(count), Cell::Count(of), Cell::Fraction(share)];
        let alone = || {
            let mut cells = [Cell::Empty; 11];
            cells[..3].copy_from_slice(&new);
            cells
        };
        let figures = change.comparison.as_ref().map_or_else(alone, compared);
        let shared = change.comparison.map_or(Cell::Empty, |_| Cell::Fraction(change.shared));
        table.row(start.into_iter().chain(figures).chain([shared]))?;
    }
    for gone in findings.comparisons.earlier_run.iter().flat_map(|run| &run.gone) {
        let start = [
            Cell::Text(&gone.id), Cell::Text(gone.kind.name()),
            Cell::Text(&gone.touchpoint), Cell::Text(&label(&gone.label)), Cell::Text("gone"),
        ];
        let Proportion { count, of, share, .. } = gone.feedback;
        let before = [Cell::Count(count), Cell::Count(of), Cell::Fraction(share)];
        table.row(start.into_iter().chain([Cell::Empty; 3]).chain(before).chain([Cell::Empty; 6]))?;
    }
    table.finish()
}

/// `segments.csv`: sources and segments of customers.
#[rustfmt::skip]
fn segments(findings: &Findings, reader: &Reader, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "column", "value", "role", "feedback", "with_text", "mentions", "negative", "neutral",
        "positive", "net_sentiment", "net_sentiment_low", "net_sentiment_high", "nps", "nps_low",
        "nps_high", "nps_answers", "rating", "rating_low", "rating_high", "ratings",
    ];
    let mut table = CsvFile::new(out, reader.dialect, &header)?;
    for found in &findings.summary.groups {
        let start = [
            Cell::Text(&found.group.column), Cell::Text(&found.group.value),
            Cell::Text(if found.group.source { "source" } else { "segment" }),
            Cell::Count(found.feedback), Cell::Count(found.with_text),
        ];
        let scores = [found.nps.map(|nps| nps.nps), found.rating].into_iter().flat_map(|score| {
            let [value, low, high] = score.map_or([Cell::Empty; 3], interval);
            [value, low, high, Cell::Count(score.map_or(0, |score| score.n))]
        });
        table.row(start.into_iter().chain(figures(found.sentiment)).chain(scores))?;
    }
    table.finish()
}

/// `segment_pain_points.csv`: pain points and delights of each group against the others of its column.
#[rustfmt::skip]
fn segment_pain_points(findings: &Findings, reader: &Reader, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "column", "value", "pain_point_id", "kind", "label", "feedback", "of", "share",
        "others_feedback", "others_of", "others_share", "difference", "difference_low",
        "difference_high", "p", "q", "differs",
    ];
    let mut table = CsvFile::new(out, reader.dialect, &header)?;
    for topic in &findings.topics {
        let label = label(&topic.label);
        for found in &topic.groups {
            let start = [
                Cell::Text(&found.group.column), Cell::Text(&found.group.value),
                Cell::Text(&topic.id), Cell::Text(topic.kind.name()), Cell::Text(&label),
            ];
            let differs = Cell::Flag(found.comparison.is_real());
            table.row(start.into_iter().chain(compared(&found.comparison)).chain([differs]))?;
        }
    }
    table.finish()
}

/// Both shares, their difference with its interval, and how likely it is by chance.
fn compared(comparison: &Comparison) -> [Cell<'static>; 11] {
    let Comparison { here, there, difference, low, high, p, q } = *comparison;
    let maybe = |value: Option<f64>| value.map_or(Cell::Empty, Cell::Fraction);
    [
        Cell::Count(here.count),
        Cell::Count(here.of),
        Cell::Fraction(here.share),
        Cell::Count(there.count),
        Cell::Count(there.of),
        Cell::Fraction(there.share),
        Cell::Fraction(difference),
        Cell::Fraction(low),
        Cell::Fraction(high),
        maybe(p),
        maybe(q),
    ]
}

fn interval(Estimate { value, low, high, .. }: Estimate) -> [Cell<'static>; 3] {
    [value, low, high].map(Cell::Fraction)
}

fn share(Proportion { share, low, high, .. }: Proportion) -> [Cell<'static>; 3] {
    [share, low, high].map(Cell::Fraction)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn rows(file: &str, findings: &Findings) -> Vec<std::collections::BTreeMap<String, String>> {
        let export = ALL.into_iter().find(|export| export.file.name() == file).unwrap();
        let mut out = Vec::new();
        (export.write)(findings, &Reader::default(), &mut out).unwrap();
        csv::Reader::from_reader(&out[..]).deserialize().map(Result::unwrap).collect()
    }

    #[test]
    fn the_figures_of_the_whole_have_a_row_each() {
        let rows = rows("summary.csv", &sample::german());
        let figures: Vec<_> = rows.iter().map(|row| row["figure"].as_str()).collect();
        for figure in ["net_sentiment", "nps", "dispersion_of_touchpoints", "nps_explained"] {
            assert!(figures.contains(&figure), "{figures:?}");
        }
    }

    #[test]
    fn a_pain_point_with_too_few_scores_is_no_driver() {
        let findings = sample::german();
        let drivers = rows("drivers.csv", &findings);
        let scored = findings.topics.iter().filter(|found| found.impact.is_some()).count();
        assert!(scored > 0 && scored < findings.topics.len());
        assert_eq!(drivers.len(), scored);
        assert!(drivers.iter().all(|row| row["score"] == "nps"));
    }

    #[test]
    fn a_course_is_named_only_where_it_is_no_chance() {
        let rows = rows("periods.csv", &sample::german());
        assert!(rows.iter().any(|row| row["course"] == "rising"));
        assert!(rows.iter().all(|row| row["since"] == "2025-07-01"));
    }

    #[test]
    fn nothing_to_compare_leaves_the_headers() {
        for export in ALL {
            assert!(rows(export.file.name(), &sample::nothing()).is_empty());
        }
    }
}
