//! The small chart of one pain point: its share of the mentions, month by month.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::tally::statistics::Proportion;
use crate::tally::summary::{MonthSummary, SentimentCounts};

use super::position;
use super::timeline::Timeline;
use crate::report::chance::{FEW, differ};
use crate::report::words::format::Format;
use crate::report::words::sentences::{self, Course};

const HEIGHT: f64 = 30.0;

/// A small chart of one pain point.
#[derive(Serialize)]
pub(in crate::report::html) struct Spark {
    text: String,
    bars: Vec<Bar>,
    first: String,
    /// The share that the highest column stands for.
    top: String,
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

impl Spark {
    /// The share of a pain point, by month, in all mentions. `None` for fewer than three months or
    /// too few mentions to show a course.
    pub(in crate::report::html) fn new(
        format: Format,
        timeline: &Timeline,
        counts: &BTreeMap<Date, u64>,
    ) -> Option<Self> {
        let column = |(month, all): &(Date, SentimentCounts)| {
            let all = all.total();
            (*month, Proportion::new(counts.get(month).copied().unwrap_or(0).min(all), all))
        };
        Self::of(format, timeline.months.iter().map(column).collect())
    }

    /// The share of negative mentions, by month, in those of a touchpoint. `None` as above.
    pub(in crate::report::html) fn of_negative(
        format: Format,
        timeline: &Timeline,
        months: &[MonthSummary],
    ) -> Option<Self> {
        let column = |(month, _): &(Date, SentimentCounts)| {
            let own = months.iter().find(|own| own.month == *month);
            let own = own.map(|own| own.sentiment).unwrap_or_default();
            (*month, Proportion::new(own.negative, own.total()))
        };
        Self::of(format, timeline.months.iter().map(column).collect())
    }

    fn of(format: Format, columns: Vec<(Date, Proportion)>) -> Option<Self> {
        let [(first, _), _, .., (last, _)] = columns.as_slice() else { return None };
        if columns.iter().map(|(_, share)| share.count).sum::<u64>() < FEW {
            return None;
        }
        Some(Self {
            text: course(format, &columns),
            top: sentences::highest(format.0, &format.percent_of(top(&columns))),
            first: format.short_month(*first),
            last: format.short_month(*last),
            bars: bars(format, &columns),
        })
    }
}

impl Spark {
    /// With the words before what it says of the course.
    pub(in crate::report::html) fn about(self, what: &str) -> Self {
        Self { text: format!("{what} {}", self.text), ..self }
    }

    /// With what a comparison of periods says of the course, if there is one.
    pub(in crate::report::html) fn with_course(self, course: Option<String>) -> Self {
        Self { text: course.unwrap_or(self.text), ..self }
    }
}

/// Columns as high as the shares; those of months with few mentions do not set the scale.
fn bars(format: Format, columns: &[(Date, Proportion)]) -> Vec<Bar> {
    let top = top(columns);
    let width = 100.0 / columns.len() as f64;
    columns
        .iter()
        .enumerate()
        .filter(|(_, (_, share))| share.count > 0)
        .map(|(at, (month, share))| {
            let height = (share.share / top).min(1.0) * HEIGHT;
            let [count, of] = [share.count, share.of].map(|count| format.count(count));
            Bar {
                x: position((at as f64 + 0.1) * width),
                width: position(0.8 * width),
                y: position(HEIGHT - height),
                height: position(height),
                few: share.of < FEW,
                title: sentences::month_of(format.0, &format.month(*month), &count, &of),
            }
        })
        .collect()
}

/// The share up to which columns go.
fn top(columns: &[(Date, Proportion)]) -> f64 {
    let highest = |least: u64| {
        let shares = columns.iter().filter(|(_, share)| share.of >= least);
        shares.map(|(_, share)| share.share).fold(0.0, f64::max)
    };
    if highest(FEW) > 0.0 { highest(FEW) } else { highest(0) }
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
    sentences::course(format.0, course, [&format.share(early), &format.share(late)])
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::timeline::tests::month;
    use super::*;
    use crate::report::ReportLanguage::{De, En};

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
        let spark = Spark::new(Format(De), &growing, &counts(|at| at * 10)).unwrap();
        assert!(spark.bars.iter().all(|bar| bar.height == "30"));
        assert_eq!(spark.text, "Kein klarer Trend.");
    }

    #[test]
    fn a_course_is_named_only_if_it_is_more_than_chance() {
        let text = |count: fn(u64) -> u64| {
            Spark::new(Format(En), &year(|_| 400), &counts(count)).unwrap().text
        };
        assert_eq!(text(|at| at * 5), "Rising: from 4.4% to 12% of mentions.");
        assert_eq!(text(|at| 60 - at * 5), "Falling: from 11% to 3.1% of mentions.");
        assert_eq!(text(|at| 10 + at / 6), "No clear trend.");
    }

    #[test]
    fn a_handful_of_mentions_has_no_chart() {
        assert!(Spark::new(Format(De), &year(|_| 400), &counts(|_| 2)).is_none());
        let two_months = Timeline::new(&[month(2025, 1, 400, 0), month(2025, 2, 400, 0)]);
        assert!(Spark::new(Format(De), &two_months, &counts(|_| 50)).is_none());
    }

    #[test]
    fn a_month_with_few_mentions_does_not_set_the_scale() {
        let timeline = year(|at| if at == 12 { 3 } else { 400 });
        let spark =
            Spark::new(Format(De), &timeline, &counts(|at| if at == 12 { 3 } else { 40 })).unwrap();
        assert!(spark.bars[11].few);
        assert!(spark.bars.iter().all(|bar| bar.height == "30"));
    }
}
