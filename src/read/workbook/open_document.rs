//! The sheets of an OpenDocument spreadsheet, a row at a time.
//!
//! What is repeated stands once, with a count: a few bytes may stand for a billion cells, so a row is
//! unfolded only as far as it holds something, and rows only as they are taken.

use std::collections::HashSet;
use std::io::{BufReader, Read};
use std::ops::ControlFlow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::cell::Cell;
use super::package::{Bytes, Trouble};
use super::sheet::{MAX_COLUMNS, MAX_ROWS, SheetName, SheetRow};
use crate::read::MAX_CELL_BYTES;
use crate::read::value::truth_text;

/// Bytes of repeated rows at most: nobody fills so many by a count.
const MAX_COPIED: u64 = 256 << 20;

/// An open document.
pub(super) struct OpenDocument {
    archive: ZipArchive<Bytes>,
    sheets: Vec<SheetName>,
}

/// Its content as a stream of marks and texts.
struct Content<R: Read> {
    xml: Reader<BufReader<R>>,
    buffer: Vec<u8>,
}

/// What a mark or text means to a table.
enum Part {
    Open(BytesStart<'static>),
    Close(String),
    Text(String),
    End,
}

impl OpenDocument {
    /// Opens it and finds its sheets.
    pub(super) fn open(bytes: Bytes) -> Result<Self, Trouble> {
        let mut archive = ZipArchive::new(bytes)?;
        let sheets = sheets(&mut archive)?;
        Ok(Self { archive, sheets })
    }

    /// All sheets.
    pub(super) fn sheets(&self) -> &[SheetName] {
        &self.sheets
    }

    /// Hands the rows of a sheet that hold something to `take` until it breaks.
    pub(super) fn rows(
        &mut self,
        sheet: usize,
        take: &mut dyn FnMut(SheetRow) -> ControlFlow<()>,
    ) -> Result<(), Trouble> {
        let mut content = Content::open(&mut self.archive)?;
        let mut number = 0;
        loop {
            match content.next()? {
                Part::Open(tag) if tag.name().as_ref() == "table:table" => {
                    if number == sheet {
                        return content.table(take);
                    }
                    number += 1;
                }
                Part::End => return Ok(()),
                _ => {}
            }
        }
    }
}

/// The names of the sheets, in their order, and whether they are hidden.
fn sheets(archive: &mut ZipArchive<Bytes>) -> Result<Vec<SheetName>, Trouble> {
    let mut content = Content::open(archive)?;
    let (mut sheets, mut hidden, mut style) = (Vec::new(), HashSet::new(), String::new());
    loop {
        match content.next()? {
            Part::Open(tag) => match tag.name().as_ref() {
                "style:style" => style = attribute(&tag, "style:name")?.unwrap_or_default(),
                "style:table-properties"
                    if attribute(&tag, "table:display")?.as_deref() == Some("false") =>
                {
                    hidden.insert(style.clone());
                }
                "table:table" => {
                    let style = attribute(&tag, "table:style-name")?.unwrap_or_default();
                    let name = attribute(&tag, "table:name")?;
                    let name = name.unwrap_or_else(|| format!("Sheet{}", sheets.len() + 1));
                    sheets.push(SheetName { name, hidden: hidden.contains(&style) });
                }
                _ => {}
            },
            Part::End => return Ok(sheets),
            _ => {}
        }
    }
}

impl<'a> Content<Box<dyn Read + 'a>> {
    fn open(archive: &'a mut ZipArchive<Bytes>) -> Result<Self, Trouble> {
        let part: Box<dyn Read + 'a> = Box::new(archive.by_name("content.xml")?);
        let mut xml = Reader::from_reader(BufReader::new(part));
        xml.config_mut().expand_empty_elements = true;
        Ok(Self { xml, buffer: Vec::new() })
    }
}

impl<R: Read> Content<R> {
    fn next(&mut self) -> Result<Part, Trouble> {
        loop {
            self.buffer.clear();
            return Ok(match self.xml.read_event_into(&mut self.buffer)? {
                Event::Start(tag) => Part::Open(tag.into_owned()),
                Event::End(tag) => Part::Close(tag.name().as_ref().to_owned()),
                Event::Text(text) => Part::Text(text.xml10_content().into_owned()),
                Event::CData(text) => Part::Text(text.xml10_content().into_owned()),
                Event::GeneralRef(name) => match name.resolve_char_ref()? {
                    Some(character) => Part::Text(character.to_string()),
                    None => Part::Text(entity(&name.xml10_content()).to_owned()),
                },
                Event::Eof => Part::End,
                _ => continue,
            });
        }
    }

