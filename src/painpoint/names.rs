//! What themes are called: their identifiers and labels, those of an earlier run, and those that a person
//! gave them.

use std::collections::{BTreeMap, BTreeSet};

use super::findings::TopicKind;
use super::lineage::{Baseline, Descendant};
use super::themes::{Cause, Theme};
use crate::config::corrections::ThemeEdit;
use crate::digest::Fingerprint;
use crate::model::Sentiment;
use crate::text::fold::fold;

/// The name of a theme, and what a person decided about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Name {
    /// Its identifier.
    pub id: String,
    /// The label that a person gave it.
    pub label: Option<Vec<String>>,
    /// Whether it is reported however few mention it: a person said so, or an earlier run reported it.
    pub pinned: bool,
    /// The pain point of the earlier run that it continues, with the vocabulary shared.
    pub ancestor: Option<(usize, f64)>,
    /// Where its mentions go.
    place: Place,
}

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Place {
    #[default]
    Here,
    /// To another theme of the same sentiment.
    Into(usize),
    Nowhere,
}

/// The names of the themes of both sentiments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThemeNames(BTreeMap<Cause, Name>);

impl ThemeNames {
    /// Names the themes of both sentiments; those that continue a pain point of `baseline` have its
    /// identifier.
    pub fn new(themes: [(Sentiment, &[Theme]); 2], baseline: Option<&Baseline>) -> Self {
        let causes: Vec<(Cause, &Theme)> = themes
            .into_iter()
            .flat_map(|(sentiment, themes)| {
                themes.iter().enumerate().map(move |(at, theme)| ((sentiment, at), theme))
            })
            .collect();
        let themes: Vec<&Theme> = causes.iter().map(|(_, theme)| *theme).collect();
        let own: Vec<Descendant> =
            themes.iter().zip(ids(&themes)).map(|(theme, id)| descendant(theme, id)).collect();
        let nothing = Baseline::default();
        let baseline = baseline.unwrap_or(&nothing);
        let lineage = baseline.lineage(&own);
        let named = causes.into_iter().zip(lineage.themes);
        Self(
            named
                .map(|((cause, theme), (id, ancestor))| {
                    let reported = |(at, _): (usize, f64)| baseline.ancestors[at].reported;
                    // What is matched as before is compared however few are left.
                    let pinned = theme.known.is_some() && ancestor.is_some_and(reported);
                    (cause, Name { id, ancestor, pinned, ..Name::default() })
                })
                .collect(),
        )
    }

    /// The name of a theme.
    pub fn get(&self, cause: Cause) -> Option<&Name> {
        self.0.get(&cause)
    }

    /// The theme that the mentions of a theme belong to; none if a person has banned it.
    pub fn place(&self, sentiment: Sentiment, theme: usize) -> Option<usize> {
        match self.0.get(&(sentiment, theme)).map(|name| name.place).unwrap_or_default() {
            Place::Here => Some(theme),
            Place::Into(other) => Some(other),
            Place::Nowhere => None,
        }
    }

    /// The theme of a sentiment with an identifier, or the one that it was merged into.
    pub fn theme(&self, sentiment: Sentiment, id: &str) -> Option<usize> {
        let (of, theme) = self.with_id(id)?;
        if of == sentiment { self.place(of, theme) } else { None }
    }

    fn with_id(&self, id: &str) -> Option<Cause> {
        self.0.iter().find(|(_, name)| name.id == id).map(|(&cause, _)| cause)
    }

    /// Applies a correction of a pain point. `merge` joins the terms of the first theme to the
    /// second's. False if there is no such pain point.
    pub fn correct(
        &mut self,
        target: &str,
        edit: &ThemeEdit,
        merge: impl FnOnce(Sentiment, usize, usize),
    ) -> bool {
        let Some(cause) = self.with_id(target) else { return false };
        let Some(name) = self.0.get_mut(&cause) else { return false };
        match edit {
            ThemeEdit::Rename(label) => name.label = Some(vec![label.clone()]),
            ThemeEdit::Pin => name.pinned = true,
            ThemeEdit::Ban => name.place = Place::Nowhere,
            ThemeEdit::MergeInto(other) => {
                let Some(other) = self.with_id(other) else { return false };
                return self.merge(cause, other, merge);
            }
        }
        true
    }

