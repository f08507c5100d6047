//! Times of day and zones, which are left out: the day is what counts.

use super::token::Token;
use super::words::{HOURS, is_zone};

/// What follows the minutes of a time.
const MINUTES: &[&str] = &["m", "min", "minuten", "minutes", "minutos", "minuti"];

/// The tokens without times of day and zones, or none if a time is no time: 25:70.
pub(super) fn without_time(tokens: Vec<Token<'_>>) -> Vec<Token<'_>> {
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while at < tokens.len() {
        let rest = &tokens[at..];
        let is_apart = !kept.last().is_some_and(|last: &Token| last.is_sign(&['-', '/', '.']))
            || !rest[0].is_glued;
        match time(rest).filter(|_| is_apart) {
            Some(length) => {
                at += length;
                at += zone(&tokens[at..]);
                // "2025-01-03T10:20" and "10:20, 3 January 2025".
                if kept.last().is_some_and(|last: &Token| last.word() == Some("t")) {
                    kept.pop();
                }
            }
            None => {
                kept.push(rest[0].clone());
                at += 1;
            }
        }
    }
    let zone_alone = kept.last().and_then(Token::word).is_some_and(is_zone);
    if zone_alone && kept.len() > 1 {
        kept.pop();
    }
    kept
}

/// How many tokens at the start are a time of day.
fn time(tokens: &[Token]) -> Option<usize> {
    clock(tokens).or_else(|| spoken(tokens)).or_else(|| digits(tokens))
}

/// `10:20`, `10:20:30,123`, `8:04 PM`, `10:20 Uhr`.
fn clock(tokens: &[Token]) -> Option<usize> {
    part(tokens.first()?, 24)?;
    let mut length = 1;
    for highest in [59, 60] {
        let more = tokens.get(length).is_some_and(|sign| sign.is_sign(&[':']))
            && tokens.get(length + 1).is_some_and(|token| {
                token.number().is_some_and(|n| n.len() == 2) && part(token, highest).is_some()
            });
        if !more {
            break;
        }
        length += 2;
    }
    if length == 1 {
        return None;
    }
    let fraction = tokens.get(length).is_some_and(|sign| sign.is_sign(&['.', ',', ':']))
        && tokens
            .get(length + 1)
            .is_some_and(|token| token.is_glued && token.number().is_some_and(|n| n.len() <= 9));
    if length == 5 && fraction {
        length += 2;
    }
    Some(length + half_of_day(&tokens[length..]).unwrap_or_else(|| hours(&tokens[length..])))
}

/// `10 AM`, `8h30`, `10 Uhr`, `10.20 Uhr`.
fn spoken(tokens: &[Token]) -> Option<usize> {
    part(tokens.first()?, 24)?;
    let minutes = |token: Option<&Token>| {
        token.is_some_and(|token| {
            token.number().is_some_and(|n| n.len() == 2) && part(token, 59).is_some()
        })
    };
    if let Some(length) = half_of_day(&tokens[1..]) {
        return Some(1 + length);
    }
    let dotted = tokens.get(1).is_some_and(|sign| sign.is_sign(&['.'])) && minutes(tokens.get(2));
    if dotted && hours(&tokens[3..]) == 1 {
        return Some(4);
    }
    if hours(&tokens[1..]) == 0 {
        return None;
    }
    let glued = |at: usize| tokens.get(at).is_some_and(|token| token.is_glued);
    let ends = match tokens.get(3) {
        None => true,
        Some(next) => next.word().is_some_and(|word| MINUTES.contains(&word)),
    };
    if !((glued(2) || ends) && minutes(tokens.get(2))) {
        return Some(2);
    }
    let unit = tokens.get(3).and_then(Token::word).is_some_and(|word| MINUTES.contains(&word));
    Some(if unit { 4 } else { 3 })
}

/// The `T083000` of ISO 8601's basic notation.
fn digits(tokens: &[Token]) -> Option<usize> {
    let [mark, digits, rest @ ..] = tokens else { return None };
    let is_time = mark.word() == Some("t")
        && mark.is_glued
        && digits.number().is_some_and(|digits| matches!(digits.len(), 4 | 6 | 9));
    let fraction = rest.len() >= 2
        && rest[0].is_sign(&['.', ','])
        && rest[1].is_glued
        && rest[1].number().is_some();
    is_time.then_some(if fraction { 4 } else { 2 })
}

/// `AM`, `p.m.`
fn half_of_day(tokens: &[Token]) -> Option<usize> {
    match tokens.first()?.word()? {
        "am" | "pm" => Some(1),
        "a" | "p" if tokens.get(1)?.is_sign(&['.']) => {
            let m = tokens.iter().skip(2).position(|token| token.word() == Some("m"))?;
            let dot = tokens.get(m + 3).is_some_and(|sign| sign.is_sign(&['.']));
            (m == 0).then_some(3 + usize::from(dot))
        }
        _ => None,
    }
}

fn hours(tokens: &[Token]) -> usize {
    let word = tokens.first().and_then(Token::word);
    usize::from(word.is_some_and(|word| HOURS.contains(&word)))
}

/// How many tokens at the start are a time zone: `Z`, `+02:00`, `GMT+0100`, `-05`.
fn zone(tokens: &[Token]) -> usize {
    let place = place(tokens);
    if place > 0 {
        return place;
    }
    let mut length = usize::from(tokens.first().and_then(Token::word).is_some_and(is_zone));
    let [sign, hours, rest @ ..] = &tokens[length..] else { return length };
    let digits = hours.number().filter(|_| hours.is_glued).map_or(0, str::len);
    if !sign.is_sign(&['+', '-', '−', '–']) {
        return length;
    }
    let minutes = matches!(rest, [colon, minutes, ..]
        if colon.is_sign(&[':']) && minutes.number().is_some_and(|n| n.len() == 2));
    match digits {
        2 if minutes => length += 4,
        4 => length += 2,
        1 | 2 if sign.is_sign(&['+']) || sign.is_glued => length += 2,
        _ => {}
    }
    length
}

/// How many tokens at the start name a zone by a place: `Europe/Berlin`, `America/New_York`.
fn place(tokens: &[Token]) -> usize {
    let [region, slash, city, rest @ ..] = tokens else { return 0 };
    if region.word().is_none() || !slash.is_sign(&['/']) || city.word().is_none() {
        return 0;
    }
    let more = rest.chunks(2).take_while(|pair| {
        pair[0].is_sign(&['_', '/']) && pair.get(1).is_some_and(|word| word.word().is_some())
    });
    3 + 2 * more.count()
}

/// A number of one or two digits, at most `highest`.
fn part(token: &Token, highest: u8) -> Option<u8> {
    let digits = token.number().filter(|digits| digits.len() <= 2)?;
    digits.parse().ok().filter(|&number| number <= highest)
}
