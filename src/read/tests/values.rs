//! Dates, scores and ratings in the notations of exports.

use jiff::civil::{Date, date};

use super::*;

#[test]
fn the_data_decide_whether_the_day_or_the_month_comes_first() {
    let dates = |rows: &str| {
        let mut input = File::new(format!("date,text\n{rows}")).open();
        read(&mut input).0.into_iter().map(|row| row.date).collect::<Vec<_>>()
    };
    let april_third = Some(date(2018, 4, 3));
    assert_eq!(dates("03/04/2018 20:09,a\n21/02/2018 19:39,b\n")[0], april_third);
    assert_eq!(dates("4/3/2018 11:35,a\n2/24/2018 11:15,b\n")[0], april_third);
    assert_eq!(dates("2018-04-03T10:00:00Z,a\n")[0], april_third);
}

#[test]
fn values_that_cannot_be_read_are_counted_and_the_row_counts() {
    let file = File::new(
        "date,nps,stars,text\n2026-01-02,9,5,a\nsoon,11,4,b\n2026-13-45,n/a,99,c\n2026-01-03,3,,d\n\
         2026-01-04,-2147483648,1,e\n2026-01-05,8,2,f\n",
    );
    let mut input = file.open();
    let (feedback, rejects) = read(&mut input);
    assert_eq!((feedback.len(), rejects.len()), (6, 0));
    assert_eq!((feedback[1].date, feedback[1].nps, feedback[1].rating), (None, None, Some(4.0)));
    assert_eq!(unread(&input.doubts()), [("date", 2), ("nps", 1)]);
}

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

/// The first file's doubts in words.
fn doubts(content: &str) -> String {
    let mut input = File::new(content).open();
    read(&mut input);
    input.doubts().iter().map(|doubt| format!("{doubt}\n")).collect()
}

/// The days of a column with this name and these cells, beside texts.
fn days(name: &str, cells: &[&str]) -> Vec<Option<Date>> {
    let mut input = File::new(dated(name, cells)).open();
    read(&mut input).0.into_iter().map(|row| row.date).collect()
}

fn dated(name: &str, cells: &[&str]) -> String {
    let rows = cells.iter().enumerate();
    let rows =
        rows.map(|(row, cell)| format!("\"{cell}\";the parcel of day {row} came too late\n"));
    format!("\"{name}\";comment\n{}", rows.collect::<String>())
}

#[test]
fn days_are_read_whatever_their_notation() {
    let expected = [Some(date(2025, 1, 3)), Some(date(2025, 11, 21)), Some(date(2025, 4, 30))];
    for (name, cells) in [
        ("date", ["January 3, 2025", "November 21, 2025", "April 30, 2025"]),
        (
            "date",
            ["Fri Jan 03 00:00:00 2025", "Fri Nov 21 10:20:30 2025", "Wed Apr 30 08:00:00 2025"],
        ),
        ("fecha", ["3 de enero de 2025", "21 de noviembre de 2025", "30 de abril de 2025"]),
        ("created_at", ["1735862400", "1763683200", "1745971200"]),
        ("timestamp", ["1735862400000", "1763683200123", "1745971200999"]),
        ("Datum", ["45660", "45982", "45777.75"]),
        ("date", ["250103", "251121", "250430"]),
        ("date", ["20250103T083000Z", "20251121T083000Z", "20250430T083000Z"]),
        (
            "posted",
            [
                "Reviewed in Spain on 3 January 2025",
                "Reviewed in the United Kingdom on 21 November 2025",
                "Reviewed in Germany on 30 April 2025",
            ],
        ),
        ("Antwort", ["maandag 3 januari 2025", "21 november 2025", "30 apr. 2025"]),
        ("when", ["1/3/2025", "11/21/2025", "4/30/2025"]),
        ("when", ["03.01.2025, 00:00 Uhr", "21.11.2025, 10:20 Uhr", "30.04.2025, 8:15 Uhr"]),
    ] {
        assert_eq!(days(name, &cells), expected, "{name} {cells:?}");
    }
}

#[test]
fn months_and_weeks_are_read_as_their_first_day_and_told() {
    assert_eq!(
        days("month", &["2025-03", "2025-04"]),
        [Some(date(2025, 3, 1)), Some(date(2025, 4, 1))]
    );
    let told = doubts(&dated("month", &["2025-03", "2025-04"]));
    assert!(told.contains("months, each read as its first day"), "{told}");
    assert_eq!(days("date", &["2025-W07", "2025-W08"])[0], Some(date(2025, 2, 10)));
    let told = doubts(&dated("date", &["2025-W07", "2025-W08"]));
    assert!(told.contains("weeks, each read as its Monday"), "{told}");
}

