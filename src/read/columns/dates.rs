//! What a column holds as dates: their notation, found in a sample of all rows, and what is doubtful.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::order::{Basis, Orders};
use crate::read::doubt::{CoarseDates, Doubt, Evidence, NumberDates};
use crate::read::value::{
    Counting, DateCell, DateNotation, DateOrder, Numbers, PLACEHOLDERS, Written, date_cell,
};

/// Share of cells that must be of one kind where the name says that they are dates, and where it does
/// not.
const MOST: f64 = 0.5;
const NEARLY_ALL: f64 = 0.9;

/// Cells from which on one day for all of them is remarkable.
const MANY: usize = 20;

/// Days by which a date may lie outside of the others.
const NEAR_DAYS: i32 = 31;

/// So many dates that lie elsewhere are no accident.
const FEWEST_ODD: usize = 3;

/// Numbers that may count days from the end of 1899 on: 1990 to 2099.
const DAYS: std::ops::Range<f64> = 32_874.0..73_051.0;

/// Numbers that may count seconds from 1970 on: 1995 to 2064.
const SECONDS: std::ops::Range<f64> = 788_918_400.0..3_000_000_000.0;

/// Filled cells with what they say as dates.
pub(crate) struct DateCells<'a> {
    cells: Vec<(&'a str, Option<DateCell>)>,
}

/// How a column is to be read as dates, and how well that goes.
#[derive(Clone, Debug)]
pub(crate) struct Dates {
    pub(crate) notation: DateNotation,
    /// Share of the filled cells that are days.
    pub(crate) share: f64,
    /// What was decided about the notation, in a few words.
    pub(crate) reason: Option<String>,
    /// What is doubtful if it is read so.
    pub(crate) doubts: Vec<Doubt>,
}

impl<'a> DateCells<'a> {
    pub(crate) fn new(cells: impl Iterator<Item = &'a str>) -> Self {
        Self { cells: cells.map(|cell| (cell, date_cell(cell))).collect() }
    }

    /// What the cells are as dates. `named` says whether the column is called so: only then numbers
    /// may count days or seconds. `orders` tells the order of day and month.
    pub(crate) fn read(&self, column: &str, named: bool, orders: &Orders) -> Dates {
        let (order, basis) = orders.of(&self.numbers(false), false);
        let (dotted, dotted_basis) = orders.of(&self.numbers(true), true);
        let notation = DateNotation {
            order,
            dotted,
            counting: named.then(|| self.counting(orders)).flatten(),
            introduced: self.are_introduced(),
        };
        let mut dates = Dates {
            share: self.share(|_, date| date.is_some_and(|date| notation.day_told(date).is_some())),
            notation,
            reason: None,
            doubts: Vec::new(),
        };
        for (basis, order, dotted) in [(basis, order, false), (dotted_basis, dotted, true)] {
            dates.take_order(self, column, basis, (order, dotted));
        }
        dates.take_counting(self, column);
        dates.take_coarse(self, column);
        dates.take_odd_days(self, column);
        dates
    }

    /// Share of the filled cells that tell a time in any way, if only "3 days ago"; none are mere
    /// numbers or years.
    pub(crate) fn tell_time(&self) -> f64 {
        self.share(|cell, date| match date {
            Some(date) => match date.written {
                Written::Count(_) => false,
                Written::Vague => cell.len() > 4,
                _ => date.introduction.is_none() || self.are_introduced(),
            },
            None => false,
        })
    }

    /// Whether times of day are told as AM and PM.
    pub(crate) fn have_half_days(&self) -> bool {
        self.cells.iter().any(|(cell, date)| {
            let end = cell.trim_end_matches('.').to_ascii_lowercase();
            date.is_some() && (end.ends_with("am") || end.ends_with("pm") || end.ends_with(".m"))
        })
    }

    /// Share of the filled cells that say how long ago.
    fn relative(&self) -> f64 {
        self.share(|_, date| date.is_some_and(|date| date.written == Written::Relative))
    }

    /// What is to be said of a column that is no date, though its cells tell times or, if `named`, its
    /// name says so.
    pub(crate) fn unread(&self, column: &str, named: bool) -> Option<Doubt> {
        if self.cells.is_empty() {
            return None;
        }
        let column = column.to_owned();
        if self.relative() >= if named { MOST } else { NEARLY_ALL } {
            let evidence =
                self.evidence(|_, date| date.is_some_and(|date| date.written == Written::Relative));
            return Some(Doubt::RelativeDates { column, evidence });
        }
        let placeholders = |cell: &str, date: Option<&DateCell>| {
            date.and_then(|date| DateNotation::default().day_of(&date.written))
                .is_some_and(|day| PLACEHOLDERS.contains(&day))
                || cell.starts_with("0000-00-00")
        };
        if self.share(placeholders) >= MOST {
            let evidence = self.evidence(placeholders);
            let date = evidence.examples.first().cloned().unwrap_or_default();
            return Some(Doubt::SameDate { column, date, evidence });
        }
        let short = |cell: &str| cell.split_whitespace().count() <= 4 && cell.len() <= 40;
        let looks = |cell: &str, date: Option<&DateCell>| {
            date.is_some() || short(cell) && cell.contains(|c: char| c.is_ascii_digit())
        };
        let told = named && self.share(looks) >= NEARLY_ALL || self.tell_time() >= NEARLY_ALL;
        told.then(|| Doubt::VagueDates { column, evidence: self.evidence(|_, _| true) })
    }

