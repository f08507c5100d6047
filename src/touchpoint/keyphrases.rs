//! Keyphrases in texts: by stem at word boundaries, parts of compounds where a star allows it.

mod trie;

use std::cmp::Reverse;
use std::collections::HashMap;
use std::ops::Range;

use crate::config::codebook::Codebook;
use crate::text::Language;
use crate::text::fold::fold;
use crate::text::tokens::tokens;
use crate::text::words::stem;
use trie::Trie;

/// Endings that a compound may carry after the part that a leading star asks for.
const INFLECTIONS: [&str; 8] = ["", "e", "n", "s", "en", "er", "es", "ern"];

/// Letters by which a keyphrase's word may exceed what it shares with a word of the same stem, and
/// the other way round. Stemmers go further than inflection: "comida" and "como" share a stem, and so
/// do "settings" and "set".
const SURPLUS: Surplus = (2, 4);
/// The same where the language is undetermined: all stemmers try, most of them on a language that is
/// not theirs.
const SURPLUS_UNDETERMINED: Surplus = (0, 2);

type Surplus = (usize, usize);

/// A keyphrase found in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyphraseHit<'m> {
    /// Index into [`Codebook::touchpoints`].
    pub touchpoint: usize,
    /// Where, in bytes of the text.
    pub span: Range<usize>,
    /// The keyphrase as the codebook has it.
    pub phrase: &'m str,
}

/// Finds a codebook's keyphrases in texts.
pub struct KeyphraseMatcher {
    /// One a language of the codebook.
    indices: Vec<LanguageIndex>,
}

impl KeyphraseMatcher {
    /// Prepares all languages' keyphrases.
    pub fn new(codebook: &Codebook) -> Self {
        let languages = Language::ALL.into_iter().filter(|language| *language != Language::Und);
        Self { indices: languages.map(|language| LanguageIndex::new(codebook, language)).collect() }
    }

    /// The keyphrases in a text, in order of appearance: those of its language and the English
    /// ones, which everybody borrows; all languages' if it is undetermined.
    ///
    /// Of overlapping keyphrases of different touchpoints the longest one counts, and of equally
    /// long ones the most exact: a word as it is spelled before one of its stem, a whole word before
    /// the head of a compound ("Stromrechnung" is an invoice), that before its first part.
    pub fn find(&self, text: &str, language: Language) -> Vec<KeyphraseHit<'_>> {
        let mut before = 0;
        let words: Vec<Word> = tokens(text)
            .map(|span| {
                let joined = text[before..span.start].chars().all(joins);
                before = span.end;
                Word { folded: fold(&text[span.clone()]), span, joined }
            })
            .collect();
        let surplus = if language == Language::Und { SURPLUS_UNDETERMINED } else { SURPLUS };
        let mut matches = vec![];
        for index in &self.indices {
            if [index.language, Language::Und].contains(&language) || index.language == Language::En
            {
                index.find(&words, surplus, &mut matches);
            }
        }
        let mut hits: Vec<_> = decide(matches)
            .into_iter()
            .map(|found| KeyphraseHit {
                touchpoint: found.phrase.touchpoint,
                span: words[found.words.start].span.start..words[found.words.end - 1].span.end,
                phrase: &found.phrase.text,
            })
            .collect();
        hits.sort_by_key(|hit| (hit.span.start, Reverse(hit.span.end), hit.touchpoint));
        hits.dedup_by(|a, b| a.touchpoint == b.touchpoint && a.span == b.span);
        hits
    }
}

struct Word {
    folded: String,
    span: Range<usize>,
    /// No comma or other sign parts it from the word before.
    joined: bool,
}

/// Whether a character between two words leaves them in one clause.
fn joins(c: char) -> bool {
    c.is_whitespace() || ['\'', '’', '-'].contains(&c)
}

/// Words that a gap in a phrase may hold at most: "order … cancelled".
const GAP: usize = 2;

/// The sign for it.
const GAP_SIGN: &str = "…";

/// The sign between words of an exclude of which any will do.
const ALTERNATIVE_SIGN: char = '|';

/// What a word has to be; from vague to exact.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum WordPattern {
    /// No word, or a few of any kind.
    Gap,
    Contains(String),
    Starts(String),
    Ends(String),
    Stem {
        stem: String,
        word: String,
    },
    Word(String),
}

impl WordPattern {
    /// What a sign asks for, if the word carries one.
    fn marked(word: &str) -> Option<Self> {
        if word == GAP_SIGN {
            return Some(Self::Gap);
        }
        if let Some(word) = word.strip_prefix('=') {
            return Some(Self::Word(fold(word)));
        }
        let part = fold(word.trim_matches('*'));
        match (word.starts_with('*'), word.ends_with('*')) {
            (true, true) => Some(Self::Contains(part)),
            (false, true) => Some(Self::Starts(part)),
            (true, false) => Some(Self::Ends(part)),
            (false, false) => None,
        }
    }

