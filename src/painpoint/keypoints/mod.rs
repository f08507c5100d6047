//! Key points: short clauses out of customers' own mentions, each of which says one problem for all that
//! say the same (key point analysis: R. Bar-Haim et al., "From arguments to key points", ACL 2020).
//!
//! [`found`] is the algorithm: the mentions of a sample are cut into clauses, the model reads each, a tree
//! of them is cut where one clause speaks for its branch, and what its members have in common finds the
//! others that say the same, if they are near its name. What is left is looked at again.

pub mod candidates;
pub mod choice;
pub mod matcher;
pub mod named;
pub mod names;
pub mod naming;
pub mod profile;
pub mod reader;
pub mod similarity;
pub mod thresholds;
pub mod tree;
pub mod words;

use super::sample::Voice;
use candidates::Reading;
use choice::{Choice, Clause, Complaint, KeyPoint};
use profile::{Base, Profile};
use reader::Reader;
use similarity::dot;
use thresholds::Thresholds;

/// How often what no key point holds is looked at again.
const LOOKS: usize = 5;

/// The key points of the rest of a sample, those of the first look first. Members are positions in `voices`.
pub fn found(
    (voices, complaints): (&[Voice], &[Complaint]),
    mut rest: Vec<usize>,
    reader: &Reader,
    reading: &Reading,
    thresholds: Thresholds,
    least: usize,
) -> Vec<KeyPoint> {
    let mut found: Vec<KeyPoint> = Vec::new();
    for _ in 0..LOOKS {
        let clauses: Vec<Clause> = reading.clauses(voices, &rest, reader);
        let choice = Choice {
            complaints: &rest.iter().map(|&at| &complaints[at]).collect::<Vec<_>>(),
            clauses: &clauses.iter().collect::<Vec<_>>(),
            base: &reader.base,
            telling: &reader.telling,
            thresholds,
            least,
        };
        let mut points = choice.key_points();
        if points.is_empty() {
            break;
        }
        for point in &mut points {
            point.members.iter_mut().for_each(|member| *member = rest[*member]);
        }
        let taken: std::collections::BTreeSet<usize> =
            points.iter().flat_map(|point| point.members.iter().copied()).collect();
        rest.retain(|at| !taken.contains(at));
        found.extend(points);
    }
    joined(found, complaints, &reader.base)
}

/// Similarity of two names that say the same.
const SAME: f32 = 0.6;

/// The key points where those whose names say the same are one, the most alike first. What came later goes by
/// the name of what came first, and what is near its own name still belongs to it.
fn joined(mut points: Vec<KeyPoint>, complaints: &[Complaint], base: &Base) -> Vec<KeyPoint> {
    while let Some((into, from)) = alike(&points) {
        let gone = points.remove(from);
        let kept = &mut points[into];
        kept.members.extend(gone.members);
        kept.members.sort_unstable();
        let names = std::mem::take(&mut kept.profile.names);
        kept.profile = Profile::new(kept.members.iter().map(|&at| &complaints[at].item), base);
        kept.profile.names = names.into_iter().chain(gone.profile.names).collect();
    }
    points
}

/// The two key points whose names are most alike, if they say the same; of equals the first.
fn alike(points: &[KeyPoint]) -> Option<(usize, usize)> {
    let named = |at: usize| points[at].profile.names.first();
    let pairs = (0..points.len()).flat_map(|a| (a + 1..points.len()).map(move |b| (a, b)));
    let mut best: Option<(f32, (usize, usize))> = None;
    for (a, b) in pairs {
        let cosine = named(a).zip(named(b)).map_or(-1.0, |(a, b)| dot(&a.vector, &b.vector));
        if cosine >= SAME && best.is_none_or(|(most, _)| cosine > most) {
            best = Some((cosine, (a, b)));
        }
    }
    best.map(|(_, pair)| pair)
}

#[cfg(test)]
mod tests {
    use super::named::Named;
    use super::similarity::{Item, unit};
    use super::*;

    #[test]
    fn what_is_named_alike_is_one_and_keeps_both_names() {
        let vectors = [[1.0, 0.1], [0.0, 1.0], [1.0, 0.0]].map(|mut vector: [f32; 2]| {
            unit(&mut vector);
            vector.to_vec()
        });
        let named = |vector: &Vec<f32>| Named { vector: vector.clone(), ..Named::default() };
        let complaint = |(customer, vector): (u64, &Vec<f32>)| Complaint {
            customer,
            item: Item { vector: vector.clone(), ..Item::default() },
        };
        let complaints: Vec<Complaint> = (0..).zip(&vectors).map(complaint).collect();
        let point = |(at, vector): (usize, &Vec<f32>)| KeyPoint {
            profile: Profile { names: vec![named(vector)], ..Profile::default() },
            name: None,
            members: vec![at],
        };
        let points = vectors.iter().enumerate().map(point).collect();
        let found = joined(points, &complaints, &Base::default());
        let members: Vec<&[usize]> = found.iter().map(|point| point.members.as_slice()).collect();
        assert_eq!(members, [&[0, 2][..], &[1]]);
        assert_eq!(found[0].profile.names, [named(&vectors[0]), named(&vectors[2])]);
    }
}
