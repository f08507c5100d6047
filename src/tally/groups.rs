//! What customers of one group say: a channel, a region, a product.

use serde::{Deserialize, Serialize};

use super::counts::{NpsSummary, SentimentCounts};
use super::moments::Moments;
use super::statistics::Estimate;
use crate::mention::Scores;
use crate::model::Sentiment;

/// What a group's feedback adds up to. Mergeable.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub struct GroupCounts {
    /// Its feedback.
    pub feedback: u64,
    /// Of these, feedback with text.
    pub with_text: u64,
    /// Its mentions.
    pub sentiment: SentimentCounts,
    /// How often it gave each likelihood to recommend, 0 to 10.
    pub nps: [u64; 11],
    /// Its ratings, in thousandths.
    pub rating: Moments,
}

impl GroupCounts {
    pub(super) fn add(&mut self, scores: &Scores, mentions: impl Iterator<Item = Sentiment>) {
        self.feedback += 1;
        let before = self.sentiment.total();
        mentions.for_each(|sentiment| self.sentiment.add(sentiment));
        self.with_text += u64::from(self.sentiment.total() > before);
        if let Some(nps) = scores.nps {
            self.nps[usize::from(nps.min(10))] += 1;
        }
        if let Some(thousandths) = scores.thousandths() {
            self.rating.add(thousandths);
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.feedback += other.feedback;
        self.with_text += other.with_text;
        self.sentiment.merge(other.sentiment);
        for (sum, count) in self.nps.iter_mut().zip(other.nps) {
            *sum += count;
        }
        self.rating.merge(other.rating);
    }

    /// Its mean rating.
    pub fn mean_rating(&self) -> Option<Estimate> {
        let Moments { n, sum, squares } = self.rating;
        (n > 0).then(|| Estimate::mean(n, sum as f64 / 1e3, squares as f64 / 1e6))
    }

    /// Its net promoter score.
    pub fn nps(&self) -> Option<NpsSummary> {
        NpsSummary::new(&self.nps)
    }
}
