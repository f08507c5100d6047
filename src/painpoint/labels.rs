//! What a theme is called: the one or two phrases that tell a reader most of it.

use std::collections::{BTreeMap, BTreeSet};

use super::candidates::Candidate;
use crate::text::Language;

/// A term of a theme.
pub(super) struct Leading {
    pub term: Candidate,
    /// Its position among the candidates.
    pub position: usize,
    /// Mentions of the theme that hold it.
    pub uses: u64,
    /// How much it tells of the theme: log lift × square root of its uses.
    pub telling: f64,
    /// How much commoner it is than in other themes, as a logarithm.
    pub contrast: f64,
}

/// What a theme is called, and what its mentions hold where they say so.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Label {
    /// Its names: one or two.
    pub names: Vec<String>,
    /// Keys of the terms of each name.
    pub keys: Vec<Vec<String>>,
}

/// Contrast beyond which a term is no better a name: rare ones stand in one theme by chance.
const CLEAR: f64 = 3.0;

/// How much better a phrase reads than a word, and a negated word: "order cancelled", "no internet".
const PHRASE: f64 = 1.75;
const NEGATED: f64 = 1.6;

/// How much better a noun names a thing than another German word.
const NOUN: f64 = 1.2;

/// How much a name gains by being written with the sentiment alone.
const VALENCE: f64 = 2.5;

/// How much better a name is that the reader can read.
const READABLE: f64 = 2.0;

/// How often a name must be used against the commonest term of the theme.
const LEAST_SHARE: f64 = 0.05;

/// How often a name must be used in a theme of so many mentions.
const LEAST_USES: u64 = 3;
const SMALL: u64 = 60;

/// Share of the theme's mentions below which a name does not stand for all of it.
const ENOUGH: f64 = 0.15;

/// How good a second name must be against the first, if that is a phrase, and if it is a word.
const SECOND: f64 = 0.4;
const SECOND_TO_WORD: f64 = 0.3;

/// How often a phrase must be used against a word in it that it is to replace; and against one that half of
/// the theme's mentions hold: "too expensive" is not "too expensive abroad" because one in ten says so.
const EXTENSION: f64 = 0.05;
const EXTENSION_OF_MOST: f64 = 0.25;

/// A name that a theme may have.
struct Phrase<'t> {
    surface: &'t str,
    keys: Vec<&'t str>,
    /// Stems, without negations.
    stems: BTreeSet<&'t str>,
    uses: u64,
    score: f64,
    negated: bool,
}

/// The name of a theme of so many mentions: the term that is common in it, commoner than elsewhere, and
/// mostly written with its sentiment; rather a phrase than a word. A second that is nearly as good and has
/// no word in common with it follows: a phrase, or any where the first is a mere word or stands for few
/// of the mentions.
pub(super) fn label(terms: &[Leading], mentions: u64, language: Language) -> Label {
    let phrases = phrases(terms, language);
    let most = phrases.iter().take(8).map(|phrase| phrase.uses).max().unwrap_or_default();
    let least = if mentions < SMALL { LEAST_USES - 1 } else { LEAST_USES };
    let least = least.max((most as f64 * LEAST_SHARE).ceil() as u64).min(most);
    let common: Vec<&Phrase<'_>> = phrases.iter().filter(|phrase| phrase.uses >= least).collect();
    let Some(&best) = common.first() else { return Label::default() };
    // "lost bag" says what "lost" does, and of what.
    let of_most = 2 * best.uses >= mentions;
    let extension = if of_most { EXTENSION_OF_MOST } else { EXTENSION };
    let longer = common.iter().find(|phrase| {
        phrase.is_phrase()
            && best.stems.is_subset(&phrase.stems)
            && phrase.uses as f64 >= extension * best.uses as f64
    });
    let first = if best.is_phrase() { best } else { longer.copied().unwrap_or(best) };
    let enough = best.uses as f64 >= ENOUGH * mentions as f64;
    let worth = if first.is_phrase() { SECOND } else { SECOND_TO_WORD };
    let second = common
        .iter()
        .filter(|phrase| !phrase.repeats(first))
        .find(|phrase| phrase.is_phrase() || !(enough && first.is_phrase()))
        .filter(|phrase| phrase.score >= worth * best.score);
    let names: Vec<&Phrase<'_>> = [first].into_iter().chain(second.copied()).collect();
    let keys = |name: &&Phrase<'_>| name.keys.iter().map(|&key| key.to_owned()).collect();
    Label {
        names: names.iter().map(|name| name.surface.to_owned()).collect(),
        keys: names.iter().map(keys).collect(),
    }
}

