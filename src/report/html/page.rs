//! What the template shows: every figure and date written out already.

use serde::Serialize;

use crate::config::codebook::GENERAL;
use crate::painpoint::findings::Findings;
use crate::tally::summary::{RowCounts, SentimentCounts, Summary, TouchpointSummary};

use super::cards::{Context, Depth, Ranking};
use super::charts::{FEW, Net, Stacked};
use super::headlines::{Headline, headlines};
use super::sections::{
    DriverSection, FlagSection, GroupSection, LineageSection, PeriodSection, ReadingSection,
    corrections, experience,
};
use super::timeline::Timeline;
use super::trend::{MonthRow, Trend};
use crate::report::ReportLanguage;
use crate::report::words::Names;
use crate::report::words::format::Format;
use crate::report::words::glossary;
use crate::report::words::labels::Labels;
use crate::report::words::sentences::{self, Noun};
use crate::report::words::{phase_name, touchpoint_name};
use crate::text::flags::Flag;

/// Touchpoints shown before the fold, not counting the last one's parts.
const TOUCHPOINTS: usize = 12;
/// Pain points and delights shown in full.
const PAIN_POINTS: Depth = Depth { cards: 10, quotes: 3, spark: true, delights: false };
const DELIGHTS: Depth = Depth { cards: 5, quotes: 1, spark: false, delights: true };

/// The whole page.
#[derive(Serialize)]
pub(super) struct Page {
    lang: &'static str,
    t: Labels,
    style: &'static str,
    period: Option<String>,
    feedback: String,
    mentions: String,
    /// That pain points and delights are those of one touchpoint.
    within: Option<String>,
    reading: Option<ReadingSection>,
    overall: Option<Figures>,
    headlines: Vec<Headline>,
    touchpoints: Vec<Figures>,
    more_touchpoints: Vec<Figures>,
    more_touchpoints_title: String,
    /// Whether some touchpoints are parts of others.
    any_parts: bool,
    unmentioned: Option<String>,
    phases: Vec<Figures>,
    pain_points: Ranking,
    delights: Ranking,
    trend: Option<Trend>,
    months: Vec<MonthRow>,
    drivers: Option<DriverSection>,
    groups: Option<GroupSection>,
    periods: Option<PeriodSection>,
    experience: Vec<String>,
    lineage: Option<LineageSection>,
    corrections: Option<String>,
    suggestions: Option<FlagSection>,
    churn: Option<FlagSection>,
    languages: Vec<LanguageShare>,
    /// How much of the complaints the pain points hold: in short, and in full.
    extent: Option<String>,
    covered: Option<String>,
    rows: Rows,
    definitions: Vec<(&'static str, &'static str)>,
}

/// A row of a chart: mentions by sentiment.
#[derive(Serialize)]
struct Figures {
    name: String,
    /// Whether it is a part of the one before.
    part: bool,
    phase: Option<String>,
    controllable: bool,
    mentions: String,
    bar: Stacked,
    /// `None` without a mention.
    net: Option<Net>,
    few: bool,
}

#[derive(Serialize)]
struct LanguageShare {
    name: String,
    mentions: String,
    percent: String,
}

#[derive(Serialize)]
struct Rows {
    read: String,
    duplicates: String,
    rejects: String,
    feedback: String,
    without_text: String,
    any_rejects: bool,
}

impl Page {
    /// `style` is the style sheet that the page carries.
    pub(super) fn new(language: ReportLanguage, findings: &Findings, style: &'static str) -> Self {
        let format = Format(language);
        let summary = &findings.summary;
        let names = Names::new(language, summary);
        let timeline = Timeline::new(&summary.months);
        let comparisons = &findings.comparisons;
        let context = Context { format, names: &names, timeline: &timeline, findings };
        let counted = |count, noun| sentences::counted(language, count, &format.count(count), noun);
        let (mut touchpoints, unmentioned) = touchpoints(format, &names, summary);
        let more_touchpoints = touchpoints.split_off(fold(&touchpoints));
        let any_parts = touchpoints.iter().chain(&more_touchpoints).any(|row| row.part);
        let all = summary.sentiment;
        Self {
            lang: language.code(),
            t: Labels::of(language),
            style,
            period: summary.period.map(|(first, last)| format.period(first, last)),
            feedback: counted(summary.rows.feedback, Noun::Feedback),
            mentions: counted(all.total(), Noun::Mention),
            within: summary
                .touchpoint
                .as_deref()
                .map(|id| sentences::within(language, names.touchpoint(id))),
            reading: ReadingSection::new(language, findings),
            overall: (all.total() > 0).then(|| Figures::new(format, "", all)),
            headlines: headlines(&context),
            more_touchpoints_title: counted(more_touchpoints.len() as u64, Noun::Touchpoint),
            touchpoints,
            more_touchpoints,
            any_parts,
            unmentioned,
            phases: phases(format, summary),
            pain_points: Ranking::new(
                &context,
                &findings.pain_points().collect::<Vec<_>>(),
                "pain-point",
                &PAIN_POINTS,
                Noun::PainPoint,
            ),
            delights: Ranking::new(
                &context,
                &findings.delights().collect::<Vec<_>>(),
                "delight",
                &DELIGHTS,
                Noun::Topic,
            ),
            trend: Trend::new(format, &timeline),
            months: summary.months.iter().map(|month| MonthRow::new(format, month)).collect(),
            drivers: DriverSection::new(format, findings, [PAIN_POINTS.cards, DELIGHTS.cards]),
            groups: GroupSection::new(format, findings),
            periods: PeriodSection::new(format, findings),
            experience: experience(format, summary),
            lineage: LineageSection::new(format, findings),
            corrections: corrections(format, findings),
            suggestions: FlagSection::new(format, &names, findings, Flag::Suggestion),
            churn: FlagSection::new(format, &names, findings, Flag::Churn),
            languages: languages(format, summary),
            extent: extent(format, findings),
            covered: covered(format, summary),
            rows: Rows::new(format, &summary.rows),
            definitions: glossary::definitions(language, summary.nps.is_some(), comparisons),
        }
    }
}

