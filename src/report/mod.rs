//! Findings → files: one exporter a format.
//!
//! The same findings give the same bytes, on any machine and on any day.

pub mod comparisons;
pub mod dialect;
pub mod html;
pub mod rows;
pub mod tables;

mod decimal;
#[cfg(test)]
mod sample;

use std::io::{self, Write};

use crate::painpoint::findings::Findings;

use self::dialect::Dialect;

/// Language of a report's words, numbers and dates. CSV files do not depend on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReportLanguage {
    /// German.
    De,
    /// English.
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

    /// The language of a code such as `de`, if there is a report in it.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::De, Self::En].into_iter().find(|language| language.code() == code)
    }
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The disk, the network share or the pipe failed.
    #[error("cannot write {file}: {source}; is there free space, and may you write there?")]
    Write {
        /// Name of the file in the output folder.
        file: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// A defect of the program: the template asks for what the page does not hold.
    #[error("cannot fill in the template of {file}: {source}; this is a bug, please report it")]
    Template {
        /// Name of the file in the output folder.
        file: &'static str,
        /// What the template engine said; boxed because it is large.
        source: Box<minijinja::Error>,
    },
}

/// Writes findings in one format.
pub trait Exporter {
    /// Name of the file in the output folder, e.g. `report.html`.
    fn file_name(&self) -> &'static str;

    /// Writes `findings` to `out` and flushes it.
    ///
    /// # Errors
    /// If `out` cannot be written.
    fn export(&self, findings: &Findings, out: &mut dyn Write) -> Result<(), ExportError>;
}

/// Every exporter of findings, in the order in which `--out` lists the files.
pub fn exporters(language: ReportLanguage, dialect: Dialect) -> Vec<Box<dyn Exporter>> {
    let mut exporters: Vec<Box<dyn Exporter>> = vec![
        Box::new(html::Html { language }),
        Box::new(tables::PainPoints { dialect }),
        Box::new(tables::Touchpoints { dialect }),
        Box::new(tables::Phases { dialect }),
    ];
    for comparisons in comparisons::Comparisons::all(dialect) {
        exporters.push(Box::new(comparisons));
    }
    exporters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_has_its_own_name() {
        let mut names: Vec<_> = exporters(ReportLanguage::De, Dialect::default())
            .iter()
            .map(|exporter| exporter.file_name())
            .collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count, "{names:?}");
    }

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
        for exporter in exporters(ReportLanguage::En, Dialect::default()) {
            let error = exporter.export(&sample::german(), &mut Full).unwrap_err();
            assert!(error.to_string().contains(exporter.file_name()), "{error}");
        }
    }

    #[test]
    fn the_same_findings_give_the_same_bytes() {
        for exporter in exporters(ReportLanguage::De, Dialect { excel: true }) {
            let bytes = || {
                let mut out = Vec::new();
                exporter.export(&sample::german(), &mut out).unwrap();
                out
            };
            assert_eq!(bytes(), bytes());
        }
    }
}
