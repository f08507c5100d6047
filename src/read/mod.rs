//! Input files → rows: dialect, column roles, feedback and rejects.
//!
//! [`open_all`] finds the [`Layout`] of files and returns an [`Input`] for each that streams
//! [`InputRow`]s. The start of a file tells how it is written; a sample of all rows of all files
//! tells what the columns hold, so that neither the order of rows nor a split into files matters.
//!
//! A file format is whatever yields records of cells (`format`): delimited text is one. Column
//! roles, values and rejects are the same for all of them.

mod cells;
mod columns;
mod delimited;
mod doubt;
mod encoding;
mod error;
mod fingerprint;
mod format;
pub mod identity;
mod input;
pub mod inspect;
mod json;
mod kind;
mod layout;
mod long;
mod mojibake;
mod passed_over;
mod places;
mod produced;
mod profiles;
mod prose;
mod protection;
mod repeated;
mod row;
mod rows;
mod source;
mod start;
mod typed;
mod value;
mod workbook;

#[cfg(test)]
mod tests;

pub use columns::{
    Asks, Column, ColumnChoice, NamedAsks, NamedRole, RatingScale, Role, common_scale,
};
pub use delimited::MAX_CELL_BYTES;
pub use doubt::{
    CoarseDates, Doubt, Doubts, Evidence, Grade, InputKind, NotFeedback, NumberDates, Sameness,
    ToldDoubt,
};
pub(crate) use doubt::{DoubtFacts, Quoted, counted_placeholders};
pub use encoding::Encoding;
pub use error::ReadError;
pub use fingerprint::Fingerprint;
pub use format::{Format, Place};
pub use input::Input;
pub use layout::Layout;
pub use long::LongFormat;
pub use passed_over::{PassedOver, PassingOver};
pub use places::Places;
pub use profiles::KnownProfile;
pub(crate) use profiles::is_none;
pub use protection::{FEWEST_KEY_BYTES, Protected, Protection};
pub use row::{Feedback, InputRow, LeftOut, Reject};
pub use source::Packing;
pub use start::{open, open_all};
pub use typed::TypedKind;
pub use value::DateOrder;
pub use workbook::{Sheets, WorkbookKind};
