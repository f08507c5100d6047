//! Words for no answer where a date or a score should stand.

use super::word::plain;

/// In lower case and without accents.
const WORDS: &[&str] = &[
    "n/a",
    "na",
    "#n/a",
    "n.a.",
    "nan",
    "null",
    "none",
    "nil",
    "-",
    "--",
    "---",
    "–",
    "—",
    ".",
    "..",
    "?",
    "k.a.",
    "k. a.",
    "ka",
    "keine angabe",
    "keine antwort",
    "weiss nicht",
    "weiß nicht",
    "nicht beantwortet",
    "nicht zutreffend",
    "not applicable",
    "no answer",
    "no response",
    "not answered",
    "don't know",
    "dont know",
    "do not know",
    "prefer not to say",
    "not rated",
    "no rating",
    "unrated",
    "skipped",
    "unknown",
    "unbekannt",
    "sin respuesta",
    "no sabe",
    "ns/nc",
    "no aplica",
    "sans reponse",
    "ne sait pas",
    "sans objet",
    "nessuna risposta",
    "non so",
    "non applicabile",
    "geen antwoord",
    "weet niet",
    "niet van toepassing",
    "n.v.t.",
    "nvt",
    "sem resposta",
    "nao sei",
    "nao se aplica",
    "n/d",
    "nd",
    "s/o",
    "undefined",
    "not available",
    "missing",
    "(null)",
    "(blank)",
];

/// Whether a filled cell says that nothing was answered.
pub(crate) fn is_no_answer(cell: &str) -> bool {
    // None of them has a digit, and most cells are numbers.
    cell.len() <= 24
        && !cell.bytes().any(|byte| byte.is_ascii_digit())
        && WORDS.contains(&plain(cell.trim()).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_for_it_has_a_digit() {
        assert!(WORDS.iter().all(|word| !word.contains(|c: char| c.is_ascii_digit())));
    }

    #[test]
    fn no_answer_is_known_in_words() {
        for cell in ["N/A", "k.A.", "Keine Angabe", "weiß nicht", "Sans réponse", "-", "Não sei"]
        {
            assert!(is_no_answer(cell), "{cell}");
        }
        for cell in ["", "0", "no", "nothing", "nada"] {
            assert!(!is_no_answer(cell), "{cell}");
        }
    }
}
