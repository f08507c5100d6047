//! Scores and ratings in the notations of exports.

use super::*;

#[test]
fn rating_scales_follow_the_data() {
    let scale = |stars: &str| {
        let rows: String = stars.split(' ').map(|stars| format!("{stars},x\n")).collect();
        File::new(format!("rating,text\n{rows}")).open().layout.rating_scale
    };
    assert_eq!(scale("1 5 3"), Some((1.0, 5.0)));
    assert_eq!(scale("1 9 3"), Some((1.0, 10.0)));
    assert_eq!(scale("0 9 3"), Some((0.0, 10.0)));
    assert_eq!(scale("4/5 3/5"), Some((1.0, 5.0)));
}

/// Ratings, scale, role and doubts of a column with this name and these cells.
struct Rated {
    scale: Option<(f64, f64)>,
    ratings: Vec<Option<f64>>,
    nps: Vec<Option<u8>>,
    told: String,
}

fn rated(name: &str, cells: &[&str]) -> Rated {
    rated_with(name, cells, &ColumnChoice::default())
}

fn rated_with(name: &str, cells: &[&str], choice: &ColumnChoice) -> Rated {
    let mut input = File::new(dated(name, cells)).open_with(choice);
    let (feedback, _) = read(&mut input);
    Rated {
        scale: input.layout.rating_scale,
        ratings: feedback.iter().map(|row| row.rating).collect(),
        nps: feedback.iter().map(|row| row.nps).collect(),
        told: input.doubts().iter().map(|doubt| format!("{doubt}\n")).collect(),
    }
}

/// The cells over and over, `rows` of them.
fn cycled<'c>(cells: &[&'c str], rows: usize) -> Vec<&'c str> {
    cells.iter().copied().cycle().take(rows).collect()
}

#[test]
fn ratings_are_read_from_words_and_signs() {
    for (name, cells, scale, expected) in [
        (
            "How satisfied are you?",
            ["Very satisfied", "Neutral", "Dissatisfied"],
            5.0,
            [5.0, 3.0, 2.0],
        ),
        (
            "Wie zufrieden?",
            ["Sehr zufrieden", "teils/teils", "Eher unzufrieden"],
            5.0,
            [5.0, 3.0, 2.0],
        ),
        (
            "Q7",
            ["Très satisfait(e)", "Plutôt satisfait(e)", "Pas du tout satisfait(e)"],
            5.0,
            [5.0, 4.0, 1.0],
        ),
        ("satisfacción", ["Muy satisfecho", "Insatisfecha", "Satisfecho"], 5.0, [5.0, 2.0, 4.0]),
        (
            "soddisfazione",
            ["Molto soddisfatto", "Poco soddisfatto", "Neutro"],
            5.0,
            [5.0, 2.0, 3.0],
        ),
        ("tevredenheid", ["Zeer tevreden", "Ontevreden", "Neutraal"], 5.0, [5.0, 2.0, 3.0]),
        ("satisfação", ["Muito satisfeito", "Insatisfeito", "Neutro"], 5.0, [5.0, 2.0, 3.0]),
        ("Bewertung", ["sehr gut", "befriedigend", "ungenügend"], 6.0, [6.0, 4.0, 1.0]),
        ("rating", ["Excellent", "Very good", "Terrible"], 5.0, [5.0, 4.0, 1.0]),
        ("rating", ["FIVE", "ONE", "THREE"], 5.0, [5.0, 1.0, 3.0]),
        ("rating", ["five stars", "one star", "three stars"], 5.0, [5.0, 1.0, 3.0]),
        ("rating", ["★★★★★", "★☆☆☆☆", "★★★☆☆"], 5.0, [5.0, 1.0, 3.0]),
        (
            "rating",
            ["Rated 5 out of 5", "Rated 1 out of 5", "Rated 3 out of 5"],
            5.0,
            [5.0, 1.0, 3.0],
        ),
        (
            "Wertung",
            ["5,0 von 5 Sternen", "1,0 von 5 Sternen", "3,5 von 5 Sternen"],
            5.0,
            [5.0, 1.0, 3.5],
        ),
        ("rating", ["100%", "20 %", "60%"], 100.0, [100.0, 20.0, 60.0]),
        ("rating", ["Score: 5", "Score: 1", "Score: 3"], 5.0, [5.0, 1.0, 3.0]),
        (
            "Satisfaction",
            ["5 - Very satisfied", "1 - Very dissatisfied", "3 - Neutral"],
            5.0,
            [5.0, 1.0, 3.0],
        ),
        ("Sterne", ["4,5", "1", "3,5"], 5.0, [4.5, 1.0, 3.5]),
        ("rating", ["50", "10", "30"], 50.0, [50.0, 10.0, 30.0]),
        ("Note /10", ["2", "4", "5"], 10.0, [2.0, 4.0, 5.0]),
        ("CES score (1-7)", ["2", "4", "5"], 7.0, [2.0, 4.0, 5.0]),
        ("Zufriedenheit (0-100)", ["2", "9", "0"], 100.0, [2.0, 9.0, 0.0]),
        ("Rating (0-5)", ["0", "1", "5"], 5.0, [0.0, 1.0, 5.0]),
        ("overall", ["5.0", "1.0", "3.0"], 5.0, [5.0, 1.0, 3.0]),
    ] {
        let found = rated(name, &cells);
        assert_eq!(found.ratings, expected.map(Some), "{name} {cells:?}: {}", found.told);
        assert_eq!(found.scale.map(|(_, high)| high), Some(scale), "{name} {cells:?}");
    }
}

