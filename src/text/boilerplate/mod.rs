//! What stands in a text but is not the customer's: salutations and closings, signatures, quoted mail, the
//! owner's reply, translations, the agent's turns in a chat, and what websites leave behind when they are copied.
//!
//! All of it is found by form, in one text alone: what was found in one does not depend on any other.

mod chat;
mod greetings;
mod mail;
mod pages;
mod phrases;
mod recurring;
mod replies;

#[cfg(test)]
mod tests;

use std::ops::Range;

use chat::{Chat, chat};
use phrases::{Head, Section};
pub use recurring::Recurring;

use super::lexicon::has_word;

/// The parts of a text that are not the customer's, in order and apart, at borders of characters. A text that
/// would be nothing without them is left whole: something else was meant.
pub fn boilerplate(text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    parts.extend(pages::escapes(text));
    match chat(text) {
        Chat::Told(agents) => parts.extend(agents),
        Chat::None | Chat::Unclear => {
            pages::translation(text, &mut parts);
            parts.extend(pages::repeated_title(text));
            pages::edges(text, &mut parts);
            lines(text, &mut parts);
        }
    }
    let parts = merged(parts);
    match parts.is_empty() || without(text, &parts).contains(char::is_alphanumeric) {
        true => parts,
        false => Vec::new(),
    }
}

/// The same, with what recurs in the texts of its column.
pub fn boilerplate_with(text: &str, recurring: &Recurring) -> Vec<Range<usize>> {
    let mut parts = boilerplate(text);
    let more = recurring.parts(&without(text, &parts));
    if more.is_empty() {
        return parts;
    }
    parts.extend(more);
    let parts = merged(parts);
    match without(text, &parts).contains(char::is_alphanumeric) {
        true => parts,
        false => boilerplate(text),
    }
}

/// Whether a text is a dialogue of which nothing tells who is the customer.
pub fn is_unclear_dialogue(text: &str) -> bool {
    chat(text) == Chat::Unclear
}

/// The text with a line break and blanks for each of these parts, which are in order and apart: as long as it
/// was, so that places in it are those in the text.
pub fn without(text: &str, parts: &[Range<usize>]) -> String {
    let mut own = String::with_capacity(text.len());
    for part in parts {
        own.push_str(&text[own.len()..part.start]);
        own.push('\n');
        own.extend(std::iter::repeat_n(' ', part.len() - 1));
    }
    own.push_str(&text[own.len()..]);
    own
}

fn merged(mut parts: Vec<Range<usize>>) -> Vec<Range<usize>> {
    parts.retain(|part| !part.is_empty());
    parts.sort_by_key(|part| (part.start, part.end));
    let mut apart: Vec<Range<usize>> = Vec::with_capacity(parts.len());
    for part in parts {
        match apart.last_mut() {
            Some(last) if part.start <= last.end => last.end = last.end.max(part.end),
            _ => apart.push(part),
        }
    }
    apart
}

/// A line of a text.
struct Line {
    /// With its line break.
    range: Range<usize>,
}

impl Line {
    /// Without white space at its ends.
    fn content<'t>(&self, text: &'t str) -> &'t str {
        text[self.range.clone()].trim()
    }

    /// Where its content starts in the text.
    fn start(&self, text: &str) -> usize {
        let line = &text[self.range.clone()];
        self.range.start + line.len() - line.trim_start().len()
    }
}

/// The lines of a text, in order.
type Lines = [Line];

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Lines of greetings, signatures, replies and quotations.
fn lines(text: &str, parts: &mut Vec<Range<usize>>) {
    let mut lines: Vec<Line> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        lines.push(Line { range: start..start + line.len() });
        start += line.len();
    }
    // Where the customer's part starts: behind what programs put above it.
    let mut first = above(text, &lines, parts);
    let end = [mail::end(text, &lines[first..]), replies::start(text, &lines[first..])];
    let end = end.into_iter().flatten().min().map_or(lines.len(), |end| first + end);
    if end < lines.len()
        && !text[lines[first].range.start..lines[end].range.start].trim().is_empty()
    {
        parts.push(lines[end].range.start..text.len());
        lines.truncate(end);
    }
    first = first.min(lines.len());
    below(text, &mut lines, first, parts);
    let own = &lines[first..];
    mail::quoted(text, own, parts);
    let mut greets = false;
    for (number, line) in own.iter().enumerate() {
        let content = line.content(text);
        let head = Head::of(content);
        if head.starts(Section::Added).is_some() {
            parts.push(line.range.clone());
            continue;
        }
        if let Some(length) = greetings::salutation(&head, is_first(text, own, number)) {
            greets |= is_first(text, own, number);
            parts.push(line.range.start..line.start(text) + length);
        }
        if let Some(at) = added_within(content) {
            parts.push(line.start(text) + at..line.range.end);
        }
    }
    let signed = match lines.last() {
        Some(last) => &text[..last.range.end],
        None => text,
    };
    greetings::signature(signed, own, greets, parts);
}

