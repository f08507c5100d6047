//! The codebook: the phases of the customer journey, its touchpoints, and the words by which
//! customers name them.
//!
//! ```toml
//! [[touchpoint]]
//! id = "delivery"
//! phase = "purchase"
//! names = { de = "Lieferung", en = "Delivery" }
//! description = { en = "Time, reliability and condition of the delivery" }
//! excludes = ["delivered on its promise"]
//! controllable = true
//! channel = "offline"
//! examples.en = ["The parcel arrived two weeks late."]
//! problems = [{ id = "late", name = { en = "Late" }, examples = ["two weeks late"] }]
//! keyphrases.de = ["liefer*", "*lieferung", "kam nie an"]
//! keyphrases.en = ["delivery", "parcel", "never arrived"]
//!
//! [[touchpoint]]
//! id = "tracking"
//! parent = "delivery"
//! names = { de = "Sendungsverfolgung", en = "Tracking" }
//! keyphrases = ["tracking", "track and trace"]
//! ```
//!
//! A touchpoint may have a parent: what it counts, the parent counts too. Texts without a language
//! serve all languages. The same may be written as a table ([`Codebook::parse_table`]).
//!
//! A keyphrase matches consecutive words by their stems. A star stands for any letters, none
//! included, at the start or the end of a word; `=ups` matches the word as written and not "up".
//! An exclude matches words as written within a clause, in texts of every language, and cancels the
//! keyphrases of its touchpoint that it overlaps, longer ones excepted; `…` stands for up to two
//! words, `dog|cat owner` for either.
//!
//! A sector's codebook adds to one ([`Codebook::with_sector`]).

mod canonical;
mod faults;
mod parse;
pub mod promote;
mod sector;
mod table;

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

pub use sector::Sector;
use serde::{Deserialize, Serialize};

use super::text::{self, TextError};
use crate::text::Language;
use crate::text::fold::fold;
use crate::text::tokens::tokens;
use crate::visible::visible_path;

/// Identifier under which mentions of no touchpoint are counted.
pub const GENERAL: &str = "general";

/// What can be wrong with a codebook.
#[derive(Debug, thiserror::Error)]
pub enum CodebookError {
    /// The file cannot be read, or is no text in UTF-8.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The file does not follow the format.
    #[error("{file}:{line}:{column}: {problem}; {remedy}")]
    Invalid {
        /// The file as it was named.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong.
        problem: String,
        /// What to do.
        remedy: String,
    },
    /// A cell of a table does not follow the format.
    #[error("{file}:{line}: column `{column}`: {problem}; {remedy}")]
    InvalidCell {
        /// The file as it was named.
        file: String,
        /// Line, from 1.
        line: u64,
        /// Header of the column.
        column: String,
        /// What is wrong.
        problem: String,
        /// What to do.
        remedy: String,
    },
}

/// A text in several languages; [`Language::Und`] where it serves all.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(from = "BTreeMap<String, String>", into = "BTreeMap<&'static str, String>")]
pub struct Localised(BTreeMap<Language, String>);

/// By language codes; those of a language that is not served are passed over.
impl From<BTreeMap<String, String>> for Localised {
    fn from(texts: BTreeMap<String, String>) -> Self {
        let texts = texts.into_iter();
        Self(texts.filter_map(|(code, text)| Some((Language::from_code(&code)?, text))).collect())
    }
}

impl From<Localised> for BTreeMap<&'static str, String> {
    fn from(texts: Localised) -> Self {
        texts.0.into_iter().map(|(language, text)| (language.code(), text)).collect()
    }
}

impl Localised {
    /// The text in this language, else in English, else in German, else in any other.
    pub fn get(&self, language: Language) -> Option<&str> {
        [language, Language::En, Language::De]
            .iter()
            .find_map(|language| self.0.get(language))
            .or_else(|| self.0.values().next())
            .map(String::as_str)
    }

