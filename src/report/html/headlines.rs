//! The findings in a sentence each: what hurts most, what pleases most, who recommends, which phase
//! is worst.

use serde::Serialize;

use crate::painpoint::findings::{Findings, Topic};
use crate::tally::summary::{NpsSummary, PhaseSummary, RatingSummary};

use super::cards::{self, Context};
use super::chance::differ;
use super::charts::FEW;
use crate::report::words::Names;
use crate::report::words::comparisons;
use crate::report::words::format::Format;
use crate::report::words::sentences::{self, Mentioned, Noun, Unit};
use crate::report::words::{label, phase_name};

/// A figure and what it says. Customers' words stand apart, so that the template can isolate them.
#[derive(Serialize)]
pub(super) struct Headline {
    figure: String,
    /// What the figure is, in a word or two.
    unit: &'static str,
    before: String,
    quoted: Option<String>,
    after: String,
    /// Where on the page the evidence is.
    href: Option<&'static str>,
}

/// At most six headlines, the worst news first.
pub(super) fn headlines(context: &Context<'_>) -> Vec<Headline> {
    let Context { format, names, findings, .. } = *context;
    let summary = &findings.summary;
    let worst = findings.pain_points().next().map(|found| {
        let words = sentences::worst_pain_point(format.0, &mentioned(format, names, found));
        let [before, after] = words;
        let impact = cards::impact(format, findings.comparisons.outcome, found, false);
        let family = cards::family(context, found);
        let after = [Some(after), impact, family].into_iter().flatten().collect::<Vec<_>>();
        let after = after.join(" ");
        topic(format, found, [before, after], "#pain-point-1")
    });
    let best = findings.delights().next().map(|found| {
        let words = sentences::greatest_delight(format.0, &mentioned(format, names, found));
        topic(format, found, words, "#delight-1")
    });
    [
        worst,
        worst_phase(format, &summary.phases),
        rising(format, findings),
        best,
        summary.nps.map(|nps| recommendation(format, nps)),
        summary.rating.map(|rating| mean_rating(format, rating)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The pain point that has grown most, beyond chance.
fn rising(format: Format, findings: &Findings) -> Option<Headline> {
    let since = findings.comparisons.periods?.since;
    let growing = findings.pain_points().filter_map(|found| {
        let trend = found.trend?;
        (trend.is_real() && trend.difference > 0.0).then_some((found, trend))
    });
    let (found, trend) = growing.max_by(|(a, left), (b, right)| {
        left.difference.total_cmp(&right.difference).then_with(|| b.id.cmp(&a.id))
    })?;
    let [from, to] = [trend.there, trend.here].map(|share| format.share(share));
    let [before, after] = comparisons::rising(format.0, [&from, &to], &format.date(since));
    Some(Headline {
        figure: to,
        unit: sentences::unit(format.0, Unit::Feedback),
        before,
        quoted: Some(label(&found.label)),
        after,
        href: Some("#periods"),
    })
}

fn mentioned(format: Format, names: &Names<'_>, found: &Topic) -> Mentioned {
    Mentioned {
        touchpoint: names.touchpoint(&found.touchpoint).to_owned(),
        count: format.count(found.feedback.count),
        of: format.count(found.feedback.of),
        interval: format.share_interval(found.feedback),
    }
}

fn topic(
    format: Format,
    found: &Topic,
    [before, after]: [String; 2],
    href: &'static str,
) -> Headline {
    Headline {
        figure: format.share(found.feedback),
        unit: sentences::unit(format.0, Unit::Feedback),
        before,
        quoted: Some(label(&found.label)),
        after,
        href: Some(href),
    }
}

/// Share of the mentions, in percent, below which a phase makes no headline: those who leave are always few and
/// always angry.
const LEAST_PERCENT: u64 = 5;

/// The worst of at least two phases with enough mentions.
fn worst_phase(format: Format, phases: &[PhaseSummary]) -> Option<Headline> {
    let all: u64 = phases.iter().map(|phase| phase.sentiment.total()).sum();
    let phases = || phases.iter().filter(|phase| phase.sentiment.total() > 0);
    let mut ranked: Vec<_> = phases()
        .map(|phase| (phase, phase.sentiment.net_sentiment()))
        .filter(|(_, net)| net.n >= FEW && net.n * 100 >= all * LEAST_PERCENT)
        .collect();
    let is_part = ranked.len() < phases().count();
    let share = format.percent(LEAST_PERCENT, 100);
    ranked.sort_by(|a, b| a.1.value.total_cmp(&b.1.value));
    let [(worst, net), (rival, next), ..] = ranked.as_slice() else { return None };
    let percent = |count| format.percent(count, net.n);
    Some(Headline {
        figure: format.points(net.value),
        unit: sentences::unit(format.0, Unit::NetSentiment),
        before: sentences::worst_phase(
            format.0,
            (phase_name(format.0, worst), is_part.then_some(share.as_str())),
            [&percent(worst.sentiment.negative), &percent(worst.sentiment.positive)],
            &format.points_interval(*net),
            (!differ(*net, *next)).then_some(phase_name(format.0, rival)),
        ),
        quoted: None,
        after: String::new(),
        href: Some("#journey"),
    })
}

fn recommendation(format: Format, nps: NpsSummary) -> Headline {
    let percent = |count| format.percent(count, nps.nps.n);
    let answers = sentences::counted(format.0, nps.nps.n, &format.count(nps.nps.n), Noun::Answer);
    Headline {
        figure: format.points(nps.nps.value),
        unit: sentences::unit(format.0, Unit::Nps),
        before: sentences::nps(
            format.0,
            &format.points_interval(nps.nps),
            &percent(nps.promoters),
            &percent(nps.detractors),
            &answers,
        ),
        quoted: None,
        after: String::new(),
        href: None,
    }
}

fn mean_rating(format: Format, rating: RatingSummary) -> Headline {
    let mean = rating.mean;
    let ratings = sentences::counted(format.0, mean.n, &format.count(mean.n), Noun::Rating);
    Headline {
        figure: format.fixed(mean.value, 1),
        unit: sentences::unit(format.0, Unit::Rating),
        before: sentences::rating(
            format.0,
            [&format.number(rating.lowest), &format.number(rating.highest)],
            [&format.fixed(mean.low, 1), &format.fixed(mean.high, 1)],
            &ratings,
        ),
        quoted: None,
        after: String::new(),
        href: None,
    }
}

#[cfg(test)]
mod tests {
    use crate::config::codebook::Localised;
    use crate::tally::summary::SentimentCounts;

    use super::super::super::ReportLanguage::En;
    use super::*;

    fn phase(name: &str, negative: u64, positive: u64) -> PhaseSummary {
        PhaseSummary {
            id: name.to_owned(),
            names: Localised::default(),
            sentiment: SentimentCounts { negative, neutral: 0, positive },
        }
    }

    #[test]
    fn a_phase_with_few_mentions_is_not_called_the_worst() {
        for leaving in [9, 35] {
            let exit = phase("Exit", leaving, 0);
            let phases = [exit, phase("Use", 300, 100), phase("Service", 100, 300)];
            let headline = worst_phase(Format(En), &phases).unwrap();
            let told =
                "Of the phases with 5% of the mentions or more, net sentiment is lowest in “Use”";
            assert!(headline.before.starts_with(told), "{}", headline.before);
            assert_eq!(headline.figure, "−50");
        }
    }

    #[test]
    fn a_narrow_lead_is_called_chance_and_a_clear_one_is_not() {
        let close = [phase("Use", 52, 48), phase("Service", 50, 50)];
        assert!(worst_phase(Format(En), &close).unwrap().before.contains("may be chance"));
        let clear = [phase("Use", 300, 100), phase("Service", 100, 300)];
        assert!(!worst_phase(Format(En), &clear).unwrap().before.contains("chance"));
    }

    #[test]
    fn one_phase_alone_is_neither_worst_nor_best() {
        assert!(worst_phase(Format(En), &[phase("Use", 300, 100)]).is_none());
    }
}
