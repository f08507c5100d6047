//! Months: the trend of all mentions, and the small chart of a single pain point.

use std::collections::BTreeMap;
use std::iter;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use crate::tally::summary::{MonthSummary, SentimentCounts};

use super::charts::{FEW, Stacked, position};
use super::format::Format;
use super::wording;

/// Months that a chart shows at most; a wrong date must not squeeze the others together.
const LONGEST: i32 = 36;
/// Height of a small chart.
const SPARK: f64 = 30.0;
/// Heights in the large one: of the values, and of the counts under them.
const VALUES: f64 = 150.0;
const COUNTS: f64 = 36.0;
/// Room over the values for the topmost label, and between values and counts.
const ROOM: f64 = 16.0;
/// Where the first column begins across, leaving room for the labels of the values.
const LEFT: f64 = 9.0;

/// The months of the input without gaps, the latest ones if there are many.
pub(super) struct Timeline {
    months: Vec<(Date, SentimentCounts)>,
    cut: bool,
}

impl Timeline {
    /// `months` in order, as the summary gives them.
    pub(super) fn new(months: &[MonthSummary]) -> Self {
        let counts: BTreeMap<_, _> =
            months.iter().map(|month| (month.month, month.sentiment)).collect();
        let (Some((&first, _)), Some((&last, _))) =
            (counts.first_key_value(), counts.last_key_value())
        else {
            return Self { months: Vec::new(), cut: false };
        };
        let earliest = last.checked_sub((LONGEST - 1).months()).unwrap_or(first);
        let months =
            iter::successors(Some(first.max(earliest)), |month| month.checked_add(1.month()).ok())
                .take_while(|month| *month <= last)
                .map(|month| (month, counts.get(&month).copied().unwrap_or_default()))
                .collect();
        Self { months, cut: first < earliest }
    }

    /// The share of `counts`, by month, in all mentions; `None` for fewer than three months.
    pub(super) fn spark(&self, format: Format, counts: &BTreeMap<Date, u64>) -> Option<Spark> {
        if self.months.len() < 3 || counts.is_empty() {
            return None;
        }
        let columns: Vec<_> = self
            .months
            .iter()
            .map(|(month, all)| (*month, counts.get(month).copied().unwrap_or(0), all.total()))
            .collect();
        let share = |count: u64, all: u64| count as f64 / all.max(1) as f64;
        let peak = columns
            .iter()
            .filter(|(_, count, all)| *all >= FEW && *count > 0)
            .max_by(|a, b| share(a.1, a.2).total_cmp(&share(b.1, b.2)).then(b.0.cmp(&a.0)));
        let top = match peak {
            Some((_, count, all)) => share(*count, *all),
            None => columns.iter().map(|(_, count, all)| share(*count, *all)).fold(0.0, f64::max),
        };
        let aloud = |(month, count, all): &(Date, u64, u64)| {
            wording::month_of(
                format.0,
                &format.month(*month),
                &format.count(*count),
                &format.count(*all),
            )
        };
        let width = 100.0 / columns.len() as f64;
        let bars = columns
            .iter()
            .enumerate()
            .filter(|(_, (_, count, _))| *count > 0 && top > 0.0)
            .map(|(at, column)| {
                let height = (share(column.1, column.2) / top).min(1.0) * SPARK;
                Bar {
                    x: position((at as f64 + 0.1) * width),
                    width: position(0.8 * width),
                    y: position(SPARK - height),
                    height: position(height),
                    few: column.2 < FEW,
                    title: aloud(column),
                }
            })
            .collect();
        let [first, last] =
            [columns.first()?.0, columns.last()?.0].map(|month| format.short_month(month));
        Some(Spark {
            text: wording::sparkline(format.0, peak.map(aloud).as_deref()),
            bars,
            first,
            last,
        })
    }

    /// The trend of all mentions; `None` for fewer than two months.
    pub(super) fn trend(&self, format: Format) -> Option<Trend> {
        let [(first, _), .., (last, _)] = self.months.as_slice() else { return None };
        let axis = Axis::around(&self.months);
        let columns = self.columns(format, axis);
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
        Some(Trend {
            aloud: wording::trend_aloud(format.0, &format.month(*first), &format.month(*last)),
            cut: self.cut.then(|| wording::trend_cut(format.0, self.months.len())),
            ticks: axis.ticks(format),
            lines,
            columns,
        })
    }

