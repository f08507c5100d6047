//! What the columns of files with the same column names hold.

use std::path::Path;

use super::assign::assign;
use super::choice::ColumnChoice;
use super::content::ColumnContent;
use super::role::{AssignedRole, Role};
use super::sample::RowSample;
use super::scale::rating_scale;
use crate::read::doubt::Doubt;
use crate::read::error::ReadError;
use crate::read::value::DateOrder;

/// Roles, the scale of the ratings, the notation of the dates, and what is doubtful about them.
#[derive(Clone)]
pub(crate) struct Meaning {
    pub(crate) assigned: Vec<AssignedRole>,
    pub(crate) rating_scale: Option<(f64, f64)>,
    pub(crate) date_order: DateOrder,
    pub(crate) doubts: Vec<Doubt>,
}

impl Meaning {
    /// Whether it can be found without a look at the rows, because the user gave every column its
    /// role, and none that leaves a scale or the order of day and month to be found.
    pub(crate) fn is_given(chosen: &[Option<Role>]) -> bool {
        chosen
            .iter()
            .all(|role| role.is_some_and(|role| ![Role::Rating, Role::Date].contains(&role)))
    }

    /// Finds it in a sample of the rows of all these files, one of which is `path`. `chosen` holds
    /// the roles that the user gave to the columns.
    ///
    /// # Errors
    /// If no column holds free text.
    pub(crate) fn find(
        path: &Path,
        names: &[String],
        sample: RowSample,
        choice: &ColumnChoice,
        chosen: &[Option<Role>],
    ) -> Result<Self, ReadError> {
        let rows = sample.into_rows();
        let assigned = assign(names, &rows, choice, chosen);
        if !assigned.iter().any(|assigned| assigned.role == Role::Text) {
            let reasons = assigned.into_iter().map(|assigned| assigned.reason);
            let columns = names.iter().cloned().zip(reasons).collect();
            return Err(ReadError::NoTextColumn { path: path.to_owned(), columns });
        }
        let position = |role| assigned.iter().position(|assigned| assigned.role == role);
        let column = |role| position(role).map(|column| ColumnContent::new(&rows, column));
        let rating_scale = column(Role::Rating).map(|column| rating_scale(&column));
        let date_order = column(Role::Date).map_or(DateOrder::Dmy, |column| column.date_order());
        let doubts = assigned.iter().filter_map(|assigned| assigned.doubt.clone()).collect();
        Ok(Self { assigned, rating_scale, date_order, doubts })
    }
}
