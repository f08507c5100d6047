//! What the template shows: every figure and date written out already.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::config::codebook::GENERAL;
use crate::painpoint::findings::Findings;
use crate::tally::summary::{RowCounts, SentimentCounts, Summary, TouchpointSummary};

use super::anchors::Anchors;
use super::cards::{Card, Context, Depth, Ranking};
use super::chapters::{Chapter, addresses, chapters};
use super::charts::{Journey, MonthRow, Net, Priorities, Stacked, Timeline, Trend};
use super::sections::{
    AlertSection, ChangeSection, DriverSection, FlagSection, GroupSection, HistorySection,
    LineageSection, PeriodSection, ReadingSection, corrections, experience,
};
use super::{Amount, SCRIPT};
use crate::report::Reader;
use crate::report::chance::FEW;
use crate::report::headlines::{Evidence, Headline, headlines};
use crate::report::presentation::Audience;
use crate::report::words::Names;
use crate::report::words::format::Format;
use crate::report::words::glossary;
use crate::report::words::labels::Labels;
use crate::report::words::maps;
use crate::report::words::sentences::{self, Noun};
use crate::report::words::{phase_name, touchpoint_name};
use crate::text::flags::Flag;

/// Pain points, and delights, that a board is shown with a voice.
const BOARD: usize = 5;

/// The whole page.
#[derive(Serialize)]
pub(super) struct Page {
    lang: &'static str,
    version: &'static str,
    t: Labels,
    style: String,
    script: &'static str,
    title: String,
    company: Option<String>,
    introduction: Option<String>,
    logo: Option<String>,
    period: Option<String>,
    feedback: String,
    mentions: String,
    /// That pain points and delights are those of one touchpoint.
    within: Option<String>,
    reading: Option<ReadingSection>,
    filters: Filters,
    overall: Option<Figures>,
    /// Detractors, passives and promoters.
    recommenders: Option<Stacked>,
    /// The first digits of the SHA-256 of the model.
    model: Option<String>,
    headlines: Vec<LinkedHeadline>,
    journey: Journey,
    touchpoints: Vec<Figures>,
    /// Whether some touchpoints are parts of others.
    any_parts: bool,
    unmentioned: Option<String>,
    priorities: Option<Priorities>,
    pain_points: Ranking,
    delights: Ranking,
    /// What a board is shown of either.
    best: [Vec<Card>; 2],
    chapters: Vec<Chapter>,
    /// Chapters of touchpoints without a topic.
    quiet: Vec<Chapter>,
    quiet_title: String,
    trend: Option<Trend>,
    months: Vec<MonthRow>,
    /// What the scores of months are, if they have some.
    month_score: Option<&'static str>,
    drivers: Option<DriverSection>,
    groups: Option<GroupSection>,
    periods: Option<PeriodSection>,
    change: Option<ChangeSection>,
    experience: Vec<String>,
    lineage: Option<LineageSection>,
    history: Option<HistorySection>,
    alerts: Option<AlertSection>,
    corrections: Option<String>,
    suggestions: Option<FlagSection>,
    churn: Option<FlagSection>,
    languages: Vec<LanguageShare>,
    /// How much of the complaints the pain points hold: in short, and in full.
    extent: Option<String>,
    covered: Option<String>,
    shortened: Option<&'static str>,
    rows: Rows,
    definitions: Vec<(&'static str, &'static str)>,
}

/// What can be filtered by: identifiers and names.
#[derive(Serialize)]
struct Filters {
    phases: Vec<[String; 2]>,
    touchpoints: Vec<[String; 2]>,
    groups: Vec<[String; 2]>,
    months: Vec<[String; 2]>,
}

#[derive(Serialize)]
struct LinkedHeadline {
    figure: String,
    unit: &'static str,
    before: String,
    quoted: Option<String>,
    after: String,
    href: Option<String>,
}

