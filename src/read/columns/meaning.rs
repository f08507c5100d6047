//! What the columns of files with the same column names hold.

use std::borrow::Cow;
use std::path::Path;

use super::asks::Asks;
use super::assign::assign;
use super::choice::{ColumnChoice, find};
use super::measures::{Given, Measures};
use super::role::{AssignedRole, Role};
use super::sample::RowSample;
use super::strange_rows;
use super::touchpoints::TouchpointNames;
use crate::read::doubt::{Doubt, Evidence};
use crate::read::error::ReadError;
use crate::read::profiles::{FittedProfile, LeavingOut};
use crate::read::value::{DateNotation, NpsNotation, RatingNotation};
use crate::text::boilerplate::{Recurring, boilerplate, without};

/// Roles, the scale of the ratings, the notation of the dates, and what is doubtful about them.
#[derive(Clone)]
pub(crate) struct Meaning {
    pub(crate) assigned: Vec<AssignedRole>,
    pub(crate) notations: Notations,
    pub(crate) doubts: Vec<Doubt>,
    /// Rows that are left out.
    pub(crate) left_out: Vec<LeavingOut>,
    /// What recurs in the texts of columns, and no customer wrote.
    pub(crate) recurring: Vec<(usize, Recurring)>,
}

/// How the cells of measures are written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notations {
    pub(crate) dates: DateNotation,
    pub(crate) likelihoods: NpsNotation,
    pub(crate) ratings: Option<RatingNotation>,
    pub(crate) touchpoints: TouchpointNames,
}

impl Meaning {
    /// Whether it can be found without a look at the rows, because the user gave every column its
    /// role, and none that leaves a scale or the order of day and month to be found.
    pub(crate) fn is_given(chosen: &[Option<Role>]) -> bool {
        let measures = [Role::Rating, Role::Date, Role::Nps];
        chosen.iter().all(|role| role.is_some_and(|role| !measures.contains(&role)))
    }

    /// Finds it in a sample of the rows of all these files, one of which is `path`. `chosen` holds
    /// the roles that the user gave to the columns, `profile` what is known of the tool.
    ///
    /// # Errors
    /// If no column holds free text.
    pub(crate) fn find(
        path: &Path,
        names: &[String],
        sample: RowSample,
        choice: &ColumnChoice,
        (chosen, profile): (&[Option<Role>], Option<&FittedProfile>),
    ) -> Result<Self, ReadError> {
        let distinct = sample.distinct.clone();
        let mut rows = sample.into_rows();
        let left_out =
            profile.map_or_else(Vec::new, |own| own.leave_out(&mut rows, choice.all_rows));
        if let Some(profile) = profile {
            profile.clear(&mut rows);
        }
        let given =
            Given { date_order: choice.date_order, rating_scale: choice.rating_scale, profile };
        let measures = Measures::of_columns(names, &rows, given);
        let mut assigned = assign(names, &rows, &distinct, &measures, choice, (chosen, profile));
        if !assigned.iter().any(|assigned| assigned.role == Role::Text) {
            let reasons = assigned.into_iter().map(|assigned| assigned.reason);
            let columns = names.iter().cloned().zip(reasons).collect();
            return Err(ReadError::NoTextColumn { path: path.to_owned(), columns });
        }
        find_asks(names, choice, &mut assigned);
        let mut doubts: Vec<Doubt> =
            assigned.iter().filter_map(|assigned| assigned.doubt.clone()).collect();
        let notations = notations(&mut assigned, &measures, &mut doubts);
        let notations = Notations { touchpoints: touchpoints(&assigned, &rows), ..notations };
        doubts.extend(unread(&assigned, &measures, &rows));
        doubts.extend(strange_rows::doubts(names, &rows, &assigned));
        let recurring = recurring(&assigned, &rows, choice.keep_boilerplate);
        let told =
            |(column, own): &(usize, Recurring)| recurrence(&names[*column], *column, own, &rows);
        doubts.extend(recurring.iter().map(told));
        Ok(Self { assigned, notations, doubts, left_out, recurring })
    }
}

/// What the columns of text were asked for, as the user says or else their names; adds that to their reasons.
fn find_asks(names: &[String], choice: &ColumnChoice, assigned: &mut [AssignedRole]) {
    for (at, own) in assigned.iter_mut().enumerate().filter(|(_, own)| own.role == Role::Text) {
        let said = choice.asks.iter().rfind(|asks| find(&asks.column, names) == Some(at));
        let (asks, why) = match said {
            Some(said) => (said.asks, Some("named by you".to_owned())),
            None => {
                let (asks, word) = Asks::of_column(&names[at]);
                (asks, word.map(|word| format!("by \"{word}\"")))
            }
        };
        own.asks = asks;
        if let Some(why) = why {
            own.reason += &format!("; asks: {asks}, {why}");
        }
    }
}

