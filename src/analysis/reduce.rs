//! Analysed feedback → findings. Goes over the mentions three times, adding up mergeable counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;

use rayon::prelude::*;

use super::score::GENERAL;
use crate::config::codebook::Codebook;
use crate::model::{Model, Sentiment};
use crate::painpoint::candidates::{Candidate, candidates};
use crate::painpoint::findings::Findings;
use crate::painpoint::membership::{Membership, MembershipTally, Themes};
use crate::painpoint::relations::{Index, Relations};
use crate::painpoint::themes::{DEFAULT_GRANULARITY, Theme, themes};
use crate::painpoint::vocabulary::{Group, Vocabulary, fingerprint};
use crate::store::spill::Spill;
use crate::tally::mention::{Analysed, Mention};
use crate::tally::statistics::Proportion;
use crate::tally::summary::{MonthSummary, PhaseSummary, Summary, TouchpointSummary};
use crate::tally::{Counted, Scores, Tally};
use crate::text::Language;

/// Fewest mentions that recur, however small the input.
const LEAST_SUPPORT: u64 = 3;

/// Share of the feedback with text below which a term or theme does not recur, in thousandths.
const SUPPORT_PER_MILLE: u64 = 1;

/// Counts some analysed feedback, in parallel.
pub fn tally(codebook: &Codebook, rows: &[(Scores, Analysed)]) -> Tally {
    let phases = phases_by_touchpoint(codebook);
    rows.par_chunks(64)
        .map(|rows| {
            let mut tally = Tally::default();
            for (scores, feedback) in rows {
                let mentions: Vec<Counted> =
                    feedback.mentions.iter().map(|mention| counted(&phases, mention)).collect();
                tally.add(scores, &mentions);
            }
            tally
        })
        .reduce(Tally::default, |mut sum, other| {
            sum.merge(other);
            sum
        })
}

fn counted<'a>(phases: &BTreeMap<&str, &'a str>, mention: &'a Mention) -> Counted<'a> {
    let touchpoints: Vec<&str> =
        mention.touchpoints.iter().map(|tag| tag.touchpoint.as_str()).collect();
    Counted {
        sentiment: mention.sentiment(),
        language: mention.language(),
        phases: touchpoints.iter().filter_map(|&id| phases.get(id).copied()).collect(),
        touchpoints,
        terms: mention.terms().iter().map(|term| fingerprint(&term.key)).collect(),
    }
}

fn phases_by_touchpoint(codebook: &Codebook) -> BTreeMap<&str, &str> {
    let phases = codebook.phases();
    codebook
        .touchpoints()
        .iter()
        .map(|touchpoint| (touchpoint.id.as_str(), phases[touchpoint.phase].id.as_str()))
        .collect()
}

/// How often a term or theme must be mentioned to recur.
fn support(tally: &Tally) -> u64 {
    let with_text = tally.rows.feedback - tally.rows.without_text;
    (with_text * SUPPORT_PER_MILLE).div_ceil(1000).max(LEAST_SUPPORT)
}

/// The clustered vocabulary of a run, and the mentions it came from.
pub struct Reduction<'a> {
    codebook: &'a Codebook,
    model: &'a Model,
    tally: &'a Tally,
    language: Language,
}

/// What is left when the mentions have been gone over.
pub struct Reduced {
    /// What the report shows.
    pub findings: Findings,
    /// Every candidate term with its group and, if it made one, its pain point.
    pub terms: Vec<(Group, Candidate, Option<String>)>,
}

impl<'a> Reduction<'a> {
    /// A reduction of what `tally` counted; names are given in `language`.
    pub fn new(
        codebook: &'a Codebook,
        model: &'a Model,
        tally: &'a Tally,
        language: Language,
    ) -> Self {
        Self { codebook, model, tally, language }
    }

