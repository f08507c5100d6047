//! Scales of ratings: that of a column, and the one to which those of several inputs are brought.

/// Share of ratings that must be on a scale where many are known, and where few are.
const NEARLY_ALL: f64 = 0.9;
const MOST: f64 = 0.5;

/// Ratings from which on it says something that none is higher.
const MANY: usize = 20;

/// Numbers that surveys write where there is no answer.
const CODES: &[f64] = &[
    -2_147_483_648.0,
    -9999.0,
    -999.0,
    -99.0,
    -98.0,
    -97.0,
    -9.0,
    -8.0,
    -7.0,
    -6.0,
    -5.0,
    -2.0,
    -1.0,
    66.0,
    77.0,
    88.0,
    97.0,
    98.0,
    99.0,
    777.0,
    888.0,
    997.0,
    998.0,
    999.0,
    9999.0,
];

/// What tells a scale that nothing else does.
const BASIS: &str = "as its values suggest";

/// The scale of a column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FoundScale {
    pub(crate) scale: (f64, f64),
    /// Another that fits as well.
    pub(crate) other: Option<(f64, f64)>,
    /// Numbers that stand for no rating.
    pub(crate) missing: Vec<f64>,
    /// What tells the scale.
    pub(crate) basis: &'static str,
}

impl FoundScale {
    fn new(scale: (f64, f64), basis: &'static str) -> Self {
        Self { scale, other: None, missing: Vec::new(), basis }
    }
}

/// The scale that names or cells tell as far as given, with what the values say of the rest.
pub(crate) fn within(values: &[f64], low: Option<f64>, high: Option<f64>) -> FoundScale {
    let high = high.unwrap_or(5.0);
    let below_one = values.iter().any(|&value| (0.0..1.0).contains(&value));
    let low = low.unwrap_or(if high > 10.0 || below_one { 0.0 } else { 1.0 });
    let mut found = FoundScale::new((low, high), "as its name or its cells say");
    found.missing = codes_beyond(values, low, high);
    if low > 0.0 && values.contains(&0.0) {
        found.missing.push(0.0);
    }
    let on_scale = values.iter().filter(|&&value| (low..=high).contains(&value)).count();
    if (on_scale as f64) < MOST * values.len() as f64
        && let Some(by_values) = of_values(values, false)
    {
        return FoundScale { other: Some((low, high)), ..by_values };
    }
    found
}

/// The scale of German school marks, of which the sixth is rare.
pub(crate) fn school_marks(values: &[f64]) -> FoundScale {
    let mut found = within(values, Some(1.0), Some(6.0));
    found.basis = "as school marks are";
    found
}

/// Lowest and highest possible rating, given some: 1 or 0 to 5, 10 or 100, or another that they fill. A
/// few slips of the pen do not stretch it. None if they are no ratings, but votes or differences.
pub(crate) fn of_values(values: &[f64], stars: bool) -> Option<FoundScale> {
    let many = values.len() >= MANY;
    let expected = if many { NEARLY_ALL } else { MOST };
    let mut missing: Vec<f64> =
        CODES.iter().copied().filter(|code| values.contains(code)).collect();
    let without = |missing: &[f64]| -> Vec<f64> {
        values.iter().copied().filter(|value| !missing.contains(value)).collect()
    };
    let wide = without(&missing).iter().any(|&value| value > 11.0);
    // On a scale to 100, 99 is a rating; votes go below zero.
    missing.retain(|&code| if wide { code <= -9.0 } else { true });
    let rest = without(&missing);
    let few = values.len() > rest.len() && (rest.len() as f64) < MOST * values.len() as f64;
    let negative = !rest.is_empty() && share(&rest, |value| value < 0.0) > 0.02;
    if few || negative {
        return None;
    }
    let mut found = if share(&rest, |value| (0.0..=10.0).contains(&value)) >= expected {
        up_to_ten(&rest, stars, many)
    } else {
        beyond_ten(&rest, expected)?
    };
    found.missing.extend(missing);
    Some(found)
}

fn up_to_ten(values: &[f64], stars: bool, many: bool) -> FoundScale {
    let values: Vec<f64> =
        values.iter().copied().filter(|value| (0.0..=10.0).contains(value)).collect();
    let has = |wanted: f64| values.contains(&wanted);
    // 9 is "don't know" where nobody gave 6, 7, 8 or 10.
    let code = many && has(9.0) && !has(10.0) && !values.iter().any(|&v| v > 5.0 && v < 9.0);
    let codes: &[f64] = if code { &[9.0] } else { &[] };
    let highest = values.iter().copied().filter(|value| !codes.contains(value)).fold(0.0, f64::max);
    let below_one = values.iter().any(|&value| value > 0.0 && value < 1.0);
    let low = if has(0.0) || below_one { 0.0 } else { 1.0 };
    let mut found = if highest <= 5.0 {
        let scale = (if below_one { 0.0 } else { 1.0 }, 5.0);
        let mut found = FoundScale::new(scale, BASIS);
        if scale.0 > 0.0 && has(0.0) {
            found.missing.push(0.0);
        }
        let short = many && !stars && (highest == 3.0 || highest == 4.0);
        found.other = short.then_some((scale.0, highest));
        found
    } else if many && (highest == 6.0 || highest == 7.0) {
        FoundScale { other: Some((low, 10.0)), ..FoundScale::new((low, highest), BASIS) }
    } else {
        FoundScale::new((low, 10.0), BASIS)
    };
    found.missing.extend(codes);
    found
}

/// Share of values that are so; of none, all.
fn share(values: &[f64], holds: impl Fn(f64) -> bool) -> f64 {
    let holding = values.iter().filter(|&&value| holds(value)).count();
    if values.is_empty() { 1.0 } else { holding as f64 / values.len() as f64 }
}

fn beyond_ten(values: &[f64], expected: f64) -> Option<FoundScale> {
    let tens = share(values, |value| value % 10.0 == 0.0 && (10.0..=50.0).contains(&value));
    if tens >= expected {
        return Some(FoundScale {
            other: Some((0.0, 100.0)),
            ..FoundScale::new((10.0, 50.0), BASIS)
        });
    }
    if share(values, |value| (0.0..=20.0).contains(&value)) >= expected {
        return Some(FoundScale {
            other: Some((0.0, 100.0)),
            ..FoundScale::new((0.0, 20.0), BASIS)
        });
    }
    // Votes know no highest.
    let within = share(values, |value| (0.0..=100.0).contains(&value));
    (within >= expected.max(0.97)).then(|| FoundScale::new((0.0, 100.0), BASIS))
}

/// The numbers beyond a scale that surveys write where there is no answer.
pub(crate) fn codes_beyond(values: &[f64], low: f64, high: f64) -> Vec<f64> {
    let codes = CODES.iter().copied();
    codes.filter(|code| !(low..=high).contains(code) && values.contains(code)).collect()
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
mod tests;
