//! Counts analysed feedback.

use super::{Counted, Tally};
use crate::config::codebook::Codebook;
use crate::mention::pass::Pass;
use crate::mention::{Analysed, Mention, Touchpoint, Touchpoints};
use crate::text::terms::Term;

/// Counts analysed feedback by the touchpoints and phases of a codebook.
pub struct Counter {
    touchpoints: Touchpoints,
    /// The phase of each touchpoint of the codebook.
    phases: Vec<String>,
}

impl Counter {
    /// A counter of the codebook's touchpoints.
    pub fn new(codebook: &Codebook) -> Self {
        let phases = codebook.phases();
        let phase = codebook.touchpoints().iter().map(|own| phases[own.phase].id.clone());
        Self { touchpoints: Touchpoints::new(codebook), phases: phase.collect() }
    }

    fn counted<'c>(&'c self, feedback: &'c Analysed, mention: &'c Mention) -> Counted<'c> {
        let touchpoints = || mention.touchpoints.iter().map(|tag| tag.touchpoint);
        let phase = |touchpoint: Touchpoint| self.phases.get(touchpoint.place()?);
        // What no codebook has, the row's own cell names.
        let id = |touchpoint: Touchpoint| {
            let named =
                feedback.touchpoints.iter().find(|own| touchpoint == Touchpoint::named(own));
            named.map_or_else(|| self.touchpoints.id(touchpoint), String::as_str)
        };
        Counted {
            sentiment: mention.sentiment,
            by_row: mention.text_sentiment() != mention.sentiment,
            language: mention.language,
            column: &mention.column,
            touchpoints: touchpoints().map(id).collect(),
            phases: touchpoints().filter_map(phase).map(String::as_str).collect(),
            terms: mention.terms.iter().map(Term::fingerprint).collect(),
        }
    }
}

impl Pass<Analysed> for Counter {
    type Sum = Tally;

    fn add(&self, tally: &mut Tally, feedback: &Analysed) {
        let mentions: Vec<Counted> =
            feedback.mentions.iter().map(|mention| self.counted(feedback, mention)).collect();
        tally.add(&feedback.scores, &mentions);
        if feedback.repetition.is_some() {
            // It has text, which counts for another.
            tally.rows.without_text -= 1;
            tally.rows.near_duplicates += 1;
        }
        tally.rows.other_language += u64::from(feedback.other_language);
    }

    fn merge(&self, tally: &mut Tally, other: Tally) {
        tally.merge(other);
    }
}
