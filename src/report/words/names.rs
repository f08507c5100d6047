//! What readers call touchpoints, phases and topics.

use std::collections::BTreeMap;

use super::super::ReportLanguage::{self, De, En};
use crate::config::codebook::GENERAL;
use crate::tally::summary::{PhaseSummary, Summary, TouchpointSummary};
use crate::text::Language;

/// What stands between the names in a label.
const JOINT: &str = ", ";

/// The label of a topic, of the names in it.
pub fn label(names: &[String]) -> String {
    names.join(JOINT)
}

/// The name of a touchpoint, or its identifier if the codebook no longer has it.
pub fn touchpoint_name(language: ReportLanguage, touchpoint: &TouchpointSummary) -> &str {
    let named = touchpoint.names.get(Language::from(language));
    named.unwrap_or(match touchpoint.id.as_str() {
        GENERAL => general(language),
        id => id,
    })
}

/// The name of a phase, or its identifier.
pub fn phase_name(language: ReportLanguage, phase: &PhaseSummary) -> &str {
    phase.names.get(Language::from(language)).unwrap_or(&phase.id)
}

/// What is about no touchpoint.
fn general(language: ReportLanguage) -> &'static str {
    match language {
        De => "Allgemein",
        En => "General",
    }
}

/// Names of touchpoints and phases by identifier.
pub(crate) struct Names<'a> {
    touchpoints: BTreeMap<&'a str, &'a str>,
    phases: BTreeMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    pub(crate) fn new(language: ReportLanguage, summary: &'a Summary) -> Self {
        Self {
            touchpoints: summary
                .touchpoints
                .iter()
                .map(|own| (own.id.as_str(), touchpoint_name(language, own)))
                .collect(),
            phases: summary
                .phases
                .iter()
                .map(|phase| (phase.id.as_str(), phase_name(language, phase)))
                .collect(),
        }
    }

    /// The touchpoint's name, or its identifier if the codebook no longer has it.
    pub(crate) fn touchpoint(&self, id: &'a str) -> &'a str {
        self.touchpoints.get(id).copied().unwrap_or(id)
    }

    /// The phase's name, or its identifier.
    pub(crate) fn phase(&self, id: &'a str) -> &'a str {
        self.phases.get(id).copied().unwrap_or(id)
    }
}
