//! Texts that a spreadsheet would run → texts that it shows, and back.
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-` or `@`, and some pass over blanks, quotes or
//! letters that nobody sees before the sign. One that takes another sign for the delimiter than the file
//! has, as Excel in Germany does with commas, begins cells in the middle of a text as well: behind its
//! line breaks, tabs, semicolons and commas. An apostrophe at such a place makes what follows a text.

use std::borrow::Cow;

/// Signs behind which a spreadsheet may begin a cell.
const BREAKS: [char; 5] = ['\n', '\r', '\t', ';', ','];

/// What only a formula that does something holds: calls, programs, other sheets.
const DOING: [char; 3] = ['(', '|', '!'];

/// The text with an apostrophe wherever a spreadsheet would begin a formula.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let places: Vec<usize> = starts(text).filter(|&at| is_run(text, at)).collect();
    if places.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + places.len());
    let mut done = 0;
    for at in places {
        safe.push_str(&text[done..at]);
        safe.push('\'');
        done = at;
    }
    safe.push_str(&text[done..]);
    Cow::Owned(safe)
}

/// The text of which [`harmless`] made this one. Other texts stay, but where an apostrophe stands before
/// a formula.
pub fn original(safe: &str) -> Cow<'_, str> {
    let is_ours = |&at: &usize| safe[at..].starts_with('\'') && is_run(safe, at);
    let places: Vec<usize> = starts(safe).filter(is_ours).collect();
    if places.is_empty() {
        return Cow::Borrowed(safe);
    }
    let mut text = String::with_capacity(safe.len());
    let mut done = 0;
    for at in places {
        text.push_str(&safe[done..at]);
        done = at + 1;
    }
    text.push_str(&safe[done..]);
    Cow::Owned(text)
}

/// Where cells may begin.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let behind = text.bytes().enumerate().filter(|(_, byte)| BREAKS.contains(&char::from(*byte)));
    std::iter::once(0).chain(behind.map(|(at, _)| at + 1))
}

/// Whether a cell that begins here would run. An apostrophe there changes nothing: so the same question
/// tells where one was put.
fn is_run(text: &str, at: usize) -> bool {
    let cell = &text[at..];
    let is_first = at == 0;
    let body = cell.trim_start_matches(|c| is_passed_over(c) && (is_first || !BREAKS.contains(&c)));
    let passed = &cell[..cell.len() - body.len()];
    if is_first && passed.contains(['\t', '\n', '\r']) {
        return true;
    }
    match body.chars().next() {
        Some('=' | '＝' | '﹦') => true,
        // Lists have dashes before their lines, and prices behind commas: only the first cell is
        // the text's own.
        Some('+' | '-' | '@' | '＋' | '－' | '＠' | '﹢' | '﹣' | '﹫') => match is_first {
            true => !is_number(cell.trim()),
            false => body.split(BREAKS).next().is_some_and(|cell| cell.contains(DOING)),
        },
        _ => false,
    }
}

/// What may stand before the sign: blanks, controls, quotes, and what nobody sees.
fn is_passed_over(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\'' | '"' | '`' | '´' | '«' | '»' | '‹' | '›' | '＇' | '＂')
        || matches!(c, '\u{2018}'..='\u{201f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{ad}' | '\u{180e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A number with a sign: `-5`, `+0.25`, `-0,25`.
fn is_number(text: &str) -> bool {
    let Some(number) = text.strip_prefix(['+', '-']) else { return false };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    match number.split_once(['.', ',']) {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_text() {
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2+3", "'-2+3"),
            ("+49 170", "'+49 170"),
            ("-", "'-"),
            ("\tlate", "'\tlate"),
            ("\r\n=1", "'\r\n'=1"),
            ("  =1", "'  =1"),
            ("\u{a0}\u{feff}\"'=1", "'\u{a0}\u{feff}\"'=1"),
            ("\u{200b}＝1", "'\u{200b}＝1"),
            ("'=1", "''=1"),
            ("late\n=1+1", "late\n'=1+1"),
            ("late;=cmd|' /C calc'!A0;", "late;'=cmd|' /C calc'!A0;"),
            ("late,\"+HYPERLINK(1)", "late,'\"+HYPERLINK(1)"),
        ] {
            assert_eq!(harmless(text), safe, "{text:?}");
            assert_eq!(original(safe), text, "{safe:?}");
        }
    }

    #[test]
    fn numbers_and_other_texts_stay() {
        for text in [
            "",
            "-5",
            "+0.25",
            "-0,25",
            " -5 ",
            "a=b",
            "'tis late",
            "too late\n- no answer\n- no refund",
            "49,- Euro",
            "late; - - never mind",
            "mail@example.org",
            "x,-1",
        ] {
            assert_eq!(harmless(text), text);
            assert_eq!(original(text), text);
        }
    }

    /// All texts of a few signs that matter.
    #[test]
    fn any_text_is_harmless_and_comes_back() {
        const SIGNS: [char; 17] = [
            '=', '+', '-', '@', '\t', '\r', '\n', ' ', '\'', '"', ';', ',', '(', '1', '.', 'a',
            '＝',
        ];
        for mut number in 0..SIGNS.len().pow(5) {
            let mut text = String::new();
            while number > 0 {
                text.push(SIGNS[(number - 1) % SIGNS.len()]);
                number = (number - 1) / SIGNS.len();
            }
            let safe = harmless(&text).into_owned();
            assert_eq!(original(&safe), text, "{safe:?}");
            let bare = safe.trim_matches([' ', '"', '\t', '\r', '\n']);
            let is_sound = bare.parse::<f64>().is_ok() || is_number(bare);
            assert!(is_sound || !bare.starts_with(['=', '+', '-', '@', '＝']), "{safe:?}");
            assert!(!safe.starts_with(['\t', '\r', '\n']), "{safe:?}");
            for cell in safe.split(BREAKS) {
                assert!(!cell.trim_start_matches([' ', '"']).starts_with(['=', '＝']), "{safe:?}");
            }
        }
    }
}
