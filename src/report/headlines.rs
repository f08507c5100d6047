//! The findings in a sentence each, the worst news first. All reports for people tell these.

use super::chance::{FEW, differ};
use super::telling::{cost, family, impact, sureness};
use super::words::Names;
use super::words::comparisons::{self, Sureness};
use super::words::format::Format;
use super::words::sentences::{self, Mentioned, Noun, Unit};
use super::words::{label, phase_name};
use crate::painpoint::findings::{Findings, Topic};
use crate::tally::counts::SentimentCounts;
use crate::tally::statistics::Estimate;
use crate::tally::summary::{NpsSummary, PhaseSummary, RatingSummary, Summary};

/// A figure and what it says. Customers' words stand apart, so that a page can isolate them.
pub(super) struct Headline {
    pub(super) figure: String,
    /// What the figure is, in a word or two.
    pub(super) unit: &'static str,
    pub(super) before: String,
    pub(super) quoted: Option<String>,
    pub(super) after: String,
    pub(super) evidence: Evidence,
}

/// Where the evidence of a headline is.
pub(super) enum Evidence {
    /// At the topic with this identifier.
    Topic(String),
    /// On the map of the journey.
    Journey,
    /// In the trend.
    Trend,
    /// In the figures of the whole alone.
    Whole,
}

/// Headlines at most.
const MOST: usize = 5;

/// At most five headlines: the two worst pain points; what is rising, else the last month if it stands out, else the
/// worst phase; the score; the greatest delight.
pub(super) fn headlines(format: Format, names: &Names<'_>, findings: &Findings) -> Vec<Headline> {
    let summary = &findings.summary;
    let ranked = findings.comparisons.ranked_by().map(|outcome| outcome.scale);
    // What may be chance neither costs nor brings.
    let ranked = |found: &Topic| ranked.filter(|_| matches!(sureness(found), Sureness::Clear));
    let tell = |found: &Topic, before: &str| {
        let after = mentioned(format, names, found).after_name(format.0);
        let cost = cost(format, findings, found);
        let impact = impact(format, findings.comparisons.outcome, found, found.kind.is_delight());
        let course = rise(format, findings, found);
        let family = family(format, names, findings, found);
        let after = [Some(after), impact, cost, course, family].into_iter().flatten();
        topic(format, found, [before.to_owned(), after.collect::<Vec<_>>().join(" ")])
    };
    let worst: Vec<&Topic> = findings.pain_points().take(2).collect();
    let told: Vec<&str> = worst.iter().map(|own| own.id.as_str()).collect();
    let next = worst.get(1).map(|found| {
        // Of two that cost as much each, who is first may be chance.
        let tied = !differ(worst[0].feedback, found.feedback);
        tell(found, sentences::next_pain_point(format.0, tied))
    });
    let worst = worst
        .first()
        .map(|found| tell(found, sentences::worst_pain_point(format.0, ranked(found))));
    // What is clear first, though it may be rarer.
    let clear = findings.delights().find(|found| ranked(found).is_some());
    let best = clear.or_else(|| findings.delights().next());
    let best = best.map(|found| tell(found, sentences::greatest_delight(format.0, ranked(found))));
    let score = summary.nps.map(|nps| recommendation(format, nps));
    let score = score.or_else(|| summary.rating.map(|rating| mean_rating(format, rating)));
    let news = rising(format, findings, &told).or_else(|| latest_month(format, summary));
    let phase = news.is_none().then(|| worst_phase(format, &summary.phases)).flatten();
    let all = [worst, next, news, phase, score, best];
    all.into_iter().flatten().take(MOST).collect()
}

/// That a pain point is rising beyond chance.
fn rise(format: Format, findings: &Findings, found: &Topic) -> Option<String> {
    let since = findings.comparisons.periods?.since;
    let trend = found.trend.filter(|trend| trend.is_real() && trend.difference > 0.0)?;
    let [from, to] = [trend.there, trend.here].map(|share| format.share(share));
    Some(comparisons::course(format.0, Some(true), [&from, &to], &format.date(since)))
}

