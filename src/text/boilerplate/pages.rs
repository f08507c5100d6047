//! What websites and their copying leave: buttons, dates, sub-ratings, titles twice, translations.

use std::ops::Range;

use super::super::others::in_other_languages;
use super::phrases::{Head, Section, ends, phrases};
use super::words;

/// Names of months in English: dates that touch a text are those of one website.
#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
];

/// The first letters of months in seven languages.
const MONTH_STARTS: &str = "jan feb mar mär apr may mai maj jun jul aug ago aoû sep oct okt out ott nov dec dez dic déc fév avr \
                            abr ene gen mag giu lug set mrt mei fev";

/// A translation beside its original, or the word that a text is one. The original is kept, unless it is in a
/// language that is not served.
pub(super) fn translation(text: &str, parts: &mut Vec<Range<usize>>) {
    let Some(mark) = find(text, Section::Translated) else { return };
    match find(text, Section::Original) {
        Some(original) if mark.start < original.start => {
            let own = &text[original.end..];
            let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
            let other: usize =
                in_other_languages(own).into_iter().map(|part| letters(&own[part])).sum();
            match other > 0 && other == letters(own) {
                true => parts.extend([mark, original.start..text.len()]),
                false => parts.push(mark.start..original.end),
            }
        }
        None if text[..mark.start].trim().is_empty() => parts.push(mark),
        _ => parts.push(mark.start..text.len()),
    }
}

/// Where a phrase in brackets stands in a text.
fn find(text: &str, section: Section) -> Option<Range<usize>> {
    let at = |start: usize| {
        let length = Head::of(&text[start..]).starts(section)?;
        Some(start..start + length)
    };
    text.match_indices('(').find_map(|(start, _)| at(start))
}

/// Line breaks as Excel writes them out: `_x000D_`.
pub(super) fn escapes(text: &str) -> impl Iterator<Item = Range<usize>> {
    let escapes = ["_x000D_", "_x000d_", "_x000A_", "_x000a_", "_x0009_"];
    let found = text.match_indices("_x000").map(|(at, _)| at);
    let is_one = move |&at: &usize| escapes.iter().any(|escape| text[at..].starts_with(escape));
    found.filter(is_one).map(|at| at..at + 7)
}

/// A title that is the beginning of the text: "Late again…Late again, and nobody called".
pub(super) fn repeated_title(text: &str) -> Option<Range<usize>> {
    let (title, rest) = text.split_once('…')?;
    let is_title = title.trim().chars().count() >= 5 && rest.trim_start().starts_with(title.trim());
    is_title.then(|| 0..text.len() - rest.len())
}

/// What websites put before and behind a text.
pub(super) fn edges(text: &str, parts: &mut Vec<Range<usize>>) {
    let start = text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    if let Some(length) = Head::of(&text[start..]).starts(Section::Prefixes) {
        parts.push(0..start + length);
    }
    let mut end = text.trim_end().len();
    while let Some(start) = ends(&text[..end], Section::Suffixes) {
        end = text[..start].trim_end().len();
    }
    if end < text.trim_end().len() {
        end = without_date(&text[..end]);
        parts.push(end..text.len());
    }
}

/// Where a text ends without a date behind it, as "January 3, 2020".
fn without_date(text: &str) -> usize {
    let last = MONTHS.iter().filter_map(|month| text.rfind(month)).max();
    let is_date = |at: &usize| {
        let after = text[*at..].trim_start_matches(char::is_alphabetic);
        let digits = after.chars().filter(char::is_ascii_digit).count();
        after.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == ',')
            && (5..=6).contains(&digits)
    };
    last.filter(is_date).unwrap_or(text.len())
}

/// The length of what a line at the beginning or end of a text has of a website: all of it, or what stands before
/// the text.
pub(super) fn leftover(line: &str) -> Option<usize> {
    const LONGEST: usize = 200;
    let head = Head::of(line);
    if line.len() > LONGEST {
        return visit(line, &head);
    }
    let all = Some(line.len());
    if is_stars(line) || is_sub_rating(line) || is_date(line) || is_rule(line) {
        return all;
    }
    // "Helpful | Report abuse", "US • 3 reviews".
    let line_of_page = line.trim_start_matches(|c: char| !c.is_alphanumeric() && !"([".contains(c));
    let pieces = line_of_page
        .split(['|', '•', '·', '[', ']'])
        .map(str::trim)
        .filter(|piece| !piece.is_empty());
    let is_piece = |piece: &str| {
        let bare = piece.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '(');
        let bare =
            bare.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == ')' || c == '(');
        let label = piece.split_once(':').map_or("", |(label, _)| label.trim());
        Head::of(bare).is(Section::Leftovers)
            || Head::of(bare).is(Section::Suffixes)
            || is_date(piece)
            || line.contains(['|', '•', '·']) && Head::of(label).is(Section::Labels)
    };
    let mut count = 0;
    if pieces.inspect(|_| count += 1).all(is_piece) && count > 0 {
        return all;
    }
    let lower = line.to_lowercase();
    if words(line) <= 14 && phrases(Section::Helpful).iter().any(|own| lower.contains(own)) {
        // "… helpful? Yes (2) No (0)", "3 people found this helpful. Report".
        return all;
    }
    visit(line, &head)
}

