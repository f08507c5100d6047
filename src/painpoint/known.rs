//! Key points that are known beforehand: those that an earlier run wrote down, and the problems that a codebook
//! names.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::{MatchingPoint, MatchingWords};
use super::keypoints::named::Named;
use super::keypoints::profile::{Profile, from_steps, to_steps};
use super::keypoints::reader::Reader;
use super::keypoints::similarity::{Item, dot, middle};
use super::keypoints::words::Telltale;
use super::vocabulary::Lexicon;
use crate::config::codebook::{Codebook, KnownProblem};
use crate::mention::{Touchpoint, Touchpoints};
use crate::model::{Score, problem_in_steps};
use crate::text::Language;

/// By what numbers stand for terms and touchpoints in this run.
#[derive(Clone, Copy)]
pub(super) struct Numbering<'a> {
    /// Terms.
    pub(super) lexicon: &'a Lexicon,
    /// Touchpoints.
    pub(super) touchpoints: &'a Touchpoints,
    /// Both, as far as mentions are compared by them.
    pub(super) reader: &'a Reader,
}

impl Numbering<'_> {
    /// The profile of a key point; terms and touchpoints that this run lacks tell it nothing.
    pub(super) fn profile(&self, point: &MatchingPoint) -> Profile {
        let mut profile = Profile::at(from_steps(&point.middle), &self.reader.base);
        profile.share = point.share;
        profile.names = self.names(point);
        for (own, number) in self.reader.terms() {
            if let Some(&lift) = point.terms.get(self.lexicon.key(own)) {
                profile.terms[number] = lift;
            }
        }
        for (own, number) in self.reader.touchpoints() {
            if let Some(&lift) = point.touchpoints.get(self.touchpoints.id(own)) {
                profile.touchpoints[number] = lift;
            }
        }
        profile
    }

    /// What a key point is called, as mentions of this run are compared with it.
    pub(super) fn names(&self, point: &MatchingPoint) -> Vec<Named> {
        let named = |(at, vector): (usize, &Vec<i8>)| {
            let MatchingWords { weights, vectors } =
                point.words.get(at).cloned().unwrap_or_default();
            Named { vector: from_steps(vector), words: Telltale::written(weights, vectors) }
        };
        point.names.iter().enumerate().map(named).collect()
    }

    /// What a profile is known by. The rest of the point is for the caller to fill in.
    pub(super) fn point(&self, profile: &Profile) -> MatchingPoint {
        let told = |lifts: &[f32], number: usize| Some(lifts[number]).filter(|lift| *lift != 0.0);
        let terms = self.reader.terms().filter_map(|(own, number)| {
            Some((self.lexicon.key(own).to_owned(), told(&profile.terms, number)?))
        });
        let touchpoints = self.reader.touchpoints().filter_map(|(own, number)| {
            let id = self.touchpoints.id(own).to_owned();
            Some((id, told(&profile.touchpoints, number)?))
        });
        MatchingPoint {
            share: profile.share,
            middle: to_steps(&profile.middle),
            names: profile.names.iter().map(|name| to_steps(&name.vector)).collect(),
            words: profile.names.iter().map(|name| words(&name.words)).collect(),
            terms: terms.collect::<BTreeMap<_, _>>(),
            touchpoints: touchpoints.collect(),
            ..MatchingPoint::default()
        }
    }
}

/// Pieces as they are written down.
fn words(words: &Telltale) -> MatchingWords {
    let Telltale { pieces, weights } = words.settled();
    MatchingWords { weights, vectors: pieces.vectors }
}

/// Cosine of the middle of a key point to a listed problem from which it is that problem. This and the next two
/// were set by reading what a shop's and an energy supplier's customers write.
const LISTED: f32 = 0.78;

/// Cosine of a mention to a listed problem from which it tells of that, and the part of the mentions of a key
/// point that must.
const NEAR: f32 = 0.42;
const LEAST_NEAR: f32 = 0.55;

