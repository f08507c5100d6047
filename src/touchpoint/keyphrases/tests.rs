use std::collections::{BTreeMap, BTreeSet};

use super::*;

const CODEBOOK: &str = r#"
[[touchpoint]]
id = "app"
phase = "use"
names = { en = "App" }
keyphrases.de = ["app"]
keyphrases.en = ["app"]
excludes = ["app store"]

[[touchpoint]]
id = "delivery"
phase = "purchase"
names = { en = "Delivery" }
keyphrases.de = ["liefer*", "verspätung", "nie angekommen", "*zustellung"]
keyphrases.en = ["delivery", "never arrived"]

[[touchpoint]]
id = "payment"
phase = "purchase"
names = { en = "Payment" }
keyphrases.de = ["*rechnung", "größere beträge"]
keyphrases.fr = ["prélèvement", "facture"]
keyphrases.es = ["facturación"]

[[touchpoint]]
id = "driver"
phase = "purchase"
names = { en = "Driver" }
keyphrases.en = ["delivery driver", "=ups"]
keyphrases.de = ["*fahrer*"]
"#;

fn found(text: &str, language: Language) -> Vec<(String, String)> {
    found_by(CODEBOOK, text, language)
}

fn found_by(codebook: &str, text: &str, language: Language) -> Vec<(String, String)> {
    let codebook = Codebook::parse(codebook, "test.toml").expect("valid");
    KeyphraseMatcher::new(&codebook)
        .find(text, language)
        .into_iter()
        .map(|hit| (codebook.touchpoints()[hit.touchpoint].id.clone(), text[hit.span].to_owned()))
        .collect()
}

fn one(touchpoint: &str, words: &str) -> Vec<(String, String)> {
    vec![(touchpoint.to_owned(), words.to_owned())]
}

#[test]
fn words_match_at_their_boundaries_only() {
    for text in ["I am so happy", "the apparatus", "knapp daneben", "apple pie", "Appell", "Mappe"]
    {
        assert_eq!(found(text, Language::Und), [], "{text}");
    }
    assert_eq!(found("Die APP!", Language::De), one("app", "APP"));
    assert_eq!(found("#app_crash", Language::En), one("app", "app"));
    assert_eq!(found("two apps", Language::En), one("app", "apps"));
}

#[test]
fn a_star_at_the_end_matches_the_first_part_of_a_compound() {
    assert_eq!(
        found("Diese Lieferverzögerung!", Language::De),
        one("delivery", "Lieferverzögerung")
    );
    assert_eq!(found("ausgeliefert", Language::De), []);
}

#[test]
fn a_star_at_the_start_matches_the_head_of_a_compound_and_its_inflections() {
    assert_eq!(found("Die Stromrechnung", Language::De), one("payment", "Stromrechnung"));
    assert_eq!(found("alle Stromrechnungen", Language::De), one("payment", "Stromrechnungen"));
    assert_eq!(found("Rechnungsportal", Language::De), []);
}

#[test]
fn an_equals_sign_asks_for_the_word_as_written() {
    assert_eq!(found("UPS was late", Language::En), one("driver", "UPS"));
    assert_eq!(found("It came up late", Language::En), []);
}

#[test]
fn stars_on_both_sides_match_anywhere() {
    assert_eq!(found("Paketfahrerin", Language::De), one("driver", "Paketfahrerin"));
}

#[test]
fn umlauts_may_be_spelled_out_composed_or_decomposed() {
    for word in ["Verspätung", "Verspaetung", "VERSPÄTUNGEN", "Verspa\u{308}tung"] {
        assert_eq!(found(word, Language::De), one("delivery", word), "{word}");
    }
    assert_eq!(found("groessere Betraege", Language::De), one("payment", "groessere Betraege"));
}

#[test]
fn accents_may_be_left_out() {
    for word in ["prélèvements", "prelevement"] {
        assert_eq!(found(word, Language::Fr), one("payment", word), "{word}");
    }
    for word in ["facturación", "facturacion"] {
        assert_eq!(found(word, Language::Es), one("payment", word), "{word}");
    }
}

#[test]
fn a_phrase_matches_consecutive_words_only() {
    let text = "The parcel NEVER   arrived.";
    assert_eq!(found(text, Language::En), one("delivery", "NEVER   arrived"));
    assert_eq!(found("It never really arrived", Language::En), []);
    assert_eq!(found("it never", Language::En), []);
}

#[test]
fn an_exclude_cancels_what_it_overlaps_and_nothing_else() {
    assert_eq!(found("im App Store", Language::De), []);
    assert_eq!(found("Die App aus dem App Store", Language::De), one("app", "App"));
}

/// An order that the company cancels is no customer who leaves.
#[test]
fn a_gap_holds_up_to_two_words() {
    let codebook = "[[touchpoint]]\nid = \"exit\"\nphase = \"exit\"\nnames = \"Exit\"\nexcludes = [\"order … cancelled\", \"they … cancelled\"]\n\
                    keyphrases.en = [\"cancelled\"]\n";
    let found = |text| found_by(codebook, text, Language::En);
    for text in ["My order cancelled", "the order had been cancelled", "They just cancelled it"] {
        assert_eq!(found(text), [], "{text}");
    }
    for text in ["I cancelled", "the order was very late so cancelled"] {
        assert_eq!(found(text), one("exit", "cancelled"), "{text}");
    }
}

