//! Configuration: the settings of a run and the codebook of touchpoints.

pub mod codebook;
pub mod corrections;
pub mod settings;