/// The names that a theme may have, the best first. Phrases of the same words in another order are one:
/// "lost bag", "bag is lost".
fn phrases(terms: &[Leading], language: Language) -> Vec<Phrase<'_>> {
    let mut same: BTreeMap<Vec<&str>, Vec<&Leading>> = BTreeMap::new();
    for term in terms {
        let mut stems: Vec<&str> = term.term.key.split(' ').collect();
        stems.sort_unstable();
        same.entry(stems).or_default().push(term);
    }
    let words: BTreeMap<&str, u64> = terms
        .iter()
        .filter(|term| !term.term.key.contains(' '))
        .map(|term| (term.term.key.as_str(), term.uses))
        .collect();
    let mut phrases: Vec<Phrase<'_>> = same
        .iter()
        .filter_map(|(stems, terms)| Phrase::new(stems, terms, &words, language))
        .collect();
    phrases.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.stems.cmp(&b.stems)));
    phrases
}

impl<'t> Phrase<'t> {
    /// `alone` holds how often each word is used, in this phrase or another.
    fn new(
        stems: &[&'t str],
        terms: &[&'t Leading],
        alone: &BTreeMap<&str, u64>,
        language: Language,
    ) -> Option<Self> {
        let uses: u64 = terms.iter().map(|term| term.uses).sum();
        let shown = terms
            .iter()
            .max_by(|a, b| a.uses.cmp(&b.uses).then_with(|| b.term.key.cmp(&a.term.key)))?;
        let words: BTreeSet<&str> = stems.iter().copied().filter(|stem| *stem != "!").collect();
        let negated = stems.len() > words.len();
        let form = match (words.len() > 1, negated) {
            (true, _) => PHRASE,
            (false, true) => NEGATED,
            (false, false) if is_noun(&shown.term) => NOUN,
            (false, false) => 1.0,
        };
        let readable = if shown.term.language == language { READABLE } else { 1.0 };
        // "lost bag" stands for what is said of lost and of bags, "no bag" for no more than itself.
        let alone = words.iter().map(|word| alone.get(word).copied().unwrap_or_default()).min();
        let backed = alone.filter(|_| !negated).unwrap_or_default().max(uses);
        let stands_for = (uses as f64 * backed as f64).sqrt();
        let score = shown.contrast.min(CLEAR)
            * stands_for.sqrt()
            * shown.term.valence.powf(VALENCE)
            * form
            * readable;
        let keys = terms.iter().map(|term| term.term.key.as_str()).collect();
        Some(Self { surface: &shown.term.surface, keys, stems: words, uses, score, negated })
    }

    /// Whether they have a word in common, or one that is part of another or begins as it does:
    /// "Holzbänke" and "Bänke", "teuer" and "teurer".
    fn repeats(&self, other: &Self) -> bool {
        self.stems.iter().any(|a| other.stems.iter().any(|b| akin(a, b)))
    }

    /// Whether it is more than a word.
    fn is_phrase(&self) -> bool {
        self.negated || self.stems.len() > 1
    }
}

fn akin(a: &str, b: &str) -> bool {
    const SHORTEST_PART: usize = 4;
    let part = |a: &str, b: &str| a.len() >= SHORTEST_PART && b.contains(a);
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let shorter = a.chars().count().min(b.chars().count());
    a == b || part(a, b) || part(b, a) || (common >= 3 && 4 * common >= 3 * shorter)
}

fn is_noun(term: &Candidate) -> bool {
    term.language == Language::De && term.surface.starts_with(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The names of the label, joined.
    fn name(terms: &[Leading], mentions: u64, language: Language) -> String {
        label(terms, mentions, language).names.join(", ")
    }

    /// A term of a theme: its key and surface, its mentions there, and the part that is negative.
    fn term(key: &str, surface: &str, uses: u64, valence: f64, language: Language) -> Leading {
        let term = Candidate {
            key: key.into(),
            surface: surface.into(),
            mentions: uses,
            valence,
            language,
            z: 1.0,
            names_cause: true,
            common: false,
        };
        Leading { term, position: 0, uses, telling: (uses as f64).sqrt(), contrast: 2.0 }
    }

    fn english(key: &str, uses: u64, valence: f64) -> Leading {
        let surface = key.replace("! ", "no ");
        term(key, &surface, uses, valence, Language::En)
    }

    #[test]
    fn a_common_phrase_is_rather_the_name_than_its_words() {
        let terms = [
            english("bag", 134, 0.64),
            english("lost", 76, 0.93),
            english("lost bag", 19, 0.89),
            english("checked bag", 13, 0.79),
        ];
        assert_eq!(name(&terms, 200, Language::En), "lost bag");
    }

    #[test]
    fn what_is_said_in_complaints_alone_is_rather_the_name() {
        let terms = [english("faster broadband", 76, 0.6), english("! internet", 49, 0.9)];
        assert_eq!(name(&terms, 300, Language::En), "no internet, faster broadband");
    }

    #[test]
    fn a_name_of_few_mentions_gets_a_second_that_shares_no_word() {
        let terms = [
            english("delayed flight", 40, 0.9),
            english("delayed plane", 30, 0.9),
            english("missed connection", 20, 0.9),
        ];
        assert_eq!(name(&terms, 900, Language::En), "delayed flight, missed connection");
    }

    #[test]
    fn a_word_beside_a_phrase_that_stands_for_much_is_no_second() {
        let terms = [english("delayed flight", 40, 0.9), english("gate", 30, 0.9)];
        assert_eq!(name(&terms, 100, Language::En), "delayed flight");
        assert_eq!(name(&terms, 900, Language::En), "delayed flight, gate");
    }

    #[test]
    fn words_in_another_order_are_one_phrase_in_its_commonest_form() {
        let terms = [
            english("lost bag", 6, 0.9),
            term("bag lost", "bag is lost", 5, 0.9, Language::En),
            english("gate agent", 9, 0.9),
        ];
        assert_eq!(name(&terms, 20, Language::En), "lost bag, gate agent");
    }

    #[test]
    fn a_word_of_most_is_not_narrowed_by_what_few_add() {
        let terms = [english("expensive", 87, 0.9), english("expensive abroad", 9, 0.9)];
        assert_eq!(name(&terms, 100, Language::En), "expensive");
        assert_eq!(name(&terms, 400, Language::En), "expensive abroad");
    }

    #[test]
    fn a_phrase_written_twice_does_not_name_hundreds() {
        let terms = [english("rude", 60, 0.9), english("funny thing", 2, 0.9)];
        assert_eq!(name(&terms, 400, Language::En), "rude");
    }

    #[test]
    fn the_reader_s_language_is_preferred_where_the_theme_has_it() {
        let terms = [
            term("late deliveri", "late delivery", 12, 0.9, Language::En),
            term("liefer spat", "Lieferung zu spät", 8, 0.9, Language::De),
        ];
        let label_in = |language| name(&terms, 40, language);
        assert!(label_in(Language::De).starts_with("Lieferung zu spät"));
        assert!(label_in(Language::En).starts_with("late delivery"));
        assert_eq!(name(&terms[..1], 40, Language::De), "late delivery");
    }

    #[test]
    fn a_second_name_does_not_repeat_the_first() {
        let terms = [
            term("holzbank", "Holzbänke", 30, 0.9, Language::De),
            term("bank", "Bänke", 29, 0.9, Language::De),
            term("laut", "laut", 28, 0.9, Language::De),
        ];
        assert_eq!(name(&terms, 400, Language::De), "Holzbänke, laut");
    }

    #[test]
    fn another_form_of_a_word_is_no_second_name() {
        let terms = [
            term("teuer", "teuer", 30, 0.9, Language::De),
            term("teur", "teurer", 29, 0.9, Language::De),
        ];
        assert_eq!(name(&terms, 400, Language::De), "teuer");
    }

    #[test]
    fn a_phrase_of_words_that_are_said_often_is_rather_the_name() {
        let terms = [
            english("new build", 12, 0.9),
            english("late engineer", 9, 0.9),
            english("late", 50, 0.9),
            english("engineer", 60, 0.6),
        ];
        assert_eq!(name(&terms, 200, Language::En), "late engineer, new build");
    }

    #[test]
    fn without_terms_there_is_no_name() {
        assert_eq!(name(&[], 40, Language::En), "");
    }
}
