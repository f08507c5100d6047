//! Findings as CSV files. Scripts rely on the columns: new ones come at the end.

use std::io::{self, Write};

use crate::painpoint::findings::{Findings, PainPoint};
use crate::tally::statistics::Proportion;
use crate::tally::summary::SentimentCounts;

use super::dialect::{Cell, Dialect, Table};
use super::{ExportError, Exporter};

const PAIN_POINTS: &str = "pain_points.csv";
const TOUCHPOINTS: &str = "touchpoints.csv";
const PHASES: &str = "phases.csv";

/// `pain_points.csv`: a row a pain point, then a row a delight, both by falling priority.
pub struct PainPoints {
    /// How the file is written.
    pub dialect: Dialect,
}

/// `touchpoints.csv`: a row a touchpoint, most negative mentions first, those without one included.
pub struct Touchpoints {
    /// How the file is written.
    pub dialect: Dialect,
}

/// `phases.csv`: a row a phase, in the order of the journey.
pub struct Phases {
    /// How the file is written.
    pub dialect: Dialect,
}

impl Exporter for PainPoints {
    fn file_name(&self) -> &'static str {
        PAIN_POINTS
    }

    fn export(&self, findings: &Findings, out: &mut dyn Write) -> Result<(), ExportError> {
        pain_points(findings, self.dialect, out)
            .map_err(|source| ExportError::Write { file: PAIN_POINTS, source })
    }
}

impl Exporter for Touchpoints {
    fn file_name(&self) -> &'static str {
        TOUCHPOINTS
    }

    fn export(&self, findings: &Findings, out: &mut dyn Write) -> Result<(), ExportError> {
        touchpoints(findings, self.dialect, out)
            .map_err(|source| ExportError::Write { file: TOUCHPOINTS, source })
    }
}

impl Exporter for Phases {
    fn file_name(&self) -> &'static str {
        PHASES
    }

    fn export(&self, findings: &Findings, out: &mut dyn Write) -> Result<(), ExportError> {
        phases(findings, self.dialect, out)
            .map_err(|source| ExportError::Write { file: PHASES, source })
    }
}

#[rustfmt::skip]
fn pain_points(findings: &Findings, dialect: Dialect, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "pain_point_id", "touchpoint", "phase", "label", "terms", "mentions", "feedback", "share",
        "share_low", "share_high", "severity", "priority", "kind", "ranked_by", "controllable",
        "impact", "impact_low", "impact_high", "status", "baseline_share",
    ];
    let mut table = Table::new(out, dialect, &header)?;
    let ranking = findings.comparisons.outcome.filter(|outcome| outcome.ranks);
    let ranked_by = ranking.map_or("severity", |outcome| outcome.score.name());
    let mut add = |found: &PainPoint, kind| {
        let change = found.evidence.change;
        let before = change.and_then(|change| change.comparison);
        let impact = found.evidence.impact.map(|impact| impact.impact);
        let [value, low, high] = impact.map_or([Cell::Empty; 3], |impact| {
            [impact.value, impact.low, impact.high].map(Cell::Fraction)
        });
        table.row([
            Cell::Text(&found.id),
            Cell::Text(&found.touchpoint),
            Cell::Text(&found.phase),
            Cell::Text(&found.label),
            Cell::List(&found.terms),
            Cell::Count(found.mentions),
            Cell::Count(found.feedback.count),
            Cell::Fraction(found.feedback.share),
            Cell::Fraction(found.feedback.low),
            Cell::Fraction(found.feedback.high),
            Cell::Fraction(found.severity),
            Cell::Fraction(found.priority),
            Cell::Text(kind),
            Cell::Text(ranked_by),
            Cell::Flag(found.evidence.controllable),
            value,
            low,
            high,
            change.map_or(Cell::Empty, |change| Cell::Text(change.status().name())),
            before.map_or(Cell::Empty, |before| Cell::Fraction(before.there.share)),
        ])
    };
    findings.pain_points.iter().try_for_each(|found| add(found, "pain_point"))?;
    findings.delights.iter().try_for_each(|found| add(found, "delight"))?;
    table.finish()
}

#[rustfmt::skip]
fn touchpoints(findings: &Findings, dialect: Dialect, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "touchpoint", "phase", "mentions", "negative", "neutral", "positive", "net_sentiment",
        "net_sentiment_low", "net_sentiment_high", "feedback", "controllable", "name", "share",
        "share_low", "share_high", "negative_share", "negative_share_low", "negative_share_high",
        "parent",
    ];
    let rows = &findings.summary.rows;
    let with_text = rows.feedback - rows.without_text;
    let mut table = Table::new(out, dialect, &header)?;
    for touchpoint in &findings.summary.touchpoints {
        let start = [Cell::Text(&touchpoint.touchpoint), Cell::Text(&touchpoint.phase)];
        let end = [
            Cell::Count(touchpoint.feedback),
            Cell::Flag(touchpoint.controllable),
            Cell::Text(&touchpoint.name),
        ];
        let share = share(touchpoint.feedback, with_text);
        let negative = share_of_negative(touchpoint.sentiment);
        let figures = figures(touchpoint.sentiment);
        let parent = [Cell::Text(&touchpoint.parent)];
        let shares = share.into_iter().chain(negative).chain(parent);
        table.row(start.into_iter().chain(figures).chain(end).chain(shares))?;
    }
    table.finish()
}