    /// Clusters the mentions of `spill`. Hands every feedback, in the order of the spill, to
    /// `each` with the ids of the pain points and delights of each of its mentions.
    pub fn run<E: From<io::Error>>(
        &self,
        spill: &mut Spill<Analysed>,
        rating: Option<(f64, f64)>,
        mut each: impl FnMut(&Analysed, &[Vec<String>]) -> Result<(), E>,
    ) -> Result<Reduced, E> {
        let support = support(self.tally);
        let vocabulary = self.vocabulary(spill, support)?;
        let candidates = candidates(&vocabulary, support);
        drop(vocabulary);
        let themes = self.themes(spill, &candidates)?;
        let members = self.members(spill, &themes)?;
        let find = |sentiment| {
            let with_text = self.tally.rows.feedback - self.tally.rows.without_text;
            members.findings(themes.all(), sentiment, support, with_text, |id| self.phase(id))
        };
        let (pain_points, delights) = (find(Sentiment::Negative), find(Sentiment::Positive));
        let ids: HashMap<usize, String> = pain_points
            .iter()
            .chain(&delights)
            .map(|(theme, finding)| (*theme, finding.id.clone()))
            .collect();
        spill.for_each_chunk(|chunk| {
            let found: Vec<Vec<Vec<String>>> =
                chunk.par_iter().map(|feedback| ids_of(&themes, &ids, feedback)).collect();
            chunk.iter().zip(&found).try_for_each(|(feedback, ids)| each(feedback, ids))
        })?;
        let finding = |(_, finding)| finding;
        let findings = Findings {
            summary: self.summary(members.covered, rating),
            pain_points: pain_points.into_iter().map(finding).collect(),
            delights: delights.into_iter().map(finding).collect(),
        };
        Ok(Reduced { terms: terms(themes.all(), &ids), findings })
    }

    fn vocabulary<E: From<io::Error>>(
        &self,
        spill: &mut Spill<Analysed>,
        support: u64,
    ) -> Result<Vocabulary, E> {
        let mut vocabulary = Vocabulary::default();
        spill.for_each_chunk(|chunk| {
            let counted = chunk
                .par_chunks(64)
                .map(|feedback| {
                    let mut vocabulary = Vocabulary::default();
                    for mention in feedback.iter().flat_map(|feedback| &feedback.mentions) {
                        vocabulary.add(mention, mention.terms(), |term| {
                            self.tally.term(fingerprint(&term.key)) >= support
                        });
                    }
                    vocabulary
                })
                .reduce(Vocabulary::default, Vocabulary::merge);
            vocabulary = std::mem::take(&mut vocabulary).merge(counted);
            Ok::<(), E>(())
        })?;
        Ok(vocabulary)
    }

