//! Spellings of one word → one, for the short lists of words that values are written in.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// In lower case and without accents: `März` → `marz`, `Février` → `fevrier`.
pub(crate) fn plain(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut plain = String::with_capacity(word.len());
    for c in word.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            'ß' => plain.push_str("ss"),
            '’' | '‘' | '´' => plain.push('\''),
            other => plain.push(other),
        }
    }
    plain
}
