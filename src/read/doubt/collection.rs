//! The doubts of several inputs, each told once.

use std::collections::BTreeSet;
use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::evidence::{Evidence, Quoted};
use super::{Doubt, Grade};
use crate::read::protection::{Protected, Protection};

/// A doubt, and about which inputs.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ToldDoubt {
    /// What.
    #[serde(flatten)]
    pub doubt: Doubt,
    /// Paths of the inputs, sorted; none if it is about all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub inputs: Vec<String>,
}

/// Doubts as they come, of one input or of several.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doubts {
    found: Vec<(Doubt, BTreeSet<usize>)>,
}

impl Doubts {
    /// Takes a doubt about an input. What was counted sums up over inputs; what the sample of all
    /// says, it says once.
    pub fn add(&mut self, input: usize, doubt: Doubt) {
        match self.found.iter_mut().find(|(known, _)| known.is_alike(&doubt)) {
            Some((known, inputs)) => {
                known.join(doubt);
                inputs.insert(input);
            }
            None => self.found.push((doubt, BTreeSet::from([input]))),
        }
    }

    /// Takes note of what was passed over in folders that were named.
    pub fn add_passed_over(&mut self, inputs: impl IntoIterator<Item = usize>, paths: &[PathBuf]) {
        if !paths.is_empty() {
            let mut evidence = Evidence::default();
            paths.iter().for_each(|path| evidence.look_at(&path.display().to_string(), true));
            let doubt = Doubt::PassedOver { evidence };
            self.found.push((doubt, inputs.into_iter().collect()));
        }
    }

    /// Takes note of rows of inputs that could not be used, if there are any.
    pub fn add_rejects(
        &mut self,
        inputs: impl IntoIterator<Item = usize>,
        evidence: Evidence,
        unlisted: u64,
    ) {
        if evidence.count > 0 {
            let doubt = Doubt::Rejects { evidence, unlisted };
            self.found.push((doubt, inputs.into_iter().collect()));
        }
    }

    /// Takes note of personal data that were replaced, if there are any.
    pub fn add_protected(
        &mut self,
        inputs: impl IntoIterator<Item = usize>,
        protected: &Protected,
    ) {
        if !protected.is_empty() {
            let Protected { data, columns } = protected.clone();
            let columns = columns.into_iter().map(|(name, _)| name).collect();
            self.found.push((Doubt::Redacted { data, columns }, inputs.into_iter().collect()));
        }
    }

    /// The doubts to tell, those that matter most first, with examples as they may be told. `names` are the inputs.
    pub fn told(&self, names: &[String], protection: &Protection) -> Vec<ToldDoubt> {
        let mut told: Vec<ToldDoubt> = self
            .found
            .iter()
            .filter(|(doubt, _)| !doubt.is_void())
            .map(|(doubt, inputs)| ToldDoubt {
                doubt: doubt.clone().protected(protection),
                // What people write is no property of a file.
                inputs: match inputs.len() == names.len()
                    || matches!(
                        doubt,
                        Doubt::Boilerplate { .. }
                            | Doubt::UnclearDialogue { .. }
                            | Doubt::NearDuplicates { .. }
                            | Doubt::OtherLanguage { .. }
                    ) {
                    true => Vec::new(),
                    false => inputs.iter().filter_map(|&own| names.get(own).cloned()).collect(),
                },
            })
            .collect();
        told.iter_mut().for_each(|told| told.inputs.sort_unstable());
        told.sort_by_cached_key(|told| {
            (told.doubt.grade(), told.doubt.to_string(), told.inputs.clone())
        });
        told
    }

    /// Whether one of them is more than a note.
    pub fn are_serious(&self) -> bool {
        self.found.iter().any(|(doubt, _)| doubt.grade() == Grade::Doubt)
    }
}

impl ToldDoubt {
    /// The same without anything out of a cell.
    pub fn without_examples(mut self) -> Self {
        if let Some(evidence) = self.doubt.evidence_mut() {
            evidence.examples.clear();
        }
        if let Doubt::NoHeader { first } = &mut self.doubt {
            first.clear();
        }
        self
    }
}

