//! Letters in fancy dress → plain ones: "𝖕𝖆𝖗𝖈𝖊𝖑", "ｐａｒｃｅｌ", "ⓟⓐⓡⓒⓔⓛ", "ᴘᴀʀᴄᴇʟ", letters under heaps of marks, words with
//! invisible hyphens. What says something else than its letters stays: ½, ², ™, €, № and emoji.

use std::borrow::Cow;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text in plain letters, and where they stand in the text as it was.
#[derive(Clone, Debug)]
pub struct Plain<'t> {
    /// The text in plain letters.
    pub text: Cow<'t, str>,
    /// For each byte of it, and for its end, the place in the text as it was; empty where nothing changed.
    places: Vec<u32>,
}

impl Plain<'_> {
    /// Where a range of the plain text stands in the text as it was: at borders of characters in both.
    pub fn original(&self, range: Range<usize>) -> Range<usize> {
        match self.places.is_empty() {
            true => range,
            false => self.places[range.start] as usize..self.places[range.end] as usize,
        }
    }
}

/// Most marks on a letter that belong to it; Vietnamese has two.
const MOST_MARKS: usize = 2;

/// The text in plain letters.
pub fn plain(text: &str) -> Plain<'_> {
    if text.is_ascii() || !text.chars().any(is_dress) {
        return Plain { text: Cow::Borrowed(text), places: Vec::new() };
    }
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let heaped = has_heaps(text);
    let mut plain = String::with_capacity(text.len());
    let mut places = Vec::with_capacity(text.len());
    for (index, &(at, c)) in chars.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| chars[before].1);
        let after = chars.get(index + 1).map(|next| next.1);
        let start = plain.len();
        match undressed(c, (before, after), heaped) {
            Undressed::Same => plain.push(c),
            Undressed::Gone => {}
            Undressed::Letter(letter) => plain.push(letter),
            Undressed::Letters => plain.extend(std::iter::once(c).nfkc()),
        }
        // Cells are limited to far less than 4 GB.
        places.extend(std::iter::repeat_n(at as u32, plain.len() - start));
    }
    places.push(text.len() as u32);
    Plain { text: Cow::Owned(plain), places }
}

/// Whether a letter has more marks than belong to it: then none of the marks in the text do.
fn has_heaps(text: &str) -> bool {
    let mut marks = 0;
    text.chars().filter(|&c| !is_invisible(c) && c != '\u{200D}').any(|c| {
        marks = if is_combining_mark(c) { marks + 1 } else { 0 };
        marks > MOST_MARKS
    })
}

enum Undressed {
    /// It is plain.
    Same,
    /// It says nothing.
    Gone,
    /// A letter, in the same case.
    Letter(char),
    /// What its compatibility decomposition has (NFKC: Unicode Standard Annex #15).
    Letters,
}

/// What a character is without its dress, between its neighbours.
fn undressed(c: char, (before, after): (Option<char>, Option<char>), heaped: bool) -> Undressed {
    // Signs that are signs where they stand alone: 🅿, ℹ, ².
    let is_in_word = || [before, after].into_iter().flatten().any(is_letter_in_dress);
    match c {
        _ if is_invisible(c) => Undressed::Gone,
        '\u{200D}' if before.is_some_and(char::is_alphabetic) => Undressed::Gone,
        _ if is_strike(c) && before.is_some_and(|own| !own.is_numeric()) => Undressed::Gone,
        _ if heaped && is_combining_mark(c) && !matches!(c, '\u{FE00}'..='\u{FE0F}') => {
            Undressed::Gone
        }
        _ if is_styled(c) => Undressed::Letters,
        _ if is_letter_in_dress(c) && is_in_word() => match (small_capital(c), boxed(c)) {
            (Some(letter), _) | (_, Some(letter)) => Undressed::Letter(letter),
            _ => Undressed::Letters,
        },
        _ => Undressed::Same,
    }
}

/// Whether a character may be one of those that change.
fn is_dress(c: char) -> bool {
    !c.is_ascii()
        && (is_styled(c)
            || is_letter_in_dress(c)
            || is_invisible(c)
            || is_combining_mark(c)
            || c == '\u{200D}')
}

/// Always plain letters, digits and signs in another style: mathematical, of full width, ligatures.
fn is_styled(c: char) -> bool {
    matches!(c, '\u{1D400}'..='\u{1D7FF}' | '\u{FF01}'..='\u{FF5E}' | '\u{FB00}'..='\u{FB06}' | 'ĳ' | 'Ĳ')
}

