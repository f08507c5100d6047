//! What customers said, cut to what is read at a glance, with its topic's words marked.

use serde::Serialize;
use unicode_segmentation::UnicodeSegmentation;

use crate::painpoint::findings::{Scale, Verbatim};
use crate::report::words::comparisons as wording;
use crate::report::words::format::Format;

/// Longest quotation, in characters as a reader counts them. `mentions.csv` has the whole.
const LONGEST: usize = 320;
/// Longest quotation of a whole feedback.
const WHOLE: usize = 1200;

/// A customer's words.
#[derive(Serialize)]
pub(super) struct Quotation {
    parts: Vec<Part>,
    date: Option<String>,
    /// `2026-03`, for who looks for a time.
    month: Option<String>,
    /// The score that its customer gave.
    score: Option<String>,
    /// All that the feedback says, if that is more.
    whole: Option<String>,
}

/// A stretch of text that is marked or not.
#[derive(Serialize)]
struct Part {
    text: String,
    marked: bool,
}

impl Quotation {
    /// `words` are marked; `whole` asks for all that the feedback says, too.
    pub(super) fn new(format: Format, verbatim: &Verbatim, words: &[String], whole: bool) -> Self {
        Self {
            parts: marked(&shortened(&verbatim.text, LONGEST), words),
            date: verbatim.date.map(|date| format.date(date)),
            month: verbatim.date.map(|date| date.strftime("%Y-%m").to_string()),
            score: score(format, verbatim),
            whole: verbatim.whole.as_deref().filter(|_| whole).map(|text| shortened(text, WHOLE)),
        }
    }
}

/// `NPS 3`, or the rating.
fn score(format: Format, verbatim: &Verbatim) -> Option<String> {
    let rating = Scale::Rating { lowest: 0.0, highest: 0.0 };
    let said = |scale, value: f64| {
        format!("{}\u{a0}{}", wording::score_name(format.0, scale), format.number(value))
    };
    let nps = verbatim.nps.map(|nps| said(Scale::Nps, f64::from(nps)));
    nps.or_else(|| verbatim.rating.map(|value| said(rating, value)))
}

/// Cuts a long text, between words if it has any.
fn shortened(text: &str, longest: usize) -> String {
    let Some((end, _)) = text.grapheme_indices(true).nth(longest) else { return text.to_owned() };
    let head = &text[..end];
    let head = match head.rfind(char::is_whitespace) {
        Some(space) if space > end / 2 => &head[..space],
        _ => head,
    };
    format!("{} […]", head.trim_end())
}

/// The text in stretches; those are marked that are one of the words, whatever their case.
fn marked(text: &str, words: &[String]) -> Vec<Part> {
    let lower = |text: &str| text.to_lowercase();
    let wanted: Vec<Vec<String>> = words
        .iter()
        .map(|word| word.unicode_words().map(lower).collect())
        .filter(|word: &Vec<String>| !word.is_empty())
        .collect();
    let found: Vec<(usize, &str)> = text.unicode_word_indices().collect();
    let plain: Vec<String> = found.iter().map(|(_, word)| lower(word)).collect();
    let mut parts = Vec::new();
    let (mut done, mut at) = (0, 0);
    while at < found.len() {
        let fits = |word: &&Vec<String>| plain[at..].starts_with(word);
        let Some(longest) = wanted.iter().filter(fits).map(Vec::len).max() else {
            at += 1;
            continue;
        };
        let (start, _) = found[at];
        let (last, word) = found[at + longest - 1];
        let end = last + word.len();
        parts.push(Part { text: text[done..start].to_owned(), marked: false });
        parts.push(Part { text: text[start..end].to_owned(), marked: true });
        done = end;
        at += longest;
    }
    parts.push(Part { text: text[done..].to_owned(), marked: false });
    parts.retain(|part| !part.text.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_quotations_end_between_words() {
        let text = "warten ".repeat(100);
        let short = shortened(&text, LONGEST);
        assert!(short.ends_with("warten […]"), "{short}");
        assert!(short.graphemes(true).count() <= LONGEST + 4);
        assert_eq!(shortened("kurz", LONGEST), "kurz");
    }

    #[test]
    fn an_endless_word_is_cut_between_graphemes() {
        let family = "👨‍👩‍👧‍👦";
        let short = shortened(&family.repeat(400), LONGEST);
        assert_eq!(short, format!("{} […]", family.repeat(LONGEST)));
    }

    #[test]
    fn words_are_marked_whole_and_whatever_their_case() {
        let words = ["app".to_owned(), "Rückruf bekommen".to_owned(), "rückruf".to_owned()];
        let text = "Die App: happy? KEIN Rückruf bekommen, kein Rückruf.";
        let parts = marked(text, &words);
        let told: Vec<&str> =
            parts.iter().filter(|part| part.marked).map(|part| part.text.as_str()).collect();
        assert_eq!(told, ["App", "Rückruf bekommen", "Rückruf"]);
        assert_eq!(parts.iter().map(|part| part.text.as_str()).collect::<String>(), text);
        assert!(marked("", &words).is_empty());
    }
}
