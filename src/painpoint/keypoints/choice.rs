//! Which key points there are: the branches of a tree of clauses for which one clause speaks, grown to
//! profiles of the complaints that say the same.

use std::collections::BTreeSet;

use super::named::{Named, Nearness};
use super::naming::{Name, names};
use super::profile::{Base, Profile, choose};
use super::similarity::{Item, Pairs, Similarities, Telling, middle, most_alike};
use super::thresholds::Thresholds;
use super::tree::Tree;

/// A complaint of the sample.
#[derive(Clone, Debug)]
pub struct Complaint {
    /// Whose it is, as a number.
    pub customer: u64,
    /// What it is compared by.
    pub item: Item,
}

/// A clause of a complaint, which may become a key point.
#[derive(Clone, Debug)]
pub struct Clause {
    /// In the customer's words.
    pub text: String,
    /// Whose it is, as a number.
    pub customer: u64,
    /// What it is compared by.
    pub item: Item,
    /// How well it would name a problem.
    pub quality: f32,
    /// Whether it may: the model reads it, by itself, as what is sought.
    pub may_name: bool,
}

/// The part of a branch that its clause must be close to.
const SPEAKS: f32 = 0.5;

/// The part of a branch's customers up to which a clause that is close to so many clauses cannot speak: a little less than
/// [`SPEAKS`], for what sums of fractions may be off.
const HOPELESS: f32 = 0.499;

/// The part of each other's members that the names of two must be close to, to be one.
const JOINS: f32 = 0.5;

/// Clauses up to which a branch is asked for one that speaks for it: larger ones never have one.
const LARGEST_BRANCH: usize = 1500;

/// How much less of a clause than a member says of its name a complaint may say to which the clause is close.
const NEARLY: f32 = 0.04;

/// How often complaints choose anew. More changes little.
const ROUNDS: usize = 2;

/// How much farther than a member a complaint may be that is looked at first.
const FIRST_LOOK: f32 = 0.04;

/// What is chosen from, and by what measure.
pub struct Choice<'a> {
    /// The complaints of the sample.
    pub complaints: &'a [&'a Complaint],
    /// Clauses of theirs in an order of their own, not that of the rows.
    pub clauses: &'a [&'a Clause],
    /// What all complaints have in common.
    pub base: &'a Base,
    /// How much touchpoints tell.
    pub telling: &'a Telling,
    /// What is near.
    pub thresholds: Thresholds,
    /// Fewest customers of a key point, in the sample.
    pub least: usize,
}

/// A key point.
#[derive(Clone, Debug)]
pub struct KeyPoint {
    /// What its members have in common.
    pub profile: Profile,
    /// Its name, if a clause speaks for enough of its members.
    pub name: Option<Name>,
    /// Complaints of the sample that belong to it.
    pub members: Vec<usize>,
}

