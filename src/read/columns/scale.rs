//! Scales of ratings: that of a column, and the one to which those of several inputs are brought.

use super::content::ColumnContent;
use crate::read::value;

/// Share of ratings that must be on a scale where many are known, and where few are.
const NEARLY_ALL: f64 = 0.9;
const MOST: f64 = 0.5;

/// Lowest and highest possible rating, given those of the sample: 1 or 0 to 5, 10 or 100. A few
/// slips of the pen do not stretch it.
pub(crate) fn rating_scale(column: &ColumnContent) -> (f64, f64) {
    let scores: Vec<f64> =
        column.cells.iter().filter_map(|cell| value::score(cell)).filter(|&s| s >= 0.0).collect();
    let up_to_ten = || scores.iter().copied().filter(|&score| score <= 10.0);
    let expected = if column.has_many() { NEARLY_ALL } else { MOST };
    if (up_to_ten().count() as f64) < expected * scores.len() as f64 {
        return (0.0, 100.0);
    }
    let lowest = if up_to_ten().any(|score| score < 1.0) { 0.0 } else { 1.0 };
    let highest = if up_to_ten().all(|score| score <= 5.0) { 5.0 } else { 10.0 };
    (lowest, highest)
}

/// The scale to which ratings on all of these are brought: the one with the most steps, and of
/// those the one that starts lowest. The set of scales decides, not their order.
pub fn common_scale(scales: impl IntoIterator<Item = (f64, f64)>) -> Option<(f64, f64)> {
    scales.into_iter().max_by(|a, b| {
        let steps = |(lowest, highest): &(f64, f64)| highest - lowest;
        steps(a).total_cmp(&steps(b)).then(b.0.total_cmp(&a.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_common_scale_has_the_most_steps_whatever_the_order() {
        let scales = [(1.0, 5.0), (0.0, 10.0), (1.0, 10.0), (0.0, 5.0)];
        for shift in 0..scales.len() {
            let mut turned = scales;
            turned.rotate_left(shift);
            assert_eq!(common_scale(turned), Some((0.0, 10.0)));
            turned.reverse();
            assert_eq!(common_scale(turned), Some((0.0, 10.0)));
        }
        assert_eq!(common_scale([(1.0, 6.0), (0.0, 5.0)]), Some((0.0, 5.0)));
        assert_eq!(common_scale([(0.0, 5.0), (1.0, 6.0)]), Some((0.0, 5.0)));
        assert_eq!(common_scale([]), None);
    }
}
