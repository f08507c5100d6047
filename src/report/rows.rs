//! The files with a line for each row, mention, reject or term of the input.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use super::dialect::{Cell, CsvFile, Dialect};
use crate::mention::{Analysed, Found, MICRO, Mention, Touchpoints};

/// `feedback.csv`: a line a feedback, with the columns of its input behind ours.
pub struct FeedbackTable<W: Write> {
    table: CsvFile<W>,
    columns: Vec<String>,
}

/// Our own columns of `feedback.csv`.
const FEEDBACK: [&str; 10] = [
    "feedback_id",
    "input",
    "line",
    "lang",
    "sentiment",
    "p_negative",
    "p_neutral",
    "p_positive",
    "mentions",
    REPEATS,
];

/// The column that names the feedback whose text another nearly repeats.
const REPEATS: &str = "repeats";

impl<W: Write> FeedbackTable<W> {
    /// Starts the file. `columns` are all columns of all inputs; one that has the name of a column
    /// of ours gets the prefix `input_`.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn new(out: W, dialect: Dialect, columns: Vec<String>) -> io::Result<Self> {
        let theirs: Vec<String> = columns
            .iter()
            .map(|name| {
                if FEEDBACK.contains(&name.as_str()) {
                    format!("input_{name}")
                } else {
                    name.clone()
                }
            })
            .collect();
        let header: Vec<&str> =
            FEEDBACK.into_iter().chain(theirs.iter().map(String::as_str)).collect();
        Ok(Self { table: CsvFile::new(out, dialect, &header)?, columns })
    }

    /// Adds a feedback; `cells` are its input's column names and cells.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn row(
        &mut self,
        feedback: &Analysed,
        (input, line): (&str, u64),
        cells: &[(&str, &str)],
    ) -> io::Result<()> {
        let count = Cell::Count(feedback.mentions.len() as u64);
        let own = [Cell::Text(&feedback.id), Cell::Text(input), Cell::Count(line)];
        let scores = match feedback.overall() {
            Some((language, sentiment, probabilities)) => {
                let [negative, neutral, positive] = probabilities.map(Cell::Fraction);
                [
                    Cell::Text(language.code()),
                    Cell::Text(sentiment.name()),
                    negative,
                    neutral,
                    positive,
                ]
            }
            None if feedback.other_language => {
                let empty = Cell::Empty;
                [Cell::Text("other"), empty, empty, empty, empty]
            }
            None => [Cell::Empty; 5],
        };
        let theirs = self.columns.iter().map(|column| {
            cells
                .iter()
                .find(|(name, _)| name == column)
                .map_or(Cell::Empty, |(_, cell)| Cell::Text(cell))
        });
        self.table.row(own.into_iter().chain(scores).chain([count, Cell::Empty]).chain(theirs))
    }

    /// Writes what is still buffered.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn finish(self) -> io::Result<()> {
        self.table.finish()
    }
}

/// Writes `feedback.csv` anew with the id of what rows repeat, by their number from 0.
///
/// # Errors
/// If `old` cannot be read or `new` not be written.
pub fn flag_repeats(
    old: impl Read,
    new: impl Write,
    dialect: Dialect,
    repeats: &BTreeMap<u64, String>,
) -> io::Result<()> {
    let mut rows = csv::ReaderBuilder::new().delimiter(dialect.delimiter()).from_reader(old);
    let header: Vec<String> = rows.headers()?.iter().map(str::to_owned).collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    // What is in the file is harmless already.
    let mut table = CsvFile::new(new, Dialect { raw: true, ..dialect }, &header)?;
    for (row, number) in rows.into_records().zip(0..) {
        let row = row?;
        let id = repeats.get(&number).map_or_else(Default::default, |id| dialect.shown(id));
        let cells = row.iter().zip(&header);
        let cells = cells.map(|(cell, name)| if *name == REPEATS { id.as_ref() } else { cell });
        table.row(cells.map(Cell::Text))?;
    }
    table.finish()
}

/// `mentions.csv`: a line a mention.
pub struct MentionTable<W: Write> {
    table: CsvFile<W>,
    words: bool,
}