    fn themes<'c, E: From<io::Error>>(
        &self,
        spill: &mut Spill<Analysed>,
        candidates: &'c BTreeMap<Group, Vec<Candidate>>,
    ) -> Result<Themes<'c>, E> {
        let index = Index::new(candidates);
        let mut relations: BTreeMap<Group, Relations> = BTreeMap::new();
        spill.for_each_chunk(|chunk| {
            let mut counted: Vec<BTreeMap<Group, Relations>> =
                chunk.par_chunks(64).map(|feedback| relate(&index, feedback)).collect();
            for (group, other) in counted.drain(..).flatten() {
                relations.entry(group).or_default().merge(other);
            }
            Ok::<(), E>(())
        })?;
        let vectors = self.vectors(candidates);
        let found: Vec<Theme> = candidates
            .par_iter()
            .filter_map(|(group, candidates)| {
                let relations = relations.get(group)?;
                Some(themes(group, candidates, relations, &vectors, DEFAULT_GRANULARITY))
            })
            .flatten_iter()
            .collect();
        Ok(Themes::new(found, index))
    }

    /// The model's meaning vectors of the candidates' surface forms.
    fn vectors(&self, candidates: &BTreeMap<Group, Vec<Candidate>>) -> HashMap<String, Vec<f32>> {
        let surfaces: BTreeSet<&str> =
            candidates.values().flatten().map(|candidate| candidate.surface.as_str()).collect();
        let surfaces: Vec<&str> = surfaces.into_iter().collect();
        let scores = self.model.score(&surfaces);
        surfaces
            .iter()
            .map(|&surface| surface.to_owned())
            .zip(scores.into_iter().map(|s| s.meaning))
            .collect()
    }

    fn members<E: From<io::Error>>(
        &self,
        spill: &mut Spill<Analysed>,
        themes: &Themes,
    ) -> Result<MembershipTally, E> {
        let mut members = MembershipTally::default();
        spill.for_each_chunk(|chunk| {
            let counted = chunk
                .par_chunks(64)
                .map(|feedback| {
                    let mut members = MembershipTally::default();
                    for feedback in feedback {
                        members.add(feedback, &memberships(themes, feedback));
                    }
                    members
                })
                .reduce(MembershipTally::default, MembershipTally::merge);
            members = std::mem::take(&mut members).merge(counted);
            Ok::<(), E>(())
        })?;
        Ok(members)
    }

    fn phase(&self, touchpoint: &str) -> String {
        phases_by_touchpoint(self.codebook)
            .get(touchpoint)
            .map(|&phase| phase.to_owned())
            .unwrap_or_default()
    }

    fn summary(&self, covered: u64, rating: Option<(f64, f64)>) -> Summary {
        let tally = self.tally;
        let phases = self.codebook.phases().iter().map(|phase| PhaseSummary {
            phase: phase.id.clone(),
            name: phase.name(self.language).to_owned(),
            sentiment: tally.phase(&phase.id),
        });
        Summary {
            rows: tally.rows.clone(),
            sentiment: tally.sentiment,
            languages: tally.languages(),
            period: tally.period(),
            nps: tally.nps(),
            rating: rating.and_then(|(lowest, highest)| tally.rating(lowest, highest)),
            phases: phases.collect(),
            touchpoints: self.touchpoints(),
            months: tally
                .months()
                .map(|(month, sentiment)| MonthSummary { month, sentiment })
                .collect(),
            covered: Proportion::new(covered, tally.sentiment.negative),
        }
    }

    fn touchpoints(&self) -> Vec<TouchpointSummary> {
        let summary = |id: &str, name: &str, phase: &str, controllable| {
            let (sentiment, feedback) = self.tally.touchpoint(id);
            TouchpointSummary {
                touchpoint: id.to_owned(),
                name: name.to_owned(),
                phase: phase.to_owned(),
                controllable,
                sentiment,
                feedback,
            }
        };
        let known = self.codebook.touchpoints();
        let mut found: Vec<TouchpointSummary> = known
            .iter()
            .map(|touchpoint| {
                let phase = &self.codebook.phases()[touchpoint.phase].id;
                let name = touchpoint.name(self.language);
                summary(&touchpoint.id, name, phase, touchpoint.controllable)
            })
            .collect();
        let general = if self.language == Language::De { "Allgemein" } else { "General" };
        let others = self.tally.touchpoints().filter(|id| known.iter().all(|t| t.id != *id));
        found.extend(others.map(|id| {
            let name = if id == GENERAL { general } else { id };
            summary(id, name, "", true)
        }));
        found.sort_by(|a, b| {
            (b.sentiment.negative, &a.touchpoint).cmp(&(a.sentiment.negative, &b.touchpoint))
        });
        found
    }
}

fn relate(index: &Index, feedback: &[Analysed]) -> BTreeMap<Group, Relations> {
    let mut relations: BTreeMap<Group, Relations> = BTreeMap::new();
    for mention in feedback.iter().flat_map(|feedback| &feedback.mentions) {
        for (group, hits) in index.find(mention, &mention.terms()) {
            relations.entry(group.clone()).or_default().add(mention, &hits);
        }
    }
    relations
}

fn memberships(themes: &Themes, feedback: &Analysed) -> Vec<Vec<Membership>> {
    feedback.mentions.iter().map(|mention| themes.of(mention)).collect()
}

fn ids_of(themes: &Themes, ids: &HashMap<usize, String>, feedback: &Analysed) -> Vec<Vec<String>> {
    memberships(themes, feedback)
        .iter()
        .map(|memberships| {
            memberships
                .iter()
                .filter_map(|membership| ids.get(&membership.theme).cloned())
                .collect()
        })
        .collect()
}

fn terms(
    themes: &[Theme],
    ids: &HashMap<usize, String>,
) -> Vec<(Group, Candidate, Option<String>)> {
    let mut terms: Vec<(Group, Candidate, Option<String>)> = themes
        .iter()
        .enumerate()
        .flat_map(|(number, theme)| {
            let id = ids.get(&number).cloned();
            theme.terms.iter().map(move |term| (theme.group.clone(), term.clone(), id.clone()))
        })
        .collect();
    terms.sort_by(|(a, x, _), (b, y, _)| {
        a.cmp(b).then_with(|| y.z.total_cmp(&x.z)).then_with(|| x.key.cmp(&y.key))
    });
    terms
}
