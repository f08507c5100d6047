use std::collections::BTreeSet;

use super::*;
use crate::touchpoint::keyphrases::tests::strays;

fn codebook(sector: Sector) -> Codebook {
    Codebook::built_in().with_sector(sector).expect("it is built in")
}

fn touchpoint<'c>(codebook: &'c Codebook, id: &str) -> &'c Touchpoint {
    codebook.touchpoints().iter().find(|own| own.id == id).expect(id)
}

/// The sector's own touchpoints.
fn own(sector: Sector) -> Vec<Touchpoint> {
    let addition = sector.addition().unwrap_or_else(|error| panic!("{error}"));
    addition.touchpoints.into_iter().map(|(own, _)| own).collect()
}

#[test]
fn every_sector_joins_the_built_in_codebook() {
    let base = Codebook::built_in();
    for sector in Sector::ALL {
        let merged = codebook(sector);
        let added = own(sector).len();
        assert!((8..=12).contains(&added), "{} has {added}", sector.name());
        assert_eq!(merged.touchpoints().len(), base.touchpoints().len() + added);
        assert!(merged.touchpoints().iter().all(|own| !own.keyphrases[&Language::De].is_empty()));
    }
}

#[test]
fn the_touchpoints_of_sectors_are_complete() {
    for sector in Sector::ALL {
        for touchpoint in own(sector) {
            let id = format!("{} {}", sector.name(), touchpoint.id);
            for language in [Language::De, Language::En] {
                assert!(touchpoint.names.iter().any(|(own, _)| own == language), "{id} {language}");
                let described = touchpoint.description.iter().any(|(own, _)| own == language);
                assert!(described, "{id} {language}");
                assert!(touchpoint.examples[&language].len() >= 2, "{id} {language}");
                assert!(touchpoint.keyphrases[&language].len() >= 9, "{id} {language}");
            }
            assert_eq!(touchpoint.keyphrases.len(), 7, "{id}");
            assert!(touchpoint.keyphrases.values().all(|phrases| phrases.len() >= 5), "{id}");
        }
    }
}

#[test]
fn known_problems_are_named_and_said_in_german_and_english() {
    for sector in Sector::ALL {
        for touchpoint in codebook(sector).touchpoints() {
            for problem in &touchpoint.problems {
                let id = format!("{} {} {}", sector.name(), touchpoint.id, problem.id);
                for language in [Language::De, Language::En] {
                    assert!(problem.name.iter().any(|(own, _)| own == language), "{id}");
                    assert!(!problem.examples[&language].is_empty(), "{id}");
                }
            }
        }
    }
}

/// In every language for itself and together with the English words, which serve all.
#[test]
fn no_word_belongs_to_two_touchpoints_of_a_sector_and_the_base() {
    let mut faults = vec![];
    for sector in Sector::ALL {
        let merged = codebook(sector);
        for language in Language::ALL {
            let mut seen = BTreeMap::new();
            for touchpoint in merged.touchpoints() {
                for phrase in touchpoint.keyphrases.get(&language).into_iter().flatten() {
                    if let Some(other) = seen.insert(wording(phrase), &touchpoint.id) {
                        let sector = sector.name();
                        faults.push(format!(
                            "{sector} {language} {other}, {}: {phrase}",
                            touchpoint.id
                        ));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// A base's longer phrase may be about its own touchpoint and the sector's.
#[test]
fn every_keyphrase_of_a_sector_finds_its_own_touchpoint_and_no_other() {
    for sector in Sector::ALL {
        let strays = strays(&codebook(sector));
        assert!(strays.is_empty(), "{}: {}", sector.name(), strays.join("\n"));
    }
}

#[test]
fn a_word_of_the_base_moves_to_the_sector_that_has_it_elsewhere() {
    let merged = codebook(Sector::Health);
    let words = |id: &str| touchpoint(&merged, id).keyphrases[&Language::De].clone();
    assert!(words("prescriptions").contains(&"überweisung".to_owned()));
    assert!(!words("payment").contains(&"überweisung".to_owned()));
    assert!(words("payment").contains(&"rechnung".to_owned()));
}

const OWN: &str = r#"
[[phase]]
id = "after"
names = "Danach"

[[touchpoint]]
id = "trips"
phase = "after"
names = "Fahrten"
keyphrases.de = ["fahrt", "gepäck"]
"#;

#[test]
fn a_codebook_of_ones_own_keeps_its_words_and_order() {
    let codebook = Codebook::parse(OWN, "own.toml").expect("valid");
    let merged = codebook.with_sector(Sector::Travel).expect("nothing in common");
    assert_eq!(merged.touchpoints()[0].id, "trips");
    assert_eq!(merged.touchpoints()[0].keyphrases[&Language::De], ["fahrt", "gepäck"]);
    let baggage = touchpoint(&merged, "baggage");
    assert_eq!(baggage.parent, None, "there is no transport to be a part of");
    assert_eq!(merged.phases()[baggage.phase].id, "use");
}

#[test]
fn a_part_stands_behind_its_parent() {
    let merged = codebook(Sector::Travel);
    let position = |id: &str| merged.ids().iter().position(|own| *own == id).expect("known");
    let baggage = &merged.touchpoints()[position("baggage")];
    assert_eq!(baggage.parent, Some(position("transport")));
    assert_eq!(position("baggage"), position("transport") + 1);
    assert!(merged.touchpoints().is_sorted_by_key(|touchpoint| touchpoint.phase));
}

#[test]
fn an_identifier_in_common_is_an_error_with_its_place() {
    let own = OWN.replace("trips", "baggage");
    let codebook = Codebook::parse(&own, "own.toml").expect("valid");
    let error = codebook.with_sector(Sector::Travel).expect_err("taken").to_string();
    assert!(
        error.starts_with("sector travel:4:6: your codebook has a touchpoint `baggage`"),
        "{error}"
    );
    assert!(error.ends_with("give yours another id, or leave the sector `travel` out"), "{error}");
}

#[test]
fn mistakes_in_a_sector_are_named_with_their_place() {
    let error = |source: &str| parse::sector(source, "x.toml").err().expect("wrong").to_string();
    assert_eq!(
        error("[[extend]]\nid = \"hotlin\"\n"),
        "x.toml:2:6: there is no touchpoint `hotlin`; did you mean `hotline`?"
    );
    assert!(error("[[extends]]\n").starts_with("x.toml:1:3: there is no key `extends` here"));
}

#[test]
fn every_sector_makes_a_codebook_of_its_own() {
    let mut seen: BTreeSet<_> = Sector::ALL.map(|own| codebook(own).sha256()).into();
    seen.insert(Codebook::built_in().sha256());
    assert_eq!(seen.len(), Sector::ALL.len() + 1, "the manifest tells them apart");
}
