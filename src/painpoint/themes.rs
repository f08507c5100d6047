//! Candidates of one sentiment → themes: clusters of terms that speak of the same thing.

use std::collections::{BTreeSet, HashMap};

use super::ballot::{Ballot, Counts, Group};
use super::candidates::Candidate;
use super::clues::Sample;
use super::cluster::{Cut, Similarities, Tree};
use super::labels::{Leading, label};
use super::relations::Relations;
use super::settings::Settings;
use crate::config::codebook::GENERAL;
use crate::mention::{Touchpoint, Touchpoints};
use crate::model::Sentiment;
use crate::text::Language;
use crate::text::compounds::Splitter;
use crate::text::words::{stem, words};

/// A theme, by its sentiment and number.
pub type Cause = (Sentiment, usize);

/// A cluster of terms: a pain point if its mentions are negative, a delight if positive.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// Sentiment of its mentions.
    pub sentiment: Sentiment,
    /// Touchpoint that most of its mentions are about.
    pub touchpoint: String,
    /// What a reader is told that it is about: one or two names.
    pub label: Vec<String>,
    /// Keys of the terms that each name in the label stands for.
    pub named_by: Vec<Vec<String>>,
    /// Its terms, most telling first.
    pub terms: Vec<Candidate>,
    /// Whether its mentions have so few of its terms in common that only those who hold one belong to it.
    pub loose: bool,
}

/// The themes of a sentiment, the largest first, and how mentions choose among them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Clustering {
    /// The themes.
    pub themes: Vec<Theme>,
    /// How mentions choose.
    pub ballot: Ballot,
}

/// Most terms that themes are formed of: those that tell most.
const SEEDS: usize = 250;

/// How much a term must tell to form a theme (see [`Relations::telling`]).
const LEAST_TELLING: f64 = 1.5;

/// The part of how mentions differ that a common term must explain, lest it be boilerplate. In six files
/// "flight", "service", "room" and "laundry" explain 0.01 to 0.05; "too expensive" and "the app crashes",
/// where a fifth of the customers say so, 0.15 to 0.27.
const LEAST_EXPLAINED: f64 = 0.08;

/// Similarity above which two groups of terms speak of one thing. In real feedback parts of a group are
/// alike by 0.2 at most; three wordings of one complaint are by 0.37 and more.
const ALIKE: f64 = 0.3;

/// How often mentions choose anew. Few change after the third time.
const ROUNDS: usize = 5;

/// Share of all mentions that a theme must have, and the least number.
const LEAST_SHARE: f64 = 0.003;
const LEAST_MENTIONS: u64 = 3;

/// Share of a theme's mentions that hold one of its terms, below which others do not belong to it. In themes
/// of a cause half to nine tenths do; a tenth where all that they share is to give none: "What a mess!"
const LEAST_ROOTED: f64 = 0.2;

/// Share of a theme's touchpoints, and lift against all, from which one that is not of most stands for it.
const LEAST_TOUCHPOINT: f64 = 0.15;
const LEAST_TOUCHPOINT_LIFT: f64 = 1.2;

/// Log lift of a term that belongs to a theme: half again as common as elsewhere.
const LEAST_LIFT: f64 = 0.4;

/// The common candidates that are what the whole corpus is about: having one or not explains little of how
/// the mentions differ. None are where no other candidate tells anything.
pub fn boilerplate(candidates: &[Candidate], relations: &Relations) -> BTreeSet<usize> {
    let found: BTreeSet<usize> = (0..candidates.len())
        .filter(|&at| candidates[at].common && relations.explained(at) < LEAST_EXPLAINED)
        .collect();
    let others = |at: usize| !found.contains(&at) && relations.telling(at) >= LEAST_TELLING;
    if (0..candidates.len()).any(others) { found } else { BTreeSet::new() }
}