#[test]
fn senses_of_cancelling_are_told_apart() {
    let codebook = Codebook::built_in();
    let matcher = KeyphraseMatcher::new(&codebook);
    let leaves = |text: &str, language| {
        matcher
            .find(text, language)
            .iter()
            .any(|hit| codebook.ids()[hit.touchpoint] == "cancellation")
    };
    for (text, language, expected) in [
        ("Because you cancelled our order.", Language::En, false),
        ("Appointment cancelled four times.", Language::En, false),
        ("My broadband order was cancelled without informing me.", Language::En, false),
        ("Engineer called to cancel because of the weather", Language::En, false),
        ("I have cancelled the order which took another hour.", Language::En, false),
        ("They make it so hard to cancel.", Language::En, true),
        ("I cancelled my contract after ten years", Language::En, true),
        ("I want to cancel my subscription", Language::En, true),
        ("Meine Bestellung wurde einfach storniert", Language::De, false),
        ("Mir wurde ohne Grund gekündigt", Language::De, false),
        ("Ich habe gekündigt", Language::De, true),
        ("Die Kündigung wurde nie bestätigt", Language::De, true),
        ("Ma commande a été annulée sans prévenir", Language::Fr, false),
        ("J'ai résilié mon contrat", Language::Fr, true),
        ("Me han cancelado el pedido", Language::Es, false),
        ("Quiero cancelar el contrato", Language::Es, true),
    ] {
        assert_eq!(leaves(text, language), expected, "{text}");
    }
}

/// An exclude may be a comma too long: "in the store, it was blue" is about no storing.
#[test]
fn an_exclude_stays_within_a_clause() {
    let codebook = "[[touchpoint]]\nid = \"shop\"\nphase = \"use\"\nnames = \"Shop\"\nexcludes = [\"store it\"]\n\
                    keyphrases.en = [\"store\"]\n";
    let found = |text| found_by(codebook, text, Language::En);
    assert_eq!(found("Where do I store it?"), []);
    assert_eq!(found("In the store, it was blue."), one("shop", "store"));
}

#[test]
fn alternatives_stand_for_phrases() {
    let codebook = "[[touchpoint]]\nid = \"staff\"\nphase = \"use\"\nnames = \"Staff\"\nexcludes = [\"dog|cat owner|owners\"]\n\
                    keyphrases.en = [\"owner\"]\n";
    let found = |text| found_by(codebook, text, Language::En);
    for text in ["a dog owner", "cat owners", "dog owners"] {
        assert_eq!(found(text), [], "{text}");
    }
    assert_eq!(found("the owner"), one("staff", "owner"));
}

/// "Angeboten" is offered or offers.
#[test]
fn a_keyphrase_that_says_more_than_an_exclude_counts() {
    let codebook = "[[touchpoint]]\nid = \"price\"\nphase = \"use\"\nnames = \"Price\"\nexcludes = [\"angeboten\"]\n\
                    keyphrases.de = [\"angebote\", \"den angeboten\"]\n";
    let found = |text| found_by(codebook, text, Language::De);
    assert_eq!(found("Es wird nichts angeboten"), []);
    assert_eq!(found("bei den Angeboten"), one("price", "den Angeboten"));
}

/// How often a word is taken in the sense that makes it a keyphrase.
#[derive(Clone, Copy, Default)]
struct Senses {
    /// Meant so and found.
    right: u32,
    /// Not meant so, and found all the same.
    wrong: u32,
    /// Meant so and not found.
    missed: u32,
}

impl Senses {
    fn add(&mut self, meant: bool, found: bool) {
        match (meant, found) {
            (true, true) => self.right += 1,
            (false, true) => self.wrong += 1,
            (true, false) => self.missed += 1,
            (false, false) => {}
        }
    }

    fn percent(self, besides: u32) -> f64 {
        100.0 * f64::from(self.right) / f64::from((self.right + besides).max(1))
    }

    fn precision(self) -> f64 {
        self.percent(self.wrong)
    }

    fn recall(self) -> f64 {
        self.percent(self.missed)
    }
}

