//! Pass 2: a sample of the mentions that name something, of both sentiments at once.

use crate::mention::pass::Pass;
use crate::mention::{Analysed, Mention};
use crate::model::Sentiment;
use crate::painpoint::sample::{Drawn, Voice, is_drawn};
use crate::painpoint::screen::{Screen, Telling};
use crate::painpoint::vocabulary::Lexicon;

/// Draws samples.
pub struct Sampling<'a> {
    /// The terms that recur.
    pub lexicon: &'a Lexicon,
    /// Of what to draw, with how many mentions there are.
    pub sides: &'a [(Sentiment, u64)],
    /// Which mentions name something.
    pub screen: Screen,
}

impl Pass<Analysed> for Sampling<'_> {
    /// One for each side, as far as anything was drawn.
    type Sum = Vec<Drawn>;

    fn add(&self, sum: &mut Vec<Drawn>, feedback: &Analysed) {
        for (at, &(sentiment, mentions)) in self.sides.iter().enumerate() {
            if !is_drawn(feedback, mentions) {
                continue;
            }
            let own = feedback.mentions.iter().filter(|own| own.sentiment == sentiment);
            let tells = |own: &&Mention| self.screen.of(feedback, own) == Telling::Something;
            for mention in own.filter(tells) {
                hold(sum, at + 1);
                sum[at].add(Voice::new(feedback, mention, self.lexicon.numbers(mention)));
            }
        }
    }

    fn merge(&self, sum: &mut Vec<Drawn>, other: Vec<Drawn>) {
        hold(sum, other.len());
        sum.iter_mut().zip(other).for_each(|(own, other)| own.merge(other));
    }
}

fn hold(sum: &mut Vec<Drawn>, sides: usize) {
    if sum.len() < sides {
        sum.resize_with(sides, Drawn::default);
    }
}
