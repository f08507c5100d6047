//! Cells that name several touchpoints: "Delivery, Price".

use std::collections::BTreeSet;

/// Signs that stand between names and never within one.
const SIGNS: [char; 3] = [';', '|', '\n'];

/// How the cells of a column are divided into names.
#[derive(Clone, Debug, Default)]
pub(crate) struct TouchpointNames {
    /// Names that stand alone somewhere, in lower case: a comma divides these.
    alone: BTreeSet<String>,
}

impl TouchpointNames {
    /// What the cells of a sample say.
    pub(crate) fn of<'c>(cells: impl Iterator<Item = &'c str>) -> Self {
        let alone = cells.flat_map(|cell| cell.split(SIGNS)).map(str::trim);
        let alone = alone.filter(|name| !name.is_empty() && !name.contains(','));
        Self { alone: alone.map(str::to_lowercase).collect() }
    }

    /// The names in a cell.
    pub(crate) fn split(&self, cell: &str) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for part in cell.split(SIGNS).map(str::trim) {
            let commas: Vec<&str> = part.split(',').map(str::trim).collect();
            let known = commas.iter().any(|name| self.alone.contains(&name.to_lowercase()));
            let parts = if known { commas } else { vec![part] };
            for name in parts.into_iter().filter(|name| !name.is_empty()) {
                if !names.iter().any(|own| own == name) {
                    names.push(name.to_owned());
                }
            }
        }
        names
    }
}
