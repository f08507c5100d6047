//! What a doubt says, in English.

mod words;

use std::fmt;

use super::evidence::{Quoted, counted_placeholders};
use super::{Doubt, InputKind, NotFeedback, Sameness};
use crate::visible::visible;
use words::{cells, counted, named, of, percent, rows, such_as};

/// What was guessed, on what evidence, and what overrules it.
impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())?;
        match self.option() {
            Some(option) => write!(f, "; {}: {}", self.otherwise(), visible(&option)),
            None => Ok(()),
        }
    }
}

impl Doubt {
    /// What is doubtful, without the option that overrules it.
    pub fn sentence(&self) -> String {
        match self {
            Self::PassedOver { evidence } => format!(
                "in folders, {} of another kind or in folders of their own were passed over; name them \
                 to read them{}",
                counted(evidence.count, "file"),
                such_as(evidence)
            ),
            Self::UnusedOption { option, input } => {
                let input = match input {
                    InputKind::Delimited => "text with delimiters",
                    InputKind::Workbook => "a workbook",
                    InputKind::Json => "JSON",
                    InputKind::Typed => "Parquet or SPSS",
                    InputKind::OtherColumns => "without that column",
                };
                format!("{option} changes nothing: the input is {input}")
            }
            Self::Encoding { encoding, evidence } => format!(
                "the file does not say how it is encoded, and was read as {encoding}{}",
                such_as(evidence)
            ),
            Self::InvalidText { encoding, evidence } => format!(
                "bytes that are no text in {encoding} stand in {}, read as \u{fffd}{}",
                of(evidence, "place"),
                such_as(evidence)
            ),
            Self::CutText { encoding } => format!(
                "the text, in {encoding}, ends within a character: the file was cut off, and rows may be missing; \
                 get it again"
            ),
            Self::Boilerplate { evidence } => format!(
                "what is not the customer's (greetings, signatures, replies, agents, leftovers of websites) was passed over \
                 in {}{}",
                of(evidence, "text"),
                such_as(evidence)
            ),
            Self::PartedByBlanks { names } => format!(
                "no delimiter parts the columns, but blanks may: {} and all below it was read as one text; export the file \
                 with commas or tabs if these are columns",
                Quoted(names)
            ),
            Self::Redacted { data, columns } => format!(
                "personal data were replaced by placeholders: {}{}",
                counted_placeholders(data),
                match &columns[..] {
                    [] => String::new(),
                    columns => format!(
                        "{}all cells of {}",
                        if data.is_empty() { "" } else { "; " },
                        Quoted(columns)
                    ),
                }
            ),
            Self::RecurringText { column, evidence } => format!(
                "in column {column:?} the same sentences stand at the beginning or end of {}, and were passed over{}",
                of(evidence, "text"),
                such_as(evidence)
            ),
            Self::UnclearDialogue { evidence } => format!(
                "both sides of a conversation stand in {}, and nothing tells which speaker is the customer: all of it is \
                 read{}",
                of(evidence, "text"),
                such_as(evidence)
            ),
            Self::NearDuplicates { evidence } => format!(
                "{} nearly repeat another and are not counted again; \"repeats\" in feedback.csv says which{}",
                of(evidence, "text"),
                such_as(evidence)
            ),
            Self::OtherLanguage { evidence } => format!(
                "{} ({}) are in part or as a whole in languages that are not served, and these sentences were passed \
                 over{}",
                of(evidence, "text"),
                percent(evidence),
                such_as(evidence)
            ),
            Self::DoubleEncoded { mended, evidence } => format!(
                "{} were once saved in a wrong encoding (garbled letters){}{}",
                cells(evidence),
                if *mended { ", and are repaired" } else { "" },
                such_as(evidence)
            ),
            Self::UnescapedQuotes { evidence } => format!(
                "{} have quotes within quoted cells that are not doubled; they were read as signs of the \
                 text{}",
                rows(evidence),
                such_as(evidence)
            ),
            Self::TitleRows { evidence } => format!(
                "{} above the header are a title and were passed over{}",
                counted(evidence.count, "row"),
                such_as(evidence)
            ),
            Self::HeaderRows { rows } => format!("the first {rows} rows name the columns"),
            Self::NoHeader { first } => format!(
                "no row names the columns; they are numbered, and the first row is feedback: {}",
                Quoted(first)
            ),
            Self::TotalRows { evidence } => format!(
                "{} at the end sum up the others and were passed over{}",
                counted(evidence.count, "row"),
                such_as(evidence)
            ),
            Self::Sheet { sheet, others } => format!(
                "the sheet {sheet:?} was read; the workbook has {} more: {}",
                others.len(),
                Quoted(others)
            ),
            Self::UnclearText { column, evidence } => format!(
                "no column is clearly free text; {} was taken, as the likest one{}",
                named(column),
                such_as(evidence)
            ),
            Self::NotText { column, word, evidence } => format!(
                "{} was not read as feedback because its name says {word:?}{}",
                named(column),
                such_as(evidence)
            ),
            Self::Reply { column, evidence } => format!(
                "{} holds what the company or its agents wrote, and was not read as feedback{}",
                named(column),
                such_as(evidence)
            ),
            Self::SameText { column, other, sameness } => format!(
                "{} holds the text of {} again ({}), and was not read",
                named(column),
                named(other),
                match sameness {
                    Sameness::Words => "the same words",
                    Sameness::Translation => "translated",
                    Sameness::Processed => "cleaned or shortened",
                }
            ),
            Self::TickList { column, evidence } => format!(
                "{} holds answers ticked in a list, and was not read as text{}",
                named(column),
                such_as(evidence)
            ),
            Self::OtherAnswer { column, evidence } => format!(
                "{} holds what was written beside \"other\" in a closed question, and was not read as \
                 feedback{}",
                named(column),
                such_as(evidence)
            ),
            Self::ClosedAnswers { column, different, read, evidence } => format!(
                "{} is called like a text, and holds {different} different answers in {} rows, as closed \
                 questions do: it was {}{}",
                named(column),
                evidence.of,
                if *read {
                    "read all the same, for want of another text"
                } else {
                    "not read as text"
                },
                such_as(evidence)
            ),
            Self::DateOrder { column, order, evidence } => format!(
                "{} of {} fit both orders, day before month and month before day; read as {}{}",
                cells(evidence),
                named(column),
                order.words(),
                such_as(evidence)
            ),
            Self::MixedDateOrders { column, order, evidence } => format!(
                "the dates of {} are in more than one order of day and month; read as {}, which does \
                 not suit {}{}",
                named(column),
                order.words(),
                cells(evidence),
                such_as(evidence)
            ),
            Self::NumberDates { column, numbers, evidence } => format!(
                "the numbers of {} were read as dates: {}{}",
                named(column),
                numbers.words(),
                such_as(evidence)
            ),
            Self::CoarseDates { column, what, evidence } => format!(
                "{} of {} name {}{}",
                cells(evidence),
                named(column),
                what.words(),
                such_as(evidence)
            ),
            Self::VagueDates { column, evidence } => format!(
                "{} is like dates, but names no day that could be read as one{}",
                named(column),
                such_as(evidence)
            ),
            Self::OneDay { column, date, .. } => format!(
                "{} has one and the same day in all rows, {date}; is it the day of the export?",
                named(column)
            ),
            Self::RelativeDates { column, evidence } => format!(
                "{} says how long ago, which gives no day: the feedback has no dates{}",
                named(column),
                such_as(evidence)
            ),
            Self::SameDate { column, date, .. } => format!(
                "{} says {date} in all rows or most, which stands for no date: not read",
                named(column)
            ),
            Self::RatingScale { column, scale, other } => format!(
                "the rating scale of {} was taken for {} to {}; {} to {} fits as well",
                named(column),
                scale.0,
                scale.1,
                other.0,
                other.1
            ),
            Self::ReversedScale { column, scale: (low, high), .. } => {
                format!(
                    "in {} {low} is best and {high} worst: ratings are turned round",
                    named(column)
                )
            }
            Self::MaybeReversed { column, scale: (low, high) } => format!(
                "in {} {high} was taken for the best and {low} for the worst, and nothing says so",
                named(column)
            ),
            Self::MaybeSchoolMarks { column, scale: (low, high), evidence } => format!(
                "{} may be school marks, of which {low} is best in some countries and {high} in others: it was \
                 not read as a rating{}",
                named(column),
                such_as(evidence)
            ),
            Self::SharedRating { column, evidence } => format!(
                "{} seems to be the mean rating of a thing by all its customers, and was not read as that of \
                 each{}",
                named(column),
                such_as(evidence)
            ),
            Self::WordRatings { column, scale: (low, high), evidence } => format!(
                "the words of {} were read as ratings from {low} to {high}{}",
                named(column),
                such_as(evidence)
            ),
            Self::MissingCodes { column, scale: (low, high), evidence } => format!(
                "{} of {} are beyond the scale of {low} to {high}, and were read as no answer{}",
                cells(evidence),
                named(column),
                such_as(evidence)
            ),
            Self::NpsOneHigher { column, evidence } => format!(
                "{} runs from 1 to 11 ({} are 11), as likelihoods to recommend do that were recoded: read one \
                 lower, as 0 to 10",
                named(column),
                cells(evidence)
            ),
            Self::NpsGroups { column, evidence } => format!(
                "{} names promoters, passives and detractors, which are enough for the NPS and for no mean{}",
                named(column),
                such_as(evidence)
            ),
            Self::ZeroRatings { column, evidence, .. } => format!(
                "{} of {} are 0, below the scale: they were read as not rated",
                cells(evidence),
                named(column)
            ),
            Self::MaybeNps { column, range: (low, high) } => format!(
                "{} holds scores from {low} to {high} and may be the likelihood to recommend (NPS); it was \
                 not read so",
                named(column)
            ),
            Self::LongFormat { id, question, answer, evidence } => format!(
                "a row seems to be one answer to one question (long format): {} repeat a person of {}, with \
                 questions in {} and answers in {}; each row counts as feedback",
                rows(evidence),
                named(id),
                named(question),
                named(answer)
            ),
            Self::LeftOut { column, what, evidence } => format!(
                "{} {} and were left out, says {}{}",
                rows(evidence),
                are(*what),
                named(column),
                such_as(evidence)
            ),
            Self::NoText { column, evidence } => format!(
                "{} of {} stand for no text, and were read as empty{}",
                cells(evidence),
                named(column),
                such_as(evidence)
            ),
            Self::MaybeNotFeedback { column, what, evidence } => format!(
                "{} {}, says {}, and were read all the same{}; take them out of the file first",
                rows(evidence),
                are(*what),
                named(column),
                such_as(evidence)
            ),
            Self::RepeatedIds { column, replaced: true, evidence, .. } => format!(
                "{} have an id in {} that a newer row of another input has; the newest counts alone{}",
                rows(evidence),
                named(column),
                such_as(evidence)
            ),
            Self::RepeatedIds { column, evidence, .. } => format!(
                "{} have an id in {} that rows of another input have with other content; these seem \
                 to be other feedback, and each counts{}",
                rows(evidence),
                named(column),
                such_as(evidence)
            ),
            Self::UnreadValues { column, role, evidence } => format!(
                "{} of {} could not be read as {} and were left out{}",
                cells(evidence),
                named(column),
                role.name(),
                such_as(evidence)
            ),
            Self::Rejects { evidence, unlisted: 0 } => format!(
                "{} could not be used; rejects.csv has each with its place and reason",
                rows(evidence)
            ),
            Self::Rejects { evidence, unlisted } => format!(
                "{} could not be used; rejects.csv has place and reason of all but {unlisted}, \
                 which are like others",
                rows(evidence)
            ),
        }
    }

