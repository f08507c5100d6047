//! Analysed feedback → findings. Goes over the mentions three times, adding up mergeable counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::*;

use super::corrections::Corrector;
use crate::config::codebook::{Codebook, GENERAL};
use crate::config::corrections::{Corrections, TermEdit};
use crate::mention::Group;
use crate::mention::Scores;
use crate::mention::{Analysed, Mention};
use crate::model::{Model, Sentiment};
use crate::painpoint::Settings;
use crate::painpoint::candidates::{Candidate, candidates};
use crate::painpoint::clues::{Sample, Scope};
use crate::painpoint::evidence::{Cause, EvidenceTally};
use crate::painpoint::findings::{Findings, PainPoint};
use crate::painpoint::lineage::{Baseline, Change, control_changes};
use crate::painpoint::membership::{Membership, MembershipTally, Themes};
use crate::painpoint::names::is_meant;
use crate::painpoint::relations::{Index, Relations};
use crate::painpoint::themes::{Clustering, boilerplate, seeds};
use crate::painpoint::vocabulary::{Vocabulary, fingerprint};
use crate::read::Role;
use crate::score::prepare::Prepared;
use crate::store::spill::Spill;
use crate::tally::consistency::Consistency;
use crate::tally::statistics::Proportion;
use crate::tally::summary::{
    Experience, GroupSummary, MonthSummary, PhaseSummary, SentimentCounts, Summary,
    TouchpointSummary,
};
use crate::tally::{Counted, Tally};
use crate::text::Language;
use crate::text::compounds::Splitter;
use crate::text::variants::Variants;

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

/// Counts analysed feedback.
pub struct Counter<'a> {
    phases: BTreeMap<&'a str, &'a str>,
    /// Rating scale of the run.
    scale: Option<(f64, f64)>,
    corrector: &'a Corrector<'a>,
}

impl<'a> Counter<'a> {
    /// A counter of the codebook's touchpoints, with ratings on `scale`.
    pub fn new(
        codebook: &'a Codebook,
        scale: Option<(f64, f64)>,
        corrector: &'a Corrector<'a>,
    ) -> Self {
        Self { phases: phases_by_touchpoint(codebook), scale, corrector }
    }

    /// Applies what a person knows better.
    pub fn correct(&self, feedback: &mut Analysed) {
        self.corrector.apply(feedback);
    }

    /// Adds what was found in a row to `tally`.
    pub fn count(&self, feedback: &Analysed, tally: &mut Tally) {
        let mentions: Vec<Counted> =
            feedback.mentions.iter().map(|mention| counted(&self.phases, mention)).collect();
        tally.add(&feedback.scores, &mentions);
    }

    /// Date, scores and groups of a row; a rating on another scale than the run's is brought to it.
    pub fn scores(&self, row: &Prepared) -> Scores {
        let rating =
            row.feedback.rating.map(|rating| match (row.layout.rating_scale, self.scale) {
                (Some((low, high)), Some((lowest, highest)))
                    if (low, high) != (lowest, highest) =>
                {
                    lowest + (rating - low) / (high - low) * (highest - lowest)
                }
                _ => rating,
            });
        Scores { date: row.feedback.date, nps: row.feedback.nps, rating, groups: groups(row) }
    }
}

/// The groups that a row belongs to, by its columns of sources and segments.
fn groups(row: &Prepared) -> Vec<Group> {
    let cells = row.layout.columns.iter().zip(&row.feedback.cells);
    cells
        .filter(|(column, cell)| {
            matches!(column.role, Role::Source | Role::Segment) && !cell.trim().is_empty()
        })
        .map(|(column, cell)| Group {
            column: column.name.clone(),
            value: cell.trim().to_owned(),
            source: column.role == Role::Source,
        })
        .collect()
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

/// The clustered vocabulary of a run, and the mentions it came from.
pub struct Reduction<'a> {
    codebook: &'a Codebook,
    model: &'a Model,
    tally: &'a Tally,
    language: Language,
    settings: Settings,
    known: Known<'a>,
}

/// What is known before the mentions are gone over.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// First day of the later of two periods; chosen where it is not given.
    pub since: Option<Date>,
    /// What an earlier run found.
    pub baseline: Option<&'a Baseline>,
    /// What a person corrected.
    pub corrections: &'a Corrections,
    /// Touchpoint whose pain points and delights alone are wanted.
    pub touchpoint: Option<&'a str>,
}