/// How the columns with the roles of measures are written; adds that to their reasons, and what is
/// doubtful about it.
fn notations(
    assigned: &mut [AssignedRole],
    measures: &[Measures],
    doubts: &mut Vec<Doubt>,
) -> Notations {
    let mut notations = Notations::default();
    let has_nps = assigned.iter().any(|assigned| assigned.role == Role::Nps);
    for (assigned, own) in assigned.iter_mut().zip(measures) {
        let (reason, doubtful) = match (assigned.role, &own.ratings) {
            (Role::Date, _) => {
                notations.dates = own.dates.notation;
                (own.dates.reason.clone(), &own.dates.doubts)
            }
            (Role::Nps, _) => {
                notations.likelihoods = own.likelihoods.notation.clone();
                (own.likelihoods.reason.map(str::to_owned), &own.likelihoods.doubts)
            }
            (Role::Rating, Some(ratings)) => {
                notations.ratings = Some(ratings.notation.clone());
                doubts.extend(own.may_be_nps().filter(|_| !has_nps));
                (Some(ratings.reason.clone()), &ratings.doubts)
            }
            _ => continue,
        };
        if let Some(reason) = reason {
            assigned.reason = format!("{}; {reason}", assigned.reason);
        }
        doubts.extend(doubtful.iter().cloned());
    }
    notations
}

/// What recurs in the columns of text, where anything does.
fn recurring(
    assigned: &[AssignedRole],
    rows: &[Vec<String>],
    keeps: bool,
) -> Vec<(usize, Recurring)> {
    let texts = assigned.iter().enumerate().filter(|(_, own)| own.role == Role::Text && !keeps);
    let found = texts.map(|(column, _)| {
        let cells: Vec<Cow<'_, str>> = cells(rows, column).map(own_words).collect();
        (column, Recurring::of(&cells.iter().map(AsRef::as_ref).collect::<Vec<_>>()))
    });
    found.filter(|(_, own)| !own.is_empty()).collect()
}

/// A text without what is known not to be the customer's.
fn own_words(cell: &str) -> Cow<'_, str> {
    match boilerplate(cell) {
        parts if parts.is_empty() => Cow::Borrowed(cell),
        parts => Cow::Owned(without(cell, &parts)),
    }
}

fn cells(rows: &[Vec<String>], column: usize) -> impl Iterator<Item = &str> {
    let cells = rows.iter().filter_map(move |row| row.get(column));
    cells.map(|cell| cell.trim()).filter(|cell| !cell.is_empty())
}

/// What is to be said of what recurs.
fn recurrence(name: &str, column: usize, recurring: &Recurring, rows: &[Vec<String>]) -> Doubt {
    let mut evidence = Evidence { sampled: true, ..Evidence::default() };
    for cell in cells(rows, column) {
        let text = own_words(cell);
        let parts = recurring.parts(&text);
        let example = parts.first().map_or("", |part| &text[part.clone()]);
        evidence.look_at(example, !parts.is_empty());
    }
    Doubt::RecurringText { column: name.to_owned(), evidence }
}

/// How the cells of the column of touchpoints are divided.
fn touchpoints(assigned: &[AssignedRole], rows: &[Vec<String>]) -> TouchpointNames {
    let column = assigned.iter().position(|own| own.role == Role::Touchpoint);
    let cells = rows.iter().filter_map(|row| row.get(column?)).map(String::as_str);
    TouchpointNames::of(cells)
}

/// What is to be said of dates and ratings that are not read.
fn unread(assigned: &[AssignedRole], measures: &[Measures], rows: &[Vec<String>]) -> Vec<Doubt> {
    let has_rating = assigned.iter().any(|assigned| assigned.role == Role::Rating);
    let mut doubts = Vec::new();
    for (index, (assigned, own)) in assigned.iter().zip(measures).enumerate() {
        if assigned.role == Role::Other {
            doubts.extend(own.unread.clone());
        }
        if !has_rating && matches!(assigned.role, Role::Other | Role::Segment) {
            let cells = rows.iter().filter_map(|row| row.get(index)).map(|cell| cell.trim());
            let cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
            doubts.extend(own.no_rating(&cells));
        }
    }
    doubts
}
