//! Reading the CSV files that the program writes.

use painpoint::report::formula::original;

/// A CSV file with its cells by column name.
pub struct Table {
    pub header: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    header: Vec<String>,
    cells: Vec<String>,
}

impl Table {
    /// Parses a file as scripts are told to expect it: commas, UTF-8, rows as long as the header, an
    /// apostrophe before what would be a formula.
    pub fn parse(text: &str) -> Self {
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
        let text = |cell: &str| original(cell).into_owned();
        let header: Vec<String> = reader.headers().unwrap().iter().map(text).collect();
        let rows = reader.records().map(|record| Row {
            header: header.clone(),
            cells: record.unwrap().iter().map(text).collect(),
        });
        let rows = rows.collect();
        Self { header, rows }
    }

    /// The cells of a column.
    pub fn column(&self, name: &str) -> Vec<&str> {
        self.rows.iter().map(|row| row.text(name)).collect()
    }
}

impl Row {
    #[track_caller]
    pub fn text(&self, column: &str) -> &str {
        let at = self.header.iter().position(|name| name == column);
        &self.cells[at.unwrap_or_else(|| panic!("no column {column} in {:?}", self.header))]
    }

    #[track_caller]
    pub fn count(&self, column: &str) -> u64 {
        let cell = self.text(column);
        cell.parse().unwrap_or_else(|_| panic!("{column}: {cell:?} is no count"))
    }

    #[track_caller]
    pub fn number(&self, column: &str) -> f64 {
        let cell = self.text(column);
        let number: f64 =
            cell.parse().unwrap_or_else(|_| panic!("{column}: {cell:?} is no number"));
        assert!(number.is_finite(), "{column}: {cell:?}");
        number
    }

    /// The entries of a cell that holds a list.
    pub fn list(&self, column: &str) -> Vec<&str> {
        self.text(column).split(';').filter(|entry| !entry.is_empty()).collect()
    }

    /// The cells but those of some columns.
    pub fn without(&self, columns: &[&str]) -> Vec<&str> {
        let cells = self.header.iter().zip(&self.cells);
        cells
            .filter(|(name, _)| !columns.contains(&name.as_str()))
            .map(|(_, c)| c.as_str())
            .collect()
    }
}
