//! What would be read, for people to look at before a long run.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use rayon::prelude::*;
use serde::Serializer;

use super::columns::{ColumnChoice, Role};
use super::doubt::{DoubtFacts, Doubts, Evidence, Quoted, ToldDoubt, toml};
use super::error::ReadError;
use super::identity::{Identities, Identity};
use super::input::Input;
use super::layout::Layout;
use super::passed_over::{PassedOver, PassingOver};
use super::profiles::KnownProfile;
use super::protection::Protection;
use super::row::{Feedback, InputRow, Reject};
use super::start::open_all;
use crate::text::Language;
use crate::visible::{visible, visible_path};

/// Rejects that an inspection shows.
const SHOWN_REJECTS: usize = 5;

/// Rows whose texts are looked at together, on all threads, and bytes of them unless a single row is longer.
const ROWS: usize = 512;
const BYTES: usize = 1 << 20;

/// Characters of a cell that an inspection shows.
const SHOWN_CHARS: usize = 60;

/// What reading an input comes to. Its `Display` is for the terminal.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Inspection {
    /// The input.
    #[serde(serialize_with = "path_text")]
    pub path: PathBuf,
    /// How it is written, its columns and scale.
    pub layout: Layout,
    /// Records that name the columns.
    pub header_records: usize,
    /// Records above them: a title.
    pub title_records: usize,
    /// One for each column of the layout.
    pub columns: Vec<InspectedColumn>,
    /// Cells of the first three rows.
    pub first_rows: Vec<Vec<String>>,
    /// All rows, the header aside: feedback, duplicates and rejects.
    pub rows: u64,
    /// Rows that would be analysed.
    pub feedback: u64,
    /// Feedback in which the customer says nothing.
    pub without_text: u64,
    /// Mentions by the language in which they are analysed.
    pub languages: BTreeMap<Language, u64>,
    /// First and last day of the feedback.
    pub days: Option<(Date, Date)>,
    /// Feedback with a day.
    pub dated: u64,
    /// Rows that repeat an earlier one, of this input or of one before it.
    pub duplicates: u64,
    /// Rows that cannot be used.
    pub rejects: u64,
    /// Rows that are no customer's finished answer.
    pub left_out: u64,
    /// The first five rejects: line, column, reason.
    pub first_rejects: Vec<(u64, String, String)>,
    /// What is doubtful about all this, what matters most first.
    #[serde(serialize_with = "DoubtFacts::serialize_with_remedies")]
    pub doubts: Vec<ToldDoubt>,
}

/// The lines of `painpoint.toml` that overrule the guesses of inspections; none if there is nothing to overrule.
pub fn overruling(inspections: &[Inspection]) -> Option<String> {
    toml(inspections.iter().flat_map(|own| &own.doubts).map(|told| &told.doubt))
}

/// A column, with why it has its role.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct InspectedColumn {
    /// Its name.
    pub name: String,
    /// Its role.
    pub role: Role,
    /// Why it has this role.
    pub reason: String,
    /// The first filled cell of the rows.
    pub example: Option<String>,
}

/// Reads inputs in full, as an analysis of all of them would, and says what each came to. What customers say in some
/// rows, `mentions` knows: of each row the language of each mention, none where there is no text.
///
/// # Errors
/// As [`open_all`], or if reading fails on the way.
pub fn inspect(
    paths: &[PathBuf],
    (choice, protection): (&ColumnChoice, &Protection),
    mut mentions: impl FnMut(&[Feedback]) -> Vec<Vec<Language>>,
) -> Result<Vec<Inspection>, ReadError> {
    let mut identities = Identities::new(protection);
    let inputs = open_all(paths, choice)?;
    let inspected = |input| Inspection::of(input, &mut identities, protection, &mut mentions);
    inputs.into_iter().map(inspected).collect()
}

