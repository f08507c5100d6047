//! The option that overrules a guess.

use super::Doubt;
use crate::read::columns::Role;

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
            Self::DateOrder { order, .. } => {
                Some(format!("--date-order {}", if order == "dmy" { "mdy" } else { "dmy" }))
            }
            Self::SameDate { column, .. } => role(column, Role::Date),
            Self::RatingScale { other: (low, high), .. } => {
                Some(format!("--rating-scale {low}..{high}"))
            }
            Self::ReversedScale { scale: (low, high), .. } => {
                Some(format!("--rating-scale {low}..{high}"))
            }
            Self::ZeroRatings { .. } => fixed("--rating-scale 0..HIGH"),
            Self::MaybeNps { column, .. } => role(column, Role::Nps),
            Self::LongFormat { id, question, answer, .. } => {
                Some(format!("--long {}", quoted(&[&**id, question, answer].join(","))))
            }
            Self::LeftOut { column, .. } | Self::MaybeNotFeedback { column, .. } => {
                Some(format!("--ignore-column {}", quoted(column)))
            }
            Self::UnreadValues { column, .. } => {
                Some(format!("--ignore-column {}", quoted(column)))
            }
            Self::DoubleEncoded { mended: true, .. }
            | Self::UnescapedQuotes { .. }
            | Self::TotalRows { .. }
            | Self::RelativeDates { .. }
            | Self::RepeatedIds { .. }
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
