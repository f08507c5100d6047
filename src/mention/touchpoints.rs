//! Touchpoints as numbers, and the one table that says what they are called.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::config::codebook::{Codebook, GENERAL};
use crate::digest::Fingerprint;

/// A touchpoint as a number: its place in the codebook or, where a cell of the input names one that the
/// codebook does not have, the fingerprint of that name. So it depends on the row and the codebook alone,
/// not on what was read before.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Touchpoint(u64);

impl Touchpoint {
    /// None in particular.
    pub const GENERAL: Self = Self(0);

    /// Tells fingerprints from places: no codebook has as many touchpoints.
    const NAMED: u64 = 1 << 63;

    /// The touchpoint at a place in the codebook.
    pub fn at(place: usize) -> Self {
        Self(place as u64 + 1)
    }

    /// One that a cell of the input names, and the codebook does not have.
    pub fn named(name: &str) -> Self {
        match name {
            GENERAL => Self::GENERAL,
            name => Self(Fingerprint::of(name).number() | Self::NAMED),
        }
    }

    /// Its place in the codebook, if it has one.
    pub fn place(self) -> Option<usize> {
        let is_place = self != Self::GENERAL && self.0 & Self::NAMED == 0;
        is_place.then(|| self.0 as usize - 1)
    }
}

/// What touchpoints are called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touchpoints {
    /// In the order of the codebook.
    known: Vec<String>,
    named: BTreeMap<Touchpoint, String>,
}

impl Touchpoints {
    /// The touchpoints of a codebook.
    pub fn new(codebook: &Codebook) -> Self {
        let known = codebook.touchpoints().iter().map(|touchpoint| touchpoint.id.clone());
        Self { known: known.collect(), named: BTreeMap::new() }
    }

    /// The same with others, such as a tally has met in cells.
    pub fn with<'i>(mut self, ids: impl IntoIterator<Item = &'i str>) -> Self {
        for id in ids {
            let touchpoint = self.number(id);
            if touchpoint.place().is_none() {
                self.named.insert(touchpoint, id.to_owned());
            }
        }
        self
    }

    /// The touchpoint with an identifier.
    pub fn number(&self, id: &str) -> Touchpoint {
        let place = self.known.iter().position(|known| known == id);
        place.map_or_else(|| Touchpoint::named(id), Touchpoint::at)
    }

    /// The identifier of a touchpoint.
    pub fn id(&self, touchpoint: Touchpoint) -> &str {
        let known = touchpoint.place().and_then(|place| self.known.get(place));
        known.or_else(|| self.named.get(&touchpoint)).map_or(GENERAL, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_leads_back_to_the_name_whatever_was_met_before() {
        let codebook = Codebook::built_in();
        let ids = ["filiale", "app", "Kasse 3", GENERAL, "delivery"];
        let table = Touchpoints::new(&codebook).with(ids);
        let reversed = Touchpoints::new(&codebook).with(ids.into_iter().rev());
        assert_eq!(table, reversed);
        for id in ids {
            assert_eq!(table.id(table.number(id)), id);
            assert_eq!(Touchpoints::new(&codebook).number(id), table.number(id));
        }
        assert_eq!(table.number(GENERAL), Touchpoint::GENERAL);
        assert_eq!(table.number(&codebook.touchpoints()[2].id).place(), Some(2));
        assert_eq!(table.number("Kasse 3").place(), None);
    }
}
