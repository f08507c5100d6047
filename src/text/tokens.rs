//! Where the words of a text stand, numbers and all: what keyphrases are matched against.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

/// Byte ranges of the runs of letters and digits.
pub fn tokens(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = rest.find(|(_, c)| c.is_alphanumeric())?;
        let mut end = text.len();
        while let Some((position, c)) = rest.peek() {
            if !c.is_alphanumeric() && !is_combining_mark(*c) {
                end = *position;
                break;
            }
            rest.next();
        }
        Some(start..end)
    })
}
