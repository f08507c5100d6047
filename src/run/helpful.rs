//! Which mentions a person's labels would help most: where the model is unsure, where many others are alike, and
//! where no label is near yet.
//!
//! Greedy facility location (Nemhauser, Wolsey and Fisher, "An analysis of approximations for maximizing submodular
//! set functions", Mathematical Programming 14, 1978), weighed by doubt: next comes the mention that brings most
//! doubt nearer to a label. Sums go over the mentions in their order, so that threads change nothing.

use std::collections::BTreeSet;

use rayon::prelude::*;

use crate::model::{Score, normalized, packed};

/// How alike two mentions are at least, by the cosine of their vectors with the middle of all taken out, for one's
/// label to say something of the other. Below it, in a few hundred mentions everything is a little like everything,
/// and the dullest sentence would stand for most.
const LEAST_ALIKE: f32 = 0.3;

/// How far a model is from a decision: 0 where it is sure, 1 where two labels are as likely.
pub fn doubt(probabilities: &[f32; 3]) -> f32 {
    let mut sorted = *probabilities;
    sorted.sort_unstable_by(f32::total_cmp);
    1.0 - (sorted[2] - sorted[1])
}

/// Chooses `count` of some mentions, of which the first `labelled` get a label anyway; by their numbers, the most
/// helpful first. `texts` are what the model read: none is chosen twice.
pub fn helpful(texts: &[&str], scores: &[Score], labelled: usize, count: usize) -> Vec<usize> {
    let vectors = centred(scores);
    let doubts: Vec<f32> = scores.iter().map(|score| doubt(&score.probabilities)).collect();
    let alike = |one: usize, other: usize| {
        let cosine = packed::dot(&vectors[one], &vectors[other]);
        ((cosine - LEAST_ALIKE) / (1.0 - LEAST_ALIKE)).clamp(0.0, 1.0)
    };
    let rows: Vec<Vec<f32>> = (0..scores.len())
        .into_par_iter()
        .map(|one| (0..scores.len()).map(|other| alike(one, other)).collect())
        .collect();
    let mut nearest = vec![0.0f32; scores.len()];
    let approach = |nearest: &mut Vec<f32>, chosen: usize| {
        nearest.iter_mut().zip(&rows[chosen]).for_each(|(own, next)| *own = own.max(*next));
    };
    (0..labelled).for_each(|known| approach(&mut nearest, known));
    let mut taken: BTreeSet<&str> = texts[..labelled].iter().copied().collect();
    let mut chosen = Vec::with_capacity(count);
    while chosen.len() < count {
        let gain = |own: usize| {
            let others = rows[own].iter().zip(&nearest).zip(&doubts);
            let sum: f32 = others.map(|((next, now), doubt)| doubt * (next - now).max(0.0)).sum();
            doubts[own] * sum
        };
        let gains: Vec<Option<f32>> = (labelled..scores.len())
            .into_par_iter()
            .map(|own| (!taken.contains(texts[own])).then(|| gain(own)))
            .collect();
        let best = gains.iter().enumerate().filter_map(|(at, gain)| Some((at, (*gain)?)));
        // Of equals the first.
        let best = best.reduce(|best, next| if next.1 > best.1 { next } else { best });
        let Some((best, _)) = best else { break };
        let best = labelled + best;
        approach(&mut nearest, best);
        taken.insert(texts[best]);
        chosen.push(best);
    }
    chosen
}

/// Meaning vectors with the middle of all taken out, of length one: as they are, all texts are alike.
fn centred(scores: &[Score]) -> Vec<Vec<f32>> {
    let width = scores.first().map_or(0, |score| score.meaning.len());
    let mut middle = vec![0.0f32; width];
    for score in scores {
        middle.iter_mut().zip(&score.meaning).for_each(|(sum, value)| *sum += value);
    }
    let share = 1.0 / scores.len().max(1) as f32;
    let apart = |score: &Score| {
        let own = score.meaning.iter().zip(&middle).map(|(value, sum)| value - sum * share);
        normalized(&own.collect::<Vec<f32>>())
    };
    scores.iter().map(apart).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text in one of sixteen directions, with the probability of negative.
    fn score(direction: usize, negative: f32) -> Score {
        let mut meaning = vec![0.0; 16];
        meaning[direction] = 1.0;
        let probabilities = [negative, 1.0 - negative, 0.0];
        Score { probabilities, meaning, ..Score::default() }
    }

    #[test]
    fn doubt_is_the_distance_of_the_two_likeliest() {
        assert_eq!(doubt(&[0.0, 1.0, 0.0]), 0.0);
        assert_eq!(doubt(&[0.25, 0.5, 0.25]), 0.75);
        assert_eq!(doubt(&[0.5, 0.0, 0.5]), 1.0);
    }

    #[test]
    fn the_unsure_the_frequent_and_what_has_no_label_near_come_first() {
        // 0 is labelled anyway; five like it, three unsure of one kind, one of another, two that are sure.
        let directions = [0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 3];
        let scores: Vec<Score> = directions
            .iter()
            .map(|&direction| score(direction, if direction == 3 { 1.0 } else { 0.5 }))
            .collect();
        let texts: Vec<String> = (0..directions.len()).map(|own| own.to_string()).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let chosen = helpful(&texts, &scores, 1, 2);
        assert_eq!(chosen, [5, 8]);
    }

    #[test]
    fn no_text_is_chosen_twice_and_no_more_than_there_are() {
        let scores: Vec<Score> = (0..6).map(|own| score(own % 2, 0.5)).collect();
        let texts = ["ok", "late", "ok", "late", "dear", "ok"];
        assert_eq!(helpful(&texts, &scores, 1, 9).len(), 2);
        assert!(helpful(&[], &[], 0, 3).is_empty());
    }
}
