//! Sections that compare: what drives the score, who is affected, what has changed, how even the
//! experience is.

mod alerts;
mod change;
mod drivers;
mod flags;
mod groups;
mod heat;
mod history;
mod lineage;
mod periods;
mod reading;
mod sentences;

pub(super) use alerts::AlertSection;
pub(super) use change::ChangeSection;
pub(super) use drivers::DriverSection;
pub(super) use flags::{FlagSection, Flagged, flagged_at};
pub(super) use groups::GroupSection;
pub(super) use history::HistorySection;
pub(super) use lineage::LineageSection;
pub(super) use periods::PeriodSection;
pub(super) use reading::ReadingSection;
pub(super) use sentences::{corrections, experience};

/// Rows shown of each table; the CSV files have all.
const ROWS: usize = 10;
