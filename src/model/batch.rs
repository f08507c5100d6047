//! Sequences packed one after the other, without padding.

use std::ops::Range;

/// Tokens that one batch holds at most, unless a single sequence is longer. Large enough that the
/// matrix products are efficient, small enough that activations stay in the second-level cache.
const TOKEN_BUDGET: usize = 512;

/// Several sequences of token ids in one row.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Batch {
    ids: Vec<u32>,
    /// Start of each sequence, and the end of the last.
    offsets: Vec<usize>,
}

impl Batch {
    /// Packs sequences in the order given. Each has at least one token.
    pub(super) fn new<'a>(sequences: impl IntoIterator<Item = &'a [u32]>) -> Self {
        let mut batch = Self { ids: Vec::new(), offsets: vec![0] };
        for sequence in sequences {
            debug_assert!(!sequence.is_empty());
            batch.ids.extend_from_slice(sequence);
            batch.offsets.push(batch.ids.len());
        }
        batch
    }

    /// All token ids.
    pub(super) fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// The range of rows of each sequence.
    pub(super) fn sequences(&self) -> impl ExactSizeIterator<Item = Range<usize>> + '_ {
        self.offsets.windows(2).map(|pair| pair[0]..pair[1])
    }
}

/// Groups sequences of the given lengths into batches of at most [`TOKEN_BUDGET`] tokens, longest
/// first, so that the last batches to be worked on are the cheapest. Returns indices.
pub(super) fn plan(lengths: &[usize]) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by_key(|&index| std::cmp::Reverse(lengths[index]));
    let mut batches: Vec<Vec<usize>> = Vec::new();
    let mut room = 0;
    for index in order {
        match batches.last_mut() {
            Some(batch) if lengths[index] <= room => {
                batch.push(index);
                room -= lengths[index];
            }
            _ => {
                batches.push(vec![index]);
                room = TOKEN_BUDGET.saturating_sub(lengths[index]);
            }
        }
    }
    batches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_holds_every_sequence_once_and_keeps_to_the_budget() {
        let lengths: Vec<usize> = (0..300).map(|i| 1 + (i * 37) % 140).collect();
        let batches = plan(&lengths);
        let mut seen: Vec<usize> = batches.iter().flatten().copied().collect();
        seen.sort_unstable();
        assert_eq!(seen, (0..300).collect::<Vec<_>>());
        for batch in &batches {
            assert!(batch.iter().map(|&i| lengths[i]).sum::<usize>() <= TOKEN_BUDGET);
        }
    }

    #[test]
    fn a_sequence_over_the_budget_has_a_batch_of_its_own() {
        assert_eq!(plan(&[3, TOKEN_BUDGET + 1, 4]), vec![vec![1], vec![2, 0]]);
    }

    #[test]
    fn sequences_lie_one_after_the_other() {
        let batch = Batch::new([&[5, 6][..], &[7][..]]);
        assert_eq!(batch.ids(), [5, 6, 7]);
        assert_eq!(batch.sequences().collect::<Vec<_>>(), [0..2, 2..3]);
    }
}
