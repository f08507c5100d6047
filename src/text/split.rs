//! Splitting a text into mentions: sentences, and the clauses on either side of a contrast.

use std::ops::Range;

use super::Language;
use super::clean::{html_tag, is_block_tag, link_length};
use super::contrast::clause_starts;
use super::emoji::{is_emoji, is_emoji_modifier};
use super::sentence::ends_sentence;

/// The longest mention in words; longer ones are cut near the middle.
const LONGEST_MENTION: usize = 60;

/// The mentions of `text` as byte ranges, in order, apart, none empty. Between them stand only
/// white space, bullets and line-breaking tags. A text of white space alone has none.
///
/// "Produkt super, aber Lieferung katastrophal" is two: what comes after a word of contrast has a
/// sentiment of its own.
pub fn mentions(text: &str, language: Language) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    for line in lines(text) {
        for sentence in sentences(text, line, language) {
            for clause in clauses(text, sentence, language) {
                push_short_enough(text, clause, &mut spans);
            }
        }
    }
    merge_fragments(text, spans)
}

/// The sentences of `text` as byte ranges, whatever its language: lines, and what full stops and the like end.
pub(super) fn sentences_of(text: &str) -> Vec<Range<usize>> {
    lines(text).into_iter().flat_map(|line| sentences(text, line, Language::Und)).collect()
}

/// Lines, list items and HTML blocks. A line that was wrapped in mid-sentence goes on.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let length = match c {
            '<' => html_tag(&text[at..]).filter(|(name, _)| is_block_tag(name)).map(|(_, n)| n),
            '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                (!is_wrapped(&text[start..at], &text[at..])).then_some(c.len_utf8())
            }
            '•' | '|' | '■' | '●' | '▪' | '‣' => Some(c.len_utf8()),
            _ => None,
        };
        if let Some(length) = length {
            push_trimmed(text, start..at, &mut lines);
            start = at + length;
        }
        at += length.unwrap_or(c.len_utf8());
    }
    push_trimmed(text, start..text.len(), &mut lines);
    lines
}

/// Whether the line break between the two was put there by a mail program.
fn is_wrapped(line: &str, rest: &str) -> bool {
    const SHORTEST_WRAPPED_LINE: usize = 60;
    let next = rest.trim_start_matches(['\n', '\r']);
    rest.len() - next.len() <= 2
        && next.starts_with(char::is_lowercase)
        && !line.trim_end().ends_with(['.', '!', '?', ':'])
        && line.chars().count() >= SHORTEST_WRAPPED_LINE
}

/// Pushes a line without the bullet at its start.
fn push_trimmed(text: &str, line: Range<usize>, lines: &mut Vec<Range<usize>>) {
    let Some(mut line) = trimmed(text, line) else { return };
    for bullet in ["- ", "* ", "+ ", "– ", "— ", "· ", "> ", "-- "] {
        if text[line.clone()].starts_with(bullet) {
            let Some(item) = trimmed(text, line.start + bullet.len()..line.end) else { return };
            line = item;
            break;
        }
    }
    lines.push(line);
}

fn sentences(text: &str, line: Range<usize>, language: Language) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = line.start;
    let mut at = line.start;
    while let Some(c) = text[at..line.end].chars().next() {
        if matches!(c, 'h' | 'H' | 'w' | 'W')
            && !text[line.start..at].ends_with(char::is_alphanumeric)
            && let Some(length) = link_length(&text[at..line.end])
        {
            at += length;
            continue;
        }
        let end = terminator_end(&text[at..line.end]).map(|length| at + length);
        match end {
            Some(end)
                if ends_sentence(
                    &text[start..at],
                    &text[at..end],
                    &text[end..line.end],
                    language,
                ) =>
            {
                sentences.extend(trimmed(text, start..end));
                start = end;
                at = end;
            }
            Some(end) => at = end,
            None => at += c.len_utf8(),
        }
    }
    sentences.extend(trimmed(text, start..line.end));
    sentences
}

