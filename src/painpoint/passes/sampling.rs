//! Pass 2: a sample of the mentions of every scope, negative and positive at once.

use crate::mention::Analysed;
use crate::mention::pass::Pass;
use crate::painpoint::clues::{Drawn, Scope, clues, is_drawn};
use crate::painpoint::vocabulary::Lexicon;

/// Draws samples.
pub struct Sampling<'a> {
    /// The terms that recur.
    pub lexicon: &'a Lexicon,
    /// Of what to draw, with how many mentions there are.
    pub scopes: &'a [(Scope, u64)],
}

impl Pass<Analysed> for Sampling<'_> {
    /// One for each scope, as far as anything was drawn.
    type Sum = Vec<Drawn>;

    fn add(&self, sum: &mut Vec<Drawn>, feedback: &Analysed) {
        for (at, &(scope, mentions)) in self.scopes.iter().enumerate() {
            let any = || feedback.mentions.iter().any(|mention| scope.holds(mention));
            if any() && is_drawn(feedback, mentions) {
                hold(sum, at + 1);
                let hits = |at: usize| self.lexicon.numbers(&feedback.mentions[at]);
                sum[at].add(clues(feedback, scope, hits));
            }
        }
    }

    fn merge(&self, sum: &mut Vec<Drawn>, other: Vec<Drawn>) {
        hold(sum, other.len());
        sum.iter_mut().zip(other).for_each(|(own, other)| own.merge(other));
    }
}

fn hold(sum: &mut Vec<Drawn>, scopes: usize) {
    if sum.len() < scopes {
        sum.resize_with(scopes, Drawn::default);
    }
}
