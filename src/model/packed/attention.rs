//! Attention within one sequence: small matrix products in registers, several queries at a time.

use std::ops::Range;

use super::kernels::{exp, lanes, lanes_mut};
use super::simd::{LANES, Simd, Task};

/// Queries that share every load of a key or a value.
const QUERIES: usize = 4;

/// Multi-head attention of every sequence of a batch (Vaswani et al. 2017).
pub struct Attention<'a, I> {
    /// `[tokens, 3 × hidden]`: queries, keys and values of all heads.
    pub projected: &'a [f32],
    /// Rows of each sequence.
    pub sequences: I,
    /// Width of the hidden state.
    pub hidden: usize,
    /// Width of a head, a multiple of [`LANES`].
    pub size: usize,
    /// `[tokens, hidden]`, to be written.
    pub context: &'a mut [f32],
    /// Room that is reused from batch to batch.
    pub buffers: &'a mut HeadBuffers,
}

/// Keys and scores of one head of one sequence.
#[derive(Default)]
pub struct HeadBuffers {
    /// Transposed: `[size, stride]`, where the stride is the number of tokens, rounded up to whole
    /// lanes.
    keys: Vec<f32>,
    /// `[QUERIES, stride]`.
    scores: Vec<f32>,
}

/// One head of one sequence.
struct Head<'a> {
    /// `[tokens, 3 × hidden]` of the sequence, from the head's first query value on.
    projected: &'a [f32],
    hidden: usize,
    size: usize,
    tokens: usize,
    stride: usize,
}

impl<I: Iterator<Item = Range<usize>>> Task for Attention<'_, I> {
    type Output = ();

    #[inline(always)]
    fn run<S: Simd>(self, simd: S) {
        let Self { projected, sequences, hidden, size, context, buffers } = self;
        for sequence in sequences {
            let stride = sequence.len().next_multiple_of(LANES);
            buffers.keys.resize(size * stride, 0.0);
            buffers.scores.resize(QUERIES * stride, 0.0);
            for first in (0..hidden).step_by(size) {
                let head = Head {
                    projected: &projected[sequence.start * 3 * hidden + first..],
                    hidden,
                    size,
                    tokens: sequence.len(),
                    stride,
                };
                let context = &mut context[sequence.start * hidden + first..];
                head.attend(simd, buffers, context);
            }
        }
    }
}

