//! Replies of owners in the same cell.

use super::Lines;
use super::phrases::{Head, Section, phrases};

/// Bytes within which the head of a reply names who replies.
const MAX_HEAD: usize = 60;

/// The line with which the owner's reply starts, which ends all that is the customer's.
pub(super) fn start(text: &str, lines: &Lines) -> Option<usize> {
    (1..lines.len()).find(|&number| {
        let content = lines[number].content(text);
        is_head(content) || Head::of(content).starts(Section::ThanksOfOwners).is_some()
    })
}

/// "Response from the owner 2 weeks ago", "Antwort der Unterkunft: …", "Seller replied: …".
fn is_head(line: &str) -> bool {
    let end = line.find(':').map_or(line.len(), |at| at + 1);
    let head = &line[..end];
    // A head of its own, or one with a colon.
    if head.len() > MAX_HEAD || head.contains(['!', '?']) {
        return false;
    }
    let lower = head.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let listed = |section: Section, word: &str| phrases(section).contains(&word);
    let (Some(first), Some(second)) = (words.next(), words.next()) else {
        return phrases(Section::Replies)
            .iter()
            .any(|own| own.len() > 12 && lower.starts_with(own));
    };
    let names_reply = |word: &str| listed(Section::Replies, word);
    let replier = |word: &str| listed(Section::Repliers, word);
    let rest: Vec<&str> = words.collect();
    let whole = rest.len() <= 6;
    // "Response from …", "Antwort des Inhabers …".
    let said_of = names_reply(first)
        && (second == "from"
            || second == "von"
            || replier(second)
            || rest.iter().take(2).any(|own| replier(own)));
    // "Owner response", "Host's response", "Seller replied".
    let said_by =
        replier(first) && (names_reply(second) || rest.first().is_some_and(|own| names_reply(own)));
    whole
        && (said_of || said_by)
        && (line[end..].is_empty() || head.ends_with(':'))
        && !lower.contains(" was ")
        && !lower.contains(" war ")
}