impl Numbering<'_> {
    /// Of each profile the listed problem that it is, if it is one: of all pairs the nearest first, each
    /// problem once. The problem's touchpoint must be commoner there than elsewhere.
    pub(super) fn listed<'p, 'l>(
        &self,
        problems: &'l [MatchingPoint],
        points: impl Iterator<Item = (&'p Profile, Vec<&'p Item>)>,
    ) -> Vec<Option<&'l MatchingPoint>> {
        let middles: Vec<Vec<f32>> = problems.iter().map(|own| from_steps(&own.middle)).collect();
        let stands_out = |problem: &MatchingPoint, profile: &Profile| {
            let own = |&(touchpoint, _): &(Touchpoint, usize)| {
                self.touchpoints.id(touchpoint) == problem.touchpoint
            };
            self.reader
                .touchpoints()
                .find(own)
                .is_some_and(|(_, number)| profile.touchpoints[number] > 0.0)
        };
        let mut pairs: Vec<(f32, usize, usize)> = Vec::new();
        let mut found = Vec::new();
        for (at, (profile, members)) in points.enumerate() {
            found.push(None);
            for (problem, middle) in middles.iter().enumerate() {
                let cosine = dot(middle, &profile.middle);
                let tells = |item: &&&Item| dot(middle, &item.vector) >= NEAR;
                let near = || members.iter().filter(tells).count() as f32 / members.len() as f32;
                if cosine >= LISTED
                    && stands_out(&problems[problem], profile)
                    && near() >= LEAST_NEAR
                {
                    pairs.push((cosine, at, problem));
                }
            }
        }
        pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, a.2).cmp(&(b.1, b.2))));
        let mut taken = BTreeSet::new();
        for (_, at, problem) in pairs {
            if found[at].is_none() && taken.insert(problem) {
                found[at] = Some(&problems[problem]);
            }
        }
        found
    }
}

/// The part of all complaints that a problem which is asked first is taken to have before it is counted.
const USUAL_SHARE: f32 = 0.01;

/// The problems that a codebook names at its touchpoints, those that are asked first or the others, each around
/// the middle of its names and examples in all languages.
pub(super) fn problems(
    codebook: &Codebook,
    first: bool,
    language: Language,
    reader: &Reader,
    score: &dyn Fn(&[&str]) -> Vec<Score>,
) -> Vec<MatchingPoint> {
    let known = || {
        codebook.touchpoints().iter().flat_map(|touchpoint| {
            let problems = touchpoint.problems.iter().filter(move |own| own.first == first);
            problems.map(move |problem| (touchpoint.id.as_str(), problem))
        })
    };
    // All in one go: the model is asked in full batches.
    let texts: Vec<&str> = known().flat_map(|(_, problem)| texts(problem)).collect();
    let scores = score(&texts);
    let mut items = scores
        .iter()
        .map(|score| reader.mention(&problem_in_steps(score.problem()), &[], &[], &score.pieces));
    known()
        .map(|(touchpoint, problem)| {
            let own: Vec<Item> = items.by_ref().take(self::texts(problem).count()).collect();
            let middle = middle(own.iter().map(|item| item.vector.as_slice()));
            MatchingPoint {
                id: Some(format!("{touchpoint}-{}", problem.id)),
                label: vec![problem.name(language).to_owned()],
                touchpoint: touchpoint.to_owned(),
                share: USUAL_SHARE,
                middle: to_steps(&middle),
                names: vec![to_steps(&middle); own.len()],
                words: own.iter().map(|item| words(&item.words)).collect(),
                ..MatchingPoint::default()
            }
        })
        .collect()
}

/// What says a problem: its names, and its examples.
fn texts(problem: &KnownProblem) -> impl Iterator<Item = &str> {
    let examples = problem.examples.values().flatten().map(String::as_str);
    problem.name.iter().map(|(_, name)| name).chain(examples)
}