impl Head<'_> {
    #[inline(always)]
    fn query(&self, token: usize) -> &[f32] {
        &self.projected[token * 3 * self.hidden..][..self.size]
    }

    #[inline(always)]
    fn key(&self, token: usize) -> &[f32] {
        &self.projected[(token * 3 + 1) * self.hidden..][..self.size]
    }

    #[inline(always)]
    fn value(&self, token: usize) -> &[f32] {
        &self.projected[(token * 3 + 2) * self.hidden..][..self.size]
    }

    #[inline(always)]
    fn attend<S: Simd>(&self, simd: S, buffers: &mut HeadBuffers, context: &mut [f32]) {
        let HeadBuffers { keys, scores } = buffers;
        self.transpose_keys(simd, keys);
        for first in (0..self.tokens).step_by(QUERIES) {
            match self.tokens - first {
                1 => self.rows::<S, 1>(simd, first, keys, scores, context),
                2 => self.rows::<S, 2>(simd, first, keys, scores, context),
                3 => self.rows::<S, 3>(simd, first, keys, scores, context),
                _ => self.rows::<S, QUERIES>(simd, first, keys, scores, context),
            }
        }
    }

    #[inline(always)]
    fn transpose_keys<S: Simd>(&self, simd: S, keys: &mut [f32]) {
        for first in (0..self.stride).step_by(LANES) {
            for part in 0..self.size / LANES {
                let mut block = [simd.splat(0.0); LANES];
                for (row, token) in block.iter_mut().zip(first..self.tokens) {
                    *row = simd.load(&lanes(self.key(token))[part]);
                }
                block = simd.transpose(block);
                for i in 0..LANES {
                    let row = &mut keys[(part * LANES + i) * self.stride + first..];
                    simd.store(block[i], &mut lanes_mut(row)[0]);
                }
            }
        }
    }

    /// The context of `R` queries.
    #[inline(always)]
    fn rows<S: Simd, const R: usize>(
        &self,
        simd: S,
        first: usize,
        keys: &[f32],
        scores: &mut [f32],
        context: &mut [f32],
    ) {
        let queries: [&[f32]; R] = std::array::from_fn(|r| self.query(first + r));
        let vectors = self.stride / LANES;
        for vector in (0..vectors - 1).step_by(2) {
            self.scores::<S, R, 2>(simd, queries, vector, keys, scores);
        }
        if vectors % 2 == 1 {
            self.scores::<S, R, 1>(simd, queries, vectors - 1, keys, scores);
        }
        let mut inverses = [0.0; R];
        for (inverse, row) in inverses.iter_mut().zip(scores.chunks_exact_mut(self.stride)) {
            *inverse = softmax(simd, row, self.tokens);
        }
        let parts = self.size / LANES;
        for part in (0..parts - 1).step_by(2) {
            self.context::<S, R, 2>(simd, (first, part), scores, inverses, context);
        }
        if parts % 2 == 1 {
            self.context::<S, R, 1>(simd, (first, parts - 1), scores, inverses, context);
        }
    }

    /// Scores of `R` queries and `V` vectors of keys, divided by √size.
    #[inline(always)]
    fn scores<S: Simd, const R: usize, const V: usize>(
        &self,
        simd: S,
        queries: [&[f32]; R],
        vector: usize,
        keys: &[f32],
        scores: &mut [f32],
    ) {
        let mut sums = [[simd.splat(0.0); V]; R];
        let queries = queries.map(|query| &query[..self.size]);
        let rows = keys.chunks_exact(self.stride).take(self.size);
        for (dimension, row) in rows.enumerate() {
            let row = &lanes(row)[vector..][..V];
            let mut keys = [simd.splat(0.0); V];
            for v in 0..V {
                keys[v] = simd.load(&row[v]);
            }
            for r in 0..R {
                let query = simd.splat(queries[r][dimension]);
                for v in 0..V {
                    sums[r][v] = simd.add(sums[r][v], simd.mul(query, keys[v]));
                }
            }
        }
        let scale = simd.splat(1.0 / (self.size as f32).sqrt());
        for (sums, row) in sums.into_iter().zip(scores.chunks_exact_mut(self.stride)) {
            for (sum, out) in sums.into_iter().zip(&mut lanes_mut(row)[vector..]) {
                simd.store(simd.mul(sum, scale), out);
            }
        }
    }

    /// `V` vectors of the context of `R` queries from `first` on: the mean of the values, weighted by
    /// the scores, which `inverses` bring to a sum of one.
    #[inline(always)]
    fn context<S: Simd, const R: usize, const V: usize>(
        &self,
        simd: S,
        (first, part): (usize, usize),
        scores: &[f32],
        inverses: [f32; R],
        context: &mut [f32],
    ) {
        let mut sums = [[simd.splat(0.0); V]; R];
        let scores: [&[f32]; R] =
            std::array::from_fn(|r| &scores[r * self.stride..][..self.tokens]);
        #[expect(clippy::needless_range_loop, reason = "one index into several rows")]
        for token in 0..self.tokens {
            let row = &lanes(self.value(token))[part..][..V];
            let mut values = [simd.splat(0.0); V];
            for v in 0..V {
                values[v] = simd.load(&row[v]);
            }
            for r in 0..R {
                let weight = simd.splat(scores[r][token]);
                for v in 0..V {
                    sums[r][v] = simd.add(sums[r][v], simd.mul(weight, values[v]));
                }
            }
        }
        for r in 0..R {
            let row = &mut context[(first + r) * self.hidden..][..self.size];
            let inverse = simd.splat(inverses[r]);
            for (sum, out) in sums[r].into_iter().zip(&mut lanes_mut(row)[part..]) {
                simd.store(simd.mul(sum, inverse), out);
            }
        }
    }
}

/// Turns the scores of `tokens` keys into powers of e, the largest into one, and gives the inverse of
/// their sum. What stands behind them becomes zero.
#[inline(always)]
fn softmax<S: Simd>(simd: S, scores: &mut [f32], tokens: usize) -> f32 {
    scores[tokens..].fill(f32::NEG_INFINITY);
    let mut highest = simd.splat(f32::NEG_INFINITY);
    for chunk in lanes(scores) {
        highest = simd.max(highest, simd.load(chunk));
    }
    let highest = simd.splat(simd.highest(highest));
    for chunk in lanes_mut(scores) {
        simd.store(exp(simd, simd.sub(simd.load(chunk), highest)), chunk);
    }
    // The power of minus infinity is not quite zero, since `exp` is bounded.
    scores[tokens..].fill(0.0);
    let mut sum = simd.splat(0.0);
    for chunk in lanes(scores) {
        sum = simd.add(sum, simd.load(chunk));
    }
    1.0 / simd.sum(sum)
}
