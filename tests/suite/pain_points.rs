//! What belongs together as a reader sees it: the same complaint in two languages, and how finely pain points
//! are told apart.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::Path;

use super::feedback::sample;
use super::program::{Results, Workplace};
use super::table::Row;

/// Complaints of one kind, in German and in English.
const COMPLAINTS: [[[&str; 4]; 2]; 4] = [
    [
        [
            "Die Lieferung kam viel zu spät.",
            "Das Paket ist zwei Wochen zu spät angekommen.",
            "Schon wieder verspätete Lieferung, ich warte seit Tagen auf das Paket.",
            "Meine Bestellung ist immer noch nicht geliefert worden.",
        ],
        [
            "The delivery was far too late.",
            "The parcel arrived two weeks late.",
            "Late delivery again, I have been waiting for the parcel for days.",
            "My order has still not been delivered.",
        ],
    ],
    [
        [
            "Die App stürzt nach dem Update ständig ab.",
            "Beim Öffnen stürzt die App sofort ab.",
            "Die App hängt und friert dauernd ein.",
            "Seit dem Update lässt sich die App nicht mehr öffnen.",
        ],
        [
            "The app keeps crashing after the update.",
            "The app crashes as soon as I open it.",
            "The app freezes and hangs all the time.",
            "Since the update the app does not open any more.",
        ],
    ],
    [
        [
            "Eine Stunde in der Warteschleife der Hotline, niemand geht ans Telefon.",
            "Am Telefon erreicht man niemanden.",
            "Die Hotline ist nie erreichbar, man hängt ewig in der Warteschleife.",
            "Ich habe dreimal angerufen und niemand nahm ab.",
        ],
        [
            "An hour on hold with the hotline, nobody answers the phone.",
            "You cannot reach anybody on the phone.",
            "The hotline can never be reached, you are on hold forever.",
            "I called three times and nobody picked up.",
        ],
    ],
    [
        [
            "Die Schuhe sind viel zu klein ausgefallen.",
            "Die Größe passt überhaupt nicht, alles zu eng.",
            "Die Hose ist zu kurz und die Größe stimmt nicht.",
            "Das Kleid ist zu eng und fällt klein aus.",
        ],
        [
            "The shoes run far too small.",
            "The size does not fit at all, everything is too tight.",
            "The trousers are too short and the size is wrong.",
            "The dress is too tight and runs small.",
        ],
    ],
];

#[test]
fn a_complaint_and_its_translation_are_one_pain_point() {
    const COPIES: usize = 4;
    let mut rows = "id,comment\n".to_owned();
    for (kind, languages) in COMPLAINTS.iter().enumerate() {
        for (language, texts) in languages.iter().enumerate() {
            for (number, text) in texts.iter().cycle().take(texts.len() * COPIES).enumerate() {
                writeln!(rows, "{kind}{language}-{number},\"{text}\"").unwrap();
            }
        }
    }
    let workplace = Workplace::new();
    let input = workplace.file("complaints.csv", rows);
    workplace.analyze(&input, &["--threads", "2"]).with_code(0);
    let mut chosen: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for mention in workplace.results().table("mentions.csv").rows {
        for id in mention.list("pain_points") {
            let group = mention.text("feedback_id")[..2].to_owned();
            *chosen.entry(group).or_default().entry(id.to_owned()).or_default() += 1;
        }
    }
    let commonest = |group: String| {
        let ids = chosen.get(&group)?;
        Some(ids.iter().max_by_key(|(_, count)| **count)?.0.clone())
    };
    let pairs: Vec<[Option<String>; 2]> = (0..COMPLAINTS.len())
        .map(|kind| [0, 1].map(|language| commonest(format!("{kind}{language}"))))
        .collect();
    let together = pairs.iter().filter(|[de, en]| de.is_some() && de == en).count();
    let apart: BTreeSet<&Option<String>> = pairs.iter().map(|[de, _]| de).collect();
    assert!(together >= 3 && apart.len() >= 3, "{pairs:?}");
}

