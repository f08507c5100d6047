//! Columns → roles, by what they are called and by what they hold.

use super::choice::ColumnChoice;
use super::content::ColumnContent;
use super::documented;
use super::likelihood::are_groups;
use super::measures::Measures;
use super::name::{mention, says, words};
use super::role::{AssignedRole, Role};
use super::strangers::{self, Answers};
use super::vocabulary::{self as names, Words};
use crate::read::doubt::{Doubt, Evidence};
use crate::read::profiles::FittedProfile;
use crate::read::prose::is_sentence;
use crate::read::value;
use crate::text::redact::kind_of_column;

/// Share of cells that must fit where the name of the column already says what they are.
const MOST: f64 = 0.5;

/// Roles of one column at most, the surest first.
const SINGLE: [Role; 6] =
    [Role::Date, Role::Nps, Role::Rating, Role::Id, Role::Touchpoint, Role::Source];

/// A column under consideration.
pub(super) struct Contender<'a> {
    pub(super) index: usize,
    pub(super) name: &'a str,
    words: Vec<String>,
    pub(super) sample: ColumnContent<'a>,
    /// Share of distinct among the filled cells of each input, the least of them.
    distinct: f64,
    pub(super) measures: &'a Measures,
}

/// How well a column fits a role, and why.
type Fit = Option<(f64, String)>;

/// Finds the role of each column in the sampled rows. `chosen` holds the roles that the user gave, `profile` those
/// that are documented.
pub(crate) fn assign(
    columns: &[String],
    rows: &[Vec<String>],
    distinct: &[f64],
    measures: &[Measures],
    choice: &ColumnChoice,
    (chosen, profile): (&[Option<Role>], Option<&FittedProfile>),
) -> Vec<AssignedRole> {
    let contenders: Vec<Contender> = columns
        .iter()
        .enumerate()
        .map(|(index, name)| Contender {
            index,
            name,
            words: words(name),
            sample: ColumnContent::new(rows, index),
            distinct: distinct.get(index).copied().unwrap_or(0.0),
            measures: &measures[index],
        })
        .collect();
    let mut assigned: Vec<Option<AssignedRole>> = chosen
        .iter()
        .map(|role| role.map(|role| AssignedRole::sure(role, "named by you")))
        .collect();
    if let Some(profile) = profile {
        documented::assign(&contenders, profile, choice, &mut assigned);
    }
    let documented: Vec<bool> = assigned.iter().map(Option::is_some).collect();
    let has = |assigned: &[Option<AssignedRole>], role| {
        assigned.iter().flatten().any(|own| own.role == role)
    };

    for role in SINGLE {
        if has(&assigned, role) {
            continue;
        }
        let free = contenders.iter().filter(|contender| assigned[contender.index].is_none());
        let best = free
            .filter_map(|contender| {
                contender.fit(role).map(|(fit, why)| (contender.index, fit, why))
            })
            .reduce(|best, next| if next.1 > best.1 { next } else { best });
        if let Some((index, _, reason)) = best {
            assigned[index] = Some(AssignedRole::sure(role, reason));
        }
    }
    if choice.text_columns.is_empty() {
        assign_texts(&contenders, &mut assigned);
        let columns: Vec<Answers> = contenders.iter().map(Contender::answers).collect();
        strangers::pass_over(&columns, rows, (chosen, &documented), &mut assigned);
        assign_likest(&contenders, &mut assigned);
    }
    let find_segments = choice.segment_columns.is_empty();
    let rest = contenders.iter().zip(assigned);
    rest.map(|(contender, role)| role.unwrap_or_else(|| contender.rest(find_segments))).collect()
}

/// The columns that may hold the ids of the feedback, by their names alone.
pub(crate) fn may_identify(columns: &[String], chosen: &[Option<Role>]) -> Vec<usize> {
    let named: Vec<usize> = (0..columns.len()).filter(|&at| chosen[at] == Some(Role::Id)).collect();
    if !named.is_empty() {
        return named;
    }
    let is_like_id = |name: &String| {
        let words = words(name);
        says(&words, names::ID) && !says(&words, names::NOT_ID)
    };
    (0..columns.len()).filter(|&at| is_like_id(&columns[at])).collect()
}