impl Choice<'_> {
    /// The key points, the one with most customers first.
    pub fn key_points(&self) -> Vec<KeyPoint> {
        let first: Vec<Profile> = self.seeds().iter().map(|seed| self.middle_of(seed)).collect();
        let near = |complaint: &&Complaint| {
            let cosines = first.iter().map(|profile| profile.closeness(&complaint.item).cosine);
            let best =
                cosines.enumerate().fold(None, |best: Option<(usize, f32)>, own| match best {
                    Some(best) if own.1 <= best.1 => Some(best),
                    _ => Some(own),
                });
            let least = self.thresholds.member - FIRST_LOOK;
            best.filter(|&(_, cosine)| cosine >= least).map(|(number, _)| number)
        };
        let chosen = self.complaints.iter().map(near).collect();
        let mut groups = self.kept(self.grouped(first.len(), chosen));
        for _ in 0..ROUNDS {
            groups = self.chosen_anew(&groups);
        }
        groups = self.joined(groups);
        groups = self.chosen_anew(&groups);
        // Only those belong to it to whom its name is near; who does shows what it is best called.
        groups = self.grouped_by(&self.named(&groups).0);
        let (profiles, names) = self.named(&groups);
        let mut found: Vec<KeyPoint> = groups
            .into_iter()
            .zip(profiles)
            .zip(names)
            .map(|((members, profile), name)| KeyPoint { profile, name, members })
            .collect();
        let rank = |point: &KeyPoint| std::cmp::Reverse(self.customers(&point.members));
        found.sort_by(|a, b| rank(a).cmp(&rank(b)).then_with(|| text(a).cmp(text(b))));
        found
    }

    /// Branches of the tree for which one of their clauses speaks, as positions of clauses.
    fn seeds(&self) -> Vec<Vec<usize>> {
        let clauses = self.clauses;
        let similarity =
            |a: usize, b: usize| self.telling.similarity(&clauses[a].item, &clauses[b].item);
        let similarities = Similarities::new(clauses.len(), similarity);
        let near = similarities.at_least(self.thresholds.close);
        let tree = Tree::new(similarities);
        let mut open: Vec<usize> = tree.root().into_iter().collect();
        let mut seeds = Vec::new();
        while let Some(node) = open.pop() {
            let branch = tree.items(node);
            let customers: BTreeSet<u64> = branch.iter().map(|&at| clauses[at].customer).collect();
            if customers.len() < self.least {
                continue;
            }
            let parts = tree.parts(node).map(|(first, second)| [first, second]);
            let speaks = self.speaker(&branch, &near).is_some();
            if speaks && parts.is_none_or(|parts| !self.are_two(&tree, parts, &near)) {
                seeds.push(branch);
            } else {
                open.extend(parts.into_iter().flatten());
            }
        }
        seeds.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        seeds
    }

    /// The clause of a branch that is close to most of it, where each customer weighs alike, if that is
    /// enough; of equals the first.
    fn speaker(&self, branch: &[usize], near: &Pairs) -> Option<usize> {
        if branch.len() > LARGEST_BRANCH {
            return None;
        }
        let customers = self.by_customer(branch);
        let mask = near.mask(branch);
        let mut best: Option<(f32, usize)> = None;
        for &own in branch {
            // Each customer weighs one at most, so that so few clauses are never enough.
            if (near.count(own, &mask) + 1) as f32 <= customers.len() as f32 * HOPELESS {
                continue;
            }
            let share = share(own, &customers, near);
            if share >= SPEAKS && best.is_none_or(|(most, _)| share > most) {
                best = Some((share, own));
            }
        }
        best.map(|(_, own)| own)
    }

    /// The clauses of a branch, by customer.
    fn by_customer(&self, branch: &[usize]) -> Vec<Vec<usize>> {
        let mut order = branch.to_vec();
        order.sort_by_key(|&at| (self.clauses[at].customer, at));
        let same = |a: &usize, b: &usize| self.clauses[*a].customer == self.clauses[*b].customer;
        order.chunk_by(same).map(<[usize]>::to_vec).collect()
    }

    /// Whether the parts of a branch are two problems: enough customers say each, a clause speaks for each,
    /// and neither speaks for the other.
    fn are_two(&self, tree: &Tree, parts: [usize; 2], near: &Pairs) -> bool {
        let branches = parts.map(|part| tree.items(part));
        let customers = |branch: &Vec<usize>| {
            branch.iter().map(|&at| self.clauses[at].customer).collect::<BTreeSet<_>>().len()
        };
        let [first, second] = &branches;
        if customers(first).min(customers(second)) < self.least {
            return false;
        }
        let speakers = [self.speaker(first, near), self.speaker(second, near)];
        let [Some(one), Some(other)] = speakers else { return false };
        let [first, second] = branches.each_ref().map(|branch| self.by_customer(branch));
        share(one, &second, near) < JOINS && share(other, &first, near) < JOINS
    }

    fn middle_of(&self, seed: &[usize]) -> Profile {
        let middle = middle(seed.iter().map(|&at| self.clauses[at].item.vector.as_slice()));
        Profile::at(middle, self.base)
    }

    fn grouped(&self, groups: usize, chosen: Vec<Option<usize>>) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); groups];
        for (at, group) in chosen.into_iter().enumerate() {
            if let Some(group) = group {
                members[group].push(at);
            }
        }
        members
    }

    /// The groups that enough customers make.
    fn kept(&self, groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        groups.into_iter().filter(|group| self.customers(group) >= self.least).collect()
    }

    /// How many customers some complaints come from.
    pub fn customers(&self, group: &[usize]) -> usize {
        group.iter().map(|&at| self.complaints[at].customer).collect::<BTreeSet<_>>().len()
    }

    fn profiles(&self, groups: &[Vec<usize>]) -> Vec<Profile> {
        let of = |group: &Vec<usize>| {
            Profile::new(group.iter().map(|&at| &self.complaints[at].item), self.base)
        };
        groups.iter().map(of).collect()
    }

    /// The profiles of some groups that know their names, and these.
    fn named(&self, groups: &[Vec<usize>]) -> (Vec<Profile>, Vec<Option<Name>>) {
        let mut profiles = self.profiles(groups);
        let names = names(self, groups, &profiles);
        for (profile, name) in profiles.iter_mut().zip(&names) {
            let own = |name: &Name| Named::of(&self.clauses[name.clause].item);
            profile.names = name.as_ref().map(own).into_iter().collect();
        }
        (profiles, names)
    }

    /// The groups that form when every complaint chooses among the profiles of those that there are.
    fn chosen_anew(&self, groups: &[Vec<usize>]) -> Vec<Vec<usize>> {
        self.grouped_by(&self.profiles(groups))
    }

    /// The groups that form when every complaint chooses among some profiles.
    fn grouped_by(&self, profiles: &[Profile]) -> Vec<Vec<usize>> {
        let own = |complaint: &&Complaint| choose(profiles, &complaint.item, self.thresholds);
        let chosen = self.complaints.iter().map(own).collect();
        self.kept(self.grouped(profiles.len(), chosen))
    }

    /// The groups where those that are one are joined, the most alike first.
    fn joined(&self, mut groups: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
        let names = names(self, &groups, &self.profiles(&groups));
        // Of each name, how many of each group it is close to.
        let mut close: Vec<Vec<usize>> =
            names.iter().map(|name| self.counts_close(name.as_ref(), &groups)).collect();
        while let Some((into, from)) = alike(&groups, &close) {
            let gone = groups.remove(from);
            groups[into].extend(gone);
            groups[into].sort_unstable();
            close.remove(from);
            for counts in &mut close {
                counts[into] += counts.remove(from);
            }
            let own = &groups[into..=into];
            let name = self::names(self, own, &self.profiles(own)).pop().flatten();
            close[into] = self.counts_close(name.as_ref(), &groups);
        }
        groups
    }

    /// How many of each group a name is close to; none of any where there is no name.
    fn counts_close(&self, name: Option<&Name>, groups: &[Vec<usize>]) -> Vec<usize> {
        use rayon::prelude::*;
        let Some(name) = name else { return vec![0; groups.len()] };
        groups.par_iter().map(|group| self.close(name.clause, group).len()).collect()
    }

    /// Those of some complaints that a clause is close to.
    pub fn close(&self, clause: usize, group: &[usize]) -> Vec<usize> {
        let clause = &self.clauses[clause].item;
        group.iter().copied().filter(|&at| self.is_close(clause, at)).collect()
    }

    fn is_close(&self, clause: &Item, complaint: usize) -> bool {
        let own = &self.complaints[complaint].item;
        match Nearness::of(&clause.vector, &clause.words, own).told {
            Some(told) => told >= self.thresholds.told - NEARLY,
            None => self.telling.similarity(clause, own) >= self.thresholds.close,
        }
    }
}

