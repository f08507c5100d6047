//! Pain points and delights: the figures, and the customers' words behind them.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::painpoint::findings::{Findings, GroupComparison, Topic};

use super::anchors::Anchors;
use super::charts::{Share, Spark, Timeline};
use super::quotation::Quotation;
use crate::report::telling::{cost, family, impact, points, sureness, total};
use crate::report::words::Names;
use crate::report::words::comparisons;
use crate::report::words::format::Format;
use crate::report::words::label;
use crate::report::words::sentences::{self, Noun};

/// Words shown of a pain point. `pain_points.csv` has them all.
const TERMS: usize = 12;
/// Rows of a ranking before the fold.
const ROWS: usize = 10;

/// A ranked list.
#[derive(Serialize)]
pub(super) struct Ranking {
    scale: String,
    /// What the column of costs is called, if scores rank.
    score: Option<&'static str>,
    rows: Vec<RankingRow>,
    rest: Vec<RankingRow>,
    rest_title: String,
}

/// One pain point or delight in its place.
#[derive(Serialize)]
struct RankingRow {
    rank: usize,
    label: String,
    href: String,
    touchpoint: String,
    share: Share,
    /// The share as a number, to sort by.
    raw: String,
    /// What it costs or brings in total, where scores rank.
    cost: Option<CostCell>,
    severity: String,
    /// Whether it is rising or falling beyond chance.
    trend: Option<&'static str>,
}

#[derive(Serialize)]
struct CostCell {
    value: String,
    raw: String,
    doubt: Option<&'static str>,
}

/// One pain point or delight with its evidence.
#[derive(Serialize)]
pub(super) struct Card {
    id: String,
    rank: usize,
    label: String,
    touchpoint_id: String,
    phase_id: String,
    groups: String,
    share: Share,
    mentions: String,
    severity: String,
    /// To what share its bar runs.
    scale: String,
    /// When it was first mentioned, if that is later than the data begin.
    first: Option<String>,
    /// The others that tell nearly the same, and what all have together.
    family: Option<String>,
    impact: Option<String>,
    cost: Option<String>,
    status: Option<&'static str>,
    terms: Vec<String>,
    more_terms: bool,
    spark: Option<Spark>,
    quotes: Vec<Quotation>,
    more_quotes: Vec<Quotation>,
    more_title: String,
}

/// What a page is made with.
pub(super) struct Context<'a> {
    pub(super) format: Format,
    pub(super) names: &'a Names<'a>,
    pub(super) timeline: &'a Timeline,
    pub(super) findings: &'a Findings,
    pub(super) anchors: &'a Anchors<'a>,
    /// Identifiers of the topics that have a card on the page.
    pub(super) carded: &'a BTreeSet<String>,
}

/// How much is told of a topic.
#[derive(Clone, Copy)]
pub(super) struct Depth {
    /// Voices that stand open.
    pub(super) quotes: usize,
    /// Whether the others can be opened.
    pub(super) more: bool,
    /// Whether all of their feedback can be.
    pub(super) whole: bool,
    /// Whether it has its trend.
    pub(super) spark: bool,
}

impl Ranking {
    /// The pain points or the delights, in their order; `noun` names those after the first ten.
    pub(super) fn new(context: &Context<'_>, found: &[&Topic], noun: Noun) -> Self {
        let format = context.format;
        let maximum = Share::maximum(found.iter().map(|found| found.feedback));
        let mut rows: Vec<_> = found
            .iter()
            .enumerate()
            .map(|(at, found)| RankingRow::new(context, found, at + 1, maximum))
            .collect();
        let rest = rows.split_off(ROWS.min(rows.len()));
        let count = rest.len() as u64;
        Self {
            scale: sentences::scale(
                format.0,
                &format.percent((maximum * 100.0) as u64, 100),
                &comparisons::order(
                    format.0,
                    context.findings.comparisons.ranked_by().map(|ranked| ranked.scale),
                ),
            ),
            score: context
                .findings
                .comparisons
                .ranked_by()
                .map(|outcome| comparisons::in_total(format.0, outcome.scale)),
            rows,
            rest_title: sentences::counted(format.0, count, &format.count(count), noun),
            rest,
        }
    }
}

