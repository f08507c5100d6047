//! What pain points and delights go along with: scores, periods, groups of customers.

use std::collections::{BTreeMap, btree_map};

use jiff::civil::Date;

use super::findings::{
    Comparisons, Effect, FlagSummary, GroupComparison, Outcome, Periods, Scale, ScoreChange, Topic,
};
use super::passes::evidence::EvidenceTally;
use super::themes::Cause;
use crate::mention::Group;
use crate::model::Sentiment;
use crate::tally::LEAST_FEEDBACK;
use crate::tally::comparison::{Comparison, control};
use crate::tally::drivers::{Drivers, Scored};
use crate::tally::moments::{Impact, Moments};
use crate::tally::shrinkage::shrunk;
use crate::tally::statistics::{Estimate, Proportion};

/// Fewest scores with text from which scores, rather than severity, rank pain points.
const LEAST_SCORED: u64 = 100;

impl EvidenceTally {
    /// Fills in what pain points and delights go along with, and ranks both anew where scores tell
    /// what they cost. `scale` is that of the ratings, `since` the day on which the later period
    /// starts; without it, one is chosen.
    pub fn complete(
        &self,
        pain_points: &mut [(usize, Topic)],
        delights: &mut [(usize, Topic)],
        scale: Option<(f64, f64)>,
        since: Option<Date>,
    ) -> Comparisons {
        let outcome = self.outcome(scale).map(|mut outcome| {
            self.weigh(Sentiment::Negative, pain_points, outcome);
            self.weigh(Sentiment::Positive, delights, outcome);
            outcome.explained = self.drive(outcome.scale, pain_points, delights);
            outcome
        });
        let mut all: Vec<(Cause, &mut Topic)> = themed(Sentiment::Negative, pain_points)
            .chain(themed(Sentiment::Positive, delights))
            .collect();
        let periods = self.compare_periods(&mut all, since).map(|periods| Periods {
            score: outcome.and_then(|outcome| self.score_change(outcome.scale, periods.since)),
            ..periods
        });
        self.compare_groups(&mut all);
        Comparisons { outcome, periods, earlier_run: None }
    }

    /// The flags raised.
    pub fn flag_summaries(&self) -> Vec<FlagSummary> {
        self.flags.summaries(self.feedback)
    }

    /// The score that tells most: the likelihood to recommend where enough gave one, else the rating.
    fn outcome(&self, scale: Option<(f64, f64)>) -> Option<Outcome> {
        let rating = scale.map(|(lowest, highest)| Scale::Rating { lowest, highest });
        let outcomes = [Some(Scale::Nps), rating].into_iter().flatten().map(|scale| {
            let n = self.scored(scale).all.n;
            let ranks = n >= LEAST_SCORED && 2 * n >= self.feedback;
            Outcome { scale, n, ranks, explained: None }
        });
        // Of two that say as little the first.
        outcomes.rev().max_by_key(|outcome| outcome.ranks).filter(|outcome| outcome.n > 0)
    }

    fn scored(&self, scale: Scale) -> &Scored<Cause> {
        match scale {
            Scale::Nps => &self.nps,
            Scale::Rating { .. } => &self.rating,
        }
    }

    /// Fills in impacts and, where scores rank, priorities.
    fn weigh(&self, sentiment: Sentiment, themes: &mut [(usize, Topic)], outcome: Outcome) {
        let scored = self.scored(outcome.scale);
        let steps = steps(outcome.scale);
        for (theme, found) in themes.iter_mut() {
            let impact = scored.impact((sentiment, *theme), outcome.scale.compare());
            let impact = impact.map(|impact| impact.in_units_of(steps));
            found.impact = impact.map(|impact| toward(sentiment, impact));
        }
        if !outcome.ranks {
            return;
        }
        let costs: Vec<f64> = self.costs(sentiment, themes, scored);
        for ((_, found), cost) in themes.iter_mut().zip(costs) {
            found.priority = found.feedback.share * (cost / steps / outcome.scale.range()).max(0.0);
        }
        themes.sort_by(|(_, a), (_, b)| {
            let by_share = b.feedback.count.cmp(&a.feedback.count);
            b.priority.total_cmp(&a.priority).then(by_share).then_with(|| a.id.cmp(&b.id))
        });
    }

