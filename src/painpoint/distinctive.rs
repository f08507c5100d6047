//! Which terms set a group of mentions apart.

/// How often a term stands in a group and outside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frequencies {
    /// Mentions of the group that hold the term.
    pub inside: u64,
    /// Terms of all mentions of the group.
    pub inside_all: u64,
    /// Other mentions that hold the term.
    pub outside: u64,
    /// Terms of all other mentions.
    pub outside_all: u64,
}

/// Weight of the prior: as if a hundredth of the corpus had been seen before in either group.
const PRIOR: f64 = 0.01;

/// The z-score of the weighted log-odds ratio with an informative Dirichlet prior: above 1.96, the
/// term is commoner inside than outside beyond chance (B. L. Monroe, M. P. Colaresi and K. M. Quinn,
/// "Fightin' words", Political Analysis 16, 2008, equations 15 to 22). The prior is the term's share
/// of the whole corpus.
pub(super) fn z_score(frequencies: Frequencies) -> f64 {
    let Frequencies { inside, inside_all, outside, outside_all } = frequencies;
    let (inside, outside) = (inside as f64, outside as f64);
    let (inside_all, outside_all) = (inside_all as f64, outside_all as f64);
    // At least one observation, so that a term of a small corpus is not judged without any.
    let prior = (PRIOR * (inside + outside)).max(0.5);
    let prior_all = prior * (inside_all + outside_all) / (inside + outside);
    let log_odds = |count: f64, all: f64| {
        ((count + prior) / (all + prior_all - count - prior).max(f64::MIN_POSITIVE)).ln()
    };
    let difference = log_odds(inside, inside_all) - log_odds(outside, outside_all);
    let variance = 1.0 / (inside + prior) + 1.0 / (outside + prior);
    difference / variance.sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_z_score_computed_by_hand() {
        // Prior 1 and 25: ln(31 / (500 + 25 − 31)) − ln(71 / (2000 + 25 − 71)) = 0.546414;
        // variance 1/31 + 1/71 = 0.046343.
        let z =
            z_score(Frequencies { inside: 30, inside_all: 500, outside: 70, outside_all: 2000 });
        assert!((z - 2.5382).abs() < 1e-3, "{z}");
    }

    #[test]
    fn a_term_as_common_inside_as_outside_is_not_distinctive() {
        let z = z_score(Frequencies { inside: 10, inside_all: 100, outside: 90, outside_all: 900 });
        assert!(z.abs() < 1e-9);
    }

    #[test]
    fn a_term_that_stands_only_outside_is_negative() {
        let z = z_score(Frequencies { inside: 0, inside_all: 100, outside: 50, outside_all: 900 });
        assert!(z < 0.0);
    }
}
