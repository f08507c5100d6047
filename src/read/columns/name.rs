//! Taking the names of columns apart.

use super::vocabulary::{
    COUNT, DATE, ID, LABEL, NOT_TEXT, NPS, RATING, SEGMENT, SOURCE, TEXT, THING, TITLE, TOUCHPOINT,
    Words,
};

/// The words of a name, in lower case: `customerResponse_DATE (d)` → customer, response, date, d.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut after_lowercase = false;
    for c in name.chars() {
        let starts_word = c.is_uppercase() && after_lowercase;
        after_lowercase = c.is_lowercase();
        if !c.is_alphanumeric() || starts_word {
            words.push(String::new());
        }
        if c.is_alphanumeric()
            && let Some(word) = words.last_mut()
        {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// The entry of `list` that the words of a name contain.
pub(crate) fn mention(words: &[String], list: Words) -> Option<&'static str> {
    let phrase = format!(" {} ", words.join(" "));
    let found = |entry: &str| {
        let letters = entry.chars().count();
        phrase.contains(&format!(" {entry} "))
            || letters >= 6 && words.iter().any(|word| word.contains(entry))
            || letters == 5 && words.iter().any(|word| word.ends_with(entry))
    };
    list.iter().copied().find(|entry| found(entry))
}

/// Whether a name contains an entry of `list`.
pub(crate) fn says(words: &[String], list: Words) -> bool {
    mention(words, list).is_some()
}

/// How sure it is that a cell of a first row names a column, from 0 to 1: the share of its words
/// that are in these lists. Sentences name none; a question may, as in surveys.
pub(crate) fn likeness_to_name(cell: &str) -> f64 {
    const LISTS: [Words; 13] = [
        TEXT, TITLE, LABEL, ID, DATE, NPS, RATING, COUNT, SOURCE, TOUCHPOINT, SEGMENT, NOT_TEXT,
        THING,
    ];
    let words = words(cell);
    let known = |words: &[String]| LISTS.iter().any(|list| says(words, list));
    if is_question(cell) {
        return f64::from(known(&words));
    }
    if words.is_empty() || words.len() > 6 || cell.contains(['!', '.', ',']) {
        return 0.0;
    }
    let known = words.iter().filter(|word| known(std::slice::from_ref(word))).count();
    known as f64 / words.len() as f64
}

/// Words with which a survey speaks to customers of itself.
const ADDRESS: Words = &[
    "you", "your", "we", "us", "our", "sie", "ihnen", "ihr", "ihre", "ihrem", "ihren", "du", "dir",
    "dich", "dein", "deine", "wir", "uns", "unser", "unsere", "unseren", "unserem", "vous",
    "votre", "vos", "nous", "notre", "nos", "usted", "ustedes", "su", "te", "tu", "nosotros",
    "podemos", "mejorar", "voi", "lei", "suo", "sua", "tuo", "tua", "noi", "nostro", "nostra",
    "possiamo", "ci", "u", "uw", "jij", "je", "jouw", "wij", "ons", "onze", "você", "voce", "seu",
    "nós", "nosso", "nossa",
];

/// Whether a cell is a question; where an answer is required, a star may follow.
fn is_question(cell: &str) -> bool {
    let marks = |c: char| c.is_whitespace() || matches!(c, '*' | ':' | '"' | '”' | '“');
    cell.trim_end_matches(marks).ends_with('?')
}

/// Whether a cell asks customers something, as the names of columns of surveys do.
pub(crate) fn asks_customers(cell: &str) -> bool {
    is_question(cell) && says(&words(cell), ADDRESS)
}