    /// Merges a theme, and those merged into it before, into another of its sentiment.
    pub fn merge(
        &mut self,
        from: Cause,
        into: Cause,
        merge: impl FnOnce(Sentiment, usize, usize),
    ) -> bool {
        let places = self.place(from.0, from.1).zip(self.place(into.0, into.1));
        let Some((source, target)) = places else { return false };
        if from.0 != into.0 {
            return false;
        }
        if source == target {
            return true;
        }
        for (cause, name) in &mut self.0 {
            let moved = cause.1 == source || name.place == Place::Into(source);
            if cause.0 == from.0 && moved && name.place != Place::Nowhere {
                name.place = Place::Into(target);
            }
        }
        merge(from.0, source, target);
        true
    }

    /// The ancestors that are not gone: a theme that is reported continues them, one that was merged
    /// into such a theme does, or one that a person banned, who knows where it went.
    pub fn continued(&self, reported: impl Iterator<Item = Cause>) -> BTreeSet<usize> {
        let reported: BTreeSet<Cause> = reported.collect();
        let is_continued = |(sentiment, theme): Cause| {
            let place = self.place(sentiment, theme);
            place.is_none_or(|place| reported.contains(&(sentiment, place)))
        };
        let names = self.0.iter().filter(|(cause, _)| is_continued(**cause));
        names.filter_map(|(_, name)| Some(name.ancestor?.0)).collect()
    }
}

/// Bytes of an identifier's fingerprint.
const FINGERPRINT: usize = 3;

/// Touchpoint, in letters and digits, and a fingerprint of a key.
fn id(theme: &Theme, key: &str) -> String {
    let sign = if theme.sentiment == Sentiment::Negative { "-" } else { "+" };
    let hex = Fingerprint::of(format!("{sign}{key}")).hexadecimal(FINGERPRINT);
    let words: Vec<String> = theme
        .touchpoint
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    format!("{}-{hex}", words.join("_"))
}

/// An identifier for each theme, no two the same: the one by which it was known; else by its most distinctive
/// term; by the next one, at last by its label, where another theme has that; by a number where all are taken.
fn ids(themes: &[&Theme]) -> Vec<String> {
    let mut taken: BTreeSet<String> =
        themes.iter().filter_map(|theme| theme.known.clone()).collect();
    let own = |theme: &&Theme| {
        if let Some(known) = &theme.known {
            return known.clone();
        }
        let label = fold(&theme.label.join(" "));
        let keys = theme.terms.iter().map(|term| term.key.as_str()).chain([label.as_str()]);
        let found = keys.map(|key| id(theme, key)).find(|id| !taken.contains(id));
        let numbered = || {
            let numbers = (2u64..).map(|number| format!("{}-{number}", id(theme, &label)));
            numbers.into_iter().find(|id| !taken.contains(id)).unwrap_or_default()
        };
        let id = found.unwrap_or_else(numbered);
        taken.insert(id.clone());
        id
    };
    themes.iter().map(own).collect()
}

fn descendant(theme: &Theme, id: String) -> Descendant {
    Descendant {
        known: theme.known.is_some(),
        id,
        kind: TopicKind::of(theme.sentiment),
        terms: theme.terms.iter().map(|term| (term.key.clone(), term.mentions)).collect(),
    }
}

/// Whether a person means a term by these words.
pub fn is_meant(key: &str, surface: &str, words: &str) -> bool {
    key == words || fold(surface) == fold(words)
}

