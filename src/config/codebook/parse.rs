//! TOML → phases and touchpoints. Reads the tree with its spans instead of deserialising it, so that
//! every error can name the line, the column and the remedy.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Codebook, CodebookError, GENERAL, Localised, Phase, Touchpoint};
use crate::text::Language;
use crate::text::tokens::tokens;

type Entry<'a, 'i> = &'a Spanned<DeValue<'i>>;

const PHASE_KEYS: &[&str] = &["id", "names"];
const TOUCHPOINT_KEYS: &[&str] =
    &["id", "phase", "names", "description", "controllable", "keyphrases", "excludes", "examples"];
/// Shorter parts would match words of every kind.
const SHORTEST_PART: usize = 3;

/// Phases and touchpoints of a codebook's source. A source without phases gets the built-in ones.
pub(super) fn codebook(
    source: &str,
    file: &str,
) -> Result<(Vec<Phase>, Vec<Touchpoint>), CodebookError> {
    Reader { source, file }.codebook()
}

struct Reader<'a> {
    source: &'a str,
    file: &'a str,
}

type Read<T> = Result<T, CodebookError>;

impl Reader<'_> {
    fn codebook(&self) -> Read<(Vec<Phase>, Vec<Touchpoint>)> {
        let document = DeTable::parse(self.source).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            let problem = format!("this is not valid TOML: {}", error.message());
            self.invalid(span, problem, "check quotes, brackets and commas on this line")
        })?;
        let root = document.get_ref();
        self.known_keys(root, &["phase", "touchpoint"])?;
        let phases = match root.get("phase") {
            Some(phases) => self.distinct(phases, |t, span| self.phase(t, span), |p| &p.id)?,
            None => Codebook::built_in().phases,
        };
        let Some(touchpoints) = root.get("touchpoint") else {
            let remedy = "add at least one [[touchpoint]] with id, phase, names and keyphrases";
            return Err(self.invalid(0..0, "the codebook has no touchpoints", remedy));
        };
        let touchpoints =
            self.distinct(touchpoints, |t, span| self.touchpoint(t, span, &phases), |t| &t.id)?;
        Ok((phases, touchpoints))
    }

    fn phase(&self, table: &DeTable, span: Range<usize>) -> Read<Phase> {
        self.known_keys(table, PHASE_KEYS)?;
        Ok(Phase { id: self.id(table, &span)?, names: self.names(table, &span)? })
    }

    fn touchpoint(
        &self,
        table: &DeTable,
        span: Range<usize>,
        phases: &[Phase],
    ) -> Read<Touchpoint> {
        self.known_keys(table, TOUCHPOINT_KEYS)?;
        let touchpoint = Touchpoint {
            id: self.id(table, &span)?,
            phase: self.phase_index(self.required(table, "phase", &span)?, phases)?,
            names: self.names(table, &span)?,
            description: self.localised(table.get("description"))?,
            controllable: self.controllable(table.get("controllable"))?,
            keyphrases: self
                .by_language(table.get("keyphrases"), |entry| self.keyphrases(entry))?,
            excludes: table.get("excludes").map_or(Ok(vec![]), |entry| self.keyphrases(entry))?,
            examples: self.by_language(table.get("examples"), |entry| self.texts(entry))?,
        };
        if touchpoint.keyphrases.values().all(Vec::is_empty) {
            let problem = format!("touchpoint `{}` has no keyphrases", touchpoint.id);
            let remedy = "add some, e.g. keyphrases.en = [\"delivery\", \"parcel\"]";
            return Err(self.invalid(span, problem, remedy));
        }
        Ok(touchpoint)
    }

    /// Reads an array of tables whose ids must differ.
    fn distinct<T>(
        &self,
        entry: Entry,
        read: impl Fn(&DeTable, Range<usize>) -> Read<T>,
        id: impl Fn(&T) -> &String,
    ) -> Read<Vec<T>> {
        let mut items: Vec<T> = vec![];
        for entry in self.array(entry, "tables such as [[touchpoint]]")? {
            let table = self.table(entry)?;
            let item = read(table, entry.span())?;
            if items.iter().any(|other| id(other) == id(&item)) {
                let span = table.get("id").map_or(entry.span(), Spanned::span);
                let problem = format!("the id `{}` is taken already", id(&item));
                return Err(self.invalid(span, problem, "give this one another id"));
            }
            items.push(item);
        }
        Ok(items)
    }

    fn id(&self, table: &DeTable, span: &Range<usize>) -> Read<String> {
        let entry = self.required(table, "id", span)?;
        let id = self.text(entry)?;
        let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if id == GENERAL {
            let problem = format!("the id `{id}` is taken by mentions of no touchpoint");
            return Err(self.invalid(entry.span(), problem, "choose another id"));
        }
        if id.chars().all(valid) {
            return Ok(id);
        }
        let problem = format!("`{id}` is not a valid id");
        let remedy = "use lower-case letters, digits and underscores, e.g. \"customer_service\"";
        Err(self.invalid(entry.span(), problem, remedy))
    }

    fn names(&self, table: &DeTable, span: &Range<usize>) -> Read<Localised> {
        let entry = self.required(table, "names", span)?;
        let names = self.localised(Some(entry))?;
        if names.0.is_empty() {
            let remedy = "name it in at least one language, e.g. { de = \"Lieferung\" }";
            return Err(self.invalid(entry.span(), "`names` is empty", remedy));
        }
        Ok(names)
    }

    fn phase_index(&self, entry: Entry, phases: &[Phase]) -> Read<usize> {
        let id = self.text(entry)?;
        phases.iter().position(|phase| phase.id == id).ok_or_else(|| {
            let known: Vec<_> = phases.iter().map(|phase| phase.id.as_str()).collect();
            self.invalid(entry.span(), format!("there is no phase `{id}`"), choose(&id, &known))
        })
    }

    fn controllable(&self, entry: Option<Entry>) -> Read<bool> {
        let Some(entry) = entry else { return Ok(true) };
        entry.get_ref().as_bool().ok_or_else(|| self.wrong_type(entry, "true or false"))
    }

    fn localised(&self, entry: Option<Entry>) -> Read<Localised> {
        self.by_language(entry, |entry| self.text(entry)).map(Localised)
    }

    fn by_language<T>(
        &self,
        entry: Option<Entry>,
        read: impl Fn(Entry) -> Read<T>,
    ) -> Read<BTreeMap<Language, T>> {
        let Some(entry) = entry else { return Ok(BTreeMap::new()) };
        let served: Vec<_> = Language::ALL
            .iter()
            .filter(|language| **language != Language::Und)
            .map(|language| language.code())
            .collect();
        let mut values = BTreeMap::new();
        for (key, value) in self.table(entry)? {
            let code = key.get_ref().as_ref();
            let Some(language) = Language::from_code(code).filter(|_| served.contains(&code))
            else {
                let problem = format!("`{code}` is not a language served");
                return Err(self.invalid(key.span(), problem, choose(code, &served)));
            };
            values.insert(language, read(value)?);
        }
        Ok(values)
    }

    fn keyphrases(&self, entry: Entry) -> Read<Vec<String>> {
        let mut keyphrases = vec![];
        for entry in self.array(entry, "texts in brackets")? {
            let keyphrase = self.text(entry)?;
            if let Some((problem, remedy)) = keyphrase_fault(&keyphrase) {
                return Err(self.invalid(entry.span(), problem, remedy));
            }
            keyphrases.push(keyphrase);
        }
        Ok(keyphrases)
    }

    fn texts(&self, entry: Entry) -> Read<Vec<String>> {
        self.array(entry, "texts in brackets")?.iter().map(|entry| self.text(entry)).collect()
    }

    /// A text with something in it, trimmed.
    fn text(&self, entry: Entry) -> Read<String> {
        let text =
            entry.get_ref().as_str().ok_or_else(|| self.wrong_type(entry, "a text in quotes"))?;
        if text.trim().is_empty() {
            return Err(self.invalid(
                entry.span(),
                "this text is empty",
                "fill it in or remove it",
            ));
        }
        Ok(text.trim().to_owned())
    }

    fn array<'a, 'i>(
        &self,
        entry: Entry<'a, 'i>,
        expected: &str,
    ) -> Read<&'a [Spanned<DeValue<'i>>]> {
        match entry.get_ref() {
            DeValue::Array(array) => Ok(array),
            _ => Err(self.wrong_type(entry, expected)),
        }
    }

    fn table<'a, 'i>(&self, entry: Entry<'a, 'i>) -> Read<&'a DeTable<'i>> {
        entry
            .get_ref()
            .as_table()
            .ok_or_else(|| self.wrong_type(entry, "a table such as { de = … }"))
    }

    fn required<'a, 'i>(
        &self,
        table: &'a DeTable<'i>,
        key: &str,
        span: &Range<usize>,
    ) -> Read<Entry<'a, 'i>> {
        table.get(key).ok_or_else(|| {
            self.invalid(
                span.clone(),
                format!("`{key}` is missing here"),
                format!("add `{key} = …`"),
            )
        })
    }

    fn known_keys(&self, table: &DeTable, known: &[&str]) -> Read<()> {
        match table.keys().find(|key| !known.contains(&key.get_ref().as_ref())) {
            None => Ok(()),
            Some(key) => {
                let name = key.get_ref();
                let problem = format!("there is no key `{name}` here");
                Err(self.invalid(key.span(), problem, choose(name, known)))
            }
        }
    }

    fn wrong_type(&self, entry: Entry, expected: &str) -> CodebookError {
        let problem = format!("{} is not what belongs here", entry.get_ref().type_str());
        self.invalid(entry.span(), problem, format!("write {expected}"))
    }

    fn invalid(
        &self,
        span: Range<usize>,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> CodebookError {
        let before = self.source.get(..span.start).unwrap_or(self.source);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        CodebookError::Invalid {
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }
}

/// What is wrong with a keyphrase and what to do, if anything is.
fn keyphrase_fault(keyphrase: &str) -> Option<(String, String)> {
    for word in keyphrase.split_whitespace() {
        let part = word.trim_start_matches('*').trim_end_matches('*');
        if part.contains('*') {
            let problem = format!("`{word}` has a star in the middle");
            return Some((problem, "put stars at the start or the end of a word".to_owned()));
        }
        let starred = part.len() < word.len();
        if starred && part.chars().filter(|c| c.is_alphanumeric()).count() < SHORTEST_PART {
            let problem = format!("`{word}` would match too many words");
            return Some((problem, format!("give the star at least {SHORTEST_PART} letters")));
        }
        if (starred || word.starts_with('=')) && tokens(part).count() > 1 {
            let problem = format!("`{word}` is several words with one sign");
            return Some((problem, "separate them by spaces".to_owned()));
        }
    }
    if tokens(keyphrase).next().is_none() {
        let problem = format!("`{keyphrase}` has no letters");
        return Some((problem, "write the words that customers use".to_owned()));
    }
    None
}

/// "did you mean …" where one is close, else the list.
fn choose(written: &str, known: &[&str]) -> String {
    let closest = known.iter().map(|name| (distance(written, name), name)).min();
    match closest {
        Some((distance, name)) if distance <= 2.max(name.len() / 3) => {
            format!("did you mean `{name}`?")
        }
        _ => format!("use one of {}", known.join(", ")),
    }
}

/// Levenshtein distance in characters.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}
