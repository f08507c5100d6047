//! Rules as they are written down.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::painpoint::findings::{Against, Measure, MeasureKind as Kind, Sensitivity};
use crate::tally::period::Unit;

/// All rules, and how they are judged.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rules {
    /// How easily they raise an alarm.
    pub sensitivity: Sensitivity,
    /// How long a period is.
    pub period: Unit,
    /// Periods that the last one is held against.
    pub periods: Count,
    /// Fewest feedback of a period, or answers with the score in question, from which it is judged.
    pub least: Count,
    /// The rules; those of [`Rules::usual`] where none are written.
    pub rules: Vec<Rule>,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            sensitivity: Sensitivity::default(),
            period: Unit::default(),
            periods: Count(8),
            least: Count(30),
            rules: Vec::new(),
        }
    }
}

/// A number from 1 to 1000.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(try_from = "i64")]
pub struct Count(pub u16);

impl TryFrom<i64> for Count {
    type Error = String;

    fn try_from(number: i64) -> Result<Self, String> {
        let found = u16::try_from(number).ok().filter(|own| (1..=1000).contains(own));
        found.map(Self).ok_or_else(|| format!("{number} is no number from 1 to 1000"))
    }
}

/// A rule.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(try_from = "Written", into = "Written")]
pub struct Rule {
    /// What it is called.
    pub name: String,
    /// What it looks at.
    pub measure: Measure,
    /// The touchpoint that it is about, `*` for each; all together where there is none.
    pub touchpoint: Option<String>,
    /// The pain point that it is about, by its identifier, or `*` for each.
    pub pain_point: Option<String>,
    /// The group of customers that it is about, as column=value.
    pub segment: Option<String>,
    /// What it is held against.
    pub against: Against,
    /// From where on it warns: a value, or with [`Against::Before`] how much worse it must be. Shares and points from
    /// −1 to 1.
    pub warn: Option<f64>,
    /// From where on it fails.
    pub fail: Option<f64>,
}

/// Stands for each touchpoint or pain point.
pub(super) const EACH: &str = "*";

/// A rule as the file has it.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Written {
    name: Option<String>,
    measure: Measure,
    touchpoint: Option<String>,
    pain_point: Option<String>,
    segment: Option<String>,
    against: Option<Against>,
    warn: Option<Bound>,
    fail: Option<Bound>,
}

impl From<Rule> for Written {
    fn from(rule: Rule) -> Self {
        let Rule { name, measure, touchpoint, pain_point, segment, against, warn, fail } = rule;
        let bound = |own: f64| match measure.kind() {
            // In points with a few digits, as it was written.
            Kind::Points => Bound::Number((own * 1e11).round() / 1e9),
            _ => Bound::Number(own),
        };
        let pain_point = pain_point.filter(|_| measure == Measure::PainPoint);
        let (name, against) = (Some(name), Some(against));
        let (warn, fail) = (warn.map(bound), fail.map(bound));
        Self { name, measure, touchpoint, pain_point, segment, against, warn, fail }
    }
}

/// A bound as it is written: a number, or per cent in quotes.
#[derive(Clone, Copy)]
enum Bound {
    Number(f64),
    PerCent(f64),
}

impl Serialize for Bound {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_f64(*number),
            Self::PerCent(number) => serializer.collect_str(&format_args!("{number} %")),
        }
    }
}

impl<'de> Deserialize<'de> for Bound {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;

        #[derive(Deserialize)]
        #[serde(untagged, expecting = "a number, or per cent in quotes such as \"5 %\"")]
        enum Either {
            Number(f64),
            Text(String),
        }
        match Either::deserialize(deserializer)? {
            Either::Number(number) => Ok(Self::Number(number)),
            Either::Text(text) => {
                let number = text.trim().strip_suffix('%').map(|own| own.trim().parse());
                let wrong = || D::Error::custom(format!("{text:?} is no per cent such as \"5 %\""));
                number.and_then(Result::ok).map(Self::PerCent).ok_or_else(wrong)
            }
        }
    }
}