/// The part of a branch that a clause is close to, where each customer weighs alike.
fn share(own: usize, customers: &[Vec<usize>], near: &Pairs) -> f32 {
    let part = |clauses: &Vec<usize>| {
        let is_close = |&&other: &&usize| own == other || near.hold(own, other);
        clauses.iter().filter(is_close).count() as f32 / clauses.len() as f32
    };
    customers.iter().map(part).sum::<f32>() / customers.len().max(1) as f32
}

/// The two groups that are most alike, if they are one: the one to keep, and the one to join to it. `close` has of each
/// group's name how many of each group it is close to.
fn alike(groups: &[Vec<usize>], close: &[Vec<usize>]) -> Option<(usize, usize)> {
    let share = |a: usize, b: usize| close[a][b] as f32 / groups[b].len().max(1) as f32;
    most_alike(groups.len(), |a, b| {
        let mutual = share(a, b).min(share(b, a));
        (mutual >= JOINS).then_some(mutual)
    })
}

fn text(point: &KeyPoint) -> &str {
    point.name.as_ref().map_or("", |name| name.text.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::similarity::unit;
    use super::*;

    /// Complaints and clauses around three directions, from `per` customers each, in an order of their own.
    fn corpus(per: usize, turn: usize) -> (Vec<Complaint>, Vec<Clause>) {
        let names = ["parcel never came", "app crashes at login", "invoice is wrong again"];
        let mut complaints = Vec::new();
        let mut clauses = Vec::new();
        for number in 0..3 * per {
            let customer = (number + turn) % (3 * per);
            let (topic, noise) = (customer % 3, (customer / 3) as f32);
            let mut vector = vec![0.1 * (noise * 0.7).sin(), 0.1 * (noise * 1.3).cos(), 0.1];
            vector[topic] += 1.0;
            unit(&mut vector);
            let item = Item { vector, ..Item::default() };
            let whose = customer as u64;
            complaints.push(Complaint { customer: whose, item: item.clone() });
            let text = format!("{} {customer:03}", names[topic]);
            clauses.push(Clause { text, customer: whose, item, quality: 0.0, may_name: true });
        }
        clauses.sort_by(|a, b| a.text.cmp(&b.text));
        (complaints, clauses)
    }

    fn found(per: usize, turn: usize) -> Vec<(String, usize)> {
        let (complaints, clauses) = corpus(per, turn);
        let base = Base { n: complaints.len() as f32, ..Base::default() };
        let choice = Choice {
            complaints: &complaints.iter().collect::<Vec<_>>(),
            clauses: &clauses.iter().collect::<Vec<_>>(),
            base: &base,
            telling: &Telling::default(),
            thresholds: Thresholds { close: 0.6, member: 0.6, named: 0.6, told: 0.6 },
            least: 3,
        };
        let points = choice.key_points();
        let named = points.iter().filter(|point| point.name.is_some());
        named.map(|point| (text(point).to_owned(), point.members.len())).collect()
    }

    #[test]
    fn each_problem_has_one_key_point_whatever_the_order() {
        let expected = found(8, 0);
        let sizes: Vec<usize> = expected.iter().map(|(_, members)| *members).collect();
        assert_eq!(sizes, [8, 8, 8], "{expected:?}");
        for start in ["parcel", "app", "invoice"] {
            assert_eq!(expected.iter().filter(|(name, _)| name.starts_with(start)).count(), 1);
        }
        for turn in [1, 7, 20] {
            assert_eq!(found(8, turn), expected);
        }
    }

    #[test]
    fn too_few_customers_make_none() {
        assert_eq!(found(2, 0), []);
    }
}
