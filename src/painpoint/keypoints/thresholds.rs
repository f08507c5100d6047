//! What is near enough.

/// How near is near enough; `--detail` moves it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// Similarity of two texts that say the same.
    pub close: f32,
    /// Cosine to the middle of a pain point from which a mention belongs to it.
    pub member: f32,
    /// Cosine to its name below which it does not.
    pub named: f32,
    /// How near it must be to its name by what it says of it, where that is known.
    pub told: f32,
}
