//! What a reading rests on that may be otherwise: each guess with its evidence, and the option that
//! overrules it.
//!
//! A kind of doubt is a variant here with its facts, a sentence in English (`doubt/english.rs`), one in
//! German (`report/words/doubts.rs`) and, where there is one, an option (`doubt/option.rs`). Who guesses
//! makes the doubt: a format in [`Records::doubts`](super::format::Records::doubts), the search for
//! roles in `columns`, an [`Input`](super::Input) while it reads. `inspect` and `analyze` tell them.

mod collection;
mod dates;
mod english;
mod evidence;
mod facts;
mod option;
mod unused;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::columns::Role;
use super::value::DateOrder;
use crate::text::redact::Kind;
pub use collection::{Doubts, ToldDoubt};
pub use dates::{CoarseDates, NumberDates};
pub use evidence::Evidence;
pub(crate) use evidence::{Quoted, counted_placeholders};
pub(crate) use facts::DoubtFacts;
pub(crate) use option::toml;
pub use unused::InputKind;

/// Share of rows or cells that may be lost without a doubt about all of them.
const FEW: f64 = 0.01;

/// How much a reader should care.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grade {
    /// A guess that may be wrong, or something lost. `--strict` refuses it.
    Doubt,
    /// Certain, and told because figures depend on it.
    Note,
}

/// Why rows are none of a customer's feedback.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NotFeedback {
    /// The company, or an agent for it, wrote them.
    Company,
    /// They pass on what somebody else wrote.
    Retweet,
    /// Their text was deleted or removed.
    Deleted,
    /// Whoever made the survey tried it out.
    Preview,
    /// The survey was not completed.
    Unfinished,
}

/// What two columns of text have in common.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Sameness {
    /// The same words, but for case, signs and order.
    Words,
    /// The same in another language, as its name says.
    Translation,
    /// A shorter or tokenised form, as its name says.
    Processed,
}

