//! What a column holds as likelihoods to recommend, from 0 to 10 or in other codes.

use super::scale::codes_beyond;
use crate::read::doubt::{Doubt, Evidence};
use crate::read::value::{NpsCoding, NpsGroup, NpsNotation, scored};

/// Cells from which on it says something that one value never occurs.
const MANY: usize = 20;

/// Share of cells that must be groups where the name says nothing.
const NEARLY_ALL: f64 = 0.9;

/// How a column is to be read as likelihoods to recommend, and how well that goes.
#[derive(Clone, Debug)]
pub(crate) struct Likelihoods {
    pub(crate) notation: NpsNotation,
    /// Share of the filled cells that are likelihoods, those that stand for no answer left out.
    pub(crate) share: f64,
    /// The highest likelihood.
    pub(crate) highest: u8,
    /// Whether nearly all cells are promoters, passives and detractors, some of each end.
    pub(crate) are_groups: bool,
    /// What was decided, in a few words.
    pub(crate) reason: Option<&'static str>,
    /// What is doubtful if it is read so.
    pub(crate) doubts: Vec<Doubt>,
}

impl Likelihoods {
    /// How the filled cells of a column are to be read.
    pub(crate) fn of(column: &str, cells: &[&str]) -> Self {
        let scores: Vec<f64> =
            cells.iter().filter_map(|cell| scored(cell)).map(|score| score.value).collect();
        let are_groups = are_groups(cells);
        let coding = if are_groups { NpsCoding::Groups } else { coding(&scores) };
        let missing = match coding {
            NpsCoding::Groups => Vec::new(),
            NpsCoding::Plain => codes_beyond(&scores, 0.0, 10.0),
            NpsCoding::OneHigher => codes_beyond(&scores, 1.0, 11.0),
        };
        let notation = NpsNotation { coding, missing };
        let filled = cells.iter().filter(|cell| !notation.is_missing(cell)).count();
        let read: Vec<u8> = cells.iter().filter_map(|cell| notation.likelihood(cell)).collect();
        let evidence =
            |holds: &dyn Fn(&str) -> bool| Evidence::in_sample(cells.iter().copied(), holds);
        let (reason, doubt) = match coding {
            NpsCoding::Plain => (None, None),
            NpsCoding::OneHigher => (
                Some("1 to 11, read as 0 to 10"),
                Some(Doubt::NpsOneHigher {
                    column: column.to_owned(),
                    evidence: evidence(&|cell| scored(cell).is_some_and(|own| own.value == 11.0)),
                }),
            ),
            NpsCoding::Groups => (
                Some("promoters, passives and detractors"),
                Some(Doubt::NpsGroups {
                    column: column.to_owned(),
                    evidence: evidence(&|cell| NpsGroup::of(cell).is_some()),
                }),
            ),
        };
        let codes = (!notation.missing.is_empty()).then(|| Doubt::MissingCodes {
            column: column.to_owned(),
            scale: (0.0, 10.0),
            evidence: evidence(&|cell| notation.is_missing(cell)),
        });
        Self {
            share: if filled == 0 { 1.0 } else { read.len() as f64 / filled as f64 },
            highest: read.iter().copied().max().unwrap_or(10),
            are_groups,
            reason,
            doubts: doubt.into_iter().chain(codes).collect(),
            notation,
        }
    }
}

/// Whether whole numbers are one higher than likelihoods: some are 11, and none is 0.
fn coding(scores: &[f64]) -> NpsCoding {
    let elevens = scores.iter().filter(|&&score| score == 11.0).count();
    let within = scores.iter().filter(|&&score| (1.0..=11.0).contains(&score)).count();
    let enough = if scores.len() >= MANY { elevens * 50 >= scores.len() } else { elevens > 1 };
    let one_higher = elevens > 0
        && enough
        && !scores.contains(&0.0)
        && within as f64 >= NEARLY_ALL * scores.len() as f64;
    if one_higher { NpsCoding::OneHigher } else { NpsCoding::Plain }
}

/// Whether nearly all cells name groups, and some of them each end.
pub(super) fn are_groups(cells: &[&str]) -> bool {
    let groups: Vec<NpsGroup> = cells.iter().filter_map(|cell| NpsGroup::of(cell)).collect();
    let ends = [NpsGroup::Promoter, NpsGroup::Detractor].iter().all(|end| groups.contains(end));
    ends && groups.len() as f64 >= NEARLY_ALL * cells.len() as f64
}
