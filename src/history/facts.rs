//! What a feedback counts for.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Names;
use crate::digest::Fingerprint;
use crate::mention::{Analysed, Group, Touchpoints};
use crate::model::Sentiment;
use crate::tally::summary::SentimentCounts;

/// What a feedback counts for, names by their numbers.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Facts {
    /// Likelihood to recommend, 0 to 10.
    pub nps: Option<u8>,
    /// Rating in thousandths of its scale.
    pub rating: Option<u16>,
    /// Whether it is in part or as a whole in languages that are not served.
    pub other_language: bool,
    /// Negative, neutral and positive mentions.
    pub mentions: Side,
    /// The same by touchpoint, each touchpoint once.
    pub touchpoints: Vec<(u32, Side)>,
    /// The pain points and delights that it mentions, each once.
    pub topics: Vec<u32>,
    /// The groups of customers that it belongs to.
    pub groups: Vec<u32>,
}

/// Negative, neutral and positive mentions of a feedback.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Side(pub u32, pub u32, pub u32);

impl Side {
    fn add(&mut self, sentiment: Sentiment) {
        match sentiment {
            Sentiment::Negative => self.0 += 1,
            Sentiment::Neutral => self.1 += 1,
            Sentiment::Positive => self.2 += 1,
        }
    }

    /// All of them.
    pub fn total(self) -> u64 {
        u64::from(self.0) + u64::from(self.1) + u64::from(self.2)
    }

    /// As counts.
    pub fn counts(self) -> SentimentCounts {
        let [negative, neutral, positive] = [self.0, self.1, self.2].map(u64::from);
        SentimentCounts { negative, neutral, positive }
    }
}

impl Facts {
    /// Whether it has text that counts: what shares are shares of.
    pub fn with_text(&self) -> bool {
        self.mentions.total() > 0
    }
}

/// A feedback, its day, and what it counts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// A hash of its id.
    pub id: [u8; 16],
    /// Its day, if it has one.
    pub day: Option<Date>,
    /// What it counts for.
    pub facts: Facts,
}

impl Entry {
    /// The hash of an id.
    pub fn hash(id: &str) -> [u8; 16] {
        let mut hash = [0; 16];
        hash.copy_from_slice(&Fingerprint::of(id).bytes()[..16]);
        hash
    }
}

/// What a feedback counts for, with the ids of the pain points and delights of each of its mentions, and the scale of its
/// rating.
pub fn counted(
    feedback: &Analysed,
    topics: &[Vec<String>],
    (touchpoints, rating): (&Touchpoints, Option<(f64, f64)>),
    names: &mut Names,
) -> Entry {
    let part = |own: f64| {
        let (lowest, highest) = rating.filter(|(lowest, highest)| highest > lowest)?;
        Some(((own - lowest) / (highest - lowest) * 1000.0).clamp(0.0, 1000.0).round() as u16)
    };
    let mut own: BTreeMap<u32, Side> = BTreeMap::new();
    let mut mentions = Side::default();
    for mention in &feedback.mentions {
        mentions.add(mention.sentiment);
        let about: BTreeSet<&str> =
            mention.touchpoints.iter().map(|tag| touchpoints.id(tag.touchpoint)).collect();
        for id in about {
            own.entry(names.number(id)).or_default().add(mention.sentiment);
        }
    }
    let topics: BTreeSet<u32> = topics.iter().flatten().map(|id| names.number(id)).collect();
    let group = |Group { column, value, .. }: &Group| names.number(&group_name(column, value));
    let facts = Facts {
        nps: feedback.scores.nps,
        rating: feedback.scores.rating.and_then(part),
        other_language: feedback.other_language,
        mentions,
        touchpoints: own.into_iter().collect(),
        topics: topics.into_iter().collect(),
        groups: feedback.scores.groups.iter().map(group).collect(),
    };
    Entry { id: Entry::hash(&feedback.id), day: feedback.scores.date, facts }
}

/// A value of a column as one name: `Tarif=L`.
pub(super) fn group_name(column: &str, value: &str) -> String {
    format!("{column}={value}")
}
