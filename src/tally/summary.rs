//! What the counts come to: the plain figures that the report shows. Everything here is sorted and
//! rounded nowhere; rounding is the exporter's business.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::comparison::{Comparison, control};
use super::consistency::Consistency;
pub use super::counts::{
    Ending, LanguageCount, NpsSummary, RatingSummary, RowCounts, SentimentCounts,
};
use super::statistics::{Estimate, Proportion};
use super::{LEAST_FEEDBACK, Tally};
use crate::config::codebook::{Channel, Codebook, GENERAL, Localised};
use crate::mention::Group;

/// A touchpoint's figures. Touchpoints without a mention are listed too.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct TouchpointSummary {
    /// Identifier in the codebook, e.g. `delivery`; `general` for mentions of no touchpoint.
    pub id: String,
    /// Names as the codebook has them, by language, e.g. "Lieferung"; none for `general`.
    pub names: Localised,
    /// Identifier of its phase, e.g. `purchase`; none for `general`.
    pub phase: Option<String>,
    /// Identifier of the touchpoint that it is a part of.
    pub parent: Option<String>,
    /// Whether the company can control it.
    pub controllable: bool,
    /// Mentions by sentiment; a mention of two touchpoints counts in both.
    pub sentiment: SentimentCounts,
    /// Feedback with at least one mention of it.
    pub feedback: u64,
    /// How customers reach it, where the codebook says so.
    #[serde(default)]
    pub channel: Option<Channel>,
    /// What its negative mentions are.
    #[serde(default)]
    pub complaints: Complaints,
    /// Its mentions by month, in order; empty without dates.
    #[serde(default)]
    pub months: Vec<MonthSummary>,
    /// Its mentions by groups of customers, of those with 30 pieces of feedback with text and 10 mentions of it.
    #[serde(default)]
    pub groups: Vec<GroupSentiment>,
}

/// What the negative mentions of a touchpoint are; those that are none of these are other complaints.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
pub struct Complaints {
    /// In a pain point, at this touchpoint or another.
    pub covered: u64,
    /// Cries that name no problem.
    pub cries: u64,
    /// Negative in a row whose score says otherwise, and not clear enough to stand against it.
    pub doubtful: u64,
}

impl Complaints {
    /// Adds what others are.
    pub fn merge(&mut self, other: Self) {
        self.covered += other.covered;
        self.cries += other.cries;
        self.doubtful += other.doubtful;
    }
}

/// What a group of customers says of a touchpoint.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct GroupSentiment {
    /// Column and value.
    pub group: Group,
    /// Its mentions.
    pub sentiment: SentimentCounts,
    /// The share of negative ones, compared with that of the other groups of the column; a touchpoint is worse for
    /// a group if it is higher beyond chance.
    pub negative: Comparison,
}

/// A phase's figures.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct PhaseSummary {
    /// Identifier, e.g. `use`.
    pub id: String,
    /// Names as the codebook has them, by language, e.g. "Nutzung".
    pub names: Localised,
    /// Mentions by sentiment; a mention of two touchpoints of one phase counts once.
    pub sentiment: SentimentCounts,
}

/// One calendar month.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct MonthSummary {
    /// First day of the month.
    pub month: Date,
    /// Mentions by sentiment.
    pub sentiment: SentimentCounts,
    /// Of all touchpoints: NPS from −1 to 1, else the mean rating, of the feedback of the month.
    #[serde(default)]
    pub score: Option<Estimate>,
}

/// A group's figures.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
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
    /// Mean rating, on the scale to which all ratings of the run are brought, if it has one.
    pub rating: Option<Estimate>,
}

/// How the experience hangs together.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Serialize)]
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
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Summary {
    /// Where the rows ended.
    pub rows: RowCounts,
    /// All mentions by sentiment.
    pub sentiment: SentimentCounts,
    /// Mentions whose text alone has another sentiment than they have in their row: its score, or what its column was
    /// asked for, turned the balance.
    #[serde(default)]
    pub by_row: u64,
    /// Whether rows had a say in the sentiment of their mentions.
    #[serde(default)]
    pub priors: bool,
    /// Mentions by language code, commonest first.
    pub languages: Vec<LanguageCount>,
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
    /// Negative mentions that name no problem, of all negative mentions that could be covered. What is
    /// neither covered nor a cry is another complaint.
    #[serde(default)]
    pub cries: Proportion,
    /// Negative mentions in rows whose score says otherwise, and not clear enough to stand against it.
    #[serde(default)]
    pub doubtful: Proportion,
    /// The touchpoint whose pain points and delights alone are told, if it is one.
    pub touchpoint: Option<String>,
}

impl Summary {
    /// Whether a touchpoint is told of: all are, or the one that is wanted and its parts.
    pub fn tells_of(&self, own: &TouchpointSummary) -> bool {
        self.touchpoint
            .as_ref()
            .is_none_or(|wanted| *wanted == own.id || own.parent.as_ref() == Some(wanted))
    }

