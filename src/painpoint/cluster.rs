//! Agglomerative clustering of a few hundred items, without a random seed and without regard to order.

/// A symmetric matrix of similarities.
#[derive(Clone, Debug)]
pub(super) struct Similarities {
    n: usize,
    values: Vec<f64>,
}

impl Similarities {
    /// Computes the similarity of each pair of `n` items.
    pub(super) fn new(n: usize, similarity: impl Fn(usize, usize) -> f64) -> Self {
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

/// A tree of clusters: the items, then what was joined, in that order.
pub(super) struct Tree {
    /// The two parts of each joined cluster and how similar they are.
    joins: Vec<(usize, usize, f64)>,
    items: usize,
}

/// How a [`Tree`] is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cut {
    /// How many clusters are wanted; there may be fewer, or more of them if they are heavy.
    pub clusters: usize,
    /// The share of all weight above which a cluster is split, if it can be.
    pub heaviest: f64,
    /// The share of all weight below which a part is chance, and left out.
    pub lightest: f64,
    /// How similar two parts are that are one thing, and not split whatever else is wanted.
    pub alike: f64,
}

impl Tree {
    /// Joins the two most similar clusters, of equals the ones with the first items, again and again.
    /// The similarity of clusters is the weighted mean over their pairs of items (average linkage,
    /// UPGMA: R. R. Sokal and C. D. Michener 1958).
    ///
    /// The caller's order of items decides ties; a canonical order makes the result independent of
    /// where the items came from.
    pub(super) fn new(mut similarities: Similarities, weights: &[f64]) -> Self {
        let n = similarities.n;
        let mut weights = weights.to_vec();
        let mut nodes: Vec<Option<usize>> = (0..n).map(Some).collect();
        let mut joins = Vec::with_capacity(n.saturating_sub(1));
        while let Some((a, b, similarity)) = closest(&similarities, &nodes) {
            let (weight_a, weight_b) = (weights[a], weights[b]);
            for other in (0..n).filter(|&other| other != a && other != b) {
                let joined = (similarities.get(a, other) * weight_a
                    + similarities.get(b, other) * weight_b)
                    / (weight_a + weight_b);
                similarities.set(a, other, joined);
            }
            weights[a] += weight_b;
            let parts = (nodes[a].take(), nodes[b].take());
            if let (Some(first), Some(second)) = parts {
                joins.push((first, second, similarity));
            }
            nodes[a] = Some(n + joins.len() - 1);
        }
        Self { joins, items: n }
    }

    /// Cuts the tree from its root: first where a cluster is too heavy, then where its parts are least
    /// alike. Gives the items of each cluster in order, clusters in the order of their first items.
    pub(super) fn cut(&self, weights: &[f64], cut: Cut) -> Vec<Vec<usize>> {
        let heavy = self.weights(weights);
        let all: f64 = weights.iter().sum();
        let Some(root) = heavy.len().checked_sub(1) else { return Vec::new() };
        let mut clusters = vec![root];
        while let Some(at) = self.next_split(&clusters, &heavy, cut, all) {
            let node = clusters.swap_remove(at);
            let (first, second, _) = self.joins[node - self.items];
            let is_kept = |&part: &usize| heavy[part] >= cut.lightest * all;
            clusters.extend([first, second].into_iter().filter(is_kept));
        }
        let mut clusters: Vec<Vec<usize>> =
            clusters.into_iter().map(|node| self.items_of(node)).collect();
        clusters.sort_unstable();
        clusters
    }

    /// The position of the cluster to split next, if any.
    fn next_split(&self, clusters: &[usize], heavy: &[f64], cut: Cut, all: f64) -> Option<usize> {
        let splits = |at: &usize| {
            let node = clusters[*at];
            node >= self.items && {
                let (first, second, similarity) = self.joins[node - self.items];
                similarity < cut.alike && heavy[first].max(heavy[second]) >= cut.lightest * all
            }
        };
        let able: Vec<usize> = (0..clusters.len()).filter(splits).collect();
        let heaviest = able
            .iter()
            .copied()
            .filter(|&at| heavy[clusters[at]] > cut.heaviest * all)
            .max_by(|&a, &b| heavy[clusters[a]].total_cmp(&heavy[clusters[b]]));
        if heaviest.is_some() || clusters.len() >= cut.clusters {
            return heaviest;
        }
        let similarity = |at: usize| self.joins[clusters[at] - self.items].2;
        able.into_iter().min_by(|&a, &b| similarity(a).total_cmp(&similarity(b)))
    }

    fn weights(&self, weights: &[f64]) -> Vec<f64> {
        let mut heavy = weights.to_vec();
        for &(first, second, _) in &self.joins {
            heavy.push(heavy[first] + heavy[second]);
        }
        heavy
    }

    fn items_of(&self, node: usize) -> Vec<usize> {
        let (mut open, mut items) = (vec![node], Vec::new());
        while let Some(node) = open.pop() {
            match node.checked_sub(self.items) {
                Some(join) => open.extend([self.joins[join].0, self.joins[join].1]),
                None => items.push(node),
            }
        }
        items.sort_unstable();
        items
    }
}

fn closest(similarities: &Similarities, nodes: &[Option<usize>]) -> Option<(usize, usize, f64)> {
    let open: Vec<usize> = (0..nodes.len()).filter(|&at| nodes[at].is_some()).collect();
    let mut best: Option<(usize, usize, f64)> = None;
    for (at, &a) in open.iter().enumerate() {
        for &b in &open[at + 1..] {
            let value = similarities.get(a, b);
            if best.is_none_or(|(_, _, highest)| value > highest) {
                best = Some((a, b, value));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on_a_line(positions: &[f64], cut: Cut) -> Vec<Vec<usize>> {
        let similarities =
            Similarities::new(positions.len(), |a, b| 1.0 - (positions[a] - positions[b]).abs());
        let weights = vec![1.0; positions.len()];
        Tree::new(similarities, &weights).cut(&weights, cut)
    }

    const TWO: Cut = Cut { clusters: 2, heaviest: 1.0, lightest: 0.0, alike: 1.0 };

    #[test]
    fn near_items_join_and_far_ones_do_not() {
        assert_eq!(on_a_line(&[0.0, 0.05, 0.9, 0.1, 0.95], TWO), [vec![0, 1, 3], vec![2, 4]]);
    }

    #[test]
    fn a_heavy_cluster_is_split_though_no_more_are_wanted() {
        let cut = Cut { heaviest: 0.5, ..TWO };
        let found = on_a_line(&[0.0, 0.05, 0.9, 0.1, 0.95], cut);
        assert_eq!(found, [vec![0, 1], vec![2, 4], vec![3]]);
    }

    #[test]
    fn what_is_alike_stays_together_though_more_are_wanted() {
        let cut = Cut { clusters: 5, alike: 0.5, ..TWO };
        let found = on_a_line(&[0.0, 0.05, 0.9, 0.1, 0.95], cut);
        assert_eq!(found, [vec![0, 1, 3], vec![2, 4]]);
    }

    #[test]
    fn a_light_part_is_chance() {
        let cut = Cut { clusters: 1, heaviest: 0.8, lightest: 0.3, ..TWO };
        assert_eq!(on_a_line(&[0.0, 0.1, 0.2, 9.0], cut), [vec![0, 1, 2]]);
    }

    #[test]
    fn nothing_and_a_single_item_are_clusters_too() {
        assert_eq!(on_a_line(&[], TWO), Vec::<Vec<usize>>::new());
        assert_eq!(on_a_line(&[0.3], TWO), [vec![0]]);
    }
}
