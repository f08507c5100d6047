//! `corrections.csv`: what a person knows better than the program.
//!
//! A row corrects a mention (its sentiment, its touchpoints), a term or a pain point. Mentions are found
//! by the feedback's id and their number, or by a hash of their text; terms by a spelling; pain points by
//! their identifier.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::codebook::{Codebook, GENERAL};
use super::text::{self, TextError};
use crate::model::Sentiment;
use crate::report::formula::original;
use crate::visible::visible_path;

/// What can be wrong with `corrections.csv`.
#[derive(Debug, thiserror::Error)]
pub enum CorrectionsError {
    /// The file cannot be read, or is no text in UTF-8.
    #[error(transparent)]
    Text(#[from] TextError),
    /// The file is no table with the columns wanted.
    #[error("{}: {what}", visible_path(path))]
    Table {
        /// The file.
        path: PathBuf,
        /// What is wrong, and the remedy.
        what: String,
    },
    /// A cell cannot be used.
    #[error("{}:{line}:{column}: {what}", visible_path(path))]
    Cell {
        /// The file.
        path: PathBuf,
        /// Line on which the row starts, from 1.
        line: u64,
        /// Name of the column.
        column: &'static str,
        /// What is wrong, and the remedy.
        what: String,
    },
}

/// Which mentions a row corrects.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// One, by the id of its feedback and its number, from 1.
    Mention(String, u64),
    /// All with this text, by `text_hash` of `mentions.csv`.
    Text(String),
}

/// A correction of mentions.
#[derive(Clone, Debug, PartialEq)]
pub enum MentionEdit {
    /// What it feels like.
    Sentiment(Sentiment),
    /// Identifiers of its touchpoints, or `general`.
    Touchpoints(Vec<String>),
}

/// A correction of a term or a pain point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ThemeEdit {
    /// The pain point has this label.
    Rename(String),
    /// The pain point is a part of this other one.
    MergeInto(String),
    /// It is not reported.
    Ban,
    /// It is reported, however few mention it.
    Pin,
}

/// A correction of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TermEdit {
    /// It is written like this.
    Rename(String),
    /// It means the same as this other term, and counts as that.
    MergeInto(String),
    /// It is no term.
    Ban,
    /// It belongs to this pain point.
    Pin(String),
}

/// The corrections of a file. Each holds the line on which it stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corrections {
    /// The file.
    pub path: PathBuf,
    /// Rows of the file: their lines, and what they say.
    pub said: BTreeMap<u64, String>,
    /// Corrections of mentions.
    pub mentions: BTreeMap<Subject, Vec<(u64, MentionEdit)>>,
    /// Corrections of terms, by spelling, in the order of the file.
    pub terms: Vec<(u64, String, TermEdit)>,
    /// Corrections of pain points, by identifier, in the order of the file.
    pub pain_points: Vec<(u64, String, ThemeEdit)>,
}

/// What `field` may say.
const FIELDS: [&str; 10] = [
    "sentiment",
    "touchpoint",
    "rename_pain_point",
    "merge_pain_point",
    "ban_pain_point",
    "pin_pain_point",
    "rename_term",
    "merge_term",
    "ban_term",
    "pin_term",
];

impl Corrections {
    /// Rows of the file.
    pub fn rows(&self) -> u64 {
        self.said.len() as u64
    }

    /// The rows that are not on these lines, each with its place and what it says.
    pub fn others(&self, lines: &BTreeSet<u64>) -> Vec<String> {
        let others = self.said.iter().filter(|(line, _)| !lines.contains(line));
        others.map(|(line, said)| format!("{}:{line}: {said}", visible_path(&self.path))).collect()
    }

    /// Reads a file: comma or semicolon, with or without byte order mark, columns in any order.
    ///
    /// # Errors
    /// If the file cannot be read, or a cell cannot be used, with its line and column.
    pub fn load(path: &Path, codebook: &Codebook) -> Result<Self, CorrectionsError> {
        Self::parse(path, &text::read(path, "the corrections")?, codebook)
    }

