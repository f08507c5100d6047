//! A cell → the numbers, words and signs of a date.

use crate::read::value::word::plain;

/// A part of a cell. Blanks are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind<'a>,
    /// Whether it follows the one before without a blank.
    pub(super) is_glued: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// A run of ASCII digits.
    Number(&'a str),
    /// A run of letters, in lower case and without accents.
    Word(String),
    /// Anything else.
    Sign(char),
}

impl<'a> Token<'a> {
    pub(super) fn number(&self) -> Option<&'a str> {
        if let Kind::Number(digits) = self.kind { Some(digits) } else { None }
    }

    pub(super) fn word(&self) -> Option<&str> {
        if let Kind::Word(word) = &self.kind { Some(word) } else { None }
    }

    pub(super) fn is_sign(&self, signs: &[char]) -> bool {
        matches!(self.kind, Kind::Sign(sign) if signs.contains(&sign))
    }
}

/// The tokens of a cell, without what stands in brackets at its end ("(MEZ)", "[Europe/Berlin]").
pub(super) fn tokens(cell: &str) -> Vec<Token<'_>> {
    let mut rest = without_bracket(cell);
    let mut tokens = Vec::new();
    let mut is_glued = false;
    while let Some(first) = rest.chars().next() {
        let end = match first {
            c if c.is_whitespace() => {
                is_glued = false;
                rest = &rest[c.len_utf8()..];
                continue;
            }
            c if c.is_ascii_digit() => run(rest, |c| c.is_ascii_digit()),
            c if is_letter(c) => run(rest, is_letter),
            c => c.len_utf8(),
        };
        let (token, after) = rest.split_at(end);
        let kind = match first {
            c if c.is_ascii_digit() => Kind::Number(token),
            c if is_letter(c) => Kind::Word(plain(token)),
            c => Kind::Sign(c),
        };
        tokens.push(Token { kind, is_glued });
        (rest, is_glued) = (after, true);
    }
    tokens
}

fn is_letter(c: char) -> bool {
    // Combining marks belong to the letters that they mark.
    c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn without_bracket(cell: &str) -> &str {
    let cell = cell.trim();
    let start = match cell.chars().last() {
        Some(')') => cell.rfind('('),
        Some(']') => cell.rfind('['),
        _ => None,
    };
    // What is in brackets alone is all there is.
    start.filter(|&start| start > 0).map_or(cell, |start| cell[..start].trim_end())
}
