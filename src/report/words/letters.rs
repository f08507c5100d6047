//! The texts of the findings on a page of text, German beside English.

use super::super::ReportLanguage::{self, De, En};

/// Texts without figures.
pub(crate) struct LetterTexts {
    /// What the figures in brackets are.
    pub(crate) intervals: &'static str,
    /// Where the evidence is.
    pub(crate) evidence: &'static str,
}

impl LetterTexts {
    /// The texts in a language.
    pub(crate) fn of(language: ReportLanguage) -> Self {
        match language {
            De => Self {
                intervals: "In Klammern die Unsicherheit (95-%-Intervall).",
                evidence: "Stimmen und Belege stehen in report.html, alle Zahlen in report.xlsx.",
            },
            En => Self {
                intervals: "In brackets the uncertainty (95% interval).",
                evidence: "Voices and evidence are in report.html, all figures in report.xlsx.",
            },
        }
    }
}