impl Bound {
    /// As the measure has its values.
    fn value(self, measure: Measure, against: Against) -> Result<f64, String> {
        let name = measure.name();
        // How much more or less there is, is told as a part of what was expected.
        let relative = measure == Measure::Volume && against == Against::Before;
        let found = match (self, measure.kind()) {
            (Self::PerCent(number), Kind::Share) => number / 100.0,
            (Self::PerCent(number), Kind::Number) if relative => number / 100.0,
            (Self::PerCent(_), _) => return Err(format!("{name} is not told in per cent")),
            (Self::Number(number), Kind::Points) => number / 100.0,
            (Self::Number(number), _) => number,
        };
        let most = if measure.kind() == Kind::Number && !relative { f64::MAX } else { 1.0 };
        let least = if measure.kind() == Kind::Points { -1.0 } else { 0.0 };
        if (least..=most).contains(&found) {
            return Ok(found);
        }
        Err(match measure.kind() {
            Kind::Points => format!("{name} is told in points from -100 to 100"),
            Kind::Number if !relative => format!("{name} is told in numbers from 0 on"),
            _ => format!("{name} is told in parts from 0 to 1, or as per cent in quotes: \"5 %\""),
        })
    }
}

impl TryFrom<Written> for Rule {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let Written { name, measure, touchpoint, pain_point, segment, against, warn, fail } =
            written;
        let of_pain_points = matches!(measure, Measure::PainPoint | Measure::NewPainPoint);
        if touchpoint.is_some() && !matches!(measure, Measure::Complaints | Measure::NetSentiment) {
            return Err(format!("{} is not told by touchpoint", measure.name()));
        }
        if pain_point.is_some() && measure != Measure::PainPoint {
            return Err(format!("{} is not told by pain point", measure.name()));
        }
        if segment.is_some() && measure.is_of_run() {
            return Err(format!("{} is not told by group of customers", measure.name()));
        }
        if segment.as_ref().is_some_and(|own| !own.contains('=')) {
            return Err("segment is written as column=value".to_owned());
        }
        let limited = measure.is_of_run() || measure == Measure::NewPainPoint;
        let against = against.unwrap_or(match limited {
            true => Against::Limit,
            false => Against::Before,
        });
        if limited && against == Against::Before {
            return Err(format!("{} is held against a limit only", measure.name()));
        }
        if measure == Measure::Volume && against == Against::Limit {
            return Err("volume is held against the periods before only".to_owned());
        }
        let bound = |own: Option<Bound>| own.map(|own| own.value(measure, against)).transpose();
        let (mut warn, fail) = (bound(warn)?, bound(fail)?);
        if warn.is_none() && fail.is_none() {
            match against {
                Against::Limit => return Err("a limit needs warn or fail".to_owned()),
                Against::Before => warn = Some(0.0),
            }
        }
        let worse = |warn: f64, fail: f64| match against == Against::Limit && measure.is_good() {
            true => fail <= warn,
            false => fail >= warn,
        };
        if warn.zip(fail).is_some_and(|(warn, fail)| !worse(warn, fail)) {
            return Err("fail must be worse than warn".to_owned());
        }
        let pain_point = pain_point.or_else(|| of_pain_points.then(|| EACH.to_owned()));
        let name =
            name.unwrap_or_else(|| named(measure, touchpoint.as_deref(), pain_point.as_deref()));
        Ok(Self { name, measure, touchpoint, pain_point, segment, against, warn, fail })
    }
}

/// What a rule is called that has no name.
fn named(measure: Measure, touchpoint: Option<&str>, pain_point: Option<&str>) -> String {
    let of = touchpoint.or(pain_point).filter(|own| *own != EACH);
    of.map_or_else(|| measure.name().to_owned(), |own| format!("{} {own}", measure.name()))
}