/// The terms that themes are formed of: those that tell most of what a mention is about, without the
/// `boilerplate`. Words that only judge go with anything, and are not among them. Where no term tells
/// anything apart, all mentions are of one thing, and all terms are taken.
pub fn seeds(relations: &Relations, boilerplate: &BTreeSet<usize>) -> Vec<usize> {
    let all = relations.uses.len();
    let mut telling: Vec<(f64, usize)> = (0..all)
        .filter(|at| !boilerplate.contains(at))
        .map(|at| (relations.telling(at), at))
        .filter(|&(telling, _)| telling >= LEAST_TELLING)
        .collect();
    if telling.is_empty() {
        return (0..all.min(SEEDS)).collect();
    }
    telling.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    telling.truncate(SEEDS);
    telling.into_iter().map(|(_, at)| at).collect()
}

/// How many themes to form of so many mentions: with the fourth root, so that ten times the mentions
/// make nearly twice the themes.
fn wanted(mentions: u64, settings: Settings) -> usize {
    let (granularity, root) = (settings.detail.granularity(), (mentions as f64).powf(0.25));
    (granularity * root).round().max((granularity * 6.0).round()) as usize
}

impl Clustering {
    /// Forms themes of the `seeds` among the candidates, and lets the mentions of the sample choose
    /// among them, again and again. `vectors` holds the model's meaning of each seed's surface form,
    /// `compounds` splits "Lieferverzögerung", so that it meets "Lieferung" and "Verzögerung".
    /// `mentions` is how many mentions the sample stands for.
    pub fn new(
        sentiment: Sentiment,
        candidates: &[Candidate],
        (sample, mentions): (&Sample, u64),
        (relations, seeds): (&Relations, &[usize]),
        vectors: &HashMap<String, Vec<f32>>,
        compounds: &Splitter,
        (touchpoints, settings): (&Touchpoints, Settings),
    ) -> Self {
        let similarities = similarities(candidates, relations, seeds, vectors, compounds);
        let weights: Vec<f64> = seeds.iter().map(|&seed| relations.uses[seed] as f64).collect();
        let cut = Cut {
            clusters: wanted(mentions, settings),
            heaviest: settings.detail.heaviest(),
            lightest: 0.01,
            alike: ALIKE,
        };
        let clusters: Vec<Vec<usize>> = Tree::new(similarities, &weights)
            .cut(&weights, cut)
            .into_iter()
            .map(|cluster| cluster.into_iter().map(|at| seeds[at]).collect())
            .collect();
        let counts = refine(&clusters, sample, relations);
        Self::of(sentiment, candidates, (sample, &counts), (touchpoints, settings))
    }

    /// The themes that mentions chose, and what follows for later choices.
    fn of(
        sentiment: Sentiment,
        candidates: &[Candidate],
        (sample, counts): (&Sample, &Counts),
        (touchpoints, settings): (&Touchpoints, Settings),
    ) -> Self {
        let mut found: Vec<(usize, Vec<Leading>)> = (0..counts.mentions.len())
            .map(|theme| (theme, terms(candidates, counts, theme)))
            .filter(|(_, terms)| !terms.is_empty())
            .collect();
        found
            .sort_by(|(a, _), (b, _)| counts.mentions[*b].cmp(&counts.mentions[*a]).then(a.cmp(b)));
        let mut own = vec![BTreeSet::new(); counts.mentions.len()];
        for (theme, terms) in &found {
            own[*theme] = terms.iter().map(|leading| leading.position).collect();
        }
        let ballot = Ballot::of(counts);
        let followers = ballot.followers(sample, &own, settings.closeness);
        let order: Vec<usize> = found.iter().map(|(theme, _)| *theme).collect();
        let mut all = Group::default();
        followers.iter().for_each(|own| all.merge(&own.clear));
        let theme = |(number, terms): (usize, Vec<Leading>)| {
            let own = &followers[number];
            let loose = (own.both as f64) < LEAST_ROOTED * own.clear.mentions as f64;
            let members = if loose { &own.rooted } else { &own.clear };
            let label = label(&terms, counts.mentions[number], settings.language);
            Theme {
                sentiment,
                touchpoint: touchpoint(members, &all, touchpoints),
                label: label.names,
                named_by: label.keys,
                terms: terms.into_iter().map(|leading| leading.term).collect(),
                loose,
            }
        };
        let themes = found.into_iter().map(theme).collect();
        Self { themes, ballot: ballot.only(&order) }
    }
}