#[test]
fn scales_of_which_the_lowest_is_best_are_turned_round_and_told() {
    for (name, cells, scale, expected) in [
        ("Bewertung (Schulnote)", ["1", "6", "2"], (1.0, 6.0), [6.0, 1.0, 5.0]),
        (
            "Zufriedenheit (1 = sehr gut, 5 = schlecht)",
            ["1", "5", "2"],
            (1.0, 5.0),
            [5.0, 1.0, 4.0],
        ),
        (
            "Satisfaction (1 = very satisfied, 7 = very dissatisfied)",
            ["1", "7", "2"],
            (1.0, 7.0),
            [7.0, 1.0, 6.0],
        ),
        (
            "Satisfaction",
            ["1 - very satisfied", "5 - very dissatisfied", "2 - satisfied"],
            (1.0, 5.0),
            [5.0, 1.0, 4.0],
        ),
    ] {
        let found = rated(name, &cells);
        assert_eq!(found.scale, Some(scale), "{name}");
        assert_eq!(found.ratings, expected.map(Some), "{name}");
        assert!(found.told.contains("1 is best"), "{name}: {}", found.told);
    }
    let usual = rated("Zufriedenheit (1 = sehr unzufrieden, 5 = sehr zufrieden)", &["1", "5", "2"]);
    assert_eq!(usual.ratings[1], Some(5.0));
    assert_eq!(usual.told, "");
    let marks = rated("Gesamtnote", &cycled(&["1", "5", "2", "6"], 24));
    assert_eq!(marks.ratings[0], None);
    assert!(
        marks.told.contains("school marks") && marks.told.contains("1..6,reversed"),
        "{}",
        marks.told
    );
}

#[test]
fn what_stands_for_no_rating_is_left_out_and_told() {
    let zeros = rated("rating", &cycled(&["0", "5", "3"], 30));
    assert_eq!((zeros.scale, zeros.ratings[0]), (Some((1.0, 5.0)), None));
    assert!(
        zeros.told.contains("not rated") && zeros.told.contains("--rating-scale 0..5"),
        "{}",
        zeros.told
    );
    for code in ["99", "-9", "9"] {
        let codes = rated("Zufriedenheit", &cycled(&["1", "5", "3", code], 40));
        assert_eq!((codes.scale, codes.ratings[3]), (Some((1.0, 5.0)), None), "{code}");
        assert!(codes.told.contains("no answer"), "{code}: {}", codes.told);
    }
    let codes = rated("NPS", &cycled(&["0", "10", "7", "99"], 40));
    assert_eq!((codes.nps[0], codes.nps[3]), (Some(0), None));
    assert!(codes.told.contains("no answer"), "{}", codes.told);
}

