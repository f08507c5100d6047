//! Pass 3: what feedback adds up to by the themes that it mentions: scores, days, groups, flags.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Placed;
use crate::mention::pass::Pass;
use crate::mention::{Analysed, Group, Mention, Touchpoints};
use crate::painpoint::flagged::FlagTally;
use crate::painpoint::membership::Membership;
use crate::painpoint::themes::Cause;
use crate::tally::drivers::Scored;
use crate::tally::moments::Moments;

/// Counts what feedback says beside its text, by the themes that it mentions.
pub struct Weighing<'a> {
    /// What touchpoints are called.
    pub touchpoints: &'a Touchpoints,
}

impl Pass<Placed> for Weighing<'_> {
    type Sum = EvidenceTally;

    fn add(&self, sum: &mut EvidenceTally, placed: &Placed) {
        sum.add(&placed.feedback, &placed.memberships, self.touchpoints);
    }

    fn merge(&self, sum: &mut EvidenceTally, other: EvidenceTally) {
        sum.merge(other);
    }
}

/// Feedback by day and group.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(in crate::painpoint) struct Spread {
    /// By day.
    pub days: BTreeMap<Date, u64>,
    /// By group.
    pub groups: BTreeMap<Group, u64>,
}

impl Spread {
    fn add(&mut self, feedback: &Analysed) {
        if let Some(date) = feedback.date() {
            *self.days.entry(date).or_default() += 1;
        }
        for group in &feedback.scores.groups {
            *self.groups.entry(group.clone()).or_default() += 1;
        }
    }

    fn merge(&mut self, other: Self) {
        for (day, count) in other.days {
            *self.days.entry(day).or_default() += count;
        }
        for (group, count) in other.groups {
            *self.groups.entry(group).or_default() += count;
        }
    }

    /// Feedback before a day, and from it on.
    pub(crate) fn split(&self, since: Date) -> [u64; 2] {
        let earlier = self.days.range(..since).map(|(_, count)| count).sum();
        let later = self.days.range(since..).map(|(_, count)| count).sum();
        [earlier, later]
    }
}

/// What feedback with text adds up to, by the themes that it mentions. Mergeable.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct EvidenceTally {
    pub(in crate::painpoint) feedback: u64,
    pub(in crate::painpoint) all: Spread,
    pub(in crate::painpoint) causes: BTreeMap<Cause, Spread>,
    /// Promoters as 1, passives as 0, detractors as −1.
    pub(in crate::painpoint) nps: Scored<Cause>,
    /// Ratings in thousandths.
    pub(in crate::painpoint) rating: Scored<Cause>,
    /// Both by day, as above, NPS first.
    pub(in crate::painpoint) scored_days: BTreeMap<Date, [Moments; 2]>,
    pub(in crate::painpoint) flags: FlagTally,
}

impl EvidenceTally {
    /// Counts a feedback whose mentions have the memberships given.
    pub fn add(
        &mut self,
        feedback: &Analysed,
        memberships: &[Vec<Membership>],
        touchpoints: &Touchpoints,
    ) {
        if feedback.mentions.is_empty() {
            return;
        }
        let causes = |counts: fn(&Mention) -> bool| -> BTreeSet<Cause> {
            let own = feedback.mentions.iter().zip(memberships);
            let own = own.filter(|(mention, _)| counts(mention));
            own.flat_map(|(mention, own)| own.iter().map(|own| (mention.sentiment, own.theme)))
                .collect()
        };
        self.feedback += 1;
        self.flags.add(feedback, touchpoints);
        self.all.add(feedback);
        for cause in causes(|_| true) {
            self.causes.entry(cause).or_default().add(feedback);
        }
        // What takes its sentiment from the score cannot tell what it costs in score.
        let told = causes(|mention| mention.text_sentiment() == mention.sentiment);
        if let Some(nps) = feedback.scores.nps {
            let nps = i64::from(nps >= 9) - i64::from(nps <= 6);
            self.nps.add(nps, &told);
            self.add_to_day(feedback, 0, nps);
        }
        if let Some(thousandths) = feedback.scores.thousandths() {
            self.rating.add(thousandths, &told);
            self.add_to_day(feedback, 1, thousandths);
        }
    }

    fn add_to_day(&mut self, feedback: &Analysed, which: usize, score: i64) {
        if let Some(day) = feedback.date() {
            self.scored_days.entry(day).or_default()[which].add(score);
        }
    }

    /// Adds what another tally counted.
    pub fn merge(&mut self, other: Self) {
        self.feedback += other.feedback;
        self.all.merge(other.all);
        for (cause, spread) in other.causes {
            self.causes.entry(cause).or_default().merge(spread);
        }
        self.nps.merge(other.nps);
        self.rating.merge(other.rating);
        for (day, scores) in other.scored_days {
            let own = self.scored_days.entry(day).or_default();
            own.iter_mut().zip(scores).for_each(|(own, other)| own.merge(other));
        }
        self.flags.merge(other.flags);
    }
}
