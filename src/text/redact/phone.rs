//! Telephone numbers.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Found;
use super::checks::digits;
use super::kind::Kind;
use super::pattern::{before, pattern, stands_alone};

/// Characters before a number in which a word may say that it is one to call.
const LABEL: usize = 32;

/// Digits of a number with its country: ITU-T E.164.
const MOST_DIGITS: usize = 15;

static RUN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[+]? \x20? [(]? [+]? \d (?: [\x20\u{A0}./\-–()\t]{0,3} \d ){4,24}"));

/// Where two numbers are parted that stand side by side.
static BREAK: LazyLock<Regex> = LazyLock::new(|| pattern(r"\x20 [/\-–] \x20 | \x20{2,} | \t"));

static LABELLED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i) (?: \b tel | telef | telephone | phone | \b mobil | handy | cell\b | call \s me | ring \s me | whats?app | rufnummer
             | festnetz | durchwahl | rückruf | zurückrufen | erreichbar | anrufen | rufen \s sie | appel | portable | móvil | telemóvel
             | llám | cellulare | chiam | \b gsm \b | \b fax | \b sms | bellen | belt \s u | ligar | ligue | reach \s me | text \s me | \b call \b )
          [^\d]* $",
    )
});

/// Days, times and amounts, which are no numbers to call.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^ (?: \d{1,2} [./\-] \x20? \d{1,2} [./\-] \x20? (?: \d{4} | \d{2} ) (?: \D | $ )   # a day
              | (?: 19 | 20 ) \d{2} [./\-–] \d{1,4} (?: \D | $ )                             # a year first, or two
              | \d{1,2} \. \d{2} \x20? [\-–] \x20? \d{1,2} \. \d{2} $                        # opening hours
              | 0 \. \d+ $                                                                   # a fraction
              | \d{1,3} (?: [.] \d{3} )+ $                                                   # an amount
              | [1-9] \d{0,2} (?: \x20 000 )+ $ )",
    )
});

/// Words for numbers of goods.
static GOODS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i) \b (?: isbn | ean | upc | gtin | sku | asin | art(?:ikel)? [.\-]* (?: nr | nummer ) | model | modell ) [^\p{L}\d]* $",
    )
});

/// France: five pairs, which look like a day.
static PAIRS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^ [(]? 0 [1-9] [)]? (?: [\x20.\-/] \d{2} ){4} $"));

/// An extension behind a number.
static EXTENSION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i) ^ ,? \x20? (?: ext\.? | extension | x | durchwahl | dw\.? | poste | interno ) \x20? \d{1,5}",
    )
});

static GROUPED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^ (?: [(]? [2-9] \d{2} [)]? [\x20.\-]{1,2} \d{3} [\x20.\-] \d{4}                   # United States
              | 1 [\x20.\-] [(]? [2-9] \d{2} [)]? [\x20.\-] \d{3} [\x20.\-] \d{4}
              | 3 \d{2} [\x20./\-]? \d{3} [\x20.\-]? \d{2} [\x20.\-]? \d{2}                  # Italy, mobile
              | 3 \d{2} [\x20./\-] \d{6,7}
              | [6789] \d{2} (?: [\x20\-] \d{3}){2} | [6789] \d{2} (?: [\x20\-] \d{2}){3}    # Spain
              | [89] \d (?: [\x20\-] \d{3}) (?: [\x20\-] \d{2}){2}
              | 6 \d{8} | 7 [1-4] \d{7}
              | [29] \d{2} (?: \x20 \d{3}){2} | 9 [1236] \d{7}                               # Portugal
              | [(]? [1-9] \d [)]? \x20? 9? \d{4} - \d{4} )                                  # Brazil
          $",
    )
});

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    if text.bytes().filter(u8::is_ascii_digit).count() < 5 {
        return;
    }
    for run in RUN.find_iter(text) {
        let mut start = run.start();
        let parts = BREAK.find_iter(run.as_str()).map(|own| (own.start(), own.end()));
        let is_long = digits(run.as_str()).len() > MOST_DIGITS;
        let ends: Vec<(usize, usize)> = if is_long { parts.collect() } else { Vec::new() };
        for (end, next) in ends.into_iter().chain([(run.len(), run.len())]) {
            let end = run.start() + end;
            let number = &text[start..end];
            let lead = number.len() - number.trim_start_matches(' ').len();
            let range = start + lead..end;
            let label = before(text, start, LABEL);
            if stands_alone(text, &range) && is_phone(&text[range.clone()], label) {
                let range = with_end(text, range);
                found.push(Found { range, kind: Kind::Phone });
            }
            start = run.start() + next;
        }
    }
}

/// Takes in an extension, and a bracket that was opened before the number or in it.
fn with_end(text: &str, range: Range<usize>) -> Range<usize> {
    let number = &text[range.clone()];
    let is_open = number.matches('(').count() > number.matches(')').count();
    let closes = is_open && text[range.end..].starts_with(')');
    let extension = EXTENSION.find(&text[range.end..]).map_or(0, |own| own.end());
    range.start..range.end + usize::from(closes).max(extension)
}

fn is_phone(number: &str, label: &str) -> bool {
    let digits = digits(number);
    let bare = number.trim_start_matches('(');
    let is_monotone = digits.iter().all(|digit| *digit == digits[0]);
    // "0,5", "1:30": it goes on before.
    let goes_on = label.ends_with([',', '.', ':', '€', '$', '£', '§', '#']);
    if is_monotone || digits.len() > MOST_DIGITS {
        return false;
    }
    if bare.starts_with('+') {
        return digits.len() >= 8;
    }
    if GOODS.is_match(label) {
        return false;
    }
    if PAIRS.is_match(number) {
        return true;
    }
    if OTHER.is_match(bare) || goes_on && !label.ends_with(['.', ':', ',']) {
        return false;
    }
    let is_parted = number.contains([' ', '/', '-', '(', '–']);
    if LABELLED.is_match(label) && (5..=MOST_DIGITS).contains(&digits.len()) {
        return true;
    }
    if goes_on {
        return bare.starts_with('0') && label.ends_with(':') && digits.len() >= 8;
    }
    match digits[..] {
        [0, 0, third, ..] => third > 0 && digits.len() >= 10,
        [0, second, ..] => {
            second > 0 && digits.len() <= 13 && digits.len() >= if is_parted { 8 } else { 9 }
        }
        _ => GROUPED.is_match(number),
    }
}
