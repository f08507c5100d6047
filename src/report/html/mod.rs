//! `report.html`: one page for people, which needs no other file and no network, and is whole without its script.

mod anchors;
mod cards;
mod chapters;
mod charts;
mod page;
mod quotation;
mod sections;

use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use sha2::{Digest, Sha256};

use crate::painpoint::findings::Findings;

use self::cards::Depth;
use self::page::Page;
use super::outputs::OutputFile;
use super::presentation::Accent;
use super::{ExportError, Exporter, Reader, write_all};

const FILE: OutputFile = OutputFile::Report;
/// The page and what it includes. Their names end in `.html`, which makes the engine escape every value.
const TEMPLATES: [(&str, &str); 4] = [
    ("report.html", include_str!("templates/page.html")),
    ("charts.html", include_str!("templates/charts.html")),
    ("topics.html", include_str!("templates/topics.html")),
    ("comparisons.html", include_str!("templates/comparisons.html")),
];
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
/// Colour of the paper on dark screens, as the style sheet has it.
const DARK_PAPER: [u8; 3] = [0x16; 3];
/// Bytes that the page stays under, whatever the input: it is sent by mail.
const MOST: usize = 2_900_000;

/// How much of what customers said is on the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Amount {
    /// All voices, each with its whole feedback.
    Full,
    /// All voices.
    Voices,
    /// One voice of each topic.
    Least,
}

impl Amount {
    /// What is told of a pain point, and of a delight.
    fn depths(self) -> [Depth; 2] {
        let more = self != Self::Least;
        let depth = Depth { quotes: 1, more, whole: self == Self::Full, spark: more };
        [Depth { quotes: if more { 3 } else { 1 }, ..depth }, Depth { spark: false, ..depth }]
    }
}

/// The report as a single HTML page.
pub(super) struct Html;

impl Exporter for Html {
    fn file(&self) -> OutputFile {
        FILE
    }

    fn export(
        &self,
        findings: &Findings,
        reader: &Reader,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let mut html = String::new();
        for amount in [Amount::Full, Amount::Voices, Amount::Least] {
            let page = Page::new(reader, findings, style(reader), amount);
            html = render(&page)
                .map_err(|source| ExportError::Template { file: FILE, source: Box::new(source) })?;
            if html.len() <= MOST {
                break;
            }
        }
        write_all(FILE, html.as_bytes(), out)
    }
}

/// The style sheet, in the company's colour if it has one.
fn style(reader: &Reader) -> String {
    let accent = reader.presentation.accent.map(|accent: Accent| {
        let dark = accent.on_dark(DARK_PAPER);
        format!(
            "\n:root {{ --link: {accent}; --accent: {accent}; }}\n@media screen and (prefers-color-scheme: dark) \
             {{ :root {{ --link: {dark}; --accent: {dark}; }} }}\n"
        )
    });
    format!("\n{STYLE}{}", accent.unwrap_or_default())
}

/// Bytes as text.
fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Fills in the template, and allows the page its own style sheet and script and nothing else.
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
    environment.add_filter("sha256", |text: &str| base64(&Sha256::digest(text.as_bytes())));
    for (name, source) in TEMPLATES {
        environment.add_template(name, source)?;
    }
    Ok(printable(&environment.get_template(TEMPLATES[0].0)?.render(Serde(page))?))
}

/// Without the control characters that HTML forbids and customers' text may hold.
fn printable(html: &str) -> String {
    html.chars().map(|char| if char.is_control() && char != '\n' { ' ' } else { char }).collect()
}

#[cfg(test)]
mod tests;
