//! What the members of a pain point have in common, and how a mention finds its own.

use super::named::Named;
use super::similarity::{Item, dot, unit};
use super::thresholds::Thresholds;

/// Weight of terms beside the cosine to the members' middle. This and the other two were set by looking at
/// complaints to a telecom (docs/accuracy.md).
const TERMS: f32 = 0.08;

/// Weight of touchpoints.
const TOUCHPOINTS: f32 = 0.08;

/// Weight of how common it is.
const PRIOR: f32 = 0.04;

/// Most that terms add up to, as a sum of logarithms.
const MOST_TERMS: f32 = 6.0;

/// Average mentions added to those of a pain point when lifts are taken, so that few prove little.
const AVERAGE_TERMS: f32 = 10.0;
const AVERAGE_TOUCHPOINTS: f32 = 5.0;

/// Largest lift of a touchpoint either way, as a logarithm.
const LARGEST: f32 = 2.0;

/// Most terms that a profile keeps.
const STRONGEST: usize = 40;

/// How often terms and touchpoints stand in all complaints.
#[derive(Clone, Debug, Default)]
pub struct Base {
    /// Complaints.
    pub n: f32,
    /// Complaints that hold a term, by its number.
    pub terms: Vec<f32>,
    /// Complaints about a touchpoint, by its number.
    pub touchpoints: Vec<f32>,
}

/// Steps to one in a vector that is written down.
const STEPS: f32 = 127.0;

/// A vector in whole steps, as it is written down.
pub fn to_steps(vector: &[f32]) -> Vec<i8> {
    vector.iter().map(|value| (value * STEPS).round_ties_even() as i8).collect()
}

/// A vector that was written in whole steps.
pub fn from_steps(steps: &[i8]) -> Vec<f32> {
    steps.iter().map(|&step| f32::from(step) / STEPS).collect()
}

/// One pain point as its members show it.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Its part of all complaints.
    pub share: f32,
    /// The middle of its members, of length one.
    pub middle: Vec<f32>,
    /// By term, how much commoner it is among the members, as a logarithm; only what is commoner.
    pub terms: Vec<f32>,
    /// By touchpoint the same, either way.
    pub touchpoints: Vec<f32>,
    /// What it is called: its name first, then the names of those that were joined to it. Empty where nothing names it.
    pub names: Vec<Named>,
}

/// How a mention stands to a pain point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Closeness {
    /// Cosine to the members' middle.
    pub cosine: f32,
    /// All that speaks for it.
    pub votes: f32,
}

impl Profile {
    /// What some members have in common.
    pub fn new<'i>(members: impl Iterator<Item = &'i Item>, base: &Base) -> Self {
        let mut n = 0.0f32;
        let mut middle: Vec<f32> = Vec::new();
        let mut terms = vec![0.0f32; base.terms.len()];
        let mut touchpoints = vec![0.0f32; base.touchpoints.len()];
        for member in members {
            n += 1.0;
            middle.resize(member.vector.len(), 0.0);
            middle.iter_mut().zip(&member.vector).for_each(|(sum, value)| *sum += value);
            member.terms.iter().for_each(|&(term, _)| terms[term] += 1.0);
            member.touchpoints.iter().for_each(|&touchpoint| touchpoints[touchpoint] += 1.0);
        }
        unit(&mut middle);
        let lift = |count: f32, all: f32, average: f32| {
            let usual = (all / base.n.max(1.0)).max(f32::MIN_POSITIVE);
            ((count + average * usual) / (n + average) / usual).ln()
        };
        for (count, &all) in terms.iter_mut().zip(&base.terms) {
            *count = if *count >= 2.0 { lift(*count, all, AVERAGE_TERMS).max(0.0) } else { 0.0 };
        }
        for (count, &all) in touchpoints.iter_mut().zip(&base.touchpoints) {
            let own = if all > 0.0 { lift(*count, all, AVERAGE_TOUCHPOINTS) } else { 0.0 };
            *count = own.clamp(-LARGEST, LARGEST);
        }
        Self { share: n / base.n.max(1.0), middle, terms, touchpoints, names: Vec::new() }
    }

    /// A profile of a middle alone, before there are members.
    pub fn at(middle: Vec<f32>, base: &Base) -> Self {
        let (terms, touchpoints) = (vec![0.0; base.terms.len()], vec![0.0; base.touchpoints.len()]);
        Self { middle, terms, touchpoints, ..Self::default() }
    }

    /// The same as it can be written down: the strongest terms, in few digits.
    pub fn settled(mut self) -> Self {
        let hundredths = |lift: f32| (lift * 100.0).round_ties_even() / 100.0;
        let mut lifts: Vec<f32> = self.terms.clone();
        lifts.sort_by(|a, b| b.total_cmp(a));
        let least = lifts.get(STRONGEST).copied().unwrap_or(0.0);
        for lift in &mut self.terms {
            *lift = if *lift > least { hundredths(*lift) } else { 0.0 };
        }
        self.touchpoints.iter_mut().for_each(|lift| *lift = hundredths(*lift));
        self.share = (self.share * 1e6).round_ties_even() / 1e6;
        self.middle = from_steps(&to_steps(&self.middle));
        for name in &mut self.names {
            name.vector = from_steps(&to_steps(&name.vector));
            name.words = name.words.settled();
        }
        self
    }

    /// How near a mention is.
    pub fn closeness(&self, item: &Item) -> Closeness {
        let cosine = dot(&self.middle, &item.vector);
        let terms: f32 = item.terms.iter().map(|&(term, _)| self.terms[term]).sum();
        let lifts = item.touchpoints.iter().map(|&own| self.touchpoints.get(own).copied());
        let touchpoints: f32 = lifts.map(Option::unwrap_or_default).sum();
        let touchpoints = touchpoints / item.touchpoints.len().max(1) as f32;
        let votes = cosine + TERMS * terms.min(MOST_TERMS) + TOUCHPOINTS * touchpoints;
        Closeness { cosine, votes }
    }

    /// How near the nearest of its names is; its middle, where nothing names it.
    pub fn named(&self, item: &Item) -> f32 {
        let names = self.names.iter().map(|name| name.nearness(item).value());
        let nearest = names.reduce(f32::max);
        nearest.unwrap_or_else(|| dot(&self.middle, &item.vector))
    }

    /// Whether one of its names, if it has any, is near enough.
    pub fn is_named_by(&self, item: &Item, thresholds: Thresholds) -> bool {
        self.names.is_empty() || self.names.iter().any(|own| own.is_enough(item, thresholds))
    }
}

