//! TOML → phases and touchpoints. Reads the tree with its spans instead of deserialising it, so that
//! every error can name the line, the column and the remedy.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::faults::{Fault, choose, id_fault, keyphrase_fault, parent_fault, taken_fault};
use super::sector::{Addition, Extension};
use super::{Channel, Codebook, CodebookError, KnownProblem, Localised, Phase, Touchpoint};
use crate::text::Language;

type Entry<'a, 'i> = &'a Spanned<DeValue<'i>>;

const PHASE_KEYS: &[&str] = &["id", "names"];
const TOUCHPOINT_KEYS: &[&str] = &[
    "id",
    "phase",
    "parent",
    "names",
    "description",
    "controllable",
    "channel",
    "keyphrases",
    "excludes",
    "examples",
    "problems",
];
const EXTENSION_KEYS: &[&str] = &["id", "keyphrases", "excludes", "examples", "problems"];
const PROBLEM_KEYS: &[&str] = &["id", "name", "examples", "first"];

/// Phases and touchpoints of a codebook's source. A source without phases gets the built-in ones.
pub(super) fn codebook(
    source: &str,
    file: &str,
) -> Result<(Vec<Phase>, Vec<Touchpoint>), CodebookError> {
    Reader { source, file }.codebook()
}

/// What a sector's source adds to the built-in codebook.
pub(super) fn sector(source: &str, file: &str) -> Result<Addition, CodebookError> {
    Reader { source, file }.sector()
}

struct Reader<'a> {
    source: &'a str,
    file: &'a str,
}

type Read<T> = Result<T, CodebookError>;