    /// All languages' texts.
    pub fn iter(&self) -> impl Iterator<Item = (Language, &str)> {
        self.0.iter().map(|(language, text)| (*language, text.as_str()))
    }
}

/// A phase of the customer journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phase {
    /// Stable identifier, e.g. `use`.
    pub id: String,
    /// Names to show.
    pub names: Localised,
}

/// A point of contact between customer and company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touchpoint {
    /// Stable identifier, e.g. `delivery`.
    pub id: String,
    /// Index into [`Codebook::phases`].
    pub phase: usize,
    /// Index into [`Codebook::touchpoints`] of the touchpoint that this one is a part of.
    pub parent: Option<usize>,
    /// Names to show.
    pub names: Localised,
    /// What belongs to it, in a line.
    pub description: Localised,
    /// Whether the company can control it.
    pub controllable: bool,
    /// How customers reach it; none where both ways are usual, or nobody said.
    pub channel: Option<Channel>,
    /// Words and phrases that name it; under [`Language::Und`] those for texts of every language.
    pub keyphrases: BTreeMap<Language, Vec<String>>,
    /// Phrases that cancel the keyphrases they overlap, in every language.
    pub excludes: Vec<String>,
    /// Typical sentences, from which its meaning is learnt.
    pub examples: BTreeMap<Language, Vec<String>>,
    /// What is known to go wrong at it.
    pub problems: Vec<KnownProblem>,
}

/// How customers reach a touchpoint.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// On a screen.
    Online,
    /// In person, by telephone or by post.
    Offline,
}

impl Channel {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Online, Self::Offline];

    /// As in a codebook: `online` or `offline`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
        }
    }

    /// The one that is called so.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.name() == name)
    }
}

/// Something that is known to go wrong at a touchpoint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownProblem {
    /// Stable identifier within its touchpoint, e.g. `long_wait`.
    pub id: String,
    /// Names to show; none where examples say what it is.
    pub name: Localised,
    /// Sentences in which customers say it.
    pub examples: BTreeMap<Language, Vec<String>>,
    /// Whether mentions are asked for it before new problems are sought among them; otherwise it only
    /// names what was found.
    pub first: bool,
}

impl KnownProblem {
    /// The name in this language; another language's or the identifier where it has none.
    pub fn name(&self, language: Language) -> &str {
        self.name.get(language).unwrap_or(&self.id)
    }
}

/// Phases and touchpoints, in the order of the journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codebook {
    phases: Vec<Phase>,
    touchpoints: Vec<Touchpoint>,
    /// Identifiers, names and plain keyphrases, folded → touchpoint.
    designations: BTreeMap<String, usize>,
}

impl Codebook {
    /// Source of the built-in codebook, to start one's own from.
    pub const BUILT_IN: &str = include_str!("codebook.toml");

    /// The codebook for companies without one of their own.
    pub fn built_in() -> Self {
        // A test parses the source, so the empty codebook is never seen.
        Self::parse(Self::BUILT_IN, "codebook.toml").unwrap_or_else(|_| Self::new(vec![], vec![]))
    }

    /// Reads a codebook: a table if the file is called `.csv` or `.tsv`, else TOML.
    ///
    /// # Errors
    /// If the file cannot be read or does not follow the format.
    pub fn load(path: &Path) -> Result<Self, CodebookError> {
        let file = visible_path(path);
        let source = text::read(path, "the codebook")?;
        if Self::is_table(path) {
            Self::parse_table(&source, &file)
        } else {
            Self::parse(&source, &file)
        }
    }

    /// Whether the name of a file says that the codebook in it is a table.
    pub fn is_table(path: &Path) -> bool {
        let is = |own: &OsStr| ["csv", "tsv"].iter().any(|table| own.eq_ignore_ascii_case(table));
        path.extension().is_some_and(is)
    }