impl RankingRow {
    fn new(context: &Context<'_>, found: &Topic, rank: usize, maximum: f64) -> Self {
        let Context { format, names, findings, .. } = *context;
        let trend = found.trend.filter(crate::tally::comparison::Comparison::is_real);
        Self {
            rank,
            label: label(&found.label),
            href: context.href(found),
            touchpoint: names.touchpoint(&found.touchpoint).to_owned(),
            share: Share::new(format, found.feedback, maximum),
            raw: format!("{:.6}", found.feedback.share),
            cost: findings.comparisons.ranked_by().map(|outcome| {
                let sign = if found.kind.is_delight() { 1.0 } else { -1.0 };
                let total = sign * total(outcome.scale, found);
                CostCell {
                    value: points(format, outcome.scale, total),
                    raw: format!("{total:.8}"),
                    doubt: comparisons::sureness(format.0, sureness(found)),
                }
            }),
            severity: format.fixed(found.severity * 100.0, 0),
            trend: trend.map(|trend| if trend.difference > 0.0 { "▲" } else { "▼" }),
        }
    }
}

impl Card {
    pub(super) fn new(context: &Context<'_>, found: &Topic, rank: usize, depth: &Depth) -> Self {
        let format = context.format;
        let like = context.findings.of_kind(found.kind);
        let maximum = Share::maximum(like.map(|own| own.feedback));
        let terms = found.surfaces();
        let quote = |verbatim| Quotation::new(format, verbatim, &terms, depth.whole);
        let quotes = found.verbatims.iter().take(depth.quotes).map(quote).collect();
        let rest = if depth.more { found.verbatims.get(depth.quotes..) } else { None };
        let more_quotes: Vec<_> = rest.unwrap_or_default().iter().map(quote).collect();
        let more = more_quotes.len() as u64;
        let delight = found.kind.is_delight();
        Self {
            id: context.anchors.topic(&found.id).to_owned(),
            rank,
            label: label(&found.label),
            touchpoint_id: found.touchpoint.clone(),
            phase_id: found.phase.clone().unwrap_or_default(),
            groups: context.groups_of(found),
            share: Share::new(format, found.feedback, maximum),
            mentions: sentences::counted(
                format.0,
                found.mentions,
                &format.count(found.mentions),
                Noun::Mention,
            ),
            severity: sentences::of_hundred(format.0, &format.fixed(found.severity * 100.0, 0)),
            scale: format.percent((maximum * 100.0) as u64, 100),
            first: first(context, found),
            family: family(format, context.names, context.findings, found),
            impact: impact(format, context.findings.comparisons.outcome, found, delight),
            cost: cost(format, context.findings, found),
            status: found.change.and_then(|change| comparisons::status(format.0, change.status())),
            spark: depth
                .spark
                .then(|| Spark::new(format, context.timeline, &found.months))
                .flatten()
                .map(|spark| spark.with_course(course(context, found))),
            quotes,
            more_title: sentences::counted(format.0, more, &format.count(more), Noun::Voice),
            more_quotes,
            more_terms: terms.len() > TERMS,
            terms: terms.into_iter().take(TERMS).collect(),
        }
    }
}

impl Context<'_> {
    /// The address of a topic's card; empty if the page has none.
    pub(super) fn href(&self, found: &Topic) -> String {
        let has_card = self.carded.contains(&found.id);
        if has_card { format!("#{}", self.anchors.topic(&found.id)) } else { String::new() }
    }

    /// Numbers of the groups that mention a topic more than the others of their column, as the page counts them.
    fn groups_of(&self, found: &Topic) -> String {
        let more = found.groups.iter().filter(|own| own.comparison.is_real());
        let more = more.filter(|own| own.comparison.difference > 0.0);
        let number = |own: &GroupComparison| {
            self.findings.summary.groups.iter().position(|group| group.group == own.group)
        };
        more.filter_map(number).map(|at| at.to_string()).collect::<Vec<_>>().join(" ")
    }
}

/// The first month in which it was mentioned, if the data begin before.
fn first(context: &Context<'_>, found: &Topic) -> Option<String> {
    let (first, _) = found.months.first_key_value()?;
    let begins = context.findings.summary.months.first()?.month;
    (*first > begins)
        .then(|| comparisons::first_mentioned(context.format.0, &context.format.month(*first)))
}

/// How its share moved from the earlier period to the later one, if they are compared.
fn course(context: &Context<'_>, found: &Topic) -> Option<String> {
    let since = context.findings.comparisons.periods?.since;
    let trend = found.trend.filter(|trend| trend.p.is_some())?;
    let rising = trend.is_real().then_some(trend.difference > 0.0);
    let format = context.format;
    let [from, to] = [trend.there, trend.here].map(|share| format.share(share));
    Some(comparisons::course(format.0, rising, [&from, &to], &format.date(since)))
}
