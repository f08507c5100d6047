//! What the model reads: text without markup, odd characters and noise.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};
use unicode_segmentation::UnicodeSegmentation;

use super::emoji::{is_emoji, is_emoji_modifier};
use super::lexicon::has_word;
use super::plain::plain;

/// The text in one line as a person would retype it: plain letters in NFC, without HTML tags and entities, control
/// and zero-width characters; blanks collapsed; links as `http`, handles as `@user`; a character
/// repeated over and over three times at most (digits excepted).
///
/// Cleaning what is clean changes nothing.
pub fn clean(text: &str) -> Cow<'_, str> {
    let mut cleaned = clean_once(text);
    // What was cleaned may show what was hidden: `&amp;lt;br&gt;`, `<<b>br>`.
    while let Cow::Owned(text) = &cleaned
        && text.contains(['&', '<', '@', '.'])
    {
        match clean_once(text) {
            Cow::Borrowed(_) => break,
            Cow::Owned(cleaner) => cleaned = Cow::Owned(cleaner),
        }
    }
    cleaned
}

/// The text in one line as a person is shown it: without markup, entities and characters that nobody sees. It may
/// read as a tag where somebody wrote about one.
pub fn readable(text: &str) -> String {
    let text = decode_escapes(text);
    let text = drop_tags(&text).into_owned();
    drop_invisible(&decode_entities(&text))
}

fn clean_once(text: &str) -> Cow<'_, str> {
    let text = decode_escapes(text);
    let text = match decode_entities(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(decoded) => Cow::Owned(decoded),
    };
    let cleaned = drop_tags(&text);
    let cleaned = drop_invisible(&plain(&cleaned).text);
    let cleaned = if is_nfc(&cleaned) { cleaned } else { cleaned.nfc().collect() };
    let cleaned = shorten_runs(&mask_links_and_handles(&cleaned));
    match text {
        Cow::Borrowed(text) if text == cleaned => Cow::Borrowed(text),
        _ => Cow::Owned(cleaned),
    }
}

/// Line breaks and other characters as programs write them that cannot: `_x000D_` (Excel), `\n`. A path of
/// Windows stays.
fn decode_escapes(text: &str) -> Cow<'_, str> {
    let breaks = text.contains('\\') && !text.contains(":\\");
    if !breaks && !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let (character, length) = match next {
            '_' => excel_escape(rest).map_or((next, 1), |character| (character, 7)),
            '\\' if breaks && rest[1..].starts_with(['n', 'r', 't']) => (' ', 2),
            _ => (next, next.len_utf8()),
        };
        decoded.push(character);
        rest = &rest[length..];
    }
    if decoded == text { Cow::Borrowed(text) } else { Cow::Owned(decoded) }
}

/// The character that `_xHHHH_` stands for; a blank for one that controls.
fn excel_escape(text: &str) -> Option<char> {
    let code = text.strip_prefix("_x")?.get(..5)?.strip_suffix('_')?;
    let character = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
    Some(if character.is_control() { ' ' } else { character })
}

fn decode_entities(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        let (character, length) = entity(&rest[at..]).unwrap_or(('&', 1));
        decoded.push(character);
        rest = &rest[at + length..];
    }
    decoded.push_str(rest);
    if decoded == text { Cow::Borrowed(text) } else { Cow::Owned(decoded) }
}

/// The character and length in bytes of the entity that `text` starts with. One that was escaped
/// again (`&amp;quot;`) counts as one.
fn entity(text: &str) -> Option<(char, usize)> {
    let mut start = 1;
    while text[start..].starts_with("amp;") {
        start += "amp;".len();
    }
    let name = text[start..].split_once(';').map_or("", |(name, _)| name);
    let character = match name.strip_prefix('#') {
        Some(number) => number_entity(number),
        None => named_entity(name),
    };
    match character {
        Some(c) => Some((c, start + name.len() + 1)),
        None => (start > 1).then_some(('&', start)),
    }
}

fn named_entity(name: &str) -> Option<char> {
    match name {
        "nbsp" => return Some(' '),
        "shy" => return Some('\u{AD}'),
        _ => {}
    }
    let mut table = ENTITIES.split_whitespace();
    while let (Some(known), Some(character)) = (table.next(), table.next()) {
        if known == name {
            return character.chars().next();
        }
    }
    None
}

fn number_entity(number: &str) -> Option<char> {
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?)
}

