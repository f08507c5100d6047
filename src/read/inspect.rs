//! What would be read, for people to look at before a long run.
//!
//! All rows are read. What is in their texts takes far longer to find, and is found in a sample where there are many.

mod levels;
mod said;

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serializer;

pub use levels::Count;
use levels::{Levels, level};
use said::{Said, look_at};

use super::columns::{ColumnChoice, Role};
use super::doubt::{Doubt, DoubtFacts, Doubts, Evidence, Quoted, ToldDoubt, toml};
use super::error::ReadError;
use super::identity::{Identities, Identity};
use super::input::Input;
use super::layout::Layout;
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

/// Feedback of an input whose texts are looked at, at most. A sample has half as many at least, whose shares are right to
/// 0.6 percentage points in 95 of 100 cases.
const MOST_LOOKED_AT: u64 = 50_000;

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
    /// Feedback whose texts were looked at, where that is a sample: what follows on texts is of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub feedback_looked_at: Option<u64>,
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

/// Reads inputs in full, as an analysis of all of them would, and says what each came to. What customers say in a
/// row, `mentions` knows: the language of each mention, none where there is no text. What else it counts comes
/// back for all inputs together.
///
/// Texts are looked at in up to 50,000 feedback an input, of more in a sample that their order does not change. Where
/// inputs have samples, what else is counted is of the same share of each.
///
/// # Errors
/// As [`open_all`], or if reading fails on the way.
pub fn inspect<C: Count>(
    paths: &[PathBuf],
    (choice, protection): (&ColumnChoice, &Protection),
    mentions: impl Fn(&Feedback, &mut C) -> Vec<Language> + Sync,
) -> Result<(Vec<Inspection>, C), ReadError> {
    inspect_at_most(MOST_LOOKED_AT, paths, (choice, protection), mentions)
}

/// The same, with texts looked at in so many feedback at most.
pub(super) fn inspect_at_most<C: Count>(
    most: u64,
    paths: &[PathBuf],
    (choice, protection): (&ColumnChoice, &Protection),
    mentions: impl Fn(&Feedback, &mut C) -> Vec<Language> + Sync,
) -> Result<(Vec<Inspection>, C), ReadError> {
    let mut identities = Identities::new(protection);
    let mut inspections = Vec::with_capacity(paths.len());
    let mut beside = Vec::with_capacity(paths.len());
    for input in open_all(paths, choice)? {
        let known = (&mut identities, protection);
        let (inspection, own) = Inspection::of(input, known, most, &mentions)?;
        inspections.push(inspection);
        beside.push(own);
    }
    let least = beside.iter().map(Levels::least).max().unwrap_or_default();
    let mut counts = C::default();
    beside.into_iter().for_each(|own| counts.merge(own.from(least).beside));
    Ok((inspections, counts))
}

impl Inspection {
    fn of<C: Count>(
        mut input: Input,
        (identities, protection): (&mut Identities, &Protection),
        most: u64,
        mentions: &(impl Fn(&Feedback, &mut C) -> Vec<Language> + Sync),
    ) -> Result<(Self, Levels<Said<C>>), ReadError> {
        let mut inspection = Self::of_start(&input);
        let (passing_over, mut said) = (input.leave_passing_over(), Levels::new(most));
        let (mut rows, mut bytes) = (Vec::with_capacity(ROWS), 0);
        while let Some(row) = input.next().transpose()? {
            inspection.rows += 1;
            match row {
                InputRow::Feedback(feedback) => {
                    inspection.take_examples(&feedback.cells);
                    match identities.identify(&inspection.layout.columns, &feedback)? {
                        Identity::Duplicate => inspection.duplicates += 1,
                        Identity::New { number, .. } => {
                            inspection.take_feedback(&feedback);
                            if said.may_hold(level(number)) {
                                bytes += feedback.cells.iter().map(String::len).sum::<usize>();
                                rows.push((level(number), feedback));
                            }
                        }
                    }
                }
                InputRow::Replaced(_) => inspection.duplicates += 1,
                InputRow::LeftOut(_) => inspection.left_out += 1,
                InputRow::Reject(reject) => inspection.take_reject(reject),
            }
            if rows.len() == ROWS || bytes >= BYTES {
                said.merge(look_at(&mut rows, (&passing_over, most), mentions));
                bytes = 0;
            }
        }
        said.merge(look_at(&mut rows, (&passing_over, most), mentions));
        let passed_over = inspection.take_said(&said);
        let mut doubts = Doubts::default();
        input.doubts().into_iter().chain(passed_over).for_each(|doubt| doubts.add(0, doubt));
        let (count, of) = (inspection.rejects, inspection.rows);
        doubts.add_rejects([0], Evidence { count, of, ..Evidence::default() }, 0);
        inspection.doubts = doubts.told(&[inspection.path.display().to_string()], protection);
        inspection.protect(protection);
        Ok((inspection, said))
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
            feedback_looked_at: None,
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

    /// Takes what was found in texts, and returns what is doubtful about it.
    fn take_said<C: Count>(&mut self, said: &Levels<Said<C>>) -> Vec<Doubt> {
        let is_sample = said.least() > 0;
        self.feedback_looked_at = is_sample.then(|| said.rows());
        let Said { without_text, languages, passed_over, .. } = said.clone().from(0);
        (self.without_text, self.languages) = (without_text, languages);
        let doubts = match is_sample {
            true => passed_over.doubts_in_sample().collect::<Vec<_>>(),
            false => passed_over.doubts().collect(),
        };
        doubts.into_iter().filter(|doubt| !doubt.is_void()).collect()
    }

    fn take_feedback(&mut self, feedback: &Feedback) {
        self.feedback += 1;
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
            let sample = self
                .feedback_looked_at
                .map(|own| format!(", in {own} of {} feedback looked at", self.feedback));
            writeln!(
                f,
                "  languages  {} mentions{}",
                self.languages(),
                sample.unwrap_or_default()
            )?;
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
        let without_text = match self.feedback_looked_at {
            Some(looked_at) => {
                format!("without text: {} of {looked_at} looked at", self.without_text)
            }
            None => format!("{} without text", self.without_text),
        };
        writeln!(
            f,
            "\n{} rows: {} feedback ({without_text}), {} duplicates, {} rejects{}",
            self.rows,
            self.feedback,
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
