//! Columns: what they are called, and what they hold. The same for all file formats.

mod asks;
mod assign;
mod choice;
mod content;
mod dates;
mod documented;
mod header;
mod likelihood;
mod meaning;
mod measures;
mod name;
mod named_scale;
mod order;
mod polarity;
mod rating_scale;
mod ratings;
mod role;
mod sample;
mod scale;
mod strange_rows;
mod strangers;
mod touchpoints;
#[rustfmt::skip]
mod vocabulary;

pub use asks::{Asks, NamedAsks};
pub(crate) use assign::may_identify;
pub use choice::ColumnChoice;
pub(crate) use choice::find_column;
pub(crate) use header::{Header, Shape};
pub(crate) use meaning::{Meaning, Notations};
pub(crate) use name::likeness_to_name;
pub use rating_scale::RatingScale;
pub(crate) use role::AssignedRole;
pub use role::{Column, NamedRole, Role};
pub(crate) use sample::RowSample;
pub use scale::common_scale;