impl Inspection {
    fn of(
        mut input: Input,
        identities: &mut Identities,
        protection: &Protection,
        mut mentions: impl FnMut(&[Feedback]) -> Vec<Vec<Language>>,
    ) -> Result<Self, ReadError> {
        let mut inspection = Self::of_start(&input);
        let (passing_over, mut passed_over) = (input.leave_passing_over(), PassedOver::default());
        let mut look_at = |inspection: &mut Self, rows: &mut Vec<Feedback>| {
            passed_over.merge(pass_over(rows, &passing_over));
            for (row, mentions) in rows.iter().zip(mentions(rows)) {
                inspection.take_feedback(row, &mentions);
            }
            rows.clear();
        };
        let (mut rows, mut bytes) = (Vec::with_capacity(ROWS), 0);
        while let Some(row) = input.next().transpose()? {
            inspection.rows += 1;
            match row {
                InputRow::Feedback(feedback) => {
                    inspection.take_examples(&feedback.cells);
                    match identities.identify(&inspection.layout.columns, &feedback)? {
                        Identity::Duplicate => inspection.duplicates += 1,
                        Identity::New(_) => {
                            bytes += feedback.cells.iter().map(String::len).sum::<usize>();
                            rows.push(feedback);
                        }
                    }
                }
                InputRow::Replaced(_) => inspection.duplicates += 1,
                InputRow::LeftOut(_) => inspection.left_out += 1,
                InputRow::Reject(reject) => inspection.take_reject(reject),
            }
            if rows.len() == ROWS || bytes >= BYTES {
                look_at(&mut inspection, &mut rows);
                bytes = 0;
            }
        }
        look_at(&mut inspection, &mut rows);
        let mut doubts = Doubts::default();
        let passed_over = passed_over.doubts().filter(|doubt| !doubt.is_void());
        input.doubts().into_iter().chain(passed_over).for_each(|doubt| doubts.add(0, doubt));
        let (count, of) = (inspection.rejects, inspection.rows);
        doubts.add_rejects([0], Evidence { count, of, ..Evidence::default() }, 0);
        inspection.doubts = doubts.told(&[inspection.path.display().to_string()], protection);
        inspection.protect(protection);
        Ok(inspection)
    }

    /// What is known before the first row is read.
    fn of_start(input: &Input) -> Self {
        let columns = input.layout.columns.iter().zip(&input.assigned);
        let columns = columns.map(|(column, assigned)| InspectedColumn {
            name: column.name.clone(),
            role: column.role,
            reason: assigned.reason.clone(),
            example: None,
        });
        Self {
            columns: columns.collect(),
            path: input.path.clone(),
            layout: input.layout.clone(),
            header_records: input.header.records.len(),
            title_records: input.header.titles.len(),
            first_rows: input.first_rows.clone(),
            rows: 0,
            feedback: 0,
            without_text: 0,
            languages: BTreeMap::new(),
            days: None,
            dated: 0,
            duplicates: 0,
            rejects: 0,
            left_out: 0,
            first_rejects: Vec::new(),
            doubts: Vec::new(),
        }
    }

    /// Leaves nothing personal in what is shown of cells.
    fn protect(&mut self, protection: &Protection) {
        let roles: Vec<(String, Role)> =
            self.columns.iter().map(|own| (own.name.clone(), own.role)).collect();
        let shown = |index: usize, cell: &str| match roles.get(index) {
            Some((name, role)) => protection.shown_cell((name, *role), cell).into_owned(),
            None => protection.shown(cell).into_owned(),
        };
        for (index, column) in self.columns.iter_mut().enumerate() {
            column.example = column.example.as_deref().map(|cell| shown(index, cell));
        }
        for row in &mut self.first_rows {
            *row = row.iter().enumerate().map(|(index, cell)| shown(index, cell)).collect();
        }
        for (_, _, reason) in &mut self.first_rejects {
            *reason = protection.shown(reason).into_owned();
        }
    }

    fn take_feedback(&mut self, feedback: &Feedback, mentions: &[Language]) {
        self.feedback += 1;
        self.without_text += u64::from(mentions.is_empty());
        for &language in mentions {
            *self.languages.entry(language).or_default() += 1;
        }
        if let Some(day) = feedback.date {
            let (first, last) = self.days.unwrap_or((day, day));
            self.days = Some((first.min(day), last.max(day)));
            self.dated += 1;
        }
    }

    fn take_examples(&mut self, cells: &[String]) {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            if column.example.is_none() && !cell.trim().is_empty() {
                column.example = Some(cell.clone());
            }
        }
    }

    fn take_reject(&mut self, reject: Reject) {
        self.rejects += 1;
        if self.first_rejects.len() < SHOWN_REJECTS {
            let reason = reject.reason_in_sheet().into_owned();
            self.first_rejects.push((reject.place.line, reject.column, reason));
        }
    }
}

