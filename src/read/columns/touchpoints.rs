//! Cells that name several touchpoints: "Delivery, Price".

use std::collections::{BTreeMap, BTreeSet};

/// Signs that stand between names and hardly ever within one.
const SIGNS: [char; 3] = [';', '|', '\n'];

/// How the cells of a column are divided into names.
#[derive(Clone, Debug, Default)]
pub(crate) struct TouchpointNames {
    /// Names that stand alone somewhere, or in several cells beside others, in lower case: signs divide
    /// these.
    known: BTreeSet<String>,
    /// Names that stand alone somewhere, or between signs: a comma divides these.
    alone: BTreeSet<String>,
}

impl TouchpointNames {
    /// What the cells of a sample say.
    pub(crate) fn of<'c>(cells: impl Iterator<Item = &'c str>) -> Self {
        let cells: BTreeSet<String> = cells.map(|cell| cell.trim().to_lowercase()).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for cell in &cells {
            let names: BTreeSet<&str> = cell.split(SIGNS).map(str::trim).collect();
            let weight = if names.len() == 1 { 2 } else { 1 };
            names.into_iter().for_each(|name| *counts.entry(name).or_default() += weight);
        }
        let known = counts.into_iter().filter(|&(name, count)| !name.is_empty() && count > 1);
        let known: BTreeSet<String> = known.map(|(name, _)| name.to_owned()).collect();
        let alone = known.iter().filter(|name| !name.contains(',')).cloned().collect();
        Self { known, alone }
    }

    /// The names in a cell.
    pub(crate) fn split(&self, cell: &str) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for part in divided(cell, &SIGNS, &self.known) {
            for name in divided(part, &[','], &self.alone) {
                if !name.is_empty() && !names.iter().any(|own| own == name) {
                    names.push(name.to_owned());
                }
            }
        }
        names
    }
}

/// A cell at its signs if one of its parts is among `known`; else as it is.
fn divided<'c>(cell: &'c str, signs: &[char], known: &BTreeSet<String>) -> Vec<&'c str> {
    let parts: Vec<&str> = cell.split(signs).map(str::trim).collect();
    match parts.iter().any(|part| known.contains(&part.to_lowercase())) {
        true => parts,
        false => vec![cell.trim()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_divided_at_signs_between_names_that_stand_elsewhere_too() {
        let split =
            |cells: &[&str], cell: &str| TouchpointNames::of(cells.iter().copied()).split(cell);
        assert_eq!(split(&["Bill; Payment"], "Bill; Payment"), ["Bill; Payment"]);
        assert_eq!(split(&["Bill; Payment", "Bill; App"], "Bill; Payment"), ["Bill", "Payment"]);
        assert_eq!(split(&["Bill; Payment", "App; Payment", "App"], "App; Bill"), ["App", "Bill"]);
        assert_eq!(split(&["Delivery, Price", "Price"], "Delivery, Price"), ["Delivery", "Price"]);
        assert_eq!(split(&["Phone, mail", "Phone, chat"], "Phone, mail"), ["Phone, mail"]);
    }
}
