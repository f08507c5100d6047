//! A profile on the columns of a table.

use serde::{Deserialize, Serialize};

use super::names::{Name, Value};
use super::{Profile, Rule};
use crate::read::columns::{RatingScale, Role};
use crate::read::doubt::NotFeedback;
use crate::read::value::DateOrder;

/// What a profile says that a column holds.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(try_from = "String")]
pub(crate) enum ProfileRole {
    /// What any column may hold.
    Of(Role),
    /// What the company replied, which is not used.
    Reply,
}

impl TryFrom<String> for ProfileRole {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        match name.as_str() {
            "reply" => Ok(Self::Reply),
            name => Role::named(name).map(Self::Of).ok_or_else(|| {
                format!("{name:?} is no role; those of columns are {} and reply", Role::names())
            }),
        }
    }
}

/// That an input is the export of a tool, and how that is known.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct KnownProfile {
    /// The tool.
    pub name: String,
    /// The columns by which it is known.
    pub known_by: Vec<String>,
    /// Public pages on which the profile rests; empty where none was found.
    pub documentation: Vec<String>,
}

/// A profile with the columns that it speaks of, by their index.
#[derive(Clone, Debug)]
pub(crate) struct FittedProfile {
    pub(crate) told: KnownProfile,
    /// How many columns it knows.
    pub(crate) known: usize,
    /// Rows that name the columns, at most.
    pub(crate) header_rows: usize,
    pub(crate) date_order: Option<DateOrder>,
    pub(crate) rating_scale: Option<RatingScale>,
    /// What texts say that stand for none.
    pub(crate) no_text: Vec<String>,
    /// Columns with their roles, the likeliest for a role first.
    pub(crate) roles: Vec<(usize, ProfileRole)>,
    pub(crate) left_out: Vec<LeavingOut>,
}

/// Which rows are left out because of a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct LeavingOut {
    pub(crate) column: usize,
    pub(crate) what: NotFeedback,
    values: Vec<Value>,
}

impl LeavingOut {
    /// Whether a row is left out.
    pub(crate) fn holds(&self, cells: &[String]) -> bool {
        let cell = cells.get(self.column).map_or("", |cell| cell.trim());
        self.values.iter().any(|value| value.fits(cell))
    }
}

impl FittedProfile {
    /// Columns that are filled in every row, with ids or dates.
    pub(crate) fn keys(&self, wanted: Role) -> Vec<usize> {
        let own = self.roles.iter().filter(|(_, role)| *role == ProfileRole::Of(wanted));
        own.map(|(column, _)| *column).collect()
    }

    /// Takes the rows out of a sample that are left out. Gives the rules that hold: of those that would leave nothing,
    /// the columns say something else.
    pub(crate) fn leave_out(&self, rows: &mut Vec<Vec<String>>, all_rows: bool) -> Vec<LeavingOut> {
        let mut rules = if all_rows { Vec::new() } else { self.left_out.clone() };
        rules.retain(|rule| !rows.iter().all(|row| rule.holds(row)));
        let is_left_out = |row: &Vec<String>| rules.iter().any(|rule| rule.holds(row));
        if rows.iter().all(is_left_out) {
            return Vec::new();
        }
        rows.retain(|row| !is_left_out(row));
        rules
    }

    /// Clears the texts in a sample that stand for none.
    pub(crate) fn clear(&self, rows: &mut [Vec<String>]) {
        let texts = self.keys(Role::Text);
        for row in rows {
            for &column in &texts {
                if let Some(cell) = row.get_mut(column).filter(|cell| self.is_no_text(cell)) {
                    cell.clear();
                }
            }
        }
    }

    /// Whether a text stands for none.
    pub(crate) fn is_no_text(&self, cell: &str) -> bool {
        let cell = cell.trim();
        self.no_text.iter().any(|own| own.eq_ignore_ascii_case(cell))
    }
}

impl Profile {
    /// The profile on columns with these names; none if they are those of another table.
    pub(super) fn fit(&self, columns: &[Vec<&str>]) -> Option<FittedProfile> {
        let find = |pattern: &Name| {
            columns.iter().position(|names| names.iter().any(|name| pattern.fits(name)))
        };
        let is_first = |own: &Name| {
            columns.first().is_some_and(|names| names.iter().any(|name| own.fits(name)))
        };
        if !self.first_column.is_empty() && !self.first_column.iter().any(is_first) {
            return None;
        }
        let first = (!self.first_column.is_empty()).then_some(0);
        let any_name = |names: &Vec<Name>| names.iter().find_map(find);
        let all: Vec<usize> = self.all_of.iter().map(any_name).collect::<Option<_>>()?;
        let any: Vec<usize> = self.any_of.iter().filter_map(find).collect();
        if any.is_empty() && !self.any_of.is_empty() {
            return None;
        }
        let mut known: Vec<usize> = first.into_iter().chain(all).chain(any).collect();
        let mut seen = Vec::new();
        known.retain(|own| {
            !seen.contains(own) && {
                seen.push(*own);
                true
            }
        });
        let known_by = known.iter().filter_map(|&own| columns[own].first());
        let known_by = known_by.map(|name| (*name).to_owned()).collect();
        let roles = self.roles(columns);
        let of_roles = roles.iter().filter(|(own, _)| !known.contains(own)).count();
        let rule = |Rule { columns: names, what, values }: &Rule| {
            let column = names.iter().find_map(find)?;
            Some(LeavingOut { column, what: *what, values: values.clone() })
        };
        Some(FittedProfile {
            told: KnownProfile {
                name: self.name.clone(),
                known_by,
                documentation: self.documentation.clone(),
            },
            known: known.len() + of_roles,
            header_rows: self.header_rows,
            date_order: self.date_order,
            rating_scale: self.rating_scale,
            no_text: self.no_text.clone(),
            roles,
            left_out: self.left_out.iter().filter_map(rule).collect(),
        })
    }

    /// The columns of each role, in the order of the names in the profile; a column has the first that it is named
    /// for.
    fn roles(&self, columns: &[Vec<&str>]) -> Vec<(usize, ProfileRole)> {
        let mut roles: Vec<(usize, ProfileRole)> = Vec::new();
        for (role, patterns) in &self.roles {
            for pattern in patterns {
                for (index, names) in columns.iter().enumerate() {
                    let is_new = roles.iter().all(|(known, _)| *known != index);
                    if is_new && names.iter().any(|name| pattern.fits(name)) {
                        roles.push((index, *role));
                    }
                }
            }
        }
        roles
    }
}
