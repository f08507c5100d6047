//! The cells of a record, one behind the other: to look at without a string for each.

/// The cells of a record as text. Its room is used again for the next record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cells {
    text: String,
    ends: Vec<usize>,
}

impl Cells {
    /// Makes this the cells of a record that end so in `text`; false, and nothing, where one ends within a
    /// character.
    pub(crate) fn set(&mut self, text: &str, ends: &[usize]) -> bool {
        self.clear();
        if !ends.iter().all(|&end| text.is_char_boundary(end)) {
            return false;
        }
        self.text.push_str(text);
        self.ends.extend_from_slice(ends);
        true
    }

    /// Takes all cells out.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Appends a cell.
    pub(crate) fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }

    /// All cells, without what is between them.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A cell; empty where there is none.
    pub(crate) fn get(&self, index: usize) -> &str {
        let start = index.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied());
        let end = self.ends.get(index).copied();
        start.zip(end).map_or("", |(start, end)| &self.text[start..end])
    }

    /// The cells in their order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        (0..self.len()).map(|index| self.get(index))
    }

    /// A string of each.
    pub(crate) fn to_strings(&self) -> Vec<String> {
        self.iter().map(str::to_owned).collect()
    }
}

impl<C: AsRef<str>> FromIterator<C> for Cells {
    fn from_iter<I: IntoIterator<Item = C>>(cells: I) -> Self {
        let mut all = Self::default();
        cells.into_iter().for_each(|cell| all.push(cell.as_ref()));
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_out_as_they_were_put_in() {
        let given = ["", "schön", "a;b", ""];
        let mut cells: Cells = given.into_iter().collect();
        assert_eq!(cells.to_strings(), given);
        assert_eq!((cells.len(), cells.get(1), cells.get(4)), (4, "schön", ""));
        assert!(!cells.set("ü", &[1, 2]) && cells.len() == 0);
        assert!(cells.set("üa", &[2, 3, 3]));
        assert_eq!(cells.to_strings(), ["ü", "a", ""]);
    }
}
