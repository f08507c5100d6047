//! Values with a type → what stands in a cell.

use jiff::civil::{Date, DateTime};
use jiff::{Span, Timestamp, tz::TimeZone};

/// Days after 1 January 1970.
pub(super) fn day(days: i32) -> String {
    let epoch = Date::constant(1970, 1, 1);
    let day = Span::new().try_days(i64::from(days)).and_then(|days| epoch.checked_add(days));
    day.map_or_else(|_| String::new(), |day| day.to_string())
}

/// A moment, as UTC has it, without a time where it is midnight.
pub(super) fn moment(timestamp: Result<Timestamp, jiff::Error>) -> String {
    let Ok(timestamp) = timestamp else { return String::new() };
    let moment: DateTime = TimeZone::UTC.to_datetime(timestamp);
    match moment.time() == jiff::civil::Time::midnight() {
        true => moment.date().to_string(),
        false => moment.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    }
}

/// A time of day or a span of time.
pub(super) fn time(seconds: i64) -> String {
    let (sign, seconds) = (if seconds < 0 { "-" } else { "" }, seconds.unsigned_abs());
    format!("{sign}{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_moments_and_times_are_written_as_iso_8601_has_them() {
        assert_eq!(day(20_091), "2025-01-03");
        assert_eq!(day(i32::MAX), "");
        assert_eq!(moment(Timestamp::from_second(1_735_862_400)), "2025-01-03");
        assert_eq!(moment(Timestamp::from_millisecond(1_735_927_200_500)), "2025-01-03 18:00:00");
        assert_eq!(moment(Timestamp::from_second(i64::MAX)), "");
        assert_eq!(time(129_600), "36:00:00");
        assert_eq!(time(-61), "-00:01:01");
    }
}
