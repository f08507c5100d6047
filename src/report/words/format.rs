//! Numbers and dates as the reader writes them: 12.345 and 3,4 %, or 12,345 and 3.4%.

use jiff::civil::Date;

use crate::painpoint::findings::Scale;
use crate::tally::comparison::Comparison;
use crate::tally::statistics::{Estimate, Proportion};

use super::super::ReportLanguage::{self, De, En};

const MONTHS_DE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Shares below this get a decimal. Just under a tenth, so that 9.96 % reads "10 %", not "10.0 %".
const FINE: f64 = 0.0995;

/// Writes figures in the report's language.
#[derive(Clone, Copy)]
pub(crate) struct Format(pub(crate) ReportLanguage);

impl Format {
    /// A whole number with its thousands apart.
    pub(crate) fn count(self, count: u64) -> String {
        let digits = count.to_string();
        let mut grouped = String::with_capacity(digits.len() * 4 / 3);
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at).is_multiple_of(3) {
                grouped.push(if self.0 == De { '.' } else { ',' });
            }
            grouped.push(digit);
        }
        grouped
    }

    /// A number with `digits` decimals and a true minus sign.
    pub(crate) fn fixed(self, value: f64, digits: usize) -> String {
        let fixed = format!("{:.digits$}", value.abs());
        let negative = value < 0.0 && fixed.contains(|digit| ('1'..='9').contains(&digit));
        let number = if self.0 == De { fixed.replace('.', ",") } else { fixed };
        if negative { format!("−{number}") } else { number }
    }

    /// A number without needless decimals: `5`, `4,5`.
    pub(crate) fn number(self, value: f64) -> String {
        self.fixed(value, if value.fract() == 0.0 { 0 } else { 1 })
    }

    /// A share in per cent. What is not quite nothing or not quite all is never shown as such.
    pub(crate) fn share(self, share: Proportion) -> String {
        if share.count == 0 {
            self.percent_sign("0".to_owned())
        } else if share.share < 0.0005 {
            self.percent_sign(format!("<\u{a0}{}", self.fixed(0.1, 1)))
        } else if share.count < share.of && share.share >= 0.995 {
            self.percent_sign(">\u{a0}99".to_owned())
        } else {
            self.percent_sign(self.fixed(share.share * 100.0, decimals(share.share)))
        }
    }

    /// The interval of a share, as precise as the share itself: `10–15 %`, never broken at the dash.
    pub(crate) fn share_interval(self, share: Proportion) -> String {
        let digits = decimals(share.share);
        let low = self.fixed(share.low * 100.0, digits);
        let high = self.fixed(share.high * 100.0, digits);
        self.percent_sign(format!("{low}–\u{2060}{high}"))
    }

    /// `part` of `whole` in whole per cent.
    pub(crate) fn percent(self, part: u64, whole: u64) -> String {
        let share = if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
        self.percent_sign(self.fixed(share * 100.0, 0))
    }

    /// A difference of shares, times 100, signed: `−34`, `+12`, `0`.
    pub(crate) fn points(self, value: f64) -> String {
        let number = self.fixed(value * 100.0, 0);
        if number == "0" || number.starts_with('−') { number } else { format!("+{number}") }
    }

    /// A number with its sign: `−0,4`, `+12`, `0`.
    pub(crate) fn signed(self, value: f64, digits: usize) -> String {
        let number = self.fixed(value, digits);
        let is_zero = !number.contains(|digit| ('1'..='9').contains(&digit));
        if is_zero || number.starts_with('−') { number } else { format!("+{number}") }
    }

    /// From one end of an interval to the other.
    pub(crate) fn range(self, low: &str, high: &str) -> String {
        format!("{low}\u{a0}{}\u{a0}{high}", self.to())
    }

    /// A part of a whole, from 0 to 1, in per cent.
    pub(crate) fn percent_of(self, part: f64) -> String {
        self.percent_sign(self.fixed(part * 100.0, decimals(part)))
    }

    /// The interval of a difference of shares: `−41 bis −27`.
    pub(crate) fn points_interval(self, estimate: Estimate) -> String {
        let [low, high] = [estimate.low, estimate.high].map(|end| self.points(end));
        format!("{low}\u{a0}{}\u{a0}{high}", self.to())
    }

    /// A day: `12. März 2026`.
    pub(crate) fn date(self, date: Date) -> String {
        match self.0 {
            De => format!("{}.\u{a0}{}\u{a0}{}", date.day(), self.month_name(date), date.year()),
            En => format!("{}\u{a0}{}\u{a0}{}", date.day(), self.month_name(date), date.year()),
        }
    }

    /// A month: `März 2026`.
    pub(crate) fn month(self, date: Date) -> String {
        format!("{}\u{a0}{}", self.month_name(date), date.year())
    }

    /// A month where space is scarce: `3/2026`.
    pub(crate) fn short_month(self, date: Date) -> String {
        format!("{}/{}", date.month(), date.year())
    }

    /// From the first to the last day, each part said once: `3. bis 12. März 2026`.
    pub(crate) fn period(self, first: Date, last: Date) -> String {
        if first == last {
            return self.date(first);
        }
        let dot = if self.0 == De { "." } else { "" };
        let start = if first.year() != last.year() {
            self.date(first)
        } else if first.month() != last.month() {
            format!("{}{dot}\u{a0}{}", first.day(), self.month_name(first))
        } else {
            format!("{}{dot}", first.day())
        };
        format!("{start} {} {}", self.to(), self.date(last))
    }

    fn month_name(self, date: Date) -> &'static str {
        let months = if self.0 == De { MONTHS_DE } else { MONTHS_EN };
        months[usize::from(date.month().unsigned_abs()) - 1]
    }

    /// Between the ends of an interval.
    pub(crate) fn to(self) -> &'static str {
        if self.0 == De { "bis" } else { "to" }
    }

    /// An amount of score without its sign.
    pub(crate) fn amount(self, scale: Scale, value: f64) -> String {
        match scale {
            Scale::Nps => self.fixed(value * 100.0, 0),
            Scale::Rating { .. } => self.fixed(value, 1),
        }
    }

    /// An amount of score with its sign.
    pub(crate) fn signed_amount(self, scale: Scale, value: f64) -> String {
        match scale {
            Scale::Nps => self.points(value),
            Scale::Rating { .. } => self.signed(value, 1),
        }
    }

    /// The ends of the interval of a difference of shares, in points with a decimal, and what stands
    /// between them.
    pub(crate) fn difference(self, comparison: &Comparison) -> [String; 3] {
        let end = |value: f64| self.signed(value * 100.0, 1);
        [end(comparison.low), self.to().to_owned(), end(comparison.high)]
    }

    fn percent_sign(self, number: String) -> String {
        if self.0 == De { format!("{number}\u{a0}%") } else { format!("{number}%") }
    }
}