/// What a line ends with of a website, behind the end of a sentence: stars, or how many found it helpful.
pub(super) fn is_end(rest: &str) -> bool {
    let lower = rest.to_lowercase();
    let is_helpful = || phrases(Section::Helpful).iter().any(|own| lower.contains(own));
    is_stars(rest) || is_helpful() || rest.contains('|') && leftover(rest) == Some(rest.len())
}

/// "Stayed in January 2024", with what the customer says behind it.
fn visit(line: &str, head: &Head) -> Option<usize> {
    let length = head.starts_word(Section::Visits)?;
    for word in line[length..].split_whitespace().take(7) {
        let end = word.as_ptr() as usize - line.as_ptr() as usize + word.len();
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        let is_year = digits.len() == 4 && (digits.starts_with("20") || digits.starts_with("19"));
        if is_year {
            // "Stayed in January 2024 and it went downhill" is what the customer says.
            let rest = line[end..].trim_start_matches([' ', '.', ',', '·', '|']);
            let adds = words(rest) <= 3 && !rest.ends_with(['.', '!', '?']);
            let goes_on = rest.starts_with(char::is_lowercase);
            return match (rest.is_empty() || adds, goes_on) {
                (true, _) => Some(line.len()),
                (false, goes_on) => (!goes_on).then_some(end),
            };
        }
    }
    None
}

/// "★★☆☆☆", "5/5 ★".
fn is_stars(line: &str) -> bool {
    line.contains(['★', '☆', '⭐'])
        && line.chars().all(|c| "★☆⭐ /().,\u{FE0F}".contains(c) || c.is_ascii_digit())
}

/// "Atmosphäre: 3/5", or several of them.
fn is_sub_rating(line: &str) -> bool {
    let is_one = |part: &str| {
        let Some(at) = part.rfind('/') else { return false };
        let (before, scale) = (part[..at].trim(), part[at + 1..].trim());
        let named = before.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ','));
        let label = named.trim_end().trim_end_matches(':');
        !scale.is_empty()
            && scale.len() <= 2
            && scale.chars().all(|c| c.is_ascii_digit())
            && before.len() > named.len()
            && named.ends_with([' ', ':'])
            && (1..=3).contains(&words(label))
            && label.starts_with(char::is_uppercase)
            && label.chars().all(|c| c.is_alphabetic() || " &-/'’".contains(c))
    };
    line.split([',', '|', '•', ';']).map(str::trim).all(is_one)
}

/// "Jan 9, 2025", "vor 3 Monaten", "5 months ago".
fn is_date(line: &str) -> bool {
    const AGO: [&str; 9] =
        ["vor ", "il y a ", "hace ", "há ", " ago", " fa", " geleden", " atrás", "gestern"];
    let lower = line.to_lowercase();
    if words(line) > 5 || !lower.contains(|c: char| c.is_ascii_digit()) && words(line) > 4 {
        return false;
    }
    let is_ago = words(line) <= 4
        && AGO.iter().any(|own| match own.starts_with(' ') {
            true => lower.ends_with(own),
            false => lower.starts_with(own),
        });
    let is_part = |word: &str| {
        let start: String = word.chars().take(3).collect();
        word.chars().all(|c| c.is_ascii_digit())
            || super::has_word(MONTH_STARTS, &start)
            || matches!(word, "de" | "den" | "le" | "el" | "il" | "am" | "on" | "of")
    };
    let mut parts = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let has_year = lower
        .split(|c: char| !c.is_ascii_digit())
        .any(|own| own.len() == 4 && (own.starts_with("20") || own.starts_with("19")));
    let is_unit = lower.contains(|c: char| c.is_ascii_digit())
        || ["a ", "an ", "ein", "une ", "un ", "una ", "een ", "um ", "uma "]
            .iter()
            .any(|own| lower.contains(own));
    is_ago && is_unit || has_year && words(line) >= 1 && parts.all(is_part)
}

/// A line of hyphens and the like.
fn is_rule(line: &str) -> bool {
    line.len() >= 5 && line.chars().all(|c| "-_=*~─—".contains(c))
}
