//! How near two texts are in what they say went wrong.

use super::words::Telltale;

/// Weight of rare terms in common beside the cosine. This and the other two were set by looking at complaints
/// to a telecom (docs/accuracy.md).
const OVERLAP: f32 = 0.20;

/// Weight of telling touchpoints in common.
const SHARED: f32 = 0.10;

/// What touchpoints cost that have none in common.
const CONFLICT: f32 = 0.05;

/// What is compared: a mention or a clause.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Item {
    /// Problem vector, centred, of length one.
    pub vector: Vec<f32>,
    /// Numbers of its terms in ascending order, weighted by rarity, of length one.
    pub terms: Vec<(usize, f32)>,
    /// Numbers of its touchpoints, ascending; empty where it is about nothing in particular.
    pub touchpoints: Vec<usize>,
    /// Its pieces.
    pub words: Telltale,
}

/// How much each touchpoint tells, by its number, from 0 (all have it) to 1 (few do).
#[derive(Clone, Debug, Default)]
pub struct Telling(pub Vec<f32>);

impl Telling {
    /// The similarity of two items: cosine, rare terms in common, touchpoints in common.
    pub fn similarity(&self, a: &Item, b: &Item) -> f32 {
        self.with_cosine(dot(&a.vector, &b.vector), a, b)
    }

    /// The same where the cosine of their vectors is known.
    pub fn with_cosine(&self, cosine: f32, a: &Item, b: &Item) -> f32 {
        cosine + OVERLAP * overlap(&a.terms, &b.terms) + self.touchpoints(a, b)
    }

    /// The mean similarity of two of some items.
    pub fn within(&self, items: &[&Item]) -> f32 {
        let with_earlier = |at: usize| {
            items[..at].iter().map(|other| self.similarity(items[at], other)).sum::<f32>()
        };
        let pairs = items.len() * items.len().saturating_sub(1) / 2;
        (0..items.len()).map(with_earlier).sum::<f32>() / pairs.max(1) as f32
    }

    fn touchpoints(&self, a: &Item, b: &Item) -> f32 {
        if a.touchpoints.is_empty() || b.touchpoints.is_empty() {
            return 0.0;
        }
        let common = a.touchpoints.iter().filter(|own| b.touchpoints.contains(own));
        let mut shared = 0.0f32;
        let mut any = false;
        for &touchpoint in common {
            any = true;
            shared += self.0.get(touchpoint).copied().unwrap_or(1.0);
        }
        if any { SHARED * shared.min(1.0) } else { -CONFLICT }
    }
}

/// So many of some at most, spread over all.
pub fn some_of<T: Copy>(all: &[T], most: usize) -> Vec<T> {
    all.iter().step_by(all.len().div_ceil(most).max(1)).copied().collect()
}

/// The two of so many that are most alike, where they are enough to have a figure; of equals the first.
pub fn most_alike(
    count: usize,
    mut alike: impl FnMut(usize, usize) -> Option<f32>,
) -> Option<(usize, usize)> {
    let mut best: Option<(f32, (usize, usize))> = None;
    for (a, b) in (0..count).flat_map(|a| (a + 1..count).map(move |b| (a, b))) {
        if let Some(own) = alike(a, b)
            && best.is_none_or(|(most, _)| own > most)
        {
            best = Some((own, (a, b)));
        }
    }
    best.map(|(_, pair)| pair)
}

/// Scalar product. In a fixed order, so that every processor gives the same bits.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    const LANES: usize = 8;
    let mut sums = [0.0f32; LANES];
    let (a, a_rest) = a.as_chunks::<LANES>();
    let (b, b_rest) = b.as_chunks::<LANES>();
    for (a, b) in a.iter().zip(b) {
        for lane in 0..LANES {
            sums[lane] += a[lane] * b[lane];
        }
    }
    let rest: f32 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f32>() + rest
}

/// Brings a vector to length one; zeros stay zeros.
pub fn unit(vector: &mut [f32]) {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
}

/// The middle of some vectors, of length one; empty without any.
pub fn middle<'v>(vectors: impl Iterator<Item = &'v [f32]>) -> Vec<f32> {
    let mut middle: Vec<f32> = Vec::new();
    for vector in vectors {
        middle.resize(vector.len(), 0.0);
        middle.iter_mut().zip(vector).for_each(|(sum, value)| *sum += value);
    }
    unit(&mut middle);
    middle
}

