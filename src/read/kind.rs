//! What is in a file, told by its first bytes: its name may say anything.

use std::path::Path;

use super::error::ReadError;
use super::json::is_json;
use super::typed::TypedKind;

const EXPORT_AGAIN: &str = "export the feedback as CSV UTF-8";
const UNPACK: &str = "unpack it first (only .gz and .zst are read as they are)";

/// What files start with that no format reads.
const SIGNATURES: [(&[u8], &str, &str); 11] = [
    (b"%PDF", "a PDF document", EXPORT_AGAIN),
    (b"SQLite format 3", "an SQLite database", EXPORT_AGAIN),
    (b"{\\rtf", "an RTF document", EXPORT_AGAIN),
    (b"BZh", "a bzip2 archive", UNPACK),
    (b"\xfd7zXZ", "an xz archive", UNPACK),
    (b"7z\xbc\xaf", "a 7z archive", UNPACK),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a file packed twice", "unpack it once"),
    (b"\x1f\x8b", "a file packed twice", "unpack it once"),
    (b"\x89PNG", "an image", EXPORT_AGAIN),
    (b"\xff\xd8\xff", "an image", EXPORT_AGAIN),
];

/// Elements with which web pages and their tables start.
const MARKUP: [&[u8]; 9] =
    [b"<!doctype", b"<html", b"<?xml", b"<!--", b"<table", b"<head", b"<body", b"<meta", b"<style"];

/// A kind of content, by who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A ZIP archive: a workbook of today, if anything.
    Zip,
    /// An OLE2 document: a workbook of before 2007, if anything.
    Ole,
    /// Columns with names and types.
    Typed(TypedKind),
    /// Text in some encoding: JSON, a table, or neither.
    Text,
}

/// A kind of text, by who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextKind {
    /// JSON.
    Json,
    /// A table, if anything.
    Delimited,
}

impl Kind {
    /// What the first bytes of a file say.
    ///
    /// # Errors
    /// If there is nothing in it, or nothing that can be read.
    pub(crate) fn of(prefix: &[u8], path: &Path) -> Result<Self, ReadError> {
        if let Some(&(_, seems, remedy)) =
            SIGNATURES.iter().find(|(magic, ..)| prefix.starts_with(magic))
        {
            return Err(ReadError::Format { path: path.to_owned(), seems, remedy });
        }
        if let Some(kind) = TypedKind::of(prefix) {
            return Ok(Self::Typed(kind));
        }
        if is_binary(prefix) {
            let (seems, remedy) = ("binary data", EXPORT_AGAIN);
            return Err(ReadError::Format { path: path.to_owned(), seems, remedy });
        }
        Ok(if prefix.starts_with(b"PK\x03\x04") {
            Self::Zip
        } else if prefix.starts_with(b"\xd0\xcf\x11\xe0") {
            Self::Ole
        } else {
            Self::Text
        })
    }
}

impl TextKind {
    /// What the first characters of a text say, in UTF-8 and without a byte order mark.
    ///
    /// # Errors
    /// If there is nothing in it, or nothing that can be read.
    pub(crate) fn of(text: &[u8], path: &Path) -> Result<Self, ReadError> {
        if text.iter().all(u8::is_ascii_whitespace) {
            return Err(ReadError::Empty { path: path.to_owned() });
        }
        if let Some((seems, remedy)) = foreign(text) {
            return Err(ReadError::Format { path: path.to_owned(), seems, remedy });
        }
        Ok(if is_json(text) { Self::Json } else { Self::Delimited })
    }
}

/// Whether there are many control characters of many kinds. The high bytes of UTF-16 are such, but of one
/// or two kinds.
fn is_binary(prefix: &[u8]) -> bool {
    const KINDS: usize = 8;
    let is_archive = prefix.starts_with(b"PK\x03\x04") || prefix.starts_with(b"\xd0\xcf\x11\xe0");
    let control = |b: &&u8| b.is_ascii_control() && !b.is_ascii_whitespace() && **b != 0;
    let kinds: std::collections::BTreeSet<u8> = prefix.iter().filter(control).copied().collect();
    let many = prefix.iter().filter(control).count() * 10 > prefix.len().max(100);
    !is_archive && many && kinds.len() >= KINDS
}

fn foreign(text: &[u8]) -> Option<(&'static str, &'static str)> {
    let control = text.iter().filter(|b| b.is_ascii_control() && !b.is_ascii_whitespace());
    if control.count() * 10 > text.len().max(100) {
        return Some(("binary data", EXPORT_AGAIN));
    }
    if text.starts_with(b"version https://git-lfs.github.com/") {
        return Some((
            "a pointer of Git LFS and not the file itself",
            "fetch the file: git lfs pull",
        ));
    }
    if is_mail(text) {
        return Some(("an e-mail message", EXPORT_AGAIN));
    }
    if is_yaml(text) {
        return Some(("YAML", "export the feedback as CSV UTF-8 or JSON"));
    }
    is_markup(text).then_some(("a web page or XML", "save it as a workbook (.xlsx) or CSV UTF-8"))
}

