//! touchpoint
