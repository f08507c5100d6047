//! How mentions choose their theme: the terms they hold, what they mean, and what the sentences
//! around them say, each with a vote.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::clues::{Clue, Sample};
use super::relations::add;
use crate::mention::Touchpoint;

/// What a term's log lift counts for: terms of one mention repeat each other.
const TERM: f64 = 0.7;

/// What the cosine to a theme's mentions counts for.
const MEANING: f64 = 12.0;

/// What the log of a theme's share counts for.
const PRIOR: f64 = 1.5;

/// What the sentences around a mention count for, together.
const AROUND: f64 = 1.0;

/// Mentions of average vocabulary that are added to each theme, so that rare terms prove little.
const SMOOTHING: f64 = 10.0;

/// Lift of every term where there is one theme alone, and nothing to be commoner than: one is evidence enough.
const ALONE: f64 = 3.0;

/// Lift of a term that a person gave to a theme: more than all else that a mention says.
const PINNED: f64 = 50.0;

/// The votes of terms and meanings for themes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ballot {
    /// Log lifts by candidate and theme: how much commoner the candidate is in the theme.
    lifts: Vec<Vec<f64>>,
    /// Directions of the themes' mentions, seen from the middle, and their share of the middle.
    centroids: Vec<(Vec<f32>, f32)>,
    /// Logs of the themes' shares.
    priors: Vec<f64>,
    /// Mean meaning of all mentions.
    middle: Vec<f32>,
    /// Square of its length.
    square: f32,
}

/// The theme that a mention chooses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// Number of the theme.
    pub theme: usize,
    /// Sum of the votes, without the theme's share: about 0 for what could be of any theme.
    pub evidence: f64,
    /// Cosine to the theme's mentions, seen from the middle.
    pub closeness: f64,
}

/// What the mentions that chose each theme add up to. Mergeable: sums of integers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Counts {
    /// Mentions by theme.
    pub mentions: Vec<u64>,
    /// Of these, by candidate.
    pub uses: Vec<Vec<u64>>,
    meanings: Vec<Vec<i64>>,
}

/// Some mentions by touchpoint. Mergeable.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// How many there are.
    pub mentions: u64,
    /// Of these, by touchpoint.
    pub touchpoints: BTreeMap<Touchpoint, u64>,
}

impl Group {
    fn add(&mut self, clue: &Clue) {
        self.mentions += 1;
        for &touchpoint in &clue.touchpoints {
            *self.touchpoints.entry(touchpoint).or_default() += 1;
        }
    }

    /// Adds another.
    pub fn merge(&mut self, other: &Self) {
        self.mentions += other.mentions;
        for (&touchpoint, count) in &other.touchpoints {
            *self.touchpoints.entry(touchpoint).or_default() += count;
        }
    }
}

/// The mentions that choose a theme. Mergeable.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Followers {
    /// Those for which enough evidence speaks.
    pub clear: Group,
    /// Those that hold one of its terms.
    pub rooted: Group,
    /// How many are both.
    pub both: u64,
}

impl Followers {
    fn merge(&mut self, other: &Self) {
        self.clear.merge(&other.clear);
        self.rooted.merge(&other.rooted);
        self.both += other.both;
    }
}

impl Counts {
    fn empty(themes: usize, candidates: usize) -> Self {
        Self {
            mentions: vec![0; themes],
            uses: vec![vec![0; candidates]; themes],
            meanings: vec![Vec::new(); themes],
        }
    }

    fn add(&mut self, clue: &Clue, theme: usize) {
        self.mentions[theme] += 1;
        clue.hits.iter().for_each(|&hit| self.uses[theme][hit] += 1);
        let meaning: Vec<i64> = clue.meaning.iter().map(|&value| i64::from(value)).collect();
        add(&mut self.meanings[theme], &meaning);
    }

    fn merge(mut self, other: Self) -> Self {
        for theme in 0..self.mentions.len() {
            self.mentions[theme] += other.mentions[theme];
            add(&mut self.meanings[theme], &other.meanings[theme]);
            for (sum, count) in self.uses[theme].iter_mut().zip(&other.uses[theme]) {
                *sum += count;
            }
        }
        self
    }

    /// How much commoner a candidate is in a theme than in all mentions, as a logarithm, drawn to 0 the
    /// less is known.
    pub fn lift(&self, candidate: usize, theme: usize) -> f64 {
        if self.mentions.len() == 1 {
            return ALONE;
        }
        let all: u64 = self.mentions.iter().sum();
        let uses: u64 = self.uses.iter().map(|uses| uses[candidate]).sum();
        let share = uses.max(1) as f64 / all.max(1) as f64;
        let own = self.uses[theme][candidate] as f64 + SMOOTHING * share;
        (own / (self.mentions[theme] as f64 + SMOOTHING) / share).ln()
    }

