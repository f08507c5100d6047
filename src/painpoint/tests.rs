//! Planted pain points are found again, whatever the order and the split of the mentions.

use std::collections::{BTreeSet, HashMap};

use super::candidates::candidates;
use super::clues::{Sample, Scope};
use super::findings::PainPoint;
use super::membership::{MembershipTally, Themes};
use super::relations::{Index, Relations};
use super::themes::{Clustering, seeds};
use super::vocabulary::Vocabulary;
use super::*;
use crate::mention::{Analysed, Mention, Tag};
use crate::model::{Score, Sentiment};
use crate::text::Language;
use crate::text::compounds::Splitter;

/// Mentions of two planted pain points, one delight, and noise. Meanings are directions of a plane.
fn feedback() -> Vec<Analysed> {
    let late = ["Lieferung kam zu spät", "Paket zu spät geliefert", "viel zu spät, das Paket"];
    let crash = ["App stürzt ab", "Absturz beim Öffnen der App", "die App stürzt beim Öffnen ab"];
    let warm = ["freundliche Beratung", "die Beratung war freundlich"];
    let noise = ["Rechnung liegt vor", "Vertrag seit Mai", "Adresse geändert", "Kunde seit 2019"];
    let mut all = Vec::new();
    let mut add =
        |texts: &[&str], n: usize, touchpoint: &str, sentiment: usize, meaning: [f32; 3]| {
            for i in 0..n {
                let mut probabilities = [0.1; 3];
                probabilities[sentiment] = 0.8;
                let score = Score { probabilities, meaning: meaning.map(|v| v * 0.2).to_vec() };
                let tags = vec![Tag::new(touchpoint, "keyphrase", 1.0)];
                let text = ("text".to_owned(), texts[i % texts.len()].to_owned());
                let mention = Mention::new(text, 0, Language::De, &score, tags);
                all.push(Analysed::new(format!("{touchpoint}-{i:03}"), None, vec![mention]));
            }
        };
    add(&late, 30, "delivery", 0, [1.0, 0.0, 0.3]);
    add(&crash, 18, "app", 0, [0.0, 1.0, 0.3]);
    add(&warm, 12, "sales_advice", 2, [0.0, 0.3, 1.0]);
    add(&noise, 60, GENERAL, 1, [0.3, 0.3, 0.3]);
    all
}

fn vectors() -> HashMap<String, Vec<f32>> {
    let late =
        ["spät", "Paket", "Lieferung", "geliefert", "Paket zu spät", "Paket zu spät geliefert"];
    late.iter()
        .map(|surface| ((*surface).to_owned(), vec![1.0, 0.0, 0.3]))
        .chain(
            ["Absturz", "Öffnen", "stürzt ab", "App"].map(|s| (s.to_owned(), vec![0.0, 1.0, 0.3])),
        )
        .collect()
}

/// Complaints that share their tone and hardly a word: five in six hold no term that recurs.
fn outcries() -> Vec<Analysed> {
    let outcry = |i: usize| {
        let score = Score { probabilities: [0.8, 0.1, 0.1], meaning: vec![0.0, 0.0, -0.2] };
        let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
        let cry = if i.is_multiple_of(6) {
            "Chaos".to_owned()
        } else {
            format!("{0}x{1}q{0}", letter(i), letter(i / 26))
        };
        let mention =
            Mention::new(("text".into(), cry), 0, Language::De, &score, vec![Tag::general()]);
        Analysed::new(format!("cry-{i:03}"), None, vec![mention])
    };
    (0..60).map(outcry).collect()
}

/// Goes over the feedback as a run does, in `parts` parts.
fn pain_points(feedback: &[Analysed], parts: usize) -> Vec<PainPoint> {
    let settings = Settings::default();
    let chunks: Vec<&[Analysed]> = feedback.chunks(feedback.len().div_ceil(parts).max(1)).collect();
    let vocabulary = chunks.iter().fold(Vocabulary::default(), |sum, chunk| {
        let mut part = Vocabulary::default();
        for mention in chunk.iter().flat_map(|feedback| &feedback.mentions) {
            part.add(mention, mention.terms(), |_| true);
        }
        sum.merge(part)
    });
    let compounds = Splitter::new(Language::De, []);
    let side = |sentiment| {
        let candidates = candidates(&vocabulary, sentiment, 3, &BTreeSet::new(), settings);
        let index = Index::new(&candidates, Default::default());
        let scope = Scope { sentiment, touchpoint: None };
        let all = feedback.iter().flat_map(|feedback| &feedback.mentions);
        let mentions = all.filter(|mention| scope.holds(mention)).count() as u64;
        let sample = chunks.iter().fold(Sample::default(), |sum, chunk| {
            let mut part = Sample::default();
            for feedback in *chunk {
                part.add(feedback, scope, &index, mentions);
            }
            sum.merge(part)
        });
        let relations = Relations::new(&sample, candidates.len());
        let seeds = seeds(&relations, &BTreeSet::new());
        let clustering = Clustering::new(
            sentiment,
            &candidates,
            (&sample, mentions),
            (&relations, &seeds),
            &vectors(),
            &compounds,
            settings,
        );
        (clustering, index)
    };
    let themes = Themes::new(side(Sentiment::Negative), side(Sentiment::Positive), settings);
    let members = chunks.iter().fold(MembershipTally::default(), |sum, chunk| {
        let mut part = MembershipTally::default();
        for feedback in *chunk {
            part.add(feedback, &themes.of(feedback));
        }
        sum.merge(part)
    });
    let found =
        members.findings(&themes, Sentiment::Negative, 3, feedback.len() as u64, |_| String::new());
    found.into_iter().map(|(_, pain_point)| pain_point).collect()
}

#[test]
fn planted_pain_points_are_found_ranked_and_counted() {
    let found = pain_points(&feedback(), 1);
    let counts: Vec<(&str, u64)> =
        found.iter().map(|p| (p.touchpoint.as_str(), p.feedback.count)).collect();
    assert_eq!(counts, [("delivery", 30), ("app", 18)]);
    assert!(found[0].label.contains("spät"), "{}", found[0].label);
    assert!((found[0].severity - 0.8).abs() < 1e-6);
    assert_eq!(found[0].verbatims.len(), 3);
}

#[test]
fn what_shares_no_words_is_no_pain_point() {
    let feedback: Vec<Analysed> = feedback().into_iter().chain(outcries()).collect();
    let found = pain_points(&feedback, 1);
    let touchpoints: Vec<&str> = found.iter().map(|found| found.touchpoint.as_str()).collect();
    assert_eq!(touchpoints, ["delivery", "app"]);
}

#[test]
fn verbatims_hold_the_words_of_the_label() {
    let found = pain_points(&feedback(), 1);
    for name in found[0].label.split(labels::JOINT) {
        let quoted = found[0].verbatims.iter().any(|verbatim| verbatim.text.contains(name));
        assert!(quoted, "{name}: {:?}", found[0].verbatims);
    }
}

#[test]
fn neither_order_nor_split_changes_what_is_found() {
    let mut feedback = feedback();
    let expected = pain_points(&feedback, 1);
    assert_eq!(pain_points(&feedback, 7), expected);
    feedback.reverse();
    assert_eq!(pain_points(&feedback, 1), expected);
    assert_eq!(pain_points(&feedback, 5), expected);
    feedback.rotate_left(37);
    assert_eq!(pain_points(&feedback, 3), expected);
}

#[test]
fn without_feedback_there_is_nothing_to_find() {
    assert_eq!(pain_points(&feedback()[..0], 1), []);
}