    fn matches(&self, word: &Word, stem: &str, surplus: Surplus) -> bool {
        match self {
            Self::Contains(part) => word.folded.contains(part),
            Self::Starts(part) => word.folded.starts_with(part),
            Self::Ends(part) => bases(&word.folded).any(|base| base.ends_with(part)),
            Self::Stem { stem: own, word: key } => {
                own == stem && inflected(key, &word.folded, surplus)
            }
            Self::Word(own) => *own == word.folded,
            Self::Gap => true,
        }
    }

    /// How exactly it names a word that it matches. Spelled out is more than of one stem.
    fn exactness(&self, word: &Word) -> u8 {
        match self {
            Self::Contains(_) | Self::Gap => 0,
            Self::Starts(_) => 1,
            Self::Ends(_) => 2,
            Self::Stem { word: own, .. } if *own != word.folded => 3,
            Self::Stem { .. } => 4,
            Self::Word(_) => 5,
        }
    }
}

/// Whether two words of one stem are forms of one word.
fn inflected(key: &str, word: &str, (key_surplus, word_surplus): Surplus) -> bool {
    let shared = key.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
    key.len() - shared <= key_surplus && word.len() - shared <= word_surplus
}

/// The word without each inflection that it may carry.
fn bases(word: &str) -> impl Iterator<Item = &str> {
    INFLECTIONS.iter().filter_map(|inflection| word.strip_suffix(inflection))
}

struct Phrase {
    touchpoint: usize,
    /// Cancels instead of naming.
    exclude: bool,
    words: Vec<WordPattern>,
    text: String,
}

struct Match<'m> {
    phrase: &'m Phrase,
    words: Range<usize>,
    /// A phrase is as exact as its vaguest word.
    exactness: Option<u8>,
}

/// The keyphrases of one language by their first word.
struct LanguageIndex {
    language: Language,
    phrases: Vec<Phrase>,
    by_word: HashMap<String, Vec<usize>>,
    by_stem: HashMap<String, Vec<usize>>,
    by_start: Trie,
    by_end: Trie,
    by_part: Trie,
}

impl LanguageIndex {
    fn new(codebook: &Codebook, language: Language) -> Self {
        let mut index = Self {
            language,
            phrases: vec![],
            by_word: HashMap::new(),
            by_stem: HashMap::new(),
            by_start: Trie::default(),
            by_end: Trie::default(),
            by_part: Trie::default(),
        };
        for (touchpoint, definition) in codebook.touchpoints().iter().enumerate() {
            for own in [language, Language::Und] {
                for text in definition.keyphrases.get(&own).into_iter().flatten() {
                    index.insert_keyphrase(touchpoint, text);
                }
            }
            for text in &definition.excludes {
                index.insert_exclude(touchpoint, text);
            }
        }
        index
    }

    /// Stemmers need the accents that customers leave out, so both spellings count.
    fn insert_keyphrase(&mut self, touchpoint: usize, text: &str) {
        let stem = |word: &str| WordPattern::Stem {
            stem: stem(&fold(word), self.language),
            word: fold(word),
        };
        let written = patterns(text, stem);
        let folded = patterns(&fold(&text.replace('-', " ")), stem);
        let phrase = |words| Phrase { touchpoint, exclude: false, words, text: text.to_owned() };
        if folded != written {
            self.insert(phrase(folded));
        }
        self.insert(phrase(written));
    }

    /// Excludes serve all languages, so they are not stemmed.
    fn insert_exclude(&mut self, touchpoint: usize, text: &str) {
        for text in alternatives(text) {
            let words = patterns(&text, |word| WordPattern::Word(fold(word)));
            self.insert(Phrase { touchpoint, exclude: true, words, text });
        }
    }

    fn insert(&mut self, phrase: Phrase) {
        let id = self.phrases.len();
        match phrase.words.first() {
            Some(WordPattern::Word(word)) => self.by_word.entry(word.clone()).or_default().push(id),
            Some(WordPattern::Stem { stem, .. }) => {
                self.by_stem.entry(stem.clone()).or_default().push(id)
            }
            Some(WordPattern::Starts(part)) => self.by_start.insert(part.bytes(), id),
            Some(WordPattern::Ends(part)) => self.by_end.insert(part.bytes().rev(), id),
            Some(WordPattern::Contains(part)) => self.by_part.insert(part.bytes(), id),
            Some(WordPattern::Gap) | None => return,
        }
        self.phrases.push(phrase);
    }

