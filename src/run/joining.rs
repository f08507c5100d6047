//! Pain points and the rows that they come from, joined: finds them, then goes over the feedback a last
//! time and writes which mention belongs to which.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::BufWriter;

use super::folder::Staging;
use super::recording::Recording;
use super::{AnalysisError, Mapped, Plan, output, rating_scale};
use crate::mention::{Analysed, Mention, Touchpoint, Touchpoints};
use crate::model::{Model, Sentiment};
use crate::painpoint::findings::{Findings, Reading};
use crate::painpoint::flagged::AtTouchpoints;
use crate::painpoint::lineage::Baseline;
use crate::painpoint::screen::{Screen, Telling};
use crate::painpoint::{Found, Inquiry, find};
use crate::report::outputs::OutputFile;
use crate::report::rows::{FlagTable, MentionTable};
use crate::score::Remembered;
use crate::tally::statistics::Proportion;
use crate::tally::summary::{Complaints, Summary};
use crate::text::Language;

/// Finds pain points and delights among what was mapped, and writes the tables that need them. Gives the
/// lines of the corrections that found what they correct, too.
pub(super) fn reduce(
    plan: &Plan,
    mapped: &mut Mapped,
    (model, cache): (&Model, Option<&Remembered>),
    (baseline, recording): (Option<&Baseline>, &mut Option<Recording>),
    staging: &Staging,
) -> Result<(Findings, BTreeSet<u64>), AnalysisError> {
    let Mapped { tally, spill, layouts, .. } = mapped;
    let touchpoints = Touchpoints::new(&plan.codebook).with(tally.touchpoints());
    let language = Language::from(plan.language);
    let inquiry = Inquiry {
        codebook: &plan.codebook,
        touchpoints: &touchpoints,
        tally,
        settings: crate::painpoint::Settings { language, ..plan.settings },
        rating: rating_scale(layouts.iter().map(AsRef::as_ref)),
        since: plan.since,
        baseline,
        corrections: &plan.corrections,
        touchpoint: plan.touchpoint.as_deref(),
        model: model.hash(),
        score: &|texts| Remembered::or_scored(cache, texts, |missing| model.score(missing)),
    };
    let mut found = find(spill, &inquiry)?;
    let wanted = plan.touchpoint.as_deref().map(|id| touchpoints.number(id));
    let told: BTreeSet<String> = found.topics.iter().map(|topic| topic.id.clone()).collect();
    let mut tables = Tables::new(plan, staging, (wanted, inquiry.screen()), told)?;
    found.join(spill, |feedback, ids| {
        if let Some(recording) = recording {
            recording.add(feedback, &ids, &touchpoints)?;
        }
        tables.add(feedback, ids, &touchpoints)
    })?;
    let Told { complaints, touchpoints: places, others } = tables.finish()?;
    let Found { topics, families, other_terms, comparisons, flags, corrected, matching, .. } =
        found;
    let share = |count| Proportion::new(count, inquiry.sentiment().negative);
    let mut summary = Summary {
        covered: share(complaints.covered),
        cries: share(complaints.cries),
        doubtful: share(complaints.doubtful),
        touchpoint: plan.touchpoint.clone(),
        priors: plan.priors,
        ..Summary::new(tally, &plan.codebook, inquiry.rating)
    };
    // With one touchpoint wanted, mentions of the others were not all looked at.
    let told_of = summary.touchpoints.iter().filter(|own| summary.tells_of(own));
    let told_of: BTreeSet<String> = told_of.map(|own| own.id.clone()).collect();
    for own in summary.touchpoints.iter_mut().filter(|own| told_of.contains(&own.id)) {
        own.complaints = places.get(&own.id).copied().unwrap_or_default();
    }
    let mut other_complaints = others.listed();
    other_complaints.retain(|own| told_of.contains(&own.touchpoint));
    let corrections = None;
    let findings = Findings {
        summary,
        topics,
        families,
        other_terms,
        comparisons,
        flags,
        other_complaints,
        corrections,
        matching,
        reading: Reading::default(),
        history: None,
        alerts: None,
    };
    Ok((findings, corrected))
}

