//! Pain points and the rows that they come from, joined: finds them, then goes over the feedback a last
//! time and writes which mention belongs to which.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufWriter;

use super::folder::Staging;
use super::{AnalysisError, Mapped, Plan, output, rating_scale};
use crate::mention::{Analysed, Touchpoint, Touchpoints};
use crate::model::{Model, Sentiment};
use crate::painpoint::findings::{Findings, Reading};
use crate::painpoint::screen::{Screen, Telling};
use crate::painpoint::{Found, Inquiry, find};
use crate::report::outputs::OutputFile;
use crate::report::rows::{FlagTable, MentionTable};
use crate::tally::statistics::Proportion;
use crate::tally::summary::Summary;
use crate::text::Language;

/// Finds pain points and delights among what was mapped, and writes the tables that need them. Gives the
/// lines of the corrections that found what they correct, too.
pub(super) fn reduce(
    plan: &Plan,
    mapped: &mut Mapped,
    model: &Model,
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
        baseline: plan.baseline.as_ref(),
        corrections: &plan.corrections,
        touchpoint: plan.touchpoint.as_deref(),
        model: model.hash(),
        score: &|texts| model.score(texts),
    };
    let mut found = find(spill, &inquiry)?;
    let wanted = plan.touchpoint.as_deref().map(|id| touchpoints.number(id));
    let told: BTreeSet<String> = found.topics.iter().map(|topic| topic.id.clone()).collect();
    let mut tables = Tables::new(plan, staging, (wanted, inquiry.screen()), told)?;
    found.join(spill, |feedback, ids| tables.add(feedback, ids, &touchpoints))?;
    let [covered, cries, doubtful] = tables.finish()?;
    let Found { topics, families, other_terms, comparisons, flags, corrected, matching, .. } =
        found;
    let summary = Summary {
        covered: Proportion::new(covered, inquiry.sentiment().negative),
        cries: Proportion::new(cries, inquiry.sentiment().negative),
        doubtful: Proportion::new(doubtful, inquiry.sentiment().negative),
        touchpoint: plan.touchpoint.clone(),
        priors: plan.priors,
        ..Summary::new(tally, &plan.codebook, inquiry.rating)
    };
    let corrections = None;
    let findings = Findings {
        summary,
        topics,
        families,
        other_terms,
        comparisons,
        flags,
        corrections,
        matching,
        reading: Reading::default(),
    };
    Ok((findings, corrected))
}

/// The tables with a line a mention.
struct Tables<'a> {
    plan: &'a Plan,
    mentions: MentionTable<BufWriter<File>>,
    flags: FlagTable<BufWriter<File>>,
    /// Negative mentions that have a pain point.
    covered: u64,
    /// Negative mentions that name no problem.
    cries: u64,
    /// Negative mentions that the score of their row speaks against.
    doubtful: u64,
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
        let [covered, cries, doubtful] = [0; 3];
        Ok(Self { plan, mentions, flags, covered, cries, doubtful, screen, touchpoint, told })
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
                self.covered += u64::from(!ids.is_empty());
                let telling = self.screen.of(feedback, mention);
                self.cries += u64::from(ids.is_empty() && telling == Telling::Cry);
                self.doubtful += u64::from(ids.is_empty() && telling == Telling::Doubtful);
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

    /// Completes the files. Negative mentions that have a pain point, that name no problem, and that the score
    /// of their row speaks against.
    fn finish(self) -> Result<[u64; 3], AnalysisError> {
        let plan = self.plan;
        let fail = |file: OutputFile| move |source| output(plan, file, source);
        self.mentions.finish().map_err(fail(MENTIONS))?;
        self.flags.finish().map_err(fail(FLAGS))?;
        Ok([self.covered, self.cries, self.doubtful])
    }
}
