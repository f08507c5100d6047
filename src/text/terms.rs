//! Candidate terms of a mention: the words and phrases that may name a cause.

use serde::{Deserialize, Serialize};

use super::Language;
use super::lexicon::{Role, role};
use super::words::{Word, words};
use crate::digest::Fingerprint;

mod unit;

use unit::{Unit, units};

/// A word or phrase that may name a cause.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Term {
    /// Stems joined by blanks, `!` for a negation: one key for all forms of a term.
    pub key: String,
    /// As written, in one line, without punctuation; lower case but for German nouns.
    pub surface: String,
}

impl Term {
    /// A number for its key, the same on every machine.
    pub fn fingerprint(&self) -> u64 {
        Fingerprint::of(&self.key).number()
    }
}

/// The words with their part in the mention, and the text they stand in.
struct Tokens<'t> {
    text: &'t str,
    words: Vec<Word<'t>>,
    roles: Vec<Role>,
    language: Language,
}

/// The terms of a mention in the order in which they start, each key once: content words, phrases
/// of two or three of them ("Lieferung zu spät", "waiting for refund"), and negated and separable
/// ones as one ("kommt nicht an", "doesn't work", "stürzt ab").
pub fn terms(text: &str, language: Language) -> Vec<Term> {
    const LONGEST_PHRASE: usize = 3;
    let tokens = Tokens::new(text, language);
    let units = units(&tokens);
    let mut terms: Vec<Term> = Vec::with_capacity(units.len() * 2);
    for first in 0..units.len() {
        for last in first..units.len().min(first + LONGEST_PHRASE) {
            if last > first && !tokens.adjoin(&units[last - 1], &units[last]) {
                break;
            }
            if last > first && tokens.cuts_compound(units[first].first(), units[last].last()) {
                continue;
            }
            let term = tokens.term(&units[first..=last]);
            let is_long_enough = term.key.chars().filter(|c| c.is_alphabetic()).count() >= 3;
            if is_long_enough && !terms.iter().any(|known| known.key == term.key) {
                terms.push(term);
            }
        }
    }
    terms
}

impl<'t> Tokens<'t> {
    fn new(text: &'t str, language: Language) -> Self {
        let words = words(text);
        let part = |word: &Word<'_>| match role(&word.folded, language) {
            Role::Content if word.folded.len() == 1 => Role::Stop,
            role => role,
        };
        let roles = words.iter().map(part).collect();
        Self { text, words, roles, language }
    }

    /// What stands between a word and the next.
    fn gap(&self, index: usize) -> &'t str {
        &self.text[self.words[index].range.end..self.words[index + 1].range.start]
    }

    /// Whether punctuation, a number or an emoji parts a word from the next.
    fn is_break(&self, index: usize) -> bool {
        !self.gap(index).chars().all(|c| c.is_whitespace() || "-'’\"„“”«»#_s".contains(c))
    }

    /// "Preis-Leistungs" of "Preis-Leistungs-Verhältnis": a phrase from one word to another that ends
    /// or starts within a word with hyphens.
    fn cuts_compound(&self, from: usize, to: usize) -> bool {
        let hyphen = |index: usize| index + 1 < self.words.len() && self.gap(index) == "-";
        hyphen(to) || (from > 0 && hyphen(from - 1))
    }

    fn starts_lower(&self, index: usize) -> bool {
        self.words[index].surface.starts_with(char::is_lowercase)
    }

    /// Whether two units make a phrase: nothing between them but words that tie them.
    fn adjoin(&self, left: &Unit, right: &Unit) -> bool {
        const MOST_TIES: usize = 2;
        const MOST_BEFORE_PREDICATE: usize = 4;
        let (from, to) = (left.last(), right.first());
        if from >= to || left.key == right.key || (from..to).any(|index| self.is_break(index)) {
            return false;
        }
        let roles = (from + 1..to).map(|index| self.roles[index]);
        let ties = to - from - 1;
        let tied = |role| matches!(role, Role::Link | Role::Copula | Role::Degree);
        // "Rechnung war schon wieder falsch".
        let leads_to_predicate = || {
            self.roles.get(from + 1) == Some(&Role::Copula)
                && ties <= MOST_BEFORE_PREDICATE
                && roles.clone().all(|role| tied(role) || role == Role::Stop)
        };
        leads_to_predicate() || (ties <= MOST_TIES && roles.clone().all(tied))
    }

    fn term(&self, units: &[Unit]) -> Term {
        let keys: Vec<&str> = units.iter().map(|unit| unit.key.as_str()).collect();
        let mut indices: Vec<usize> = Vec::new();
        for unit in units {
            if let Some(&last) = indices.last() {
                indices.extend(last + 1..unit.first());
            }
            indices.extend(&unit.tokens);
        }
        let surface = self.surface(&indices);
        // The capital that a sentence gives its first verb is not a noun's.
        let starts_with_verb = units[0].tokens.len() > 1 && units[0].first() == 0;
        let surface = if starts_with_verb { with_small_initial(&surface) } else { surface };
        Term { key: keys.join(" "), surface }
    }

    fn surface(&self, indices: &[usize]) -> String {
        let mut surface = String::new();
        for (position, &index) in indices.iter().enumerate() {
            if let Some(previous) = position.checked_sub(1).map(|before| indices[before]) {
                let gap = if previous + 1 == index { self.gap(previous) } else { " " };
                surface.push_str(if matches!(gap, "-" | "'" | "’") { gap } else { " " });
            }
            surface.push_str(&self.display(index, position > 0));
        }
        surface
    }

    /// A word as shown: German content words keep their capital, and so do all behind the first of a
    /// phrase; shouting does not.
    fn display(&self, index: usize, is_within: bool) -> String {
        let word = self.words[index].surface;
        let is_shouted = word.chars().count() > 4 && !word.chars().any(char::is_lowercase);
        let keeps_capital = self.language == Language::De
            && (is_within || self.roles[index] == Role::Content)
            && !is_shouted;
        if keeps_capital { word.to_owned() } else { word.to_lowercase() }
    }
}

