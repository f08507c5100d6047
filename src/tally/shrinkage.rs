//! Estimates of many, drawn together by how little each of them proves.

/// An estimate and its variance (above 0), in whatever unit; none where nothing is known.
pub type Estimated = Option<(f64, f64)>;

/// Estimates drawn to their common mean, each by the part of its distance that chance explains: what rests on few
/// values ends near the mean, and where all differ no more than chance would have it, all do.
///
/// With variances σ² of the estimates and τ² between what they estimate, an estimate keeps τ² / (τ² + σ²) of its
/// distance to the mean, which weighs each by 1 / (τ² + σ²) (C. Morris, "Parametric empirical Bayes inference", JASA
/// 78, 1983); τ² is found by moments (R. DerSimonian, N. Laird, "Meta-analysis in clinical trials", Controlled
/// Clinical Trials 7, 1986). What is not known is the mean.
pub fn shrunk(estimates: &[Estimated]) -> Vec<f64> {
    let known: Vec<(f64, f64)> = estimates.iter().flatten().copied().collect();
    let between = between(&known);
    let mean = mean(known.iter().map(|&(value, variance)| (value, 1.0 / (between + variance))));
    let shrink = |estimate: &Estimated| match *estimate {
        Some((value, variance)) => mean + between / (between + variance) * (value - mean),
        None => mean,
    };
    estimates.iter().map(shrink).collect()
}

/// τ²: the variance between what is estimated, beyond that of the estimates.
fn between(known: &[(f64, f64)]) -> f64 {
    let weighted = known.iter().map(|&(value, variance)| (value, 1.0 / variance));
    let middle = mean(weighted.clone());
    let scatter: f64 = weighted.clone().map(|(value, own)| own * (value - middle).powi(2)).sum();
    let (sum, squares) =
        weighted.fold((0.0, 0.0), |(sum, squares), (_, own)| (sum + own, squares + own * own));
    let left = sum - squares / sum;
    let chance = known.len().saturating_sub(1) as f64;
    if left > 0.0 { ((scatter - chance) / left).max(0.0) } else { 0.0 }
}

/// Mean of values with weights; 0 of none.
fn mean(weighted: impl Iterator<Item = (f64, f64)>) -> f64 {
    let (sum, weights) = weighted
        .fold((0.0, 0.0), |(sum, weights), (value, own)| (sum + own * value, weights + own));
    if weights > 0.0 { sum / weights } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_chance_explains_is_no_difference() {
        let found = shrunk(&[Some((0.1, 0.04)), Some((-0.1, 0.04)), Some((0.2, 0.05)), None]);
        assert!(found.iter().all(|value| (value - found[0]).abs() < 1e-12), "{found:?}");
    }

    #[test]
    fn what_is_proven_stays_and_what_is_not_ends_near_the_mean() {
        let found = shrunk(&[Some((1.0, 0.001)), Some((0.0, 0.001)), Some((1.0, 1.0))]);
        assert!(found[0] > 0.99 && found[1] < 0.01 && found[2] < 0.75, "{found:?}");
    }

    #[test]
    fn one_is_its_own_mean_and_nothing_is_nothing() {
        assert_eq!(shrunk(&[Some((0.3, 0.1))]), [0.3]);
        assert_eq!(shrunk(&[None]), [0.0]);
        assert!(shrunk(&[]).is_empty());
    }

    /// DerSimonian and Laird's estimate of three studies, worked by hand: weights 4, 2, 1; middle 1.0;
    /// Q = 4·0 + 2·1 + 1·4 = 6 … (6 − 2) / (7 − 21/7) = 1.
    #[test]
    fn the_variance_between_is_that_of_the_formula() {
        assert_eq!(between(&[(1.0, 0.25), (2.0, 0.5), (-1.0, 1.0)]), 1.0);
    }
}
