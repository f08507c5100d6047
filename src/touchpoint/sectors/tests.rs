use super::*;

/// Rows of a sector, each with what nobody's sector explains.
fn proposed(texts: &[(&str, Language)]) -> Option<SectorProposal> {
    let words = SectorWords::new();
    let mut hits = BTreeMap::new();
    let mut rows = 0;
    for _ in 0..5 {
        for (text, language) in texts {
            words.count(&mut hits, [(*text, *language)]);
            rows += 1;
        }
        for (text, language) in
            [("Alles gut", Language::De), ("Never again!", Language::En), ("ok", Language::Und)]
        {
            words.count(&mut hits, [(text, language)]);
            rows += 1;
        }
    }
    propose_sector(&hits, rows)
}

const SECTORS: [(Sector, [&str; 6], [&str; 6]); 10] = [
    (
        Sector::Insurance,
        [
            "Mein Wasserschaden ist noch immer nicht reguliert.",
            "Der Gutachter kam erst nach Wochen.",
            "Die Selbstbeteiligung ist viel zu hoch.",
            "Schon wieder eine Beitragserhöhung.",
            "Der Versicherungsschein kam mit falschem Namen.",
            "Mein Berater war freundlich.",
        ],
        [
            "They denied my claim without a reason.",
            "The loss adjuster never turned up.",
            "My premium went up again.",
            "It took the claims handler a month to answer.",
            "The policy wording is impossible to read.",
            "Nice people on the phone.",
        ],
    ),
    (
        Sector::Telecom,
        [
            "Der Techniker kam wieder nicht.",
            "Seit der Rufnummernmitnahme geht nichts.",
            "In der Wohnung habe ich keinen Empfang.",
            "Das Datenvolumen ist nach einer Woche weg.",
            "Der Router stürzt dauernd ab.",
            "Die Hotline ist besetzt.",
        ],
        [
            "The engineer never showed up.",
            "Number porting took five weeks.",
            "No signal anywhere in the village.",
            "The router has to be restarted daily.",
            "Broadband speed is a tenth of what I pay for.",
            "I was on hold for an hour.",
        ],
    ),
    (
        Sector::Energy,
        [
            "Der Abschlag wurde einfach verdoppelt.",
            "Mein Zählerstand wird nicht angenommen.",
            "Auf die Jahresabrechnung warte ich seit Monaten.",
            "Der Arbeitspreis ist gestiegen.",
            "Schon der dritte Stromausfall.",
            "Freundlicher Service.",
        ],
        [
            "They keep estimating instead of taking my meter reading.",
            "The smart meter still does not work.",
            "My direct debit increased for no reason.",
            "Third power cut this month.",
            "The standing charge is a joke.",
            "Friendly lady on the phone.",
        ],
    ),
    (
        Sector::Retail,
        [
            "An der Kasse ist immer nur eine besetzt.",
            "Das Kleid fällt klein aus.",
            "Die Erdbeeren waren verschimmelt.",
            "Der Pfandautomat ist kaputt.",
            "Auf dem Preisschild stand etwas anderes.",
            "Nette Leute.",
        ],
        [
            "Only one till open on a Saturday.",
            "The dress runs small, order a size up.",
            "The bread was mouldy.",
            "The price tag said something else.",
            "Empty shelves in every aisle.",
            "Nice people.",
        ],
    ),
    (
        Sector::Hospitality,
        [
            "Das Zimmer war dunkel und roch muffig.",
            "Die Matratze war durchgelegen.",
            "Beim Frühstücksbuffet fehlte Obst.",
            "An der Rezeption war niemand.",
            "Handtücher wurden nie gewechselt.",
            "Preis in Ordnung.",
        ],
        [
            "Our hotel room smelled of mould.",
            "The mattress was worn out.",
            "Poor breakfast buffet.",
            "Nobody at the front desk.",
            "Housekeeping never came.",
            "Price was fine.",
        ],
    ),
    (
        Sector::Travel,
        [
            "Mein Koffer kam erst drei Tage später an.",
            "Zwei Stunden Verspätung und keine Durchsage.",
            "Der Zugbegleiter war unhöflich.",
            "Beim Boarding herrschte Chaos.",
            "Der Schienenersatzverkehr war überfüllt.",
            "Preis in Ordnung.",
        ],
        [
            "They lost my luggage.",
            "My flight was delayed by four hours.",
            "The flight attendant was rude.",
            "I missed my connecting flight.",
            "Boarding was chaos.",
            "Price was fine.",
        ],
    ),
    (
        Sector::Banking,
        [
            "Die TAN kommt nie an.",
            "Die Kontoführungsgebühren steigen ständig.",
            "Der Geldautomat ist kaputt.",
            "Für den Kredit brauchten sie Wochen.",
            "Der Depotübertrag dauert Monate.",
            "Freundliche Beratung.",
        ],
        [
            "My debit card was declined twice.",
            "The mortgage application took three months.",
            "The nearest ATM is miles away.",
            "Overdraft fees are outrageous.",
            "They froze my account without telling me.",
            "Friendly staff.",
        ],
    ),
    (
        Sector::Saas,
        [
            "Die Schnittstelle zu unserem System fehlt.",
            "Seit dem Update sind Daten verloren.",
            "Die Synchronisierung klappt nicht.",
            "Single Sign-on wäre schön.",
            "Ständig diese Fehlermeldung.",
            "Guter Preis.",
        ],
        [
            "The integration with Slack is missing.",
            "The latest update removed a feature.",
            "Sync between devices fails.",
            "It crashes with an error message.",
            "API documentation is poor.",
            "Good price.",
        ],
    ),
    (
        Sector::Health,
        [
            "Die Ärztin hat mir nicht zugehört.",
            "Zwei Stunden im Wartezimmer.",
            "Die Sprechstundenhilfe war unfreundlich.",
            "Auf den Befund warte ich noch.",
            "Das Rezept war falsch ausgestellt.",
            "Schöne Räume.",
        ],
        [
            "The doctor did not listen.",
            "Two hours in the waiting room.",
            "The nurse was lovely.",
            "Still waiting for my test results.",
            "The prescription was wrong.",
            "Nice building.",
        ],
    ),
    (
        Sector::Public,
        [
            "Der Antrag liegt seit Monaten dort.",
            "Im Bürgerbüro war niemand zuständig.",
            "Den Bescheid versteht niemand.",
            "Auf den Reisepass warte ich seit März.",
            "Die Müllabfuhr kam wieder nicht.",
            "Freundlich waren sie.",
        ],
        [
            "The application form is endless.",
            "Town hall sent me away.",
            "My planning permission took a year.",
            "The passport office lost my papers.",
            "Bin collection was missed again.",
            "They were friendly.",
        ],
    ),
];

