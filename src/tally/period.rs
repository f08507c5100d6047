//! Days → the periods in which figures are told.

use clap::ValueEnum;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};

/// How long a period is.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// A day.
    Day,
    /// A week from Monday on.
    #[default]
    Week,
    /// A calendar month.
    Month,
}

/// A period: its number among all of its unit, those later larger.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Period(pub i64);

/// A Thursday; the day with the number 0.
const EPOCH: Date = date(1970, 1, 1);

/// The number of a day, from 1970-01-01 on.
fn number_of(day: Date) -> i64 {
    let span = EPOCH.until(day).unwrap_or_default();
    i64::from(span.get_days())
}

/// The day of a number; the first or last there is for one beyond.
fn day_of(number: i64) -> Date {
    let span = i32::try_from(number).unwrap_or(if number < 0 { i32::MIN } else { i32::MAX });
    EPOCH.saturating_add(jiff::Span::new().try_days(span).unwrap_or_default())
}

impl Unit {
    /// The period that a day is in.
    pub fn of(self, day: Date) -> Period {
        Period(match self {
            Self::Day => number_of(day),
            // Three days after Monday.
            Self::Week => (number_of(day) + 3).div_euclid(7),
            Self::Month => i64::from(day.year()) * 12 + i64::from(day.month()) - 1,
        })
    }

    /// The first day of a period.
    pub fn first_day(self, Period(number): Period) -> Date {
        match self {
            Self::Day => day_of(number),
            Self::Week => day_of(number * 7 - 3),
            Self::Month => {
                let (year, month) = (number.div_euclid(12), number.rem_euclid(12) + 1);
                Date::new(year as i16, month as i8, 1).unwrap_or(EPOCH)
            }
        }
    }

    /// The last day of a period.
    pub fn last_day(self, Period(number): Period) -> Date {
        self.first_day(Period(number + 1)).saturating_sub(1.day())
    }

    /// Name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_mondays_and_months_with_their_first() {
        // 2026-03-02 is a Monday.
        for day in [date(2026, 3, 2), date(2026, 3, 8)] {
            let week = Unit::Week.of(day);
            assert_eq!(Unit::Week.first_day(week), date(2026, 3, 2));
            assert_eq!(Unit::Week.last_day(week), date(2026, 3, 8));
        }
        assert_eq!(Unit::Week.of(date(2026, 3, 9)).0, Unit::Week.of(date(2026, 3, 8)).0 + 1);
        let december = Unit::Month.of(date(2025, 12, 31));
        assert_eq!(Unit::Month.last_day(december), date(2025, 12, 31));
        assert_eq!(Unit::Month.first_day(Period(december.0 + 1)), date(2026, 1, 1));
    }

    #[test]
    fn days_before_1970_have_periods_too() {
        for unit in [Unit::Day, Unit::Week, Unit::Month] {
            let day = date(1969, 12, 29);
            let period = unit.of(day);
            assert!(unit.first_day(period) <= day && day <= unit.last_day(period), "{unit:?}");
        }
        assert_eq!(day_of(number_of(date(1900, 2, 3))), date(1900, 2, 3));
    }
}
