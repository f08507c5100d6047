//! What the question asks for that a column of text answers: a bare "Preis" is a complaint below "Was können wir
//! verbessern?", and praise below "Was hat Ihnen gefallen?".

#[rustfmt::skip]
mod words;

use std::fmt;
use std::str::FromStr;

use super::name;
use crate::text::fold::fold;
use words::{AND, BAD, Beginnings, COMMENTS, GOOD, HOW, IDEAS, LEAVING, MARK, NOT, REASON, WHAT};

/// What a column of text was asked for.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    serde::Deserialize,
    serde::Serialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Asks {
    /// What is bad, missing or to be improved, or why somebody left.
    Improve,
    /// What is good.
    Liked,
    /// The reason for a score, whichever way.
    Reason,
    /// Anything.
    #[default]
    Any,
}

impl Asks {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Improve, Self::Liked, Self::Reason, Self::Any];

    /// Its name, as in `painpoint.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Improve => "improve",
            Self::Liked => "liked",
            Self::Reason => "reason",
            Self::Any => "any",
        }
    }

    /// What a column of this name was asked for, and the words that say so; `Any` and no words where nothing does.
    pub(crate) fn of_column(column: &str) -> (Self, Option<String>) {
        let spelled = name::words(column);
        let folded: Vec<String> = spelled.iter().map(|word| fold(word)).collect();
        let question = Question { words: &folded };
        let (asks, word) = question.asks();
        (asks, word.map(|at| spelled[at].clone()))
    }
}

impl fmt::Display for Asks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a column was asked for, as the user says: `NAME=ASKS`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct NamedAsks {
    /// The column.
    pub column: String,
    /// What it was asked for.
    pub asks: Asks,
}

impl FromStr for NamedAsks {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let parts = written.rsplit_once('=').and_then(|(column, wanted)| {
            let asks = Asks::ALL.into_iter().find(|asks| asks.name() == wanted.trim())?;
            Some(Self { column: column.trim().to_owned(), asks })
        });
        parts.filter(|own| !own.column.is_empty()).ok_or_else(|| {
            let names = Asks::ALL.map(Asks::name).join(", ");
            format!("{written:?} does not say what a column asks for; write NAME=ASKS, with one of {names}")
        })
    }
}

impl serde::Serialize for NamedAsks {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&format_args!("{}={}", self.column, self.asks))
    }
}

impl TryFrom<String> for NamedAsks {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        written.parse()
    }
}

/// The words of a column's name.
struct Question<'a> {
    words: &'a [String],
}