/// What a terminal shows of it: a mark, the doubt, and the inputs unless it is about all.
impl fmt::Display for ToldDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.doubt.grade() == Grade::Doubt { "?" } else { "·" };
        write!(f, "{mark} {}", self.doubt)?;
        match &self.inputs[..] {
            [] => Ok(()),
            inputs => write!(f, " [{}]", Quoted(inputs)),
        }
    }
}

impl Doubt {
    /// Whether another says the same, but for what is counted in each input.
    fn is_alike(&self, other: &Self) -> bool {
        let bare = |doubt: &Self| {
            let mut doubt = doubt.clone();
            match doubt.evidence_mut() {
                Some(evidence) if !evidence.sampled => *evidence = Evidence::default(),
                _ => {}
            }
            doubt
        };
        bare(self) == bare(other)
    }

    /// The same with cells as they may be told.
    fn protected(mut self, protection: &Protection) -> Self {
        let is_untold = self.columns().iter().any(|column| !protection.tells(column))
            || matches!(self, Self::RepeatedIds { .. }) && protection.hashes_ids();
        if let Some(evidence) = self.evidence_mut() {
            if is_untold {
                evidence.examples.clear();
            }
            evidence.protect(protection);
        }
        if let Self::NoHeader { first } = &mut self {
            first.iter_mut().for_each(|cell| *cell = protection.shown(cell).into_owned());
        }
        self
    }

    /// Takes over what another says that is alike.
    fn join(&mut self, mut other: Self) {
        if let (Some(own), Some(others)) = (self.evidence_mut(), other.evidence_mut())
            && !own.sampled
        {
            own.merge(std::mem::take(others));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::Role;

    fn unread(count: u64, of: u64) -> Doubt {
        let evidence = Evidence { count, of, ..Evidence::default() };
        Doubt::UnreadValues { column: "when".into(), role: Role::Date, evidence }
    }

    #[test]
    fn what_is_counted_sums_up_over_inputs_and_what_is_sampled_does_not() {
        let sampled = |count| Doubt::TickList {
            column: "why".into(),
            evidence: Evidence { count, of: 10, sampled: true, ..Evidence::default() },
        };
        let mut doubts = Doubts::default();
        for (input, doubt) in
            [(0, unread(1, 10)), (0, sampled(9)), (1, unread(1, 190)), (1, sampled(9))]
        {
            doubts.add(input, doubt);
        }
        doubts.add(1, sampled(5));
        let names = ["a.csv".to_owned(), "b.csv".to_owned()];
        let told = doubts.told(&names, &Protection::none());
        assert_eq!(told.len(), 3);
        assert!(told.iter().any(|told| told.doubt == unread(2, 200) && told.inputs.is_empty()));
        assert!(told.iter().any(|told| told.doubt == sampled(9) && told.inputs.is_empty()));
        assert!(told.iter().any(|told| told.doubt == sampled(5) && told.inputs == ["b.csv"]));
        assert!(!doubts.are_serious(), "one in a hundred is few");
    }

    #[test]
    fn the_share_of_other_languages_is_one_of_all_inputs() {
        let other = |count| Doubt::OtherLanguage {
            evidence: Evidence { count, of: 100, ..Evidence::default() },
        };
        let mut doubts = Doubts::default();
        doubts.add(0, other(0));
        assert_eq!(doubts.told(&["a".to_owned()], &Protection::none()), []);
        doubts.add(1, other(2));
        let told = doubts.told(&["a".to_owned(), "b".to_owned()], &Protection::none());
        assert_eq!(told.len(), 1);
        assert_eq!((told[0].doubt.grade(), &told[0].inputs[..]), (Grade::Note, &[][..]));
    }

    #[test]
    fn doubts_come_before_notes() {
        let mut doubts = Doubts::default();
        doubts.add(0, Doubt::HeaderRows { rows: 2 });
        doubts.add(0, unread(5, 10));
        let grades = doubts.told(&["a".to_owned()], &Protection::none());
        let grades: Vec<Grade> = grades.iter().map(|told| told.doubt.grade()).collect();
        assert_eq!(grades, [Grade::Doubt, Grade::Note]);
        assert!(doubts.are_serious());
    }
}
