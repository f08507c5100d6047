//! Where in a JSON document the records are: which of its lists.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::document::Step;
use super::gauge::{Gauge, Gauged};
use super::record::{Kind, elements, members, text};
use crate::read::prose::is_prose;

/// Lists that are told apart: objects that are keyed by numbers may have one each.
const MAX_LISTS: usize = 1_000;

/// Values within values that are looked at.
const MAX_DEPTH: usize = 32;

/// What is in the lists at one place of a document.
#[derive(Clone, Copy, Debug, Default)]
struct Contents {
    objects: u64,
    lists: u64,
    scalars: u64,
    /// Sentences that are elements, or in an element that is an object, and in no list within that.
    sentences: u64,
}

/// A list of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) path: Vec<Step>,
    /// What most of its elements are.
    pub(super) kind: Kind,
}

/// What is in all lists of a document.
#[derive(Default)]
struct Lists {
    places: BTreeMap<Vec<Step>, Contents>,
    /// Sentences that are in no list.
    outside: u64,
}

/// Finds the list with the records: none where the document has no list, or is a record itself.
///
/// # Errors
/// If reading fails, or what is read is no JSON.
pub(super) fn find(bytes: impl Read) -> serde_json::Result<Option<Place>> {
    let (bytes, gauge) = Gauged::new(bytes);
    let mut lists = Lists::default();
    let mut document = serde_json::Deserializer::from_reader(bytes);
    let mut path = Vec::new();
    Value { path: &mut path, gauge: &gauge, lists: &mut lists }.deserialize(&mut document)?;
    document.end()?;
    Ok(lists.choose())
}

impl Contents {
    fn kind(&self) -> Kind {
        if self.objects >= self.lists && self.objects >= self.scalars {
            Kind::Object
        } else if self.lists > self.scalars {
            Kind::List
        } else {
            Kind::Scalar
        }
    }

    fn elements(&self) -> u64 {
        self.objects + self.lists + self.scalars
    }
}

impl Lists {
    /// The list with most sentences in it, and of those that have none, with most objects. Where its
    /// elements only wrap lists that have the sentences, as pages do, it is these.
    fn choose(&self) -> Option<Place> {
        let mut chosen = self.best(&[])?;
        if self.sentences_below(chosen) == 0 && self.outside > 0 {
            return None;
        }
        while self.places[chosen].sentences == 0 {
            match self.best(chosen) {
                Some(inner) if self.places[inner].objects > self.places[chosen].elements() => {
                    chosen = inner;
                }
                _ => break,
            }
        }
        Some(Place { path: chosen.to_vec(), kind: self.places[chosen].kind() })
    }

    /// The best of the lists in what is at `outer`, and in no other list within that.
    fn best(&self, outer: &[Step]) -> Option<&[Step]> {
        let is_next = |path: &[Step]| {
            path.strip_prefix(outer).is_some_and(|rest| {
                rest.iter().filter(|step| **step == Step::Each).count() == 1
                    && rest.last() == Some(&Step::Each)
            })
        };
        let next = self.places.iter().filter(|(path, _)| is_next(path));
        // Of equals, the first by name.
        let ranked = next.rev().max_by_key(|(path, contents)| {
            (self.sentences_below(path), contents.objects, contents.elements())
        });
        ranked.map(|(path, _)| path.as_slice())
    }

    fn sentences_below(&self, outer: &[Step]) -> u64 {
        let within = self.places.iter().filter(|(path, _)| path.starts_with(outer));
        within.map(|(_, contents)| contents.sentences).sum()
    }

    /// The contents of the innermost list on a path.
    fn innermost(&mut self, path: &[Step]) -> Option<&mut Contents> {
        let end = path.iter().rposition(|step| *step == Step::Each)?;
        let list = &path[..=end];
        if !self.places.contains_key(list) {
            if self.places.len() >= MAX_LISTS {
                return None;
            }
            self.places.insert(list.to_vec(), Contents::default());
        }
        self.places.get_mut(list)
    }

    /// Counts what is in a value that is at `path`.
    fn add(&mut self, value: &RawValue, path: &mut Vec<Step>) -> serde_json::Result<()> {
        match Kind::of(value) {
            _ if path.len() > MAX_DEPTH => {}
            Kind::Scalar => {
                self.count(path, |own| &mut own.scalars);
                self.text(&text(value)?, path);
            }
            Kind::Object => {
                self.count(path, |own| &mut own.objects);
                for (name, member) in members(value)? {
                    path.push(Step::Member(name));
                    self.add(member, path)?;
                    path.pop();
                }
            }
            Kind::List => {
                self.count(path, |own| &mut own.lists);
                path.push(Step::Each);
                for element in elements(value)? {
                    self.add(element, path)?;
                }
                path.pop();
            }
        }
        Ok(())
    }