/// That the last month is better or worse than those before it, beyond chance: by its score, else by its feeling.
fn latest_month(format: Format, summary: &Summary) -> Option<Headline> {
    let (last, before) = summary.months.split_last()?;
    let nps = summary.nps.is_some();
    let scored: Vec<Estimate> = before.iter().filter_map(|month| month.score).collect();
    let score = last.score.zip(pooled(&scored));
    let mut earlier = SentimentCounts::default();
    before.iter().for_each(|month| earlier.merge(month.sentiment));
    let feeling = [last.sentiment, earlier].map(|counts| counts.net_sentiment());
    let stands_out =
        |now: Estimate, then: Estimate| now.n >= FEW && then.n >= FEW && differ(now, then);
    let (now, then, unit, is_score) = match score {
        Some((now, then)) if stands_out(now, then) => {
            (now, then, if nps { Unit::Nps } else { Unit::Rating }, true)
        }
        _ if stands_out(feeling[0], feeling[1]) => {
            (feeling[0], feeling[1], Unit::NetSentiment, false)
        }
        _ => return None,
    };
    let show = |value: f64| match is_score && !nps {
        true => format.fixed(value, 1),
        false => format.points(value),
    };
    let unit = sentences::unit(format.0, unit);
    Some(Headline {
        figure: show(now.value),
        unit,
        before: sentences::latest_month(
            format.0,
            (&format.month(last.month), sentences::what_is_better(format.0, is_score, nps)),
            now.value > then.value,
            [&show(then.value), &format.range(&show(now.low), &show(now.high))],
        ),
        quoted: None,
        after: String::new(),
        evidence: Evidence::Trend,
    })
}

/// The mean over months, each as heavy as it has answers; half-widths add in squares.
fn pooled(months: &[Estimate]) -> Option<Estimate> {
    let n: u64 = months.iter().map(|month| month.n).sum();
    let part = |month: &Estimate| month.n as f64 / n as f64;
    let value = months.iter().map(|month| part(month) * month.value).sum::<f64>();
    let half = months.iter().map(|month| part(month) * (month.high - month.low) / 2.0);
    let half = half.map(|half| half * half).sum::<f64>().sqrt();
    (n > 0).then_some(Estimate { n, value, low: value - half, high: value + half })
}

/// The pain point that has grown most, beyond chance, of those that are not told of.
fn rising(format: Format, findings: &Findings, told: &[&str]) -> Option<Headline> {
    let since = findings.comparisons.periods?.since;
    let others = findings.pain_points().filter(|found| !told.contains(&found.id.as_str()));
    let growing = others.filter_map(|found| {
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
        evidence: Evidence::Topic(found.id.clone()),
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

fn topic(format: Format, found: &Topic, [before, after]: [String; 2]) -> Headline {
    Headline {
        figure: format.share(found.feedback),
        unit: sentences::unit(format.0, Unit::Feedback),
        before,
        quoted: Some(label(&found.label)),
        after,
        evidence: Evidence::Topic(found.id.clone()),
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
        evidence: Evidence::Journey,
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
        evidence: Evidence::Whole,
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
        evidence: Evidence::Whole,
    }
}

#[cfg(test)]
mod tests {
    use crate::config::codebook::Localised;

    use super::super::ReportLanguage::En;
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
    fn a_month_makes_news_if_it_stands_out_and_by_its_score_first() {
        let mut summary = crate::report::sample::german().summary;
        let steady = summary.months[0].clone();
        let counts = |negative, positive| SentimentCounts { negative, neutral: 0, positive };
        let score =
            |value: f64| Some(Estimate { n: 100, value, low: value - 0.1, high: value + 0.1 });
        let month = |sentiment, score| crate::tally::summary::MonthSummary {
            sentiment,
            score,
            ..steady.clone()
        };
        summary.months = vec![month(counts(50, 50), score(0.0)); 4];
        assert!(latest_month(Format(En), &summary).is_none());
        summary.months.push(month(counts(50, 50), score(-0.6)));
        let news = latest_month(Format(En), &summary).unwrap();
        assert_eq!((news.figure.as_str(), news.unit), ("−60", sentences::NPS));
        assert!(news.before.contains("NPS is worse than before (0)"), "{}", news.before);
        *summary.months.last_mut().unwrap() = month(counts(90, 10), score(0.0));
        let news = latest_month(Format(En), &summary).unwrap();
        assert!(news.before.contains("sentiment is worse"), "{}", news.before);
    }

    #[test]
    fn what_is_told_of_a_close_second_is_that_it_is_close() {
        let mut findings = crate::report::sample::german();
        let told = |findings: &Findings| {
            let names = Names::new(En, &findings.summary);
            headlines(Format(En), &names, findings).remove(1).before
        };
        assert!(told(&findings).starts_with("Next comes"));
        findings.topics[1].feedback = findings.topics[0].feedback;
        assert!(told(&findings).contains("may be chance"));
    }

    #[test]
    fn one_phase_alone_is_neither_worst_nor_best() {
        assert!(worst_phase(Format(En), &[phase("Use", 300, 100)]).is_none());
    }
}