/// Letters in dress that are signs of their own where they stand alone.
fn is_letter_in_dress(c: char) -> bool {
    is_styled(c)
        || small_capital(c).is_some()
        || boxed(c).is_some()
        || matches!(c, '\u{24B6}'..='\u{24E9}' | '\u{1F130}'..='\u{1F149}')
        || matches!(c, '\u{2B0}'..='\u{2B8}' | '\u{2E1}'..='\u{2E3}' | '\u{1D2C}'..='\u{1D61}' | '\u{1D9C}'..='\u{1DBB}')
        || "ℂℊℋℌℍℎℐℑℒℕℙℚℛℜℝℤℨℬℭℯℰℱℳℴⁱⁿ".contains(c)
}

/// Small capitals, which have no decomposition, beside the letters that they are.
fn small_capital(c: char) -> Option<char> {
    const SMALL: &str = "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ";
    const PLAIN: &str = "abcdefghijklmnoprstuvwyz";
    let place = SMALL.chars().position(|small| small == c)?;
    PLAIN.chars().nth(place)
}

/// White letters in black circles and squares, which have no decomposition either.
fn boxed(c: char) -> Option<char> {
    let number = match c {
        '\u{1F150}'..='\u{1F169}' => u32::from(c) - 0x1F150,
        '\u{1F170}'..='\u{1F189}' => u32::from(c) - 0x1F170,
        _ => return None,
    };
    char::from_u32(u32::from('A') + number)
}

/// Lines through and under letters.
fn is_strike(c: char) -> bool {
    matches!(c, '\u{305}' | '\u{332}' | '\u{333}' | '\u{334}'..='\u{338}' | '\u{33F}' | '\u{35F}')
}

/// Hyphens and blanks that show nothing.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}' | '\u{200C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFFC}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_fancy_dress_are_plain_ones() {
        for (text, expected) in [
            ("𝖕𝖆𝖗𝖈𝖊𝖑 𝖜𝖆𝖘 𝖑𝖆𝖙𝖊", "parcel was late"),
            ("𝐈 𝐥𝐨𝐯𝐞 𝟓 𝕾𝖙𝖆𝖗𝖘", "I love 5 Stars"),
            ("𝓅𝒶𝓇𝒸ℯ𝓁", "parcel"),
            ("ｐａｒｃｅｌ　ｗａｓ ｌａｔｅ！", "parcel\u{3000}was late!"),
            ("ⓟⓐⓡⓒⓔⓛ ⓦⓐⓢ ⓛⓐⓣⓔ", "parcel was late"),
            ("🅿🅰🆁🅲🅴🅻", "PARCEL"),
            ("ᴘᴀʀᴄᴇʟ ᴡᴀs ʟᴀᴛᴇ", "parcel was late"),
            ("ᵗʰᵉ ᵖᵃʳᶜᵉˡ", "the parcel"),
            ("Lie\u{AD}fe\u{AD}rung\u{200B} spät", "Lieferung spät"),
            ("p\u{336}a\u{336}r\u{336}c\u{336}e\u{336}l\u{336}", "parcel"),
            (
                "p\u{301}\u{316}\u{35b}\u{359}a\u{30d}\u{31f}r\u{325}c\u{33c}\u{345}\u{300}el",
                "parcel",
            ),
            ("ﬁnally eﬃcient", "finally efficient"),
        ] {
            assert_eq!(plain(text).text, expected, "{text}");
        }
    }

    #[test]
    fn what_says_something_else_stays() {
        for text in [
            "½ hour, 5 m², ™ © € № ª 1º 3ʳ ①",
            "🅿 was full ℹ Ⓜ",
            "❤️ 👩\u{200D}🔧 1️⃣ 🇩🇪",
            "u\u{308}ber",
            "đắt quá \u{1EA1}",
            "e\u{302}\u{301}",
            "ß ﬆ".trim_end_matches(" ﬆ"),
        ] {
            assert_eq!(plain(text).text, text, "{text}");
        }
    }

    #[test]
    fn places_point_into_the_text_as_it_was() {
        for text in ["𝖕𝖆𝖗 late\u{AD}r ᴀʙ", "x\u{301}\u{301}\u{301} ﬃ y", "\u{200B}a\u{200B}"]
        {
            let own = plain(text);
            let borders: Vec<usize> =
                own.text.char_indices().map(|(at, _)| at).chain([own.text.len()]).collect();
            for (number, &start) in borders.iter().enumerate() {
                for &end in &borders[number..] {
                    let original = own.original(start..end);
                    assert!(original.start <= original.end, "{text}");
                    assert!(text.get(original.clone()).is_some(), "{text} {original:?}");
                }
            }
        }
        let own = plain("𝖕𝖆𝖗𝖈𝖊𝖑 late");
        let at = own.text.find("late").unwrap();
        assert_eq!(&"𝖕𝖆𝖗𝖈𝖊𝖑 late"[own.original(at..at + 4)], "late");
        assert_eq!(&"𝖕𝖆𝖗𝖈𝖊𝖑 late"[own.original(0..6)], "𝖕𝖆𝖗𝖈𝖊𝖑");
    }
}
