//! Pass 2: how often each recurring term is used, its typing errors counted as the word.

use crate::mention::Analysed;
use crate::mention::pass::Pass;
use crate::painpoint::vocabulary::{Lexicon, Uses};

/// Counts the terms of a lexicon.
pub struct Usage<'a> {
    /// The terms that recur.
    pub lexicon: &'a Lexicon,
}

impl Pass<Analysed> for Usage<'_> {
    type Sum = Uses;

    fn add(&self, sum: &mut Uses, feedback: &Analysed) {
        for mention in &feedback.mentions {
            sum.add(mention, &self.lexicon.read(mention));
        }
    }

    fn merge(&self, sum: &mut Uses, other: Uses) {
        sum.merge(other);
    }
}
