//! Telling the encodings of Western languages apart: by what stands beside what.
//!
//! Detectors for browsers know neither MacRoman nor the code pages of DOS, which spreadsheets still
//! write. In the right encoding, letters stand among letters, and quotes and dashes between words.

use super::coding::Coding;

/// The encodings in question; of those that fit as well, the first is taken.
const CANDIDATES: [Coding; 4] = [
    Coding::Web(encoding_rs::WINDOWS_1252),
    Coding::Web(encoding_rs::ISO_8859_15),
    Coding::Web(encoding_rs::MACINTOSH),
    Coding::Cp850,
];

/// Letters beyond ASCII that are frequent in German, Spanish, French, Italian, Dutch and Portuguese, and
/// those that are seldom.
const FREQUENT: &str = "äöüßéèàçñáíóúêã";
const SELDOM: &str = "ëâåæìîïòôõøœùûýÿ";

/// How well each of the encodings fits what was seen. A sum: the order of lines does not matter.
pub(super) struct Western {
    characters: Vec<Vec<Option<char>>>,
    fits: [i64; CANDIDATES.len()],
    /// Bytes beyond ASCII.
    bytes: u64,
}

impl Western {
    pub(super) fn new() -> Self {
        let of = |coding: Coding| (128..=255).map(|byte| coding.character(byte)).collect();
        Self { characters: CANDIDATES.map(of).into(), fits: [0; CANDIDATES.len()], bytes: 0 }
    }

    /// Takes a line into account.
    pub(super) fn add(&mut self, line: &[u8]) {
        self.bytes += line.iter().filter(|byte| !byte.is_ascii()).count() as u64;
        for (characters, fit) in self.characters.iter().zip(&mut self.fits) {
            let character = |at: usize| match line.get(at).copied() {
                Some(byte) if byte.is_ascii() => Some(char::from(byte)),
                Some(byte) => characters[usize::from(byte) - 128],
                None => None,
            };
            let foreign = (0..line.len()).filter(|&at| !line[at].is_ascii());
            *fit += foreign
                .map(|at| {
                    let before = at.checked_sub(1).and_then(character);
                    character(at).map_or(-8, |c| fitness(before, c, character(at + 1)))
                })
                .sum::<i64>();
        }
    }

    /// How well an encoding fits on average, at most 3.
    pub(super) fn fit(&self, coding: Coding) -> f64 {
        let index = CANDIDATES.iter().position(|&candidate| candidate == coding);
        index.map_or(0.0, |index| self.fits[index] as f64 / self.bytes.max(1) as f64)
    }

    /// The encoding that fits best.
    pub(super) fn best(&self) -> Coding {
        let fits = CANDIDATES.into_iter().zip(self.fits);
        // The first of the best: `max_by_key` would take the last.
        fits.rev().max_by_key(|&(_, fit)| fit).map_or(CANDIDATES[0], |(coding, _)| coding)
    }
}

/// How well a character fits between its neighbours, at most 3.
fn fitness(before: Option<char>, c: char, after: Option<char>) -> i64 {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    let small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let space = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
    let within = letter(before) && letter(after);
    let beside = letter(before) || letter(after);
    let lower = c.to_lowercase().next().unwrap_or(c);
    match c {
        _ if FREQUENT.contains(c) => 3 * i64::from(beside),
        _ if SELDOM.contains(c) => 2 * i64::from(beside),
        // "Ärger", "GRÖSSE", and no capital within a word.
        _ if FREQUENT.contains(lower) || SELDOM.contains(lower) => match small(before) {
            true => -4,
            false => 2 * i64::from(letter(after)),
        },
        '’' | '‘' if within => 3,
        '“' | '”' | '„' | '«' | '»' | '‹' | '›' | '‚' | '’' | '‘' | '–' | '—' => {
            if within {
                -2
            } else {
                3
            }
        }
        '…' => {
            if letter(before) && small(after) {
                -3
            } else {
                2
            }
        }
        '€' | '£' => {
            let priced = digit(before) || digit(after) || space(before) && space(after);
            if priced { 3 } else { -1 }
        }
        '°' | '½' | '²' | '³' | 'º' | 'ª' => {
            i64::from(digit(before)) - i64::from(small(after))
        }
        '¿' | '¡' if letter(after) && !small(before) => 2,
        '™' | '®' | '©' => i64::from(!letter(after)) * 2 - 1,
        '\u{a0}' => i64::from(!within),
        '•' | '·' | '´' | '§' => 0,
        _ if c.is_control() => -8,
        _ => -2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(line: &[u8]) -> &'static str {
        let mut western = Western::new();
        western.add(line);
        western.best().name()
    }

    #[test]
    fn the_encoding_in_which_letters_make_words_is_found() {
        for (line, expected) in [
            (&b"it\x92s a shame \x96 \x93never\x94 again"[..], "Windows-1252"),
            (b"st\xfcrzt ab, \xc4rger, Gr\xf6\xdfe", "Windows-1252"),
            (b"L\x92application se ferme, d\xe9\xe7u", "Windows-1252"),
            (b"it\xb4s not good", "Windows-1252"),
            (b"20 \xa4 im Monat, zu teuer f\xfcr das", "ISO-8859-15"),
            (b"c\xbdur", "ISO-8859-15"),
            (b"it\xd5s a shame \xd0 \xd2never\xd3 again", "MacRoman"),
            (b"st\x9frzt ab, \x80rger, Gr\x9a\xa7e", "MacRoman"),
            (b"d\x8e\x8du, tr\x8fs cher", "MacRoman"),
            (b"st\x81rzt ab, \x8erger, Gr\x94\xe1e", "CP850"),
        ] {
            assert_eq!(best(line), expected, "{}", line.escape_ascii());
        }
    }
}
