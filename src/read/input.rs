//! An open input: a stream of its rows.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::columns::{AssignedRole, Header, Meaning, Notations, Role};
use super::doubt::{Doubt, Evidence, NotFeedback};
use super::error::ReadError;
use super::fingerprint::Fingerprint;
use super::format::{Fault, Record};
use super::layout::Layout;
use super::passed_over::{PassedOver, PassingOver};
use super::profiles::{FittedProfile, LeavingOut};
use super::row::{Feedback, InputRow, LeftOut, Reject};
use super::rows::Rows;
use super::start::Start;

/// An open input: an iterator over its rows, one in memory at a time. After an error it ends.
pub struct Input {
    /// Where it was opened.
    pub path: PathBuf,
    /// How it is laid out.
    pub layout: Layout,
    pub(super) assigned: Vec<AssignedRole>,
    pub(super) first_rows: Vec<Vec<String>>,
    pub(super) header: Header,
    pub(super) notations: Arc<Notations>,
    rows: Rows,
    /// Rows that have come, those that cannot be used included.
    number: u64,
    /// Rows by number that a newer one of another input replaces.
    pub(super) replaced: HashSet<u64>,
    /// Doubts that the first look at the rows leaves.
    pub(super) doubts: Vec<Doubt>,
    /// Of each column, the filled cells that are not what it holds, of all that are filled.
    unread: Vec<Evidence>,
    /// Of each column of text, the cells that stand for no text.
    no_text: Vec<Evidence>,
    /// Which rows are left out, and how many were.
    left_out: Vec<(LeavingOut, Evidence)>,
    profile: Option<FittedProfile>,
    /// What in texts is passed over, unless others see to it, and what was.
    passing_over: Option<Arc<PassingOver>>,
    passed_over: PassedOver,
    failed: bool,
}

impl Input {
    /// What was opened, given what its columns hold.
    pub(super) fn new(start: Start, meaning: Meaning) -> Self {
        let columns = start.header.names.iter().cloned().zip(&meaning.assigned);
        let layout = Layout {
            packing: start.packing,
            encoding: start.encoding,
            format: start.records.format(),
            profile: start.profile.as_ref().map(|profile| profile.told.clone()),
            columns: columns.map(|(name, own)| own.column(name)).collect(),
            rating_scale: meaning.notations.ratings.as_ref().map(|ratings| ratings.scale),
        };
        Self {
            path: start.path,
            unread: vec![Evidence::default(); layout.columns.len()],
            no_text: vec![Evidence::default(); layout.columns.len()],
            left_out: meaning
                .left_out
                .into_iter()
                .map(|rule| (rule, Evidence::default()))
                .collect(),
            profile: start.profile,
            passing_over: Some(Arc::new(PassingOver::new(&start.choice, meaning.recurring))),
            passed_over: PassedOver::default(),
            layout,
            first_rows: start.first_rows,
            assigned: meaning.assigned,
            rows: Rows::new(start.records, start.header.shape.clone(), start.mends),
            header: start.header,
            notations: Arc::new(meaning.notations),
            number: 0,
            replaced: HashSet::new(),
            doubts: start.doubts.into_iter().chain(meaning.doubts).collect(),
            failed: false,
        }
    }

    /// Leaves to others what is to be passed over in texts: threads that have more time than the one that reads.
    pub fn leave_passing_over(&mut self) -> Arc<PassingOver> {
        self.passing_over.take().unwrap_or_default()
    }

    /// What is doubtful about the reading, as far as the input was read.
    pub fn doubts(&self) -> Vec<Doubt> {
        self.doubts_to_sum().into_iter().filter(|doubt| !doubt.is_void()).collect()
    }

    /// The same, with what was counted and not found: for the shares of several inputs.
    pub(crate) fn doubts_to_sum(&self) -> Vec<Doubt> {
        let columns = self.layout.columns.iter().zip(&self.unread);
        let unread = columns.filter(|(_, unread)| unread.count > 0).map(|(column, unread)| {
            Doubt::UnreadValues {
                column: column.name.clone(),
                role: column.role,
                evidence: unread.clone(),
            }
        });
        let no_text = self.layout.columns.iter().zip(&self.no_text);
        let no_text = no_text.filter(|(_, own)| own.count > 0).map(|(column, own)| Doubt::NoText {
            column: column.name.clone(),
            evidence: own.clone(),
        });
        let left_out = self.left_out.iter().filter(|(_, own)| own.count > 0);
        let left_out = left_out.map(|(rule, own)| Doubt::LeftOut {
            column: self.name(Some(rule.column)),
            what: rule.what,
            evidence: own.clone(),
        });
        let encoding = self.layout.encoding.as_ref().filter(|_| self.rows.readings().is_cut());
        let cut = encoding.map(|own| Doubt::CutText { encoding: own.name.to_owned() });
        let known = self.doubts.iter().cloned().chain(self.rows.doubts());
        known
            .chain(cut)
            .chain(self.passed_over.doubts())
            .chain(unread)
            .chain(no_text)
            .chain(left_out)
            .collect()
    }

