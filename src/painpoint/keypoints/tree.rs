//! Average linkage over some thousand items, without a random seed.

use super::similarity::Similarities;

/// A binary tree over items: leaves are `0..items`, then the joins in the order in which they were made.
pub struct Tree {
    items: usize,
    joins: Vec<(usize, usize)>,
}

impl Tree {
    /// Joins the most similar clusters until one is left. The similarity of two clusters is the mean over
    /// their pairs of items (average linkage, UPGMA: R. R. Sokal and C. D. Michener 1958), found by chains
    /// of nearest neighbours (F. Murtagh 1983) in time of the square of the items. Of equals the first
    /// item is taken: a canonical order of items makes the tree independent of where they came from.
    pub fn new(mut similarities: Similarities) -> Self {
        let items = similarities.items();
        let mut sizes = vec![1.0f32; items];
        let mut nodes: Vec<usize> = (0..items).collect();
        let mut alive: Vec<usize> = (0..items).collect();
        let mut joins = Vec::with_capacity(items.saturating_sub(1));
        let mut chain: Vec<usize> = Vec::new();
        while alive.len() > 1 {
            let last = *chain.last().unwrap_or(&alive[0]);
            if chain.is_empty() {
                chain.push(last);
            }
            let previous = chain.len().checked_sub(2).map(|at| chain[at]);
            let nearest = nearest(&similarities, &alive, last, previous);
            if Some(nearest) != previous {
                chain.push(nearest);
                continue;
            }
            chain.truncate(chain.len() - 2);
            let (kept, gone) = (last.min(nearest), last.max(nearest));
            joins.push((nodes[kept], nodes[gone]));
            let (own, other) = (sizes[kept], sizes[gone]);
            alive.retain(|&node| node != gone);
            for &third in alive.iter().filter(|&&third| third != kept) {
                let sum =
                    similarities.get(kept, third) * own + similarities.get(gone, third) * other;
                similarities.set(kept, third, sum / (own + other));
            }
            sizes[kept] = own + other;
            nodes[kept] = items + joins.len() - 1;
        }
        Self { items, joins }
    }

    /// The root, if there are items.
    pub fn root(&self) -> Option<usize> {
        (self.items + self.joins.len()).checked_sub(1)
    }

    /// The two parts of a cluster; none of a leaf.
    pub fn parts(&self, node: usize) -> Option<(usize, usize)> {
        self.joins.get(node.checked_sub(self.items)?).copied()
    }

    /// The items of a cluster, in order.
    pub fn items(&self, node: usize) -> Vec<usize> {
        let (mut open, mut items) = (vec![node], Vec::new());
        while let Some(node) = open.pop() {
            match self.parts(node) {
                Some((first, second)) => open.extend([first, second]),
                None => items.push(node),
            }
        }
        items.sort_unstable();
        items
    }
}

/// The cluster most similar to `own`; where `preferred` is as similar as any, that one.
fn nearest(
    similarities: &Similarities,
    alive: &[usize],
    own: usize,
    preferred: Option<usize>,
) -> usize {
    let mut best = (f32::NEG_INFINITY, own);
    if let Some(preferred) = preferred {
        best = (similarities.get(own, preferred), preferred);
    }
    for &other in alive.iter().filter(|&&other| other != own) {
        let similarity = similarities.get(own, other);
        if similarity > best.0 {
            best = (similarity, other);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_is_joined_first() {
        let at = [0.0f32, 0.1, 5.0, 5.2, 5.3];
        let tree = Tree::new(Similarities::new(5, |a, b| -(at[a] - at[b]).abs()));
        let root = tree.root().expect("there are items");
        let (first, second) = tree.parts(root).expect("it was joined");
        let mut parts = [tree.items(first), tree.items(second)];
        parts.sort();
        assert_eq!(parts, [vec![0, 1], vec![2, 3, 4]]);
    }

    #[test]
    fn equals_and_few_items_are_no_trouble() {
        for items in 0..4 {
            let tree = Tree::new(Similarities::new(items, |_, _| 0.5));
            assert_eq!(
                tree.root().map(|root| tree.items(root).len()),
                (items > 0).then_some(items)
            );
        }
    }
}
