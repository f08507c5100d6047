//! The months that charts show.

use std::collections::BTreeMap;
use std::iter;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::tally::summary::{MonthSummary, SentimentCounts};

/// Months that a chart shows at most; a wrong date must not squeeze the others together.
const LONGEST: i32 = 36;

/// The months of the input without gaps, the latest ones if there are many.
pub(in crate::report::html) struct Timeline {
    pub(in crate::report::html) months: Vec<(Date, SentimentCounts)>,
    /// Whether there are earlier ones.
    pub(in crate::report::html) cut: bool,
}

impl Timeline {
    /// `months` in order, as the summary gives them.
    pub(in crate::report::html) fn new(months: &[MonthSummary]) -> Self {
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
}

#[cfg(test)]
pub(in crate::report::html) mod tests {
    use jiff::civil::date;

    use super::*;

    /// A month for tests.
    pub(in crate::report::html) fn month(
        year: i16,
        month: i8,
        negative: u64,
        positive: u64,
    ) -> MonthSummary {
        MonthSummary {
            score: None,
            month: date(year, month, 1),
            sentiment: SentimentCounts { negative, neutral: 0, positive },
        }
    }

    #[test]
    fn months_without_a_mention_are_there() {
        let timeline = Timeline::new(&[month(2025, 11, 40, 10), month(2026, 2, 20, 30)]);
        let totals: Vec<_> = timeline.months.iter().map(|(_, counts)| counts.total()).collect();
        assert_eq!(totals, [50, 0, 0, 50]);
    }

    #[test]
    fn a_stray_date_does_not_squeeze_the_others() {
        let timeline = Timeline::new(&[month(1970, 1, 1, 0), month(2026, 2, 20, 30)]);
        assert_eq!(timeline.months.len(), 36);
        assert!(timeline.cut);
    }
}
