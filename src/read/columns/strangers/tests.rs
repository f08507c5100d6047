//! Columns that are passed over.

use super::*;
use crate::read::columns::name::words;

/// The columns of a table that are passed over, all taken for texts before.
fn passed(names: &[&str], rows: &[&[&str]]) -> Vec<String> {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|&cell| cell.to_owned()).collect()).collect();
    let own: Vec<Vec<String>> = names.iter().map(|name| words(name)).collect();
    let cells: Vec<Vec<&str>> = (0..names.len())
        .map(|at| rows.iter().map(|row| row[at].as_str()).filter(|own| !own.is_empty()).collect())
        .collect();
    let columns: Vec<Answers> = (0..names.len())
        .map(|at| Answers { name: names[at], words: &own[at], cells: &cells[at], all: rows.len() })
        .collect();
    let mut assigned: Vec<_> =
        names.iter().map(|_| Some(AssignedRole::sure(Role::Text, "it is"))).collect();
    let (chosen, documented) = (vec![None; names.len()], vec![false; names.len()]);
    pass_over(&columns, &rows, (&chosen, &documented), &mut assigned);
    let passed = names.iter().zip(&assigned);
    passed
        .filter(|(_, own)| own.as_ref().is_some_and(|own| own.role == Role::Other))
        .map(|(name, _)| (*name).to_owned())
        .collect()
}

#[test]
fn what_the_company_answers_is_no_feedback() {
    let row: &[&str] = &["The parcel came late", "We will look into it."];
    for name in [
        "replyText",
        "Antwort des Unternehmens",
        "Management response",
        "Resolution",
        "Réponse du propriétaire",
    ] {
        assert_eq!(passed(&["comment", name], &[row]), [name]);
    }
    for name in ["Ihre Antwort", "response", "What else?", "How was the response of our owner?"] {
        assert!(passed(&["comment", name], &[row]).is_empty(), "{name}");
    }
    let polite: &[&str] = &["The parcel came late", "Dear customer, this is not how it should be."];
    assert_eq!(passed(&["comment", "text_2"], &[polite]), ["text_2"]);
    // What is left alone stays.
    assert!(passed(&["reply"], &[&["late"]]).is_empty());
}

#[test]
fn subjects_that_differ_in_numbers_alone_are_no_feedback() {
    let said =
        ["It came late", "Nobody called", "The box was wet", "I want my money", "All is well"];
    let rows: Vec<[String; 2]> = (0..20)
        .map(|n| {
            let mark = ["", "Re: ", "AW: Re: "][n % 3];
            [format!("{mark}Your order {}", 1000 + n), format!("{} {n}", said[n % 5])]
        })
        .collect();
    let cells: Vec<Vec<&str>> =
        rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = cells.iter().map(Vec::as_slice).collect();
    assert_eq!(passed(&["subject", "text"], &rows), ["subject"]);
}

#[test]
fn the_word_that_excludes_a_column_is_told() {
    let own = |name: &'static str| excluding_word(name, &words(name));
    assert_eq!(own("Beruf des Autors"), None);
    assert_eq!(
        (own("author"), own("agent notes"), own("company")),
        (Some("author"), Some("agent"), Some("company"))
    );
    for asked in [
        "What should our company do better?",
        "Tell us what you think of our new website",
        "Company feedback",
    ] {
        assert_eq!(own(asked), None, "{asked}");
    }
    let row: &[&str] = &["The parcel came late", "asks for a call back on Monday morning"];
    assert_eq!(passed(&["comment", "agent summary"], &[row]), ["agent summary"]);
    assert_eq!(passed(&["agent summary"], &[&row[1..]]), ["agent summary"]);
    let job = Answers {
        name: "Berufsbezeichnung",
        words: &words("Berufsbezeichnung"),
        cells: &["Leiter"],
        all: 1,
    };
    assert!(
        matches!(job.stranger(&[]), Some((_, Doubt::NotText { word, .. })) if word == "berufsbezeichnung")
    );
}