/// Scalar product of two sparse vectors.
fn overlap(a: &[(usize, f32)], b: &[(usize, f32)]) -> f32 {
    let (mut at, mut sum) = (0, 0.0);
    for &(term, weight) in a {
        while at < b.len() && b[at].0 < term {
            at += 1;
        }
        if let Some(&(other, theirs)) = b.get(at)
            && other == term
        {
            sum += weight * theirs;
        }
    }
    sum
}

/// A symmetric matrix of similarities; that of an item to itself is none.
pub struct Similarities {
    items: usize,
    /// Row by row, so that whoever asks for all of an item reads one.
    values: Vec<f32>,
}

impl Similarities {
    /// Asks for the similarity of every pair, `(a, b)` with `a > b`.
    pub fn new(items: usize, similarity: impl Fn(usize, usize) -> f32 + Sync) -> Self {
        use rayon::prelude::*;
        let mut values = vec![0.0; items * items];
        if items > 0 {
            let row = |(a, row): (usize, &mut [f32])| {
                row.iter_mut().take(a).enumerate().for_each(|(b, own)| *own = similarity(a, b));
            };
            values.par_chunks_mut(items).enumerate().for_each(row);
        }
        for a in 0..items {
            for b in 0..a {
                values[b * items + a] = values[a * items + b];
            }
        }
        Self { items, values }
    }

    /// How many items there are.
    pub fn items(&self) -> usize {
        self.items
    }

    /// The similarity of two different items.
    pub fn get(&self, a: usize, b: usize) -> f32 {
        self.values[a * self.items + b]
    }

    /// The pairs that are at least so similar.
    pub fn at_least(&self, least: f32) -> Pairs {
        let words = self.items.div_ceil(WORD);
        let mut rows = vec![0; words * self.items];
        for a in 0..self.items {
            for b in (0..self.items).filter(|&b| a != b && self.get(a, b) >= least) {
                rows[a * words + b / WORD] |= 1 << (b % WORD);
            }
        }
        Pairs { words, rows }
    }

    /// Sets the similarity of two different items.
    pub fn set(&mut self, a: usize, b: usize, value: f32) {
        self.values[a * self.items + b] = value;
        self.values[b * self.items + a] = value;
    }
}

/// Items in a word of bits.
const WORD: usize = u64::BITS as usize;

/// Some of the pairs of different items: a row of bits for each item.
pub struct Pairs {
    words: usize,
    rows: Vec<u64>,
}

impl Pairs {
    /// Whether a pair is one of them.
    pub fn hold(&self, a: usize, b: usize) -> bool {
        self.rows[a * self.words + b / WORD] >> (b % WORD) & 1 == 1
    }

    /// Some items, to be counted.
    pub fn mask(&self, items: &[usize]) -> Vec<u64> {
        let mut mask = vec![0; self.words];
        items.iter().for_each(|item| mask[item / WORD] |= 1 << (item % WORD));
        mask
    }

    /// How many of these make a pair with an item.
    pub fn count(&self, item: usize, mask: &[u64]) -> u32 {
        let row = &self.rows[item * self.words..][..self.words];
        row.iter().zip(mask).map(|(row, mask)| (row & mask).count_ones()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(vector: [f32; 2], terms: &[(usize, f32)], touchpoints: &[usize]) -> Item {
        let (terms, touchpoints) = (terms.to_vec(), touchpoints.to_vec());
        Item { vector: vector.to_vec(), terms, touchpoints, ..Item::default() }
    }

    #[test]
    fn rare_terms_and_telling_touchpoints_in_common_draw_together() {
        let telling = Telling(vec![0.2, 1.0]);
        let own = item([1.0, 0.0], &[(1, 0.6), (4, 0.8)], &[1]);
        let like = telling.similarity(&own, &item([1.0, 0.0], &[(4, 1.0)], &[1]));
        assert!((like - (1.0 + OVERLAP * 0.8 + SHARED)).abs() < 1e-6, "{like}");
        let common = telling.similarity(&own, &item([1.0, 0.0], &[], &[0]));
        assert!((common - (1.0 - CONFLICT)).abs() < 1e-6, "{common}");
        let silent = telling.similarity(&own, &item([0.0, 1.0], &[], &[]));
        assert_eq!(silent, 0.0);
    }

    #[test]
    fn a_vector_has_length_one_or_none() {
        let mut vector: Vec<f32> = (0..19).map(|value| value as f32).collect();
        unit(&mut vector);
        assert!((dot(&vector, &vector) - 1.0).abs() < 1e-6);
        let mut nothing = [0.0; 3];
        unit(&mut nothing);
        assert_eq!(nothing, [0.0; 3]);
    }
}