    /// Reads a codebook from its source; `file` is the name that errors give.
    ///
    /// # Errors
    /// If the source does not follow the format.
    pub fn parse(source: &str, file: &str) -> Result<Self, CodebookError> {
        let (phases, touchpoints) = parse::codebook(source, file)?;
        Ok(Self::new(phases, touchpoints))
    }

    /// Reads a codebook from a table with a header and a touchpoint in each row; `file` is the name
    /// that errors give. The phases are the built-in ones.
    ///
    /// # Errors
    /// If the table does not follow the format.
    pub fn parse_table(source: &str, file: &str) -> Result<Self, CodebookError> {
        let (phases, touchpoints) = table::codebook(source, file)?;
        Ok(Self::new(phases, touchpoints))
    }

    /// This codebook with a sector's touchpoints, each behind its parent or at the end of its phase,
    /// and with what the sector adds to touchpoints of the built-in codebook. Words that the built-in
    /// codebook has elsewhere move to where the sector has them; one's own stay.
    ///
    /// # Errors
    /// If the codebook and the sector have an identifier in common.
    pub fn with_sector(self, sector: Sector) -> Result<Self, CodebookError> {
        sector::merged(self, sector)
    }

    /// A codebook of words alone: identifiers, each with its keyphrases.
    pub fn of_keyphrases<'a>(
        named: impl IntoIterator<Item = (&'a str, BTreeMap<Language, Vec<String>>)>,
    ) -> Self {
        let touchpoints = named.into_iter().map(|(id, keyphrases)| Touchpoint {
            id: id.to_owned(),
            phase: 0,
            parent: None,
            names: Localised::default(),
            description: Localised::default(),
            controllable: true,
            channel: None,
            keyphrases,
            excludes: vec![],
            examples: BTreeMap::new(),
            problems: vec![],
        });
        Self::new(vec![], touchpoints.collect())
    }

    fn new(phases: Vec<Phase>, touchpoints: Vec<Touchpoint>) -> Self {
        let designations = designations(&touchpoints);
        Self { phases, touchpoints, designations }
    }

    /// The phases, first contact first.
    pub fn phases(&self) -> &[Phase] {
        &self.phases
    }

    /// The touchpoints, in the order of the file.
    pub fn touchpoints(&self) -> &[Touchpoint] {
        &self.touchpoints
    }

    /// Whether one of two touchpoints is the other's parent, or they are one.
    pub fn are_kin(&self, a: usize, b: usize) -> bool {
        let parent = |index: usize| self.touchpoints[index].parent;
        a == b || parent(a) == Some(b) || parent(b) == Some(a)
    }

    /// The identifiers of the touchpoints, in their order.
    pub fn ids(&self) -> Vec<&str> {
        self.touchpoints.iter().map(|touchpoint| touchpoint.id.as_str()).collect()
    }

    /// The touchpoint that a cell of the input names by identifier, by name or by keyphrase, in any
    /// language; case, accents and punctuation do not count.
    pub fn touchpoint_named(&self, value: &str) -> Option<usize> {
        self.designations.get(&designation(value)).copied()
    }
}

/// Identifiers win over names, names over keyphrases, and earlier touchpoints over later ones.
fn designations(touchpoints: &[Touchpoint]) -> BTreeMap<String, usize> {
    let ids = touchpoints.iter().enumerate().map(|(index, t)| (t.id.as_str(), index));
    let names = touchpoints
        .iter()
        .enumerate()
        .flat_map(|(index, t)| t.names.iter().map(move |(_, name)| (name, index)));
    let keyphrases = touchpoints.iter().enumerate().flat_map(|(index, t)| {
        t.keyphrases.values().flatten().map(move |keyphrase| (keyphrase.as_str(), index))
    });
    let mut designations = BTreeMap::new();
    for (text, index) in ids.chain(names).chain(keyphrases.filter(|(text, _)| !text.contains('*')))
    {
        designations.entry(designation(text)).or_insert(index);
    }
    designations
}

fn designation(text: &str) -> String {
    let words: Vec<_> = tokens(text).map(|span| fold(&text[span])).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests;
