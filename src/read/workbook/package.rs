//! What kind of workbook some bytes are, and whether it is safe to unpack.
//!
//! Most workbooks are ZIP archives of XML. What their directory says of sizes may be a lie, so the
//! parts that will be read are unpacked once to nowhere, before anything is held of them.

use std::io::{Cursor, Read};
use std::sync::Arc;

use memchr::memchr_iter;
use zip::ZipArchive;
use zip::result::ZipError;

/// The bytes of a workbook, for all its readings.
pub(super) type Bytes = Cursor<Arc<[u8]>>;

/// Why a workbook cannot be read, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trouble {
    /// In words that go on from "the workbook cannot be read:".
    pub(super) problem: String,
    pub(super) remedy: &'static str,
}

/// How a workbook is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkbookKind {
    /// Excel from 2007 on.
    Xlsx,
    /// The same in binary.
    Xlsb,
    /// Excel before 2007.
    Xls,
    /// OpenDocument: LibreOffice, OpenOffice.
    Ods,
}

pub(super) const SAVE_AS_CSV: &str = "open it and save it as CSV UTF-8";
const SAVE_ANEW: &str = "open it and save it anew as .xlsx, or as CSV UTF-8";

/// Unpacked bytes that are never too many, and unpacked bytes a packed one where there are more:
/// tables pack to a tenth, empty cells with borders to a fiftieth, zeros to a thousandth.
const FREE_BYTES: u64 = 64 << 20;
const MAX_RATIO: u64 = 250;

/// Unpacked bytes of a workbook at most. A sheet of a million rows has about one GB.
const MAX_BYTES: u64 = 4 << 30;

/// Bytes between two marks of XML at most, as parsers hold them: Excel's cells have 32,767
/// characters.
const MAX_RUN: u64 = 16 << 20;

impl WorkbookKind {
    /// What people call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "Excel workbook (.xlsx)",
            Self::Xlsb => "binary Excel workbook (.xlsb)",
            Self::Xls => "old Excel workbook (.xls)",
            Self::Ods => "OpenDocument spreadsheet (.ods)",
        }
    }
}

/// Finds the kind of a ZIP archive by what is in it, and makes sure that it can be unpacked.
pub(super) fn check(bytes: Bytes) -> Result<WorkbookKind, Trouble> {
    let packed = bytes.get_ref().len() as u64;
    let mut archive = ZipArchive::new(bytes).map_err(|error| damaged(&error))?;
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
    let kind = kind(&names)?;
    let mut total = 0;
    for name in names.iter().filter(|name| is_read(name)) {
        let part = archive.by_name(name).map_err(|error| damaged(&error))?;
        total = measure(part, name, (packed, total))?;
    }
    Ok(kind)
}

fn kind(names: &[String]) -> Result<WorkbookKind, Trouble> {
    let has = |ending: &str| names.iter().any(|name| name.ends_with(ending));
    let other = |what: &str, remedy| Trouble { problem: format!("it is {what}"), remedy };
    if has("workbook.bin") {
        Ok(WorkbookKind::Xlsb)
    } else if has("workbook.xml") || has("xl/_rels/workbook.xml.rels") {
        Ok(WorkbookKind::Xlsx)
    } else if has("word/document.xml") {
        Err(other(
            "a Word document",
            "copy its table into a spreadsheet and save that as CSV UTF-8",
        ))
    } else if has("ppt/presentation.xml") {
        Err(other("a PowerPoint presentation", "export the feedback as CSV UTF-8"))
    } else if names.iter().any(|name| name == "content.xml") {
        Ok(WorkbookKind::Ods)
    } else if has(".iwa") {
        Err(other("a document of Apple Numbers or Pages", "export it as CSV or Excel"))
    } else {
        let some = names.iter().take(3).map(|name| format!("{name:?}")).collect::<Vec<_>>();
        let problem = format!("it is a ZIP archive of {} files: {}", names.len(), some.join(", "));
        Err(Trouble { problem, remedy: "unpack it first and name the files in it" })
    }
}

/// Whether a part of the archive is read: pictures and the like are not.
fn is_read(name: &str) -> bool {
    [".xml", ".rels", ".bin"].iter().any(|ending| name.to_ascii_lowercase().ends_with(ending))
        && !name.contains("vbaProject")
}

