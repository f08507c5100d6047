//! The trend of all mentions: a chart, and the table behind it.

use std::iter;

use jiff::civil::Date;
use serde::Serialize;

use crate::tally::summary::{MonthSummary, SentimentCounts};

use super::timeline::Timeline;
use super::{Line, Stacked, Tick, position};
use crate::report::chance::FEW;
use crate::report::words::format::Format;
use crate::report::words::sentences;

/// Heights of the values, and of the counts under them.
const VALUES: f64 = 150.0;
const COUNTS: f64 = 36.0;
/// Room over the values for the topmost label, between values and counts, and for the months.
const ROOM: f64 = 16.0;
const GAP: f64 = 26.0;
const FOOT: f64 = 20.0;
/// Where the counts stand.
const BASE: f64 = ROOM + VALUES + GAP + COUNTS;
/// Where the first column begins across, leaving room for the labels of the values.
const LEFT: f64 = 9.0;
/// Room across for half the label of the last month.
const RIGHT: f64 = 3.0;

type Month = (Date, SentimentCounts);

/// Net sentiment and mentions by month.
#[derive(Serialize)]
pub(in crate::report::html) struct Trend {
    aloud: String,
    cut: Option<String>,
    height: String,
    base: String,
    counts_top: String,
    ticks: Vec<Tick>,
    counts: String,
    lines: Vec<Line>,
    columns: Vec<Column>,
}

#[derive(Serialize)]
struct Column {
    x: String,
    label: Option<String>,
    title: String,
    dot: Option<Dot>,
    bar_x: String,
    bar_width: String,
    bar_y: String,
    bar_height: String,
}

#[derive(Serialize)]
struct Dot {
    y: String,
    low: String,
    high: String,
    few: bool,
}

impl Trend {
    /// The trend of all mentions; `None` for fewer than two months.
    pub(in crate::report::html) fn new(format: Format, timeline: &Timeline) -> Option<Self> {
        let months = &timeline.months;
        let [(first, _), .., (last, _)] = months.as_slice() else { return None };
        let axis = Axis::around(months);
        let columns = columns(format, axis, months);
        let lines = columns
            .windows(2)
            .filter_map(|pair| match (&pair[0].dot, &pair[1].dot) {
                (Some(from), Some(to)) => Some(Line {
                    x1: pair[0].x.clone(),
                    y1: from.y.clone(),
                    x2: pair[1].x.clone(),
                    y2: to.y.clone(),
                }),
                _ => None,
            })
            .collect();
        Some(Self {
            aloud: sentences::trend_aloud(format.0, &format.month(*first), &format.month(*last)),
            cut: timeline.cut.then(|| sentences::trend_cut(format.0, months.len())),
            height: position(BASE + FOOT),
            base: position(BASE),
            counts_top: position(BASE - COUNTS),
            ticks: axis.ticks(format),
            counts: sentences::most_mentions(format.0, &format.count(most(months))),
            lines,
            columns,
        })
    }
}

fn columns(format: Format, axis: Axis, months: &[Month]) -> Vec<Column> {
    let most = most(months).max(1);
    let width = (100.0 - LEFT - RIGHT) / months.len() as f64;
    let every = months.len().div_ceil(5);
    months
        .iter()
        .enumerate()
        .map(|(at, (month, counts))| {
            let net = counts.net_sentiment();
            let height = net.n as f64 / most as f64 * COUNTS;
            let left = LEFT + at as f64 * width;
            Column {
                x: position(left + width / 2.0),
                label: (months.len() - 1 - at)
                    .is_multiple_of(every)
                    .then(|| format.short_month(*month)),
                title: format.month(*month),
                dot: (net.n > 0).then(|| Dot {
                    y: axis.down(net.value),
                    low: axis.down(net.low),
                    high: axis.down(net.high),
                    few: net.n < FEW,
                }),
                bar_x: position(left + width * 0.15),
                bar_width: position(width * 0.7),
                bar_y: position(BASE - height),
                bar_height: position(height),
            }
        })
        .collect()
}