fn decimals(share: f64) -> usize {
    usize::from(share < FINE)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const DE: Format = Format(De);
    const EN: Format = Format(En);

    #[test]
    fn thousands_are_apart() {
        assert_eq!(DE.count(999), "999");
        assert_eq!(DE.count(12_345), "12.345");
        assert_eq!(EN.count(1_234_567), "1,234,567");
    }

    #[test]
    fn shares_below_a_tenth_have_a_decimal() {
        assert_eq!(DE.share(Proportion::new(34, 1000)), "3,4\u{a0}%");
        assert_eq!(EN.share(Proportion::new(34, 1000)), "3.4%");
        assert_eq!(EN.share(Proportion::new(996, 10_000)), "10%");
        assert_eq!(DE.share_interval(Proportion::new(10, 100)), "6–\u{2060}17\u{a0}%");
    }

    #[test]
    fn a_little_is_not_nothing_and_almost_all_is_not_all() {
        assert_eq!(EN.share(Proportion::new(0, 50)), "0%");
        assert_eq!(EN.share(Proportion::new(1, 100_000)), "<\u{a0}0.1%");
        assert_eq!(EN.share(Proportion::new(99_999, 100_000)), ">\u{a0}99%");
        assert_eq!(EN.share(Proportion::new(5, 5)), "100%");
    }

    #[test]
    fn points_carry_their_sign() {
        assert_eq!(EN.points(-0.341), "−34");
        assert_eq!(EN.points(0.12), "+12");
        assert_eq!(EN.points(-0.001), "0");
        let net = Estimate { n: 9, value: 0.0, low: -0.41, high: 0.27 };
        assert_eq!(DE.points_interval(net), "−41\u{a0}bis\u{a0}+27");
    }

    #[test]
    fn a_period_says_each_part_once() {
        let plain = |text: String| text.replace('\u{a0}', " ");
        let last = date(2026, 3, 12);
        assert_eq!(plain(DE.period(last, last)), "12. März 2026");
        assert_eq!(plain(DE.period(date(2026, 3, 3), last)), "3. bis 12. März 2026");
        assert_eq!(plain(EN.period(date(2026, 1, 3), last)), "3 January to 12 March 2026");
        assert_eq!(plain(EN.period(date(2025, 3, 3), last)), "3 March 2025 to 12 March 2026");
    }

    #[test]
    fn numbers_show_decimals_only_where_they_have_some() {
        assert_eq!(DE.number(5.0), "5");
        assert_eq!(DE.number(4.5), "4,5");
        assert_eq!(DE.fixed(-0.04, 1), "0,0");
    }
}
