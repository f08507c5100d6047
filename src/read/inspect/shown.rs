//! An inspection for the terminal.

use std::fmt;

use super::Inspection;
use crate::read::doubt::Quoted;
use crate::read::profiles::KnownProfile;
use crate::visible::{visible, visible_path};

/// Characters of a cell that an inspection shows.
const SHOWN_CHARS: usize = 60;

impl fmt::Display for Inspection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", visible_path(&self.path))?;
        if let Some(packing) = self.layout.packing {
            writeln!(f, "  packed     {}", packing.name())?;
        }
        if let Some(encoding) = &self.layout.encoding {
            writeln!(f, "  encoding   {}", encoding.fact())?;
        }
        for (name, fact) in self.layout.format.facts() {
            writeln!(f, "  {name:<9}  {fact}")?;
        }
        if let Some(KnownProfile { name, known_by, documentation }) = &self.layout.profile {
            writeln!(f, "  profile    {name}, known by {}", Quoted(known_by))?;
            if documentation.is_empty() {
                writeln!(f, "             no public documentation found")?;
            }
            documentation.iter().try_for_each(|page| writeln!(f, "             {page}"))?;
        }
        let header = match (self.header_records, self.title_records) {
            (0, _) => "none: columns are numbered".to_owned(),
            (1, 0) => "first row".to_owned(),
            (records, 0) => format!("first {records} rows"),
            (records, titles) => format!("{records} below {titles} of a title, which are left out"),
        };
        writeln!(f, "  header     {header}")?;
        if let Some((low, high)) = self.layout.rating_scale {
            writeln!(f, "  ratings    {low} to {high}")?;
        }
        if let Some((first, last)) = self.days {
            writeln!(f, "  dates      {first} to {last}, in {} of {}", self.dated, self.feedback)?;
        }
        if !self.languages.is_empty() {
            let sample = self
                .feedback_looked_at
                .map(|own| format!(", in {own} of {} feedback looked at", self.feedback));
            writeln!(
                f,
                "  languages  {} mentions{}",
                self.languages(),
                sample.unwrap_or_default()
            )?;
        }
        self.write_columns(f)?;
        self.write_first_rows(f)?;
        self.write_rows(f)
    }
}

impl Inspection {
    /// "de 120, en 8", the commonest first.
    fn languages(&self) -> String {
        let mut languages: Vec<_> = self.languages.iter().collect();
        languages.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let told = languages.iter().map(|(language, count)| format!("{} {count}", language.code()));
        told.collect::<Vec<_>>().join(", ")
    }

    fn write_columns(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = |lengths: &mut dyn Iterator<Item = usize>| lengths.max().unwrap_or(0);
        let names = width(&mut self.columns.iter().map(|c| shorten(&c.name).chars().count()));
        let reasons = width(&mut self.columns.iter().map(|c| c.reason.chars().count()));
        writeln!(f, "\nColumns")?;
        for column in &self.columns {
            let (name, role) = (shorten(&column.name), column.role.name());
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
        let without_text = match self.feedback_looked_at {
            Some(looked_at) => {
                format!("without text: {} of {looked_at} looked at", self.without_text)
            }
            None => format!("{} without text", self.without_text),
        };
        writeln!(
            f,
            "\n{} rows: {} feedback ({without_text}), {} duplicates, {} rejects{}",
            self.rows,
            self.feedback,
            self.duplicates,
            self.rejects,
            if self.left_out == 0 {
                String::new()
            } else {
                format!(", {} left out", self.left_out)
            }
        )?;
        for (line, column, reason) in &self.first_rejects {
            let column =
                if column.is_empty() { String::new() } else { format!(", {}", visible(column)) };
            writeln!(f, "  line {line}{column}: {reason}")?;
        }
        let more = self.rejects - self.first_rejects.len() as u64;
        if more > 0 {
            writeln!(f, "  … and {more} more")?;
        }
        if self.doubts.is_empty() {
            return Ok(());
        }
        writeln!(f, "\nDoubts")?;
        self.doubts.iter().try_for_each(|told| writeln!(f, "  {told}"))
    }
}

/// A cell on one line that fits a terminal.
fn shorten(cell: &str) -> String {
    let line = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    let line = visible(&line);
    match line.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.into_owned(),
    }
}