impl Rules {
    /// The rules that hold where none are written: whatever is worse than before, and what says that a run was none.
    pub fn usual() -> Vec<Rule> {
        let rule = |measure: Measure, touchpoint: Option<&str>, warn: Option<f64>| Rule {
            name: measure.name().to_owned(),
            measure,
            touchpoint: touchpoint.map(str::to_owned),
            pain_point: (measure == Measure::PainPoint || measure == Measure::NewPainPoint)
                .then(|| EACH.to_owned()),
            segment: None,
            against: if warn.is_some() { Against::Limit } else { Against::Before },
            warn: Some(warn.unwrap_or(0.0)),
            fail: None,
        };
        vec![
            rule(Measure::Complaints, Some(EACH), None),
            rule(Measure::PainPoint, None, None),
            rule(Measure::NewPainPoint, None, Some(0.02)),
            rule(Measure::Nps, None, None),
            rule(Measure::Csat, None, None),
            rule(Measure::NetSentiment, None, None),
            rule(Measure::Volume, None, None),
            rule(Measure::Rejects, None, Some(0.01)),
            rule(Measure::OtherLanguages, None, Some(0.05)),
        ]
    }

    /// The rules that hold.
    pub fn all(&self) -> Vec<Rule> {
        if self.rules.is_empty() { Self::usual() } else { self.rules.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(source: &str) -> Result<Rules, String> {
        toml::from_str(source).map_err(|error: toml::de::Error| error.message().to_owned())
    }

    fn rule(source: &str) -> Result<Rule, String> {
        rules(&format!("[[rules]]\n{source}")).map(|own| own.rules[0].clone())
    }

    #[test]
    fn shares_are_parts_or_per_cent_and_scores_points() {
        let per_cent =
            rule("measure = \"complaints\"\nagainst = \"limit\"\nwarn = \"5 %\"").unwrap();
        let part = rule("measure = \"complaints\"\nagainst = \"limit\"\nwarn = 0.05").unwrap();
        assert_eq!(per_cent, part);
        assert_eq!(rule("measure = \"nps\"\nfail = 10").unwrap().fail, Some(0.1));
        assert_eq!(rule("measure = \"volume\"\nwarn = \"30%\"").unwrap().warn, Some(0.3));
    }

    #[test]
    fn what_cannot_be_judged_is_refused_with_the_reason() {
        for (source, told) in [
            ("measure = \"complaints\"\nwarn = 5", "0 to 1"),
            ("measure = \"nps\"\nwarn = \"5 %\"", "per cent"),
            ("measure = \"nps\"\ntouchpoint = \"app\"", "by touchpoint"),
            ("measure = \"rejects\"", "needs warn or fail"),
            ("measure = \"rejects\"\nagainst = \"before\"\nwarn = 0.1", "limit only"),
            ("measure = \"volume\"\nagainst = \"limit\"\nwarn = 100", "before only"),
            ("measure = \"nps\"\nagainst = \"limit\"\nwarn = 10\nfail = 20", "worse than warn"),
            ("measure = \"complaints\"\nwarn = 0.2\nfail = 0.1", "worse than warn"),
            ("measure = \"complaints\"\nsegment = \"Tarif\"", "column=value"),
            ("measure = \"complaints\"\nwarn = \"much\"", "no per cent"),
        ] {
            let error = rule(source).unwrap_err();
            assert!(error.contains(told), "{source}: {error}");
        }
        assert!(rules("sensitivity = \"nervous\"").unwrap_err().contains("calm"));
        assert!(rules("periods = 0").unwrap_err().contains("1 to 1000"));
    }

    #[test]
    fn a_limit_of_something_good_is_worse_below() {
        let rule = rule("measure = \"nps\"\nagainst = \"limit\"\nwarn = 20\nfail = 0").unwrap();
        assert_eq!((rule.warn, rule.fail), (Some(0.2), Some(0.0)));
    }
}
