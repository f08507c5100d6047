//! Facts, summed by period.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::facts::{Facts, Side};
use crate::tally::moments::{Moments, Ratio};
use crate::tally::period::{Period, Unit};
use crate::tally::statistics::Estimate;
use crate::tally::summary::{NpsSummary, SentimentCounts};

/// Ratings in the upper quarter of their scale are satisfied, in thousandths of it.
const SATISFIED: u16 = 750;

/// What the feedback of a period comes to. Sums of whole numbers, mergeable in any order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PeriodCounts {
    /// Feedback.
    pub feedback: u64,
    /// Of these with text that counts.
    pub with_text: u64,
    /// Of these, feedback that complains.
    pub complaining: u64,
    /// Mentions by sentiment.
    pub sentiment: SentimentCounts,
    /// Of feedback with text, positive less negative mentions, among all of its mentions.
    pub net: Ratio,
    /// How often each likelihood to recommend was given.
    pub nps: [u64; 11],
    /// Ratings in thousandths of their scale.
    pub ratings: Moments,
    /// Ratings that count as satisfied.
    pub satisfied: u64,
    /// Of each touchpoint: feedback that complains there, and its mentions.
    pub touchpoints: BTreeMap<u32, (u64, SentimentCounts)>,
    /// Of each pain point and delight: feedback that mentions it.
    pub topics: BTreeMap<u32, u64>,
    /// Of each group of customers: feedback, and that with text which complains.
    pub groups: BTreeMap<u32, PeriodGroup>,
}

/// A group of customers in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PeriodGroup {
    /// Its feedback.
    pub feedback: u64,
    /// Its mentions.
    pub sentiment: SentimentCounts,
}

impl PeriodCounts {
    /// Counts a feedback.
    pub fn add(&mut self, facts: &Facts) {
        self.feedback += 1;
        self.sentiment.merge(facts.mentions.counts());
        if facts.with_text() {
            self.with_text += 1;
            let Side(negative, _, positive) = facts.mentions;
            self.complaining += u64::from(negative > 0);
            self.net.add(i64::from(positive) - i64::from(negative), facts.mentions.total());
        }
        if let Some(count) = facts.nps.and_then(|score| self.nps.get_mut(usize::from(score))) {
            *count += 1;
        }
        if let Some(rating) = facts.rating {
            self.ratings.add(i64::from(rating));
            self.satisfied += u64::from(rating >= SATISFIED);
        }
        for (touchpoint, side) in &facts.touchpoints {
            let (complaining, sentiment) = self.touchpoints.entry(*touchpoint).or_default();
            *complaining += u64::from(side.0 > 0);
            sentiment.merge(side.counts());
        }
        for topic in &facts.topics {
            *self.topics.entry(*topic).or_default() += 1;
        }
        for group in &facts.groups {
            let own = self.groups.entry(*group).or_default();
            own.feedback += 1;
            own.sentiment.merge(facts.mentions.counts());
        }
    }

    /// Feedback that complains at a touchpoint.
    pub fn complaining_at(&self, touchpoint: u32) -> u64 {
        self.touchpoints.get(&touchpoint).map_or(0, |own| own.0)
    }

    /// The Net Promoter Score, if there are scores.
    pub fn nps(&self) -> Option<NpsSummary> {
        NpsSummary::new(&self.nps)
    }

    /// The mean rating on a scale, if there are ratings.
    pub fn mean_rating(&self, (lowest, highest): (f64, f64)) -> Option<Estimate> {
        let Moments { n, sum, squares } = self.ratings;
        let on_scale = |part: f64| lowest + part * (highest - lowest);
        let Estimate { n, value, low, high } =
            Estimate::mean(n, sum as f64 / 1e3, squares as f64 / 1e6);
        let [value, low, high] = [value, low, high].map(on_scale);
        (n > 0).then_some(Estimate { n, value, low, high })
    }
}

/// Feedback by period.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// How long a period is.
    pub unit: Unit,
    /// Periods with feedback.
    pub periods: BTreeMap<Period, PeriodCounts>,
    /// What a period without feedback comes to.
    nothing: PeriodCounts,
    /// The first day of all.
    pub oldest: Option<Date>,
    /// The last day of all.
    pub newest: Option<Date>,
    /// Feedback without a day, which is in no period.
    pub undated: u64,
}

impl Series {
    /// No feedback yet.
    pub fn new(unit: Unit) -> Self {
        let (periods, nothing) = (BTreeMap::new(), PeriodCounts::default());
        Self { unit, periods, nothing, oldest: None, newest: None, undated: 0 }
    }

    /// Counts a feedback.
    pub fn add(&mut self, day: Option<Date>, facts: &Facts) {
        let Some(day) = day else {
            self.undated += 1;
            return;
        };
        self.oldest = Some(self.oldest.map_or(day, |oldest| oldest.min(day)));
        self.newest = self.newest.max(Some(day));
        self.periods.entry(self.unit.of(day)).or_default().add(facts);
    }

    /// The last period that is over: the newest feedback is of a later one.
    pub fn current(&self) -> Option<Period> {
        let current = Period(self.unit.of(self.newest?).0 - 1);
        (*self.periods.keys().next()? <= current).then_some(current)
    }

    /// So many periods before one, the nearest last; none before the first feedback. The first of all may have begun before
    /// it.
    pub fn before(&self, period: Period, count: usize) -> Vec<&PeriodCounts> {
        let Some(first) = self.periods.keys().next() else { return Vec::new() };
        let from = first.0.max(period.0 - count as i64);
        (from..period.0).map(|own| self.counts(Period(own))).collect()
    }

    /// Whether a period is whole: feedback may have begun in the middle of the first.
    pub fn is_whole(&self, period: Period) -> bool {
        self.oldest.is_some_and(|oldest| oldest <= self.unit.first_day(period))
    }

    /// What a period comes to; nothing at all where it has no feedback.
    pub fn counts(&self, period: Period) -> &PeriodCounts {
        self.periods.get(&period).unwrap_or(&self.nothing)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn complaint(nps: u8) -> Facts {
        Facts { nps: Some(nps), mentions: Side(1, 0, 0), ..Facts::default() }
    }

    #[test]
    fn a_period_is_told_when_it_is_over() {
        let mut series = Series::new(Unit::Week);
        assert_eq!(series.current(), None);
        series.add(Some(date(2026, 3, 4)), &complaint(3));
        // Wednesday: the week may still bring more, and there is none before.
        assert_eq!(series.current(), None);
        series.add(Some(date(2026, 3, 8)), &complaint(9));
        let week = Unit::Week.of(date(2026, 3, 8));
        assert_eq!(series.current(), None);
        series.add(Some(date(2026, 3, 9)), &complaint(0));
        assert_eq!(series.current(), Some(week));
        assert_eq!(series.counts(week).feedback, 2);
        series.add(None, &complaint(1));
        assert_eq!(series.undated, 1);
    }

    #[test]
    fn the_upper_quarter_of_a_scale_is_satisfied() {
        let mut series = Series::new(Unit::Day);
        // 1, 3.5, 4 and 5 of 1 to 5.
        for rating in [0, 625, 750, 1000] {
            let facts = Facts { rating: Some(rating), ..Facts::default() };
            series.add(Some(date(2026, 3, 4)), &facts);
        }
        let counts = &series.periods[&Unit::Day.of(date(2026, 3, 4))];
        assert_eq!((counts.satisfied, counts.ratings.n, counts.with_text), (2, 4, 0));
    }
}
