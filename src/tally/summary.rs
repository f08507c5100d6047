//! What the counts come to: the plain figures that the report shows. Everything here is sorted and
//! rounded nowhere; rounding is the exporter's business.

use jiff::civil::Date;
use serde::Serialize;

use super::consistency::Consistency;
use super::statistics::{Estimate, Proportion};
use crate::mention::Group;

/// Where every input row ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct RowCounts {
    /// Rows read, header lines aside: feedback + duplicates + rejects.
    pub rows: u64,
    /// Rows that count.
    pub feedback: u64,
    /// Of `feedback`: rows whose text cells are empty or say nothing ("-", "k. A.").
    pub without_text: u64,
    /// Rows that repeat an earlier one.
    pub duplicates: u64,
    /// Rows that could not be used; `rejects.csv` lists them.
    pub rejects: u64,
}

/// Mentions by sentiment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SentimentCounts {
    /// Negative mentions.
    pub negative: u64,
    /// Neutral mentions.
    pub neutral: u64,
    /// Positive mentions.
    pub positive: u64,
}

impl SentimentCounts {
    /// All mentions.
    pub fn total(&self) -> u64 {
        self.negative + self.neutral + self.positive
    }

    /// Share of positive minus share of negative mentions, from −1 to 1.
    pub fn net_sentiment(&self) -> Estimate {
        Estimate::difference_of_shares(self.positive, self.negative, self.total())
    }
}

/// A touchpoint's figures. Touchpoints without a mention are listed too.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TouchpointSummary {
    /// Identifier in the codebook, e.g. `delivery`; `general` for mentions of no touchpoint.
    pub touchpoint: String,
    /// Name in the report's language, e.g. "Lieferung".
    pub name: String,
    /// Identifier of its phase, e.g. `purchase`; empty for `general`.
    pub phase: String,
    /// Identifier of the touchpoint that it is a part of; empty if there is none.
    pub parent: String,
    /// Whether the company can control it.
    pub controllable: bool,
    /// Mentions by sentiment; a mention of two touchpoints counts in both.
    pub sentiment: SentimentCounts,
    /// Feedback with at least one mention of it.
    pub feedback: u64,
}

/// A phase's figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PhaseSummary {
    /// Identifier, e.g. `use`.
    pub phase: String,
    /// Name in the report's language, e.g. "Nutzung".
    pub name: String,
    /// Mentions by sentiment; a mention of two touchpoints of one phase counts once.
    pub sentiment: SentimentCounts,
}

/// Likelihood to recommend.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct NpsSummary {
    /// Scores 9 and 10.
    pub promoters: u64,
    /// Scores 7 and 8.
    pub passives: u64,
    /// Scores 0 to 6.
    pub detractors: u64,
    /// Share of promoters minus share of detractors, from −1 to 1; shown times 100.
    pub nps: Estimate,
}

impl NpsSummary {
    /// The Net Promoter Score of scores by how often each of 0 to 10 was given: share of 9 and 10
    /// minus share of 0 to 6 (F. F. Reichheld, "The one number you need to grow", Harvard Business
    /// Review, December 2003).
    pub fn new(scores: &[u64; 11]) -> Option<Self> {
        let detractors = scores[..=6].iter().sum();
        let passives = scores[7..=8].iter().sum();
        let promoters = scores[9..].iter().sum();
        let n: u64 = detractors + passives + promoters;
        (n > 0).then(|| Self {
            promoters,
            passives,
            detractors,
            nps: Estimate::difference_of_shares(promoters, detractors, n),
        })
    }
}

/// Ratings such as stars.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RatingSummary {
    /// Lowest possible rating.
    pub lowest: f64,
    /// Highest possible rating.
    pub highest: f64,
    /// Mean rating.
    pub mean: Estimate,
    /// CSAT: ratings in the top two of five, that is in the upper quarter of the scale.
    pub satisfied: Proportion,
}

/// One calendar month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MonthSummary {
    /// First day of the month.
    pub month: Date,
    /// Mentions by sentiment.
    pub sentiment: SentimentCounts,
}

/// A group's figures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupSummary {
    /// Column and value.
    pub group: Group,
    /// Its feedback.
    pub feedback: u64,
    /// Of these, feedback with text.
    pub with_text: u64,
    /// Its mentions.
    pub sentiment: SentimentCounts,
    /// Likelihood to recommend, if the input has it.
    pub nps: Option<NpsSummary>,
    /// Mean rating, on the scale of the first input, if it has one.
    pub rating: Option<Estimate>,
}

/// How feedback of several mentions ends: what comes last is remembered best (D. Kahneman, B. L.
/// Fredrickson, C. A. Schreiber, D. A. Redelmeier, "When more pain is preferred to less: adding a better
/// end", Psychological Science 4, 1993).
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Ending {
    /// The last mentions.
    pub last: SentimentCounts,
    /// The mentions before them.
    pub rest: SentimentCounts,
}

/// How the experience hangs together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Experience {
    /// Between touchpoints, without `general` and without those that are parts of others.
    pub touchpoints: Option<Consistency>,
    /// Between sources.
    pub sources: Option<Consistency>,
    /// Mentions of the last two phases of the journey; one of both counts twice.
    pub last_phases: SentimentCounts,
    /// How feedback ends.
    pub ending: Ending,
}

/// All the plain figures of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// Where the rows ended.
    pub rows: RowCounts,
    /// All mentions by sentiment.
    pub sentiment: SentimentCounts,
    /// Mentions by language code, commonest first.
    pub languages: Vec<(String, u64)>,
    /// First and last day, if the input has dates.
    pub period: Option<(Date, Date)>,
    /// Likelihood to recommend, if the input has it.
    pub nps: Option<NpsSummary>,
    /// Rating, if the input has one.
    pub rating: Option<RatingSummary>,
    /// Phases in the order of the journey.
    pub phases: Vec<PhaseSummary>,
    /// Touchpoints, most negative mentions first, then by identifier.
    pub touchpoints: Vec<TouchpointSummary>,
    /// Months in order; empty without dates. Months without a mention are left out.
    pub months: Vec<MonthSummary>,
    /// Groups of sources and segments, column by column, most feedback first.
    pub groups: Vec<GroupSummary>,
    /// How the experience hangs together.
    pub experience: Experience,
    /// Negative mentions that a pain point covers, of all negative mentions that it could.
    pub covered: Proportion,
    /// The touchpoint whose pain points and delights alone were looked for, if it was one.
    pub touchpoint: Option<String>,
}
