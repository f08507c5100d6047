//! Where the parts of a chart lie. Positions across are per cent of its width, so that a chart
//! fits any screen; positions down are pixels.

mod journey;
mod priorities;
mod spark;
mod timeline;
mod trend;

pub(super) use journey::Journey;
pub(super) use priorities::Priorities;
pub(super) use spark::Spark;
pub(super) use timeline::Timeline;
pub(super) use trend::{MonthRow, Trend};

use serde::Serialize;

use crate::tally::statistics::{Estimate, Proportion};
use crate::tally::summary::{NpsSummary, SentimentCounts};

use crate::report::chance::FEW;
use crate::report::decimal::decimal;
use crate::report::words::format::Format;
use crate::report::words::sentences;

/// A length or position in a chart, as SVG wants it.
pub(in crate::report::html) fn position(value: f64) -> String {
    decimal(value, 2)
}

/// A value on an axis and where it stands: down in pixels, or across in per cent.
#[derive(Serialize)]
struct Tick {
    y: String,
    label: String,
    zero: bool,
}

/// A line: across in per cent, down in pixels.
#[derive(Serialize)]
struct Line {
    x1: String,
    y1: String,
    x2: String,
    y2: String,
}

/// A part of a bar.
#[derive(Serialize)]
pub(in crate::report::html) struct Part {
    kind: &'static str,
    x: String,
    width: String,
}

/// A bar of negative, neutral and positive mentions.
#[derive(Serialize)]
pub(in crate::report::html) struct Stacked {
    /// The shares in words.
    pub(in crate::report::html) text: String,
    parts: Vec<Part>,
}

impl Stacked {
    /// Who recommends, as if detractors were negative and promoters positive.
    pub(in crate::report::html) fn of_nps(format: Format, nps: NpsSummary) -> Self {
        let NpsSummary { promoters, passives, detractors, .. } = nps;
        let counts =
            SentimentCounts { negative: detractors, neutral: passives, positive: promoters };
        let shares =
            [detractors, passives, promoters].map(|count| format.percent(count, counts.total()));
        let text = sentences::recommenders(format.0, shares.each_ref().map(String::as_str));
        Self { text, ..Self::new(format, counts) }
    }

    pub(in crate::report::html) fn new(format: Format, sentiment: SentimentCounts) -> Self {
        let total = sentiment.total();
        let mut end = 0;
        let parts = [
            ("negative", sentiment.negative),
            ("neutral", sentiment.neutral),
            ("positive", sentiment.positive),
        ]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| {
            let start = end;
            end += count;
            let percent = |count: u64| position(count as f64 / total as f64 * 100.0);
            Part { kind, x: percent(start), width: percent(count) }
        })
        .collect();
        let text = sentences::sentiments(
            format.0,
            [sentiment.negative, sentiment.neutral, sentiment.positive]
                .map(|count| format.percent(count, total))
                .each_ref()
                .map(String::as_str),
        );
        Self { text, parts }
    }
}

/// Net sentiment with its interval, on a line from −100 to 100.
#[derive(Serialize)]
pub(in crate::report::html) struct Net {
    pub(in crate::report::html) value: String,
    pub(in crate::report::html) interval: String,
    aloud: String,
    few: bool,
    x: String,
    low: String,
    high: String,
}

impl Net {
    /// `None` without a mention.
    pub(in crate::report::html) fn new(format: Format, sentiment: SentimentCounts) -> Option<Self> {
        let net = sentiment.net_sentiment();
        (net.n > 0).then(|| Self::of(format, net))
    }

    fn of(format: Format, net: Estimate) -> Self {
        let across = |value: f64| position((value + 1.0) * 50.0);
        let (value, interval) = (format.points(net.value), format.points_interval(net));
        Self {
            aloud: sentences::net_aloud(format.0, &value, &interval),
            few: net.n < FEW,
            x: across(net.value),
            low: across(net.low),
            high: across(net.high),
            value,
            interval,
        }
    }
}

/// A share with its interval, on a line from 0 to the maximum of its list.
#[derive(Serialize)]
pub(in crate::report::html) struct Share {
    value: String,
    interval: String,
    of: String,
    aloud: String,
    width: String,
    low: String,
    high: String,
}

impl Share {
    /// `maximum` is the share at which the line ends, above 0.
    pub(in crate::report::html) fn new(format: Format, share: Proportion, maximum: f64) -> Self {
        let across = |value: f64| position((value / maximum * 100.0).min(100.0));
        let (value, interval) = (format.share(share), format.share_interval(share));
        Self {
            of: sentences::of_feedback(
                format.0,
                &format.count(share.count),
                &format.count(share.of),
            ),
            aloud: sentences::share_aloud(format.0, &value, &interval),
            width: across(share.share),
            low: across(share.low),
            high: across(share.high),
            value,
            interval,
        }
    }

    /// The least round number that no interval of a list exceeds.
    pub(in crate::report::html) fn maximum(shares: impl Iterator<Item = Proportion>) -> f64 {
        let highest = shares.map(|share| share.high).fold(0.0, f64::max);
        [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.75]
            .into_iter()
            .find(|maximum| highest <= *maximum)
            .unwrap_or(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::ReportLanguage::{De, En};

    #[test]
    fn the_parts_of_a_bar_follow_each_other_and_fill_it() {
        let counts = SentimentCounts { negative: 1, neutral: 1, positive: 2 };
        let bar = Stacked::new(Format(De), counts);
        let parts: Vec<_> = bar
            .parts
            .iter()
            .map(|part| (part.kind, part.x.as_str(), part.width.as_str()))
            .collect();
        assert_eq!(
            parts,
            [("negative", "0", "25"), ("neutral", "25", "25"), ("positive", "50", "50")]
        );
        assert_eq!(bar.text, "25\u{a0}% negativ · 25\u{a0}% neutral · 50\u{a0}% positiv");
    }

    #[test]
    fn an_empty_bar_has_no_parts() {
        assert!(Stacked::new(Format(De), SentimentCounts::default()).parts.is_empty());
    }

    #[test]
    fn zero_net_sentiment_lies_in_the_middle() {
        let counts = SentimentCounts { negative: 20, neutral: 5, positive: 20 };
        let net = Net::new(Format(En), counts).unwrap();
        assert_eq!(net.x, "50");
        assert!(!net.few);
        assert!(Net::new(Format(En), SentimentCounts::default()).is_none());
    }

    #[test]
    fn bars_of_a_list_share_a_round_maximum() {
        let shares = [Proportion::new(12, 100), Proportion::new(1, 100)];
        let maximum = Share::maximum(shares.into_iter());
        assert_eq!(maximum, 0.2);
        assert_eq!(Share::new(Format(En), shares[0], maximum).width, "60");
        assert_eq!(Share::maximum(std::iter::empty()), 0.01);
    }
}