fn with_small_initial(surface: &str) -> String {
    let mut chars = surface.chars();
    chars.next().into_iter().flat_map(char::to_lowercase).chain(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str, language: Language) -> Vec<String> {
        terms(text, language).into_iter().map(|term| term.key).collect()
    }

    fn surfaces(text: &str, language: Language) -> Vec<String> {
        terms(text, language).into_iter().map(|term| term.surface).collect()
    }

    #[test]
    fn inflections_share_a_key() {
        for text in ["Lieferung", "Lieferungen", "lieferung", "LIEFERUNG"] {
            assert_eq!(keys(text, Language::De), keys("Lieferung", Language::De));
        }
    }

    #[test]
    fn phrases_run_over_the_words_that_tie_them() {
        assert_eq!(
            surfaces("Die Lieferung zu spät", Language::De),
            ["Lieferung", "Lieferung zu spät", "spät"]
        );
        assert_eq!(
            keys("Lieferung war viel zu spät", Language::De).last(),
            keys("spät", Language::De).last()
        );
        assert_eq!(
            surfaces("Still waiting for refund", Language::En),
            ["waiting", "waiting for refund", "refund"]
        );
        let predicate = surfaces("Die Rechnung war schon wieder falsch", Language::De);
        assert!(predicate.contains(&"Rechnung war schon wieder falsch".to_owned()));
        let late = surfaces("Das Paket ist zwei Wochen zu spät", Language::De);
        assert!(late.contains(&"Paket ist zwei Wochen zu spät".to_owned()), "{late:?}");
        assert!(surfaces("Preis, Lieferung", Language::De).iter().all(|s| !s.contains(' ')));
    }

    #[test]
    fn a_phrase_holds_all_of_a_word_with_hyphens() {
        let found = surfaces("Das Preis-Leistungs-Verhältnis stimmt", Language::De);
        assert!(found.contains(&"Preis-Leistungs-Verhältnis".to_owned()));
        assert!(found.iter().all(|s| s != "Preis-Leistungs" && s != "Leistungs-Verhältnis"));
        assert!(found.contains(&"Verhältnis".to_owned()), "{found:?}");
    }

    #[test]
    fn words_that_only_judge_are_no_terms() {
        assert_eq!(keys("Sehr gut, wirklich super!", Language::De), Vec::<String>::new());
        assert_eq!(keys("not good, really terrible", Language::En), Vec::<String>::new());
        assert_eq!(surfaces("Schlechter Service", Language::De), ["Service"]);
    }

    #[test]
    fn negated_words_are_one_term_with_their_negation() {
        for (text, key, language) in [
            ("funktioniert leider nicht", "! funktioni", Language::De),
            ("weil nichts funktioniert", "! funktioni", Language::De),
            ("nicht erreichbar", "! erreichbar", Language::De),
            ("nie erreichbar", "! erreichbar", Language::De),
            ("keine Rückmeldung", "! ruckmeld", Language::De),
            ("keine einzige Rückmeldung", "! ruckmeld", Language::De),
            ("geht nicht", "! geht", Language::De),
            ("doesn't work", "! work", Language::En),
            ("it is not working", "! work", Language::En),
            ("no response", "! respons", Language::En),
            ("no funciona", "! funcion", Language::Es),
            ("ne fonctionne pas", "! fonction", Language::Fr),
            ("non funziona", "! funzion", Language::It),
            ("werkt niet", "! werkt", Language::Nl),
            ("não funciona", "! funcion", Language::Pt),
        ] {
            assert_eq!(keys(text, language), [key], "{text}");
        }
        assert_eq!(surfaces("Funktioniert nicht", Language::De), ["funktioniert nicht"]);
        assert_eq!(surfaces("Ne fonctionne pas", Language::Fr), ["ne fonctionne pas"]);
        assert_eq!(surfaces("n'a pas reçu", Language::Fr), ["n'a pas reçu"]);
    }

    #[test]
    fn a_negated_word_keeps_its_subject() {
        let surfaces = surfaces("Der Support ist nicht erreichbar", Language::De);
        assert_eq!(surfaces, ["Support", "Support ist nicht erreichbar", "nicht erreichbar"]);
    }

    #[test]
    fn separable_verbs_are_one_term() {
        assert_eq!(
            surfaces("Paket kommt nicht an", Language::De),
            ["Paket", "Paket kommt nicht an", "kommt nicht an"]
        );
        assert!(keys("App stürzt ab", Language::De).contains(&"absturz".to_owned()));
        assert!(
            surfaces("Die App stürzt beim Öffnen ab.", Language::De)
                .contains(&"stürzt ab".to_owned())
        );
        assert!(
            surfaces("Verbindung bricht ständig ab und", Language::De)
                .contains(&"bricht ab".to_owned())
        );
    }

    #[test]
    fn each_key_stands_once_and_arbitrary_text_is_no_harm() {
        for text in [
            "Lieferung Lieferung Lieferung",
            "😀 12 ...",
            "l' d' '",
            "nicht",
            "nicht nicht nicht kein",
            "ab",
            "ا ب",
        ] {
            for language in Language::ALL {
                let mut keys = keys(text, language);
                let count = keys.len();
                keys.sort();
                keys.dedup();
                assert_eq!(keys.len(), count, "{text}");
            }
        }
    }
}
