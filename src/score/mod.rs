//! Prepared rows → analysed feedback: sentiment, meaning, touchpoints.

pub mod prepare;
mod recent;

use std::io;
use std::sync::Arc;

use crate::config::codebook::Codebook;
use crate::mention::{Analysed, Mention, Tag};
use crate::model::{Model, Score, TextScorer};
use crate::read::{Feedback, Layout};
use crate::run::codebook::assigner;
use crate::run::reduce::Counter;
use crate::store::spill::{Encoded, Spill};
use crate::tally::Tally;
use crate::touchpoint::{Assigner, Assignment, How};
use prepare::{Draft, Prepared, drafts};
use recent::Seen;

/// Rows of one input that are scored together.
pub struct Window {
    /// Number of the input.
    pub input: usize,
    /// How it is laid out.
    pub layout: Arc<Layout>,
    /// Rows with their ids.
    pub rows: Vec<(String, Feedback)>,
}

/// Model and codebook, ready to score rows.
pub struct Scorer<'a> {
    model: &'a Model,
    codebook: &'a Codebook,
    assigner: Assigner,
    seen: Seen,
}

/// Rows that have been scored.
pub struct Scored {
    /// The rows.
    pub rows: Vec<Prepared>,
    /// What was found in each.
    pub feedback: Vec<Analysed>,
    /// The same, as it is stored.
    pub encoded: io::Result<Encoded<Analysed>>,
}

/// A [`Scorer`] on one thread.
pub struct Worker<'s, 'a, 't, 'm> {
    scorer: &'s Scorer<'a>,
    texts: &'t mut TextScorer<'m>,
}

impl<'a> Scorer<'a> {
    /// Prepares the codebook.
    pub fn new(model: &'a Model, codebook: &'a Codebook) -> Self {
        Self { model, codebook, assigner: assigner(model, codebook), seen: Seen::default() }
    }

    /// Runs `work` on every thread of the model at once.
    pub fn on_threads(&self, work: impl Fn(&mut Worker) + Sync) {
        self.model.on_threads(usize::MAX, |texts| work(&mut Worker { scorer: self, texts }));
    }
}

impl Worker<'_, '_, '_, '_> {
    /// Splits rows into mentions, scores and counts them. What a row gets depends on the row alone.
    pub fn score(&mut self, window: Window, counter: &Counter, tally: &mut Tally) -> Scored {
        let Window { input, layout, rows } = window;
        let rows: Vec<Prepared> = rows
            .into_iter()
            .map(|(id, feedback)| {
                let drafts = drafts(&feedback);
                Prepared { input, layout: Arc::clone(&layout), id, feedback, drafts }
            })
            .collect();
        let texts: Vec<&str> =
            rows.iter().flat_map(|row| &row.drafts).map(|draft| draft.clean.as_str()).collect();
        let scores = self.scorer.seen.scores(&texts, |texts| self.texts.score(texts));
        let mut rest = scores.as_slice();
        let feedback: Vec<Analysed> = rows
            .iter()
            .map(|row| {
                let (own, others) = rest.split_at(row.drafts.len());
                rest = others;
                let mut feedback = self.scorer.feedback(row, own);
                feedback.scores = counter.scores(row);
                counter.correct(&mut feedback);
                counter.count(&feedback, tally);
                feedback
            })
            .collect();
        let encoded = Spill::encode(&feedback);
        Scored { rows, feedback, encoded }
    }
}

impl Scorer<'_> {
    fn feedback(&self, row: &Prepared, scores: &[Arc<Score>]) -> Analysed {
        let mentions =
            row.drafts.iter().zip(scores).map(|(draft, score)| self.mention(row, draft, score));
        Analysed::new(row.id.clone(), row.feedback.date, mentions.collect())
    }

    fn mention(&self, row: &Prepared, draft: &Draft, score: &Score) -> Mention {
        let text = row.feedback.cells[draft.column][draft.range.clone()].to_owned();
        let column = row.column_name(draft.column).to_owned();
        let tags = match &row.feedback.touchpoint {
            Some(value) => self.named(value),
            None => self.found(draft, score),
        };
        Mention::new((column, text), draft.range.start, draft.language, score, tags)
    }

    /// The touchpoint that a cell names; one of its own where the codebook has none of that name.
    fn named(&self, value: &str) -> Vec<Tag> {
        match self.codebook.touchpoint_named(value) {
            Some(index) => self.tags(&self.assigner.from_column(index)),
            // Lists are joined by semicolons.
            None => vec![Tag::new(&value.trim().replace(';', ","), How::Column.name(), 1.0)],
        }
    }

    fn found(&self, draft: &Draft, score: &Score) -> Vec<Tag> {
        let found = self.assigner.assign(&draft.clean, draft.language, &score.meaning);
        if found.is_empty() {
            return vec![Tag::general()];
        }
        self.tags(&found)
    }

    fn tags(&self, found: &[Assignment]) -> Vec<Tag> {
        let id = |found: &Assignment| &self.codebook.touchpoints()[found.touchpoint].id;
        found.iter().map(|found| Tag::new(id(found), found.how.name(), found.confidence)).collect()
    }
}
