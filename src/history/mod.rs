//! What feedback counted for, day by day and run after run: numbers without a word that a customer wrote.
//!
//! ```text
//! feedback ──► Facts ──► store::history (a file) ──► Series: periods ──► alert, report
//! ```

mod facts;
mod names;
mod series;
pub mod store;
mod told;

pub use facts::{Entry, Facts, Side, counted};
pub use names::Names;
pub use series::{PeriodCounts, Series};
pub use told::{Seen, moves, told};
