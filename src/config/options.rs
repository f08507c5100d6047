//! Options as one source gives them: the command line, the environment or `painpoint.toml`.
//! What a source leaves out is `None`.

use std::num::NonZeroU64;
use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;
use jiff::civil::Date;
use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::alert::Rules;
use crate::config::codebook::Sector;
use crate::config::hooks::Hooks;
use crate::model::{EngineKind, Precision};
use crate::painpoint::Detail;
use crate::read::{DateOrder, LongFormat, NamedAsks, NamedRole, RatingScale};
use crate::report::ReportLanguage;
use crate::report::presentation::{Accent, Audience};

/// Options of a run.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Codebook to use instead of the built-in one.
    pub codebook: Option<PathBuf>,
    /// Sector whose touchpoints join those of the codebook.
    pub sector: Option<Sector>,
    /// Output folder of an earlier run to compare with.
    pub baseline: Option<PathBuf>,
    /// Corrections to apply.
    pub corrections: Option<PathBuf>,
    /// First day of the later of two periods to compare.
    pub since: Option<Day>,
    /// Model directory to use instead of the bundled model.
    pub model: Option<PathBuf>,
    /// What runs the model.
    pub engine: Option<EngineKind>,
    /// Arithmetic of the engine.
    pub precision: Option<Precision>,
    /// Worker threads.
    pub threads: Option<Threads>,
    /// How finely pain points are told apart.
    pub detail: Option<Detail>,
    /// Touchpoint whose pain points and delights alone are told.
    pub touchpoint: Option<String>,
    /// Language of the report.
    pub report_lang: Option<ReportLanguage>,
    /// CSV files for a double click in Excel.
    pub excel: Option<bool>,
    /// Texts in CSV files as they are, formulas too.
    pub raw_csv: Option<bool>,
    /// Most rejects with which a run still counts as sound.
    pub max_rejects: Option<u64>,
    /// How many seconds to wait for what another run holds.
    pub wait_lock: Option<u64>,
    /// How many dated folders of results are kept.
    pub keep: Option<NonZeroU64>,
    /// Whether a doubt about the reading is an error.
    pub strict: Option<bool>,
    /// Whether sentiment follows from the text alone.
    pub no_priors: Option<bool>,
    /// How a run speaks on standard error.
    pub log_format: Option<LogFormat>,
    /// Where scores are kept from run to run.
    pub cache: Option<CacheChoice>,
    /// How large that file may be, in megabytes.
    pub cache_size: Option<Megabytes>,
    /// Where figures are kept from run to run.
    pub history: Option<PathBuf>,
    /// Whether an alarm that is a failure fails the run.
    pub fail_on_alert: Option<bool>,
    /// What somebody wants to be told unasked.
    pub alerts: Option<Rules>,
    /// Which columns hold what.
    pub columns: Columns,
    /// What must not leave the building.
    pub privacy: Privacy,
    /// How reports present themselves.
    pub report: Report,
    /// Commands that are run beside an analysis; in the file alone.
    pub hooks: Hooks,
}

/// How reports present themselves.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct Report {
    /// Name of the company.
    pub company: Option<String>,
    /// Title in place of the usual one.
    pub title: Option<String>,
    /// A paragraph under the title.
    pub introduction: Option<String>,
    /// File of a picture.
    pub logo: Option<PathBuf>,
    /// Colour of rules and links.
    pub accent: Option<Accent>,
    /// For whom it is.
    pub audience: Option<Audience>,
}

/// What must not leave the building.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct Privacy {
    /// Whether personal data are replaced by placeholders.
    pub redact: Option<bool>,
    /// File of names, a line each, that are replaced too.
    pub names: Option<PathBuf>,
    /// Patterns of numbers that are replaced too.
    pub numbers: Option<Vec<String>>,
    /// What stays although it looks personal.
    pub keep: Option<Vec<String>>,
    /// File with the key under which ids are hashed.
    pub pseudonymise_ids: Option<PathBuf>,
    /// Whether nothing is written that a customer wrote.
    pub no_verbatims: Option<bool>,
}

/// Columns by role; those left out are found by name and content.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
#[serde(default, deny_unknown_fields)]
pub struct Columns {
    /// Columns of free text.
    pub text: Option<Vec<String>>,
    /// Column that identifies the feedback.
    pub id: Option<String>,
    /// Column of dates.
    pub date: Option<String>,
    /// Column of likelihoods to recommend, 0 to 10.
    pub nps: Option<String>,
    /// Column of ratings.
    pub rating: Option<String>,
    /// Column of channels or platforms.
    pub source: Option<String>,
    /// Column that names the touchpoint.
    pub touchpoint: Option<String>,
    /// Columns of customer groups.
    pub segments: Option<Vec<String>>,
    /// Roles of columns beside those that are found.
    pub roles: Option<Vec<NamedRole>>,
    /// What columns of text were asked for.
    pub asks: Option<Vec<NamedAsks>>,
    /// Columns that are passed over.
    pub ignore: Option<Vec<String>>,
    /// Profiles of tools.
    pub profiles: Option<Vec<PathBuf>>,
    /// Whether rows are read, too, that a profile leaves out.
    pub all_rows: Option<bool>,
    /// Columns of ids, questions and answers where a row is one answer.
    pub long: Option<LongFormat>,
    /// Field delimiter.
    pub delimiter: Option<String>,
    /// Encoding of the text.
    pub encoding: Option<String>,
    /// Whether letters are repaired that were once saved in a wrong encoding.
    pub fix_mojibake: Option<bool>,
    /// Whether what in a text is not the customer's is kept.
    pub keep_boilerplate: Option<bool>,
    /// Whether each feedback counts whose text nearly repeats another's.
    pub keep_near_duplicates: Option<bool>,
    /// Whether what is in languages that are not served is analysed all the same.
    pub all_languages: Option<bool>,
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

/// A number of worker threads.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(try_from = "i64")]
pub struct Threads(u16);

impl Threads {
    /// More would be a mistake in writing: no machine has so many cores, and each thread has its memory.
    const MOST: u16 = 1024;

