//! Mentions and clauses → what they are compared by.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::profile::Base;
use super::similarity::{Item, Telling, unit};
use super::words::{Telltale, rarity};
use crate::mention::Touchpoint;
use crate::model::Pieces;
use crate::painpoint::sample::Voice;

/// How mentions are read: what all complaints have in common, and how rare their terms are.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    /// What problem vectors have in common, in whole steps.
    pub common: Vec<i8>,
    /// By the number of a term in the lexicon, its number here and its rarity.
    terms: HashMap<usize, (usize, f32)>,
    /// By the number of a piece, the complaints that hold it.
    pieces: HashMap<u32, usize>,
    /// Numbers of the touchpoints.
    touchpoints: BTreeMap<Touchpoint, usize>,
    /// How much each touchpoint tells.
    pub telling: Telling,
    /// How often there are terms and touchpoints.
    pub base: Base,
}

/// The part of what texts have in common that is taken from each. Not all of it: where most complain of one
/// problem, that is what they have in common. Checked on complaints to a telecom, tweets to airlines, hotel
/// and travel reviews, each of which it serves (docs/accuracy.md).
const COMMON: f32 = 0.6;

/// Fewest complaints that hold a term.
const LEAST_USES: usize = 2;

/// Largest logarithm of how rare a touchpoint is that counts.
const RAREST: f32 = 3.0;

/// A clause as it was read: problem vector, terms, touchpoints, pieces.
pub type ClauseRead = (Vec<i8>, Vec<usize>, Vec<Touchpoint>, Pieces);

impl Reader {
    /// Reads as some complaints suggest. `is_name` leaves out terms with the names of companies and places;
    /// `common` is what an earlier run took for what problem vectors have in common.
    pub fn new(voices: &[Voice], is_name: impl Fn(usize) -> bool, common: Option<&[i8]>) -> Self {
        let n = voices.len() as f32;
        let rarity = |uses| rarity(n, uses);
        let mut uses: BTreeMap<usize, usize> = BTreeMap::new();
        let mut about: BTreeMap<Touchpoint, usize> = BTreeMap::new();
        let mut sum: Vec<i64> = Vec::new();
        let mut pieces: HashMap<u32, usize> = HashMap::new();
        for voice in voices {
            let own: BTreeSet<u32> = voice.pieces.ids.iter().copied().collect();
            own.into_iter().for_each(|piece| *pieces.entry(piece).or_default() += 1);
            voice.terms.iter().for_each(|&term| *uses.entry(term).or_default() += 1);
            let known = voice.touchpoints.iter().filter(|&&own| own != Touchpoint::GENERAL);
            known.for_each(|&own| *about.entry(own).or_default() += 1);
            sum.resize(voice.problem.len().max(sum.len()), 0);
            sum.iter_mut().zip(&voice.problem).for_each(|(sum, &step)| *sum += i64::from(step));
        }
        uses.retain(|&term, uses| *uses >= LEAST_USES && !is_name(term));
        let middle =
            sum.iter().map(|&sum| (COMMON * sum as f32 / n.max(1.0)).round_ties_even() as i8);
        let tell = |uses: usize| rarity(uses).min(RAREST) / RAREST;
        Self {
            common: common.map_or_else(|| middle.collect(), <[i8]>::to_vec),
            base: Base {
                n,
                terms: uses.values().map(|&uses| uses as f32).collect(),
                touchpoints: about.values().map(|&uses| uses as f32).collect(),
            },
            telling: Telling(about.values().map(|&uses| tell(uses)).collect()),
            terms: uses
                .into_iter()
                .enumerate()
                .map(|(number, (term, uses))| (term, (number, rarity(uses))))
                .collect(),
            touchpoints: about.into_keys().zip(0..).collect(),
            pieces,
        }
    }

    /// The terms of the lexicon that texts are compared by, each with its number here.
    pub fn terms(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.terms.iter().map(|(&term, &(number, _))| (term, number))
    }

    /// The touchpoints that texts are compared by, each with its number here.
    pub fn touchpoints(&self) -> impl Iterator<Item = (Touchpoint, usize)> + '_ {
        self.touchpoints.iter().map(|(&touchpoint, &number)| (touchpoint, number))
    }

    /// The number here of a term of the lexicon.
    pub fn term(&self, number: usize) -> Option<usize> {
        self.terms.get(&number).map(|&(number, _)| number)
    }

    /// What a text is compared by. `vector` is its problem vector less what such texts have in common.
    fn item(
        &self,
        mut vector: Vec<f32>,
        terms: &[usize],
        touchpoints: &[Touchpoint],
        pieces: &Pieces,
    ) -> Item {
        unit(&mut vector);
        let known = terms.iter().filter_map(|term| self.terms.get(term).copied());
        let mut terms: Vec<(usize, f32)> = known.collect();
        terms.sort_unstable_by_key(|&(number, _)| number);
        terms.dedup_by_key(|&mut (number, _)| number);
        let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        terms.iter_mut().for_each(|(_, weight)| *weight /= length.max(f32::MIN_POSITIVE));
        let numbers = touchpoints.iter().filter_map(|own| self.touchpoints.get(own).copied());
        let mut touchpoints: Vec<usize> = numbers.collect();
        touchpoints.sort_unstable();
        let uses = |piece| self.pieces.get(&piece).copied().unwrap_or_default();
        let words = Telltale::new(pieces.clone(), self.base.n, uses);
        Item { vector, terms, touchpoints, words }
    }

    /// What a mention is compared by.
    pub fn mention(
        &self,
        problem: &[i8],
        terms: &[usize],
        touchpoints: &[Touchpoint],
        pieces: &Pieces,
    ) -> Item {
        let steps = problem.iter().zip(&self.common);
        let vector = steps.map(|(&step, &common)| f32::from(step) - f32::from(common)).collect();
        self.item(vector, terms, touchpoints, pieces)
    }

    /// What clauses are compared by, each with its problem vector, terms, touchpoints and pieces: seen from their
    /// own middle, since short texts have more in common with each other than with long ones.
    pub fn clauses(&self, clauses: &[ClauseRead]) -> Vec<Item> {
        let mut sum: Vec<i64> = vec![0; clauses.first().map_or(0, |(vector, ..)| vector.len())];
        for (vector, ..) in clauses {
            sum.iter_mut().zip(vector).for_each(|(sum, &step)| *sum += i64::from(step));
        }
        let n = clauses.len().max(1) as f32;
        let middle: Vec<f32> = sum.iter().map(|&sum| COMMON * sum as f32 / n).collect();
        let item = |(vector, terms, touchpoints, pieces): &ClauseRead| {
            let steps = vector.iter().zip(&middle);
            let vector = steps.map(|(&step, middle)| f32::from(step) - middle).collect();
            self.item(vector, terms, touchpoints, pieces)
        };
        clauses.iter().map(item).collect()
    }
}
