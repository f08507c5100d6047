//! Feedback → analysed feedback: sentiment, meaning, touchpoints, terms. It scores, and does nothing else:
//! what is counted, corrected or kept is the business of others.

mod drafts;
mod priors;
mod recent;
mod remembered;

use std::sync::Arc;

use crate::config::codebook::Codebook;
use crate::mention::{Analysed, Found, Group, Mention, Scores, Tag, Touchpoint};
use crate::model::{Model, Priors, Score, TextScorer};
use crate::read::{Feedback, Layout, Role};
use crate::touchpoint::{Assigner, Assignment, How};
pub use drafts::{Draft, as_read, drafts};

use recent::Seen;
pub use remembered::{Remembered, Remembrance};

/// Model and codebook, ready to score feedback. What a row gets depends on the row alone.
pub struct Scorer<'a> {
    model: &'a Model,
    codebook: &'a Codebook,
    assigner: Assigner,
    /// Scale to which ratings are brought.
    scale: Option<(f64, f64)>,
    /// What rows tell of sentiment, if it counts.
    priors: Option<&'a Priors>,
    seen: Seen,
    /// What earlier runs scored, if it is kept.
    remembered: Option<&'a Remembered<'a>>,
}

/// A [`Scorer`] on one thread.
pub struct Worker<'s, 'a, 't, 'm> {
    scorer: &'s Scorer<'a>,
    texts: &'t mut TextScorer<'m>,
}

/// A mention, and what the model says of it.
#[derive(Clone, Debug)]
pub struct Heard {
    /// The mention.
    pub draft: Draft,
    /// What the model says.
    pub score: Arc<Score>,
}

impl<'a> Scorer<'a> {
    /// Prepares the codebook. Ratings are brought to `scale`, or left as they are without one.
    pub fn new(model: &'a Model, codebook: &'a Codebook, scale: Option<(f64, f64)>) -> Self {
        let assigner = Assigner::embedded(codebook, model);
        let (priors, seen) = (model.priors(), Seen::default());
        Self { model, codebook, assigner, scale, priors, seen, remembered: None }
    }

    /// The same, with sentiment from the text alone.
    pub fn without_priors(self) -> Self {
        Self { priors: None, ..self }
    }

    /// The same, which asks the model only for what no earlier run scored.
    pub fn remembering(self, remembered: Option<&'a Remembered<'a>>) -> Self {
        Self { remembered, ..self }
    }

    /// What tells touchpoints.
    pub fn assigner(&self) -> &Assigner {
        &self.assigner
    }

    /// The same, when nothing is to be scored any more.
    pub fn into_assigner(self) -> Assigner {
        self.assigner
    }

    /// Runs `work` on every thread of the model at once.
    pub fn on_threads(&self, work: impl Fn(&mut Worker) + Sync) {
        self.model.on_threads(usize::MAX, |texts| work(&mut Worker { scorer: self, texts }));
    }

    /// Scores rows, each with its id, on all threads.
    pub fn score(&self, layout: &Layout, rows: &[(String, Feedback)]) -> Vec<Analysed> {
        self.analyse(layout, rows, |texts| self.model.score(texts))
    }

    /// Splits feedback into mentions and lets the model score them, on all threads.
    pub fn hear(&self, feedback: &[Feedback]) -> Vec<Vec<Heard>> {
        self.hear_with(feedback, |texts| self.model.score(texts))
    }

    /// The touchpoints of a mention: those that its row names, else those for which enough speaks. None
    /// where the row names one that the codebook does not have.
    pub fn assignments(&self, feedback: &Feedback, mention: &Heard) -> Vec<Assignment> {
        if feedback.touchpoints.is_empty() {
            let Heard { draft, score } = mention;
            return self.assigner.assign(&draft.clean, draft.language, &score.meaning);
        }
        let mut found: Vec<Assignment> = Vec::new();
        let places =
            feedback.touchpoints.iter().filter_map(|own| self.codebook.touchpoint_named(own));
        for own in places.flat_map(|place| self.assigner.from_column(place)) {
            if found.iter().all(|known| known.touchpoint != own.touchpoint) {
                found.push(own);
            }
        }
        found
    }

