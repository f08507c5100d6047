//! Which mentions belong to which theme, and what they add up to.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::findings::{PainPoint, Verbatim};
use super::relations::Index;
use super::themes::Theme;
use super::vocabulary::Group;
use crate::model::Sentiment;
use crate::tally::mention::{Analysed, Mention};
use crate::tally::statistics::Proportion;
use crate::tally::{MICRO, month};

/// Verbatims shown with each theme.
const VERBATIMS: usize = 3;

/// How close in meaning a mention without any of a theme's terms must be to belong to it.
const LEAST_CLOSENESS: f64 = 0.35;

/// The themes of all groups, and how mentions find theirs.
pub struct Themes<'c> {
    themes: Vec<Theme>,
    /// The theme of each candidate, by group and position.
    of_candidate: BTreeMap<Group, Vec<Option<usize>>>,
    /// The themes of each group.
    of_group: BTreeMap<Group, Vec<usize>>,
    index: Index<'c>,
}

impl<'c> Themes<'c> {
    /// Themes over the candidates that `index` finds; `candidates` gives the number in each group.
    pub fn new(themes: Vec<Theme>, index: Index<'c>) -> Self {
        let mut of_candidate: BTreeMap<Group, Vec<Option<usize>>> = BTreeMap::new();
        let mut of_group: BTreeMap<Group, Vec<usize>> = BTreeMap::new();
        for (number, theme) in themes.iter().enumerate() {
            of_group.entry(theme.group.clone()).or_default().push(number);
            let positions = of_candidate.entry(theme.group.clone()).or_default();
            for term in &theme.terms {
                if let Some(position) = index.position(&theme.group, &term.key) {
                    positions.resize(positions.len().max(position + 1), None);
                    positions[position] = Some(number);
                }
            }
        }
        Self { themes, of_candidate, of_group, index }
    }

    /// All themes, by number.
    pub fn all(&self) -> &[Theme] {
        &self.themes
    }

    /// The numbers of a mention's themes with how close it is to each: the themes whose terms it
    /// holds, or else, in each touchpoint, the nearest in meaning if that is near enough.
    pub fn of(&self, mention: &Mention) -> Vec<Membership> {
        if mention.sentiment() == Sentiment::Neutral {
            return Vec::new();
        }
        let terms = mention.terms();
        let mut found = Vec::new();
        for (group, hits) in self.index.find(mention, &terms) {
            let themes: BTreeSet<usize> = hits
                .iter()
                .filter_map(|&hit| self.of_candidate.get(group)?.get(hit).copied().flatten())
                .collect();
            if themes.is_empty() {
                found.extend(self.nearest(group, mention));
            } else {
                found.extend(themes.into_iter().map(|theme| Membership {
                    theme,
                    by_term: true,
                    closeness: self.themes[theme].closeness(&mention.meaning),
                }));
            }
        }
        found
    }

    fn nearest(&self, group: &Group, mention: &Mention) -> Option<Membership> {
        let closeness = |&theme: &usize| (theme, self.themes[theme].closeness(&mention.meaning));
        self.of_group
            .get(group)?
            .iter()
            .map(closeness)
            .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
            .filter(|&(_, closeness)| closeness >= LEAST_CLOSENESS)
            .map(|(theme, closeness)| Membership { theme, by_term: false, closeness })
    }
}

/// That a mention belongs to a theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Membership {
    /// Number of the theme.
    pub theme: usize,
    /// Whether the mention holds one of its terms, rather than being near in meaning.
    pub by_term: bool,
    /// Cosine to the theme's mentions.
    pub closeness: f64,
}

/// What the mentions of one theme add up to. Mergeable.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Members {
    mentions: u64,
    feedback: u64,
    /// Sum of the probabilities of the theme's sentiment, in millionths.
    strength: u64,
    months: BTreeMap<Date, u64>,
    verbatims: Vec<Quote>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Quote {
    /// Low is better: length out of the readable range, then distance in thousandths.
    rank: (u8, i64),
    text: String,
    feedback_id: String,
    date: Option<Date>,
}

/// What all mentions add up to, by number of the theme. Mergeable.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MembershipTally {
    members: BTreeMap<usize, Members>,
    /// Negative mentions of at least one theme.
    pub covered: u64,
}