#[rustfmt::skip]
fn phases(findings: &Findings, dialect: Dialect, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "phase", "mentions", "negative", "neutral", "positive", "net_sentiment",
        "net_sentiment_low", "net_sentiment_high", "name", "negative_share", "negative_share_low",
        "negative_share_high",
    ];
    let mut table = Table::new(out, dialect, &header)?;
    for phase in &findings.summary.phases {
        let start = [Cell::Text(&phase.phase)];
        let end = [Cell::Text(&phase.name)].into_iter().chain(share_of_negative(phase.sentiment));
        table.row(start.into_iter().chain(figures(phase.sentiment)).chain(end))?;
    }
    table.finish()
}

/// Mentions, their sentiment, and net sentiment with its interval, which stays empty without a
/// mention: a zero would say that praise and complaint are in balance.
pub(super) fn figures(sentiment: SentimentCounts) -> [Cell<'static>; 7] {
    let net = sentiment.net_sentiment();
    let [value, low, high] = match net.n {
        0 => [Cell::Empty; 3],
        _ => [net.value, net.low, net.high].map(Cell::Fraction),
    };
    [
        Cell::Count(sentiment.total()),
        Cell::Count(sentiment.negative),
        Cell::Count(sentiment.neutral),
        Cell::Count(sentiment.positive),
        value,
        low,
        high,
    ]
}

/// The share of negative mentions with its interval.
fn share_of_negative(sentiment: SentimentCounts) -> [Cell<'static>; 3] {
    share(sentiment.negative, sentiment.total())
}

/// A share with its interval; empty of nothing.
fn share(count: u64, of: u64) -> [Cell<'static>; 3] {
    if of == 0 {
        return [Cell::Empty; 3];
    }
    let share = Proportion::new(count, of);
    [share.share, share.low, share.high].map(Cell::Fraction)
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn csv(exporter: &dyn Exporter, findings: &Findings) -> String {
        let mut out = Vec::new();
        exporter.export(findings, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn column(csv: &str, name: &str) -> Vec<String> {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let at = reader.headers().unwrap().iter().position(|header| header == name).unwrap();
        reader.records().map(|record| record.unwrap()[at].to_owned()).collect()
    }

    const PLAIN: Dialect = Dialect { excel: false };

    #[test]
    fn pain_points_come_before_delights() {
        let findings = sample::german();
        let csv = csv(&PainPoints { dialect: PLAIN }, &findings);
        let kinds = column(&csv, "kind");
        assert_eq!(kinds.len(), findings.pain_points.len() + findings.delights.len());
        assert_eq!(
            kinds.iter().position(|kind| kind == "delight"),
            Some(findings.pain_points.len())
        );
        assert_eq!(column(&csv, "terms")[0], findings.pain_points[0].terms.join(";"));
    }

    #[test]
    fn columns_that_scripts_count_on_keep_their_places() {
        let findings = sample::german();
        let header =
            |exporter: &dyn Exporter| csv(exporter, &findings).lines().next().unwrap().to_owned();
        assert!(header(&PainPoints { dialect: PLAIN }).starts_with(
            "pain_point_id,touchpoint,phase,label,terms,mentions,feedback,share,share_low,\
             share_high,severity,priority"
        ));
        assert!(header(&Touchpoints { dialect: PLAIN }).starts_with(
            "touchpoint,phase,mentions,negative,neutral,positive,net_sentiment,\
             net_sentiment_low,net_sentiment_high"
        ));
        assert!(header(&Phases { dialect: PLAIN }).starts_with("phase,mentions,negative"));
    }

    #[test]
    fn net_sentiment_without_a_mention_is_empty() {
        let csv = csv(&Touchpoints { dialect: PLAIN }, &sample::german());
        let mentions = column(&csv, "mentions");
        let net = column(&csv, "net_sentiment");
        assert!(mentions.iter().any(|count| count == "0"));
        for (count, value) in mentions.iter().zip(net) {
            assert_eq!(count == "0", value.is_empty());
        }
    }

    #[test]
    fn lines_end_in_a_line_feed_alone() {
        for exporter in super::super::exporters(super::super::ReportLanguage::En, PLAIN) {
            assert!(!csv(exporter.as_ref(), &sample::english()).contains('\r'));
        }
    }

    #[test]
    fn no_findings_leave_the_header() {
        assert_eq!(csv(&PainPoints { dialect: PLAIN }, &sample::nothing()).lines().count(), 1);
    }
}
