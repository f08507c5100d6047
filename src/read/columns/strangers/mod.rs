//! Columns of words that no customer wrote as feedback: replies, ticked lists, closed answers, the same text again.
//!
//! Each is told by its name and by what it holds, and only where a text is left without it.

mod closed;
mod names;
mod other_answers;
mod same_text;

use super::name::{mention, says};
use super::role::{AssignedRole, Role};
use crate::read::doubt::{Doubt, Evidence};
pub(super) use names::excluding_word;
use names::{ANSWER, COMPANY, GREETINGS, POSITION, REPLY, asks};
use same_text::Pair;

/// A column that seems to be text.
pub(super) struct Answers<'a> {
    pub(super) name: &'a str,
    /// The words of its name.
    pub(super) words: &'a [String],
    /// Its filled cells in the sample.
    pub(super) cells: &'a [&'a str],
    /// The rows of the sample.
    pub(super) all: usize,
}

/// Share of the cells that must be so.
const MOST: f64 = 0.5;

/// Passes over what is no feedback among the texts that were `assigned`, unless the user named it or nothing would
/// be left. What is documented as a text may still be another one again.
pub(super) fn pass_over(
    columns: &[Answers],
    rows: &[Vec<String>],
    (chosen, documented): (&[Option<Role>], &[bool]),
    assigned: &mut [Option<AssignedRole>],
) {
    let found = |assigned: &[Option<AssignedRole>]| -> Vec<usize> {
        (0..columns.len()).filter(|&at| is_text(&assigned[at]) && chosen[at].is_none()).collect()
    };
    for at in found(assigned).into_iter().filter(|&at| !documented[at]) {
        let own = &columns[at];
        let left = assigned.iter().filter(|own| is_text(own)).count() > 1;
        let stranger = own.stranger(columns).filter(|_| left || own.are_steps());
        if let Some((reason, doubt)) = stranger.or_else(|| own.named_otherwise()) {
            assigned[at] = Some(AssignedRole::doubted(Role::Other, reason, Some(doubt)));
        } else if let Some(assigned) = &mut assigned[at] {
            assigned.doubt = own.closed(true).map(|(_, doubt)| doubt);
        }
    }
    pass_over_same(columns, rows, &found, assigned);
}

/// Passes over what is the text of another column again, until nothing is.
fn pass_over_same(
    columns: &[Answers],
    rows: &[Vec<String>],
    found: &Found,
    assigned: &mut [Option<AssignedRole>],
) {
    let mut passed: Vec<usize> = Vec::new();
    // Something counts of all the same texts.
    while assigned.iter().filter(|own| is_text(own)).count() > 1 {
        let same = found(assigned).into_iter().find_map(|at| {
            let others = (0..columns.len()).filter(|&other| other != at);
            let counting = others.clone().filter(|&other| is_text(&assigned[other]));
            let others = counting.chain(others.filter(|other| passed.contains(other)));
            let sameness = |other: usize| {
                let other_is_passed = passed.contains(&other);
                let (own, other) = ((at, &columns[at]), (other, &columns[other]));
                Pair { own, other, rows, other_is_passed }.sameness()
            };
            others.into_iter().find_map(|other| Some((at, other, sameness(other)?)))
        });
        let Some((at, other, sameness)) = same else { return };
        passed.push(at);
        let reason = format!("the same text as {:?}", columns[other].name);
        let (column, other) = (columns[at].name.to_owned(), columns[other].name.to_owned());
        let doubt = Some(Doubt::SameText { column, other, sameness });
        assigned[at] = Some(AssignedRole::doubted(Role::Other, reason, doubt));
    }
}

fn is_text(own: &Option<AssignedRole>) -> bool {
    own.as_ref().is_some_and(|own| own.role == Role::Text)
}

/// The texts that may be passed over, by their index.
type Found<'a> = dyn Fn(&[Option<AssignedRole>]) -> Vec<usize> + 'a;

impl Answers<'_> {
    /// What it is instead of feedback, and why.
    fn stranger(&self, columns: &[Answers]) -> Option<(String, Doubt)> {
        let column = self.name.to_owned();
        let evidence = || Evidence::in_sample(self.cells.iter().copied(), |_| true);
        let of_company = says(self.words, ANSWER) && says(self.words, COMPANY);
        if !asks(self.name, self.words) && (says(self.words, REPLY) || of_company) {
            let doubt = Doubt::Reply { column, evidence: evidence() };
            return Some(("its name says that the company wrote it".to_owned(), doubt));
        }
        if self.share(greets) >= MOST {
            let doubt = Doubt::Reply { column, evidence: evidence() };
            return Some(("begins as those do who answer customers".to_owned(), doubt));
        }
        if let Some(word) = mention(self.words, POSITION) {
            let doubt = Doubt::NotText { column, word: word.to_owned(), evidence: evidence() };
            return Some(("its name says what somebody does".to_owned(), doubt));
        }
        if self.is_tick_list() {
            let doubt = Doubt::TickList { column, evidence: evidence() };
            return Some(("lists out of a few choices".to_owned(), doubt));
        }
        if self.is_beside_other(columns) {
            let doubt = Doubt::OtherAnswer { column, evidence: evidence() };
            return Some(("beside \"other\" in a closed question".to_owned(), doubt));
        }
        self.closed(false)
    }

    /// That it holds answers out of a short list, if it does.
    fn closed(&self, read: bool) -> Option<(String, Doubt)> {
        let different = self.closed_answers()?;
        let evidence = Evidence::in_sample(self.cells.iter().copied(), |_| true);
        let column = self.name.to_owned();
        let doubt = Doubt::ClosedAnswers { column, different, read, evidence };
        Some((format!("{different} different answers"), doubt))
    }

    /// What its name says that it is instead, whatever else there is.
    fn named_otherwise(&self) -> Option<(String, Doubt)> {
        let word = excluding_word(self.name, self.words)?.to_owned();
        let evidence = Evidence::in_sample(self.cells.iter().copied(), |_| true);
        let reason = format!("its name says {word:?}");
        Some((reason, Doubt::NotText { column: self.name.to_owned(), word, evidence }))
    }

    fn share(&self, holds: impl Fn(&str) -> bool) -> f64 {
        let holding = self.cells.iter().filter(|cell| holds(cell)).count();
        holding as f64 / self.cells.len().max(1) as f64
    }
}

/// Whether a text begins as a company's answer does.
fn greets(text: &str) -> bool {
    let start: String = text.chars().take(60).collect::<String>().to_lowercase();
    GREETINGS.iter().any(|greeting| start.starts_with(greeting))
}

#[cfg(test)]
mod tests;
