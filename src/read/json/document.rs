//! A JSON document → the elements of one list in it, one in memory at a time.

use std::fmt;
use std::io::Read;
use std::ops::ControlFlow;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::gauge::{Gauge, Gauged};

/// A step from a value to one within it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// To a member of an object.
    Member(String),
    /// To every element of a list.
    Each,
}

/// Takes a record and the line on which it starts; breaks where no more are wanted.
pub(super) type Take<'t> = dyn FnMut(u64, &RawValue) -> ControlFlow<()> + 't;

/// Hands what is at the end of `path` to `take`.
///
/// # Errors
/// If reading fails, or what is read is no JSON.
pub(super) fn each(bytes: impl Read, path: &[Step], take: &mut Take) -> serde_json::Result<()> {
    let (bytes, gauge) = Gauged::new(bytes);
    let mut stopped = false;
    let mut document = serde_json::Deserializer::from_reader(bytes);
    let value = Value { path, gauge: &gauge, take, stopped: &mut stopped };
    match value.deserialize(&mut document) {
        Err(_) if stopped => Ok(()),
        Err(error) => Err(error),
        Ok(()) => document.end(),
    }
}

/// Hands the values that stand one behind the other to `take`.
///
/// # Errors
/// As [`each`].
pub(super) fn each_value(bytes: impl Read, take: &mut Take) -> serde_json::Result<()> {
    let (bytes, gauge) = Gauged::new(bytes);
    let values = serde_json::Deserializer::from_reader(bytes).into_iter::<Box<RawValue>>();
    gauge.begin_record();
    for value in values {
        let value = value?;
        // The end of an object is known with its last byte.
        let lines = value.get().bytes().filter(|&b| b == b'\n').count() as u64;
        if take(gauge.line() - lines, &value).is_break() {
            break;
        }
        gauge.begin_record();
    }
    Ok(())
}

/// A value, and the rest of the path from it on.
struct Value<'v, 't> {
    path: &'v [Step],
    gauge: &'v Gauge,
    take: &'v mut Take<'t>,
    stopped: &'v mut bool,
}

impl<'de> DeserializeSeed<'de> for Value<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.gauge.begin_record();
        if !self.path.is_empty() {
            return deserializer.deserialize_any(self);
        }
        let line = self.gauge.line();
        let value: Box<RawValue> = serde::Deserialize::deserialize(deserializer)?;
        if (self.take)(line, &value).is_break() {
            *self.stopped = true;
            return Err(D::Error::custom("no more is wanted"));
        }
        Ok(())
    }
}

impl<'de> Visitor<'de> for Value<'_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let Self { path, gauge, take, stopped } = self;
        let is_path = path.first() == Some(&Step::Each);
        let rest = path.get(1..).unwrap_or_default();
        if !is_path {
            gauge.end_record();
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        while list
            .next_element_seed(Value {
                path: rest,
                gauge,
                take: &mut *take,
                stopped: &mut *stopped,
            })?
            .is_some()
        {
            gauge.begin_record();
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let Self { path, gauge, take, stopped } = self;
        let rest = path.get(1..).unwrap_or_default();
        while let Some(name) = map.next_key::<String>()? {
            let is_path = matches!(path.first(), Some(Step::Member(wanted)) if *wanted == name);
            if is_path {
                let (take, stopped) = (&mut *take, &mut *stopped);
                map.next_value_seed(Value { path: rest, gauge, take, stopped })?;
            } else {
                gauge.end_record();
                map.next_value::<IgnoredAny>()?;
            }
            gauge.begin_record();
        }
        Ok(())
    }

    // Whatever else stands where a list is sought holds none.

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

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn member(name: &str) -> Step {
        Step::Member(name.to_owned())
    }

    fn found(json: &str, path: &[Step]) -> Vec<(u64, String)> {
        let mut found = Vec::new();
        each(json.as_bytes(), path, &mut |line, value| {
            found.push((line, value.get().to_owned()));
            ControlFlow::Continue(())
        })
        .unwrap();
        found
    }

    #[test]
    fn elements_of_a_list_come_with_their_lines() {
        let json = "{\"n\": [1, [2]],\n \"page\": {\"reviews\": [\n{\"a\":\n1},\n\"b\", null]}, \"x\": {}}";
        let path = [member("page"), member("reviews"), Step::Each];
        let expected = [(3, "{\"a\":\n1}"), (5, "\"b\""), (5, "null")];
        assert_eq!(found(json, &path), expected.map(|(line, value)| (line, value.to_owned())));
        let pages = "[{\"r\": [1, 2]}, {\"r\": 5}, {\"r\": [3]}]";
        let path = [Step::Each, member("r"), Step::Each];
        let values: Vec<String> = found(pages, &path).into_iter().map(|(_, value)| value).collect();
        assert_eq!(values, ["1", "2", "3"]);
    }

    #[test]
    fn it_stops_where_no_more_is_wanted_and_tells_what_is_no_json() {
        let mut count = 0;
        let broken = "[1, 2, 3, oops]";
        let stop = each(broken.as_bytes(), &[Step::Each], &mut |_, _| {
            count += 1;
            if count == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        assert!(stop.is_ok() && count == 2);
        let error = each(broken.as_bytes(), &[Step::Each], &mut |_, _| ControlFlow::Continue(()));
        assert_eq!((error.unwrap_err().column(), count), (11, 2));
        let behind = each(&b"[1] 2"[..], &[Step::Each], &mut |_, _| ControlFlow::Continue(()));
        assert!(behind.is_err());
    }

    #[test]
    fn values_one_behind_the_other_come_with_their_lines() {
        let mut lines = Vec::new();
        each_value(&b"{\n\"a\": 1\n}\n{\"b\": 2}\n\n{\n}"[..], &mut |line, _| {
            lines.push(line);
            ControlFlow::Continue(())
        })
        .unwrap();
        assert_eq!(lines, [1, 4, 6]);
    }

    #[test]
    fn a_value_without_end_is_not_held() {
        let endless = b"[\"".chain(std::io::repeat(b'x'));
        let error = each(endless, &[Step::Each], &mut |_, _| ControlFlow::Continue(()));
        assert!(error.unwrap_err().to_string().contains("more than 16 MB"));
    }
}
