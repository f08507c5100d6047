//! Analysed feedback → pain points and delights.
//!
//! [`find`] is the algorithm on one screen. Its passes stand in [`passes`], a file each; what they add up
//! to is a commutative monoid that can be written down ([`Pass`](crate::mention::pass::Pass)), so that any
//! split of the feedback comes to the same.
//!
//! A sample of the mentions that name something is cut into clauses, among which [`keypoints`] are chosen: short
//! clauses, each of which says one problem for all that say the same. Then every mention is matched once
//! ([`membership`]); those that only cry are counted, and belong nowhere. Negative mentions make pain points,
//! positive ones delights, in the same way.

pub mod candidates;
mod describing;
mod distinctive;
pub mod evidence;
pub mod families;
pub mod findings;
pub mod flagged;
mod forming;
mod found;
mod joining;
pub mod keypoints;
mod known;
pub mod lineage;
pub mod membership;
pub mod names;
pub mod passes;
pub mod sample;
pub mod screen;
mod settings;
pub mod themes;
pub mod verbatims;
pub mod vocabulary;

use std::io;

use jiff::civil::Date;

use crate::config::codebook::Codebook;
use crate::config::corrections::Corrections;
use crate::mention::pass::{Source, go_over};
use crate::mention::{Analysed, Touchpoints};
use crate::model::{Score, Sentiment};
use crate::tally::Tally;
use crate::tally::counts::SentimentCounts;
use findings::{MatchingSide, TopicKind};
use forming::form;
pub use found::Found;
use lineage::Baseline;
use passes::evidence::Weighing;
use passes::members::Counting;
use passes::recurring::Spelling;
use passes::sampling::Sampling;
use passes::usage::Usage;
use passes::{Places, Placing};
use screen::Screen;
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
    /// SHA-256 of the model.
    pub model: &'a str,
    /// What an earlier run found.
    pub baseline: Option<&'a Baseline>,
    /// What a person corrected.
    pub corrections: &'a Corrections,
    /// Touchpoint whose pain points and delights alone are told, with those of its parts.
    pub touchpoint: Option<&'a str>,
    /// What the model says of some texts.
    pub score: &'a dyn Fn(&[&str]) -> Vec<Score>,
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
    let support = Support::of(inquiry.with_text());

    // Pass 1 spells the terms that recur, each as often as it is written in some way.
    let spelling = Spelling { tally, support: support.term };
    let spellings = go_over(source, &spelling)?.recurring(support.term);
    let lexicon = Lexicon::new(&spellings, support.term - 1);
    drop(spellings);

    // Pass 2 counts their uses, typing errors as the word, and draws a sample of complaints and of praise.
    let usage = Usage { lexicon: &lexicon };
    let sampling =
        Sampling { lexicon: &lexicon, sides: &inquiry.sides(), screen: inquiry.screen() };
    let (uses, drawn) = go_over(source, &(usage, sampling))?;

    // No pass: key points are chosen among the clauses of the sample.
    let (themes, corrected) = form(inquiry, support, lexicon, uses, drawn);

    // Pass 3: every mention chooses its theme, once, and counts for it.
    let mut places = Places::new()?;
    let mut placing = Placing::new(source, &themes, &mut places);
    let counting = Counting { families: &themes.families, screen: inquiry.screen() };
    let (members, evidence) = go_over(&mut placing, &(counting, Weighing { touchpoints }))?;

    // Who joins pain points to rows goes over the feedback and its places a last time.
    Ok(Found::new(inquiry, support, themes, (&members, &evidence), places, corrected))
}

/// Fewest mentions of a term that recurs, and customers of a theme worth reporting, however small the input.
const LEAST_SUPPORT: Support = Support { term: 2, theme: 3 };

/// Share of the feedback with text below which a term or theme does not recur, in thousandths.
const PER_MILLE: Support = Support { term: 1, theme: 3 };

/// How many must mention a term, and how many customers a theme.
#[derive(Clone, Copy)]
struct Support {
    term: u64,
    theme: u64,
}

impl Support {
    /// `feedback` is how much has text.
    fn of(feedback: u64) -> Self {
        let least = |per_mille: u64, least: u64| (feedback * per_mille).div_ceil(1000).max(least);
        Self {
            term: least(PER_MILLE.term, LEAST_SUPPORT.term),
            theme: least(PER_MILLE.theme, LEAST_SUPPORT.theme),
        }
    }
}

impl Inquiry<'_> {
    /// The mentions that are told of.
    pub fn sentiment(&self) -> SentimentCounts {
        self.touchpoint.map_or(self.tally.sentiment, |id| {
            self.tally.touchpoint(id).map(|own| own.sentiment).unwrap_or_default()
        })
    }

    /// Whether what stands at a touchpoint is told of.
    fn tells_of(&self, touchpoint: &str) -> bool {
        let known = self.codebook.touchpoints();
        let parent = |id: &str| {
            let own = known.iter().find(|own| own.id == id)?;
            Some(known[own.parent?].id.as_str())
        };
        self.touchpoint.is_none_or(|told| touchpoint == told || parent(touchpoint) == Some(told))
    }

    /// By what an earlier run matched mentions of a sentiment, if the same model read them.
    fn earlier(&self, sentiment: Sentiment) -> Option<&MatchingSide> {
        let matching = &self.baseline?.matching;
        let of_sentiment = |side: &&MatchingSide| side.kind == TopicKind::of(sentiment);
        matching.sides.iter().find(of_sentiment).filter(|_| matching.model == self.model)
    }

    /// Feedback with text.
    fn with_text(&self) -> u64 {
        self.tally.rows.with_text()
    }

    /// How mentions are screened.
    pub fn screen(&self) -> Screen {
        Screen { rating: self.rating }
    }

    /// What key points are looked for among, with how many mentions there are: complaints and praise.
    fn sides(&self) -> [(Sentiment, u64); 2] {
        let counts = self.tally.sentiment;
        [(Sentiment::Negative, counts.negative), (Sentiment::Positive, counts.positive)]
    }
}

#[cfg(test)]
mod tests;
