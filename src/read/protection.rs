//! What must not leave the building: personal data in cells, and ids that name people.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::columns::Role;
use super::layout::Layout;
use super::row::Feedback;
use crate::digest::hexadecimal;
use crate::text::redact::{Kind, Redactor, kind_of_column, maybe_names_people, range_after};

/// Bytes of a key for ids at least: as many as one can guess with no machine.
pub const FEWEST_KEY_BYTES: usize = 16;

/// Bytes of a pseudonym.
const PSEUDONYM_BYTES: usize = 8;

/// How personal data are kept from everything that is written.
#[derive(Clone, Debug, Default)]
pub struct Protection {
    redactor: Arc<Redactor>,
    /// The key under which ids are hashed.
    key: Option<Arc<[u8]>>,
}

/// What was replaced. Sums are the same in any order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Protected {
    /// Personal data by kind, in cells that hold other words too.
    pub data: BTreeMap<Kind, u64>,
    /// Columns all of whose cells are personal, with what they are.
    pub columns: BTreeSet<(String, Kind)>,
}

impl Protected {
    /// Adds what was replaced in other rows.
    pub fn merge(&mut self, other: Self) {
        for (kind, count) in other.data {
            *self.data.entry(kind).or_default() += count;
        }
        self.columns.extend(other.columns);
    }

    /// Whether nothing was.
    pub fn is_empty(&self) -> bool {
        self.data.is_empty() && self.columns.is_empty()
    }
}

impl Protection {
    /// Replaces what `redactor` finds, and hashes ids under a key, if there is one.
    pub fn new(redactor: Redactor, key: Option<Vec<u8>>) -> Self {
        Self { redactor: Arc::new(redactor), key: key.map(Arc::from) }
    }

    /// Lets all pass.
    pub fn none() -> Self {
        Self::default()
    }

    /// A text as it may be shown.
    pub fn shown<'t>(&self, text: &'t str) -> Cow<'t, str> {
        self.redactor.shown(text)
    }

    /// The cell of a column as it may be shown.
    pub fn shown_cell<'c>(&self, (name, role): (&str, Role), cell: &'c str) -> Cow<'c, str> {
        match role {
            Role::Date | Role::Nps | Role::Rating => Cow::Borrowed(cell),
            Role::Id => self.id(cell).map_or_else(|| self.shown(cell), Cow::Owned),
            _ => match self.whole(name, role).filter(|_| !cell.trim().is_empty()) {
                Some(kind) => kind.placeholder().into(),
                None => self.shown(cell),
            },
        }
    }

    /// What the cells of a column are, where each is replaced as a whole: one that is read for nothing, and
    /// by which a person would be known.
    fn whole(&self, name: &str, role: Role) -> Option<Kind> {
        if !self.redactor.is_active() || role != Role::Other {
            return None;
        }
        kind_of_column(name).or_else(|| maybe_names_people(name).then_some(Kind::Name))
    }

    /// Whether cells of a column are told at all.
    pub fn tells(&self, column: &str) -> bool {
        let is_personal = || kind_of_column(column).is_some() || maybe_names_people(column);
        !self.redactor.is_active() || !is_personal()
    }

    /// Whether ids are hashed.
    pub fn hashes_ids(&self) -> bool {
        self.key.is_some()
    }

    /// An id as it may be told; none if it says who the customer is.
    pub fn id(&self, id: &str) -> Option<String> {
        if let Some(key) = &self.key {
            return Some(hexadecimal(&hmac(key, id.trim().as_bytes())[..PSEUDONYM_BYTES]));
        }
        let names = |kind: &Kind| {
            matches!(kind, Kind::Email | Kind::Iban | Kind::Card | Kind::Name | Kind::Address)
        };
        let is_personal = self.redactor.places(id).iter().any(|(_, kind)| names(kind));
        (!is_personal).then(|| id.to_owned())
    }

    /// Puts placeholders in the cells of rows, each with what it is called.
    pub fn protect(&self, layout: &Layout, rows: &mut [(String, Feedback)]) -> Protected {
        let columns = layout.columns.iter();
        let whole: Vec<Option<Kind>> =
            columns.map(|column| self.whole(&column.name, column.role)).collect();
        let mut protected = Protected::default();
        for (id, feedback) in rows {
            self.protect_row((layout, &whole), feedback, id, &mut protected);
        }
        protected
    }

    /// The same for a row. `whole` says which cells are replaced as a whole.
    fn protect_row(
        &self,
        (layout, whole): (&Layout, &[Option<Kind>]),
        feedback: &mut Feedback,
        id: &str,
        protected: &mut Protected,
    ) {
        let own_id = feedback.id.as_deref().filter(|own| self.key.is_some() || *own != id);
        for (index, column) in layout.columns.iter().enumerate() {
            let cell = &mut feedback.cells[index];
            if cell.trim().is_empty()
                || matches!(column.role, Role::Date | Role::Nps | Role::Rating)
            {
                continue;
            }
            if column.role == Role::Id {
                if own_id.is_some() {
                    *cell = id.to_owned();
                }
                continue;
            }
            if let Some(kind) = whole[index] {
                *cell = kind.placeholder().to_owned();
                protected.columns.insert((column.name.clone(), kind));
                continue;
            }
            let Some(redacted) = self.redactor.replace(cell) else { continue };
            for part in &redacted.parts {
                *protected.data.entry(part.kind).or_default() += 1;
            }
            let passed_over = [&mut feedback.boilerplate, &mut feedback.other_languages];
            let own = passed_over.into_iter().flatten().filter(|(own, _)| *own == index);
            for range in own.flat_map(|(_, ranges)| ranges) {
                *range = range_after(&redacted.parts, range);
            }
            *cell = redacted.text;
            if column.role == Role::Text {
                feedback.replaced.push((index, redacted.parts));
            }
        }
        for name in &mut feedback.touchpoints {
            if let Some(redacted) = self.redactor.replace(name) {
                *name = redacted.text;
            }
        }
        if own_id.is_some() {
            feedback.id = Some(id.to_owned());
        }
    }
}

/// A keyed hash: HMAC with SHA-256, RFC 2104.
fn hmac(key: &[u8], text: &[u8]) -> [u8; 32] {
    const BLOCK: usize = 64;
    let mut padded = [0; BLOCK];
    match key.len() {
        0..=BLOCK => padded[..key.len()].copy_from_slice(key),
        _ => padded[..32].copy_from_slice(&Sha256::digest(key)),
    }
    let inner =
        Sha256::new().chain_update(padded.map(|byte| byte ^ 0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(padded.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::redact::Rules;

    #[test]
    fn ids_are_hashed_as_published() {
        // RFC 4231, test case 2.
        let digest = hexadecimal(&hmac(b"Jefe", b"what do ya want for nothing?"));
        assert_eq!(digest, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
        let protection = Protection::new(Redactor::none(), Some(b"Jefe".to_vec()));
        assert_eq!(
            protection.id(" what do ya want for nothing? ").as_deref(),
            Some("5bdcc146bf60754e")
        );
    }

    #[test]
    fn ids_that_name_people_are_not_told() {
        let protection = Protection::new(Redactor::new(&Rules::default()).unwrap(), None);
        assert_eq!(protection.id("anna@example.org"), None);
        assert_eq!(protection.id("570306133677760513").as_deref(), Some("570306133677760513"));
        assert_eq!(Protection::none().id("anna@example.org").as_deref(), Some("anna@example.org"));
    }
}
