//! What the finders have in common: patterns, and where in a text a match stands.

use std::ops::Range;

use regex::Regex;

use super::Found;
use super::kind::Kind;

/// A pattern of ours, with comments and blanks left out of it.
pub(super) fn pattern(source: &str) -> Regex {
    Regex::new(&format!("(?x){source}")).expect("patterns are sound: a test uses each")
}

/// Whether no letter or digit stands right before or behind a range.
pub(super) fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    !text[..range.start].ends_with(is_word) && !text[range.end..].starts_with(is_word)
}

/// Takes the group `what` of each match of a pattern, where it stands alone and `holds`.
pub(super) fn matches(
    (text, pattern): (&str, &Regex),
    kind: Kind,
    found: &mut Vec<Found>,
    holds: impl Fn(&str) -> bool,
) {
    for own in pattern.captures_iter(text) {
        let Some(whole) = own.name("what").or(own.get(0)) else { continue };
        if stands_alone(text, &whole.range()) && holds(whole.as_str()) {
            found.push(Found { range: whole.range(), kind });
        }
    }
}

/// The end of the text before `at`, of so many characters at most.
pub(super) fn before(text: &str, at: usize, characters: usize) -> &str {
    let start = text[..at].char_indices().rev().nth(characters.saturating_sub(1));
    &text[start.map_or(0, |(start, _)| start)..at]
}
