//! Families: pain points that tell nearly the same, perhaps at several touchpoints.
//!
//! "No call back" at the hotline and "nobody ever answered" by e-mail are two pain points, each with figures of its
//! own; that they are one trouble is told beside them, with the share of both together.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::{Family, Topic};
use super::themes::Cause;
use crate::model::Sentiment;
use crate::tally::statistics::Proportion;

/// The part of the mentions of two themes that would belong to the other if their own were not there, from which
/// the two are of one family. Seen on complaints to a telecom; in five other files, too, pairs above it tell the same
/// trouble, and below 0.3 some do not (docs/method.md).
const KIN: f64 = 0.35;

/// The families of themes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Families(BTreeMap<Cause, usize>);

impl Families {
    /// The families of the themes of a sentiment. `members` are the mentions of each; `both` is how many mentions of
    /// the two themes of a pair, the lower number first, would belong to the other.
    ///
    /// From the largest theme on, each joins the one with which it has most in common of those that lead a family, or
    /// leads one: so all that a family holds is near what leads it.
    pub fn new(
        sentiment: Sentiment,
        members: &[usize],
        both: &BTreeMap<(usize, usize), usize>,
    ) -> Self {
        let mut order: Vec<usize> = (0..members.len()).collect();
        order.sort_by_key(|&theme| (std::cmp::Reverse(members[theme]), theme));
        let common = |a: usize, b: usize| {
            let shared = both.get(&(a.min(b), a.max(b))).copied().unwrap_or_default();
            shared as f64 / (members[a] + members[b]).max(1) as f64
        };
        let mut leads: Vec<usize> = Vec::new();
        let mut families = BTreeMap::new();
        for theme in order {
            let kin = leads.iter().map(|&lead| (lead, common(lead, theme)));
            let kin = kin.filter(|&(_, common)| common >= KIN);
            // Of equals the first.
            match kin.reduce(|best, own| if own.1 > best.1 { own } else { best }) {
                Some((lead, _)) => {
                    families.insert((sentiment, theme), lead);
                    families.insert((sentiment, lead), lead);
                }
                None => leads.push(theme),
            }
        }
        Self(families)
    }

    /// The family of a theme, as the number of the theme that leads it; none where it stands alone.
    fn of(&self, cause: Cause) -> Option<Cause> {
        self.0.get(&cause).map(|&lead| (cause.0, lead))
    }

    /// Of the themes that a feedback mentions, those of each family of which it mentions several.
    pub fn together(&self, mentioned: &BTreeSet<Cause>) -> Vec<BTreeSet<Cause>> {
        let mut families: BTreeMap<Cause, BTreeSet<Cause>> = BTreeMap::new();
        for &cause in mentioned {
            if let Some(family) = self.of(cause) {
                families.entry(family).or_default().insert(cause);
            }
        }
        families.into_values().filter(|family| family.len() > 1).collect()
    }

    /// The families of which several themes became topics, in the order of their first. `together` is how much
    /// feedback mentions several of a family.
    pub fn told(
        &self,
        topics: &[(Cause, &Topic)],
        together: &BTreeMap<BTreeSet<Cause>, u64>,
    ) -> Vec<Family> {
        let mut families: Vec<(Cause, Vec<(Cause, &Topic)>)> = Vec::new();
        for &(cause, topic) in topics {
            let Some(family) = self.of(cause) else { continue };
            match families.iter_mut().find(|(own, _)| *own == family) {
                Some((_, topics)) => topics.push((cause, topic)),
                None => families.push((family, vec![(cause, topic)])),
            }
        }
        families.retain(|(_, topics)| topics.len() > 1);
        let told = |(_, topics): (Cause, Vec<(Cause, &Topic)>)| {
            let causes: BTreeSet<Cause> = topics.iter().map(|(cause, _)| *cause).collect();
            let each: u64 = topics.iter().map(|(_, topic)| topic.feedback.count).sum();
            // What mentions two of them was counted twice.
            let again: u64 = together
                .iter()
                .map(|(set, count)| {
                    count * (set.intersection(&causes).count() as u64).saturating_sub(1)
                })
                .sum();
            let of = topics.first().map_or(0, |(_, topic)| topic.feedback.of);
            Family {
                topics: topics.iter().map(|(_, topic)| topic.id.clone()).collect(),
                feedback: Proportion::new(each - again, of),
            }
        };
        families.into_iter().map(told).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::painpoint::findings::TopicKind;

    fn cause(theme: usize) -> Cause {
        (Sentiment::Negative, theme)
    }

    #[test]
    fn each_joins_the_leader_with_which_it_shares_most_and_no_chain_is_made() {
        let members = [100, 60, 40, 30, 20];
        // 1 and 2 are near 0; 3 is near 1, which leads nothing; 4 is alone.
        let both = BTreeMap::from([((0, 1), 60), ((0, 2), 50), ((1, 3), 80), ((2, 4), 10)]);
        let families = Families::new(Sentiment::Negative, &members, &both);
        let of: Vec<Option<Cause>> = (0..5).map(|theme| families.of(cause(theme))).collect();
        let first = Some(cause(0));
        assert_eq!(of, [first, first, first, None, None]);
    }

    #[test]
    fn who_mentions_two_of_a_family_counts_once() {
        let both = BTreeMap::from([((0, 1), 60), ((0, 2), 50)]);
        let families = Families::new(Sentiment::Negative, &[100, 60, 40, 9], &both);
        let mentioned = BTreeSet::from([cause(0), cause(2), cause(3)]);
        assert_eq!(families.together(&mentioned), [BTreeSet::from([cause(0), cause(2)])]);
        let topic = |id: &str, count| Topic {
            id: id.to_owned(),
            feedback: Proportion::new(count, 200),
            ..Topic::default()
        };
        let topics = [topic("a", 50), topic("b", 30), topic("c", 20), topic("d", 9)];
        let named: Vec<(Cause, &Topic)> =
            topics.iter().enumerate().map(|(at, topic)| (cause(at), topic)).collect();
        let together = BTreeMap::from([
            (BTreeSet::from([cause(0), cause(2)]), 5),
            (BTreeSet::from([cause(0), cause(1), cause(2)]), 2),
        ]);
        let told = families.told(&named, &together);
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].topics, ["a", "b", "c"]);
        assert_eq!(told[0].feedback, Proportion::new(91, 200));
        // A theme that is no topic is not counted with them.
        let told = families.told(&named[..2], &together);
        assert_eq!((told[0].feedback.count, told[0].topics.len()), (78, 2));
        assert!(families.told(&named[1..2], &together).is_empty());
        assert_eq!(topics[0].kind, TopicKind::PainPoint);
    }
}
