//! `report.html`: one page for people, which needs no other file, no network and no script.

mod cards;
mod chance;
mod charts;
mod headlines;
mod page;
mod quotation;
mod sections;
mod spark;
mod timeline;
mod trend;

use std::io::Write;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};

use crate::painpoint::findings::Findings;

use self::page::Page;
use super::outputs::OutputFile;
use super::{ExportError, Exporter, Reader};

const FILE: OutputFile = OutputFile::Report;
const TEMPLATE: &str = include_str!("template.html");
const STYLE: &str = include_str!("style.css");

/// The report as a single HTML page.
pub(super) struct Html;

impl Exporter for Html {
    fn file(&self) -> OutputFile {
        FILE
    }

    fn export(
        &self,
        findings: &Findings,
        reader: Reader,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let page = Page::new(reader.language, findings, STYLE);
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
    environment.template_from_named_str(FILE.name(), TEMPLATE)?.render(Serde(page))
}

/// Without the control characters that HTML forbids and customers' text may hold.
fn printable(html: &str) -> String {
    html.chars().map(|char| if char.is_control() && char != '\n' { ' ' } else { char }).collect()
}

#[cfg(test)]
mod tests;
