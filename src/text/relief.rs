//! Clauses that say that something unwanted did not come: "ohne lange Wartezeit", "no issues at all".
//!
//! They hold the words of a complaint, and a model may take them for one; as the name of a problem they would say the
//! opposite of what customers mean.

use super::words::words;

/// Words that say that there was none of what follows, folded.
const NONE: [&str; 24] = [
    "ohne",
    "kein",
    "keine",
    "keinen",
    "keinerlei",
    "without",
    "no",
    "never",
    "zero",
    "sans",
    "aucun",
    "aucune",
    "sin",
    "ningun",
    "ninguna",
    "senza",
    "nessun",
    "nessuna",
    "zonder",
    "geen",
    "sem",
    "nenhum",
    "nenhuma",
    "hardly",
];

/// How words for what nobody wants start, folded.
const UNWANTED: [&str; 27] = [
    "wartezeit",
    "warteschlange",
    "verspaetung",
    "verzoeger",
    "problem",
    "stress",
    "aerger",
    "minute",
    "min",
    "delay",
    "wait",
    "queue",
    "issue",
    "hassle",
    "trouble",
    "attente",
    "retard",
    "espera",
    "demora",
    "retraso",
    "attesa",
    "ritard",
    "wachttijd",
    "vertraging",
    "atraso",
    "fila",
    "wachtrij",
];

/// Words that may start so and mean something else.
const OTHERS: [&str; 7] = ["minimum", "minimal", "minute's", "mindest", "minder", "mini", "waiter"];

/// Words that may stand between the two: an adjective or a number.
const BETWEEN: usize = 1;

/// Whether a clause says that something unwanted did not come.
pub fn is_relief(clause: &str) -> bool {
    let folded: Vec<String> = words(clause).into_iter().map(|word| word.folded).collect();
    let is_unwanted = |word: &String| {
        UNWANTED.iter().any(|start| word.starts_with(start))
            && !OTHERS.iter().any(|other| word.starts_with(other))
    };
    folded.iter().enumerate().any(|(at, word)| {
        let next = folded[at + 1..].iter().take(BETWEEN + 1);
        NONE.contains(&word.as_str()) && next.into_iter().any(is_unwanted)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_did_not_come_is_told_from_what_did() {
        for relief in [
            "Das Essen kam ohne lange Wartezeit",
            "Keine 2 min später stand die Kellnerin",
            "no issues at all",
            "without any delay",
            "sans attente",
            "geen lange wachttijd",
        ] {
            assert!(is_relief(relief), "{relief}");
        }
        for complaint in [
            "Zu lange Wartezeit",
            "Die Wartezeit ist nicht akzeptabel",
            "no waiter came",
            "keine Lösung des Problems",
            "Ohne Ankündigung wurde der Preis erhöht",
            "nie wieder eine Antwort",
            "no call back",
        ] {
            assert!(!is_relief(complaint), "{complaint}");
        }
    }
}