/// A row of a chart: mentions by sentiment.
#[derive(Serialize)]
struct Figures {
    name: String,
    href: Option<String>,
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
    /// The page with so much of what customers said.
    pub(super) fn new(reader: &Reader, findings: &Findings, style: String, amount: Amount) -> Self {
        let language = reader.language;
        let presentation = &reader.presentation;
        let board = presentation.audience == Some(Audience::Board);
        let format = Format(language);
        let t = Labels::of(language);
        let t_score = t.score;
        let summary = &findings.summary;
        let names = Names::new(language, summary);
        let timeline = Timeline::new(&summary.months);
        let anchors = Anchors::new(findings);
        // Cards that the page does not have cannot be led to.
        let carded: BTreeSet<String> = match board {
            false => findings.topics.iter().map(|own| own.id.clone()).collect(),
            true => {
                let both =
                    findings.pain_points().take(BOARD).chain(findings.delights().take(BOARD));
                both.map(|own| own.id.clone()).collect()
            }
        };
        let context = Context {
            format,
            names: &names,
            timeline: &timeline,
            findings,
            anchors: &anchors,
            carded: &carded,
        };
        let counted = |count, noun| sentences::counted(language, count, &format.count(count), noun);
        let mentioned: Vec<&TouchpointSummary> =
            summary.touchpoints.iter().filter(|own| own.sentiment.total() > 0).collect();
        let ordered = in_order(&mentioned);
        let [pain, delight] = amount.depths();
        let (full, quiet) = match board {
            true => (Vec::new(), Vec::new()),
            false => chapters(&context, &ordered, [&pain, &delight]),
        };
        let best = match board {
            false => [Vec::new(), Vec::new()],
            true => {
                let depth = Depth { quotes: 1, more: false, whole: false, spark: true };
                let card = |(at, found)| Card::new(&context, found, at + 1, &depth);
                [
                    findings.pain_points().enumerate().take(BOARD).map(card).collect(),
                    findings.delights().enumerate().take(BOARD).map(card).collect(),
                ]
            }
        };
        let chapter_places = if board { Default::default() } else { addresses(findings, &anchors) };
        let touchpoints: Vec<Figures> = ordered
            .iter()
            .map(|(own, part)| {
                let href = chapter_places.get(own.id.as_str()).map(|id| format!("#{id}"));
                Figures { part: *part, href, ..Figures::of_touchpoint(format, &names, own) }
            })
            .collect();
        let voices = (if board { 1 } else { pain.quotes }, pain.whole && !board);
        let all = summary.sentiment;
        let headline = |own: Headline| LinkedHeadline {
            figure: own.figure,
            unit: own.unit,
            before: own.before,
            quoted: own.quoted,
            after: own.after,
            href: match own.evidence {
                Evidence::Topic(id) => {
                    carded.contains(&id).then(|| format!("#{}", anchors.topic(&id)))
                }
                Evidence::Journey => Some("#journey".to_owned()),
                Evidence::Trend => Some("#trend".to_owned()),
                Evidence::Whole => None,
            },
        };
        Self {
            lang: language.code(),
            version: env!("CARGO_PKG_VERSION"),
            style,
            script: SCRIPT,
            title: presentation.title.clone().unwrap_or_else(|| t.title.to_owned()),
            t,
            company: presentation.company.clone(),
            introduction: presentation.introduction.clone(),
            logo: presentation.logo.as_ref().map(|logo| {
                let data = super::base64(&logo.bytes);
                format!("data:{};base64,{data}", logo.media_type)
            }),
            period: summary.period.map(|(first, last)| format.period(first, last)),
            feedback: counted(summary.rows.feedback, Noun::Feedback),
            mentions: counted(all.total(), Noun::Mention),
            within: summary
                .touchpoint
                .as_deref()
                .map(|id| sentences::within(language, names.touchpoint(id))),
            reading: ReadingSection::new(language, findings),
            filters: Filters::new(format, &context, &chapter_places),
            recommenders: summary.nps.map(|nps| Stacked::of_nps(format, nps)),
            model: Some(findings.matching.model.chars().take(8).collect()),
            overall: (all.total() > 0).then(|| Figures::new(format, "", all)),
            headlines: headlines(format, &names, findings).into_iter().map(headline).collect(),
            journey: Journey::new(format, summary, &chapter_places),
            any_parts: touchpoints.iter().any(|row| row.part),
            touchpoints,
            unmentioned: unmentioned(format, summary),
            priorities: Priorities::new(format, &names, findings, |own| context.href(own)),
            pain_points: Ranking::new(
                &context,
                &findings.pain_points().collect::<Vec<_>>(),
                Noun::PainPoint,
            ),
            delights: Ranking::new(&context, &findings.delights().collect::<Vec<_>>(), Noun::Topic),
            best,
            quiet_title: counted(quiet.len() as u64, Noun::Touchpoint),
            chapters: full,
            quiet,
            trend: Trend::new(format, &timeline),
            month_score: summary
                .months
                .iter()
                .any(|month| month.score.is_some())
                .then_some(if summary.nps.is_some() { "NPS" } else { t_score }),
            months: summary
                .months
                .iter()
                .map(|month| MonthRow::new(format, month, summary.nps.is_some()))
                .collect(),
            drivers: DriverSection::new(format, findings, |own| context.href(own)),
            groups: GroupSection::new(format, findings),
            periods: PeriodSection::new(format, findings),
            change: ChangeSection::new(format, findings),
            experience: experience(format, summary),
            lineage: LineageSection::new(format, findings),
            history: HistorySection::new(format, findings, t_score, |own| {
                carded.contains(&own.id).then(|| context.href(own))
            }),
            alerts: AlertSection::new(format, &names, findings, |id| {
                carded.contains(id).then(|| format!("#{}", anchors.topic(id)))
            }),
            corrections: corrections(format, findings),
            suggestions: FlagSection::new(format, &names, findings, Flag::Suggestion, voices),
            churn: FlagSection::new(format, &names, findings, Flag::Churn, voices),
            languages: languages(format, summary),
            extent: extent(format, findings),
            covered: covered(format, summary),
            shortened: (amount != Amount::Full).then(|| maps::shortened(language)),
            rows: Rows::new(format, &summary.rows),
            definitions: glossary::definitions(
                language,
                summary.nps.is_some(),
                &findings.comparisons,
            ),
        }
    }
}