    fn hear_with<'f>(
        &self,
        feedback: impl IntoIterator<Item = &'f Feedback>,
        score: impl FnOnce(&[&str]) -> Vec<Score>,
    ) -> Vec<Vec<Heard>> {
        let drafts: Vec<Vec<Draft>> = feedback.into_iter().map(drafts).collect();
        let texts: Vec<&str> = drafts.iter().flatten().map(|draft| draft.clean.as_str()).collect();
        let score = |missing: &[&str]| Remembered::or_scored(self.remembered, missing, score);
        let mut scores = self.seen.scores(&texts, score).into_iter();
        let heard = |drafts: Vec<Draft>| {
            let own = drafts.into_iter().zip(scores.by_ref());
            own.map(|(draft, score)| Heard { draft, score }).collect()
        };
        drafts.into_iter().map(heard).collect()
    }

    fn analyse(
        &self,
        layout: &Layout,
        rows: &[(String, Feedback)],
        score: impl FnOnce(&[&str]) -> Vec<Score>,
    ) -> Vec<Analysed> {
        let heard = self.hear_with(rows.iter().map(|(_, feedback)| feedback), score);
        let analysed = |((id, feedback), heard): (&(String, Feedback), Vec<Heard>)| Analysed {
            id: id.clone(),
            scores: self.scores(layout, feedback),
            touchpoints: self.unknown(feedback),
            other_language: !feedback.other_languages.is_empty(),
            mentions: heard.iter().map(|heard| self.mention(layout, feedback, heard)).collect(),
            repetition: None,
        };
        rows.iter().zip(heard).map(analysed).collect()
    }

    fn mention(&self, layout: &Layout, feedback: &Feedback, heard: &Heard) -> Mention {
        let draft = &heard.draft;
        let text = feedback.cells[draft.column][draft.range.clone()].to_owned();
        let column = layout.columns[draft.column].name.clone();
        let tags = self.tags(feedback, heard);
        let place = feedback.place_in_input(draft.column, &draft.range);
        let mention =
            Mention::new((column, text), draft.range.start, draft.language, &heard.score, tags)
                .from_input(&place);
        match self.priors {
            Some(priors) => {
                let shift = priors::shift(priors, layout, feedback, draft.column);
                mention.in_its_row(priors.shifted(heard.score.probabilities, shift))
            }
            None => mention,
        }
    }

    fn tags(&self, feedback: &Feedback, heard: &Heard) -> Vec<Tag> {
        let unknown = self.unknown(feedback);
        let named = |name: &String| Tag::new(Touchpoint::named(name), Found::By(How::Column), 1.0);
        let known = self.assignments(feedback, heard);
        let tag = |found: &Assignment| {
            Tag::new(Touchpoint::at(found.touchpoint), Found::By(found.how), found.confidence)
        };
        let tags: Vec<Tag> = known.iter().map(tag).chain(unknown.iter().map(named)).collect();
        if tags.is_empty() { vec![Tag::general()] } else { tags }
    }

    /// The touchpoints that a cell names and the codebook does not have.
    fn unknown(&self, feedback: &Feedback) -> Vec<String> {
        let unknown = |name: &&String| self.codebook.touchpoint_named(name).is_none();
        // Lists are joined by semicolons.
        let names = feedback.touchpoints.iter().filter(unknown);
        names.map(|name| name.trim().replace(';', ",")).collect()
    }

    /// Date, scores and groups of a row; a rating on another scale than the run's is brought to it.
    fn scores(&self, layout: &Layout, feedback: &Feedback) -> Scores {
        let rating = feedback.rating.map(|rating| match (layout.rating_scale, self.scale) {
            (Some((low, high)), Some((lowest, highest))) if (low, high) != (lowest, highest) => {
                lowest + (rating - low) / (high - low) * (highest - lowest)
            }
            _ => rating,
        });
        Scores { date: feedback.date, nps: feedback.nps, rating, groups: groups(layout, feedback) }
    }
}

impl Worker<'_, '_, '_, '_> {
    /// Scores rows, each with its id, on this thread.
    pub fn score(&mut self, layout: &Layout, rows: &[(String, Feedback)]) -> Vec<Analysed> {
        let Self { scorer, texts } = self;
        scorer.analyse(layout, rows, |missing| texts.score(missing))
    }
}

/// The groups that a row belongs to, by its columns of sources and segments.
fn groups(layout: &Layout, feedback: &Feedback) -> Vec<Group> {
    let cells = layout.columns.iter().zip(&feedback.cells);
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
