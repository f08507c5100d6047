//! Words of a text, folded and stemmed so that spellings of one word share a key.

use std::ops::Range;
use std::sync::LazyLock;

use snowball_stemmers_rs::{Algorithm, Stemmer};
use unicode_normalization::char::is_combining_mark;

use super::Language;
use super::fold::fold;
use super::lexicon::{Role, has_word, role};
use super::redact::placeholder;

/// A word as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// As written, without quotes, `#`, or an English `'s`.
    pub surface: &'t str,
    /// Lower case, without accents; `ä` is `ae`, `ß` is `ss`.
    pub folded: String,
    /// Where the surface stands in the text, in bytes.
    pub range: Range<usize>,
}

/// The words of `text` in order. Numbers, `@handles`, placeholders and punctuation are none.
///
/// `l'hôtel` is two words, `customer's` and `#late` lose their marks, `E-Mail` is one word
/// (`email`), and `Service-Hotline` is two.
pub fn words(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut end = 0;
    while let Some(start) = text[end..].find(char::is_alphanumeric).map(|at| end + at) {
        if let Some(kind) =
            text[..start].strip_suffix('[').and_then(|before| placeholder(&text[before.len()..]))
        {
            end = start - 1 + kind.placeholder().len();
            continue;
        }
        let is_handle = text[..start].ends_with('@');
        let rest = &text[start..];
        end = start
            + if is_handle {
                rest.len()
                    - rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_').len()
            } else {
                token_length(rest)
            };
        if !is_handle {
            push_parts(text, start..end, &mut words);
        }
    }
    words
}

/// The Snowball stem of a folded word; for [`Language::Und`] the word itself.
pub fn stem(folded: &str, language: Language) -> String {
    static STEMMERS: LazyLock<[Stemmer; 7]> = LazyLock::new(|| {
        [
            Algorithm::German,
            Algorithm::English,
            Algorithm::Spanish,
            Algorithm::French,
            Algorithm::Italian,
            // Not the one of Kraaij and Pohlmann: it needs the accents that folding takes away.
            Algorithm::DutchPorter,
            Algorithm::Portuguese,
        ]
        .map(Stemmer::create)
    });
    let Some(stemmer) = STEMMERS.get(language as usize) else { return folded.to_owned() };
    match language {
        Language::De => german(folded, stemmer),
        _ => stemmer.stem(folded).into_owned(),
    }
}

/// Mends what Snowball's German stemmer leaves apart: `Problem` and `Probleme` (the end of the
/// former is no ending), `funktioniert` and `funktionieren`.
fn german(folded: &str, stemmer: &Stemmer) -> String {
    if folded.ends_with("blem") || folded.ends_with("system") {
        return stemmer.stem(&format!("{folded}e")).into_owned();
    }
    let stem = stemmer.stem(folded);
    match stem.strip_suffix("ert") {
        Some(verb) if verb.ends_with('i') => verb.to_owned(),
        _ => stem.into_owned(),
    }
}

/// Whether a folded word negates.
pub fn is_negation(folded: &str, language: Language) -> bool {
    role(folded, language) == Role::Negation
}

/// The length of the token that `text` starts with: letters and digits, marks on them, and
/// apostrophes between them.
fn token_length(text: &str) -> usize {
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = is_apostrophe(c) && chars.peek().is_some_and(|&(_, next)| next.is_alphabetic());
        if !(c.is_alphanumeric() || is_combining_mark(c) || joins || initial_hyphen(text, at, c)) {
            return at;
        }
    }
    text.len()
}

/// The hyphen of `E-Mail`, `T-Shirt`, `U-Bahn`.
fn initial_hyphen(token: &str, at: usize, c: char) -> bool {
    c == '-'
        && at > 0
        && token.chars().next().is_some_and(|first| first.is_alphabetic() && first.len_utf8() == at)
        && token[at + 1..].starts_with(char::is_alphabetic)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// Articles and pronouns that French and Italian write onto the next word.
const ELISIONS: &str = "l d j m t s n c qu jusqu lorsqu puisqu quelqu un dell all nell sull dall quell quest anch com dov cos";

/// Takes a token apart at its apostrophes where these separate words.
fn push_parts<'t>(text: &'t str, token: Range<usize>, words: &mut Vec<Word<'t>>) {
    let surface = &text[token.clone()];
    if let Some(at) = surface.find(is_apostrophe) {
        let after = at + surface[at..].chars().next().map_or(1, char::len_utf8);
        let (head, tail) = (&surface[..at], &surface[after..]);
        if has_word(ELISIONS, &head.to_lowercase()) {
            push_parts(text, token.start..token.start + at, words);
            return push_parts(text, token.start + after..token.end, words);
        }
        if tail.eq_ignore_ascii_case("s") {
            return push_parts(text, token.start..token.start + at, words);
        }
    }
    if surface.chars().any(char::is_alphabetic) {
        words.push(Word { surface, folded: fold(surface), range: token });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.folded).collect()
    }

    #[test]
    fn words_lose_their_marks_and_numbers_are_none() {
        assert_eq!(
            folded("Die #Lieferung, 3 Tage zu spät!"),
            ["die", "lieferung", "tage", "zu", "spaet"]
        );
        assert_eq!(folded("l'hôtel et qu’il"), ["l", "hotel", "et", "qu", "il"]);
        assert_eq!(
            folded("the customer's order doesn't work"),
            ["the", "customer", "order", "doesn't", "work"]
        );
        assert_eq!(folded("per E-Mail, Service-Hotline"), ["per", "email", "service", "hotline"]);
        assert_eq!(folded("@user_name hilft 24/7 'gut'"), ["hilft", "gut"]);
        assert_eq!(folded("😀 … 12.5"), Vec::<String>::new());
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "Ärger: «l'été»…";
        for word in words(text) {
            assert_eq!(&text[word.range.clone()], word.surface);
        }
        assert_eq!(words(text).len(), 3);
    }

    #[test]
    fn inflections_share_a_stem() {
        let same = |a: &str, b: &str, language| {
            assert_eq!(stem(&fold(a), language), stem(&fold(b), language), "{a} {b}");
        };
        same("Lieferung", "Lieferungen", Language::De);
        same("Rückstand", "Rückstände", Language::De);
        same("Problem", "Probleme", Language::De);
        same("Überwachungssystem", "Überwachungssysteme", Language::De);
        same("funktioniert", "funktionieren", Language::De);
        same("wartet", "warten", Language::De);
        same("Mitarbeiterinnen", "Mitarbeiter", Language::De);
        same("delivery", "deliveries", Language::En);
        same("retraso", "retrasos", Language::Es);
        same("reclamación", "reclamaciones", Language::Es);
        same("réponse", "réponses", Language::Fr);
        same("mauvais", "mauvaise", Language::Fr);
        same("consegna", "consegne", Language::It);
        same("levering", "leveringen", Language::Nl);
        same("entrega", "entregas", Language::Pt);
        assert_ne!(stem("teuer", Language::De), stem("tor", Language::De));
        assert_eq!(stem("lieferungen", Language::Und), "lieferungen");
    }
}
