//! The scale of ratings as the user gives it: `1..6,reversed`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What the user says of the ratings.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct RatingScale {
    /// Lowest rating.
    pub low: f64,
    /// Highest rating.
    pub high: f64,
    /// Whether the lowest is best.
    pub reversed: bool,
}

impl FromStr for RatingScale {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "{written:?} is no scale; write the lowest and the highest rating as 1..5, and as \
                 1..6,reversed where the lowest is best"
            )
        };
        let (range, reversed) = match written.trim().split_once(',') {
            Some((range, "reversed")) => (range, true),
            Some(_) => return Err(wrong()),
            None => (written.trim(), false),
        };
        let (low, high) = range.split_once("..").ok_or_else(wrong)?;
        let number =
            |text: &str| text.trim().parse().ok().filter(|number: &f64| number.is_finite());
        let (low, high) = number(low).zip(number(high)).ok_or_else(wrong)?;
        if low < high { Ok(Self { low, high, reversed }) } else { Err(wrong()) }
    }
}

impl TryFrom<String> for RatingScale {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        written.parse()
    }
}

impl fmt::Display for RatingScale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { low, high, reversed } = self;
        write!(f, "{low}..{high}{}", if *reversed { ",reversed" } else { "" })
    }
}

impl From<RatingScale> for String {
    fn from(scale: RatingScale) -> Self {
        scale.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_two_numbers_and_may_be_reversed() {
        for written in ["1..5", "0..10", "1..6,reversed", "-3..3", "0.5..5"] {
            assert_eq!(written.parse::<RatingScale>().unwrap().to_string(), written);
        }
        for written in ["", "5", "5..1", "1-5", "1..5,turned", "a..b", "0..inf", "1..1"] {
            let error = written.parse::<RatingScale>().unwrap_err();
            assert!(error.contains("1..6,reversed"), "{error}");
        }
    }
}