    /// Dates in numbers, those between dots or the others.
    pub(crate) fn numbers(&self, dotted: bool) -> Vec<Numbers> {
        let numbers = self.cells.iter().filter_map(|(_, date)| match date.as_ref()?.written {
            Written::Numbers(numbers) => Some(numbers),
            _ => None,
        });
        numbers.filter(|numbers| numbers.is_dotted() == dotted).collect()
    }

    /// Whether the same word begins what introduces dates in nearly all cells.
    fn are_introduced(&self) -> bool {
        let first = self.cells.iter().find_map(|(_, date)| date.as_ref()?.introduction.as_ref());
        first.is_some_and(|first| {
            self.share(|_, date| {
                date.is_some_and(|date| date.introduction.as_ref().is_none_or(|own| own == first))
            }) >= NEARLY_ALL
        })
    }

    /// What numbers are, if nearly all of them may be that.
    fn counting(&self, orders: &Orders) -> Option<Counting> {
        let counts: Vec<f64> = self
            .cells
            .iter()
            .filter_map(|(_, date)| match date.as_ref()?.written {
                Written::Count(count) => Some(count),
                _ => None,
            })
            .collect();
        let nearly_all = |holds: &dyn Fn(f64) -> bool| {
            let holding = counts.iter().filter(|&&count| holds(count)).count();
            !counts.is_empty() && holding as f64 >= NEARLY_ALL * counts.len() as f64
        };
        let seconds = [1, 1_000, 1_000_000, 1_000_000_000]
            .into_iter()
            .find(|&divisor| nearly_all(&|count| SECONDS.contains(&(count / divisor as f64))));
        if let Some(divisor) = seconds {
            return Some(Counting::Seconds(divisor));
        }
        if nearly_all(&|count| DAYS.contains(&count)) {
            return Some(Counting::Days);
        }
        // Numbers beside dates are none of these.
        if counts.len() as f64 * 2.0 < self.cells.len() as f64 {
            return None;
        }
        if nearly_all(&|count| Counting::Months.day(count).is_some()) {
            return Some(Counting::Months);
        }
        let fitting = |counting: fn(DateOrder) -> Counting| {
            let chosen = |order: &DateOrder| orders.chosen().is_none_or(|chosen| chosen == *order);
            let fits =
                |order: &DateOrder| nearly_all(&|count| counting(*order).day(count).is_some());
            let fitting: Vec<DateOrder> =
                DateOrder::ALL.into_iter().filter(|order| chosen(order) && fits(order)).collect();
            match fitting[..] {
                [order] => Some(counting(order)),
                // In a file of a few years, the year is what differs least.
                [.., DateOrder::Ymd] if year_is_first(&counts) => Some(counting(DateOrder::Ymd)),
                _ => None,
            }
        };
        fitting(Counting::SixDigits).or_else(|| fitting(Counting::EightDigits))
    }

    fn share(&self, holds: impl Fn(&str, Option<&DateCell>) -> bool) -> f64 {
        let holding = self.cells.iter().filter(|(cell, date)| holds(cell, date.as_ref())).count();
        if self.cells.is_empty() { 1.0 } else { holding as f64 / self.cells.len() as f64 }
    }

    fn evidence(&self, holds: impl Fn(&str, Option<&DateCell>) -> bool) -> Evidence {
        let mut evidence = Evidence { sampled: true, ..Evidence::default() };
        for (cell, date) in &self.cells {
            evidence.look_at(cell, holds(cell, date.as_ref()));
        }
        evidence
    }
}

/// Dates that fit another order as well and lie far from those that do not, though they would lie among
/// them in that other order: as where a spreadsheet took some of the dates for its own.
fn far_off(dates: impl Iterator<Item = Numbers>, order: DateOrder) -> Vec<Numbers> {
    let (ambiguous, certain): (Vec<Numbers>, Vec<Numbers>) = dates.partition(Numbers::is_ambiguous);
    let days = || certain.iter().filter_map(|own| own.day(order));
    let (Some(first), Some(last)) = (days().min(), days().max()) else { return Vec::new() };
    let around = |day: Date| {
        let distance = |from: Date, to: Date| from.until(to).map_or(0, |span| span.get_days());
        distance(day, first) <= NEAR_DAYS && distance(last, day) <= NEAR_DAYS
    };
    let odd = ambiguous.iter().filter(|own| {
        let mut others = DateOrder::ALL.into_iter().filter(|other| *other != order);
        own.day(order).is_some_and(|day| !around(day))
            && others.any(|other| own.day(other).is_some_and(around))
    });
    let odd: Vec<Numbers> = odd.copied().collect();
    if odd.len() >= FEWEST_ODD && odd.len() * 2 >= ambiguous.len() { odd } else { Vec::new() }
}

