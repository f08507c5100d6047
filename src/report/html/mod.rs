//! `report.html`: one page for people, which needs no other file, no network and no script.

mod cards;
mod chance;
mod charts;
mod comparison_wording;
mod comparisons;
mod format;
mod glossary;
mod headlines;
mod names;
mod page;
mod spark;
mod timeline;
mod trend;
mod wording;

use std::io::Write;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};

use crate::painpoint::findings::Findings;

use self::page::Page;
use super::{ExportError, Exporter, ReportLanguage};

const FILE: &str = "report.html";
const TEMPLATE: &str = include_str!("template.html");
const STYLE: &str = include_str!("style.css");

/// The report as a single HTML page.
pub struct Html {
    /// Language of the words, numbers and dates.
    pub language: ReportLanguage,
}

impl Exporter for Html {
    fn file_name(&self) -> &'static str {
        FILE
    }

    fn export(&self, findings: &Findings, out: &mut dyn Write) -> Result<(), ExportError> {
        let page = Page::new(self.language, findings, STYLE);
        let html = render(&page)
            .map_err(|source| ExportError::Template { file: FILE, source: Box::new(source) })?;
        out.write_all(printable(&html).as_bytes())
            .and_then(|()| out.flush())
            .map_err(|source| ExportError::Write { file: FILE, source })
    }
}

/// Fills in the template. Its name ends in `.html`, which makes the engine escape every value.
fn render(page: &Page) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_syntax(
        SyntaxConfig::builder()
            .trim_blocks(true)
            .lstrip_blocks(true)
            .keep_trailing_newline(true)
            .build()?,
    );
    environment.template_from_named_str(FILE, TEMPLATE)?.render(Serde(page))
}

/// Without the control characters that HTML forbids and customers' text may hold.
fn printable(html: &str) -> String {
    html.chars().map(|char| if char.is_control() && char != '\n' { ' ' } else { char }).collect()
}

#[cfg(test)]
mod tests;
