//! What the counts come to: the plain figures that the report shows. Everything here is sorted and
//! rounded nowhere; rounding is the exporter's business.

use jiff::civil::Date;
use serde::Serialize;

use super::Tally;
use super::consistency::Consistency;
pub use super::counts::{Ending, NpsSummary, RowCounts, SentimentCounts};
use super::statistics::{Estimate, Proportion};
use crate::config::codebook::{Codebook, GENERAL};
use crate::mention::Group;
use crate::text::Language;

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

impl Summary {
    /// What a tally comes to, with names in `language` and ratings on the scale `rating`. Nothing is said
    /// of pain points yet.
    pub fn new(
        tally: &Tally,
        codebook: &Codebook,
        language: Language,
        rating: Option<(f64, f64)>,
    ) -> Self {
        let phases = codebook.phases().iter().map(|phase| PhaseSummary {
            phase: phase.id.clone(),
            name: phase.name(language).to_owned(),
            sentiment: tally.phase(&phase.id),
        });
        Self {
            rows: tally.rows.clone(),
            sentiment: tally.sentiment,
            languages: tally.languages(),
            period: tally.period(),
            nps: tally.nps(),
            rating: rating.and_then(|(lowest, highest)| tally.rating(lowest, highest)),
            phases: phases.collect(),
            touchpoints: touchpoints(tally, codebook, language),
            months: tally
                .months()
                .map(|(month, sentiment)| MonthSummary { month, sentiment })
                .collect(),
            groups: groups(tally),
            experience: experience(tally, codebook),
            covered: Proportion::new(0, tally.sentiment.negative),
            touchpoint: None,
        }
    }
}

/// Sources and segments, column by column, most feedback first.
fn groups(tally: &Tally) -> Vec<GroupSummary> {
    let mut groups: Vec<GroupSummary> = tally
        .groups()
        .map(|(group, counts)| GroupSummary {
            group: group.clone(),
            feedback: counts.feedback,
            with_text: counts.with_text,
            sentiment: counts.sentiment,
            nps: counts.nps(),
            rating: counts.mean_rating(),
        })
        .collect();
    groups.sort_by(|a, b| {
        (&a.group.column, b.feedback, &a.group).cmp(&(&b.group.column, a.feedback, &b.group))
    });
    groups
}

fn experience(tally: &Tally, codebook: &Codebook) -> Experience {
    let mut last_phases = SentimentCounts::default();
    for phase in codebook.phases().iter().rev().take(2) {
        last_phases.merge(tally.phase(&phase.id));
    }
    // What counts in a part counts in its whole already.
    let known = codebook.touchpoints();
    let is_part = |id: &str| known.iter().any(|own| own.id == id && own.parent.is_some());
    let touchpoints = tally.touchpoints().filter(|id| *id != GENERAL && !is_part(id));
    let sources = tally.groups().filter(|(group, _)| group.source);
    Experience {
        touchpoints: Consistency::new(touchpoints.map(|id| tally.touchpoint(id).0)),
        sources: Consistency::new(sources.map(|(_, counts)| counts.sentiment)),
        last_phases,
        ending: tally.ending(),
    }
}

fn touchpoints(tally: &Tally, codebook: &Codebook, language: Language) -> Vec<TouchpointSummary> {
    let summary = |id: &str, name: &str, phase: &str, parent: &str, controllable| {
        let (sentiment, feedback) = tally.touchpoint(id);
        TouchpointSummary {
            touchpoint: id.to_owned(),
            name: name.to_owned(),
            phase: phase.to_owned(),
            parent: parent.to_owned(),
            controllable,
            sentiment,
            feedback,
        }
    };
    let known = codebook.touchpoints();
    let mut found: Vec<TouchpointSummary> = known
        .iter()
        .map(|touchpoint| {
            let phase = &codebook.phases()[touchpoint.phase].id;
            let name = touchpoint.name(language);
            let parent = touchpoint.parent.map_or("", |index| &known[index].id);
            summary(&touchpoint.id, name, phase, parent, touchpoint.controllable)
        })
        .collect();
    let general = if language == Language::De { "Allgemein" } else { "General" };
    let others = tally.touchpoints().filter(|id| known.iter().all(|t| t.id != *id));
    found.extend(others.map(|id| {
        let name = if id == GENERAL { general } else { id };
        summary(id, name, "", "", true)
    }));
    found.sort_by(|a, b| {
        (b.sentiment.negative, &a.touchpoint).cmp(&(a.sentiment.negative, &b.touchpoint))
    });
    found
}
