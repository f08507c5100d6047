//! Identifiers → the names that readers know.

use std::collections::BTreeMap;

use crate::tally::summary::Summary;

/// Names of touchpoints and phases by identifier.
pub(super) struct Names<'a> {
    touchpoints: BTreeMap<&'a str, &'a str>,
    phases: BTreeMap<&'a str, &'a str>,
}

impl<'a> Names<'a> {
    pub(super) fn new(summary: &'a Summary) -> Self {
        Self {
            touchpoints: summary
                .touchpoints
                .iter()
                .map(|touchpoint| (touchpoint.touchpoint.as_str(), touchpoint.name.as_str()))
                .collect(),
            phases: summary
                .phases
                .iter()
                .map(|phase| (phase.phase.as_str(), phase.name.as_str()))
                .collect(),
        }
    }

    /// The touchpoint's name, or its identifier if the codebook no longer has it.
    pub(super) fn touchpoint(&self, id: &'a str) -> &'a str {
        self.touchpoints.get(id).copied().unwrap_or(id)
    }

    /// The phase's name, or its identifier; `None` for a touchpoint of no phase.
    pub(super) fn phase(&self, id: &'a str) -> Option<&'a str> {
        (!id.is_empty()).then(|| self.phases.get(id).copied().unwrap_or(id))
    }
}