    fn columns(&self, format: Format, axis: Axis) -> Vec<Column> {
        let most = self.months.iter().map(|(_, counts)| counts.total()).max().unwrap_or(0).max(1);
        let width = (100.0 - LEFT) / self.months.len() as f64;
        let every = self.months.len().div_ceil(6);
        self.months
            .iter()
            .enumerate()
            .map(|(at, (month, counts))| {
                let net = counts.net_sentiment();
                let height = net.n as f64 / most as f64 * COUNTS;
                let left = LEFT + at as f64 * width;
                Column {
                    x: position(left + width / 2.0),
                    label: ((self.months.len() - 1 - at) % every == 0)
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
                    bar_y: position(2.0 * ROOM + VALUES + COUNTS - height),
                    bar_height: position(height),
                }
            })
            .collect()
    }
}

/// A row of the table of months.
#[derive(Serialize)]
pub(super) struct MonthRow {
    month: String,
    mentions: String,
    text: String,
    net: String,
    interval: String,
}

impl MonthRow {
    pub(super) fn new(format: Format, month: &MonthSummary) -> Self {
        let net = month.sentiment.net_sentiment();
        Self {
            month: format.month(month.month),
            mentions: format.count(net.n),
            text: Stacked::new(format, month.sentiment).text,
            net: format.points(net.value),
            interval: format.points_interval(net),
        }
    }
}

/// A small chart of one pain point.
#[derive(Serialize)]
pub(super) struct Spark {
    text: String,
    bars: Vec<Bar>,
    first: String,
    last: String,
}

#[derive(Serialize)]
struct Bar {
    x: String,
    width: String,
    y: String,
    height: String,
    few: bool,
    title: String,
}

/// The large chart.
#[derive(Serialize)]
pub(super) struct Trend {
    aloud: String,
    cut: Option<String>,
    ticks: Vec<Tick>,
    lines: Vec<Line>,
    columns: Vec<Column>,
}

#[derive(Serialize)]
struct Tick {
    y: String,
    label: String,
    zero: bool,
}

#[derive(Serialize)]
struct Line {
    x1: String,
    y1: String,
    x2: String,
    y2: String,
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

/// The range of net sentiment that the large chart shows: multiples of 25, zero included.
#[derive(Clone, Copy)]
struct Axis {
    low: f64,
    high: f64,
}

impl Axis {
    /// Wide enough for every month with enough mentions; the others may reach beyond.
    fn around(months: &[(Date, SentimentCounts)]) -> Self {
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
    use jiff::civil::date;

    use super::super::super::ReportLanguage::{De, En};
    use super::*;

    fn month(year: i16, month: i8, negative: u64, positive: u64) -> MonthSummary {
        MonthSummary {
            month: date(year, month, 1),
            sentiment: SentimentCounts { negative, neutral: 0, positive },
        }
    }

    #[test]
    fn months_without_a_mention_leave_a_gap() {
        let timeline = Timeline::new(&[month(2025, 11, 40, 10), month(2026, 2, 20, 30)]);
        assert_eq!(timeline.months.len(), 4);
        let trend = timeline.trend(Format(De)).unwrap();
        assert!(trend.columns[1].dot.is_none());
        assert!(trend.lines.is_empty());
    }

    #[test]
    fn a_stray_date_does_not_squeeze_the_chart() {
        let timeline = Timeline::new(&[month(1970, 1, 1, 0), month(2026, 2, 20, 30)]);
        assert_eq!(timeline.months.len(), 36);
        let cut = timeline.trend(Format(En)).unwrap().cut.unwrap();
        assert_eq!(cut, "The chart shows the last 36 months.");
    }

    #[test]
    fn one_month_is_no_trend() {
        assert!(Timeline::new(&[]).trend(Format(De)).is_none());
        assert!(Timeline::new(&[month(2026, 2, 20, 30)]).trend(Format(De)).is_none());
    }

    #[test]
    fn a_small_chart_shows_shares_and_not_volume() {
        let timeline = Timeline::new(&[
            month(2026, 1, 100, 0),
            month(2026, 2, 1000, 0),
            month(2026, 3, 100, 0),
        ]);
        let counts = (1..=3).map(|at| (date(2026, at, 1), if at == 3 { 20 } else { 10 })).collect();
        let spark = timeline.spark(Format(De), &counts).unwrap();
        let heights: Vec<_> = spark.bars.iter().map(|bar| bar.height.as_str()).collect();
        assert_eq!(heights, ["15", "1.5", "30"]);
        assert!(spark.text.contains("März\u{a0}2026: 20 von 100"), "{}", spark.text);
    }

    #[test]
    fn a_month_with_few_mentions_is_no_peak() {
        let timeline =
            Timeline::new(&[month(2026, 1, 100, 0), month(2026, 2, 3, 0), month(2026, 3, 100, 0)]);
        let counts = [(date(2026, 1, 1), 10), (date(2026, 2, 1), 3)].into();
        let spark = timeline.spark(Format(En), &counts).unwrap();
        assert!(spark.text.contains("January"), "{}", spark.text);
        assert!(spark.bars[1].few);
    }
}
