//! A problem that a run found → an entry of a codebook in TOML, of which all else stays as it is written.

use std::collections::BTreeSet;

use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value};

use crate::text::fold::fold;

/// What is to be known from now on.
#[derive(Clone, Copy, Debug)]
pub struct NewProblem<'a> {
    /// Identifier of its touchpoint.
    pub touchpoint: &'a str,
    /// What is wrong, in a few words.
    pub name: &'a str,
    /// Sentences in which customers say it.
    pub examples: &'a [&'a str],
}

/// Why a codebook takes no new problem.
#[derive(Debug, thiserror::Error)]
pub enum PromotionError {
    /// The text is not TOML.
    #[error("this is not valid TOML: {0}")]
    Syntax(#[from] toml_edit::TomlError),
    /// The touchpoint is not in it.
    #[error(
        "there is no touchpoint `{touchpoint}` in it; name one of its own with --touchpoint: {}",
        known.join(", ")
    )]
    Touchpoint {
        /// The one that is wanted.
        touchpoint: String,
        /// Those that there are.
        known: Vec<String>,
    },
    /// Its problems are written in a way that nothing can be added to.
    #[error("`problems` of touchpoint `{0}` is no list; write problems = [] there")]
    Problems(String),
    /// It has the problem already.
    #[error("touchpoint `{touchpoint}` has a problem of that name already: `{id}`")]
    Known {
        /// Its touchpoint.
        touchpoint: String,
        /// Its identifier.
        id: String,
    },
}

/// Words of a name that make an identifier.
const WORDS: usize = 5;

/// The codebook with one problem more, which is asked first, and the identifier of that.
///
/// # Errors
/// If the touchpoint is not in the codebook, or has a problem of that name already.
pub fn with_problem(source: &str, new: &NewProblem) -> Result<(String, String), PromotionError> {
    let mut document: DocumentMut = source.parse()?;
    let touchpoint = touchpoint(&mut document, new.touchpoint)?;
    let problems = touchpoint.entry("problems").or_insert_with(|| Item::Value(Array::new().into()));
    let own = known(problems);
    if let Some((id, _)) = own.iter().find(|(_, names)| names.iter().any(|own| own == new.name)) {
        let touchpoint = new.touchpoint.to_owned();
        return Err(PromotionError::Known { touchpoint, id: id.clone() });
    }
    let id = id(new.name, &own.into_iter().map(|(id, _)| id).collect());
    let entry = entry(&id, new);
    match problems {
        Item::Value(Value::Array(array)) => {
            let mut value = Value::InlineTable(entry);
            value.decor_mut().set_prefix("\n  ");
            array.push_formatted(value);
            array.set_trailing("\n");
            array.set_trailing_comma(true);
        }
        Item::ArrayOfTables(tables) => tables.push(entry.into_table()),
        _ => return Err(PromotionError::Problems(new.touchpoint.to_owned())),
    }
    Ok((document.to_string(), id))
}

fn touchpoint<'d>(
    document: &'d mut DocumentMut,
    wanted: &str,
) -> Result<&'d mut Table, PromotionError> {
    let is_wanted = |own: &Table| own.get("id").and_then(Item::as_str) == Some(wanted);
    let tables = document.get_mut("touchpoint").and_then(Item::as_array_of_tables_mut);
    let ids = |tables: &ArrayOfTables| -> Vec<String> {
        let ids = tables.iter().filter_map(|own| own.get("id")?.as_str());
        ids.map(str::to_owned).collect()
    };
    let known = tables.as_deref().map(ids).unwrap_or_default();
    let found = tables.and_then(|tables| tables.iter_mut().find(|own| is_wanted(own)));
    found.ok_or_else(|| PromotionError::Touchpoint { touchpoint: wanted.to_owned(), known })
}

