//! Words, folded and stemmed.

use std::borrow::Cow;
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::Language;

/// Byte ranges of the words: runs of letters and digits.
pub(crate) fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, _) = rest.find(|(_, c)| c.is_alphanumeric())?;
        let mut end = text.len();
        while let Some((position, c)) = rest.peek() {
            if !c.is_alphanumeric() && !is_combining_mark(*c) {
                end = *position;
                break;
            }
            rest.next();
        }
        Some(start..end)
    })
}

/// Lower case without accents; `ä` and `ae`, `ß` and `ss` become the same.
pub(crate) fn fold(word: &str) -> String {
    if word.is_ascii() {
        return word.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(word.len() + 2);
    for c in word.nfd().flat_map(char::to_lowercase) {
        match c {
            '\u{308}' if folded.ends_with(['a', 'o', 'u']) => folded.push('e'),
            'ß' => folded.push_str("ss"),
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            _ if is_combining_mark(c) => {}
            _ => folded.push(c),
        }
    }
    folded
}

/// The folded stem of a word. German is folded before stemming, so that "Verspaetung" and
/// "Verspätung" agree; the others after, because their suffixes carry the accents.
pub(crate) fn stem(word: &str, language: Language) -> String {
    let algorithm = match language {
        Language::De => Algorithm::German,
        Language::En => Algorithm::English,
        Language::Es => Algorithm::Spanish,
        Language::Fr => Algorithm::French,
        Language::It => Algorithm::Italian,
        Language::Nl => Algorithm::Dutch,
        Language::Pt => Algorithm::Portuguese,
        Language::Und => return fold(word),
    };
    let stemmer = Stemmer::create(algorithm);
    let text: Cow<str> = match language {
        Language::De => fold(word).into(),
        _ => word.to_lowercase().into(),
    };
    fold(&stemmer.stem(&text))
}
