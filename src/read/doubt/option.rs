//! The settings that overrule a guess: as options to type, and as lines of `painpoint.toml`.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::{Doubt, NumberDates};
use crate::read::columns::Role;
use crate::read::long::LongFormat;
use crate::read::value::DateOrder;
use crate::visible::visible;

/// A setting that overrules a guess.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Remedy {
    /// On the command line, without the dashes.
    flag: &'static str,
    /// In `[columns]`.
    key: &'static str,
    value: Value,
}

/// What it is set to.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Text(String),
    Number(u64),
    Yes,
    /// One of several.
    Item(String),
    Columns(LongFormat),
    /// The user has to say it.
    Open(&'static str),
}

impl Remedy {
    fn new(flag: &'static str, key: &'static str, value: Value) -> Vec<Self> {
        vec![Self { flag, key, value }]
    }

    /// As a shell takes it.
    fn typed(&self) -> String {
        let flag = self.flag;
        match &self.value {
            Value::Text(value) | Value::Item(value) => format!("--{flag} {}", quoted(value)),
            Value::Columns(value) => format!("--{flag} {}", quoted(&value.to_string())),
            Value::Number(value) => format!("--{flag} {value}"),
            Value::Open(value) => format!("--{flag} {value}"),
            Value::Yes => format!("--{flag}"),
        }
    }

    /// The value in TOML; of one of several, the item.
    fn written(&self) -> String {
        match &self.value {
            Value::Text(value) | Value::Item(value) => in_toml(value),
            Value::Columns(own) => {
                format!(
                    "[{}, {}, {}]",
                    in_toml(&own.id),
                    in_toml(&own.question),
                    in_toml(&own.answer)
                )
            }
            Value::Number(value) => value.to_string(),
            Value::Yes => "true".to_owned(),
            Value::Open(value) if self.key == "text" => format!("[{}]", in_toml(value)),
            Value::Open(value) => in_toml(value).replace("\"N\"", "N"),
        }
    }
}

/// The lines of `painpoint.toml` that overrule the guesses of `doubts`; none if there are none. Lines in which the
/// user has to fill something in are comments, as are those that contradict an earlier one.
pub(crate) fn toml<'d>(doubts: impl Iterator<Item = &'d Doubt>) -> Option<String> {
    let mut lists: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    let (mut set, mut open) = (BTreeMap::new(), Vec::new());
    for remedy in doubts.flat_map(Doubt::remedies) {
        let value = remedy.written();
        let line = format!("# {} = {value}\n", remedy.key);
        match remedy.value {
            Value::Item(_) => {
                let items = lists.entry(remedy.key).or_default();
                if !items.contains(&value) {
                    items.push(value);
                }
            }
            Value::Open(_) if open.contains(&line) => {}
            Value::Open(_) => open.push(line),
            _ => match set.entry(remedy.key).or_insert_with(|| value.clone()) {
                known if *known != value && !open.contains(&line) => open.push(line),
                _ => {}
            },
        }
    }
    let mut text = String::from("[columns]\n");
    for (key, items) in &lists {
        let lines: String = items.iter().map(|item| format!("    {item},\n")).collect();
        let _ = writeln!(text, "{key} = [\n{lines}]");
    }
    for (key, value) in &set {
        let _ = writeln!(text, "{key} = {value}");
    }
    open.iter().for_each(|line| text.push_str(line));
    (!lists.is_empty() || !set.is_empty() || !open.is_empty()).then_some(text)
}

impl Doubt {
    /// What to type if the guess is wrong, as a shell takes it; none where there is nothing to
    /// overrule.
    pub fn option(&self) -> Option<String> {
        if matches!(self, Self::Redacted { .. }) {
            // Not one of the settings of columns.
            return Some("--no-redact".to_owned());
        }
        let typed: Vec<String> = self.remedies().iter().map(Remedy::typed).collect();
        (!typed.is_empty()).then(|| typed.join(" "))
    }