    /// When the option is right.
    fn otherwise(&self) -> &'static str {
        match self {
            Self::NotText { .. }
            | Self::Reply { .. }
            | Self::SameText { .. }
            | Self::TickList { .. }
            | Self::OtherAnswer { .. }
            | Self::ClosedAnswers { read: false, .. } => "to read it",
            Self::RepeatedIds { .. } => "to count each",
            Self::LeftOut { .. } => "to read them",
            Self::LongFormat { .. } => "to read the answers of a person as one feedback",
            Self::Boilerplate { .. } => "to keep it",
            Self::Redacted { .. } => "to keep them",
            Self::RecurringText { .. } => "to keep them",
            Self::NearDuplicates { .. } => "to count each",
            Self::OtherLanguage { .. } => "to analyse them",
            Self::DoubleEncoded { .. } => "to repair them",
            Self::UnreadValues { .. } => "to pass over the column",
            _ => "if that is wrong",
        }
    }
}

/// What rows are that are no feedback.
fn are(what: NotFeedback) -> &'static str {
    match what {
        NotFeedback::Company => "are by the company or its agents",
        NotFeedback::Retweet => "pass on what others wrote (retweets)",
        NotFeedback::Deleted => "have a deleted text",
        NotFeedback::Preview => "are previews or tests of the survey",
        NotFeedback::Unfinished => "are unfinished answers",
    }
}
