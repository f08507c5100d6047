use super::*;

fn score(cell: &str) -> Option<f64> {
    scored(cell).map(|score| score.value)
}

fn nps(cell: &str) -> Option<u8> {
    NpsNotation::default().likelihood(cell)
}

#[test]
fn scores_may_be_explained() {
    for (cell, expected) in [
        ("4", 4.0),
        (" 4,5 ", 4.5),
        ("4/5", 4.0),
        ("4 / 5", 4.0),
        ("4 von 5 Sternen", 4.0),
        ("4,0 von 5 Sternen", 4.0),
        ("Rated 4 out of 5", 4.0),
        ("Rated 4.0 out of 5 stars", 4.0),
        ("8 sur 10", 8.0),
        ("4 de 5 estrellas", 4.0),
        ("4 su 5", 4.0),
        ("4 van de 5 sterren", 4.0),
        ("10 - extremely likely", 10.0),
        ("4 - Satisfied", 4.0),
        ("4 – gut", 4.0),
        ("Satisfied (4)", 4.0),
        ("Score: 4", 4.0),
        ("Note : 4/5", 4.0),
        ("4 Sterne", 4.0),
        ("4★", 4.0),
        ("5-star", 5.0),
        ("★★★★☆", 4.0),
        ("★★★½☆", 3.5),
        ("⭐⭐⭐", 3.0),
        ("***", 3.0),
        ("80%", 80.0),
        ("80 %", 80.0),
        ("FIVE", 5.0),
        ("five stars", 5.0),
        ("one star", 1.0),
        ("STAR_FIVE", 5.0),
        ("fünf Sterne", 5.0),
        ("ein Stern", 1.0),
        ("trois étoiles", 3.0),
        ("una estrella", 1.0),
        ("quattro stelle", 4.0),
        ("vijf sterren", 5.0),
        ("duas estrelas", 2.0),
        ("four out of five", 4.0),
    ] {
        assert_eq!(score(cell), Some(expected), "{cell}");
    }
    for cell in [
        "",
        "k.A.",
        "2/24/2015",
        "-",
        "NaN",
        "5G",
        "7-8",
        "7 or 8",
        "no rating",
        "a",
        "ein",
        "STAR_RATING_UNSPECIFIED",
        "12.04.2025",
        "very good",
        "9/5",
        "iPhone 15 Pro Max 256 GB",
    ] {
        assert_eq!(score(cell), None, "{cell}");
    }
}

#[test]
fn a_score_may_say_of_how_many() {
    for (cell, expected) in [
        ("4", None),
        ("4/5", Some(5.0)),
        ("8 von 10", Some(10.0)),
        ("Rated 4 out of 5 stars", Some(5.0)),
        ("★★★☆☆", Some(5.0)),
        ("⭐⭐⭐", None),
        ("80%", Some(100.0)),
    ] {
        assert_eq!(scored(cell).unwrap().out_of, expected, "{cell}");
    }
    for (cell, expected) in [("4", false), ("4 stars", true), ("★★★", true), ("4/10", false)]
    {
        assert_eq!(scored(cell).unwrap().stars, expected, "{cell}");
    }
}

#[test]
fn likelihoods_to_recommend_are_whole_and_at_most_ten() {
    assert_eq!(nps("10"), Some(10));
    assert_eq!(nps("9.0"), Some(9));
    assert_eq!(nps("10 - Extremely likely"), Some(10));
    assert_eq!(nps("11"), None);
    assert_eq!(nps("-1"), None);
    assert_eq!(nps("7.5"), None);
}

#[test]
fn promoters_are_told_in_words() {
    use NpsGroup::{Detractor, Passive, Promoter};
    for (cell, expected) in [
        ("Promoter", Promoter),
        ("promotor", Promoter),
        ("Passiv", Passive),
        ("Kritiker", Detractor),
        ("DETRACTOR", Detractor),
        ("Détracteur", Detractor),
        ("-100", Detractor),
        ("100", Promoter),
    ] {
        assert_eq!(NpsGroup::of(cell), Some(expected), "{cell}");
    }
    assert_eq!(NpsGroup::of("9"), None);
    assert_eq!(NpsGroup::of("customer"), None);
}

#[test]
fn steps_of_scales_in_words_are_known_in_seven_languages() {
    for (cell, step) in [
        ("Very satisfied", 5.0),
        ("very dissatisfied", 1.0),
        ("Neither satisfied nor dissatisfied", 3.0),
        ("Sehr zufrieden", 5.0),
        ("eher unzufrieden", 2.0),
        ("teils/teils", 3.0),
        ("Äußerst unzufrieden", 1.0),
        ("Très satisfait(e)", 5.0),
        ("plutôt insatisfaite", 2.0),
        ("Muy satisfecha", 5.0),
        ("poco soddisfatto", 2.0),
        ("Zeer tevreden", 5.0),
        ("Muito insatisfeita", 1.0),
        ("🙁", 2.0),
    ] {
        let first = WordScale::all().find_map(|scale| Some((scale.topic, scale.step(cell)?)));
        assert_eq!(first, Some(("satisfaction", step)), "{cell}");
    }
    assert!(WordScale::all().all(|scale| scale.step("the parcel came late").is_none()));
}

#[test]
fn no_step_of_a_scale_has_a_word_of_another() {
    for scale in WordScale::all() {
        assert!((4.0..=7.0).contains(&scale.highest()), "{scale:?}");
        assert!(["satisfaction", "quality", "agreement", "ease"].contains(&scale.topic));
    }
}
