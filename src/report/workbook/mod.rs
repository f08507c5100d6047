//! `report.xlsx`: the findings as a workbook, a sheet a question, the whole first.

mod over_time;
mod overview;
mod sheets;
mod table;

use std::io::Write;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::painpoint::findings::Findings;

use super::outputs::OutputFile;
use super::words::labels::Labels;
use super::{ExportError, Exporter, Reader, ReportLanguage, write_all};

const FILE: OutputFile = OutputFile::Workbook;

/// The findings as a workbook.
pub(super) struct Xlsx;

impl Exporter for Xlsx {
    fn file(&self) -> OutputFile {
        FILE
    }

    fn export(
        &self,
        findings: &Findings,
        reader: &Reader,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        let bytes = workbook(findings, reader.language)
            .map_err(|source| ExportError::Workbook { file: FILE, source: Box::new(source) })?;
        write_all(FILE, &bytes, out)
    }
}

fn workbook(findings: &Findings, language: ReportLanguage) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Of no day, so that the same findings give the same bytes on any.
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = Labels::of(language).title;
    book.set_properties(&DocProperties::new().set_title(title).set_creation_datetime(&day));
    let tables = sheets::tables(findings, language);
    overview::write(book.add_worksheet(), findings, language, &tables)?;
    for table in &tables {
        table.write(book.add_worksheet())?;
    }
    book.save_to_buffer()
}

#[cfg(test)]
mod tests;
