//! Which sector's codebook a feedback's words ask for: keyphrases alone, no model.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::keyphrases::KeyphraseMatcher;
use crate::config::codebook::{Codebook, Sector};
use crate::text::Language;

/// Fewer rows say too little.
const LEAST_ROWS: u64 = 30;
/// Share of rows that must hold words of the sector alone.
const LEAST_SHARE: f64 = 0.08;
/// How many times as many rows as the next sector's it takes.
const LEAST_LEAD: f64 = 1.7;
/// Different words that must recur, lest one word decide.
const LEAST_WORDS: usize = 3;
/// Share of the sector's rows that one word may carry: "clean" is what detergents are, too.
const MOST_BY_ONE_WORD: f64 = 0.65;
/// Words that are told as evidence.
const SHOWN_WORDS: usize = 8;

/// Rows in which a sector's own words were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SectorHits {
    /// Rows with at least one of them.
    pub rows: u64,
    /// Rows by word.
    pub words: BTreeMap<String, u64>,
}

impl SectorHits {
    /// Adds what was found in other rows.
    pub fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        for (word, rows) in other.words {
            *self.words.entry(word).or_default() += rows;
        }
    }
}

/// A sector whose codebook fits the words of a feedback.
#[derive(Clone, Debug, PartialEq)]
pub struct SectorProposal {
    /// The sector.
    pub sector: Sector,
    /// Share of the rows that hold words of this sector alone.
    pub share: f64,
    /// The commonest of these words, each with its rows.
    pub words: Vec<(String, u64)>,
    /// Rows with text, where only a sample of them was looked at.
    pub sample: Option<u64>,
}

impl SectorProposal {
    /// The same, from so many rows of a sample.
    pub fn in_sample(self, rows: u64) -> Self {
        Self { sample: Some(rows), ..self }
    }
}

impl fmt::Display for SectorProposal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sector = self.sector.name();
        let words = self.words.iter().map(|(word, rows)| format!("{word} ({rows})"));
        let words: Vec<_> = words.map(|word| word.replace(['*', '='], "")).collect();
        let feedback = match self.sample {
            Some(rows) => format!("a sample of {rows} feedback"),
            None => "the feedback".to_owned(),
        };
        write!(
            formatter,
            "{:.0} % of {feedback} has words of the sector `{sector}`: {}.\nA suggestion: \
             --sector {sector} adds its touchpoints to the codebook.",
            self.share * 100.0,
            words.join(", ")
        )
    }
}

/// Finds words that one sector alone has.
pub struct SectorWords {
    /// A touchpoint for each sector, with all its words.
    matcher: KeyphraseMatcher,
}

impl SectorWords {
    /// Prepares the words of all sectors.
    pub fn new() -> Self {
        let sectors = Sector::ALL.map(Sector::keyphrases);
        let mut owners = BTreeMap::<_, BTreeSet<usize>>::new();
        for (sector, keyphrases) in sectors.iter().enumerate() {
            for (language, phrases) in keyphrases {
                for phrase in phrases {
                    owners.entry((*language, phrase.clone())).or_default().insert(sector);
                }
            }
        }
        let alone = sectors.into_iter().map(|keyphrases| {
            let own = keyphrases.into_iter().map(|(language, mut phrases)| {
                phrases.retain(|phrase| {
                    owners.get(&(language, phrase.clone())).is_some_and(|own| own.len() == 1)
                });
                (language, phrases)
            });
            own.collect()
        });
        let named = Sector::ALL.iter().map(|sector| sector.name()).zip(alone);
        Self { matcher: KeyphraseMatcher::new(&Codebook::of_keyphrases(named)) }
    }

    /// The sectors' words in a row, each once.
    pub fn find(&self, text: &str, language: Language) -> BTreeSet<(Sector, &str)> {
        let hits = self.matcher.find(text, language).into_iter();
        hits.map(|hit| (Sector::ALL[hit.touchpoint], hit.phrase)).collect()
    }

    /// Counts a row of so many mentions.
    pub fn count<'t>(
        &self,
        hits: &mut BTreeMap<Sector, SectorHits>,
        mentions: impl IntoIterator<Item = (&'t str, Language)>,
    ) {
        let found: BTreeSet<_> =
            mentions.into_iter().flat_map(|(text, language)| self.find(text, language)).collect();
        for sector in found.iter().map(|(sector, _)| *sector).collect::<BTreeSet<_>>() {
            hits.entry(sector).or_default().rows += 1;
        }
        for (sector, word) in found {
            *hits.entry(sector).or_default().words.entry(word.to_owned()).or_default() += 1;
        }
    }
}

impl Default for SectorWords {
    fn default() -> Self {
        Self::new()
    }
}

/// The sector whose codebook so many rows ask for by its words, if one stands out.
pub fn propose_sector(hits: &BTreeMap<Sector, SectorHits>, rows: u64) -> Option<SectorProposal> {
    let mut ranked: Vec<_> = hits.iter().collect();
    ranked.sort_by_key(|(sector, own)| (std::cmp::Reverse(own.rows), **sector));
    let (sector, best) = ranked.first()?;
    let next = ranked.get(1).map_or(0, |(_, own)| own.rows);
    let share = best.rows as f64 / rows.max(1) as f64;
    let mut words: Vec<_> = best.words.iter().map(|(word, count)| (word.clone(), *count)).collect();
    words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let commonest = words.first().map_or(0, |(_, count)| *count);
    let recurring = words.iter().filter(|(_, count)| *count >= 2).count();
    words.truncate(SHOWN_WORDS);
    let clear = rows >= LEAST_ROWS
        && share >= LEAST_SHARE
        && best.rows as f64 >= LEAST_LEAD * next as f64
        && commonest as f64 <= MOST_BY_ONE_WORD * best.rows as f64
        && recurring >= LEAST_WORDS;
    clear.then_some(SectorProposal { sector: **sector, share, words, sample: None })
}

#[cfg(test)]
mod tests;
