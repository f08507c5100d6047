//! Applies the corrections of mentions, and counts how often the program disagreed with the person.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use crate::config::corrections::{Corrections, MentionEdit, Subject};
use crate::mention::{Analysed, Mention, Touchpoint, Touchpoints};
use crate::tally::corrections::CorrectionCounts;

/// Corrections at work, on every thread.
pub struct Corrector<'a> {
    corrections: &'a Corrections,
    touchpoints: &'a Touchpoints,
    state: Mutex<State>,
}

/// Sums and sets alone: no order of the rows matters.
#[derive(Clone, Default)]
struct State {
    /// Lines of the corrections that found a mention.
    matched: BTreeSet<u64>,
    counts: CorrectionCounts,
}

impl<'a> Corrector<'a> {
    /// Nothing is corrected yet.
    pub fn new(corrections: &'a Corrections, touchpoints: &'a Touchpoints) -> Self {
        Self { corrections, touchpoints, state: Mutex::default() }
    }

    /// Corrects the mentions of a feedback. What is said of one mention wins over what is said of all
    /// with its text.
    pub fn apply(&self, feedback: &mut Analysed) {
        if self.corrections.mentions.is_empty() {
            return;
        }
        for (mention, number) in feedback.mentions.iter_mut().zip(1..) {
            let by_text = Subject::Text(mention.text_hash());
            let by_number = Subject::Mention(feedback.id.clone(), number);
            let edits = |subject| self.corrections.mentions.get(&subject).into_iter().flatten();
            let edits: Vec<&(u64, MentionEdit)> = edits(by_text).chain(edits(by_number)).collect();
            if !edits.is_empty() {
                self.correct(mention, &edits);
            }
        }
    }

    /// Applies corrections of a mention, of which the later win.
    fn correct(&self, mention: &mut Mention, edits: &[&(u64, MentionEdit)]) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut sentiment, mut touchpoints) = (None, None);
        for (line, edit) in edits {
            state.matched.insert(*line);
            match edit {
                MentionEdit::Sentiment(value) => sentiment = Some(*value),
                MentionEdit::Touchpoints(ids) => touchpoints = Some(ids),
            }
        }
        if let Some(sentiment) = sentiment {
            state.counts.sentiment.add(mention.sentiment == sentiment);
            mention.correct_sentiment(sentiment);
        }
        if let Some(ids) = touchpoints {
            let named: Vec<Touchpoint> = ids.iter().map(|id| self.touchpoints.number(id)).collect();
            state.counts.touchpoint.add(same(mention, &named));
            mention.correct_touchpoints(named);
        }
    }

    /// What was corrected, once all feedback is, and the rows of the file that found nothing, each with
    /// its place; `themes` are the lines that corrected terms and pain points.
    pub fn finish(self, themes: BTreeSet<u64>) -> (CorrectionCounts, Vec<String>) {
        let State { mut matched, counts } =
            self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        matched.extend(themes);
        let rows = self.corrections.rows();
        let counts = CorrectionCounts { rows, matched: matched.len() as u64, ..counts };
        (counts, self.corrections.others(&matched))
    }
}

fn same(mention: &Mention, named: &[Touchpoint]) -> bool {
    let own: BTreeSet<Touchpoint> = mention.touchpoints.iter().map(|tag| tag.touchpoint).collect();
    own == named.iter().copied().collect()
}
