//! A text with placeholders, and where its parts stood before.

use std::ops::Range;

use super::kind::Kind;
use super::{Found, apart};

/// A placeholder in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// Bytes of what stood there.
    pub length: usize,
    /// What stood there.
    pub kind: Kind,
}

/// A text with placeholders for personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Redacted {
    /// The text.
    pub text: String,
    /// Its placeholders, in their order.
    pub parts: Vec<Replaced>,
}

impl Redacted {
    /// Replaces what was found; none if nothing was.
    pub(super) fn of(text: &str, found: Vec<Found>) -> Option<Self> {
        if found.is_empty() {
            return None;
        }
        let mut redacted = Self { text: String::with_capacity(text.len()), parts: Vec::new() };
        let mut end = 0;
        for Found { range, kind } in apart(found) {
            redacted.text.push_str(&text[end..range.start]);
            let start = redacted.text.len();
            redacted.text.push_str(kind.placeholder());
            let length = range.len();
            redacted.parts.push(Replaced { range: start..redacted.text.len(), length, kind });
            end = range.end;
        }
        redacted.text.push_str(&text[end..]);
        Some(redacted)
    }
}

/// Where a place in a text with `parts` stood before they were replaced. A place within a placeholder is its start, or
/// its end if `to_end`.
pub fn place_before(parts: &[Replaced], place: usize, to_end: bool) -> usize {
    let (mut gained, mut lost) = (0, 0);
    for part in parts {
        if part.range.end <= place {
            gained += part.range.len();
            lost += part.length;
        } else if part.range.start < place {
            let start = part.range.start + lost - gained;
            return if to_end { start + part.length } else { start };
        } else {
            break;
        }
    }
    place + lost - gained
}

/// Where a range of a text as it was stands once `parts` are replaced; one that cuts a part has all of it.
pub fn range_after(parts: &[Replaced], range: &Range<usize>) -> Range<usize> {
    let after = |place: usize, to_end: bool| {
        let (mut gained, mut lost) = (0, 0);
        for part in parts {
            let start = part.range.start + lost - gained;
            if start + part.length <= place {
                gained += part.range.len();
                lost += part.length;
            } else if start < place {
                return if to_end { part.range.end } else { part.range.start };
            } else {
                break;
            }
        }
        place + gained - lost
    };
    after(range.start, false)..after(range.end, true)
}
