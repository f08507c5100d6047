//! A JSON value → cells: fields by path, lists joined.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserializer as _;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use crate::read::prose::{BETWEEN, joined};

/// Values within values, from which on they are left as they are written.
const MAX_DEPTH: usize = 16;

/// The fields of a record with their texts, in the order in which they come. `null` is an empty text.
pub(super) type Fields = Vec<(String, String)>;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Object,
    List,
    Scalar,
}

impl Kind {
    /// What starts like this.
    pub(super) fn of(raw: &RawValue) -> Self {
        match raw.get().as_bytes().first() {
            Some(b'{') => Self::Object,
            Some(b'[') => Self::List,
            _ => Self::Scalar,
        }
    }
}

/// The fields of an object.
pub(super) fn fields(raw: &RawValue) -> serde_json::Result<Fields> {
    let mut leaves = Leaves::default();
    leaves.add(raw, "", 0)?;
    Ok(leaves.joined())
}

/// The texts of a list, one a part.
pub(super) fn parts(raw: &RawValue) -> serde_json::Result<Vec<String>> {
    elements(raw)?.into_iter().map(text).collect()
}

/// What a value says: a list is joined, an object is left as it is written.
pub(super) fn text(raw: &RawValue) -> serde_json::Result<String> {
    match Kind::of(raw) {
        Kind::Scalar => scalar(raw),
        Kind::List => {
            let mut leaves = Leaves::default();
            leaves.add(raw, "", 0)?;
            Ok(leaves.joined().into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(BETWEEN))
        }
        Kind::Object => Ok(raw.get().to_owned()),
    }
}

/// Values that are neither objects nor lists, by path.
#[derive(Default)]
struct Leaves {
    paths: BTreeMap<String, usize>,
    texts: Vec<(String, Vec<String>)>,
}

impl Leaves {
    fn add(&mut self, raw: &RawValue, path: &str, depth: usize) -> serde_json::Result<()> {
        match Kind::of(raw) {
            _ if depth > MAX_DEPTH => self.put(path, raw.get().to_owned()),
            Kind::Scalar => self.put(path, scalar(raw)?),
            Kind::Object => {
                for (name, value) in members(raw)? {
                    let path = if path.is_empty() { name } else { format!("{path}.{name}") };
                    self.add(value, &path, depth + 1)?;
                }
            }
            Kind::List => {
                let elements = elements(raw)?;
                if elements.is_empty() {
                    self.put(path, String::new());
                }
                for element in elements {
                    self.add(element, path, depth + 1)?;
                }
            }
        }
        Ok(())
    }

    fn put(&mut self, path: &str, text: String) {
        let next = self.texts.len();
        let at = *self.paths.entry(path.to_owned()).or_insert(next);
        if at == next {
            self.texts.push((path.to_owned(), Vec::new()));
        }
        self.texts[at].1.push(text);
    }

    fn joined(self) -> Fields {
        self.texts.into_iter().map(|(path, texts)| (path, joined(texts))).collect()
    }
}

/// A string, a number as it is written but for a fraction of zeros, `true`, or nothing for `null`.
fn scalar(raw: &RawValue) -> serde_json::Result<String> {
    let written = raw.get();
    if written.starts_with('"') {
        return string(raw);
    }
    if written == "null" {
        return Ok(String::new());
    }
    Ok(match written.split_once('.') {
        Some((whole, fraction)) if fraction.bytes().all(|b| b == b'0') => whole.to_owned(),
        _ => written.to_owned(),
    })
}

/// A string. Halves of characters, which programs leave that cut texts, become replacement characters.
fn string(raw: &RawValue) -> serde_json::Result<String> {
    struct Bytes;
    impl Visitor<'_> for Bytes {
        type Value = String;

        fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            formatter.write_str("a string")
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<String, E> {
            Ok(String::from_utf8_lossy(bytes).replace('\0', ""))
        }
    }
    serde_json::Deserializer::from_str(raw.get()).deserialize_bytes(Bytes)
}

/// The members of an object. A name that comes twice is there twice.
pub(super) fn members(raw: &RawValue) -> serde_json::Result<Vec<(String, &RawValue)>> {
    struct Members;
    impl<'de> Visitor<'de> for Members {
        type Value = Vec<(String, &'de RawValue)>;

        fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            formatter.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut members = Vec::new();
            while let Some(member) = map.next_entry()? {
                members.push(member);
            }
            Ok(members)
        }
    }
    serde_json::Deserializer::from_str(raw.get()).deserialize_map(Members)
}

/// The elements of a list.
pub(super) fn elements(raw: &RawValue) -> serde_json::Result<Vec<&RawValue>> {
    struct Elements;
    impl<'de> Visitor<'de> for Elements {
        type Value = Vec<&'de RawValue>;

        fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            formatter.write_str("a list")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            let mut elements = Vec::new();
            while let Some(element) = list.next_element()? {
                elements.push(element);
            }
            Ok(elements)
        }
    }
    serde_json::Deserializer::from_str(raw.get()).deserialize_seq(Elements)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(json: &str) -> Vec<(String, String)> {
        fields(serde_json::from_str(json).unwrap()).unwrap()
    }

    fn expected(fields: &[(&str, &str)]) -> Vec<(String, String)> {
        fields.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn nested_fields_are_named_by_their_path() {
        let json =
            r#"{"id": 7, "review": {"text": "late\nagain", "by": {"name": null}}, "ok": true}"#;
        let fields =
            [("id", "7"), ("review.text", "late\nagain"), ("review.by.name", ""), ("ok", "true")];
        assert_eq!(found(json), expected(&fields));
    }

    #[test]
    fn lists_are_joined_choices_in_a_line_and_sentences_below_each_other() {
        let json = r#"{"tags": ["web", null, "new"], "aspects": [{"of": "price", "mark": 1},
            {"of": "staff", "mark": 5}], "said": ["It never came.", "Nobody answered me."], "no": []}"#;
        let fields = [
            ("tags", "web; new"),
            ("aspects.of", "price; staff"),
            ("aspects.mark", "1; 5"),
            ("said", "It never came.\nNobody answered me."),
            ("no", ""),
        ];
        assert_eq!(found(json), expected(&fields));
    }

    #[test]
    fn numbers_stay_as_they_are_written() {
        let json = r#"{"a": 12345678901234567890123, "b": 4.0, "c": 4.50, "d": -1e5}"#;
        let fields = [("a", "12345678901234567890123"), ("b", "4"), ("c", "4.50"), ("d", "-1e5")];
        assert_eq!(found(json), expected(&fields));
    }

    #[test]
    fn halves_of_characters_do_not_cost_the_record() {
        assert_eq!(
            found(r#"{"t": "so slow \ud83d"}"#)[0].1.trim_end_matches('\u{fffd}'),
            "so slow "
        );
        assert_eq!(found(r#"{"t": "\ud83d\ude21 \u0000"}"#)[0].1, "😡 ");
    }

    #[test]
    fn what_nests_too_deep_is_left_as_it_is() {
        let deep = format!("{}1{}", "{\"a\":".repeat(100), "}".repeat(100));
        let fields = found(&deep);
        assert_eq!(fields.len(), 1);
        assert!(fields[0].1.starts_with("{\"a\":"), "{fields:?}");
    }
}
