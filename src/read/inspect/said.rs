//! What is found in the texts of rows.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::levels::{Count, Levels};
use crate::read::passed_over::{PassedOver, PassingOver};
use crate::read::row::Feedback;
use crate::text::Language;

/// What the texts of some rows hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Said<C> {
    /// Rows in which the customer says nothing.
    pub(super) without_text: u64,
    /// Mentions by their language.
    pub(super) languages: BTreeMap<Language, u64>,
    /// What is passed over.
    pub(super) passed_over: PassedOver,
    /// What else is counted.
    pub(super) beside: C,
}

impl<C: Count> Count for Said<C> {
    fn merge(&mut self, other: Self) {
        self.without_text += other.without_text;
        for (language, mentions) in other.languages {
            *self.languages.entry(language).or_default() += mentions;
        }
        self.passed_over.merge(other.passed_over);
        self.beside.merge(other.beside);
    }
}

impl<C: Count> Said<C> {
    fn look_at(
        &mut self,
        row: &mut Feedback,
        passing_over: &PassingOver,
        mentions: &impl Fn(&Feedback, &mut C) -> Vec<Language>,
    ) {
        passing_over.find(row, &mut self.passed_over);
        let languages = mentions(row, &mut self.beside);
        self.without_text += u64::from(languages.is_empty());
        for language in languages {
            *self.languages.entry(language).or_default() += 1;
        }
    }
}

/// Looks at the texts of rows, each with its level, on all threads.
pub(super) fn look_at<C: Count>(
    rows: &mut Vec<(u32, Feedback)>,
    (passing_over, most): (&PassingOver, u64),
    mentions: &(impl Fn(&Feedback, &mut C) -> Vec<Language> + Sync),
) -> Levels<Said<C>> {
    let none = || Levels::<Said<C>>::new(most);
    let look_at = |mut found: Levels<Said<C>>, (level, mut row): (u32, Feedback)| {
        if let Some(said) = found.add(level) {
            said.look_at(&mut row, passing_over, mentions);
        }
        found
    };
    let merge = |mut one: Levels<Said<C>>, other| {
        one.merge(other);
        one
    };
    rows.par_drain(..).fold(none, look_at).reduce(none, merge)
}
