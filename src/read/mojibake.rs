//! Text that was read in a wrong encoding and saved again: "stÃ¼rzt" for "stürzt".

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;

/// A cell as it was before it was read as Windows-1252 though it was UTF-8; none where it was not.
///
/// Each word is taken by itself: others may hold letters that Windows-1252 lacks.
pub(super) fn mended(cell: &str) -> Option<String> {
    if !may_be_garbled(cell.as_bytes()) {
        return None;
    }
    let mut is_mended = false;
    let words = cell.split_inclusive(char::is_whitespace).map(|word| match mended_word(word) {
        Some(mended) => {
            is_mended = true;
            Cow::Owned(mended)
        }
        None => Cow::Borrowed(word),
    });
    let text: String = words.collect();
    is_mended.then_some(text)
}

/// Whether a letter of Windows-1252 whose byte starts a character in UTF-8 stands before one whose byte may go
/// on with it. Most texts have none: all of them are looked at.
pub(super) fn may_be_garbled(text: &[u8]) -> bool {
    memchr::memchr_iter(0xc3, text).any(|at| {
        let goes_on = |next: &u8| matches!(next, 0xc2 | 0xc5 | 0xc6 | 0xcb | 0xe2);
        matches!(text.get(at + 1), Some(0x82..=0xb4)) && text.get(at + 2).is_some_and(goes_on)
    })
}

/// Where its letters are the bytes of UTF-8, which is hardly ever so by chance.
fn mended_word(word: &str) -> Option<String> {
    if word.is_ascii() {
        return None;
    }
    let (bytes, _, unmappable) = WINDOWS_1252.encode(word);
    let text = std::str::from_utf8(&bytes).ok().filter(|_| !unmappable)?;
    Some(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbled_words_are_mended_and_others_stay() {
        for (garbled, text) in [
            ("Die App stÃ¼rzt ab", "Die App stürzt ab"),
            ("Itâ€™s slow 😀", "It’s slow 😀"),
            ("schÃ¶n & groÃŸ", "schön & groß"),
            ("trÃ¨s cher, 100 %", "très cher, 100 %"),
            ("Å\u{bc}al i Å‚zy", "żal i łzy"),
            ("2 Â° kÃ\u{a0} ðŸ˜€", "2 ° kà 😀"),
        ] {
            assert_eq!(mended(garbled).as_deref(), Some(text), "{garbled}");
        }
        for text in ["stürzt ab", "plain", "à la carte", "“quoted” – 5 €", "ÀÉÎ", "Ça va"]
        {
            assert_eq!(mended(text), None, "{text}");
        }
    }
}