/// Mentions in the month that has most of them.
fn most(months: &[Month]) -> u64 {
    months.iter().map(|(_, counts)| counts.total()).max().unwrap_or(0)
}

/// A row of the table of months.
#[derive(Serialize)]
pub(in crate::report::html) struct MonthRow {
    month: String,
    mentions: String,
    text: String,
    net: String,
    interval: String,
    /// NPS or mean rating.
    score: Option<[String; 2]>,
}

impl MonthRow {
    /// `nps` says that scores are the likelihood to recommend.
    pub(in crate::report::html) fn new(format: Format, month: &MonthSummary, nps: bool) -> Self {
        let net = month.sentiment.net_sentiment();
        Self {
            month: format.month(month.month),
            mentions: format.count(net.n),
            text: Stacked::new(format, month.sentiment).text,
            net: format.points(net.value),
            interval: format.points_interval(net),
            score: month.score.map(|score| match nps {
                true => [format.points(score.value), format.points_interval(score)],
                false => {
                    let ends = [score.low, score.high].map(|end| format.fixed(end, 1));
                    [format.fixed(score.value, 1), format.range(&ends[0], &ends[1])]
                }
            }),
        }
    }
}

/// The range of net sentiment that the large chart shows: multiples of 25, zero included.
#[derive(Clone, Copy)]
struct Axis {
    low: f64,
    high: f64,
}

impl Axis {
    /// Wide enough for every month with enough mentions; the others may reach beyond.
    fn around(months: &[Month]) -> Self {
        let (low, high) = months
            .iter()
            .map(|(_, counts)| counts.net_sentiment())
            .filter(|net| net.n >= FEW)
            .fold((-0.25_f64, 0.25_f64), |(low, high), net| (low.min(net.low), high.max(net.high)));
        Self { low: (low * 4.0).floor() / 4.0, high: (high * 4.0).ceil() / 4.0 }
    }

    fn down(self, value: f64) -> String {
        let value = value.clamp(self.low, self.high);
        position(ROOM + (self.high - value) / (self.high - self.low) * VALUES)
    }

    fn ticks(self, format: Format) -> Vec<Tick> {
        iter::successors(Some(self.low), |value| Some(value + 0.25))
            .take_while(|value| *value <= self.high)
            .map(|value| Tick {
                y: self.down(value),
                label: format.points(value),
                zero: value == 0.0,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::timeline::tests::month;
    use super::*;
    use crate::report::ReportLanguage::{De, En};

    #[test]
    fn a_month_without_a_mention_leaves_a_gap() {
        let timeline = Timeline::new(&[month(2025, 11, 40, 10), month(2026, 1, 20, 30)]);
        let trend = Trend::new(Format(De), &timeline).unwrap();
        assert!(trend.columns[1].dot.is_none());
        assert!(trend.lines.is_empty());
    }

    #[test]
    fn a_chart_says_that_it_leaves_out_earlier_months() {
        let timeline = Timeline::new(&[month(1970, 1, 1, 0), month(2026, 2, 20, 30)]);
        let cut = Trend::new(Format(En), &timeline).unwrap().cut.unwrap();
        assert_eq!(cut, "The chart shows the last 36 months.");
    }

    #[test]
    fn one_month_is_no_trend() {
        assert!(Trend::new(Format(De), &Timeline::new(&[])).is_none());
        assert!(Trend::new(Format(De), &Timeline::new(&[month(2026, 2, 20, 30)])).is_none());
    }

    #[test]
    fn a_month_with_few_mentions_does_not_set_the_scale() {
        let sure = [month(2026, 1, 200, 220), month(2026, 2, 220, 200)];
        let steady = Trend::new(Format(En), &Timeline::new(&sure)).unwrap().ticks.len();
        let doubtful = [&sure[..], &[month(2026, 3, 3, 0)]].concat();
        let trend = Trend::new(Format(En), &Timeline::new(&doubtful)).unwrap();
        assert_eq!(trend.ticks.len(), steady);
        assert!(trend.columns[2].dot.as_ref().unwrap().few);
    }
}