    /// The settings that overrule the guess.
    pub(crate) fn remedies(&self) -> Vec<Remedy> {
        let role = |column: &str, role: Role| {
            Remedy::new("role", "roles", Value::Item(format!("{column}={}", role.name())))
        };
        let ignore =
            |column: &String| Remedy::new("ignore-column", "ignore", Value::Item(column.clone()));
        let scale = |scale: String| Remedy::new("rating-scale", "rating_scale", Value::Text(scale));
        let other_order = |order: DateOrder| {
            let other = if order == DateOrder::Dmy { DateOrder::Mdy } else { DateOrder::Dmy };
            Remedy::new("date-order", "date_order", Value::Text(other.name().to_owned()))
        };
        match self {
            Self::Encoding { .. } | Self::InvalidText { .. } => {
                Remedy::new("encoding", "encoding", Value::Open("NAME"))
            }
            Self::Boilerplate { .. } | Self::RecurringText { .. } => {
                Remedy::new("keep-boilerplate", "keep_boilerplate", Value::Yes)
            }
            Self::NearDuplicates { .. } => {
                Remedy::new("keep-near-duplicates", "keep_near_duplicates", Value::Yes)
            }
            Self::OtherLanguage { .. } => Remedy::new("all-languages", "all_languages", Value::Yes),
            Self::DoubleEncoded { mended: false, .. } => {
                Remedy::new("fix-mojibake", "fix_mojibake", Value::Yes)
            }
            Self::TitleRows { .. } => Remedy::new("skip-rows", "skip_rows", Value::Open("N")),
            Self::HeaderRows { .. } => Remedy::new("header-rows", "header_rows", Value::Open("N")),
            Self::NoHeader { .. } => Remedy::new("header-rows", "header_rows", Value::Number(1)),
            Self::Sheet { others, .. } => {
                let other = others.first().cloned().map_or(Value::Open("NAME"), Value::Text);
                Remedy::new("sheet", "sheet", other)
            }
            Self::UnclearText { .. } | Self::ClosedAnswers { read: true, .. } => {
                Remedy::new("text-column", "text", Value::Open("NAME"))
            }
            Self::NotText { column, .. }
            | Self::Reply { column, .. }
            | Self::SameText { column, .. }
            | Self::TickList { column, .. }
            | Self::OtherAnswer { column, .. }
            | Self::ClosedAnswers { column, read: false, .. } => role(column, Role::Text),
            Self::DateOrder { order, .. }
            | Self::MixedDateOrders { order, .. }
            | Self::NumberDates { numbers: NumberDates::Digits(order), .. } => other_order(*order),
            Self::NumberDates { column, .. }
            | Self::OneDay { column, .. }
            | Self::WordRatings { column, .. }
            | Self::NpsGroups { column, .. }
            | Self::UnreadValues { column, .. }
            | Self::RepeatedIds { column, replaced: true, .. } => ignore(column),
            Self::RatingScale { other: (low, high), .. }
            | Self::ReversedScale { scale: (low, high), .. } => scale(format!("{low}..{high}")),
            Self::MaybeReversed { scale: (low, high), .. } => {
                scale(format!("{low}..{high},reversed"))
            }
            Self::MaybeSchoolMarks { column, scale: (low, high), .. } => {
                let column = Value::Text(column.clone());
                let mut both = Remedy::new("rating-column", "rating", column);
                both.extend(scale(format!("{low}..{high},reversed")));
                both
            }
            Self::MissingCodes { scale: (low, high), .. } if (*low, *high) != (0.0, 10.0) => {
                Remedy::new("rating-scale", "rating_scale", Value::Open("LOW..HIGH"))
            }
            Self::ZeroRatings { scale: (_, high), .. } => scale(format!("0..{high}")),
            Self::SharedRating { column, .. } | Self::NpsOneHigher { column, .. } => {
                role(column, Role::Rating)
            }
            Self::MaybeNps { column, .. } => role(column, Role::Nps),
            Self::LeftOut { .. } => Remedy::new("all-rows", "all_rows", Value::Yes),
            Self::LongFormat { id, question, answer, .. } => {
                let (id, question, answer) = (id.clone(), question.clone(), answer.clone());
                Remedy::new("long", "long", Value::Columns(LongFormat { id, question, answer }))
            }
            Self::DoubleEncoded { mended: true, .. }
            | Self::CutText { .. }
            | Self::UnclearDialogue { .. }
            | Self::UnescapedQuotes { .. }
            | Self::TotalRows { .. }
            | Self::CoarseDates { .. }
            | Self::MissingCodes { .. }
            | Self::VagueDates { .. }
            | Self::SameDate { .. }
            | Self::RelativeDates { .. }
            | Self::NoText { .. }
            | Self::Redacted { .. }
            | Self::PartedByBlanks { .. }
            | Self::MaybeNotFeedback { .. }
            | Self::RepeatedIds { .. }
            | Self::UnusedOption { .. }
            | Self::PassedOver { .. }
            | Self::Rejects { .. } => Vec::new(),
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

/// A text in TOML, without signs that steer a terminal.
fn in_toml(text: &str) -> String {
    let json = serde_json::Value::from(text).to_string();
    let sign = |c: char| match visible(c.encode_utf8(&mut [0; 4])) {
        std::borrow::Cow::Borrowed(_) => c.to_string(),
        std::borrow::Cow::Owned(_) => format!("\\U{:08x}", u32::from(c)),
    };
    json.chars().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::doubt::Evidence;

    #[test]
    fn names_are_quoted_as_shells_need_it() {
        assert_eq!(quoted("Kommentar=text"), "Kommentar=text");
        assert_eq!(quoted("Why not?=text"), "'Why not?=text'");
        assert_eq!(quoted("what's up"), r"'what'\''s up'");
    }

    #[test]
    fn what_overrules_guesses_is_told_as_lines_of_the_configuration() {
        let column = |name: &str| name.to_owned();
        let reply =
            |name: &str| Doubt::Reply { column: column(name), evidence: Evidence::default() };
        let order = Doubt::DateOrder {
            column: column("d"),
            order: DateOrder::Dmy,
            evidence: Evidence::default(),
        };
        let scale = |other| Doubt::RatingScale { column: column("r"), scale: (1.0, 5.0), other };
        let unclear = Doubt::UnclearText { column: column("a"), evidence: Evidence::default() };
        let doubts = [
            reply("our \"answer\""),
            reply("reply"),
            order,
            scale((0.0, 5.0)),
            scale((1.0, 6.0)),
            unclear,
        ];
        let text = toml(doubts.iter()).unwrap();
        let expected = "[columns]\nroles = [\n    \"our \\\"answer\\\"=text\",\n    \"reply=text\",\n]\n\
                        date_order = \"mdy\"\nrating_scale = \"0..5\"\n# rating_scale = \"1..6\"\n# text = [\"NAME\"]\n";
        assert_eq!(text, expected);
        let read: crate::config::options::Options = ::toml::from_str(&text).unwrap();
        assert_eq!(read.columns.roles.unwrap().len(), 2);
        assert_eq!(toml(std::iter::empty()), None);
    }
}
