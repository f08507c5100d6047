//! Pass 3: what the mentions of each theme add up to.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Placed;
use crate::mention::pass::Pass;
use crate::mention::{Analysed, MICRO, Mention};
use crate::model::Sentiment;
use crate::painpoint::families::Families;
use crate::painpoint::findings::{Family, Topic, TopicKind, TopicTerm};
use crate::painpoint::membership::{Membership, Themes};
use crate::painpoint::names::Name;
use crate::painpoint::screen::Screen;
use crate::painpoint::themes::{Cause, Theme};
use crate::painpoint::verbatims::Verbatims;
use crate::tally::month;
use crate::tally::statistics::Proportion;

/// Low is better: spoken against by its row, without the theme's words or no easy reading, then how far from a clear case, in thousandths.
type Rank = (u8, i64);

/// Counts the mentions of each theme.
pub struct Counting<'a> {
    /// Which themes tell nearly the same.
    pub families: &'a Families,
    /// How rows speak against their mentions.
    pub screen: Screen,
}

impl Pass<Placed> for Counting<'_> {
    type Sum = MembershipTally;

    fn add(&self, sum: &mut MembershipTally, placed: &Placed) {
        sum.add(&placed.feedback, &placed.memberships, (self.families, self.screen));
    }

    fn merge(&self, sum: &mut MembershipTally, other: MembershipTally) {
        sum.merge(other);
    }
}

/// What the mentions of one theme add up to. Mergeable.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Members {
    mentions: u64,
    feedback: u64,
    /// Sum of the probabilities of the theme's sentiment, in millionths.
    strength: u64,
    months: BTreeMap<Date, u64>,
    verbatims: Verbatims<Rank>,
}

/// What all mentions add up to, by theme. Mergeable.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct MembershipTally {
    members: BTreeMap<Cause, Members>,
    /// Feedback that mentions several themes of a family, by these.
    together: BTreeMap<BTreeSet<Cause>, u64>,
}

impl MembershipTally {
    /// Counts a feedback whose mentions have the memberships given.
    pub fn add(
        &mut self,
        feedback: &Analysed,
        memberships: &[Vec<Membership>],
        (families, screen): (&Families, Screen),
    ) {
        let mut touched = BTreeSet::new();
        for (mention, memberships) in feedback.mentions.iter().zip(memberships) {
            for membership in memberships {
                let theme = (mention.sentiment, membership.theme);
                let members = self.members.entry(theme).or_default();
                members.mentions += 1;
                members.strength += u64::from(mention.strength());
                if let Some(date) = feedback.date() {
                    *members.months.entry(month(date)).or_default() += 1;
                }
                let against = screen.speaks_against(feedback, mention.sentiment);
                let rank = |unreadable| rank(mention, membership, [against, unreadable]);
                members.verbatims.add(feedback, mention, rank);
                touched.insert(theme);
            }
        }
        for together in families.together(&touched) {
            *self.together.entry(together).or_default() += 1;
        }
        for theme in touched {
            self.members.entry(theme).or_default().feedback += 1;
        }
    }

    /// Feedback that mentions a theme.
    pub fn feedback(&self, theme: Cause) -> u64 {
        self.members.get(&theme).map_or(0, |members| members.feedback)
    }

    /// The families of the themes that became topics.
    pub fn families(&self, themes: &Themes, topics: &[(Cause, &Topic)]) -> Vec<Family> {
        themes.families.told(topics, &self.together)
    }

    /// Adds what another tally counted.
    pub fn merge(&mut self, other: Self) {
        for (themes, count) in other.together {
            *self.together.entry(themes).or_default() += count;
        }
        for (theme, members) in other.members {
            self.members.entry(theme).or_default().merge(members);
        }
    }

    /// The themes of one sentiment as pain points or delights, by falling priority, then by id.
    /// Themes that fewer than `support` feedback mentions are left out. `with_text` is the number of feedback
    /// with text; `phase` names the phase of a touchpoint.
    pub fn findings(
        &self,
        themes: &Themes,
        sentiment: Sentiment,
        support: u64,
        with_text: u64,
        phase: impl Fn(&str) -> Option<String>,
    ) -> Vec<(usize, Topic)> {
        let mut found: Vec<(usize, Topic)> = self
            .members
            .iter()
            .filter(|&(&cause, members)| {
                let pinned = themes.names.get(cause).is_some_and(|name| name.pinned);
                cause.0 == sentiment && (pinned || members.feedback >= support)
            })
            .map(|(&cause, members)| {
                let theme = &themes.all(sentiment)[cause.1];
                let name = themes.names.get(cause).cloned().unwrap_or_default();
                (cause.1, members.finding(theme, name, with_text, &phase))
            })
            .collect();
        found.sort_by(|(_, a), (_, b)| {
            b.priority.total_cmp(&a.priority).then_with(|| a.id.cmp(&b.id))
        });
        found
    }
}

impl Members {
    fn merge(&mut self, other: Self) {
        self.mentions += other.mentions;
        self.feedback += other.feedback;
        self.strength += other.strength;
        for (month, count) in other.months {
            *self.months.entry(month).or_default() += count;
        }
        self.verbatims.merge(other.verbatims);
    }

    fn finding(
        &self,
        theme: &Theme,
        name: Name,
        with_text: u64,
        phase: impl Fn(&str) -> Option<String>,
    ) -> Topic {
        let feedback = Proportion::new(self.feedback, with_text);
        let severity = self.strength as f64 * MICRO / self.mentions.max(1) as f64;
        let touchpoint = theme.touchpoint.clone();
        Topic {
            id: name.id,
            kind: TopicKind::of(theme.sentiment),
            phase: phase(&touchpoint),
            touchpoint,
            label: name.label.unwrap_or_else(|| theme.label.clone()),
            terms: theme.terms.iter().map(TopicTerm::from).collect(),
            mentions: self.mentions,
            feedback,
            severity,
            priority: feedback.share * severity,
            verbatims: self.verbatims.shown(),
            months: self.months.clone(),
            controllable: true,
            impact: None,
            effect: None,
            trend: None,
            change: None,
            groups: Vec::new(),
        }
    }
}

/// How well a mention shows what its theme is. One that its own row speaks against comes last.
fn rank(mention: &Mention, membership: &Membership, [against, unreadable]: [bool; 2]) -> Rank {
    let worded = u8::from(!membership.by_term);
    let strength = f64::from(mention.strength()) * MICRO;
    let clear = membership.closeness * strength * 1000.0;
    (4 * u8::from(against) + 2 * worded + u8::from(unreadable), -clear.round() as i64)
}
