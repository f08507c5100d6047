//! Vocabulary and samples → the themes of both sentiments, named and corrected.

use std::collections::{BTreeSet, HashMap};

use super::candidates::{Candidate, Index, candidates};
use super::clues::Drawn;
use super::membership::Themes;
use super::names::is_meant;
use super::relations::Relations;
use super::themes::{Clustering, boilerplate, seeds};
use super::vocabulary::{Lexicon, Uses};
use super::{Inquiry, Support};
use crate::config::codebook::Codebook;
use crate::config::corrections::TermEdit;
use crate::model::Sentiment;
use crate::text::Language;
use crate::text::compounds::Splitter;

/// Forms the themes of complaints and praise, of a sample of each. Gives the lines of the corrections that
/// found what they correct, too.
pub(super) fn form(
    inquiry: &Inquiry,
    support: Support,
    lexicon: Lexicon,
    uses: Uses,
    drawn: Vec<Drawn>,
) -> (Themes, BTreeSet<u64>) {
    let vocabulary = lexicon.vocabulary(uses);
    let words: Vec<(String, u64)> = vocabulary.words().collect();
    let words = words.iter().map(|(word, count)| (word.as_str(), *count));
    let compounds = Splitter::new(Language::De, words);
    let names = touchpoint_names(inquiry.codebook);
    let mut corrected = BTreeSet::new();
    let mut drawn = drawn.into_iter();
    let mut side = |sentiment, mentions| {
        let mut candidates =
            candidates(&vocabulary, sentiment, support.term, &names, inquiry.settings);
        ban(inquiry, &mut candidates, &mut corrected);
        let index = Index::new(&candidates, &lexicon);
        let sample = (drawn.next().unwrap_or_default(), mentions);
        cluster(inquiry, sentiment, (&candidates, index), sample, &compounds)
    };
    let [negative, positive] = inquiry.scopes();
    let pain_points = side(Sentiment::Negative, negative.1);
    let delights = side(Sentiment::Positive, positive.1);
    drop(vocabulary);
    let wanted = inquiry.wanted().zip(inquiry.touchpoint);
    let themes = Themes::new(pain_points, delights, lexicon, inquiry.settings).within(wanted);
    let mut themes = themes.named(inquiry.baseline);
    corrected.extend(themes.correct(inquiry.corrections));
    (themes, corrected)
}

/// Leaves out the candidates that a person banned.
fn ban(inquiry: &Inquiry, candidates: &mut Vec<Candidate>, corrected: &mut BTreeSet<u64>) {
    for (line, words, edit) in &inquiry.corrections.terms {
        if *edit == TermEdit::Ban {
            let before = candidates.len();
            candidates.retain(|found| !is_meant(&found.key, &found.surface, words));
            if candidates.len() < before {
                corrected.insert(*line);
            }
        }
    }
}

fn cluster(
    inquiry: &Inquiry,
    sentiment: Sentiment,
    (candidates, mut index): (&[Candidate], Index),
    (drawn, mentions): (Drawn, u64),
    compounds: &Splitter,
) -> (Clustering, Index) {
    let mut sample = drawn.sample(&index);
    let relations = Relations::new(&sample, candidates.len());
    let boilerplate = boilerplate(candidates, &relations);
    index.leave_out(&boilerplate);
    sample.leave_out(&boilerplate);
    let seeds = seeds(&relations, &boilerplate);
    let vectors = vectors(inquiry, seeds.iter().map(|&seed| &candidates[seed]));
    let clustering = Clustering::new(
        sentiment,
        candidates,
        (&sample, mentions),
        (&relations, &seeds),
        &vectors,
        compounds,
        (inquiry.touchpoints, inquiry.settings),
    );
    (clustering, index)
}

/// The model's meaning vectors of terms' surface forms.
fn vectors<'c>(
    inquiry: &Inquiry,
    terms: impl Iterator<Item = &'c Candidate>,
) -> HashMap<String, Vec<f32>> {
    let surfaces: BTreeSet<&str> = terms.map(|term| term.surface.as_str()).collect();
    let surfaces: Vec<&str> = surfaces.into_iter().collect();
    let meanings = (inquiry.meanings)(&surfaces);
    surfaces.iter().map(|&surface| surface.to_owned()).zip(meanings).collect()
}

/// Keys of the single words that only name a touchpoint.
fn touchpoint_names(codebook: &Codebook) -> BTreeSet<String> {
    codebook
        .touchpoints()
        .iter()
        .flat_map(|touchpoint| touchpoint.names.iter())
        .flat_map(|(language, name)| crate::text::terms::terms(name, language))
        .map(|term| term.key)
        .filter(|key| !key.contains(' '))
        .collect()
}
