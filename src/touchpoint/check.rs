//! How a codebook fits some feedback: what it covers, what it names twice, what it never finds, and
//! what it has no words for.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::keyphrases::KeyphraseHit;
use super::sectors::{SectorHits, SectorProposal, SectorWords, propose_sector};
use super::{Assignment, How};
use crate::config::codebook::{Codebook, Sector};
use crate::text::Language;
use crate::text::terms::{Term, terms};

/// Fewest mentions in a language before a keyphrase of that language can be called dead.
const LEAST_MENTIONS: u64 = 30;
/// Fewest mentions in which two touchpoints stand together to be called an overlap, and in which a
/// term that no touchpoint takes recurs.
const LEAST_RECURRENCE: u64 = 3;

/// Two touchpoints that stand in the same mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// Their indices, the smaller first.
    pub touchpoints: (usize, usize),
    /// Mentions of both.
    pub mentions: u64,
    /// Share of the mentions of the rarer one, from 0 to 1.
    pub share: f64,
    /// The keyphrases of the first and the second that stand together most often, with the mentions.
    pub causes: Vec<(String, String, u64)>,
}

/// A recurring term of mentions that no touchpoint takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Untaken {
    /// In its commonest form.
    pub term: String,
    /// Mentions without a touchpoint that hold it.
    pub mentions: u64,
}

/// What was counted of some mentions.
#[derive(Clone, Debug, Default)]
pub struct Check {
    /// Feedback with a mention.
    pub feedback: u64,
    /// All mentions.
    pub mentions: u64,
    /// Mentions by the strongest way in which a touchpoint of theirs was found.
    ways: BTreeMap<How, u64>,
    /// The same by touchpoint.
    touchpoints: BTreeMap<usize, BTreeMap<How, u64>>,
    languages: BTreeMap<Language, u64>,
    /// Mentions by touchpoint and keyphrase.
    keyphrases: HashMap<(usize, String), u64>,
    together: BTreeMap<(usize, usize), u64>,
    causes: HashMap<(usize, usize), BTreeMap<(String, String), u64>>,
    /// Mentions and surface forms by key.
    terms: HashMap<String, (u64, BTreeMap<String, u64>)>,
    sectors: BTreeMap<Sector, SectorHits>,
}

impl Check {
    /// Counts the sectors' words in the mentions of a feedback.
    pub fn add_sectors<'t>(
        &mut self,
        words: &SectorWords,
        mentions: impl IntoIterator<Item = (&'t str, Language)>,
    ) {
        words.count(&mut self.sectors, mentions);
    }

    /// The sector whose codebook the feedback asks for by its words, if one stands out.
    pub fn proposed_sector(&self) -> Option<SectorProposal> {
        propose_sector(&self.sectors, self.feedback)
    }

    /// Counts a mention with the touchpoints it got and the keyphrases in it.
    pub fn add(
        &mut self,
        codebook: &Codebook,
        (text, language): (&str, Language),
        found: &[Assignment],
        hits: &[KeyphraseHit],
    ) {
        self.mentions += 1;
        *self.languages.entry(language).or_default() += 1;
        let said: BTreeSet<(usize, &str)> =
            hits.iter().map(|hit| (hit.touchpoint, hit.phrase)).collect();
        for (touchpoint, phrase) in &said {
            *self.keyphrases.entry((*touchpoint, (*phrase).to_owned())).or_default() += 1;
        }
        for assignment in found {
            let ways = self.touchpoints.entry(assignment.touchpoint).or_default();
            *ways.entry(assignment.how).or_default() += 1;
        }
        match found.iter().map(|assignment| assignment.how).min_by_key(|how| strength(*how)) {
            Some(how) => *self.ways.entry(how).or_default() += 1,
            None => self.add_terms(terms(text, language)),
        }
        for (number, a) in found.iter().enumerate() {
            for b in &found[number + 1..] {
                if !codebook.are_kin(a.touchpoint, b.touchpoint) {
                    self.add_pair((a.touchpoint, b.touchpoint), &said);
                }
            }
        }
    }

    fn add_pair(&mut self, pair: (usize, usize), said: &BTreeSet<(usize, &str)>) {
        *self.together.entry(pair).or_default() += 1;
        let phrases = |touchpoint| {
            said.iter().filter(move |(own, _)| *own == touchpoint).map(|(_, phrase)| *phrase)
        };
        for first in phrases(pair.0) {
            for second in phrases(pair.1) {
                let causes = self.causes.entry(pair).or_default();
                *causes.entry((first.to_owned(), second.to_owned())).or_default() += 1;
            }
        }
    }

    fn add_terms(&mut self, terms: Vec<Term>) {
        for term in terms {
            let (mentions, surfaces) = self.terms.entry(term.key).or_default();
            *mentions += 1;
            *surfaces.entry(term.surface).or_default() += 1;
        }
    }

    /// Mentions by the strongest way in which a touchpoint of theirs was found.
    pub fn ways(&self) -> impl Iterator<Item = (How, u64)> {
        How::ALL.into_iter().map(|how| (how, self.ways.get(&how).copied().unwrap_or_default()))
    }

    /// Mentions with a touchpoint.
    pub fn covered(&self) -> u64 {
        self.ways.values().sum()
    }

    /// Mentions of a touchpoint by the way it was found.
    pub fn touchpoint(&self, index: usize, how: How) -> u64 {
        self.touchpoints.get(&index).and_then(|ways| ways.get(&how)).copied().unwrap_or_default()
    }