    /// The rows again from the first on, to look at; of a pipe, those that are at hand.
    pub(super) fn again(&self) -> Result<Rows, ReadError> {
        self.rows.again(self.header.len())
    }

    /// Size and SHA-256 of what was read, once all of it was.
    pub fn fingerprint(&self) -> Option<&Fingerprint> {
        self.rows.readings().fingerprint()
    }

    fn row(&mut self, record: Record) -> InputRow {
        if self.header.is_repeated_by(record.cells.iter().map(String::as_str)) {
            let reason =
                "repeats the header, as where files were joined; nothing is lost".to_owned();
            return InputRow::Reject(Reject { place: record.place, column: String::new(), reason });
        }
        if let Some((column, what)) = self.left_out(&record.cells) {
            let column = self.name(Some(column));
            return InputRow::LeftOut(LeftOut { place: record.place, column, what });
        }
        InputRow::Feedback(self.feedback(record))
    }

    /// Because of which column a row is left out, and what it is. Takes note of it.
    fn left_out(&mut self, cells: &[String]) -> Option<(usize, NotFeedback)> {
        let mut found = None;
        for (rule, evidence) in &mut self.left_out {
            let holds = found.is_none() && rule.holds(cells);
            evidence.look_at(&cells[rule.column], holds);
            if holds {
                found = Some((rule.column, rule.what));
            }
        }
        found
    }

    fn feedback(&mut self, Record { place, cells }: Record) -> Feedback {
        let own = Arc::clone(&self.notations);
        let filled = |cell: &str| Some(Some(cell.to_owned()));
        let text_columns = self.text_columns(&cells);
        let mut feedback = Feedback {
            other_languages: Vec::new(),
            boilerplate: Vec::new(),
            replaced: Vec::new(),
            place,
            id: self.value(&cells, Role::Id, filled),
            text_columns,
            date: self.value(&cells, Role::Date, |cell| own.dates.read(cell)),
            nps: self.value(&cells, Role::Nps, |cell| own.likelihoods.read(cell)),
            rating: self.value(&cells, Role::Rating, |cell| own.ratings.as_ref()?.read(cell)),
            touchpoints: self
                .value(&cells, Role::Touchpoint, |cell| Some(Some(own.touchpoints.split(cell))))
                .unwrap_or_default(),
            cells,
        };
        if let Some(passing_over) = &self.passing_over {
            passing_over.find(&mut feedback, &mut self.passed_over);
        }
        feedback
    }

    fn text_columns(&mut self, cells: &[String]) -> Vec<usize> {
        let columns = self.layout.columns.iter().zip(cells).enumerate();
        let texts =
            columns.filter(|(_, (own, cell))| own.role == Role::Text && !cell.trim().is_empty());
        let mut texts: Vec<usize> = texts.map(|(index, _)| index).collect();
        if let Some(profile) = self.profile.as_ref().filter(|own| !own.no_text.is_empty()) {
            texts.retain(|&column| {
                let is_none = profile.is_no_text(&cells[column]);
                self.no_text[column].look_at(&cells[column], is_none);
                !is_none
            });
        }
        texts
    }

    /// What `parse` makes of the cell with this role, trimmed: nothing, that there is no value, or the
    /// value. Takes note of the filled cells of which it makes nothing.
    fn value<T>(
        &mut self,
        cells: &[String],
        role: Role,
        parse: impl Fn(&str) -> Option<Option<T>>,
    ) -> Option<T> {
        let column = self.layout.columns.iter().position(|column| column.role == role)?;
        let cell = cells[column].trim();
        if cell.is_empty() {
            return None;
        }
        let value = parse(cell);
        self.unread[column].look_at(cell, value.is_none());
        value.flatten()
    }

    fn name(&self, column: Option<usize>) -> String {
        let column = column.and_then(|column| self.layout.columns.get(column));
        column.map(|column| column.name.clone()).unwrap_or_default()
    }
}

impl Iterator for Input {
    type Item = Result<InputRow, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.failed {
            return None;
        }
        let row = self.rows.next()?;
        self.number += 1;
        match row {
            Ok(Ok(record)) if self.replaced.contains(&self.number) => {
                Some(Ok(InputRow::Replaced(record.place)))
            }
            Ok(Ok(record)) => Some(Ok(self.row(record))),
            Ok(Err(Fault { place, column, reason })) => {
                let column = self.name(column);
                Some(Ok(InputRow::Reject(Reject { place, column, reason })))
            }
            Err(source) => {
                self.failed = true;
                Some(Err(ReadError::Io { path: self.path.clone(), source }))
            }
        }
    }
}
