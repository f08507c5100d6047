//! The clauses of mentions that may become key points, as the model reads them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::choice::Clause;
use super::reader::Reader;
use crate::digest::Fingerprint;
use crate::mention::MICRO;
use crate::model::{Score, Sentiment, problem_in_steps};
use crate::painpoint::sample::Voice;
use crate::painpoint::vocabulary::Lexicon;
use crate::text::Language;
use crate::text::bygone::is_bygone;
use crate::text::clauses::{Shape, clauses, setting, shortest};
use crate::text::fold::fold;
use crate::text::redact::has_placeholder;
use crate::text::relief::is_relief;
use crate::text::terms::terms;

/// Mentions whose clauses are looked at, clauses that are, and those of them that the model reads for it: most
/// were read for the look before.
const MENTIONS: usize = 2_500;
const CLAUSES: usize = 3_000;
const FIRST_READ: usize = 2_400;
const READ_AGAIN: usize = 400;

/// Probability of naming a problem from which a clause is looked at.
const NAMES_PROBLEM: f32 = 0.46;

/// Probability of its sentiment from which a clause may be a name.
const CLEAR: f32 = 0.7;

/// The same of the mention that it comes from, in its row: what its writer meant as praise names no problem.
const CLEAR_MENTION: f64 = 0.7;

/// What a clause in another language than the report's is worth less.
const OTHER_LANGUAGE: f64 = 0.12;

/// What each word is worth less that hardly anybody else writes, and the most that they are together.
const RARE_WORD: f64 = 0.06;
const RARE_WORDS: f64 = 0.15;

/// Uses from which a word is not rare.
const USES: usize = 3;

/// What is known of how clauses are to be read.
pub struct Reading<'a> {
    /// Sentiment of the mentions.
    pub sentiment: Sentiment,
    /// Language of the report; undetermined prefers none.
    pub language: Language,
    /// The recurring terms.
    pub lexicon: &'a Lexicon,
    /// Folded words that are names.
    pub names: &'a BTreeSet<String>,
    /// Lets the model read texts.
    pub score: &'a dyn Fn(&[&str]) -> Vec<Score>,
    /// What it said of clauses that were looked at before.
    pub known: RefCell<HashMap<String, Score>>,
}