/// Something that was guessed, or that figures depend on. Columns are named as in the file.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Doubt {
    // How a file is written.
    /// Folders were named, and not all in them is read.
    PassedOver {
        /// Files of other kinds, and folders.
        evidence: Evidence,
    },
    /// An option says something about another kind of input.
    UnusedOption {
        /// It, as `--sheet`.
        option: String,
        /// Of which kind the input is.
        input: InputKind,
    },
    /// No byte order mark names the encoding, and it is not UTF-8.
    Encoding {
        /// The one taken.
        encoding: String,
        /// Signs beyond ASCII, in their words.
        evidence: Evidence,
    },
    /// Bytes that are no text in the encoding.
    InvalidText {
        /// The encoding.
        encoding: String,
        /// Cells with them.
        evidence: Evidence,
    },
    /// Text that was read in a wrong encoding and saved again: "stÃ¼rzt".
    DoubleEncoded {
        /// Whether it is repaired.
        mended: bool,
        /// Cells with it.
        evidence: Evidence,
    },
    /// Parts of texts are not the customer's words, and are passed over.
    Boilerplate {
        /// Texts with them.
        evidence: Evidence,
    },
    /// Texts that nearly repeat others, which count once.
    NearDuplicates {
        /// They, of all texts.
        evidence: Evidence,
    },
    /// Personal data were replaced by placeholders.
    Redacted {
        /// How many of each kind.
        data: BTreeMap<Kind, u64>,
        /// Columns all of whose cells were replaced.
        columns: Vec<String>,
    },
    /// The same sentences stand at the beginning or end of many texts, and are passed over.
    RecurringText {
        /// The column.
        column: String,
        /// Texts with them.
        evidence: Evidence,
    },
    /// People speak in turn, as in chats, and nothing tells which of them is the customer: all of it is read.
    UnclearDialogue {
        /// Texts in which they do.
        evidence: Evidence,
    },
    /// Sentences in languages that are not served are passed over.
    OtherLanguage {
        /// Texts that are in them, in part or as a whole, of all texts.
        evidence: Evidence,
    },
    /// Quotes within quoted cells that are not doubled.
    UnescapedQuotes {
        /// Rows with them.
        evidence: Evidence,
    },
    /// A file of one column whose rows look like several that blanks part.
    PartedByBlanks {
        /// The first row, word by word.
        names: Vec<String>,
    },
    /// Rows above the header that are none.
    TitleRows {
        /// They.
        evidence: Evidence,
    },
    /// Names that stand in more rows than one.
    HeaderRows {
        /// How many.
        rows: u64,
    },
    /// No row names the columns.
    NoHeader {
        /// The first row, which is read as feedback.
        first: Vec<String>,
    },
    /// Rows at the end that sum up the others.
    TotalRows {
        /// They.
        evidence: Evidence,
    },
    /// One of several sheets is read.
    Sheet {
        /// The one taken.
        sheet: String,
        /// The others.
        others: Vec<String>,
    },

    // What columns hold.
    /// No column is clearly text; this one is the likest.
    UnclearText {
        /// The column.
        column: String,
        /// Its cells.
        evidence: Evidence,
    },
    /// A column of sentences that is read as no feedback, because of its name alone.
    NotText {
        /// The column.
        column: String,
        /// The word of its name that decides.
        word: String,
        /// Its cells.
        evidence: Evidence,
    },
    /// What the company or its agents wrote.
    Reply {
        /// The column.
        column: String,
        /// Its cells.
        evidence: Evidence,
    },
    /// The same text in another column, which counts.
    SameText {
        /// The column that is left out.
        column: String,
        /// The column that counts.
        other: String,
        /// How it is known.
        sameness: Sameness,
    },
    /// Answers ticked in a list.
    TickList {
        /// The column.
        column: String,
        /// Its cells.
        evidence: Evidence,
    },
    /// What people wrote beside "other" in a closed question.
    OtherAnswer {
        /// The column.
        column: String,
        /// Its cells.
        evidence: Evidence,
    },
    /// Answers out of a short list of words, in a column that is called like a text.
    ClosedAnswers {
        /// The column.
        column: String,
        /// How many different ones.
        different: u64,
        /// Whether it is read all the same, for want of another text.
        read: bool,
        /// Its cells.
        evidence: Evidence,
    },

    // Dates and scores.
    /// Dates fit both orders of day and month.
    DateOrder {
        /// The column.
        column: String,
        /// The order taken.
        order: DateOrder,
        /// Dates that fit both.
        evidence: Evidence,
    },
    /// Some dates fit only one order of day and month, and some only the other.
    MixedDateOrders {
        /// The column.
        column: String,
        /// The order taken.
        order: DateOrder,
        /// Dates that do not fit it.
        evidence: Evidence,
    },
    /// Numbers that are read as dates.
    NumberDates {
        /// The column.
        column: String,
        /// What they are read as.
        numbers: NumberDates,
        /// They.
        evidence: Evidence,
    },
    /// Months or weeks that are read as days.
    CoarseDates {
        /// The column.
        column: String,
        /// What they are.
        what: CoarseDates,
        /// They.
        evidence: Evidence,
    },
    /// Cells that are like dates, and name no day that is known.
    VagueDates {
        /// The column.
        column: String,
        /// They.
        evidence: Evidence,
    },
    /// One and the same day in all rows, which is read.
    OneDay {
        /// The column.
        column: String,
        /// It.
        date: String,
        /// Its cells.
        evidence: Evidence,
    },
    /// Dates that say how long ago, and of no known day.
    RelativeDates {
        /// The column.
        column: String,
        /// Its cells.
        evidence: Evidence,
    },
    /// One and the same date everywhere, which is none.
    SameDate {
        /// The column.
        column: String,
        /// It.
        date: String,
        /// Its cells.
        evidence: Evidence,
    },
    /// The scale of ratings, where another fits as well.
    RatingScale {
        /// The column.
        column: String,
        /// The one taken.
        scale: (f64, f64),
        /// The other.
        other: (f64, f64),
    },
    /// Ratings of which the lowest is best; they are turned round.
    ReversedScale {
        /// The column.
        column: String,
        /// The scale.
        scale: (f64, f64),
        /// Whether that is certain.
        certain: bool,
    },
    /// The highest is taken for the best, and may be the worst.
    MaybeReversed {
        /// The column.
        column: String,
        /// The scale.
        scale: (f64, f64),
    },
    /// Numbers that may be school marks, which are best in one country where they are worst in another;
    /// they are not read.
    MaybeSchoolMarks {
        /// The column.
        column: String,
        /// The scale.
        scale: (f64, f64),
        /// They.
        evidence: Evidence,
    },
    /// The rating of a thing by all its customers, which is not read as that of each.
    SharedRating {
        /// The column.
        column: String,
        /// Its cells.
        evidence: Evidence,
    },
    /// Words that are read as ratings.
    WordRatings {
        /// The column.
        column: String,
        /// The scale.
        scale: (f64, f64),
        /// They.
        evidence: Evidence,
    },
    /// Numbers beyond the scale that are read as codes for no answer.
    MissingCodes {
        /// The column.
        column: String,
        /// The scale.
        scale: (f64, f64),
        /// They.
        evidence: Evidence,
    },
    /// Zeros below the scale, which are read as "not rated".
    ZeroRatings {
        /// The column.
        column: String,
        /// The scale.
        scale: (f64, f64),
        /// They.
        evidence: Evidence,
    },
    /// Scores from 0 to 10 that may be a likelihood to recommend.
    MaybeNps {
        /// The column.
        column: String,
        /// The lowest and highest.
        range: (f64, f64),
    },

    /// Likelihoods to recommend from 1 to 11, which are read one lower.
    NpsOneHigher {
        /// The column.
        column: String,
        /// Those that are 11.
        evidence: Evidence,
    },
    /// Promoters, passives and detractors in words.
    NpsGroups {
        /// The column.
        column: String,
        /// They.
        evidence: Evidence,
    },

    // What a row is.
    /// A row is an answer, and a person has several.
    LongFormat {
        /// Column of persons.
        id: String,
        /// Column of questions.
        question: String,
        /// Column of answers.
        answer: String,
        /// Rows of persons.
        evidence: Evidence,
    },
    /// Rows that are no feedback of a customer, and left out.
    LeftOut {
        /// The column that says so.
        column: String,
        /// What they are.
        what: NotFeedback,
        /// They, with what the column says.
        evidence: Evidence,
    },
    /// Rows that may be no feedback of a customer, and are read.
    MaybeNotFeedback {
        /// The column that says so.
        column: String,
        /// What they may be.
        what: NotFeedback,
        /// They, with what the column says.
        evidence: Evidence,
    },
    /// Texts that stand for none, as is documented for the tool.
    NoText {
        /// The column.
        column: String,
        /// They, of all filled ones.
        evidence: Evidence,
    },
    /// Ids of which several rows have one.
    RepeatedIds {
        /// The column.
        column: String,
        /// Whether the newest row alone counts.
        replaced: bool,
        /// Whether most of them have the same text.
        agreeing: bool,
        /// Rows with other content than the newest.
        evidence: Evidence,
    },

    // What was lost.
    /// Filled cells that are not what their column holds.
    UnreadValues {
        /// The column.
        column: String,
        /// What it holds.
        role: Role,
        /// They, of all filled ones.
        evidence: Evidence,
    },
    /// Rows that could not be used.
    Rejects {
        /// They, of all rows.
        evidence: Evidence,
        /// How many `rejects.csv` does not list, because there are too many.
        #[serde(default, skip_serializing_if = "is_none")]
        unlisted: u64,
    },
}

