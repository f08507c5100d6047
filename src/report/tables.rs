//! Findings as CSV files. Scripts rely on the columns: new ones come at the end.

use std::io::{self, Write};

use crate::painpoint::findings::{Findings, TopicKind, TopicTerm};
use crate::tally::statistics::Proportion;
use crate::tally::summary::SentimentCounts;

use super::dialect::{Cell, CsvFile};
use super::outputs::OutputFile;
use super::words::{label, phase_name, touchpoint_name};
use super::{ExportError, Exporter, Reader};

/// A CSV file that shows findings.
pub(super) struct CsvExport {
    pub(super) file: OutputFile,
    pub(super) write: fn(&Findings, &Reader, &mut dyn Write) -> io::Result<()>,
}

impl Exporter for CsvExport {
    fn file(&self) -> OutputFile {
        self.file
    }

    fn export(
        &self,
        findings: &Findings,
        reader: &Reader,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        (self.write)(findings, reader, out)
            .map_err(|source| ExportError::Write { file: self.file, source })
    }
}

/// The files of this module.
pub(super) const ALL: [CsvExport; 4] = [
    CsvExport { file: OutputFile::PainPoints, write: pain_points },
    CsvExport { file: OutputFile::Touchpoints, write: touchpoints },
    CsvExport { file: OutputFile::Phases, write: phases },
    CsvExport { file: OutputFile::Terms, write: terms },
];

/// `pain_points.csv`: a row a pain point, then a row a delight, both by falling priority.
#[rustfmt::skip]
fn pain_points(findings: &Findings, reader: &Reader, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "pain_point_id", "touchpoint", "phase", "label", "terms", "mentions", "feedback", "share",
        "share_low", "share_high", "severity", "priority", "kind", "ranked_by", "controllable",
        "impact", "impact_low", "impact_high", "status", "baseline_share", "family",
        "family_share",
    ];
    let mut table = CsvFile::new(out, reader.dialect, &header)?;
    let ranked_by = findings.comparisons.ranked_by();
    let ranked_by = ranked_by.map_or("severity", |outcome| outcome.scale.name());
    for found in &findings.topics {
        let family = findings.family(found);
        let before = found.change.and_then(|change| change.comparison);
        let impact = found.impact.map(|impact| impact.impact);
        let [value, low, high] = impact.map_or([Cell::Empty; 3], |impact| {
            [impact.value, impact.low, impact.high].map(Cell::Fraction)
        });
        table.row([
            Cell::Text(&found.id),
            Cell::Text(&found.touchpoint),
            Cell::maybe(found.phase.as_deref()),
            Cell::Text(&label(&found.label)),
            Cell::List(&found.surfaces()),
            Cell::Count(found.mentions),
            Cell::Count(found.feedback.count),
            Cell::Fraction(found.feedback.share),
            Cell::Fraction(found.feedback.low),
            Cell::Fraction(found.feedback.high),
            Cell::Fraction(found.severity),
            Cell::Fraction(found.priority),
            Cell::Text(found.kind.name()),
            Cell::Text(ranked_by),
            Cell::Flag(found.controllable),
            value,
            low,
            high,
            found.change.map_or(Cell::Empty, |change| Cell::Text(change.status().name())),
            before.map_or(Cell::Empty, |before| Cell::Fraction(before.there.share)),
            Cell::maybe(family.and_then(|family| family.topics.first()).map(String::as_str)),
            family.map_or(Cell::Empty, |family| Cell::Fraction(family.feedback.share)),
        ])?;
    }
    table.finish()
}

/// `touchpoints.csv`: a row a touchpoint, most negative mentions first, those without one included.
#[rustfmt::skip]
fn touchpoints(findings: &Findings, reader: &Reader, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "touchpoint", "phase", "mentions", "negative", "neutral", "positive", "net_sentiment",
        "net_sentiment_low", "net_sentiment_high", "feedback", "controllable", "name", "share",
        "share_low", "share_high", "negative_share", "negative_share_low", "negative_share_high",
        "parent",
    ];
    let with_text = findings.summary.rows.with_text();
    let mut table = CsvFile::new(out, reader.dialect, &header)?;
    for touchpoint in &findings.summary.touchpoints {
        let start = [Cell::Text(&touchpoint.id), Cell::maybe(touchpoint.phase.as_deref())];
        let end = [
            Cell::Count(touchpoint.feedback),
            Cell::Flag(touchpoint.controllable),
            Cell::Text(touchpoint_name(reader.language, touchpoint)),
        ];
        let share = share(touchpoint.feedback, with_text);
        let negative = share_of_negative(touchpoint.sentiment);
        let figures = figures(touchpoint.sentiment);
        let parent = [Cell::maybe(touchpoint.parent.as_deref())];
        let shares = share.into_iter().chain(negative).chain(parent);
        table.row(start.into_iter().chain(figures).chain(end).chain(shares))?;
    }
    table.finish()
}

