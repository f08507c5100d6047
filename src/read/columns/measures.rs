//! What columns hold that is measured: dates, ratings and likelihoods to recommend.

use super::content::{ColumnContent, belongs_to_things};
use super::dates::Dates;
use super::likelihood::Likelihoods;
use super::name::{mention, says, words};
use super::order::{Orders, certain};
use super::rating_scale::RatingScale;
use super::ratings::{RatingCells, Ratings};
use super::role::Role;
use super::vocabulary::{self as names, Words};
use crate::read::doubt::{Doubt, Evidence};
use crate::read::profiles::FittedProfile;
use crate::read::value::{DateOrder, is_no_answer};

/// Share of cells that must fit where the name of the column already says what they are.
const MOST: f64 = 0.5;

/// What the user says of dates and ratings, and what is documented.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Given<'a> {
    pub(crate) date_order: Option<DateOrder>,
    pub(crate) rating_scale: Option<RatingScale>,
    /// What its profile says, if it is the export of a known tool.
    pub(crate) profile: Option<&'a FittedProfile>,
}

impl Given<'_> {
    /// What is documented of a column.
    fn documented(&self, column: usize) -> Documented {
        let is = |role| self.profile.is_some_and(|own| own.keys(role).contains(&column));
        let scale = self.profile.and_then(|profile| profile.rating_scale);
        Documented { scale: scale.filter(|_| is(Role::Rating)), are_dates: is(Role::Date) }
    }
}

/// What is documented of a column.
#[derive(Clone, Copy, Debug, Default)]
struct Documented {
    scale: Option<RatingScale>,
    are_dates: bool,
}

/// A column as dates, ratings and likelihoods.
pub(crate) struct Measures {
    name: String,
    words: Vec<String>,
    pub(crate) dates: Dates,
    pub(crate) ratings: Option<Ratings>,
    pub(crate) likelihoods: Likelihoods,
    /// What is to be said if it has no role.
    pub(crate) unread: Option<Doubt>,
    /// Whether the ratings of things are not those of each customer.
    is_shared: bool,
    beside_votes: bool,
    variation: f64,
    has_many: bool,
    looks_at_dates: bool,
}

/// How well a column fits a role, and why.
type Fit = Option<(f64, String)>;

impl Measures {
    /// Of all columns, in their order.
    pub(crate) fn of_columns(columns: &[String], rows: &[Vec<String>], given: Given) -> Vec<Self> {
        let contents: Vec<ColumnContent> =
            (0..columns.len()).map(|column| ColumnContent::new(rows, column)).collect();
        let certain: Vec<Option<DateOrder>> = contents
            .iter()
            .map(|own| certain(&own.dates.numbers(false)).map(|(order, _)| order))
            .collect();
        let beside_votes = columns.iter().any(|name| says(&words(name), names::FORUM));
        let of = |(index, content): (usize, &ColumnContent)| {
            let others = certain.iter().enumerate().filter(|(other, _)| *other != index);
            let orders = Orders::new(given.date_order, &columns[index], columns)
                .with_sibling(others.filter_map(|(_, order)| *order).next())
                .with_half_days(content.dates.have_half_days())
                .with_documented(given.profile.and_then(|profile| profile.date_order));
            let scales = (given.rating_scale, given.documented(index));
            let mut measures = Self::of(&columns[index], content, &orders, scales);
            measures.beside_votes = beside_votes;
            measures.is_shared = says(&measures.words, names::OVERALL)
                && content.has_many()
                && belongs_to_things(rows, index);
            measures
        };
        contents.iter().enumerate().map(of).collect()
    }

    fn of(
        name: &str,
        content: &ColumnContent,
        orders: &Orders,
        (scale, documented): (Option<RatingScale>, Documented),
    ) -> Self {
        let words = words(name);
        let answered: Vec<&str> =
            content.cells.iter().copied().filter(|cell| !is_no_answer(cell)).collect();
        let named = says(&words, names::DATE) || says(&words, names::PERIOD);
        let dated = named && !says(&words, names::DURATION) || documented.are_dates;
        let cells = RatingCells {
            column: name,
            cells: &answered,
            school_marks: says(&words, names::SCHOOL_MARK),
            badness: says(&words, names::BADNESS),
            effort: says(&words, names::EFFORT),
            documented: documented.scale,
        };
        let dates = content.dates.read(name, dated, orders);
        Self {
            ratings: cells.read(scale),
            likelihoods: Likelihoods::of(name, &answered),
            unread: content
                .dates
                .unread(name, dated && !says(&words, names::LOOSE_DATE))
                .filter(|_| dates.share < MOST),
            dates,
            is_shared: false,
            beside_votes: false,
            variation: content.variation,
            has_many: content.has_many(),
            looks_at_dates: content.dates(),
            name: name.to_owned(),
            words,
        }
    }

    fn says(&self, list: Words) -> bool {
        says(&self.words, list)
    }

    fn named(&self, list: Words) -> Option<String> {
        mention(&self.words, list).map(|entry| format!("its name says \"{entry}\""))
    }

    fn is_just(&self, list: Words) -> bool {
        matches!(&self.words[..], [word] if list.contains(&word.as_str()))
    }