    /// Pairs of touchpoints that recur together, the commonest first.
    pub fn overlaps(&self) -> Vec<Overlap> {
        const CAUSES: usize = 3;
        let all = |touchpoint| {
            self.touchpoints.get(touchpoint).map_or(0, |ways| ways.values().sum::<u64>())
        };
        let recurring = self.together.iter().filter(|(_, count)| **count >= LEAST_RECURRENCE);
        let mut overlaps: Vec<Overlap> = recurring
            .map(|(pair, &mentions)| {
                let mut causes: Vec<_> = self.causes.get(pair).into_iter().flatten().collect();
                causes.sort_by(|a, b| (b.1, a.0).cmp(&(a.1, b.0)));
                let causes = causes.into_iter().take(CAUSES);
                Overlap {
                    touchpoints: *pair,
                    mentions,
                    share: mentions as f64 / all(&pair.0).min(all(&pair.1)).max(1) as f64,
                    causes: causes.map(|((a, b), &n)| (a.clone(), b.clone(), n)).collect(),
                }
            })
            .collect();
        overlaps.sort_by(|a, b| (b.mentions, a.touchpoints).cmp(&(a.mentions, b.touchpoints)));
        overlaps
    }

    /// Keyphrases that never named their touchpoint, by touchpoint and language; only of languages
    /// in which there is some feedback. In the order of the codebook.
    pub fn dead<'c>(&self, codebook: &'c Codebook) -> Vec<(usize, Language, Vec<&'c str>)> {
        let written = |language: Language| {
            let count = |language| self.languages.get(&language).copied().unwrap_or_default();
            if language == Language::Und { self.mentions } else { count(language) }
        };
        let mut dead = vec![];
        for (index, touchpoint) in codebook.touchpoints().iter().enumerate() {
            for (&language, phrases) in &touchpoint.keyphrases {
                if written(language) < LEAST_MENTIONS {
                    continue;
                }
                let never =
                    |phrase: &&String| !self.keyphrases.contains_key(&(index, (*phrase).clone()));
                let own: Vec<&str> = phrases.iter().filter(never).map(String::as_str).collect();
                if !own.is_empty() {
                    dead.push((index, language, own));
                }
            }
        }
        dead
    }

    /// The commonest terms of mentions that no touchpoint takes.
    pub fn untaken(&self, most: usize) -> Vec<Untaken> {
        let recurring = self.terms.values().filter(|(mentions, _)| *mentions >= LEAST_RECURRENCE);
        let mut untaken: Vec<Untaken> = recurring
            .map(|(mentions, surfaces)| {
                let commonest = surfaces.iter().rev().max_by_key(|(_, count)| **count);
                let term = commonest.map(|(surface, _)| surface.clone()).unwrap_or_default();
                Untaken { term, mentions: *mentions }
            })
            .collect();
        untaken.sort_by(|a, b| (b.mentions, &a.term).cmp(&(a.mentions, &b.term)));
        untaken.truncate(most);
        untaken
    }
}

/// What a person would ask for first comes first.
fn strength(how: How) -> usize {
    let order = [How::Column, How::Both, How::Keyphrase, How::Meaning];
    order.iter().position(|own| *own == how).unwrap_or(order.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::touchpoint::Assigner;
    use crate::touchpoint::meaning::Prototypes;

    const CODEBOOK: &str = r#"
[[touchpoint]]
id = "delivery"
phase = "purchase"
names.en = "Delivery"
keyphrases.en = ["delivery", "parcel"]
keyphrases.de = ["lieferung"]

[[touchpoint]]
id = "payment"
phase = "purchase"
names.en = "Payment"
keyphrases.en = ["invoice", "direct debit"]
"#;

    fn check(texts: &[(&str, usize)]) -> (Codebook, Check) {
        let codebook = Codebook::parse(CODEBOOK, "test.toml").expect("valid");
        let assigner = Assigner::new(&codebook, Prototypes::default());
        let mut check = Check::default();
        for (text, times) in texts {
            for _ in 0..*times {
                let found = assigner.assign(text, Language::En, &[]);
                let hits = assigner.keyphrases(text, Language::En);
                check.add(&codebook, (text, Language::En), &found, &hits);
            }
        }
        (codebook, check)
    }

    #[test]
    fn coverage_counts_every_mention_once() {
        let (_, check) = check(&[("the delivery with an invoice", 2), ("so it is", 1)]);
        assert_eq!((check.mentions, check.covered()), (3, 2));
        assert_eq!(check.touchpoint(0, How::Keyphrase), 2);
        assert_eq!(check.ways().map(|(_, count)| count).sum::<u64>(), 2);
    }

    #[test]
    fn an_overlap_names_the_keyphrases_that_cause_it() {
        let (_, check) = check(&[("the delivery had no invoice", 3), ("a parcel", 9)]);
        let expected = Overlap {
            touchpoints: (0, 1),
            mentions: 3,
            share: 1.0,
            causes: vec![("delivery".into(), "invoice".into(), 3)],
        };
        assert_eq!(check.overlaps(), [expected]);
    }

    #[test]
    fn keyphrases_are_dead_only_in_languages_that_are_written() {
        let (codebook, check) = check(&[("the parcel and the invoice", 40)]);
        let expected =
            [(0, Language::En, vec!["delivery"]), (1, Language::En, vec!["direct debit"])];
        assert_eq!(check.dead(&codebook), expected);
    }

    #[test]
    fn terms_of_mentions_without_a_touchpoint_are_listed() {
        let (_, check) = check(&[("the meter was wrong", 4), ("the parcel of the meter", 2)]);
        let untaken = check.untaken(10);
        assert!(untaken.contains(&Untaken { term: "meter".into(), mentions: 4 }), "{untaken:?}");
    }
}
