//! How text is encoded, found over all of it, and UTF-8 made of it.
//!
//! Where it is stated, by a byte order mark or by the user, that holds. Text that is valid UTF-8 to
//! its end, or to a character that it ends in, is UTF-8. For the rest, all lines that are not say together what fits
//! best.

mod assumed;
mod coding;
mod scan;
mod western;

use std::io::{Cursor, Read};

use assumed::Assumed;
use coding::{Coding, Invalid, cut_character};
use scan::Scan;

use super::doubt::{Doubt, Evidence};
use super::error::ReadError;
use super::source::Source;

const MARK: &[u8] = "\u{feff}".as_bytes();

/// How the text of an input is encoded.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Encoding {
    /// What it is called: `UTF-8`, `Windows-1252`.
    pub name: &'static str,
    /// Whether the input starts with a byte order mark.
    pub byte_order_mark: bool,
    /// Whether nothing states it, and it is what fits best.
    pub guessed: bool,
    /// Places with bytes that are no text in it.
    pub invalid: u64,
    #[serde(skip)]
    coding: Coding,
    /// Whether all bytes are known to be UTF-8 as they are.
    #[serde(skip)]
    is_plain: bool,
    /// Whether they are only taken to be, until a reading says otherwise.
    #[serde(skip)]
    is_assumed: bool,
}

impl Encoding {
    /// Takes what was opened for UTF-8, if its first bytes are: for one who reads all of it and then asks
    /// whether it [was](Encoding::was_assumed). None where it must be looked for.
    pub(crate) fn assume(source: &Source) -> Option<Self> {
        let prefix = &source.prefix;
        let whole = prefix.len() - cut_character(prefix);
        let fits = utf16(prefix).is_none() && simdutf8::basic::from_utf8(&prefix[..whole]).is_ok();
        let coding = Coding::Utf8(Invalid::Replaced);
        (!source.complete && source.origin.is_repeatable() && fits).then(|| Self {
            is_plain: true,
            is_assumed: true,
            ..Self::stated(coding, prefix)
        })
    }

    /// Whether it was only taken for UTF-8.
    pub(crate) fn was_assumed(&self) -> bool {
        self.is_assumed
    }

    /// The same, now that all of it was read and is UTF-8.
    pub(crate) fn confirmed(self) -> Self {
        Self { is_assumed: false, ..self }
    }

    /// Finds the encoding of what was opened, unless it is `named`.
    ///
    /// # Errors
    /// If there is no encoding of that name, or reading fails.
    pub(crate) fn find(source: &Source, named: Option<&str>) -> Result<Self, ReadError> {
        let origin = &source.origin;
        if let Some(label) = named {
            let coding = Coding::named(label).ok_or_else(|| ReadError::UnknownEncoding {
                path: origin.path.clone(),
                name: label.to_owned(),
            })?;
            return Ok(Self::stated(coding, &source.prefix));
        }
        if let Some(coding) = utf16(&source.prefix) {
            return Ok(Self::stated(coding, &source.prefix));
        }
        let all = source.complete || origin.is_repeatable();
        let scan = match all && !source.complete {
            true => {
                let Source { prefix, rest, .. } = origin.open()?;
                Scan::of(Cursor::new(prefix).chain(rest))
            }
            false if source.complete => Scan::of(&source.prefix[..]),
            false => {
                let whole = source.prefix.len() - cut_character(&source.prefix);
                Scan::of(&source.prefix[..whole])
            }
        };
        let coding = match all || !scan.is_ascii() {
            true => scan.coding(),
            // What comes later is not known yet, and must not cost anything.
            false => Coding::Utf8(Invalid::Windows1252),
        };
        Ok(Self {
            name: coding.name(),
            byte_order_mark: source.prefix.starts_with(MARK),
            guessed: !matches!(coding, Coding::Utf8(_)),
            invalid: scan.invalid_in(coding),
            coding,
            is_plain: all && scan.invalid == 0,
            is_assumed: false,
        })
    }

