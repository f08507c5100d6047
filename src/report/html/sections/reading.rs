//! What was read, and what is doubtful about it.

use serde::Serialize;

use crate::painpoint::findings::Findings;
use crate::read::{Grade, Role, ToldDoubt};
use crate::report::ReportLanguage;
use crate::report::words::format::Format;
use crate::report::words::{doubts, sentences};
use crate::tally::statistics::Proportion;

/// Roles in the order in which they are told.
const ROLES: [Role; 8] = [
    Role::Text,
    Role::Date,
    Role::Nps,
    Role::Rating,
    Role::Touchpoint,
    Role::Source,
    Role::Segment,
    Role::Id,
];

/// The head of the report: the tools whose exports were read, columns by role, doubts, and what figures depend on.
#[derive(Serialize)]
pub(in crate::report::html) struct ReadingSection {
    columns: Vec<(&'static str, Vec<String>)>,
    doubts: Vec<String>,
    notes: Vec<String>,
}

impl ReadingSection {
    /// None where nothing is known of the reading.
    pub(in crate::report::html) fn new(
        language: ReportLanguage,
        findings: &Findings,
    ) -> Option<Self> {
        let reading = &findings.reading;
        if reading.columns.is_empty() && reading.doubts.is_empty() {
            return None;
        }
        let of_role = |role| {
            let own = reading.columns.iter().filter(move |column| column.role == role);
            let names: Vec<String> = own.map(|column| column.name.clone()).collect();
            (doubts::role(language, role), names)
        };
        let told = |grade| -> Vec<String> {
            let own = reading.doubts.iter().filter(move |told| told.doubt.grade() == grade);
            own.map(|told: &ToldDoubt| doubts::doubt(language, told)).collect()
        };
        let by_row = Proportion::new(findings.summary.by_row, findings.summary.sentiment.total());
        let by_row = (by_row.count > 0).then(|| {
            let format = Format(language);
            sentences::by_row(language, &format.count(by_row.count), &format.share(by_row))
        });
        let tuned = reading.tuned_on.as_ref().map(|own| {
            sentences::tuned_on(language, &Format(language).count(own.count), &own.file)
        });
        let tools = reading.profiles.iter().map(|profile| profile.name.clone()).collect();
        let tools = std::iter::once((doubts::exported_by(language), tools));
        let columns = tools.chain(ROLES.into_iter().map(of_role));
        Some(Self {
            columns: columns.filter(|(_, names)| !names.is_empty()).collect(),
            doubts: told(Grade::Doubt),
            notes: told(Grade::Note).into_iter().chain(by_row).chain(tuned).collect(),
        })
    }
}