#[test]
fn ticked_lists_and_closed_answers_are_no_texts() {
    let rows: Vec<[String; 3]> = (0..30)
        .map(|at| {
            let list = ["Price;Service;", "Service;", "Price;App;Service;"][at % 3];
            let closed = ["very good", "bad"][at % 2];
            [format!("parcel number {at} was late"), list.to_owned(), closed.to_owned()]
        })
        .collect();
    let rows: Vec<Vec<&str>> =
        rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    assert_eq!(passed(&["comment", "liked", "opinion"], &rows), ["liked", "opinion"]);
    let few: Vec<&[&str]> = rows.iter().take(3).copied().collect();
    assert!(passed(&["comment", "a", "b"], &few).is_empty());
}

#[test]
fn the_same_text_counts_once() {
    let rows: [&[&str]; 2] = [
        &["Paket kam zu spät!", "paket kam zu spät", "The parcel came late"],
        &["Keiner ruft zurück.", "keiner ruft zurück", "Nobody calls back"],
    ];
    let names = ["review", "clean_text", "review_english"];
    assert_eq!(passed(&names, &rows), ["clean_text", "review_english"]);
    assert!(passed(&["liked", "disliked", "else"], &rows).contains(&"disliked".to_owned()));
    let other: [&[&str]; 1] = [&["Lieferung schnell", "Rechnung falsch"]];
    assert!(passed(&["liked", "disliked"], &other).is_empty());
}

#[test]
fn of_a_text_made_of_another_that_is_left_out_none_counts() {
    let rows: [&[&str]; 2] = [
        &["Paket kam zu spät!", "The parcel came late", "parcel come late"],
        &["Keiner ruft zurück.", "Nobody calls back", "nobody call back"],
    ];
    assert_eq!(
        passed(&["review", "review_english", "clean_text"], &rows),
        ["review_english", "clean_text"]
    );
    let swapped = rows.map(|row| vec![row[2], row[1], row[0]]);
    let swapped: Vec<&[&str]> = swapped.iter().map(Vec::as_slice).collect();
    assert_eq!(passed(&["lemmas", "text_en", "text"], &swapped), ["lemmas", "text_en"]);
    let twice: [&[&str]; 2] =
        [&["Paket kam zu spät!", "The parcel came late"], &["Keiner ruft an.", "Nobody calls"]];
    assert_eq!(passed(&["text", "text_en"], &twice), ["text_en"]);
}

#[test]
fn what_stands_beside_other_in_a_closed_question_is_no_feedback() {
    let row: &[&str] = &["The parcel came late", "Shop", "a stall at the market"];
    for name in [
        "Q3_4_TEXT",
        "Q3_4_TEXT Where did you buy? - Other - Text",
        "Where did you buy? Other (please specify)",
        "Wo haben Sie gekauft? [Sonstiges]",
        "Wo haben Sie gekauft? Sonstiges (bitte angeben)",
    ] {
        assert_eq!(passed(&["comment", "Q3", name], &[row]), [name]);
    }
    for name in ["Any other comments?", "Q4_TEXT", "Q9_1_TEXT", "What else, or other?"] {
        assert!(passed(&["comment", "Q3", name], &[row]).is_empty(), "{name}");
    }
}

#[test]
fn steps_of_a_scale_are_no_text_even_where_nothing_else_is_one() {
    let steps = ["strongly agree", "agree", "disagree", "strongly disagree"];
    let rows: Vec<Vec<&str>> = (0..8).map(|at| vec![steps[at % 4]]).collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    assert_eq!(passed(&["comment"], &rows), ["comment"]);
    assert!(passed(&["comment"], &rows[..4]).is_empty());
    let words: Vec<Vec<&str>> =
        (0..20).map(|at| vec![["late again", "nice staff"][at % 2]]).collect();
    let words: Vec<&[&str]> = words.iter().map(Vec::as_slice).collect();
    assert!(passed(&["comment"], &words).is_empty());
}
