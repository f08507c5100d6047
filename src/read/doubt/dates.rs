//! Notations of dates, as doubts name them.

use serde::{Deserialize, Serialize};

use crate::read::value::DateOrder;

/// What numbers were read as that are dates.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberDates {
    /// Seconds since 1970.
    Seconds,
    /// Thousandths of seconds since 1970.
    Milliseconds,
    /// Still smaller parts of seconds since 1970.
    FinerSeconds,
    /// Days as spreadsheets count them.
    Days,
    /// Years and months, as in 202503.
    Months,
    /// Day, month and year without signs between them, in this order.
    Digits(DateOrder),
}

impl NumberDates {
    /// In a few words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Seconds => "seconds since 1970 (Unix time)",
            Self::Milliseconds => "milliseconds since 1970 (Unix time)",
            Self::FinerSeconds => "parts of seconds since 1970 (Unix time)",
            Self::Days => "days as spreadsheets count them (Excel serials)",
            Self::Months => "year and month without a sign between them",
            Self::Digits(DateOrder::Dmy) => "day, month and year without signs between them",
            Self::Digits(DateOrder::Mdy) => "month, day and year without signs between them",
            Self::Digits(DateOrder::Ymd) => "year, month and day without signs between them",
        }
    }
}

/// What dates name instead of a day.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CoarseDates {
    /// Months.
    Months,
    /// Weeks.
    Weeks,
}

impl CoarseDates {
    /// In a few words.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Months => "months, each read as its first day",
            Self::Weeks => "weeks, each read as its Monday",
        }
    }
}
