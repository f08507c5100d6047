//! What was found, and where each mention belongs.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use super::findings::{
    Change, Comparisons, EarlierRun, Family, FlagSummary, Matching, OtherTerm, Topic, TopicKind,
    TopicTerm,
};
use super::lineage::control_changes;
use super::membership::Themes;
use super::passes::evidence::EvidenceTally;
use super::passes::members::MembershipTally;
use super::passes::{Chosen, Places};
use super::themes::Cause;
use super::{Inquiry, Support};
use crate::config::codebook::GENERAL;
use crate::mention::Analysed;
use crate::mention::pass::Source;
use crate::model::Sentiment;

/// What was found among some feedback.
pub struct Found {
    /// Pain points by falling priority, then by id; then delights, likewise.
    pub topics: Vec<Topic>,
    /// Pain points that tell nearly the same, in the order of the first of each.
    pub families: Vec<Family>,
    /// Distinctive terms of themes that became no topic, by kind, most distinctive first.
    pub other_terms: Vec<OtherTerm>,
    /// What topics were held against.
    pub comparisons: Comparisons,
    /// Suggestions and churn signals.
    pub flags: Vec<FlagSummary>,
    /// Lines of the corrections of terms and pain points that found what they correct.
    pub corrected: BTreeSet<u64>,
    /// By what mentions were matched.
    pub matching: Matching,
    /// Ids of the themes that became pain points or delights.
    ids: BTreeMap<Cause, String>,
    places: Places,
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
            let with_text = inquiry.with_text();
            let mut found = members.findings(&themes, sentiment, support.theme, with_text, phase);
            found.retain(|(_, topic)| says_something(topic));
            found
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
            let mut gone = baseline.gone(&themes.names.continued(ids.keys().copied()));
            gone.retain(|gone| inquiry.tells_of(&gone.touchpoint));
            comparisons.earlier_run = Some(EarlierRun { with_text: baseline.with_text, gone });
        }
        let told: Vec<(Cause, &Topic)> = pain_points
            .iter()
            .filter(|(_, topic)| inquiry.tells_of(&topic.touchpoint))
            .map(|(theme, topic)| ((Sentiment::Negative, *theme), topic))
            .collect();
        let families = members.families(&themes, &told);
        let mentioned = |cause| members.feedback(cause);
        let matching = themes.matching(inquiry.model, inquiry.touchpoints, mentioned);
        let topic = |(_, topic): (usize, Topic)| {
            let controllable = inquiry.controllable(&topic.touchpoint);
            Topic { controllable, ..topic }
        };
        Self {
            topics: pain_points
                .into_iter()
                .chain(delights)
                .filter(|(_, topic)| inquiry.tells_of(&topic.touchpoint))
                .map(topic)
                .collect(),
            families,
            other_terms: other_terms(inquiry, &themes, &ids),
            comparisons,
            flags: evidence.flag_summaries(),
            corrected,
            matching,
            ids,
            places,
        }
    }

    /// Hands every feedback to `each`, in the order of the source, with the ids of the pain points and
    /// delights of each of its mentions, told of or not. The source must be the one among which they were found.
    ///
    /// # Errors
    /// If the source cannot be read, or `each` fails.
    pub fn join<S, E>(
        &mut self,
        source: &mut S,
        mut each: impl FnMut(&Analysed, Vec<Vec<String>>) -> Result<(), E>,
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
                .try_for_each(|(feedback, chosen)| each(feedback, ids_of(ids, feedback, &chosen)))
        })
    }
}

/// Praise of nothing in particular in which no word recurs ("much as I'd hoped") is no finding: it stays with the
/// mentions that are in no delight.
fn says_something(topic: &Topic) -> bool {
    topic.kind != TopicKind::Delight || topic.touchpoint != GENERAL || !topic.terms.is_empty()
}

impl Inquiry<'_> {
    /// Whether the company can control a touchpoint; it can unless the codebook says otherwise.
    fn controllable(&self, touchpoint: &str) -> bool {
        let mut known = self.codebook.touchpoints().iter();
        known.find(|known| known.id == touchpoint).is_none_or(|known| known.controllable)
    }

    fn phase(&self, touchpoint: &str) -> Option<String> {
        let mut known = self.codebook.touchpoints().iter();
        let found = known.find(|known| known.id == touchpoint);
        found.map(|known| self.codebook.phases()[known.phase].id.clone())
    }
}

/// Compares pain points and delights with those of the earlier run that they continue.
fn tell_changes(
    inquiry: &Inquiry,
    themes: &Themes,
    pain_points: &mut [(usize, Topic)],
    delights: &mut [(usize, Topic)],
) {
    let Some(baseline) = inquiry.baseline else { return };
    let sides = [(Sentiment::Negative, pain_points), (Sentiment::Positive, delights)];
    let mut changes: Vec<&mut Change> = Vec::new();
    for (sentiment, found) in sides {
        for (theme, found) in found.iter_mut() {
            let name = themes.names.get((sentiment, *theme));
            let ancestor = name.and_then(|name| name.ancestor);
            let comparison = ancestor.and_then(|(at, _)| baseline.compare(at, found.feedback));
            let shared = ancestor.map_or(0.0, |(_, shared)| shared);
            changes.push(found.change.insert(Change { comparison, shared }));
        }
    }
    control_changes(changes);
}

fn ids(
    sentiment: Sentiment,
    findings: &[(usize, Topic)],
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

/// The terms of the themes that became no topic.
fn other_terms(
    inquiry: &Inquiry,
    themes: &Themes,
    ids: &BTreeMap<Cause, String>,
) -> Vec<OtherTerm> {
    let mut terms: Vec<OtherTerm> = TopicKind::ALL
        .into_iter()
        .flat_map(|kind| themes.all(kind.sentiment()).iter().enumerate())
        .filter(|(number, theme)| !ids.contains_key(&(theme.sentiment, *number)))
        .filter(|(_, theme)| inquiry.tells_of(&theme.touchpoint))
        .flat_map(|(_, theme)| {
            theme.terms.iter().map(|term| OtherTerm {
                kind: TopicKind::of(theme.sentiment),
                touchpoint: theme.touchpoint.clone(),
                term: TopicTerm::from(term),
            })
        })
        .collect();
    terms.sort_by(|a, b| {
        let by_z = b.term.z.total_cmp(&a.term.z).then_with(|| a.term.key.cmp(&b.term.key));
        a.kind.cmp(&b.kind).then(by_z)
    });
    terms
}
