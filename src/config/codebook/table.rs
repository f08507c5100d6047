//! CSV → touchpoints: a codebook as it lies in a spreadsheet, a touchpoint in each row.
//!
//! ```csv
//! name,phase,keyphrases,examples,excludes,parent
//! Lieferung,purchase,"liefer*, paket, kam nie an",Das Paket kam zu spät.,,
//! Sendungsverfolgung,,"tracking, sendungsstatus",,,Lieferung
//! ```

use std::collections::BTreeMap;

use super::faults::{Fault, choose, id_fault, keyphrase_fault, parent_fault, taken_fault};
use super::{Channel, Codebook, CodebookError, Localised, Phase, Touchpoint, designation};
use crate::text::Language;
use crate::text::fold::fold;

/// Columns without a language.
const PLAIN: &[&str] = &["id", "phase", "parent", "excludes", "controllable", "channel"];
/// Columns that may carry a language behind an underscore, as in `keyphrases_de`.
const LOCALISED: &[&str] = &["name", "description", "keyphrases", "examples"];
/// What a cell of `controllable` may say.
const YES: [&str; 5] = ["true", "yes", "ja", "1", "x"];
const NO: [&str; 4] = ["false", "no", "nein", "0"];

/// Phases and touchpoints of a table.
pub(super) fn codebook(
    source: &str,
    file: &str,
) -> Result<(Vec<Phase>, Vec<Touchpoint>), CodebookError> {
    let source = source.strip_prefix('\u{feff}').unwrap_or(source);
    Table { file, delimiter: delimiter(source), columns: vec![] }.codebook(source)
}

/// The delimiter that the header holds most often.
fn delimiter(source: &str) -> u8 {
    let header = source.lines().next().unwrap_or_default().as_bytes();
    let count = |delimiter: u8| header.iter().filter(|byte| **byte == delimiter).count();
    [b',', b';', b'\t'].into_iter().rev().max_by_key(|&delimiter| count(delimiter)).unwrap_or(b',')
}

type Read<T> = Result<T, CodebookError>;

struct Table<'a> {
    file: &'a str,
    delimiter: u8,
    /// What each column holds, and in which language.
    columns: Vec<(String, Language)>,
}

/// A row, with the line that it starts on.
struct Row {
    line: u64,
    cells: Vec<String>,
}

