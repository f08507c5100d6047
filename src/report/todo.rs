//! The file in which people label mentions.

use std::io::{self, Write};

use super::dialect::{Cell, CsvFile, Dialect};
use crate::model::Sentiment;

/// The column in which people write.
pub const LABEL: &str = "label";

/// The column that says how a mention was chosen.
pub const DRAWN: &str = "drawn";

/// The columns. What the model thinks comes last, out of sight of whoever labels.
const HEADER: [&str; 10] = [
    "id",
    "text",
    LABEL,
    "context",
    "question",
    "score",
    "language",
    DRAWN,
    "model",
    "probability",
];

/// Characters of a context at most. No cell of a spreadsheet holds 32,768.
const MOST_CHARS: usize = 30_000;

/// How a mention came to be in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// By chance: what holds for these holds for all.
    Random,
    /// Because its label helps most: harder than others.
    Helpful,
}

impl Chosen {
    /// The name in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::Helpful => "helpful",
        }
    }

    /// What a cell says, in whatever case.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = name.trim().to_lowercase();
        [Self::Random, Self::Helpful].into_iter().find(|own| own.name() == name)
    }
}

/// A mention to be labelled.
#[derive(Clone, Copy, Debug)]
pub struct Todo<'a> {
    /// Id of its feedback.
    pub id: &'a str,
    /// The mention.
    pub text: &'a str,
    /// The whole feedback.
    pub context: &'a str,
    /// What was asked.
    pub question: &'a str,
    /// The score that its row has, in words.
    pub score: &'a str,
    /// Its language.
    pub language: &'a str,
    /// How it was chosen.
    pub chosen: Chosen,
    /// What the model takes it for.
    pub sentiment: Sentiment,
    /// How sure the model is of that.
    pub probability: f32,
}

/// Writes a file of mentions, each with an empty label.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_todo<'a>(
    out: impl Write,
    dialect: Dialect,
    rows: impl IntoIterator<Item = Todo<'a>>,
) -> io::Result<()> {
    let mut table = CsvFile::new(out, dialect, &HEADER)?;
    for row in rows {
        let context: String = row.context.chars().take(MOST_CHARS).collect();
        table.row([
            Cell::Text(row.id),
            Cell::Text(row.text),
            Cell::Empty,
            Cell::Text(&context),
            Cell::Text(row.question),
            Cell::Text(row.score),
            Cell::Text(row.language),
            Cell::Text(row.chosen.name()),
            Cell::Text(row.sentiment.name()),
            Cell::Fraction((f64::from(row.probability) * 1e4).round() / 1e4),
        ])?;
    }
    table.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_label_is_empty_and_no_text_is_a_formula() {
        let row = Todo {
            id: "7",
            text: "=HYPERLINK(\"http://example.org\")",
            context: "@SUM(1)\nand more",
            question: "Why?",
            score: "3 (0 to 10)",
            language: "en",
            chosen: Chosen::Helpful,
            sentiment: Sentiment::Negative,
            probability: 0.567_89,
        };
        let mut out = Vec::new();
        write_todo(&mut out, Dialect::default(), [row]).unwrap();
        let expected = "id,text,label,context,question,score,language,drawn,model,probability\n\
                        7,\"'=HYPERLINK(\"\"http://example.org\"\")\",,\"'@SUM(1)\nand more\",Why?,\
                        3 (0 to 10),en,helpful,negative,0.5679\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn how_a_mention_was_chosen_is_read_back() {
        for own in [Chosen::Random, Chosen::Helpful] {
            assert_eq!(Chosen::from_name(&format!(" {} ", own.name().to_uppercase())), Some(own));
        }
        assert_eq!(Chosen::from_name(""), None);
    }
}
