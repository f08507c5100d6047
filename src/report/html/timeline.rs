//! Months: the trend of all mentions, and the small chart of a single pain point.

use std::collections::BTreeMap;
use std::iter;

use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;

use crate::tally::statistics::Proportion;
use crate::tally::summary::{MonthSummary, SentimentCounts};

use super::chance::differ;
use super::charts::{FEW, Stacked, position};
use super::format::Format;
use super::wording::{self, Course};

/// Months that a chart shows at most; a wrong date must not squeeze the others together.
const LONGEST: i32 = 36;
/// Height of a small chart.
const SPARK: f64 = 30.0;
/// Heights in the large one: of the values, and of the counts under them.
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

    /// The share of a pain point, by month, in all mentions. `None` for fewer than three months or
    /// too few mentions to show a course.
    pub(super) fn spark(&self, format: Format, counts: &BTreeMap<Date, u64>) -> Option<Spark> {
        let columns: Vec<_> = self
            .months
            .iter()
            .map(|(month, all)| {
                let all = all.total();
                (*month, Proportion::new(counts.get(month).copied().unwrap_or(0).min(all), all))
            })
            .collect();
        let [(first, _), _, .., (last, _)] = columns.as_slice() else { return None };
        if columns.iter().map(|(_, share)| share.count).sum::<u64>() < FEW {
            return None;
        }
        Some(Spark {
            text: course(format, &columns),
            first: format.short_month(*first),
            last: format.short_month(*last),
            bars: bars(format, &columns),
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
            height: position(BASE + FOOT),
            base: position(BASE),
            counts_top: position(BASE - COUNTS),
            ticks: axis.ticks(format),
            counts: wording::most_mentions(format.0, &format.count(self.most())),
            lines,
            columns,
        })
    }

    /// Mentions in the month that has most of them.
    fn most(&self) -> u64 {
        self.months.iter().map(|(_, counts)| counts.total()).max().unwrap_or(0)
    }

    fn columns(&self, format: Format, axis: Axis) -> Vec<Column> {
        let most = self.most().max(1);
        let width = (100.0 - LEFT - RIGHT) / self.months.len() as f64;
        let every = self.months.len().div_ceil(5);
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
                    bar_y: position(BASE - height),
                    bar_height: position(height),
                }
            })
            .collect()
    }
}

/// Columns as high as the shares; those of months with few mentions do not set the scale.
fn bars(format: Format, columns: &[(Date, Proportion)]) -> Vec<Bar> {
    let highest = |least: u64| {
        let shares = columns.iter().filter(|(_, share)| share.of >= least);
        shares.map(|(_, share)| share.share).fold(0.0, f64::max)
    };
    let top = if highest(FEW) > 0.0 { highest(FEW) } else { highest(0) };
    let width = 100.0 / columns.len() as f64;
    columns
        .iter()
        .enumerate()
        .filter(|(_, (_, share))| share.count > 0)
        .map(|(at, (month, share))| {
            let height = (share.share / top).min(1.0) * SPARK;
            let [count, of] = [share.count, share.of].map(|count| format.count(count));
            Bar {
                x: position((at as f64 + 0.1) * width),
                width: position(0.8 * width),
                y: position(SPARK - height),
                height: position(height),
                few: share.of < FEW,
                title: wording::month_of(format.0, &format.month(*month), &count, &of),
            }
        })
        .collect()
}

/// Compares the first half of the months with the second.
fn course(format: Format, columns: &[(Date, Proportion)]) -> String {
    let (early, late) = columns.split_at(columns.len() / 2);
    let [early, late] = [early, late].map(|half| {
        let sum = |part: fn(&Proportion) -> u64| half.iter().map(|(_, share)| part(share)).sum();
        Proportion::new(sum(|share| share.count), sum(|share| share.of))
    });
    let course = if early.of < FEW || late.of < FEW || !differ(early, late) {
        Course::Unclear
    } else if late.share > early.share {
        Course::Rising
    } else {
        Course::Falling
    };
    wording::course(format.0, course, [&format.share(early), &format.share(late)])
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
    height: String,
    base: String,
    counts_top: String,
    ticks: Vec<Tick>,
    counts: String,
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

    fn year(mentions: impl Fn(u64) -> u64) -> Timeline {
        let months: Vec<_> =
            (1..=12).map(|at: i8| month(2025, at, mentions(at.unsigned_abs().into()), 0)).collect();
        Timeline::new(&months)
    }

    fn counts(count: impl Fn(u64) -> u64) -> BTreeMap<Date, u64> {
        (1..=12).map(|at: i8| (date(2025, at, 1), count(at.unsigned_abs().into()))).collect()
    }

    #[test]
    fn a_small_chart_shows_shares_and_not_volume() {
        let growing = year(|at| at * 100);
        let spark = growing.spark(Format(De), &counts(|at| at * 10)).unwrap();
        assert!(spark.bars.iter().all(|bar| bar.height == "30"));
        assert_eq!(spark.text, "Kein klarer Trend.");
    }

    #[test]
    fn a_course_is_named_only_if_it_is_more_than_chance() {
        let text =
            |count: fn(u64) -> u64| year(|_| 400).spark(Format(En), &counts(count)).unwrap().text;
        assert_eq!(text(|at| at * 5), "Rising: from 4.4% to 12% of mentions.");
        assert_eq!(text(|at| 60 - at * 5), "Falling: from 11% to 3.1% of mentions.");
        assert_eq!(text(|at| 10 + at / 6), "No clear trend.");
    }

    #[test]
    fn a_handful_of_mentions_has_no_chart() {
        assert!(year(|_| 400).spark(Format(De), &counts(|_| 2)).is_none());
        let two_months = Timeline::new(&[month(2025, 1, 400, 0), month(2025, 2, 400, 0)]);
        assert!(two_months.spark(Format(De), &counts(|_| 50)).is_none());
    }

    #[test]
    fn a_month_with_few_mentions_does_not_set_the_scale() {
        let timeline = year(|at| if at == 12 { 3 } else { 400 });
        let spark =
            timeline.spark(Format(De), &counts(|at| if at == 12 { 3 } else { 40 })).unwrap();
        assert!(spark.bars[11].few);
        assert!(spark.bars.iter().all(|bar| bar.height == "30"));
    }
}