/// `phases.csv`: a row a phase, in the order of the journey.
#[rustfmt::skip]
fn phases(findings: &Findings, reader: &Reader, out: &mut dyn Write) -> io::Result<()> {
    let header = [
        "phase", "mentions", "negative", "neutral", "positive", "net_sentiment",
        "net_sentiment_low", "net_sentiment_high", "name", "negative_share", "negative_share_low",
        "negative_share_high",
    ];
    let mut table = CsvFile::new(out, reader.dialect, &header)?;
    for phase in &findings.summary.phases {
        let start = [Cell::Text(&phase.id)];
        let name = [Cell::Text(phase_name(reader.language, phase))];
        let end = name.into_iter().chain(share_of_negative(phase.sentiment));
        table.row(start.into_iter().chain(figures(phase.sentiment)).chain(end))?;
    }
    table.finish()
}

/// `terms.csv`: the distinctive terms, negative ones first, both most distinctive first.
fn terms(findings: &Findings, reader: &Reader, out: &mut dyn Write) -> io::Result<()> {
    let header = ["term", "touchpoint", "sentiment", "mentions", "z", "pain_point_id", "key"];
    let mut table = CsvFile::new(out, reader.dialect, &header)?;
    let of_topics = findings.topics.iter().flat_map(|topic| {
        let own = move |term| (topic.kind, &topic.touchpoint, term, Some(topic.id.as_str()));
        topic.terms.iter().map(own)
    });
    let others = findings.other_terms.iter();
    let mut all: Vec<(TopicKind, &String, &TopicTerm, Option<&str>)> = of_topics
        .chain(others.map(|other| (other.kind, &other.touchpoint, &other.term, None)))
        .collect();
    all.sort_by(|a, b| {
        let by_z = b.2.z.total_cmp(&a.2.z).then_with(|| a.2.key.cmp(&b.2.key));
        a.0.cmp(&b.0).then(by_z)
    });
    for (kind, touchpoint, term, topic) in all {
        table.row([
            Cell::Text(&term.term),
            Cell::Text(touchpoint),
            Cell::Text(kind.sentiment().name()),
            Cell::Count(term.mentions),
            Cell::Fraction(term.z),
            Cell::maybe(topic),
            Cell::Text(&term.key),
        ])?;
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

    fn csv(file: OutputFile, findings: &Findings) -> String {
        let exporters = crate::report::exporters();
        let exporter = exporters.iter().find(|exporter| exporter.file() == file).unwrap();
        let mut out = Vec::new();
        exporter.export(findings, &Reader::default(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    fn column(csv: &str, name: &str) -> Vec<String> {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let at = reader.headers().unwrap().iter().position(|header| header == name).unwrap();
        reader.records().map(|record| record.unwrap()[at].to_owned()).collect()
    }

    #[test]
    fn pain_points_come_before_delights() {
        let findings = sample::german();
        let csv = csv(OutputFile::PainPoints, &findings);
        let kinds = column(&csv, "kind");
        assert_eq!(kinds.len(), findings.topics.len());
        let pain_points = findings.pain_points().count();
        assert_eq!(kinds.iter().position(|kind| kind == "delight"), Some(pain_points));
        assert_eq!(column(&csv, "terms")[0], findings.topics[0].surfaces().join(";"));
    }

    #[test]
    fn columns_that_scripts_count_on_keep_their_places() {
        let findings = sample::german();
        let header = |file: OutputFile| csv(file, &findings).lines().next().unwrap().to_owned();
        assert!(header(OutputFile::PainPoints).starts_with(
            "pain_point_id,touchpoint,phase,label,terms,mentions,feedback,share,share_low,\
             share_high,severity,priority"
        ));
        assert!(header(OutputFile::Touchpoints).starts_with(
            "touchpoint,phase,mentions,negative,neutral,positive,net_sentiment,\
             net_sentiment_low,net_sentiment_high"
        ));
        assert!(header(OutputFile::Phases).starts_with("phase,mentions,negative"));
    }

    #[test]
    fn net_sentiment_without_a_mention_is_empty() {
        let csv = csv(OutputFile::Touchpoints, &sample::german());
        let mentions = column(&csv, "mentions");
        let net = column(&csv, "net_sentiment");
        assert!(mentions.iter().any(|count| count == "0"));
        for (count, value) in mentions.iter().zip(net) {
            assert_eq!(count == "0", value.is_empty());
        }
    }

    #[test]
    fn lines_end_in_a_line_feed_alone() {
        let texts = crate::report::exporters().into_iter().map(|exporter| exporter.file());
        // Mails have the line ends of mails.
        let others = [OutputFile::Workbook, OutputFile::Mail, OutputFile::AlertsMail];
        for file in texts.filter(|file| !others.contains(file)) {
            assert!(!csv(file, &sample::english()).contains('\r'), "{}", file.name());
        }
    }

    #[test]
    fn no_findings_leave_the_header() {
        assert_eq!(csv(OutputFile::PainPoints, &sample::nothing()).lines().count(), 1);
    }
}