/// Renames a term of a theme. False if the theme does not hold it.
pub fn rename_term(theme: &mut Theme, words: &str, surface: &str) -> bool {
    let mut renamed = false;
    for term in &mut theme.terms {
        if is_meant(&term.key, &term.surface, words) {
            term.surface = surface.to_owned();
            renamed = true;
        }
    }
    renamed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Sentiment;
    use crate::painpoint::candidates::Candidate;

    fn term(surface: &str) -> Candidate {
        Candidate {
            key: surface.to_lowercase(),
            surface: surface.to_owned(),
            mentions: 9,
            z: 1.0,
            names_cause: true,
        }
    }

    #[test]
    fn what_a_person_merged_or_banned_is_not_gone() {
        let named = |theme: usize| {
            let ancestor = Some((theme, 1.0));
            ((Sentiment::Negative, theme), Name { ancestor, ..Name::default() })
        };
        let mut names = ThemeNames((0..5).map(named).collect());
        let cause = |theme| (Sentiment::Negative, theme);
        assert!(names.merge(cause(1), cause(0), |_, _, _| ()));
        assert!(names.merge(cause(4), cause(3), |_, _, _| ()));
        names.0.get_mut(&cause(2)).unwrap().place = Place::Nowhere;
        // Too few mention the fourth, so that neither it nor what was merged into it is reported.
        let continued = names.continued([cause(0)].into_iter());
        assert_eq!(continued, BTreeSet::from([0, 1, 2]));
    }

    #[test]
    fn a_renamed_term_keeps_its_theme() {
        let mut theme = Theme {
            sentiment: Sentiment::Negative,
            touchpoint: "payment".to_owned(),
            label: vec!["Die Rechnung war falsch".to_owned()],
            terms: vec![term("Fehler"), term("falsch")],
            known: None,
        };
        assert!(rename_term(&mut theme, "fehler", "Rechenfehler"));
        assert_eq!(theme.terms[0].surface, "Rechenfehler");
    }

    fn theme(key: &str, sentiment: Sentiment) -> Theme {
        Theme {
            sentiment,
            touchpoint: "app".to_owned(),
            label: vec![key.to_owned()],
            terms: vec![term(key)],
            known: None,
        }
    }

    /// Two keys whose fingerprints begin with the same bytes.
    fn clash() -> [String; 2] {
        let mut seen = BTreeMap::new();
        let mut keys = (0..).map(|number| format!("key{number}"));
        keys.find_map(|key| {
            let other = seen.insert(id(&theme(&key, Sentiment::Negative), &key), key.clone());
            other.map(|other| [other, key])
        })
        .expect("some keys clash")
    }

    #[test]
    fn no_two_themes_have_one_identifier() {
        let [a, b] = clash().map(|key| theme(&key, Sentiment::Negative));
        let (other, same) = (theme("other", Sentiment::Negative), theme(&a.label[0], a.sentiment));
        let found = ids(&[&a, &other, &b]);
        let first = |theme: &Theme| id(theme, &theme.terms[0].key);
        assert_eq!([&found[0], &found[1]], [&first(&a), &first(&other)]);
        assert_eq!(first(&a), first(&b));
        assert_ne!(found[2], found[0]);
        // Nor have themes of one key, and what was known keeps its own.
        let known = Theme { known: Some(first(&a)), ..b.clone() };
        assert_eq!(ids(&[&a, &known])[1], first(&a));
        let found = ids(&[&a, &b, &same, &other]);
        assert_eq!(found.iter().collect::<BTreeSet<_>>().len(), 4);
        let delight = theme("warm", Sentiment::Positive);
        let negative = [a, b, same, other];
        let names = ThemeNames::new(
            [(Sentiment::Negative, &negative[..]), (Sentiment::Positive, &[delight][..])],
            None,
        );
        let ids: BTreeSet<&str> = names.0.values().map(|name| name.id.as_str()).collect();
        assert_eq!(ids.len(), 5);
    }
}
