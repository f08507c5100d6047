//! What a cell of a workbook says, as text.

use calamine::{Data, DataRef, ExcelDateTime};

use crate::read::value::{number_text, truth_text};
use crate::text::blank::is_formula_error;

/// A cell that is not empty.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Text, a number, a date, a truth: as text.
    Text(String),
    /// `#N/A`, `#REF!` and the like: a formula that came to nothing.
    Error,
}

/// Milliseconds of a day.
const DAY: f64 = 86_400_000.0;

impl Cell {
    /// What a reader of Excel's files made of it; none where it is empty.
    pub(super) fn of_excel(value: &DataRef) -> Option<Self> {
        Some(match value {
            DataRef::Empty => return None,
            DataRef::Error(_) => Self::Error,
            DataRef::Int(number) => Self::Text(number.to_string()),
            DataRef::Float(number) => Self::Text(number_text(*number)),
            DataRef::Bool(truth) => Self::Text(truth_text(*truth)),
            DataRef::DateTime(date) => Self::Text(date_text(date)),
            DataRef::String(text) => return Self::of_text(text),
            DataRef::SharedString(text) => return Self::of_text(text),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => return Self::of_text(text),
        })
    }

    /// The same for files that are read in one go.
    pub(super) fn of_old_excel(value: &Data) -> Option<Self> {
        Some(match value {
            Data::Empty => return None,
            Data::Error(_) => Self::Error,
            Data::Int(number) => Self::Text(number.to_string()),
            Data::Float(number) => Self::Text(number_text(*number)),
            Data::Bool(truth) => Self::Text(truth_text(*truth)),
            Data::DateTime(date) => Self::Text(date_text(date)),
            Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => {
                return Self::of_text(text);
            }
        })
    }

    /// A text, with the line breaks of this century; none where there is none. What a program that
    /// knows no formulas wrote of one that came to nothing is no text.
    pub(super) fn of_text(text: &str) -> Option<Self> {
        if text.trim().is_empty() {
            return None;
        }
        if is_formula_error(text) {
            return Some(Self::Error);
        }
        let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\0', "");
        Some(Self::Text(text))
    }

    /// A number as it is written in a file.
    pub(super) fn of_number(written: &str) -> Option<Self> {
        written
            .trim()
            .parse()
            .map_or_else(|_| Self::of_text(written), |number| Some(Self::Text(number_text(number))))
    }
}

/// A day, a time of day, or both, as ISO 8601 has them; a span of time as hours, minutes, seconds.
fn date_text(date: &ExcelDateTime) -> String {
    let serial = date.as_f64();
    if date.is_duration() || (0.0..1.0).contains(&serial) {
        let seconds = (serial * DAY / 1_000.0).round() as i64;
        return format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    if !(1.0..2_958_466.0).contains(&serial) {
        return number_text(serial);
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let day = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second) {
        (0, 0, 0) => day,
        _ => format!("{day} {hour:02}:{minute:02}:{second:02}"),
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    use super::*;

    fn text(value: &DataRef) -> String {
        match Cell::of_excel(value) {
            Some(Cell::Text(text)) => text,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn numbers_are_written_as_people_see_them() {
        for (number, expected) in [
            (7001.0, "7001"),
            (118_000_000_001.0, "118000000001"),
            (4.4, "4.4"),
            (0.1 + 0.2, "0.3"),
            (-2.5, "-2.5"),
            (4.4_f64.next_up(), "4.4"),
        ] {
            assert_eq!(text(&DataRef::Float(number)), expected);
        }
        assert_eq!(text(&DataRef::Bool(true)), "TRUE");
    }

    #[test]
    fn dates_are_days_of_the_calendar_whatever_day_is_counted_from() {
        let date = |serial, kind, from_1904| {
            text(&DataRef::DateTime(ExcelDateTime::new(serial, kind, from_1904)))
        };
        assert_eq!(date(45_660.0, DateTime, false), "2025-01-03");
        assert_eq!(date(45_660.0 - 1_462.0, DateTime, true), "2025-01-03");
        assert_eq!(date(45_660.75, DateTime, false), "2025-01-03 18:00:00");
        assert_eq!(date(0.5, DateTime, false), "12:00:00");
        assert_eq!(date(1.5, TimeDelta, false), "36:00:00");
        assert_eq!(date(-3.0, DateTime, false), "-3");
    }

    #[test]
    fn what_a_formula_came_to_nothing_with_is_no_text() {
        assert_eq!(Cell::of_text("#NAME?"), Some(Cell::Error));
        assert_eq!(Cell::of_text(" #N/A "), Some(Cell::Error));
        assert_eq!(Cell::of_text("#1 in service"), Some(Cell::Text("#1 in service".to_owned())));
        assert_eq!(Cell::of_text(" \r\n"), None);
        assert_eq!(Cell::of_text("late\r\nagain"), Some(Cell::Text("late\nagain".to_owned())));
    }
}