#[test]
fn each_sector_is_proposed_from_its_customers_words() {
    for (sector, german, english) in SECTORS {
        for (texts, language) in [(german, Language::De), (english, Language::En)] {
            let rows: Vec<_> = texts.iter().map(|text| (*text, language)).collect();
            let proposal = proposed(&rows);
            let name = sector.name();
            let proposal = proposal.unwrap_or_else(|| panic!("{name} {language}: none"));
            assert_eq!(proposal.sector, sector, "{language}: {proposal:?}");
            assert!(proposal.words.len() >= 3, "{proposal:?}");
        }
    }
}

#[test]
fn what_every_company_hears_proposes_no_sector() {
    let rows = [
        ("Die Lieferung kam zu spät.", Language::De),
        ("Der Service war sehr freundlich.", Language::De),
        ("Too expensive for what you get.", Language::En),
        ("The parcel never arrived.", Language::En),
        ("Die Website ist unübersichtlich.", Language::De),
        ("Great customer service!", Language::En),
    ];
    assert_eq!(proposed(&rows), None);
}

#[test]
fn a_mixture_of_sectors_proposes_none() {
    let rows: Vec<_> =
        SECTORS.iter().flat_map(|(_, german, _)| german).map(|t| (*t, Language::De)).collect();
    assert_eq!(proposed(&rows), None);
}

#[test]
fn few_rows_propose_nothing() {
    let words = SectorWords::new();
    let mut hits = BTreeMap::new();
    for text in SECTORS[0].1 {
        words.count(&mut hits, [(text, Language::De)]);
    }
    assert_eq!(propose_sector(&hits, 6), None);
}
