//! Numbers for machines: a point, no exponent, no zeros without meaning.

/// `value` rounded to at most `digits` decimals, e.g. `0.123457`, `0.5`, `-1`; never `-0`.
pub(super) fn decimal(value: f64, digits: usize) -> String {
    let fixed = format!("{value:.digits$}");
    let trimmed = match fixed.contains('.') {
        true => fixed.trim_end_matches('0').trim_end_matches('.'),
        false => &fixed,
    };
    if trimmed == "-0" { "0".to_owned() } else { trimmed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn zeros_without_meaning_go() {
        assert_eq!(decimal(0.5, 6), "0.5");
        assert_eq!(decimal(120.0, 6), "120");
        assert_eq!(decimal(120.0, 0), "120");
        assert_eq!(decimal(1.0 / 3.0, 6), "0.333333");
    }

    #[test]
    fn tiny_and_huge_values_have_no_exponent_and_no_negative_zero() {
        assert_eq!(decimal(-1e-9, 6), "0");
        assert_eq!(decimal(0.000_002, 6), "0.000002");
        assert_eq!(decimal(1e20, 6), "100000000000000000000");
    }
}
