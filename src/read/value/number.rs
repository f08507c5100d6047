//! Cells → numbers, and numbers → cells.

/// Digits to which spreadsheets compute.
const DIGITS: usize = 15;

/// A number and nothing else, with a decimal point or comma.
pub(crate) fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    let starts_one = |&first: &u8| first.is_ascii_digit() || b"+-.,".contains(&first);
    if !cell.bytes().next().as_ref().is_some_and(starts_one)
        || !cell.bytes().any(|b| b.is_ascii_digit())
    {
        return None;
    }
    let number: f64 = match cell.parse() {
        Ok(number) => number,
        Err(_) => cell.replacen(',', ".", 1).parse().ok()?,
    };
    number.is_finite().then_some(number)
}

/// A number as people see it where no format hides a part of it: no `.0`, no `4.4000000000000004`.
/// Nothing where it is none.
pub(crate) fn number_text(number: f64) -> String {
    if number.is_nan() {
        return String::new();
    }
    let rounded = format!("{number:.*e}", DIGITS - 1).parse().unwrap_or(number);
    format!("{rounded}")
}

/// A truth as Excel writes it into CSV files.
pub(crate) fn truth_text(truth: bool) -> String {
    if truth { "TRUE" } else { "FALSE" }.to_owned()
}