/// The problems that are listed: of each the identifier and the names.
fn known(problems: &Item) -> Vec<(String, Vec<String>)> {
    let tables: Vec<&dyn toml_edit::TableLike> = match problems {
        Item::Value(Value::Array(array)) => array
            .iter()
            .filter_map(Value::as_inline_table)
            .map(|own| own as &dyn toml_edit::TableLike)
            .collect(),
        Item::ArrayOfTables(tables) => {
            tables.iter().map(|own| own as &dyn toml_edit::TableLike).collect()
        }
        _ => Vec::new(),
    };
    tables
        .into_iter()
        .filter_map(|own| {
            let names = own.get("name").map(|name| match name.as_table_like() {
                Some(by_language) => {
                    let texts = by_language.iter().filter_map(|(_, text)| text.as_str());
                    texts.map(str::to_owned).collect()
                }
                None => name.as_str().map(str::to_owned).into_iter().collect(),
            });
            Some((own.get("id")?.as_str()?.to_owned(), names.unwrap_or_default()))
        })
        .collect()
}

/// An identifier made of the first words of a name, and a number where that is taken.
fn id(name: &str, taken: &BTreeSet<String>) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.take(WORDS).collect();
    let base = if words.is_empty() { "problem".to_owned() } else { words.join("_") };
    let numbered = (2u32..).map(|number| format!("{base}_{number}"));
    let mut ids = std::iter::once(base.clone()).chain(numbered);
    ids.find(|id| !taken.contains(id)).unwrap_or(base)
}

fn entry(id: &str, new: &NewProblem) -> InlineTable {
    let mut entry = InlineTable::new();
    entry.insert("id", id.into());
    entry.insert("name", new.name.into());
    entry.insert("examples", Value::Array(new.examples.iter().copied().collect()));
    entry.insert("first", true.into());
    entry
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::codebook::Codebook;

    const CODEBOOK: &str = r#"# Ours.
[[touchpoint]]
id = "delivery" # by van
phase = "purchase"
names = "Delivery"
keyphrases.en = ["parcel"]
problems = [
  { id = "late", name = { de = "Zu spät", en = "Late" } },
]

[[touchpoint]]
id = "app"
phase = "use"
names = "App"
keyphrases.en = ["app"]
"#;

    const NEW: NewProblem = NewProblem {
        touchpoint: "delivery",
        name: "Left in the rain, again",
        examples: &["It stood \"outside\" for hours."],
    };

    #[test]
    fn a_problem_joins_its_touchpoint_and_all_else_stays_as_it_is_written() {
        for touchpoint in ["delivery", "app"] {
            let new = NewProblem { touchpoint, ..NEW };
            let (text, id) = with_problem(CODEBOOK, &new).expect("it is in it");
            assert_eq!(id, "left_in_the_rain_again");
            for line in CODEBOOK.lines() {
                assert!(text.contains(line), "{line} is not in\n{text}");
            }
            let codebook = Codebook::parse(&text, "own.toml").expect("it is a codebook");
            let own = codebook.touchpoints().iter().find(|own| own.id == touchpoint).unwrap();
            let problem = own.problems.last().unwrap();
            assert_eq!((problem.id.as_str(), problem.first), ("left_in_the_rain_again", true));
            let examples = problem.examples.values().flatten().map(String::as_str);
            assert_eq!(examples.collect::<Vec<_>>(), NEW.examples);
        }
    }

    #[test]
    fn what_cannot_be_added_is_told() {
        let fail = |source, new| with_problem(source, &new).unwrap_err().to_string();
        let elsewhere = NewProblem { touchpoint: "hotline", ..NEW };
        assert!(fail(CODEBOOK, elsewhere).contains("--touchpoint: delivery, app"));
        let known = NewProblem { name: "Zu spät", ..NEW };
        assert!(fail(CODEBOOK, known).contains("`late`"));
        assert!(fail("a =", NEW).contains("not valid TOML"));
        assert!(fail(&CODEBOOK.replace("problems = [", "problems = 7 # ["), NEW).len() > 10);
    }

    #[test]
    fn identifiers_are_made_of_words_and_never_taken() {
        let taken = BTreeSet::from(["zu_spaet".to_owned()]);
        assert_eq!(id("Zu spät!", &taken), "zu_spaet_2");
        assert_eq!(id("…", &taken), "problem");
    }
}