impl<W: Write> MentionTable<W> {
    /// Starts the file; `words` says whether it tells what customers wrote.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn new(out: W, dialect: Dialect, words: bool) -> io::Result<Self> {
        let header = [
            "feedback_id",
            "mention",
            "start",
            "end",
            "text",
            "lang",
            "sentiment",
            "p_negative",
            "p_neutral",
            "p_positive",
            "touchpoints",
            "pain_points",
            "column",
            "found_by",
            "flags",
            "text_hash",
            "confidence",
            "input_start",
            "input_end",
            REPEATS,
            "p_text_negative",
            "p_text_neutral",
            "p_text_positive",
        ];
        Ok(Self { table: CsvFile::new(out, dialect, &header)?, words })
    }

    /// Adds the mention at `index` (from 0) of a feedback, with the ids of its pain points and
    /// delights.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn row(
        &mut self,
        feedback: &Analysed,
        index: usize,
        mention: &Mention,
        (touchpoints, themes): (&Touchpoints, &[String]),
    ) -> io::Result<()> {
        let fraction = |micro| Cell::Fraction(f64::from(micro) * MICRO);
        let [negative, neutral, positive] = mention.probabilities.map(fraction);
        let [text_negative, text_neutral, text_positive] = mention.text_probabilities.map(fraction);
        let tags = || mention.touchpoints.iter();
        let ids: Vec<String> = ids(mention, touchpoints);
        let flags: Vec<String> =
            mention.flags.iter().map(|raised| raised.flag.name().to_owned()).collect();
        let confidence: Vec<String> = tags()
            .filter(|tag| tag.found != Found::Nowhere)
            .map(|tag| format!("{:.2}", f64::from(tag.confidence) * MICRO))
            .collect();
        let found_by: Vec<String> = tags().map(|tag| tag.found.name().to_owned()).collect();
        self.table.row([
            Cell::Text(&feedback.id),
            Cell::Count(index as u64 + 1),
            Cell::Count(u64::from(mention.start)),
            Cell::Count(u64::from(mention.end)),
            Cell::Text(if self.words { &mention.text } else { "" }),
            Cell::Text(mention.language.code()),
            Cell::Text(mention.sentiment.name()),
            negative,
            neutral,
            positive,
            Cell::List(&ids),
            Cell::List(themes),
            Cell::Text(&mention.column),
            Cell::List(&found_by),
            Cell::List(&flags),
            Cell::Text(&mention.text_hash()),
            Cell::List(&confidence),
            Cell::Count(u64::from(mention.in_input.0)),
            Cell::Count(u64::from(mention.in_input.1)),
            Cell::maybe(feedback.repetition.as_ref().map(|own| own.of.as_str())),
            text_negative,
            text_neutral,
            text_positive,
        ])
    }

    /// Writes what is still buffered.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn finish(self) -> io::Result<()> {
        self.table.finish()
    }
}

/// `flags.csv`: a line a suggestion or churn signal.
pub struct FlagTable<W: Write> {
    table: CsvFile<W>,
    words: bool,
}

impl<W: Write> FlagTable<W> {
    /// Starts the file; `words` says whether it tells what customers wrote.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn new(out: W, dialect: Dialect, words: bool) -> io::Result<Self> {
        let header =
            ["flag", "feedback_id", "mention", "touchpoints", "sentiment", "words", "text"];
        Ok(Self { table: CsvFile::new(out, dialect, &header)?, words })
    }

    /// Adds the flags that the mention at `index` (from 0) of a feedback raises, if any.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn rows(
        &mut self,
        id: &str,
        index: usize,
        mention: &Mention,
        touchpoints: &Touchpoints,
    ) -> io::Result<()> {
        let touchpoints = ids(mention, touchpoints);
        for raised in &mention.flags {
            self.table.row([
                Cell::Text(raised.flag.name()),
                Cell::Text(id),
                Cell::Count(index as u64 + 1),
                Cell::List(&touchpoints),
                Cell::Text(mention.sentiment.name()),
                Cell::Text(if self.words { &mention.text[raised.range.clone()] } else { "" }),
                Cell::Text(if self.words { &mention.text } else { "" }),
            ])?;
        }
        Ok(())
    }

    /// Writes what is still buffered.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn finish(self) -> io::Result<()> {
        self.table.finish()
    }
}

/// The identifiers of a mention's touchpoints.
fn ids(mention: &Mention, touchpoints: &Touchpoints) -> Vec<String> {
    let tags = mention.touchpoints.iter();
    tags.map(|tag| touchpoints.id(tag.touchpoint).to_owned()).collect()
}
