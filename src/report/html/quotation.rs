//! What customers said, cut to what is read at a glance.

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::painpoint::findings::Verbatim;
use crate::report::words::format::Format;

/// Longest quotation, in characters as a reader counts them. `mentions.csv` has the whole.
const LONGEST: usize = 320;

/// A customer's words.
#[derive(Serialize)]
pub(super) struct Quotation {
    text: String,
    date: Option<String>,
}

impl Quotation {
    pub(super) fn new(format: Format, verbatim: &Verbatim) -> Self {
        Self { text: shortened(&verbatim.text), date: verbatim.date.map(|date| format.date(date)) }
    }
}

/// Cuts a long text, between words if it has any.
fn shortened(text: &str) -> String {
    let Some((end, _)) = text.grapheme_indices(true).nth(LONGEST) else { return text.to_owned() };
    let head = &text[..end];
    let head = match head.rfind(char::is_whitespace) {
        Some(space) if space > end / 2 => &head[..space],
        _ => head,
    };
    format!("{} […]", head.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_quotations_end_between_words() {
        let text = "warten ".repeat(100);
        let short = shortened(&text);
        assert!(short.ends_with("warten […]"), "{short}");
        assert!(short.graphemes(true).count() <= LONGEST + 4);
        assert_eq!(shortened("kurz"), "kurz");
    }

    #[test]
    fn an_endless_word_is_cut_between_graphemes() {
        let family = "👨‍👩‍👧‍👦";
        let short = shortened(&family.repeat(400));
        assert_eq!(short, format!("{} […]", family.repeat(LONGEST)));
    }
}