    /// Impacts in steps, drawn together by how little each proves: one that chance explains lifts nothing over
    /// what is commoner.
    fn costs(
        &self,
        sentiment: Sentiment,
        themes: &[(usize, Topic)],
        scored: &Scored<Cause>,
    ) -> Vec<f64> {
        let sign = if sentiment == Sentiment::Negative { 1.0 } else { -1.0 };
        // Few scores tell a mean, but not how they vary: that is told by all.
        let variance = scored.all.variance();
        let estimate = |&(theme, _): &(usize, Topic)| {
            let with = scored.with((sentiment, theme));
            let without = scored.all.without(with);
            let known = with.n > 0 && without.n > 0 && variance > 0.0;
            let parts = 1.0 / with.n as f64 + 1.0 / without.n as f64;
            known.then(|| (sign * (without.mean() - with.mean()), variance * parts))
        };
        shrunk(&themes.iter().map(estimate).collect::<Vec<_>>())
    }

    /// Fits the driver model to all themes, the commonest first, and fills in effects. Gives the share
    /// of the variance that it explains.
    fn drive(
        &self,
        scale: Scale,
        pain_points: &mut [(usize, Topic)],
        delights: &mut [(usize, Topic)],
    ) -> Option<f64> {
        let mut all: Vec<(Cause, &mut Topic)> = themed(Sentiment::Negative, pain_points)
            .chain(themed(Sentiment::Positive, delights))
            .collect();
        all.sort_by(|(_, a), (_, b)| {
            b.feedback.count.cmp(&a.feedback.count).then_with(|| a.id.cmp(&b.id))
        });
        let causes: Vec<Cause> = all.iter().map(|(cause, _)| *cause).collect();
        let drivers = Drivers::new(self.scored(scale), &causes)?;
        let scored = self.scored(scale);
        let (lowest, highest) = scale.ends();
        for (cause, found) in all {
            found.effect = drivers.of(cause).map(|driver| {
                // A line goes on where the scale has ended: nobody scores lower than the lowest.
                let mean = scored.all.without(scored.with(cause)).mean() / steps(scale);
                let loss = driver.effect.per(steps(scale)).within(mean - highest, mean - lowest);
                Effect { effect: signed(cause.0, loss), weight: driver.weight }
            });
        }
        Some(drivers.explained)
    }

    /// Compares the later period with the earlier one.
    fn compare_periods(
        &self,
        all: &mut [(Cause, &mut Topic)],
        since: Option<Date>,
    ) -> Option<Periods> {
        let since = since.or_else(|| middle(&self.all.days))?;
        let [earlier, later] = self.all.split(since);
        if earlier.min(later) < LEAST_FEEDBACK {
            return None;
        }
        for (cause, found) in all.iter_mut() {
            let [before, after] = self.causes.get(cause).map_or([0, 0], |own| own.split(since));
            found.trend = Some(Comparison::new(
                Proportion::new(after, later),
                Proportion::new(before, earlier),
            ));
        }
        control(all.iter_mut().filter_map(|(_, found)| found.trend.as_mut()));
        Some(Periods { since, earlier, later, score: None })
    }

    /// How the score has changed; none where too few of either period have one.
    fn score_change(&self, scale: Scale, since: Date) -> Option<ScoreChange> {
        let which = usize::from(scale != Scale::Nps);
        let sum = |days: btree_map::Range<'_, Date, [Moments; 2]>| {
            days.fold(Moments::default(), |mut sum, (_, scores)| {
                sum.merge(scores[which]);
                sum
            })
        };
        let [earlier, later] =
            [sum(self.scored_days.range(..since)), sum(self.scored_days.range(since..))];
        if earlier.n.min(later.n) < LEAST_FEEDBACK {
            return None;
        }
        // What is "without a cause" there is later here.
        let change = scale.compare()(earlier, later)?.in_units_of(steps(scale));
        Some(ScoreChange {
            earlier: change.mean_with,
            later: change.mean_without,
            difference: change.impact,
        })
    }

    /// Compares each group with the others of its column.
    fn compare_groups(&self, all: &mut [(Cause, &mut Topic)]) {
        let mut columns: BTreeMap<&str, u64> = BTreeMap::new();
        for (group, count) in &self.all.groups {
            *columns.entry(&group.column).or_default() += count;
        }
        let groups: Vec<(&Group, u64, u64)> = self
            .all
            .groups
            .iter()
            .map(|(group, &count)| (group, count, columns[group.column.as_str()] - count))
            .filter(|&(_, count, others)| count.min(others) >= LEAST_FEEDBACK)
            .collect();
        for (cause, found) in all.iter_mut() {
            let Some(own) = self.causes.get(cause) else { continue };
            for &(group, of, others) in &groups {
                let here = own.groups.get(group).copied().unwrap_or_default();
                let column = own.groups.iter().filter(|(other, _)| other.column == group.column);
                let there = column.map(|(_, count)| count).sum::<u64>() - here;
                found.groups.push(GroupComparison {
                    group: group.clone(),
                    comparison: Comparison::new(
                        Proportion::new(here, of),
                        Proportion::new(there, others),
                    ),
                });
            }
        }
        let compared = all.iter_mut().flat_map(|(_, found)| &mut found.groups);
        control(compared.map(|found| &mut found.comparison));
    }
}