/// What is left when the mentions have been gone over.
pub struct Reduced {
    /// What the report shows.
    pub findings: Findings,
    /// Every distinctive term, by sentiment, most distinctive first.
    pub terms: Vec<TermFinding>,
    /// Lines of the corrections of terms and pain points that found what they correct.
    pub corrected: BTreeSet<u64>,
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

impl<'a> Reduction<'a> {
    /// A reduction of what `tally` counted; names are given in `language`.
    pub fn new(
        codebook: &'a Codebook,
        model: &'a Model,
        tally: &'a Tally,
        language: Language,
        settings: Settings,
        known: Known<'a>,
    ) -> Self {
        let settings = Settings { language, ..settings };
        Self { codebook, model, tally, language, settings, known }
    }

    /// Clusters the mentions of `spill`. Hands every feedback, in the order of the spill, to
    /// `each` with the ids of the pain points and delights of each of its mentions.
    pub fn run<E: From<io::Error>>(
        &self,
        spill: &mut Spill<Analysed>,
        rating: Option<(f64, f64)>,
        mut each: impl FnMut(&Analysed, &[Vec<String>]) -> Result<(), E>,
    ) -> Result<Reduced, E> {
        let with_text = self.tally.rows.feedback - self.tally.rows.without_text;
        let support = Support::of(match self.known.touchpoint {
            Some(id) => self.tally.touchpoint(id).1,
            None => with_text,
        });
        let (themes, corrected) = self.themes(spill, support)?;
        let (members, evidence) = self.members(spill, &themes)?;
        let find = |sentiment| {
            members.findings(&themes, sentiment, support.theme, with_text, |id| self.phase(id))
        };
        let (mut pain_points, mut delights) =
            (find(Sentiment::Negative), find(Sentiment::Positive));
        self.tell_changes(&themes, &mut pain_points, &mut delights);
        let since = self.known.since;
        let mut comparisons = evidence.complete(&mut pain_points, &mut delights, rating, since);
        if let Some(baseline) = self.known.baseline {
            let causes = causes(Sentiment::Negative, &pain_points)
                .chain(causes(Sentiment::Positive, &delights));
            comparisons.baseline = Some(baseline.with_text);
            comparisons.gone = baseline.gone(&themes.names.continued(causes));
        }
        let ids: Ids = ids(Sentiment::Negative, &pain_points)
            .chain(ids(Sentiment::Positive, &delights))
            .collect();
        let mut covered = 0;
        spill.for_each_chunk(|chunk| {
            let found: Vec<Vec<Vec<String>>> =
                chunk.par_iter().map(|feedback| ids_of(&themes, &ids, feedback)).collect();
            chunk.iter().zip(&found).try_for_each(|(feedback, ids)| {
                covered += negatives_with(feedback, ids);
                each(feedback, ids)
            })
        })?;
        let finding = |(_, mut finding): (usize, PainPoint)| {
            finding.evidence.controllable = self.controllable(&finding.touchpoint);
            finding
        };
        let findings = Findings {
            summary: self.summary(covered, rating),
            pain_points: pain_points.into_iter().map(finding).collect(),
            delights: delights.into_iter().map(finding).collect(),
            comparisons,
        };
        Ok(Reduced { terms: terms(&themes, &ids), findings, corrected })
    }

    fn themes<E: From<io::Error>>(
        &self,
        spill: &mut Spill<Analysed>,
        support: Support,
    ) -> Result<(Themes, BTreeSet<u64>), E> {
        let wanted = |mention: &&Mention| mention.is_about(self.known.touchpoint);
        let as_written = sum(spill, Vocabulary::merge, |vocabulary: &mut Vocabulary, feedback| {
            for mention in feedback.mentions.iter().filter(wanted) {
                vocabulary.add(mention, mention.terms(), |term| {
                    self.tally.term(fingerprint(&term.key)) >= support.term
                });
            }
        })?;
        let variants = Arc::new(Variants::new(as_written.known(), support.term - 1));
        let vocabulary = sum(spill, Vocabulary::merge, |vocabulary: &mut Vocabulary, feedback| {
            for mention in feedback.mentions.iter().filter(wanted) {
                let terms = variants.apply(mention.terms());
                vocabulary.add(mention, terms, |term| as_written.terms.contains_key(&term.key));
            }
        })?;
        let names = touchpoint_names(self.codebook);
        let words: Vec<(String, u64)> = vocabulary.words().collect();
        let words = words.iter().map(|(word, count)| (word.as_str(), *count));
        let compounds = Splitter::new(Language::De, words);
        let mut corrected = BTreeSet::new();
        let mut side = |sentiment| {
            let mut candidates =
                candidates(&vocabulary, sentiment, support.term, &names, self.settings);
            self.ban(&mut candidates, &mut corrected);
            let index = Index::new(&candidates, variants.clone());
            self.cluster(spill, sentiment, (&candidates, index), &compounds)
        };
        let (pain_points, delights) = (side(Sentiment::Negative)?, side(Sentiment::Positive)?);
        let themes =
            Themes::new(pain_points, delights, self.settings).within(self.known.touchpoint);
        let mut themes = themes.named(self.known.baseline);
        corrected.extend(themes.correct(self.known.corrections));
        Ok((themes, corrected))
    }

