//! What can be wrong with the parts of a codebook, in whatever format they are written, and what to do.

use super::{GENERAL, Touchpoint};
use crate::text::tokens::tokens;

/// Shorter parts would match words of every kind.
const SHORTEST_PART: usize = 3;

/// What is wrong, and what to do.
pub(super) type Fault = (String, String);

/// What is wrong with an identifier, if anything is.
pub(super) fn id_fault(id: &str) -> Option<Fault> {
    let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if id == GENERAL {
        let problem = format!("the id `{id}` is taken by mentions of no touchpoint");
        return Some((problem, "choose another id".to_owned()));
    }
    if !id.is_empty() && id.chars().all(valid) {
        return None;
    }
    let remedy = "use lower-case letters, digits and underscores, e.g. \"customer_service\"";
    Some((format!("`{id}` is not a valid id"), remedy.to_owned()))
}

/// What is wrong with an identifier that another one has.
pub(super) fn taken_fault(id: &str) -> Fault {
    (format!("the id `{id}` is taken already"), "give this one another id".to_owned())
}

/// What is wrong with the parent at an index, if anything is: there are two levels.
pub(super) fn parent_fault(touchpoints: &[Touchpoint], index: usize) -> Option<Fault> {
    let parent = touchpoints[index].parent?;
    let id = &touchpoints[parent].id;
    if parent == index {
        let problem = format!("touchpoint `{id}` is its own parent");
        return Some((problem, "name another one, or none".to_owned()));
    }
    let above = &touchpoints[touchpoints[parent].parent?].id;
    let problem = format!("the parent `{id}` has a parent itself, and there are two levels only");
    Some((problem, format!("name `{above}` here, or take the parent of `{id}` away")))
}

/// What is wrong with a keyphrase and what to do, if anything is.
pub(super) fn keyphrase_fault(keyphrase: &str) -> Option<Fault> {
    for word in keyphrase.split(|c: char| c.is_whitespace() || c == '|') {
        let part = word.trim_start_matches('*').trim_end_matches('*');
        if part.contains('*') {
            let problem = format!("`{word}` has a star in the middle");
            return Some((problem, "put stars at the start or the end of a word".to_owned()));
        }
        let starred = part.len() < word.len();
        if starred && part.chars().filter(|c| c.is_alphanumeric()).count() < SHORTEST_PART {
            let problem = format!("`{word}` would match too many words");
            return Some((problem, format!("give the star at least {SHORTEST_PART} letters")));
        }
        if (starred || word.starts_with('=')) && tokens(part).count() > 1 {
            let problem = format!("`{word}` is several words with one sign");
            return Some((problem, "separate them by spaces".to_owned()));
        }
    }
    let mut words = keyphrase.split_whitespace();
    if words.next() == Some("…") || words.next_back() == Some("…") {
        let problem = format!("`{keyphrase}` starts or ends with a gap");
        return Some((problem, "put words on both sides of …".to_owned()));
    }
    if tokens(keyphrase).next().is_none() {
        let problem = format!("`{keyphrase}` has no letters");
        return Some((problem, "write the words that customers use".to_owned()));
    }
    None
}

/// "did you mean …" where one is close, else the list.
pub(super) fn choose(written: &str, known: &[&str]) -> String {
    let closest = known.iter().map(|name| (distance(written, name), name)).min();
    match closest {
        Some((distance, name)) if distance <= 2.max(name.len() / 3) => {
            format!("did you mean `{name}`?")
        }
        _ => format!("use one of {}", known.join(", ")),
    }
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
