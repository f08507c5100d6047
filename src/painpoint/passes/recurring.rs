//! Pass 1: the terms that recur, as they are written, counted exactly. What the tally has ruled out is not
//! even spelt.

use crate::mention::Analysed;
use crate::mention::pass::Pass;
use crate::painpoint::vocabulary::Spellings;
use crate::tally::Tally;

/// Counts the terms that may recur.
pub struct Spelling<'a> {
    /// What knows which may.
    pub tally: &'a Tally,
    /// Mentions of a term that recurs.
    pub support: u64,
}

impl Pass<Analysed> for Spelling<'_> {
    type Sum = Spellings;

    fn add(&self, sum: &mut Spellings, feedback: &Analysed) {
        for mention in &feedback.mentions {
            for term in &mention.terms {
                sum.add(mention, term, |term| {
                    self.tally.term_at_most(term.fingerprint()) >= self.support
                });
            }
        }
    }

    fn merge(&self, sum: &mut Spellings, other: Spellings) {
        sum.merge(other);
    }
}
