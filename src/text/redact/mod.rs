//! Personal data: found by form, and replaced by placeholders that say what stood there.
//!
//! All of it is found in one text alone, so that a text comes to the same wherever it stands. Each file finds one
//! family; what is found by two of them is taken once.

mod accounts;
mod address;
mod checks;
mod column;
mod kind;
mod name;
mod numbers;
mod online;
mod pattern;
mod phone;
mod redacted;
mod rules;

use std::ops::Range;

pub use column::{kind_of_column, maybe_names_people};
pub use kind::{Kind, has_placeholder, neutral, placeholder, without_placeholders};
pub use redacted::{Redacted, Replaced, place_before, range_after};
pub use rules::{Redactor, RuleError, Rules};

/// Personal data, and where they stand in a text, in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where.
    pub range: Range<usize>,
    /// What.
    pub kind: Kind,
}

/// Personal data of a text, in its order, none over another.
fn find(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    online::find(text, &mut found);
    accounts::find(text, &mut found);
    numbers::find(text, &mut found);
    phone::find(text, &mut found);
    address::find(text, &mut found);
    name::find(text, &mut found);
    found
}

/// What was found in its order; of what lies over another, the first found gives the kind and both the range.
fn apart(found: Vec<Found>) -> Vec<Found> {
    let mut apart: Vec<Found> = Vec::with_capacity(found.len());
    for own in found {
        let over = |known: &&mut Found| {
            own.range.start < known.range.end && known.range.start < own.range.end
        };
        match apart.iter_mut().find(over) {
            Some(known) => {
                known.range =
                    known.range.start.min(own.range.start)..known.range.end.max(own.range.end);
            }
            None => apart.push(own),
        }
    }
    apart.sort_by_key(|own| own.range.start);
    // One that grew may have reached the next.
    apart.dedup_by(|next, before| {
        let over = next.range.start < before.range.end;
        if over {
            before.range.end = before.range.end.max(next.range.end);
        }
        over
    });
    apart
}

#[cfg(test)]
mod tests;
