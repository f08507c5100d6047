//! Findings → files: one exporter a file.
//!
//! The same findings give the same bytes, on any machine and on any day.

pub mod dialect;
pub mod formula;
pub mod outputs;
pub mod presentation;
pub mod rejects;
pub mod rows;
pub mod todo;
pub mod words;

mod alarms;
mod chance;
mod comparisons;
mod decimal;
mod headlines;
mod html;
mod json;
mod letter;
#[cfg(test)]
pub(crate) mod sample;
mod tables;
mod telling;
mod workbook;

use std::io::{self, Write};

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

use crate::painpoint::findings::Findings;
use crate::text::Language;

use self::dialect::Dialect;
use self::outputs::OutputFile;
use self::presentation::Presentation;

/// Language of a report's words, numbers and dates. CSV files do not depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum ReportLanguage {
    /// German.
    De,
    /// English.
    #[default]
    En,
}

impl ReportLanguage {
    /// ISO 639-1 code.
    pub fn code(self) -> &'static str {
        match self {
            Self::De => "de",
            Self::En => "en",
        }
    }
}

impl From<ReportLanguage> for Language {
    fn from(language: ReportLanguage) -> Self {
        match language {
            ReportLanguage::De => Self::De,
            ReportLanguage::En => Self::En,
        }
    }
}

/// For whom findings are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// Language of words and names.
    pub language: ReportLanguage,
    /// How CSV files are written.
    pub dialect: Dialect,
    /// How reports for people present themselves.
    pub presentation: Presentation,
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The disk, the network share or the pipe failed.
    #[error("cannot write {}: {source}; is there free space, and may you write there?", file.name())]
    Write {
        /// The file in the output folder.
        file: OutputFile,
        /// What the system said.
        source: io::Error,
    },
    /// A defect of the program: the template asks for what the page does not hold.
    #[error("cannot fill in the template of {}: {source}; this is a bug, please report it", file.name())]
    Template {
        /// The file in the output folder.
        file: OutputFile,
        /// What the template engine said; boxed because it is large.
        source: Box<minijinja::Error>,
    },
    /// A defect of the program: the workbook does not hold what it is to hold.
    #[error("cannot make {}: {source}; this is a bug, please report it", file.name())]
    Workbook {
        /// The file in the output folder.
        file: OutputFile,
        /// What the maker of workbooks said; boxed because it is large.
        source: Box<rust_xlsxwriter::XlsxError>,
    },
}

/// Writes findings to one file.
pub trait Exporter {
    /// The file.
    fn file(&self) -> OutputFile;

    /// Writes `findings` to `out` and flushes it.
    ///
    /// # Errors
    /// If `out` cannot be written.
    fn export(
        &self,
        findings: &Findings,
        reader: &Reader,
        out: &mut dyn Write,
    ) -> Result<(), ExportError>;
}

/// Writes all of a file.
fn write_all(file: OutputFile, bytes: &[u8], out: &mut dyn Write) -> Result<(), ExportError> {
    let written = out.write_all(bytes).and_then(|()| out.flush());
    written.map_err(|source| ExportError::Write { file, source })
}

/// The exporters of the files for people.
fn reports() -> Vec<Box<dyn Exporter>> {
    let mut reports: Vec<Box<dyn Exporter>> = vec![Box::new(html::Html), Box::new(workbook::Xlsx)];
    for text in letter::ALL {
        reports.push(Box::new(text));
    }
    reports
}

/// What rules came to, for a terminal: how many alarms there are, then a line each; nothing without rules.
pub fn alarms(findings: &Findings) -> Vec<String> {
    let language = ReportLanguage::En;
    let names = words::Names::new(language, &findings.summary);
    let found = alarms::Alarms::new(words::format::Format(language), &names, findings);
    found.map(alarms::Alarms::lines).unwrap_or_default()
}

/// The exporter of every file that shows findings. The files that hold a row for each feedback, mention
/// or reject are written while those go by ([`rows`]).
pub fn exporters() -> Vec<Box<dyn Exporter>> {
    let mut exporters = reports();
    exporters.push(Box::new(json::Json));
    for table in tables::ALL.into_iter().chain(comparisons::ALL) {
        exporters.push(Box::new(table));
    }
    exporters
}

/// Writes every file that shows findings, each to what `create` gives for it.
///
/// # Errors
/// If a file cannot be created or written.
pub fn export<W: Write, E: From<ExportError>>(
    findings: &Findings,
    reader: &Reader,
    create: impl FnMut(OutputFile) -> Result<W, E>,
) -> Result<(), E> {
    export_all(exporters(), findings, reader, create)
}

/// Writes the files for people alone, each to what `create` gives for it.
///
/// # Errors
/// As [`export`].
pub fn export_reports<W: Write, E: From<ExportError>>(
    findings: &Findings,
    reader: &Reader,
    create: impl FnMut(OutputFile) -> Result<W, E>,
) -> Result<(), E> {
    export_all(reports(), findings, reader, create)
}

fn export_all<W: Write, E: From<ExportError>>(
    exporters: Vec<Box<dyn Exporter>>,
    findings: &Findings,
    reader: &Reader,
    mut create: impl FnMut(OutputFile) -> Result<W, E>,
) -> Result<(), E> {
    for exporter in exporters {
        exporter.export(findings, reader, &mut create(exporter.file())?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_an_error_that_names_the_file() {
        struct Full;
        impl Write for Full {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::Error::from(io::ErrorKind::StorageFull))
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        for exporter in exporters() {
            let error =
                exporter.export(&sample::german(), &Reader::default(), &mut Full).unwrap_err();
            assert!(error.to_string().contains(exporter.file().name()), "{error}");
        }
    }

    fn german() -> Reader {
        let dialect = Dialect { excel: true, raw: false };
        Reader { language: ReportLanguage::De, dialect, ..Reader::default() }
    }

    #[test]
    fn findings_that_were_written_and_read_give_the_same_bytes() {
        let findings = sample::german();
        let mut written = Vec::new();
        findings.write(&mut written).unwrap();
        let again = Findings::read(std::str::from_utf8(&written).unwrap()).unwrap();
        for exporter in exporters() {
            let bytes = |findings: &Findings| {
                let mut out = Vec::new();
                exporter.export(findings, &german(), &mut out).unwrap();
                out
            };
            assert_eq!(bytes(&findings), bytes(&again), "{:?}", exporter.file());
        }
    }
}
