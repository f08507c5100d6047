//! The passes of the algorithm, a file each; [`find`](super::find) has their order.

pub mod evidence;
pub mod members;
pub mod recurring;
pub mod sampling;
pub mod usage;

use std::io;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::membership::{Membership, Themes};
use crate::mention::Analysed;
use crate::mention::pass::Source;
use crate::store::spill::{Reader, Spill};

/// A feedback, and the themes to which each of its mentions belongs.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Placed {
    /// The feedback.
    pub feedback: Analysed,
    /// One list a mention.
    pub memberships: Vec<Vec<Membership>>,
}

/// A source whose mentions choose their themes, which is written down so that they need not choose again.
pub struct Placing<'a, S> {
    source: &'a mut S,
    themes: &'a Themes,
    places: &'a mut Places,
}

impl<'a, S: Source<Record = Analysed>> Placing<'a, S> {
    /// Lets the mentions of a source choose among themes, and appends what they choose to `places`.
    pub fn new(source: &'a mut S, themes: &'a Themes, places: &'a mut Places) -> Self {
        Self { source, themes, places }
    }
}

impl<S: Source<Record = Analysed>> Source for Placing<'_, S> {
    type Record = Placed;

    fn for_each_chunk<E: From<io::Error>>(
        &mut self,
        mut each: impl FnMut(Vec<Placed>) -> Result<(), E>,
    ) -> Result<(), E> {
        let (themes, places) = (self.themes, &mut *self.places);
        self.source.for_each_chunk(|chunk| {
            let placed: Vec<Placed> = chunk
                .into_par_iter()
                .map(|feedback| Placed { memberships: themes.of(&feedback), feedback })
                .collect();
            places.append(&placed)?;
            each(placed)
        })
    }
}

/// By mention of a feedback, the numbers of the themes that it belongs to.
pub type Chosen = Vec<Vec<usize>>;

/// What mentions chose, in the order of their source.
pub struct Places(Spill<Chosen>);

impl Places {
    /// Nothing is chosen yet.
    pub fn new() -> io::Result<Self> {
        Spill::new().map(Self)
    }

    fn append(&mut self, placed: &[Placed]) -> io::Result<()> {
        let chosen = |placed: &Placed| -> Chosen {
            let mentions = placed.memberships.iter();
            mentions.map(|found| found.iter().map(|own| own.theme).collect()).collect()
        };
        let chosen: Vec<Chosen> = placed.iter().map(chosen).collect();
        self.0.append(&Spill::encode(&chosen)?)
    }

    /// Reads what was chosen, from the first feedback on.
    pub fn read(&mut self) -> io::Result<Reader<'_, Chosen>> {
        self.0.read()
    }
}

#[cfg(test)]
mod tests;
