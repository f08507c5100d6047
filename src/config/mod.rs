//! Configuration: what the user can set, its defaults, and errors that say where and what to do.

pub mod codebook;