/// Unpacks a part to nowhere. `total` bytes came before; gives their sum.
fn measure(
    mut part: impl Read,
    name: &str,
    (packed, mut total): (u64, u64),
) -> Result<u64, Trouble> {
    let is_xml = !name.ends_with(".bin");
    let mut buffer = vec![0; 64 * 1024];
    let (mut length, mut run, mut stated) = (0, 0, None);
    loop {
        let read = part.read(&mut buffer).map_err(|error| damaged(&error))?;
        if read == 0 {
            break;
        }
        let chunk = &buffer[..read];
        if length == 0 && name.ends_with("haredStrings.xml") {
            stated = stated_texts(chunk);
        }
        length += read as u64;
        total += read as u64;
        if is_xml {
            run = open_run(chunk, run)?;
        }
        if total > FREE_BYTES && total / packed.max(1) > MAX_RATIO || total > MAX_BYTES {
            return Err(Trouble {
                problem: format!(
                    "it unpacks to more than {MAX_RATIO} times its size or {} GB, as no table does",
                    MAX_BYTES >> 30
                ),
                remedy: SAVE_AS_CSV,
            });
        }
    }
    // Every text has a tag of its own.
    if stated.is_some_and(|texts| texts > length) {
        return Err(damaged(&"it counts more texts than it has room for"));
    }
    Ok(total)
}

/// How many bytes came since the last mark of XML, where `run` came before the chunk.
fn open_run(chunk: &[u8], run: u64) -> Result<u64, Trouble> {
    let (mut open, mut from, mut longest) = (run, 0, 0);
    for at in memchr_iter(b'<', chunk) {
        longest = longest.max(open + (at - from) as u64);
        (open, from) = (0, at);
    }
    open += (chunk.len() - from) as u64;
    if longest.max(open) > MAX_RUN {
        let problem = format!("a cell of it holds more than {} MB", MAX_RUN >> 20);
        return Err(Trouble { problem, remedy: "shorten the cell; no customer writes so much" });
    }
    Ok(open)
}

/// How many texts a table of texts says it has.
fn stated_texts(start: &[u8]) -> Option<u64> {
    let start = String::from_utf8_lossy(start);
    let (_, rest) = start.split_once("uniqueCount=")?;
    let digits = rest.trim_start_matches(['"', '\'']);
    let end = digits.find(|c: char| !c.is_ascii_digit()).unwrap_or(digits.len());
    // So many that they do not fit a number are too many.
    Some(digits[..end].parse().unwrap_or(u64::MAX)).filter(|_| end > 0)
}

fn damaged(error: &dyn std::fmt::Display) -> Trouble {
    Trouble { problem: format!("it is damaged ({error})"), remedy: SAVE_ANEW }
}

impl From<calamine::XlsxError> for Trouble {
    fn from(error: calamine::XlsxError) -> Self {
        match error {
            calamine::XlsxError::Password => Self::password(),
            other => damaged(&other),
        }
    }
}

impl From<calamine::XlsbError> for Trouble {
    fn from(error: calamine::XlsbError) -> Self {
        match error {
            calamine::XlsbError::Password => Self::password(),
            other => damaged(&other),
        }
    }
}

impl From<calamine::XlsError> for Trouble {
    fn from(error: calamine::XlsError) -> Self {
        match error {
            calamine::XlsError::Password => Self::password(),
            other => damaged(&other),
        }
    }
}

impl From<quick_xml::Error> for Trouble {
    fn from(error: quick_xml::Error) -> Self {
        damaged(&error)
    }
}

impl From<ZipError> for Trouble {
    fn from(error: ZipError) -> Self {
        damaged(&error)
    }
}

impl Trouble {
    /// That it is damaged, and how.
    pub(super) fn damaged(how: &str) -> Self {
        damaged(&how)
    }

    /// That it has more rows or columns than a table can have, or a row that is too long.
    pub(super) fn too_large() -> Self {
        let problem = "it has more rows, columns or text than a sheet can hold".to_owned();
        Self { problem, remedy: SAVE_AS_CSV }
    }

    /// That it has more bytes than are held in memory.
    pub(super) fn heavy() -> Self {
        let problem = format!("it is larger than {} MB", super::MAX_BYTES >> 20);
        Self { problem, remedy: "save its sheets of feedback as CSV UTF-8" }
    }

    fn password() -> Self {
        let problem = "it is protected by a password".to_owned();
        Self { problem, remedy: "open it and save it without a password, or as CSV UTF-8" }
    }
}
