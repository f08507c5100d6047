//! Terms of a corpus that are one: a word and its typing errors, a negated word and its antonym.
//!
//! Both rules are strict, for what they join is never told apart again. They look at the corpus as a
//! whole and not at its order.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

use super::Language;
use super::compounds::is_listed;
use super::fold::fold;
use super::lexicon::{SOURCES, entries, has_word};
use super::terms::Term;
use super::words::stem;

/// How much commoner a word must be than its typing error.
const RATIO: u64 = 20;

/// The shortest words in which two letters that changed places, or a letter too often or not often
/// enough doubled, are a typing error: "form" and "from" are two words.
const SHORTEST: usize = 7;

/// The same for a letter that is missing or too many: "Leistung" and "Leitung" are two words.
const SHORTEST_MISSING: usize = 10;

/// Words that look like typing errors of others, beyond those of the lexicon.
const WORDS: &str = "compliant marital martial";

/// A term of the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known<'k> {
    /// Its key (see [`Term`]).
    pub key: &'k str,
    /// Its commonest surface form.
    pub surface: &'k str,
    /// Mentions that hold it.
    pub mentions: u64,
    /// The language that it is mostly written in.
    pub language: Language,
}

/// Which terms stand for others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Variants {
    /// Mentions of the keys of recurring words.
    mentions: HashMap<String, u64>,
    /// Keys of common words, by the words.
    words: HashMap<String, String>,
    /// Common words by what is left of them without one of their letters.
    shortened: HashMap<String, Vec<String>>,
    /// Common words by what is left of them where no letter is doubled.
    squeezed: HashMap<String, Vec<String>>,
    /// Keys of words that say the opposite of other keys: `unpunktlich` of `punktlich`.
    antonyms: BTreeMap<String, String>,
    /// Keys of recurring typing errors with those of the words.
    errors: HashMap<String, String>,
    /// Mentions that a word which does not recur may have.
    rare: u64,
    /// Mentions of the commonest word.
    most: u64,
}