#[test]
fn an_order_that_is_guessed_is_told_with_the_option() {
    let both = ["03/04/2025", "05/06/2025", "01/02/2025"];
    assert_eq!(days("date", &both)[0], Some(date(2025, 4, 3)));
    let told = doubts(&dated("date", &both));
    assert!(told.contains("fit both orders") && told.contains("--date-order mdy"), "{told}");
    // The same month in all rows, as in the export of a month.
    let march = ["3/1/25", "3/2/25", "3/3/25"];
    assert_eq!(days("date", &march), [1, 2, 3].map(|day| Some(date(2025, 3, day))));
    assert!(doubts(&dated("date", &march)).contains("--date-order dmy"));
    // Some are written the one way and some the other.
    let mixed = ["03/25/2025", "03/26/2025", "27/03/2025"];
    assert_eq!(days("date", &mixed), [Some(date(2025, 3, 25)), Some(date(2025, 3, 26)), None]);
    assert!(doubts(&dated("date", &mixed)).contains("more than one order"));
    // A spreadsheet took days up to 12 for months.
    let odd: Vec<String> = (13..28).map(|day| format!("03/{day}/2025")).collect();
    let odd = odd.iter().map(String::as_str).chain([
        "01/04/2025",
        "03/04/2025",
        "05/04/2025",
        "09/04/2025",
    ]);
    let told = doubts(&dated("date", &odd.collect::<Vec<_>>()));
    assert!(told.contains("more than one order") && told.contains("3 of 19"), "{told}");
    for sure in [
        ["03.04.2025", "05.06.2025", "01.02.2025"],
        ["2025-04-03", "2025-06-05", "2025-02-01"],
        ["03/04/2025", "05/06/2025", "30/01/2025"],
        ["03/03/2025", "05/05/2025", "01/01/2025"],
    ] {
        assert!(!doubts(&dated("date", &sure)).contains("order"), "{sure:?}");
    }
}

#[test]
fn another_column_or_the_name_may_tell_the_order() {
    let rows =
        "delivered,date,text\n12/24/2024,01/02/2025,came late\n11/30/2024,03/04/2025,never came\n";
    let mut input = File::new(rows).open();
    assert_eq!(read(&mut input).0[0].date, Some(date(2025, 1, 2)));
    assert!(input.doubts().is_empty(), "{:?}", input.doubts());
    let cells = ["01/02/2025", "03/04/2025"];
    assert_eq!(days("date (MM/DD/YYYY)", &cells)[0], Some(date(2025, 1, 2)));
    assert_eq!(doubts(&dated("date (MM/DD/YYYY)", &cells)), "");
}

#[test]
fn the_user_decides_the_order() {
    let read_as = |order: DateOrder, cell: &str| {
        let choice = ColumnChoice { date_order: Some(order), ..ColumnChoice::default() };
        let mut input = File::new(dated("date", &[cell])).open_with(&choice);
        assert!(!input.doubts().iter().any(|doubt| matches!(doubt, Doubt::DateOrder { .. })));
        read(&mut input).0[0].date
    };
    assert_eq!(read_as(DateOrder::Mdy, "03/04/2025"), Some(date(2025, 3, 4)));
    assert_eq!(read_as(DateOrder::Dmy, "03/04/2025"), Some(date(2025, 4, 3)));
    assert_eq!(read_as(DateOrder::Mdy, "03.04.2025"), Some(date(2025, 3, 4)));
    assert_eq!(read_as(DateOrder::Ymd, "03-04-25"), Some(date(2003, 4, 25)));
    assert_eq!(read_as(DateOrder::Dmy, "030425"), Some(date(2025, 4, 3)));
}

#[test]
fn dates_that_tell_no_day_are_neither_text_nor_group_and_told() {
    for (name, cells, word) in [
        ("Datum", ["vor 2 Wochen", "vor 3 Tagen", "vor einem Jahr"], "how long ago"),
        ("x", ["2 weeks ago", "3 days ago", "a year ago"], "how long ago"),
        ("date", ["2015", "2016", "2015"], "names no day"),
        ("date", ["Q1 2025", "Q2 2025", "Q1 2025"], "names no day"),
        ("date", ["3 March", "4 March", "3 March"], "names no day"),
        ("date", ["1980-01-01 00:00:00"; 3], "stands for no date"),
        ("date", ["1970-01-01"; 3], "stands for no date"),
        ("date", ["010203", "040506", "070809"], "names no day"),
        ("submitted", ["2025-13-01", "2025-14-01", "2025-15-01"], "names no day"),
    ] {
        let content = dated(name, &cells);
        assert_eq!(File::new(&content).open().layout.columns[0].role, Role::Other, "{cells:?}");
        let told = doubts(&content);
        assert!(told.contains(word), "{cells:?}: {told}");
    }
}

#[test]
fn numbers_that_are_not_called_dates_are_none() {
    for (name, cells) in [
        ("order_no", ["1735862400", "1763683200", "1745971200"]),
        ("amount", ["45660", "45982", "45777"]),
        ("duration", ["45660", "45982", "45777"]),
        ("days_since_review", ["45660", "45982", "45777"]),
    ] {
        assert_eq!(days(name, &cells), [None; 3], "{name}");
    }
}

#[test]
fn one_day_in_many_rows_is_told() {
    let told = doubts(&dated("date", &["2025-06-03"; 25]));
    assert!(told.contains("2025-06-03 ") || told.contains("2025-06-03;"), "{told}");
    assert_eq!(doubts(&dated("date", &["2025-06-03"; 3])), "");
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
