//! Key points: short clauses out of customers' own mentions, each of which says one problem for all that
//! say the same (key point analysis: R. Bar-Haim et al., "From arguments to key points", ACL 2020).
//!
//! [`choice`] is the algorithm: a tree of clauses is cut where one clause speaks for its branch, and what the
//! members of a branch have in common finds the others that say the same. Pain points are not yet formed of
//! them: [`find`](super::find) clusters terms.

pub mod choice;
pub mod naming;
pub mod profile;
pub mod similarity;
pub mod tree;