impl Variants {
    /// The variants among the terms that recur. What does not recur has at most `rare` mentions.
    pub fn new<'k>(terms: impl Iterator<Item = Known<'k>>, rare: u64) -> Self {
        let mut found = Self { rare: rare.max(1), ..Self::default() };
        let mut negated = BTreeSet::new();
        let mut words: Vec<Known<'_>> = Vec::new();
        for term in terms {
            match term.key.strip_prefix("! ") {
                Some(word) if !word.contains(' ') => _ = negated.insert(word),
                None if !term.key.contains(' ') => words.push(term),
                _ => {}
            }
        }
        // The commonest first, so that it stands for its form.
        words.sort_unstable_by(|a, b| b.mentions.cmp(&a.mentions).then_with(|| a.key.cmp(b.key)));
        for &word in &words {
            found.add_word(word);
            for base in bases(word).into_iter().filter(|base| negated.contains(base.as_str())) {
                found.antonyms.entry(base).or_insert_with(|| word.key.to_owned());
            }
        }
        let right = |word: &Known<'_>| {
            let key = found.right(word.key, word.surface, word.mentions)?;
            Some((word.key.to_owned(), key.to_owned()))
        };
        found.errors = words.iter().filter_map(right).collect();
        found
    }

    fn add_word(&mut self, word: Known<'_>) {
        self.mentions.insert(word.key.to_owned(), word.mentions);
        self.most = self.most.max(word.mentions);
        let form = fold(word.surface);
        if word.mentions < RATIO || !is_long(&form, SHORTEST) || self.words.contains_key(&form) {
            return;
        }
        self.words.insert(form.clone(), word.key.to_owned());
        self.squeezed.entry(squeezed(&form)).or_default().push(form.clone());
        if is_long(&form, SHORTEST_MISSING) {
            for shorter in without_a_letter(&form) {
                self.shortened.entry(shorter).or_default().push(form.clone());
            }
        }
    }

    /// The terms of a mention, each with the key that it stands for, each key once.
    pub fn apply<'t>(&self, terms: &'t [Term]) -> Vec<(Cow<'t, str>, &'t Term)> {
        let spelt: Vec<(String, &str)> = terms
            .iter()
            .filter(|term| !term.key.contains(' '))
            .filter_map(|term| Some((term.key.clone(), self.spelt(term)?)))
            .collect();
        let keys: Vec<Option<String>> =
            terms.iter().map(|term| self.canonical(&term.key, &spelt)).collect();
        let as_written = keys.iter().all(Option::is_none);
        let key = |(term, key): (&'t Term, Option<String>)| {
            (key.map_or(Cow::Borrowed(term.key.as_str()), Cow::Owned), term)
        };
        let renamed = terms.iter().zip(keys).map(key);
        if as_written {
            return renamed.collect();
        }
        let mut seen = BTreeSet::new();
        renamed.filter(|(key, _)| seen.insert(key.clone())).collect()
    }

    /// The key that a key stands for, if it is another.
    fn canonical(&self, key: &str, spelt: &[(String, &str)]) -> Option<String> {
        if spelt.is_empty() && !key.contains('!') {
            return None;
        }
        let mut changed = false;
        let mut words: Vec<&str> = Vec::new();
        for word in key.split(' ') {
            let right = spelt.iter().find(|(wrong, _)| wrong == word).map(|(_, right)| *right);
            let antonym = self.antonyms.get(word).filter(|_| words.last() == Some(&"!"));
            changed |= right.is_some() || antonym.is_some();
            if antonym.is_some() {
                words.pop();
            }
            words.push(antonym.map(String::as_str).or(right).unwrap_or(word));
        }
        changed.then(|| words.join(" "))
    }

    /// The key of the common word that a term is a typing error of, if it is.
    fn spelt(&self, term: &Term) -> Option<&str> {
        if self.mentions.contains_key(&term.key) {
            return self.errors.get(&term.key).map(String::as_str);
        }
        self.right(&term.key, &term.surface, self.rare)
    }

    /// The same of a word with so many mentions.
    fn right(&self, key: &str, surface: &str, own: u64) -> Option<&str> {
        if RATIO * own > self.most || surface.len() < SHORTEST {
            return None;
        }
        let word = fold(surface);
        if !is_long(&word, SHORTEST) {
            return None;
        }
        let mut found: Vec<&String> = self.doubled(&word).collect();
        for swapped in with_letters_swapped(&word) {
            found.extend(self.words.get_key_value(&swapped).map(|(form, _)| form));
        }
        if is_long(&word, SHORTEST_MISSING - 1) {
            found.extend(self.shortened.get(&word).into_iter().flatten());
        }
        if is_long(&word, SHORTEST_MISSING + 1) {
            for shorter in without_a_letter(&word) {
                found.extend(self.words.get_key_value(&shorter).map(|(form, _)| form));
            }
        }
        let best = found
            .into_iter()
            .map(|form| (self.mentions[&self.words[form]], form))
            .filter(|&(mentions, _)| mentions >= RATIO * own)
            .max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(a.1)))?;
        (!is_word(&word) && !is_word(key)).then(|| self.words[best.1].as_str())
    }

    fn doubled<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a String> {
        let same = self.squeezed.get(&squeezed(word));
        same.into_iter().flatten().filter(|other| other.len().abs_diff(word.len()) == 1)
    }
}

/// Whether a word is of letters alone, and of so many.
fn is_long(word: &str, letters: usize) -> bool {
    word.len() >= letters && word.bytes().all(|b| b.is_ascii_lowercase())
}

