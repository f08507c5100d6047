//! Text → clean text, language, mentions and terms.

pub mod blank;
pub mod boilerplate;
pub mod bygone;
pub mod clauses;
pub mod clean;
pub mod compounds;
mod contrast;
mod emoji;
pub mod flags;
pub mod fold;
pub mod language;
mod lexicon;
pub mod near;
pub mod others;
pub mod plain;
pub mod redact;
pub mod relief;
mod sentence;
pub mod split;
pub mod terms;
pub mod tokens;
pub mod variants;
pub mod words;

use std::fmt;

use serde::{Deserialize, Serialize};

/// The languages served.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// German.
    De,
    /// English.
    En,
    /// Spanish.
    Es,
    /// French.
    Fr,
    /// Italian.
    It,
    /// Dutch.
    Nl,
    /// Portuguese.
    Pt,
    /// Undetermined: too short, mixed, or none of the seven.
    Und,
}

impl Language {
    /// All languages, [`Language::Und`] last.
    pub const ALL: [Self; 8] =
        [Self::De, Self::En, Self::Es, Self::Fr, Self::It, Self::Nl, Self::Pt, Self::Und];

    /// ISO 639-1 code, or `und` (ISO 639-2).
    pub fn code(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
            Self::Es => "es",
            Self::Fr => "fr",
            Self::It => "it",
            Self::Nl => "nl",
            Self::Pt => "pt",
            Self::Und => "und",
        }
    }

    /// The language of a code such as `de`, if it is served.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
