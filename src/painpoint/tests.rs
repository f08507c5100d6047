//! Planted pain points are found again, whatever the order and the split of the mentions.

use std::collections::BTreeSet;

use super::findings::{Topic, TopicKind};
use super::*;
use crate::config::codebook::GENERAL;
use crate::mention::pass::Pass;
use crate::mention::{Found as FoundBy, Mention, Tag};
use crate::model::{HeadScores, Score};
use crate::tally::Counter;
use crate::text::Language;
use crate::touchpoint::How;

/// Mentions of two planted pain points, one delight, and noise. What they tell are directions in space.
fn feedback() -> Vec<Analysed> {
    let late = ["Lieferung kam zu spät", "Paket zu spät geliefert", "viel zu spät, das Paket"];
    let crash = ["App stürzt ab", "Absturz beim Öffnen der App", "die App stürzt beim Öffnen ab"];
    let warm = ["freundliche Beratung", "die Beratung war freundlich"];
    let noise = ["Rechnung liegt vor", "Vertrag seit Mai", "Adresse geändert", "Kunde seit 2019"];
    let touchpoints = Touchpoints::new(&Codebook::built_in());
    let mut all = Vec::new();
    let mut add =
        |texts: &[&str], n: usize, touchpoint: &str, sentiment: usize, problem: [f32; 3]| {
            for i in 0..n {
                let score = score(sentiment, problem, 0.9);
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

/// What the model says of a text of a sentiment, with how likely it names something.
fn score(sentiment: usize, problem: [f32; 3], names_problem: f32) -> Score {
    let mut probabilities = [0.1; 3];
    probabilities[sentiment] = 0.8;
    let heads = Some(HeadScores { names_problem, ..HeadScores::default() });
    Score {
        probabilities,
        problem: problem.map(|value| value * 0.2).to_vec(),
        heads,
        ..Score::default()
    }
}

/// What it says of clauses of what is planted.
fn scores(texts: &[&str]) -> Vec<Score> {
    let holds = |text: &str, words: &[&str]| words.iter().any(|word| text.contains(word));
    let own = |text: &&str| match text {
        text if holds(text, &["spät", "Paket"]) => score(0, [1.0, 0.0, 0.3], 0.9),
        text if holds(text, &["Absturz", "stürzt"]) => score(0, [0.0, 1.0, 0.3], 0.9),
        text if holds(text, &["Beratung"]) => score(2, [0.0, 0.3, 1.0], 0.9),
        _ => score(1, [0.3, 0.3, 0.3], 0.1),
    };
    texts.iter().map(own).collect()
}

/// Cries: they are near each other, and name no problem.
fn outcries() -> Vec<Analysed> {
    let outcry = |i: usize| {
        let text = ("text".into(), ["Nie wieder!", "So eine Frechheit!"][i % 2].to_owned());
        let score = score(0, [0.0, 0.0, -1.0], 0.1);
        let mention = Mention::new(text, 0, Language::De, &score, vec![Tag::general()]);
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
        model: "model",
        score: &scores,
    })
}

fn pain_points(feedback: &[Analysed]) -> Vec<Topic> {
    let mut topics =
        inquire(feedback, |inquiry| find(&mut feedback.to_vec(), inquiry).unwrap().topics);
    topics.retain(|topic| topic.kind == TopicKind::PainPoint);
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
fn cries_belong_to_no_pain_point() {
    let feedback: Vec<Analysed> = feedback().into_iter().chain(outcries()).collect();
    let found = pain_points(&feedback);
    let touchpoints: Vec<&str> = found.iter().map(|found| found.touchpoint.as_str()).collect();
    assert_eq!(touchpoints, ["delivery", "app"]);
}

#[test]
fn a_label_is_a_clause_of_a_customer_or_a_problem_of_the_codebook() {
    let feedback = feedback();
    let codebook = Codebook::built_in();
    let problems = codebook.touchpoints().iter().flat_map(|own| &own.problems);
    let listed: Vec<&str> =
        problems.flat_map(|problem| problem.name.iter().map(|(_, name)| name)).collect();
    for found in pain_points(&feedback) {
        let label = found.label[0].as_str();
        let said = |own: &Analysed| own.mentions[0].text.contains(label);
        assert!(listed.contains(&label) || feedback.iter().any(said), "{label}");
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
        let join = |own: &Analysed, ids: Vec<Vec<String>>| {
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
