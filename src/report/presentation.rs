//! How a report presents itself: whose it is, for whom it is, how it looks.

use clap::ValueEnum;
use serde::{Deserialize, Serialize};

/// For whom a report is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// A board: the findings, the maps and the rankings, without a chapter for each touchpoint.
    Board,
    /// Who is responsible for one touchpoint: what is said there, and that alone.
    Owner,
}

/// What a company makes of its reports.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presentation {
    /// Name of the company.
    pub company: Option<String>,
    /// Title in place of the usual one.
    pub title: Option<String>,
    /// A paragraph under the title.
    pub introduction: Option<String>,
    /// Picture beside the title.
    pub logo: Option<Logo>,
    /// Colour of rules and links.
    pub accent: Option<Accent>,
    /// For whom it is; everything for everyone where nobody is named.
    pub audience: Option<Audience>,
}

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Its media type, e.g. `image/png`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Logo {
    /// Most bytes that a page carries.
    pub const MOST: usize = 200_000;

    /// The picture in a file, by what it starts with; `None` if that is no PNG, JPEG, GIF, WebP or SVG.
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        let is_svg = || {
            let head = &bytes[..bytes.len().min(1000)];
            std::str::from_utf8(&bytes).is_ok() && String::from_utf8_lossy(head).contains("<svg")
        };
        let media_type = match bytes.as_slice() {
            [0x89, b'P', b'N', b'G', ..] => "image/png",
            [0xff, 0xd8, 0xff, ..] => "image/jpeg",
            [b'G', b'I', b'F', b'8', ..] => "image/gif",
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
            _ if is_svg() => "image/svg+xml",
            _ => return None,
        };
        Some(Self { media_type, bytes })
    }
}

/// A colour that can be read as text on white.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
pub struct Accent([u8; 3]);

/// Least contrast of text (WCAG 2.2, 1.4.3).
const LEAST_CONTRAST: f64 = 4.5;

impl Accent {
    /// The colour mixed with white until it can be read on `background`, for dark screens.
    pub(super) fn on_dark(self, background: [u8; 3]) -> Self {
        let mixed = |part: f64| {
            Self(self.0.map(|own| (f64::from(own) + (255.0 - f64::from(own)) * part).round() as u8))
        };
        (0..=20)
            .map(|step| mixed(f64::from(step) / 20.0))
            .find(|own| contrast(own.0, background) >= LEAST_CONTRAST)
            .unwrap_or(Self([255; 3]))
    }
}

/// Contrast of two colours, from 1 to 21 (WCAG 2.2, "contrast ratio").
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let luminance = |colour: [u8; 3]| {
        let [red, green, blue] = colour.map(|value| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

impl std::fmt::Display for Accent {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [red, green, blue] = self.0;
        write!(out, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl From<Accent> for String {
    fn from(accent: Accent) -> Self {
        accent.to_string()
    }
}

impl std::str::FromStr for Accent {
    type Err = String;

    fn from_str(written: &str) -> Result<Self, String> {
        written.to_owned().try_into()
    }
}

impl TryFrom<String> for Accent {
    type Error = String;

    fn try_from(written: String) -> Result<Self, String> {
        let part =
            |at: usize| written.get(at..at + 2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let colour = match (written.len(), part(1), part(3), part(5)) {
            (7, Some(red), Some(green), Some(blue)) if written.starts_with('#') => {
                [red, green, blue]
            }
            _ => {
                return Err(format!(
                    "`{written}` is no colour; write six hex digits, as in \"#0b5a7a\""
                ));
            }
        };
        if contrast(colour, [255; 3]) < LEAST_CONTRAST {
            return Err(format!("`{written}` is too pale to be read on white; take a darker one"));
        }
        Ok(Self(colour))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accent(written: &str) -> Result<Accent, String> {
        Accent::try_from(written.to_owned())
    }

    #[test]
    fn a_colour_is_one_that_can_be_read() {
        assert_eq!(accent("#0B5A7A").unwrap().to_string(), "#0b5a7a");
        assert!(accent("#ffe000").unwrap_err().contains("too pale"));
        for no_colour in ["blue", "#12345", "#12345g", "0b5a7a0", "#é1234"] {
            assert!(accent(no_colour).unwrap_err().contains("no colour"), "{no_colour}");
        }
    }

    #[test]
    fn a_dark_colour_is_lightened_for_dark_screens() {
        let dark = [0x16; 3];
        let light = accent("#0b1a7a").unwrap().on_dark(dark);
        assert!(contrast(light.0, dark) >= LEAST_CONTRAST);
        assert!(contrast([255; 3], [0; 3]) > 20.9);
    }

    #[test]
    fn pictures_are_known_by_their_first_bytes() {
        let kind = |bytes: &[u8]| Logo::new(bytes.to_vec()).map(|logo| logo.media_type);
        assert_eq!(kind(b"\x89PNG\r\n"), Some("image/png"));
        assert_eq!(kind(b"<?xml version='1.0'?><svg xmlns='x'/>"), Some("image/svg+xml"));
        assert_eq!(kind(b"%PDF-1.7"), None);
    }
}
