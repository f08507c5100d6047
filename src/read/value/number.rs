//! Cells → numbers.

/// A number and nothing else, with a decimal point or comma.
pub(crate) fn number(cell: &str) -> Option<f64> {
    let cell = cell.trim();
    if !cell.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: f64 = match cell.parse() {
        Ok(number) => number,
        Err(_) => cell.replacen(',', ".", 1).parse().ok()?,
    };
    number.is_finite().then_some(number)
}
