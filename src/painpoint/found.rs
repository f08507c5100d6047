//! What was found, and where each mention belongs.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::candidates::Candidate;
use super::findings::{Comparisons, PainPoint};
use super::lineage::{Change, control_changes};
use super::membership::Themes;
use super::passes::evidence::EvidenceTally;
use super::passes::members::MembershipTally;
use super::passes::{Chosen, Places};
use super::themes::Cause;
use super::{Inquiry, Support};
use crate::mention::Analysed;
use crate::mention::pass::Source;
use crate::model::Sentiment;

/// What was found among some feedback.
pub struct Found {
    /// Pain points by falling priority, then by id.
    pub pain_points: Vec<PainPoint>,
    /// The same of praise.
    pub delights: Vec<PainPoint>,
    /// What comparing comes to.
    pub comparisons: Comparisons,
    /// Every distinctive term, by sentiment, most distinctive first.
    pub terms: Vec<TermFinding>,
    /// Lines of the corrections of terms and pain points that found what they correct.
    pub corrected: BTreeSet<u64>,
    /// Ids of the themes that became pain points or delights.
    ids: BTreeMap<Cause, String>,
    places: Places,
}

/// A distinctive term.
pub struct TermFinding {
    /// Sentiment that it is distinctive for.
    pub sentiment: Sentiment,
    /// Touchpoint of its theme.
    pub touchpoint: String,
    /// The term.
    pub term: Candidate,
    /// Id of its pain point or delight, if its theme became one.
    pub pain_point: Option<String>,
}

impl Found {
    pub(super) fn new(
        inquiry: &Inquiry,
        support: Support,
        themes: Themes,
        (members, evidence): (&MembershipTally, &EvidenceTally),
        places: Places,
        corrected: BTreeSet<u64>,
    ) -> Self {
        let find = |sentiment| {
            let phase = |id: &str| inquiry.phase(id);
            members.findings(&themes, sentiment, support.theme, inquiry.with_text(), phase)
        };
        let (mut pain_points, mut delights) =
            (find(Sentiment::Negative), find(Sentiment::Positive));
        tell_changes(inquiry, &themes, &mut pain_points, &mut delights);
        let mut comparisons =
            evidence.complete(&mut pain_points, &mut delights, inquiry.rating, inquiry.since);
        let ids: BTreeMap<Cause, String> = ids(Sentiment::Negative, &pain_points)
            .chain(ids(Sentiment::Positive, &delights))
            .collect();
        if let Some(baseline) = inquiry.baseline {
            comparisons.baseline = Some(baseline.with_text);
            comparisons.gone = baseline.gone(&themes.names.continued(ids.keys().copied()));
        }
        let finding = |(_, mut finding): (usize, PainPoint)| {
            finding.evidence.controllable = inquiry.controllable(&finding.touchpoint);
            finding
        };
        Self {
            pain_points: pain_points.into_iter().map(finding).collect(),
            delights: delights.into_iter().map(finding).collect(),
            comparisons,
            terms: terms(&themes, &ids),
            corrected,
            ids,
            places,
        }
    }

    /// Hands every feedback to `each`, in the order of the source, with the ids of the pain points and
    /// delights of each of its mentions. The source must be the one among which they were found.
    ///
    /// # Errors
    /// If the source cannot be read, or `each` fails.
    pub fn join<S, E>(
        &mut self,
        source: &mut S,
        mut each: impl FnMut(&Analysed, &[Vec<String>]) -> Result<(), E>,
    ) -> Result<(), E>
    where
        S: Source<Record = Analysed>,
        E: From<io::Error>,
    {
        let (ids, mut places) = (&self.ids, self.places.read()?);
        source.for_each_chunk(|chunk| {
            let chosen = places.next(chunk.len())?;
            chunk
                .iter()
                .zip(chosen)
                .try_for_each(|(feedback, chosen)| each(feedback, &ids_of(ids, feedback, &chosen)))
        })
    }
}

impl Inquiry<'_> {
    /// Whether the company can control a touchpoint; it can unless the codebook says otherwise.
    fn controllable(&self, touchpoint: &str) -> bool {
        let mut known = self.codebook.touchpoints().iter();
        known.find(|known| known.id == touchpoint).is_none_or(|known| known.controllable)
    }

    fn phase(&self, touchpoint: &str) -> String {
        let mut known = self.codebook.touchpoints().iter();
        let found = known.find(|known| known.id == touchpoint);
        found.map(|known| self.codebook.phases()[known.phase].id.clone()).unwrap_or_default()
    }
}

/// Compares pain points and delights with those of the earlier run that they continue.
fn tell_changes(
    inquiry: &Inquiry,
    themes: &Themes,
    pain_points: &mut [(usize, PainPoint)],
    delights: &mut [(usize, PainPoint)],
) {
    let Some(baseline) = inquiry.baseline else { return };
    let sides = [(Sentiment::Negative, pain_points), (Sentiment::Positive, delights)];
    let mut changes: Vec<&mut Change> = Vec::new();
    for (sentiment, found) in sides {
        for (theme, found) in found.iter_mut() {
            let name = themes.names.get((sentiment, *theme));
            let ancestor = name.and_then(|name| name.ancestor);
            let comparison = ancestor.map(|(at, _)| baseline.compare(at, found.feedback));
            let shared = ancestor.map_or(0.0, |(_, shared)| shared);
            changes.push(found.evidence.change.insert(Change { comparison, shared }));
        }
    }
    control_changes(changes);
}

fn ids(
    sentiment: Sentiment,
    findings: &[(usize, PainPoint)],
) -> impl Iterator<Item = (Cause, String)> + '_ {
    findings.iter().map(move |(theme, finding)| ((sentiment, *theme), finding.id.clone()))
}

/// The ids of what each mention chose, as far as it became a pain point or delight.
fn ids_of(ids: &BTreeMap<Cause, String>, feedback: &Analysed, chosen: &Chosen) -> Vec<Vec<String>> {
    let mentions = feedback.mentions.iter().zip(chosen);
    mentions
        .map(|(mention, themes)| {
            let id = |&theme: &usize| ids.get(&(mention.sentiment, theme)).cloned();
            themes.iter().filter_map(id).collect()
        })
        .collect()
}

fn terms(themes: &Themes, ids: &BTreeMap<Cause, String>) -> Vec<TermFinding> {
    let mut terms: Vec<TermFinding> = [Sentiment::Negative, Sentiment::Positive]
        .into_iter()
        .flat_map(|sentiment| themes.all(sentiment).iter().enumerate())
        .flat_map(|(number, theme)| {
            let id = ids.get(&(theme.sentiment, number)).cloned();
            theme.terms.iter().map(move |term| TermFinding {
                sentiment: theme.sentiment,
                touchpoint: theme.touchpoint.clone(),
                term: term.clone(),
                pain_point: id.clone(),
            })
        })
        .collect();
    terms.sort_by(|a, b| {
        let by_z = b.term.z.total_cmp(&a.term.z).then_with(|| a.term.key.cmp(&b.term.key));
        a.sentiment.cmp(&b.sentiment).then(by_z)
    });
    terms
}
