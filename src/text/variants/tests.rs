use super::super::terms::terms;
use super::*;

/// The variants of a corpus in which texts were written so many times each.
fn variants(language: Language, corpus: &[(&str, u64)]) -> Variants {
    let mut counts: BTreeMap<String, (String, u64)> = BTreeMap::new();
    for (text, times) in corpus {
        for term in terms(text, language) {
            counts.entry(term.key).or_insert((term.surface, 0)).1 += times;
        }
    }
    let known = counts.iter().map(|(key, (surface, mentions))| Known {
        key,
        surface,
        mentions: *mentions,
        language,
    });
    Variants::new(known, 1)
}

fn key(text: &str, language: Language) -> String {
    terms(text, language).first().map(|term| term.key.clone()).unwrap_or_default()
}

fn keys(variants: &Variants, text: &str, language: Language) -> Vec<String> {
    let written = terms(text, language);
    variants.apply(&written).into_iter().map(|(key, _)| key.into_owned()).collect()
}

/// Whether `rare`, written so many times, counts as `common`, written a hundred times.
fn joins(common: &str, rare: &str, times: u64, language: Language) -> bool {
    let variants = variants(language, &[(common, 100), (rare, times)]);
    keys(&variants, rare, language) == [key(common, language)]
}

#[test]
fn a_typing_error_counts_as_the_word() {
    for (common, rare, language) in [
        ("Lieferung", "Leiferung", Language::De),
        ("Lieferung", "Liefreung", Language::De),
        ("Anschluss", "Anschlus", Language::De),
        ("Verspätung", "Verspättung", Language::De),
        ("Kundenservice", "Kundeservice", Language::De),
        ("Rücksendung", "Rücksendug", Language::De),
        ("appointment", "apointment", Language::En),
        ("appointment", "appoitnment", Language::En),
        ("broadband", "braodband", Language::En),
        ("restaurant", "restarant", Language::En),
        ("remboursement", "rembousement", Language::Fr),
    ] {
        assert!(joins(common, rare, 2, language), "{rare}");
        // One that does not recur is not among the known terms.
        let corpus = variants(language, &[(common, 100)]);
        assert_eq!(keys(&corpus, rare, language), [key(common, language)], "{rare}");
    }
}

#[test]
fn two_words_that_look_alike_stay_two() {
    for (common, rare, language) in [
        ("Lieferung", "Liederung", Language::De),
        ("bestellt", "bestellbar", Language::De),
        ("kostet", "rostet", Language::De),
        ("form", "from", Language::En),
        ("Leistung", "Leitung", Language::De),
        ("Leitung", "Leistung", Language::De),
        ("contract", "contact", Language::En),
        ("contact", "contract", Language::En),
        ("complaint", "compliant", Language::En),
        ("Heizung", "Reizung", Language::De),
        ("Rechnung", "Rechnung2", Language::De),
        ("freundlich", "unfreundlich", Language::De),
        ("geschmeckt", "geschmückt", Language::De),
        // Two errors at once.
        ("appointment", "apoitnment", Language::En),
    ] {
        assert!(!joins(common, rare, 2, language), "{rare}");
    }
}

#[test]
fn what_is_written_often_is_no_typing_error() {
    assert!(joins("broadband", "braodband", 5, Language::En));
    assert!(!joins("broadband", "braodband", 6, Language::En));
}

#[test]
fn a_phrase_is_spelt_word_by_word() {
    let corpus = variants(Language::De, &[("Lieferung zu spät", 100)]);
    let right = keys(&corpus, "Lieferung zu spät", Language::De);
    assert_eq!(keys(&corpus, "Liefreung zu spät", Language::De), right);
    // A mention holds each term once.
    assert_eq!(keys(&corpus, "Liefreung zu spät, Lieferung zu spät", Language::De), right);
}

#[test]
fn a_negated_word_counts_as_its_antonym() {
    for (antonym, negated, language) in [
        ("unpünktlich", "nicht pünktlich", Language::De),
        ("Unfreundliche", "gar nicht freundlich", Language::De),
        ("unreliable", "not reliable", Language::En),
        ("unhelpful", "wasn't helpful", Language::En),
        ("inefficient", "not efficient", Language::En),
        ("indisponible", "n'est pas disponible", Language::Fr),
        ("ineficiente", "no es eficiente", Language::Es),
        ("onvriendelijk", "niet vriendelijk", Language::Nl),
    ] {
        let corpus = variants(language, &[(antonym, 9), (negated, 3)]);
        let found = keys(&corpus, negated, language);
        assert_eq!(found, [key(antonym, language)], "{negated}");
    }
}

#[test]
fn a_prefix_alone_makes_no_antonym() {
    for (word, negated, language) in [
        ("Unkosten", "keine Kosten", Language::De),
        ("invoice", "no voice", Language::En),
        ("discovered", "not covered", Language::En),
        ("indifferent", "not different", Language::En),
        ("import", "no port", Language::En),
        ("onboard", "not board", Language::En),
        ("unlocked", "not locked", Language::En),
    ] {
        let corpus = variants(language, &[(word, 9), (negated, 3)]);
        let found = keys(&corpus, negated, language);
        assert_ne!(found, [key(word, language)], "{negated}");
    }
    // The antonym must be written somewhere.
    let corpus = variants(Language::De, &[("nicht pünktlich", 3)]);
    let negated = key("nicht pünktlich", Language::De);
    assert_eq!(keys(&corpus, "nicht pünktlich", Language::De), [negated]);
}
