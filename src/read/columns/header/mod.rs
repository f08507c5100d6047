//! Which of the first records name the columns, and how.
//!
//! Above the header there may be a title, and below it rows that explain it: question texts,
//! identifiers, "Response". What the rows further down hold tells them from answers.

mod names;
mod rows;
mod shape;
mod title;
mod unnamed;

use crate::read::columns::{ColumnChoice, Role};
use crate::read::profiles::Profiles;
use names::{distinct, stacked};
pub(crate) use shape::Shape;

/// Rows below the first of a header that may belong to it.
const MORE_ROWS: usize = 2;

/// The columns of a file by name, and the records that name them.
#[derive(Clone, Debug)]
pub(crate) struct Header {
    /// The cells of the records above the header: a title, and what it says of the export.
    pub(crate) titles: Vec<Vec<String>>,
    /// The cells of the records that the header takes: none where the file has no header, and more
    /// than one where names stand in several records, one below the other.
    pub(crate) records: Vec<Vec<String>>,
    /// A name for each column, no two of them alike.
    pub(crate) names: Vec<String>,
    /// What the columns hold in the first rows below it.
    pub(crate) shape: Shape,
}

impl Header {
    /// Finds the header of a file that starts with `rows`, if `choice` does not say where it is. A
    /// cell that is among the chosen names is proof of one.
    pub(crate) fn find(
        rows: &[Vec<String>],
        columns: usize,
        choice: &ColumnChoice,
        profiles: &Profiles,
    ) -> Self {
        let fitted = |row: &Vec<String>| {
            profiles.fit(&row.iter().map(|cell| vec![cell.as_str()]).collect::<Vec<_>>())
        };
        let chosen: Vec<&str> = choice.names().map(|(name, _)| name).collect();
        let stated = choice.header_rows.map(|rows| usize::try_from(rows).unwrap_or(usize::MAX));
        let is_first = |from: usize| {
            rows::is_first(&rows[from..], &chosen)
                || rows.get(from).is_some_and(|row| fitted(row).is_some())
        };
        let titles = match choice.skip_rows {
            Some(_) => 0,
            None => title::rows(rows, columns, |at| stated.is_some_and(|n| n > 0) || is_first(at)),
        };
        let (titles, below) = rows.split_at(titles);
        let count = match stated {
            Some(count) => count.min(below.len()),
            None if is_first(titles.len()) => {
                let documented = below.first().and_then(&fitted).map_or(0, |profile| {
                    let (ids, dates) = (profile.keys(Role::Id), profile.keys(Role::Date));
                    rows::documented(below, profile.header_rows - 1, (&ids, &dates))
                });
                1 + rows::more(below, MORE_ROWS).max(documented)
            }
            None => 0,
        };
        let (records, data) = below.split_at(count);
        Self {
            titles: titles.to_vec(),
            names: distinct(&stacked(records, columns)),
            records: records.to_vec(),
            shape: Shape::of(data, columns),
        }
    }

    /// The header of a file whose format names the columns itself.
    pub(crate) fn of_format(given: &[Vec<String>]) -> Self {
        let (titles, records, shape) = Default::default();
        let columns = given.first().map_or(0, Vec::len);
        Self { titles, records, names: distinct(&stacked(given, columns)), shape }
    }

    /// Of each column its name, and what each of the records calls it.
    pub(crate) fn all_names(&self) -> Vec<Vec<&str>> {
        let column = |(index, name)| {
            let parts =
                self.records.iter().filter_map(move |record: &Vec<String>| record.get(index));
            std::iter::once(name).chain(parts).map(String::as_str).collect()
        };
        self.names.iter().enumerate().map(column).collect()
    }

    /// Records up to the first row below the header.
    pub(crate) fn len(&self) -> usize {
        self.titles.len() + self.records.len()
    }

    /// Whether a row repeats a record of the header, as it does where files were joined. A single
    /// cell may be a text.
    pub(crate) fn is_repeated_by<'c>(
        &self,
        cells: impl ExactSizeIterator<Item = &'c str> + Clone,
    ) -> bool {
        // Most rows differ from it in the first cell.
        let first = cells.clone().next();
        let is_same = |record: &Vec<String>| {
            record.first().map(String::as_str) == first
                && record.iter().map(String::as_str).eq(cells.clone())
        };
        cells.len() > 1 && self.records.iter().any(is_same)
    }
}

#[cfg(test)]
mod tests;
