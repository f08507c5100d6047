//! What would be read, for people to look at before a long run.
//!
//! All rows are read. What is in their texts takes far longer to find, and is found in a sample where there are many.

mod levels;
mod said;
mod shown;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde::Serializer;

pub use levels::Count;
use levels::{Levels, level};
use said::{Said, look_at};

use super::columns::{ColumnChoice, Role};
use super::doubt::{Doubt, DoubtFacts, Doubts, Evidence, ToldDoubt, toml};
use super::error::ReadError;
use super::identity::{Identities, Identity};
use super::input::Input;
use super::layout::Layout;
use super::protection::Protection;
use super::row::{Feedback, InputRow, Reject};
use super::start::open_all;
use crate::text::Language;

/// Rejects that an inspection shows.
const SHOWN_REJECTS: usize = 5;

/// Rows whose texts are looked at together, on all threads, and bytes of them unless a single row is longer.
const ROWS: usize = 512;
const BYTES: usize = 1 << 20;

/// Feedback of an input whose texts are looked at, at most. A sample has half as many at least, whose shares are right to
/// 0.6 percentage points in 95 of 100 cases.
const MOST_LOOKED_AT: u64 = 50_000;

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

/// A path as text, whatever bytes are in it.
fn path_text<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}
