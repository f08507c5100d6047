//! What stands above a table: lines to leave out, and `sep=;`, which states the delimiter for Excel.

use super::grammar::Delimiter;

/// What was taken away from above a table.
pub(super) struct Above {
    /// How many lines.
    pub(super) lines: u64,
    /// The delimiter that a line states.
    pub(super) hint: Option<Delimiter>,
}

impl Above {
    /// Takes away the first `skipped` lines, and one that states the delimiter.
    pub(super) fn take(prefix: &mut Vec<u8>, skipped: u64) -> Self {
        let hint = take_delimiter_hint(prefix);
        let mut lines = u64::from(hint.is_some());
        while lines < skipped
            && let Some(end) = memchr::memchr2(b'\n', b'\r', prefix)
        {
            let length = end + if prefix[end..].starts_with(b"\r\n") { 2 } else { 1 };
            prefix.drain(..length);
            lines += 1;
        }
        Self { lines, hint }
    }
}

/// Takes away a first line that states the delimiter.
fn take_delimiter_hint(prefix: &mut Vec<u8>) -> Option<Delimiter> {
    let (delimiter, length) = delimiter_hint(prefix)?;
    prefix.drain(..length);
    Some(delimiter)
}

/// The delimiter that a first line states, in quotes or not, and the length of that line.
fn delimiter_hint(prefix: &[u8]) -> Option<(Delimiter, usize)> {
    let end = memchr::memchr2(b'\n', b'\r', prefix)?;
    let length = end + if prefix[end..].starts_with(b"\r\n") { 2 } else { 1 };
    let line = std::str::from_utf8(&prefix[..end]).ok()?;
    let line = line.trim_matches(' ').trim_matches('"');
    let (name, sign) = line.split_once('=')?;
    if !name.trim().eq_ignore_ascii_case("sep") {
        return None;
    }
    // A program that rewrote the file has filled up the line.
    let sign = sign.trim_matches(' ').trim_matches('"');
    let first = sign.chars().next()?;
    let sign = if sign.chars().all(|c| c == first) { &sign[..first.len_utf8()] } else { sign };
    Some((Delimiter::written(sign)?, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_may_be_written_in_any_way() {
        for (line, sign) in [
            ("sep=;\n", ";"),
            ("SEP=,\r\n", ","),
            ("\"sep=;\"\r", ";"),
            ("Sep = |\n", "|"),
            ("sep=\t\n", "\t"),
            ("sep=;;;;\n", ";"),
        ] {
            let mut prefix = format!("{line}id").into_bytes();
            assert_eq!(take_delimiter_hint(&mut prefix), Delimiter::written(sign), "{line:?}");
            assert_eq!(prefix, b"id");
        }
        for text in ["sep=x\n", "separator=;\n", "sep=;", "id;text\n"] {
            assert_eq!(take_delimiter_hint(&mut text.as_bytes().to_vec()), None, "{text:?}");
        }
    }
}
