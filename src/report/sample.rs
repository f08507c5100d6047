//! Findings to test the exporters with, made up for this project.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use crate::mention::Group;
use crate::painpoint::findings::{
    Comparisons, Effect, Evidence, Findings, GroupComparison, Outcome, PainPoint, Periods, Score,
    Verbatim,
};
use crate::painpoint::flagged::{FlagSummary, FlaggedTouchpoint};
use crate::painpoint::lineage::{Change, Gone};
use crate::tally::comparison::Comparison;
use crate::tally::consistency::Consistency;
use crate::tally::corrections::{Agreement, CorrectionCounts};
use crate::tally::moments::Impact;
use crate::tally::statistics::{Estimate, Proportion};
use crate::tally::summary::{
    Ending, Experience, GroupSummary, MonthSummary, NpsSummary, PhaseSummary, RatingSummary,
    RowCounts, SentimentCounts, Summary, TouchpointSummary,
};
use crate::text::flags::Flag;

const WITH_TEXT: u64 = 2_380;

fn sentiment(negative: u64, neutral: u64, positive: u64) -> SentimentCounts {
    SentimentCounts { negative, neutral, positive }
}

fn months() -> Vec<Date> {
    (1..=12).map(|month| date(2025, month, 1)).collect()
}

/// Mentions spread over the year, rising or even.
fn by_month(mentions: u64, rising: bool) -> BTreeMap<Date, u64> {
    months()
        .into_iter()
        .zip(1..)
        .map(|(month, at)| (month, if rising { mentions * at / 78 } else { mentions / 12 }))
        .filter(|(_, count)| *count > 0)
        .collect()
}

/// Label, touchpoint, phase, terms, feedback, severity, quotations.
type Topic<'a> = (&'a str, &'a str, &'a str, &'a [&'a str], u64, f64, &'a [&'a str]);

