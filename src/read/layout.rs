//! How an input is laid out.

use super::columns::Column;
use super::encoding::Encoding;
use super::format::Format;
use super::profiles::KnownProfile;
use super::source::Packing;

/// How an input file is written, and what its columns hold.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Layout {
    /// How it is packed, if it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packing: Option<Packing>,
    /// How its text is encoded, if it is text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<Encoding>,
    /// How it is written.
    pub format: Format,
    /// The tool that it is an export of, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<KnownProfile>,
    /// The columns in file order.
    pub columns: Vec<Column>,
    /// Lowest and highest rating, if a column has [`Role::Rating`](super::Role::Rating).
    pub rating_scale: Option<(f64, f64)>,
}
