//! Suggestions and churn signals: how many, about what, in whose words.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::findings::{FlagSummary, FlaggedTouchpoint, Verbatim};
use crate::digest::Fingerprint;
use crate::mention::{Analysed, Mention, Touchpoints};
use crate::tally::statistics::Proportion;
use crate::text::clean::readable;
use crate::text::flags::Flag;

/// Verbatims kept of each touchpoint.
const VERBATIMS: usize = 3;

/// Flagged mentions. Mergeable.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct FlagTally(BTreeMap<Flag, Flagged>);

#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
struct Flagged {
    mentions: u64,
    feedback: u64,
    touchpoints: BTreeMap<String, (u64, Vec<Quote>)>,
}

/// A quotation; the least come first.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
struct Quote {
    /// Whether it is too short or too long to be read at a glance.
    unreadable: bool,
    /// As good as random, and the same in every run: a fair choice.
    lot: u64,
    text: String,
    feedback_id: String,
    date: Option<Date>,
}

impl FlagTally {
    /// Counts the flags of a feedback.
    pub fn add(&mut self, feedback: &Analysed, touchpoints: &Touchpoints) {
        let mut raised: Vec<Flag> = Vec::new();
        for mention in &feedback.mentions {
            for flag in mention.flags.iter().map(|raised| raised.flag) {
                let flagged = self.0.entry(flag).or_default();
                flagged.mentions += 1;
                flagged.feedback += u64::from(!raised.contains(&flag));
                raised.push(flag);
                for tag in &mention.touchpoints {
                    let id = touchpoints.id(tag.touchpoint).to_owned();
                    let found = flagged.touchpoints.entry(id).or_default();
                    found.0 += 1;
                    quote(&mut found.1, Quote::new(feedback, mention));
                }
            }
        }
    }

    /// Adds what another tally counted.
    pub fn merge(&mut self, other: Self) {
        for (flag, flagged) in other.0 {
            let own = self.0.entry(flag).or_default();
            own.mentions += flagged.mentions;
            own.feedback += flagged.feedback;
            for (touchpoint, (mentions, quotes)) in flagged.touchpoints {
                let found = own.touchpoints.entry(touchpoint).or_default();
                found.0 += mentions;
                quotes.into_iter().for_each(|new| quote(&mut found.1, new));
            }
        }
    }

    /// The flags raised, of so much feedback with text.
    pub fn summaries(&self, with_text: u64) -> Vec<FlagSummary> {
        let summary = |(&flag, flagged): (&Flag, &Flagged)| FlagSummary {
            flag,
            mentions: flagged.mentions,
            feedback: Proportion::new(flagged.feedback, with_text),
            touchpoints: flagged.touchpoints(),
        };
        self.0.iter().map(summary).collect()
    }
}

impl Flagged {
    fn touchpoints(&self) -> Vec<FlaggedTouchpoint> {
        let mut found: Vec<FlaggedTouchpoint> = self
            .touchpoints
            .iter()
            .map(|(touchpoint, (mentions, quotes))| FlaggedTouchpoint {
                touchpoint: touchpoint.clone(),
                mentions: *mentions,
                verbatims: quotes.iter().map(Quote::verbatim).collect(),
            })
            .collect();
        found.sort_by(|a, b| (b.mentions, &a.touchpoint).cmp(&(a.mentions, &b.touchpoint)));
        found
    }
}

/// Keeps the best quotations; the same words of two customers are one.
fn quote(quotes: &mut Vec<Quote>, new: Quote) {
    match quotes.iter_mut().find(|known| known.text == new.text) {
        Some(same) if new < *same => *same = new,
        Some(_) => {}
        None => quotes.push(new),
    }
    quotes.sort_unstable();
    quotes.truncate(VERBATIMS);
}

impl Quote {
    fn new(feedback: &Analysed, mention: &Mention) -> Self {
        const READABLE: std::ops::RangeInclusive<usize> = 25..=220;
        Self {
            unreadable: !READABLE.contains(&mention.text.chars().count()),
            lot: Fingerprint::of(&mention.text).number(),
            text: readable(&mention.text),
            feedback_id: feedback.id.clone(),
            date: feedback.date(),
        }
    }

    fn verbatim(&self) -> Verbatim {
        Verbatim { feedback_id: self.feedback_id.clone(), text: self.text.clone(), date: self.date }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::Tag;
    use crate::model::Score;
    use crate::text::Language;

    fn feedback(id: &str, texts: &[&str]) -> Analysed {
        let score =
            Score { probabilities: [0.8, 0.1, 0.1], meaning: vec![0.0], ..Score::default() };
        let mentions = texts.iter().map(|text| {
            let tags = vec![Tag::general()];
            Mention::new(("text".into(), (*text).into()), 0, Language::De, &score, tags)
        });
        Analysed::new(id.into(), None, mentions.collect())
    }

    #[test]
    fn a_feedback_counts_once_however_often_it_threatens() {
        let rows = [
            feedback("1", &["Nie wieder!", "Ich kündige zum Monatsende meinen Vertrag."]),
            feedback("2", &["Es wäre schön, wenn die App auch dunkel ginge."]),
            feedback("3", &["Alles gut."]),
        ];
        let mut tallies = rows.map(|row| {
            let mut tally = FlagTally::default();
            tally.add(&row, &Touchpoints::default());
            tally
        });
        tallies.reverse();
        let mut tally = FlagTally::default();
        tallies.into_iter().for_each(|part| tally.merge(part));
        let [suggestion, churn] = &tally.summaries(3)[..] else { panic!("two flags") };
        assert_eq!((suggestion.flag, suggestion.mentions), (Flag::Suggestion, 1));
        assert_eq!((churn.mentions, churn.feedback.count, churn.feedback.of), (2, 1, 3));
        let verbatims = &churn.touchpoints[0].verbatims;
        assert!(verbatims[0].text.starts_with("Ich kündige"), "{verbatims:?}");
    }
}