/// Named entities, each before its character.
const ENTITIES: &str = "
    lt < gt > quot \" apos ' euro € pound £ sect § copy © reg ® trade ™ deg ° times × frac12 ½ hellip … ndash – mdash —
    bull • middot · iexcl ¡ iquest ¿ lsquo ‘ rsquo ’ sbquo ‚ ldquo “ rdquo ” bdquo „ laquo « raquo »
    auml ä ouml ö uuml ü Auml Ä Ouml Ö Uuml Ü szlig ß agrave à aacute á acirc â atilde ã ccedil ç egrave è eacute é
    ecirc ê euml ë igrave ì iacute í icirc î iuml ï ntilde ñ ograve ò oacute ó ocirc ô otilde õ oelig œ ugrave ù uacute ú
    ucirc û Agrave À Eacute É Egrave È Ccedil Ç";

/// Tags within a word: nothing stands in their place.
const INLINE_TAGS: &str =
    "a abbr b big del em font i ins mark s small span strike strong sub sup u";

/// Tags between words: a blank stands in their place.
const BLOCK_TAGS: &str = "blockquote body br button code div form h1 h2 h3 h4 h5 h6 head hr html iframe img input label \
    li link meta ol option p pre script section select style table tbody td th thead title tr ul video";

/// The name and length in bytes of the HTML tag that `text` starts with.
pub(super) fn html_tag(text: &str) -> Option<(&'static str, usize)> {
    const LONGEST_TAG: usize = 400;
    let inner = text.strip_prefix('<')?;
    let close = inner.bytes().take(LONGEST_TAG).position(|b| b == b'>' || b == b'<')?;
    let body = inner.get(..close).filter(|_| inner.as_bytes()[close] == b'>')?;
    if body.starts_with("!--") {
        return Some(("!--", close + 2));
    }
    let name = body.trim_start_matches('/').split([' ', '/', '\t', '\n']).next()?;
    let is_tag = |tag: &&str| name.eq_ignore_ascii_case(tag);
    let mut tags = INLINE_TAGS.split(' ').chain(BLOCK_TAGS.split(' '));
    tags.find(is_tag).map(|tag| (tag, close + 2))
}

/// Whether the HTML tag of this name breaks the line.
pub(super) fn is_block_tag(name: &str) -> bool {
    has_word(BLOCK_TAGS, name)
}

fn drop_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        match html_tag(rest) {
            Some((name, length)) => {
                if !has_word(INLINE_TAGS, name) {
                    plain.push(' ');
                }
                rest = &rest[length..];
            }
            None => {
                plain.push('<');
                rest = &rest[1..];
            }
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain)
}

/// Drops zero-width characters (joiners inside emoji stay) and collapses blanks and controls.
fn drop_invisible(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\u{200D}' => {
                let after_emoji = plain.ends_with(|c| is_emoji(c) || is_emoji_modifier(c));
                if after_emoji && chars.peek().is_some_and(|&next| is_emoji(next)) {
                    plain.push(c);
                }
            }
            '\u{AD}'
            | '\u{200B}'
            | '\u{200C}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}'
            | '\u{FEFF}'
            | '\u{FFFC}' => {}
            c if c.is_whitespace() || c.is_control() => {
                if !plain.is_empty() && !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            c => plain.push(c),
        }
    }
    plain.truncate(plain.trim_end().len());
    plain
}

fn mask_links_and_handles(text: &str) -> Cow<'_, str> {
    if !(text.contains("://") || text.contains("www.") || text.contains('@')) {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let starts_word = !masked.ends_with(|c: char| c.is_alphanumeric());
        let rest = &text[at..];
        let (written, length) = match (starts_word, link_length(rest), handle_length(rest)) {
            (true, Some(length), _) => ("http", length),
            (true, _, Some(length)) => ("@user", length),
            _ => (&rest[..c.len_utf8()], c.len_utf8()),
        };
        masked.push_str(written);
        at += length;
    }
    Cow::Owned(masked)
}

/// The length in bytes of the link that `text` starts with, without the punctuation after it.
pub(super) fn link_length(text: &str) -> Option<usize> {
    let starts = |prefix: &str| {
        text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
    };
    let prefix = ["http://", "https://", "www."].into_iter().find(|prefix| starts(prefix))?;
    let link = text.split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).next()?;
    let length = link.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '…']).len();
    (length > prefix.len()).then_some(length)
}

fn handle_length(text: &str) -> Option<usize> {
    let name = text.strip_prefix('@')?;
    let length = name.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
    (length > 0).then_some(length + 1)
}

