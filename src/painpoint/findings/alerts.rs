//! What rules over the last period came to.

use clap::ValueEnum;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::tally::period::Unit;
use crate::tally::statistics::Estimate;

/// What all rules came to.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Alerts {
    /// How easily they raise an alarm.
    pub sensitivity: Sensitivity,
    /// How long a period is.
    pub unit: Unit,
    /// First and last day of the period that was judged, if one is over.
    pub period: Option<(Date, Date)>,
    /// What was judged, worst first.
    pub judged: Vec<Judged>,
}

/// What a rule came to for one of those that it is about.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Judged {
    /// The rule's name.
    pub rule: String,
    /// What it looks at.
    pub measure: Measure,
    /// What it is about.
    #[serde(flatten)]
    pub subject: Subject,
    /// What it is held against.
    pub against: Against,
    /// What it came to.
    pub judgement: Judgement,
    /// Why there is nothing to judge.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Whether the run before did not come to this.
    #[serde(default)]
    pub new: bool,
    /// The value with its 95 % interval, of how many.
    pub value: Option<Estimate>,
    /// What the periods before lead one to expect.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<f64>,
    /// From where on it warns, and fails.
    pub warn: Option<f64>,
    /// From where on it fails.
    pub fail: Option<f64>,
    /// Probability of a value so bad, by chance.
    pub p: Option<f64>,
    /// The least rate of false discoveries at which it is one.
    pub q: Option<f64>,
}

/// What a judgement is about.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Subject {
    /// Identifier of the touchpoint, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touchpoint: Option<String>,
    /// Identifier of the pain point, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pain_point: Option<String>,
    /// Its label.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub label: Vec<String>,
    /// The group of customers, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<String>,
}

/// What a rule comes to, worst first.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Judgement {
    /// Beyond what the rule calls a failure.
    Fail,
    /// Beyond what the rule warns of.
    Warn,
    /// Nothing could be judged.
    Unjudged,
    /// Nothing to report.
    Quiet,
}

impl Judgement {
    /// Name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fail => "fail",
            Self::Warn => "warn",
            Self::Unjudged => "unjudged",
            Self::Quiet => "quiet",
        }
    }

    /// Whether somebody is to be told.
    pub fn is_alarm(self) -> bool {
        self <= Self::Warn
    }
}

/// Why there is nothing to judge.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum Reason {
    /// The input has no dates.
    NoDates,
    /// No period is over yet.
    NoPeriod,
    /// Too few periods before it.
    FewPeriods {
        /// How many there are.
        there_are: u64,
        /// How many it takes.
        needed: u64,
    },
    /// Too little feedback in the period.
    Little {
        /// How much there is.
        n: u64,
        /// How much it takes.
        needed: u64,
    },
    /// The input has no such scores.
    NoScores,
    /// There is no such touchpoint, pain point or group of customers.
    NoSuch,
    /// There is no earlier run.
    NoEarlierRun,
}

impl Alerts {
    /// What somebody is to be told of, worst first.
    pub fn alarms(&self) -> impl Iterator<Item = &Judged> {
        self.judged.iter().filter(|own| own.judgement.is_alarm())
    }

    /// Whether a rule calls the run a failure; where no rule says from where on, any alarm is one.
    pub fn fails(&self) -> bool {
        let has_bound = self.judged.iter().any(|own| own.fail.is_some());
        let fails = |own: &Judged| own.judgement == Judgement::Fail || !has_bound;
        self.alarms().any(fails)
    }
}

/// How easily rules raise an alarm: the chance that any of them does in a period in which nothing has changed.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Sensitivity {
    /// One of a thousand quiet periods.
    Calm,
    /// One of a hundred.
    #[default]
    Normal,
    /// One of twenty.
    Alert,
}

impl Sensitivity {
    /// The rate of false discoveries.
    pub fn rate(self) -> f64 {
        match self {
            Self::Calm => 0.001,
            Self::Normal => 0.01,
            Self::Alert => 0.05,
        }
    }
}

/// What the last period is held against.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Against {
    /// A limit.
    Limit,
    /// The periods before.
    Before,
}

/// What a rule looks at.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Measure {
    /// Share of feedback with text that complains, of all or of a touchpoint.
    Complaints,
    /// Share of feedback with text that mentions a pain point.
    PainPoint,
    /// The same, of pain points that no earlier run had.
    NewPainPoint,
    /// Net Promoter Score.
    Nps,
    /// Share of ratings that are satisfied.
    Csat,
    /// Positive less negative mentions, of all mentions.
    NetSentiment,
    /// How much feedback there is.
    Volume,
    /// Days since the newest feedback. The one measure that looks at the clock.
    Age,
    /// Share of rows that could not be used.
    Rejects,
    /// How much is doubtful about the reading.
    Doubts,
    /// Share of feedback in languages that are not served.
    OtherLanguages,
    /// Share of negative mentions that are in a pain point.
    Coverage,
    /// Share of negative mentions that name no problem.
    Cries,
}

/// In what a measure is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeasureKind {
    /// A share from 0 to 1, told in per cent.
    Share,
    /// From −1 to 1, told in points.
    Points,
    /// A number of something.
    Number,
}

impl Measure {
    /// Name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Complaints => "complaints",
            Self::PainPoint => "pain-point",
            Self::NewPainPoint => "new-pain-point",
            Self::Nps => "nps",
            Self::Csat => "csat",
            Self::NetSentiment => "net-sentiment",
            Self::Volume => "volume",
            Self::Age => "age",
            Self::Rejects => "rejects",
            Self::Doubts => "doubts",
            Self::OtherLanguages => "other-languages",
            Self::Coverage => "coverage",
            Self::Cries => "cries",
        }
    }

    /// In what it is told.
    pub fn kind(self) -> MeasureKind {
        match self {
            Self::Nps | Self::NetSentiment => MeasureKind::Points,
            Self::Volume | Self::Age | Self::Doubts => MeasureKind::Number,
            _ => MeasureKind::Share,
        }
    }

    /// Whether more of it is better.
    pub fn is_good(self) -> bool {
        matches!(self, Self::Nps | Self::Csat | Self::NetSentiment | Self::Coverage)
    }

    /// Whether it is a figure of the run itself rather than of customers: nothing to be tested.
    pub fn is_of_run(self) -> bool {
        matches!(
            self,
            Self::Age
                | Self::Rejects
                | Self::Doubts
                | Self::OtherLanguages
                | Self::Coverage
                | Self::Cries
        )
    }
}

impl Against {
    /// Name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Limit => "limit",
            Self::Before => "before",
        }
    }
}

impl Reason {
    /// Name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoDates => "no_dates",
            Self::NoPeriod => "no_period",
            Self::FewPeriods { .. } => "few_periods",
            Self::Little { .. } => "little",
            Self::NoScores => "no_scores",
            Self::NoSuch => "no_such",
            Self::NoEarlierRun => "no_earlier_run",
        }
    }
}
