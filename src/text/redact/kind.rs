//! What personal data there are, and what stands in their place.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// A kind of personal data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Address of electronic mail.
    Email,
    /// Telephone number.
    Phone,
    /// Number of a bank account, with a checksum.
    Iban,
    /// Number of a credit or debit card, with a checksum.
    Card,
    /// Number by which a tax office or a state knows a person.
    TaxId,
    /// Number by which a tax office knows a business.
    VatId,
    /// Street and house, with the town where it stands beside them.
    Address,
    /// Registration plate of a vehicle.
    Plate,
    /// Number of a customer, an order, a contract and the like.
    Number,
    /// Name in a social network: `@anna`.
    Handle,
    /// Link with a part that is a person's.
    Url,
    /// Name of a person.
    Name,
    /// Address of a computer; told by columns alone, since version numbers look alike.
    Ip,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 13] = [
        Self::Email,
        Self::Phone,
        Self::Iban,
        Self::Card,
        Self::TaxId,
        Self::VatId,
        Self::Address,
        Self::Plate,
        Self::Number,
        Self::Handle,
        Self::Url,
        Self::Name,
        Self::Ip,
    ];

    /// What stands in the place of one.
    pub fn placeholder(self) -> &'static str {
        match self {
            Self::Email => "[EMAIL]",
            Self::Phone => "[PHONE]",
            Self::Iban => "[IBAN]",
            Self::Card => "[CARD]",
            Self::TaxId => "[TAX-ID]",
            Self::VatId => "[VAT-ID]",
            Self::Address => "[ADDRESS]",
            Self::Plate => "[PLATE]",
            Self::Number => "[NUMBER]",
            Self::Handle => "[HANDLE]",
            Self::Url => "[URL]",
            Self::Name => "[NAME]",
            Self::Ip => "[IP]",
        }
    }

    /// What the model reads in its place: words that it has learnt for handles and links, and a number.
    fn neutral(self) -> &'static str {
        match self {
            Self::Email | Self::Handle | Self::Name => "@user",
            Self::Url => "http",
            _ => "123",
        }
    }
}

/// The placeholder that `text` starts with, if any.
pub fn placeholder(text: &str) -> Option<Kind> {
    // Most texts have no bracket.
    let is_one = |kind: &Kind| text.starts_with(kind.placeholder());
    text.starts_with('[').then(|| Kind::ALL.into_iter().find(is_one)).flatten()
}

/// Whether a text has a placeholder.
pub fn has_placeholder(text: &str) -> bool {
    text.match_indices('[').any(|(at, _)| placeholder(&text[at..]).is_some())
}

/// A text without its placeholders.
pub fn without_placeholders(text: &str) -> Cow<'_, str> {
    replaced(text, |_| "")
}

/// A text with neutral words for its placeholders, for a model that never saw one.
pub fn neutral(text: &str) -> Cow<'_, str> {
    replaced(text, Kind::neutral)
}

fn replaced(text: &str, by: impl Fn(Kind) -> &'static str) -> Cow<'_, str> {
    if !text.contains('[') {
        return Cow::Borrowed(text);
    }
    let replace = |text: String, kind: Kind| text.replace(kind.placeholder(), by(kind));
    Kind::ALL.into_iter().fold(text.to_owned(), replace).into()
}