impl Reader<'_> {
    fn document(&self) -> Read<Spanned<DeTable<'_>>> {
        DeTable::parse(self.source).map_err(|error| {
            let span = error.span().unwrap_or(0..0);
            let problem = format!("this is not valid TOML: {}", error.message());
            self.invalid(span, problem, "check quotes, brackets and commas on this line")
        })
    }

    fn codebook(&self) -> Read<(Vec<Phase>, Vec<Touchpoint>)> {
        let document = self.document()?;
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
        let ids = self.ids(touchpoints)?;
        let touchpoints = self.distinct(
            touchpoints,
            |t, span| self.touchpoint(t, span, &phases, &ids),
            |t| &t.id,
        )?;
        let touchpoints = self.with_parents(root.get("touchpoint"), touchpoints)?;
        Ok((phases, touchpoints))
    }

    fn sector(&self) -> Read<Addition> {
        let document = self.document()?;
        let root = document.get_ref();
        self.known_keys(root, &["touchpoint", "extend"])?;
        let base = Codebook::built_in();
        let ids: Vec<String> = base.ids().into_iter().map(str::to_owned).collect();
        let entry = |name| root.get(name);
        let touchpoints = entry("touchpoint").map_or(Ok(vec![]), |tables| {
            let read = |t: &DeTable, span: Range<usize>| {
                let place = self.place(t.get("id").map_or(span.start, |id| id.span().start));
                Ok((self.touchpoint(t, span, base.phases(), &ids)?, place))
            };
            self.distinct(tables, read, |(touchpoint, _)| &touchpoint.id)
        })?;
        let extensions = entry("extend").map_or(Ok(vec![]), |tables| {
            self.distinct(tables, |t, span| self.extension(t, &span, &ids), |e| &e.touchpoint)
        })?;
        Ok(Addition { base, touchpoints, extensions })
    }

    fn extension(&self, table: &DeTable, span: &Range<usize>, ids: &[String]) -> Read<Extension> {
        self.known_keys(table, EXTENSION_KEYS)?;
        let touchpoint = self.parent(self.required(table, "id", span)?, ids)?;
        Ok(Extension {
            touchpoint: ids[touchpoint].clone(),
            keyphrases: self
                .by_language(table.get("keyphrases"), |entry| self.keyphrases(entry))?,
            excludes: table.get("excludes").map_or(Ok(vec![]), |entry| self.keyphrases(entry))?,
            examples: self.by_language(table.get("examples"), |entry| self.texts(entry))?,
            problems: self.problems(table.get("problems"))?,
        })
    }

    fn problems(&self, entry: Option<Entry>) -> Read<Vec<KnownProblem>> {
        entry.map_or(Ok(vec![]), |tables| {
            self.distinct(tables, |t, span| self.problem(t, span), |problem| &problem.id)
        })
    }

    fn problem(&self, table: &DeTable, span: Range<usize>) -> Read<KnownProblem> {
        self.known_keys(table, PROBLEM_KEYS)?;
        let problem = KnownProblem {
            id: self.id(table, &span)?,
            name: self.localised(table.get("name"))?,
            examples: self.by_language(table.get("examples"), |entry| self.texts(entry))?,
            first: self.flag(table.get("first"), false)?,
        };
        if problem.name.0.is_empty() && problem.examples.values().all(Vec::is_empty) {
            let text = format!("problem `{}` has neither a name nor an example", problem.id);
            let remedy = "say what it is, e.g. name = { de = \"Lange Warteschleife\" }";
            return Err(self.invalid(span, text, remedy));
        }
        Ok(problem)
    }

    /// The identifiers in their order, so that a child may stand before its parent.
    fn ids(&self, touchpoints: Entry) -> Read<Vec<String>> {
        let tables = self.array(touchpoints, "tables such as [[touchpoint]]")?.iter();
        tables.map(|entry| self.id(self.table(entry)?, &entry.span())).collect()
    }

    /// Checks the levels, and gives children without a phase that of their parent.
    fn with_parents(
        &self,
        entry: Option<Entry>,
        mut touchpoints: Vec<Touchpoint>,
    ) -> Read<Vec<Touchpoint>> {
        let tables = entry.map_or(Ok(&[][..]), |entry| self.array(entry, "tables"))?;
        for (index, entry) in tables.iter().enumerate() {
            let table = self.table(entry)?;
            if let Some((problem, remedy)) = parent_fault(&touchpoints, index) {
                let span = table.get("parent").map_or(entry.span(), Spanned::span);
                return Err(self.invalid(span, problem, remedy));
            }
            if let (Some(parent), None) = (touchpoints[index].parent, table.get("phase")) {
                touchpoints[index].phase = touchpoints[parent].phase;
            }
        }
        Ok(touchpoints)
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
        ids: &[String],
    ) -> Read<Touchpoint> {
        self.known_keys(table, TOUCHPOINT_KEYS)?;
        let parent = table.get("parent").map(|entry| self.parent(entry, ids)).transpose()?;
        let phase = match (table.get("phase"), parent) {
            (None, Some(_)) => 0,
            _ => self.phase_index(self.required(table, "phase", &span)?, phases)?,
        };
        let touchpoint = Touchpoint {
            id: self.id(table, &span)?,
            phase,
            parent,
            names: self.names(table, &span)?,
            description: self.localised(table.get("description"))?,
            controllable: self.flag(table.get("controllable"), true)?,
            channel: table.get("channel").map(|entry| self.channel(entry)).transpose()?,
            keyphrases: self
                .by_language(table.get("keyphrases"), |entry| self.keyphrases(entry))?,
            excludes: table.get("excludes").map_or(Ok(vec![]), |entry| self.keyphrases(entry))?,
            examples: self.by_language(table.get("examples"), |entry| self.texts(entry))?,
            problems: self.problems(table.get("problems"))?,
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
        for entry in self.array(entry, "tables such as { id = \"delivery\", … }")? {
            let table = self.table(entry)?;
            let item = read(table, entry.span())?;
            if items.iter().any(|other| id(other) == id(&item)) {
                let span = table.get("id").map_or(entry.span(), Spanned::span);
                let (problem, remedy) = taken_fault(id(&item));
                return Err(self.invalid(span, problem, remedy));
            }
            items.push(item);
        }
        Ok(items)
    }

    fn id(&self, table: &DeTable, span: &Range<usize>) -> Read<String> {
        let entry = self.required(table, "id", span)?;
        let id = self.text(entry)?;
        self.sound(id_fault(&id), entry)?;
        Ok(id)
    }

    fn parent(&self, entry: Entry, ids: &[String]) -> Read<usize> {
        let id = self.text(entry)?;
        ids.iter().position(|own| *own == id).ok_or_else(|| {
            let known: Vec<_> = ids.iter().map(String::as_str).collect();
            self.invalid(
                entry.span(),
                format!("there is no touchpoint `{id}`"),
                choose(&id, &known),
            )
        })
    }

    /// An error where there is a fault.
    fn sound(&self, fault: Option<Fault>, entry: Entry) -> Read<()> {
        fault.map_or(Ok(()), |(problem, remedy)| Err(self.invalid(entry.span(), problem, remedy)))
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

    fn flag(&self, entry: Option<Entry>, default: bool) -> Read<bool> {
        let Some(entry) = entry else { return Ok(default) };
        entry.get_ref().as_bool().ok_or_else(|| self.wrong_type(entry, "true or false"))
    }

    fn channel(&self, entry: Entry) -> Read<Channel> {
        let written = self.text(entry)?;
        Channel::from_name(&written).ok_or_else(|| {
            let remedy = "write \"online\" or \"offline\", or leave it out where both are usual";
            self.invalid(entry.span(), format!("`{written}` is no channel"), remedy)
        })
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
        if matches!(entry.get_ref(), DeValue::Array(_) | DeValue::String(_)) {
            // Without a language it serves all.
            return Ok(BTreeMap::from([(Language::Und, read(entry)?)]));
        }
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
            self.sound(keyphrase_fault(&keyphrase), entry)?;
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
        let (line, column) = self.place(span.start);
        CodebookError::Invalid {
            file: self.file.to_owned(),
            line,
            column,
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }
    /// Line and column of a byte of the source, from 1.
    fn place(&self, byte: usize) -> (usize, usize) {
        let before = self.source.get(..byte).unwrap_or(self.source);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
    }
}