    /// Leaves out the candidates that a person banned.
    fn ban(&self, candidates: &mut Vec<Candidate>, corrected: &mut BTreeSet<u64>) {
        for (line, words, edit) in &self.known.corrections.terms {
            if *edit == TermEdit::Ban {
                let before = candidates.len();
                candidates.retain(|found| !is_meant(&found.key, &found.surface, words));
                if candidates.len() < before {
                    corrected.insert(*line);
                }
            }
        }
    }

    /// Compares pain points and delights with those of the earlier run that they continue.
    fn tell_changes(
        &self,
        themes: &Themes,
        pain_points: &mut [(usize, PainPoint)],
        delights: &mut [(usize, PainPoint)],
    ) {
        let Some(baseline) = self.known.baseline else { return };
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

    fn cluster<E: From<io::Error>>(
        &self,
        spill: &mut Spill<Analysed>,
        sentiment: Sentiment,
        (candidates, mut index): (&[Candidate], Index),
        compounds: &Splitter,
    ) -> Result<(Clustering, Index), E> {
        let counts = self.sentiment();
        let mentions = match sentiment {
            Sentiment::Positive => counts.positive,
            _ => counts.negative,
        };
        let scope = Scope { sentiment, touchpoint: self.known.touchpoint };
        let mut sample = sum(spill, Sample::merge, |sample: &mut Sample, feedback| {
            sample.add(feedback, scope, &index, mentions);
        })?;
        let relations = Relations::new(&sample, candidates.len());
        let boilerplate = boilerplate(candidates, &relations);
        index.leave_out(&boilerplate);
        sample.leave_out(&boilerplate);
        let seeds = seeds(&relations, &boilerplate);
        let vectors = self.vectors(seeds.iter().map(|&seed| &candidates[seed]));
        let clustering = Clustering::new(
            sentiment,
            candidates,
            (&sample, mentions),
            (&relations, &seeds),
            &vectors,
            compounds,
            self.settings,
        );
        Ok((clustering, index))
    }

    /// The model's meaning vectors of terms' surface forms.
    fn vectors<'c>(&self, terms: impl Iterator<Item = &'c Candidate>) -> HashMap<String, Vec<f32>> {
        let surfaces: BTreeSet<&str> = terms.map(|term| term.surface.as_str()).collect();
        let surfaces: Vec<&str> = surfaces.into_iter().collect();
        let meanings = self.model.score(&surfaces).into_iter().map(|score| score.meaning);
        surfaces.iter().map(|&surface| surface.to_owned()).zip(meanings).collect()
    }

    fn members<E: From<io::Error>>(
        &self,
        spill: &mut Spill<Analysed>,
        themes: &Themes,
    ) -> Result<(MembershipTally, EvidenceTally), E> {
        type Both = (MembershipTally, EvidenceTally);
        let merge = |a: Both, b: Both| (a.0.merge(b.0), a.1.merge(b.1));
        sum(spill, merge, |(members, evidence): &mut Both, feedback| {
            let memberships = themes.of(feedback);
            members.add(feedback, &memberships);
            evidence.add(feedback, &memberships);
        })
    }

    /// The mentions among which pain points and delights are looked for.
    fn sentiment(&self) -> SentimentCounts {
        let touchpoint = self.known.touchpoint;
        touchpoint.map_or(self.tally.sentiment, |id| self.tally.touchpoint(id).0)
    }

    /// Whether the company can control a touchpoint; it can unless the codebook says otherwise.
    fn controllable(&self, touchpoint: &str) -> bool {
        let mut known = self.codebook.touchpoints().iter();
        known.find(|known| known.id == touchpoint).is_none_or(|known| known.controllable)
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
            groups: self.groups(),
            experience: self.experience(),
            covered: Proportion::new(covered, self.sentiment().negative),
            touchpoint: self.known.touchpoint.map(str::to_owned),
        }
    }

