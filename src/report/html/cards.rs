//! Pain points and delights: the figures, and the customers' words behind them.

use serde::Serialize;

use crate::painpoint::findings::{Findings, Outcome, Scale, Topic};

use super::charts::Share;
use super::quotation::Quotation;
use super::spark::Spark;
use super::timeline::Timeline;
use crate::report::words::Names;
use crate::report::words::comparisons;
use crate::report::words::format::Format;
use crate::report::words::label;
use crate::report::words::sentences::{self, Noun};

/// Words shown of a pain point. `pain_points.csv` has them all.
const TERMS: usize = 12;

/// A ranked list: its head in full, its tail as a table.
#[derive(Serialize)]
pub(super) struct Ranking {
    anchor: &'static str,
    scale: String,
    cards: Vec<Card>,
    rest: Vec<Card>,
    rest_title: String,
}

/// One pain point or delight.
#[derive(Serialize)]
struct Card {
    rank: usize,
    label: String,
    touchpoint: String,
    phase: Option<String>,
    share: Share,
    mentions: String,
    severity: String,
    /// The others that tell nearly the same, and what all have together.
    family: Option<String>,
    impact: Option<String>,
    cost: Option<String>,
    controllable: bool,
    status: Option<&'static str>,
    terms: Vec<String>,
    more_terms: bool,
    spark: Option<Spark>,
    quotes: Vec<Quotation>,
    more_quotes: Vec<Quotation>,
    more_title: String,
}

/// What a ranking is made with.
pub(super) struct Context<'a> {
    pub(super) format: Format,
    pub(super) names: &'a Names<'a>,
    pub(super) timeline: &'a Timeline,
    pub(super) findings: &'a Findings,
}

/// How much of a ranking stands open on the page.
pub(super) struct Depth {
    pub(super) cards: usize,
    /// Of each card.
    pub(super) quotes: usize,
    /// Whether each card has its trend.
    pub(super) spark: bool,
    /// Whether these are delights.
    pub(super) delights: bool,
}

impl Ranking {
    /// `anchor` starts the cards' ids, `noun` names those that are no cards.
    pub(super) fn new(
        context: &Context<'_>,
        found: &[&Topic],
        anchor: &'static str,
        depth: &Depth,
        noun: Noun,
    ) -> Self {
        let format = context.format;
        let maximum = Share::maximum(found.iter().map(|found| found.feedback));
        let mut cards: Vec<_> = found
            .iter()
            .enumerate()
            .map(|(at, found)| Card::new(context, found, at + 1, maximum, depth))
            .collect();
        let rest = cards.split_off(depth.cards.min(cards.len()));
        let count = rest.len() as u64;
        Self {
            anchor,
            scale: sentences::scale(
                format.0,
                &format.percent((maximum * 100.0) as u64, 100),
                &comparisons::order(
                    format.0,
                    context.findings.comparisons.ranked_by().map(|ranked| ranked.scale),
                ),
            ),
            cards,
            rest_title: sentences::counted(format.0, count, &format.count(count), noun),
            rest,
        }
    }
}

impl Card {
    fn new(context: &Context<'_>, found: &Topic, rank: usize, maximum: f64, depth: &Depth) -> Self {
        let format = context.format;
        let terms = found.surfaces();
        let mut quotes = found.verbatims.iter().map(|verbatim| Quotation::new(format, verbatim));
        let shown = quotes.by_ref().take(depth.quotes).collect();
        let more_quotes: Vec<_> = quotes.collect();
        let more = more_quotes.len() as u64;
        Self {
            rank,
            label: label(&found.label),
            touchpoint: context.names.touchpoint(&found.touchpoint).to_owned(),
            phase: found.phase.as_deref().map(|id| context.names.phase(id).to_owned()),
            share: Share::new(format, found.feedback, maximum),
            mentions: sentences::counted(
                format.0,
                found.mentions,
                &format.count(found.mentions),
                Noun::Mention,
            ),
            severity: sentences::of_hundred(format.0, &format.fixed(found.severity * 100.0, 0)),
            family: family(context, found),
            impact: impact(format, context.findings.comparisons.outcome, found, depth.delights),
            cost: cost(context, found, depth.delights),
            controllable: found.controllable,
            status: found.change.and_then(|change| comparisons::status(format.0, change.status())),
            more_terms: terms.len() > TERMS,
            terms: terms.into_iter().take(TERMS).collect(),
            spark: depth
                .spark
                .then(|| Spark::new(format, context.timeline, &found.months))
                .flatten()
                .map(|spark| spark.with_course(course(context, found))),
            quotes: shown,
            more_title: sentences::counted(format.0, more, &format.count(more), Noun::Voice),
            more_quotes,
        }
    }
}

/// The others that tell nearly the same, and the share of all.
pub(super) fn family(context: &Context<'_>, found: &Topic) -> Option<String> {
    let Context { format, names, findings, .. } = context;
    let family = findings.family(found)?;
    let others =
        findings.topics.iter().filter(|own| own.id != found.id && family.topics.contains(&own.id));
    // A touchpoint that is its own is named already.
    let elsewhere = |own: &&Topic| own.touchpoint != found.touchpoint;
    let others: Vec<(String, Option<&str>)> = others
        .map(|own| {
            let touchpoint = Some(own).filter(elsewhere).map(|own| own.touchpoint.as_str());
            (label(&own.label), touchpoint.map(|id| names.touchpoint(id)))
        })
        .collect();
    Some(sentences::family(format.0, &others, &format.share(family.feedback)))
}

/// How much lower, or for a delight higher, the score is with it.
pub(super) fn impact(
    format: Format,
    outcome: Option<Outcome>,
    found: &Topic,
    higher: bool,
) -> Option<String> {
    let score = outcome?.scale;
    let impact = found.impact?;
    let show = |value: f64| format.amount(score, value);
    let is_clear = impact.impact.low > 0.0;
    let value = show(impact.impact.value);
    Some(comparisons::impact(
        format.0,
        score,
        higher,
        is_clear.then_some(value.as_str()),
        [&show(impact.impact.low), &show(impact.impact.high)],
        &format.count(impact.with),
    ))
}

/// What it costs over all customers, where the ranking follows from that.
fn cost(context: &Context<'_>, found: &Topic, higher: bool) -> Option<String> {
    let outcome = context.findings.comparisons.ranked_by()?;
    // What may be chance is no cost.
    found.impact.filter(|impact| impact.impact.low > 0.0)?;
    let points = found.priority * outcome.scale.range();
    let points = match outcome.scale {
        Scale::Nps => context.format.fixed(points * 100.0, 1),
        Scale::Rating { .. } => context.format.fixed(points, 2),
    };
    Some(comparisons::cost(context.format.0, outcome.scale, higher, &points))
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