/// The length of the run of terminators that `text` starts with, closing quotes and brackets and
/// the emoji behind it included; emoji and semicolons may end a sentence too.
fn terminator_end(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    let is_mark = |c: char| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？');
    if !is_mark(first) && !is_emoji(first) && first != ';' {
        return None;
    }
    let marks = text.len() - text.trim_start_matches(|c| c == first || is_mark(c)).len();
    let mut end = marks;
    loop {
        let rest = &text[end..];
        let closers = rest.trim_start_matches(['"', '\'', '”', '“', '’', '»', ')', ']']);
        let gap = closers.trim_start();
        let after = gap.trim_start_matches(|c| is_emoji(c) || is_emoji_modifier(c));
        end = text.len() - if after.len() < gap.len() { after.len() } else { closers.len() };
        if after.len() == gap.len() {
            return Some(end);
        }
    }
}

fn clauses(text: &str, sentence: Range<usize>, language: Language) -> Vec<Range<usize>> {
    let mut clauses = Vec::new();
    let mut start = sentence.start;
    for clause in clause_starts(&text[sentence.clone()], language) {
        let end = sentence.start + clause;
        clauses.extend(trimmed(text, start..end));
        start = end;
    }
    clauses.extend(trimmed(text, start..sentence.end));
    clauses
}

/// Pushes `span`, cut near the middle again and again where it has too many words.
fn push_short_enough(text: &str, span: Range<usize>, spans: &mut Vec<Range<usize>>) {
    let starts: Vec<usize> = word_starts(&text[span.clone()]);
    if starts.len() <= LONGEST_MENTION {
        return spans.push(span);
    }
    let cut = span.start + middle(&text[span.clone()], &starts);
    for half in [span.start..cut, cut..span.end] {
        if let Some(half) = trimmed(text, half) {
            push_short_enough(text, half, spans);
        }
    }
}

/// Where to cut a long sentence: the word nearest its middle that follows a comma or is an "and".
fn middle(sentence: &str, starts: &[usize]) -> usize {
    const SHORTEST_PART: usize = 8;
    let centre = starts.len() / 2;
    let cost = |index: usize| {
        let before = sentence[..starts[index]].trim_end();
        let word = sentence[starts[index]..].split_whitespace().next().unwrap_or_default();
        let seam = match word {
            _ if before.ends_with([';', ':', ',', ')', '–', '-', '/']) => 0,
            "und" | "and" | "et" | "y" | "e" | "en" | "oder" | "or" | "&" | "/" | "+" => 4,
            _ => 40,
        };
        seam + index.abs_diff(centre)
    };
    let last = starts.len() - SHORTEST_PART;
    (SHORTEST_PART..=last)
        .min_by_key(|&index| cost(index))
        .map_or(starts[centre], |index| starts[index])
}

fn word_starts(text: &str) -> Vec<usize> {
    text.split_whitespace().map(|word| word.as_ptr() as usize - text.as_ptr() as usize).collect()
}

/// Joins what has neither letters nor emoji to the mention before it, or else after it.
fn merge_fragments(text: &str, spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let says_something =
        |span: &Range<usize>| text[span.clone()].chars().any(|c| c.is_alphabetic() || is_emoji(c));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if !says_something(&span) || !says_something(last) => last.end = span.end,
            _ => merged.push(span),
        }
    }
    merged
}

