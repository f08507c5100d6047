//! What mail programs, firms and help desks add: heads, quotations, disclaimers, numbers of tickets.

use std::ops::Range;

use super::phrases::{Head, Section};
use super::{Lines, words};

/// Words of a line that names a fact at most: "Device: Pixel 7".
const MAX_FACT_WORDS: usize = 8;

/// Where quoted mail or a disclaimer starts, which ends all that is the customer's: the line's number.
pub(super) fn end(text: &str, lines: &Lines) -> Option<usize> {
    let is_end = |number: &usize| {
        let content = lines[*number].content(text);
        let head = Head::of(content);
        let quotes = is_mark(&head);
        let is_head = || {
            let headed =
                |number: usize| lines.get(number).is_some_and(|line| is_header(line.content(text)));
            headed(*number) && headed(number + 1)
        };
        quotes
            || introduces_quotation(content) && !is_answered(text, &lines[*number + 1..])
            || *number > 0 && (is_head() || is_disclaimer(&head))
    };
    (0..lines.len()).find(is_end)
}

/// "----- Original message -----".
pub(super) fn is_mark(head: &Head) -> bool {
    head.starts(Section::Ends).is_some() && (head.line.starts_with('-') || words(head.line) <= 4)
}

/// "From: …", "Betreff: …".
fn is_header(line: &str) -> bool {
    let Some((label, value)) = line.split_once(':') else { return false };
    Head::of(label.trim()).is(Section::Headers) && !value.trim().is_empty()
}

pub(super) fn is_disclaimer(head: &Head) -> bool {
    head.starts(Section::Disclaimers).is_some() || is_of_company(head.line)
}

/// "Registered office …", "Geschäftsführer: …": what the law wants on letters.
fn is_of_company(line: &str) -> bool {
    const MARKS: [&str; 8] = [
        "Geschäftsführer:",
        "Geschäftsführung:",
        "Amtsgericht ",
        "HRB ",
        "USt-IdNr",
        "Company No",
        "VAT No",
        "P.IVA",
    ];
    MARKS.iter().filter(|mark| line.contains(**mark)).count() >= 1
        && line.contains(|c: char| c == ':' || c.is_ascii_digit())
}

/// "On Mon, 3 Mar 2025 at 10:12, Support <support@firm.example> wrote:" and the same in other languages.
fn introduces_quotation(line: &str) -> bool {
    const VERBS: [&str; 9] = [
        "wrote:",
        "schrieb:",
        "a écrit :",
        "a écrit:",
        "escribió:",
        "ha scritto:",
        "schreef:",
        "het volgende:",
        "escreveu:",
    ];
    if !line.ends_with(':') {
        return false;
    }
    let lower = line.to_lowercase();
    let is_german = lower.starts_with("am ") && lower.contains(" schrieb ");
    is_german
        || VERBS.iter().any(|verb| lower.ends_with(verb))
            && lower.chars().any(|c| c.is_ascii_digit())
}

/// Whether the customer's words come behind lines that are quoted.
fn is_answered(text: &str, lines: &Lines) -> bool {
    let mut contents = lines.iter().map(|line| line.content(text)).filter(|line| !line.is_empty());
    contents.next().is_some_and(|first| first.starts_with('>'))
        && contents.any(|line| {
            let head = Head::of(line);
            let is_added = head.starts(Section::Added).is_some() || is_disclaimer(&head);
            !line.starts_with('>') && !is_added
        })
}

/// Lines that are quoted, where others are not, with the line above them that says whom they quote.
pub(super) fn quoted(text: &str, lines: &Lines, parts: &mut Vec<Range<usize>>) {
    let is_quoted = |content: &str| {
        content.strip_prefix('>').is_some_and(|own| {
            own.trim_start().starts_with(|c: char| c.is_alphabetic() || c == '>')
                || own.trim().is_empty()
        })
    };
    let contents = || lines.iter().map(|line| line.content(text)).filter(|line| !line.is_empty());
    if contents().any(is_quoted) && !contents().all(is_quoted) {
        for (number, line) in lines.iter().enumerate() {
            let next = lines.get(number + 1).map_or("", |next| next.content(text));
            let content = line.content(text);
            let introduces = is_quoted(next) && content.ends_with(':') && words(content) <= 14;
            if is_quoted(content) || introduces {
                parts.push(line.range.clone());
            }
        }
    }
}

/// The length of what a line at the beginning or end of a text names as a fact: all of it ("Device: Pixel 7"), or up
/// to what the customer says ("Message: …").
pub(super) fn fact(content: &str) -> Option<usize> {
    let head = Head::of(content);
    if let Some(length) = head.starts_word(Section::Messages)
        && let Some(after) = content[length..].trim_start().strip_prefix(':')
    {
        return Some(content.len() - after.len());
    }
    if let Some(length) = tag(content) {
        return Some(length);
    }
    let (label, value) = content.split_once(':')?;
    let is_fact = Head::of(label.trim()).is(Section::Labels) && words(value) <= MAX_FACT_WORDS;
    if !is_fact {
        return None;
    }
    // "Response ID: R_2xKd93b Canteen food is too salty."
    let token = value.split_whitespace().next()?;
    let names_number = token.contains(|c: char| c.is_ascii_digit()) && words(value) > 2;
    let start = content.len() - value.trim_start().len();
    let is_number = Head::of(label.trim())
        .lower_contains(&["id", "no", "n°", "numer", "númer", "nummer", "ref"]);
    match names_number && is_number {
        true => Some(start + token.len()),
        false => Some(content.len()),
    }
}

/// "[EXTERNAL]", "[Ticket#4457] …", "ref:_00D30kT:ref", "##- … -##".
fn tag(content: &str) -> Option<usize> {
    const WORDS: [&str; 16] = [
        "extern",
        "automat",
        "ticket",
        "response",
        "antwort erfasst",
        "réponse",
        "respuesta",
        "risposta",
        "resposta",
        "review",
        "rezension",
        "case",
        "ref",
        "promotion",
        "réf",
        "external",
    ];
    if content.starts_with("##") {
        return Some(content.rfind("##").filter(|&at| at > 2).map_or(content.len(), |at| at + 2));
    }
    if let Some(rest) = content.strip_prefix("ref:_") {
        return rest.find(":ref").map(|at| "ref:_".len() + at + ":ref".len());
    }
    let inner = content.strip_prefix('[')?;
    let close = inner.find(']').filter(|&at| at <= 90)?;
    let lower = inner[..close].to_lowercase();
    let is_tag = WORDS.iter().any(|word| lower.contains(word));
    // A tag is followed by its ticket's state, or by what is said.
    let rest = &inner[close + 1..];
    let length = if rest.trim_start().starts_with("Status") { content.len() } else { close + 2 };
    is_tag.then_some(length)
}
