//! A sheet that is a table below its title.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

/// Rows above those of a table: its title, what it shows, a blank one, and the names of the columns.
pub(super) const ABOVE: u32 = 4;

/// Height of a line in points, lines of the names of columns, and of a row at most: not all programs find out by
/// themselves how high a row must be.
const LINE: f64 = 15.0;
const HEADING_LINES: f64 = 3.0;
const MAX_LINES: f64 = 20.0;

/// Paper as Excel counts its sizes.
pub(super) const A4: u8 = 9;

/// UTF-16 units of a cell at most; Excel takes 32,767.
const MAX_UNITS: usize = 32_000;

/// What stands for the rest of a longer one.
const CUT: &str = " […]";

/// What is told first, and names of columns: the colour of the report's headings.
pub(super) const DARK: u32 = 0x1F_2A_44;

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Nothing: unknown or undefined.
    Empty,
    /// Words, possibly of a customer. Never a formula, whatever they start with.
    Text(String),
    /// A figure.
    Number(f64),
}

/// How the cells of a column show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// Words.
    Text,
    /// Whole numbers.
    Count,
    /// Shares of 1, as percent.
    Share,
    /// Hundred times a balance from −1 to 1, with its sign.
    Balance,
    /// Numbers with two decimals.
    Decimal,
}

/// A column of a table.
pub(super) struct Column {
    pub(super) name: String,
    /// In characters.
    pub(super) width: f64,
    pub(super) shown: Shown,
}

/// A table with a sheet of its own.
pub(super) struct Table {
    /// What the sheet is called, in 31 characters at most.
    pub(super) name: &'static str,
    pub(super) title: String,
    pub(super) about: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Value>>,
}

impl Shown {
    /// The cell's format.
    fn format(self) -> Format {
        let top = Format::new().set_align(FormatAlign::Top);
        match self {
            Self::Text => top.set_text_wrap().set_align(FormatAlign::Left).set_indent(1),
            Self::Count => top.set_num_format("#,##0"),
            Self::Share => top.set_num_format("0.0%"),
            Self::Balance => top.set_num_format("+0.0;\u{2212}0.0;0.0"),
            Self::Decimal => top.set_num_format("0.00"),
        }
    }
}

impl Value {
    /// A share, a balance, a count: whatever is finite.
    pub(super) fn number(number: f64) -> Self {
        if number.is_finite() { Self::Number(number) } else { Self::Empty }
    }

    /// Words, if there are any.
    pub(super) fn maybe(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.into()))
    }
}

impl Table {
    /// Writes the table to its sheet: frozen and filtered at the names of its columns, and printed on pages as wide
    /// as it is.
    pub(super) fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_name(self.name)?;
        heading(sheet, &self.title, &self.about)?;
        let names = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Bottom)
            .set_font_color(DARK)
            .set_border_bottom(FormatBorder::Medium);
        let names_of_figures = names.clone().set_align(FormatAlign::Right);
        let names = names.set_align(FormatAlign::Left).set_indent(1);
        for (at, column) in (0..).zip(&self.columns) {
            sheet.set_column_width(at, column.width)?;
            let names = if column.shown == Shown::Text { &names } else { &names_of_figures };
            sheet.write_string_with_format(ABOVE - 1, at, &column.name, names)?;
            let format = column.shown.format();
            for (line, row) in (ABOVE..).zip(&self.rows) {
                put(sheet, (line, at), &row[usize::from(at)], &format)?;
            }
        }
        sheet.set_row_height(ABOVE - 1, LINE * HEADING_LINES)?;
        for (line, row) in (ABOVE..).zip(&self.rows) {
            sheet.set_row_height(line, LINE * self.lines(row))?;
        }
        sheet.set_freeze_panes(ABOVE, 1)?;
        let last = self.columns.len().saturating_sub(1) as u16;
        sheet.autofilter(ABOVE - 1, 0, self.last_row(), last)?;
        sheet.set_repeat_rows(ABOVE - 1, ABOVE - 1)?;
        sheet.set_paper_size(A4).set_landscape().set_print_fit_to_pages(1, 0);
        Ok(())
    }

    /// Lines of the longest text of a row, as far as characters tell.
    fn lines(&self, row: &[Value]) -> f64 {
        let lines = row.iter().zip(&self.columns).map(|(value, column)| match value {
            Value::Text(text) => text
                .lines()
                .map(|line| (line.chars().count() as f64 / column.width).ceil().max(1.0))
                .sum(),
            _ => 1.0,
        });
        lines.fold(1.0, f64::max).min(MAX_LINES)
    }

    /// The row of the last of `most` rows at most.
    pub(super) fn last_of(&self, most: usize) -> u32 {
        ABOVE + self.rows.len().clamp(1, most) as u32 - 1
    }

    fn last_row(&self) -> u32 {
        self.last_of(usize::MAX)
    }

    /// The place of the column that is called so.
    pub(super) fn column(&self, name: &str) -> Option<u16> {
        self.columns.iter().position(|column| column.name == name).map(|at| at as u16)
    }
}

/// The title of a sheet, and what it shows.
pub(super) fn heading(sheet: &mut Worksheet, title: &str, about: &str) -> Result<(), XlsxError> {
    let large = Format::new().set_bold().set_font_size(16).set_font_color(DARK);
    sheet.write_string_with_format(0, 0, title, &large)?;
    let quiet = Format::new().set_font_color(0x55_55_55);
    sheet.write_string_with_format(1, 0, about, &quiet)?;
    Ok(())
}

/// Writes a cell.
pub(super) fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    value: &Value,
    format: &Format,
) -> Result<(), XlsxError> {
    match value {
        Value::Empty => {}
        Value::Text(text) => {
            sheet.write_string_with_format(row, column, fitting(text), format)?;
        }
        Value::Number(number) => {
            sheet.write_number_with_format(row, column, *number, format)?;
        }
    }
    Ok(())
}

/// As much of a text as a cell takes.
fn fitting(text: &str) -> Cow<'_, str> {
    let mut units = 0;
    let is_beyond = |c: char| {
        units += c.len_utf16();
        units > MAX_UNITS
    };
    text.find(is_beyond).map_or(text.into(), |end| format!("{}{CUT}", &text[..end]).into())
}

/// The format of a figure that stands alone.
pub(super) fn figure(shown: Shown) -> Format {
    shown.format().set_align(FormatAlign::Left)
}
