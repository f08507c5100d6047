//! The option that overrules a guess.

use super::{Doubt, NumberDates};
use crate::read::columns::Role;
use crate::read::value::DateOrder;

impl Doubt {
    /// What to type if the guess is wrong, as a shell takes it; none where there is nothing to
    /// overrule.
    pub fn option(&self) -> Option<String> {
        let role = |column: &str, role: Role| {
            Some(format!("--role {}", quoted(&format!("{column}={}", role.name()))))
        };
        let fixed = |option: &str| Some(option.to_owned());
        match self {
            Self::Encoding { .. } | Self::InvalidText { .. } => fixed("--encoding NAME"),
            Self::DoubleEncoded { mended: false, .. } => fixed("--fix-mojibake"),
            Self::Delimiter { other, .. } => Some(format!("--delimiter {}", quoted(other))),
            Self::TitleRows { .. } => fixed("--skip-rows N"),
            Self::HeaderRows { .. } => fixed("--header-rows N"),
            Self::NoHeader { .. } => fixed("--header-rows 1"),
            Self::Sheet { others, .. } => {
                Some(format!("--sheet {}", others.first().map_or("NAME".into(), |own| quoted(own))))
            }
            Self::UnclearText { .. } => fixed("--text-column NAME"),
            Self::NotText { column, .. }
            | Self::Reply { column, .. }
            | Self::SameText { column, .. }
            | Self::TickList { column, .. }
            | Self::ClosedAnswers { column, .. } => role(column, Role::Text),
            Self::SeveralFit { role: own, others, .. } => role(others.first()?, *own),
            Self::UnlikeItsName { column, role: own, .. } => role(column, *own),
            Self::DateOrder { order, .. } | Self::MixedDateOrders { order, .. } => {
                let other = if *order == DateOrder::Dmy { DateOrder::Mdy } else { DateOrder::Dmy };
                Some(format!("--date-order {}", other.name()))
            }
            Self::NumberDates { numbers: NumberDates::Digits(order), .. } => {
                let other = if *order == DateOrder::Dmy { DateOrder::Mdy } else { DateOrder::Dmy };
                Some(format!("--date-order {}", other.name()))
            }
            Self::NumberDates { column, .. } | Self::OneDay { column, .. } => {
                Some(format!("--ignore-column {}", quoted(column)))
            }
            Self::RatingScale { other: (low, high), .. } => {
                Some(format!("--rating-scale {low}..{high}"))
            }
            Self::ReversedScale { scale: (low, high), .. } => {
                Some(format!("--rating-scale {low}..{high}"))
            }
            Self::MaybeReversed { scale: (low, high), .. } => {
                Some(format!("--rating-scale {low}..{high},reversed"))
            }
            Self::MaybeSchoolMarks { column, scale: (low, high), .. } => Some(format!(
                "--rating-column {} --rating-scale {low}..{high},reversed",
                quoted(column)
            )),
            Self::SharedRating { column, .. } => role(column, Role::Rating),
            Self::WordRatings { column, .. } | Self::NpsGroups { column, .. } => {
                Some(format!("--ignore-column {}", quoted(column)))
            }
            Self::MissingCodes { scale: (low, high), .. } if (*low, *high) != (0.0, 10.0) => {
                fixed("--rating-scale LOW..HIGH")
            }
            Self::NpsOneHigher { column, .. } => role(column, Role::Rating),
            Self::ZeroRatings { scale: (_, high), .. } => Some(format!("--rating-scale 0..{high}")),
            Self::MaybeNps { column, .. } => role(column, Role::Nps),
            Self::UnreadValues { column, .. }
            | Self::RepeatedIds { column, replaced: true, .. } => {
                Some(format!("--ignore-column {}", quoted(column)))
            }
            Self::DoubleEncoded { mended: true, .. }
            | Self::UnescapedQuotes { .. }
            | Self::TotalRows { .. }
            | Self::CoarseDates { .. }
            | Self::MissingCodes { .. }
            | Self::VagueDates { .. }
            | Self::SameDate { .. }
            | Self::RelativeDates { .. }
            | Self::LongFormat { .. }
            | Self::LeftOut { .. }
            | Self::MaybeNotFeedback { .. }
            | Self::RepeatedIds { .. }
            | Self::UnusedOption { .. }
            | Self::PassedOver { .. }
            | Self::Rejects { .. } => None,
        }
    }
}

/// A word for a shell.
fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_-=.,/:".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_as_shells_need_it() {
        assert_eq!(quoted("Kommentar=text"), "Kommentar=text");
        assert_eq!(quoted("Why not?=text"), "'Why not?=text'");
        assert_eq!(quoted("what's up"), r"'what'\''s up'");
    }
}