    /// Negative mentions that are none of those three: complaints in no pain point.
    pub fn others(&self) -> Proportion {
        let told = self.covered.count + self.cries.count + self.doubtful.count;
        Proportion::new(self.covered.of.saturating_sub(told), self.covered.of)
    }

    /// What a tally comes to, with ratings on the scale `rating`. Nothing is said of pain points yet.
    pub fn new(tally: &Tally, codebook: &Codebook, rating: Option<(f64, f64)>) -> Self {
        let phases = codebook.phases().iter().map(|phase| PhaseSummary {
            id: phase.id.clone(),
            names: phase.names.clone(),
            sentiment: tally.phase(&phase.id),
        });
        let has_nps = tally.nps().is_some();
        Self {
            rows: tally.rows.clone(),
            sentiment: tally.sentiment,
            by_row: tally.by_row,
            priors: false,
            languages: tally.languages(),
            period: tally.period(),
            nps: tally.nps(),
            rating: rating.and_then(|(lowest, highest)| tally.rating(lowest, highest)),
            phases: phases.collect(),
            touchpoints: touchpoints(tally, codebook),
            months: tally
                .months()
                .map(|(month, counts)| MonthSummary {
                    month,
                    sentiment: counts.sentiment,
                    // One scale in all months, whatever some of them have.
                    score: match has_nps {
                        true => counts.nps().map(|nps| nps.nps),
                        false => counts.mean_rating(),
                    },
                })
                .collect(),
            groups: groups(tally),
            experience: experience(tally, codebook),
            covered: Proportion::new(0, tally.sentiment.negative),
            cries: Proportion::new(0, tally.sentiment.negative),
            doubtful: Proportion::new(0, tally.sentiment.negative),
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
        touchpoints: Consistency::new(
            touchpoints.filter_map(|id| Some(tally.touchpoint(id)?.sentiment)),
        ),
        sources: Consistency::new(sources.map(|(_, counts)| counts.sentiment)),
        last_phases,
        ending: tally.ending(),
    }
}

fn touchpoints(tally: &Tally, codebook: &Codebook) -> Vec<TouchpointSummary> {
    let counted = |id: &str| {
        let counts = tally.touchpoint(id).cloned().unwrap_or_default();
        let months = counts.months.into_iter();
        TouchpointSummary {
            id: id.to_owned(),
            names: Localised::default(),
            phase: None,
            parent: None,
            controllable: true,
            sentiment: counts.sentiment,
            feedback: counts.feedback,
            channel: None,
            complaints: Complaints::default(),
            months: months
                .map(|(month, sentiment)| MonthSummary { month, sentiment, score: None })
                .collect(),
            groups: compared(tally, &counts.groups),
        }
    };
    let known = codebook.touchpoints();
    let own = known.iter().map(|touchpoint| TouchpointSummary {
        names: touchpoint.names.clone(),
        phase: Some(codebook.phases()[touchpoint.phase].id.clone()),
        parent: touchpoint.parent.map(|index| known[index].id.clone()),
        controllable: touchpoint.controllable,
        channel: touchpoint.channel,
        ..counted(&touchpoint.id)
    });
    let others = tally.touchpoints().filter(|id| known.iter().all(|t| t.id != *id));
    let mut found: Vec<TouchpointSummary> = own.chain(others.map(counted)).collect();
    control(found.iter_mut().flat_map(|own| &mut own.groups).map(|own| &mut own.negative));
    found.sort_by(|a, b| (b.sentiment.negative, &a.id).cmp(&(a.sentiment.negative, &b.id)));
    found
}

/// Fewest mentions of a group from which something is told of it at a touchpoint.
const LEAST_MENTIONS: u64 = 10;

/// What groups say of a touchpoint, without those that are too small to be compared.
fn compared(tally: &Tally, groups: &BTreeMap<Group, SentimentCounts>) -> Vec<GroupSentiment> {
    let large: BTreeSet<&Group> = tally
        .groups()
        .filter(|(_, counts)| counts.with_text >= LEAST_FEEDBACK)
        .map(|(group, _)| group)
        .collect();
    let mut columns: BTreeMap<&str, SentimentCounts> = BTreeMap::new();
    for (group, sentiment) in groups {
        columns.entry(&group.column).or_default().merge(*sentiment);
    }
    let enough = |sentiment: &SentimentCounts| sentiment.total() >= LEAST_MENTIONS;
    let own = groups.iter();
    let own = own.filter(|(group, sentiment)| large.contains(group) && enough(sentiment));
    own.map(|(group, sentiment)| {
        let all = columns[group.column.as_str()];
        let [here, others] = [sentiment.total(), all.total() - sentiment.total()];
        let there = all.negative - sentiment.negative;
        GroupSentiment {
            group: group.clone(),
            sentiment: *sentiment,
            negative: Comparison::new(
                Proportion::new(sentiment.negative, here),
                Proportion::new(there, others),
            ),
        }
    })
    .collect()
}
