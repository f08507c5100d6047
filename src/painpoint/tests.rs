//! Planted pain points are found again, whatever the order and the split of the mentions.

use std::collections::BTreeSet;

use super::findings::{Kind, Topic};
use super::*;
use crate::config::codebook::GENERAL;
use crate::mention::pass::Pass;
use crate::mention::{Found as FoundBy, Mention, Tag};
use crate::model::Score;
use crate::tally::Counter;
use crate::text::Language;
use crate::touchpoint::How;

/// Mentions of two planted pain points, one delight, and noise. Meanings are directions of a plane.
fn feedback() -> Vec<Analysed> {
    let late = ["Lieferung kam zu spät", "Paket zu spät geliefert", "viel zu spät, das Paket"];
    let crash = ["App stürzt ab", "Absturz beim Öffnen der App", "die App stürzt beim Öffnen ab"];
    let warm = ["freundliche Beratung", "die Beratung war freundlich"];
    let noise = ["Rechnung liegt vor", "Vertrag seit Mai", "Adresse geändert", "Kunde seit 2019"];
    let touchpoints = Touchpoints::new(&Codebook::built_in());
    let mut all = Vec::new();
    let mut add =
        |texts: &[&str], n: usize, touchpoint: &str, sentiment: usize, meaning: [f32; 3]| {
            for i in 0..n {
                let mut probabilities = [0.1; 3];
                probabilities[sentiment] = 0.8;
                let score = Score {
                    probabilities,
                    meaning: meaning.map(|v| v * 0.2).to_vec(),
                    ..Score::default()
                };
                let found = FoundBy::By(How::Keyphrase);
                let tags = vec![Tag::new(touchpoints.number(touchpoint), found, 1.0)];
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

/// Meaning vectors of what is planted.
fn meanings(texts: &[&str]) -> Vec<Vec<f32>> {
    let late =
        ["spät", "Paket", "Lieferung", "geliefert", "Paket zu spät", "Paket zu spät geliefert"];
    let crash = ["Absturz", "Öffnen", "stürzt ab", "App"];
    let meaning = |text: &&str| match text {
        text if late.contains(text) => vec![1.0, 0.0, 0.3],
        text if crash.contains(text) => vec![0.0, 1.0, 0.3],
        _ => Vec::new(),
    };
    texts.iter().map(meaning).collect()
}

/// Complaints that share their tone and hardly a word: five in six hold no term that recurs.
fn outcries() -> Vec<Analysed> {
    let outcry = |i: usize| {
        let score = Score {
            probabilities: [0.8, 0.1, 0.1],
            meaning: vec![0.0, 0.0, -0.2],
            ..Score::default()
        };
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

/// Calls `look` with what is sought among some feedback, as a run seeks it.
pub(super) fn inquire<T>(feedback: &[Analysed], look: impl FnOnce(&Inquiry) -> T) -> T {
    let codebook = Codebook::built_in();
    let counter = Counter::new(&codebook);
    let mut tally = Tally::default();
    feedback.iter().for_each(|own| counter.add(&mut tally, own));
    look(&Inquiry {
        codebook: &codebook,
        touchpoints: &Touchpoints::new(&codebook).with(tally.touchpoints()),
        tally: &tally,
        settings: Settings::default(),
        rating: Some((1.0, 5.0)),
        since: None,
        baseline: None,
        corrections: &Corrections::default(),
        touchpoint: None,
        meanings: &meanings,
    })
}

fn pain_points(feedback: &[Analysed]) -> Vec<Topic> {
    let mut topics =
        inquire(feedback, |inquiry| find(&mut feedback.to_vec(), inquiry).unwrap().topics);
    topics.retain(|topic| topic.kind == Kind::PainPoint);
    topics
}

#[test]
fn planted_pain_points_are_found_ranked_and_counted() {
    let found = pain_points(&feedback());
    let counts: Vec<(&str, u64)> =
        found.iter().map(|p| (p.touchpoint.as_str(), p.feedback.count)).collect();
    assert_eq!(counts, [("delivery", 30), ("app", 18)]);
    assert!(found[0].label[0].contains("spät"), "{:?}", found[0].label);
    assert!((found[0].severity - 0.8).abs() < 1e-6);
    assert_eq!(found[0].verbatims.len(), 3);
}

#[test]
fn what_shares_no_words_is_no_pain_point() {
    let feedback: Vec<Analysed> = feedback().into_iter().chain(outcries()).collect();
    let found = pain_points(&feedback);
    let touchpoints: Vec<&str> = found.iter().map(|found| found.touchpoint.as_str()).collect();
    assert_eq!(touchpoints, ["delivery", "app"]);
}

#[test]
fn verbatims_hold_the_words_of_the_label() {
    let found = pain_points(&feedback());
    for name in &found[0].label {
        let quoted = found[0].verbatims.iter().any(|verbatim| verbatim.text.contains(name));
        assert!(quoted, "{name}: {:?}", found[0].verbatims);
    }
}

#[test]
fn the_order_of_the_feedback_does_not_change_what_is_found() {
    let mut feedback = feedback();
    let expected = pain_points(&feedback);
    feedback.reverse();
    assert_eq!(pain_points(&feedback), expected);
    feedback.rotate_left(37);
    assert_eq!(pain_points(&feedback), expected);
}

#[test]
fn without_feedback_there_is_nothing_to_find() {
    assert_eq!(pain_points(&feedback()[..0]), []);
}

#[test]
fn every_mention_is_joined_to_what_it_chose() {
    let mut feedback = feedback();
    let late = inquire(&feedback.clone(), |inquiry| {
        let mut found = find(&mut feedback, inquiry).unwrap();
        let id = found.topics[0].id.clone();
        let mut late = BTreeSet::new();
        let join = |own: &Analysed, ids: &[Vec<String>]| {
            if ids[0].contains(&id) {
                late.insert(own.id.clone());
            }
            Ok::<(), io::Error>(())
        };
        found.join(&mut feedback, join).unwrap();
        late
    });
    assert_eq!(late, (0..30).map(|i| format!("delivery-{i:03}")).collect());
}
