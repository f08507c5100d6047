//! Text that others wrote, made fit for terminals and messages.
//!
//! A cell, a header or a file name may hold control sequences that move the cursor, recolour or
//! retitle a terminal, or turn the direction of writing. Whatever was not written here passes
//! through [`visible`] before people see it. Files of results hold it as it was read.

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

/// The text with what would control a terminal or the line written out: `\n`, `\u{1b}`.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, controls)
}

/// Whether a character may stand in a line as it is.
pub(crate) fn is_visible(c: char) -> bool {
    !controls(c)
}

/// The same for a text of several lines, whose line breaks and tabs stay.
pub(crate) fn visible_lines(text: &str) -> Cow<'_, str> {
    escaped(text, |c| controls(c) && !matches!(c, '\n' | '\t'))
}

/// A path, for a message.
pub(crate) fn visible_path(path: &Path) -> String {
    visible(&path.to_string_lossy()).into_owned()
}

/// Writes text of several lines to a terminal: the last line of defence, for what is printed piece
/// by piece.
pub(crate) struct VisibleWriter<W>(pub(crate) W);

impl<W: Write> Write for VisibleWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Formatting hands over whole strings, and what they hold is not cut between two calls.
        self.0.write_all(visible_lines(&String::from_utf8_lossy(bytes)).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

fn escaped(text: &str, is_escaped: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match is_escaped(c) {
            true => shown.extend(c.escape_default()),
            false => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Controls of Unicode, separators of lines and paragraphs, and what turns the direction of writing.
/// Joiners and variation selectors stay: scripts and emoji need them.
fn controls(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_controls_a_terminal_is_written_out() {
        assert_eq!(visible("a\u{1b}[31mb\u{7}"), r"a\u{1b}[31mb\u{7}");
        assert_eq!(visible("\u{9b}2J\u{7f}\0"), r"\u{9b}2J\u{7f}\u{0}");
        assert_eq!(visible("one\r\ntwo\tthree"), r"one\r\ntwo\tthree");
        assert_eq!(visible("exe\u{202e}vsc"), r"exe\u{202e}vsc");
        assert_eq!(visible_lines("a\u{1b}[1m\nb\r"), "a\\u{1b}[1m\nb\\r");
        assert_eq!(visible_path(Path::new("a\u{1b}c/b.csv")), r"a\u{1b}c/b.csv");
    }

    #[test]
    fn a_writer_lets_nothing_through_but_lines() {
        let mut out = Vec::new();
        write!(VisibleWriter(&mut out), "ä\u{1b}[{}\n\u{9b}", 31).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "ä\\u{1b}[31\n\\u{9b}");
    }

    #[test]
    fn what_is_readable_stays() {
        for text in ["", "Größe 3 €", "👩\u{200d}🔧 ❤\u{fe0f}", "e\u{301}", r"C:\out", "\"نعم\""]
        {
            assert!(matches!(visible(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
