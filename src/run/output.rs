//! What scoring gives, in the order of the input → the files and counts that do not wait for
//! finding pain points.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter};
use std::sync::Arc;

use super::flow::{Event, Prepared, Scored};
use super::folder::Staging;
use super::near_duplicates::Seen;
use super::{AnalysisError, Plan, Progress, TOLD_REJECTS, output};
use crate::mention::Analysed;
use crate::read::{
    Doubts, Evidence, Feedback, Fingerprint, Layout, PassedOver, Protected, Reject, Role,
};
use crate::report::outputs::OutputFile;
use crate::report::rejects::RejectTable;
use crate::report::rows::FeedbackTable;
use crate::store::spill::Spill;
use crate::tally::summary::RowCounts;

/// The files and counts that grow with every event.
pub(super) struct Output<'a> {
    plan: &'a Plan,
    progress: &'a dyn Progress,
    names: Vec<String>,
    feedback: FeedbackTable<BufWriter<File>>,
    rejects: RejectTable<BufWriter<File>>,
    spill: Spill<Analysed>,
    seen: Seen,
    scored: u64,
    mentions: u64,
    counts: RowCounts,
    first_rejects: Vec<String>,
    protected: Protected,
    passed_over: BTreeMap<usize, PassedOver>,
    read: Read,
}

/// What the inputs came to.
#[derive(Default)]
pub(super) struct Read {
    /// What is doubtful about the reading.
    pub doubts: Doubts,
    /// What was read, an input each.
    pub fingerprints: Vec<Fingerprint>,
}

impl<'a> Output<'a> {
    /// Opens the files.
    pub(super) fn new(
        plan: &'a Plan,
        layouts: &[Arc<Layout>],
        staging: &Staging,
        progress: &'a dyn Progress,
    ) -> Result<Self, AnalysisError> {
        let fail = |file: OutputFile| move |source| output(plan, file, source);
        let (feedback, rejects) =
            (staging.create(OutputFile::Feedback)?, staging.create(OutputFile::Rejects)?);
        Ok(Self {
            plan,
            progress,
            names: plan.inputs.iter().map(|path| path.display().to_string()).collect(),
            feedback: FeedbackTable::new(feedback, plan.dialect, all_columns(layouts))
                .map_err(fail(OutputFile::Feedback))?,
            rejects: RejectTable::new(rejects, plan.dialect, plan.protection.clone())
                .map_err(fail(OutputFile::Rejects))?,
            spill: Spill::new()?,
            seen: Seen::default(),
            scored: 0,
            mentions: 0,
            counts: RowCounts::default(),
            first_rejects: Vec::new(),
            protected: Protected::default(),
            passed_over: BTreeMap::new(),
            read: Read::default(),
        })
    }

    /// Writes and counts what an event brings.
    pub(super) fn take(&mut self, event: Event) -> Result<(), AnalysisError> {
        match event {
            Event::Rows(mut scored) => {
                self.prepared(scored.window.input, std::mem::take(&mut scored.prepared));
                self.rows(&scored)?;
            }
            Event::Reject(input, reject) => {
                self.counts.rejects += 1;
                if self.first_rejects.len() < TOLD_REJECTS {
                    let reason = self.plan.protection.shown(&reject.reason).into_owned();
                    let told = Reject { reason, ..reject.clone() };
                    self.first_rejects.push(format!("{}: {told}", self.names[input]));
                }
                self.rejects
                    .row(
                        &self.names[input],
                        reject.place.line,
                        &reject.column,
                        &reject.reason_in_sheet(),
                    )
                    .map_err(|source| output(self.plan, OutputFile::Rejects, source))?;
            }
            Event::Duplicate => self.counts.duplicates += 1,
            Event::LeftOut => self.counts.left_out += 1,
            Event::End(input, doubts, fingerprint) => {
                doubts.into_iter().for_each(|doubt| self.read.doubts.add(input, doubt));
                // Inputs end one after the other.
                self.read.fingerprints.push(fingerprint);
            }
            Event::Failed(error) => return Err(error.into()),
        }
        self.counts.rows =
            self.scored + self.counts.rejects + self.counts.duplicates + self.counts.left_out;
        self.progress.scored(self.counts.rows, self.mentions);
        Ok(())
    }

    fn prepared(&mut self, input: usize, Prepared { passed_over, protected }: Prepared) {
        self.passed_over.entry(input).or_default().merge(passed_over);
        self.protected.merge(protected);
    }

    fn rows(&mut self, scored: &Scored) -> Result<(), AnalysisError> {
        let encoded = scored.encoded.as_ref();
        // The error of another thread is told again here, where it can be returned.
        self.spill
            .append(encoded.map_err(|error| io::Error::new(error.kind(), error.to_string()))?)?;
        scored.bands.iter().try_for_each(|bands| self.seen.add(*bands))?;
        let window = &scored.window;
        let input = &self.names[window.input];
        for ((_, row), feedback) in window.rows.iter().zip(&scored.feedback) {
            let mut cells = cells(&window.layout, row);
            if self.plan.no_verbatims {
                let columns = window.layout.columns.iter();
                let is_words = |role| matches!(role, Role::Text | Role::Other);
                let own = cells.iter_mut().zip(columns).filter(|(_, column)| is_words(column.role));
                own.for_each(|((_, cell), _)| *cell = "");
            }
            self.feedback
                .row(feedback, (input, row.place.line), &cells)
                .map_err(|source| output(self.plan, OutputFile::Feedback, source))?;
            self.mentions += feedback.mentions.len() as u64;
        }
        self.scored += window.rows.len() as u64;
        Ok(())
    }

    /// Completes the files. Gives the scored feedback and by what it may repeat itself, the counts of all rows but
    /// the scored ones, and what the inputs came to.
    pub(super) fn finish(
        mut self,
    ) -> Result<(Spill<Analysed>, Seen, RowCounts, Read), AnalysisError> {
        if self.counts.rejects > 0 && self.counts.rejects == self.counts.rows {
            let first = self.first_rejects;
            return Err(AnalysisError::AllRejected { rows: self.counts.rows, first });
        }
        let plan = self.plan;
        let fail = |file: OutputFile| move |source| output(plan, file, source);
        self.feedback.finish().map_err(fail(OutputFile::Feedback))?;
        let unlisted = self.rejects.finish().map_err(fail(OutputFile::Rejects))?;
        let evidence =
            Evidence { count: self.counts.rejects, of: self.counts.rows, ..Evidence::default() };
        self.read.doubts.add_rejects(0..plan.inputs.len(), evidence, unlisted);
        for (input, passed_over) in &self.passed_over {
            passed_over.doubts().for_each(|doubt| self.read.doubts.add(*input, doubt));
        }
        self.read.doubts.add_protected(0..plan.inputs.len(), &self.protected);
        self.read.doubts.add_passed_over(0..plan.inputs.len(), &plan.passed_over);
        Ok((self.spill, self.seen, self.counts, self.read))
    }
}

/// The names of all columns of all inputs, in the order in which they first come.
fn all_columns(layouts: &[Arc<Layout>]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for column in layouts.iter().flat_map(|layout| &layout.columns) {
        if !names.contains(&column.name) {
            names.push(column.name.clone());
        }
    }
    names
}

fn cells<'r>(layout: &'r Layout, row: &'r Feedback) -> Vec<(&'r str, &'r str)> {
    let names = layout.columns.iter().map(|column| column.name.as_str());
    names.zip(row.cells.iter().map(String::as_str)).collect()
}
