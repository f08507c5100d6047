//! How the dates of a column are written, and their days under that.

use clap::ValueEnum;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

use crate::read::value::is_no_answer;

use super::{DateCell, Numbers, Written, calendar_day, century, date_cell};

/// In which order day, month and year stand in dates such as 03/04/2025.
#[derive(
    Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize, ValueEnum,
)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 3 April 2025 is 03/04/2025.
    #[default]
    Dmy,
    /// 3 April 2025 is 04/03/2025.
    Mdy,
    /// 3 April 2025 is 25/04/03.
    Ymd,
}

impl DateOrder {
    /// All of them, the likeliest first.
    pub(crate) const ALL: [Self; 3] = [Self::Dmy, Self::Mdy, Self::Ymd];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Dmy => "dmy",
            Self::Mdy => "mdy",
            Self::Ymd => "ymd",
        }
    }

    /// In words: "day before month".
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Dmy => "day before month",
            Self::Mdy => "month before day",
            Self::Ymd => "year before month and day",
        }
    }
}

/// From when on a number counts, and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Counting {
    /// Seconds, thousands or millionths of them since 1970: by how much they are to be divided.
    Seconds(i64),
    /// Days since the end of 1899, as spreadsheets count them.
    Days,
    /// No count, but a year of four digits and a month.
    Months,
    /// No count, but a date in six digits.
    SixDigits(DateOrder),
    /// No count, but a date in seven or eight digits with the year at the end.
    EightDigits(DateOrder),
}

/// How the dates of a column are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct DateNotation {
    /// Between slashes, dashes and blanks.
    pub(crate) order: DateOrder,
    /// Between dots.
    pub(crate) dotted: DateOrder,
    /// What numbers are.
    pub(crate) counting: Option<Counting>,
    /// Whether words may stand before a date.
    pub(crate) introduced: bool,
}

/// Days that systems write where they know none.
pub(crate) const PLACEHOLDERS: [Date; 5] =
    [date(1900, 1, 1), date(1970, 1, 1), date(1980, 1, 1), date(1904, 1, 1), date(1899, 12, 30)];

impl DateNotation {
    /// Numbers between slashes and dashes in this order, the day first between dots.
    pub(crate) fn of_order(order: DateOrder) -> Self {
        Self { order, ..Self::default() }
    }

    /// The day of a cell, unless it stands for none.
    pub(crate) fn day(&self, cell: &str) -> Option<Date> {
        self.day_told(&date_cell(cell)?)
    }

    /// The same, of a cell with what it says as a date.
    pub(crate) fn day_told(&self, cell: &DateCell) -> Option<Date> {
        if cell.introduction.is_some() && !self.introduced {
            return None;
        }
        let day = self.day_of(&cell.written)?;
        (!PLACEHOLDERS.contains(&day)).then_some(day)
    }

    /// The day of a cell, or that it says that there is none; nothing if it says neither.
    pub(crate) fn read(&self, cell: &str) -> Option<Option<Date>> {
        if is_no_answer(cell) { Some(None) } else { self.day(cell).map(Some) }
    }

    /// The day of what a cell says.
    pub(crate) fn day_of(&self, written: &Written) -> Option<Date> {
        match *written {
            Written::Day(day) | Written::Month(day) | Written::Week(day) => Some(day),
            Written::Numbers(numbers) => {
                numbers.day(if numbers.is_dotted() { self.dotted } else { self.order })
            }
            Written::Count(count) => self.counting?.day(count),
            Written::Vague | Written::Relative => None,
        }
    }
}

impl Numbers {
    /// Whether another order would make another day of them.
    pub(crate) fn is_ambiguous(&self) -> bool {
        let mut days = DateOrder::ALL.into_iter().filter_map(|order| self.day(order));
        days.next().is_some_and(|first| days.any(|other| other != first))
    }

    /// The day if the numbers stand in this order.
    pub(crate) fn day(&self, order: DateOrder) -> Option<Date> {
        let [first, second, third] = self.parts;
        let (year, month, day) = match order {
            DateOrder::Dmy => (third, second, first),
            DateOrder::Mdy => (third, first, second),
            DateOrder::Ymd => (first, second, third),
        };
        if order == DateOrder::Ymd && self.ends_with_year {
            return None;
        }
        let year = i16::try_from(year).ok()?;
        let year = if self.ends_with_year { year } else { century(year) };
        calendar_day(year, i8::try_from(month).ok()?, day)
    }
}

impl Counting {
    /// The day of a number.
    pub(crate) fn day(self, count: f64) -> Option<Date> {
        match self {
            Self::Seconds(divisor) => {
                let days = (count / divisor as f64 / 86_400.0).floor();
                let day = after(date(1970, 1, 1), days)?;
                (1990..2100).contains(&day.year()).then_some(day)
            }
            // The first of March 1900 is day 61, because Lotus took 1900 for a leap year.
            Self::Days if (61.0..100_000.0).contains(&count) => {
                after(date(1899, 12, 30), count.floor())
            }
            Self::Days => None,
            Self::Months => {
                let (year, month) = ((count / 100.0).floor(), (count % 100.0).floor());
                let sound = count.fract() == 0.0 && (1990.0..2100.0).contains(&year);
                sound.then(|| calendar_day(year as i16, month as i8, 1)).flatten()
            }
            Self::SixDigits(order) => digits(count, 6, order),
            Self::EightDigits(order) => digits(count, 8, order),
        }
    }
}

fn after(day: Date, days: f64) -> Option<Date> {
    // Beyond that there is no calendar.
    (days.abs() < 1e7).then(|| day.checked_add((days as i64).days()).ok()).flatten()
}

/// A date of so many digits without anything between them. Leading zeros may be lost.
fn digits(count: f64, length: u32, order: DateOrder) -> Option<Date> {
    let limit = 10_f64.powi(length as i32);
    if count.fract() != 0.0 || !(limit / 100.0..limit).contains(&count) {
        return None;
    }
    let count = count as u32;
    let at_end = if length == 8 { 10_000 } else { 100 };
    let parts = match order {
        DateOrder::Ymd if length == 6 => [count / 10_000, count / 100 % 100, count % 100],
        DateOrder::Ymd => return None,
        _ => [count / at_end / 100, count / at_end % 100, count % at_end],
    };
    let parts = parts.map(|part| part as u16);
    Numbers { parts, ends_with_year: length == 8, sign: ' ', unpadded: false }.day(order)
}
