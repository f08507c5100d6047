use super::*;

/// The text as it is shown.
fn shown(text: &str) -> String {
    let redactor = Redactor::new(&Rules::default()).unwrap();
    let once = redactor.shown(text).into_owned();
    assert_eq!(redactor.shown(&once), once, "replacing again changes nothing");
    once
}

#[test]
fn what_is_personal_is_replaced() {
    for (text, expected) in [
        ("Schreiben Sie an k.schmidt+strom@mail.example.de!", "Schreiben Sie an [EMAIL]!"),
        ("anna (at) example (punkt) org", "[EMAIL]"),
        ("Rückruf bitte: +49 30 23125-147, abends", "Rückruf bitte: [PHONE], abends"),
        ("mobil erreichbar (Tel. 0152/28817386).", "mobil erreichbar (Tel. [PHONE])."),
        ("Call me on (415) 555-0132 please", "Call me on [PHONE] please"),
        ("mein Konto DE89 3704 0044 0532 0130 00 wurde", "mein Konto [IBAN] wurde"),
        ("charged 4012 8888 8888 1881 twice", "charged [CARD] twice"),
        ("Steuer-ID 86 095 742 719", "Steuer-ID [TAX-ID]"),
        ("USt-IdNr. DE136695976", "USt-IdNr. [VAT-ID]"),
        ("Ich wohne Hauptstr. 12, 10115 Berlin.", "Ich wohne [ADDRESS]."),
        ("I live at 12 High Street, Leeds LS1 4AP", "I live at [ADDRESS]"),
        ("au 12 rue de la Paix, 75002 Paris", "au [ADDRESS]"),
        ("Mein Auto B-LU 4711 stand", "Mein Auto [PLATE] stand"),
        ("Zu Auftrag Nr. 20250417-0093 keine Auskunft", "Zu Auftrag Nr. [NUMBER] keine Auskunft"),
        ("Meine Bestellung #LM-884213 kam", "Meine Bestellung #[NUMBER] kam"),
        ("@petra.huber.muc hat gepostet", "[HANDLE] hat gepostet"),
        ("see facebook.com/max.muster.", "see [URL]."),
        ("Sehr geehrte Frau Müller-Öz,", "Sehr geehrte Frau [NAME],"),
        ("Mit freundlichen Grüßen\nPetra Schmidt", "Mit freundlichen Grüßen\n[NAME]"),
        ("my name is Ann O'Neill and", "my name is [NAME] and"),
    ] {
        assert_eq!(shown(text), expected);
    }
}

#[test]
fn what_only_looks_personal_stays() {
    for text in [
        "1.299,00 € am 01.02.2024 um 08:30-17:00 Uhr",
        "iOS 17.4.1, iPhone 15 Pro, WH-1000XM5, USB-C 3.1, LH 2025",
        "Sehr geehrte Damen und Herren",
        "Viele Grüße aus Hamburg",
        "meine Frau Probleme hatte",
        "www.example.com und example.org/faq",
        "mail an a@b @ 5",
        "Herr Ober, Dr. Oetker, Mr. Clean",
        "2024-11-04 10:02:11",
        "order 2024 was fine",
        "stand nicht im Vertrag. 1000 Mbit sollten es sein",
        "Auftrag erteilt am 02.04. um acht",
        "DEAR SIR OR MADAM!!!",
        "24/7, 10/10, 120x60x75",
    ] {
        assert_eq!(shown(text), text);
    }
}

#[test]
fn places_are_told_before_and_after() {
    let redactor = Redactor::new(&Rules::default()).unwrap();
    let text = "An max@example.org, bitte @anna_k fragen.";
    let own = redactor.replace(text).unwrap();
    assert_eq!(own.text, "An [EMAIL], bitte [HANDLE] fragen.");
    for word in ["An", ", bitte ", " fragen."] {
        let (before, after) = (text.find(word).unwrap(), own.text.find(word).unwrap());
        assert_eq!(place_before(&own.parts, after, false), before);
        let range = range_after(&own.parts, &(before..before + word.len()));
        assert_eq!(&own.text[range], word);
    }
    assert_eq!(place_before(&own.parts, 5, false), 3);
    assert_eq!(place_before(&own.parts, 5, true), 18);
    assert_eq!(&own.text[range_after(&own.parts, &(0..8))], "An [EMAIL]");
}

#[test]
fn users_name_what_is_replaced_and_what_stays() {
    let rules = Rules {
        names: vec!["Alina".into()],
        numbers: vec![r"\bKX\d{3}\b".into()],
        keep: vec!["@united".into()],
    };
    let redactor = Redactor::new(&rules).unwrap();
    assert_eq!(redactor.shown("alina und KX123 bei @United"), "[NAME] und [NUMBER] bei @United");
    assert!(Redactor::new(&Rules { numbers: vec!["(".into()], ..rules }).is_err());
    assert_eq!(Redactor::none().shown("a@example.org"), "a@example.org");
}

#[test]
fn columns_are_personal_by_name() {
    assert_eq!(kind_of_column("E-Mail"), Some(Kind::Email));
    assert_eq!(kind_of_column("Recipient Last Name"), Some(Kind::Name));
    assert_eq!(kind_of_column("Product name"), None);
}
