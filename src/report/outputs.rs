//! The files of `--out`: the one list of them.

/// A file of the output folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OutputFile {
    /// The report for people.
    Report,
    /// The findings as a workbook.
    Workbook,
    /// The findings on a page of text.
    Markdown,
    /// The same as a mail to send.
    Mail,
    /// What rules came to, on a page of text.
    AlertsMarkdown,
    /// The same as a mail to send.
    AlertsMail,
    /// What was found, as data.
    Findings,
    /// Pain points and delights.
    PainPoints,
    /// Touchpoints.
    Touchpoints,
    /// Phases of the journey.
    Phases,
    /// Distinctive words and phrases.
    Terms,
    /// The figures of the whole.
    Summary,
    /// What topics cost and bring.
    Drivers,
    /// The later period against the earlier one.
    Periods,
    /// This run against an earlier one.
    Changes,
    /// What rules came to.
    Alerts,
    /// Sources and segments of customers.
    Segments,
    /// Topics in groups of customers.
    SegmentPainPoints,
    /// Suggestions and churn signals.
    Flags,
    /// A row a mention.
    Mentions,
    /// A row a feedback.
    Feedback,
    /// Rows that could not be used.
    Rejects,
    /// What was run on what.
    Manifest,
}

impl OutputFile {
    /// Every file, in the order in which docs/csv.md lists them; the manifest, which is put in place
    /// last, comes last.
    pub const ALL: [Self; 23] = [
        Self::Report,
        Self::Workbook,
        Self::Markdown,
        Self::Mail,
        Self::AlertsMarkdown,
        Self::AlertsMail,
        Self::Findings,
        Self::PainPoints,
        Self::Touchpoints,
        Self::Phases,
        Self::Terms,
        Self::Summary,
        Self::Drivers,
        Self::Periods,
        Self::Changes,
        Self::Alerts,
        Self::Segments,
        Self::SegmentPainPoints,
        Self::Flags,
        Self::Mentions,
        Self::Feedback,
        Self::Rejects,
        Self::Manifest,
    ];

    /// Its name in the folder.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Report => "report.html",
            Self::Workbook => "report.xlsx",
            Self::Markdown => "report.md",
            Self::Mail => "summary.eml",
            Self::AlertsMarkdown => "alerts.md",
            Self::AlertsMail => "alerts.eml",
            Self::Findings => "findings.json",
            Self::PainPoints => "pain_points.csv",
            Self::Touchpoints => "touchpoints.csv",
            Self::Phases => "phases.csv",
            Self::Terms => "terms.csv",
            Self::Summary => "summary.csv",
            Self::Drivers => "drivers.csv",
            Self::Periods => "periods.csv",
            Self::Changes => "changes.csv",
            Self::Alerts => "alerts.csv",
            Self::Segments => "segments.csv",
            Self::SegmentPainPoints => "segment_pain_points.csv",
            Self::Flags => "flags.csv",
            Self::Mentions => "mentions.csv",
            Self::Feedback => "feedback.csv",
            Self::Rejects => "rejects.csv",
            Self::Manifest => "run.json",
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::OutputFile;

    #[test]
    fn every_file_has_its_own_name() {
        let names: BTreeSet<&str> = OutputFile::ALL.iter().map(|file| file.name()).collect();
        assert_eq!(names.len(), OutputFile::ALL.len());
    }

    #[test]
    fn the_documentation_lists_every_file() {
        let docs = include_str!("../../docs/csv.md");
        for file in OutputFile::ALL {
            assert!(docs.contains(&format!("`{}`", file.name())), "{}", file.name());
        }
    }
}
