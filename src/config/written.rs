//! Values as they are written in the environment, and printed.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::num::NonZeroU64;
use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;
use serde::Serialize;

use super::codebook::Sector;
use super::options::{CacheChoice, Day, LogFormat, Megabytes, Threads};
use crate::model::{EngineKind, Precision};
use crate::painpoint::Detail;
use crate::read::{DateOrder, LongFormat, NamedAsks, NamedRole, RatingScale, is_none};
use crate::report::ReportLanguage;
use crate::report::presentation::{Accent, Audience};
use crate::visible::visible;

/// What is wrong with a value, and what to do.
type Fault = (String, String);

/// A value that may stand in a variable of the environment, and be printed as TOML.
pub(super) trait Written: Sized + Serialize {
    /// The value, or what is wrong with it.
    fn read(written: &OsStr) -> Result<Self, Fault>;

    /// The value as TOML.
    fn show(&self) -> String {
        // Texts, numbers and lists are written alike in both. TOML forbids one sign more, and terminals
        // should see none that steers them.
        let json = serde_json::to_string(self).unwrap_or_default();
        let signs = json.chars().map(|c| match visible(c.encode_utf8(&mut [0; 4])) {
            Cow::Borrowed(_) => c.to_string(),
            Cow::Owned(_) => format!("\\U{:08x}", u32::from(c)),
        });
        signs.collect()
    }
}

/// Paths alone may be no Unicode; they are printed so that they hold wherever the lines are copied to.
impl Written for PathBuf {
    fn read(written: &OsStr) -> Result<Self, Fault> {
        Ok(written.into())
    }

    fn show(&self) -> String {
        let path = std::path::absolute(self).unwrap_or_else(|_| self.clone());
        path.to_string_lossy().into_owned().show()
    }
}

/// `true` is the usual file, and any other word the name of one.
impl Written for CacheChoice {
    fn read(written: &OsStr) -> Result<Self, Fault> {
        Ok(match written.to_str() {
            Some("true") => Self::OfUser,
            Some("false") => Self::Nowhere,
            _ => Self::File(written.into()),
        })
    }

    fn show(&self) -> String {
        match self {
            Self::Nowhere => false.show(),
            Self::OfUser => true.show(),
            Self::File(path) => path.show(),
        }
    }
}

/// A value of one type, or what to write.
fn parsed<T: FromStr>(written: &str, remedy: &str) -> Result<T, Fault> {
    written.parse().map_err(|_| (format!("{written:?} cannot be used"), remedy.to_owned()))
}

macro_rules! parse {
    ($($kind:ty: $remedy:literal),* $(,)?) => {$(
        impl Written for $kind {
            fn read(written: &OsStr) -> Result<Self, Fault> {
                parsed(&written.to_string_lossy(), $remedy)
            }
        }
    )*};
}

parse! {
    String: "write a name",
    bool: "write true or false",
    u64: "write a whole number",
    NonZeroU64: "write a whole number from 1 on",
    char: "write one character",
    Threads: "write a whole number from 1 to 1024",
    Megabytes: "write a whole number of megabytes, 16 or more",
    RatingScale: "write the lowest and the highest rating as 1..5, or as 1..6,reversed",
    Accent: "write six hex digits of a colour that can be read on white, as in #0b5a7a",
    Day: "write year, month and day: 2026-03-01",
}

macro_rules! choose {
    ($($kind:ty),* $(,)?) => {$(
        impl Written for $kind {
            fn read(written: &OsStr) -> Result<Self, Fault> {
                choice(&written.to_string_lossy())
            }
        }
    )*};
}

choose!(EngineKind, Precision, Detail, ReportLanguage, Sector, DateOrder, Audience, LogFormat);

/// One of the values that a choice has, or their names.
fn choice<T: ValueEnum>(written: &str) -> Result<T, Fault> {
    T::from_str(written, false).map_err(|_| {
        let names = T::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let names: Vec<String> = names.map(|value| value.get_name().to_owned()).collect();
        (format!("{written:?} is no choice"), format!("write one of {}", names.join(", ")))
    })
}

/// One name, or several as TOML and JSON write them: names may hold every sign that could join them.
impl Written for Vec<String> {
    fn read(written: &OsStr) -> Result<Self, Fault> {
        let written = &*written.to_string_lossy();
        if !written.trim_start().starts_with('[') {
            return Ok(vec![written.to_owned()]);
        }
        serde_json::from_str(written).map_err(|_| {
            let remedy = "write one name, or several as [\"a\", \"b\"]";
            (format!("{written:?} is no list of names"), remedy.to_owned())
        })
    }
}

/// As on the command line, or as a list of three names.
impl Written for LongFormat {
    fn read(written: &OsStr) -> Result<Self, Fault> {
        let text = written.to_string_lossy();
        let remedy = "write ID,QUESTION,ANSWER, or [\"id\", \"question\", \"answer\"]";
        match text.trim_start().starts_with('[') {
            true => {
                Vec::<String>::read(written)?.try_into().map_err(|wrong| (wrong, remedy.to_owned()))
            }
            false => parsed(&text, remedy),
        }
    }
}

impl Written for Vec<PathBuf> {
    fn read(written: &OsStr) -> Result<Self, Fault> {
        let names = Vec::<String>::read(written)?;
        Ok(names.into_iter().map(PathBuf::from).collect())
    }

    fn show(&self) -> String {
        let shown = |path: &PathBuf| match is_none(path) {
            true => "\"none\"".to_owned(),
            false => path.show(),
        };
        format!("[{}]", self.iter().map(shown).collect::<Vec<_>>().join(","))
    }
}

impl Written for Vec<NamedRole> {
    fn read(written: &OsStr) -> Result<Self, Fault> {
        let names = Vec::<String>::read(written)?;
        names.iter().map(|own| parsed(own, "write NAME=ROLE, as in comment=text")).collect()
    }
}

impl Written for Vec<NamedAsks> {
    fn read(written: &OsStr) -> Result<Self, Fault> {
        let names = Vec::<String>::read(written)?;
        names.iter().map(|own| parsed(own, "write NAME=ASKS, as in comment=improve")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_names_are_a_list_and_anything_else_is_one_name() {
        let read = |written: &str| Vec::<String>::read(OsStr::new(written));
        assert_eq!(read("What, and why?"), Ok(vec!["What, and why?".to_owned()]));
        assert_eq!(read(r#"["a", "b,c"]"#), Ok(vec!["a".to_owned(), "b,c".to_owned()]));
        assert!(read("[a").is_err());
    }
}
