//! What would be read, for people to look at before a long run.

use std::fmt;
use std::path::{Path, PathBuf};

use super::{ColumnChoice, Layout, ReadError, Reject, Role, Row, open};

/// Rejects that an inspection shows.
const SHOWN_REJECTS: usize = 5;

/// Characters of a cell that an inspection shows.
const SHOWN_CHARS: usize = 60;

/// What reading an input comes to. Its `Display` is for the terminal.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Inspection {
    /// The input.
    pub path: PathBuf,
    /// Delimiter, quoting, byte order mark, columns and scale. The encoding is always UTF-8.
    pub layout: Layout,
    /// Whether the first row names the columns.
    pub header: bool,
    /// One for each column of the layout.
    pub columns: Vec<InspectedColumn>,
    /// Cells of the first three rows.
    pub first_rows: Vec<Vec<String>>,
    /// All rows, the header aside: feedback and rejects.
    pub rows: u64,
    /// Rows without a filled text cell.
    pub rows_without_text: u64,
    /// Rows that cannot be used.
    pub rejects: u64,
    /// The first five of them: line, column, reason.
    pub first_rejects: Vec<(u64, String, String)>,
    /// Columns with filled cells that are no date, NPS or rating, and how many.
    pub ignored_values: Vec<(String, u64)>,
}

/// A column, with why it has its role.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct InspectedColumn {
    /// Its name.
    pub name: String,
    /// Its role.
    pub role: Role,
    /// Why it has this role.
    pub reason: String,
    /// The first filled cell of the first rows.
    pub example: Option<String>,
}

/// Reads the whole input and says what it came to.
///
/// # Errors
/// As [`open`], or if reading fails on the way.
pub fn inspect(path: &Path, choice: &ColumnChoice) -> Result<Inspection, ReadError> {
    let mut input = open(path, choice)?;
    let mut examples = vec![None; input.layout.columns.len()];
    let (mut rows, mut rows_without_text, mut rejects) = (0, 0, 0);
    let mut first_rejects = Vec::new();
    while let Some(row) = input.next().transpose()? {
        rows += 1;
        match row {
            Row::Feedback(feedback) => {
                rows_without_text += u64::from(feedback.answers.is_empty());
                for (example, cell) in examples.iter_mut().zip(feedback.cells) {
                    if example.is_none() && !cell.trim().is_empty() {
                        *example = Some(cell);
                    }
                }
            }
            Row::Reject(Reject { line, column, reason }) => {
                rejects += 1;
                if first_rejects.len() < SHOWN_REJECTS {
                    first_rejects.push((line, column, reason));
                }
            }
        }
    }
    let ignored = input.ignored_values().into_iter();
    let ignored_values = ignored.map(|(name, count)| (name.to_owned(), count)).collect();
    let columns = input.layout.columns.iter().zip(input.assigned).zip(examples);
    let columns = columns.map(|((column, assigned), example)| InspectedColumn {
        name: column.name.clone(),
        role: column.role,
        reason: assigned.reason,
        example,
    });
    Ok(Inspection {
        columns: columns.collect(),
        path: input.path,
        layout: input.layout,
        header: input.header.cells.is_some(),
        first_rows: input.first_rows,
        rows,
        rows_without_text,
        rejects,
        first_rejects,
        ignored_values,
    })
}

impl fmt::Display for Inspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.path.display())?;
        let bom = if self.layout.byte_order_mark { " with byte order mark" } else { "" };
        writeln!(f, "  encoding   UTF-8{bom}")?;
        writeln!(f, "  delimiter  {}", delimiter_name(self.layout.delimiter))?;
        let quoting =
            if self.layout.quoting { "\" wraps fields" } else { "none: \" is a character" };
        writeln!(f, "  quoting    {quoting}")?;
        let header = if self.header { "first row" } else { "none: columns are numbered" };
        writeln!(f, "  header     {header}")?;
        if let Some((low, high)) = self.layout.rating_scale {
            writeln!(f, "  ratings    {low} to {high}")?;
        }
        self.write_columns(f)?;
        self.write_first_rows(f)?;
        self.write_rows(f)
    }
}

impl Inspection {
    fn write_columns(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or(0);
        let names = width(&mut self.columns.iter().map(|c| shorten(&c.name).chars().count()));
        let reasons = width(&mut self.columns.iter().map(|c| c.reason.chars().count()));
        writeln!(f, "\nColumns")?;
        for column in &self.columns {
            let (name, role) = (shorten(&column.name), role_name(column.role));
            let example = column.example.as_deref().map(shorten).unwrap_or_default();
            let reason = &column.reason;
            writeln!(f, "  {name:names$}  {role:10}  {reason:reasons$}  {example}")?;
        }
        Ok(())
    }

    fn write_first_rows(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\nFirst rows")?;
        for row in &self.first_rows {
            let cells: Vec<String> = row.iter().map(|cell| shorten(cell)).collect();
            writeln!(f, "  {}", cells.join(" | "))?;
        }
        Ok(())
    }

    fn write_rows(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (rows, empty) = (self.rows, self.rows_without_text);
        writeln!(f, "\n{rows} rows, {empty} without text, {} rejected", self.rejects)?;
        for (line, column, reason) in &self.first_rejects {
            let column = if column.is_empty() { String::new() } else { format!(", {column}") };
            writeln!(f, "  line {line}{column}: {reason}")?;
        }
        let more = self.rejects - self.first_rejects.len() as u64;
        if more > 0 {
            writeln!(f, "  … and {more} more")?;
        }
        for (name, count) in &self.ignored_values {
            writeln!(f, "{name}: {count} values could not be read and are left out")?;
        }
        Ok(())
    }
}

fn delimiter_name(delimiter: char) -> String {
    match delimiter {
        ',' => "comma".to_owned(),
        ';' => "semicolon".to_owned(),
        '\t' => "tab".to_owned(),
        '|' => "vertical bar".to_owned(),
        '\u{1f}' => "none: one column".to_owned(),
        other => format!("{other:?}"),
    }
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Text => "text",
        Role::Id => "id",
        Role::Date => "date",
        Role::Nps => "nps",
        Role::Rating => "rating",
        Role::Source => "source",
        Role::Touchpoint => "touchpoint",
        Role::Segment => "segment",
        Role::Other => "other",
    }
}

/// A cell on one line that fits a terminal.
fn shorten(cell: &str) -> String {
    let line = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
