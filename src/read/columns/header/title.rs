//! Rows above the header: a title, when and by whom the table was exported, an empty line.

/// Rows that a title has at most.
const MOST: usize = 20;

/// Rows whose filled cells tell how wide a table is.
const ROWS: usize = 200;

/// How many of the first rows are a title. `names` says whether the columns are named from a row on.
pub(super) fn rows(rows: &[Vec<String>], columns: usize, names: impl Fn(usize) -> bool) -> usize {
    let width = usual_width(rows).min(columns);
    if width < 2 {
        return 0;
    }
    let narrow = rows.iter().take(MOST).take_while(|row| filled(row) * 2 <= width).count();
    // The header fills at least as many cells as the rows below it.
    let fits = |at: &usize| rows.get(*at).is_some_and(|row| filled(row) >= width);
    match narrow {
        0 => 0,
        narrow => Some(narrow).filter(|at| fits(at) && names(*at)).unwrap_or(0),
    }
}

/// The filled cells of most rows.
fn usual_width(rows: &[Vec<String>]) -> usize {
    let mut widths: Vec<usize> = rows.iter().take(ROWS).map(|row| filled(row)).collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).copied().unwrap_or(0)
}

fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !cell.trim().is_empty()).count()
}
