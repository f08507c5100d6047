//! Suggestions and churn signals: how many, about what, in whose words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::findings::{FlagSummary, FlaggedTouchpoint};
use super::verbatims::Verbatims;
use crate::digest::Fingerprint;
use crate::mention::{Analysed, Mention, Touchpoints};
use crate::tally::statistics::Proportion;
use crate::text::flags::Flag;

/// Whether it is no easy reading, then as good as random, and the same in every run: a fair choice.
type Lot = (bool, u64);

/// Flagged mentions. Mergeable.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct FlagTally(BTreeMap<Flag, Flagged>);

#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
struct Flagged {
    mentions: u64,
    feedback: u64,
    touchpoints: AtTouchpoints,
}

/// Mentions by touchpoint: how many, and some of them. Mergeable.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct AtTouchpoints(BTreeMap<String, (u64, Verbatims<Lot>)>);

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
                    flagged.touchpoints.add(touchpoints.id(tag.touchpoint), feedback, mention);
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
            own.touchpoints.merge(flagged.touchpoints);
        }
    }

    /// The flags raised, of so much feedback with text.
    pub fn summaries(&self, with_text: u64) -> Vec<FlagSummary> {
        let summary = |(&flag, flagged): (&Flag, &Flagged)| FlagSummary {
            flag,
            mentions: flagged.mentions,
            feedback: Proportion::new(flagged.feedback, with_text),
            touchpoints: flagged.touchpoints.listed(),
        };
        self.0.iter().map(summary).collect()
    }
}

impl AtTouchpoints {
    /// Counts a mention of a feedback at a touchpoint.
    pub fn add(&mut self, touchpoint: &str, feedback: &Analysed, mention: &Mention) {
        let lot = Fingerprint::of(&mention.text).number();
        let (mentions, verbatims) = self.0.entry(touchpoint.to_owned()).or_default();
        *mentions += 1;
        verbatims.add(feedback, mention, |unreadable| (unreadable, lot));
    }

    fn merge(&mut self, other: Self) {
        for (touchpoint, (mentions, verbatims)) in other.0 {
            let own = self.0.entry(touchpoint).or_default();
            own.0 += mentions;
            own.1.merge(verbatims);
        }
    }

    /// As findings tell them, most mentions first.
    pub fn listed(&self) -> Vec<FlaggedTouchpoint> {
        let mut found: Vec<FlaggedTouchpoint> = self
            .0
            .iter()
            .map(|(touchpoint, (mentions, verbatims))| FlaggedTouchpoint {
                touchpoint: touchpoint.clone(),
                mentions: *mentions,
                verbatims: verbatims.shown(),
            })
            .collect();
        found.sort_by(|a, b| (b.mentions, &a.touchpoint).cmp(&(a.mentions, &b.touchpoint)));
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mention::{Mention, Tag};
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