    /// The same against the mentions of the other themes alone, which is more for a theme of many.
    pub fn contrast(&self, candidate: usize, theme: usize) -> f64 {
        if self.mentions.len() == 1 {
            return ALONE;
        }
        let all: u64 = self.mentions.iter().sum();
        let uses: u64 = self.uses.iter().map(|uses| uses[candidate]).sum();
        let prior = SMOOTHING * uses.max(1) as f64 / all.max(1) as f64;
        let share =
            |uses: u64, mentions: u64| (uses as f64 + prior) / (mentions as f64 + SMOOTHING);
        let (own, mentions) = (self.uses[theme][candidate], self.mentions[theme]);
        (share(own, mentions) / share(uses - own, all - mentions)).ln()
    }
}

impl Ballot {
    /// The first ballot: the terms of a cluster vote for it, the more the rarer they are.
    pub fn first(clusters: &[Vec<usize>], uses: &[u64], all: u64) -> Self {
        let mut lifts = vec![vec![0.0; clusters.len()]; uses.len()];
        for (theme, &term) in clusters
            .iter()
            .enumerate()
            .flat_map(|(theme, terms)| terms.iter().map(move |term| (theme, term)))
        {
            lifts[term][theme] = ((all + 1) as f64 / uses[term].max(1) as f64).ln() / TERM;
        }
        let centroids = vec![(Vec::new(), 0.0); clusters.len()];
        Self { lifts, centroids, priors: vec![0.0; clusters.len()], ..Self::default() }
    }

    /// The ballot that follows from what mentions chose.
    pub fn of(counts: &Counts) -> Self {
        let (themes, all) = (counts.mentions.len(), counts.mentions.iter().sum::<u64>());
        let mut sum = Vec::new();
        counts.meanings.iter().for_each(|meaning| add(&mut sum, meaning));
        let middle: Vec<f32> =
            sum.iter().map(|&sum| (sum as f64 / all.max(1) as f64) as f32).collect();
        let centroid = |theme: usize| {
            let mentions = counts.mentions[theme].max(1) as f64;
            let offset: Vec<f64> = counts.meanings[theme]
                .iter()
                .zip(&middle)
                .map(|(&sum, &middle)| sum as f64 / mentions - f64::from(middle))
                .collect();
            let length = offset.iter().map(|value| value * value).sum::<f64>().sqrt().max(1e-9);
            let unit: Vec<f32> = offset.iter().map(|value| (value / length) as f32).collect();
            let own = unit.iter().zip(&middle).map(|(a, b)| a * b).sum();
            (unit, own)
        };
        let candidates = counts.uses.first().map_or(0, Vec::len);
        let lifts = |candidate| (0..themes).map(|theme| counts.lift(candidate, theme)).collect();
        let share = |&mentions: &u64| ((mentions + 1) as f64 / (all + 1) as f64).ln();
        Self {
            lifts: (0..candidates).map(lifts).collect(),
            centroids: (0..themes).map(centroid).collect(),
            priors: counts.mentions.iter().map(share).collect(),
            square: middle.iter().map(|value| value * value).sum(),
            middle,
        }
    }

    /// The ballot with only some of the themes, in the order given.
    pub fn only(&self, themes: &[usize]) -> Self {
        let some = |lifts: &Vec<f64>| themes.iter().map(|&theme| lifts[theme]).collect();
        Self {
            lifts: self.lifts.iter().map(some).collect(),
            centroids: themes.iter().map(|&theme| self.centroids[theme].clone()).collect(),
            priors: themes.iter().map(|&theme| self.priors[theme]).collect(),
            middle: self.middle.clone(),
            square: self.square,
        }
    }

    /// Lets a candidate speak for one theme alone, as a person decided.
    pub fn pin(&mut self, candidate: usize, theme: usize) {
        for (other, lift) in self.lifts[candidate].iter_mut().enumerate() {
            *lift = if other == theme { PINNED } else { 0.0 };
        }
    }

    /// What the mentions of a sample choose, added up. Those without any evidence choose nothing.
    pub fn count(&self, sample: &Sample) -> Counts {
        let empty = || Counts::empty(self.priors.len(), self.lifts.len());
        let parts = sample.feedback.par_chunks(1024).map(|feedback| {
            let mut counts = empty();
            for clues in feedback {
                for (clue, choice) in clues.iter().zip(self.choose(clues)) {
                    if let Some(choice) = choice.filter(|_| clue.counts) {
                        counts.add(clue, choice.theme);
                    }
                }
            }
            counts
        });
        parts.reduce(empty, Counts::merge)
    }

    /// The mentions of a sample that choose each theme, whose `terms` are given; with `least` evidence,
    /// they do so clearly.
    pub fn followers(
        &self,
        sample: &Sample,
        terms: &[BTreeSet<usize>],
        least: f64,
    ) -> Vec<Followers> {
        let empty = || vec![Followers::default(); self.priors.len()];
        let parts = sample.feedback.par_iter().fold(empty, |mut followers, clues| {
            for (clue, choice) in clues.iter().zip(self.choose(clues)) {
                let Some(choice) = choice.filter(|_| clue.counts) else { continue };
                let own = &mut followers[choice.theme];
                let clear = choice.evidence >= least;
                let rooted = clue.holds(&terms[choice.theme]);
                if clear {
                    own.clear.add(clue);
                }
                if rooted {
                    own.rooted.add(clue);
                }
                own.both += u64::from(clear && rooted);
            }
            followers
        });
        parts.reduce(empty, |mut sum, part| {
            sum.iter_mut().zip(&part).for_each(|(sum, part)| sum.merge(part));
            sum
        })
    }

