//! Key points that tell of one problem, in other words or at other touchpoints, become one theme.

use std::collections::BTreeMap;

use super::describing::Label;
use super::families::Families;
use super::keypoints::kinship::Group;
use super::keypoints::matcher::Matcher;
use super::keypoints::similarity::{Item, Telling, dot, most_alike};
use crate::model::Sentiment;

/// Kinship of two problems from which they are one. From 0.7 on pain points fit coded reasons best, but readers found single
/// names over mixed members there (docs/accuracy.md).
const ONE: f32 = 0.8;

/// Cosine of two names that say the same.
const SAME: f32 = 0.6;

/// The part of the mentions of several that must say the name of one of them: else it would be one case of many. With
/// two fifths, complaints to a telecom had "Order had to be cancelled" as the name of all that goes wrong with orders.
const LEAST_SAID: f32 = 0.6;

/// Key points that are one theme.
pub(super) struct Joined<'a> {
    /// Their numbers, ascending.
    pub(super) points: Vec<usize>,
    /// What they are called together.
    pub(super) label: Label,
    /// How many mentions of the sample say them.
    pub(super) mentions: usize,
    /// These, as those of others are compared with them.
    pub(super) group: Group<'a>,
}

/// Key points and the mentions of the sample that say them.
pub(super) struct Joining<'a> {
    /// The key points.
    pub(super) matcher: &'a Matcher,
    /// The mentions of each.
    pub(super) members: &'a [Vec<&'a Item>],
}

/// Some key points on the way to being one.
struct Part<'i> {
    points: Vec<usize>,
    items: Vec<&'i Item>,
    group: Group<'i>,
    /// The key point whose name they go by.
    named_by: usize,
    /// The identifier of the listed problem that it is, or that it was known by.
    known: Option<String>,
}

/// Two parts, each by its first key point and how many it has: parts only grow.
type Pair = [(usize, usize); 2];

fn pair(one: &Part, other: &Part) -> Pair {
    [one, other].map(|part| (part.points[0], part.points.len()))
}

impl<'a> Joining<'a> {
    /// The themes of the key points that something names, those that are one joined, the most alike first. What was
    /// known beforehand takes in only what goes by the same identifier: so its share stays comparable.
    pub(super) fn themes(&self, mut labels: Vec<Option<Label>>) -> Vec<Joined<'a>> {
        let mut parts = self.parts(&labels);
        let mut known = BTreeMap::new();
        while let Some((into, from)) = self.most_alike(&parts, &mut known) {
            match self.whole(&parts[into], &parts[from]) {
                Some(whole) => {
                    parts.remove(from);
                    parts[into] = whole;
                }
                None => {
                    known.insert(pair(&parts[into], &parts[from]), 0.0);
                }
            }
        }
        let joined = |part: Part<'a>| {
            let label = labels[part.named_by].take()?;
            let Part { points, items, group, .. } = part;
            Some(Joined { points, label, mentions: items.len(), group })
        };
        parts.into_iter().filter_map(joined).collect()
    }

    /// Each key point that something names, by itself, but for those of one identifier.
    fn parts(&self, labels: &[Option<Label>]) -> Vec<Part<'a>> {
        let mut parts: Vec<Part> = Vec::new();
        for (point, label) in labels.iter().enumerate() {
            let Some(label) = label else { continue };
            let known = label.known.as_ref().map(|(id, _)| id.clone());
            match parts.iter_mut().find(|part| known.is_some() && part.known == known) {
                Some(part) => {
                    part.points.push(point);
                    part.items.extend(&self.members[point]);
                    part.group = Group::new(&part.items, &self.matcher.reader.telling);
                }
                None => parts.push(self.part(vec![point], point, known)),
            }
        }
        parts
    }

    fn part(&self, points: Vec<usize>, named_by: usize, known: Option<String>) -> Part<'a> {
        let items: Vec<&Item> =
            points.iter().flat_map(|&own| &self.members[own]).copied().collect();
        let group = Group::new(&items, &self.matcher.reader.telling);
        Part { points, items, group, named_by, known }
    }

    /// The two parts that are most alike, if they are one; of equals the first. `known` is how alike parts are that were
    /// compared before.
    fn most_alike(
        &self,
        parts: &[Part],
        known: &mut BTreeMap<Pair, f32>,
    ) -> Option<(usize, usize)> {
        most_alike(parts.len(), |a, b| {
            let (one, other) = (&parts[a], &parts[b]);
            self.may_join(one, other).then_some(())?;
            let alike = *known.entry(pair(one, other)).or_insert_with(|| self.alike(one, other));
            (alike >= 1.0).then_some(alike)
        })
    }

    /// Whether neither was known beforehand, nor both are listed.
    fn may_join(&self, a: &Part, b: &Part) -> bool {
        let was_known = |part: &Part| self.matcher.was_known(part.named_by);
        !was_known(a) && !was_known(b) && (a.known.is_none() || b.known.is_none())
    }

    /// How alike two parts are, with 1 where they are just one.
    fn alike(&self, a: &Part, b: &Part) -> f32 {
        let kinship = a.group.kinship(&b.group, &self.matcher.reader.telling) / ONE;
        match (self.name(a.named_by), self.name(b.named_by)) {
            (Some(a), Some(b)) => kinship.max(dot(a, b) / SAME),
            _ => kinship,
        }
    }

    fn name(&self, point: usize) -> Option<&[f32]> {
        self.matcher.profiles()[point].names.first().map(|name| name.vector.as_slice())
    }

    /// Two parts as one that goes by the name which most say, if enough do.
    fn whole(&self, a: &Part<'a>, b: &Part<'a>) -> Option<Part<'a>> {
        let mut points: Vec<usize> = a.points.iter().chain(&b.points).copied().collect();
        points.sort_unstable();
        let items: Vec<&Item> = a.items.iter().chain(&b.items).copied().collect();
        let said = |part: &Part| {
            items.iter().filter(|item| self.matcher.says(item, part.named_by)).count()
        };
        let (first, second) = (said(a), said(b));
        // A listed name wins: it is in the language of the report.
        let by_second = b.known.is_some() || a.known.is_none() && second > first;
        let (named_by, said) = if by_second { (b.named_by, second) } else { (a.named_by, first) };
        let known = a.known.clone().or_else(|| b.known.clone());
        let enough = said as f32 >= LEAST_SAID * items.len() as f32;
        enough.then(|| self.part(points, named_by, known))
    }
}