    fn find<'m>(&'m self, words: &[Word], surplus: Surplus, matches: &mut Vec<Match<'m>>) {
        let stems: Vec<_> = words.iter().map(|word| stem(&word.folded, self.language)).collect();
        for (start, word) in words.iter().enumerate() {
            for id in self.candidates(word, &stems[start]) {
                let phrase = &self.phrases[id];
                let fits = |pattern: &WordPattern, at: usize| {
                    at < words.len() && pattern.matches(&words[at], &stems[at], surplus)
                };
                if let Some(end) = end(&phrase.words, start, &fits)
                    && (!phrase.exclude || words[start + 1..end].iter().all(|word| word.joined))
                {
                    let pairs = phrase.words.iter().zip(&words[start..end]);
                    let exactness = pairs.map(|(pattern, word)| pattern.exactness(word)).min();
                    matches.push(Match { phrase, words: start..end, exactness });
                }
            }
        }
    }

    /// Phrases whose first word this is, each once.
    fn candidates(&self, word: &Word, stem: &str) -> Vec<usize> {
        let mut ids = self.by_stem.get(stem).cloned().unwrap_or_default();
        ids.extend(self.by_word.get(&word.folded).into_iter().flatten());
        let folded = word.folded.as_bytes();
        self.by_start.walk(folded.iter().copied(), &mut ids);
        for base in bases(&word.folded) {
            self.by_end.walk(base.bytes().rev(), &mut ids);
        }
        for start in 0..folded.len() {
            self.by_part.walk(folded[start..].iter().copied(), &mut ids);
        }
        ids.sort_unstable();
        ids.dedup();
        ids
    }
}

/// Where a phrase ends that starts at a word, its gaps as short as can be; none if it is not there.
fn end(
    patterns: &[WordPattern],
    at: usize,
    fits: &impl Fn(&WordPattern, usize) -> bool,
) -> Option<usize> {
    match patterns {
        [] => Some(at),
        [WordPattern::Gap, rest @ ..] => {
            (0..=GAP).find_map(|skipped| end(rest, at + skipped, fits))
        }
        [first, rest @ ..] => fits(first, at).then(|| end(rest, at + 1, fits)).flatten(),
    }
}

/// The phrases that one with alternatives stands for: "dog|cat owner".
fn alternatives(text: &str) -> Vec<String> {
    text.split_whitespace().fold(vec![String::new()], |phrases, word| {
        let with = |own: &str| phrases.iter().map(|phrase| format!("{phrase} {own}")).collect();
        word.split(ALTERNATIVE_SIGN).flat_map(|own| -> Vec<_> { with(own) }).collect()
    })
}

/// The words of a phrase; `plain` says what words without a sign mean.
fn patterns(text: &str, plain: impl Fn(&str) -> WordPattern) -> Vec<WordPattern> {
    let mut patterns = vec![];
    for token in text.split_whitespace() {
        match WordPattern::marked(token) {
            Some(pattern) => patterns.push(pattern),
            None => patterns.extend(tokens(token).map(|span| plain(&token[span]))),
        }
    }
    patterns
}

/// Applies the excludes, except to keyphrases that say more, then prefers long to short and exact to vague.
fn decide(matches: Vec<Match>) -> Vec<Match> {
    let (excludes, keyphrases): (Vec<_>, Vec<_>) =
        matches.into_iter().partition(|found| found.phrase.exclude);
    let cancelled = |found: &Match| {
        excludes.iter().any(|exclude| {
            exclude.phrase.touchpoint == found.phrase.touchpoint
                && exclude.words.start < found.words.end
                && found.words.start < exclude.words.end
                && !longer(found, exclude)
        })
    };
    let kept: Vec<_> = keyphrases.into_iter().filter(|found| !cancelled(found)).collect();
    let beaten: Vec<bool> =
        kept.iter().map(|found| kept.iter().any(|other| beats(other, found))).collect();
    kept.into_iter().zip(beaten).filter(|(_, beaten)| !beaten).map(|(found, _)| found).collect()
}

fn beats(one: &Match, other: &Match) -> bool {
    one.phrase.touchpoint != other.phrase.touchpoint
        && (longer(one, other) || covers(one, other) && one.exactness > other.exactness)
}

fn longer(one: &Match, other: &Match) -> bool {
    covers(one, other) && one.words.len() > other.words.len()
}

fn covers(one: &Match, other: &Match) -> bool {
    one.words.start <= other.words.start && other.words.end <= one.words.end
}

#[cfg(test)]
pub(crate) mod tests;
