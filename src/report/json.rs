//! `findings.json`: what was found, as data.

use std::io::Write;

use super::outputs::OutputFile;
use super::{ExportError, Exporter, Reader};
use crate::painpoint::findings::Findings;

/// The findings themselves, which depend on no reader.
pub(super) struct Json;

impl Exporter for Json {
    fn file(&self) -> OutputFile {
        OutputFile::Findings
    }

    fn export(
        &self,
        findings: &Findings,
        _: &Reader,
        out: &mut dyn Write,
    ) -> Result<(), ExportError> {
        findings.write(out).map_err(|source| ExportError::Write { file: self.file(), source })
    }
}
