//! Families: pain points that tell nearly the same, perhaps at several touchpoints.
//!
//! "No call back" at the hotline and "nobody ever answered" by e-mail are two pain points, each with figures of its
//! own; that they are one trouble is told beside them, with the share of both together.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::{Family, Topic};
use super::themes::Cause;
use crate::model::Sentiment;
use crate::tally::statistics::Proportion;

/// Kinship of two themes from which they are of one family ([`Group::kinship`]); from 0.8 on they are one. Seen on complaints
/// to a telecom; in five other files, too, pairs above it mostly tell the same trouble (docs/method.md).
const KIN: f32 = 0.55;

/// The families of themes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Families(BTreeMap<Cause, usize>);

impl Families {
    /// The families of the themes of a sentiment. `members` are the mentions of each; `kinship` is that of two.
    ///
    /// From the largest theme on, each joins the one with which it has most in common of those that lead a family, or
    /// leads one: so all that a family holds is near what leads it.
    pub fn new(
        sentiment: Sentiment,
        members: &[usize],
        kinship: impl Fn(usize, usize) -> f32,
    ) -> Self {
        let mut order: Vec<usize> = (0..members.len()).collect();
        order.sort_by_key(|&theme| (std::cmp::Reverse(members[theme]), theme));
        let mut leads: Vec<usize> = Vec::new();
        let mut families = BTreeMap::new();
        for theme in order {
            let kin = leads.iter().map(|&lead| (lead, kinship(lead, theme)));
            let kin = kin.filter(|&(_, kinship)| kinship >= KIN);
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
        let families = Families::new(Sentiment::Negative, &members, |a, b| match (a, b) {
            (0, 1 | 2) | (1, 3) => 0.6,
            _ => 0.5,
        });
        let of: Vec<Option<Cause>> = (0..5).map(|theme| families.of(cause(theme))).collect();
        let first = Some(cause(0));
        assert_eq!(of, [first, first, first, None, None]);
    }

    #[test]
    fn who_mentions_two_of_a_family_counts_once() {
        let kinship = |a, b| if matches!((a, b), (0, 1 | 2)) { 0.6 } else { 0.0 };
        let families = Families::new(Sentiment::Negative, &[100, 60, 40, 9], kinship);
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
