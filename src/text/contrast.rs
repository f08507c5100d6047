//! Where a sentence turns: "…, aber …", "… but …".

use super::Language;
use super::lexicon::{Role, role};
use super::words::{Word, words};

/// How a word of contrast must stand to start a clause of its own.
#[derive(Clone, Copy, PartialEq)]
enum Needs {
    /// A comma before it, or else a subject after it.
    CommaOrSubject,
    /// A comma, dash or "and" before it.
    Comma,
    /// Nothing: wherever it stands it contrasts.
    Nothing,
}

/// Words of contrast, folded; several words are joined by a blank.
fn contrasts(language: Language) -> &'static [(&'static str, Needs)] {
    use Needs::{Comma, CommaOrSubject, Nothing};
    match language {
        Language::De => &[
            ("aber", CommaOrSubject),
            ("jedoch", Comma),
            ("allerdings", Comma),
            ("dennoch", Comma),
            ("trotzdem", Comma),
            ("doch", Comma),
            ("leider", Comma),
            ("nur leider", Comma),
            ("obwohl", Comma),
            ("dafuer", Comma),
            ("lediglich", Comma),
            ("einzig", Comma),
            ("hingegen", Comma),
            ("dagegen", Comma),
        ],
        Language::En => &[
            ("but", Nothing),
            ("however", Comma),
            ("although", CommaOrSubject),
            ("though", CommaOrSubject),
            ("yet", Comma),
            ("unfortunately", Comma),
            ("nevertheless", Comma),
            ("whereas", Nothing),
            ("sadly", Comma),
        ],
        Language::Es => &[
            ("pero", Nothing),
            ("sin embargo", Nothing),
            ("aunque", Comma),
            ("no obstante", Comma),
            ("en cambio", Comma),
        ],
        Language::Fr => &[
            ("mais", Nothing),
            ("cependant", Comma),
            ("toutefois", Comma),
            ("pourtant", Comma),
            ("par contre", Nothing),
            ("malheureusement", Comma),
            ("en revanche", Comma),
            ("neanmoins", Comma),
            ("dommage", Comma),
        ],
        Language::It => &[
            ("ma", CommaOrSubject),
            ("pero", Comma),
            ("tuttavia", Comma),
            ("purtroppo", Comma),
            ("invece", Comma),
        ],
        Language::Nl => &[
            ("maar", CommaOrSubject),
            ("echter", Comma),
            ("helaas", Comma),
            ("hoewel", Comma),
            ("alleen", Comma),
            ("toch", Comma),
        ],
        Language::Pt => &[
            ("mas", Nothing),
            ("porem", Nothing),
            ("contudo", Comma),
            ("no entanto", Comma),
            ("entretanto", Comma),
            ("todavia", Comma),
            ("infelizmente", Comma),
            ("embora", Comma),
        ],
        Language::Und => &[
            ("aber", Comma),
            ("but", Comma),
            ("pero", Comma),
            ("mais", Comma),
            ("ma", Comma),
            ("maar", Comma),
            ("mas", Comma),
        ],
    }
}

/// Words before a contrast that make it none: "nothing but", "oder aber", "niet alleen maar".
const NO_CONTRAST_AFTER: &[&str] = &[
    "nothing",
    "anything",
    "everything",
    "all",
    "none",
    "nobody",
    "longer",
    "least",
    "choice",
    "help",
    "only",
    "can't",
    "cannot",
    "alles",
    "oder",
    "wenn",
    "also",
    "nun",
    "jetzt",
    "dann",
    "erst",
    "alleen",
    "nog",
    "zeg",
    "non",
    "nunca",
    "jamais",
];

/// Words after a contrast that make it none: "but also", "mais aussi", "ma anche", "aber auch".
const NO_CONTRAST_BEFORE: &[&str] =
    &["also", "rather", "aussi", "anche", "tambien", "tambem", "ook", "hallo", "sicher"];

/// The offsets in `sentence` at which a clause of contrast starts, ascending. Both sides of each
/// have two words at least.
pub(super) fn clause_starts(sentence: &str, language: Language) -> Vec<usize> {
    const SHORTEST_CLAUSE: usize = 2;
    let words = words(sentence);
    let mut starts = Vec::new();
    let mut clause = 0;
    for index in SHORTEST_CLAUSE..words.len() {
        let Some((length, needs)) = contrast_at(&words[index..], language) else { continue };
        let start = with_conjunction(sentence, &words, index);
        let is_long_enough = start >= clause + SHORTEST_CLAUSE
            && words.len() >= index + length + SHORTEST_CLAUSE
            && !ends_early(sentence, &words[index + length - 1..]);
        if is_long_enough && stands(sentence, &words, index, length, needs, language) {
            starts.push(words[start].range.start);
            clause = index + length;
        }
    }
    starts
}

