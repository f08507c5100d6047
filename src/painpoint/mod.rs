//! painpoint