impl Question<'_> {
    /// What it asks for, and the word that says so.
    fn asks(&self) -> (Asks, Option<usize>) {
        let has_comments = self.first(COMMENTS).is_some();
        let is_bad = |at| self.is_at(at, BAD) && !(has_comments && self.is_at(at, IDEAS));
        let bad = (0..self.words.len()).find(|&at| is_bad(at)).or_else(|| self.first(LEAVING));
        let good = (0..self.words.len()).find(|&at| self.is_good(at));
        let not = good.and_then(|good| self.not_near(good));
        match (good, bad) {
            (Some(good), None) if self.is_how(good) => (Asks::Any, None),
            (Some(good), None) => match not {
                None => (Asks::Liked, Some(good)),
                Some(not) if not > good && self.is_second_question(good, not) => (Asks::Any, None),
                Some(_) => (Asks::Improve, Some(good)),
            },
            (Some(good), Some(bad)) => {
                let (first, second) = (good.min(bad), good.max(bad));
                match second == first + 1 || self.is_second_question(first, second) {
                    true => (Asks::Any, None),
                    false => (Asks::Improve, Some(bad)),
                }
            }
            (None, Some(bad)) => (Asks::Improve, Some(bad)),
            // "Note" alone is a remark, not a mark.
            (None, None) if self.words.len() == 1 && self.is_at(0, MARK) => (Asks::Any, None),
            (None, None) => match self.first(REASON) {
                Some(at) => (Asks::Reason, Some(at)),
                None => (Asks::Any, None),
            },
        }
    }

    /// Whether a word of what is good stands at a place; "Would you like to add anything?" has none.
    fn is_good(&self, at: usize) -> bool {
        let next = self.words.get(at + 1).map(String::as_str);
        self.is_at(at, GOOD)
            && !self.is_at(at, BAD)
            && !(self.words[at] == "like" && matches!(next, Some("to")))
    }

    fn first(&self, list: Beginnings) -> Option<usize> {
        (0..self.words.len()).find(|&at| self.is_at(at, list))
    }

    /// Whether one of the list begins at a word.
    fn is_at(&self, at: usize, list: Beginnings) -> bool {
        let rest = || {
            self.words[at..].iter().take(3).map(String::as_str).collect::<Vec<_>>().join(" ") + " "
        };
        let (word, mut longer) = (&self.words[at], None);
        list.iter().any(|beginning| match beginning.trim_end().contains(' ') {
            true => longer.get_or_insert_with(rest).starts_with(beginning),
            false => match beginning.strip_suffix(' ') {
                Some(whole) => word == whole,
                None => word.starts_with(beginning),
            },
        })
    }

    /// The word that turns a word around: one of the three before it, or any behind it.
    fn not_near(&self, good: usize) -> Option<usize> {
        let before = (good.saturating_sub(3)..good).find(|&at| self.is_at(at, NOT));
        before.or_else(|| (good + 1..self.words.len()).find(|&at| self.is_at(at, NOT)))
    }

    fn is_how(&self, good: usize) -> bool {
        (0..good).any(|at| self.is_at(at, HOW))
    }

    /// Whether a question of its own, or its other half, begins between two words.
    fn is_second_question(&self, first: usize, second: usize) -> bool {
        (first + 1..=second).any(|at| self.is_at(at, WHAT) || self.is_at(at, AND))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn asks(name: &str) -> Asks {
        Asks::of_column(name).0
    }

    #[test]
    fn questions_say_what_they_ask_for() {
        for (name, expected) in [
            ("Was können wir verbessern?", Asks::Improve),
            ("Was hat Ihnen gefallen?", Asks::Liked),
            ("Was hat Ihnen weniger gut gefallen?", Asks::Improve),
            ("Was gefällt Ihnen nicht?", Asks::Improve),
            ("Was hat Ihnen gefallen, was nicht?", Asks::Any),
            ("What could we do so that you like us even more?", Asks::Improve),
            ("Lob und Kritik", Asks::Any),
            ("Pros", Asks::Liked),
            ("How do you like our app?", Asks::Any),
            ("Warum haben Sie gekündigt?", Asks::Improve),
            ("Why did you give this score?", Asks::Reason),
            ("Qu'est-ce qui ne vous a pas plu ?", Asks::Improve),
            ("¿Qué es lo que más le ha gustado?", Asks::Liked),
            ("Kommentar", Asks::Any),
        ] {
            assert_eq!(asks(name), expected, "{name}");
        }
    }

    #[test]
    fn the_word_that_decides_is_told() {
        assert_eq!(Asks::of_column("Was können wir VERBESSERN?").1.as_deref(), Some("verbessern"));
        assert_eq!(Asks::of_column("Kommentar"), (Asks::Any, None));
    }

    #[test]
    fn the_user_says_what_a_column_asks_for() {
        let named: NamedAsks = "Q7=b=improve".parse().expect("it is sound");
        assert_eq!(named, NamedAsks { column: "Q7=b".into(), asks: Asks::Improve });
        assert!("Q7=good".parse::<NamedAsks>().is_err() && "=liked".parse::<NamedAsks>().is_err());
    }

    /// Of the questions in a table, those that are taken for what a reader says they ask for.
    #[allow(clippy::print_stdout, reason = "the figures are what the documentation quotes")]
    fn counted(table: &str) -> (usize, usize) {
        let mut questions = BTreeMap::new();
        for line in table.lines().skip(1) {
            let cells: Vec<&str> = line.split('\t').collect();
            questions.insert(cells[1], cells[2]);
        }
        let mut right = 0;
        for (question, &expected) in &questions {
            let found = asks(question).name();
            right += usize::from(found == expected);
            if found != expected {
                println!("{question}: {found}, not {expected}");
            }
        }
        println!("{right} of {}", questions.len());
        (right, questions.len())
    }

    #[test]
    fn labelled_questions_say_what_they_ask_for() {
        let (right, all) = counted(include_str!("../../../tests/data/labelled/questions.tsv"));
        assert!(right * 100 >= all * 90, "{right} of {all}");
        let learnt = include_str!("../../../models/train/prepare/sentences/questions.tsv");
        let (right, all) = counted(learnt);
        assert!(right * 100 >= all * 95, "{right} of {all}");
    }
}
