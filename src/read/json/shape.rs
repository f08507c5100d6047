//! How records stand in a text of JSON.

use std::io::{self, Read};
use std::ops::ControlFlow;

use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::Take;
use super::document::{self, Step};
use super::gauge::MAX_RECORD_BYTES;
use super::lines::{Line, Lines};
use super::record::Kind;
use super::survey;

/// Where the records are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One in each line.
    Lines,
    /// One behind the other, over several lines each.
    Values,
    /// The elements of a list, and what they are.
    List(Vec<Step>, Kind),
}

/// Whether a text that starts like this is JSON: an object or a list, as far as it goes.
pub(crate) fn is_json(prefix: &[u8]) -> bool {
    let text = prefix.trim_ascii_start();
    let mut values = serde_json::Deserializer::from_slice(text).into_iter::<IgnoredAny>();
    match text.first() {
        Some(b'{') => is_object(text),
        Some(b'[') => match values.next() {
            Some(Ok(_)) => text[values.byte_offset()..].trim_ascii().is_empty(),
            Some(Err(error)) => error.is_eof() || is_object(text[1..].trim_ascii_start()),
            None => false,
        },
        _ => false,
    }
}

/// Whether it starts with an object that has a member, or with an empty one.
fn is_object(text: &[u8]) -> bool {
    let Some(inner) = text.strip_prefix(b"{").map(<[u8]>::trim_ascii_start) else { return false };
    let mut names = serde_json::Deserializer::from_slice(inner).into_iter::<String>();
    match names.next() {
        Some(Ok(_)) => inner[names.byte_offset()..].trim_ascii_start().starts_with(b":"),
        _ => inner.starts_with(b"}"),
    }
}

impl Shape {
    /// The shape of a text that starts like this; none where only the whole of it tells.
    pub(super) fn of_prefix(prefix: &[u8]) -> Option<Self> {
        let text = prefix.trim_ascii_start();
        if !text.starts_with(b"{") {
            return None;
        }
        let lines = || text.split(|&b| b == b'\n').map(<[u8]>::trim_ascii);
        let is_whole = |line: &&[u8]| {
            line.starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(line).is_ok()
        };
        let filled = lines().filter(|line| !line.is_empty()).count();
        let whole = lines().filter(is_whole).count();
        if whole > 1 && whole * 2 >= filled {
            return Some(Self::Lines);
        }
        let mut values = serde_json::Deserializer::from_slice(text).into_iter::<IgnoredAny>();
        let first = values.next();
        let rest = text[values.byte_offset()..].trim_ascii_start();
        (first.is_some_and(|first| first.is_ok()) && rest.starts_with(b"{")).then_some(Self::Values)
    }

    /// The shape of a single object or list.
    ///
    /// # Errors
    /// If reading fails, or it is no JSON.
    pub(super) fn of_document(bytes: impl Read) -> io::Result<Self> {
        let place = survey::find(bytes).map_err(told)?;
        Ok(place.map_or(Self::Values, |place| Self::List(place.path, place.kind)))
    }

    /// Hands all records to `take`.
    ///
    /// # Errors
    /// If reading fails, or what is read is no JSON and no line by itself.
    pub(super) fn each(&self, bytes: impl Read, take: &mut Take) -> io::Result<()> {
        match self {
            Self::Lines => each_line(bytes, take),
            Self::Values => {
                document::each_value(bytes, &mut |line, value| take(line, Ok(value))).map_err(told)
            }
            Self::List(path, _) => {
                document::each(bytes, path, &mut |line, value| take(line, Ok(value))).map_err(told)
            }
        }
    }

    /// What people want to know of it.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Lines => "one in each line".to_owned(),
            Self::Values => "one behind the other".to_owned(),
            Self::List(path, _) => {
                let members = path.iter().filter_map(|step| match step {
                    Step::Member(name) => Some(name.as_str()),
                    Step::Each => None,
                });
                match members.collect::<Vec<_>>().join(".") {
                    path if path.is_empty() => "the elements of a list".to_owned(),
                    path => format!("the elements of {path:?}"),
                }
            }
        }
    }
}

fn each_line(bytes: impl Read, take: &mut Take) -> io::Result<()> {
    for line in Lines::new(bytes) {
        let Line { number, bytes } = line?;
        let flow = match &bytes {
            None => {
                let most = MAX_RECORD_BYTES >> 20;
                take(number, Err(format!("a line of more than {most} MB; export the file again")))
            }
            Some(bytes) => match serde_json::from_slice::<&RawValue>(bytes.trim_ascii()) {
                Ok(value) => take(number, Ok(value)),
                Err(error) => take(number, Err(line_reason(&error))),
            },
        };
        if flow == ControlFlow::Break(()) {
            break;
        }
    }
    Ok(())
}

/// What is wrong with a line. Its own line is always the first.
fn line_reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let what = message.split(" at line ").next().unwrap_or_default();
    format!(
        "no JSON from character {} of the line on ({what}); export the file again",
        error.column()
    )
}

/// An error of a document, with what to do. Those of reading stay what they are.
fn told(error: serde_json::Error) -> io::Error {
    if error.is_io() {
        return error.into();
    }
    let what = if error.is_eof() { "it breaks off" } else { "it is no sound JSON" };
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("{what} ({error}); export it again, or as CSV UTF-8"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_told_from_texts_that_start_with_brackets() {
        for json in [
            "{\"a\":1}",
            "[ {\"a\" : 1}]",
            "{\n \"a b\": [] }",
            "[\"late\", \"never",
            "[[1, \"late\"], [2",
            "[{\"a\": oops}]",
            "{\"a\": 1, oops}\n",
            "{}",
            "[]",
        ] {
            assert!(is_json(json.as_bytes()), "{json}");
        }
        for text in
            ["{a},b\n", "[a],b\n", "[1],2\n", "{\"a\"},b\n", "text", "\"a\",\"b\"\n", "[\"a\"]: b"]
        {
            assert!(!is_json(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn the_shape_is_seen_in_the_first_lines() {
        let lines = "{\"a\": 1}\n\n{\"a\": 2\n{\"a\": 3}\n{\"a\": [";
        assert_eq!(Shape::of_prefix(lines.as_bytes()), Some(Shape::Lines));
        assert_eq!(Shape::of_prefix(b"{oops}\n{\"a\": 2}\n{\"a\": 3}\n"), Some(Shape::Lines));
        assert_eq!(Shape::of_prefix(b"{\n\"a\": 1\n}\n{\n\"a\": 2\n}"), Some(Shape::Values));
        assert_eq!(Shape::of_prefix(b"{\"a\": 1} {\"a\": 2}"), Some(Shape::Values));
        for document in ["{\"a\": [\n{\"b\": 1},\n{\"b\": 2}\n]}", "[{\"a\": 1}]", "{\"a\": 1}"] {
            assert_eq!(Shape::of_prefix(document.as_bytes()), None, "{document}");
        }
    }
}
