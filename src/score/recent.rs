//! Texts that were scored before in this run: "Alles bestens" is scored once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::model::Score;

/// Scores kept in each of two generations. With a meaning vector of 384 floats both take some 25 MB.
const GENERATION: usize = 8192;

/// Longest text that is kept, in bytes: longer ones hardly recur.
const LONGEST: usize = 200;

/// The scores of texts, the most recently seen ones. When a generation is full it becomes the old
/// one, and the old one is forgotten but for what was asked for since.
#[derive(Default)]
pub(super) struct Seen {
    generations: Mutex<Generations>,
}

#[derive(Default)]
struct Generations {
    new: HashMap<Box<str>, Arc<Score>>,
    old: HashMap<Box<str>, Arc<Score>>,
}

impl Generations {
    fn get(&mut self, text: &str) -> Option<Arc<Score>> {
        if let Some(score) = self.new.get(text) {
            return Some(Arc::clone(score));
        }
        let (text, score) = self.old.remove_entry(text)?;
        self.put(text, Arc::clone(&score));
        Some(score)
    }

    fn put(&mut self, text: Box<str>, score: Arc<Score>) {
        if self.new.len() >= GENERATION {
            self.old = std::mem::take(&mut self.new);
        }
        self.new.insert(text, score);
    }
}

impl Seen {
    /// The score of each text, in order. `score` is asked once for each text that has not been seen,
    /// and must give what depends on the text alone.
    pub(super) fn scores<'t>(
        &self,
        texts: &[&'t str],
        score: impl FnOnce(&[&'t str]) -> Vec<Score>,
    ) -> Vec<Arc<Score>> {
        let mut known: HashMap<&str, Option<Arc<Score>>> = HashMap::with_capacity(texts.len());
        let mut missing = Vec::new();
        {
            let mut generations = self.lock();
            for &text in texts {
                known.entry(text).or_insert_with(|| {
                    let score = generations.get(text);
                    if score.is_none() {
                        missing.push(text);
                    }
                    score
                });
            }
        }
        let scores: Vec<Arc<Score>> = score(&missing).into_iter().map(Arc::new).collect();
        let mut generations = self.lock();
        for (text, score) in missing.into_iter().zip(scores) {
            if text.len() <= LONGEST {
                generations.put(text.into(), Arc::clone(&score));
            }
            known.insert(text, Some(score));
        }
        texts.iter().filter_map(|text| known.get(text).cloned().flatten()).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Generations> {
        self.generations.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(text: &str) -> Score {
        Score { probabilities: [text.len() as f32, 0.0, 0.0], ..Score::default() }
    }

    #[test]
    fn every_text_is_scored_once() {
        let seen = Seen::default();
        for (texts, expected) in [
            (vec!["a", "bb", "a", "bb", "a"], vec!["a", "bb"]),
            (vec!["bb", "ccc", "a"], vec!["ccc"]),
        ] {
            let mut asked = Vec::new();
            let scores = seen.scores(&texts, |missing| {
                asked = missing.to_vec();
                missing.iter().map(|text| score(text)).collect()
            });
            assert_eq!(asked, expected);
            for (text, found) in texts.iter().zip(&scores) {
                assert_eq!(**found, score(text));
            }
            assert_eq!(scores.len(), texts.len());
        }
    }

    #[test]
    fn what_is_not_asked_for_is_forgotten_and_what_is_stays() {
        let seen = Seen::default();
        let all = |missing: &[&str]| missing.iter().map(|text| score(text)).collect::<Vec<_>>();
        seen.scores(&["often"], all);
        for number in 0..3 * GENERATION {
            seen.scores(&[&number.to_string()], all);
            if number % 1000 == 0 {
                seen.scores(&["often"], |missing| {
                    assert!(missing.is_empty(), "forgotten after {number}");
                    Vec::new()
                });
            }
        }
        let generations = seen.lock();
        assert!(generations.new.len() <= GENERATION && generations.old.len() <= GENERATION);
        assert!(!generations.new.contains_key("0") && !generations.old.contains_key("0"));
    }
}