impl Reading<'_> {
    /// The clauses of some of the voices, in the order of their texts.
    pub fn clauses(&self, voices: &[Voice], some: &[usize], reader: &Reader) -> Vec<Clause> {
        let drawn = self.drawn(voices, some);
        self.learn(&drawn);
        let known = self.known.borrow();
        let said: Vec<(&str, &Voice, &Score)> = drawn
            .iter()
            .filter_map(|(text, at)| Some((text.as_str(), &voices[*at], known.get(text)?)))
            .filter(|(_, _, score)| self.is_of_sentiment(score))
            .collect();
        let read = said.iter().map(|(text, voice, score)| {
            let numbers = self.lexicon.numbers_of(&terms(text, voice.language));
            let problem = problem_in_steps(score.problem());
            (problem, numbers, voice.touchpoints.clone(), score.pieces.clone())
        });
        let items = reader.clauses(&read.collect::<Vec<_>>());
        let rare = rare_words(voices);
        said.into_iter()
            .zip(items)
            .map(|((text, voice, score), item)| Clause {
                text: text.to_owned(),
                customer: voice.customer,
                item,
                quality: self.quality(text, voice, score, &rare) as f32,
                may_name: score.probabilities[self.sentiment as usize] >= CLEAR
                    && f64::from(voice.clear) * MICRO >= CLEAR_MENTION
                    && !Shape::of(text, voice.language, |_| false).points_elsewhere()
                    && !self.says_the_opposite(text),
            })
            .collect()
    }

    /// Lets the model read what it has not read yet.
    fn learn(&self, drawn: &[(String, usize)]) {
        let mut known = self.known.borrow_mut();
        let new: BTreeSet<&str> = drawn
            .iter()
            .map(|(text, _)| text.as_str())
            .filter(|text| !known.contains_key(*text))
            .collect();
        let new: Vec<&str> = new.into_iter().collect();
        let scores = (self.score)(&new);
        known.extend(new.into_iter().map(str::to_owned).zip(scores));
    }

    /// Clauses with the voice that they come from, by a lot that falls on texts, in the order of the texts.
    fn drawn(&self, voices: &[Voice], some: &[usize]) -> Vec<(String, usize)> {
        let mut some = some.to_vec();
        some.sort_by_key(|&at| (Fingerprint::of(voices[at].customer.to_le_bytes()).number(), at));
        some.truncate(MENTIONS);
        let is_name = |word: &str| self.names.contains(word);
        let mut found: BTreeSet<(u64, String, u64, usize)> = BTreeSet::new();
        let mut seen: BTreeSet<(u64, String)> = BTreeSet::new();
        some.sort_unstable();
        for at in some {
            let voice = &voices[at];
            let own: Vec<String> = clauses(&voice.text, voice.language)
                .into_iter()
                .filter(|text| !has_placeholder(text))
                .filter(|text| Shape::of(text, voice.language, is_name).may_name(is_name))
                .collect();
            for text in shortest(&own) {
                if seen.insert((voice.customer, text.clone())) {
                    let lot = Fingerprint::of(text.as_bytes()).number();
                    found.insert((lot, text.clone(), voice.customer, at));
                }
            }
        }
        let known = self.known.borrow();
        let mut unread = if known.is_empty() { FIRST_READ } else { READ_AGAIN };
        let mut is_read = |text: &String| {
            known.contains_key(text) || {
                let room = unread > 0;
                unread = unread.saturating_sub(1);
                room
            }
        };
        let readable = found.into_iter().filter(|(_, text, ..)| is_read(text)).take(CLAUSES);
        let mut drawn: Vec<(String, u64, usize)> =
            readable.map(|(_, text, customer, at)| (text, customer, at)).collect();
        drawn.sort_unstable();
        drawn.into_iter().map(|(text, _, at)| (text, at)).collect()
    }

    /// Whether a clause names as a complaint what did not come, or as praise what is over.
    fn says_the_opposite(&self, text: &str) -> bool {
        match self.sentiment {
            Sentiment::Negative => is_relief(text),
            _ => is_bygone(text),
        }
    }

    fn is_of_sentiment(&self, score: &Score) -> bool {
        let names = score.heads.map(|heads| heads.names_problem);
        score.sentiment() == self.sentiment
            && (self.sentiment == Sentiment::Positive
                || names.is_none_or(|names| names >= NAMES_PROBLEM))
    }

    fn quality(&self, text: &str, voice: &Voice, score: &Score, rare: &BTreeSet<String>) -> f64 {
        let is_name = |word: &str| self.names.contains(word);
        let clear = f64::from(score.probabilities[self.sentiment as usize]);
        let names = score.heads.map_or(1.0, |heads| f64::from(heads.names_problem));
        let names = if self.sentiment == Sentiment::Negative { names } else { 1.0 };
        let foreign = self.language != Language::Und
            && voice.language != Language::Und
            && voice.language != self.language;
        let shape = Shape::of(text, voice.language, is_name);
        let strange = shape.content().filter(|word| rare.contains(*word)).count() as f64;
        shape.quality()
            + setting(text, &voice.text, voice.language)
            + 0.25 * (names - 1.0)
            + 0.4 * (clear - 1.0)
            - (RARE_WORD * strange).min(RARE_WORDS)
            - if foreign { OTHER_LANGUAGE } else { 0.0 }
    }
}

/// Folded words of the voices that hardly anybody else writes.
fn rare_words(voices: &[Voice]) -> BTreeSet<String> {
    let mut uses: BTreeMap<String, usize> = BTreeMap::new();
    for voice in voices {
        let words: BTreeSet<String> = voice
            .text
            .split_whitespace()
            .map(|word| fold(word.trim_matches(|c: char| !c.is_alphanumeric())))
            .collect();
        words.into_iter().for_each(|word| *uses.entry(word).or_default() += 1);
    }
    uses.into_iter().filter(|(_, uses)| *uses < USES).map(|(word, _)| word).collect()
}
