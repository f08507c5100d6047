//! Cells → days, in the notations of exports and in seven languages.
//!
//! A cell by itself tells what it can ([`written`]): a day, three numbers of which the column must tell
//! the order, a month, a number that counts from some day on. What a column makes of that is its
//! [`DateNotation`], which `columns::dates` finds in a sample of all rows.

mod notation;
mod time;
mod token;
mod words;

use jiff::civil::Weekday;
use jiff::civil::{Date, ISOWeekDate};

pub use notation::DateOrder;
pub(crate) use notation::{Counting, DateNotation, PLACEHOLDERS};
use time::without_time;
use token::{Kind, Token, tokens};

/// Longest cell that is looked at as a date.
const MAX_CHARS: usize = 120;

/// Most words that may stand before a date, as in "Reviewed in the United Kingdom on 3 January 2025".
const MAX_INTRODUCTION: usize = 9;

/// Most words of a cell without a number that tells a time: "last reviewed in March", "vor einem Monat".
const MAX_WORDS: usize = MAX_INTRODUCTION + 3;

/// What a cell says of a day.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Written {
    /// A day that can be read in one way only.
    Day(Date),
    /// Day, month and year as numbers.
    Numbers(Numbers),
    /// A month, by its first day.
    Month(Date),
    /// A week, by its Monday.
    Week(Date),
    /// A number, which may count days or seconds.
    Count(f64),
    /// A day without its year, a year or a quarter: no day can be told.
    Vague,
    /// So long ago.
    Relative,
}

/// Three numbers, one of which is the day, one the month, and one the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Numbers {
    /// They, as written.
    pub(crate) parts: [u16; 3],
    /// Whether the last is a year of four digits.
    pub(crate) ends_with_year: bool,
    /// What divides the first two.
    pub(crate) sign: char,
    /// Whether a number below ten is written without a zero before it.
    pub(crate) unpadded: bool,
}

impl Numbers {
    /// Whether dots divide them.
    pub(crate) fn is_dotted(&self) -> bool {
        self.sign == '.'
    }
}

/// What a cell says, and how many words it says before.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct DateCell {
    pub(crate) written: Written,
    /// The first of the words that introduce the date, if there are any.
    pub(crate) introduction: Option<String>,
}

/// What a cell says of a day, if it says that and nothing else.
pub(crate) fn written(cell: &str) -> Option<Written> {
    date_cell(cell).filter(|cell| cell.introduction.is_none()).map(|cell| cell.written)
}

/// The day of a cell, with or without a time of day, which is dropped without regard to its zone.
/// `order` decides on numbers between slashes and dashes; between dots, the day comes first.
pub(crate) fn date(cell: &str, order: DateOrder) -> Option<Date> {
    DateNotation::of_order(order).day_of(&written(cell)?)
}

/// What a cell says of a day, with words before it or not.
pub(crate) fn date_cell(cell: &str) -> Option<DateCell> {
    let cell = cell.trim();
    if cell.is_empty() || cell.len() > 4 * MAX_CHARS || cell.chars().count() > MAX_CHARS {
        return None;
    }
    let has_numbers = cell.bytes().any(|byte| byte.is_ascii_digit());
    if !has_numbers && cell.split_ascii_whitespace().nth(MAX_WORDS).is_some() {
        return None;
    }
    if let Some(count) = super::number(cell).filter(|_| !is_dotted_month(cell)) {
        return Some(DateCell { written: number(cell, count)?, introduction: None });
    }
    let all = tokens(cell);
    if is_relative(&all) {
        return Some(DateCell { written: Written::Relative, introduction: None });
    }
    let tokens = without_time(all);
    let (parts, introduction) = Parts::of(&tokens)?;
    let written = parts.written()?;
    // Words before mere numbers may say what they count; before a day they introduce it.
    let sure =
        matches!(written, Written::Day(_) | Written::Numbers(Numbers { ends_with_year: true, .. }));
    (introduction.is_none() || sure).then_some(DateCell { written, introduction })
}

/// "03.2025", which is a number as well.
fn is_dotted_month(cell: &str) -> bool {
    cell.len() == 7
        && cell.as_bytes()[2] == b'.'
        && month_of(&cell[..2], &cell[3..]).is_some_and(|_| !cell.contains(['+', 'e', 'E']))
}

/// A number alone: a day in eight digits, with or without a time of day; a year; else a count.
fn number(cell: &str, count: f64) -> Option<Written> {
    let is_digits = cell.bytes().all(|b| b.is_ascii_digit());
    let day = match cell.len() {
        8 | 12 | 14 if is_digits => eight_digits(&cell[..8]),
        _ => None,
    };
    if let Some(day) = day.filter(|_| cell.len() == 8 || is_clock(&cell[8..])) {
        return Some(Written::Day(day));
    }
    let year = is_digits && cell.len() == 4 && plausible_year(count as i16);
    Some(if year { Written::Vague } else { Written::Count(count) })
}