    fn parse(path: &Path, text: &str, codebook: &Codebook) -> Result<Self, CorrectionsError> {
        let table = |what: String| CorrectionsError::Table { path: path.to_owned(), what };
        let header = text.lines().next().unwrap_or_default();
        let delimiter = if header.contains(';') { b';' } else { b',' };
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
        let names: Vec<String> = reader
            .headers()
            .map_err(|error| table(error.to_string()))?
            .iter()
            .map(|name| name.trim().to_owned())
            .collect();
        for needed in ["field", "value"] {
            if !names.iter().any(|name| name == needed) {
                return Err(table(format!(
                    "there is no column {needed}; the columns are feedback_id, text_hash, mention, \
                     target, field and value"
                )));
            }
        }
        let mut found = Self { path: path.to_owned(), ..Self::default() };
        let mut seen: BTreeSet<(Subject, bool)> = BTreeSet::new();
        for record in reader.records() {
            let record = record.map_err(|error| table(error.to_string()))?;
            let line = record.position().map_or(0, csv::Position::line);
            // Cells are copied from our own tables, with the apostrophe before a formula.
            let cells: Vec<Cow<'_, str>> = record.iter().map(original).collect();
            let cell = |name: &str| {
                let at = names.iter().position(|known| known == name);
                at.and_then(|at| cells.get(at)).map_or("", |cell| cell.trim())
            };
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            let row = Row { path, line, codebook, cell: &cell };
            found.said.insert(line, row.said());
            row.read(&mut found, &mut seen)?;
        }
        Ok(found)
    }
}

/// A row of the file.
struct Row<'a> {
    path: &'a Path,
    line: u64,
    codebook: &'a Codebook,
    cell: &'a dyn Fn(&str) -> &'a str,
}

