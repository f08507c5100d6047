//! The words of scores in German, English, Spanish, French, Italian, Dutch and Portuguese, all in lower
//! case and without accents.

/// Numbers from 0 to 10.
const NUMBERS: [&[&str]; 11] = [
    &["zero", "null", "cero", "nul"],
    &["one", "eins", "uno", "een", "um", "uma"],
    &["two", "zwei", "dos", "deux", "due", "twee", "dois", "duas"],
    &["three", "drei", "tres", "trois", "tre", "drie"],
    &["four", "vier", "cuatro", "quatre", "quattro", "quatro"],
    &["five", "funf", "fuenf", "cinco", "cinq", "cinque", "vijf"],
    &["six", "sechs", "seis", "sei", "zes"],
    &["seven", "sieben", "siete", "sept", "sette", "zeven", "sete"],
    &["eight", "acht", "ocho", "huit", "otto", "oito"],
    &["nine", "neun", "nueve", "neuf", "nove", "negen"],
    &["ten", "zehn", "diez", "dix", "dieci", "tien", "dez"],
];

/// What is one only beside the word for stars: "ein Stern".
const ARTICLES: &[&str] = &["a", "ein", "einen", "un", "une", "una"];

/// What scores count.
const UNITS: &[&str] = &[
    "star",
    "stars",
    "stern",
    "sterne",
    "sternen",
    "etoile",
    "etoiles",
    "estrella",
    "estrellas",
    "stella",
    "stelle",
    "ster",
    "sterren",
    "estrela",
    "estrelas",
];

/// What stands between a score and the highest possible: "4 out of 5".
const OF: &[&str] = &[
    "of",
    "out",
    "a",
    "possible",
    "von",
    "sur",
    "de",
    "di",
    "su",
    "van",
    "em",
    "sobre",
    "aus",
    "moglichen",
    "punkten",
    "points",
    "pts",
    "punten",
];

/// The number of a word; articles count where the word for stars is beside it.
pub(super) fn number_word(word: &str, beside_unit: bool) -> Option<f64> {
    if beside_unit && ARTICLES.contains(&word) {
        return Some(1.0);
    }
    NUMBERS.iter().position(|words| words.contains(&word)).map(|number| number as f64)
}

pub(super) fn is_unit(word: &str) -> bool {
    UNITS.contains(&word)
}

pub(super) fn is_of(word: &str) -> bool {
    OF.contains(&word)
}