impl Doubt {
    /// How much a reader should care.
    pub fn grade(&self) -> Grade {
        let certain = match self {
            Self::TitleRows { .. }
            | Self::Boilerplate { .. }
            | Self::NearDuplicates { .. }
            | Self::Redacted { .. }
            | Self::HeaderRows { .. }
            | Self::TotalRows { .. }
            | Self::SameText { .. }
            | Self::TickList { .. }
            | Self::Reply { .. }
            | Self::OtherAnswer { .. }
            | Self::NoText { .. }
            | Self::LeftOut { .. }
            | Self::UnusedOption { .. }
            | Self::PassedOver { .. } => true,
            Self::CoarseDates { .. }
            | Self::OneDay { .. }
            | Self::WordRatings { .. }
            | Self::NpsGroups { .. } => true,
            // No rating is beyond the scale, but a scale may be wider than it seems.
            Self::MissingCodes { scale: (_, high), evidence, .. } => {
                *high >= 10.0 || evidence.share() <= FEW
            }
            Self::NumberDates { numbers, .. } => !matches!(numbers, NumberDates::Digits(_)),
            Self::DoubleEncoded { mended, .. } => *mended,
            Self::ReversedScale { certain, .. } => *certain,
            Self::RepeatedIds { replaced, agreeing, .. } => *replaced && *agreeing,
            Self::UnreadValues { evidence, .. }
            | Self::OtherLanguage { evidence }
            | Self::Rejects { evidence, .. } => evidence.share() <= FEW,
            _ => false,
        };
        if certain { Grade::Note } else { Grade::Doubt }
    }

    /// Whether there is nothing to tell: it is counted in every input, for the share of all.
    pub(super) fn is_void(&self) -> bool {
        matches!(self, Self::OtherLanguage { evidence } if evidence.count == 0)
    }

