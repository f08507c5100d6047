//! The findings in a page of text: `report.md` for a chat or a wiki, `summary.eml` to open in a mail program and send.

mod alerts;
mod mail;
mod markdown;

use std::io::Write;

use super::headlines::{Headline, headlines};
use super::outputs::OutputFile;
use super::telling::cost;
use super::words::comparisons::order;
use super::words::doubts;
use super::words::format::Format;
use super::words::labels::Labels;
use super::words::letters::LetterTexts;
use super::words::sentences::{self, Noun};
use super::words::{Names, label, phase_name};
use super::{ExportError, Exporter, Reader, write_all};
use crate::painpoint::findings::{Findings, Topic};
use crate::read::Grade;

/// The files of this module.
pub(super) const ALL: [TextExport; 4] = [
    TextExport { file: OutputFile::Markdown, text: markdown::markdown },
    TextExport { file: OutputFile::Mail, text: mail::mail },
    TextExport { file: OutputFile::AlertsMarkdown, text: alerts::alerts_markdown },
    TextExport { file: OutputFile::AlertsMail, text: alerts::alerts_mail },
];

/// A page of text that shows findings.
pub(super) struct TextExport {
    file: OutputFile,
    text: fn(&Findings, &Reader) -> String,
}

impl Exporter for TextExport {
    fn file(&self) -> OutputFile {
        self.file
    }

    fn export(
        &self,
        findings: &Findings,
        reader: &Reader,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        write_all(self.file, (self.text)(findings, reader).as_bytes(), out)
    }
}

/// Topics of either kind that are listed.
const TOPICS: usize = 10;

/// What a page of text tells.
struct Letter {
    title: String,
    /// Period and numbers of feedback and mentions.
    basis: String,
    introduction: Option<String>,
    /// What may have been read wrongly.
    doubts: Vec<String>,
    headlines: Vec<Headline>,
    pain_points: List,
    delights: List,
    phases: Vec<Phase>,
    texts: LetterTexts,
    labels: Labels,
    /// What the order of the lists follows from.
    order: String,
}

/// Topics of a kind.
struct List {
    title: &'static str,
    /// What is said where there are none.
    none: &'static str,
    topics: Vec<Item>,
    /// That there are more.
    more: Option<String>,
}

/// A pain point or delight.
struct Item {
    label: String,
    touchpoint: String,
    share: String,
    interval: String,
    cost: Option<String>,
}

/// A phase of the journey that was mentioned.
struct Phase {
    name: String,
    mentions: String,
    net: String,
    interval: String,
}

impl Letter {
    fn new(findings: &Findings, reader: &Reader) -> Self {
        let language = reader.language;
        let format = Format(language);
        let labels = Labels::of(language);
        let summary = &findings.summary;
        let names = Names::new(language, summary);
        let counted = |count, noun| sentences::counted(language, count, &format.count(count), noun);
        let title = reader.presentation.title.clone().unwrap_or_else(|| labels.title.to_owned());
        let company = reader.presentation.company.as_deref();
        let period = summary.period.map(|(first, last)| format.period(first, last));
        let basis = [
            period,
            Some(counted(summary.rows.feedback, Noun::Feedback)),
            Some(counted(summary.sentiment.total(), Noun::Mention)),
        ];
        let list = |all: Vec<&Topic>, title, none, noun| {
            let more = all.len().saturating_sub(TOPICS) as u64;
            List {
                title,
                none,
                more: (more > 0).then(|| counted(more, noun)),
                topics: all
                    .into_iter()
                    .take(TOPICS)
                    .map(|own| Item {
                        label: label(&own.label),
                        touchpoint: names.touchpoint(&own.touchpoint).to_owned(),
                        share: format.share(own.feedback),
                        interval: format.share_interval(own.feedback),
                        cost: cost(format, findings, own),
                    })
                    .collect(),
            }
        };
        let doubtful = findings.reading.doubts.iter();
        let doubtful = doubtful.filter(|told| told.doubt.grade() == Grade::Doubt);
        let spoken = summary.phases.iter().filter(|phase| phase.sentiment.total() > 0);
        Self {
            title: company.map_or(title.clone(), |company| format!("{company}: {title}")),
            basis: basis.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            introduction: reader.presentation.introduction.clone(),
            doubts: doubtful.map(|told| doubts::doubt(language, told)).collect(),
            headlines: headlines(format, &names, findings),
            pain_points: list(
                findings.pain_points().collect(),
                labels.pain_points_title,
                labels.pain_points_none,
                Noun::PainPoint,
            ),
            delights: list(
                findings.delights().collect(),
                labels.delights_title,
                labels.delights_none,
                Noun::Topic,
            ),
            phases: spoken
                .map(|phase| {
                    let net = phase.sentiment.net_sentiment();
                    Phase {
                        name: phase_name(language, phase).to_owned(),
                        mentions: format.count(net.n),
                        net: format.points(net.value),
                        interval: format.points_interval(net),
                    }
                })
                .collect(),
            order: order(language, findings.comparisons.ranked_by().map(|outcome| outcome.scale)),
            texts: LetterTexts::of(language),
            labels,
        }
    }
}

/// A headline in one sentence, what customers said as it is given.
fn sentence(headline: &Headline, quoted: &str) -> String {
    let Headline { figure, unit, before, after, .. } = headline;
    format!("{figure} {unit}: {before}{quoted}{after}")
}
