//! Whether the words at an end of a scale are good or bad, in German, English, Spanish, French, Italian,
//! Dutch and Portuguese; in lower case and without accents.

/// An end of a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Polarity {
    Good,
    Bad,
}

/// How words begin that are good.
const GOOD: &[&str] = &[
    "gut",
    "beste",
    "bester",
    "zufrieden",
    "ausgezeichnet",
    "hervorragend",
    "einfach",
    "leicht",
    "hoch",
    "hochst",
    "stimm",
    "trifft",
    "wahrscheinlich",
    "good",
    "best",
    "excellent",
    "great",
    "satisfied",
    "satisf",
    "agree",
    "likely",
    "easy",
    "high",
    "highest",
    "happy",
    "outstanding",
    "bueno",
    "bien",
    "mejor",
    "excelente",
    "probable",
    "facil",
    "alto",
    "acuerdo",
    "bon",
    "bonne",
    "meilleur",
    "facile",
    "haut",
    "accord",
    "buono",
    "ottimo",
    "migliore",
    "eccellente",
    "soddisf",
    "alta",
    "goed",
    "tevreden",
    "uitstekend",
    "makkelijk",
    "hoog",
    "eens",
    "bom",
    "otimo",
    "melhor",
    "concordo",
    "positiv",
    "top",
    "perfect",
    "perfekt",
];

/// How words begin that are bad.
const BAD: &[&str] = &[
    "schlecht",
    "unzufrieden",
    "ungenugend",
    "mangelhaft",
    "schwierig",
    "schwer",
    "niedrig",
    "unwahrscheinlich",
    "bad",
    "worst",
    "poor",
    "terrible",
    "awful",
    "dissatisf",
    "unsatisf",
    "disagree",
    "unlikely",
    "difficult",
    "hard",
    "low",
    "lowest",
    "unhappy",
    "malo",
    "peor",
    "pesimo",
    "insatisf",
    "improbable",
    "dificil",
    "bajo",
    "desacuerdo",
    "mauvais",
    "pire",
    "difficile",
    "faible",
    "desaccord",
    "cattivo",
    "pessimo",
    "peggiore",
    "insoddisf",
    "basso",
    "disaccordo",
    "slecht",
    "ontevreden",
    "moeilijk",
    "laag",
    "oneens",
    "ruim",
    "pior",
    "mau",
    "discordo",
    "negativ",
    "horrible",
    "insuff",
    "onvoldoende",
];

/// Words that turn what follows round.
const NOT: &[&str] = &[
    "not", "nicht", "no", "pas", "non", "niet", "nao", "kein", "keine", "nada", "wenig", "poco",
    "peu", "nulla", "niente", "never",
];

/// Whether words are good or bad; none if they are neither or both.
pub(crate) fn polarity(words: &[&str]) -> Option<Polarity> {
    let begins = |word: &str, list: &[&str]| {
        list.iter().any(|start| word == *start || start.len() >= 4 && word.starts_with(start))
    };
    let negated = words.iter().any(|word| NOT.contains(word));
    let bad = words.iter().any(|word| begins(word, BAD));
    let good = words.iter().any(|word| begins(word, GOOD) && !begins(word, BAD));
    match (good, bad, negated) {
        (true, false, false) | (false, true, true) => Some(Polarity::Good),
        (false, true, false) | (true, false, true) => Some(Polarity::Bad),
        _ => None,
    }
}