/// What negative mentions are, in all and by touchpoint.
#[derive(Default)]
struct Told {
    complaints: Complaints,
    touchpoints: BTreeMap<String, Complaints>,
    /// Those that name something and are in no pain point, by touchpoint.
    others: AtTouchpoints,
}

impl Told {
    fn add(
        &mut self,
        (feedback, mention): (&Analysed, &Mention),
        own: Complaints,
        touchpoints: &Touchpoints,
    ) {
        self.complaints.merge(own);
        let is_other = own == Complaints::default();
        for tag in &mention.touchpoints {
            let id = touchpoints.id(tag.touchpoint);
            match self.touchpoints.get_mut(id) {
                Some(counts) => counts.merge(own),
                None => _ = self.touchpoints.insert(id.to_owned(), own),
            }
            if is_other {
                self.others.add(id, feedback, mention);
            }
        }
    }
}

/// The tables with a line a mention.
struct Tables<'a> {
    plan: &'a Plan,
    mentions: MentionTable<BufWriter<File>>,
    flags: FlagTable<BufWriter<File>>,
    negative: Told,
    /// How mentions are screened.
    screen: Screen,
    /// What mentions must be about to count.
    touchpoint: Option<Touchpoint>,
    /// The pain points and delights that are told of.
    told: BTreeSet<String>,
}

const MENTIONS: OutputFile = OutputFile::Mentions;
const FLAGS: OutputFile = OutputFile::Flags;

impl<'a> Tables<'a> {
    fn new(
        plan: &'a Plan,
        staging: &Staging,
        (touchpoint, screen): (Option<Touchpoint>, Screen),
        told: BTreeSet<String>,
    ) -> Result<Self, AnalysisError> {
        let fail = |file: OutputFile| move |source| output(plan, file, source);
        let mentions =
            MentionTable::new(staging.create(MENTIONS)?, plan.dialect, !plan.no_verbatims);
        let flags = FlagTable::new(staging.create(FLAGS)?, plan.dialect, !plan.no_verbatims);
        let (mentions, flags) = (mentions.map_err(fail(MENTIONS))?, flags.map_err(fail(FLAGS))?);
        let negative = Told::default();
        Ok(Self { plan, mentions, flags, negative, screen, touchpoint, told })
    }

    /// Adds a feedback with the ids of the pain points and delights of each of its mentions.
    fn add(
        &mut self,
        feedback: &Analysed,
        ids: Vec<Vec<String>>,
        touchpoints: &Touchpoints,
    ) -> Result<(), AnalysisError> {
        let plan = self.plan;
        let fail = |file: OutputFile| move |source| output(plan, file, source);
        for (index, (mention, mut ids)) in feedback.mentions.iter().zip(ids).enumerate() {
            if mention.sentiment == Sentiment::Negative && mention.is_about(self.touchpoint) {
                let telling = self.screen.of(feedback, mention);
                let is = |own| u64::from(ids.is_empty() && telling == own);
                let own = Complaints {
                    covered: u64::from(!ids.is_empty()),
                    cries: is(Telling::Cry),
                    doubtful: is(Telling::Doubtful),
                };
                self.negative.add((feedback, mention), own, touchpoints);
            }
            ids.retain(|id| self.told.contains(id));
            self.mentions
                .row(feedback, index, mention, (touchpoints, &ids))
                .map_err(fail(MENTIONS))?;
            self.flags.rows(&feedback.id, index, mention, touchpoints).map_err(fail(FLAGS))?;
        }
        for (index, mention) in feedback.repetition.iter().flat_map(|own| &own.mentions).enumerate()
        {
            self.mentions
                .row(feedback, index, mention, (touchpoints, &[]))
                .map_err(fail(MENTIONS))?;
        }
        Ok(())
    }

    /// Completes the files. Gives what negative mentions are.
    fn finish(self) -> Result<Told, AnalysisError> {
        let plan = self.plan;
        let fail = |file: OutputFile| move |source| output(plan, file, source);
        self.mentions.finish().map_err(fail(MENTIONS))?;
        self.flags.finish().map_err(fail(FLAGS))?;
        Ok(self.negative)
    }
}
