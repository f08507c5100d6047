//! Every pass comes to the same, however the feedback is split and in whatever order parts are merged.

use jiff::civil::date;

use super::evidence::Weighing;
use super::members::Counting;
use super::recurring::Spelling;
use super::sampling::Sampling;
use super::usage::Usage;
use super::*;
use crate::config::codebook::Codebook;
use crate::mention::pass::go_over;
use crate::mention::pass::property::{Dice, any_split_comes_to_the_same};
use crate::mention::{Group, Mention, Tag, Touchpoint};
use crate::model::{Score, Sentiment};
use crate::painpoint::families::Families;
use crate::painpoint::screen::Screen;
use crate::painpoint::tests::inquire;
use crate::painpoint::vocabulary::Lexicon;
use crate::tally::Counter;
use crate::text::Language;

const TEXTS: [&str; 10] = [
    "Die Lieferung kam zu spät.",
    "Die Leiferung kam viel zu spät, und niemand ging ans Telefon.",
    "Die App stürzt beim Öffnen ab.",
    "Ich kündige zum Monatsende meinen Vertrag.",
    "Es wäre schön, wenn die App auch dunkel ginge.",
    "Freundliche Beratung am Telefon.",
    "The delivery was late again.",
    "Nie wieder!",
    "Rechnung liegt vor",
    "Kasse drei war zu",
];

/// Feedback with all that a row may have, some of it the same as another's.
fn feedback() -> Vec<Analysed> {
    let mut dice = Dice(7);
    let mut row = |number: usize| {
        let mut mention = |_| {
            let (text, sentiment) = (TEXTS[dice.roll(TEXTS.len())], dice.roll(3));
            let mut probabilities = [0.1; 3];
            probabilities[sentiment] = 0.8;
            let meaning = (0..4).map(|_| dice.roll(9) as f32 / 40.0 - 0.1).collect();
            let language = [Language::De, Language::En][dice.roll(2)];
            let touchpoint = [Touchpoint::GENERAL, Touchpoint::at(3), Touchpoint::named("Kasse 3")];
            let tag = Tag { touchpoint: touchpoint[dice.roll(3)], ..Tag::general() };
            let column = ["good", "bad"][dice.roll(2)].to_owned();
            let score = Score { probabilities, meaning, ..Score::default() };
            Mention::new((column, text.to_owned()), 0, language, &score, vec![tag])
        };
        let mentions = (0..number % 4).map(&mut mention).collect();
        let day = date(2026, 1 + dice.roll(3) as i8, 1 + dice.roll(9) as i8);
        // Ids of the input need not be unique.
        let id = (number / 2).to_string();
        let mut row = Analysed::new(id, (dice.roll(5) > 0).then_some(day), mentions);
        row.touchpoints = vec!["Kasse 3".to_owned()];
        row.scores.nps = (dice.roll(3) > 0).then(|| dice.roll(11) as u8);
        row.scores.rating = (dice.roll(3) > 0).then(|| 1.0 + dice.roll(9) as f64 / 2.0);
        let value = ["Nord", "Süd"][dice.roll(2)].to_owned();
        row.scores.groups = vec![Group { column: "region".into(), value, source: false }];
        row
    };
    (0..120).map(&mut row).collect()
}

/// Feedback whose mentions belong to themes at random.
fn placed() -> Vec<Placed> {
    let mut dice = Dice(11);
    let mut member = |mention: &Mention| -> Vec<Membership> {
        let themes = if mention.sentiment == Sentiment::Neutral { 0 } else { dice.roll(3) };
        let membership = |theme| Membership {
            theme,
            by_term: dice.roll(2) > 0,
            closeness: dice.roll(100) as f64 / 100.0,
        };
        (0..themes).map(membership).collect()
    };
    let place = |feedback: Analysed| {
        let memberships = feedback.mentions.iter().map(&mut member).collect();
        Placed { feedback, memberships }
    };
    feedback().into_iter().map(place).collect()
}

#[test]
fn what_is_counted_does_not_depend_on_the_split() {
    let feedback = feedback();
    any_split_comes_to_the_same(&Counter::new(&Codebook::built_in()), &feedback);
    inquire(&feedback, |inquiry| {
        let spelling = Spelling { tally: inquiry.tally, support: 2 };
        any_split_comes_to_the_same(&spelling, &feedback);
        let spellings = go_over(&mut feedback.clone(), &spelling).unwrap().recurring(2);
        let lexicon = Lexicon::new(&spellings, 1);
        let usage = || Usage { lexicon: &lexicon };
        any_split_comes_to_the_same(&usage(), &feedback);
        // So many mentions that only some feedback is drawn.
        let sides = [(Sentiment::Negative, 60_000), (Sentiment::Positive, 30)];
        let sampling = || Sampling { lexicon: &lexicon, sides: &sides, screen: inquiry.screen() };
        any_split_comes_to_the_same(&sampling(), &feedback);
        any_split_comes_to_the_same(&(usage(), sampling()), &feedback);
    });
}

#[test]
fn what_themes_add_up_to_does_not_depend_on_the_split() {
    let placed = placed();
    let kinship = |a, b| if (a, b) == (0, 1) { 0.6 } else { 0.0 };
    let families = Families::new(Sentiment::Negative, &[100, 90, 80], kinship);
    any_split_comes_to_the_same(
        &Counting { families: &families, screen: Screen::default() },
        &placed,
    );
    let touchpoints = Default::default();
    any_split_comes_to_the_same(&Weighing { touchpoints: &touchpoints }, &placed);
}

#[test]
fn going_over_on_all_threads_comes_to_what_one_counts() {
    let placed: Vec<Placed> = (0..40).flat_map(|_| placed()).collect();
    let mut alone = Default::default();
    let families = Families::default();
    let counting = Counting { families: &families, screen: Screen::default() };
    placed.iter().for_each(|own| crate::mention::pass::Pass::add(&counting, &mut alone, own));
    assert!(go_over(&mut placed.clone(), &counting).unwrap() == alone);
}
