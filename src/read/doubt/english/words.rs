//! Columns, counts and examples in English.

use crate::read::doubt::evidence::{Evidence, Quoted};
use crate::visible::visible;

pub(super) fn named(column: &str) -> String {
    format!("column \"{}\"", visible(column))
}

pub(super) fn rows(evidence: &Evidence) -> String {
    of(evidence, "row")
}

pub(super) fn cells(evidence: &Evidence) -> String {
    of(evidence, "cell")
}

/// "3 of 20 rows".
pub(super) fn of(Evidence { count, of, sampled, .. }: &Evidence, noun: &str) -> String {
    let sampled = if *sampled { "sampled " } else { "" };
    match of {
        0 => counted(*count, noun),
        _ => format!("{count} of {of} {sampled}{noun}s"),
    }
}

pub(super) fn counted(count: u64, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// "3 %".
pub(super) fn percent(evidence: &Evidence) -> String {
    match 100.0 * evidence.share() {
        share if share < 1.0 => "less than 1 %".to_owned(),
        share => format!("{share:.0} %"),
    }
}

pub(super) fn such_as(evidence: &Evidence) -> String {
    match &evidence.examples[..] {
        [] => String::new(),
        examples => format!(" (such as {})", Quoted(examples)),
    }
}
