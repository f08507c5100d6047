//! The counts that everything else is made of.

use serde::{Deserialize, Serialize};

use super::statistics::{Estimate, Proportion};
use crate::model::Sentiment;

/// Where every input row ended.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct RowCounts {
    /// Rows read, header lines aside: feedback + duplicates + rejects + left out.
    pub rows: u64,
    /// Rows that count.
    pub feedback: u64,
    /// Of `feedback`: rows whose text cells are empty, say nothing ("-", "k. A.") or are in languages that are
    /// not served.
    pub without_text: u64,
    /// Of `feedback`: rows with text in languages that are not served, in part or as a whole.
    #[serde(default)]
    pub other_language: u64,
    /// Of `feedback`: rows whose text nearly repeats another's. Their scores count, their text does not.
    #[serde(default)]
    pub near_duplicates: u64,
    /// Rows that repeat an earlier one.
    pub duplicates: u64,
    /// Rows that could not be used; `rejects.csv` lists them.
    pub rejects: u64,
    /// Rows that are no customer's finished answer, as the profile of a tool says.
    #[serde(default)]
    pub left_out: u64,
}

impl RowCounts {
    /// Feedback with text that counts: what shares are shares of.
    pub fn with_text(&self) -> u64 {
        self.feedback.saturating_sub(self.without_text + self.near_duplicates)
    }

    /// Adds what another count holds.
    pub fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        self.feedback += other.feedback;
        self.without_text += other.without_text;
        self.other_language += other.other_language;
        self.duplicates += other.duplicates;
        self.near_duplicates += other.near_duplicates;
        self.left_out += other.left_out;
        self.rejects += other.rejects;
    }
}

/// Mentions by sentiment.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
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

    /// Counts a mention.
    pub fn add(&mut self, sentiment: Sentiment) {
        match sentiment {
            Sentiment::Negative => self.negative += 1,
            Sentiment::Neutral => self.neutral += 1,
            Sentiment::Positive => self.positive += 1,
        }
    }

    /// Adds what another count holds.
    pub fn merge(&mut self, other: Self) {
        self.negative += other.negative;
        self.neutral += other.neutral;
        self.positive += other.positive;
    }
}

/// Mentions in a language.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct LanguageCount {
    /// ISO 639-1 code; `und` where nothing tells.
    pub language: String,
    /// Its mentions.
    pub mentions: u64,
}

/// Likelihood to recommend.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
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
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
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

/// How answers of several mentions to one question end: what comes last is remembered best (D. Kahneman, B. L.
/// Fredrickson, C. A. Schreiber, D. A. Redelmeier, "When more pain is preferred to less: adding a better
/// end", Psychological Science 4, 1993).
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Ending {
    /// The last mentions of each answer.
    pub last: SentimentCounts,
    /// The mentions before them in the same answers.
    pub rest: SentimentCounts,
}

impl Ending {
    /// Counts an answer, if it has several mentions.
    pub fn add(&mut self, answer: &[Sentiment]) {
        if let [rest @ .., last] = answer
            && !rest.is_empty()
        {
            self.last.add(*last);
            rest.iter().for_each(|sentiment| self.rest.add(*sentiment));
        }
    }

    /// Adds what another count holds.
    pub fn merge(&mut self, other: Self) {
        self.last.merge(other.last);
        self.rest.merge(other.rest);
    }
}