/// Whether of dates in six digits the first two differ less than the last two.
fn year_is_first(counts: &[f64]) -> bool {
    let different = |part: &dyn Fn(u32) -> u32| {
        counts.iter().map(|&count| part(count as u32)).collect::<BTreeSet<_>>().len()
    };
    different(&|count| count / 10_000) * 2 < different(&|count| count % 100)
}

impl Dates {
    /// Says which order of day and month was taken, and whether that is a guess.
    fn take_order(
        &mut self,
        cells: &DateCells,
        column: &str,
        basis: Basis,
        (order, dotted): (DateOrder, bool),
    ) {
        let of_kind = |date: Option<&DateCell>| match date?.written {
            Written::Numbers(numbers) if numbers.is_dotted() == dotted => Some(numbers),
            _ => None,
        };
        match basis {
            Basis::Nothing | Basis::Same => return,
            Basis::Cells { against, .. } if against > 0 => {
                let evidence = cells
                    .evidence(|_, date| of_kind(date).is_some_and(|own| own.day(order).is_none()));
                let column = column.to_owned();
                self.doubts.push(Doubt::MixedDateOrders { column, order, evidence });
            }
            Basis::Cells { .. } => {
                let odd = far_off(
                    cells.cells.iter().filter_map(|(_, date)| of_kind(date.as_ref())),
                    order,
                );
                if !odd.is_empty() {
                    let evidence = cells
                        .evidence(|_, date| of_kind(date).is_some_and(|own| odd.contains(&own)));
                    let column = column.to_owned();
                    self.doubts.push(Doubt::MixedDateOrders { column, order, evidence });
                }
            }
            Basis::Guess(_) => {
                let evidence =
                    cells.evidence(|_, date| of_kind(date).is_some_and(|own| own.is_ambiguous()));
                let column = column.to_owned();
                self.doubts.push(Doubt::DateOrder { column, order, evidence });
            }
            Basis::Chosen | Basis::Name | Basis::Sibling | Basis::Dots => {}
        }
        self.note(format!("{} ({})", order.words(), basis.words()));
    }

    fn take_counting(&mut self, cells: &DateCells, column: &str) {
        let Some(counting) = self.notation.counting else { return };
        let numbers = match counting {
            Counting::Seconds(1) => NumberDates::Seconds,
            Counting::Seconds(1_000) => NumberDates::Milliseconds,
            Counting::Seconds(_) => NumberDates::FinerSeconds,
            Counting::Days => NumberDates::Days,
            Counting::Months => NumberDates::Months,
            Counting::SixDigits(order) | Counting::EightDigits(order) => NumberDates::Digits(order),
        };
        self.note(numbers.words().to_owned());
        let evidence = cells
            .evidence(|_, date| matches!(date.map(|date| &date.written), Some(Written::Count(_))));
        self.doubts.push(Doubt::NumberDates { column: column.to_owned(), numbers, evidence });
    }

    fn take_coarse(&mut self, cells: &DateCells, column: &str) {
        for (what, is_so) in [
            (
                CoarseDates::Months,
                (|written| matches!(written, Written::Month(_))) as fn(&Written) -> bool,
            ),
            (CoarseDates::Weeks, |written| matches!(written, Written::Week(_))),
        ] {
            let evidence = cells.evidence(|_, date| date.is_some_and(|date| is_so(&date.written)));
            if evidence.count > 0 {
                self.note(what.words().to_owned());
                self.doubts.push(Doubt::CoarseDates { column: column.to_owned(), what, evidence });
            }
        }
    }

    /// Cells that say how long ago among dates, and one day for all rows.
    fn take_odd_days(&mut self, cells: &DateCells, column: &str) {
        let relative =
            cells.evidence(|_, date| date.is_some_and(|date| date.written == Written::Relative));
        if relative.count > 0 {
            let column = column.to_owned();
            self.doubts.push(Doubt::RelativeDates { column, evidence: relative });
        }
        let days: Vec<Date> =
            cells.cells.iter().filter_map(|(cell, _)| self.notation.day(cell)).collect();
        if let Some(day) =
            days.first().filter(|day| days.len() >= MANY && days.iter().all(|own| own == *day))
        {
            let evidence = cells.evidence(|cell, _| self.notation.day(cell).is_some());
            let (column, date) = (column.to_owned(), day.to_string());
            self.doubts.push(Doubt::OneDay { column, date, evidence });
        }
    }

    fn note(&mut self, words: String) {
        self.reason = Some(match self.reason.take() {
            Some(earlier) => format!("{earlier}; {words}"),
            None => words,
        });
    }
}