/// The day of "20250403".
fn eight_digits(digits: &str) -> Option<Date> {
    let (year, month, day) = (digits.get(..4)?, digits.get(4..6)?, digits.get(6..)?);
    calendar_day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn is_clock(digits: &str) -> bool {
    digits[..2] < *"24" && digits.as_bytes().chunks(2).skip(1).all(|part| part[0] < b'6')
}

fn is_relative(tokens: &[Token]) -> bool {
    let words: Vec<&str> = tokens.iter().filter_map(Token::word).collect();
    let short = matches!(tokens, [number, unit]
        if number.number().is_some_and(|n| n.len() <= 2)
            && unit.is_glued
            && unit.word().is_some_and(|unit| ["h", "d", "w", "mo", "y", "j", "t"].contains(&unit)));
    short || words.len() <= 6 && words::is_relative(&words)
}

/// What is left of the tokens of a date.
#[derive(Default)]
struct Parts<'a> {
    /// Numbers, each with the sign before it; a blank where there is none.
    numbers: Vec<(&'a str, char)>,
    /// A month by name, with how many numbers stand before it.
    month: Option<(i8, usize)>,
    /// Whether the last word for a month may be one for a Tuesday.
    tuesday: bool,
    week: bool,
    quarter: bool,
}

impl<'a> Parts<'a> {
    /// Sorts tokens, and the first word of those before them; none if there is something that is no
    /// part of a date.
    fn of(tokens: &[Token<'a>]) -> Option<(Self, Option<String>)> {
        let mut parts = Self::default();
        let start = parts.introduction(tokens)?;
        let introduction = tokens[..start].iter().find_map(Token::word).map(str::to_owned);
        let mut sign = ' ';
        for (index, token) in tokens.iter().enumerate().skip(start) {
            match &token.kind {
                Kind::Number(digits) => {
                    parts.numbers.push((digits, sign));
                    sign = ' ';
                }
                Kind::Sign(other) => {
                    "-/.,'’()·•–—|_:;°@".contains(*other).then_some(())?;
                    sign = *other;
                }
                Kind::Word(word) => parts.take_word(word, &tokens[..index], token.is_glued)?,
            }
        }
        Some((parts, introduction))
    }

    /// How many tokens come before the date: none, or words up to the last that is no part of one.
    fn introduction(&self, tokens: &[Token]) -> Option<usize> {
        let unknown = |token: &Token| {
            token.word().is_some_and(|word| {
                !words::is_weekday(word)
                    && !words::is_particle(word)
                    && !words::is_ordinal(word)
                    && !words::is_week(word)
                    && !words::is_quarter(word)
                    && words::month(word).is_none()
            })
        };
        let Some(last) = tokens.iter().rposition(unknown) else { return Some(0) };
        let introduction = &tokens[..=last];
        let words = introduction.iter().filter(|token| token.word().is_some()).count();
        let only_words = introduction.iter().all(|token| token.number().is_none());
        (only_words && words <= MAX_INTRODUCTION).then_some(last + 1)
    }

    fn take_word(&mut self, word: &str, before: &[Token], is_glued: bool) -> Option<()> {
        // "1 er janvier", but not "3 de abril", whose "de" joins words.
        let follows_number = (is_glued || ["er", "st", "nd", "rd", "th"].contains(&word))
            && before.last().is_some_and(|last| last.number().is_some());
        if follows_number && words::is_ordinal(word) {
            return Some(());
        }
        match words::month(word) {
            Some(month) => return self.take_month(word, month),
            None if words::is_week(word) => self.week = true,
            None if words::is_quarter(word) => self.quarter = true,
            None => {
                // "7 out of 10" is no day in October: "of" stands before the month.
                let known = words::is_particle(word) && (word != "of" || self.month.is_none());
                return (words::is_weekday(word) || known).then_some(());
            }
        }
        Some(())
    }

    /// A month by name. "mar." is March, or a Tuesday beside another month.
    fn take_month(&mut self, word: &str, month: i8) -> Option<()> {
        match self.month {
            None => self.month = Some((month, self.numbers.len())),
            Some(_) if word == "mar" => {}
            Some((3, 0)) if self.tuesday => self.month = Some((month, self.numbers.len())),
            Some(_) => return None,
        }
        self.tuesday = word == "mar";
        Some(())
    }

    fn written(&self) -> Option<Written> {
        if self.quarter {
            return (self.numbers.len() == 2 && self.month.is_none()).then_some(Written::Vague);
        }
        if self.week {
            return self.week();
        }
        match (self.month, &self.numbers[..]) {
            (Some((month, place)), [first, second, time @ ..]) if is_clock_parts(time) => {
                let (day, year) =
                    if place < 2 && first.0.len() == 4 { (second, first) } else { (first, second) };
                calendar_day(year_of(year.0)?, month, small(day.0)?).map(Written::Day)
            }
            (Some((month, place)), [number]) => Some(self.month_and(month, place, *number)),
            (Some(_), []) => Some(Written::Vague),
            (None, [first, second, third, time @ ..]) if is_clock_parts(time) => {
                three([*first, *second, *third], time.is_empty())
            }
            (None, [(day, _), time @ ..]) if day.len() == 8 && is_clock_parts(time) => {
                eight_digits(day).map(Written::Day)
            }
            (None, [first, second]) => two(*first, *second),
            _ => None,
        }
    }

    /// A month by name with a number: its year, or a day of no year.
    fn month_and(&self, month: i8, place: usize, (digits, sign): (&str, char)) -> Written {
        let is_year = digits.len() == 4
            || place == 0 && digits.len() == 2 && ['-', '\'', '’'].contains(&sign);
        let first =
            year_of(digits).filter(|_| is_year).and_then(|year| calendar_day(year, month, 1));
        first.map_or(Written::Vague, Written::Month)
    }

    /// "2025-W07", "2025W07", "KW 7/2025", "2025-W07-3".
    fn week(&self) -> Option<Written> {
        let (year, week, day) = match self.numbers[..] {
            [(first, _), (second, _)] if first.len() == 4 => (first, second, "1"),
            [(first, _), (second, _)] => (second, first, "1"),
            [(first, _), (second, _), (day, _)] if first.len() == 4 && day.len() == 1 => {
                (first, second, day)
            }
            [_] => return Some(Written::Vague),
            _ => return None,
        };
        let (year, week) = (year.parse().ok().filter(|_| year.len() == 4)?, week.parse().ok()?);
        let weekday = Weekday::from_monday_one_offset(day.parse().ok()?).ok()?;
        let date = ISOWeekDate::new(year, week, weekday).ok()?.date();
        Some(if self.numbers.len() == 3 { Written::Day(date) } else { Written::Week(date) })
    }
}

/// Whether what follows a date is nothing, or hours, minutes and seconds without colons.
fn is_clock_parts(parts: &[(&str, char)]) -> bool {
    let fits = |(&(digits, _), most): (&(&str, char), u8)| {
        digits.len() <= 2 && digits.parse::<u8>().is_ok_and(|number| number < most)
    };
    match parts {
        [] => true,
        // A time in four or six digits.
        [(digits, ' ')] => matches!(digits.len(), 4 | 6) && is_clock(digits),
        [.., (fraction, '.')] if parts.len() == 4 && fraction.len() <= 9 => {
            is_clock_parts(&parts[..3])
        }
        [_, _] | [_, _, _] => parts.iter().zip([24, 60, 61]).all(fits),
        _ => false,
    }
}

/// Three numbers; `alone` if no time of day follows them.
fn three(parts: [(&str, char); 3], alone: bool) -> Option<Written> {
    let [(first, _), (second, sign), (third, _)] = parts;
    let numbers = [small(first)?, small(second)?, small(third)?];
    let lengths = [first.len(), second.len(), third.len()];
    match lengths {
        [4, 1..=2, 1..=2] => {
            let [year, month, day] = numbers;
            calendar_day(year_of(first)?, i8::try_from(month).ok()?, day)
                .map(Written::Day)
                .filter(|_| plausible_year(year as i16))
        }
        [1..=2, 1..=2, 2 | 4] => {
            let ends_with_year = lengths[2] == 4;
            if !ends_with_year && (sign == ' ' || !alone)
                || ends_with_year && !plausible_year(numbers[2] as i16)
            {
                return None;
            }
            let unpadded = [first, second].iter().any(|part| part.len() == 1);
            Some(Written::Numbers(Numbers { parts: numbers, ends_with_year, sign, unpadded }))
        }
        _ => None,
    }
}

/// A year and a month, in either order.
fn two((first, _): (&str, char), (second, sign): (&str, char)) -> Option<Written> {
    if !['-', '/', '.'].contains(&sign) {
        return None;
    }
    let month = month_of(second, first).or_else(|| month_of(first, second))?;
    Some(Written::Month(month))
}

/// The first day of a month in numbers.
fn month_of(month: &str, year: &str) -> Option<Date> {
    let sound = month.len() <= 2 && year.len() == 4;
    let month = month.parse().ok().filter(|_| sound)?;
    calendar_day(year.parse().ok().filter(|&year| plausible_year(year))?, month, 1)
}

fn small(digits: &str) -> Option<u16> {
    (digits.len() <= 4).then(|| digits.parse().ok()).flatten()
}

/// A year in two or four digits. As in POSIX, 69 is 1969 and 68 is 2068.
pub(super) fn year_of(digits: &str) -> Option<i16> {
    let year: i16 = digits.parse().ok()?;
    match digits.len() {
        2 => Some(century(year)),
        4 => Some(year).filter(|&year| plausible_year(year)),
        _ => None,
    }
}

fn century(year: i16) -> i16 {
    if year >= 69 { 1900 + year } else { 2000 + year }
}

fn plausible_year(year: i16) -> bool {
    (1900..2100).contains(&year)
}

fn calendar_day(year: i16, month: i8, day: u16) -> Option<Date> {
    Date::new(year, month, i8::try_from(day).ok()?).ok().filter(|_| plausible_year(year))
}

#[cfg(test)]
mod tests;
