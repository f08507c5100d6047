//! Findings without what customers wrote, for those who may not pass it on.

use super::{Findings, Topic};

/// Terms that name a topic instead of a customer's clause.
const NAMING_TERMS: usize = 3;

impl Findings {
    /// Takes out every verbatim: topics are named by the words that recur in them, and doubts have no examples.
    pub fn without_verbatims(mut self) -> Self {
        for topic in &mut self.topics {
            topic.label = vec![by_terms(topic)];
        }
        for point in self.matching.sides.iter_mut().flat_map(|side| &mut side.points) {
            point.label = point.id.iter().cloned().collect();
        }
        for gone in self.comparisons.earlier_run.iter_mut().flat_map(|run| &mut run.gone) {
            gone.label = vec![gone.id.clone()];
        }
        for own in self.alerts.iter_mut().flat_map(|own| &mut own.judged) {
            let subject = &mut own.subject;
            let topic =
                self.topics.iter().find(|topic| Some(&topic.id) == subject.pain_point.as_ref());
            let id = subject.pain_point.iter().cloned().collect();
            subject.label = topic.map_or(id, |topic| topic.label.clone());
        }
        for moved in self.history.iter_mut().flat_map(|own| &mut own.moved) {
            moved.label = vec![moved.from.clone()];
        }
        self.without_voices()
    }

    /// Takes out every verbatim but the clauses that name topics; doubts have no examples.
    pub fn without_voices(mut self) -> Self {
        self.topics.iter_mut().for_each(|topic| topic.verbatims.clear());
        let touchpoints = self.flags.iter_mut().flat_map(|flag| &mut flag.touchpoints);
        touchpoints.chain(&mut self.other_complaints).for_each(|own| own.verbatims.clear());
        self.reading.doubts =
            self.reading.doubts.into_iter().map(|told| told.without_examples()).collect();
        self
    }
}

/// The most telling terms; the identifier where there is none.
fn by_terms(topic: &Topic) -> String {
    let terms: Vec<String> = topic.surfaces().into_iter().take(NAMING_TERMS).collect();
    if terms.is_empty() { topic.id.clone() } else { terms.join(", ") }
}

#[cfg(test)]
mod tests {
    use crate::report::sample;

    #[test]
    fn no_clause_of_a_customer_is_left_in_alerts_or_history() {
        let findings = sample::alerted();
        let clause = findings.topics[0].label[0].clone();
        let older = findings.history.as_ref().unwrap().moved[0].label[0].clone();
        let told = serde_json::to_string(&findings.without_verbatims().alerts).unwrap();
        assert!(!told.contains(&format!("\"{clause}\"")), "{told}");
        let moved = sample::alerted().without_verbatims().history.unwrap().moved;
        assert_ne!(moved[0].label[0], older);
    }
}
