//! Pain points and delights: the figures, and the customers' words behind them.

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::painpoint::findings::{Comparisons, Outcome, PainPoint, Score, Verbatim};

use super::charts::Share;
use super::comparison_wording;
use super::comparisons::amount;
use super::format::Format;
use super::names::Names;
use super::spark::Spark;
use super::timeline::Timeline;
use super::wording::{self, Noun};

/// Longest quotation, in characters as a reader counts them. `mentions.csv` has the whole.
const QUOTE: usize = 320;
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
    impact: Option<String>,
    cost: Option<String>,
    controllable: bool,
    status: Option<&'static str>,
    terms: Vec<String>,
    more_terms: bool,
    spark: Option<Spark>,
    quotes: Vec<Quote>,
    more_quotes: Vec<Quote>,
    more_title: String,
}

/// A customer's words.
#[derive(Serialize)]
pub(super) struct Quote {
    text: String,
    date: Option<String>,
}

/// What a ranking is made with.
pub(super) struct Context<'a> {
    pub(super) format: Format,
    pub(super) names: &'a Names<'a>,
    pub(super) timeline: &'a Timeline,
    pub(super) comparisons: &'a Comparisons,
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

impl Context<'_> {
    /// The score that the ranking follows from, if it does.
    fn ranked_by(&self) -> Option<Outcome> {
        self.comparisons.outcome.filter(|outcome| outcome.ranks)
    }
}

impl Ranking {
    /// `anchor` starts the cards' ids, `noun` names those that are no cards.
    pub(super) fn new(
        context: &Context<'_>,
        found: &[PainPoint],
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
            scale: wording::scale(
                format.0,
                &format.percent((maximum * 100.0) as u64, 100),
                &comparison_wording::order(
                    format.0,
                    context.ranked_by().map(|ranked| ranked.score),
                ),
            ),
            cards,
            rest_title: wording::counted(format.0, count, &format.count(count), noun),
            rest,
        }
    }
}

impl Card {
    fn new(
        context: &Context<'_>,
        found: &PainPoint,
        rank: usize,
        maximum: f64,
        depth: &Depth,
    ) -> Self {
        let format = context.format;
        let mut quotes = found.verbatims.iter().map(|verbatim| Quote::new(format, verbatim));
        let shown = quotes.by_ref().take(depth.quotes).collect();
        let more_quotes: Vec<_> = quotes.collect();
        let more = more_quotes.len() as u64;
        Self {
            rank,
            label: found.label.clone(),
            touchpoint: context.names.touchpoint(&found.touchpoint).to_owned(),
            phase: context.names.phase(&found.phase).map(str::to_owned),
            share: Share::new(format, found.feedback, maximum),
            mentions: wording::counted(
                format.0,
                found.mentions,
                &format.count(found.mentions),
                Noun::Mention,
            ),
            severity: wording::of_hundred(format.0, &format.fixed(found.severity * 100.0, 0)),
            impact: impact(format, context.comparisons.outcome, found, depth.delights),
            cost: cost(context, found, depth.delights),
            controllable: found.evidence.controllable,
            status: found
                .evidence
                .change
                .and_then(|change| comparison_wording::status(format.0, change.status())),
            terms: found.terms.iter().take(TERMS).cloned().collect(),
            more_terms: found.terms.len() > TERMS,
            spark: depth
                .spark
                .then(|| Spark::new(format, context.timeline, &found.months))
                .flatten()
                .map(|spark| spark.with_course(course(context, found))),
            quotes: shown,
            more_title: wording::counted(format.0, more, &format.count(more), Noun::Voice),
            more_quotes,
        }
    }
}

/// How much lower, or for a delight higher, the score is with it.
pub(super) fn impact(
    format: Format,
    outcome: Option<Outcome>,
    found: &PainPoint,
    higher: bool,
) -> Option<String> {
    let score = outcome?.score;
    let impact = found.evidence.impact?;
    let show = |value: f64| amount(format, score, value);
    let is_clear = impact.impact.low > 0.0;
    let value = show(impact.impact.value);
    Some(comparison_wording::impact(
        format.0,
        score,
        higher,
        is_clear.then_some(value.as_str()),
        [&show(impact.impact.low), &show(impact.impact.high)],
        &format.count(impact.with),
    ))
}

/// What it costs over all customers, where the ranking follows from that.
fn cost(context: &Context<'_>, found: &PainPoint, higher: bool) -> Option<String> {
    let outcome = context.ranked_by()?;
    // What may be chance is no cost.
    found.evidence.impact.filter(|impact| impact.impact.low > 0.0)?;
    let points = found.priority * outcome.score.range();
    let points = match outcome.score {
        Score::Nps => context.format.fixed(points * 100.0, 1),
        Score::Rating { .. } => context.format.fixed(points, 2),
    };
    Some(comparison_wording::cost(context.format.0, outcome.score, higher, &points))
}

/// How its share moved from the earlier period to the later one, if they are compared.
fn course(context: &Context<'_>, found: &PainPoint) -> Option<String> {
    let since = context.comparisons.periods?.since;
    let trend = found.evidence.trend.filter(|trend| trend.p.is_some())?;
    let rising = trend.is_real().then_some(trend.difference > 0.0);
    let format = context.format;
    let [from, to] = [trend.there, trend.here].map(|share| format.share(share));
    Some(comparison_wording::course(format.0, rising, [&from, &to], &format.date(since)))
}

impl Quote {
    pub(super) fn new(format: Format, verbatim: &Verbatim) -> Self {
        Self { text: shortened(&verbatim.text), date: verbatim.date.map(|date| format.date(date)) }
    }
}

/// Cuts a long text, between words if it has any.
fn shortened(text: &str) -> String {
    let Some((end, _)) = text.grapheme_indices(true).nth(QUOTE) else { return text.to_owned() };
    let head = &text[..end];
    let head = match head.rfind(char::is_whitespace) {
        Some(space) if space > end / 2 => &head[..space],
        _ => head,
    };
    format!("{} […]", head.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_quotations_end_between_words() {
        let text = "warten ".repeat(100);
        let short = shortened(&text);
        assert!(short.ends_with("warten […]"), "{short}");
        assert!(short.graphemes(true).count() <= QUOTE + 4);
        assert_eq!(shortened("kurz"), "kurz");
    }

    #[test]
    fn an_endless_word_is_cut_between_graphemes() {
        let family = "👨‍👩‍👧‍👦";
        let short = shortened(&family.repeat(400));
        assert_eq!(short, format!("{} […]", family.repeat(QUOTE)));
    }
}