    fn stated(coding: Coding, prefix: &[u8]) -> Self {
        let marks: [&[u8]; 3] = [MARK, b"\xff\xfe", b"\xfe\xff"];
        Self {
            name: coding.name(),
            byte_order_mark: marks.iter().any(|mark| prefix.starts_with(mark)),
            guessed: false,
            invalid: 0,
            coding,
            is_plain: false,
            is_assumed: false,
        }
    }

    /// The same input, in UTF-8 and without a byte order mark.
    ///
    /// # Errors
    /// If reading fails.
    pub(crate) fn decode(&self, source: Source) -> Result<Source, ReadError> {
        let mut source = match self.is_plain {
            true if self.is_assumed => {
                let readings = source.origin.readings.clone();
                source.through(|raw| Box::new(Assumed::new(raw, readings)))?
            }
            true => source,
            false => {
                let readings = source.origin.readings.clone();
                source.through(|raw| self.coding.decode(raw, move || readings.tell_cut()))?
            }
        };
        if source.prefix.starts_with(MARK) {
            source.prefix.drain(..MARK.len());
        }
        Ok(source)
    }

    /// What people want to know of it.
    pub(crate) fn fact(&self) -> String {
        let mark = if self.byte_order_mark { " with byte order mark" } else { "" };
        let guessed = match self.coding {
            Coding::Utf8(Invalid::Windows1252) if self.invalid > 0 => " mixed with Windows-1252",
            _ if self.guessed => ", which fits best; --encoding NAME overrules it",
            _ => "",
        };
        format!("{}{mark}{guessed}", self.name)
    }

    /// What is doubtful about it; `rows` are the first of the text.
    pub(crate) fn doubt(&self, rows: &[Vec<String>]) -> Option<Doubt> {
        let words = || rows.iter().flatten().flat_map(|cell| cell.split_whitespace());
        match (self.coding, self.invalid) {
            (Coding::Utf8(_), 0) => None,
            (Coding::Utf8(Invalid::Replaced), places) => {
                let mut evidence = Evidence { count: places, ..Evidence::default() };
                let lost = words().filter(|word| word.contains('\u{fffd}'));
                lost.for_each(|word| evidence.keep(word));
                Some(Doubt::InvalidText { encoding: self.name.to_owned(), evidence })
            }
            (Coding::Utf8(Invalid::Windows1252), _) => {
                let encoding = format!("{} with Windows-1252 in it", self.name);
                Some(Doubt::Encoding { encoding, evidence: beyond_ascii(words()) })
            }
            _ if self.guessed => Some(Doubt::Encoding {
                encoding: self.name.to_owned(),
                evidence: beyond_ascii(words()),
            }),
            _ => None,
        }
    }
}

/// Words with letters beyond ASCII, by which people see whether the encoding is right.
fn beyond_ascii<'w>(words: impl Iterator<Item = &'w str>) -> Evidence {
    let mut evidence = Evidence::default();
    words.filter(|word| !word.is_ascii()).for_each(|word| evidence.look_at(word, true));
    evidence
}

/// UTF-16, stated by a byte order mark or by a NUL in every second place.
fn utf16(prefix: &[u8]) -> Option<Coding> {
    let (little, big) = (Coding::Web(encoding_rs::UTF_16LE), Coding::Web(encoding_rs::UTF_16BE));
    match prefix {
        [0xff, 0xfe, ..] => return Some(little),
        [0xfe, 0xff, ..] => return Some(big),
        _ => {}
    }
    let nul = |first: usize| prefix.iter().skip(first).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd, half) = (nul(0), nul(1), prefix.len() / 2);
    // In text, most characters are ASCII, and none is NUL.
    match () {
        () if odd * 2 > half && even * 20 < odd => Some(little),
        () if even * 2 > half && odd * 20 < even => Some(big),
        () => None,
    }
}
