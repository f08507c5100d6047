//! Prepared rows → analysed feedback: sentiment, meaning, touchpoints.

use rayon::prelude::*;

use super::prepare::{Draft, Prepared};
use crate::config::codebook::{Codebook, GENERAL};
use crate::model::{Model, Score};
use crate::tally::mention::{Analysed, Mention, Tag};
use crate::touchpoint::meaning::Prototypes;
use crate::touchpoint::{Assigner, How};

/// Model and codebook, ready to score rows.
pub struct Scorer<'a> {
    model: &'a Model,
    codebook: &'a Codebook,
    assigner: Assigner,
}

impl<'a> Scorer<'a> {
    /// Embeds the codebook's sentences with the model.
    pub fn new(model: &'a Model, codebook: &'a Codebook) -> Self {
        let (numbers, texts): (Vec<usize>, Vec<String>) =
            Prototypes::texts(codebook).into_iter().unzip();
        let meanings = model.score(&texts).into_iter().map(|score| score.meaning);
        let prototypes = Prototypes::new(numbers.into_iter().zip(meanings).collect());
        Self { model, codebook, assigner: Assigner::new(codebook, prototypes) }
    }

    /// Scores the mentions of some rows. What a row gets depends on the row alone.
    pub fn score(&self, rows: &[Prepared]) -> Vec<Analysed> {
        let texts: Vec<&str> =
            rows.iter().flat_map(|row| &row.drafts).map(|draft| draft.clean.as_str()).collect();
        let scores = self.model.score(&texts);
        let mut rest = scores.as_slice();
        let scored: Vec<(&Prepared, &[Score])> = rows
            .iter()
            .map(|row| {
                let (own, others) = rest.split_at(row.drafts.len());
                rest = others;
                (row, own)
            })
            .collect();
        scored.into_par_iter().map(|(row, scores)| self.feedback(row, scores)).collect()
    }

    fn feedback(&self, row: &Prepared, scores: &[Score]) -> Analysed {
        let mentions =
            row.drafts.iter().zip(scores).map(|(draft, score)| self.mention(row, draft, score));
        Analysed::new(row.id.clone(), row.feedback.date, mentions.collect())
    }

    fn mention(&self, row: &Prepared, draft: &Draft, score: &Score) -> Mention {
        let answer = &row.feedback.answers[draft.answer];
        let text = answer.text[draft.range.clone()].to_owned();
        let column = row.column_name(answer.column).to_owned();
        let tags = match &row.feedback.touchpoint {
            Some(value) => vec![Tag { touchpoint: self.named(value), how: "column".into() }],
            None => self.found(draft, score),
        };
        Mention::new((column, text), draft.range.start, draft.language, score, tags)
    }

    /// The identifier of the touchpoint that a cell names; one of its own where the codebook has
    /// none of that name.
    fn named(&self, value: &str) -> String {
        match self.codebook.touchpoint_named(value) {
            Some(index) => self.codebook.touchpoints()[index].id.clone(),
            // Lists are joined by semicolons.
            None => value.trim().replace(';', ","),
        }
    }

    fn found(&self, draft: &Draft, score: &Score) -> Vec<Tag> {
        let tags: Vec<Tag> = self
            .assigner
            .assign(&draft.clean, draft.language, &score.meaning)
            .into_iter()
            .map(|assignment| Tag {
                touchpoint: self.codebook.touchpoints()[assignment.touchpoint].id.clone(),
                how: match assignment.how {
                    How::Column => "column",
                    How::Keyphrase => "keyphrase",
                    How::Meaning => "meaning",
                }
                .into(),
            })
            .collect();
        if tags.is_empty() {
            return vec![Tag { touchpoint: GENERAL.into(), how: String::new() }];
        }
        tags
    }
}