/// Names of fields with which a message starts: RFC 5322.
const MAIL_FIELDS: [&[u8]; 11] = [
    b"from:",
    b"to:",
    b"subject:",
    b"date:",
    b"return-path:",
    b"received:",
    b"message-id:",
    b"delivered-to:",
    b"mime-version:",
    b"cc:",
    b"reply-to:",
];

/// Whether the first lines are fields of a message, three of them and no two alike.
fn is_mail(text: &[u8]) -> bool {
    const FIELDS: usize = 3;
    let field = |line: &[u8]| {
        let line = line.to_ascii_lowercase();
        MAIL_FIELDS.iter().position(|field| line.starts_with(field))
    };
    let mut fields = Vec::new();
    for line in text.split(|&b| b == b'\n').take(2 * FIELDS) {
        match field(line) {
            Some(own) if !fields.contains(&own) => fields.push(own),
            // A field may go on in the next line.
            None if line.starts_with(b" ") || line.starts_with(b"\t") => {}
            _ => break,
        }
    }
    fields.len() >= FIELDS
}

/// Whether it is a list of mappings, a key a line: `- id: 1`, and below it `  comment: …`.
fn is_yaml(text: &[u8]) -> bool {
    let key = |line: &[u8]| {
        let end = line.iter().position(|&b| b == b':').unwrap_or_default();
        let is_word = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
        end > 0
            && line[..end].iter().all(is_word)
            && matches!(line.get(end + 1), Some(b' ' | b'\r') | None)
    };
    let mut lines = text
        .split(|&b| b == b'\n')
        .filter(|line| !line.trim_ascii().is_empty() && line.trim_ascii() != b"---");
    let first = lines.next().and_then(|line| line.strip_prefix(b"- ")).is_some_and(key);
    first && lines.next().and_then(|line| line.strip_prefix(b"  ")).is_some_and(key)
}

/// Whether it starts as web pages, their tables or XML do: with a known element, or with one that
/// holds others. A text that starts with a tag goes on in words.
fn is_markup(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let start = text[..text.len().min(14)].to_ascii_lowercase();
    let holds_others = || {
        let inner = text.iter().position(|&b| b == b'>').map(|end| &text[end + 1..]);
        inner.is_some_and(|inner| inner.trim_ascii_start().starts_with(b"<"))
    };
    let is_element =
        start.first() == Some(&b'<') && start.get(1).is_some_and(u8::is_ascii_alphabetic);
    MARKUP.iter().any(|tag| start.starts_with(tag))
        || start.starts_with(b"mime-version:")
        || is_element && holds_others()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Result<TextKind, String> {
        TextKind::of(text.as_bytes(), Path::new("in")).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_no_table_is_named() {
        for (text, seems) in [
            ("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 1\n", "Git LFS"),
            ("From: a@example.org\nTo: b@example.org\nSubject: late\n\nHello", "e-mail"),
            ("Received: from x\n by y\nDate: 1\nFrom: a\n\n", "e-mail"),
            ("- id: 1\n  comment: late\n- id: 2\n", "YAML"),
            ("---\n- id: 1\n  comment: late\n", "YAML"),
        ] {
            assert!(kind(text).unwrap_err().contains(seems), "{text}");
        }
        for text in [
            "From: my heart, thanks\nTo: whom it may concern\n",
            "- late: again\n- never: answered\n",
            "Subject: late\nSubject: lost\nSubject: broken\n",
        ] {
            assert_eq!(kind(text), Ok(TextKind::Delimited), "{text}");
        }
    }

    #[test]
    fn markup_is_told_from_texts_that_start_with_a_tag() {
        let pages = [
            "<table border=1><tr><td>a</td></tr></table>",
            "\n<TABLE>\n<tr>",
            "<?xml version=\"1.0\"?><a/>",
            "<reviews>\n  <review>late</review>",
            "MIME-Version: 1.0\nContent-Type: multipart/related",
        ];
        for page in pages {
            assert!(kind(page).unwrap_err().contains("web page or XML"), "{page}");
        }
        for text in ["<3 the staff,5\n", "<b>Never</b> again,1\n", "<br>late,2\n", "< 1 bar\n"] {
            assert_eq!(kind(text), Ok(TextKind::Delimited), "{text}");
        }
    }
}
