//! What a column may hold.

use std::str::FromStr;

use super::asks::Asks;
use crate::read::doubt::Doubt;

/// What a column holds. Found by name and content, or named on the command line.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Deserialize, serde::Serialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Free text to analyse; a file may have several.
    Text,
    /// Identifies the feedback.
    Id,
    /// The day on which the feedback was given.
    Date,
    /// A likelihood to recommend from 0 to 10.
    Nps,
    /// A satisfaction rating: stars, CSAT, school marks are not supported.
    Rating,
    /// Where the feedback came from: channel, platform, survey.
    Source,
    /// Names the touchpoint, and wins over what the text says.
    Touchpoint,
    /// A group of customers: region, product, customer type.
    Segment,
    /// Read and passed through to `feedback.csv`, and not used.
    Other,
}

impl Role {
    const ALL: [Self; 9] = [
        Self::Text,
        Self::Id,
        Self::Date,
        Self::Nps,
        Self::Rating,
        Self::Source,
        Self::Touchpoint,
        Self::Segment,
        Self::Other,
    ];

    /// The role of this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The names of all roles.
    pub(crate) fn names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }

    /// Its name, as in `run.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Id => "id",
            Self::Date => "date",
            Self::Nps => "nps",
            Self::Rating => "rating",
            Self::Source => "source",
            Self::Touchpoint => "touchpoint",
            Self::Segment => "segment",
            Self::Other => "other",
        }
    }
}

/// That a column has a role, as the user says: `NAME=ROLE`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "String")]
pub struct NamedRole {
    /// The column.
    pub column: String,
    /// What it holds.
    pub role: Role,
}

impl FromStr for NamedRole {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        // The name may hold the sign, the role does not.
        let parts = written.rsplit_once('=').and_then(|(column, wanted)| {
            let role = Role::named(wanted.trim())?;
            Some(Self { column: column.trim().to_owned(), role })
        });
        parts.filter(|own| !own.column.is_empty()).ok_or_else(|| {
            let roles = Role::names();
            format!(
                "{written:?} gives no column a role; write NAME=ROLE, with one of the roles {roles}"
            )
        })
    }
}

impl serde::Serialize for NamedRole {
    fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.collect_str(&format_args!("{}={}", self.column, self.role.name()))
    }
}

impl TryFrom<String> for NamedRole {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        written.parse()
    }
}

/// A column of an input file.
#[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
pub struct Column {
    /// Header as in the file, trimmed; `column_N` (from 1) where the header is blank. The second
    /// column called `comment` is `comment_2`: no two columns of a file have the same name.
    pub name: String,
    /// What it holds.
    pub role: Role,
    /// What its text was asked for; none for columns of anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asks: Option<Asks>,
}

/// A column's role and why it has it, in a few words.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AssignedRole {
    pub(crate) role: Role,
    pub(crate) reason: String,
    /// What is doubtful about it.
    pub(crate) doubt: Option<Doubt>,
    /// What its text was asked for.
    pub(crate) asks: Asks,
}

impl AssignedRole {
    /// A role that is not doubted.
    pub(crate) fn sure(role: Role, reason: impl Into<String>) -> Self {
        Self::doubted(role, reason, None)
    }

    /// A column of this name.
    pub(crate) fn column(&self, name: String) -> Column {
        let asks = (self.role == Role::Text).then_some(self.asks);
        Column { name, role: self.role, asks }
    }

    /// A role with what is doubtful about it.
    pub(crate) fn doubted(role: Role, reason: impl Into<String>, doubt: Option<Doubt>) -> Self {
        Self { role, reason: reason.into(), doubt, asks: Asks::default() }
    }
}
