//! What a mention is about, and how that was found.

use serde::{Deserialize, Serialize};

use super::Touchpoint;
use crate::touchpoint::How;

/// A touchpoint of a mention.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Tag {
    /// The touchpoint.
    pub touchpoint: Touchpoint,
    /// How it was found.
    pub found: Found,
    /// How sure that is, in millionths; 0 where none was found.
    pub confidence: u32,
}

/// How a touchpoint was found.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum Found {
    /// There is none in particular.
    Nowhere,
    /// The program found it.
    By(How),
    /// A person named it.
    Corrected,
}

impl Found {
    /// Name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nowhere => "",
            Self::By(how) => how.name(),
            Self::Corrected => "correction",
        }
    }
}

impl Tag {
    /// A touchpoint with how it was found and how sure that is, from 0 to 1.
    pub fn new(touchpoint: Touchpoint, found: Found, confidence: f32) -> Self {
        Self { touchpoint, found, confidence: super::micro(confidence) }
    }

    /// No touchpoint in particular.
    pub fn general() -> Self {
        Self::new(Touchpoint::GENERAL, Found::Nowhere, 0.0)
    }
}