impl fmt::Display for Inspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", visible_path(&self.path))?;
        if let Some(packing) = self.layout.packing {
            writeln!(f, "  packed     {}", packing.name())?;
        }
        if let Some(encoding) = &self.layout.encoding {
            writeln!(f, "  encoding   {}", encoding.fact())?;
        }
        for (name, fact) in self.layout.format.facts() {
            writeln!(f, "  {name:<9}  {fact}")?;
        }
        if let Some(KnownProfile { name, known_by, documentation }) = &self.layout.profile {
            writeln!(f, "  profile    {name}, known by {}", Quoted(known_by))?;
            if documentation.is_empty() {
                writeln!(f, "             no public documentation found")?;
            }
            documentation.iter().try_for_each(|page| writeln!(f, "             {page}"))?;
        }
        let header = match (self.header_records, self.title_records) {
            (0, _) => "none: columns are numbered".to_owned(),
            (1, 0) => "first row".to_owned(),
            (records, 0) => format!("first {records} rows"),
            (records, titles) => format!("{records} below {titles} of a title, which are left out"),
        };
        writeln!(f, "  header     {header}")?;
        if let Some((low, high)) = self.layout.rating_scale {
            writeln!(f, "  ratings    {low} to {high}")?;
        }
        if let Some((first, last)) = self.days {
            writeln!(f, "  dates      {first} to {last}, in {} of {}", self.dated, self.feedback)?;
        }
        if !self.languages.is_empty() {
            writeln!(f, "  languages  {} mentions", self.languages())?;
        }
        self.write_columns(f)?;
        self.write_first_rows(f)?;
        self.write_rows(f)
    }
}

impl Inspection {
    /// "de 120, en 8", the commonest first.
    fn languages(&self) -> String {
        let mut languages: Vec<_> = self.languages.iter().collect();
        languages.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let told = languages.iter().map(|(language, count)| format!("{} {count}", language.code()));
        told.collect::<Vec<_>>().join(", ")
    }

    fn write_columns(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or(0);
        let names = width(&mut self.columns.iter().map(|c| shorten(&c.name).chars().count()));
        let reasons = width(&mut self.columns.iter().map(|c| c.reason.chars().count()));
        writeln!(f, "\nColumns")?;
        for column in &self.columns {
            let (name, role) = (shorten(&column.name), column.role.name());
            let example = column.example.as_deref().map(shorten).unwrap_or_default();
            let reason = &column.reason;
            writeln!(f, "  {name:names$}  {role:10}  {reason:reasons$}  {example}")?;
        }
        Ok(())
    }

    fn write_first_rows(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nFirst rows")?;
        for row in &self.first_rows {
            let cells: Vec<String> = row.iter().map(|cell| shorten(cell)).collect();
            writeln!(f, "  {}", cells.join(" | "))?;
        }
        Ok(())
    }

    fn write_rows(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "\n{} rows: {} feedback ({} without text), {} duplicates, {} rejects{}",
            self.rows,
            self.feedback,
            self.without_text,
            self.duplicates,
            self.rejects,
            if self.left_out == 0 {
                String::new()
            } else {
                format!(", {} left out", self.left_out)
            }
        )?;
        for (line, column, reason) in &self.first_rejects {
            let column =
                if column.is_empty() { String::new() } else { format!(", {}", visible(column)) };
            writeln!(f, "  line {line}{column}: {reason}")?;
        }
        let more = self.rejects - self.first_rejects.len() as u64;
        if more > 0 {
            writeln!(f, "  … and {more} more")?;
        }
        if self.doubts.is_empty() {
            return Ok(());
        }
        writeln!(f, "\nDoubts")?;
        self.doubts.iter().try_for_each(|told| writeln!(f, "  {told}"))
    }
}

/// Finds in texts what is passed over, on all threads.
fn pass_over(rows: &mut [Feedback], passing_over: &PassingOver) -> PassedOver {
    let find = |mut found: PassedOver, row: &mut Feedback| {
        passing_over.find(row, &mut found);
        found
    };
    let merge = |mut one: PassedOver, other: PassedOver| {
        one.merge(other);
        one
    };
    rows.par_iter_mut().fold(PassedOver::default, find).reduce(PassedOver::default, merge)
}

/// A path as text, whatever bytes are in it.
fn path_text<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}

/// A cell on one line that fits a terminal.
fn shorten(cell: &str) -> String {
    let line = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = visible(&line);
    match line.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.into_owned(),
    }
}