/// Whether nothing stands before a line.
fn is_first(text: &str, lines: &Lines, number: usize) -> bool {
    lines[..number].iter().all(|line| line.content(text).is_empty())
}

/// What a line at an edge of a text has that is not the customer's, from its start on.
fn leftover(content: &str) -> Option<usize> {
    pages::leftover(content).or_else(|| mail::fact(content))
}

/// Passes over what stands above the customer's part; the number of its first line.
fn above(text: &str, lines: &Lines, parts: &mut Vec<Range<usize>>) -> usize {
    for (number, line) in lines.iter().enumerate() {
        let content = line.content(text);
        if content.is_empty() {
            continue;
        }
        let head = Head::of(content);
        let is_question = number + 1 < lines.len()
            || content.find(['?', ':']).is_some_and(|at| at + 2 < content.len());
        let question = question(&head).filter(|_| is_question);
        let length = match leftover(content).or(question) {
            Some(length) => length,
            None if mail::is_mark(&head)
                || mail::is_disclaimer(&head)
                || head.starts(Section::Added).is_some() =>
            {
                content.len()
            }
            None => return number,
        };
        let rest = &content[length.min(content.len())..];
        if rest.contains(char::is_alphanumeric) {
            parts.push(line.range.start..line.start(text) + length);
            return number;
        }
        // Nothing but such lines: there is no part of the customer.
        if number + 1 == lines.len() {
            return number;
        }
        parts.push(line.range.clone());
    }
    0
}

/// What stands before the numbers of questions, the longest first.
const NUMBERED: [&str; 8] =
    ["Frage ", "Question ", "Pregunta ", "Domanda ", "Vraag ", "Pergunta ", "Q", "F"];

/// The length of a survey's question that a line starts with: "Q7: What could we do better?".
fn question(head: &Head) -> Option<usize> {
    let line = head.line;
    let number = NUMBERED.iter().find_map(|name| line.strip_prefix(name));
    let is_numbered = number.is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_digit())
            && rest.split_once([':', '.', ')']).is_some_and(|(own, _)| own.len() <= 3)
    });
    if !is_numbered && head.starts(Section::Questions).is_none() {
        return None;
    }
    let from = if is_numbered { line.find([':', '.', ')'])? + 1 } else { 0 };
    line[from..].find(['?', ':']).map(|at| from + at + 1)
}

/// Passes over what stands below the customer's part, and takes it off `lines`.
fn below(text: &str, lines: &mut Vec<Line>, first: usize, parts: &mut Vec<Range<usize>>) {
    while lines.len() > first + 1 {
        let line = &lines[lines.len() - 1];
        let content = line.content(text);
        let head = Head::of(content);
        let is_left = content.is_empty()
            || leftover(content) == Some(content.len())
            || head.starts(Section::Added).is_some()
            || question(&head).is_some_and(|length| length + 4 >= content.len());
        if !is_left {
            return;
        }
        parts.push(line.range.clone());
        lines.pop();
    }
}

/// Bytes of what programs add at the end of a line at most.
const MAX_ADDED_BYTES: usize = 160;

/// Where in a line, behind the end of a sentence, what programs and websites add starts.
fn added_within(line: &str) -> Option<usize> {
    let ends = line.match_indices(['.', '!', '?', ')']).map(|(at, _)| at + 1);
    let mut starts = ends.map(|at| at + line[at..].len() - line[at..].trim_start().len());
    starts.find(|&at| {
        let rest = &line[at..];
        at < line.len()
            && rest.len() <= MAX_ADDED_BYTES
            && words(rest) <= 12
            && (Head::of(rest).starts(Section::Added).is_some()
                || pages::is_end(rest)
                || rest.starts_with('[') && leftover(rest) == Some(rest.len()))
    })
}
