//! An open workbook of any kind: its sheets, and their rows one at a time.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, Reader, SheetVisible, Xls, Xlsb, XlsbError, Xlsx, XlsxError};

use super::cell::Cell;
use super::open_document::OpenDocument;
use super::package::{Bytes, Trouble, WorkbookKind};
use super::sheet::{MAX_COLUMNS, MAX_ROWS, SheetName, SheetRow};

/// An open workbook.
pub(super) enum Book {
    Xlsx(Xlsx<Bytes>),
    Xlsb(Xlsb<Bytes>),
    Xls(Xls<Bytes>),
    Ods(OpenDocument),
}

/// Puts cells together to rows.
struct Rows<'t> {
    row: SheetRow,
    take: &'t mut dyn FnMut(SheetRow) -> ControlFlow<()>,
}

/// Runs a parser that may give up on damaged bytes instead of saying what is wrong with them.
pub(super) fn guarded<T>(parse: impl FnOnce() -> Result<T, Trouble>) -> Result<T, Trouble> {
    // What it was working on is not looked at again.
    catch_unwind(AssertUnwindSafe(parse)).unwrap_or_else(|_| {
        Err(Trouble::damaged("in a way that the parser of its format does not expect"))
    })
}

impl Book {
    /// Opens a workbook of a known kind.
    pub(super) fn open(kind: WorkbookKind, bytes: Bytes) -> Result<Self, Trouble> {
        Ok(match kind {
            WorkbookKind::Xlsx => Self::Xlsx(Xlsx::new(bytes)?),
            WorkbookKind::Xlsb => Self::Xlsb(Xlsb::new(bytes)?),
            WorkbookKind::Xls => Self::Xls(Xls::new(bytes)?),
            WorkbookKind::Ods => Self::Ods(OpenDocument::open(bytes)?),
        })
    }

    /// All sheets in their order.
    pub(super) fn sheets(&self) -> Vec<SheetName> {
        let sheets = match self {
            Self::Xlsx(book) => book.sheets_metadata(),
            Self::Xlsb(book) => book.sheets_metadata(),
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => return book.sheets().to_vec(),
        };
        let sheets = sheets.iter();
        sheets
            .map(|sheet| SheetName {
                name: sheet.name.clone(),
                hidden: sheet.visible != SheetVisible::Visible,
            })
            .collect()
    }

    /// Hands the rows of a sheet that hold something to `take` until it breaks.
    pub(super) fn rows(
        &mut self,
        (number, name): (usize, &str),
        take: &mut dyn FnMut(SheetRow) -> ControlFlow<()>,
    ) -> Result<(), Trouble> {
        let mut rows = Rows::new(take);
        match self {
            Self::Xlsx(book) => xlsx(book, name, &mut rows)?,
            Self::Xlsb(book) => xlsb(book, name, &mut rows)?,
            Self::Xls(book) => {
                let range = book.worksheet_range(name)?;
                let (top, left) = range.start().unwrap_or_default();
                for (row, column, value) in range.used_cells() {
                    let at = (u64::from(top) + row as u64, u64::from(left) + column as u64);
                    if rows.add(at, || Cell::of_old_excel(value))?.is_break() {
                        return Ok(());
                    }
                }
            }
            Self::Ods(book) => return book.rows(number, take),
        }
        let _ = rows.hand_over();
        Ok(())
    }
}

fn xlsx(book: &mut Xlsx<Bytes>, name: &str, rows: &mut Rows) -> Result<(), Trouble> {
    let mut cells = match book.worksheet_cells_reader(name) {
        // A sheet of charts has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        other => other?,
    };
    loop {
        let added = match cells.next_cell() {
            Ok(Some(cell)) => {
                rows.add(at(cell.get_position()), || Cell::of_excel(cell.get_value()))?
            }
            Ok(None) => return Ok(()),
            // An error value that is newer than the parser: its place is not known, but that of the next is.
            Err(XlsxError::CellError(_)) => ControlFlow::Continue(()),
            Err(error) => return Err(error.into()),
        };
        if added.is_break() {
            return Ok(());
        }
    }
}

fn xlsb(book: &mut Xlsb<Bytes>, name: &str, rows: &mut Rows) -> Result<(), Trouble> {
    let mut cells = book.worksheet_cells_reader(name)?;
    loop {
        let cell: Result<_, XlsbError> = cells.next_cell();
        let Some(cell) = cell? else { return Ok(()) };
        let value: &DataRef = cell.get_value();
        if rows.add(at(cell.get_position()), || Cell::of_excel(value))?.is_break() {
            return Ok(());
        }
    }
}

fn at((row, column): (u32, u32)) -> (u64, u64) {
    (row.into(), column.into())
}

impl<'t> Rows<'t> {
    fn new(take: &'t mut dyn FnMut(SheetRow) -> ControlFlow<()>) -> Self {
        Self { row: SheetRow { number: 0, cells: Vec::new() }, take }
    }

    /// Takes the cell at a row and column, both from 0; breaks where no more rows are wanted.
    fn add(
        &mut self,
        (row, column): (u64, u64),
        cell: impl FnOnce() -> Option<Cell>,
    ) -> Result<ControlFlow<()>, Trouble> {
        if row >= MAX_ROWS || column >= MAX_COLUMNS {
            return Err(Trouble::too_large());
        }
        let mut flow = ControlFlow::Continue(());
        if row + 1 != self.row.number {
            flow = self.hand_over();
            self.row.number = row + 1;
        }
        if flow.is_break() {
            return Ok(flow);
        }
        if let Some(cell) = cell() {
            self.row.cells.push((column as usize, cell));
        }
        Ok(flow)
    }

    fn hand_over(&mut self) -> ControlFlow<()> {
        let mut cells = std::mem::take(&mut self.row.cells);
        if cells.is_empty() {
            return ControlFlow::Continue(());
        }
        // A place that a damaged file gives twice counts once.
        cells.sort_by_key(|(column, _)| *column);
        cells.dedup_by_key(|(column, _)| *column);
        (self.take)(SheetRow { number: self.row.number, cells })
    }
}
