//! What a reading rests on that may be otherwise: each guess with its evidence, and the option that
//! overrules it.
//!
//! A kind of doubt is a variant here with its facts, a sentence in English (`doubt/english.rs`), one in
//! German (`report/words/doubts.rs`) and, where there is one, an option (`doubt/option.rs`). Who guesses
//! makes the doubt: a format in [`Records::doubts`](super::format::Records::doubts), the search for
//! roles in `columns`, an [`Input`](super::Input) while it reads. `inspect` and `analyze` tell them.

mod about;
mod collection;
mod dates;
mod english;
mod evidence;
mod facts;
mod grade;
mod kinds;
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
pub use grade::Grade;
pub use kinds::{NotFeedback, Sameness};
pub(crate) use option::toml;
pub use unused::InputKind;

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
    /// The text ends within a character, so that the file was cut.
    CutText {
        /// The encoding.
        encoding: String,
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

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_none(count: &u64) -> bool {
    *count == 0
}
