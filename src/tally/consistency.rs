//! How evenly customers feel from one touchpoint or channel to the next.

use serde::{Deserialize, Serialize};

use super::counts::SentimentCounts;

/// Fewest mentions of a touchpoint or channel that is compared with others.
pub const LEAST_MENTIONS: u64 = 30;

/// How far net sentiment lies apart between groups of mentions.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Consistency {
    /// Groups with at least [`LEAST_MENTIONS`] mentions: those compared.
    pub groups: u64,
    /// Mentions of these groups.
    pub mentions: u64,
    /// Standard deviation of net sentiment between the groups, each weighing as much as it has
    /// mentions; from 0 (alike) to 1 (half of them all praise, half all complaint).
    pub dispersion: f64,
    /// The dispersion that chance alone would bring if all groups were alike.
    pub by_chance: f64,
}

impl Consistency {
    /// Compares groups; `None` if fewer than two have enough mentions.
    ///
    /// With weights wᵢ = nᵢ/Σn: dispersion √Σwᵢ(xᵢ − x̄)², and by chance √Σwᵢ(1−wᵢ)·v/nᵢ, where
    /// v = p₊ + p₋ − (p₊ − p₋)² is the variance of a mention over all groups: the expected value of the
    /// former's square if all groups had the same net sentiment.
    pub fn new(groups: impl IntoIterator<Item = SentimentCounts>) -> Option<Self> {
        let groups: Vec<SentimentCounts> =
            groups.into_iter().filter(|group| group.total() >= LEAST_MENTIONS).collect();
        if groups.len() < 2 {
            return None;
        }
        let sum = |part: fn(&SentimentCounts) -> u64| groups.iter().map(part).sum::<u64>();
        let mentions = sum(SentimentCounts::total);
        let n = mentions as f64;
        let [plus, minus] =
            [sum(|g| g.positive), sum(|g| g.negative)].map(|count| count as f64 / n);
        let (mean, variance) = (plus - minus, plus + minus - (plus - minus).powi(2));
        let (mut dispersion, mut by_chance) = (0.0, 0.0);
        for group in &groups {
            let weight = group.total() as f64 / n;
            dispersion += weight * (group.net_sentiment().value - mean).powi(2);
            by_chance += (1.0 - weight) * variance / n;
        }
        Some(Self {
            groups: groups.len() as u64,
            mentions,
            dispersion: dispersion.sqrt(),
            by_chance: by_chance.sqrt(),
        })
    }

    /// Whether the groups lie further apart than chance explains, at 95 % or more.
    pub fn is_uneven(&self) -> bool {
        self.dispersion > UNEVEN * self.by_chance
    }
}

/// (dispersion / by chance)² is about χ²/(groups − 1): its 95 % quantile has the root 1.96 for two groups,
/// 1.73 for three, and falls from there.
const UNEVEN: f64 = 1.96;

#[cfg(test)]
mod tests {
    use super::*;

    fn group(negative: u64, neutral: u64, positive: u64) -> SentimentCounts {
        SentimentCounts { negative, neutral, positive }
    }

    #[test]
    fn two_groups_by_hand() {
        // Net sentiment −0.5 of 100 and +0.5 of 300: mean 0.25, dispersion √(¼·0.5625 + ¾·0.0625).
        let found = Consistency::new([group(75, 0, 25), group(75, 0, 225)]).unwrap();
        assert!((found.dispersion - 0.433_013).abs() < 1e-6, "{found:?}");
        // Variance 1 − 0.0625 = 0.9375, times (0.75 + 0.25) / 400.
        assert!((found.by_chance - 0.048_412).abs() < 1e-6, "{found:?}");
        assert_eq!((found.groups, found.mentions), (2, 400));
        assert!(found.is_uneven());
    }

    #[test]
    fn groups_alike_are_even() {
        let found = Consistency::new([group(10, 20, 30), group(100, 200, 300)]).unwrap();
        assert!(found.dispersion < 1e-12);
        assert!(!found.is_uneven());
    }

    #[test]
    fn groups_of_a_few_are_left_out() {
        assert_eq!(Consistency::new([group(29, 0, 0), group(0, 0, 400)]), None);
    }
}