    /// The number.
    pub fn count(self) -> usize {
        self.0.into()
    }
}

impl TryFrom<i64> for Threads {
    type Error = String;

    fn try_from(number: i64) -> Result<Self, String> {
        match u16::try_from(number) {
            Ok(count @ 1..=Self::MOST) => Ok(Self(count)),
            _ => Err(format!("{number} is no number of threads from 1 to {}", Self::MOST)),
        }
    }
}

impl FromStr for Threads {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let number: Option<i64> = written.parse().ok();
        let most = Self::MOST;
        number
            .ok_or_else(|| format!("{written:?} is no number of threads from 1 to {most}"))?
            .try_into()
    }
}

/// How a run speaks on standard error.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// Lines for people; with their time where it is no terminal.
    #[default]
    Text,
    /// A JSON object a line.
    Json,
}

/// Where scores are kept from run to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CacheChoice {
    /// Nowhere.
    Nowhere,
    /// In the folder that the system has for such files.
    OfUser,
    /// In this file.
    File(PathBuf),
}

impl Serialize for CacheChoice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nowhere => serializer.serialize_bool(false),
            Self::OfUser => serializer.serialize_bool(true),
            Self::File(path) => path.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for CacheChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;

        impl Visitor<'_> for Written {
            type Value = CacheChoice;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("true, false or the name of a file in quotes")
            }

            fn visit_bool<E: Error>(self, written: bool) -> Result<CacheChoice, E> {
                Ok(if written { CacheChoice::OfUser } else { CacheChoice::Nowhere })
            }

            fn visit_str<E: Error>(self, written: &str) -> Result<CacheChoice, E> {
                Ok(CacheChoice::File(written.into()))
            }
        }
        deserializer.deserialize_any(Written)
    }
}

/// A size of files.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(try_from = "i64")]
pub struct Megabytes(u32);

impl Megabytes {
    /// Less holds too little to be worth a file.
    const LEAST: u32 = 16;

    /// The size in bytes.
    pub fn bytes(self) -> u64 {
        u64::from(self.0) * 1_000_000
    }
}

/// Some 1.3 million mentions of 15 word pieces.
impl Default for Megabytes {
    fn default() -> Self {
        Self(4096)
    }
}

impl TryFrom<i64> for Megabytes {
    type Error = String;

    fn try_from(number: i64) -> Result<Self, String> {
        match u32::try_from(number) {
            Ok(size) if size >= Self::LEAST => Ok(Self(size)),
            _ => Err(format!("{number} is no number of megabytes from {} on", Self::LEAST)),
        }
    }
}

impl FromStr for Megabytes {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let number: Option<i64> = written.parse().ok();
        let wrong = || format!("{written:?} is no number of megabytes from {} on", Self::LEAST);
        number.ok_or_else(wrong)?.try_into()
    }
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Day(pub Date);

impl FromStr for Day {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        written.parse().map(Self).map_err(|_| {
            format!("{written:?} is no day; write it as year, month and day: 2026-03-01")
        })
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Written;

        impl Visitor<'_> for Written {
            type Value = Day;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("year, month and day in quotes: \"2026-03-01\"")
            }

            fn visit_str<E: Error>(self, written: &str) -> Result<Day, E> {
                written.parse().map_err(|_| E::invalid_value(Unexpected::Str(written), &self))
            }
        }
        deserializer.deserialize_str(Written)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names<T: ValueEnum + Serialize>() -> Vec<(String, String)> {
        let name = |value: &T| value.to_possible_value().unwrap().get_name().to_owned();
        let serial = |value: &T| serde_json::to_value(value).unwrap().as_str().unwrap().to_owned();
        T::value_variants().iter().map(|value| (name(value), serial(value))).collect()
    }

    #[test]
    fn a_choice_has_one_name_on_the_command_line_and_in_files() {
        let all = [
            names::<EngineKind>(),
            names::<Precision>(),
            names::<Detail>(),
            names::<ReportLanguage>(),
            names::<Sector>(),
            names::<DateOrder>(),
            names::<LogFormat>(),
        ];
        for (flag, file) in all.into_iter().flatten() {
            assert_eq!(flag, file);
        }
        for sector in Sector::value_variants() {
            assert_eq!(sector.to_possible_value().unwrap().get_name(), sector.name());
        }
        for kind in EngineKind::value_variants() {
            assert_eq!(kind.to_possible_value().unwrap().get_name(), kind.name());
        }
        for precision in Precision::value_variants() {
            assert_eq!(precision.to_possible_value().unwrap().get_name(), precision.name());
        }
    }

    #[test]
    fn threads_are_bounded() {
        for (written, is_sound) in [("1", true), ("1024", true), ("0", false), ("1025", false)] {
            assert_eq!(written.parse::<Threads>().is_ok(), is_sound, "{written}");
        }
        assert!("-1".parse::<Threads>().is_err() && "many".parse::<Threads>().is_err());
    }
}