    pub(crate) fn date(&self) -> Fit {
        let day = self.named(names::DATE);
        let named = day.clone().or_else(|| self.named(names::PERIOD));
        let counted = self.dates.notation.counting.is_some();
        let wanted = match named {
            Some(_) => self.dates.share >= MOST,
            None => self.dates.share >= 0.9 && self.looks_at_dates,
        };
        let mut fit = f64::from(day.is_some()) - 0.5 * f64::from(counted);
        fit += f64::from(self.is_just(names::DATE) || self.says(names::FEEDBACK_DATE));
        fit -= 2.0 * f64::from(self.says(names::NOT_FEEDBACK_DATE));
        let reason = named.unwrap_or_else(|| "holds dates".to_owned());
        wanted.then_some((fit, reason))
    }

    pub(crate) fn nps(&self) -> Fit {
        let own = &self.likelihoods;
        if own.are_groups {
            let named = self.named(names::NPS);
            let reason = named.unwrap_or_else(|| "holds promoters and detractors".to_owned());
            return Some((-1.0, reason));
        }
        let asks_zero_to_ten = self.says(names::ZERO_TO_TEN);
        let named = self.named(names::NPS).or_else(|| {
            (asks_zero_to_ten && !self.says(names::RATING))
                .then(|| "its name says \"0-10\"".to_owned())
        })?;
        self.are_likelihoods().then_some((f64::from(self.says(&["nps"])), named))
    }

    /// Whether most cells are likelihoods to recommend, and not all of the lower half.
    pub(crate) fn are_likelihoods(&self) -> bool {
        let reaches = self.likelihoods.highest >= if self.has_many { 6 } else { 2 };
        reaches && self.likelihoods.share >= MOST
    }

    pub(crate) fn rating(&self) -> Fit {
        let ratings = self.ratings.as_ref()?;
        let in_words = ratings.notation.words;
        let overall = self.is_just(names::OVERALL);
        let named = self
            .named(names::RATING)
            .or_else(|| self.named(names::SCHOOL_MARK))
            .or_else(|| overall.then(|| format!("its name says \"{}\"", self.name)))
            .or_else(|| ratings.explained.then(|| "its name explains a scale".to_owned()));
        let satisfied = in_words.is_some_and(|words| words.topic == "satisfaction");
        let reason = match named {
            Some(named) => named,
            None if satisfied && ratings.share >= 0.9 => "says how satisfied".to_owned(),
            None => return None,
        };
        let unfit = [names::COUNT, names::DIFFERENCE, names::LABEL, names::MEAN];
        if self.is_shared || unfit.iter().any(|list| self.says(list)) && !self.is_of_all() {
            return None;
        }
        let votes = self.beside_votes && self.is_just(&["score"]) && !ratings.told;
        let (_, high) = ratings.notation.scale;
        let known = high <= 50.0 || ratings.told || self.says(names::PERCENT);
        let fit = 2.0 * f64::from(self.is_just(names::RATING) || overall)
            + f64::from(self.says(names::OVERALL))
            + self.variation
            - 3.0 * f64::from(!self.says(names::RATING) && !overall && in_words.is_some());
        (known && !ratings.are_flags && !votes && ratings.are_ratings(true))
            .then_some((fit, reason))
    }

    /// "Total satisfaction": of the customer, and no count.
    fn is_of_all(&self) -> bool {
        self.says(names::OVERALL)
            && ![names::DIFFERENCE, names::LABEL, names::MEAN].iter().any(|list| self.says(list))
            && !self.says(&["count", "anzahl", "votes", "likes"])
    }

    /// What is to be said of a column that was not taken for the rating, where no other was.
    pub(crate) fn no_rating(&self, cells: &[&str]) -> Option<Doubt> {
        let ratings = self.ratings.as_ref().filter(|ratings| ratings.are_ratings(false))?;
        let column = self.name.clone();
        let evidence = || Evidence::in_sample(cells.iter().copied(), |_| true);
        let (low, high) = ratings.notation.scale;
        let marks = self.words.iter().any(|word| {
            ["note", "noten", "marks", "grade"].iter().any(|mark| word == mark)
                || word.ends_with("note") && word.chars().count() > 5
        });
        let whole = cells
            .iter()
            .filter(|cell| cell.parse::<u8>().is_ok_and(|mark| (1..=6).contains(&mark)));
        if marks && low == 1.0 && high <= 10.0 && whole.count() * 10 >= cells.len() * 9 {
            let scale = (1.0, 6.0);
            return Some(Doubt::MaybeSchoolMarks { column, scale, evidence: evidence() });
        }
        let mean = self.is_shared || self.says(names::MEAN) && self.says(names::RATING);
        mean.then(|| Doubt::SharedRating { column, evidence: evidence() })
    }

    /// Whether ratings from 0 to 10 may be likelihoods to recommend.
    pub(crate) fn may_be_nps(&self) -> Option<Doubt> {
        let ratings = self.ratings.as_ref()?;
        let hinted = ratings.notation.scale == (0.0, 10.0)
            && ratings.notation.words.is_none()
            && !ratings.notation.reversed
            && !ratings.stars
            && !self.says(names::SATISFACTION);
        let (column, range) = (self.name.clone(), ratings.notation.scale);
        hinted.then_some(Doubt::MaybeNps { column, range })
    }
}