/// Which themes tell nearly the same, by how many mentions each has, and these. Praise that is near other praise is not the
/// same ("cleans well", "smells nice"): only complaints have families.
pub(super) fn families(
    sentiment: Sentiment,
    themes: &[(usize, Group)],
    telling: &Telling,
) -> Families {
    if sentiment != Sentiment::Negative {
        return Families::default();
    }
    let sizes: Vec<usize> = themes.iter().map(|(mentions, _)| *mentions).collect();
    Families::new(sentiment, &sizes, |a, b| themes[a].1.kinship(&themes[b].1, telling))
}

#[cfg(test)]
mod tests {
    use super::super::keypoints::named::Named;
    use super::super::keypoints::profile::{Base, Profile};
    use super::super::keypoints::reader::Reader;
    use super::super::keypoints::similarity::unit;
    use super::super::keypoints::thresholds::Thresholds;
    use super::*;

    const WIDTH: usize = 32;

    /// A mention about a direction, which scatters in one of its own.
    fn about(direction: usize, number: usize) -> Item {
        let mut vector = vec![0.0; WIDTH];
        vector[direction] = 1.0;
        vector[4 + number] = 1.0;
        unit(&mut vector);
        Item { vector, ..Item::default() }
    }

    fn axis(direction: usize) -> Vec<f32> {
        let mut vector = vec![0.0; WIDTH];
        vector[direction] = 1.0;
        vector
    }

    /// A key point: its label, the identifier of the problem that it is, the vector of its name, its mentions.
    type Point<'t> = (&'t str, Option<&'t str>, Vec<f32>, Vec<Item>);

    /// Key points with a name, of which the first `known` were known beforehand, and the mentions of each.
    fn themes(points: &[Point], known: usize) -> Vec<(String, Vec<usize>)> {
        let profile = |(_, _, name, _): &Point| {
            let names = vec![Named { vector: name.clone(), ..Named::default() }];
            Profile { names, ..Profile::at(name.clone(), &Base::default()) }
        };
        let mut profiles: Vec<Profile> = points.iter().map(profile).collect();
        let new = profiles.split_off(known);
        let thresholds = Thresholds { close: 0.5, member: 0.5, named: 0.5, told: 0.5 };
        let mut matcher = Matcher::new(Reader::default(), profiles, thresholds);
        new.into_iter().for_each(|profile| matcher.add(profile));
        let members: Vec<Vec<&Item>> =
            points.iter().map(|(_, _, _, items)| items.iter().collect()).collect();
        let label = |(text, id, _, _): &Point| {
            let known = id.map(|id| (id.to_owned(), "hotline".to_owned()));
            Some(Label { text: vec![(*text).to_owned()], known })
        };
        let joining = Joining { matcher: &matcher, members: &members };
        let found = joining.themes(points.iter().map(label).collect());
        found.into_iter().map(|own| (own.label.text.concat(), own.points)).collect()
    }

    fn mentions(direction: usize, first: usize) -> Vec<Item> {
        (first..first + 6).map(|number| about(direction, number)).collect()
    }

    #[test]
    fn what_tells_the_same_is_one_by_the_name_that_most_say() {
        let mut narrow = axis(0);
        narrow[4] = 2.0;
        unit(&mut narrow);
        let points = [
            ("said by one", None, narrow, mentions(0, 0)),
            ("said by all", None, axis(0), mentions(0, 6)),
            ("another", None, axis(1), mentions(1, 12)),
        ];
        let told = |text: &str, points: &[usize]| (text.to_owned(), points.to_vec());
        assert_eq!(themes(&points, 0), [told("said by all", &[0, 1]), told("another", &[2])]);
    }

    #[test]
    fn no_name_that_few_say_speaks_for_both() {
        let narrow = |number: usize| {
            let mut vector = vec![0.0; WIDTH];
            vector[4 + number] = 1.0;
            vector
        };
        let points = [
            ("one case", None, narrow(0), mentions(0, 0)),
            ("another case", None, narrow(6), mentions(0, 6)),
        ];
        assert_eq!(themes(&points, 0).len(), 2);
    }

    #[test]
    fn what_is_listed_gives_its_name_and_what_was_known_takes_nothing_in() {
        let points = [
            ("new", None, axis(0), mentions(0, 0)),
            ("listed", Some("hotline-wait"), axis(0), mentions(0, 6)),
        ];
        assert_eq!(themes(&points, 0), [("listed".to_owned(), vec![0, 1])]);
        let points = [
            ("known", Some("hotline-wait"), axis(0), mentions(0, 0)),
            ("known", Some("hotline-wait"), axis(1), mentions(1, 6)),
            ("new", None, axis(0), mentions(0, 12)),
        ];
        let found = [("known".to_owned(), vec![0, 1]), ("new".to_owned(), vec![2])];
        assert_eq!(themes(&points, 2), found);
    }
}
