//! How much two groups of mentions tell the same.
//!
//! The mean similarity of a mention of one to a mention of the other, divided by the geometric mean of those within the
//! groups: the correlation of what the groups are about, corrected for how much single mentions scatter (correction
//! for attenuation: C. Spearman, "The proof and measurement of association between two things", 1904). It is 1 for two
//! halves of one group, however alike the mentions of that group are, and about 0 for what has nothing in common.

use super::similarity::{Item, Telling, some_of};

/// Mentions of a group that are compared: more of them say the same.
const COMPARED: usize = 60;

/// The least that the mentions of a group are taken to be alike, so that the quotient of few says little.
const LEAST_WITHIN: f32 = 0.3;

/// A group of mentions, as others are compared with it.
pub struct Group<'i> {
    items: Vec<&'i Item>,
    within: f32,
}

impl<'i> Group<'i> {
    /// Some mentions.
    pub fn new(items: &[&'i Item], telling: &Telling) -> Self {
        let items = some_of(items, COMPARED);
        let within = telling.within(&items);
        Self { within: within.max(LEAST_WITHIN), items }
    }

    /// How much two groups tell the same, about 0 to 1.
    pub fn kinship(&self, other: &Self, telling: &Telling) -> f32 {
        let to = |own: &&Item| {
            other.items.iter().map(|theirs| telling.similarity(own, theirs)).sum::<f32>()
        };
        let pairs = self.items.len() * other.items.len();
        let across = self.items.iter().map(to).sum::<f32>() / pairs.max(1) as f32;
        across / (self.within * other.within).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::super::similarity::unit;
    use super::*;

    /// Mentions around a direction, each with a scatter of its own.
    fn around(direction: [f32; 3], first: usize) -> Vec<Item> {
        let item = |number: usize| {
            let mut vector = vec![0.0; 19];
            vector[..3].copy_from_slice(&direction);
            vector[3 + number] = 1.2;
            unit(&mut vector);
            Item { vector, ..Item::default() }
        };
        (first..first + 8).map(item).collect()
    }

    #[test]
    fn halves_of_a_group_are_one_however_much_it_scatters_and_others_are_not() {
        let telling = Telling::default();
        let others = around([0.0, 1.0, 0.0], 8);
        let other = Group::new(&others.iter().collect::<Vec<_>>(), &telling);
        let kinship = |direction: [f32; 3]| {
            let items = around(direction, 0);
            let own = Group::new(&items.iter().collect::<Vec<_>>(), &telling);
            (own.kinship(&other, &telling), own.within)
        };
        let (same, within) = kinship([0.0, 1.0, 0.0]);
        assert!((same - 1.0).abs() < 0.01 && (0.35..0.5).contains(&within), "{same} {within}");
        let (near, _) = kinship([0.6, 0.8, 0.0]);
        assert!((near - 0.8).abs() < 0.01, "{near}");
        let (none, _) = kinship([1.0, 0.0, 0.0]);
        assert!(none.abs() < 0.01, "{none}");
    }
}
