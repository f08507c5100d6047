//! Cells → numbers, scores and days.

mod date;
mod no_answer;
mod number;
mod score;
mod word;

pub use date::DateOrder;
pub(crate) use date::{
    Counting, DateCell, DateNotation, Numbers, PLACEHOLDERS, Written, date, date_cell,
};
pub(crate) use no_answer::is_no_answer;
pub(crate) use number::{number, number_text, truth_text};
pub(crate) use score::{
    NpsCoding, NpsGroup, NpsNotation, RatingNotation, Score, WordScale, phrase, scored,
};
pub(crate) use word::plain;
