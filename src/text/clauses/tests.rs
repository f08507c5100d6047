use super::*;

#[test]
fn a_torn_clause_reads_worse_than_a_whole_one() {
    let quality = |text: &str, language| Shape::of(text, language, |_| false).quality();
    for (torn, whole, language) in [
        ("hat sich der Kellner nicht bedankt", "der Kellner hat sich nicht bedankt", Language::De),
        ("Ein toller Abend mit einer guten", "Ein toller Abend mit einer Freundin", Language::De),
        (
            "is making our bill really expensive",
            "Roaming is making our bill expensive",
            Language::En,
        ),
    ] {
        assert!(quality(torn, language) < quality(whole, language) - 0.1, "{torn}");
    }
    for (case, all, language) in [
        (
            "Vierzig Minuten in der Warteschleife",
            "Lange Minuten in der Warteschleife",
            Language::De,
        ),
        ("Plötzlich kam die Kellnerin nicht", "Leider kam die Kellnerin nicht", Language::De),
        ("The order was cancelled twice", "The order was cancelled again", Language::En),
    ] {
        let [own, other] = [case, all].map(|text| quality(text, language));
        assert!(own < other - 0.05, "{case}: {own} {other}");
    }
    let had = quality("Had to wait four weeks", Language::En);
    assert!(had > quality("is to wait four weeks", Language::En));
}

#[test]
fn a_mention_is_cut_at_marks_and_before_conjunctions() {
    let text = "Die Wartezeit am Telefon ist einfach zu lang, und der Rückruf kam nie.";
    let found = clauses(text, Language::De);
    assert!(
        found.contains(&"Die Wartezeit am Telefon ist einfach zu lang".to_owned()),
        "{found:?}"
    );
    assert!(found.contains(&"der Rückruf kam nie".to_owned()), "{found:?}");
    let text = "Sent back twice and still not refunded because the depot lost it";
    let found = clauses(text, Language::En);
    for clause in
        ["Sent back twice", "still not refunded", "Sent back twice and still not refunded"]
    {
        assert!(found.contains(&clause.to_owned()), "{clause}: {found:?}");
    }
}

#[test]
fn links_handles_and_ties_are_no_part_of_a_clause() {
    let found = clauses("@united lost my bag https://t.co/x and the", Language::En);
    assert_eq!(found, ["lost my bag"]);
}

#[test]
fn the_shortest_hold_no_other() {
    let all = ["a b c d", "c d", "a b"].map(str::to_owned);
    assert_eq!(shortest(&all), ["c d", "a b"]);
}

#[test]
fn a_name_says_something_of_something() {
    let none = |_: &str| false;
    let may = |clause: &str, language| Shape::of(clause, language, none).may_name(none);
    assert!(may("Techniker kam nicht", Language::De));
    assert!(may("customer service is rude", Language::En));
    for (clause, language) in [
        ("nie wieder", Language::De),
        ("sehr schlecht", Language::De),
        ("why so late?", Language::En),
        ("THIS IS A DISASTER FOR ALL", Language::En),
    ] {
        assert!(!may(clause, language), "{clause}");
    }
    let quality = |clause: &str| Shape::of(clause, Language::En, none).quality();
    assert!(quality("parcel never arrived on time") > quality("it arrived"));
}

#[test]
fn what_points_elsewhere_is_known_wherever_it_does() {
    let points = |text| Shape::of(text, Language::De, |_| false).points_elsewhere();
    assert!(points("Die Rechnung dazu nicht") && points("Dafür keine Antwort erhalten"));
    assert!(!points("Die Rechnung stimmt nicht"));
}