    /// The columns that it is about.
    pub fn columns(&self) -> Vec<&str> {
        match self {
            Self::SameText { column, other, .. } => vec![column, other],
            Self::LongFormat { id, question, answer, .. } => vec![id, question, answer],
            Self::UnclearText { column, .. }
            | Self::NotText { column, .. }
            | Self::RecurringText { column, .. }
            | Self::Reply { column, .. }
            | Self::TickList { column, .. }
            | Self::OtherAnswer { column, .. }
            | Self::ClosedAnswers { column, .. }
            | Self::DateOrder { column, .. }
            | Self::MixedDateOrders { column, .. }
            | Self::NumberDates { column, .. }
            | Self::CoarseDates { column, .. }
            | Self::VagueDates { column, .. }
            | Self::OneDay { column, .. }
            | Self::MaybeReversed { column, .. }
            | Self::MaybeSchoolMarks { column, .. }
            | Self::SharedRating { column, .. }
            | Self::WordRatings { column, .. }
            | Self::MissingCodes { column, .. }
            | Self::NpsOneHigher { column, .. }
            | Self::NpsGroups { column, .. }
            | Self::RelativeDates { column, .. }
            | Self::SameDate { column, .. }
            | Self::RatingScale { column, .. }
            | Self::ReversedScale { column, .. }
            | Self::ZeroRatings { column, .. }
            | Self::MaybeNps { column, .. }
            | Self::NoText { column, .. }
            | Self::LeftOut { column, .. }
            | Self::MaybeNotFeedback { column, .. }
            | Self::RepeatedIds { column, .. }
            | Self::UnreadValues { column, .. } => vec![column],
            Self::UnusedOption { .. }
            | Self::PassedOver { .. }
            | Self::Encoding { .. }
            | Self::InvalidText { .. }
            | Self::Boilerplate { .. }
            | Self::NearDuplicates { .. }
            | Self::Redacted { .. }
            | Self::UnclearDialogue { .. }
            | Self::OtherLanguage { .. }
            | Self::DoubleEncoded { .. }
            | Self::UnescapedQuotes { .. }
            | Self::PartedByBlanks { .. }
            | Self::TitleRows { .. }
            | Self::HeaderRows { .. }
            | Self::NoHeader { .. }
            | Self::TotalRows { .. }
            | Self::Sheet { .. }
            | Self::Rejects { .. } => Vec::new(),
        }
    }

    /// What it rests on, where that can be counted.
    fn evidence_mut(&mut self) -> Option<&mut Evidence> {
        match self {
            Self::PassedOver { evidence }
            | Self::Encoding { evidence, .. }
            | Self::InvalidText { evidence, .. }
            | Self::Boilerplate { evidence }
            | Self::NearDuplicates { evidence }
            | Self::UnclearDialogue { evidence }
            | Self::OtherLanguage { evidence }
            | Self::DoubleEncoded { evidence, .. }
            | Self::UnescapedQuotes { evidence }
            | Self::TitleRows { evidence }
            | Self::TotalRows { evidence }
            | Self::UnclearText { evidence, .. }
            | Self::NotText { evidence, .. }
            | Self::RecurringText { evidence, .. }
            | Self::Reply { evidence, .. }
            | Self::TickList { evidence, .. }
            | Self::OtherAnswer { evidence, .. }
            | Self::ClosedAnswers { evidence, .. }
            | Self::DateOrder { evidence, .. }
            | Self::MixedDateOrders { evidence, .. }
            | Self::NumberDates { evidence, .. }
            | Self::CoarseDates { evidence, .. }
            | Self::VagueDates { evidence, .. }
            | Self::OneDay { evidence, .. }
            | Self::MaybeSchoolMarks { evidence, .. }
            | Self::SharedRating { evidence, .. }
            | Self::WordRatings { evidence, .. }
            | Self::MissingCodes { evidence, .. }
            | Self::NpsOneHigher { evidence, .. }
            | Self::NpsGroups { evidence, .. }
            | Self::RelativeDates { evidence, .. }
            | Self::SameDate { evidence, .. }
            | Self::ZeroRatings { evidence, .. }
            | Self::LongFormat { evidence, .. }
            | Self::NoText { evidence, .. }
            | Self::LeftOut { evidence, .. }
            | Self::MaybeNotFeedback { evidence, .. }
            | Self::RepeatedIds { evidence, .. }
            | Self::UnreadValues { evidence, .. }
            | Self::Rejects { evidence, .. } => Some(evidence),
            _ => None,
        }
    }
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_none(count: &u64) -> bool {
    *count == 0
}
