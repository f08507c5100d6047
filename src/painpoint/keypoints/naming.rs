//! What a key point is called: the clause that speaks for most of its members, if it speaks for enough.

use super::choice::Choice;
use super::named::Nearness;
use super::profile::Profile;
use super::similarity::{dot, some_of};

/// Clauses nearest to the middle that are looked at.
const CANDIDATES: usize = 60;

/// The part of the members that a name must be close to.
const LEAST_NEAR: f32 = 0.4;

/// Mean similarity of two members below which they tell different problems, whatever a clause says of them.
/// Checked on what was coded by hand: below it, labels say more than their members (docs/accuracy.md).
const LEAST_COHESION: f32 = 0.30;

/// Members that are compared with each other: more of them say the same.
const COMPARED: usize = 200;

/// Weight of the cosine to the middle beside the mean closeness to the members.
const CENTRAL: f32 = 0.3;

/// Similarities between which closeness to a member grows from 0 to 1.
const FAR: f32 = 0.25;
const RANGE: f32 = 0.4;

/// The same for how much of a name is said.
const FAR_TOLD: f32 = 0.42;
const RANGE_TOLD: f32 = 0.3;

/// The clause by which a key point is known.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// Its position.
    pub clause: usize,
    /// Its words.
    pub text: String,
    /// The part of the members that it is close to, from 0 to 1.
    pub near: f32,
}

/// The name of each group; none where no clause speaks for enough of its members, or they have too little in
/// common.
pub fn names(choice: &Choice, groups: &[Vec<usize>], profiles: &[Profile]) -> Vec<Option<Name>> {
    use rayon::prelude::*;
    groups.par_iter().zip(profiles).map(|(group, profile)| name(choice, group, profile)).collect()
}

fn name(choice: &Choice, group: &[usize], profile: &Profile) -> Option<Name> {
    if cohesion(choice, group) < LEAST_COHESION {
        return None;
    }
    let cosine = |at: usize| dot(&profile.middle, &choice.clauses[at].item.vector);
    let mut nearest: Vec<(f32, usize)> =
        (0..choice.clauses.len()).map(|at| (cosine(at), at)).collect();
    nearest.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    nearest.truncate(CANDIDATES);
    nearest.retain(|&(_, at)| choice.clauses[at].may_name);
    let asked = some_of(group, COMPARED);
    let scored = nearest.into_iter().map(|(cosine, at)| {
        let own = &choice.clauses[at];
        let said = |&member: &usize| {
            let member = &choice.complaints[member].item;
            let nearness = Nearness::of(&own.item.vector, &own.item.words, member);
            let similarity = choice.telling.with_cosine(nearness.cosine, &own.item, member);
            let near = ((similarity - FAR) / RANGE).clamp(0.0, 1.0);
            let told = nearness.told;
            let told = told.map(|told| ((told - FAR_TOLD) / RANGE_TOLD).clamp(0.0, 1.0));
            told.map_or(near, |told| (near + told) / 2.0)
        };
        let mean = asked.iter().map(said).sum::<f32>() / asked.len().max(1) as f32;
        (mean + CENTRAL * cosine + own.quality, at)
    });
    let mut scored: Vec<(f32, usize)> = scored.collect();
    let text = |at: usize| choice.clauses[at].text.as_str();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| text(a.1).cmp(text(b.1))));
    scored.into_iter().find_map(|(_, at)| {
        let close = choice.close(at, group);
        let near = close.len() as f32 / group.len().max(1) as f32;
        (near >= LEAST_NEAR && choice.customers(&close) >= choice.least).then(|| Name {
            clause: at,
            text: text(at).to_owned(),
            near,
        })
    })
}

/// Mean similarity of two members of a group.
fn cohesion(choice: &Choice, group: &[usize]) -> f32 {
    let items = some_of(group, COMPARED).into_iter().map(|at| &choice.complaints[at].item);
    choice.telling.within(&items.collect::<Vec<_>>())
}
