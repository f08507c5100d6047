//! What is passed over, and what is not.

use super::{boilerplate, without};

fn own(text: &str) -> String {
    let own = without(text, &boilerplate(text));
    assert_eq!(own.len(), text.len());
    own.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn greetings_and_signatures_are_not_the_customers_words() {
    for text in [
        "Sehr geehrte Damen und Herren,\nDas Paket lag im Regen.\nMit freundlichen Grüßen",
        "Hallo liebes Team,\nDas Paket lag im Regen.\nVG\nK.",
        "Guten Tag!\nDas Paket lag im Regen.\n\nViele Grüße\nKim Beispiel\nTel. 030 000",
        "Sehr geehrter Herr Muster, Das Paket lag im Regen. Mit freundlichen Grüßen, K. M.",
        "Das Paket lag im Regen.\nVon meinem iPhone gesendet",
        "sehr geehrte damen und herren\nDas Paket lag im Regen.\nmfg k. muster",
        "Sehr geehrter Herr Dr. Kamp,\nDas Paket lag im Regen.",
        "Grüezi mitenand\nDas Paket lag im Regen.\nFreundliche Grüsse\nUrs",
        "Frage 7: Was können wir besser machen?\nDas Paket lag im Regen.",
        "Auf Einladung bewertet Das Paket lag im Regen.",
        "Das Paket lag im Regen.\nSitz der Gesellschaft: Bremen",
        "Das Paket lag im Regen.\nIn Erwartung Ihrer Antwort verbleibe ich\nmit freundlichen Grüßen\nW. Muster",
    ] {
        assert_eq!(own(text), "Das Paket lag im Regen.", "{text}");
    }
    for text in [
        "Hello,\n\nIt came late.\n\nKind regards\nSam\nSenior Buyer | Example Ltd\nSent from my iPhone\n\nThis e-mail is confidential. If you are not the intended recipient, you must not use it.",
        "Hi there!\nIt came late.\nOn Mon, 3 Mar 2025 at 10:12, Support <support@firm.example> wrote:\n> Dear customer,\n> sorry",
        "It came late.\n\nKind regards\nSam\nSenior Buyer | Example Ltd\nTel. +44 20 7946 0000\nSent from my iPhone\n\nOn Mon, 3 Mar 2025 at 10:12, Support <support@firm.example> wrote:\n> Dear customer,\n> we are sorry.\n> Your team\n\nThis e-mail is confidential. If you are not the intended recipient, you must not use it.",
        "It came late.\n\nAm 03.03.2025 um 10:12 schrieb Support <support@firm.example>:\nGuten Tag",
        "It came late.\n\nResponse from the owner 2 weeks ago\nThank you. Please call us.",
    ] {
        assert_eq!(own(text), "It came late.", "{text}");
    }
}

#[test]
fn leftovers_of_websites_are_not_the_customers_words() {
    for (text, expected) in [
        ("✅ Trip Verified |  Food was warm.", "Food was warm."),
        ("It came late...Read more", "It came late..."),
        ("It came late. … Read more Show less", "It came late. …"),
        (
            "Late again…Late again, and nobody calledJanuary 3, 2020Unprompted review",
            "Late again, and nobody called",
        ),
        ("(Übersetzt von Google) Es kam spät.\n\n(Original)\nIt came late.", "It came late."),
        ("Es kam spät.\n\n(Translated by Google)\nIt came late.", "Es kam spät."),
        ("(Translated by Google) It came late.", "It came late."),
        (
            "(Translated by Google) It came late.\n\n(Original)\nPrzyszło bardzo późno.",
            "It came late.",
        ),
        ("It came late._x000D_\nNobody called._x000D_", "It came late. Nobody called."),
        ("It came late.\nDate of experience: May 4, 2024", "It came late."),
    ] {
        assert_eq!(own(text), expected, "{text}");
    }
}

#[test]
fn what_customers_say_stays() {
    for text in [
        "Hallo ist da jemand",
        "Hallo??? Ich will nur kündigen!",
        "Hello? Anyone?",
        "> macht sauber\n> riecht gut",
        "Mit freundlichen Grüßen",
        "Liebe das Produkt, es ist toll",
        "Hilfe, nichts geht",
        "Dear me what a mess this was, never again and again and again",
        "I read more, paid less",
        "I could not read more. It stopped.",
        "My regards to the chef, the soup was great and the service was friendly as always",
        "In January 2020 it was better",
        "Response from the owner was rude",
        "LG Fernseher kam defekt an und niemand hilft mir",
        "High prices",
        "Hello Kitty Wecker geht nicht an",
        "Guten Morgen Frühstück war kalt",
        "5 > 3",
    ] {
        assert!(boilerplate(text).is_empty(), "{text}");
    }
}