/// All columns that are texts.
fn assign_texts(contenders: &[Contender], assigned: &mut [Option<AssignedRole>]) {
    for own in contenders {
        if assigned[own.index].is_none() {
            assigned[own.index] = own.text().map(|why| AssignedRole::sure(Role::Text, why));
        }
    }
}

/// Where none is a text, the one that is most like a text.
fn assign_likest(contenders: &[Contender], assigned: &mut [Option<AssignedRole>]) {
    if assigned.iter().flatten().any(|own| own.role == Role::Text) {
        return;
    }
    let alone = contenders.len() == 1;
    let free = contenders.iter().filter(|contender| assigned[contender.index].is_none());
    let likest = free
        .filter_map(|contender| Some((contender, contender.likeness_to_text(alone)?)))
        .reduce(|best, next| if next.1 > best.1 { next } else { best });
    if let Some((own, _)) = likest {
        assigned[own.index] = Some(own.unclear_text());
    }
}

impl Contender<'_> {
    fn answers(&self) -> Answers<'_> {
        Answers {
            name: self.name,
            words: &self.words,
            cells: &self.sample.cells,
            all: self.sample.rows,
        }
    }

    fn says(&self, list: Words) -> bool {
        says(&self.words, list)
    }

    /// What the name says, if it contains an entry of `list`.
    fn named(&self, list: Words) -> Option<String> {
        mention(&self.words, list).map(|entry| format!("its name says \"{entry}\""))
    }

    fn is_just(&self, list: Words) -> bool {
        matches!(&self.words[..], [word] if list.contains(&word.as_str()))
    }

    /// How well it fits a role of one column; a column without values fits worst.
    fn fit(&self, role: Role) -> Fit {
        let (fit, reason) = match role {
            Role::Date => self.measures.date(),
            Role::Nps => self.measures.nps(),
            Role::Rating => self.measures.rating(),
            Role::Id => self.id(),
            Role::Touchpoint => self.group(names::TOUCHPOINT),
            Role::Source => self.group(names::SOURCE),
            Role::Text | Role::Segment | Role::Other => None,
        }?;
        Some((if self.sample.is_empty() { fit - 10.0 } else { fit }, reason))
    }

    /// Whether its cells tell the rows apart.
    pub(super) fn identifies(&self) -> bool {
        let shortened = |cell: &str| cell.contains("E+") && value::number(cell).is_some();
        let wanted = if self.sample.has_many() { 0.9 } else { MOST };
        // Inputs may overlap.
        self.sample.distinct_share().max(self.distinct) >= wanted
            && self.sample.cells.len() * 10 >= self.sample.rows * 9
            && self.sample.max_words <= 2
            && !self.sample.cells.iter().any(|cell| shortened(cell))
    }

    fn id(&self) -> Fit {
        let distinct = self.identifies();
        let counts_rows = self.name.starts_with("column_")
            && self.index == 0
            && !self.sample.is_empty()
            && self.sample.distinct_share() == 1.0
            && self.sample.share(|cell| cell.bytes().all(|b| b.is_ascii_digit())) == 1.0;
        let reason = match self.named(names::ID) {
            Some(named) if !self.says(names::NOT_ID) => named,
            _ if counts_rows => "numbers the rows".to_owned(),
            _ => return None,
        };
        let fit = f64::from(!counts_rows) + f64::from(self.says(names::FEEDBACK_DATE));
        distinct.then(|| (fit, format!("{reason}, values differ")))
    }

    /// A column whose name is in `list` and whose values name groups of rows.
    fn group(&self, list: Words) -> Fit {
        let named = self.named(list)?;
        let sample = &self.sample;
        let names_groups = !sample.numbers() && !sample.dates() && !sample.links();
        let few = !sample.has_many() || sample.has_few_values();
        (names_groups && few && sample.mean_words <= 6.0)
            .then_some((f64::from(self.is_just(list)), named))
    }

    /// Why the column is a text, if it is.
    fn text(&self) -> Option<String> {
        let sample = &self.sample;
        if !self.may_be_text() {
            return None;
        }
        let varied = !sample.has_many() || sample.max_words >= 6 || !sample.has_few_values();
        let named = self.named(names::TEXT).or_else(|| self.named(names::TITLE));
        // What names something else is a text for its sentences alone.
        let excluded = strangers::excluding_word(self.name, &self.words).is_some();
        if let Some(named) = named.filter(|_| varied && !excluded) {
            return Some(named);
        }
        let wordy = sample.mean_words >= if self.name.ends_with('?') { 2.5 } else { 5.0 };
        let (words, different) = (sample.mean_words, 100.0 * sample.distinct_share());
        (wordy && different > 50.0 && (!excluded || sample.share(is_sentence) >= MOST))
            .then(|| format!("{words:.0} words a cell, {different:.0} % different"))
    }

    /// How much a column that is no clear text is like one; `alone` if it is the only column.
    fn likeness_to_text(&self, alone: bool) -> Option<f64> {
        let sample = &self.sample;
        let named = self.says(names::TEXT) && !sample.is_empty();
        let wordy = sample.mean_words >= 2.0 && sample.distinct_share() > 0.5;
        let excluded = strangers::excluding_word(self.name, &self.words).is_some();
        (self.may_be_text() && !excluded && (named || wordy || alone))
            .then(|| 100.0 * f64::from(named) + sample.mean_words)
    }

    /// The text in want of a better one.
    fn unclear_text(&self) -> AssignedRole {
        let evidence = Evidence::in_sample(self.sample.cells.iter().copied(), |_| true);
        let doubt = Doubt::UnclearText { column: self.name.to_owned(), evidence };
        let reason = "more like a text than the other columns".to_owned();
        AssignedRole::doubted(Role::Text, reason, Some(doubt))
    }

    /// Whether nothing speaks against a text.
    fn may_be_text(&self) -> bool {
        let sample = &self.sample;
        let unread_dates = self.measures.unread.is_some();
        let values = sample.numbers() || sample.quantities() || sample.dates() || sample.links();
        !unread_dates && !values
    }

    /// What a column is that has no other role.
    fn rest(&self, find_segments: bool) -> AssignedRole {
        let sample = &self.sample;
        let other = |reason: &str| AssignedRole::sure(Role::Other, reason);
        let (distinct, filled) = (sample.distinct, sample.cells.len());
        if sample.is_empty() {
            return other("holds nothing in the sampled rows");
        }
        if sample.has_many() && filled * 50 < sample.rows {
            return other("nearly empty");
        }
        if sample.dates() || self.measures.unread.is_some() {
            return other("holds dates");
        }
        if sample.numbers() && self.measures.nps().is_some() {
            return other("a likelihood to recommend beside the one of the feedback");
        }
        if sample.links() {
            return other("holds links");
        }
        if are_groups(&sample.cells) {
            // As a segment, it would say again what the score says.
            return other("promoters and detractors, by the score");
        }
        if sample.quantities() {
            return other("holds numbers with a unit");
        }
        if kind_of_column(self.name).is_some() {
            return other("says who somebody is, by its name");
        }
        let uninteresting = self.says(names::NOT_SEGMENT) || self.is_just(&["name"]);
        let measure = sample.numbers()
            && (distinct > 12 || self.says(names::COUNT) || self.says(&["confidence", "score"]));
        let of_words = self.says(names::SEGMENT) && (!sample.has_many() || distinct * 4 <= filled);
        let few = sample.has_few_values() || of_words && distinct <= 500;
        if sample.numbers() && self.says(names::RATING) {
            return other("a rating beside the one of the feedback");
        }
        if measure {
            return other("holds numbers of no known meaning");
        }
        if uninteresting || !few || sample.mean_words > 8.0 {
            let named = strangers::excluding_word(self.name, &self.words)
                .map(|word| format!("its name says {word:?}, "));
            let named = named.unwrap_or_default();
            return other(&format!("{named}{distinct} different values in {filled} sampled rows"));
        }
        let role = if find_segments { Role::Segment } else { Role::Other };
        AssignedRole::sure(role, format!("{distinct} different values in {filled} sampled rows"))
    }
}