impl Filters {
    fn new(
        format: Format,
        context: &Context<'_>,
        chapters: &std::collections::BTreeMap<&str, String>,
    ) -> Self {
        let summary = &context.findings.summary;
        let touchpoints = summary.touchpoints.iter();
        let touchpoints = touchpoints.filter(|own| chapters.contains_key(own.id.as_str()));
        let mut touchpoints: Vec<[String; 2]> = touchpoints
            .map(|own| [own.id.clone(), touchpoint_name(format.0, own).to_owned()])
            .collect();
        touchpoints.sort_by(|a, b| a[1].to_lowercase().cmp(&b[1].to_lowercase()));
        let phases = summary.phases.iter().filter(|phase| phase.sentiment.total() > 0);
        let told = |group: &crate::mention::Group| {
            let topics = context.findings.topics.iter().flat_map(|own| &own.groups);
            topics.into_iter().any(|own| {
                own.group == *group && own.comparison.is_real() && own.comparison.difference > 0.0
            })
        };
        let groups = summary.groups.iter().enumerate().filter(|(_, own)| told(&own.group));
        let dated: BTreeSet<_> = context
            .findings
            .topics
            .iter()
            .flat_map(|own| &own.verbatims)
            .filter_map(|own| own.date)
            .map(|date| date.first_of_month())
            .collect();
        Self {
            phases: phases
                .map(|phase| [phase.id.clone(), phase_name(format.0, phase).to_owned()])
                .collect(),
            touchpoints,
            groups: groups
                .map(|(at, own)| {
                    [at.to_string(), format!("{}: {}", own.group.column, own.group.value)]
                })
                .collect(),
            months: dated
                .into_iter()
                .map(|month| [month.strftime("%Y-%m").to_string(), format.month(month)])
                .collect(),
        }
    }
}

/// A sentence about the touchpoints that nobody mentioned.
fn unmentioned(format: Format, summary: &Summary) -> Option<String> {
    let silent = summary.touchpoints.iter().filter(|own| own.sentiment.total() == 0);
    let silent: Vec<_> = silent.map(|own| touchpoint_name(format.0, own)).collect();
    (!silent.is_empty()).then(|| sentences::unmentioned(format.0, &silent))
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
    let Summary { covered, cries, doubtful, .. } = &findings.summary;
    let others = findings.summary.others();
    let pain_points = findings.pain_points().count() as u64;
    (covered.of > 0 && pain_points > 0).then(|| {
        sentences::extent(
            format.0,
            &format.count(covered.of),
            &format.count(pain_points),
            [*covered, others, *cries].map(|own| format.share(own)),
            (doubtful.count > 0).then(|| format.share(*doubtful)).as_deref(),
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
            href: None,
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