impl Table<'_> {
    fn codebook(mut self, source: &str) -> Read<(Vec<Phase>, Vec<Touchpoint>)> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .delimiter(self.delimiter)
            .from_reader(source.as_bytes());
        let mut rows = vec![];
        for record in reader.records() {
            let record = record.map_err(|error| self.unreadable(&error))?;
            let line = record.position().map_or(1, csv::Position::line);
            rows.push(Row { line, cells: record.iter().map(|c| c.trim().to_owned()).collect() });
        }
        let Some(header) = (!rows.is_empty()).then(|| rows.remove(0)) else {
            return Err(self.invalid(
                1,
                "name",
                "the codebook is empty",
                "write a header and rows",
            ));
        };
        self.columns = self.header(&header)?;
        rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
        if rows.is_empty() {
            let problem = "the codebook has no touchpoints";
            return Err(self.invalid(
                header.line,
                "name",
                problem,
                "add a row for each touchpoint",
            ));
        }
        let phases = Codebook::built_in().phases;
        let mut touchpoints: Vec<Touchpoint> = vec![];
        for row in &rows {
            let touchpoint = self.touchpoint(row, &phases)?;
            if touchpoints.iter().any(|other| other.id == touchpoint.id) {
                let (problem, remedy) = taken_fault(&touchpoint.id);
                return Err(self.invalid(row.line, "id", problem, remedy));
            }
            touchpoints.push(touchpoint);
        }
        self.with_parents(&rows, touchpoints).map(|touchpoints| (phases, touchpoints))
    }

    fn header(&self, header: &Row) -> Read<Vec<(String, Language)>> {
        let mut columns: Vec<(String, Language)> = vec![];
        for cell in &header.cells {
            let name = cell.to_lowercase().replace(['.', ' '], "_");
            let (base, language) = match name.rsplit_once('_') {
                Some((base, code)) if LOCALISED.contains(&base) => {
                    let language = Language::from_code(code).filter(|own| *own != Language::Und);
                    (base, language.ok_or_else(|| self.unknown(header, cell))?)
                }
                _ => (name.as_str(), Language::Und),
            };
            if !PLAIN.contains(&base) && !LOCALISED.contains(&base) {
                return Err(self.unknown(header, cell));
            }
            let column = (base.to_owned(), language);
            if columns.contains(&column) {
                let problem = "there are two columns of this name";
                return Err(self.invalid(header.line, cell, problem, "remove one of them"));
            }
            columns.push(column);
        }
        Ok(columns)
    }

    fn unknown(&self, header: &Row, name: &str) -> CodebookError {
        let known: Vec<&str> = LOCALISED.iter().chain(PLAIN).copied().collect();
        let remedy = format!(
            "{}; a language may follow after an underscore, as in `keyphrases_de`",
            choose(&name.to_lowercase(), &known)
        );
        self.invalid(header.line, name, "there is no such column in a codebook", remedy)
    }

    fn touchpoint(&self, row: &Row, phases: &[Phase]) -> Read<Touchpoint> {
        let names = self.localised(row, "name");
        let Some(name) = names.get(Language::Und) else {
            let remedy = "name the touchpoint";
            return Err(self.invalid(row.line, "name", "this cell is empty", remedy));
        };
        let id = match self.cell(row, "id") {
            "" => identifier(name),
            id => id.to_owned(),
        };
        self.sound(row, "id", id_fault(&id))?;
        let keyphrases = self.lists(row, "keyphrases", phrases);
        for phrase in keyphrases.values().flatten() {
            self.sound(row, "keyphrases", keyphrase_fault(phrase))?;
        }
        if keyphrases.is_empty() {
            let problem = format!("touchpoint `{id}` has no keyphrases");
            let remedy = "write some, separated by commas, e.g. delivery, parcel";
            return Err(self.invalid(row.line, "keyphrases", problem, remedy));
        }
        let excludes = phrases(self.cell(row, "excludes"));
        for phrase in &excludes {
            self.sound(row, "excludes", keyphrase_fault(phrase))?;
        }
        Ok(Touchpoint {
            phase: self.phase(row, phases)?,
            parent: None,
            description: self.localised(row, "description"),
            controllable: self.controllable(row)?,
            channel: self.channel(row)?,
            examples: self.lists(row, "examples", sentences),
            id,
            names,
            keyphrases,
            excludes,
            problems: vec![],
        })
    }

    /// The phase of a row; the first one where its parent's will take its place.
    fn phase(&self, row: &Row, phases: &[Phase]) -> Read<usize> {
        let written = self.cell(row, "phase");
        if written.is_empty() && !self.cell(row, "parent").is_empty() {
            return Ok(0);
        }
        let wanted = designation(written);
        let named = |phase: &Phase| {
            designation(&phase.id) == wanted
                || phase.names.iter().any(|(_, name)| designation(name) == wanted)
        };
        phases.iter().position(named).ok_or_else(|| {
            let known: Vec<&str> = phases.iter().map(|phase| phase.id.as_str()).collect();
            let remedy =
                format!("{} (phases of your own need a codebook in TOML)", choose(written, &known));
            self.invalid(row.line, "phase", format!("there is no phase `{written}`"), remedy)
        })
    }

    fn with_parents(
        &self,
        rows: &[Row],
        mut touchpoints: Vec<Touchpoint>,
    ) -> Read<Vec<Touchpoint>> {
        for (index, row) in rows.iter().enumerate() {
            let written = self.cell(row, "parent");
            if written.is_empty() {
                continue;
            }
            let wanted = designation(written);
            let named = |touchpoint: &Touchpoint| {
                touchpoint.id == written
                    || touchpoint.names.iter().any(|(_, name)| designation(name) == wanted)
            };
            touchpoints[index].parent = touchpoints.iter().position(named);
            if touchpoints[index].parent.is_none() {
                let known: Vec<&str> = touchpoints.iter().map(|t| t.id.as_str()).collect();
                let problem = format!("there is no touchpoint `{written}`");
                return Err(self.invalid(row.line, "parent", problem, choose(written, &known)));
            }
        }
        for (index, row) in rows.iter().enumerate() {
            self.sound(row, "parent", parent_fault(&touchpoints, index))?;
            if let (Some(parent), "") = (touchpoints[index].parent, self.cell(row, "phase")) {
                touchpoints[index].phase = touchpoints[parent].phase;
            }
        }
        Ok(touchpoints)
    }

    fn controllable(&self, row: &Row) -> Read<bool> {
        let written = self.cell(row, "controllable").to_lowercase();
        if written.is_empty() || YES.contains(&written.as_str()) {
            return Ok(true);
        }
        if NO.contains(&written.as_str()) {
            return Ok(false);
        }
        let problem = format!("`{written}` is neither yes nor no");
        Err(self.invalid(row.line, "controllable", problem, "write true or false"))
    }

    fn channel(&self, row: &Row) -> Read<Option<Channel>> {
        let written = self.cell(row, "channel").to_lowercase();
        if written.is_empty() {
            return Ok(None);
        }
        Channel::from_name(&written).map(Some).ok_or_else(|| {
            let problem = format!("`{written}` is no channel");
            self.invalid(row.line, "channel", problem, "write online or offline, or nothing")
        })
    }

    /// The cell of a column without a language; empty where the table has no such column.
    fn cell<'r>(&self, row: &'r Row, name: &str) -> &'r str {
        self.cells(row, name).next().map_or("", |(_, cell)| cell)
    }

    /// The filled cells of a column, by language.
    fn cells<'r>(&self, row: &'r Row, name: &str) -> impl Iterator<Item = (Language, &'r str)> {
        self.columns
            .iter()
            .zip(&row.cells)
            .filter(move |((own, _), cell)| own == name && !cell.is_empty())
            .map(|((_, language), cell)| (*language, cell.as_str()))
    }

    fn localised(&self, row: &Row, name: &str) -> Localised {
        Localised(self.cells(row, name).map(|(own, cell)| (own, cell.to_owned())).collect())
    }

    fn lists(
        &self,
        row: &Row,
        name: &str,
        split: fn(&str) -> Vec<String>,
    ) -> BTreeMap<Language, Vec<String>> {
        let lists = self.cells(row, name).map(|(language, cell)| (language, split(cell)));
        lists.filter(|(_, list)| !list.is_empty()).collect()
    }

    fn sound(&self, row: &Row, column: &str, fault: Option<Fault>) -> Read<()> {
        fault.map_or(Ok(()), |(problem, remedy)| {
            Err(self.invalid(row.line, column, problem, remedy))
        })
    }

    fn unreadable(&self, error: &csv::Error) -> CodebookError {
        let line = error.position().map_or(1, csv::Position::line);
        let remedy = "give every row as many cells as the header, and put cells that hold the \
                      delimiter into double quotes";
        self.invalid(line, "name", format!("this is not a table: {error}"), remedy)
    }

    fn invalid(
        &self,
        line: u64,
        column: &str,
        problem: impl Into<String>,
        remedy: impl Into<String>,
    ) -> CodebookError {
        CodebookError::InvalidCell {
            file: self.file.to_owned(),
            line,
            column: column.to_owned(),
            problem: problem.into(),
            remedy: remedy.into(),
        }
    }
}

/// Keyphrases hold neither commas nor semicolons, so any of them separates.
fn phrases(cell: &str) -> Vec<String> {
    parts(cell, &[',', ';', '|', '\n'])
}

/// Sentences may hold commas.
fn sentences(cell: &str) -> Vec<String> {
    parts(cell, &['|', '\n'])
}

fn parts(cell: &str, separators: &[char]) -> Vec<String> {
    let parts = cell.split(separators).map(str::trim).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// An identifier made of a name: "Zahlung & Rechnung" is `zahlung_rechnung`.
fn identifier(name: &str) -> String {
    let folded = fold(name);
    let words = folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("_")
}