impl MembershipTally {
    /// Counts a feedback whose mentions have the memberships given.
    pub fn add(&mut self, feedback: &Analysed, memberships: &[Vec<Membership>]) {
        let mut touched = BTreeSet::new();
        for (mention, memberships) in feedback.mentions.iter().zip(memberships) {
            let is_negative = mention.sentiment() == Sentiment::Negative;
            self.covered += u64::from(is_negative && !memberships.is_empty());
            for membership in memberships {
                let members = self.members.entry(membership.theme).or_default();
                members.mentions += 1;
                members.strength += u64::from(mention.probabilities[mention.sentiment() as usize]);
                if let Some(date) = feedback.date() {
                    *members.months.entry(month(date)).or_default() += 1;
                }
                members.quote(Quote::new(feedback, mention, membership));
                touched.insert(membership.theme);
            }
        }
        for theme in touched {
            self.members.entry(theme).or_default().feedback += 1;
        }
    }

    /// Adds what another tally counted.
    pub fn merge(mut self, other: Self) -> Self {
        self.covered += other.covered;
        for (theme, members) in other.members {
            self.members.entry(theme).or_default().merge(members);
        }
        self
    }

    /// The themes of one sentiment as pain points or delights, by falling priority, then by id.
    /// Themes of fewer than `support` mentions are left out. `with_text` is the number of feedback
    /// with text; `phase` names the phase of a touchpoint.
    pub fn findings(
        &self,
        themes: &[Theme],
        sentiment: Sentiment,
        support: u64,
        with_text: u64,
        phase: impl Fn(&str) -> String,
    ) -> Vec<(usize, PainPoint)> {
        let mut found: Vec<(usize, PainPoint)> = self
            .members
            .iter()
            .filter(|&(&theme, members)| {
                themes[theme].group.sentiment == sentiment && members.mentions >= support
            })
            .map(|(&theme, members)| (theme, members.finding(&themes[theme], with_text, &phase)))
            .collect();
        found.sort_by(|(_, a), (_, b)| {
            b.priority.total_cmp(&a.priority).then_with(|| a.id.cmp(&b.id))
        });
        found
    }
}

impl Members {
    fn quote(&mut self, quote: Quote) {
        // Two customers who say the same are one verbatim.
        if let Some(same) = self.verbatims.iter_mut().find(|known| known.text == quote.text) {
            if quote < *same {
                *same = quote;
            }
        } else {
            self.verbatims.push(quote);
        }
        self.verbatims.sort_unstable();
        self.verbatims.truncate(VERBATIMS);
    }

    fn merge(&mut self, other: Self) {
        self.mentions += other.mentions;
        self.feedback += other.feedback;
        self.strength += other.strength;
        for (month, count) in other.months {
            *self.months.entry(month).or_default() += count;
        }
        for quote in other.verbatims {
            self.quote(quote);
        }
    }

    fn finding(&self, theme: &Theme, with_text: u64, phase: impl Fn(&str) -> String) -> PainPoint {
        let feedback = Proportion::new(self.feedback, with_text);
        let severity = self.strength as f64 * MICRO / self.mentions.max(1) as f64;
        let touchpoint = theme.group.touchpoint.clone();
        PainPoint {
            id: id(theme),
            phase: phase(&touchpoint),
            touchpoint,
            label: theme.label.clone(),
            terms: surfaces(theme),
            mentions: self.mentions,
            feedback,
            severity,
            priority: feedback.share * severity,
            verbatims: self.verbatims.iter().map(Quote::verbatim).collect(),
            months: self.months.clone(),
        }
    }
}

/// Surface forms of a theme's terms, each once, the label first.
fn surfaces(theme: &Theme) -> Vec<String> {
    let mut surfaces = vec![theme.label.clone()];
    for term in &theme.terms {
        if !surfaces.contains(&term.surface) {
            surfaces.push(term.surface.clone());
        }
    }
    surfaces
}

/// Touchpoint and a fingerprint of the most distinctive key.
fn id(theme: &Theme) -> String {
    use sha2::{Digest, Sha256};
    let key = theme.terms.first().map_or("", |term| term.key.as_str());
    let sign = if theme.group.sentiment == Sentiment::Negative { "-" } else { "+" };
    let digest = Sha256::digest(format!("{sign}{key}"));
    let hex: String = digest.iter().take(3).map(|byte| format!("{byte:02x}")).collect();
    format!("{}-{hex}", theme.group.touchpoint)
}

impl Quote {
    fn new(feedback: &Analysed, mention: &Mention, membership: &Membership) -> Self {
        const READABLE: std::ops::RangeInclusive<usize> = 25..=220;
        let length = mention.text.chars().count();
        let rank = u8::from(!READABLE.contains(&length)) + 2 * u8::from(!membership.by_term);
        Self {
            rank: (rank, -(membership.closeness * 1000.0).round() as i64),
            text: mention.text.clone(),
            feedback_id: feedback.id.clone(),
            date: feedback.date(),
        }
    }

    fn verbatim(&self) -> Verbatim {
        Verbatim { feedback_id: self.feedback_id.clone(), text: self.text.clone(), date: self.date }
    }
}