/// The touchpoints that were mentioned, and a sentence about those that were not.
fn touchpoints(
    format: Format,
    names: &Names<'_>,
    summary: &Summary,
) -> (Vec<Figures>, Option<String>) {
    let (mentioned, silent): (Vec<_>, Vec<_>) =
        summary.touchpoints.iter().partition(|touchpoint| touchpoint.sentiment.total() > 0);
    let silent: Vec<_> = silent.iter().map(|own| touchpoint_name(format.0, own)).collect();
    let row = |(touchpoint, part): (&TouchpointSummary, bool)| {
        let own = Figures::of_touchpoint(format, names, touchpoint);
        let whole =
            mentioned.iter().find(|whole| part && touchpoint.parent.as_ref() == Some(&whole.id));
        // Said of the whole already, just above.
        let is_told = whole.is_some_and(|whole| whole.phase == touchpoint.phase);
        Figures { part, phase: own.phase.filter(|_| !is_told), ..own }
    };
    (
        in_order(&mentioned).into_iter().map(row).collect(),
        (!silent.is_empty()).then(|| sentences::unmentioned(format.0, &silent)),
    )
}

/// Touchpoints as they are shown: each followed by its parts (`true`), and last what is about none.
fn in_order<'s>(mentioned: &[&'s TouchpointSummary]) -> Vec<(&'s TouchpointSummary, bool)> {
    let is_part = |own: &TouchpointSummary| {
        mentioned
            .iter()
            .any(|other| own.parent.as_ref() == Some(&other.id) && other.parent.is_none())
    };
    let (parts, mut wholes): (Vec<_>, Vec<_>) =
        mentioned.iter().copied().partition(|own| is_part(own));
    wholes.sort_by_key(|own| own.id == GENERAL);
    let with_parts = |whole: &'s TouchpointSummary| {
        let own = parts.iter().filter(|part| part.parent.as_ref() == Some(&whole.id));
        std::iter::once((whole, false)).chain(own.map(|part| (*part, true))).collect::<Vec<_>>()
    };
    wholes.into_iter().flat_map(with_parts).collect()
}

/// Where the fold is: no part is parted from its whole.
fn fold(rows: &[Figures]) -> usize {
    let start = TOUCHPOINTS.min(rows.len());
    start + rows[start..].iter().take_while(|row| row.part).count()
}

fn phases(format: Format, summary: &Summary) -> Vec<Figures> {
    let phases = summary.phases.iter();
    phases.map(|phase| Figures::new(format, phase_name(format.0, phase), phase.sentiment)).collect()
}

fn languages(format: Format, summary: &Summary) -> Vec<LanguageShare> {
    let total = summary.languages.iter().map(|found| found.mentions).sum();
    summary
        .languages
        .iter()
        .map(|found| LanguageShare {
            name: sentences::language_name(format.0, &found.language).to_owned(),
            mentions: format.count(found.mentions),
            percent: format.percent(found.mentions, total),
        })
        .collect()
}

fn extent(format: Format, findings: &Findings) -> Option<String> {
    let Summary { covered, cries, .. } = &findings.summary;
    let others = findings.summary.others();
    let pain_points = findings.pain_points().count() as u64;
    (covered.of > 0 && pain_points > 0).then(|| {
        sentences::extent(
            format.0,
            &format.count(covered.of),
            &format.count(pain_points),
            [*covered, others, *cries].map(|own| format.share(own)),
        )
    })
}

fn covered(format: Format, summary: &Summary) -> Option<String> {
    let covered = summary.covered;
    let cries = summary.cries;
    let doubtful = summary.doubtful;
    let others = summary.others();
    let [doubts, doubts_share] = [format.count(doubtful.count), format.share(doubtful)];
    (covered.of > 0).then(|| {
        sentences::covered(
            format.0,
            [&format.count(covered.count), &format.count(covered.of)],
            &format.share(covered),
            [&format.count(others.count), &format.share(others)],
            [&format.count(cries.count), &format.share(cries)],
            (doubtful.count > 0).then_some([doubts.as_str(), doubts_share.as_str()]),
        )
    })
}

impl Figures {
    fn new(format: Format, name: &str, sentiment: SentimentCounts) -> Self {
        let total = sentiment.total();
        Self {
            name: name.to_owned(),
            part: false,
            phase: None,
            controllable: true,
            mentions: format.count(total),
            bar: Stacked::new(format, sentiment),
            net: Net::new(format, sentiment),
            few: total > 0 && total < FEW,
        }
    }

    fn of_touchpoint(format: Format, names: &Names<'_>, touchpoint: &TouchpointSummary) -> Self {
        Self {
            phase: touchpoint.phase.as_deref().map(|id| names.phase(id).to_owned()),
            controllable: touchpoint.controllable,
            ..Self::new(format, touchpoint_name(format.0, touchpoint), touchpoint.sentiment)
        }
    }
}

impl Rows {
    fn new(format: Format, rows: &RowCounts) -> Self {
        Self {
            read: format.count(rows.rows),
            duplicates: format.count(rows.duplicates),
            rejects: format.count(rows.rejects),
            feedback: format.count(rows.feedback),
            without_text: format.count(rows.without_text),
            any_rejects: rows.rejects > 0,
        }
    }
}