fn topics(topics: &[Topic<'_>]) -> Vec<PainPoint> {
    topics
        .iter()
        .zip(0_u8..)
        .map(|((label, touchpoint, phase, terms, feedback, severity, quotes), at)| {
            let share = Proportion::new(*feedback, WITH_TEXT);
            PainPoint {
                id: format!("{touchpoint}-{at:04x}"),
                touchpoint: (*touchpoint).to_owned(),
                phase: (*phase).to_owned(),
                label: (*label).to_owned(),
                terms: terms.iter().map(|term| (*term).to_owned()).collect(),
                mentions: feedback + feedback / 7,
                feedback: share,
                severity: *severity,
                priority: share.share * severity,
                verbatims: quotes
                    .iter()
                    .zip(1..)
                    .map(|(text, day)| Verbatim {
                        feedback_id: format!("R-{day}"),
                        text: (*text).to_owned(),
                        date: Some(date(2025, 9, day)),
                    })
                    .collect(),
                months: by_month(feedback + feedback / 7, at.is_multiple_of(2)),
                evidence: evidence(*feedback, at),
            }
        })
        .collect()
}

/// A pain point that costs less than the one before it; every fifth is too rare for a score.
fn evidence(feedback: u64, at: u8) -> Evidence {
    let value = 0.52 - 0.06 * f64::from(at);
    let estimate = Estimate { n: WITH_TEXT, value, low: value - 0.1, high: value + 0.1 };
    let impact = Impact {
        with: feedback,
        without: WITH_TEXT - feedback,
        mean_with: -0.4,
        mean_without: value - 0.4,
        impact: estimate,
    };
    let scored = !at.is_multiple_of(5) || at == 0;
    Evidence {
        controllable: at != 3,
        impact: scored.then_some(impact),
        effect: scored.then_some(Effect { effect: estimate, weight: 0.05 / f64::from(at + 1) }),
        trend: Some(Comparison::new(
            Proportion::new(feedback * 2 / 3, WITH_TEXT / 2),
            Proportion::new(feedback / 3, WITH_TEXT / 2),
        )),
        change: Some(Change {
            comparison: (at != 2).then(|| {
                let share = |count| Proportion::new(count, WITH_TEXT);
                Comparison::new(share(feedback), share(feedback / 2))
            }),
            shared: 0.7,
        }),
    }
}

/// Suggestions about two touchpoints, and a few who leave.
fn flags() -> Vec<FlagSummary> {
    let flagged = |touchpoint: &str, mentions, text: &str| FlaggedTouchpoint {
        touchpoint: touchpoint.to_owned(),
        mentions,
        verbatims: vec![Verbatim {
            feedback_id: "R-9".to_owned(),
            text: text.to_owned(),
            date: Some(date(2025, 9, 9)),
        }],
    };
    vec![
        FlagSummary {
            flag: Flag::Suggestion,
            mentions: 94,
            feedback: Proportion::new(88, WITH_TEXT),
            touchpoints: vec![
                flagged("delivery", 61, "Es wäre schön, wenn man den Tag wählen könnte."),
                flagged("general", 33, "Mehr Auswahl wäre toll."),
            ],
        },
        FlagSummary {
            flag: Flag::Churn,
            mentions: 12,
            feedback: Proportion::new(12, WITH_TEXT),
            touchpoints: vec![flagged("hotline", 12, "Ich kündige zum Monatsende.")],
        },
    ]
}

/// What comparing pain points comes to: those of even rank are worse in the north.
fn comparisons(pain_points: &[PainPoint]) -> Comparisons {
    let group = Group { column: "Region".to_owned(), value: "Nord".to_owned(), source: false };
    let compared = pain_points.iter().zip(0_u64..).map(|(found, at)| GroupComparison {
        group: group.clone(),
        id: found.id.clone(),
        label: found.label.clone(),
        delight: false,
        comparison: Comparison::new(
            Proportion::new(60 + 60 * (at % 2), 1_260),
            Proportion::new(60, 1_120),
        ),
    });
    Comparisons {
        outcome: Some(Outcome { score: Score::Nps, n: 2_310, ranks: true, explained: Some(0.31) }),
        periods: Some(Periods { since: date(2025, 7, 1), earlier: 1_190, later: 1_190 }),
        groups: compared.collect(),
        flags: flags(),
        baseline: Some(2_000),
        gone: vec![Gone {
            id: "store-0000".to_owned(),
            delight: false,
            touchpoint: "store".to_owned(),
            label: "Parkplatz".to_owned(),
            feedback: Proportion::new(31, 2_000),
        }],
        corrections: Some(CorrectionCounts {
            rows: 40,
            matched: 38,
            sentiment: Agreement { checked: 30, disagreed: 6 },
            touchpoint: Agreement { checked: 8, disagreed: 1 },
        }),
    }
}

fn touchpoint(
    (id, name, phase): (&str, &str, &str),
    controllable: bool,
    sentiment: SentimentCounts,
) -> TouchpointSummary {
    TouchpointSummary {
        touchpoint: id.to_owned(),
        name: name.to_owned(),
        phase: phase.to_owned(),
        parent: String::new(),
        controllable,
        sentiment,
        feedback: sentiment.total() * 4 / 5,
    }
}

fn phases(names: [&str; 7]) -> Vec<PhaseSummary> {
    let ids = ["awareness", "consideration", "purchase", "use", "service", "loyalty", "exit"];
    let counts = [
        sentiment(9, 6, 8),
        sentiment(98, 120, 231),
        sentiment(612, 240, 498),
        sentiment(288, 190, 655),
        sentiment(645, 160, 420),
        sentiment(0, 0, 0),
        sentiment(74, 12, 5),
    ];
    ids.into_iter()
        .zip(names)
        .zip(counts)
        .map(|((phase, name), sentiment)| PhaseSummary {
            phase: phase.to_owned(),
            name: name.to_owned(),
            sentiment,
        })
        .collect()
}

fn summary(
    phases: Vec<PhaseSummary>,
    touchpoints: Vec<TouchpointSummary>,
    language: &str,
) -> Summary {
    Summary {
        rows: RowCounts {
            rows: 2_587,
            feedback: 2_541,
            without_text: 161,
            duplicates: 34,
            rejects: 12,
        },
        sentiment: sentiment(1_726, 728, 1_817),
        languages: vec![
            (language.to_owned(), 4_102),
            ("fr".to_owned(), 120),
            ("und".to_owned(), 49),
        ],
        period: Some((date(2025, 1, 3), date(2025, 12, 12))),
        nps: Some(NpsSummary {
            promoters: 812,
            passives: 640,
            detractors: 990,
            nps: Estimate::difference_of_shares(812, 990, 2_442),
        }),
        rating: None,
        phases,
        touchpoints,
        months: months()
            .into_iter()
            .zip(0..)
            .map(|(month, at)| MonthSummary {
                month,
                sentiment: match at {
                    11 => sentiment(8, 3, 9),
                    _ => sentiment(110 + at * 9, 66, 190 - at * 6),
                },
            })
            .collect(),
        groups: groups(),
        experience: experience(),
        covered: Proportion::new(1_302, 1_726),
        touchpoint: None,
    }
}

/// Two regions and three channels, one of which few use.
fn groups() -> Vec<GroupSummary> {
    let group =
        |column: &str, value: &str, feedback: u64, sentiment: SentimentCounts| GroupSummary {
            group: Group {
                column: column.to_owned(),
                value: value.to_owned(),
                source: column == "Kanal",
            },
            feedback,
            with_text: feedback * 9 / 10,
            sentiment,
            nps: NpsSummary::new(&[90, 10, 20, 20, 30, 60, 80, 100, 90, 120, 140]),
            rating: None,
        };
    vec![
        group("Kanal", "Umfrage", 1_900, sentiment(1_226, 528, 1_417)),
        group("Kanal", "App Store", 620, sentiment(490, 190, 390)),
        group("Kanal", "Brief", 21, sentiment(10, 10, 10)),
        group("Region", "Nord", 1_400, sentiment(926, 428, 917)),
        group("Region", "Süd", 1_141, sentiment(800, 300, 900)),
    ]
}

fn experience() -> Experience {
    let all = [sentiment(489, 120, 210), sentiment(402, 96, 188), sentiment(244, 160, 601)];
    Experience {
        touchpoints: Consistency::new(all),
        sources: Consistency::new(groups().into_iter().take(3).map(|group| group.sentiment)),
        last_phases: sentiment(74, 12, 5),
        ending: Ending { last: sentiment(620, 190, 390), rest: sentiment(700, 400, 1_000) },
    }
}

/// A year of a mail-order shop, in German.
pub(super) fn german() -> Findings {
    let phases =
        phases(["Aufmerksamkeit", "Abwägung", "Kauf", "Nutzung", "Service", "Bindung", "Abschied"]);
    let touchpoints = vec![
        touchpoint(("delivery", "Lieferung", "purchase"), true, sentiment(489, 120, 210)),
        touchpoint(
            ("hotline", "Kundenservice am Telefon", "service"),
            true,
            sentiment(402, 96, 188),
        ),
        touchpoint(("product", "Produkt und Qualität", "use"), true, sentiment(244, 160, 601)),
        touchpoint(
            ("returns", "Rücksendung und Erstattung", "service"),
            true,
            sentiment(198, 44, 120),
        ),
        touchpoint(("price", "Preis", "consideration"), true, sentiment(80, 98, 160)),
        touchpoint(("carrier", "Paketdienst", "purchase"), false, sentiment(77, 12, 20)),
        touchpoint(("general", "Allgemein", ""), true, sentiment(61, 90, 402)),
        touchpoint(("invoice", "Rechnung", "purchase"), true, sentiment(9, 4, 2)),
        touchpoint(("store", "Filiale", "purchase"), true, sentiment(0, 0, 0)),
        touchpoint(("newsletter", "Newsletter", "loyalty"), true, sentiment(0, 0, 0)),
    ];
    let mut findings = Findings {
        summary: summary(phases, touchpoints, "de"),
        pain_points: topics(&[
            (
                "zu spät",
                "delivery",
                "purchase",
                &["zu spät", "Verspätung", "Liefertermin", "warten", "drei Wochen"],
                286,
                0.81,
                &[
                    "Die Lieferung kam drei Wochen zu spät und niemand hat Bescheid gesagt.",
                    "Zum zweiten Mal wurde der Liefertermin einfach verschoben.",
                    "Ich warte seit Anfang August auf mein Sofa!",
                ],
            ),
            (
                "Warteschleife",
                "hotline",
                "service",
                &["Warteschleife", "nicht erreichbar", "Rückruf"],
                212,
                0.88,
                &[
                    "45 Minuten in der Warteschleife, dann flog ich raus.",
                    "Versprochener Rückruf kam nie.",
                ],
            ),
            (
                "Erstattung",
                "returns",
                "service",
                &["Erstattung", "Geld zurück", "Gutschrift"],
                121,
                0.9,
                &["Auf die Erstattung warte ich seit sechs Wochen."],
            ),
            (
                "beschädigt",
                "delivery",
                "purchase",
                &["beschädigt", "Karton", "Kratzer"],
                97,
                0.76,
                &[
                    "Karton aufgerissen, Tischplatte mit tiefem Kratzer.",
                    "Schon wieder beschädigt angekommen.",
                ],
            ),
            (
                "Aufbauanleitung",
                "product",
                "use",
                &["Aufbauanleitung", "Schrauben", "Löcher"],
                64,
                0.55,
                &["Aufbauanleitung unverständlich, Löcher passen nicht."],
            ),
            (
                "Nachbar",
                "carrier",
                "purchase",
                &["Nachbar", "abgestellt", "nicht geklingelt"],
                51,
                0.64,
                &["Fahrer hat nicht geklingelt und das Paket im Regen abgestellt."],
            ),
            (
                "wackelt",
                "product",
                "use",
                &["wackelt", "instabil"],
                38,
                0.6,
                &["Der Schrank wackelt bei jeder Berührung."],
            ),
            (
                "Versandkosten",
                "price",
                "consideration",
                &["Versandkosten", "Aufpreis"],
                33,
                0.5,
                &["49 € Versandkosten für einen Hocker?"],
            ),
            (
                "unfreundlich",
                "hotline",
                "service",
                &["unfreundlich", "patzig"],
                24,
                0.62,
                &["Die Dame war patzig."],
            ),
            (
                "Geruch",
                "product",
                "use",
                &["Geruch", "stinkt"],
                18,
                0.7,
                &["Stinkt auch nach zwei Wochen Lüften."],
            ),
            (
                "Etikett",
                "returns",
                "service",
                &["Etikett", "ausdrucken"],
                9,
                0.4,
                &["Etikett ließ sich nicht ausdrucken."],
            ),
            (
                "Farbe",
                "product",
                "use",
                &["Farbe", "dunkler"],
                1,
                0.35,
                &["Die Farbe ist viel dunkler."],
            ),
        ]),
        delights: topics(&[
            (
                "Qualität",
                "product",
                "use",
                &["Qualität", "stabil", "hochwertig"],
                301,
                0.72,
                &[
                    "Tolle Qualität, sehr stabil und sauber verarbeitet.",
                    "Hochwertiger als gedacht.",
                ],
            ),
            (
                "freundlich",
                "hotline",
                "service",
                &["freundlich", "hilfsbereit"],
                118,
                0.7,
                &["Sehr freundlich und hilfsbereit 😊"],
            ),
            (
                "Preis-Leistung",
                "price",
                "consideration",
                &["Preis-Leistung"],
                90,
                0.6,
                &["Preis-Leistung stimmt."],
            ),
        ]),
        comparisons: Comparisons::default(),
    };
    findings.comparisons = comparisons(&findings.pain_points);
    findings
}

/// Two days of a hotel, in English: a rating, no net promoter score, too short for a trend.
pub(super) fn english() -> Findings {
    let phases =
        phases(["Awareness", "Consideration", "Purchase", "Use", "Service", "Loyalty", "Exit"]);
    let touchpoints = vec![
        touchpoint(("room", "Room", "use"), true, sentiment(288, 190, 655)),
        touchpoint(("check-in", "Check-in", "service"), true, sentiment(645, 160, 420)),
        touchpoint(("weather", "Weather", "use"), false, sentiment(11, 2, 7)),
    ];
    let mut summary = summary(phases, touchpoints, "en");
    summary.period = Some((date(2026, 3, 12), date(2026, 3, 13)));
    summary.months.truncate(1);
    summary.nps = None;
    let mean = Estimate { n: 812, value: 3.94, low: 3.86, high: 4.02 };
    let satisfied = Proportion::new(601, 812);
    summary.rating = Some(RatingSummary { lowest: 1.0, highest: 5.0, mean, satisfied });
    let mut findings = Findings {
        summary,
        pain_points: topics(&[
            (
                "queue",
                "check-in",
                "service",
                &["queue", "waiting", "one clerk"],
                201,
                0.77,
                &["We queued for fifty minutes with two toddlers.", "One clerk for forty guests."],
            ),
            (
                "air conditioning",
                "room",
                "use",
                &["air conditioning", "hot", "noisy"],
                80,
                0.7,
                &["Air conditioning rattled all night."],
            ),
        ]),
        delights: topics(&[(
            "view",
            "room",
            "use",
            &["view"],
            140,
            0.8,
            &["The view is breathtaking."],
        )]),
        comparisons: Comparisons::default(),
    };
    for found in findings.pain_points.iter_mut().chain(&mut findings.delights) {
        found.months.clear();
        found.verbatims.iter_mut().for_each(|verbatim| verbatim.date = None);
    }
    findings
}

/// An empty file.
pub(super) fn nothing() -> Findings {
    let mut phases =
        phases(["Aufmerksamkeit", "Abwägung", "Kauf", "Nutzung", "Service", "Bindung", "Abschied"]);
    phases.iter_mut().for_each(|phase| phase.sentiment = sentiment(0, 0, 0));
    Findings {
        summary: Summary {
            rows: RowCounts::default(),
            sentiment: sentiment(0, 0, 0),
            languages: Vec::new(),
            period: None,
            nps: None,
            rating: None,
            phases,
            touchpoints: vec![touchpoint(
                ("store", "Filiale", "purchase"),
                true,
                sentiment(0, 0, 0),
            )],
            months: Vec::new(),
            groups: Vec::new(),
            experience: Experience::default(),
            covered: Proportion::new(0, 0),
            touchpoint: None,
        },
        pain_points: Vec::new(),
        delights: Vec::new(),
        comparisons: Comparisons::default(),
    }
}

/// Some mentions, of which none recurs; no dates, no scores.
pub(super) fn scattered() -> Findings {
    let mut findings = nothing();
    findings.summary.rows = RowCounts { rows: 1, feedback: 1, ..RowCounts::default() };
    findings.summary.sentiment = sentiment(1, 0, 1);
    findings.summary.covered = Proportion::new(0, 1);
    findings.summary.languages = vec![("de".to_owned(), 2)];
    findings
}

/// Text that customers should not be able to run, and text that should not break the page.
pub(super) fn hostile() -> Findings {
    const ATTACKS: [&str; 3] = [
        "<script>alert(1)</script><img src=x onerror=alert(2)>",
        "\" onmouseover=\"alert(3)\" x='</style></title>{{ 7*7 }}{% raw %}",
        "\u{202e}לא מרוצה מהמשלוח\0 donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverordnung👨‍👩‍👧‍👦",
    ];
    let mut findings = german();
    for found in findings.pain_points.iter_mut().chain(&mut findings.delights) {
        found.label = ATTACKS[0].to_owned();
        found.terms = ATTACKS.map(str::to_owned).to_vec();
        for (verbatim, attack) in found.verbatims.iter_mut().zip(ATTACKS.iter().cycle()) {
            verbatim.text = (*attack).to_owned();
        }
    }
    if let Some(worst) = findings.pain_points.first_mut() {
        worst.label = "W".repeat(200);
        worst.touchpoint = ATTACKS[1].to_owned();
    }
    if let Some(second) = findings.pain_points.get_mut(1) {
        second.label = ATTACKS[2].to_owned();
        second.verbatims[0].text = ATTACKS[2].repeat(20);
    }
    for (compared, attack) in findings.comparisons.groups.iter_mut().zip(ATTACKS.iter().cycle()) {
        compared.label = (*attack).to_owned();
        compared.group.value = (*attack).to_owned();
    }
    for found in findings.comparisons.flags.iter_mut().flat_map(|flag| &mut flag.touchpoints) {
        found.verbatims[0].text = ATTACKS[0].to_owned();
    }
    findings.summary.groups[0].group.value = ATTACKS[0].to_owned();
    findings.summary.touchpoints[0].name = ATTACKS[1].to_owned();
    findings.summary.languages.push((ATTACKS[0].to_owned(), 1));
    findings
}
