//! Key points: short clauses out of customers' own mentions, each of which says one problem for all that
//! say the same (key point analysis: R. Bar-Haim et al., "From arguments to key points", ACL 2020).
//!
//! [`found`] is the algorithm: the mentions of a sample are cut into clauses, the model reads each, a tree
//! of them is cut where one clause speaks for its branch, and what its members have in common finds the
//! others that say the same, if they are near its name. What is left is looked at again.

pub mod candidates;
pub mod choice;
pub mod kinship;
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
use reader::Reader;
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
    found
}
