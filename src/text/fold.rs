//! Spellings of one word → one.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, accents off, `ä` → `ae`, `ö` → `oe`, `ü` → `ue`, `ß` → `ss`, `’` → `'`.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len() + 2);
    let mut fold_char = |c: char| match c {
        'ä' => folded.push_str("ae"),
        'ö' => folded.push_str("oe"),
        'ü' => folded.push_str("ue"),
        'ß' => folded.push_str("ss"),
        'œ' => folded.push_str("oe"),
        'æ' => folded.push_str("ae"),
        '’' => folded.push('\''),
        '-' => {}
        c if c.is_ascii() => folded.push(c),
        c => folded.extend(c.nfd().filter(|&part| !is_combining_mark(part))),
    };
    if word.is_ascii() {
        word.chars().map(|c| c.to_ascii_lowercase()).for_each(fold_char);
    } else {
        word.nfc().flat_map(char::to_lowercase).for_each(&mut fold_char);
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_word_fold_together() {
        assert_eq!(fold("Rückgabe"), fold("RUECKGABE"));
        assert_eq!(fold("Straße"), fold("STRASSE"));
        assert_eq!(fold("Straße"), fold("strasse"));
        assert_eq!(fold("u\u{308}ber"), "ueber");
        assert_eq!(fold("Garçon"), "garcon");
        assert_eq!(fold("DOESN’T"), "doesn't");
        assert_eq!(fold("ﬁ"), "ﬁ");
    }
}