    /// The rows of the table that was just opened.
    fn table(&mut self, take: &mut dyn FnMut(SheetRow) -> ControlFlow<()>) -> Result<(), Trouble> {
        let (mut number, mut copied) = (0, 0_u64);
        loop {
            match self.next()? {
                Part::Open(tag) if tag.name().as_ref() == "table:table-row" => {
                    let repeated = count(&tag, "table:number-rows-repeated")?;
                    let row = self.row()?;
                    if !row.is_empty() {
                        let bytes = row.iter().map(|(_, cell)| 8 + cell.text().len() as u64);
                        let bytes: u64 = bytes.sum();
                        copied =
                            copied.saturating_add(bytes.saturating_mul(repeated - repeated.min(1)));
                        if copied > MAX_COPIED {
                            return Err(Trouble::too_large());
                        }
                        for step in 1..=repeated {
                            if number + step > MAX_ROWS {
                                return Err(Trouble::too_large());
                            }
                            let row = SheetRow { number: number + step, cells: row.clone() };
                            if take(row).is_break() {
                                return Ok(());
                            }
                        }
                    }
                    number = number.saturating_add(repeated);
                }
                Part::Close(name) if name == "table:table" => return Ok(()),
                Part::End => return Err(Trouble::damaged("it ends within a table")),
                _ => {}
            }
        }
    }

    /// The filled cells of the row that was just opened, with their columns.
    fn row(&mut self) -> Result<Vec<(usize, Cell)>, Trouble> {
        let (mut cells, mut column, mut bytes) = (Vec::new(), 0_u64, 0);
        loop {
            match self.next()? {
                Part::Open(tag)
                    if ["table:table-cell", "table:covered-table-cell"]
                        .contains(&tag.name().as_ref()) =>
                {
                    let repeated = count(&tag, "table:number-columns-repeated")?;
                    if let Some(cell) = self.cell(&tag)? {
                        for step in 0..repeated {
                            bytes += if let Cell::Text(text) = &cell { text.len() } else { 1 };
                            if column + step >= MAX_COLUMNS || bytes > 3 * MAX_CELL_BYTES {
                                return Err(Trouble::too_large());
                            }
                            cells.push(((column + step) as usize, cell.clone()));
                        }
                    }
                    column = column.saturating_add(repeated);
                }
                Part::Close(name) if name == "table:table-row" => return Ok(cells),
                Part::End => return Err(Trouble::damaged("it ends within a row")),
                _ => {}
            }
        }
    }

    /// What the cell says that was just opened.
    fn cell(&mut self, tag: &BytesStart) -> Result<Option<Cell>, Trouble> {
        let text = self.paragraphs(tag.name().as_ref())?;
        if attribute(tag, "calcext:value-type")?.as_deref() == Some("error") {
            return Ok(Some(Cell::Error));
        }
        let kind = attribute(tag, "office:value-type")?;
        let value = match kind.as_deref() {
            Some("float" | "percentage" | "currency") => {
                attribute(tag, "office:value")?.and_then(|number| Cell::of_number(&number))
            }
            Some("boolean") => attribute(tag, "office:boolean-value")?
                .map(|truth| Cell::Text(truth_text(truth == "true"))),
            Some("date") => attribute(tag, "office:date-value")?
                .and_then(|date| Cell::of_text(date.strip_suffix("T00:00:00").unwrap_or(&date))),
            Some(_) => attribute(tag, "office:string-value")?.and_then(|text| Cell::of_text(&text)),
            None => return Ok(None),
        };
        Ok(value.or_else(|| Cell::of_text(&text)))
    }

    /// The paragraphs of an open cell, a line each. What is noted beside it is not its text.
    fn paragraphs(&mut self, cell: &str) -> Result<String, Trouble> {
        let (mut text, mut paragraphs, mut notes, mut within) = (String::new(), 0, 0, 0);
        loop {
            match self.next()? {
                Part::Open(tag) => match tag.name().as_ref() {
                    "office:annotation" => notes += 1,
                    _ if notes > 0 => {}
                    "text:p" => {
                        if paragraphs > 0 {
                            text.push('\n');
                        }
                        paragraphs += 1;
                        within += 1;
                    }
                    "text:s" => {
                        let spaces = count(&tag, "text:c")?.min(1_000);
                        text.extend((0..spaces).map(|_| ' '));
                    }
                    "text:tab" => text.push('\t'),
                    "text:line-break" => text.push('\n'),
                    _ => {}
                },
                Part::Close(name) if name == "office:annotation" => notes -= 1,
                Part::Close(name) if name == "text:p" && notes == 0 => within -= 1,
                Part::Close(name) if name == cell && notes <= 0 => return Ok(text),
                Part::Text(part) if notes == 0 && within > 0 => text.push_str(&part),
                Part::End => return Err(Trouble::damaged("it ends within a cell")),
                _ => {}
            }
            if text.len() > 3 * MAX_CELL_BYTES {
                return Err(Trouble::too_large());
            }
        }
    }
}

fn attribute(tag: &BytesStart, name: &str) -> Result<Option<String>, Trouble> {
    let attribute = tag.try_get_attribute(name).map_err(quick_xml::Error::from)?;
    let value = attribute.map(|own| own.normalized_value(XmlVersion::Implicit1_0));
    Ok(value.transpose()?.map(|value| value.into_owned()))
}

/// How often something is repeated: once where nothing is said of it.
fn count(tag: &BytesStart, name: &str) -> Result<u64, Trouble> {
    let Some(written) = attribute(tag, name)? else { return Ok(1) };
    written.parse().map_err(|_| Trouble::damaged("it repeats a cell without a number"))
}

/// The characters that XML has names for; others a spreadsheet does not use.
fn entity(name: &str) -> &'static str {
    match name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "\u{fffd}",
    }
}
