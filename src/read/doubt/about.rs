//! What a doubt is about, and what it rests on, whatever its kind.

use super::{Doubt, Evidence};

impl Doubt {
    /// Whether there is nothing to tell: it is counted in every input, for the share of all.
    pub(in crate::read) fn is_void(&self) -> bool {
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
            | Self::CutText { .. }
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
    pub(super) fn evidence_mut(&mut self) -> Option<&mut Evidence> {
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