fn squeezed(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

/// The word without one of its letters, neither the first nor the last, nor half an umlaut:
/// "geschmückt" is not "geschmeckt".
fn without_a_letter(word: &str) -> impl Iterator<Item = String> {
    let letters = word.as_bytes();
    let umlaut =
        move |at: usize| matches!(letters[at], b'a' | b'o' | b'u') && letters[at + 1] == b'e';
    (1..word.len() - 1)
        .filter(move |&at| !umlaut(at) && !umlaut(at - 1))
        .map(move |at| [&word[..at], &word[at + 1..]].concat())
}

/// The word with two letters beside each other swapped, but for the first.
fn with_letters_swapped(word: &str) -> impl Iterator<Item = String> {
    let letters = word.as_bytes();
    (1..letters.len() - 1).filter(|&at| letters[at] != letters[at + 1]).map(move |at| {
        let swapped = [&word[..at], &word[at + 1..at + 2], &word[at..at + 1], &word[at + 2..]];
        swapped.concat()
    })
}

/// Whether a word, or a word with its stem, is in the lexicon of any language.
fn is_word(word: &str) -> bool {
    static STEMS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
        let mut stems: BTreeSet<String> = WORDS.split(' ').map(str::to_owned).collect();
        for (language, source) in SOURCES {
            for (_, word) in entries(source) {
                let word = fold(word);
                stems.insert(stem(&word, language));
                stems.insert(word);
            }
        }
        stems
    });
    STEMS.contains(word) || is_listed(word)
}

/// A prefix that turns a word into its opposite.
struct Prefix {
    letters: &'static str,
    languages: &'static [Language],
    /// Endings of the words that it does so with; all where there are none.
    endings: &'static str,
}

/// Endings of adjectives: with these prefixes, nouns and verbs are other words ("invoice", "discover").
const ADJECTIVES: &str = "able ible ent ant ente ante ive al ate id ace eux euse eto eta ido vel";

const PREFIXES: [Prefix; 7] = [
    Prefix { letters: "un", languages: &[Language::En], endings: "" },
    Prefix { letters: "un", languages: &[Language::De], endings: "" },
    Prefix { letters: "on", languages: &[Language::Nl], endings: "baar lijk ig end zaam d t" },
    Prefix { letters: "in", languages: ROMANCE, endings: ADJECTIVES },
    Prefix { letters: "im", languages: ROMANCE, endings: ADJECTIVES },
    Prefix { letters: "ir", languages: ROMANCE, endings: ADJECTIVES },
    Prefix { letters: "des", languages: ROMANCE, endings: ADJECTIVES },
];

const ROMANCE: &[Language] =
    &[Language::En, Language::Fr, Language::Es, Language::It, Language::Pt];

/// Words with such a prefix that are not the opposite of what is behind it.
const NO_OPPOSITES: &str = "indifferent invaluable instant important imminent incident \
    unlock unlocked unsubscribe unload unloaded unpack unpacked unplug unbutton untie unfold unwrap";

/// Stems of the words that a word is the opposite of.
fn bases(word: Known<'_>) -> BTreeSet<String> {
    const SHORTEST_BASE: usize = 4;
    let folded = fold(word.surface);
    let mut found = BTreeSet::new();
    if has_word(NO_OPPOSITES, &folded) {
        return found;
    }
    for prefix in &PREFIXES {
        let Some(base) = folded.strip_prefix(prefix.letters) else { continue };
        let ends = prefix.endings.is_empty()
            || prefix.endings.split(' ').any(|end| {
                // A feminine or plural form has the ending, too.
                ["", "s", "e", "es"]
                    .iter()
                    .any(|form| base.strip_suffix(form).is_some_and(|base| base.ends_with(end)))
            });
        if base.len() < SHORTEST_BASE || !ends {
            continue;
        }
        let language = word.language;
        let is_adjective = language != Language::De || is_german_adjective(word.surface, base);
        if prefix.languages.contains(&language) && is_adjective {
            found.insert(stem(base, language));
        }
    }
    found
}

/// "Unkosten" are costs; "unpünktlich" is not on time.
fn is_german_adjective(surface: &str, base: &str) -> bool {
    const ENDINGS: [&str; 7] = ["lich", "bar", "ig", "isch", "sam", "haft", "iert"];
    let base = ["e", "en", "er", "es", "em"]
        .iter()
        .find_map(|form| base.strip_suffix(form))
        .unwrap_or(base);
    surface.starts_with(char::is_lowercase) || ENDINGS.iter().any(|end| base.ends_with(end))
}

#[cfg(test)]
mod tests;
