//! Terms that a person says mean the same become one before anything is made of them: each mention
//! then holds the one where it held the other, and all counts follow.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

use rayon::prelude::*;

use crate::config::corrections::{Corrections, TermEdit};
use crate::mention::pass::{Pass, Source, go_over};
use crate::mention::{Analysed, Mention};
use crate::store::spill::Spill;
use crate::tally::Tally;
use crate::text::fold::fold;
use crate::text::terms::Term;

/// Merges terms in the mentions of `spill` and in the counts of `tally`, in the order of the file.
/// Returns the lines of the corrections of which both terms were found.
pub(super) fn merge_terms(
    corrections: &Corrections,
    spill: &mut Spill<Analysed>,
    tally: &mut Tally,
) -> io::Result<BTreeSet<u64>> {
    let wanted: Vec<(u64, &str, &str)> = corrections
        .terms
        .iter()
        .filter_map(|(line, from, edit)| match edit {
            TermEdit::MergeInto(into) => Some((*line, from.as_str(), into.as_str())),
            _ => None,
        })
        .collect();
    if wanted.is_empty() {
        return Ok(BTreeSet::new());
    }
    let names: BTreeSet<&str> = wanted.iter().flat_map(|(_, from, into)| [*from, *into]).collect();
    let forms = go_over(spill, &Written::new(&names))?;
    let merges: Vec<(u64, Merge)> = wanted
        .into_iter()
        .filter_map(|(line, from, into)| Some((line, Merge::new(&forms, from, into)?)))
        .collect();
    apply(&merges, spill, tally)?;
    Ok(merges.into_iter().map(|(line, _)| line).collect())
}

/// By the words with which a person names a term: its keys, and how often each form was written.
type Forms = BTreeMap<String, BTreeMap<String, BTreeMap<String, u64>>>;

/// Counts the terms that are meant by some names, as
/// [`is_meant`](crate::painpoint::names::is_meant) has it.
struct Written<'a> {
    /// Each as it is and folded.
    names: Vec<(&'a str, String)>,
}

impl<'a> Written<'a> {
    fn new(names: &BTreeSet<&'a str>) -> Self {
        Self { names: names.iter().map(|name| (*name, fold(name))).collect() }
    }
}

impl Pass<Analysed> for Written<'_> {
    type Sum = Forms;

    fn add(&self, forms: &mut Forms, feedback: &Analysed) {
        for term in feedback.mentions.iter().flat_map(|mention| &mention.terms) {
            let written = fold(&term.surface);
            let meant = |(name, folded): &&(&str, String)| term.key == *name || written == *folded;
            for (name, _) in self.names.iter().filter(meant) {
                let keys = forms.entry((*name).to_owned()).or_default();
                let surfaces = keys.entry(term.key.clone()).or_default();
                *surfaces.entry(term.surface.clone()).or_default() += 1;
            }
        }
    }

    fn merge(&self, forms: &mut Forms, other: Forms) {
        for (name, keys) in other {
            let known = forms.entry(name).or_default();
            for (key, surfaces) in keys {
                let known = known.entry(key).or_default();
                for (surface, count) in surfaces {
                    *known.entry(surface).or_default() += count;
                }
            }
        }
    }
}

/// Keys that give way to a term.
#[derive(Debug, PartialEq)]
struct Merge {
    from: BTreeSet<String>,
    into: Term,
}

impl Merge {
    /// A name may mean several keys, one a language: all of `from` give way to the commonest of `into`,
    /// in the form in which it was written most.
    fn new(forms: &Forms, from: &str, into: &str) -> Option<Self> {
        let (key, surfaces) = forms.get(into)?.iter().max_by_key(|(key, surfaces)| {
            (surfaces.values().sum::<u64>(), Reverse(key.as_str()))
        })?;
        let (surface, _) =
            surfaces.iter().max_by_key(|(form, count)| (**count, Reverse(form.as_str())))?;
        let into = Term { key: key.clone(), surface: surface.clone() };
        let from = forms.get(from)?.keys().filter(|own| *own != key).cloned().collect();
        Some(Self { from, into })
    }

    fn apply(&self, terms: &mut [Term]) {
        for term in terms.iter_mut().filter(|term| self.from.contains(&term.key)) {
            *term = self.into.clone();
        }
    }
}

/// Writes the spill anew with the terms merged, and counts those that mentions hold instead.
fn apply(
    merges: &[(u64, Merge)],
    spill: &mut Spill<Analysed>,
    tally: &mut Tally,
) -> io::Result<()> {
    let mut anew = Spill::new()?;
    spill.for_each_chunk(|mut chunk| {
        let new: Vec<u64> = chunk
            .par_iter_mut()
            .flat_map_iter(|feedback| feedback.mentions.iter_mut())
            .flat_map_iter(|mention| change(merges, mention))
            .collect();
        tally.add_terms(new);
        anew.append(&Spill::encode(&chunk)?)
    })?;
    *spill = anew;
    Ok(())
}

