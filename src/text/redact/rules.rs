//! What a user knows of the personal data in texts, and what finds them all.

use std::borrow::Cow;
use std::ops::Range;

use regex::{Regex, RegexBuilder};

use super::kind::Kind;
use super::redacted::Redacted;
use super::{Found, apart, find};

/// What a user says of personal data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// Names of people, replaced wherever they stand as words of their own, in any case.
    pub names: Vec<String>,
    /// Patterns of numbers, as of the crate regex.
    pub numbers: Vec<String>,
    /// What stays although it looks personal, such as the company's own handle.
    pub keep: Vec<String>,
}

/// A pattern that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{pattern:?} is no pattern: {problem}")]
pub struct RuleError {
    /// It.
    pub pattern: String,
    /// What is wrong with it.
    pub problem: String,
}

/// Finds personal data, or lets all pass.
#[derive(Clone, Debug, Default)]
pub struct Redactor {
    own: Option<Own>,
}

#[derive(Clone, Debug)]
struct Own {
    names: Option<Regex>,
    numbers: Vec<Regex>,
    keep: Vec<String>,
}

impl Redactor {
    /// Finds what is built in, and what the user says.
    ///
    /// # Errors
    /// If a pattern is none.
    pub fn new(rules: &Rules) -> Result<Self, RuleError> {
        let names: Vec<String> = rules
            .names
            .iter()
            .map(|name| regex::escape(name.trim()))
            .filter(|name| !name.is_empty())
            .collect();
        let names = (!names.is_empty()).then(|| format!(r"\b(?:{})\b", names.join("|")));
        let compile = |source: &String| {
            let built =
                RegexBuilder::new(source).case_insensitive(true).size_limit(1 << 24).build();
            built.map_err(|error| RuleError { pattern: source.clone(), problem: last_line(&error) })
        };
        Ok(Self {
            own: Some(Own {
                names: names.as_ref().map(compile).transpose()?,
                numbers: rules.numbers.iter().map(compile).collect::<Result<_, _>>()?,
                keep: rules.keep.iter().map(|own| own.trim().to_lowercase()).collect(),
            }),
        })
    }

    /// Lets all pass.
    pub fn none() -> Self {
        Self::default()
    }

    /// Whether anything is replaced.
    pub fn is_active(&self) -> bool {
        self.own.is_some()
    }

    /// The text with placeholders, if there is anything to replace.
    pub fn replace(&self, text: &str) -> Option<Redacted> {
        Redacted::of(text, self.found(text))
    }

    /// Where personal data stand, in bytes, in their order.
    pub fn places(&self, text: &str) -> Vec<(Range<usize>, Kind)> {
        apart(self.found(text)).into_iter().map(|own| (own.range, own.kind)).collect()
    }

    fn found(&self, text: &str) -> Vec<Found> {
        let Some(own) = &self.own else { return Vec::new() };
        let mut found = Vec::new();
        for number in &own.numbers {
            found.extend(
                number
                    .find_iter(text)
                    .filter(|number| !number.is_empty())
                    .map(|number| Found { range: number.range(), kind: Kind::Number }),
            );
        }
        found.extend(find(text));
        if let Some(names) = &own.names {
            found.extend(
                names.find_iter(text).map(|name| Found { range: name.range(), kind: Kind::Name }),
            );
        }
        found.retain(|found| !own.keep.contains(&text[found.range.clone()].to_lowercase()));
        found
    }

    /// The text as it may be shown.
    pub fn shown<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.replace(text).map_or(Cow::Borrowed(text), |own| Cow::Owned(own.text))
    }
}

/// What the crate regex says of a pattern, without its drawing.
fn last_line(error: &regex::Error) -> String {
    let text = error.to_string();
    text.lines().last().unwrap_or(&text).trim_start_matches("error: ").to_owned()
}
