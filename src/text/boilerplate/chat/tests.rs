use super::*;

fn visitor(text: &str) -> String {
    match chat(text) {
        Chat::Told(parts) => {
            let own = super::super::without(text, &super::super::merged(parts));
            own.split_whitespace().collect::<Vec<_>>().join(" ")
        }
        other => format!("{other:?}"),
    }
}

#[test]
fn the_visitors_turns_are_kept() {
    for (text, kept) in [
        (
            "[10:01] Visitor: Hello\n[10:01] Agent Tom: Welcome! How can I help you?\n[10:02] Visitor: It came late.\n[10:03] Agent Tom: I am sorry.",
            "Hello It came late.",
        ),
        ("Agent: Good day. Visitor: It came late. Agent: Sorry to hear.", "It came late."),
        (
            "[10:02:11] Anna (Support): Hallo!\n[10:02:40] Kim: Es kam zu spät,\nund keiner rief an.\n[10:03:02] Anna (Support): Das tut mir leid.",
            "Es kam zu spät, und keiner rief an.",
        ),
        ("Berater: Guten Tag\nKunde: Es kam zu spät.\nBerater: Oh.", "Es kam zu spät."),
        (
            "Chat started: 2024-03-04 10:02\n(10:02:11 AM) Visitor 4711: It came late.\n(10:02:30 AM) Mia: How can I help?\n(10:03:00 AM) Visitor 4711: I said so.",
            "It came late. I said so.",
        ),
        (
            "10:02 Mia: How may I assist you today?\n10:03 Lou Beispiel: It came late.\n10:04 Mia: Sorry.",
            "It came late.",
        ),
        ("You: It came late.\nSam from Example: Sorry.\nYou: Thanks", "It came late. Thanks"),
        (
            "Mia 10:02\nHow can I help?\nLou 10:03\nIt came late.\nMia 10:04\nSorry.",
            "It came late.",
        ),
        (
            "Conseiller : Bonjour\nClient : Colis en retard.\nConseiller : Désolé",
            "Colis en retard.",
        ),
    ] {
        assert_eq!(visitor(text), kept, "{text}");
    }
}

#[test]
fn where_nothing_tells_the_visitor_that_is_said() {
    let text = "10:01 Kim: It came late.\n10:02 Lou: When?\n10:03 Kim: In May.\n10:04 Lou: I see.";
    assert_eq!(chat(text), Chat::Unclear);
}

#[test]
fn lists_and_remarks_are_no_chats() {
    for text in [
        "Pro: fast delivery\nContra: rude staff",
        "Positiv: schnelle Lieferung\nNegativ: unfreundlich\nFazit: nie wieder",
        "Essen: gut\nService: schlecht\nPreis: ok\nEssen: wirklich gut",
        "Service: slow. Staff: rude. Support: none.",
        "Support: never answers\nUser interface: confusing",
        "Note to the team: fix it",
        "10:30: waited, 11:00: still waited",
    ] {
        assert_eq!(chat(text), Chat::None, "{text}");
    }
}
