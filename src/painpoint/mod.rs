//! Analysed feedback → pain points and delights.
//!
//! [`find`] is the algorithm on one screen. Its passes stand in [`passes`], a file each; what they add up
//! to is a commutative monoid that can be written down ([`Pass`](crate::mention::pass::Pass)), so that any
//! split of the feedback comes to the same.
//!
//! Clustering works on terms: its cost grows with the vocabulary. A sample of the mentions gives the
//! [`clues`] on which [`themes`] are formed: clusters of [`candidates`] that stand together and mean the
//! same ([`relations`]), among which mentions choose until they agree. Then every mention chooses once
//! ([`membership`]). Negative mentions make pain points, positive ones delights, in the same way.

mod ballot;
pub mod candidates;
pub mod clues;
mod cluster;
mod distinctive;
pub mod evidence;
pub mod findings;
pub mod flagged;
mod forming;
mod found;
pub mod keypoints;
mod labels;
pub mod lineage;
pub mod membership;
pub mod names;
pub mod passes;
pub mod relations;
mod settings;
pub mod themes;
pub mod vocabulary;

use std::io;

use jiff::civil::Date;

use crate::config::codebook::Codebook;
use crate::config::corrections::Corrections;
use crate::mention::pass::{Source, go_over};
use crate::mention::{Analysed, Touchpoint, Touchpoints};
use crate::model::Sentiment;
use crate::tally::Tally;
use crate::tally::counts::SentimentCounts;
use clues::Scope;
use forming::form;
pub use found::Found;
use lineage::Baseline;
use passes::evidence::Weighing;
use passes::members::Counting;
use passes::recurring::Spelling;
use passes::sampling::Sampling;
use passes::usage::Usage;
use passes::{Places, Placing};
pub use settings::{Detail, Settings};
use vocabulary::Lexicon;

/// What is sought among which feedback.
#[derive(Clone, Copy)]
pub struct Inquiry<'a> {
    /// Phases and touchpoints.
    pub codebook: &'a Codebook,
    /// What touchpoints are called, those that cells name too.
    pub touchpoints: &'a Touchpoints,
    /// The counts of the same feedback.
    pub tally: &'a Tally,
    /// How pain points are made.
    pub settings: Settings,
    /// Scale of the ratings.
    pub rating: Option<(f64, f64)>,
    /// First day of the later of two periods; chosen where it is not given.
    pub since: Option<Date>,
    /// What an earlier run found.
    pub baseline: Option<&'a Baseline>,
    /// What a person corrected.
    pub corrections: &'a Corrections,
    /// Touchpoint whose pain points and delights alone are wanted.
    pub touchpoint: Option<&'a str>,
    /// The model's meaning vectors of some texts.
    pub meanings: &'a dyn Fn(&[&str]) -> Vec<Vec<f32>>,
}

/// Finds the pain points and delights of a source of feedback.
///
/// # Errors
/// If the source cannot be read, or the temporary directory not be used.
pub fn find<S>(source: &mut S, inquiry: &Inquiry) -> io::Result<Found>
where
    S: Source<Record = Analysed>,
{
    let Inquiry { tally, touchpoints, .. } = *inquiry;
    let (touchpoint, support) = (inquiry.wanted(), inquiry.support());

    // Pass 1 spells the terms that recur, each as often as it is written in some way.
    let spelling = Spelling { tally, support: support.term, touchpoint };
    let spellings = go_over(source, &spelling)?.recurring(support.term);
    let lexicon = Lexicon::new(&spellings, support.term - 1);
    drop(spellings);

    // Pass 2 counts their uses, typing errors as the word, and draws a sample of every scope.
    let usage = Usage { lexicon: &lexicon, touchpoint };
    let sampling = Sampling { lexicon: &lexicon, scopes: &inquiry.scopes() };
    let (uses, drawn) = go_over(source, &(usage, sampling))?;

    // No pass: themes are formed of the vocabulary and the sample.
    let (themes, corrected) = form(inquiry, support, lexicon, uses, drawn);

    // Pass 3: every mention chooses its theme, once, and counts for it.
    let mut places = Places::new()?;
    let mut placing = Placing::new(source, &themes, &mut places);
    let (members, evidence) = go_over(&mut placing, &(Counting, Weighing { touchpoints }))?;

    // Who joins pain points to rows goes over the feedback and its places a last time.
    Ok(Found::new(inquiry, support, themes, (&members, &evidence), places, corrected))
}

/// Fewest mentions of a term that recurs, and of a theme worth reporting, however small the input.
/// Two make a term, because terms of like meaning join.
const LEAST_SUPPORT: Support = Support { term: 2, theme: 3 };

/// Share of the feedback with text below which a term or theme does not recur, in thousandths.
const SUPPORT_PER_MILLE: u64 = 1;

/// How often a term and a theme must be mentioned to recur.
#[derive(Clone, Copy)]
struct Support {
    term: u64,
    theme: u64,
}

impl Support {
    /// `feedback` is how much has text, or is about the touchpoint that is looked at alone.
    fn of(feedback: u64) -> Self {
        let share = (feedback * SUPPORT_PER_MILLE).div_ceil(1000);
        Self { term: share.max(LEAST_SUPPORT.term), theme: share.max(LEAST_SUPPORT.theme) }
    }
}

impl Inquiry<'_> {
    /// The touchpoint that is looked at alone.
    fn wanted(&self) -> Option<Touchpoint> {
        self.touchpoint.map(|id| self.touchpoints.number(id))
    }

    /// The mentions among which pain points and delights are looked for.
    pub fn sentiment(&self) -> SentimentCounts {
        self.touchpoint.map_or(self.tally.sentiment, |id| self.tally.touchpoint(id).0)
    }

    /// Feedback with text.
    fn with_text(&self) -> u64 {
        self.tally.rows.with_text()
    }

    fn support(&self) -> Support {
        let feedback = self.touchpoint.map(|id| self.tally.touchpoint(id).1);
        Support::of(feedback.unwrap_or_else(|| self.with_text()))
    }

    /// What is clustered, with how many mentions there are: complaints and praise.
    fn scopes(&self) -> [(Scope, u64); 2] {
        let (counts, touchpoint) = (self.sentiment(), self.wanted());
        [(Sentiment::Negative, counts.negative), (Sentiment::Positive, counts.positive)]
            .map(|(sentiment, mentions)| (Scope { sentiment, touchpoint }, mentions))
    }
}

#[cfg(test)]
mod tests;
