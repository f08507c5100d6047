//! Cells → numbers, ratings and dates.

use jiff::civil::Date;

/// Whether day or month comes first in dates such as 03/04/2025.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DateOrder {
    DayFirst,
    MonthFirst,
}

/// Longest cell that may be a score with a word beside it, as in "4 von 5 Sternen".
const MAX_SCORE_CHARS: usize = 40;

/// A number and nothing else, with a decimal point or comma.
pub(super) fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    if !cell.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: f64 = match cell.parse() {
        Ok(number) => number,
        Err(_) => cell.replacen(',', ".", 1).parse().ok()?,
    };
    number.is_finite().then_some(number)
}

/// A number, or one that is explained ("4/5", "4 stars", "10 - very likely"), or a row of ★.
pub(super) fn score(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    if let Some(number) = number(cell) {
        return Some(number);
    }
    if cell.chars().count() > MAX_SCORE_CHARS {
        return None;
    }
    let stars = cell.chars().filter(|&c| matches!(c, '★' | '⭐')).count();
    if stars > 0 && cell.chars().all(|c| matches!(c, '★' | '⭐' | '☆' | '\u{fe0f}' | ' ')) {
        return Some(stars as f64);
    }
    let end = cell.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')?;
    let (digits, rest) = cell.split_at(end);
    let explained = rest.starts_with([' ', '/', '(', '=', ':', '-']);
    let one_number = !rest.starts_with(['/', ':', '-']) || rest[1..].trim().parse::<u8>().is_ok();
    number(digits).filter(|_| explained && one_number)
}

/// A likelihood to recommend: a whole number from 0 to 10.
pub(super) fn nps(cell: &str) -> Option<u8> {
    let score = score(cell)?;
    (score.fract() == 0.0 && (0.0..=10.0).contains(&score)).then_some(score as u8)
}

/// A date, with or without a time of day, which is dropped without regard to its zone.
///
/// `2025-04-03`, `2025/04/03`, `20250403`, `3.4.2025`, `03/04/25`, `3. April 2025`, `Apr 3, 2025`.
/// `order` decides on dates with slashes and dashes; with dots, the day comes first.
pub(super) fn date(cell: &str, order: DateOrder) -> Option<Date> {
    let cell = cell.trim();
    let (first, rest) = match part(cell)? {
        (weekday, rest) if is_weekday(weekday) => part(rest)?,
        first => first,
    };
    if first.len() == 8 && first.bytes().all(|b| b.is_ascii_digit()) && is_time(rest) {
        return calendar_date(first.get(..4)?, month(&first[4..6])?, &first[6..]);
    }
    let separator = rest.chars().next()?;
    let (second, rest) = part(rest)?;
    let (third, rest) = part(rest)?;
    if !is_time(rest) {
        return None;
    }
    if first.len() == 4 {
        return calendar_date(first, month(second)?, third);
    }
    if first.starts_with(char::is_alphabetic) {
        return calendar_date(third, month(first)?, second);
    }
    let in_words = second.starts_with(char::is_alphabetic);
    match order {
        DateOrder::MonthFirst if separator != '.' && !in_words => {
            calendar_date(third, month(first)?, second)
        }
        _ => calendar_date(third, month(second)?, first),
    }
}

/// The first run of digits or letters, and what follows; separators before it are skipped.
fn part(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start_matches(['-', '/', '.', ',', ' ', '\u{a0}']);
    let digits = text.starts_with(|c: char| c.is_ascii_digit());
    let end = text
        .find(|c: char| !if digits { c.is_ascii_digit() } else { c.is_alphabetic() })
        .unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

fn is_weekday(word: &str) -> bool {
    let word = word.to_lowercase();
    let day = word.ends_with("day") || word.ends_with("tag") || word == "mittwoch";
    let short = (2..=3).contains(&word.chars().count()) && month(&word).is_none();
    day || short && word.starts_with(char::is_alphabetic)
}

/// Whether the rest of a date is a time of day, or nothing.
fn is_time(rest: &str) -> bool {
    let time = rest.trim_start_matches(['T', ' ', ',', '.', '\u{a0}']);
    let hour = time.bytes().take_while(u8::is_ascii_digit).count();
    time.is_empty()
        || (1..=2).contains(&hour) && time[hour..].starts_with([':', '.']) && time.len() <= 35
}

fn calendar_date(year: &str, month: i8, day: &str) -> Option<Date> {
    let year = match year.len() {
        2 => 2000 + year.parse::<i16>().ok()?,
        4 => year.parse().ok().filter(|year| (1900..2100).contains(year))?,
        _ => return None,
    };
    Date::new(year, month, day.parse().ok()?).ok()
}

/// A month by number or by its name in one of the languages served.
fn month(text: &str) -> Option<i8> {
    const STARTS: [&[&str]; 12] = [
        &["jan", "jän", "ene", "gen"],
        &["feb", "fev", "fév"],
        &["mar", "mär", "maa", "mrt"],
        &["apr", "abr", "avr"],
        &["mai", "may", "mei", "mag"],
        &["jun", "giu", "juin"],
        &["jul", "lug", "juil"],
        &["aug", "ago", "aoû", "aou"],
        &["sep", "set"],
        &["oct", "okt", "ott", "out"],
        &["nov"],
        &["dec", "déc", "dez", "dic"],
    ];
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let text = text.to_lowercase();
    let index = STARTS.iter().position(|starts| starts.iter().any(|s| text.starts_with(s)))?;
    i8::try_from(index + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as day;

    #[test]
    fn dates_are_read_in_the_notations_of_exports() {
        let expected = Some(day(2025, 4, 3));
        for cell in [
            "2025-04-03",
            "2025/4/3",
            "20250403",
            "2025-04-03T10:20:30.123+02:00",
            "2025-04-03 10:20:30 UTC",
            "3.4.2025",
            "03.04.25 8:15",
            "3. April 2025",
            "3 avr. 2025",
            "April 3, 2025",
            "03-Apr-2025",
            "Thu, 3 Apr 2025 10:20:30 +0000",
            "Donnerstag, 3. April 2025",
            "03/04/2025 20:09",
        ] {
            assert_eq!(date(cell, DateOrder::DayFirst), expected, "{cell}");
        }
        assert_eq!(date("4/3/2025 11:35 PM", DateOrder::MonthFirst), expected);
        assert_eq!(date("3.4.2025", DateOrder::MonthFirst), expected);
    }

    #[test]
    fn what_is_no_date_is_not_taken_for_one() {
        for cell in
            ["", "12", "31.02.2025", "5.3.2 crashes", "2025", "1/2", "am 3. Mai", "10-12-14-16"]
        {
            assert_eq!(date(cell, DateOrder::DayFirst), None, "{cell}");
        }
    }

    #[test]
    fn scores_may_be_explained() {
        for (cell, expected) in [
            ("4", 4.0),
            (" 4,5 ", 4.5),
            ("4/5", 4.0),
            ("4 von 5 Sternen", 4.0),
            ("10 - extremely likely", 10.0),
            ("★★★★☆", 4.0),
        ] {
            assert_eq!(score(cell), Some(expected), "{cell}");
        }
        for cell in ["", "four", "k.A.", "2/24/2015", "-", "NaN", "5G"] {
            assert_eq!(score(cell), None, "{cell}");
        }
    }

    #[test]
    fn likelihoods_to_recommend_are_whole_and_at_most_ten() {
        assert_eq!(nps("10"), Some(10));
        assert_eq!(nps("9.0"), Some(9));
        assert_eq!(nps("11"), None);
        assert_eq!(nps("-1"), None);
        assert_eq!(nps("7.5"), None);
    }
}
