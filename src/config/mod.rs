//! Configuration: the settings of a run, the codebook of touchpoints, and corrections.
//!
//! [`options`] are what one source says, [`Configuration`] is what all of them come to.

pub mod codebook;
mod configuration;
pub mod corrections;
mod file;
pub mod hooks;
pub mod options;
pub mod presentation;
pub mod privacy;
mod repeat;
mod show;
pub mod text;
mod written;

pub use configuration::{Configuration, ConfigurationError, Provenance, Setting};
pub use file::TEMPLATE;
