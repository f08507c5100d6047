//! What in texts is passed over, and told: what is not the customer's, and what is in languages that are not
//! served.

use std::ops::Range;

use super::columns::ColumnChoice;
use super::doubt::{Doubt, Evidence};
use super::row::Feedback;
use crate::text::boilerplate::{Recurring, boilerplate_with, is_unclear_dialogue, without};
use crate::text::others::in_other_languages;

/// What is to be passed over in the texts of an input.
#[derive(Clone, Debug, Default)]
pub struct PassingOver {
    keeps_boilerplate: bool,
    all_languages: bool,
    /// What recurs in the texts of columns.
    recurring: Vec<(usize, Recurring)>,
}

/// What was passed over. Sums are the same in any order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PassedOver {
    /// Texts in which there is what is not the customer's.
    boilerplate: Evidence,
    /// Texts in which people speak in turn, and nothing tells who of them is the customer.
    unclear_dialogue: Evidence,
    /// Texts that are in other languages, in part or as a whole.
    other_language: Evidence,
}

impl PassingOver {
    pub(super) fn new(choice: &ColumnChoice, recurring: Vec<(usize, Recurring)>) -> Self {
        let (keeps_boilerplate, all_languages) = (choice.keep_boilerplate, choice.all_languages);
        Self { keeps_boilerplate, all_languages, recurring }
    }

    /// Finds what in the texts of a row is passed over, and counts it.
    pub fn find(&self, feedback: &mut Feedback, passed_over: &mut PassedOver) {
        for index in 0..feedback.text_columns.len() {
            let column = feedback.text_columns[index];
            let cell = &feedback.cells[column];
            let own = self.boilerplate(column, cell, passed_over);
            let other = self.other_languages(cell, &own, passed_over);
            if !own.is_empty() {
                feedback.boilerplate.push((column, own));
            }
            if !other.is_empty() {
                feedback.other_languages.push((column, other));
            }
        }
    }

    /// The parts of a text that are not the customer's.
    fn boilerplate(
        &self,
        column: usize,
        cell: &str,
        passed_over: &mut PassedOver,
    ) -> Vec<Range<usize>> {
        if self.keeps_boilerplate {
            return Vec::new();
        }
        let nothing = Recurring::default();
        let recurring = self.recurring.iter().find(|(own, _)| *own == column);
        let parts = boilerplate_with(cell, recurring.map_or(&nothing, |(_, recurring)| recurring));
        note(&mut passed_over.boilerplate, cell, &parts);
        passed_over.unclear_dialogue.look_at(cell, is_unclear_dialogue(cell));
        parts
    }

    /// The sentences of a text, without what is not the customer's, that are in languages which are not served.
    fn other_languages(
        &self,
        cell: &str,
        boilerplate: &[Range<usize>],
        passed_over: &mut PassedOver,
    ) -> Vec<Range<usize>> {
        if self.all_languages {
            return Vec::new();
        }
        let parts = match boilerplate {
            [] => in_other_languages(cell),
            parts => in_other_languages(&without(cell, parts)),
        };
        note(&mut passed_over.other_language, cell, &parts);
        parts
    }
}

impl PassedOver {
    /// Adds what was passed over in other rows.
    pub fn merge(&mut self, other: Self) {
        self.boilerplate.merge(other.boilerplate);
        self.unclear_dialogue.merge(other.unclear_dialogue);
        self.other_language.merge(other.other_language);
    }

    /// What there is to tell of it.
    pub fn doubts(&self) -> impl Iterator<Item = Doubt> {
        // Inputs in which there is none are not asked how many texts they have.
        self.told(|own| Evidence { of: 0, ..own.clone() }, Evidence::clone)
    }

    /// The same, where it was looked for in a sample of the texts.
    pub(super) fn doubts_in_sample(&self) -> impl Iterator<Item = Doubt> {
        let sampled = |own: &Evidence| Evidence { sampled: true, ..own.clone() };
        self.told(sampled, sampled)
    }

    fn told(
        &self,
        found: fn(&Evidence) -> Evidence,
        share: fn(&Evidence) -> Evidence,
    ) -> impl Iterator<Item = Doubt> {
        let some = |own: &Evidence| (own.count > 0).then(|| found(own));
        let boilerplate = some(&self.boilerplate).map(|evidence| Doubt::Boilerplate { evidence });
        let dialogue =
            some(&self.unclear_dialogue).map(|evidence| Doubt::UnclearDialogue { evidence });
        // But the share of other languages is one of all texts.
        let other = Some(&self.other_language).filter(|seen| seen.of > 0);
        let other = other.map(|own| Doubt::OtherLanguage { evidence: share(own) });
        boilerplate.into_iter().chain(dialogue).chain(other)
    }
}

fn note(evidence: &mut Evidence, cell: &str, parts: &[Range<usize>]) {
    let example = parts.first().map_or("", |part| cell[part.clone()].trim());
    evidence.look_at(example, !parts.is_empty());
}
