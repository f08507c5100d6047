//! Ids for rows, and which rows repeat another.

use std::collections::HashMap;
use std::io;

use super::columns::Column;
use super::error::ReadError;
use super::protection::Protection;
use super::row::Feedback;
use crate::digest::{Fingerprint, mixed};
use crate::store::runs::Runs;

/// Letters below which a text without an id may well come from two customers: "ok" twice is no
/// duplicate.
const TELLING_LETTERS: usize = 30;

/// Different rows of which is known in memory what they hold, in some 36 MB: as many as fit a hash table of 2²¹ places.
const IN_MEMORY: usize = (1 << 21) / 8 * 7;

/// The rows seen so far, by what they hold: the newest in memory, the others on disk. Of 100 million different
/// rows, two have the same eight bytes of SHA-256 in one of 3,700 runs.
pub struct Identities {
    protection: Protection,
    in_memory: usize,
    /// How often each was seen since the others were put on disk.
    newest: HashMap<u64, u64>,
    older: Runs,
}

impl Default for Identities {
    fn default() -> Self {
        Self::new(&Protection::default())
    }
}

/// What a row is.
#[derive(Clone, Debug, PartialEq)]
pub enum Identity {
    /// A row of its own.
    New {
        /// Its id.
        id: String,
        /// As good as random, and given by what the row holds and how many before it hold the same.
        number: u64,
    },
    /// A row that equals an earlier one in every column.
    Duplicate,
}

impl Identities {
    /// No row yet; ids are told as they may be.
    pub fn new(protection: &Protection) -> Self {
        let (newest, older) = Default::default();
        Self { protection: protection.clone(), in_memory: IN_MEMORY, newest, older }
    }

    /// How often a row was seen, this time included.
    fn times(&mut self, hash: u64) -> io::Result<u64> {
        if self.newest.len() == self.in_memory {
            self.older.add(self.newest.drain().collect())?;
        }
        let newest = self.newest.entry(hash).or_default();
        *newest += 1;
        Ok(*newest + self.older.sum(hash)?)
    }

    /// Names a row. Rows without an id get one made from what they hold, so that it does not depend
    /// on where they stand.
    ///
    /// # Errors
    /// If the temporary directory cannot be used.
    pub fn identify(
        &mut self,
        columns: &[Column],
        feedback: &Feedback,
    ) -> Result<Identity, ReadError> {
        let digest = digest(columns, feedback);
        let times = self.times(digest.number()).map_err(ReadError::Temporary)?;
        if times > 1 && (feedback.id.is_some() || is_telling(feedback)) {
            return Ok(Identity::Duplicate);
        }
        let id = feedback.id.as_deref().and_then(|id| self.protection.id(id));
        let id = match (id, times) {
            (Some(id), _) => id,
            (None, 1) => digest.hexadecimal(6),
            (None, times) => format!("{}-{times}", digest.hexadecimal(6)),
        };
        Ok(Identity::New { id, number: mixed(digest.number().wrapping_add(times)) })
    }
}

/// Whether hardly two customers write the same.
fn is_telling(feedback: &Feedback) -> bool {
    let letters = feedback.answers().flat_map(|(_, text)| text.chars());
    letters.filter(|c| c.is_alphabetic()).take(TELLING_LETTERS).count() == TELLING_LETTERS
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

    fn identity(identities: &mut Identities, id: Option<&str>, text: &str) -> Identity {
        let columns = [Column { name: "text".into(), role: Role::Text, asks: None }];
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
        identities.identify(&columns, &feedback).unwrap()
    }

    /// The id; none of a duplicate.
    fn id(identities: &mut Identities, id: Option<&str>, text: &str) -> Option<String> {
        match identity(identities, id, text) {
            Identity::New { id, .. } => Some(id),
            Identity::Duplicate => None,
        }
    }

    #[test]
    fn what_is_on_disk_is_known_as_well_as_what_is_in_memory() {
        let row = |n: u64| format!("row {}", mixed(n) % 400);
        let told = |in_memory| {
            let mut identities = Identities { in_memory, ..Identities::default() };
            let tell = |n| identity(&mut identities, (n % 3 == 0).then_some("7"), &row(n));
            (0..2_000).map(tell).collect::<Vec<_>>()
        };
        let expected = told(usize::MAX);
        assert!(expected.contains(&Identity::Duplicate));
        for in_memory in [1, 10, 399] {
            assert_eq!(told(in_memory), expected, "{in_memory}");
        }
    }

    #[test]
    fn a_repeated_row_is_a_duplicate_but_a_repeated_ok_is_not() {
        let mut identities = Identities::default();
        let long = "Der Techniker kam nicht und niemand hat angerufen.";
        assert!(id(&mut identities, None, long).is_some());
        assert_eq!(id(&mut identities, None, long), None);
        let first = id(&mut identities, None, "ok").unwrap();
        assert_eq!(id(&mut identities, None, "ok"), Some(format!("{first}-2")));
    }

    #[test]
    fn with_an_id_even_a_short_row_is_repeated_only_by_mistake() {
        let mut identities = Identities::default();
        assert_eq!(id(&mut identities, Some("7"), "ok").as_deref(), Some("7"));
        assert_eq!(id(&mut identities, Some("7"), "ok"), None);
        assert_eq!(id(&mut identities, Some("7"), "not ok").as_deref(), Some("7"));
    }

    #[test]
    fn rows_that_hold_the_same_have_numbers_of_their_own() {
        let mut identities = Identities::default();
        let number = |_| match identity(&mut identities, None, "ok") {
            Identity::New { number, .. } => number,
            Identity::Duplicate => panic!("it may well be another customer's"),
        };
        let numbers: Vec<u64> = (0..1_000).map(number).collect();
        let high = numbers.iter().filter(|number| number.leading_zeros() == 0).count();
        assert!((450..550).contains(&high), "{high}");
    }
}
