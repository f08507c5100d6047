//! A profile as it is written in TOML.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::names::{Name, Value};
use super::{Profile, ProfileRole, Rule};
use crate::read::columns::RatingScale;
use crate::read::doubt::NotFeedback;
use crate::read::error::ReadError;
use crate::read::value::DateOrder;

/// Rows that may name the columns.
const MOST_HEADER_ROWS: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: String,
    #[serde(default)]
    documentation: Vec<String>,
    #[serde(default)]
    first_column: Vec<String>,
    #[serde(default)]
    all_of: Vec<Names>,
    #[serde(default)]
    any_of: Vec<String>,
    #[serde(default = "one")]
    header_rows: usize,
    date_order: Option<DateOrder>,
    rating_scale: Option<RatingScale>,
    #[serde(default)]
    no_text: Vec<String>,
    #[serde(default)]
    roles: BTreeMap<ProfileRole, Vec<String>>,
    #[serde(default)]
    left_out: Vec<WrittenRule>,
}

/// A column, by its name or by any of several.
#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Any(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRule {
    columns: Vec<String>,
    what: NotFeedback,
    values: Vec<String>,
}

impl Names {
    fn several(self) -> Vec<String> {
        match self {
            Self::One(name) => vec![name],
            Self::Any(names) => names,
        }
    }
}

/// What is written, each understood; else the first that is not.
fn all<T>(written: &[String], new: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, String> {
    let understood = |own: &String| new(own).ok_or_else(|| format!("{own:?} says nothing"));
    written.iter().map(understood).collect()
}

fn one() -> usize {
    1
}

impl Profile {
    /// Reads a file.
    ///
    /// # Errors
    /// If it cannot be read, or is no profile.
    pub(super) fn load(path: &Path) -> Result<Self, ReadError> {
        let wrong = |problem: String| ReadError::Profile { path: path.to_owned(), problem };
        let source = std::fs::read_to_string(path).map_err(|error| wrong(error.to_string()))?;
        Self::parse(&source).map_err(wrong)
    }

    /// What a text says.
    ///
    /// # Errors
    /// What is wrong with it, and on which line.
    pub(super) fn parse(source: &str) -> Result<Self, String> {
        let own: Written = toml::from_str(source).map_err(|error| {
            let start = error.span().map_or(0, |span| span.start);
            let line = source[..source.floor_char_boundary(start)].matches('\n').count() + 1;
            format!("line {line}: {}", error.message())
        })?;
        if own.first_column.is_empty() && own.all_of.is_empty() && own.any_of.is_empty() {
            return Err(
                "nothing says by which columns it is known; add all_of = [\"NAME\"]".to_owned()
            );
        }
        if !(1..=MOST_HEADER_ROWS).contains(&own.header_rows) {
            return Err(format!("header_rows may be 1 to {MOST_HEADER_ROWS}"));
        }
        let names = |written: Vec<String>| all(&written, Name::new);
        let roles = own.roles.into_iter().map(|(role, columns)| Ok((role, names(columns)?)));
        let rules = own.left_out.into_iter().map(|own| {
            let values = all(&own.values, Value::new)?;
            Ok(Rule { columns: names(own.columns)?, what: own.what, values })
        });
        Ok(Self {
            name: own.name,
            documentation: own.documentation,
            header_rows: own.header_rows,
            date_order: own.date_order,
            rating_scale: own.rating_scale,
            no_text: own.no_text,
            roles: roles.collect::<Result<_, String>>()?,
            left_out: rules.collect::<Result<_, String>>()?,
            first_column: names(own.first_column)?,
            all_of: own
                .all_of
                .into_iter()
                .map(|own| names(own.several()))
                .collect::<Result<_, _>>()?,
            any_of: names(own.any_of)?,
        })
    }
}