/// `span` without white space at its ends, if anything is left.
fn trimmed(text: &str, span: Range<usize>) -> Option<Range<usize>> {
    let slice = &text[span.clone()];
    let start = span.start + slice.len() - slice.trim_start().len();
    let end = span.start + slice.trim_end().len();
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str, language: Language) -> Vec<&str> {
        mentions(text, language).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn sentences_are_mentions() {
        assert_eq!(split("Gut. Schnell!!! Warum?", Language::De), ["Gut.", "Schnell!!!", "Warum?"]);
        assert_eq!(split("Ware ist gut.Aber die Lieferung nicht.", Language::De).len(), 2);
        assert_eq!(split("lieferung kam nie an. hotline nicht erreichbar", Language::De).len(), 2);
        assert_eq!(
            split("Super!!! 😊 Lieferung kam am 3. Mai.", Language::De),
            ["Super!!! 😊", "Lieferung kam am 3. Mai."]
        );
        assert_eq!(split("Alles gut (schnell!) und fair.", Language::De).len(), 1);
        assert_eq!(
            split("„Nie wieder!“ Das war es.", Language::De),
            ["„Nie wieder!“", "Das war es."]
        );
    }

    #[test]
    fn abbreviations_ordinals_and_decimals_end_no_sentence() {
        for text in [
            "Das geht z.B. Bei Amazon schneller",
            "Das geht z. B. bei Amazon, d.h. sofort",
            "Ca. 12.5 Tage, Nr. 5 von Dr. Meier am 3. Mai",
            "Der 2. Versuch am 12.05. Klappte",
            "Besuchen Sie www.example.de oder shop.example.com",
            "Version 1.2.3 läuft auf 192.168.0.1",
        ] {
            assert_eq!(split(text, Language::De), [text]);
        }
        for text in [
            "See e.g. Amazon, i.e. them",
            "Mr. Smith vs. Dr. Jones approx. 3.5 hours",
            "Ask Amazon.com Support",
        ] {
            assert_eq!(split(text, Language::En), [text]);
        }
    }

    #[test]
    fn a_contrast_parts_two_mentions() {
        assert_eq!(
            split("Produkt super, aber Lieferung katastrophal", Language::De),
            ["Produkt super,", "aber Lieferung katastrophal"]
        );
        assert_eq!(split("The phone is good but the battery is bad.", Language::En).len(), 2);
        assert_eq!(split("Bonne chambre, mais le service est lent", Language::Fr).len(), 2);
    }

    #[test]
    fn lines_bullets_and_tags_part_mentions_and_belong_to_none() {
        assert_eq!(
            split("- Preis gut\n- Hotline schlecht\n", Language::De),
            ["Preis gut", "Hotline schlecht"]
        );
        assert_eq!(
            split("Preis gut<br />Hotline schlecht", Language::De),
            ["Preis gut", "Hotline schlecht"]
        );
        let wrapped = "Ich habe das Gerät vor drei Wochen bestellt und warte noch\nimmer auf eine Antwort vom Kundendienst";
        assert_eq!(split(&wrapped.replace("noch\n", "heute noch\n"), Language::De).len(), 1);
    }

    #[test]
    fn fragments_join_their_neighbour() {
        assert_eq!(split("1. Lieferung war spät", Language::De), ["1. Lieferung war spät"]);
        assert_eq!(
            split("Schlecht.\n5/5\nNie wieder", Language::De),
            ["Schlecht.\n5/5", "Nie wieder"]
        );
        assert_eq!(split("12345", Language::De), ["12345"]);
        assert_eq!(split(" \n ", Language::De), Vec::<&str>::new());
    }

    #[test]
    fn no_mention_is_a_wall_of_text() {
        let text = "wort ".repeat(500);
        let spans = split(&text, Language::De);
        assert!(spans.iter().all(|span| span.split_whitespace().count() <= LONGEST_MENTION));
        let text = format!("{}, und {}", "ja gut ".repeat(25).trim(), "nein schlecht ".repeat(20));
        assert!(split(&text, Language::De)[1].starts_with("und nein"));
    }

    #[test]
    fn spans_cover_the_text_whatever_it_holds() {
        let pieces = [
            "",
            " ",
            ".",
            "...",
            "…",
            "!?",
            "a",
            "Ä",
            "ß.",
            "gut.Aber",
            "\n",
            "\r\n",
            "- ",
            "•",
            "<br>",
            "<",
            "😀",
            "👩\u{200D}🔧",
            "❤️",
            "\u{301}",
            "\u{200B}",
            "1.",
            "12,5",
            "z.B.",
            ", aber ",
            " but ",
            "、",
            "。",
            "مرحبا",
            "日本",
            "\"",
            "(",
            "http://x.y/z?a.b",
            "@a",
            "&amp;",
            ";",
            "\u{0}",
            "\u{2028}",
            "\u{1F1E9}\u{1F1EA}",
        ];
        for a in pieces {
            for b in pieces {
                for c in pieces {
                    for text in [format!("{a}{b}{c}"), format!("x {a} y z {b} {c} vier fünf")] {
                        check(&text, if c.len() % 2 == 0 { Language::De } else { Language::En });
                    }
                }
            }
        }
    }

    fn check(text: &str, language: Language) {
        let mut end = 0;
        let gap_is_empty = |gap: &str| {
            gap.replace("<br>", "")
                .chars()
                .all(|c| c.is_whitespace() || "-*+–—·>•|■●▪‣".contains(c))
        };
        for span in mentions(text, language) {
            assert!(span.start >= end && span.start < span.end, "{text:?}");
            assert_eq!(text[span.clone()].trim(), &text[span.clone()]);
            assert!(gap_is_empty(&text[end..span.start]), "{text:?}");
            end = span.end;
        }
        assert!(gap_is_empty(&text[end..]), "{text:?}");
    }
}
