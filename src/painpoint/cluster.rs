//! Agglomerative clustering of a few hundred items, without a seed and without regard to order.

/// A symmetric matrix of similarities.
#[derive(Clone, Debug)]
pub struct Similarities {
    n: usize,
    values: Vec<f64>,
}

impl Similarities {
    /// Computes the similarity of each pair of `n` items.
    pub fn new(n: usize, similarity: impl Fn(usize, usize) -> f64) -> Self {
        let mut values = vec![0.0; n * n];
        for a in 0..n {
            for b in 0..a {
                let value = similarity(a, b);
                values[a * n + b] = value;
                values[b * n + a] = value;
            }
        }
        Self { n, values }
    }

    fn get(&self, a: usize, b: usize) -> f64 {
        self.values[a * self.n + b]
    }

    fn set(&mut self, a: usize, b: usize, value: f64) {
        self.values[a * self.n + b] = value;
        self.values[b * self.n + a] = value;
    }
}

/// Joins the two most similar clusters, of equals the ones with the first items, until no two are as
/// similar as `threshold`. The similarity of clusters is the weighted mean over their pairs of items
/// (average linkage, UPGMA: R. R. Sokal and C. D. Michener 1958). Returns the clusters in the order
/// of their first items, items in order.
///
/// The caller's order of items decides ties; a canonical order makes the result independent of
/// where the items came from.
pub fn average_linkage(
    mut similarities: Similarities,
    weights: &[f64],
    threshold: f64,
) -> Vec<Vec<usize>> {
    let n = similarities.n;
    let mut clusters: Vec<Vec<usize>> = (0..n).map(|item| vec![item]).collect();
    let mut weights = weights.to_vec();
    while let Some((a, b)) = closest(&similarities, &clusters, threshold) {
        let (weight_a, weight_b) = (weights[a], weights[b]);
        for other in (0..n).filter(|&other| other != a && other != b) {
            let joined = (similarities.get(a, other) * weight_a
                + similarities.get(b, other) * weight_b)
                / (weight_a + weight_b);
            similarities.set(a, other, joined);
        }
        weights[a] += weight_b;
        let items = std::mem::take(&mut clusters[b]);
        clusters[a].extend(items);
    }
    let mut clusters: Vec<Vec<usize>> =
        clusters.into_iter().filter(|cluster| !cluster.is_empty()).collect();
    for cluster in &mut clusters {
        cluster.sort_unstable();
    }
    clusters.sort_unstable();
    clusters
}

fn closest(
    similarities: &Similarities,
    clusters: &[Vec<usize>],
    threshold: f64,
) -> Option<(usize, usize)> {
    let mut best: Option<(usize, usize)> = None;
    let mut highest = threshold;
    for a in (0..clusters.len()).filter(|&a| !clusters[a].is_empty()) {
        for b in (a + 1..clusters.len()).filter(|&b| !clusters[b].is_empty()) {
            let value = similarities.get(a, b);
            if value > highest || (value == highest && best.is_none()) {
                highest = value;
                best = Some((a, b));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_a_line(positions: &[f64], threshold: f64) -> Vec<Vec<usize>> {
        let similarities =
            Similarities::new(positions.len(), |a, b| 1.0 - (positions[a] - positions[b]).abs());
        average_linkage(similarities, &vec![1.0; positions.len()], threshold)
    }

    #[test]
    fn near_items_join_and_far_ones_do_not() {
        assert_eq!(on_a_line(&[0.0, 0.05, 0.9, 0.1, 0.95], 0.7), [vec![0, 1, 3], vec![2, 4]]);
    }

    #[test]
    fn the_similarity_of_clusters_is_the_mean_over_pairs() {
        // 0 and 0.2 join at 0.8; their mean similarity to 0.5 is 0.6.
        assert_eq!(on_a_line(&[0.0, 0.2, 0.5], 0.61).len(), 2);
        assert_eq!(on_a_line(&[0.0, 0.2, 0.5], 0.59).len(), 1);
    }

    #[test]
    fn nothing_and_a_single_item_are_clusters_too() {
        assert_eq!(on_a_line(&[], 0.5), Vec::<Vec<usize>>::new());
        assert_eq!(on_a_line(&[0.3], 0.5), [vec![0]]);
    }
}
