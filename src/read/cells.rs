//! The cells of a record, one behind the other: to look at without a string for each.

/// Where in the bytes of its record a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

/// The cells of a record as text. Its room is used again for the next record.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cells {
    /// With what may be between them.
    text: String,
    spans: Vec<Span>,
}

impl Cells {
    /// Makes this the cells of a record that are so in `text`; false, and nothing, where one starts or ends within
    /// a character.
    pub(crate) fn set(&mut self, text: &str, spans: &[Span]) -> bool {
        self.clear();
        let is_text =
            |span: &Span| text.is_char_boundary(span.start) && text.is_char_boundary(span.end);
        if !spans.iter().all(is_text) {
            return false;
        }
        self.text.push_str(text);
        self.spans.extend_from_slice(spans);
        true
    }

    /// Takes all cells out.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.spans.clear();
    }

    /// Appends a cell.
    pub(crate) fn push(&mut self, cell: &str) {
        let start = self.text.len();
        self.text.push_str(cell);
        self.spans.push(Span { start, end: self.text.len() });
    }

    /// All cells, with what may be between them.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.spans.len()
    }

    /// A cell; empty where there is none.
    pub(crate) fn get(&self, index: usize) -> &str {
        self.spans.get(index).map_or("", |span| &self.text[span.start..span.end])
    }

    /// The cells in their order.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.spans.iter().map(|span| &self.text[span.start..span.end])
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
        let spans = |spans: &[[usize; 2]]| -> Vec<Span> {
            spans.iter().map(|&[start, end]| Span { start, end }).collect()
        };
        assert!(!cells.set("ü", &spans(&[[0, 1], [1, 2]])) && cells.len() == 0);
        assert!(cells.set("ü;\"a\";", &spans(&[[0, 2], [4, 5], [7, 7]])));
        assert_eq!(cells.to_strings(), ["ü", "a", ""]);
    }
}
