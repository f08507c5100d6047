//! Ids for rows, and which rows repeat another.

use std::collections::{HashMap, HashSet};

use super::columns::Column;
use super::protection::Protection;
use super::row::Feedback;
use crate::digest::Fingerprint;

/// Letters below which a text without an id may well come from two customers: "ok" twice is no
/// duplicate.
const TELLING_LETTERS: usize = 30;

/// The rows seen so far, by what they hold. Grows by some ten bytes a row: of 100 million different rows,
/// two have the same eight bytes of SHA-256 in one of 3,700 runs.
#[derive(Default)]
pub struct Identities {
    protection: Protection,
    seen: HashSet<u64>,
    /// How often those were seen that were not seen once.
    again: HashMap<u64, u32>,
}

/// What a row is.
#[derive(Clone, Debug, PartialEq)]
pub enum Identity {
    /// A row of its own, with its id.
    New(String),
    /// A row that equals an earlier one in every column.
    Duplicate,
}

impl Identities {
    /// No row yet; ids are told as they may be.
    pub fn new(protection: &Protection) -> Self {
        Self { protection: protection.clone(), ..Self::default() }
    }

    /// Names a row. Rows without an id get one made from what they hold, so that it does not depend
    /// on where they stand.
    pub fn identify(&mut self, columns: &[Column], feedback: &Feedback) -> Identity {
        let digest = digest(columns, feedback);
        let times = match self.seen.insert(digest.number()) {
            true => 1,
            false => {
                let times = self.again.entry(digest.number()).or_insert(1);
                *times += 1;
                *times
            }
        };
        let letters: usize = feedback
            .answers()
            .map(|(_, text)| text.chars().filter(|c| c.is_alphabetic()).count())
            .sum();
        if times > 1 && (feedback.id.is_some() || letters >= TELLING_LETTERS) {
            return Identity::Duplicate;
        }
        let id = feedback.id.as_deref().and_then(|id| self.protection.id(id));
        Identity::New(match (id, times) {
            (Some(id), _) => id,
            (None, 1) => digest.hexadecimal(6),
            (None, times) => format!("{}-{times}", digest.hexadecimal(6)),
        })
    }
}

/// A fingerprint of all cells with their column names, in the order of the names.
fn digest(columns: &[Column], feedback: &Feedback) -> Fingerprint {
    let mut cells: Vec<(&str, &str)> = columns
        .iter()
        .map(|column| column.name.as_str())
        .zip(feedback.cells.iter().map(String::as_str))
        .collect();
    cells.sort_unstable();
    Fingerprint::of_parts(cells.into_iter().flat_map(|(name, cell)| [name, cell]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Place, Role};

    fn identify(identities: &mut Identities, id: Option<&str>, text: &str) -> Identity {
        let columns = [Column { name: "text".into(), role: Role::Text }];
        let feedback = Feedback {
            place: Place::default(),
            id: id.map(str::to_owned),
            text_columns: vec![0],
            date: None,
            nps: None,
            rating: None,
            touchpoints: Vec::new(),
            boilerplate: Vec::new(),
            replaced: Vec::new(),
            other_languages: Vec::new(),
            cells: vec![text.into()],
        };
        identities.identify(&columns, &feedback)
    }

    #[test]
    fn a_repeated_row_is_a_duplicate_but_a_repeated_ok_is_not() {
        let mut identities = Identities::default();
        let long = "Der Techniker kam nicht und niemand hat angerufen.";
        assert!(matches!(identify(&mut identities, None, long), Identity::New(_)));
        assert_eq!(identify(&mut identities, None, long), Identity::Duplicate);
        let Identity::New(first) = identify(&mut identities, None, "ok") else {
            panic!("it is new")
        };
        assert_eq!(identify(&mut identities, None, "ok"), Identity::New(format!("{first}-2")));
    }

    #[test]
    fn with_an_id_even_a_short_row_is_repeated_only_by_mistake() {
        let mut identities = Identities::default();
        assert_eq!(identify(&mut identities, Some("7"), "ok"), Identity::New("7".into()));
        assert_eq!(identify(&mut identities, Some("7"), "ok"), Identity::Duplicate);
        assert_eq!(identify(&mut identities, Some("7"), "not ok"), Identity::New("7".into()));
    }
}
