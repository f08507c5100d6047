//! Which key point a text says.

use super::profile::{Profile, choose};
use super::reader::Reader;
use super::similarity::Item;
use super::thresholds::Thresholds;

/// Profiles of key points, and how mentions find theirs.
pub struct Matcher {
    /// How mentions are read.
    pub reader: Reader,
    /// Those known beforehand first.
    profiles: Vec<Profile>,
    /// How many were known beforehand.
    known: usize,
    /// How near is near enough.
    thresholds: Thresholds,
}

impl Matcher {
    /// No profiles but those known beforehand.
    pub fn new(reader: Reader, known: Vec<Profile>, thresholds: Thresholds) -> Self {
        Self { reader, known: known.len(), profiles: known, thresholds }
    }

    /// Adds a profile of a key point that was found.
    pub fn add(&mut self, profile: Profile) {
        self.profiles.push(profile.settled());
    }

    /// All profiles.
    pub fn profiles(&self) -> &[Profile] {
        &self.profiles
    }

    /// The profile that most speaks for, if it and its name are near enough. What was known is asked first, so that what
    /// is new takes nothing from it.
    pub fn number(&self, item: &Item) -> Option<usize> {
        let (known, new) = self.profiles.split_at(self.known);
        let own = choose(known, item, self.thresholds);
        own.or_else(|| Some(self.known + choose(new, item, self.thresholds)?))
    }

    /// The same, with how near its name is.
    pub fn find(&self, item: &Item) -> Option<(usize, f32)> {
        let number = self.number(item)?;
        Some((number, self.profiles[number].named(item)))
    }

    /// Whether a key point was known before anything was sought.
    pub fn was_known(&self, number: usize) -> bool {
        number < self.known
    }

    /// Whether a text says what a key point is called.
    pub fn says(&self, item: &Item, number: usize) -> bool {
        self.profiles[number].is_named_by(item, self.thresholds)
    }

    /// How near the nearest profile is.
    pub fn nearest(&self, item: &Item) -> f32 {
        let named = self.profiles.iter().map(|profile| profile.named(item));
        named.fold(-1.0, f32::max)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::painpoint::keypoints::profile::Base;

    #[test]
    fn what_is_known_comes_before_what_is_nearer() {
        let at = |vector: [f32; 2]| Profile::at(vector.to_vec(), &Base::default());
        let mut matcher = Matcher::new(
            Reader::default(),
            vec![at([1.0, 0.0])],
            Thresholds { close: 0.5, member: 0.5, named: 0.5, told: 0.5 },
        );
        matcher.add(at([0.6, 0.8]));
        let item = |vector: [f32; 2]| Item { vector: vector.to_vec(), ..Item::default() };
        let found = |vector| matcher.find(&item(vector)).map(|(number, _)| number);
        assert_eq!(found([0.6, 0.8]), Some(0));
        assert_eq!(found([0.0, 1.0]), Some(1));
        assert_eq!(matcher.find(&item([-1.0, 0.0])), None);
        assert!((matcher.nearest(&item([-1.0, 0.0])) + 0.6).abs() < 0.01);
    }
}