/// docs/accuracy.md has the figures: `cargo test --lib words_of_two_senses -- --nocapture`.
#[test]
#[allow(clippy::print_stdout, reason = "the figures are what the documentation quotes")]
fn words_of_two_senses_are_told_apart() {
    let codebook = Codebook::built_in();
    let matcher = KeyphraseMatcher::new(&codebook);
    for (set, texts, precision, recall) in [
        ("senses.tsv", include_str!("../../../tests/data/labelled/senses.tsv"), 85.0, 98.0),
        (
            "senses_apart.tsv",
            include_str!("../../../tests/data/labelled/senses_apart.tsv"),
            75.0,
            98.0,
        ),
        (
            "senses_fresh.tsv",
            include_str!("../../../tests/data/labelled/senses_fresh.tsv"),
            70.0,
            88.0,
        ),
    ] {
        let mut words: BTreeMap<String, Senses> = BTreeMap::new();
        for line in texts.lines() {
            let cells: Vec<_> = line.split('\t').collect();
            let [code, word, touchpoint, meant, text] = cells[..] else { panic!("{line}") };
            let language = Language::from_code(code).expect("a language");
            let hits = matcher.find(text, language);
            let found = hits.iter().any(|hit| codebook.ids()[hit.touchpoint] == touchpoint);
            for name in [format!("{code} {word}"), format!("{code}, all"), "all".to_owned()] {
                words.entry(name).or_default().add(meant == "yes", found);
            }
        }
        println!("{set}: found rightly (precision), found (recall), in %");
        for (name, senses) in &words {
            println!("  {name}: {:.1} {:.1}", senses.precision(), senses.recall());
        }
        assert!(words["all"].precision() >= precision, "{set}");
        assert!(words["all"].recall() >= recall, "{set}");
    }
}

#[test]
fn a_longer_phrase_beats_a_shorter_one_within_it() {
    assert_eq!(found("the delivery driver", Language::En), one("driver", "delivery driver"));
}

#[test]
fn the_head_of_a_compound_beats_its_first_part() {
    assert_eq!(found("Lieferrechnung", Language::De), one("payment", "Lieferrechnung"));
}

/// At airports "facturación" is the check-in desk, and shares its stem with the invoice.
#[test]
fn a_word_as_it_is_spelled_beats_one_of_its_stem() {
    let touchpoint = |id: &str, word: &str| {
        format!(
            "[[touchpoint]]\nid = \"{id}\"\nphase = \"use\"\nnames = \"{id}\"\nkeyphrases.es = [\"{word}\"]\n"
        )
    };
    let codebook = touchpoint("payment", "factura") + &touchpoint("checkin", "facturación");
    let found = |text| found_by(&codebook, text, Language::Es);
    assert_eq!(found("La facturación duró"), one("checkin", "facturación"));
    assert_eq!(found("La factura no llegó"), one("payment", "factura"));
    assert_eq!(found("Las facturas no llegaron"), one("payment", "facturas"));
}

#[test]
fn the_languages_own_and_english_keyphrases_count() {
    assert_eq!(found("Die Delivery", Language::De), one("delivery", "Delivery"));
    assert_eq!(found("la facture", Language::De), []);
    assert_eq!(found("la facture", Language::Fr), one("payment", "facture"));
    assert_eq!(found("la facture", Language::Und), one("payment", "facture"));
}

#[test]
fn a_phrase_of_several_languages_is_found_once() {
    assert_eq!(found("app", Language::Und).len(), 1);
}

#[test]
fn texts_without_words_have_no_keyphrases() {
    for text in ["", "  ", "😡!!", "…"] {
        assert_eq!(found(text, Language::Und), [], "{text}");
    }
}

/// The keyphrases of a codebook that find another touchpoint than their own, or several, or none.
pub(crate) fn strays(codebook: &Codebook) -> Vec<String> {
    let matcher = KeyphraseMatcher::new(codebook);
    let mut strays = vec![];
    for (touchpoint, definition) in codebook.touchpoints().iter().enumerate() {
        for (&language, phrases) in &definition.keyphrases {
            for phrase in phrases {
                let text = phrase.replace(['*', '='], "");
                let hits = matcher.find(&text, language);
                let found: BTreeSet<_> = hits.iter().map(|hit| hit.touchpoint).collect();
                if found != BTreeSet::from([touchpoint]) {
                    let found = found.iter().map(|index| &codebook.touchpoints()[*index].id);
                    let found: Vec<_> = found.map(String::as_str).collect();
                    strays.push(format!("{language} {}: {phrase} → {found:?}", definition.id));
                }
            }
        }
    }
    strays
}

#[test]
fn every_built_in_keyphrase_finds_its_own_touchpoint_and_no_other() {
    let strays = strays(&Codebook::built_in());
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

#[test]
fn words_that_only_share_a_stem_are_different_words() {
    for (text, language) in [("como siempre", Language::Es), ("all set", Language::En)] {
        let codebook = Codebook::built_in();
        assert_eq!(KeyphraseMatcher::new(&codebook).find(text, language), [], "{text}");
    }
}

/// Everyday words that resemble a built-in keyphrase.
#[test]
fn built_in_keyphrases_leave_everyday_words_alone() {
    let codebook = Codebook::built_in();
    let matcher = KeyphraseMatcher::new(&codebook);
    for (text, language) in [
        ("Das war knapp", Language::De),
        ("am Montag", Language::De),
        ("wir waren eingeladen und überladen", Language::De),
        ("Termine in der Region Land", Language::De),
        ("Technik ist Mode", Language::De),
        ("Bewerbung um einen Zugang", Language::De),
        ("a friend of mine came up in time", Language::En),
        ("light and happy, in order to build it, but till then the apparatus", Language::En),
        ("em como funciona", Language::Pt),
        ("schon done, I don't, am Montag, my wife came by car, gar", Language::Und),
    ] {
        let hits = matcher.find(text, language);
        assert!(hits.is_empty(), "{text}: {hits:?}");
    }
}