/// Lets the mentions of a sample choose among clusters of terms, then among what the mentions of each
/// have in common (as in k-means: S. P. Lloyd 1982). Themes that few choose are given up.
fn refine(clusters: &[Vec<usize>], sample: &Sample, relations: &Relations) -> Counts {
    let mut ballot = Ballot::first(clusters, &relations.uses, relations.clues);
    let least = ((sample.mentions() as f64 * LEAST_SHARE).ceil() as u64).max(LEAST_MENTIONS);
    let mut counts = ballot.count(sample);
    for _ in 0..ROUNDS {
        let themes = 0..counts.mentions.len();
        let kept: Vec<usize> = themes.filter(|&theme| counts.mentions[theme] >= least).collect();
        ballot = Ballot::of(&counts).only(&kept);
        counts = ballot.count(sample);
    }
    counts
}

/// The terms that are commoner in a theme than in any other and than elsewhere, most telling first.
fn terms(candidates: &[Candidate], counts: &Counts, theme: usize) -> Vec<Leading> {
    let telling =
        |at: usize, theme: usize| counts.lift(at, theme) * (counts.uses[theme][at] as f64).sqrt();
    let is_best = |at: usize| {
        (0..counts.mentions.len()).all(|other| telling(at, other) <= telling(at, theme))
    };
    let mut found: Vec<Leading> = (0..candidates.len())
        .filter(|&at| candidates[at].names_cause && counts.uses[theme][at] >= 2)
        .map(|at| (at, counts.contrast(at, theme)))
        .filter(|&(at, contrast)| is_best(at) && contrast >= LEAST_LIFT)
        .map(|(at, contrast)| Leading {
            term: candidates[at].clone(),
            position: at,
            uses: counts.uses[theme][at],
            telling: telling(at, theme),
            contrast,
        })
        .collect();
    found.sort_by(|a, b| b.telling.total_cmp(&a.telling).then_with(|| a.term.key.cmp(&b.term.key)));
    found
}

/// How alike two seeds are, about −0.3 to 1: by what the mentions that hold them mean, by the terms
/// that they stand with, by the meaning of the words, and by shared stems.
fn similarities(
    candidates: &[Candidate],
    relations: &Relations,
    seeds: &[usize],
    vectors: &HashMap<String, Vec<f32>>,
    compounds: &Splitter,
) -> Similarities {
    let terms: Vec<&Candidate> = seeds.iter().map(|&seed| &candidates[seed]).collect();
    let meanings = unit(own_meanings(&terms, vectors));
    let contexts = unit(seeds.iter().map(|&seed| relations.context(seed)).collect());
    let company = unit(seeds.iter().map(|&seed| relations.associations(seed)).collect());
    let stems: Vec<BTreeSet<String>> =
        terms.iter().map(|candidate| all_stems(candidate, compounds)).collect();
    Similarities::new(seeds.len(), |a, b| {
        let shared = stems[a].intersection(&stems[b]).count() as f64;
        let shared = shared / stems[a].len().min(stems[b].len()).max(1) as f64;
        0.50 * dot(&contexts[a], &contexts[b])
            + 0.25 * dot(&company[a], &company[b])
            + 0.15 * dot(&meanings[a], &meanings[b])
            + 0.10 * shared
    })
}

/// The stems of a term and, if it is a compound, of its parts.
fn all_stems(candidate: &Candidate, compounds: &Splitter) -> BTreeSet<String> {
    let words = words(&candidate.surface);
    let parts = words.iter().filter_map(|word| compounds.split(&word.folded)).flatten();
    let parts = parts.map(|part| stem(&part, Language::De));
    stems(&candidate.key).into_iter().map(str::to_owned).chain(parts).collect()
}

