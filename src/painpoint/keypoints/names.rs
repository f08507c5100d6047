//! Words that are names, of a company, a product or a place, and neither find nor name a pain point.

use std::collections::{BTreeMap, BTreeSet};

use crate::painpoint::sample::Voice;
use crate::text::Language;
use crate::text::fold::fold;

/// Fewest uses that tell.
const LEAST_USES: usize = 3;

/// The part of the uses inside sentences that have a capital.
const CAPITAL: f64 = 0.7;

/// The part of the uses behind an `@`.
const HANDLE: f64 = 0.3;

/// Letters from which a word written in capitals is shouted, and no abbreviation.
const SHOUTED: usize = 5;

#[derive(Default)]
struct Uses {
    all: usize,
    inside: usize,
    capital: usize,
    handle: usize,
}

/// The folded words that are names: written with a capital inside sentences (outside German, which gives one
/// to every noun) or behind an `@`.
pub fn names(voices: &[Voice]) -> BTreeSet<String> {
    let mut uses: BTreeMap<String, Uses> = BTreeMap::new();
    for voice in voices {
        count(voice, &mut uses);
    }
    let is_name = |uses: &Uses| {
        let capital =
            uses.inside >= LEAST_USES && uses.capital as f64 >= CAPITAL * uses.inside as f64;
        let handle = uses.handle >= LEAST_USES && uses.handle as f64 >= HANDLE * uses.all as f64;
        capital || handle
    };
    uses.into_iter().filter(|(_, uses)| is_name(uses)).map(|(word, _)| word).collect()
}

fn count(voice: &Voice, uses: &mut BTreeMap<String, Uses>) {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let words: Vec<&str> = voice.text.split_whitespace().collect();
    let bare = |word: &&str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let capitals = words.iter().filter(|word| capital(&bare(word))).count();
    // A text all in capitals says nothing of them.
    let tells = voice.language != Language::De && 2 * capitals < words.len();
    for (at, word) in words.iter().enumerate() {
        let plain = bare(word);
        if plain.chars().count() < 2 {
            continue;
        }
        let own = uses.entry(fold(&plain)).or_default();
        own.all += 1;
        own.handle += usize::from(word.starts_with('@'));
        let starts = at == 0 || words[at - 1].ends_with(['.', '!', '?', ':']);
        if tells && !starts && !plain.starts_with("I'") {
            let shouted = plain.chars().count() >= SHOUTED && !plain.contains(char::is_lowercase);
            own.inside += 1;
            own.capital += usize::from(capital(&plain) && !shouted);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Pieces;

    fn voice(text: &str, language: Language) -> Voice {
        let (terms, touchpoints, problem) = (Vec::new(), Vec::new(), Vec::new());
        let pieces = Pieces::default();
        let text = text.to_owned();
        Voice { customer: 1, text, language, terms, touchpoints, problem, pieces, clear: 1_000_000 }
    }

    #[test]
    fn capitals_inside_sentences_and_handles_are_names() {
        let texts = [
            "Flew to Houston and waited",
            "Stuck in Houston once again",
            "why is all of Houston closed",
        ];
        let mut voices: Vec<Voice> = texts.map(|text| voice(text, Language::En)).to_vec();
        voices.extend(
            ["@acmeair late", "@acmeair help", "@acmeair again"].map(|t| voice(t, Language::En)),
        );
        let found = names(&voices);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["acmeair", "houston"]);
        let german = ["die Rechnung war falsch", "eine Rechnung fehlt", "keine Rechnung da"];
        assert!(names(&german.map(|text| voice(text, Language::De))).is_empty());
    }
}