/// Whole numbers summed to one of a score.
fn steps(scale: Scale) -> f64 {
    match scale {
        Scale::Nps => 1.0,
        Scale::Rating { .. } => 1000.0,
    }
}

/// An impact as the loss that a pain point goes along with, or the gain of a delight.
fn toward(sentiment: Sentiment, impact: Impact) -> Impact {
    Impact { impact: signed(sentiment, impact.impact), ..impact }
}

fn signed(sentiment: Sentiment, loss: Estimate) -> Estimate {
    if sentiment == Sentiment::Positive { loss.negated() } else { loss }
}

fn themed(
    sentiment: Sentiment,
    themes: &mut [(usize, Topic)],
) -> impl Iterator<Item = (Cause, &mut Topic)> {
    themes.iter_mut().map(move |(theme, found)| ((sentiment, *theme), found))
}

/// The day that best halves the feedback: the first of a month if one leaves at least a quarter on
/// either side, else the day on which the second half begins.
fn middle(days: &BTreeMap<Date, u64>) -> Option<Date> {
    let total: u64 = days.values().sum();
    let mut before = 0;
    let mut months: Vec<(u64, Date)> = Vec::new();
    let mut half = None;
    let mut last = None;
    for (&day, &count) in days {
        let month = day.first_of_month();
        if last.is_some_and(|last| last < month) && 4 * before >= total && 4 * before <= 3 * total {
            months.push(((2 * before).abs_diff(total), month));
        }
        if half.is_none() && 2 * before >= total {
            half = Some(day);
        }
        before += count;
        last = Some(day);
    }
    months.into_iter().min().map(|(_, month)| month).or(half)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::findings::TopicKind;
    use super::*;
    use crate::mention::{Analysed, Mention, Tag, Touchpoints};
    use crate::model::Score;
    use crate::painpoint::membership::Membership;
    use crate::text::Language;

    /// Feedback that mentions some negative themes.
    fn feedback(number: u64, themes: &[usize], nps: u8) -> (Analysed, Vec<Vec<Membership>>) {
        let score = Score { probabilities: [0.8, 0.1, 0.1], ..Score::default() };
        let tags = vec![Tag::general()];
        let text = ("text".to_owned(), "words".to_owned());
        let mention = Mention::new(text, 0, Language::En, &score, tags);
        let day = if number.is_multiple_of(2) { date(2026, 1, 9) } else { date(2026, 2, 9) };
        let mut feedback = Analysed::new(number.to_string(), Some(day), vec![mention]);
        feedback.scores.nps = Some(nps);
        let value = if number.is_multiple_of(3) { "Nord" } else { "Süd" };
        feedback.scores.groups =
            vec![Group { column: "region".into(), value: value.into(), source: false }];
        let membership = |&theme| Membership { theme, by_term: true, closeness: 1.0 };
        (feedback, vec![themes.iter().map(membership).collect()])
    }

    fn pain_point(id: &str, count: u64) -> Topic {
        Topic {
            id: id.into(),
            touchpoint: "app".into(),
            phase: Some("use".into()),
            kind: TopicKind::PainPoint,
            label: vec![id.into()],
            terms: Vec::new(),
            mentions: count,
            feedback: Proportion::new(count, 300),
            severity: 0.8,
            priority: count as f64 / 300.0 * 0.8,
            verbatims: Vec::new(),
            months: BTreeMap::new(),
            controllable: true,
            impact: None,
            effect: None,
            trend: None,
            change: None,
            groups: Vec::new(),
        }
    }

    /// Theme 0 is mentioned often and costs nothing, theme 1 seldom and by detractors alone, and in
    /// the north alone.
    fn counted() -> EvidenceTally {
        let rows = (0..300).map(|number| match number {
            _ if number % 4 == 1 => feedback(number, &[0], if number % 8 == 1 { 9 } else { 2 }),
            _ if number % 12 == 6 => feedback(number, &[1], 0),
            _ => feedback(number, &[], if number % 8 < 4 { 9 } else { 2 }),
        });
        rows.fold(EvidenceTally::default(), |sum, (feedback, memberships)| {
            let mut part = EvidenceTally::default();
            part.add(&feedback, &memberships, &Touchpoints::default());
            part.merge(sum);
            part
        })
    }

    #[test]
    fn what_costs_most_ranks_first_where_there_are_scores() {
        let mut pain_points = vec![(0, pain_point("often", 75)), (1, pain_point("costly", 25))];
        let comparisons = counted().complete(&mut pain_points, &mut [], None, None);
        let outcome = comparisons.outcome.unwrap();
        assert!(outcome.ranks && outcome.n == 300, "{outcome:?}");
        let ids: Vec<&str> = pain_points.iter().map(|(_, found)| found.id.as_str()).collect();
        assert_eq!(ids, ["costly", "often"]);
        let impact = pain_points[0].1.impact.unwrap();
        assert_eq!((impact.with, impact.mean_with), (25, -1.0));
        assert!(impact.impact.low > 0.5, "{impact:?}");
        assert!(pain_points[0].1.effect.unwrap().weight > 0.0);
    }

    #[test]
    fn scores_that_are_chance_leave_the_order_to_the_share() {
        // Three themes, mentioned by 1 in 7, 9 and 11; scores have nothing to do with them.
        let mut by_share = 0;
        for seed in 0..20u64 {
            let draw = |number: u64| {
                let mut bits =
                    (number + 1).wrapping_mul(seed + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                bits = (bits ^ (bits >> 29)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                (bits >> 40) % 11
            };
            let mut sum = EvidenceTally::default();
            for number in 0..1386 {
                let themes = [(0, 7), (1, 9), (2, 11)].into_iter();
                let own: Vec<usize> =
                    themes.filter(|(_, each)| number % each == 3).map(|(theme, _)| theme).collect();
                let (feedback, memberships) = feedback(number, &own, draw(number) as u8);
                sum.add(&feedback, &memberships, &Touchpoints::default());
            }
            let counts = [(0, 198), (1, 154), (2, 126)];
            let mut found: Vec<(usize, Topic)> = counts
                .iter()
                .map(|&(at, count)| (at, pain_point(&at.to_string(), count)))
                .collect();
            sum.complete(&mut found, &mut [], None, None);
            let order: Vec<usize> = found.iter().map(|(theme, _)| *theme).collect();
            by_share += usize::from(order == [0, 1, 2]);
        }
        // Chance brings a difference that is beyond chance now and then.
        assert!(by_share >= 18, "{by_share} of 20");
    }

    #[test]
    fn a_group_that_mentions_it_more_is_told() {
        let mut pain_points = vec![(1, pain_point("costly", 25))];
        counted().complete(&mut pain_points, &mut [], None, None);
        let north =
            pain_points[0].1.groups.iter().find(|found| found.group.value == "Nord").unwrap();
        assert_eq!((north.comparison.here.count, north.comparison.there.count), (25, 0));
        assert!(north.comparison.is_real());
    }

    #[test]
    fn periods_part_at_the_first_of_a_month_or_where_a_person_says() {
        let mut pain_points = vec![(0, pain_point("often", 75))];
        let mut since = |day| {
            let comparisons = counted().complete(&mut pain_points, &mut [], None, day);
            comparisons.periods.map(|periods| (periods.since, periods.earlier, periods.later))
        };
        assert_eq!(since(None), Some((date(2026, 2, 1), 150, 150)));
        assert_eq!(since(Some(date(2026, 1, 20))), Some((date(2026, 1, 20), 150, 150)));
        assert_eq!(since(Some(date(2026, 3, 1))), None);
    }

    #[test]
    fn a_day_halves_feedback_of_a_single_month() {
        let days =
            BTreeMap::from([(date(2026, 3, 1), 5), (date(2026, 3, 8), 5), (date(2026, 3, 9), 9)]);
        assert_eq!(middle(&days), Some(date(2026, 3, 9)));
        assert_eq!(middle(&BTreeMap::new()), None);
    }
}
