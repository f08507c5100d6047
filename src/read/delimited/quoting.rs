//! Whether quotes wrap cells, which ones, and how quotes within are told from the last.

use super::dialect::Parse;
use super::grammar::{Delimiter, Dialect};

/// The parse with the quoting that fits the first characters best.
pub(super) fn best_quoting(
    prefix: &[u8],
    partial: bool,
    delimiter: Delimiter,
    terminator: u8,
) -> Parse {
    let parse = |dialect| Parse::new(prefix, partial, dialect);
    let unquoted = || parse(Dialect::unquoted(delimiter, terminator));
    let mut quoted = parse(Dialect::quoted(delimiter, terminator));
    if has_escaped_quotes(prefix) {
        let escaped = parse(Dialect { backslash: true, ..quoted.dialect });
        if escaped.regular >= quoted.regular {
            quoted = escaped;
        }
    }
    if memchr::memchr(b'\'', prefix).is_some() && !has_wrapped(prefix, delimiter, b'"') {
        let plain = unquoted();
        let single = parse(Dialect { quote: Some(b'\''), ..plain.dialect });
        let mends = single.regular >= 0.95 && single.regular > plain.regular + 0.2;
        if mends || share_of_wrapped(&plain, b'\'') >= 0.5 {
            return single;
        }
    }
    match delimiter {
        Delimiter::NONE => better_quoting(quoted, unquoted()),
        delimiter if delimiter.first() == b'\t' => better_quoting(quoted, unquoted()),
        _ => quoted,
    }
}

/// Whether backslashes stand before quotes within cells more often than quotes are doubled there.
fn has_escaped_quotes(prefix: &[u8]) -> bool {
    let within = |pattern: &[u8]| {
        memchr::memmem::find_iter(prefix, pattern)
            .filter(|&at| {
                let after = prefix.get(at + pattern.len());
                after.is_some_and(|b| !b.is_ascii_whitespace() || *b == b' ')
            })
            .count()
    };
    let escaped = within(b"\\\"");
    escaped > 0 && escaped >= within(b"\"\"")
}

/// Whether a quote stands beside a delimiter or line end.
fn has_wrapped(prefix: &[u8], delimiter: Delimiter, quote: u8) -> bool {
    let opening = [delimiter.as_bytes(), &[quote]].concat();
    memchr::memmem::find(prefix, &opening).is_some() || prefix.first() == Some(&quote)
}

/// Share of the cells of words that stand between quotes.
fn share_of_wrapped(unquoted: &Parse, quote: u8) -> f64 {
    let cells = unquoted.records.iter().flat_map(|record| &record.cells);
    let worded = cells.filter(|cell| cell.iter().any(u8::is_ascii_alphabetic));
    let (mut wrapped, mut all) = (0, 0);
    for cell in worded {
        all += 1;
        wrapped +=
            usize::from(cell.len() > 1 && cell.starts_with(&[quote]) && cell.ends_with(&[quote]));
    }
    wrapped as f64 / all.max(1) as f64
}

/// Decides whether quotes wrap cells. Files with tabs often come from programs that know no quoting,
/// where a text may start with a quote and end without one.
fn better_quoting(quoted: Parse, unquoted: Parse) -> Parse {
    let (mut wrapped, mut escaped, mut stray) = (0, 0, 0);
    let cells = || unquoted.records.iter().flat_map(|record| &record.cells);
    for cell in cells().filter(|cell| cell.contains(&b'"')) {
        match unwrap(cell) {
            Some(text) if text.windows(2).any(|pair| pair == b"\"\"") => escaped += 1,
            Some(_) => wrapped += 1,
            None => stray += 1,
        }
    }
    let filled = cells().filter(|cell| !cell.is_empty()).count();
    let names = unquoted.records.first().map_or(&[][..], |first| &first.cells);
    let wraps_names = names.iter().any(|cell| cell.len() > 2 && unwrap(cell).is_some());
    let quotes_wrap = match stray {
        // Without doubled quotes inside, a wrapped cell is also how a citation looks.
        0 => {
            wraps_names || escaped > 0 || wrapped * 4 > filled || unquoted.regular < quoted.regular
        }
        _ => unquoted.regular < quoted.regular || wraps_lines(&quoted, &unquoted),
    };
    if quotes_wrap { quoted } else { unquoted }
}

/// Whether every line that starts a cell with a quote and does not end it is one of several lines of
/// a cell, the last of which ends it: in files of one column, where lines are all alike.
fn wraps_lines(quoted: &Parse, unquoted: &Parse) -> bool {
    let cells = || quoted.records.iter().flat_map(|record| &record.cells);
    let has_lines = cells().any(|cell| cell.contains(&quoted.dialect.terminator));
    let strays = cells().filter(|cell| cell.starts_with(b"\"") || cell.ends_with(b"\"")).count();
    quoted.dialect.delimiter == Delimiter::NONE
        && quoted.regular == 1.0
        && quoted.records.len() < unquoted.records.len()
        && has_lines
        && strays == 0
}

/// What is between the quotes of a cell, if all quotes within are doubled.
fn unwrap(cell: &[u8]) -> Option<&[u8]> {
    let text = cell.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let mut quotes = text.split(|&b| b != b'"').filter(|run| !run.is_empty());
    quotes.all(|run| run.len().is_multiple_of(2)).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dialect(text: &str, delimiter: Delimiter) -> Dialect {
        best_quoting(text.as_bytes(), false, delimiter, b'\n').dialect
    }

    #[test]
    fn backslashes_escape_where_quotes_are_not_doubled() {
        let comma = Delimiter::sign(b',');
        assert!(dialect("id,text\n1,\"a \\\"b\\\", c\"\n2,d\n", comma).backslash);
        assert!(!dialect("id,text\n1,\"a \"\"b\"\", c:\\\"\n2,d\n", comma).backslash);
        assert!(!dialect("id,text\n1,\"in c:\\\"\n2,d\n", comma).backslash);
    }

    #[test]
    fn single_quotes_wrap_cells_where_nearly_all_have_them() {
        let comma = Delimiter::sign(b',');
        let quote = |text: &str| dialect(text, comma).quote;
        assert_eq!(quote("'id','text'\n1,'late, and slow'\n2,'never'\n"), Some(b'\''));
        assert_eq!(quote("id,text\n1,it's late\n2,'never' they said\n"), Some(b'"'));
        assert_eq!(quote("id,text\n1,\"'so'\"\n2,'never'\n"), Some(b'"'));
    }

    #[test]
    fn texts_of_several_lines_in_one_column_are_cells() {
        let quote = |text: &str| dialect(text, Delimiter::NONE).quote;
        assert_eq!(quote("comment\n\"late,\nslow\"\n\"never\n\nagain\"\n"), Some(b'"'));
        assert_eq!(quote("comment\n\"Great\" they said\nno \"help\"\n\"so\n"), None);
    }
}