/// Merges terms of a mention. The fingerprints of those that it did not hold before.
fn change(merges: &[(u64, Merge)], mention: &mut Mention) -> Vec<u64> {
    let before: BTreeSet<u64> = mention.terms.iter().map(Term::fingerprint).collect();
    for (_, merge) in merges {
        merge.apply(&mut mention.terms);
    }
    let mut seen = BTreeSet::new();
    mention.terms.retain(|term| seen.insert(term.key.clone()));
    let after = mention.terms.iter().map(Term::fingerprint);
    after.filter(|term| !before.contains(term)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::Scores;
    use crate::mention::Tag;
    use crate::mention::pass::property::any_split_comes_to_the_same;
    use crate::model::{Score, Sentiment};
    use crate::tally::Counted;
    use crate::text::Language;

    fn feedback(id: &str, text: &str) -> Analysed {
        let score =
            Score { probabilities: [0.8, 0.1, 0.1], meaning: vec![0.5], ..Score::default() };
        let text = ("text".to_owned(), text.to_owned());
        let mention = Mention::new(text, 0, Language::En, &score, vec![Tag::general()]);
        Analysed::new(id.to_owned(), None, vec![mention])
    }

    fn fingerprints(mention: &Mention) -> Vec<u64> {
        mention.terms.iter().map(Term::fingerprint).collect()
    }

    fn spilled(texts: &[&str]) -> (Spill<Analysed>, Tally) {
        let all: Vec<Analysed> = texts.iter().map(|text| feedback(text, text)).collect();
        let mut tally = Tally::default();
        for own in &all {
            let counted = Counted {
                sentiment: Sentiment::Negative,
                language: Language::En,
                by_row: false,
                column: "text",
                touchpoints: vec!["general"],
                phases: BTreeSet::new(),
                terms: fingerprints(&own.mentions[0]),
            };
            tally.add(&Scores::default(), &[counted]);
        }
        let mut spill = Spill::new().unwrap();
        spill.append(&Spill::encode(&all).unwrap()).unwrap();
        (spill, tally)
    }

    fn merging(rows: &[(&str, &str)]) -> Corrections {
        let rows = rows.iter().zip(2..).map(|((from, into), line)| {
            (line, (*from).to_owned(), TermEdit::MergeInto((*into).to_owned()))
        });
        Corrections { terms: rows.collect(), ..Corrections::default() }
    }

    #[test]
    fn a_mention_of_either_or_of_both_counts_once_for_the_one_that_is_left() {
        let texts = ["The courier rang.", "The driver rang.", "Driver and courier rang.", "Rain."];
        let (mut spill, mut tally) = spilled(&texts);
        let [courier, driver] =
            ["courier", "driver"].map(|word| feedback("", word).mentions[0].terms[0].fingerprint());
        assert_eq!((tally.term_at_most(courier), tally.term_at_most(driver)), (2, 2));
        let lines = merge_terms(&merging(&[("Driver", "courier")]), &mut spill, &mut tally);
        assert_eq!(lines.unwrap(), BTreeSet::from([2]));
        assert_eq!(tally.term_at_most(courier), 3);
        let mut held = Vec::new();
        spill
            .for_each_chunk(|chunk| {
                held.extend(chunk.iter().map(|own| {
                    fingerprints(&own.mentions[0]).iter().filter(|one| **one == courier).count()
                }));
                Ok::<(), io::Error>(())
            })
            .unwrap();
        assert_eq!(held, [1, 1, 1, 0]);
    }

    #[test]
    fn merges_follow_each_other_and_those_that_find_nothing_are_told() {
        let (mut spill, mut tally) =
            spilled(&["The courier rang.", "The driver rang.", "The postman rang."]);
        let rows = [("courier", "driver"), ("driver", "postman"), ("postman", "nobody")];
        let lines = merge_terms(&merging(&rows), &mut spill, &mut tally).unwrap();
        assert_eq!(lines, BTreeSet::from([2, 3]));
        let postman = feedback("", "postman").mentions[0].terms[0].fingerprint();
        assert_eq!(tally.term_at_most(postman), 3);
    }

    #[test]
    fn what_is_meant_does_not_depend_on_the_split() {
        let texts = ["The courier rang.", "Couriers rang.", "The driver rang.", "Rain."];
        let rows: Vec<Analysed> =
            texts.iter().cycle().take(40).map(|text| feedback(text, text)).collect();
        let written = Written::new(&BTreeSet::from(["courier", "Driver"]));
        any_split_comes_to_the_same(&written, &rows);
    }
}