/// `soooooo` → `sooo`, `!!!!!!!` → `!!!`; digits stay, they are amounts.
fn shorten_runs(text: &str) -> String {
    const LONGEST_RUN: usize = 3;
    let mut short = String::with_capacity(text.len());
    let mut last = "";
    let mut run = 0;
    for grapheme in text.graphemes(true) {
        run = if grapheme == last { run + 1 } else { 1 };
        last = grapheme;
        if run <= LONGEST_RUN || grapheme.starts_with(char::is_numeric) {
            short.push_str(grapheme);
        }
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_programs_wrote_out_are_brought_back() {
        for (text, cleaned) in [
            ("late._x000D_\nNobody_x000a_ answered", "late. Nobody answered"),
            ("5_x20AC_ too much", "5€ too much"),
            ("late\\nand slow\\r\\n", "late and slow"),
            ("it is in c:\\new", "it is in c:\\new"),
            ("file_xyz_1 is a_x_b", "file_xyz_1 is a_x_b"),
        ] {
            assert_eq!(clean(text), cleaned);
        }
    }

    #[test]
    fn markup_is_removed() {
        assert_eq!(clean("Gut.<br>Aber &amp; sp&auml;t"), "Gut. Aber & spät");
        assert_eq!(clean("<p>Sehr <b>wichtig</b>!</p>"), "Sehr wichtig!");
        assert_eq!(clean("&amp;quot;Hi&amp;quot; &#39;x&#x27;"), "\"Hi\" 'x'");
        assert_eq!(
            clean("I <3 it, 5 < 6 & R&D; x <y and z> w"),
            "I <3 it, 5 < 6 & R&D; x <y and z> w"
        );
    }

    #[test]
    fn what_people_are_shown_has_no_markup() {
        let text = "<p style=\"color:red\">Zu <b>sp&auml;t</b>!</p>\n<br>R&amp;D &lt;3, @anna: https://a.de";
        assert_eq!(readable(text), "Zu spät! R&D <3, @anna: https://a.de");
    }

    #[test]
    fn odd_characters_are_straightened() {
        assert_eq!(clean("  a\u{A0}\u{2003}b\t\r\n c\u{0}d "), "a b c d");
        assert_eq!(clean("u\u{308}ber\u{200B}all\u{FEFF}"), "überall");
        assert_eq!(clean("👩\u{200D}🔧 a\u{200D}b"), "👩\u{200D}🔧 ab");
    }

    #[test]
    fn links_and_handles_are_masked() {
        assert_eq!(
            clean("Siehe https://a.de/x?y=1&z=ü, danke @Telekom_hilft!"),
            "Siehe http, danke @user!"
        );
        assert_eq!(clean("www.example.com."), "http.");
        assert_eq!(clean("mail an a@b.de @ 5"), "mail an a@b.de @ 5");
    }

    #[test]
    fn runs_are_shortened_but_amounts_stay() {
        assert_eq!(clean("soooooo gut!!!!!!!"), "sooo gut!!!");
        assert_eq!(clean("1000000 Euro"), "1000000 Euro");
        assert_eq!(clean("❤️❤️❤️❤️❤️"), "❤️❤️❤️");
    }

    #[test]
    fn clean_text_is_borrowed() {
        for text in ["", "Alles gut.", "über 5 € & mehr", "@user http"] {
            assert!(matches!(clean(text), Cow::Borrowed(_)), "{text}");
        }
    }

    #[test]
    fn cleaning_again_changes_nothing() {
        let pieces = [
            "&",
            "amp;",
            "&amp;",
            "&lt;",
            "<",
            "<b",
            "br>",
            ">",
            "w",
            "www.",
            "wwww.a",
            "@",
            "@x",
            " ",
            "\u{200B}",
            "\u{200D}",
            "\u{308}",
            "u",
            "😀",
            "😀😀😀😀",
            "!!!!!",
            "\n",
            "http://",
            "&#8203;",
            "&#x41;",
            "&nbsp;",
            "\u{0}",
            "&#0;",
            "&#xD800;",
            "é",
        ];
        for a in pieces {
            for b in pieces {
                for c in pieces {
                    let cleaned = clean(&format!("{a}{b}{c}{a}")).into_owned();
                    assert_eq!(clean(&cleaned), cleaned, "{a:?} {b:?} {c:?}");
                }
            }
        }
    }
}