    /// Counts a text that is at `path`.
    fn text(&mut self, text: &str, path: &[Step]) {
        if is_prose(text) {
            match self.innermost(path) {
                Some(contents) => contents.sentences += 1,
                None => self.outside += 1,
            }
        }
    }

    /// Counts a value that is at `path`.
    fn count(&mut self, path: &[Step], of: fn(&mut Contents) -> &mut u64) {
        if path.last() == Some(&Step::Each)
            && let Some(contents) = self.innermost(path)
        {
            *of(contents) += 1;
        }
    }
}

/// A value that is no element of a list, or one that is, and the path to it.
struct Value<'v> {
    path: &'v mut Vec<Step>,
    gauge: &'v Gauge,
    lists: &'v mut Lists,
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        if self.path.len() > MAX_DEPTH {
            self.gauge.end_record();
            return deserializer.deserialize_ignored_any(IgnoredAny).map(|_| ());
        }
        self.gauge.begin_record();
        if self.path.last() != Some(&Step::Each) {
            return deserializer.deserialize_any(self);
        }
        // Elements of a list are held one at a time, as they will be when they are read.
        let element: Box<RawValue> = serde::Deserialize::deserialize(deserializer)?;
        self.lists.add(&element, self.path).map_err(D::Error::custom)
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self { path, gauge, lists } = self;
        path.push(Step::Each);
        loop {
            gauge.begin_record();
            let element = Value { path: &mut *path, gauge, lists: &mut *lists };
            if list.next_element_seed(element)?.is_none() {
                path.pop();
                return Ok(());
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { path, gauge, lists } = self;
        loop {
            gauge.begin_record();
            let Some(name) = map.next_key()? else { return Ok(()) };
            path.push(Step::Member(name));
            map.next_value_seed(Value { path: &mut *path, gauge, lists: &mut *lists })?;
            path.pop();
        }
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        self.lists.text(text, self.path);
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(json: &str) -> Option<(String, Kind)> {
        let place = find(json.as_bytes()).unwrap()?;
        let step = |step: &Step| match step {
            Step::Member(name) => name.clone(),
            Step::Each => "[]".to_owned(),
        };
        Some((place.path.iter().map(step).collect::<Vec<_>>().join("."), place.kind))
    }

    fn found(path: &str, kind: Kind) -> Option<(String, Kind)> {
        Some((path.to_owned(), kind))
    }

    #[test]
    fn the_list_with_the_sentences_is_found_wherever_it_is() {
        let texts = r#"["The parcel came late", "ok"]"#;
        assert_eq!(place(texts), found("[]", Kind::Scalar));
        let reviews = r#"[{"t": "The parcel came late"}, {"t": null}]"#;
        assert_eq!(place(reviews), found("[]", Kind::Object));
        let wrapped = format!(r#"{{"users": [{{"n": 1}}, {{}}, {{}}], "d": {{"r": {reviews}}}}}"#);
        assert_eq!(place(&wrapped), found("d.r.[]", Kind::Object));
        let rows = r#"{"values": [["id", "text"], ["1", "The parcel came late"]]}"#;
        assert_eq!(place(rows), found("values.[]", Kind::List));
    }

    #[test]
    fn lists_within_records_are_no_records() {
        let aspects = r#"[{"t": "The parcel came late", "a": [{"m": 1}, {"m": 2}, {"m": 3}]}]"#;
        assert_eq!(place(aspects), found("[]", Kind::Object));
        let single = r#"{"c": [{"at": 1, "data": [{"c": "The parcel came late"}]}]}"#;
        assert_eq!(place(single), found("c.[]", Kind::Object));
        let pages = r#"[{"page": 1, "r": [{"t": "The parcel came late"}, {"t": "ok"}]}]"#;
        assert_eq!(place(pages), found("[].r.[]", Kind::Object));
    }

    #[test]
    fn a_document_may_be_a_record_itself() {
        assert_eq!(place(r#"{"t": "The parcel came late", "tags": ["a", "b"]}"#), None);
        assert_eq!(place(r#"{"t": "late"}"#), None);
    }
}
