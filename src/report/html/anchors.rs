//! Names for places on the page, which stay the same from run to run.

use std::collections::{BTreeMap, BTreeSet};

use crate::painpoint::findings::Findings;

/// The places of touchpoints and topics, each with a name of its own.
pub(super) struct Anchors<'f> {
    touchpoints: BTreeMap<&'f str, String>,
    topics: BTreeMap<&'f str, String>,
}

impl<'f> Anchors<'f> {
    pub(super) fn new(findings: &'f Findings) -> Self {
        let mut taken = BTreeSet::new();
        let mut place = |prefix: &str, id: &str| {
            let plain: String = id
                .chars()
                .map(|char| if char.is_ascii_alphanumeric() || char == '_' { char } else { '-' })
                .collect();
            let name = format!("{prefix}-{plain}");
            // Cells may name touchpoints that differ in other letters alone.
            let numbered = (2..).map(|number| format!("{name}-{number}"));
            let free =
                std::iter::once(name.clone()).chain(numbered).find(|own| !taken.contains(own));
            let free = free.unwrap_or(name);
            taken.insert(free.clone());
            free
        };
        Self {
            touchpoints: findings
                .summary
                .touchpoints
                .iter()
                .map(|own| (own.id.as_str(), place("at", &own.id)))
                .collect(),
            topics: findings
                .topics
                .iter()
                .map(|own| (own.id.as_str(), place("topic", &own.id)))
                .collect(),
        }
    }

    /// The place of a touchpoint; none has it if it is not in the findings.
    pub(super) fn touchpoint(&self, id: &str) -> &str {
        self.touchpoints.get(id).map_or("", String::as_str)
    }

    /// The place of a topic.
    pub(super) fn topic(&self, id: &str) -> &str {
        self.topics.get(id).map_or("", String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;

    #[test]
    fn places_are_plain_and_no_two_alike() {
        let mut findings = sample::german();
        let mut other = findings.summary.touchpoints[0].clone();
        findings.summary.touchpoints[0].id = "Café \"Süd\"".into();
        other.id = "Café 'Süd'".into();
        findings.summary.touchpoints.push(other);
        let anchors = Anchors::new(&findings);
        assert_eq!(anchors.touchpoint("Café \"Süd\""), "at-Caf---S-d-");
        assert_eq!(anchors.touchpoint("Café 'Süd'"), "at-Caf---S-d--2");
    }
}
