//! What in texts is passed over, and told: what is not the customer's, and what is in languages that are not
//! served.

use std::ops::Range;

use super::columns::ColumnChoice;
use super::doubt::{Doubt, Evidence};
use crate::text::boilerplate::{Recurring, boilerplate_with, is_unclear_dialogue, without};
use crate::text::others::in_other_languages;

/// Parts of cells, by column.
pub(super) type Parts = Vec<(usize, Vec<Range<usize>>)>;

/// What is passed over in the texts of an input, and what was so far.
pub(super) struct PassedOver {
    keeps_boilerplate: bool,
    all_languages: bool,
    /// What recurs in the texts of columns.
    recurring: Vec<(usize, Recurring)>,
    /// Texts in which there is what is not the customer's.
    boilerplate: Evidence,
    /// Texts in which people speak in turn, and nothing tells who of them is the customer.
    unclear_dialogue: Evidence,
    /// Texts that are in other languages, in part or as a whole.
    other_language: Evidence,
}

impl PassedOver {
    pub(super) fn new(choice: &ColumnChoice, recurring: Vec<(usize, Recurring)>) -> Self {
        Self {
            keeps_boilerplate: choice.keep_boilerplate,
            all_languages: choice.all_languages,
            recurring,
            boilerplate: Evidence::default(),
            unclear_dialogue: Evidence::default(),
            other_language: Evidence::default(),
        }
    }

    /// The parts of a row's texts that are not the customer's.
    pub(super) fn boilerplate(&mut self, cells: &[String], texts: &[usize]) -> Parts {
        let mut found = Vec::new();
        for &column in texts.iter().filter(|_| !self.keeps_boilerplate) {
            let nothing = Recurring::default();
            let recurring = self.recurring.iter().find(|(own, _)| *own == column);
            let recurring = recurring.map_or(&nothing, |(_, recurring)| recurring);
            let parts = boilerplate_with(&cells[column], recurring);
            note(&mut self.boilerplate, &cells[column], &parts);
            let is_unclear = is_unclear_dialogue(&cells[column]);
            self.unclear_dialogue.look_at(&cells[column], is_unclear);
            if !parts.is_empty() {
                found.push((column, parts));
            }
        }
        found
    }

    /// The sentences of a row's texts, without what is not the customer's, that are in languages which are
    /// not served.
    pub(super) fn other_languages(
        &mut self,
        cells: &[String],
        texts: &[usize],
        boilerplate: &Parts,
    ) -> Parts {
        let mut found = Vec::new();
        for &column in texts.iter().filter(|_| !self.all_languages) {
            let cell = &cells[column];
            let known = boilerplate.iter().find(|(own, _)| *own == column);
            let parts = match known {
                Some((_, known)) => in_other_languages(&without(cell, known)),
                None => in_other_languages(cell),
            };
            note(&mut self.other_language, cell, &parts);
            if !parts.is_empty() {
                found.push((column, parts));
            }
        }
        found
    }

    /// What was passed over so far.
    pub(super) fn doubts(&self) -> impl Iterator<Item = Doubt> {
        // Inputs in which there is none are not asked how many texts they have.
        let found = |own: &Evidence| (own.count > 0).then(|| Evidence { of: 0, ..own.clone() });
        let boilerplate = found(&self.boilerplate).map(|evidence| Doubt::Boilerplate { evidence });
        let dialogue =
            found(&self.unclear_dialogue).map(|evidence| Doubt::UnclearDialogue { evidence });
        // But the share of other languages is one of all texts.
        let other = Some(&self.other_language).filter(|seen| seen.of > 0);
        let other = other.map(|own| Doubt::OtherLanguage { evidence: own.clone() });
        boilerplate.into_iter().chain(dialogue).chain(other)
    }
}

fn note(evidence: &mut Evidence, cell: &str, parts: &[Range<usize>]) {
    let example = parts.first().map_or("", |part| cell[part.clone()].trim());
    evidence.look_at(example, !parts.is_empty());
}