impl Row<'_> {
    fn read(
        &self,
        found: &mut Corrections,
        seen: &mut BTreeSet<(Subject, bool)>,
    ) -> Result<(), CorrectionsError> {
        match (self.cell)("field") {
            "sentiment" => self.mention(found, seen, MentionEdit::Sentiment(self.sentiment()?)),
            "touchpoint" => {
                self.mention(found, seen, MentionEdit::Touchpoints(self.touchpoints()?))
            }
            "rename_pain_point" => self.theme(found, ThemeEdit::Rename(self.value()?)),
            "merge_pain_point" => self.theme(found, ThemeEdit::MergeInto(self.value()?)),
            "ban_pain_point" => self.theme(found, ThemeEdit::Ban),
            "pin_pain_point" => self.theme(found, ThemeEdit::Pin),
            "rename_term" => self.term(found, TermEdit::Rename(self.value()?)),
            "merge_term" => self.term(found, TermEdit::MergeInto(self.value()?)),
            "ban_term" => self.term(found, TermEdit::Ban),
            "pin_term" => self.term(found, TermEdit::Pin(self.value()?)),
            other => Err(self.wrong(
                "field",
                format!("{other:?} is no field; write one of {}", FIELDS.join(", ")),
            )),
        }
    }

    /// The row in the words of the file: "ban_term Tuesday".
    fn said(&self) -> String {
        let columns = ["field", "feedback_id", "mention", "text_hash", "target", "value"];
        let cells = columns.map(self.cell).into_iter().filter(|cell| !cell.is_empty());
        cells.collect::<Vec<_>>().join(" ")
    }

    fn mention(
        &self,
        found: &mut Corrections,
        seen: &mut BTreeSet<(Subject, bool)>,
        edit: MentionEdit,
    ) -> Result<(), CorrectionsError> {
        let subject = self.subject()?;
        let is_sentiment = matches!(edit, MentionEdit::Sentiment(_));
        if !seen.insert((subject.clone(), is_sentiment)) {
            let what = "this is corrected by an earlier row already; keep one of the two";
            return Err(self.wrong("field", what.to_owned()));
        }
        found.mentions.entry(subject).or_default().push((self.line, edit));
        Ok(())
    }

    fn subject(&self) -> Result<Subject, CorrectionsError> {
        let (id, hash) = ((self.cell)("feedback_id"), (self.cell)("text_hash"));
        let number = (self.cell)("mention");
        if !hash.is_empty() && id.is_empty() {
            let is_hash = hash.len() == 12 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
            return match is_hash {
                true => Ok(Subject::Text(hash.to_ascii_lowercase())),
                false => Err(self.wrong(
                    "text_hash",
                    format!(
                        "{hash:?} is no hash; copy the twelve digits of text_hash in mentions.csv"
                    ),
                )),
            };
        }
        if id.is_empty() {
            let what = "it is empty, and so is text_hash; say which mention is meant";
            return Err(self.wrong("feedback_id", what.to_owned()));
        }
        match number.parse() {
            Ok(number) if number > 0 => Ok(Subject::Mention(id.to_owned(), number)),
            _ => Err(self.wrong(
                "mention",
                format!(
                    "{number:?} is no number of a mention; copy mention of mentions.csv, from 1"
                ),
            )),
        }
    }

    fn sentiment(&self) -> Result<Sentiment, CorrectionsError> {
        let value = (self.cell)("value");
        Sentiment::from_name(value).ok_or_else(|| {
            let what = format!("{value:?} is no sentiment; write {}", Sentiment::NAMES);
            self.wrong("value", what)
        })
    }

    fn touchpoints(&self) -> Result<Vec<String>, CorrectionsError> {
        let value = self.value()?;
        let mut ids: Vec<String> = Vec::new();
        for id in value.split(';').map(str::trim).filter(|id| !id.is_empty()) {
            let known = self.codebook.ids();
            if !known.contains(&id) && id != GENERAL {
                return Err(self.wrong(
                    "value",
                    format!("{id:?} is no touchpoint of the codebook; it has {}", known.join(", ")),
                ));
            }
            for id in std::iter::once(id).chain(self.parent(id)) {
                if !ids.iter().any(|known| known == id) {
                    ids.push(id.to_owned());
                }
            }
        }
        Ok(ids)
    }

    /// What a touchpoint is a part of: a mention of the part is one of the whole.
    fn parent(&self, id: &str) -> Option<&str> {
        let touchpoints = self.codebook.touchpoints();
        let parent = touchpoints.iter().find(|known| known.id == id)?.parent?;
        Some(&touchpoints[parent].id)
    }

    fn theme(&self, found: &mut Corrections, edit: ThemeEdit) -> Result<(), CorrectionsError> {
        let target = self.target("a pain_point_id of pain_points.csv")?;
        if edit == ThemeEdit::MergeInto(target.clone()) {
            return Err(self.wrong("value", "a pain point cannot be merged into itself".to_owned()));
        }
        found.pain_points.push((self.line, target, edit));
        Ok(())
    }

    fn term(&self, found: &mut Corrections, edit: TermEdit) -> Result<(), CorrectionsError> {
        found.terms.push((self.line, self.target("a term of terms.csv")?, edit));
        Ok(())
    }

    fn target(&self, wanted: &str) -> Result<String, CorrectionsError> {
        match (self.cell)("target") {
            "" => Err(self.wrong("target", format!("it is empty; write {wanted}"))),
            target => Ok(target.to_owned()),
        }
    }

    fn value(&self) -> Result<String, CorrectionsError> {
        match (self.cell)("value") {
            "" => Err(self.wrong("value", "it is empty; say what is right instead".to_owned())),
            value => Ok(value.to_owned()),
        }
    }

    fn wrong(&self, column: &'static str, what: String) -> CorrectionsError {
        CorrectionsError::Cell { path: self.path.to_owned(), line: self.line, column, what }
    }
}

#[cfg(test)]
mod tests;
