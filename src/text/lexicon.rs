//! What part a word plays: word lists of the seven languages, kept in `stopwords/*.txt`.
//!
//! A list has sections: `[stop]` words that carry no meaning of their own, `[link]` prepositions
//! and articles that may stand inside a phrase, `[degree]` adverbs, `[verb]`s that mean something
//! only when negated, `[copula]` verbs that tie a subject to what is said of it, `[negation]`, and
//! `[evaluative]` words that judge without naming a cause. A word may stand in several; the later
//! section in this order wins: stop, evaluative, link, degree, verb, copula, negation.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Language;
use super::fold::fold;

/// The part that a word plays in a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// Names something: may stand alone as a term.
    Content,
    /// Judges without naming a cause: `gut`, `terrible`, `really`.
    Evaluative,
    /// Carries no meaning of its own.
    Stop,
    /// A preposition or article, which may stand inside a phrase.
    Link,
    /// Says how much or how often: `sehr`, `too`, `siempre`.
    Degree,
    /// A verb too common to stand alone, though not once negated: `kommt`, `go`.
    Verb,
    /// `ist`, `was`, `sembra`: ties a subject to what is said of it.
    Copula,
    /// `nicht`, `no`, `jamais`.
    Negation,
}

/// Left behind by cleaning and markup; never content.
const BOILERPLATE: &str = "http https www user amp quot nbsp rt com gt lt br";

/// The lists as written, in the order of [`Language::ALL`] without [`Language::Und`].
pub(super) const SOURCES: [(Language, &str); 7] = [
    (Language::De, include_str!("stopwords/de.txt")),
    (Language::En, include_str!("stopwords/en.txt")),
    (Language::Es, include_str!("stopwords/es.txt")),
    (Language::Fr, include_str!("stopwords/fr.txt")),
    (Language::It, include_str!("stopwords/it.txt")),
    (Language::Nl, include_str!("stopwords/nl.txt")),
    (Language::Pt, include_str!("stopwords/pt.txt")),
];

static ROLES: LazyLock<[HashMap<String, Role>; 8]> = LazyLock::new(|| {
    let mut roles: [HashMap<String, Role>; 8] = Default::default();
    for (language, source) in SOURCES {
        for (role, word) in entries(source).filter(|&(role, _)| role != Role::Content) {
            let word = fold(word);
            insert(&mut roles[language as usize], word.clone(), role);
            insert(&mut roles[Language::Und as usize], word, role);
        }
    }
    for roles in &mut roles {
        for word in BOILERPLATE.split(' ') {
            insert(roles, word.to_owned(), Role::Stop);
        }
    }
    roles
});

/// The role of a folded word; for [`Language::Und`], the role that it has in any language.
pub(super) fn role(folded: &str, language: Language) -> Role {
    ROLES[language as usize].get(folded).copied().unwrap_or(Role::Content)
}

/// Whether a list, words parted by blanks, has a word.
pub(super) fn has_word(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|listed| listed == word)
}

/// The entries of a list with the section they stand in.
pub(super) fn entries(source: &str) -> impl Iterator<Item = (Role, &str)> {
    let mut role = Role::Stop;
    source.lines().filter(|line| !line.starts_with('#')).flat_map(move |line| {
        let section = match line.trim() {
            "[stop]" => Some(Role::Stop),
            "[link]" => Some(Role::Link),
            "[degree]" => Some(Role::Degree),
            "[verb]" => Some(Role::Verb),
            "[copula]" => Some(Role::Copula),
            "[negation]" => Some(Role::Negation),
            "[evaluative]" => Some(Role::Evaluative),
            "[content]" => Some(Role::Content),
            _ => None,
        };
        role = section.unwrap_or(role);
        let words = if section.is_some() { "" } else { line };
        words.split_whitespace().map(move |word| (role, word))
    })
}

fn insert(roles: &mut HashMap<String, Role>, word: String, role: Role) {
    let rank = |role| match role {
        Role::Content => 0,
        Role::Stop => 1,
        Role::Evaluative => 2,
        Role::Link => 3,
        Role::Degree => 4,
        Role::Verb => 5,
        Role::Copula => 6,
        Role::Negation => 7,
    };
    let entry = roles.entry(word).or_insert(role);
    if rank(role) > rank(*entry) {
        *entry = role;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_every_section() {
        for (language, source) in SOURCES {
            for role in [
                Role::Stop,
                Role::Link,
                Role::Degree,
                Role::Copula,
                Role::Negation,
                Role::Evaluative,
            ] {
                assert!(entries(source).any(|(r, _)| r == role), "{language} lacks {role:?}");
            }
        }
    }

    #[test]
    fn roles_are_told_by_language() {
        assert_eq!(role("nicht", Language::De), Role::Negation);
        assert_eq!(role("schlecht", Language::De), Role::Evaluative);
        assert_eq!(role("fuer", Language::De), Role::Link);
        assert_eq!(role("lieferung", Language::De), Role::Content);
        assert_eq!(role("die", Language::En), Role::Content);
        assert_eq!(role("doesn't", Language::En), Role::Negation);
        assert_eq!(role("http", Language::Fr), Role::Stop);
        assert_eq!(role("niet", Language::Und), Role::Negation);
    }
}