#[test]
fn a_scale_that_is_guessed_is_told() {
    for (cells, scale, other) in [
        (["1", "4", "3"], (1.0, 5.0), "1 to 4 fits"),
        (["1", "7", "3"], (1.0, 7.0), "1 to 10 fits"),
        (["1", "6", "3"], (1.0, 6.0), "1 to 10 fits"),
    ] {
        let found = rated("score", &cycled(&cells, 30));
        assert_eq!(found.scale, Some(scale), "{cells:?}");
        assert!(found.told.contains(other), "{cells:?}: {}", found.told);
    }
    for cells in [["1", "5", "3"], ["1", "10", "3"]] {
        assert_eq!(rated("score", &cycled(&cells, 30)).told, "", "{cells:?}");
    }
    assert_eq!(rated("stars", &cycled(&["1 star", "4 stars", "3 stars"], 30)).told, "");
}

#[test]
fn votes_differences_and_means_are_no_ratings() {
    let none = |content: &str| {
        let input = File::new(content).open();
        assert_eq!(input.layout.rating_scale, None, "{content}");
        input.doubts().iter().map(|doubt| format!("{doubt}\n")).collect::<String>()
    };
    none(&dated("score", &cycled(&["3", "0", "17", "-4", "210"], 30)));
    none(&dated("score_pos_neg_diff", &cycled(&["3", "0", "1", "-4", "2"], 30)));
    none(&dated("helpful votes", &cycled(&["3", "0", "1", "4", "2"], 30)));
    none(&numbered(30, |row| format!("{row},{},the post number {row} was bad", row % 6)).replacen(
        "1,",
        "num_comments,score,text\n1,",
        1,
    ));
    let told = none(&dated("average rating", &cycled(&["3.5", "4.1", "4.5"], 30)));
    assert!(told.contains("mean rating"), "{told}");
}

#[test]
fn likelihoods_to_recommend_may_be_recoded_or_in_words() {
    let recoded = rated("NPS", &cycled(&["1", "11", "10", "8"], 40));
    assert_eq!(recoded.nps[..4], [Some(0), Some(10), Some(9), Some(7)]);
    assert!(recoded.told.contains("1 to 11"), "{}", recoded.told);
    let groups = rated("NPS-Gruppe", &cycled(&["Promotor", "Kritiker", "Passiv"], 30));
    assert_eq!(groups.nps[..3], [Some(10), Some(3), Some(8)]);
    assert!(groups.told.contains("promoters"), "{}", groups.told);
    let hundreds = rated("NPS", &cycled(&["100", "-100", "0"], 30));
    assert_eq!(hundreds.nps[..3], [Some(10), Some(3), Some(8)]);
    let labelled =
        rated("Would you recommend us?", &["10 - Extremely likely", "0 - Not at all", "7"]);
    assert_eq!(labelled.nps, [Some(10), Some(0), Some(7)]);
    let hinted = rated("Score (0-10)", &cycled(&["0", "10", "7"], 30));
    assert_eq!(hinted.scale, Some((0.0, 10.0)));
    assert!(hinted.told.contains("NPS"), "{}", hinted.told);
    assert_eq!(rated("Zufriedenheit (0-10)", &cycled(&["0", "10", "7"], 30)).told, "");
}

#[test]
fn the_user_decides_the_scale() {
    let choice = |scale: &str| ColumnChoice {
        rating_scale: Some(scale.parse().unwrap()),
        rating_column: Some("Gesamtnote".to_owned()),
        ..ColumnChoice::default()
    };
    let marks = rated_with("Gesamtnote", &["1", "6", "2"], &choice("1..6,reversed"));
    assert_eq!(marks.ratings, [Some(6.0), Some(1.0), Some(5.0)]);
    assert_eq!(marks.told, "");
    let swiss = rated_with("Gesamtnote", &["1", "6", "2"], &choice("1..6"));
    assert_eq!(swiss.ratings, [Some(1.0), Some(6.0), Some(2.0)]);
    let zeros = rated_with("Gesamtnote", &["0", "5", "2"], &choice("0..5"));
    assert_eq!(zeros.ratings, [Some(0.0), Some(5.0), Some(2.0)]);
}
