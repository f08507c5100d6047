//! Cells that name several touchpoints: "Delivery, Price".

use std::collections::{BTreeMap, BTreeSet};

/// Signs that stand between names and hardly ever within one.
const SIGNS: [char; 3] = [';', '|', '\n'];

/// How the cells of a column are divided into names.
#[derive(Clone, Debug, Default)]
pub(crate) struct TouchpointNames {
    /// Cells with signs that recur while none of their parts stands elsewhere, in lower case: one name.
    whole: BTreeSet<String>,
    /// Names that stand alone somewhere, or between signs, in lower case: a comma divides these.
    alone: BTreeSet<String>,
}

impl TouchpointNames {
    /// What the cells of a sample say.
    pub(crate) fn of<'c>(cells: impl Iterator<Item = &'c str>) -> Self {
        let mut rows: BTreeMap<String, usize> = BTreeMap::new();
        cells.for_each(|cell| *rows.entry(cell.trim().to_lowercase()).or_default() += 1);
        let mut holders: BTreeMap<&str, usize> = BTreeMap::new();
        for cell in rows.keys() {
            let names: BTreeSet<&str> = cell.split(SIGNS).map(str::trim).collect();
            names.into_iter().for_each(|name| *holders.entry(name).or_default() += 1);
        }
        let is_whole = |cell: &str| {
            let mut parts = cell.split(SIGNS).map(str::trim).filter(|part| !part.is_empty());
            cell.contains(SIGNS) && parts.all(|part| holders[part] == 1)
        };
        // Where some cells name several that stand alone elsewhere, all may.
        let stands = |part: &str| rows.contains_key(part.trim());
        let is_list = |cell: &str| {
            let signs = |c: char| c == ',' || SIGNS.contains(&c);
            cell.contains(signs) && cell.split(signs).all(stands)
        };
        let holds_lists = rows.keys().any(|cell| is_list(cell));
        let whole =
            rows.iter().filter(|&(cell, &count)| count > 1 && !holds_lists && is_whole(cell));
        let whole: BTreeSet<String> = whole.map(|(cell, _)| cell.clone()).collect();
        let alone = rows.keys().filter(|cell| !whole.contains(*cell));
        let alone = alone.flat_map(|cell| cell.split(SIGNS)).map(str::trim);
        let alone = alone.filter(|name| !name.is_empty() && !name.contains(','));
        Self { alone: alone.map(str::to_owned).collect(), whole }
    }

    /// The names in a cell.
    pub(crate) fn split(&self, cell: &str) -> Vec<String> {
        let cell = cell.trim();
        if self.whole.contains(&cell.to_lowercase()) {
            return vec![cell.to_owned()];
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_divided_at_signs_unless_they_recur_whole() {
        let split =
            |cells: &[&str], cell: &str| TouchpointNames::of(cells.iter().copied()).split(cell);
        assert_eq!(split(&["Bill; Payment", "Bill; Payment"], "Bill; Payment"), ["Bill; Payment"]);
        assert_eq!(split(&["Bill; Payment", "App"], "Bill; Payment"), ["Bill", "Payment"]);
        assert_eq!(split(&["Bill; Payment", "Bill; App"], "Bill; Payment"), ["Bill", "Payment"]);
        assert_eq!(split(&["Bill; Payment", "App; Payment", "App"], "App; Bill"), ["App", "Bill"]);
        assert_eq!(split(&["Delivery, Price", "Price"], "Delivery, Price"), ["Delivery", "Price"]);
        assert_eq!(split(&["Phone, mail", "Phone, chat"], "Phone, mail"), ["Phone, mail"]);
        let lists = ["Bill, Price", "Bill", "Price", "App; Login", "App; Login"];
        assert_eq!(split(&lists, "App; Login"), ["App", "Login"]);
    }
}