/// The stems of a key; a negation ties no two terms together.
fn stems(key: &str) -> BTreeSet<&str> {
    let stems: BTreeSet<&str> = key.split(' ').filter(|stem| *stem != "!").collect();
    if stems.is_empty() { BTreeSet::from([key]) } else { stems }
}

/// The touchpoint that the mentions of a theme are about: one of half of them, or of fewer if it is
/// commoner there than in `all`; none in particular if there is none such. Of two, the one with the
/// higher share × ln(1 + lift): many mentions are of none, and some touchpoints are everywhere.
fn touchpoint(own: &Group, all: &Group, touchpoints: &Touchpoints) -> String {
    let share = |group: &Group, touchpoint: Touchpoint| {
        let count = group.touchpoints.get(&touchpoint).copied().unwrap_or_default();
        count as f64 / group.mentions.max(1) as f64
    };
    let score = |touchpoint: Touchpoint| {
        let (own, all) = (share(own, touchpoint), share(all, touchpoint));
        let stands_out = own >= LEAST_TOUCHPOINT && own >= LEAST_TOUCHPOINT_LIFT * all;
        (own >= 0.5 || stands_out).then(|| own * (own / all).ln_1p())
    };
    own.touchpoints
        .keys()
        .filter(|touchpoint| **touchpoint != Touchpoint::GENERAL)
        .filter_map(|&touchpoint| Some((score(touchpoint)?, touchpoints.id(touchpoint))))
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(a.1)))
        .map_or(GENERAL, |(_, id)| id)
        .to_owned()
}

/// The model's vectors of the surface forms, seen from their common middle.
fn own_meanings(terms: &[&Candidate], vectors: &HashMap<String, Vec<f32>>) -> Vec<Vec<f64>> {
    let rows: Vec<&[f32]> = terms
        .iter()
        .map(|term| vectors.get(&term.surface).map_or(&[][..], Vec::as_slice))
        .collect();
    let width = rows.iter().map(|row| row.len()).max().unwrap_or_default();
    let mut middle = vec![0.0; width];
    for row in &rows {
        for (sum, &value) in middle.iter_mut().zip(*row) {
            *sum += f64::from(value) / rows.len() as f64;
        }
    }
    let offset = |row: &&[f32]| {
        row.iter().zip(&middle).map(|(&value, middle)| f64::from(value) - middle).collect()
    };
    rows.iter().map(offset).collect()
}

/// Vectors brought to length 1; zero stays zero.
fn unit(mut vectors: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    for vector in &mut vectors {
        let length = dot(vector, vector).sqrt();
        if length > 0.0 {
            vector.iter_mut().for_each(|value| *value /= length);
        }
    }
    vectors
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The touchpoint of a group, among all that are named here.
    fn of(own: &Group, all: &Group) -> String {
        let named = Touchpoints::default().with(["general", "service", "app"]);
        touchpoint(own, all, &named)
    }

    fn group(mentions: u64, touchpoints: &[(&str, u64)]) -> Group {
        let numbered = |&(id, count): &(&str, u64)| (Touchpoint::named(id), count);
        Group { mentions, touchpoints: touchpoints.iter().map(numbered).collect() }
    }

    #[test]
    fn what_stands_out_is_the_touchpoint_though_most_mentions_name_none() {
        let all = group(1000, &[("general", 500), ("service", 300), ("app", 30)]);
        let of = |touchpoints| of(&group(100, touchpoints), &all);
        assert_eq!(of(&[("general", 60), ("app", 20), ("service", 30)]), "app");
        assert_eq!(of(&[("general", 60), ("service", 30)]), "general");
        assert_eq!(of(&[("general", 90), ("app", 10)]), "general");
        assert_eq!(of(&[("general", 40), ("service", 60)]), "service");
    }

    #[test]
    fn the_only_touchpoint_of_all_is_that_of_each() {
        let all = group(1000, &[("app", 1000)]);
        assert_eq!(of(&group(100, &[("app", 100)]), &all), "app");
        assert_eq!(of(&Group::default(), &all), "general");
    }
}
