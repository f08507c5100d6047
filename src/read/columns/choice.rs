//! Columns that the user names, and finding them in a header.

use std::path::{Path, PathBuf};

use super::asks::NamedAsks;
use super::rating_scale::RatingScale;
use super::role::{NamedRole, Role};
use crate::read::error::ReadError;
use crate::read::long::LongFormat;
use crate::read::value::DateOrder;

/// What the user says about the columns. What is left empty is found by name and content; a role
/// that is named is not searched for.
///
/// Names are compared exactly, then without regard to case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ColumnChoice {
    /// Columns of free text.
    pub text_columns: Vec<String>,
    /// Column that identifies the feedback.
    pub id_column: Option<String>,
    /// Column of dates.
    pub date_column: Option<String>,
    /// Column of likelihoods to recommend, 0 to 10.
    pub nps_column: Option<String>,
    /// Column of ratings.
    pub rating_column: Option<String>,
    /// Column of channels or platforms.
    pub source_column: Option<String>,
    /// Column that names the touchpoint.
    pub touchpoint_column: Option<String>,
    /// Columns of customer groups.
    pub segment_columns: Vec<String>,
    /// Roles of columns beside those that are found: a column more of text, one less.
    pub roles: Vec<NamedRole>,
    /// What columns of text were asked for, beside what is found.
    pub asks: Vec<NamedAsks>,
    /// Profiles of tools beside those that are built in; `none` leaves these out.
    pub profiles: Vec<PathBuf>,
    /// Whether rows are read, too, that a profile leaves out.
    pub all_rows: bool,
    /// Columns of a table in which a row is one answer of a person.
    pub long: Option<LongFormat>,
    /// Field delimiter.
    pub delimiter: Option<String>,
    /// Encoding of the text.
    pub encoding: Option<String>,
    /// Whether letters are repaired that were once saved in a wrong encoding.
    pub fix_mojibake: bool,
    /// Whether what in a text is not the customer's is kept.
    pub keep_boilerplate: bool,
    /// Whether each feedback counts whose text nearly repeats another's.
    pub keep_near_duplicates: bool,
    /// Whether what is in languages that are not served is analysed all the same.
    pub all_languages: bool,
    /// Rows above the header.
    pub skip_rows: Option<u64>,
    /// Rows that name the columns.
    pub header_rows: Option<u64>,
    /// Order of day, month and year in dates of numbers.
    pub date_order: Option<DateOrder>,
    /// Scale of the ratings.
    pub rating_scale: Option<RatingScale>,
    /// Sheet of workbooks.
    pub sheet: Option<String>,
}

impl ColumnChoice {
    /// Every name given, with its role.
    pub(crate) fn names(&self) -> impl Iterator<Item = (&str, Role)> {
        let one = [
            (&self.id_column, Role::Id),
            (&self.date_column, Role::Date),
            (&self.nps_column, Role::Nps),
            (&self.rating_column, Role::Rating),
            (&self.source_column, Role::Source),
            (&self.touchpoint_column, Role::Touchpoint),
        ];
        let text = self.text_columns.iter().map(|name| (name.as_str(), Role::Text));
        let segments = self.segment_columns.iter().map(|name| (name.as_str(), Role::Segment));
        let one = one.into_iter().filter_map(|(name, role)| Some((name.as_deref()?, role)));
        let roles = self.roles.iter().map(|own| (own.column.as_str(), own.role));
        let asks = self.asks.iter().map(|own| (own.column.as_str(), Role::Text));
        text.chain(one).chain(segments).chain(roles).chain(asks)
    }

    /// What of this is about an input with these columns, where other inputs have others; and the names
    /// that it does not have, each as the option that gives it.
    pub(crate) fn of_columns(&self, columns: &[String]) -> (Self, Vec<String>) {
        let mut own = self.clone();
        let mut missing = Vec::new();
        let mut has = |option: &str, name: &str| {
            let found = find(name, columns).is_some();
            if !found {
                missing.push(format!("{option} {name:?}"));
            }
            found
        };
        own.text_columns.retain(|name| has("--text-column", name));
        for (option, column) in [
            ("--id-column", &mut own.id_column),
            ("--date-column", &mut own.date_column),
            ("--nps-column", &mut own.nps_column),
            ("--rating-column", &mut own.rating_column),
            ("--source-column", &mut own.source_column),
            ("--touchpoint-column", &mut own.touchpoint_column),
        ] {
            *column = column.take().filter(|name| has(option, name));
        }
        own.segment_columns.retain(|name| has("--segment-column", name));
        own.roles.retain(|role| has("--role", &role.column));
        own.asks.retain(|asks| has("--asks", &asks.column));
        (own, missing)
    }

    /// The role that the user gives to each of the columns.
    ///
    /// # Errors
    /// If a name is not among the columns, or one column is named for two roles.
    pub(crate) fn roles(
        &self,
        columns: &[String],
        path: &Path,
    ) -> Result<Vec<Option<Role>>, ReadError> {
        let mut roles = vec![None; columns.len()];
        for (name, role) in self.names() {
            let index = find_column(name, columns, path)?;
            if roles[index].replace(role).is_some_and(|earlier| earlier != role) {
                return Err(ReadError::ColumnNamedTwice {
                    path: path.to_owned(),
                    name: name.to_owned(),
                });
            }
        }
        Ok(roles)
    }
}

/// Index of the column that the user calls `name`.
///
/// # Errors
/// If there is none.
pub(crate) fn find_column(name: &str, columns: &[String], path: &Path) -> Result<usize, ReadError> {
    find(name, columns).ok_or_else(|| ReadError::UnknownColumn {
        path: path.to_owned(),
        name: name.to_owned(),
        nearest: nearest(name, columns),
        columns: columns.to_vec(),
    })
}

/// Index of the column called `name`.
pub(crate) fn find(name: &str, columns: &[String]) -> Option<usize> {
    let name = name.trim();
    let lowercase = name.to_lowercase();
    let exact = columns.iter().position(|column| column == name);
    exact.or_else(|| columns.iter().position(|column| column.to_lowercase() == lowercase))
}

/// The column whose name differs least, if at most half of the letters differ.
fn nearest(name: &str, columns: &[String]) -> Option<String> {
    let lowercase = name.trim().to_lowercase();
    columns
        .iter()
        .map(|column| (edit_distance(&lowercase, &column.to_lowercase()), column))
        .min_by_key(|&(distance, _)| distance)
        .filter(|(distance, _)| distance * 2 <= lowercase.chars().count())
        .map(|(_, column)| column.clone())
}

/// Levenshtein distance in characters.
fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, &y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
