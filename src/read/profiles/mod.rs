//! What is known of the exports of tools: a file in TOML for each, some of them built in.
//!
//! A profile is known by the names of columns. It says what they hold, which rows are no customer's finished
//! answer, and what is documented of scale and dates. What it says holds where the content does not contradict it
//! and the user says nothing else.

mod fitted;
mod names;
mod parse;

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::error::ReadError;
use super::value::DateOrder;
use crate::read::columns::RatingScale;
use crate::read::doubt::NotFeedback;
pub use fitted::KnownProfile;
pub(crate) use fitted::{FittedProfile, LeavingOut, ProfileRole};
use names::{Name, Value};

/// The value that leaves out the built-in profiles.
const NONE: &str = "none";

/// The built-in profiles, by the name of their file.
macro_rules! built_in {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!($name, ".toml")))),*]
    };
}

const SOURCES: [(&str, &str); 23] = built_in![
    "amazon",
    "apple_app_store",
    "asknicely",
    "booking",
    "delighted",
    "facebook",
    "freshdesk",
    "google_business_profile",
    "google_forms",
    "google_play_console",
    "google_play_scrapers",
    "intercom",
    "limesurvey",
    "microsoft_forms",
    "netigate",
    "qualtrics",
    "reddit",
    "surveymonkey",
    "tripadvisor",
    "trustpilot",
    "typeform",
    "x",
    "zendesk",
];

static BUILT_IN: LazyLock<Vec<Profile>> = LazyLock::new(|| {
    // A test parses each of them.
    SOURCES.iter().filter_map(|(_, source)| Profile::parse(source).ok()).collect()
});

/// What is known of the exports of a tool.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Profile {
    name: String,
    /// Public pages on which it rests.
    documentation: Vec<String>,
    /// What the first column is called, by any of its names.
    first_column: Vec<Name>,
    /// Columns that must be there, each by any of its names.
    all_of: Vec<Vec<Name>>,
    /// Columns of which one must be there, if any are named.
    any_of: Vec<Name>,
    /// Rows that name the columns, at most.
    header_rows: usize,
    date_order: Option<DateOrder>,
    rating_scale: Option<RatingScale>,
    /// What texts say that stand for none.
    no_text: Vec<String>,
    roles: Vec<(ProfileRole, Vec<Name>)>,
    left_out: Vec<Rule>,
}

/// Rows that are no customer's finished answer.
#[derive(Clone, Debug, PartialEq)]
struct Rule {
    /// The column that says so, by any of its names.
    columns: Vec<Name>,
    what: NotFeedback,
    /// What it says there.
    values: Vec<Value>,
}

/// The profiles of a run, those of the user first.
#[derive(Clone, Debug)]
pub(crate) struct Profiles {
    own: Vec<Profile>,
    built_in: bool,
}

impl Profiles {
    /// Reads the profiles of the user; `none` among them leaves out the built-in ones.
    ///
    /// # Errors
    /// If a file cannot be read, or is no profile.
    pub(crate) fn load(paths: &[PathBuf]) -> Result<Self, ReadError> {
        let files = paths.iter().filter(|path| !is_none(path));
        let own = files.map(|path| Profile::load(path)).collect::<Result<_, _>>()?;
        Ok(Self { own, built_in: !paths.iter().any(|path| is_none(path)) })
    }

    /// How a table with these columns is read; each column has several names where they stand in several rows. Of
    /// several profiles, the one that knows most of them; those of the user come first.
    pub(crate) fn fit(&self, columns: &[Vec<&str>]) -> Option<FittedProfile> {
        let best = |profiles: &[Profile]| {
            profiles
                .iter()
                .filter_map(|profile| profile.fit(columns))
                .reduce(|best, next| if next.known > best.known { next } else { best })
        };
        let built_in = || self.built_in.then(|| best(&BUILT_IN)).flatten();
        best(&self.own).or_else(built_in)
    }
}

/// Whether it is no path, but the word that leaves out the built-in profiles.
pub(crate) fn is_none(path: &Path) -> bool {
    path.as_os_str() == NONE
}

#[cfg(test)]
mod tests;
