//! Cells → scores: numbers, numbers that are explained, stars, and words for numbers.

mod group;
mod notation;
mod worded;
mod words;

pub(crate) use group::NpsGroup;
pub(crate) use notation::{NpsCoding, NpsNotation, RatingNotation};
pub(crate) use worded::{WordScale, phrase};
use words::{is_of, is_unit, number_word};

use super::number;
use super::word::plain;

/// Longest cell that may be a score with words beside it, as in "4 von 5 Sternen".
const MAX_CHARS: usize = 60;

/// Most words that may stand before a score, as in "Rated 4 out of 5".
const MAX_WORDS_BEFORE: usize = 3;

/// A score, and what the cell says of its scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Score {
    pub(crate) value: f64,
    /// The highest possible, if the cell says so: the 5 of "4/5".
    pub(crate) out_of: Option<f64>,
    /// Whether it counts stars.
    pub(crate) stars: bool,
}

impl Score {
    fn of(value: f64) -> Self {
        Self { value, out_of: None, stars: false }
    }
}

/// A number, or one that is explained ("4/5", "4 stars", "10 - very likely"), or a row of ★; with what
/// the cell says of the scale.
pub(crate) fn scored(cell: &str) -> Option<Score> {
    let cell = cell.trim();
    if let Some(number) = number(cell) {
        return Some(Score::of(number));
    }
    if cell.is_empty() || cell.chars().count() > MAX_CHARS {
        return None;
    }
    glyphs(cell).or_else(|| percent(cell)).or_else(|| explained(cell)).or_else(|| spelled(cell))
}

/// "★★★☆☆", "⭐⭐⭐", "***", "★★★½".
fn glyphs(cell: &str) -> Option<Score> {
    let known = |c: char| "★⭐✭✮*☆✩✰½⯨\u{fe0f}\u{fe0e} ".contains(c);
    if !cell.chars().all(known) {
        return None;
    }
    let count = |signs: &[char]| cell.chars().filter(|c| signs.contains(c)).count() as f64;
    let full = count(&['★', '⭐', '✭', '✮', '*']);
    let empty = count(&['☆', '✩', '✰']);
    let half = count(&['½', '⯨']);
    let sound = full + empty + half > 0.0 && full + empty <= 10.0;
    let out_of = (empty > 0.0).then_some(full + empty + half);
    sound.then_some(Score { value: full + 0.5 * half, out_of, stars: true })
}

/// "80 %".
fn percent(cell: &str) -> Option<Score> {
    let value = number(cell.strip_suffix('%')?.trim_end())?;
    Some(Score { value, out_of: Some(100.0), stars: false })
}

/// A part of an explained score.
enum Part {
    Number(f64),
    Word(String),
    Sign(char),
}

/// "4/5", "4,0 von 5 Sternen", "Rated 4 out of 5", "4 - Satisfied", "Score: 4", "Satisfied (4)".
fn explained(cell: &str) -> Option<Score> {
    if !cell.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let parts = parts(cell)?;
    let place = parts.iter().position(|part| matches!(part, Part::Number(_)))?;
    let (before, rest) = parts.split_at(place);
    let [Part::Number(value), after @ ..] = rest else { return None };
    let words = before.iter().filter(|part| matches!(part, Part::Word(_))).count();
    let signs = |part: &Part| !matches!(part, Part::Sign(sign) if !":(=-–—.\"'_#[".contains(*sign));
    if words > MAX_WORDS_BEFORE || !before.iter().all(signs) {
        return None;
    }
    let says = |part: &Part| matches!(part, Part::Word(word) if is_unit(word));
    let stars = parts.iter().any(says) || cell.contains(['★', '⭐']);
    let scale = after.iter().position(|part| matches!(part, Part::Number(_)));
    let Some(scale) = scale else {
        return Some(Score { value: *value, out_of: None, stars }).filter(|_| !is_range(after));
    };
    let Part::Number(out_of) = after[scale] else { return None };
    let one_more = after[scale + 1..].iter().all(|part| !matches!(part, Part::Number(_)));
    let of = after[..scale].iter().all(|part| match part {
        Part::Sign(sign) => "/(".contains(*sign),
        Part::Word(word) => is_of(word) || is_unit(word),
        Part::Number(_) => false,
    });
    (one_more && of && scale > 0 && *value <= out_of && *value >= 0.0).then_some(Score {
        value: *value,
        out_of: Some(out_of),
        stars,
    })
}

/// Whether what follows a number makes it something else: "5/", "7-".
fn is_range(after: &[Part]) -> bool {
    matches!(after, [Part::Sign('-' | '/' | '–')])
}

/// Numbers, words and signs; none if a number touches letters, as in "5G", unless these count stars.
fn parts(cell: &str) -> Option<Vec<Part>> {
    let mut parts = Vec::new();
    let mut rest = cell;
    while let Some(first) = rest.chars().next() {
        let (length, part) = if first.is_ascii_digit() {
            let length = number_length(rest);
            (length, Part::Number(number(&rest[..length])?))
        } else if first.is_alphabetic() {
            let length = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            (length, Part::Word(plain(&rest[..length])))
        } else {
            (first.len_utf8(), Part::Sign(first))
        };
        let glued = match (&part, parts.last()) {
            (Part::Word(word), Some(Part::Number(_))) => !is_unit(word),
            (Part::Number(_), Some(Part::Word(_))) => true,
            _ => false,
        };
        if glued {
            return None;
        }
        parts.push(part);
        rest = &rest[length..];
    }
    parts.retain(|part| !matches!(part, Part::Sign(c) if c.is_whitespace() || *c == '\u{fe0f}'));
    Some(parts)
}

/// How long a number at the start is, with its decimal point or comma.
fn number_length(text: &str) -> usize {
    let run = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = run(text);
    let fraction = text[whole..].strip_prefix(['.', ',']).map_or(0, run);
    if fraction > 0 { whole + 1 + fraction } else { whole }
}

/// "FIVE", "five stars", "fünf Sterne", "STAR_FIVE".
fn spelled(cell: &str) -> Option<Score> {
    let mut words = Vec::new();
    for word in cell.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        let word = plain(word);
        if number_word(&word, true).is_none() && !is_unit(&word) && !is_of(&word) {
            return None;
        }
        words.push(word);
    }
    let has_unit = words.iter().any(|word| is_unit(word));
    let numbers: Vec<f64> = words.iter().filter_map(|word| number_word(word, has_unit)).collect();
    let others = words
        .iter()
        .filter(|word| number_word(word, has_unit).is_none())
        .all(|word| is_unit(word) || is_of(word));
    match numbers[..] {
        [value] if others => Some(Score { value, out_of: None, stars: has_unit }),
        [value, out_of] if others && value <= out_of && words.len() > 2 => {
            Some(Score { value, out_of: Some(out_of), stars: has_unit })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