#[test]
fn what_many_write_in_the_very_same_words_is_a_pain_point() {
    const SAME: usize = 60;
    let same = |rows: &mut String| {
        (0..SAME).for_each(|number| writeln!(rows, "S{number};Die App stürzt ab.").unwrap());
    };
    let mut alone = "id;Kommentar\n".to_owned();
    same(&mut alone);
    let mut among_others = "id;Kommentar\n".to_owned();
    for (number, text) in COMPLAINTS.iter().flat_map(|[de, _]| de).cycle().take(140).enumerate() {
        writeln!(among_others, "{number};{text}").unwrap();
    }
    same(&mut among_others);
    for rows in [alone, among_others] {
        let workplace = Workplace::new();
        let input = workplace.file("complaints.csv", rows);
        workplace.analyze(&input, &["--threads", "2"]).with_code(0);
        let first = &workplace.results().table("pain_points.csv").rows[0];
        assert!(first.text("label").contains("stürzt ab"), "{first:?}");
        assert!(first.number("feedback") >= SAME as f64, "{first:?}");
    }
}

#[test]
fn pain_points_of_one_touchpoint_are_those_of_a_run_over_everything() {
    let workplace = Workplace::new();
    let input = sample("shop_reviews.csv");
    workplace.analyze(&input, &["--touchpoint", "Lieferung"]).with_code(0);
    let results = workplace.results();
    let manifest = results.manifest();
    assert_eq!(manifest["touchpoint"], "delivery");
    let whole = Workplace::new();
    whole.analyze(&input, &[]).with_code(0);
    // Whose family is at other touchpoints has none among those told of.
    let told_of = [
        "pain_point_id",
        "label",
        "terms",
        "mentions",
        "feedback",
        "share",
        "severity",
        "priority",
        "kind",
    ];
    let lines = |results: &Results| -> Vec<String> {
        let rows = results.table("pain_points.csv").rows;
        let own = rows.iter().filter(|row| row.text("touchpoint") == "delivery");
        own.map(|row| told_of.map(|column| row.text(column)).join("|")).collect()
    };
    let told = lines(&results);
    assert!(!told.is_empty());
    assert_eq!(told, lines(&whole.results()));
    assert_eq!(told.len(), results.table("pain_points.csv").rows.len());
    // The share of its complaints that are in some pain point is not that of those told of.
    let mentions = whole.results().table("mentions.csv").rows;
    let negative: Vec<&Row> = mentions
        .iter()
        .filter(|row| row.list("touchpoints").contains(&"delivery"))
        .filter(|row| row.text("sentiment") == "negative")
        .collect();
    let covered = negative.iter().filter(|row| !row.list("pain_points").is_empty()).count();
    let share = covered as f64 / negative.len() as f64;
    assert!((manifest["covered_share"].as_f64().unwrap() - share).abs() < 1e-9);
}

#[test]
fn a_touchpoint_that_does_not_exist_or_another_than_before_is_refused() {
    let workplace = Workplace::new();
    let input = sample("umfrage_energie.csv");
    workplace
        .refuses(&input, &["--touchpoint", "apq"])
        .with_code(2)
        .saying(&["apq", "it has delivery"]);
    let earlier = Workplace::new();
    earlier.analyze(&input, &[]).with_code(0);
    let folder = earlier.path("out");
    let baseline = |folder: &Path| ["--baseline".to_owned(), folder.to_str().unwrap().to_owned()];
    let of_everything = baseline(&folder);
    let delivery = ["--touchpoint", "delivery", &of_everything[0], &of_everything[1]];
    workplace.analyze(&input, &delivery).with_code(0);
    let of_delivery = baseline(&workplace.path("out"));
    let refused = Workplace::new();
    refused.refuses(&input, &[&of_delivery[0], &of_delivery[1]]).saying(&[
        "findings.json",
        "of delivery alone",
        "of all touchpoints",
    ]);
}

#[test]
fn finer_detail_tells_more_pain_points_apart() {
    let workplace = Workplace::new();
    let found = ["coarse", "fine"].map(|detail| {
        workplace.analyze(&sample("umfrage_energie.csv"), &["--detail", detail]).with_code(0);
        let manifest = workplace.results().manifest();
        assert_eq!(manifest["detail"], detail);
        manifest["pain_points"].as_u64().unwrap()
    });
    assert!(0 < found[0] && found[0] < found[1], "{found:?}");
}
