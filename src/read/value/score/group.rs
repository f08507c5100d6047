//! Promoters, passives and detractors in words.

use super::super::word::plain;
use crate::read::value::number;

/// What a likelihood to recommend makes of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NpsGroup {
    /// 9 or 10.
    Promoter,
    /// 7 or 8.
    Passive,
    /// 0 to 6.
    Detractor,
}

/// The words in seven languages, in lower case and without accents.
const PROMOTERS: &[&str] = &[
    "promoter",
    "promoters",
    "promotor",
    "promotoren",
    "promoteur",
    "promoteurs",
    "promotores",
    "promotore",
    "promotori",
    "promotora",
    "befurworter",
    "ambassadeur",
];
const PASSIVES: &[&str] = &[
    "passive",
    "passives",
    "passiv",
    "passiver",
    "passive kunden",
    "passif",
    "passifs",
    "pasivo",
    "pasivos",
    "passivo",
    "passivi",
    "passivos",
    "passief",
    "passieven",
    "neutral",
    "neutrals",
    "neutre",
    "neutro",
    "neutros",
    "neutri",
    "neutraal",
    "indifferent",
    "indifferente",
    "indifferenter",
    "unentschlossene",
    "unentschiedene",
];
const DETRACTORS: &[&str] = &[
    "detractor",
    "detractors",
    "detraktor",
    "detraktoren",
    "kritiker",
    "detracteur",
    "detracteurs",
    "detractores",
    "detrattore",
    "detrattori",
    "detrator",
    "detratores",
    "criticaster",
    "criticasters",
    "criticus",
    "critici",
];

/// No word for a group is longer, in bytes.
const MAX_BYTES: usize = 40;

impl NpsGroup {
    /// The group that a cell names, in words or as 100, 0 and -100.
    pub(crate) fn of(cell: &str) -> Option<Self> {
        let cell = cell.trim();
        if cell.len() > MAX_BYTES {
            return None;
        }
        let word = plain(cell);
        let says = |words: &[&str]| words.contains(&word.as_str());
        match number(cell) {
            Some(100.0) => Some(Self::Promoter),
            Some(0.0) => Some(Self::Passive),
            Some(-100.0) => Some(Self::Detractor),
            Some(_) => None,
            None if says(PROMOTERS) => Some(Self::Promoter),
            None if says(PASSIVES) => Some(Self::Passive),
            None if says(DETRACTORS) => Some(Self::Detractor),
            None => None,
        }
    }

    /// A likelihood to recommend that stands for the group: NPS counts groups, and no more is known.
    pub(crate) fn likelihood(self) -> u8 {
        match self {
            Self::Promoter => 10,
            Self::Passive => 8,
            Self::Detractor => 3,
        }
    }
}