/// The number of words of the contrast that `words` starts with.
fn contrast_at(words: &[Word<'_>], language: Language) -> Option<(usize, Needs)> {
    contrasts(language).iter().find_map(|&(phrase, needs)| {
        let mut length = 0;
        for part in phrase.split(' ') {
            if words.get(length)?.folded != part {
                return None;
            }
            length += 1;
        }
        Some((length, needs))
    })
}

/// "und trotzdem", "and yet", "leider aber": the clause starts with the word before.
fn with_conjunction(sentence: &str, words: &[Word<'_>], index: usize) -> usize {
    let previous = &words[index - 1];
    let joins = matches!(
        previous.folded.as_str(),
        "und" | "and" | "et" | "y" | "e" | "en" | "nur" | "leider" | "only" | "even"
    );
    if joins && !has_break(between(sentence, previous, &words[index])) { index - 1 } else { index }
}

fn stands(
    sentence: &str,
    words: &[Word<'_>],
    index: usize,
    length: usize,
    needs: Needs,
    language: Language,
) -> bool {
    let start = with_conjunction(sentence, words, index);
    let (before, after) = (&words[start - 1], &words[index + length]);
    if NO_CONTRAST_AFTER.contains(&before.folded.as_str())
        || NO_CONTRAST_BEFORE.contains(&after.folded.as_str())
        || is_not_only(&words[..index])
    {
        return false;
    }
    let gap = between(sentence, before, &words[start]);
    if gap.contains('(') {
        return false;
    }
    let has_comma = has_break(gap);
    match needs {
        Needs::Nothing => true,
        Needs::Comma => has_comma || start < index,
        Needs::CommaOrSubject => {
            has_comma
                || role(&before.folded, language) == Role::Evaluative
                || (!leaves_open(before, language) && is_subject(after, language))
        }
    }
}

/// Whether a clause goes on after this word: "wir haben aber …", "das ist maar …".
fn leaves_open(word: &Word<'_>, language: Language) -> bool {
    const OPEN: &str = "man ich wir er sie es ihr habe hat haben hatte hatten wird werden wurde wurden kann muss dann da \
        hier ik we wij hij ze je heeft hebben kan wordt io ho ha hanno";
    role(&word.folded, language) == Role::Copula
        || OPEN.split_whitespace().any(|open| open == word.folded)
}

/// "nicht nur …, aber auch", "not only … but": adds, contrasts nothing.
fn is_not_only(before: &[Word<'_>]) -> bool {
    before.windows(2).any(|pair| {
        matches!(
            (pair[0].folded.as_str(), pair[1].folded.as_str()),
            ("nicht", "nur")
                | ("not", "only" | "just")
                | ("no", "solo")
                | ("non", "seulement" | "solo")
                | ("pas", "seulement")
                | ("niet", "alleen")
                | ("nao", "so" | "apenas")
        )
    })
}

/// Whether a word may be the subject of the clause after an unmarked "aber" or "maar".
fn is_subject(word: &Word<'_>, language: Language) -> bool {
    const SUBJECTS: &[&str] = &[
        "der", "die", "das", "den", "dem", "ich", "wir", "sie", "er", "es", "man", "ein", "eine",
        "mein", "meine", "leider", "dafuer", "nach", "bei", "beim", "wenn", "als", "im", "in",
        "the", "it", "i", "we", "they", "he", "she", "my", "a", "there", "this", "il", "la", "lo",
        "i", "gli", "le", "non", "si", "de", "het", "een", "ik", "je", "wel", "niet", "helaas",
        "un", "una", "sono", "kein", "keine",
    ];
    SUBJECTS.contains(&word.folded.as_str())
        || (language == Language::De && word.surface.starts_with(char::is_uppercase))
}

/// Whether the clause ends right after its word of contrast: "good, however, …".
fn ends_early(sentence: &str, words: &[Word<'_>]) -> bool {
    matches!(words, [contrast, next, ..] if between(sentence, contrast, next).contains(['.', '!', '?', ')']))
}

fn between<'t>(sentence: &'t str, before: &Word<'_>, after: &Word<'_>) -> &'t str {
    &sentence[before.range.end..after.range.start]
}

fn has_break(gap: &str) -> bool {
    gap.contains([',', ';', ':', '–', '—', '.', '!', '?', ')', '…']) || gap.contains(" - ")
}