    /// Sources and segments, column by column, most feedback first.
    fn groups(&self) -> Vec<GroupSummary> {
        let mut groups: Vec<GroupSummary> = self
            .tally
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

    fn experience(&self) -> Experience {
        let tally = self.tally;
        let mut last_phases = SentimentCounts::default();
        for phase in self.codebook.phases().iter().rev().take(2) {
            last_phases.merge(tally.phase(&phase.id));
        }
        // What counts in a part counts in its whole already.
        let known = self.codebook.touchpoints();
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

    fn touchpoints(&self) -> Vec<TouchpointSummary> {
        let summary = |id: &str, name: &str, phase: &str, parent: &str, controllable| {
            let (sentiment, feedback) = self.tally.touchpoint(id);
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
        let known = self.codebook.touchpoints();
        let mut found: Vec<TouchpointSummary> = known
            .iter()
            .map(|touchpoint| {
                let phase = &self.codebook.phases()[touchpoint.phase].id;
                let name = touchpoint.name(self.language);
                let parent = touchpoint.parent.map_or("", |index| &known[index].id);
                summary(&touchpoint.id, name, phase, parent, touchpoint.controllable)
            })
            .collect();
        let general = if self.language == Language::De { "Allgemein" } else { "General" };
        let others = self.tally.touchpoints().filter(|id| known.iter().all(|t| t.id != *id));
        found.extend(others.map(|id| {
            let name = if id == GENERAL { general } else { id };
            summary(id, name, "", "", true)
        }));
        found.sort_by(|a, b| {
            (b.sentiment.negative, &a.touchpoint).cmp(&(a.sentiment.negative, &b.touchpoint))
        });
        found
    }
}

/// Adds up what `add` counts of each feedback, in parallel.
pub(super) fn sum<T: Default + Send, E: From<io::Error>>(
    spill: &mut Spill<Analysed>,
    merge: impl Fn(T, T) -> T + Sync,
    add: impl Fn(&mut T, &Analysed) + Sync,
) -> Result<T, E> {
    let mut total = T::default();
    spill.for_each_chunk(|chunk| {
        let part = chunk
            .par_chunks(64)
            .map(|feedback| {
                let mut part = T::default();
                feedback.iter().for_each(|feedback| add(&mut part, feedback));
                part
            })
            .reduce(T::default, &merge);
        total = merge(std::mem::take(&mut total), part);
        Ok::<(), E>(())
    })?;
    Ok(total)
}

/// Keys of the single words that only name a touchpoint.
fn touchpoint_names(codebook: &Codebook) -> BTreeSet<String> {
    codebook
        .touchpoints()
        .iter()
        .flat_map(|touchpoint| touchpoint.names.iter())
        .flat_map(|(language, name)| crate::text::terms::terms(name, language))
        .map(|term| term.key)
        .filter(|key| !key.contains(' '))
        .collect()
}

/// Ids of the themes that became pain points or delights.
type Ids = HashMap<(Sentiment, usize), String>;

fn causes(
    sentiment: Sentiment,
    findings: &[(usize, PainPoint)],
) -> impl Iterator<Item = Cause> + '_ {
    findings.iter().map(move |(theme, _)| (sentiment, *theme))
}

fn ids(
    sentiment: Sentiment,
    findings: &[(usize, PainPoint)],
) -> impl Iterator<Item = ((Sentiment, usize), String)> + '_ {
    findings.iter().map(move |(theme, finding)| ((sentiment, *theme), finding.id.clone()))
}

fn ids_of(themes: &Themes, ids: &Ids, feedback: &Analysed) -> Vec<Vec<String>> {
    let id = |mention: &Mention, membership: &Membership| {
        ids.get(&(mention.sentiment(), membership.theme)).cloned()
    };
    feedback
        .mentions
        .iter()
        .zip(themes.of(feedback))
        .map(|(mention, found)| found.iter().filter_map(|own| id(mention, own)).collect())
        .collect()
}

/// Negative mentions of a feedback that have a pain point.
fn negatives_with(feedback: &Analysed, ids: &[Vec<String>]) -> u64 {
    let covered = feedback
        .mentions
        .iter()
        .zip(ids)
        .filter(|(mention, ids)| mention.sentiment() == Sentiment::Negative && !ids.is_empty());
    covered.count() as u64
}

fn terms(themes: &Themes, ids: &Ids) -> Vec<TermFinding> {
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