    /// What each clue of a feedback chooses.
    pub fn choose(&self, clues: &[Clue]) -> Vec<Option<Choice>> {
        let closeness: Vec<Vec<f64>> = clues.iter().map(|clue| self.closeness(clue)).collect();
        let own: Vec<Vec<f64>> = clues
            .iter()
            .zip(&closeness)
            .map(|(clue, closeness)| self.votes(clue, closeness))
            .collect();
        let choice = |at: usize| {
            let clue = &clues[at];
            let around = |theme: usize| {
                let sum: f64 = clue.around.iter().map(|&other| own[other][theme]).sum();
                AROUND * sum / clue.around.len().max(1) as f64
            };
            let evidence: Vec<f64> =
                (0..self.priors.len()).map(|theme| own[at][theme] + around(theme)).collect();
            let total = |theme: usize| evidence[theme] + PRIOR * self.priors[theme];
            let best = (0..evidence.len())
                .max_by(|&a, &b| total(a).total_cmp(&total(b)).then(b.cmp(&a)))?;
            (evidence[best] > 0.0 || !self.middle.is_empty()).then(|| Choice {
                theme: best,
                evidence: evidence[best],
                closeness: closeness[at][best],
            })
        };
        (0..clues.len()).map(choice).collect()
    }

    fn votes(&self, clue: &Clue, closeness: &[f64]) -> Vec<f64> {
        let vote = |(theme, closeness): (usize, &f64)| {
            let terms: f64 = clue.hits.iter().map(|&hit| self.lifts[hit][theme]).sum();
            TERM * terms + MEANING * closeness
        };
        closeness.iter().enumerate().map(vote).collect()
    }

    /// Cosine between a clue and each theme, seen from the middle.
    fn closeness(&self, clue: &Clue) -> Vec<f64> {
        let meaning: Vec<f32> = clue.meaning.iter().map(|&value| f32::from(value)).collect();
        let square = dot(&meaning, &meaning) - 2.0 * dot(&meaning, &self.middle) + self.square;
        let length = square.max(1e-9).sqrt();
        let cosine =
            |(unit, middle): &(Vec<f32>, f32)| f64::from((dot(&meaning, unit) - middle) / length);
        self.centroids.iter().map(cosine).collect()
    }
}

/// The sum of products, in sixteen lanes so that it is fast, and always in the same order.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    const LANES: usize = 16;
    let length = a.len().min(b.len());
    let (a, b) = (&a[..length], &b[..length]);
    let mut lanes = [0.0f32; LANES];
    let (a_chunks, b_chunks) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f32 = a_chunks.remainder().iter().zip(b_chunks.remainder()).map(|(a, b)| a * b).sum();
    for (a, b) in a_chunks.zip(b_chunks) {
        for lane in 0..LANES {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clue(hits: &[usize], meaning: [i8; 2], around: &[usize]) -> Clue {
        let (hits, around) = (hits.to_vec(), around.to_vec());
        let (meaning, touchpoints) = (meaning.to_vec(), Vec::new());
        Clue { hits, meaning, touchpoints, mention: 0, counts: true, around }
    }

    /// Candidate 0 stands in mentions that mean one thing, candidate 1 in those that mean another.
    fn ballot() -> Ballot {
        let mut counts = Counts::empty(2, 2);
        for _ in 0..40 {
            counts.add(&clue(&[0], [100, 0], &[]), 0);
            counts.add(&clue(&[1], [0, 100], &[]), 1);
        }
        Ballot::of(&counts)
    }

    fn theme(clues: &[Clue]) -> usize {
        ballot().choose(clues)[0].expect("there is evidence").theme
    }

    #[test]
    fn terms_and_meaning_choose_the_theme() {
        assert_eq!(theme(&[clue(&[0], [50, 50], &[])]), 0);
        assert_eq!(theme(&[clue(&[1], [50, 50], &[])]), 1);
        assert_eq!(theme(&[clue(&[], [90, 10], &[])]), 0);
        assert_eq!(theme(&[clue(&[], [10, 90], &[])]), 1);
    }

    #[test]
    fn a_mention_without_a_cause_follows_the_sentence_beside_it() {
        for hit in [0, 1] {
            let clues = [clue(&[], [50, 50], &[1]), clue(&[hit], [50, 50], &[0])];
            assert_eq!(theme(&clues), hit);
        }
    }

    #[test]
    fn a_lift_computed_by_hand() {
        let mut counts = Counts::empty(2, 1);
        for _ in 0..30 {
            counts.add(&clue(&[0], [1, 0], &[]), 0);
            counts.add(&clue(&[], [1, 0], &[]), 1);
        }
        // Half of all mentions hold it: (30 + 10 / 2) / (30 + 10) / (1 / 2) = 1.75.
        assert!((counts.lift(0, 0) - 1.75f64.ln()).abs() < 1e-12);
    }
}