/// The pain point that most speaks for, of those whose name is near enough, if it is near enough itself; of equals the
/// first.
pub fn choose(profiles: &[Profile], item: &Item, thresholds: Thresholds) -> Option<usize> {
    let votes = |profile: &Profile| {
        let Closeness { cosine, votes } = profile.closeness(item);
        (votes + PRIOR * profile.share.max(f32::MIN_POSITIVE).ln(), cosine >= thresholds.member)
    };
    let votes: Vec<(f32, bool)> = profiles.iter().map(votes).collect();
    let mut near = votes.iter().filter(|(_, near)| *near).count();
    if near == 0 {
        return None;
    }
    let mut order: Vec<usize> = (0..votes.len()).collect();
    order.sort_by(|&a, &b| votes[b].0.total_cmp(&votes[a].0).then(a.cmp(&b)));
    // Names are asked last, and no more of them than need be: they take longest.
    for number in order {
        let is_near = votes[number].1;
        if profiles[number].is_named_by(item, thresholds) {
            return is_near.then_some(number);
        }
        near -= usize::from(is_near);
        if near == 0 {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::words::Telltale;
    use super::*;
    use crate::model::Pieces;

    fn item(vector: [f32; 2], terms: &[usize], touchpoints: &[usize]) -> Item {
        Item {
            vector: vector.to_vec(),
            terms: terms.iter().map(|&term| (term, 1.0)).collect(),
            touchpoints: touchpoints.to_vec(),
            ..Item::default()
        }
    }

    #[test]
    fn words_and_touchpoints_decide_where_meaning_does_not() {
        let base = Base { n: 40.0, terms: vec![10.0, 10.0], touchpoints: vec![12.0, 12.0] };
        let one = [item([1.0, 0.0], &[0], &[0]), item([1.0, 0.0], &[0], &[0])];
        let other = [item([1.0, 0.0], &[1], &[1]), item([1.0, 0.0], &[1], &[1])];
        let profiles = [Profile::new(one.iter(), &base), Profile::new(other.iter(), &base)];
        for (mention, expected) in [(&one[0], 0), (&other[1], 1)] {
            assert_eq!(choose(&profiles, mention, at(0.0)), Some(expected));
            let closeness = profiles[expected].closeness(mention);
            assert!((closeness.cosine - 1.0).abs() < 1e-6 && closeness.votes > 1.0);
        }
        assert_eq!(choose(&[], &one[0], at(0.0)), None);
    }

    /// Bounds of which those of names are so.
    fn at(bound: f32) -> Thresholds {
        Thresholds { close: 0.0, member: 0.0, named: bound, told: bound }
    }

    #[test]
    fn what_is_far_from_the_name_is_no_member() {
        let mut profile = Profile::at(vec![1.0, 0.0], &Base::default());
        let (near, far) = (item([0.8, 0.6], &[], &[]), item([0.8, -0.6], &[], &[]));
        let name = |vector: [f32; 2]| Named::of(&item(vector, &[], &[]));
        assert!([&near, &far].map(|own| profile.named(own)) == [0.8, 0.8]);
        profile.names = vec![name([0.0, 1.0])];
        let find = |own| choose(std::slice::from_ref(&profile), own, at(0.5));
        assert_eq!([find(&near), find(&far)], [Some(0), None]);
        // Another name brings it back.
        profile.names.push(name([0.6, -0.8]));
        let find = |own| choose(std::slice::from_ref(&profile), own, at(0.5));
        assert_eq!([find(&near), find(&far)], [Some(0), Some(0)]);
    }

    #[test]
    fn who_says_little_of_the_name_is_no_member_however_near() {
        let said = |vectors: &[[i8; 2]]| {
            let pieces = Pieces { ids: vec![7; vectors.len()], vectors: vectors.concat() };
            let words = Telltale { weights: vec![1.0; vectors.len()], pieces };
            Item { words, ..item([1.0, 0.0], &[], &[]) }
        };
        let name = said(&[[127, 0], [0, 127]]);
        let (all, half) = (said(&[[0, 127], [127, 0]]), said(&[[127, 0], [127, 0]]));
        let mut profile = Profile::at(vec![1.0, 0.0], &Base::default());
        profile.names = vec![Named::of(&name)];
        let find = |own: &Item| choose(std::slice::from_ref(&profile), own, at(0.8)).is_some();
        // Half of it said at a cosine of 1 is (2 · ½ + 1) / 3.
        assert_eq!((find(&all), find(&half)), (true, false));
        assert!((profile.named(&half) - 2.0 / 3.0).abs() < 1e-6);
        // A text without pieces is judged by the cosine alone.
        assert!(find(&item([1.0, 0.0], &[], &[])));
    }
}
